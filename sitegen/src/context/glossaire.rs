//! What the glossary and the definitions of a page are given.

use super::{Cadre, Lien, LienQuestion};
use serde::Serialize;

/// `glossaire.html` (`glossaire/`).
#[derive(Debug, Serialize)]
pub struct PageGlossaire {
    /// Frame.
    pub cadre: Cadre,
    /// The terms, by first letter.
    pub lettres: Vec<LettreGlossaire>,
    /// How many there are.
    pub nombre: usize,
}

/// The terms of a letter.
#[derive(Debug, Serialize)]
pub struct LettreGlossaire {
    /// `A`.
    pub lettre: String,
    /// In alphabetical order.
    pub termes: Vec<TermeGlossaire>,
}

/// A term, whole.
#[derive(Debug, Serialize)]
pub struct TermeGlossaire {
    /// The term and its meaning.
    pub definition: Definition,
    /// The questions it rests on.
    pub questions: Vec<LienQuestion>,
    /// Other terms.
    pub voir: Vec<Lien>,
}

/// A term with its meaning, as the pages that use it carry it.
#[derive(Debug, Clone, Serialize)]
pub struct Definition {
    /// `ADS`.
    pub terme: String,
    /// Its anchor in the glossary: `ads`.
    pub ancre: String,
    /// What an acronym stands for; empty for a term.
    pub developpement: String,
    /// Plain text.
    pub texte: String,
    /// Its place in the glossary, relative to the page.
    pub href: String,
}
