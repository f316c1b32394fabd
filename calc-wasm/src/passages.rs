//! The audits of a directory or a perimeter as the picture shows them, earliest first.

use crate::prelude::*;
use calc_core::{Annuaire, AuditAds, AuditExposition, Cvss, Outil, Perimetre, francais};
use chrono::NaiveDate;

/// One audit.
#[derive(Debug)]
pub(crate) struct Passage {
    /// Its day.
    pub(crate) date: NaiveDate,
    /// Its rank in the dossier.
    pub(crate) rang: usize,
    /// Its shape.
    pub(crate) genre: &'static str,
    /// Whether its tool counts.
    pub(crate) compte: bool,
    /// Its score.
    pub(crate) texte: String,
    /// « ADS, score 2 ».
    pub(crate) quoi: String,
}

/// The ADS audits.
pub(crate) fn of_directory(annuaire: &Annuaire) -> Vec<Passage> {
    let mut passages = Vec::new();
    for (rang, audit) in annuaire.audits.iter().enumerate() {
        insert(&mut passages, of_ads(rang, audit));
    }
    passages
}

/// The exposure audits.
pub(crate) fn of_perimeter(perimetre: &Perimetre) -> Vec<Passage> {
    let mut passages = Vec::new();
    for (rang, audit) in perimetre.audits.iter().enumerate() {
        insert(&mut passages, of_exposure(rang, audit));
    }
    passages
}

/// In its place: lists are mostly in order already, so it is looked for from the end.
fn insert(passages: &mut Vec<Passage>, passage: Passage) {
    let mut place = passages.len();
    while place > 0
        && passages
            .get(place - 1)
            .is_some_and(|autre| autre.date > passage.date)
    {
        place -= 1;
    }
    passages.insert(place, passage);
}

fn of_ads(rang: usize, audit: &AuditAds) -> Passage {
    let texte = audit
        .score
        .map_or_else(String::new, |score| score.0.to_string());
    Passage {
        date: audit.date,
        rang,
        genre: "ads",
        compte: true,
        quoi: with_score("ADS", "score", &texte),
        texte,
    }
}

fn of_exposure(rang: usize, audit: &AuditExposition) -> Passage {
    let (genre, nom) = tool(audit.outil);
    let texte =
        residual(audit).map_or_else(String::new, |cvss| francais::decimale(i64::from(cvss.0), 1));
    Passage {
        date: audit.date,
        rang,
        genre,
        compte: matches!(audit.outil, Some(Outil::Silene | Outil::Industriel)),
        quoi: with_score(nom, "CVSS", &texte),
        texte,
    }
}

/// The shape and the name of a tool.
pub(crate) fn tool(outil: Option<Outil>) -> (&'static str, &'static str) {
    match outil {
        Some(Outil::Silene) => ("silene", "SILENE"),
        Some(Outil::Industriel) => ("industriel", "plateforme industrielle"),
        Some(Outil::Cybersurveillance) => ("hors", "cybersurveillance de l’ANS"),
        None => ("hors", "outil non précisé"),
    }
}

/// The score left after a justified re-rating.
pub(crate) fn residual(audit: &AuditExposition) -> Option<Cvss> {
    let reevalue = audit
        .cvss_reevalue
        .filter(|_| audit.reevaluation_justifiee == Some(true));
    reevalue.or(audit.cvss_max)
}

fn with_score(nom: &str, unite: &str, texte: &str) -> String {
    if texte.is_empty() {
        return nom.into();
    }
    [nom, ", ", unite, "\u{a0}", texte].concat()
}
