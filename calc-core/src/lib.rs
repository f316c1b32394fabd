//! The evaluation rules of CaRE Domaine 1 bis, from a dossier to verdicts.
//!
//! # Steps
//! 1. [`read_dossier`] reads what a user saved, and refuses every fault at once ([`Faute`]).
//! 2. [`Programme::from_json`] reads the dates and thresholds, none of which is written in code.
//! 3. [`evaluate()`] gives an [`Evaluation`]: objectives, their checks, expenses, deadlines.
//! 4. [`Evaluation::to_json`] writes it, on one line.
//!
//! # Invariants
//! - Pure: no clock, no file, no float, no panic. The day is an argument.
//! - A check first decides in numbers (`regularite`, `vulnerabilites`, `part_activite`), then says so in French
//!   (`objectifs`): margins and plans try thousands of variants without writing a sentence.
//! - Verdicts never depend on the order of a list.
//!
//! # Example
//! ```
//! use calc_core::{Faute, Objectif, Programme, evaluate, lire_date, read_dossier};
//!
//! fn verdict_de_la_candidature(programme: &Programme) -> Result<&'static str, Vec<Faute>> {
//!     let dossier = read_dossier(r#"{"phase": {"debut": "2026-03-20", "validation_ars": "2026-04-15"}}"#)?;
//!     let aujourdhui = lire_date("2026-05-01").unwrap_or_default();
//!     let evaluation = evaluate(&dossier, programme, aujourdhui);
//!     Ok(evaluation.objectif(Objectif::Cand).map_or("", |resultat| resultat.verdict.as_str())) // "atteint"
//! }
//! ```

// Without the standard library, nothing of what tells a panic travels to the browser.
#![no_std]

extern crate alloc;
#[cfg(test)]
#[macro_use]
extern crate std;

mod agenda;
mod cadre;
mod calendrier;
mod champ;
mod coherence;
mod compare;
mod corrections;
mod couverture;
mod dates;
mod depenses;
mod dossier;
mod echeancier;
mod ecriture;
mod eligibilite;
mod evaluate;
pub mod francais;
mod inverses;
mod jours_ouvres;
pub mod json;
mod marges;
mod migrations;
mod noms;
mod objectif;
mod objectifs;
mod ordre;
mod part_activite;
mod plan;
mod porte;
mod prelude;
mod programme;
mod rapide;
mod regles;
mod regularite;
mod schema;
mod schema_evaluation;
mod sortie;
mod unites;
mod valeur;
mod verdict;
mod vulnerabilites;

pub use agenda::agenda;
pub use calendrier::{Evenement, calendrier};
pub use champ::Annee;
pub use compare::{LigneComparee, compare};
pub use corrections::{Correction, RechercheCorrections, corrections};
pub use dates::{ecrire_date, jours_entre, lire_date, plus_jours, plus_mois};
pub use depenses::{BilanDepenses, LigneDepense, StatutDepense};
pub use dossier::{
    Annuaire, AuditAds, AuditExposition, Autoevaluation, Budget, Candidat, Convergence, Depense,
    Dossier, Entite, Exemption, Exercice, Mode, Moyen, Nature, ObjectifDepense, Organisateur,
    Outil, Perimetre, Phase, Preuve, PreuveDebut, Statut, Trajectoire, TypeCandidat, Version,
    read_dossier, relire, remplacer,
};
pub use echeancier::Echeance;
pub use eligibilite::{Condition, Eligibilite, Etablissement, eligibilite};
pub use evaluate::{echeancier, evaluate, evaluate_sans_echeancier};
pub use inverses::{
    FenetreDeclaration, ProchainAudit, RechercheFenetres, audits_necessaires, fenetres_declaration,
    prochains_audits,
};
pub use jours_ouvres::est_ouvre;
pub use marges::{Glissement, MargeEvenement, Rupture, marges};
pub use noms::nom_du_sujet;
pub use plan::{AuditPlanifie, Impossible, Plan, PlanSujet, RESERVE_JOURS, plan};
pub use porte::Faute;
pub use programme::Programme;
pub use regles::{Regle, regles};
pub use schema::schema_dossier;
pub use schema_evaluation::schema_evaluation;
pub use unites::{
    Activite, Cvss, DefautNombre, Etp, Euros, Pourcent, Score, decimal, lire_decimal,
};
pub use verdict::{
    Controle, Evaluation, Fait, Information, Lecture, Lieu, Marge, OBJECTIFS, Objectif,
    ResultatObjectif, Sources, Unite, Valeur, Verdict,
};
