//! The one way in: (dossier, programme, day) to an evaluation. It cannot fail.

use crate::cadre::Cadre;
use crate::depenses::{self, BilanDepenses};
use crate::dossier::Dossier;
use crate::echeancier::{self, Echeance};
use crate::objectifs::{
    candidature, o1_annuaires, o1_niveau, o2_exposition, o2_vulnerabilites, o3_exercice,
    o4_autoevaluation, o5_budget, o6_convergence,
};
use crate::ordre::ranger;
use crate::part_activite;
use crate::prelude::*;
use crate::programme::Programme;
use crate::verdict::{
    Controle, Evaluation, Information, OBJECTIFS, Objectif, ResultatObjectif, Verdict,
};
use chrono::NaiveDate;

/// Evaluates a dossier on a day. Pure: the same inputs always give the same evaluation, and nothing can fail.
#[must_use]
pub fn evaluate(dossier: &Dossier, programme: &Programme, aujourdhui: NaiveDate) -> Evaluation {
    Evaluation {
        echeancier: echeancier(dossier, programme, aujourdhui),
        ..evaluate_sans_echeancier(dossier, programme, aujourdhui)
    }
}

/// The deadlines of [`evaluate()`] alone.
#[must_use]
pub fn echeancier(
    dossier: &Dossier,
    programme: &Programme,
    aujourdhui: NaiveDate,
) -> Vec<Echeance> {
    echeancier::evaluer(&Cadre::new(dossier, programme, aujourdhui))
}

/// [`evaluate()`] with `echeancier` left empty: all that a key press in the calculator waits for.
#[must_use]
pub fn evaluate_sans_echeancier(
    dossier: &Dossier,
    programme: &Programme,
    aujourdhui: NaiveDate,
) -> Evaluation {
    let cadre = Cadre::new(dossier, programme, aujourdhui);
    let objectifs: Vec<ResultatObjectif> = OBJECTIFS
        .iter()
        .map(|objectif| resultat(&cadre, *objectif))
        .collect();
    let bilan = depenses::evaluer(&cadre);
    let pire = objectifs.iter().map(|resultat| resultat.verdict).max();
    Evaluation {
        date: aujourdhui,
        programme: programme.version.clone(),
        verdict: pire.unwrap_or(Verdict::SansObjet),
        objectifs,
        informations: informer(&cadre, &bilan),
        depenses: bilan,
        echeancier: Vec::new(),
    }
}

/// The result of one objective.
pub(crate) fn resultat(cadre: &Cadre, code: Objectif) -> ResultatObjectif {
    match code {
        Objectif::Cand => pire_d_abord(code, candidature::evaluer(cadre)),
        Objectif::O1A => pire_d_abord(code, o1_annuaires::evaluer(cadre)),
        Objectif::O1B => part_decide(code, o1_niveau::evaluer(cadre)),
        Objectif::O2A => pire_d_abord(code, o2_exposition::evaluer(cadre)),
        Objectif::O2B => part_decide(code, o2_vulnerabilites::evaluer(cadre)),
        Objectif::O3 => pire_d_abord(code, o3_exercice::evaluer(cadre)),
        Objectif::O4 => pire_d_abord(code, o4_autoevaluation::evaluer(cadre)),
        Objectif::O5 => pire_d_abord(code, o5_budget::evaluer(cadre)),
        Objectif::O6A => pire_d_abord(code, o6_convergence::evaluer_a(cadre)),
        Objectif::O6B => pire_d_abord(code, o6_convergence::evaluer_b(cadre)),
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
        controles: ranger(controles, |controle| -controle.verdict.rang()),
    }
}

/// An objective that its first check alone decides: the share of activity (§6). It stays first.
fn part_decide(code: Objectif, controles: Vec<Controle>) -> ResultatObjectif {
    let decide = controles
        .first()
        .map(|controle| (controle.verdict, controle.id));
    let (verdict, premier) = decide.unwrap_or((Verdict::SansObjet, ""));
    let cle = |controle: &Controle| {
        if controle.id == premier {
            i64::MIN
        } else {
            -controle.verdict.rang()
        }
    };
    ResultatObjectif {
        code,
        verdict,
        controles: ranger(controles, cle),
    }
}

fn informer(cadre: &Cadre, bilan: &BilanDepenses) -> Vec<Information> {
    let mut informations = Vec::new();
    o1_annuaires::informer(cadre, &mut informations);
    part_activite::informer(cadre, &mut informations);
    o2_exposition::informer(cadre, &mut informations);
    o3_exercice::informer(cadre, &mut informations);
    o5_budget::informer(cadre, &mut informations);
    depenses::informer(cadre, bilan, &mut informations);
    informations
}
