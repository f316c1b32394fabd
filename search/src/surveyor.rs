//! The documents of a site, read one by one: which term stands in which, and what travels of them.

use crate::analysis::{Kind, Piece, Reader, Word, word_alone};
use crate::document::Document;
use crate::expand::Concepts;
use crate::fold::{Token, accented, tokenize};
use crate::format::push_lines;
use crate::invert::Posting;
use crate::prelude::*;
use crate::small::{Names, Strings, concat};
use crate::stems::{Cuts, Stems};
use crate::survey::END;
use crate::vocabulary::Vocabulary;
use alloc::borrow::Cow;

/// Few sites have fewer words.
const WORDS: usize = 2_500;

/// Nor less to say; the room that is not taken costs nothing.
const LINES: usize = 1 << 17;

/// A survey in the making.
pub(crate) struct Surveyor<'a> {
    reader: Reader<'a>,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) postings: Vec<Vec<Posting>>,
    document: u32,
    pub(crate) lines: String,
    /// By spelling: the name of its term.
    pub(crate) met: Strings,
    pub(crate) stream: Vec<u32>,
    pub(crate) spellings: Names,
    /// By spelling: its term, or [`END`] where no document says it yet.
    known: Vec<u32>,
    /// Words that stood alone, as texts write them.
    sources: Names,
    /// By those: what they are.
    told: Vec<Told>,
}

/// What a word is wherever it stands alone.
#[derive(Clone, Copy)]
struct Told {
    spelling: u32,
    /// Takes part in phrases.
    kept: bool,
}

/// Who says a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The document itself.
    Document,
    /// Its readers: the words travel, but no lexicon may count on them.
    Readers,
}

impl<'a> Surveyor<'a> {
    pub(crate) fn new(reader: Reader<'a>) -> Self {
        Self {
            reader,
            vocabulary: Vocabulary::roomy(Stems::unrecorded(Cuts::roomy(WORDS)), WORDS),
            postings: Vec::new(),
            document: 0,
            lines: String::with_capacity(LINES),
            met: Strings::default(),
            stream: Vec::new(),
            spellings: Names::roomy(WORDS),
            known: Vec::new(),
            sources: Names::roomy(WORDS),
            told: Vec::new(),
        }
    }

    /// Reads what is carried of a document, and how its readers put it. What does not travel is found by no query.
    pub(crate) fn document(&mut self, mut carried: Document, paroles: &[String]) {
        self.text(&carried.titre, Role::Document);
        for text in carried.mots_cles.iter().chain(&carried.objectifs) {
            self.text(text, Role::Document);
        }
        for passage in &carried.passages {
            self.text(&passage.intertitre, Role::Document);
            self.text(&passage.texte, Role::Document);
        }
        carried.paroles = self.paroles(paroles);
        push_lines(&mut self.lines, &carried);
        self.document += 1;
    }

    /// Last, once it is known what the document says itself: of the words of readers only the others travel.
    fn paroles(&mut self, paroles: &[String]) -> Vec<String> {
        if paroles.is_empty() {
            return Vec::new();
        }
        let spoken = self.unsaid(&paroles.join(" "));
        self.text(&spoken, Role::Readers);
        let paroles = Some(spoken).filter(|spoken| !spoken.is_empty());
        paroles.into_iter().collect()
    }

    /// The words of a text that have a subject and that the current document does not say, each once.
    fn unsaid(&self, text: &str) -> String {
        let mut words: Vec<Cow<str>> = Vec::new();
        for piece in self.reader.read(text) {
            let Kind::Word(word) = piece.kind else {
                continue;
            };
            if word.stop || self.says(&word.surface) {
                continue;
            }
            let said = accented(word.source);
            if !words.contains(&said) {
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

    fn text(&mut self, text: &str, role: Role) {
        let mut tokens = tokenize(text);
        let mut pieces = Vec::new();
        let mut at = 0;
        while let Some(rest) = tokens.get_mut(at..).filter(|rest| !rest.is_empty()) {
            if let Some(source) = word_alone(rest) {
                self.word_alone(source, rest, role);
                at += 1;
                continue;
            }
            at += self.reader.read_one(rest, at, false, &mut pieces).max(1);
            for piece in pieces.drain(..) {
                self.piece(&piece, role);
            }
        }
        self.stream.push(END);
    }

    /// A word that is read by itself: once, however often it stands so.
    fn word_alone(&mut self, source: &str, rest: &mut [Token], role: Role) {
        let rank = self.sources.add(source) as usize;
        let told = self.told.get(rank).copied();
        let term = told.and_then(|told| self.known.get(told.spelling as usize).copied());
        match (told, term, role) {
            (Some(told), _, Role::Readers) => self.follows(told),
            (Some(told), Some(term), Role::Document) if term != END => {
                self.stands(term);
                self.follows(told);
            }
            _ => {
                let (word, _) = self.reader.read_word(rest, false);
                let told = self.word(&word, role);
                if rank == self.told.len() {
                    self.told.push(told);
                }
            }
        }
    }

    fn word(&mut self, word: &Word, role: Role) -> Told {
        let told = Told {
            spelling: self.spelling(&word.surface, word.source, role),
            kept: Concepts::keeps(word),
        };
        self.follows(told);
        told
    }

    /// Notes the words that take part in phrases.
    fn follows(&mut self, told: Told) {
        if told.kept {
            self.stream.push(told.spelling);
        }
    }

    fn piece(&mut self, piece: &Piece, role: Role) {
        match &piece.kind {
            Kind::Word(word) => {
                self.word(word, role);
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
        let is_met = rank < self.known.len();
        let mut term = self.known.get(rank).copied().unwrap_or(END);
        let is_new = role == Role::Document && term == END;
        if is_new {
            term = self.vocabulary.learn(surface, source);
        }
        if role == Role::Document {
            self.stands(term);
        }
        if !is_met {
            // Its term was named after this very spelling, or must be named after it.
            if is_new {
                self.met.push(self.vocabulary.name(term));
            } else {
                self.met.push(&self.vocabulary.name_of(surface, source));
            }
            self.known.push(term);
        } else if let Some(known) = self.known.get_mut(rank) {
            *known = term;
        }
        spelling
    }

    fn special(&mut self, term: &str, role: Role) {
        if role == Role::Document {
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
