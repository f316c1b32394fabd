//! The one way in: (dossier, programme, day) to an evaluation. It cannot fail.

use crate::cadre::Cadre;
use crate::depenses::{self, BilanDepenses};
use crate::dossier::Dossier;
use crate::echeancier;
use crate::objectifs::{
    candidature, o1_annuaires, o2_exposition, o2_vulnerabilites, o3_exercice, o4_autoevaluation,
    o5_budget, o6_convergence,
};
use crate::ordre::ranger;
use crate::programme::Programme;
use crate::verdict::{Controle, Evaluation, Information, Objectif, ResultatObjectif, Verdict};
use chrono::NaiveDate;
use std::cmp::Reverse;

/// Evaluates a dossier on a day. Pure: the same inputs always give the same evaluation, and nothing can fail.
#[must_use]
pub fn evaluate(dossier: &Dossier, programme: &Programme, aujourdhui: NaiveDate) -> Evaluation {
    let cadre = Cadre::new(dossier, programme, aujourdhui);
    let objectifs = vec![
        pire_d_abord(Objectif::Cand, candidature::evaluer(&cadre)),
        pire_d_abord(Objectif::O1A, o1_annuaires::evaluer_a(&cadre)),
        part_decide(Objectif::O1B, o1_annuaires::evaluer_b(&cadre)),
        pire_d_abord(Objectif::O2A, o2_exposition::evaluer_a(&cadre)),
        part_decide(Objectif::O2B, o2_vulnerabilites::evaluer(&cadre)),
        pire_d_abord(Objectif::O3, o3_exercice::evaluer(&cadre)),
        pire_d_abord(Objectif::O4, o4_autoevaluation::evaluer(&cadre)),
        pire_d_abord(Objectif::O5, o5_budget::evaluer(&cadre)),
        pire_d_abord(Objectif::O6A, o6_convergence::evaluer_a(&cadre)),
        pire_d_abord(Objectif::O6B, o6_convergence::evaluer_b(&cadre)),
    ];
    let bilan = depenses::evaluer(&cadre);
    let pire = objectifs.iter().map(|resultat| resultat.verdict).max();
    Evaluation {
        date: aujourdhui,
        programme: programme.version.clone(),
        verdict: pire.unwrap_or(Verdict::SansObjet),
        objectifs,
        informations: informer(&cadre, &bilan),
        depenses: bilan,
        echeancier: echeancier::evaluer(&cadre),
    }
}

/// An objective that takes the worst of its checks.
fn pire_d_abord(code: Objectif, controles: Vec<Controle>) -> ResultatObjectif {
    let verdict = controles
        .iter()
        .map(|controle| controle.verdict)
        .max()
        .unwrap_or(Verdict::SansObjet);
    ResultatObjectif {
        code,
        verdict,
        controles: ranger(controles, |controle| Reverse(controle.verdict)),
    }
}

/// An objective that its first check alone decides: the share of activity (§6). It stays first.
fn part_decide(code: Objectif, controles: Vec<Controle>) -> ResultatObjectif {
    let decide = controles
        .first()
        .map(|controle| (controle.verdict, controle.id));
    let (verdict, premier) = decide.unwrap_or((Verdict::SansObjet, ""));
    let cle = |controle: &Controle| (controle.id != premier, Reverse(controle.verdict));
    ResultatObjectif {
        code,
        verdict,
        controles: ranger(controles, cle),
    }
}

fn informer(cadre: &Cadre, bilan: &BilanDepenses) -> Vec<Information> {
    let mut informations = Vec::new();
    o1_annuaires::informer(cadre, &mut informations);
    o2_exposition::informer(cadre, &mut informations);
    o3_exercice::informer(cadre, &mut informations);
    o5_budget::informer(cadre, &mut informations);
    depenses::informer(cadre, bilan, &mut informations);
    informations
}
