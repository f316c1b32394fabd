//! Variants of a dossier side by side, what differs first (§11).

use crate::ordre::ranger;
use crate::prelude::*;
use crate::verdict::{Evaluation, Objectif, Verdict};

/// One check, or one objective where `controle` is `None`, across the variants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LigneComparee {
    /// The objective.
    pub objectif: Objectif,
    /// The check.
    pub controle: Option<&'static str>,
    /// Its subject.
    pub sujet: Option<String>,
    /// Its verdict in each variant; `None` where the variant has no such check.
    pub verdicts: Vec<Option<Verdict>>,
}

impl LigneComparee {
    /// Whether the variants differ here.
    #[must_use]
    pub fn differe(&self) -> bool {
        self.verdicts
            .windows(2)
            .any(|paire| paire.first() != paire.last())
    }
}

/// Lines up the checks of several evaluations: those that differ first, each objective before its checks.
#[must_use]
pub fn compare(variantes: &[&Evaluation]) -> Vec<LigneComparee> {
    let mut lignes: Vec<LigneComparee> = Vec::new();
    for (rang, evaluation) in variantes.iter().enumerate() {
        for resultat in &evaluation.objectifs {
            let objectif = core::iter::once((None, None, resultat.verdict));
            let controles = resultat
                .controles
                .iter()
                .map(|c| (Some(c.id), c.sujet.as_deref(), c.verdict));
            for (controle, sujet, verdict) in objectif.chain(controles) {
                noter(
                    &mut lignes,
                    (resultat.code, controle, sujet),
                    (rang, verdict),
                    variantes.len(),
                );
            }
        }
    }
    ranger(lignes, |ligne| {
        let differe = if ligne.differe() { 0 } else { 100 };
        differe + ligne.objectif as i64 * 2 + i64::from(ligne.controle.is_some())
    })
}

fn noter(
    lignes: &mut Vec<LigneComparee>,
    (objectif, controle, sujet): (Objectif, Option<&'static str>, Option<&str>),
    (rang, verdict): (usize, Verdict),
    nombre: usize,
) {
    let meme = |ligne: &&mut LigneComparee| {
        ligne.objectif == objectif && ligne.controle == controle && ligne.sujet.as_deref() == sujet
    };
    if let Some(place) = lignes
        .iter_mut()
        .find(meme)
        .and_then(|ligne| ligne.verdicts.get_mut(rang))
    {
        *place = Some(verdict);
        return;
    }
    let mut verdicts = vec![None; nombre];
    if let Some(place) = verdicts.get_mut(rang) {
        *place = Some(verdict);
    }
    lignes.push(LigneComparee {
        objectif,
        controle,
        sujet: sujet.map(String::from),
        verdicts,
    });
}
