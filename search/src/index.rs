//! The opened index, and the search itself.

use crate::answer::{Options, Resultats, Touche};
use crate::document::Document;
use crate::excerpt::{Marks, best_passage, segments};
use crate::expand::Concepts;
use crate::fold::{fold, slug};
use crate::format::{FormatError, parse, text};
use crate::invert::{Inverted, Posting, invert};
use crate::lexique::Lexique;
use crate::nearest::{Letters, add_lookalikes};
use crate::prelude::*;
use crate::query::{self, Query};
use crate::rank::{Scored, add_proximity, in_order, score};
use crate::settings::Settings;
use crate::small::{Names, concat, narrow, to_f32};
use crate::stems::Stems;
use crate::vocabulary::Vocabulary;

/// An index, ready to search.
pub struct Index {
    pub(crate) documents: Vec<Document>,
    pub(crate) settings: Settings,
    inverted: Inverted,
    /// Titles of the pages found by them, as addresses spell texts; none of the others (a term of the glossary is no
    /// answer yet).
    pub(crate) titles: Vec<String>,
    /// Whether each document counts towards the rarity of words.
    reference: Vec<bool>,
    reference_count: u32,
}

/// A document that answers less of the query than this is only near.
const WEAK_COVERAGE: f32 = 0.25;

impl Index {
    /// Opens the bytes that [`crate::build`] packed.
    ///
    /// # Errors
    /// The bytes are not an index of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        Self::from_text(text(bytes)?)
    }

    /// The same from a text.
    ///
    /// # Errors
    /// The text is not an index of this version.
    pub fn from_text(text: &str) -> Result<Self, FormatError> {
        let (documents, lexique, record) = parse(text)?;
        Ok(Self::new(
            documents,
            &lexique,
            Settings::default(),
            Stems::recorded(record),
        ))
    }

    #[cfg(feature = "construction")]
    /// The same with other weights, and stems cut anew: what the bench does to tell what each part is worth.
    ///
    /// # Errors
    /// The bytes are not an index of this version.
    pub fn with_settings(bytes: &[u8], settings: Settings) -> Result<Self, FormatError> {
        let (documents, lexique, _) = parse(text(bytes)?)?;
        let stems = Stems::computed(settings.stemming);
        Ok(Self::new(documents, &lexique, settings, stems))
    }

    pub(crate) fn new(
        documents: Vec<Document>,
        lexique: &Lexique,
        settings: Settings,
        stems: Stems,
    ) -> Self {
        let inverted = invert(&documents, lexique, &settings, stems);
        Self::of(documents, inverted, settings)
    }

    /// The index of documents that are inverted already.
    pub(crate) fn of(documents: Vec<Document>, inverted: Inverted, settings: Settings) -> Self {
        let questions = documents
            .iter()
            .any(|document| document.groupe == "question");
        let reference: Vec<bool> = documents
            .iter()
            .map(|document| !questions || document.groupe == "question")
            .collect();
        Self {
            reference_count: narrow(reference.iter().filter(|counts| **counts).count()),
            reference,
            titles: documents.iter().map(title).collect(),
            inverted,
            documents,
            settings,
        }
    }

    /// Answers a query: best documents first, the nearest ones where nothing matches.
    #[must_use]
    pub fn search(&self, query: &str, options: &Options) -> Resultats {
        let mut read = query::read(query, self, options.prefixe);
        let mut ranked = self.rank(&read, options);
        let weak = ranked
            .first()
            .is_none_or(|best| best.coverage < WEAK_COVERAGE && best.score < 500.0);
        if weak && !options.approche {
            ranked.clear();
        } else if weak && self.settings.nearest {
            add_lookalikes(&mut read, self);
            ranked = self.rank(&read, options);
            self.fill(query, options, &mut ranked);
        }
        cut_tail(&mut ranked);
        ranked.truncate(options.limite);
        Resultats {
            touches: ranked
                .iter()
                .map(|scored| self.touche(scored, &read, options))
                .collect(),
            faible: weak,
        }
    }

    /// The documents that pass the filters and score, best first; on equal scores the first given.
    fn rank(&self, query: &Query, options: &Options) -> Vec<Scored> {
        let mut scored = score(query, self);
        scored.retain(|scored| scored.score > 0.0 && self.admits(scored.document, options));
        add_proximity(query, self, options.limite, &mut scored);
        in_order(&scored)
    }

    /// Where not even one document looked alike: by the letters of the titles, then in the order given.
    fn fill(&self, query: &str, options: &Options, ranked: &mut Vec<Scored>) {
        if !ranked.is_empty() {
            return;
        }
        let query = Letters::of(&fold(query));
        let all = self
            .documents
            .iter()
            .enumerate()
            .map(|(document, content)| Scored {
                document,
                score: query.likeness(&fold(&content.titre)),
                coverage: 0.0,
            });
        let admitted: Vec<Scored> = all
            .filter(|scored| self.admits(scored.document, options))
            .collect();
        *ranked = in_order(&admitted);
    }

    fn admits(&self, document: usize, options: &Options) -> bool {
        let Some(document) = self.documents.get(document) else {
            return false;
        };
        let objectif = |wanted: &String| {
            document
                .objectifs
                .iter()
                .any(|code| code.starts_with(wanted.as_str()))
        };
        let public = |wanted: &String| document.publics.contains(wanted);
        options
            .groupe
            .as_ref()
            .is_none_or(|wanted| document.groupe == *wanted)
            && options
                .section
                .as_ref()
                .is_none_or(|wanted| document.section == *wanted)
            && options.public.as_ref().is_none_or(public)
            && options.objectif.as_ref().is_none_or(objectif)
    }

    fn touche(&self, scored: &Scored, query: &Query, options: &Options) -> Touche {
        let empty = Document::default();
        let document = self.documents.get(scored.document).unwrap_or(&empty);
        let mut touche = Touche {
            id: document.id.clone(),
            groupe: document.groupe.clone(),
            url: document.url.clone(),
            ancre: String::new(),
            titre: document.titre.clone(),
            titre_marque: Vec::new(),
            extrait: Vec::new(),
            score: scored.score,
        };
        if options.extraits {
            self.add_marks(scored.document, query, &mut touche);
        }
        touche
    }

    fn add_marks(&self, number: usize, query: &Query, touche: &mut Touche) {
        let marks = Marks::new(query, number, self);
        let spans = self.inverted.spans.get(number);
        let Some((title, passages)) = spans.and_then(|spans| spans.split_first()) else {
            return;
        };
        touche.titre_marque = segments(&touche.titre, title, 0, usize::MAX / 2, &marks);
        let (best, start) = best_passage(&marks, passages);
        let told = self
            .documents
            .get(number)
            .map(|document| &document.passages);
        let passage = told.and_then(|passages| passages.get(best));
        if let Some((passage, span)) = passage.zip(passages.get(best)) {
            touche.ancre.clone_from(&passage.ancre);
            let shown = if passage.texte.is_empty() {
                &passage.intertitre
            } else {
                &passage.texte
            };
            touche.extrait = segments(shown, span, start, 34, &marks);
        }
    }

    /// Whether some document has all these words, in any form.
    pub(crate) fn says(&self, words: &str) -> bool {
        let query = query::read(words, self, false);
        let exact: Vec<Vec<usize>> = (0..query.units.len())
            .map(|unit| self.documents_of_unit(&query, unit))
            .collect();
        let everywhere =
            |document: &usize| exact.iter().all(|documents| documents.contains(document));
        exact
            .first()
            .is_some_and(|first| first.iter().any(everywhere))
    }

    /// The same of a word of small plain letters, looked up as a query of it alone would be.
    pub(crate) fn says_word(&self, word: &str) -> bool {
        let stop = self.stopwords().find(word).is_some();
        let known = if stop {
            self.vocabulary().find(&concat(&["=", word]))
        } else {
            self.vocabulary().find(word)
        };
        known.is_some_and(|term| !self.postings(term).is_empty())
    }

    fn documents_of_unit(&self, query: &Query, unit: usize) -> Vec<usize> {
        let readings = query
            .readings
            .iter()
            .filter(|reading| reading.weight >= 0.8 && reading.units.contains(&unit));
        let terms = readings.flat_map(|reading| &reading.terms);
        terms
            .flat_map(|&term| self.postings(term))
            .map(|posting| posting.document as usize)
            .collect()
    }

    /// The number of the question so called.
    pub(crate) fn document_named(&self, id: &str) -> Option<usize> {
        self.documents.iter().position(|document| document.id == id)
    }

    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.inverted.vocabulary
    }

    pub(crate) fn stopwords(&self) -> &Names {
        &self.inverted.stopwords
    }

    pub(crate) fn concepts(&self) -> &Concepts {
        &self.inverted.concepts
    }

    pub(crate) fn postings(&self, term: u32) -> &[Posting] {
        self.inverted
            .postings
            .get(term as usize)
            .map_or(&[], Vec::as_slice)
    }

    /// Where a term stands in a document.
    pub(crate) fn positions(&self, term: u32, document: usize) -> &[u32] {
        let postings = self.postings(term);
        let found = postings.binary_search_by_key(&document, |posting| posting.document as usize);
        let posting = found.ok().and_then(|at| postings.get(at));
        posting
            .and_then(|p| self.inverted.positions.get(p.from as usize..p.to as usize))
            .unwrap_or(&[])
    }

    /// How rare what stands in these documents is: `ln(1 + (N − n + ½) / (n + ½))`. Questions alone count, so that a
    /// new guide page does not reorder the answers.
    pub(crate) fn rarity(&self, documents: &[(u32, f32)]) -> f32 {
        let counts = |document: u32| self.reference.get(document as usize) == Some(&true);
        self.rarity_for(
            documents
                .iter()
                .filter(|(document, _)| counts(*document))
                .count(),
        )
    }

    /// The same for one term.
    pub(crate) fn rarity_of(&self, term: u32) -> f32 {
        self.rarity_for(self.postings(term).len())
    }

    fn rarity_for(&self, count: usize) -> f32 {
        let count = to_f32(narrow(count).min(self.reference_count));
        let all = to_f32(self.reference_count);
        logarithm(1.0 + (all - count + 0.5) / (count + 0.5))
    }
}

fn title(document: &Document) -> String {
    match document.groupe.as_str() {
        "guide" | "page" => slug(&document.titre),
        _ => String::new(),
    }
}

/// Past the first ten, documents that score next to nothing are no answers.
fn cut_tail(ranked: &mut Vec<Scored>) {
    const FIRST: usize = 10;
    let least = ranked.first().map_or(0.0, |best| best.score * 0.15);
    let sound = ranked.partition_point(|scored| scored.score >= least);
    ranked.truncate(sound.max(FIRST));
}

/// Natural logarithm of a number of 1 or more, by `+ - * /` alone: the same bits on every platform, which `f32::ln`
/// does not promise.
fn logarithm(number: f32) -> f32 {
    const LN_2: f32 = core::f32::consts::LN_2;
    let (mut rest, mut twos) = (number, 0.0_f32);
    while rest > 1.5 {
        rest /= 2.0;
        twos += 1.0;
    }
    let z = (rest - 1.0) / (rest + 1.0);
    let square = z * z;
    let series = 1.0 + square * (1.0 / 3.0 + square * (1.0 / 5.0 + square * (1.0 / 7.0)));
    twos * LN_2 + 2.0 * z * series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_right_to_four_figures() {
        for number in [1.0_f32, 1.5, 2.0, 3.0, 10.0, 45.0, 134.0] {
            assert!((logarithm(number) - number.ln()).abs() < 1e-4, "{number}");
        }
    }
}
