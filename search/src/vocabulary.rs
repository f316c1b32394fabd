//! Spellings and terms: a *surface* is a spelling met in the texts, a *term* is what it counts as (its stem).

use std::collections::BTreeMap;
use std::ops::Bound;

use pagefind_stem::{Algorithm, Stemmer};

use crate::fold::fold;

/// Every spelling, with its term; every term, with its number.
pub(crate) struct Vocabulary {
    surfaces: BTreeMap<String, u32>,
    terms: BTreeMap<String, u32>,
    stemming: bool,
}

impl Vocabulary {
    /// An empty one.
    pub(crate) fn new(stemming: bool) -> Self {
        Self {
            surfaces: BTreeMap::new(),
            terms: BTreeMap::new(),
            stemming,
        }
    }

    /// How many terms there are; term numbers are below.
    pub(crate) fn len(&self) -> usize {
        self.terms.len()
    }

    /// The number of a term that is no spelling (a code, a date, a concept), created if new.
    pub(crate) fn intern(&mut self, term: &str) -> u32 {
        if let Some(&found) = self.terms.get(term) {
            return found;
        }
        let number = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        self.terms.insert(term.to_owned(), number);
        number
    }

    /// The term of a spelling, both created if new. Once a spelling has a term it keeps it: « déclaré » and
    /// « declare », which a stemmer may cut apart, stay together.
    pub(crate) fn learn(&mut self, surface: &str, accented: &str) -> u32 {
        if let Some(&found) = self.surfaces.get(surface) {
            return found;
        }
        let term = self.stem(surface, accented);
        let number = self.intern(&term);
        self.surfaces.insert(surface.to_owned(), number);
        number
    }

    /// The term of a known spelling, or of an unknown one whose stem is known, with or without its accents.
    pub(crate) fn find(&self, surface: &str, accented: &str) -> Option<u32> {
        self.surface(surface)
            .or_else(|| self.term(&self.stem(surface, accented)))
            .or_else(|| self.term(&self.stem(surface, surface)))
    }

    /// The term of a known spelling.
    pub(crate) fn surface(&self, surface: &str) -> Option<u32> {
        self.surfaces.get(surface).copied()
    }

    /// The number of a known term.
    pub(crate) fn term(&self, term: &str) -> Option<u32> {
        self.terms.get(term).copied()
    }

    /// Every spelling that starts so, with its term.
    pub(crate) fn starting_with<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, u32)> {
        self.surfaces
            .range::<str, _>((Bound::Included(prefix), Bound::Unbounded))
            .take_while(move |(surface, _)| surface.starts_with(prefix))
            .map(|(surface, &term)| (surface.as_str(), term))
    }

    /// Every spelling of a real word, with its term.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, u32)> {
        self.surfaces
            .iter()
            .filter(|(surface, _)| surface.as_bytes().first().is_some_and(u8::is_ascii_lowercase))
            .map(|(surface, &term)| (surface.as_str(), term))
    }

    /// Every term with its number.
    pub(crate) fn all_terms(&self) -> impl Iterator<Item = (&str, u32)> {
        self.terms.iter().map(|(term, &number)| (term.as_str(), number))
    }

    /// Never stems three letters or fewer: *ADS* would become *ad*.
    pub(crate) fn stem(&self, surface: &str, accented: &str) -> String {
        let word = surface.as_bytes().first().is_some_and(u8::is_ascii_lowercase);
        if !self.stemming || !word || surface.len() <= 3 {
            return surface.to_owned();
        }
        fold(&Stemmer::create(Algorithm::French).stem(accented))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_are_not_stemmed() {
        let vocabulary = Vocabulary::new(true);
        assert_eq!(vocabulary.stem("ads", "ads"), "ads");
        assert_eq!(vocabulary.stem("audits", "audits"), "audit");
    }

    #[test]
    fn a_word_without_its_accents_finds_its_term() {
        let mut vocabulary = Vocabulary::new(true);
        let term = vocabulary.learn("exigees", "exigées");
        assert_eq!(vocabulary.find("exigees", "exigees"), Some(term));
        assert_eq!(vocabulary.find("exiger", "exiger"), Some(term));
    }
}
