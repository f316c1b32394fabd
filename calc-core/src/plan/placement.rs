//! Spreads a number of audits over the days that the rules leave.

use crate::dates::{jours_entre, plus_jours};
use crate::jours_ouvres::{est_ouvre, ouvre_apres, ouvre_avant};
use crate::prelude::*;
use chrono::NaiveDate;

/// The days that the rules leave to the audits to come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fenetre {
    /// No audit before this day.
    pub(super) debut: NaiveDate,
    /// Whether an audit is done already: the first one to come is then spread like the others.
    pub(super) commence: bool,
    /// The first audit to come at the latest.
    pub(super) premier_au_plus_tard: NaiveDate,
    /// The last audit at the earliest.
    pub(super) fin_au_plus_tot: NaiveDate,
    /// The last audit at the latest.
    pub(super) fin: NaiveDate,
}

impl Fenetre {
    /// Every way worth trying to place `nombre` audits: evenly, the last one from the latest working day to the earliest.
    pub(super) fn essais(self, nombre: usize) -> impl Iterator<Item = Vec<NaiveDate>> {
        let jours = jours_entre(self.fin_au_plus_tot, self.fin);
        let derniers = (0..=jours).map(move |recul| plus_jours(self.fin, -recul));
        derniers
            .filter(|jour| est_ouvre(*jour))
            .filter_map(move |fin| self.etaler(nombre, fin))
    }

    /// The audits evenly spread from the first one to `fin`, each on a working day of its own.
    fn etaler(self, nombre: usize, fin: NaiveDate) -> Option<Vec<NaiveDate>> {
        let intervalles = i64::try_from(nombre).ok()? - 1;
        if intervalles < 1 {
            return (fin <= self.premier_au_plus_tard).then(|| vec![fin]);
        }
        let premier = self.premier(intervalles, fin);
        let mut jours: Vec<NaiveDate> = Vec::with_capacity(nombre);
        for rang in 0..=intervalles {
            let cible = plus_jours(premier, jours_entre(premier, fin) * rang / intervalles);
            let plancher = jours.last().map_or(self.debut, |jour| plus_jours(*jour, 1));
            jours.push(ouvre_entre(cible, plancher, fin)?);
        }
        Some(jours)
    }

    /// The first audit to come: as late as it may where none is done yet, else one interval from now.
    fn premier(self, intervalles: i64, fin: NaiveDate) -> NaiveDate {
        let egal = plus_jours(self.debut, jours_entre(self.debut, fin) / (intervalles + 1));
        let voulu = if self.commence { egal } else { fin };
        ouvre_avant(voulu.min(self.premier_au_plus_tard))
    }
}

/// The working day nearest to `cible`, before it rather than after, within the bounds.
fn ouvre_entre(cible: NaiveDate, plancher: NaiveDate, plafond: NaiveDate) -> Option<NaiveDate> {
    let avant = ouvre_avant(cible.min(plafond));
    if avant >= plancher {
        return Some(avant);
    }
    let apres = ouvre_apres(plancher);
    (apres <= plafond).then_some(apres)
}
