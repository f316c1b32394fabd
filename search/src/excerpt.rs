//! What is shown of a document: the passage that answers best, its words marked.

use crate::answer::Segment;
use crate::index::Index;
use crate::invert::Span;
use crate::prelude::*;
use crate::query::Query;
use crate::small::{narrow, number_of, sort};

/// Tokens shown before and after the heart of an excerpt.
const LENGTH: usize = 34;

/// Places of the query's words in one document, with what each is worth.
pub(crate) struct Marks {
    /// Position, then index of its worth; sorted.
    places: Vec<u64>,
    /// Worth, and unit.
    worths: Vec<(f32, usize)>,
}

impl Marks {
    /// Every place of every reading sure enough to be shown.
    pub(crate) fn new(query: &Query, document: usize, index: &Index) -> Self {
        let mut marks = Self {
            places: Vec::new(),
            worths: Vec::new(),
        };
        for reading in query
            .readings
            .iter()
            .filter(|reading| reading.weight >= 0.25)
        {
            let spoken = |&&unit: &&usize| query.units.get(unit).is_some_and(|unit| !unit.stop);
            let Some(&unit) = reading.units.iter().find(spoken) else {
                continue;
            };
            for &term in &reading.terms {
                let worth = u64::from(narrow(marks.worths.len()));
                let places = index.positions(term, document);
                marks
                    .places
                    .extend(places.iter().map(|&at| (u64::from(at) << 32) | worth));
                marks
                    .worths
                    .push((reading.weight * index.rarity_of(term), unit));
            }
        }
        sort(&mut marks.places);
        marks
    }

    fn within(&self, from: u32, to: u32) -> &[u64] {
        let before = |limit: u32| move |place: &u64| *place < u64::from(limit) << 32;
        let start = self.places.partition_point(before(from));
        let end = self.places.partition_point(before(to));
        self.places.get(start..end).unwrap_or(&[])
    }

    /// What a stretch is worth: each unit once, at its best.
    fn worth(&self, from: u32, to: u32) -> f32 {
        let mut best: Vec<(usize, f32)> = Vec::new();
        let worths = self
            .within(from, to)
            .iter()
            .filter_map(|&key| self.worths.get(number_of(key) as usize));
        for &(gain, unit) in worths {
            match best.iter_mut().find(|(known, _)| *known == unit) {
                Some((_, known)) => *known = known.max(gain),
                None => best.push((unit, gain)),
            }
        }
        best.iter().map(|(_, gain)| gain).sum()
    }

    fn marked(&self, at: u32) -> bool {
        !self.within(at, at + 1).is_empty()
    }
}

/// The best passage of a document: its rank, and where the excerpt starts in it, in tokens.
pub(crate) fn best_passage(marks: &Marks, spans: &[Span]) -> (usize, usize) {
    let mut best = (0, 0, 0.0_f32);
    for (rank, span) in spans.iter().enumerate() {
        let count = span.tokens.len();
        let step = LENGTH / 3;
        for start in (0..count.max(1)).step_by(step) {
            let from = span.base + narrow(start);
            let to = span.base + narrow((start + LENGTH).min(count));
            let worth = marks.worth(from, to);
            if worth > best.2 * 1.01 {
                best = (rank, start, worth);
            }
            if start + LENGTH >= count {
                break;
            }
        }
    }
    (best.0, best.1)
}

/// The words of a text from a token on, the marked ones apart; `…` where it is cut.
pub(crate) fn segments(
    text: &str,
    span: &Span,
    start: usize,
    length: usize,
    marks: &Marks,
) -> Vec<Segment> {
    let start = sentence_start(text, span, start);
    let mut end = (start + length).min(span.tokens.len());
    while gap(text, span, end).is_some_and(is_tie) {
        end += 1;
    }
    let byte = |token: usize| {
        span.tokens
            .get(token)
            .map(|&(from, to)| (from as usize, to as usize))
    };
    let mut out = Segments::default();
    let mut at = if start == 0 {
        0
    } else {
        byte(start).map_or(0, |(from, _)| from)
    };
    if start > 0 {
        out.push("… ", false);
    }
    for token in (start..end).filter(|&token| marks.marked(span.base + narrow(token))) {
        let Some((from, to)) = byte(token) else { break };
        out.push(text.get(at..from).unwrap_or(""), false);
        out.push(text.get(from..to).unwrap_or(""), true);
        at = to;
    }
    let whole = end == span.tokens.len();
    let stop = if whole {
        text.len()
    } else {
        end.checked_sub(1).and_then(byte).map_or(at, |(_, to)| to)
    };
    out.push(text.get(at..stop).unwrap_or(""), false);
    if !whole {
        out.push(" …", false);
    }
    out.0
}

/// The start of the sentence, where it is a few words before; else of the word or number, which may be of several tokens.
fn sentence_start(text: &str, span: &Span, start: usize) -> usize {
    let mut nearest = (start.saturating_sub(8)..=start).rev();
    let sentence = nearest.find(|&token| token == 0 || begins_sentence(text, span, token));
    let mut start = sentence.unwrap_or(start);
    while gap(text, span, start).is_some_and(is_tie) {
        start -= 1;
    }
    start
}

/// What stands before a token and after the one before it; nothing at either end of the text.
fn gap<'t>(text: &'t str, span: &Span, token: usize) -> Option<&'t str> {
    let before = span.tokens.get(token.checked_sub(1)?)?;
    text.get(before.1 as usize..span.tokens.get(token)?.0 as usize)
}

/// « 3.16 », « D1.O2.A », « l'ARS », « auto-évaluation »: several tokens that nobody reads apart.
fn is_tie(gap: &str) -> bool {
    !gap.bytes().any(|byte| byte <= b' ')
}

/// After a full stop that ends no abbreviation (« n. 3 », « cf. l'annexe »), or a sign that is none of a number's.
fn begins_sentence(text: &str, span: &Span, token: usize) -> bool {
    let Some(between) = gap(text, span, token).filter(|gap| !is_tie(gap)) else {
        return false;
    };
    if between
        .bytes()
        .any(|byte| matches!(byte, b';' | b':' | b'!' | b'?'))
    {
        return true;
    }
    let before = token.checked_sub(1).and_then(|rank| span.tokens.get(rank));
    let word = before.and_then(|&(from, to)| text.get(from as usize..to as usize));
    let short = |word: &str| word.len() <= 2 && !word.bytes().all(|byte| byte.is_ascii_digit());
    between.bytes().any(|byte| byte == b'.') && !word.is_some_and(short)
}

/// Segments being written: neighbours of a kind are one.
#[derive(Default)]
struct Segments(Vec<Segment>);

impl Segments {
    fn push(&mut self, text: &str, marque: bool) {
        if text.is_empty() {
            return;
        }
        match self.0.last_mut().filter(|last| last.marque == marque) {
            Some(last) => last.texte.push_str(text),
            None => self.0.push(Segment {
                texte: text.to_owned(),
                marque,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::tokenize;

    fn span(text: &str) -> Span {
        let tokens = tokenize(text);
        Span {
            base: 0,
            tokens: tokens
                .iter()
                .map(|token| (narrow(token.start), narrow(token.end)))
                .collect(),
        }
    }

    /// What is shown of a text from its token `start` on, `length` tokens of it.
    fn shown(text: &str, start: usize, length: usize) -> String {
        let marks = Marks {
            places: Vec::new(),
            worths: Vec::new(),
        };
        let segments = segments(text, &span(text), start, length, &marks);
        segments.into_iter().map(|segment| segment.texte).collect()
    }

    const NUMBERS: &str =
        "un deux trois quatre cinq six sept huit neuf dix la question 3.16 le dit";

    #[test]
    fn no_excerpt_is_cut_inside_a_number_or_a_code() {
        for (text, start, length, expected) in [
            (
                "voir la question 3.16 puis",
                0,
                4,
                "voir la question 3.16 …",
            ),
            ("le CVSS de 9.0 au plus", 0, 4, "le CVSS de 9.0 …"),
            ("dans D1.O2.A puis", 0, 2, "dans D1.O2.A …"),
            (
                "selon l'auto-évaluation faite",
                0,
                2,
                "selon l'auto-évaluation …",
            ),
            (NUMBERS, 13, 9, "… 3.16 le dit"),
            (NUMBERS, 12, 9, "… 3.16 le dit"),
        ] {
            assert_eq!(shown(text, start, length), expected, "{text} from {start}");
        }
    }

    #[test]
    fn a_sentence_begins_after_a_full_stop_but_not_after_an_abbreviation() {
        for (text, start, expected) in [
            ("Tout est dit. Le dossier part", 4, "… Le dossier part"),
            (
                "C'est fini en 2027. Le dossier part",
                6,
                "… Le dossier part",
            ),
            (
                "Selon la question n. 3 du guide cf. l'annexe B. On lit",
                8,
                "Selon la question n. 3 du guide cf. l'annexe B. On lit",
            ),
            ("Un score de 3.16 au plus", 5, "Un score de 3.16 au plus"),
            ("Trois cas : le premier", 3, "… le premier"),
        ] {
            assert_eq!(shown(text, start, 99), expected, "{text} from {start}");
        }
    }
}
