//! The engine in the browser: bytes in, JSON out. The script of the search box is its only caller.

use crate::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::index::{Index, Options, Resultats, Segment, Touche};
use crate::small::{parts, read_number};

/// A third the size of the standard one under brotli, and as fast: one kind of page, one thread.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A panic stops the module, silently: nothing here can panic on a query, and telling would weigh more than searching.
#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

/// An opened index.
#[wasm_bindgen]
pub struct Moteur {
    index: Option<Index>,
}

#[wasm_bindgen]
impl Moteur {
    /// Opens an index; from a text that is none of this version, an engine whose answers are empty.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(index: &str) -> Moteur {
        Self {
            index: Index::from_text(index).ok(),
        }
    }

    /// Answers a query whose last word may be unfinished. The demand has five lines, in one text because each text that
    /// passes costs the binding code as much as a field here: how many answers, the objective, the readers and the
    /// section wanted (empty: any), the query.
    ///
    /// Gives `{"faible": false, "touches": [{"id", "groupe", "url", "ancre", "titre": […], "extrait": […]}]}`, where
    /// texts are lists of stretches, in turn plain and marked, the first one plain (it may be empty). An empty answer is
    /// no answer: the index is of another version.
    #[must_use]
    pub fn chercher(&self, demande: &str) -> String {
        let mut lines = parts(demande, b'\n');
        let mut line = || lines.next().unwrap_or("");
        let options = Options {
            limite: read_number(line()).unwrap_or(0) as usize,
            objectif: filter(line()),
            public: filter(line()),
            section: filter(line()),
            groupe: None,
            prefixe: true,
            extraits: true,
        };
        let query = line();
        self.index
            .as_ref()
            .map_or_else(String::new, |index| json(&index.search(query, &options)))
    }
}

fn filter(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

fn json(resultats: &Resultats) -> String {
    let mut out = String::from("{\"faible\":");
    out.push_str(if resultats.faible { "true" } else { "false" });
    out.push_str(",\"touches\":[");
    for (rank, touche) in resultats.touches.iter().enumerate() {
        if rank > 0 {
            out.push(',');
        }
        push_touche(&mut out, touche);
    }
    out.push_str("]}");
    out
}

fn push_touche(out: &mut String, touche: &Touche) {
    let fields = [
        ("{\"id\":", &touche.id),
        (",\"groupe\":", &touche.groupe),
        (",\"url\":", &touche.url),
        (",\"ancre\":", &touche.ancre),
    ];
    for (key, value) in fields {
        out.push_str(key);
        push_text(out, value);
    }
    out.push_str(",\"titre\":");
    push_segments(out, &touche.titre_marque);
    out.push_str(",\"extrait\":");
    push_segments(out, &touche.extrait);
    out.push('}');
}

/// In turn plain and marked: an empty plain stretch stands before a mark that comes first.
fn push_segments(out: &mut String, segments: &[Segment]) {
    out.push('[');
    if segments.first().is_some_and(|first| first.marque) {
        out.push_str("\"\",");
    }
    for (rank, segment) in segments.iter().enumerate() {
        if rank > 0 {
            out.push(',');
        }
        push_text(out, &segment.texte);
    }
    out.push(']');
}

fn push_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c < ' ' => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
}
