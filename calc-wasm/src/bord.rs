//! What is worked out once the reader rests: the next dates, what is missing, what is to be asked, the smallest repairs.
//! Pure.

use crate::dates::long_date;
use crate::doutes::{Doute, doubts};
use crate::prelude::*;
use crate::prochains::{Prochain, next_audit, other_dates, soonest_first, window};
use crate::view::Contexte;
use calc_core::{
    Correction, Evaluation, Programme, RechercheCorrections, RechercheFenetres, echeancier,
    prochains_audits,
};

/// All of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Bord {
    /// The next audit of each directory and perimeter.
    pub(crate) prochains: Vec<Prochain>,
    /// The other dates to come: what, when.
    pub(crate) dates: Vec<(String, String)>,
    /// When a declaration would pass: objective, days.
    pub(crate) fenetres: Vec<(&'static str, String)>,
    /// Paths of everything that is missing, each once.
    pub(crate) manque: Vec<String>,
    /// What the text leaves open.
    pub(crate) doutes: Vec<Doute>,
    /// The smallest change that repairs an objective.
    pub(crate) remedes: Vec<Remede>,
}

/// One planned event to move.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Remede {
    /// The objective that it repairs.
    pub(crate) code: &'static str,
    /// Path of its date.
    pub(crate) chemin: String,
    /// From which day to which.
    pub(crate) phrase: String,
}

/// What takes long of it, worked out little by little.
#[derive(Debug)]
pub(crate) struct Ouvrage {
    fenetres: RechercheFenetres,
    corrections: RechercheCorrections,
}

impl Ouvrage {
    /// Not begun yet.
    pub(crate) fn new(evaluation: &Evaluation, contexte: &Contexte) -> Self {
        Self {
            fenetres: RechercheFenetres::new(contexte.dossier, evaluation.date),
            corrections: RechercheCorrections::new(evaluation),
        }
    }

    /// Goes on; whether there is more to do.
    pub(crate) fn advance(&mut self, programme: &Programme, contexte: &Contexte) -> bool {
        let dossier = contexte.dossier;
        self.fenetres.avancer(dossier, programme) || self.corrections.avancer(dossier, programme)
    }

    /// The board, once there is no more to do.
    pub(crate) fn board(
        self,
        evaluation: &Evaluation,
        programme: &Programme,
        contexte: &Contexte,
    ) -> Bord {
        let (dossier, jour) = (contexte.dossier, evaluation.date);
        let prochains = soonest_first(prochains_audits(dossier, programme, jour));
        let corrections = self.corrections.trouvees();
        Bord {
            prochains: prochains
                .iter()
                .map(|prochain| next_audit(prochain, jour, programme, contexte))
                .collect(),
            dates: other_dates(&echeancier(dossier, programme, jour), jour, contexte),
            fenetres: self.fenetres.trouvees().iter().map(window).collect(),
            manque: missing(evaluation),
            doutes: doubts(evaluation, contexte),
            remedes: corrections.into_iter().map(repair).collect(),
        }
    }
}

fn repair(correction: Correction) -> Remede {
    let (de, vers) = (long_date(correction.de), long_date(correction.vers));
    Remede {
        code: correction.objectif.code(),
        phrase: ["du ", &de, " au ", &vers].concat(),
        chemin: if correction.chemin.ends_with("declaration") {
            correction.chemin
        } else {
            [&correction.chemin, ".date"].concat()
        },
    }
}

/// Paths of everything that is missing, each once.
pub(crate) fn missing(evaluation: &Evaluation) -> Vec<String> {
    let mut chemins: Vec<String> = Vec::new();
    for resultat in &evaluation.objectifs {
        for controle in &resultat.controles {
            for chemin in &controle.manque {
                if !chemins.contains(chemin) {
                    chemins.push(chemin.clone());
                }
            }
        }
    }
    chemins
}

#[cfg(test)]
mod tests;
