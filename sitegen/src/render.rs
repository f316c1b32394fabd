//! Pages through their templates; a fault of a template is shown where it stands.

use crate::commun::Communs;
use crate::diagnostic::{Diagnostic, Faults};
use crate::pages::Page;
use crate::source::{Source, Tree};
use chrono::NaiveDate;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::Arc;
use tera::{Context, ErrorKind, Tera, Value};

/// The templates of `www/`, parsed.
pub(crate) struct Templates {
    tera: Tera,
    sources: Vec<(String, Arc<Source>)>,
}

/// Parses every template; the first fault of each file is said.
pub(crate) fn parse(www: &Tree, faults: &mut Faults) -> Templates {
    let sources: Vec<(String, Arc<Source>)> = www
        .under("templates/", ".html")
        .map(|(name, source)| (name.to_owned(), Arc::clone(source)))
        .collect();
    let mut tera = Tera::new();
    tera.set_escape_fn(escape);
    let texts = sources
        .iter()
        .map(|(name, source)| (name.as_str(), source.text.as_str()));
    let added = tera.add_raw_templates(texts);
    let templates = Templates { tera, sources };
    if let Err(error) = added {
        faults.push(templates.diagnostic(&error));
    }
    templates
}

/// By byte: whether it is written otherwise.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut rank = 0;
    while rank < 5 {
        special[b"&<>\"'"[rank] as usize] = true;
        rank += 1;
    }
    special
};

/// Escapes as the engine does by itself, in whole stretches instead of byte by byte.
fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    if is_plain(text.as_bytes()) {
        return out.write_all(text.as_bytes());
    }
    let special = |byte: &u8| SPECIAL[usize::from(*byte)];
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(special) {
        let (plain, from) = rest.split_at(at);
        out.write_all(plain)?;
        out.write_all(match from.first() {
            Some(b'&') => b"&amp;",
            Some(b'<') => b"&lt;",
            Some(b'>') => b"&gt;",
            Some(b'"') => b"&quot;",
            _ => b"&#39;",
        })?;
        rest = from.get(1..).unwrap_or_default();
    }
    out.write_all(rest)
}

/// Whether nothing of a text is written otherwise, as of most. Every byte is looked at, many at once.
fn is_plain(text: &[u8]) -> bool {
    let special = |byte: &u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    !text.iter().fold(false, |found, byte| found | special(byte))
}

thread_local! {
    /// Where a thread writes its pages, one after the other.
    static MARKUP: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// A thread keeps no more room than most pages need.
const MOST_KEPT: usize = 1 << 18;

/// A page that was rendered, or not.
pub(crate) struct Rendered {
    /// File from the root.
    pub(crate) fichier: String,
    /// When it last changed.
    pub(crate) modifie: Option<NaiveDate>,
    fault: Option<tera::Error>,
}

impl Templates {
    /// A page through its template; `take` gets its file and its markup.
    pub(crate) fn render(
        &self,
        page: Page,
        communs: &Communs,
        take: impl FnOnce(&str, &[u8]),
    ) -> Rendered {
        // Taken, not borrowed: a thread that waits for another within `take` may make another page meanwhile.
        let mut html = MARKUP.take();
        html.reserve(page.longueur.max(MOST_KEPT));
        let written = page.contexte.and_then(|mut contexte| {
            communs.add(&page.racine, &page.fichier, &page.termes, &mut contexte);
            self.tera.render_to(page.gabarit, &contexte, &mut html)
        });
        let fault = written.map(|()| take(&page.fichier, &html)).err();
        html.clear();
        html.shrink_to(MOST_KEPT);
        MARKUP.set(html);
        Rendered {
            fichier: page.fichier,
            modifie: page.modifie,
            fault,
        }
    }

    /// A part that several pages carry, as markup; its fault is said here.
    pub(crate) fn fragment(&self, gabarit: &str, contexte: &Context, faults: &mut Faults) -> Value {
        let rendered = self.tera.render(gabarit, contexte);
        let html = rendered.unwrap_or_else(|error| {
            faults.push(self.diagnostic(&error));
            String::new()
        });
        Value::safe_string(&html)
    }

    /// Says the faults of the pages; the same one met on many pages is said once.
    pub(crate) fn tell(&self, pages: &[Rendered], faults: &mut Faults) {
        let mut said = BTreeSet::new();
        for page in pages {
            let Some(error) = &page.fault else { continue };
            if said.insert(error.to_string()) {
                let hint = format!(
                    "rencontré en écrivant {} ; sitegen/src/context.rs dit ce que le gabarit reçoit",
                    page.fichier
                );
                faults.push(self.diagnostic(error).hint(hint));
            }
        }
    }

    fn diagnostic(&self, error: &tera::Error) -> Diagnostic {
        let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind()
        else {
            return Diagnostic::error(format!("gabarit : {error}"));
        };
        let fault = Diagnostic::error(format!("gabarit : {}", report.message()));
        let source = self
            .sources
            .iter()
            .find(|(name, _)| name == report.filename());
        match source {
            Some((_, source)) => fault.at(source, report.span().range.clone()),
            None => fault,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn tree(template: &str) -> Tree {
        let mut tree = Tree::default();
        tree.texts.insert(
            "templates/a.html".into(),
            Source::shared("www/templates/a.html", template),
        );
        tree
    }

    fn page(fichier: &str) -> Page {
        Page {
            fichier: fichier.to_owned(),
            gabarit: "a.html",
            racine: "./".to_owned(),
            contexte: tera::Context::from_serialize(&json!({"titre": "<b>'."})),
            termes: Vec::new(),
            modifie: None,
            longueur: 0,
        }
    }

    #[test]
    fn plain_text_is_escaped() {
        let mut faults = Faults::default();
        let templates = parse(&tree("<p>{{ titre }}</p>"), &mut faults);
        let mut html = Vec::new();
        let rendered = templates.render(page("x.html"), &Communs::default(), |_, page| {
            html = page.to_vec();
        });
        templates.tell(&[rendered], &mut faults);
        assert_eq!(html, b"<p>&lt;b&gt;&#39;.</p>");
        assert_eq!(faults.render(false), "");
    }

    #[test]
    fn an_unknown_name_is_said_once_where_it_stands() {
        let mut faults = Faults::default();
        let templates = parse(&tree("<p>\n  {{ titr }}</p>"), &mut faults);
        let pages = ["x.html", "y.html"]
            .map(|name| templates.render(page(name), &Communs::default(), |_, _| ()));
        templates.tell(&pages, &mut faults);
        let said = faults.render(false);
        assert_eq!(faults.errors(), 1, "{said}");
        assert!(said.contains("www/templates/a.html:2:6"), "{said}");
    }

    #[test]
    fn a_fault_of_syntax_is_said_where_it_stands() {
        let mut faults = Faults::default();
        parse(&tree("<p>\n{% if %}</p>"), &mut faults);
        let said = faults.render(false);
        assert!(said.contains("www/templates/a.html:2:"), "{said}");
    }
}
