//! What an evaluation says: verdicts, checks, and everything that explains them.

use crate::dates::ecrire_date;
use crate::depenses::BilanDepenses;
use crate::echeancier::Echeance;
use crate::francais::{self, Dire};
use crate::unites::{Cvss, Euros, Pourcent, decimal};
use chrono::NaiveDate;

/// The verdict of a check, an objective or a dossier, from the best to the worst: the worst one decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Does not apply to this candidate.
    SansObjet,
    /// Holds on facts dated up to today.
    Atteint,
    /// Holds if what is planned happens on the planned dates.
    Prevu,
    /// The Q&A supports two readings that disagree here, or asks to contact the ARS or the programme.
    AConfirmer,
    /// Data that the check needs is missing.
    Incomplet,
    /// Does not hold with the present plan, and can still be repaired.
    NonAtteint,
    /// No later action can repair it.
    Perdu,
}

impl Verdict {
    /// Every verdict, from the best to the worst.
    pub const TOUS: [Self; 7] = [
        Self::SansObjet,
        Self::Atteint,
        Self::Prevu,
        Self::AConfirmer,
        Self::Incomplet,
        Self::NonAtteint,
        Self::Perdu,
    ];

    /// The word of the JSON output: `a_confirmer`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SansObjet => "sans_objet",
            Self::Atteint => "atteint",
            Self::Prevu => "prevu",
            Self::AConfirmer => "a_confirmer",
            Self::Incomplet => "incomplet",
            Self::NonAtteint => "non_atteint",
            Self::Perdu => "perdu",
        }
    }

    /// The words of a page: « à confirmer ».
    #[must_use]
    pub fn libelle(self) -> &'static str {
        match self {
            Self::SansObjet => "sans objet",
            Self::Atteint => "atteint",
            Self::Prevu => "prévu",
            Self::AConfirmer => "à confirmer",
            Self::Incomplet => "incomplet",
            Self::NonAtteint => "non atteint",
            Self::Perdu => "perdu",
        }
    }

    /// Whether the check holds, done or planned.
    #[must_use]
    pub fn tient(self) -> bool {
        matches!(self, Self::Atteint | Self::Prevu)
    }
}

/// The objectives, in the order of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Objectif {
    /// The application and the operational phase.
    Cand,
    /// Regular audits of every directory.
    O1A,
    /// Security level of the directories.
    O1B,
    /// Regular audits of the exposure.
    O2A,
    /// No critical vulnerability.
    O2B,
    /// Crisis exercise.
    O3,
    /// Self-assessment.
    O4,
    /// Digital budget.
    O5,
    /// Strategy of convergence.
    O6A,
    /// Trajectory of convergence.
    O6B,
}

/// Every objective, in the order of the output.
pub const OBJECTIFS: [Objectif; 10] = [
    Objectif::Cand,
    Objectif::O1A,
    Objectif::O1B,
    Objectif::O2A,
    Objectif::O2B,
    Objectif::O3,
    Objectif::O4,
    Objectif::O5,
    Objectif::O6A,
    Objectif::O6B,
];

impl Objectif {
    /// The code: `D1.O2.A`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Cand => "CAND",
            Self::O1A => "D1.O1.A",
            Self::O1B => "D1.O1.B",
            Self::O2A => "D1.O2.A",
            Self::O2B => "D1.O2.B",
            Self::O3 => "D1.O3",
            Self::O4 => "D1.O4",
            Self::O5 => "D1.O5",
            Self::O6A => "D1.O6.A",
            Self::O6B => "D1.O6.B",
        }
    }

    /// The title, in French.
    #[must_use]
    pub fn titre(self) -> &'static str {
        match self {
            Self::Cand => "Candidature et phase opérationnelle",
            Self::O1A => "Auditer régulièrement tous les annuaires",
            Self::O1B => "Atteindre le niveau de sécurité minimum des annuaires",
            Self::O2A => "Auditer régulièrement l’exposition sur internet",
            Self::O2B => "N’exposer aucune vulnérabilité critique",
            Self::O3 => "Réaliser un exercice de crise cyber",
            Self::O4 => "S’auto-évaluer en maturité cyber",
            Self::O5 => "Calculer le budget dédié au numérique",
            Self::O6A => "Formaliser la stratégie de convergence du GHT",
            Self::O6B => "Documenter la trajectoire de convergence des AD",
        }
    }
}

/// The questions that something rests on: `["3.9", "3.16"]`.
pub type Sources = &'static [&'static str];

/// A value that was found, or a threshold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Valeur {
    /// A day.
    Date(NaiveDate),
    /// A number of days.
    Jours(i64),
    /// A number of days in hundredths: a mean, rounded half up for display. Verdicts use the exact fraction.
    JoursCentiemes(i64),
    /// A plain number.
    Nombre(i64),
    /// A percentage.
    Pourcent(Pourcent),
    /// A CVSS score.
    Cvss(Cvss),
    /// An amount.
    Euros(Euros),
    /// Words.
    Texte(String),
}

impl Valeur {
    /// The value as JSON: a string for dates, amounts and words, a number otherwise.
    #[must_use]
    pub fn json(&self) -> String {
        match self {
            Self::Date(date) => {
                let mut texte = String::from("\"");
                ecrire_date(*date, &mut texte);
                texte.push('"');
                texte
            }
            Self::Jours(valeur) | Self::Nombre(valeur) => valeur.to_string(),
            Self::JoursCentiemes(valeur) | Self::Pourcent(Pourcent(valeur)) => court(*valeur),
            Self::Cvss(cvss) => decimal(i64::from(cvss.0), 1),
            Self::Euros(montant) => ["\"", &decimal(montant.0, 2), "\""].concat(),
            Self::Texte(texte) => {
                let mut sortie = crate::ecriture::Ecriture::en_ligne(texte.len() + 2);
                sortie.texte(texte);
                sortie.finir()
            }
        }
    }

    /// The value in French, with its unit.
    #[must_use]
    pub fn texte(&self) -> String {
        let mut sortie = String::new();
        match self {
            Self::Date(date) => date.dire(&mut sortie),
            Self::Jours(valeur) => francais::jours(*valeur).dire(&mut sortie),
            Self::JoursCentiemes(valeur) => sortie = moyenne_en_jours(*valeur),
            Self::Nombre(valeur) => valeur.dire(&mut sortie),
            Self::Pourcent(pourcent) => pourcent.dire(&mut sortie),
            Self::Cvss(cvss) => cvss.dire(&mut sortie),
            Self::Euros(montant) => montant.dire(&mut sortie),
            Self::Texte(texte) => texte.dire(&mut sortie),
        }
        sortie
    }
}

/// Hundredths without useless zeros: 6000 is `60`, 6050 is `60.50`.
fn court(centiemes: i64) -> String {
    if centiemes % 100 == 0 {
        (centiemes / 100).to_string()
    } else {
        decimal(centiemes, 2)
    }
}

fn moyenne_en_jours(centiemes: i64) -> String {
    let mut sortie = francais::decimale(centiemes, 2);
    sortie.push(francais::INSECABLE);
    sortie.push_str(if centiemes < 200 { "jour" } else { "jours" });
    sortie
}

/// The unit of a margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unite {
    /// Days.
    Jours,
    /// Points of a score.
    Points,
    /// Points of percentage.
    Pourcent,
}

impl Unite {
    /// The word of the JSON output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jours => "jours",
            Self::Points => "points",
            Self::Pourcent => "%",
        }
    }
}

/// How far a check is from its threshold: positive where it holds, negative where it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marge {
    /// In hundredths of the unit.
    pub centiemes: i64,
    /// The unit.
    pub unite: Unite,
}

impl Marge {
    /// A margin of whole days.
    #[must_use]
    pub fn jours(jours: i64) -> Self {
        Self {
            centiemes: jours * 100,
            unite: Unite::Jours,
        }
    }

    /// The number as JSON: `9`, `12.50`.
    #[must_use]
    pub fn valeur_json(self) -> String {
        court(self.centiemes)
    }

    /// The margin in French, with its unit: « 9 jours », « −3 points ».
    #[must_use]
    pub fn texte(self) -> String {
        let mut sortie = francais::decimale(self.centiemes, 2);
        sortie.push(francais::INSECABLE);
        let plusieurs = self.centiemes.unsigned_abs() >= 200;
        sortie.push_str(match (self.unite, plusieurs) {
            (Unite::Jours, false) => "jour",
            (Unite::Jours, true) => "jours",
            (Unite::Points, false) => "point",
            (Unite::Points, true) => "points",
            (Unite::Pourcent, _) => "%",
        });
        sortie
    }
}

/// Where a fact stands in the dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lieu {
    /// The list: `annuaires`.
    pub liste: &'static str,
    /// The rank in it, from 0.
    pub rang: usize,
    /// The rank among its audits, where the fact is one.
    pub audit: Option<usize>,
}

impl Lieu {
    /// The JSON path: `annuaires[0].audits[1]`.
    #[must_use]
    pub fn chemin(self) -> String {
        let mut sortie = String::with_capacity(32);
        sortie.push_str(self.liste);
        let mut crochets = |rang: usize| {
            sortie.push('[');
            francais::chiffres(i64::try_from(rang).unwrap_or(i64::MAX), &mut sortie);
            sortie.push(']');
        };
        crochets(self.rang);
        if let Some(audit) = self.audit {
            sortie.push_str(".audits");
            sortie.push('[');
            francais::chiffres(i64::try_from(audit).unwrap_or(i64::MAX), &mut sortie);
            sortie.push(']');
        }
        sortie
    }

    /// The JSON path of a field of it.
    #[must_use]
    pub fn champ(self, nom: &str) -> String {
        [&self.chemin(), ".", nom].concat()
    }
}

/// A fact that a check used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fait {
    /// Where it stands in the dossier.
    pub lieu: Lieu,
    /// Its day.
    pub date: NaiveDate,
    /// What was measured.
    pub valeur: Option<Valeur>,
}

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
    pub(crate) fn new(
        id: &'static str,
        sujet: Option<&str>,
        verdict: Verdict,
        explication: String,
    ) -> Self {
        Self {
            id,
            sujet: sujet.map(String::from),
            verdict,
            constat: None,
            seuil: None,
            marge: None,
            faits: Vec::new(),
            lectures: Vec::new(),
            manque: Vec::new(),
            sources: crate::regles::sources(id),
            explication,
        }
    }

    pub(crate) fn constat(mut self, valeur: Valeur) -> Self {
        self.constat = Some(valeur);
        self
    }

    pub(crate) fn seuil(mut self, valeur: Valeur) -> Self {
        self.seuil = Some(valeur);
        self
    }

    pub(crate) fn marge(mut self, marge: Marge) -> Self {
        self.marge = Some(marge);
        self
    }

    pub(crate) fn faits(mut self, faits: Vec<Fait>) -> Self {
        self.faits = faits;
        self
    }

    pub(crate) fn lectures(mut self, lectures: Vec<Lecture>) -> Self {
        self.lectures = lectures;
        self
    }

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
    /// The dates that bind this dossier, earliest first.
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
