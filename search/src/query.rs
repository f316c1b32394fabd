//! A query to readings: for each of its words, everything it may stand for and what each reading weighs.

use crate::analysis::{Kind, Piece, Reader, Word};
use crate::edits::corrections;
use crate::fold::{slug, tokenize};
use crate::index::Index;
use crate::prelude::*;
use crate::small::{concat, parts};

/// Something that words of the query may stand for: terms counted together as one.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// Its terms.
    pub(crate) terms: Vec<u32>,
    /// At most 1: how surely it is meant.
    pub(crate) weight: f32,
    /// The units it accounts for.
    pub(crate) units: Vec<usize>,
}

/// What becomes of a word, a code or a date of the query.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unit {
    /// Its terms with their weights, for the lexicon.
    pub(crate) terms: Vec<(u32, f32)>,
    /// Carries no subject.
    pub(crate) stop: bool,
}

/// A query, read.
#[derive(Debug, Default)]
pub(crate) struct Query {
    /// Its units, in order.
    pub(crate) units: Vec<Unit>,
    /// Its readings.
    pub(crate) readings: Vec<Reading>,
    /// Number of a document that is named outright (« 3.16 »).
    pub(crate) named: Option<usize>,
    /// The whole of it, as addresses spell texts.
    pub(crate) slug: String,
    /// Words that nothing accounts for.
    pub(crate) unknown: Vec<(usize, String)>,
}

/// Above so many endings, a beginning says too little to be taken through the lexicon.
pub(crate) const MOST_ENDINGS: usize = 12;

/// A shorter beginning too.
const SHORTEST_BEGINNING: usize = 4;

/// Beyond so many words the rest of a query adds nothing but time.
const MOST_UNITS: usize = 32;

/// Reads a query. `typing`: its last word may be unfinished.
pub(crate) fn read(text: &str, index: &Index, typing: bool) -> Query {
    let mut tokens = tokenize(text);
    let open = tokens.last().is_some_and(|last| last.end == text.len());
    let pieces = Reader {
        settings: &index.settings,
        stopwords: index.stopwords(),
        query: true,
    }
    .read_tokens(&mut tokens);
    let pieces = pieces.get(..pieces.len().min(MOST_UNITS)).unwrap_or(&[]);
    let mut reading = QueryReader {
        index,
        query: Query {
            slug: slug(text),
            ..Query::default()
        },
        typing: typing && open,
    };
    for (rank, piece) in pieces.iter().enumerate() {
        reading.piece(piece, pieces, rank);
    }
    reading.lexicon();
    reading.query
}

struct QueryReader<'a> {
    index: &'a Index,
    query: Query,
    typing: bool,
}

impl QueryReader<'_> {
    fn piece(&mut self, piece: &Piece, pieces: &[Piece], rank: usize) {
        self.query.units.push(Unit::default());
        let last = rank + 1 == pieces.len();
        match &piece.kind {
            Kind::Word(word) => {
                let next = pieces.get(rank + 1).and_then(word_of);
                self.compound(word, next, rank, rank + 2 >= pieces.len());
                self.word(word, rank, last);
            }
            Kind::Code(code) => {
                let exact = self.term(&code.term(), 1.0, rank);
                let wider = if exact { 0.1 } else { 0.8 };
                if code.is_part() {
                    self.term(&code.parent(), wider, rank);
                }
            }
            Kind::Date(date) => {
                let exact = date
                    .exact_term()
                    .is_some_and(|term| self.term(&term, 1.0, rank));
                for term in date.wider_terms().iter().filter(|_| !exact) {
                    self.term(term, 0.6, rank);
                }
            }
            Kind::Numero(id) => self.numero(id, rank),
        }
    }

    fn numero(&mut self, id: &str, rank: usize) {
        self.query.named = self.index.document_named(id);
        self.term(&concat(&["§", id]), 0.5, rank);
        if self.query.named.is_none() {
            let before = self.query.readings.len();
            self.surface(id, rank);
            if before == self.query.readings.len() {
                self.whole_part(id, rank);
            }
        }
    }

    /// « 7,5 » where no text says it: a text that says « de 7 à 9 » is about it.
    fn whole_part(&mut self, number: &str, rank: usize) {
        self.surface(parts(number, b'.').next().unwrap_or(""), rank);
    }

    /// A term that is no word; tells whether it is known.
    fn term(&mut self, term: &str, weight: f32, rank: usize) -> bool {
        let known = self.index.vocabulary().term(term);
        if let Some(term) = known {
            self.reading(vec![term], weight, vec![rank]);
        }
        known.is_some()
    }

    fn surface(&mut self, surface: &str, rank: usize) {
        if let Some(term) = self.index.vocabulary().surface(surface) {
            self.reading(vec![term], 1.0, vec![rank]);
        }
    }

    fn reading(&mut self, terms: Vec<u32>, weight: f32, units: Vec<usize>) {
        if weight > 0.0 && !terms.is_empty() {
            self.query.readings.push(Reading {
                terms,
                weight,
                units,
            });
        }
    }

    /// The terms of one unit, each of which the lexicon may take further.
    fn terms_of_unit(&mut self, rank: usize, terms: &[u32], weight: f32) {
        if let Some(unit) = self.query.units.get_mut(rank).filter(|_| weight > 0.0) {
            unit.terms.extend(terms.iter().map(|&term| (term, weight)));
        }
    }

    fn word(&mut self, word: &Word, rank: usize, last: bool) {
        if let Some(unit) = self.query.units.get_mut(rank) {
            unit.stop = word.stop;
        }
        let exact = self.index.vocabulary().find(&word.surface);
        if let Some(term) = exact {
            self.terms_of_unit(rank, &[term], 1.0);
            self.reading(vec![term], 1.0, vec![rank]);
        }
        let settings = &self.index.settings;
        if exact.is_none() && !word.stop {
            self.unknown(word, rank, last);
        } else if last && self.typing {
            self.endings(&word.surface, rank, settings.prefix * 0.3);
        }
    }

    /// A word that is not in the texts: unfinished or misspelt.
    fn unknown(&mut self, word: &Word, rank: usize, last: bool) {
        let settings = &self.index.settings;
        let before = self.query.readings.len();
        if last || word.surface.len() >= 4 {
            self.endings(&word.surface, rank, settings.prefix);
        }
        if settings.edits > 0.0 && before == self.query.readings.len() {
            for (term, likeness) in corrections(&word.surface, self.index.vocabulary()) {
                let weight = likeness * settings.edits;
                self.terms_of_unit(rank, &[term], weight);
                self.reading(vec![term], weight, vec![rank]);
            }
        }
        if before == self.query.readings.len() {
            self.whole_part(&word.surface, rank);
        }
        if before == self.query.readings.len() {
            self.query.unknown.push((rank, (*word.surface).to_owned()));
        }
    }

    fn endings(&mut self, beginning: &str, rank: usize, weight: f32) {
        let terms = self.index.vocabulary().starting_with(beginning);
        if terms.len() <= MOST_ENDINGS && beginning.len() >= SHORTEST_BEGINNING {
            self.terms_of_unit(rank, &terms, weight);
        }
        self.reading(terms, weight, vec![rank]);
    }

    /// « cyber-attaque », « cyber attaque » and « cyberattaque » are one, and « cyber-at » starts it.
    fn compound(&mut self, word: &Word, next: Option<&Word>, rank: usize, last: bool) {
        let Some(next) = next else { return };
        let joined = concat(&[&word.surface, &next.surface]);
        let vocabulary = self.index.vocabulary();
        if let Some(term) = vocabulary.surface(&joined) {
            self.reading(vec![term], 1.0, vec![rank, rank + 1]);
        } else if word.joined.is_some() && last {
            let terms = vocabulary.starting_with(&joined);
            self.reading(terms, self.index.settings.prefix, vec![rank, rank + 1]);
        }
    }

    fn lexicon(&mut self) {
        let units: Vec<Vec<(u32, f32)>> = self
            .query
            .units
            .iter()
            .map(|unit| unit.terms.clone())
            .collect();
        for (concept, weight, covered) in self.index.concepts().in_query(&units) {
            self.reading(vec![concept], weight, covered);
        }
    }
}

fn word_of<'p, 't>(piece: &'p Piece<'t>) -> Option<&'p Word<'t>> {
    match &piece.kind {
        Kind::Word(word) => Some(word),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;
    use crate::{Document, Index, Lexique, Options, build};

    #[test]
    fn a_number_that_no_text_says_finds_its_whole_part() {
        let document = |id: &str, titre: &str| Document {
            id: id.to_owned(),
            groupe: "question".to_owned(),
            titre: titre.to_owned(),
            ..Document::default()
        };
        let documents = [
            document("1.1", "Une part de 1,7"),
            document("1.2", "Un score de 7 à 9"),
        ];
        let index = Index::from_bytes(&build(&documents, &Lexique::default())).expect("an index");
        let first = |query: &str| {
            let found = index.search(query, &Options::default());
            let first = found.touches.first().map(|touche| touche.id.clone());
            (first.unwrap_or_default(), found.faible)
        };
        for (query, wanted) in [
            ("7,5", "1.2"),
            ("9.8", "1.2"),
            ("1,7", "1.1"),
            ("1.1", "1.1"),
        ] {
            assert_eq!(first(query), (wanted.to_owned(), false), "{query}");
        }
        assert!(first("4,2").1, "no text has a 4");
    }
}
