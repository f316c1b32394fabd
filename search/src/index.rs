//! The opened index, and the search itself.

use crate::document::Document;
use crate::excerpt::{Marks, best_passage, segments};
use crate::expand::Concepts;
use crate::format::{FormatError, parse, text};
use crate::invert::{Inverted, Posting, invert};
use crate::lexique::Lexique;
use crate::nearest::{add_lookalikes, likeness};
use crate::prelude::*;
use crate::query::{self, Query};
use crate::rank::{Scored, score};
use crate::settings::Settings;
use crate::small::{Names, best_first, narrow, number_of, sort, to_f32};
use crate::stems::Stems;
use crate::vocabulary::Vocabulary;

/// An index, ready to search.
pub struct Index {
    pub(crate) documents: Vec<Document>,
    pub(crate) settings: Settings,
    inverted: Inverted,
    /// Whether each document counts towards the rarity of words.
    reference: Vec<bool>,
    reference_count: u32,
}

/// How to search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// At most so many results.
    pub limite: usize,
    /// Only documents that bear on this objective (`D1.O2` takes `D1.O2.A` and `D1.O2.B` in).
    pub objectif: Option<String>,
    /// Only this section.
    pub section: Option<String>,
    /// Only documents for these readers (`rssi`).
    pub public: Option<String>,
    /// Only this group (`question`).
    pub groupe: Option<String>,
    /// The last word is being typed: it may be the beginning of another.
    pub prefixe: bool,
    /// Excerpts are wanted; without them a search is several times faster.
    pub extraits: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            limite: 10,
            objectif: None,
            section: None,
            public: None,
            groupe: None,
            prefixe: false,
            extraits: true,
        }
    }
}

/// A stretch of an excerpt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Plain text.
    pub texte: String,
    /// Whether it is a word of the query, or stands for one.
    pub marque: bool,
}

/// A result.
#[derive(Debug, Clone, PartialEq)]
pub struct Touche {
    /// `3.16`.
    pub id: String,
    /// `question`…
    pub groupe: String,
    /// Address from the root of the site.
    pub url: String,
    /// Fragment of the best passage, empty for the top of the page.
    pub ancre: String,
    /// Plain text.
    pub titre: String,
    /// The title, its words marked.
    pub titre_marque: Vec<Segment>,
    /// The best passage, its words marked.
    pub extrait: Vec<Segment>,
    /// Only its order matters.
    pub score: f32,
}

/// The answer to a query: never empty while a document passes the filters.
#[derive(Debug, Clone, PartialEq)]
pub struct Resultats {
    /// Best first.
    pub touches: Vec<Touche>,
    /// Nothing really matched: these are the nearest.
    pub faible: bool,
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
        if weak && self.settings.nearest {
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
        in_order(&scored)
    }

    /// Where not even one document looked alike: by the letters of the titles, then in the order given.
    fn fill(&self, query: &str, options: &Options, ranked: &mut Vec<Scored>) {
        if !ranked.is_empty() {
            return;
        }
        let query = crate::fold::fold(query);
        let all = self
            .documents
            .iter()
            .enumerate()
            .map(|(document, content)| Scored {
                document,
                score: likeness(&query, &crate::fold::fold(&content.titre)),
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
            self.add_excerpts(scored.document, document, query, &mut touche);
        }
        touche
    }

    fn add_excerpts(&self, number: usize, document: &Document, query: &Query, touche: &mut Touche) {
        let marks = Marks::new(query, number, self);
        let spans = self
            .inverted
            .spans
            .get(number)
            .map_or(&[][..], Vec::as_slice);
        let Some((title, passages)) = spans.split_first() else {
            return;
        };
        touche.titre_marque = segments(&document.titre, title, 0, usize::MAX / 2, &marks);
        let (best, start) = best_passage(&marks, passages);
        if let Some((passage, span)) = document.passages.get(best).zip(passages.get(best)) {
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

/// Past the first ten, documents that score next to nothing are no answers.
fn cut_tail(ranked: &mut Vec<Scored>) {
    const FIRST: usize = 10;
    let least = ranked.first().map_or(0.0, |best| best.score * 0.15);
    let sound = ranked.partition_point(|scored| scored.score >= least);
    ranked.truncate(sound.max(FIRST));
}

/// Best first; on equal scores the first given.
fn in_order(scored: &[Scored]) -> Vec<Scored> {
    let rank = |(rank, scored): (usize, &Scored)| best_first(scored.score, narrow(rank));
    let mut keys: Vec<u64> = scored.iter().enumerate().map(rank).collect();
    sort(&mut keys);
    keys.into_iter()
        .filter_map(|key| scored.get(number_of(key) as usize).copied())
        .collect()
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
