//! What is asked of a search, and what it answers.

use crate::prelude::*;

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
    /// Excerpts are wanted, marks, and the place of the best passage; without them a search is several times faster.
    pub extraits: bool,
    /// Where nothing really matches, the nearest documents are wanted; without them such an answer is empty.
    pub approche: bool,
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
            approche: true,
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
