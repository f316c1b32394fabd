//! What an evaluation says: its checks, and everything that explains them.

pub use crate::objectif::{OBJECTIFS, Objectif, Verdict};
use crate::prelude::*;
pub use crate::valeur::{Fait, Lieu, Marge, Unite, Valeur};

use crate::depenses::BilanDepenses;
use crate::echeancier::Echeance;
use crate::regles::Regle;
use chrono::NaiveDate;

/// The questions that something rests on: `["3.9", "3.16"]`.
pub type Sources = &'static [&'static str];

/// One reading of the Q&A, where it supports several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lecture {
    /// Its name: « entre audits ».
    pub nom: &'static str,
    /// What it gives alone.
    pub verdict: Verdict,
    /// Why, in French.
    pub explication: String,
    /// The questions that support it.
    pub sources: Sources,
}

/// One check of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Controle {
    /// Its stable id: `D1.O2.A/intervalle-max`.
    pub id: &'static str,
    /// The id of the directory, perimeter or entity; `None` for the whole dossier.
    pub sujet: Option<String>,
    /// Its verdict.
    pub verdict: Verdict,
    /// What was found.
    pub constat: Option<Valeur>,
    /// What was asked for.
    pub seuil: Option<Valeur>,
    /// How far the one is from the other.
    pub marge: Option<Marge>,
    /// The facts used.
    pub faits: Vec<Fait>,
    /// The readings, where the Q&A supports several.
    pub lectures: Vec<Lecture>,
    /// JSON paths of the fields that are missing.
    pub manque: Vec<String>,
    /// The questions that it rests on.
    pub sources: Sources,
    /// What it means, in one French sentence.
    pub explication: String,
}

impl Controle {
    /// A check with its verdict and sentence; the rest is added by the methods below.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn new(
        regle: &'static Regle,
        sujet: Option<&str>,
        verdict: Verdict,
        explication: String,
    ) -> Self {
        Self {
            id: regle.id,
            sujet: sujet.map(String::from),
            verdict,
            constat: None,
            seuil: None,
            marge: None,
            faits: Vec::new(),
            lectures: Vec::new(),
            manque: Vec::new(),
            sources: regle.sources,
            explication,
        }
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn constat(mut self, valeur: Valeur) -> Self {
        self.constat = Some(valeur);
        self
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn seuil(mut self, valeur: Valeur) -> Self {
        self.seuil = Some(valeur);
        self
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn marge(mut self, marge: Marge) -> Self {
        self.marge = Some(marge);
        self
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn faits(mut self, faits: Vec<Fait>) -> Self {
        self.faits = faits;
        self
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn lectures(mut self, lectures: Vec<Lecture>) -> Self {
        self.lectures = lectures;
        self
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn manque(mut self, manque: Vec<String>) -> Self {
        self.manque = manque;
        self
    }
}

/// What an objective comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultatObjectif {
    /// Which one.
    pub code: Objectif,
    /// Its verdict.
    pub verdict: Verdict,
    /// Its checks, the worst first.
    pub controles: Vec<Controle>,
}

/// Something worth telling that decides nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Information {
    /// The objective that it is about.
    pub objectif: Option<Objectif>,
    /// The id of the directory, perimeter or entity.
    pub sujet: Option<String>,
    /// What it says, in French.
    pub texte: String,
    /// The questions that it rests on.
    pub sources: Sources,
}

/// Everything that a dossier comes to on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// The day of the evaluation.
    pub date: NaiveDate,
    /// The version of the programme's Q&A.
    pub programme: String,
    /// The worst verdict of the objectives.
    pub verdict: Verdict,
    /// The objectives, in the order of [`OBJECTIFS`].
    pub objectifs: Vec<ResultatObjectif>,
    /// The expenses.
    pub depenses: BilanDepenses,
    /// The dates that bind this dossier, earliest first; none from [`crate::evaluate_sans_echeancier()`].
    pub echeancier: Vec<Echeance>,
    /// What is worth telling.
    pub informations: Vec<Information>,
}

impl Evaluation {
    /// The result of one objective.
    #[must_use]
    pub fn objectif(&self, code: Objectif) -> Option<&ResultatObjectif> {
        self.objectifs.iter().find(|resultat| resultat.code == code)
    }
}
