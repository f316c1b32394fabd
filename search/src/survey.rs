//! One reading of every text, for all that is asked of it before an index exists: what the documents say, where
//! lexicons are checked against it, and which spellings the browser will meet, in which order.

use crate::analysis::{Kind, Piece, Reader};
use crate::carried::{self, Carried, is_answer};
use crate::document::Document;
use crate::expand::Concepts;
use crate::fold::accented;
use crate::format::{head, parse, push_lines, push_record};
use crate::index::Index;
use crate::invert::{Inverted, Posting};
use crate::lexique::{Fault, Lexique, Voisinage};
use crate::prelude::*;
use crate::settings::Settings;
use crate::small::{Names, concat};
use crate::stems::Stems;
use crate::stopwords::stopwords;
use crate::vocabulary::Vocabulary;

/// Between two texts of a stream of spellings.
const END: u32 = u32::MAX;

/// The documents of a site, read.
pub struct Survey {
    /// Which term stands in which document, without places: what [`Index::says`] looks at.
    index: Index,
    /// The lines of the index for its documents.
    lines: String,
    /// The spellings that travel, in the order in which the browser meets them, with the names of their terms.
    met: Vec<(u32, String)>,
    /// The same words where they stand, those that take part in phrases, text after text.
    stream: Vec<u32>,
    spellings: Names,
}

impl Survey {
    /// Reads the documents.
    #[must_use]
    pub fn new(documents: &[Document]) -> Self {
        let others = documents.iter().filter(|document| !is_answer(document));
        Self::read(documents.iter().cloned(), &Carried::of(others))
    }

    /// The same for answers that are made one by one, and for the other documents after them.
    #[must_use]
    pub fn of(answers: impl Iterator<Item = Document>, others: &[Document]) -> Self {
        let carried = Carried::of(others.iter());
        Self::read(answers.chain(others.iter().cloned()), &carried)
    }

    fn read(documents: impl Iterator<Item = Document>, carried: &Carried) -> Self {
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
        let mut named = Vec::new();
        for document in documents {
            surveyor.document(&document, carried.document(&document));
            named.push(Document {
                id: document.id,
                ..Document::default()
            });
        }
        let (lines, met, stream) = (surveyor.lines, surveyor.met, surveyor.stream);
        let spellings = surveyor.spellings;
        let inverted = Inverted {
            concepts: Concepts::new(&Lexique::default(), reader, &mut surveyor.vocabulary),
            vocabulary: surveyor.vocabulary,
            postings: surveyor.postings,
            positions: Vec::new(),
            spans: Vec::new(),
            stopwords: crate::stopwords::stopwords(),
        };
        Self {
            index: Index::of(named, inverted, settings),
            lines,
            met,
            stream,
            spellings,
        }
    }

    /// Every fault of a lexicon for these documents.
    #[must_use]
    pub fn faults(&self, lexique: &Lexique) -> Vec<Fault> {
        lexique.faults_in(&self.index)
    }

    /// The index of these documents with this lexicon, as the text that travels.
    #[must_use]
    pub fn build(&self, lexique: &Lexique) -> String {
        let lexique = carried::lexique(lexique, |terms| self.said(terms));
        let mut out = head(&lexique);
        let record = self.record(&out);
        out.push_str(&self.lines);
        push_record(&mut out, &record);
        out
    }

    /// Which of these terms stand, as whole phrases, in what travels of a document.
    pub(crate) fn said(&self, terms: &[&String]) -> Vec<bool> {
        let probe = Lexique {
            voisins: terms
                .iter()
                .map(|term| Voisinage {
                    de: Vec::new(),
                    vers: vec![(*term).clone()],
                })
                .collect(),
            ..Lexique::default()
        };
        let (vocabulary, concepts, terms_of) = self.learn(&probe);
        let mut found = vec![false; vocabulary.len()];
        let terms_of = |spelling: &u32| terms_of.get(*spelling as usize).copied();
        for text in self.stream.split(|spelling| *spelling == END) {
            let text: Vec<u32> = text.iter().filter_map(terms_of).collect();
            for concept in concepts.in_text(&text) {
                if let Some(found) = found.get_mut(concept.concept as usize) {
                    *found = true;
                }
            }
        }
        let is_found = |rank: usize| {
            let concept = vocabulary.term(&concat(&["~", &rank.to_string()]));
            concept.is_some_and(|concept| found.get(concept as usize) == Some(&true))
        };
        (1..=terms.len()).map(is_found).collect()
    }

    /// How the stems of all that travels are cut, read as the browser will read it: first the lexicon.
    fn record(&self, head: &str) -> String {
        let Ok((_, lexique, _)) = parse(head) else {
            return String::new();
        };
        self.learn(&lexique).0.into_record()
    }

    /// The vocabulary of a lexicon and then of the texts, and the term of each spelling of these.
    fn learn(&self, lexique: &Lexique) -> (Vocabulary, Concepts, Vec<u32>) {
        let mut vocabulary = Vocabulary::new(Stems::computed(true));
        let reader = Reader {
            settings: &Settings::default(),
            stopwords: self.index.stopwords(),
            query: false,
        };
        let concepts = Concepts::new(lexique, reader, &mut vocabulary);
        let names = self.spellings.all();
        let mut terms = vec![END; names.len()];
        for (spelling, term_name) in &self.met {
            let rank = *spelling as usize;
            if let (Some(name), Some(term)) = (names.get(rank), terms.get_mut(rank)) {
                *term = vocabulary.learn_named(name, term_name);
            }
        }
        (vocabulary, concepts, terms)
    }
}

/// A survey in the making.
struct Surveyor<'a> {
    reader: Reader<'a>,
    vocabulary: Vocabulary,
    postings: Vec<Vec<Posting>>,
    document: u32,
    lines: String,
    met: Vec<(u32, String)>,
    stream: Vec<u32>,
    spellings: Names,
    /// By spelling: its term, and whether it travels.
    known: Vec<(u32, bool)>,
}

/// Whether a text is one of the documents', travels, or both.
#[derive(Clone, Copy)]
struct Role {
    said: bool,
    travels: bool,
}

impl<'a> Surveyor<'a> {
    fn new(reader: Reader<'a>) -> Self {
        Self {
            reader,
            vocabulary: Vocabulary::new(Stems::computed(true)),
            postings: Vec::new(),
            document: 0,
            lines: String::new(),
            met: Vec::new(),
            stream: Vec::new(),
            spellings: Names::default(),
            known: Vec::new(),
        }
    }

    fn document(&mut self, document: &Document, mut carried: Document) {
        let whole = is_answer(document);
        let both = Role {
            said: true,
            travels: true,
        };
        self.text(&document.titre, both);
        for text in document.mots_cles.iter().chain(&document.objectifs) {
            self.text(text, both);
        }
        let said = Role {
            said: true,
            travels: whole,
        };
        self.passages(document, said);
        if !whole {
            let travels = Role {
                said: false,
                travels: true,
            };
            self.passages(&carried, travels);
        }
        carried.paroles = self.paroles(document);
        push_lines(&mut self.lines, &carried);
        self.document += 1;
    }

    /// Last, once it is known what the document says itself: of the words of readers only the others travel.
    fn paroles(&mut self, document: &Document) -> Vec<String> {
        let spoken = self.unsaid(&document.paroles.join(" "));
        let role = Role {
            said: false,
            travels: true,
        };
        self.text(&spoken, role);
        let paroles = Some(spoken).filter(|spoken| !spoken.is_empty());
        paroles.into_iter().collect()
    }

    /// The words of a text that have a subject and that the current document does not say, each once.
    fn unsaid(&self, text: &str) -> String {
        let mut words: Vec<String> = Vec::new();
        for piece in self.reader.read(text) {
            let Kind::Word(word) = piece.kind else {
                continue;
            };
            let said = accented(word.source);
            if !word.stop && !words.contains(&said) && !self.says(&word.surface) {
                words.push(said);
            }
        }
        words.join(" ")
    }

    /// Whether a form of this word stands in the current document.
    fn says(&self, surface: &str) -> bool {
        let term = self.vocabulary.find(surface);
        let postings = term.and_then(|term| self.postings.get(term as usize));
        postings
            .and_then(|list| list.last())
            .is_some_and(|last| last.document == self.document)
    }

    fn passages(&mut self, document: &Document, role: Role) {
        for passage in &document.passages {
            self.text(&passage.intertitre, role);
            self.text(&passage.texte, role);
        }
    }

    fn text(&mut self, text: &str, role: Role) {
        for piece in self.reader.read(text) {
            self.piece(&piece, role);
        }
        if role.travels {
            self.stream.push(END);
        }
    }

    fn piece(&mut self, piece: &Piece, role: Role) {
        match &piece.kind {
            Kind::Word(word) => {
                let spelling = self.spelling(&word.surface, word.source, role);
                if role.travels && Concepts::keeps(word) {
                    self.stream.push(spelling);
                }
                if let Some(joined) = &word.joined {
                    self.spelling(joined, joined, role);
                }
            }
            Kind::Code(code) => {
                self.special(&code.term(), role);
                if code.is_part() {
                    self.special(&code.parent(), role);
                }
            }
            Kind::Date(date) => {
                for term in date.terms() {
                    self.special(&term, role);
                }
            }
            Kind::Numero(id) => self.special(&concat(&["§", id]), role),
        }
    }

    fn spelling(&mut self, surface: &str, source: &str, role: Role) -> u32 {
        let spelling = self.spellings.add(surface);
        let rank = spelling as usize;
        if rank == self.known.len() {
            self.known.push((END, false));
        }
        let (mut term, travels) = self.known.get(rank).copied().unwrap_or((END, false));
        let is_new = role.said && term == END;
        if role.said {
            if is_new {
                term = self.vocabulary.learn(surface, source);
            }
            self.stands(term);
        }
        if role.travels && !travels {
            // Its term was named after this very spelling, or must be named after it.
            let name = if is_new {
                self.vocabulary.name(term).to_owned()
            } else {
                Vocabulary::name_of(surface, source)
            };
            self.met.push((spelling, name));
        }
        if let Some(known) = self.known.get_mut(rank) {
            *known = (term, travels || role.travels);
        }
        spelling
    }

    fn special(&mut self, term: &str, role: Role) {
        if role.said {
            let term = self.vocabulary.intern(term);
            self.stands(term);
        }
    }

    /// Notes that a term stands in the current document.
    fn stands(&mut self, term: u32) {
        let term = term as usize;
        if term >= self.postings.len() {
            self.postings.resize_with(term + 1, Vec::new);
        }
        let document = self.document;
        if let Some(list) = self.postings.get_mut(term)
            && list.last().is_none_or(|last| last.document != document)
        {
            list.push(Posting::new(document, 0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Passage;
    use crate::invert::invert;
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

    #[test]
    fn stems_are_recorded_as_the_browser_reads_them() {
        let long =
            "Le 31\u{a0}mars 2027, l’exposition est mesurée ; voir la question 3.16. ".repeat(4);
        let documents = [
            document("question", "Déclarer", "les auto-évaluations\tdeclarées"),
            document("guide", "Déclaration", &long),
            document("question", "Exposée", &long),
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
