//! Plans (§11): the fewest audits to come, on working days, that make D1.O1 and D1.O2 hold under the strictest reading.
//!
//! Every directory and perimeter is planned alone, from the audits done up to today; those already planned are replaced.
//! For each number of audits, from the fewest that the rules allow, `placement` spreads them; the first that holds with
//! its reserve is the plan. Where no reserve fits, a smaller one is tried, down to none, and told.

use crate::prelude::*;
mod besoins;
mod placement;

use crate::cadre::Cadre;
use crate::dossier::{Annuaire, AuditAds, AuditExposition, Dossier, Outil, Perimetre};
use crate::ecriture::Ecriture;
use crate::programme::Programme;
use crate::unites::{Cvss, Score};
use crate::verdict::Objectif;
use chrono::NaiveDate;

/// The slack to keep on each limit, where nothing else is asked, in days.
pub const RESERVE_JOURS: i64 = 7;

/// An audit to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditPlanifie {
    /// Its day, a working one.
    pub date: NaiveDate,
    /// What makes it; `None` for a directory (ADS).
    pub outil: Option<Outil>,
}

/// Why no plan holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impossible {
    /// The check that makes it impossible.
    pub controle: &'static str,
    /// Why, in one French sentence.
    pub explication: String,
}

/// The plan of one directory or perimeter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanSujet {
    /// `D1.O1.A` for a directory, `D1.O2.A` for a perimeter.
    pub objectif: Objectif,
    /// Its id.
    pub sujet: String,
    /// The audits to come, in order; empty where none is needed.
    pub audits: Vec<AuditPlanifie>,
    /// The slack that they keep, in days: what was asked, or less where no more fits.
    pub reserve_jours: i64,
    /// Why there is no plan.
    pub impossible: Option<Impossible>,
}

/// The plan of a whole dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The day that it was made on.
    pub date: NaiveDate,
    /// Directories, then perimeters, in the order of the dossier.
    pub sujets: Vec<PlanSujet>,
}

/// Plans every directory and perimeter of a dossier.
///
/// Planned audits are given the lowest level that holds and no high vulnerability: a plan says when, not how well.
#[must_use]
pub fn plan(
    dossier: &Dossier,
    programme: &Programme,
    aujourdhui: NaiveDate,
    reserve_jours: i64,
) -> Plan {
    let cadre = Cadre::new(dossier, programme, aujourdhui);
    let reserve = reserve_jours.clamp(0, 60);
    let annuaires = dossier
        .annuaires
        .iter()
        .map(|annuaire| besoins::annuaire(&cadre, annuaire, reserve));
    let perimetres = dossier
        .perimetres
        .iter()
        .map(|perimetre| besoins::perimetre(&cadre, perimetre, reserve));
    Plan {
        date: aujourdhui,
        sujets: annuaires.chain(perimetres).collect(),
    }
}

impl Plan {
    /// The dossier with this plan: audits after its day are replaced, where a plan was found.
    #[must_use]
    pub fn appliquer(&self, dossier: &Dossier, programme: &Programme) -> Dossier {
        let mut planifie = dossier.clone();
        for sujet in self
            .sujets
            .iter()
            .filter(|sujet| sujet.impossible.is_none())
        {
            if sujet.objectif == Objectif::O1A {
                if let Some(annuaire) = planifie
                    .annuaires
                    .iter_mut()
                    .find(|annuaire| annuaire.id == sujet.sujet)
                {
                    self.poser_annuaire(annuaire, sujet, programme);
                }
            } else if let Some(perimetre) = planifie
                .perimetres
                .iter_mut()
                .find(|perimetre| perimetre.id == sujet.sujet)
            {
                self.poser_perimetre(perimetre, sujet, programme);
            }
        }
        planifie
    }

    fn poser_annuaire(&self, annuaire: &mut Annuaire, sujet: &PlanSujet, programme: &Programme) {
        annuaire.audits.retain(|audit| audit.date <= self.date);
        annuaire.audits.extend(
            sujet
                .audits
                .iter()
                .map(|audit| audit_ads(audit.date, programme)),
        );
    }

    fn poser_perimetre(&self, perimetre: &mut Perimetre, sujet: &PlanSujet, programme: &Programme) {
        perimetre.audits.retain(|audit| audit.date <= self.date);
        perimetre.audits.extend(
            sujet
                .audits
                .iter()
                .map(|audit| audit_exposition(*audit, programme)),
        );
    }

    /// One line of JSON: `{"date", "sujets": [{"objectif", "sujet", "reserve_jours", "audits": [{"date", "outil"}], "impossible"}]}`.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut s = Ecriture::en_ligne(1024);
        s.ouvrir(b'{');
        membre_date(&mut s, self.date);
        s.cle("sujets");
        s.ouvrir(b'[');
        for sujet in &self.sujets {
            s.element();
            ecrire_sujet(&mut s, sujet);
        }
        s.fermer(b']');
        s.fermer(b'}');
        s.finir()
    }
}

fn membre_date(s: &mut Ecriture, date: NaiveDate) {
    s.cle("date");
    s.date(date);
}

fn ecrire_sujet(s: &mut Ecriture, sujet: &PlanSujet) {
    s.ouvrir(b'{');
    s.cle("objectif");
    s.texte(sujet.objectif.code());
    s.cle("sujet");
    s.texte(&sujet.sujet);
    s.cle("reserve_jours");
    s.entier(sujet.reserve_jours);
    s.cle("audits");
    s.ouvrir(b'[');
    for audit in &sujet.audits {
        s.element();
        s.ouvrir(b'{');
        membre_date(s, audit.date);
        s.cle("outil");
        match audit.outil {
            Some(outil) => s.texte(outil.as_str()),
            None => s.brut("null"),
        }
        s.fermer(b'}');
    }
    s.fermer(b']');
    s.cle("impossible");
    match &sujet.impossible {
        None => s.brut("null"),
        Some(impossible) => {
            s.ouvrir(b'{');
            s.cle("controle");
            s.texte(impossible.controle);
            s.cle("explication");
            s.texte(&impossible.explication);
            s.fermer(b'}');
        }
    }
    s.fermer(b'}');
}

/// A planned ADS audit, at the lowest level that holds.
fn audit_ads(date: NaiveDate, programme: &Programme) -> AuditAds {
    AuditAds {
        date,
        score: Some(Score(programme.score_ads_min)),
        rapport_disponible_le: None,
    }
}

/// A planned exposure audit, just under a high vulnerability.
fn audit_exposition(audit: AuditPlanifie, programme: &Programme) -> AuditExposition {
    AuditExposition {
        date: audit.date,
        outil: audit.outil,
        cvss_max: Some(Cvss(programme.cvss_haute.0.saturating_sub(1))),
        cvss_reevalue: None,
        reevaluation_justifiee: None,
    }
}
