//! The one way in: (dossier, programme, day) to an evaluation. It cannot fail.

use crate::cadre::Cadre;
use crate::depenses::BilanDepenses;
use crate::dossier::Dossier;
use crate::objectifs::{
    candidature, o1_annuaires, o2_exposition, o2_vulnerabilites, o3_exercice, o4_autoevaluation,
    o5_budget, o6_convergence,
};
use crate::programme::Programme;
use crate::verdict::{Controle, Evaluation, Information, Objectif, ResultatObjectif, Verdict};
use chrono::NaiveDate;

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
    let pire = objectifs.iter().map(|resultat| resultat.verdict).max();
    Evaluation {
        date: aujourdhui,
        programme: programme.version.clone(),
        verdict: pire.unwrap_or(Verdict::SansObjet),
        objectifs,
        depenses: BilanDepenses::default(),
        echeancier: Vec::new(),
        informations: informer(&cadre),
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
        controles: ranger(controles, 0),
    }
}

/// An objective that its first check alone decides: the share of activity (§6).
fn part_decide(code: Objectif, controles: Vec<Controle>) -> ResultatObjectif {
    let verdict = controles
        .first()
        .map_or(Verdict::SansObjet, |controle| controle.verdict);
    ResultatObjectif {
        code,
        verdict,
        controles: ranger(controles, 1),
    }
}

/// Puts the worst first, the order of the dossier kept among equals, the first `fixes` left in place.
fn ranger(controles: Vec<Controle>, fixes: usize) -> Vec<Controle> {
    let mut cles: Vec<(Verdict, usize)> = Vec::with_capacity(controles.len());
    let verdict = |rang: usize, controle: &Controle| {
        if rang < fixes {
            Verdict::Perdu
        } else {
            controle.verdict
        }
    };
    cles.extend(
        controles
            .iter()
            .enumerate()
            .map(|(rang, controle)| (verdict(rang, controle), rang)),
    );
    cles.sort_unstable_by_key(|(verdict, rang)| (std::cmp::Reverse(*verdict), *rang));
    let mut restants: Vec<Option<Controle>> = controles.into_iter().map(Some).collect();
    cles.iter()
        .filter_map(|(_, rang)| restants.get_mut(*rang)?.take())
        .collect()
}

fn informer(cadre: &Cadre) -> Vec<Information> {
    let mut informations = Vec::new();
    o1_annuaires::informer(cadre, &mut informations);
    o2_exposition::informer(cadre, &mut informations);
    o3_exercice::informer(cadre, &mut informations);
    o5_budget::informer(cadre, &mut informations);
    informations
}
