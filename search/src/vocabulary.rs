//! Spellings and terms: a *surface* is a spelling met in the texts, a *term* is what it counts as (its stem).

use pagefind_stem::{Algorithm, Stemmer};

use crate::fold::fold;
use crate::small::Names;

/// Every spelling, with its term; every term, with its number.
pub(crate) struct Vocabulary {
    surfaces: Names,
    /// Term of each spelling.
    terms_of: Vec<u32>,
    terms: Names,
    stemming: bool,
}

impl Vocabulary {
    /// An empty one.
    pub(crate) fn new(stemming: bool) -> Self {
        Self {
            surfaces: Names::default(),
            terms_of: Vec::new(),
            terms: Names::default(),
            stemming,
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
    pub(crate) fn learn(&mut self, surface: &str, accented: &str) -> u32 {
        if let Some(known) = self.surface(surface) {
            return known;
        }
        let term = self.stem(surface, accented);
        let number = self.intern(&term);
        self.surfaces.add(surface);
        self.terms_of.push(number);
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
        let number = self.surfaces.find(surface)?;
        self.terms_of.get(number as usize).copied()
    }

    /// The number of a known term.
    pub(crate) fn term(&self, term: &str) -> Option<u32> {
        self.terms.find(term)
    }

    /// The terms of every spelling that starts so.
    pub(crate) fn starting_with(&self, prefix: &str) -> Vec<u32> {
        let all = self.surfaces.all().iter().zip(&self.terms_of);
        let mut terms = Vec::new();
        for (surface, &term) in all {
            if surface.starts_with(prefix) && !terms.contains(&term) {
                terms.push(term);
            }
        }
        terms
    }

    /// Every spelling of a real word, with its term.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, u32)> {
        let all = self.surfaces.all().iter().zip(&self.terms_of);
        all.filter(|(surface, _)| is_word(surface))
            .map(|(surface, &term)| (surface.as_str(), term))
    }

    /// Every term, in the order of their numbers.
    pub(crate) fn all_terms(&self) -> &[String] {
        self.terms.all()
    }

    /// Never stems three letters or fewer: *ADS* would become *ad*.
    pub(crate) fn stem(&self, surface: &str, accented: &str) -> String {
        if !self.stemming || !is_word(surface) || surface.len() <= 3 {
            return surface.to_owned();
        }
        fold(&Stemmer::create(Algorithm::French).stem(accented))
    }
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
