//! The terms of the glossary in the markup of a page: the first occurrence of each leads to its definition.

use crate::glossaire::Glossaire;
use memchr::memchr;
use std::ops::Range;

/// The markup with its links to the glossary, and the ranks of the terms that have one, in order. `racine` leads from the
/// page to the root.
pub(crate) fn mark(glossaire: &Glossaire, markup: &str, racine: &str) -> (String, Vec<usize>) {
    let mut marker = Marker {
        glossaire,
        racine,
        markup,
        copied: 0,
        out: String::with_capacity(markup.len() + markup.len() / 8),
        seen: Vec::new(),
    };
    let mut left = 0_usize;
    let mut at = 0;
    while at < markup.len() {
        let open = marker.next(b'<', at);
        if left == 0 {
            marker.text(at..open);
        }
        let close = marker.next(b'>', open);
        let tag = markup.get(open + 1..close).unwrap_or_default();
        let closing = tag.strip_prefix('/');
        if is_left(closing.unwrap_or(tag)) {
            left = match closing {
                Some(_) => left.saturating_sub(1),
                None => left + 1,
            };
        }
        at = close + 1;
    }
    marker.copy(markup.len());
    (marker.out, marker.seen)
}

/// Whether the words of this element are left as they are.
fn is_left(tag: &str) -> bool {
    let end = tag.bytes().position(|byte| byte.is_ascii_whitespace());
    let name = tag.get(..end.unwrap_or(tag.len())).unwrap_or_default();
    let heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    heading || matches!(name, "a" | "blockquote" | "code" | "pre" | "th")
}

struct Marker<'m> {
    glossaire: &'m Glossaire,
    racine: &'m str,
    markup: &'m str,
    /// How far it stands in `out`.
    copied: usize,
    out: String,
    /// Ranks of the terms that have their link.
    seen: Vec<usize>,
}

impl Marker<'_> {
    /// Where the next such sign stands from there on; the end where there is none.
    fn next(&self, sign: u8, from: usize) -> usize {
        let rest = self.markup.as_bytes().get(from..).unwrap_or_default();
        memchr(sign, rest).map_or(self.markup.len(), |at| from + at)
    }

    /// Marks the terms of a text.
    fn text(&mut self, place: Range<usize>) {
        let text = self.markup.get(place.clone()).unwrap_or_default();
        for (words, rank) in self.glossaire.find(text) {
            let Some(terme) = self.glossaire.termes.get(rank) else {
                continue;
            };
            if self.seen.contains(&rank) {
                continue;
            }
            self.seen.push(rank);
            self.copy(place.start + words.start);
            let open = [
                "<a href=\"",
                self.racine,
                "glossaire/#",
                &terme.ancre,
                "\">",
            ];
            self.out.extend(open);
            self.copy(place.start + words.end);
            self.out.push_str("</a>");
        }
    }

    /// Copies the markup up to there.
    fn copy(&mut self, end: usize) {
        let markup = self.markup.get(self.copied..end);
        self.out.push_str(markup.unwrap_or_default());
        self.copied = end;
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
