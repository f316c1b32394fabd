//! What checks measure: values, margins, and the facts that they come from.

use crate::ecriture::Ecriture;
use crate::francais::{self, Dire};
use crate::prelude::*;
use crate::unites::{Cvss, Euros, Pourcent, decimal};
use chrono::NaiveDate;

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
    /// Writes it as JSON: a string for dates, amounts and words, a number otherwise.
    pub(crate) fn ecrire(&self, sortie: &mut Ecriture) {
        match self {
            Self::Date(date) => sortie.date(*date),
            Self::Jours(valeur) | Self::Nombre(valeur) => sortie.entier(*valeur),
            Self::JoursCentiemes(valeur) | Self::Pourcent(Pourcent(valeur)) => {
                sortie.court(*valeur);
            }
            Self::Cvss(cvss) => sortie.brut(&decimal(i64::from(cvss.0), 1)),
            Self::Euros(montant) => sortie.mot(&decimal(montant.0, 2)),
            Self::Texte(texte) => sortie.texte(texte),
        }
    }

    /// The value in French, with its unit.
    #[must_use]
    pub fn texte(&self) -> String {
        let mut sortie = String::new();
        match self {
            Self::Date(date) => date.dire(&mut sortie),
            Self::Jours(valeur) => francais::jours(*valeur).dire(&mut sortie),
            Self::JoursCentiemes(valeur) => dire_moyenne(*valeur, &mut sortie),
            Self::Nombre(valeur) => valeur.dire(&mut sortie),
            Self::Pourcent(pourcent) => pourcent.dire(&mut sortie),
            Self::Cvss(cvss) => cvss.dire(&mut sortie),
            Self::Euros(montant) => montant.dire(&mut sortie),
            Self::Texte(texte) => texte.dire(&mut sortie),
        }
        sortie
    }
}

/// A mean in hundredths of a day: « 59,50 jours » without useless zeros.
pub(crate) fn dire_moyenne(centiemes: i64, sortie: &mut String) {
    francais::dire_decimale(centiemes, 2, false, sortie);
    sortie.push(francais::INSECABLE);
    sortie.push_str(if centiemes < 200 { "jour" } else { "jours" });
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
        let mut sortie = Ecriture::en_ligne(8);
        sortie.court(self.centiemes);
        sortie.finir()
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
        let mut sortie = Ecriture::en_ligne(32);
        self.ecrire(&mut sortie);
        sortie.finir()
    }

    /// Writes that path.
    pub(crate) fn ecrire(self, sortie: &mut Ecriture) {
        sortie.brut(self.liste);
        sortie.brut("[");
        sortie.rang(self.rang);
        if let Some(audit) = self.audit {
            sortie.brut("].audits[");
            sortie.rang(audit);
        }
        sortie.brut("]");
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
