//! The terms of the glossary in the markup of a page: the first occurrence of each leads to its definition.

use crate::glossaire::{Glossaire, Terme};
use memchr::memchr;

/// Elements whose words are left as they are.
const LEFT: [&str; 11] = [
    "a",
    "blockquote",
    "code",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "th",
];

/// The markup with its links to the glossary, and the terms that have one, in order. `racine` leads from the page to
/// the root.
pub(crate) fn mark<'g>(
    glossaire: &'g Glossaire,
    markup: &str,
    racine: &str,
) -> (String, Vec<&'g Terme>) {
    let mut marker = Marker {
        glossaire,
        racine,
        out: String::with_capacity(markup.len() + markup.len() / 8),
        seen: Vec::new(),
    };
    let mut left = 0_usize;
    let (first, mut rest) = cut(markup, b'<');
    marker.text(first);
    while !rest.is_empty() {
        let (tag, after) = cut(rest.get(1..).unwrap_or_default(), b'>');
        let (text, next) = cut(after.get(1..).unwrap_or_default(), b'<');
        rest = next;
        marker.out.extend(["<", tag, ">"]);
        let closing = tag.strip_prefix('/');
        let name = closing.unwrap_or(tag);
        let name = name.split(|c: char| c.is_whitespace()).next();
        if name.is_some_and(|name| LEFT.contains(&name)) {
            left = match closing {
                Some(_) => left.saturating_sub(1),
                None => left + 1,
            };
        }
        if left > 0 {
            marker.out.push_str(text);
        } else {
            marker.text(text);
        }
    }
    let termes = marker.seen.iter();
    let termes = termes.filter_map(|rank| glossaire.termes.get(*rank));
    (marker.out, termes.collect())
}

/// A text before a sign, and from it on.
fn cut(text: &str, sign: u8) -> (&str, &str) {
    text.split_at(memchr(sign, text.as_bytes()).unwrap_or(text.len()))
}

struct Marker<'g, 'r> {
    glossaire: &'g Glossaire,
    racine: &'r str,
    out: String,
    /// Ranks of the terms that have their link.
    seen: Vec<usize>,
}

impl Marker<'_, '_> {
    fn text(&mut self, text: &str) {
        let mut copied = 0;
        for (place, rank) in self.glossaire.find(text) {
            let Some(terme) = self.glossaire.termes.get(rank) else {
                continue;
            };
            if self.seen.contains(&rank) {
                continue;
            }
            self.seen.push(rank);
            let before = text.get(copied..place.start).unwrap_or_default();
            let words = text.get(place.clone()).unwrap_or_default();
            let open = format!("<a href=\"{}glossaire/#{}\">", self.racine, terme.ancre);
            self.out.extend([before, &open, words, "</a>"]);
            copied = place.end;
        }
        self.out.push_str(text.get(copied..).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossaire::tests::glossary;

    #[test]
    fn the_first_occurrence_leads_to_the_definition() {
        let link = |text: &str| format!("<a href=\"../glossaire/#ad\">{text}</a>");
        for (markup, expected, terms) in [
            (
                "<p>Un AD, deux AD.</p>",
                format!("<p>Un {}, deux AD.</p>", link("AD")),
                1,
            ),
            ("AD", link("AD"), 1),
            (
                "<h2 id=\"ad\">AD</h2><p><code>AD</code> <a href=\"x\">AD</a> <b>AD</b></p>",
                format!(
                    "<h2 id=\"ad\">AD</h2><p><code>AD</code> <a href=\"x\">AD</a> <b>{}</b></p>",
                    link("AD")
                ),
                1,
            ),
            (
                "<thead><th scope=\"col\">AD</th></thead>",
                "<thead><th scope=\"col\">AD</th></thead>".to_owned(),
                0,
            ),
            ("a &lt; b", "a &lt; b".to_owned(), 0),
        ] {
            let glossaire = glossary();
            let (marked, found) = mark(&glossaire, markup, "../");
            assert_eq!(marked, expected);
            assert_eq!(found.len(), terms, "{markup}");
        }
    }
}
