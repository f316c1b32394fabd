//! The checks that D1.O1.A and D1.O2.A share, told one by one beside this file (§5).

use super::{intervalle_max, intervalle_moyen, premier_audit};
use crate::cadre::{Cadre, Passage, Suite, fait};
use crate::prelude::*;
use crate::regles::Regle;
use crate::regularite::Rythme;
use crate::verdict::{Controle, Fait, Verdict};

/// The ids of the checks of one objective.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ids {
    pub(crate) premier: &'static Regle,
    pub(crate) moyen: &'static Regle,
    pub(crate) maximum: &'static Regle,
}

/// One directory or perimeter, its audits that count, and the rules of its objective.
pub(crate) struct Serie<'a> {
    pub(crate) rythme: Rythme<'a>,
    pub(crate) ids: Ids,
    /// The list of the dossier that it stands in.
    pub(crate) liste: &'static str,
    pub(crate) rang: usize,
    pub(crate) sujet: &'a str,
    pub(crate) suite: Suite,
}

/// How many checks a directory or perimeter has at most: its mode, and those of its series.
pub(crate) const PAR_SUJET: usize = 4;

/// Adds every check of the series.
pub(crate) fn evaluer(serie: &Serie, controles: &mut Vec<Controle>) {
    controles.push(premier_audit::premier(serie));
    controles.push(intervalle_moyen::moyen(serie));
    if let Some(max) = serie.rythme.max {
        controles.push(intervalle_max::maximum(serie, max));
    }
}

/// The checks of a subject whose data is missing, each of them saying so.
pub(crate) fn incomplets(
    ids: Ids,
    max: bool,
    sujet: Option<&str>,
    phrase: &str,
    manque: &[String],
) -> Vec<Controle> {
    let ids = [
        Some(ids.premier),
        Some(ids.moyen),
        max.then_some(ids.maximum),
    ];
    let controle =
        |id| Controle::new(id, sujet, Verdict::Incomplet, phrase.into()).manque(manque.to_vec());
    ids.into_iter().flatten().map(controle).collect()
}

impl Serie<'_> {
    pub(super) fn cadre(&self) -> &Cadre<'_> {
        self.rythme.cadre
    }

    pub(super) fn fait(&self, passage: Passage) -> Fait {
        fait(self.liste, self.rang, passage, None)
    }

    /// The audits that are wanted, as facts.
    pub(super) fn faits(&self, voulu: impl Fn(&&Passage) -> bool) -> Vec<Fait> {
        let tous = self.suite.tous();
        let voulus = tous.iter().filter(voulu);
        let mut faits = Vec::with_capacity(tous.len());
        faits.extend(voulus.map(|passage| self.fait(*passage)));
        faits
    }
}
