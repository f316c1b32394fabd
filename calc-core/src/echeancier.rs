//! Deadlines (§11): every date that binds this dossier, past and future.

use crate::cadre::Cadre;
use crate::dates::{jours_entre, numero, plus_jours, plus_mois};
use crate::dossier::{Outil, Perimetre, TypeCandidat};
use crate::inverses::{self, ProchainAudit};
use crate::objectifs::{o1_annuaires, o2_exposition};
use crate::ordre::ranger;
use crate::prelude::*;
use crate::regles::Regle;
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
    /// The check that it comes from; none where no check rests on it.
    pub regle: Option<&'static str>,
    /// What it is, in French.
    pub libelle: &'static str,
    /// Days from today; negative once past.
    pub jours_restants: i64,
    /// The questions that it rests on.
    pub sources: Sources,
}

/// A date before its days left are counted.
struct Projet<'a> {
    debut: Option<NaiveDate>,
    date: NaiveDate,
    objectif: Objectif,
    sujet: Option<&'a str>,
    regle: Option<&'static str>,
    libelle: &'static str,
    sources: Sources,
}

/// What a date is, and the check that it comes from.
type Quoi = (&'static str, Option<&'static str>);

/// Every date that binds the dossier, earliest first.
pub(crate) fn evaluer(cadre: &Cadre) -> Vec<Echeance> {
    let sujets = cadre.dossier.annuaires.len() + cadre.dossier.perimetres.len();
    let mut echeances = Vec::with_capacity(8 + sujets * 4);
    let mut ajouter = |projet: Projet| {
        echeances.push(Echeance {
            jours_restants: jours_entre(cadre.aujourdhui, projet.date),
            date: projet.date,
            debut: projet.debut,
            objectif: projet.objectif,
            sujet: projet.sujet.map(String::from),
            regle: projet.regle,
            libelle: projet.libelle,
            sources: projet.sources,
        });
    };
    programme(cadre, &mut ajouter);
    for prochain in &inverses::prochains(cadre) {
        audits(cadre, prochain, &mut ajouter);
    }
    for perimetre in cadre
        .dossier
        .perimetres
        .iter()
        .filter(|_| cadre.debut.is_some())
    {
        industriels(cadre, perimetre, &mut ajouter);
    }
    rapports(cadre, &mut ajouter);
    ranger(echeances, |echeance| numero(echeance.date))
}

/// The dates of the programme itself.
fn programme(cadre: &Cadre, ajouter: &mut impl FnMut(Projet)) {
    let programme = cadre.programme;
    let mut dire = |objectif, debut, date, (libelle, regle): Quoi, sources| {
        ajouter(Projet {
            debut,
            date,
            objectif,
            sujet: None,
            regle,
            libelle,
            sources,
        });
    };
    let cand = Objectif::Cand;
    dire(
        cand,
        None,
        programme.candidature_limite,
        ("Dernier jour pour candidater", None),
        &["1.5"],
    );
    dire(
        cand,
        None,
        programme.validation_ars_limite,
        (
            "Dernier jour pour la validation par l’ARS",
            Some("CAND/phase"),
        ),
        &["3.1"],
    );
    dire(
        Objectif::O3,
        Some(programme.exercice_debut),
        cadre.fin,
        ("Exercice de crise de chaque entité", Some("D1.O3/exercice")),
        &["2.11", "3.19"],
    );
    dire(
        Objectif::O4,
        None,
        cadre.fin,
        ("Autoévaluation avant la déclaration", Some("D1.O4/date")),
        &["1.6", "3.30"],
    );
    declaration(cadre, &mut dire);
    jalon(cadre, &mut dire);
}

/// The planned declaration, and the last day for it.
fn declaration(
    cadre: &Cadre,
    dire: &mut impl FnMut(Objectif, Option<NaiveDate>, NaiveDate, Quoi, Sources),
) {
    let programme = cadre.programme;
    if cadre.fin != programme.declaration_limite {
        dire(
            Objectif::Cand,
            None,
            cadre.fin,
            ("Déclaration prévue", Some("CAND/phase")),
            &["1.6"],
        );
    }
    dire(
        Objectif::Cand,
        None,
        programme.declaration_limite,
        (
            "Dernier jour pour déclarer l’atteinte des objectifs",
            Some("CAND/phase"),
        ),
        &["1.6", "4.4"],
    );
}

/// The first step of convergence, for groups, and for candidates not told yet.
fn jalon(
    cadre: &Cadre,
    dire: &mut impl FnMut(Objectif, Option<NaiveDate>, NaiveDate, Quoi, Sources),
) {
    let programme = cadre.programme;
    if cadre
        .dossier
        .candidat
        .as_ref()
        .is_none_or(|candidat| candidat.type_ == TypeCandidat::Ght)
    {
        let jalon = plus_mois(
            programme.arrete_publication,
            programme.convergence_jalon_mois,
        );
        dire(
            Objectif::O6B,
            None,
            jalon,
            (
                "Premier jalon de convergence des AD",
                Some("D1.O6.B/premier-jalon"),
            ),
            &["3.32", "3.33"],
        );
    }
}

/// The next audit of a directory or perimeter, under each rule; a day past E binds nothing.
fn audits(cadre: &Cadre, prochain: &ProchainAudit, ajouter: &mut impl FnMut(Projet)) {
    let ids = if prochain.objectif == Objectif::O1A {
        o1_annuaires::IDS
    } else {
        o2_exposition::IDS
    };
    let limite = cadre.programme.premier_audit_limite;
    let dernier_jour = prochain.premier.filter(|sur| *sur < limite).map(|_| limite);
    let dates: [(Option<NaiveDate>, &'static str, &Regle, Sources); 4] = [
        (
            prochain.premier,
            "Premier audit, sans point à confirmer",
            ids.premier,
            ids.premier.sources,
        ),
        (
            dernier_jour,
            "Dernier jour pour le premier audit",
            ids.premier,
            ids.premier.sources,
        ),
        (
            prochain.moyen,
            "Prochain audit, pour l’intervalle moyen",
            ids.moyen,
            ids.moyen.sources,
        ),
        (
            prochain.maximum,
            "Prochain audit, pour l’intervalle maximal",
            ids.maximum,
            &["3.9", "3.16"],
        ),
    ];
    for (date, libelle, regle, sources) in dates {
        let Some(date) = date.filter(|date| *date <= cadre.fin) else {
            continue;
        };
        ajouter(Projet {
            debut: None,
            date,
            objectif: prochain.objectif,
            sujet: Some(&prochain.sujet),
            regle: Some(regle.id),
            libelle,
            sources,
        });
    }
}

/// The window of the last industrial audit, and the one where the antepenultimate can still serve.
fn industriels(cadre: &Cadre, perimetre: &Perimetre, ajouter: &mut impl FnMut(Projet)) {
    let debut = plus_jours(
        cadre.fin,
        1 - cadre.programme.dernier_audit_anciennete_jours,
    );
    let mut dire = |debut, date, libelle, regle, sources| {
        let sujet = Some(perimetre.id.as_str());
        ajouter(Projet {
            debut: Some(debut),
            date,
            objectif: Objectif::O2B,
            sujet,
            regle: Some(regle),
            libelle,
            sources,
        });
    };
    dire(
        debut,
        cadre.fin,
        "Dernier audit industriel",
        "D1.O2.B/dernier-recent",
        &["3.16"],
    );
    let audits = perimetre
        .audits
        .iter()
        .filter(|audit| audit.outil == Some(Outil::Industriel) && audit.date <= cadre.fin);
    let dernier = audits
        .map(|audit| audit.date)
        .max()
        .filter(|date| *date >= debut)
        .unwrap_or(cadre.fin);
    let premier = plus_jours(dernier, -cadre.programme.antepenultieme_fenetre_jours);
    let libelle = "Audits industriels utilisables si l’avant-dernier est critique";
    dire(
        premier,
        plus_jours(dernier, -1),
        libelle,
        "D1.O2.B/avant-dernier-sans-critique",
        &["3.15", "3.16"],
    );
}

/// Until when each report can be downloaded.
fn rapports(cadre: &Cadre, ajouter: &mut impl FnMut(Projet)) {
    for annuaire in &cadre.dossier.annuaires {
        for disponible in annuaire
            .audits
            .iter()
            .filter_map(|audit| audit.rapport_disponible_le)
        {
            ajouter(Projet {
                debut: Some(disponible),
                date: plus_mois(
                    disponible,
                    cadre.programme.rapport_oradad_disponibilite_mois,
                ),
                objectif: Objectif::O1A,
                sujet: Some(&annuaire.id),
                regle: None,
                libelle: "Télécharger le rapport ORADAD",
                sources: &["3.1"],
            });
        }
    }
}
