//! What each part of the ranking weighs. The defaults are what the site uses; the bench switches parts off in turn.

/// Weights and switches of the engine.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each switches one independent part off"
)]
pub struct Settings {
    /// BM25F: weight of a word in the title.
    pub titre: f32,
    /// … in the keywords.
    pub mots_cles: f32,
    /// … among the words of readers.
    pub paroles: f32,
    /// … in a heading.
    pub intertitre: f32,
    /// … in the summary (first passage).
    pub resume: f32,
    /// … in the rest of the text.
    pub corps: f32,
    /// … among the objective's tags.
    pub etiquette: f32,
    /// BM25: saturation of repeated words.
    pub k1: f32,
    /// BM25: how much long texts are held back, 0 to 1.
    pub b: f32,
    /// Share of the score that depends on how much of the query is covered, 0 to 1.
    pub coverage: f32,
    /// Credit for neighbouring words of the query standing close in the text.
    pub proximity: f32,
    /// Weight of an acronym read as its expansion, or the other way.
    pub acronym: f32,
    /// Weight of a synonym.
    pub synonym: f32,
    /// Weight of a one-way neighbour.
    pub neighbour: f32,
    /// What a word without a subject counts for when it takes part in a phrase of the lexicon (« quand »).
    pub silent: f32,
    /// Weight of the endings of an unfinished word.
    pub prefix: f32,
    /// Weight of a corrected spelling.
    pub edits: f32,
    /// Codes of objectives and numbers of questions are recognised.
    pub codes: bool,
    /// Dates are recognised.
    pub dates: bool,
    /// Words are stemmed.
    pub stemming: bool,
    /// Words without a subject are set aside.
    pub stopwords: bool,
    /// The nearest documents are offered where nothing matches.
    pub nearest: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            titre: 1.6,
            mots_cles: 3.2,
            paroles: 2.6,
            intertitre: 1.4,
            resume: 0.8,
            corps: 0.8,
            etiquette: 2.3,
            k1: 2.6,
            b: 0.25,
            coverage: 0.55,
            proximity: 0.3,
            acronym: 0.95,
            synonym: 0.95,
            neighbour: 0.75,
            silent: 0.4,
            prefix: 1.0,
            edits: 0.6,
            codes: true,
            dates: true,
            stemming: true,
            stopwords: true,
            nearest: true,
        }
    }
}
