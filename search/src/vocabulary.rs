//! Spellings and terms: a *surface* is a spelling met in the texts, a *term* is what it counts as (its stem).

#[cfg(feature = "construction")]
use crate::fold::Folded;
use crate::prelude::*;
use crate::small::Names;
#[cfg(feature = "construction")]
use crate::stems::Cuts;
use crate::stems::{Endings, Stems};

/// Every spelling, with its term; every term, with its number.
pub(crate) struct Vocabulary {
    surfaces: Names,
    /// Term of each spelling.
    terms_of: Vec<u32>,
    /// The letters of each spelling, a bit each; every bit where it is no real word.
    letters: Vec<u32>,
    /// Spellings by their first letter: beginnings are looked for at each press of a key.
    by_letter: Vec<Vec<u32>>,
    terms: Names,
    stems: Stems,
    endings: Endings,
}

impl Vocabulary {
    /// An empty one.
    pub(crate) fn new(stems: Stems) -> Self {
        Self {
            surfaces: Names::default(),
            terms_of: Vec::new(),
            letters: Vec::new(),
            by_letter: vec![Vec::new(); LETTERS],
            terms: Names::default(),
            stems,
            endings: Endings::known(),
        }
    }

    /// The same, with room for so many spellings.
    #[cfg(feature = "construction")]
    pub(crate) fn roomy(stems: Stems, count: usize) -> Self {
        Self {
            surfaces: Names::roomy(count),
            terms: Names::roomy(count),
            ..Self::new(stems)
        }
    }

    /// How many terms there are; term numbers are below.
    pub(crate) fn len(&self) -> usize {
        self.terms.len()
    }

    /// The number of a term that is no spelling (a code, a date, a concept), created if new.
    pub(crate) fn intern(&mut self, term: &str) -> u32 {
        self.terms.add(term)
    }

    /// The term of a spelling, both created if new. Once a spelling has a term it keeps it: « déclaré » and
    /// « declare », which a stemmer may cut apart, stay together.
    pub(crate) fn learn(&mut self, surface: &str, source: &str) -> u32 {
        let rank = self.surfaces.add(surface);
        if let Some(known) = self.terms_of.get(rank as usize) {
            return *known;
        }
        let number = if is_stemmed(surface) {
            let stem = self.stems.next(surface, source, &self.endings);
            self.terms.add(&stem)
        } else {
            self.intern(surface)
        };
        self.enter(surface, rank, number);
        number
    }

    /// What is known of a new spelling.
    fn enter(&mut self, surface: &str, rank: u32, term: u32) {
        self.terms_of.push(term);
        self.letters.push(if is_word(surface) {
            letters(surface)
        } else {
            u32::MAX
        });
        if let Some(spellings) = self.by_letter.get_mut(letter(surface)) {
            spellings.push(rank);
        }
    }

    /// The same for a spelling whose term is known by its name: the stem, where it has one.
    #[cfg(feature = "construction")]
    pub(crate) fn learn_named(&mut self, surface: &str, name: &str) -> u32 {
        let rank = self.surfaces.add(surface);
        if let Some(known) = self.terms_of.get(rank as usize) {
            return *known;
        }
        if is_stemmed(surface) {
            self.stems.note(surface, name, &self.endings);
        }
        let number = self.intern(name);
        self.enter(surface, rank, number);
        number
    }

    /// The name of the term that a spelling, met alone, counts as.
    #[cfg(feature = "construction")]
    pub(crate) fn name_of<'s>(&'s mut self, surface: &'s str, source: &str) -> Folded<'s> {
        if is_stemmed(surface) {
            self.stems.of(source)
        } else {
            surface.into()
        }
    }

    /// The stems that were cut, for the next vocabulary of the same texts.
    #[cfg(feature = "construction")]
    pub(crate) fn take_cuts(&mut self) -> Cuts {
        self.stems.take_cuts()
    }

    /// The name of a term.
    #[cfg(feature = "construction")]
    pub(crate) fn name(&self, term: u32) -> &str {
        self.terms.name(term as usize)
    }

    /// The term of a known spelling, or of an unknown one that is a known stem and an ending.
    pub(crate) fn find(&self, surface: &str) -> Option<u32> {
        self.surface(surface).or_else(|| self.stem_within(surface))
    }

    /// Longest first: « remboursera » is `rembours` and an ending, as other forms of the word have taught.
    fn stem_within(&self, surface: &str) -> Option<u32> {
        if !is_stemmed(surface) {
            return None;
        }
        (SHORTEST_STEM..surface.len()).rev().find_map(|length| {
            let (stem, ending) = surface.split_at_checked(length)?;
            self.term(stem).filter(|_| self.endings.has(ending))
        })
    }

    /// How each stem was cut, for the index to carry.
    #[cfg(feature = "construction")]
    pub(crate) fn into_record(self) -> String {
        self.stems.into_record()
    }

    /// The term of a known spelling.
    pub(crate) fn surface(&self, surface: &str) -> Option<u32> {
        let number = self.surfaces.find(surface)?;
        self.terms_of.get(number as usize).copied()
    }

    /// The number of a known term.
    pub(crate) fn term(&self, term: &str) -> Option<u32> {
        self.terms.find(term)
    }

    /// The terms of every spelling that starts so.
    pub(crate) fn starting_with(&self, prefix: &str) -> Vec<u32> {
        let mut seen = vec![false; self.terms.len()];
        let mut terms = Vec::new();
        for &spelling in self.by_letter.get(letter(prefix)).into_iter().flatten() {
            let spelling = spelling as usize;
            if !self.surfaces.name(spelling).starts_with(prefix) {
                continue;
            }
            let term = self.terms_of.get(spelling).copied().unwrap_or(0);
            if let Some(seen) = seen.get_mut(term as usize).filter(|seen| !**seen) {
                *seen = true;
                terms.push(term);
            }
        }
        terms
    }

    /// The spellings of real words that so many edits may lead to, with their terms: an edit brings one new letter at most,
    /// and takes one away.
    pub(crate) fn near(&self, word: &str, edits: u32) -> impl Iterator<Item = (&str, u32)> {
        let wanted = letters(word);
        let near = move |here: u32| {
            (wanted & !here).count_ones() <= edits && (here & !wanted).count_ones() <= edits
        };
        let all = self.letters.iter().enumerate();
        all.filter(move |(_, here)| near(**here)).map(|(rank, _)| {
            let term = self.terms_of.get(rank).copied().unwrap_or(0);
            (self.surfaces.name(rank), term)
        })
    }

    /// Every spelling of a real word, with its term.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, u32)> {
        let all = self.surfaces.all().zip(&self.terms_of);
        all.filter(|(surface, _)| is_word(surface))
            .map(|(surface, &term)| (surface, term))
    }
}

/// The letters of a word, a bit each.
fn letters(word: &str) -> u32 {
    word.bytes()
        .fold(0, |letters, byte| letters | 1 << (byte & 31))
}

/// So many first letters are told apart, at least.
const LETTERS: usize = 32;

fn letter(surface: &str) -> usize {
    let first = surface.bytes().next().unwrap_or(0);
    usize::from(first) % LETTERS
}

/// A shorter beginning may be that of any word.
const SHORTEST_STEM: usize = 4;

/// Never three letters or fewer: *ADS* would become *ad*. Nor numbers, nor words without a subject.
fn is_stemmed(surface: &str) -> bool {
    surface.len() > 3 && is_word(surface)
}

/// Neither a number nor a word without a subject.
fn is_word(surface: &str) -> bool {
    surface
        .as_bytes()
        .first()
        .is_some_and(u8::is_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_are_not_stemmed() {
        let mut vocabulary = Vocabulary::new(Stems::computed(true));
        vocabulary.learn("ads", "ads");
        vocabulary.learn("audits", "audits");
        assert!(vocabulary.term("ads").is_some());
        assert!(vocabulary.term("audit").is_some());
    }

    #[test]
    fn an_unknown_form_finds_its_stem() {
        let mut vocabulary = Vocabulary::new(Stems::computed(true));
        let term = vocabulary.learn("exigees", "exigées");
        assert_eq!(vocabulary.find("exiger"), Some(term));
        assert_eq!(vocabulary.find("exigeraient"), Some(term));
        assert_eq!(vocabulary.find("exil"), None);
    }
}
