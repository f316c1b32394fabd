//! What the year planner is given.

use super::{Cadre, Echeance};
use serde::Serialize;

/// `calendrier.html` (`guide/calendrier/`).
#[derive(Debug, Serialize)]
pub struct Calendrier {
    /// Frame.
    pub cadre: Cadre,
    /// The columns: « Référent », « DSI »…
    pub roles: Vec<String>,
    /// The months, a sheet of paper each list.
    pub feuilles: Vec<Vec<MoisCalendrier>>,
}

/// A month of the planner.
#[derive(Debug, Serialize)]
pub struct MoisCalendrier {
    /// `2026-07`.
    pub cle: String,
    /// « juillet 2026 ».
    pub nom: String,
    /// The programme's dates that fall in it.
    pub echeances: Vec<Echeance>,
    /// What each role does, in the order of the columns.
    pub cases: Vec<CaseCalendrier>,
}

/// What a role does in a month.
#[derive(Debug, Serialize)]
pub struct CaseCalendrier {
    /// « DSI ».
    pub role: String,
    /// Its tasks (inline markup).
    pub taches_html: Vec<String>,
}
