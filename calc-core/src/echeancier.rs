//! Deadlines (§11): every date that binds this dossier.

use crate::verdict::{Objectif, Sources};
use chrono::NaiveDate;

/// A date that binds the dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Echeance {
    /// The day, or the last one of a window.
    pub date: NaiveDate,
    /// The first day of a window.
    pub debut: Option<NaiveDate>,
    /// The objective.
    pub objectif: Objectif,
    /// The id of the directory, perimeter or entity.
    pub sujet: Option<String>,
    /// What it is, in French.
    pub libelle: String,
    /// Days from today; negative once past.
    pub jours_restants: i64,
    /// The questions that it rests on.
    pub sources: Sources,
}
