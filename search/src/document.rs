//! What can be found: a question, an objective, a guide page, a term, a deadline, a field of the calculator.

use crate::prelude::*;
/// One thing that a search may answer with.
///
/// Order matters: on equal scores the document given first stands first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// `3.16` for a question; otherwise unique and prefixed by its group: `objectif:D1.O2.A`.
    pub id: String,
    /// `question`, `objectif`, `guide`, `page`, `glossaire`, `echeance` or `champ`.
    pub groupe: String,
    /// Address from the root of the site: `faq/3-16/`.
    pub url: String,
    /// Plain text; for a question, the question itself.
    pub titre: String,
    /// Words that readers would type, as the editors wrote them.
    pub mots_cles: Vec<String>,
    /// How readers speak of it: words that find it and are never shown. Those that it says itself add nothing.
    pub paroles: Vec<String>,
    /// Codes of the objectives it bears on: `D1.O2.B`.
    pub objectifs: Vec<String>,
    /// Section of the Q&A (`candidature`…), empty elsewhere.
    pub section: String,
    /// Readers concerned: `rssi`, `daf`…
    pub publics: Vec<String>,
    /// The text. Convention: the first passage of a document is its summary (a question's short answer) and weighs
    /// more than the rest.
    pub passages: Vec<Passage>,
}

/// A stretch of a document under one heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// Fragment of the address, without `#`; empty for the top of the page.
    pub ancre: String,
    /// The heading, empty before the first one.
    pub intertitre: String,
    /// Plain text, parameters filled in.
    pub texte: String,
}
