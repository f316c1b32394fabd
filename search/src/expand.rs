//! The lexicon at work: phrases of a text and phrases of a query that mean the same become one term, a *concept*.
//!
//! A concept stands in a text wherever one of its text forms stands word for word, and in a query wherever all the
//! words of one of its query forms stand, in any order: « perdu le mot de passe » is « mot de passe perdu ».

use crate::analysis::{Kind, Piece, Reader, Word};
use crate::fold::{Glue, Token, fold, is_one_word, tokenize};
use crate::lexique::Lexique;
use crate::prelude::*;
use crate::small::{Names, concat, narrow, number_of, parts, push_number, sort};
use crate::vocabulary::Vocabulary;

/// Words without a subject that still change the sense of a phrase: « pas d'AD », « combien de temps ».
const MEANINGFUL: &str = "=apres =avant =autre =autres =aucun =combien =deja =encore =pas =plus =quand =qui =sans =veulent =veut";

fn is_meaningful(surface: &str) -> bool {
    // The most usual of the others are shorter.
    surface.len() > 3 && parts(MEANINGFUL, b' ').any(|word| word == surface)
}

/// A way of saying a concept.
struct Form {
    /// Term of the concept.
    concept: u32,
    /// Terms of its words, in order.
    words: Vec<u32>,
    /// Looked for in texts.
    in_text: bool,
    /// Looked for in queries.
    in_query: bool,
    /// Weight of the concept, read through this form.
    weight: f32,
}

/// A concept found in a text.
pub(crate) struct Found {
    /// Its term.
    pub(crate) concept: u32,
    /// Index, in the stream given, of its first word.
    pub(crate) first: usize,
    /// How many words of the stream it takes.
    pub(crate) count: usize,
}

/// Every concept of the lexicon.
pub(crate) struct Concepts {
    forms: Vec<Form>,
    /// By word: the forms that it takes part in.
    by_word: Vec<Vec<u64>>,
}

impl Concepts {
    /// Reads the lexicon; its words enter the vocabulary, so that they are known and can be completed or corrected to.
    pub(crate) fn new(lexique: &Lexique, reader: Reader<'_>, vocabulary: &mut Vocabulary) -> Self {
        let mut builder = Builder::new(reader, vocabulary, true);
        builder.lexicon(lexique);
        builder.concepts
    }

    /// Has a vocabulary learn the words of a lexicon, in the same order, and no more.
    #[cfg(feature = "construction")]
    pub(crate) fn teach(lexique: &Lexique, reader: Reader<'_>, vocabulary: &mut Vocabulary) {
        Builder::new(reader, vocabulary, false).lexicon(lexique);
    }

    /// Each of these terms a concept of its own, looked for in texts.
    #[cfg(feature = "construction")]
    pub(crate) fn of_terms(
        terms: &[&String],
        reader: Reader<'_>,
        vocabulary: &mut Vocabulary,
    ) -> Self {
        let mut builder = Builder::new(reader, vocabulary, true);
        for term in terms {
            builder.one_way(&[], core::slice::from_ref(*term));
        }
        builder.concepts
    }

    /// The terms of the concepts, in order.
    #[cfg(feature = "construction")]
    pub(crate) fn terms(&self) -> Vec<u32> {
        let mut terms: Vec<u32> = self.forms.iter().map(|form| form.concept).collect();
        terms.dedup();
        terms
    }

    /// Whether a word of a text takes part in phrases.
    pub(crate) fn keeps(word: &Word) -> bool {
        !word.stop || is_meaningful(&word.surface)
    }

    /// The concepts of a text, given the terms of its words.
    pub(crate) fn in_text(&self, stream: &[u32]) -> Vec<Found> {
        let mut found = Vec::new();
        for (first, word) in stream.iter().enumerate() {
            let forms = self
                .forms_with(*word)
                .iter()
                .filter_map(|&index| self.form(index));
            for form in forms.filter(|form| form.in_text) {
                let stands = stream
                    .get(first..first + form.words.len())
                    .is_some_and(|here| here == form.words);
                if stands {
                    found.push(Found {
                        concept: form.concept,
                        first,
                        count: form.words.len(),
                    });
                }
            }
        }
        found
    }

    /// The concepts of a query: for each, its weight and the units it covers. `units` gives each unit's terms with
    /// their weights.
    pub(crate) fn in_query(&self, units: &[Vec<(u32, f32)>]) -> Vec<(u32, f32, Vec<usize>)> {
        let mut candidates: Vec<u64> = Vec::new();
        for (term, _) in units.iter().flatten() {
            candidates.extend_from_slice(self.forms_with(*term));
        }
        sort(&mut candidates);
        candidates.dedup();
        let forms = candidates.iter().filter_map(|&index| self.form(index));
        forms
            .filter(|form| form.in_query)
            .filter_map(|form| form.matched(units))
            .collect()
    }

    fn forms_with(&self, word: u32) -> &[u64] {
        self.by_word.get(word as usize).map_or(&[], Vec::as_slice)
    }

    fn form(&self, index: u64) -> Option<&Form> {
        self.forms.get(number_of(index) as usize)
    }
}

impl Form {
    /// The concept, if every word of the form is in the query, each in its own unit.
    fn matched(&self, units: &[Vec<(u32, f32)>]) -> Option<(u32, f32, Vec<usize>)> {
        let mut covered = Vec::with_capacity(self.words.len());
        let mut weight = self.weight;
        for word in &self.words {
            let (unit, likeness) = units.iter().enumerate().find_map(|(rank, terms)| {
                let free = !covered.contains(&rank);
                let (_, likeness) = terms.iter().find(|(term, _)| free && term == word)?;
                Some((rank, *likeness))
            })?;
            covered.push(unit);
            weight *= likeness;
        }
        Some((self.concept, weight, covered))
    }
}

struct Builder<'a> {
    concepts: Concepts,
    reader: Reader<'a>,
    vocabulary: &'a mut Vocabulary,
    count: u32,
    /// Forms are kept.
    keeps: bool,
}

impl<'a> Builder<'a> {
    fn new(reader: Reader<'a>, vocabulary: &'a mut Vocabulary, keeps: bool) -> Self {
        Self {
            concepts: Concepts {
                forms: Vec::new(),
                by_word: Vec::new(),
            },
            reader,
            vocabulary,
            count: 0,
            keeps,
        }
    }

    fn lexicon(&mut self, lexique: &Lexique) {
        let settings = self.reader.settings;
        for acronyme in lexique.acronymes.iter().filter(|_| settings.acronym > 0.0) {
            let both = acronyme.developpements.iter().chain([&acronyme.sigle]);
            self.both_ways(both, settings.acronym);
        }
        for group in lexique.synonymes.iter().filter(|_| settings.synonym > 0.0) {
            self.both_ways(group, settings.synonym);
        }
        for voisinage in lexique.voisins.iter().filter(|_| settings.neighbour > 0.0) {
            self.one_way(&voisinage.de, &voisinage.vers);
        }
    }

    fn both_ways<'f>(&mut self, forms: impl IntoIterator<Item = &'f String>, weight: f32) {
        let concept = self.concept();
        for form in forms {
            self.add(form, concept, (true, true), weight);
        }
    }

    fn one_way(&mut self, from: &[String], to: &[String]) {
        let concept = self.concept();
        let weight = self.reader.settings.neighbour;
        for form in from {
            self.add(form, concept, (false, true), weight);
        }
        for form in to {
            self.add(form, concept, (true, false), weight);
        }
    }

    fn concept(&mut self) -> u32 {
        self.count += 1;
        let mut name = String::from("~");
        push_number(&mut name, self.count);
        self.vocabulary.intern(&name)
    }

    /// Adds a form, and the same in one word where it is a compound: « pare-feu », « parefeu ».
    fn add(&mut self, form: &str, concept: u32, sides: (bool, bool), weight: f32) {
        #[cfg(feature = "construction")]
        if is_one_word(form) && !form.is_empty() {
            let mut token = [Token::plain(form, 0, false, Glue::Space)];
            let (word, _) = self.reader.read_word(&mut token, false);
            let word = self.vocabulary.learn(&word.surface, word.source);
            return self.push(vec![word], concept, sides, weight);
        }
        let pieces = self.reader.read(form);
        let words: Vec<&Word> = pieces.iter().filter_map(word_of).collect();
        let subject = words.iter().any(|word| !word.stop);
        let kept: Vec<u32> = words
            .iter()
            .filter(|word| !subject || Concepts::keeps(word))
            .map(|word| self.vocabulary.learn(&word.surface, word.source))
            .collect();
        let joined = words.first().and_then(|word| word.joined.as_ref());
        let whole = joined.filter(|joined| joined.len() + words.len() - 1 == fold(form).len());
        if let Some(joined) = whole {
            let joined = self.vocabulary.learn(joined, joined);
            self.push(vec![joined], concept, sides, weight);
        }
        self.push(kept, concept, sides, weight);
    }

    fn push(
        &mut self,
        words: Vec<u32>,
        concept: u32,
        (in_text, in_query): (bool, bool),
        weight: f32,
    ) {
        if cfg!(feature = "construction") && !self.keeps {
            return;
        }
        let index = u64::from(narrow(self.concepts.forms.len()));
        self.concepts
            .by_word
            .resize_with(self.vocabulary.len(), Vec::new);
        for &word in &words {
            let forms = self.concepts.by_word.get_mut(word as usize);
            if let Some(forms) = forms.filter(|forms| forms.last() != Some(&index)) {
                forms.push(index);
            }
        }
        self.concepts.forms.push(Form {
            concept,
            words,
            in_text,
            in_query,
            weight,
        });
    }
}

/// The terms of an entry without the words that [`Concepts`] sets aside, each once: what the browser needs of them.
pub(crate) fn bare_terms(terms: &[String], stopwords: &Names) -> Vec<String> {
    let mut bare: Vec<String> = Vec::new();
    for term in terms {
        let term = bare_term(term, stopwords);
        if !bare.contains(&term) {
            bare.push(term);
        }
    }
    bare
}

/// Words go with what follows them; those that a hyphen ties, and terms without a subject, stay.
fn bare_term(term: &str, stopwords: &Names) -> String {
    if is_one_word(term) {
        return String::from(term);
    }
    let tokens = tokenize(term);
    let stop = |token: &Token| stopwords.find(&token.text).is_some() && !token.capitals;
    if tokens.iter().all(stop) {
        return String::from(term);
    }
    let apart = |token: &Token| matches!(token.glue, Glue::Space | Glue::Apostrophe);
    let mut out = String::with_capacity(term.len());
    for (rank, token) in tokens.iter().enumerate() {
        let next = tokens.get(rank + 1);
        let silent = stop(token) && !is_meaningful(&concat(&["=", &token.text]));
        if !(silent && apart(token) && next.is_none_or(apart)) {
            let end = next.map_or(term.len(), |next| next.start);
            out.push_str(term.get(token.start..end).unwrap_or(""));
        }
    }
    out.truncate(out.trim_end_matches([' ', '\'', '’']).len());
    out
}

fn word_of<'p, 't>(piece: &'p Piece<'t>) -> Option<&'p Word<'t>> {
    match &piece.kind {
        Kind::Word(word) => Some(word),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stopwords::stopwords;

    #[test]
    fn no_meaningful_word_is_shorter_than_what_is_looked_up() {
        assert!(parts(MEANINGFUL, b' ').all(is_meaningful));
        assert!(!is_meaningful("=si") && !is_meaningful("=dans"));
    }

    #[test]
    fn terms_travel_without_the_words_that_play_no_part() {
        let terms = [
            "en interne",
            "interne",
            "pas d'annuaire",
            "jusqu'à quand",
            "mise à jour des serveurs",
            "D1.O2",
            "peut-on",
        ];
        let bare = bare_terms(&terms.map(str::to_owned), &stopwords());
        assert_eq!(
            bare,
            [
                "interne",
                "pas annuaire",
                "jusqu'à quand",
                "mise jour serveurs",
                "D1.O2",
                "peut-on"
            ]
        );
    }
}
