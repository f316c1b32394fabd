//! What the page of worked examples is given.

use super::{Cadre, DateAffichee, LienQuestion};
use serde::Serialize;

/// `exemples.html` (`exemples/`).
#[derive(Debug, Serialize)]
pub struct Exemples {
    /// Frame.
    pub cadre: Cadre,
    /// The examples, by objective.
    pub groupes: Vec<GroupeExemples>,
    /// How many there are.
    pub nombre: usize,
}

/// The examples of one objective, of several at once, or of expenses.
#[derive(Debug, Serialize)]
pub struct GroupeExemples {
    /// Its anchor: `objectif-d1-o2-a`.
    pub ancre: String,
    /// `D1.O2.A`; none for expenses and whole dossiers.
    pub code: Option<String>,
    /// Its title.
    pub titre: String,
    /// Relative address of the objective's page.
    pub href: Option<String>,
    /// In the order of their names.
    pub exemples: Vec<CarteExemple>,
}

/// A worked example.
#[derive(Debug, Serialize)]
pub struct CarteExemple {
    /// Its anchor: the name of its file.
    pub ancre: String,
    /// Its title.
    pub titre: String,
    /// Why it comes out so, in one sentence.
    pub pourquoi: String,
    /// The day of the evaluation.
    pub date: DateAffichee,
    /// The verdicts of the objectives that it is about.
    pub objectifs: Vec<Jugement>,
    /// What decides: the checks that it is about, or its expenses.
    pub decisifs: Vec<Jugement>,
    /// The questions that it rests on.
    pub questions: Vec<LienQuestion>,
    /// The calculator with this dossier on that day.
    pub calculateur_href: String,
}

/// A verdict with its word and its sentence.
#[derive(Debug, Serialize)]
pub struct Jugement {
    /// The code of the objective, the title of the rule, or the id of the expense.
    pub titre: String,
    /// Relative address of the objective or of the rule's anchor; none for an expense.
    pub href: Option<String>,
    /// `non_atteint`: how it looks.
    pub verdict: &'static str,
    /// « non atteint ».
    pub libelle: &'static str,
    /// Why, in French; empty for an objective.
    pub phrases: Vec<String>,
}
