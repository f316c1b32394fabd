//! What the printable page is given: lists are made as they are written.

use super::{Cadre, Section};
use serde::{Serialize, Serializer};

/// `imprimer.html` (`imprimer/`): the whole Q&A on one page.
#[derive(Debug, Serialize)]
pub struct Imprimer<Q> {
    /// Frame.
    pub cadre: Cadre,
    /// The sections, each with its whole questions.
    pub sections: Vec<SectionImprimee<Q>>,
}

/// A section of the printable page.
#[derive(Debug, Serialize)]
pub struct SectionImprimee<Q> {
    /// The section (its list of questions serves as table of contents, with `#q-3-16` addresses).
    pub section: Section,
    /// The questions ([`QuestionImprimee`]); heading ids inside are prefixed so that they stay unique.
    pub questions: Q,
}

/// A list whose items are made one by one as it is handed to the template.
#[derive(Debug)]
pub struct Suite<F>(pub F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Suite<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// A question of the printable page.
#[derive(Debug, Serialize)]
pub struct QuestionImprimee {
    /// `3.16`.
    pub numero: String,
    /// The question, restated.
    pub titre: String,
    /// The answer in one sentence, plain text.
    pub reponse_courte: String,
    /// The answer.
    pub corps_html: String,
    /// Codes of the objectives it bears on.
    pub objectifs: Vec<String>,
    /// Printed slips of the original that we corrected, one sentence each (inline markup).
    pub corrections_html: Vec<String>,
    /// It gives the official wording itself: nothing is restated.
    pub officiel: bool,
}
