//! The engine in the browser: text in, text out. The script of the search box is its only caller.

use crate::prelude::*;
use alloc::boxed::Box;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::answer::{Options, Resultats, Segment};
use crate::index::Index;
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

/// An opened index. It lasts as long as its page: what would take it down is never called, and weighs nothing.
#[wasm_bindgen]
pub struct Moteur {
    index: Option<&'static Index>,
}

#[wasm_bindgen]
impl Moteur {
    /// Opens an index; from a text that is none of this version, an engine whose answers are empty.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(index: &str) -> Moteur {
        Self {
            index: match Index::from_text(index) {
                Ok(index) => Some(Box::leak(Box::new(index))),
                Err(_) => None,
            },
        }
    }

    /// Answers a query whose last word may be unfinished. The demand has six lines, in one text because each text that
    /// passes costs the binding code as much as a field here: how many answers, whether marks and passages are wanted, and the
    /// nearest answers where nothing really matches (empty: no), the objective, the readers and the section wanted (empty: any), the query.
    ///
    /// Gives lines: `1` where nothing really matched, else `0`; then an answer a line, its fields between tabs: group,
    /// id, address, fragment, title, excerpt. These two are stretches between U+0001, in turn plain and marked, the first
    /// one plain (it may be empty). Nothing at all is no answer: the index is of another version.
    #[must_use]
    pub fn chercher(&self, demande: &str) -> String {
        let mut lines = parts(demande, b'\n');
        let mut line = || lines.next().unwrap_or("");
        let mut options = Options {
            limite: read_number(line()).unwrap_or(0) as usize,
            extraits: !line().is_empty(),
            objectif: filter(line()),
            public: filter(line()),
            section: filter(line()),
            groupe: None,
            prefixe: true,
            approche: false,
        };
        options.approche = options.extraits;
        let query = line();
        self.index
            .as_ref()
            .map_or_else(String::new, |index| told(&index.search(query, &options)))
    }
}

fn filter(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

fn told(resultats: &Resultats) -> String {
    let mut out = String::from(if resultats.faible { "1" } else { "0" });
    for touche in &resultats.touches {
        let mut separator = '\n';
        for field in [&touche.groupe, &touche.id, &touche.url, &touche.ancre] {
            out.push(separator);
            out.push_str(field);
            separator = '\t';
        }
        if touche.titre_marque.is_empty() {
            out.push('\t');
            out.push_str(&touche.titre);
        }
        for segments in [&touche.titre_marque, &touche.extrait] {
            push_segments(&mut out, segments);
        }
    }
    out
}

/// Without marks or excerpt, nothing. In turn plain and marked: an empty plain stretch stands before a mark that comes first. No text of an index holds a
/// sign of control.
fn push_segments(out: &mut String, segments: &[Segment]) {
    for (rank, segment) in segments.iter().enumerate() {
        match rank {
            0 => out.push_str(if segment.marque { "\t\u{1}" } else { "\t" }),
            _ => out.push('\u{1}'),
        }
        out.push_str(&segment.texte);
    }
}
