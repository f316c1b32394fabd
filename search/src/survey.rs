//! One reading of every text, for all that is asked of it before an index exists: what the documents say, where
//! lexicons are checked against it, and which spellings the browser will meet, in which order.

use crate::analysis::Reader;
use crate::carried::{self, Carried, is_answer};
use crate::document::Document;
use crate::expand::Concepts;
use crate::format::{head, push_record};
use crate::index::Index;
use crate::invert::Inverted;
use crate::lexique::{Fault, Lexique};
use crate::prelude::*;
use crate::settings::Settings;
use crate::small::{Names, Strings};
use crate::stems::{Cuts, Stems};
use crate::stopwords::stopwords;
use crate::surveyor::Surveyor;
use crate::vocabulary::Vocabulary;
use alloc::borrow::Cow;
use core::cell::{Cell, OnceCell};

/// Between two texts of a stream of spellings.
pub(crate) const END: u32 = u32::MAX;

/// Words that a lexicon has and no text.
const LEXICON: usize = 1_024;

/// The term of a spelling without one.
const UNKNOWN: u32 = u32::MAX;

/// The documents of a site, read.
pub struct Survey {
    /// Which term stands in which document, without places: what [`Index::says`] looks at.
    index: Index,
    /// The lines of the index for its documents.
    lines: String,
    /// Spellings, in the order in which the browser meets them.
    spellings: Names,
    /// By spelling: the name of its term.
    met: Strings,
    /// The same words where they stand, those that take part in phrases, text after text.
    stream: Vec<u32>,
    /// The documents that do not travel whole: read whole only where a lexicon seems to lead nowhere without them.
    others: Vec<Document>,
    /// The stems that were cut: lexicons say the same words.
    cuts: Cell<Cuts>,
}

impl Survey {
    /// Reads the documents.
    #[must_use]
    pub fn new(documents: &[Document]) -> Self {
        let (answers, others): (Vec<_>, Vec<_>) = documents.iter().cloned().partition(is_answer);
        Self::of(answers.into_iter(), others)
    }

    /// The same for answers that are made one by one, and for the other documents after them.
    #[must_use]
    pub fn of(answers: impl Iterator<Item = Document>, others: Vec<Document>) -> Self {
        let carried = Carried::of(others.iter());
        let all = answers.map(Cow::Owned);
        let all = all.chain(others.iter().map(Cow::Borrowed));
        let survey = Self::read(all, |document| carried.document(document));
        Self { others, ..survey }
    }

    /// Reads what is carried of each document.
    fn read<'d>(
        documents: impl Iterator<Item = Cow<'d, Document>>,
        carried: impl Fn(&Document) -> Document,
    ) -> Self {
        // Only what stands in the texts counts, not what resembles it.
        let settings = Settings {
            prefix: 0.0,
            edits: 0.0,
            ..Settings::default()
        };
        let stopwords = stopwords();
        let reader = Reader {
            settings: &settings,
            stopwords: &stopwords,
            query: false,
        };
        let mut surveyor = Surveyor::new(reader);
        let mut named = Vec::with_capacity(documents.size_hint().0);
        for document in documents {
            surveyor.document(carried(&document), &document.paroles);
            named.push(Document {
                id: match document {
                    Cow::Owned(document) => document.id,
                    Cow::Borrowed(document) => document.id.clone(),
                },
                ..Document::default()
            });
        }
        let (lines, met, stream) = (surveyor.lines, surveyor.met, surveyor.stream);
        let spellings = surveyor.spellings;
        let cuts = surveyor.vocabulary.take_cuts().into();
        let concepts = Concepts::new(&Lexique::default(), reader, &mut surveyor.vocabulary);
        let inverted = Inverted {
            concepts,
            vocabulary: surveyor.vocabulary,
            postings: surveyor.postings,
            positions: Vec::new(),
            spans: Vec::new(),
            stopwords,
        };
        Self {
            index: Index::of(named, inverted, settings),
            lines,
            met,
            stream,
            spellings,
            others: Vec::new(),
            cuts,
        }
    }

    /// Every fault of a lexicon for these documents.
    #[must_use]
    pub fn faults(&self, lexique: &Lexique) -> Vec<Fault> {
        let rest = OnceCell::new();
        let read = || Self::read(self.others.iter().map(Cow::Borrowed), Document::clone).index;
        lexique.faults_in(&self.index, &|term| rest.get_or_init(read).says(term))
    }

    /// The index of these documents with this lexicon, as the text that travels.
    #[must_use]
    pub fn build(&self, lexique: &Lexique) -> String {
        let said = |terms: &[&String]| self.said(terms);
        let lexique = carried::lexique(lexique, self.index.stopwords(), said);
        let (head, record) = (head(&lexique), self.record(&lexique));
        let mut out = String::with_capacity(head.len() + self.lines.len() + record.len() + 2);
        out.push_str(&head);
        out.push_str(&self.lines);
        push_record(&mut out, &record);
        out
    }

    /// Which of these terms stand, as whole phrases, in what travels of a document.
    pub(crate) fn said(&self, terms: &[&String]) -> Vec<bool> {
        let mut vocabulary = Vocabulary::new(Stems::unrecorded(self.cuts.take()));
        let settings = Settings::default();
        let reader = self.reader(&settings);
        let concepts = Concepts::of_terms(terms, reader, &mut vocabulary);
        self.cuts.set(vocabulary.take_cuts());
        let mut found = vec![false; vocabulary.len()];
        let terms = self.terms(&vocabulary);
        let term = |spelling: &u32| terms.get(*spelling as usize).copied().unwrap_or(UNKNOWN);
        let mut words: Vec<u32> = Vec::new();
        for text in self.stream.split(|spelling| *spelling == END) {
            words.clear();
            words.extend(text.iter().map(term));
            for concept in concepts.in_text(&words) {
                if let Some(found) = found.get_mut(concept.concept as usize) {
                    *found = true;
                }
            }
        }
        let is_found = |concept: u32| found.get(concept as usize) == Some(&true);
        concepts.terms().into_iter().map(is_found).collect()
    }

    /// By spelling: its term in a vocabulary that may lack some.
    fn terms(&self, vocabulary: &Vocabulary) -> Vec<u32> {
        let known = |name, term| vocabulary.surface(name).or_else(|| vocabulary.term(term));
        let met = self.spellings.all().zip(self.met.all());
        met.map(|(name, term)| known(name, term).unwrap_or(UNKNOWN))
            .collect()
    }

    /// How the stems of all that travels are cut, read as the browser will read it: first the lexicon.
    fn record(&self, lexique: &Lexique) -> String {
        let count = self.spellings.len() + LEXICON;
        let mut vocabulary = Vocabulary::roomy(Stems::after(self.cuts.take()), count);
        Concepts::teach(lexique, self.reader(&Settings::default()), &mut vocabulary);
        for (name, term) in self.spellings.all().zip(self.met.all()) {
            vocabulary.learn_named(name, term);
        }
        vocabulary.into_record()
    }

    fn reader<'a>(&'a self, settings: &'a Settings) -> Reader<'a> {
        Reader {
            settings,
            stopwords: self.index.stopwords(),
            query: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Passage;
    use crate::format::parse;
    use crate::invert::invert;
    use crate::lexique::Voisinage;
    use std::format;

    fn document(groupe: &str, titre: &str, texte: &str) -> Document {
        let passage = |intertitre: &str, texte: &str| Passage {
            intertitre: intertitre.to_owned(),
            texte: texte.to_owned(),
            ..Passage::default()
        };
        Document {
            id: format!("{groupe}:{titre}"),
            groupe: groupe.to_owned(),
            titre: titre.to_owned(),
            mots_cles: vec!["pare-feu".to_owned(), "déclarés".to_owned()],
            objectifs: vec!["D1.O2.A".to_owned()],
            passages: vec![passage("", texte), passage("Où\u{a0}?", texte)],
            ..Document::default()
        }
    }

    /// Words that are what they are by what stands around them.
    const MIXED: &str = "Tous les ans, les ans, 3 ans, l’ANS ; D1.O2.A et B, O2 a été, objectif n° 5, q 3-16, \
        fin mars 2027, decembre, sept. 2026, mi-mars : la cyber-attaque, peut-on, une auto-évaluation-type, été, \
        e\u{301}te\u{301}s, ISO27001, 1er, 1,7 %, si déclaré, declare, DECLARE, quelles questions, SI, si.";

    #[test]
    fn stems_are_recorded_as_the_browser_reads_them() {
        let long =
            "Le 31\u{a0}mars 2027, l’exposition est mesurée ; voir la question 3.16. ".repeat(4);
        let documents = [
            document("question", "Déclarer", "les auto-évaluations\tdeclarées"),
            document("guide", "Déclaration", &long),
            document("question", "Exposée", &long),
            document("question", "Si le SI tombe ?", MIXED),
        ];
        let lexique = Lexique {
            synonymes: vec![vec!["evaluation".to_owned(), "mesure".to_owned()]],
            voisins: vec![Voisinage {
                de: vec!["calculé".to_owned()],
                vers: vec!["mesuré".to_owned(), "absent".to_owned()],
            }],
            ..Lexique::default()
        };
        let text = Survey::new(&documents).build(&lexique);
        let (documents, lexique, record) = parse(&text).expect("an index");
        let stems = Stems::computed(true);
        let inverted = invert(&documents, &lexique, &Settings::default(), stems);
        assert_eq!(record, inverted.vocabulary.into_record());
        assert_eq!(lexique.voisins[0].vers, ["mesuré"]);
    }
}
