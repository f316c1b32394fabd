//! What the pages of the objectives are given.

use super::{Cadre, Echeance, Etiquette, Lien, LienQuestion, Parametre};
use serde::Serialize;

/// A sub-objective, whole.
#[derive(Debug, Clone, Serialize)]
pub struct PageObjectif {
    /// `D1.O2.B`.
    pub code: String,
    /// Its title.
    pub titre: String,
    /// One sentence: what is asked, plain text.
    pub resume: String,
    /// What it asks and its rules, each rule with its anchor.
    pub corps_html: String,
    /// Whether the calculator decides it already.
    pub calculable: bool,
    /// Relative address of the calculator.
    pub calculateur_href: String,
    /// The parameters its rules use.
    pub parametres: Vec<Parametre>,
}

/// One of the six objectives, with its sub-objectives.
#[derive(Debug, Clone, Serialize)]
pub struct GroupeObjectif {
    /// `D1.O2`.
    pub code: String,
    /// Its title.
    pub titre: String,
    /// Its pages (one or two).
    pub pages: Vec<Etiquette>,
}

/// `objectifs.html` (`objectifs/`).
#[derive(Debug, Serialize)]
pub struct Objectifs {
    /// Frame.
    pub cadre: Cadre,
    /// The six objectives.
    pub objectifs: Vec<GroupeObjectif>,
    /// The page of the candidature's own rules.
    pub candidature: Etiquette,
}

/// `objectif.html` (`objectifs/<d1-o2-b>/`).
#[derive(Debug, Serialize)]
pub struct UnObjectif {
    /// Frame.
    pub cadre: Cadre,
    /// The objective.
    pub objectif: PageObjectif,
    /// The questions that bear on it.
    pub questions: Vec<LienQuestion>,
    /// The dates that bind it.
    pub echeances: Vec<Echeance>,
    /// The worked examples that show it.
    pub exemples: Vec<Lien>,
    /// The chapters of the guide that treat it.
    pub chapitres: Vec<Lien>,
}
