//! Spreads a number of audits over the days that the rules leave.

use crate::dates::{jours_entre, plus_jours};
use crate::jours_ouvres::{est_ouvre, ouvre_apres, ouvre_avant};
use chrono::NaiveDate;

/// The days that the rules leave to the audits to come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fenetre {
    /// No audit before this day.
    pub(super) debut: NaiveDate,
    /// The last audit done, or none.
    pub(super) dernier: Option<NaiveDate>,
    /// The first audit at the latest, where none is done.
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

    /// The audits evenly spread up to `fin`, each on a working day of its own.
    fn etaler(self, nombre: usize, fin: NaiveDate) -> Option<Vec<NaiveDate>> {
        let total = i64::try_from(nombre).ok()?;
        let (origine, intervalles, premier) = self.origine(total, fin);
        let mut jours: Vec<NaiveDate> = Vec::with_capacity(nombre);
        for rang in premier..=intervalles {
            let cible = plus_jours(
                origine,
                jours_entre(origine, fin) * rang / intervalles.max(1),
            );
            let plancher = jours
                .last()
                .map_or(self.debut, |jour| plus_jours(*jour, 1))
                .max(self.debut);
            jours.push(ouvre_entre(cible, plancher, fin)?);
        }
        Some(jours)
    }

    /// Where to count from: the last audit done, or the first one to come, as late as it may.
    fn origine(self, total: i64, fin: NaiveDate) -> (NaiveDate, i64, i64) {
        match self.dernier {
            Some(dernier) => (dernier, total, 1),
            None if total == 1 => (self.premier_au_plus_tard.min(fin), 1, 1),
            None => (
                ouvre_avant(self.premier_au_plus_tard.min(fin)).max(self.debut),
                total - 1,
                0,
            ),
        }
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
