//! Regular audits: what D1.O1.A and D1.O2.A have in common, in numbers only. The sentences are elsewhere, so that
//! margins and plans can try thousands of variants without writing one.

use crate::cadre::{Cadre, Passage};
use crate::dates::{jours_entre, plus_jours};
use crate::verdict::Verdict;
use chrono::NaiveDate;

/// The rules of one series of audits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rythme<'a> {
    pub(crate) cadre: &'a Cadre<'a>,
    /// S.
    pub(crate) debut: NaiveDate,
    /// The longest gap allowed, in days, where there is one.
    pub(crate) max: Option<i64>,
    /// Whether D1.O2.B will need one more audit near the declaration: exposure only.
    pub(crate) exposition: bool,
}

/// A mean as an exact fraction: `total` days over `intervalles`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moyenne {
    pub(crate) total: i64,
    pub(crate) intervalles: i64,
}

impl Moyenne {
    /// Under the threshold holds, at it is in doubt (Q3.1 "60", Q3.16 "under 60"), above it does not hold.
    pub(crate) fn verdict(self, seuil: i64) -> Verdict {
        match self.total.cmp(&(seuil * self.intervalles)) {
            core::cmp::Ordering::Less => Verdict::Atteint,
            core::cmp::Ordering::Equal => Verdict::AConfirmer,
            core::cmp::Ordering::Greater => Verdict::NonAtteint,
        }
    }

    /// The mean in hundredths of a day, rounded half up, but never onto a threshold that it does not equal.
    pub(crate) fn centiemes(self, seuil: i64) -> i64 {
        let arrondi = (self.total * 200 + self.intervalles).div_euclid(self.intervalles * 2);
        match self.verdict(seuil) {
            Verdict::Atteint => arrondi.min(seuil * 100 - 1),
            Verdict::NonAtteint => arrondi.max(seuil * 100 + 1),
            _ => seuil * 100,
        }
    }
}

/// The two readings of the mean interval.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moyennes {
    /// From the first audit to the last; none with fewer than two.
    pub(crate) entre: Option<Moyenne>,
    /// From S to E, both counted as bounds.
    pub(crate) bornes: Moyenne,
}

impl Moyennes {
    /// All readings agree, or it is to be confirmed.
    pub(crate) fn verdict(self, seuil: i64) -> Verdict {
        let bornes = self.bornes.verdict(seuil);
        match self.entre.map(|entre| entre.verdict(seuil)) {
            Some(entre) if entre != bornes => Verdict::AConfirmer,
            _ => bornes,
        }
    }
}

/// The gap that decides, and what it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ecart {
    /// Fewer than two audits.
    Aucun,
    /// The worst gap between two consecutive audits.
    Entre(NaiveDate, NaiveDate),
    /// From the last audit to the one that D1.O2.B still needs.
    ApresLeDernier(NaiveDate),
}

fn dates(passages: &[Passage]) -> Option<(NaiveDate, NaiveDate)> {
    Some((passages.first()?.date, passages.last()?.date))
}

fn compte(passages: &[Passage]) -> i64 {
    i64::try_from(passages.len()).unwrap_or(i64::MAX / 1_000_000)
}

impl Rythme<'_> {
    fn seuil(&self) -> i64 {
        self.cadre.programme.intervalle_moyen_jours
    }

    /// The last day on which a first audit surely holds: S + 60 days, never after the printed limit.
    pub(crate) fn premier_sur(&self) -> NaiveDate {
        plus_jours(self.debut, self.seuil()).min(self.cadre.programme.premier_audit_limite)
    }

    /// `…/premier-audit` on these audits.
    pub(crate) fn premier(&self, passages: &[Passage]) -> Verdict {
        let limite = self.cadre.programme.premier_audit_limite;
        match passages.first() {
            Some(premier) if premier.date <= self.premier_sur() => Verdict::Atteint,
            Some(premier) if premier.date <= limite => Verdict::AConfirmer,
            _ => self.cadre.manque_a(limite),
        }
    }

    /// The two readings of the mean on these audits.
    pub(crate) fn moyennes(&self, passages: &[Passage]) -> Moyennes {
        let nombre = compte(passages);
        let entre = dates(passages)
            .filter(|_| nombre > 1)
            .map(|(premier, dernier)| Moyenne {
                total: jours_entre(premier, dernier),
                intervalles: nombre - 1,
            });
        let bornes = Moyenne {
            total: jours_entre(self.debut, self.cadre.fin),
            intervalles: nombre + 1,
        };
        Moyennes { entre, bornes }
    }

    /// The worse mean where the audits of one day, by two tools, count once, if that changes what the mean gives.
    pub(crate) fn une_fois_par_jour(&self, passages: &[Passage]) -> Option<Moyenne> {
        let mut distincts = passages.to_vec();
        distincts.dedup_by_key(|passage| passage.date);
        let moyennes = self.moyennes(&distincts);
        let change = moyennes.verdict(self.seuil()) != self.moyen(passages);
        let pire = |entre: Moyenne| {
            let bornes = moyennes.bornes;
            if entre.total * bornes.intervalles > bornes.total * entre.intervalles {
                entre
            } else {
                bornes
            }
        };
        change.then(|| moyennes.entre.map_or(moyennes.bornes, pire))
    }

    /// `…/intervalle-moyen` on these audits.
    pub(crate) fn moyen(&self, passages: &[Passage]) -> Verdict {
        self.moyennes(passages).verdict(self.seuil())
    }

    /// The fewest further audits with which both readings fall under the threshold, none of them before tomorrow.
    pub(crate) fn audits_a_ajouter(&self, passages: &[Passage]) -> i64 {
        let nombre = compte(passages);
        let demain = plus_jours(self.cadre.aujourdhui, 1);
        let (premier, dernier) = dates(passages).unwrap_or((demain, demain));
        // Under `seuil` strictly: (E − S) < seuil × (n + k + 1).
        let mut ajout =
            (jours_entre(self.debut, self.cadre.fin).max(0) / self.seuil() - nombre).max(0);
        // One audit a day from tomorrow on is the shortest spread; each one more leaves `seuil` more days.
        loop {
            let fin = if ajout > 0 {
                dernier.max(plus_jours(self.cadre.aujourdhui, ajout))
            } else {
                dernier
            };
            let intervalles = nombre + ajout - 1;
            if intervalles < 1 || jours_entre(premier, fin) < self.seuil() * intervalles {
                return ajout;
            }
            ajout += 1;
        }
    }

    /// `…/intervalle-max` on these audits: the verdict and the gap that decides; `max` in days.
    pub(crate) fn maximum(&self, passages: &[Passage], max: i64) -> (Verdict, Ecart) {
        let Some((_, dernier)) = dates(passages).filter(|_| passages.len() > 1) else {
            return (Verdict::Atteint, Ecart::Aucun);
        };
        let mut pire = (Verdict::Atteint, Ecart::Aucun, -1);
        for paire in passages.windows(2) {
            let [avant, apres] = paire else { continue };
            let ecart = jours_entre(avant.date, apres.date);
            let verdict = self.ecart(avant.date, ecart, max);
            if (verdict, ecart) > (pire.0, pire.2) {
                pire = (verdict, Ecart::Entre(avant.date, apres.date), ecart);
            }
        }
        if pire.0 < Verdict::Perdu && self.dernier_perdu(dernier, max) {
            return (Verdict::Perdu, Ecart::ApresLeDernier(dernier));
        }
        (pire.0, pire.1)
    }

    fn ecart(&self, avant: NaiveDate, ecart: i64, max: i64) -> Verdict {
        match ecart.cmp(&max) {
            core::cmp::Ordering::Less => Verdict::Atteint,
            core::cmp::Ordering::Equal => Verdict::AConfirmer,
            core::cmp::Ordering::Greater => self.cadre.manque_a(plus_jours(avant, max)),
        }
    }

    /// Whether the audit that D1.O2.B still needs would come too late after `dernier`.
    pub(crate) fn dernier_perdu(&self, dernier: NaiveDate, max: i64) -> bool {
        let fin = self.cadre.fin;
        self.exposition
            && plus_jours(dernier, max) < self.cadre.aujourdhui
            && self.cadre.aujourdhui <= fin
            && jours_entre(dernier, fin) >= self.cadre.programme.dernier_audit_anciennete_jours
    }
}

#[cfg(test)]
mod tests {
    use super::Moyenne;

    #[test]
    fn a_rounded_mean_never_reaches_a_threshold_that_it_does_not_equal() {
        for (total, intervalles, attendu) in [
            (119, 2, 5_950),
            (120, 2, 6_000),
            (121, 2, 6_050),
            (179, 3, 5_967),
            (1, 8, 13),
            (17_999, 300, 5_999),
            (18_000, 300, 6_000),
            (18_001, 300, 6_001),
        ] {
            let moyenne = Moyenne { total, intervalles };
            assert_eq!(moyenne.centiemes(60), attendu, "{total}/{intervalles}");
        }
    }
}
