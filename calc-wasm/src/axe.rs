//! The axis of the picture of the phase: a day becomes a place, in hundredths of a percent of the width.

use crate::prelude::*;
use calc_core::{Dossier, Programme, jours_entre, plus_jours, plus_mois};
use chrono::{Datelike, NaiveDate};

/// The whole width, in the unit of [`Axe::x`].
const LARGEUR: i64 = 10_000;
/// A phase typed wrong does not stretch the picture further than this outside the programme, in days.
const DEBORD_JOURS: i64 = 366;

/// From the first day of a month to the last day of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Axe {
    /// The first day drawn.
    pub(crate) debut: NaiveDate,
    /// The last day drawn.
    pub(crate) fin: NaiveDate,
}

impl Axe {
    /// From the month of S to the month of the last declaration allowed, or of E where it comes later.
    pub(crate) fn new(dossier: &Dossier, programme: &Programme) -> Self {
        let phase = dossier.phase.as_ref();
        let limite = programme.declaration_limite;
        let plus_tot = plus_jours(programme.arrete_publication, -DEBORD_JOURS);
        let debut = phase
            .and_then(|phase| phase.debut)
            .filter(|debut| *debut < limite)
            .unwrap_or(programme.arrete_publication)
            .max(plus_tot);
        let fin = phase
            .and_then(|phase| phase.declaration)
            .unwrap_or(limite)
            .clamp(limite, plus_jours(limite, DEBORD_JOURS));
        Self {
            debut: first_of_month(debut),
            fin: plus_jours(plus_mois(first_of_month(fin), 1), -1),
        }
    }

    /// Whether a day is drawn.
    pub(crate) fn contains(self, jour: NaiveDate) -> bool {
        self.debut <= jour && jour <= self.fin
    }

    /// How many days it shows.
    pub(crate) fn days(self) -> i64 {
        jours_entre(self.debut, self.fin) + 1
    }

    /// Where the middle of a day stands, in hundredths of a percent; outside days stand at the ends.
    pub(crate) fn x(self, jour: NaiveDate) -> i64 {
        let rang = jours_entre(self.debut, jour) * 2 + 1;
        (rang * LARGEUR / (self.days() * 2)).clamp(0, LARGEUR)
    }

    /// The first day of every month.
    pub(crate) fn months(self) -> Vec<NaiveDate> {
        let mut mois = Vec::new();
        let mut premier = self.debut;
        while premier <= self.fin {
            mois.push(premier);
            premier = plus_mois(premier, 1);
        }
        mois
    }

    /// The days that `pixels` amount to where the axis is `largeur` pixels wide, rounded.
    pub(crate) fn days_of(self, pixels: i32, largeur: i32) -> i64 {
        let largeur = i64::from(largeur.max(1));
        (i64::from(pixels) * self.days() * 2 + largeur).div_euclid(largeur * 2)
    }
}

fn first_of_month(jour: NaiveDate) -> NaiveDate {
    jour.with_day(1).unwrap_or(jour)
}

/// `12.34%`, from 1234.
pub(crate) fn percent(centiemes: i64) -> String {
    [&calc_core::decimal(centiemes, 2), "%"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::essais::programme;
    use calc_core::{lire_date, read_dossier};

    fn jour(texte: &str) -> NaiveDate {
        lire_date(texte).expect(texte)
    }

    fn axe(phase: &str) -> Axe {
        let dossier = read_dossier(&format!(r#"{{"phase":{{{phase}}}}}"#)).expect(phase);
        Axe::new(&dossier, &programme())
    }

    #[test]
    fn whole_months_from_the_start_to_the_last_declaration() {
        for (phase, debut, fin) in [
            (r#""debut":"2026-03-20""#, "2026-03-01", "2027-03-31"),
            ("", "2026-01-01", "2027-03-31"),
            (
                r#""debut":"2026-03-20","declaration":"2027-02-01""#,
                "2026-03-01",
                "2027-03-31",
            ),
            (
                r#""debut":"2026-03-20","declaration":"2027-04-01""#,
                "2026-03-01",
                "2027-04-30",
            ),
            (
                r#""debut":"1999-03-20","declaration":"2199-04-01""#,
                "2025-01-01",
                "2028-03-31",
            ),
            (r#""debut":"2030-01-01""#, "2026-01-01", "2027-03-31"),
        ] {
            let axe = axe(phase);
            assert_eq!((axe.debut, axe.fin), (jour(debut), jour(fin)), "{phase}");
        }
    }

    #[test]
    fn a_day_has_one_place_and_each_day_its_own() {
        let axe = axe(r#""debut":"2026-03-20""#);
        assert_eq!(axe.days(), 396);
        let places: Vec<i64> = (0..axe.days())
            .map(|rang| axe.x(plus_jours(axe.debut, rang)))
            .collect();
        assert!(places.is_sorted_by(|avant, apres| avant < apres));
        assert_eq!((places[0], places[395]), (12, 9987));
        assert_eq!(axe.x(jour("2020-01-01")), 0);
        assert_eq!(axe.x(jour("2040-01-01")), 10_000);
        assert!(axe.contains(axe.debut) && axe.contains(axe.fin));
        assert!(!axe.contains(plus_jours(axe.fin, 1)) && !axe.contains(plus_jours(axe.debut, -1)));
    }

    #[test]
    fn pixels_are_whole_days() {
        let axe = axe(r#""debut":"2026-03-20""#);
        for (pixels, largeur, jours) in [
            (0, 792, 0),
            (2, 792, 1),
            (1, 792, 1),
            (-1, 792, 0),
            (-2, 792, -1),
            (-3, 792, -1),
            (198, 396, 198),
            (5, 0, 1980),
        ] {
            assert_eq!(axe.days_of(pixels, largeur), jours, "{pixels}/{largeur}");
        }
    }

    #[test]
    fn months_and_percents() {
        let mois = axe(r#""debut":"2026-03-20""#).months();
        assert_eq!(
            (mois.len(), mois[0], mois[12]),
            (13, jour("2026-03-01"), jour("2027-03-01"))
        );
        assert_eq!(
            (percent(1234), percent(7), percent(10_000)),
            ("12.34%".into(), "0.07%".into(), "100.00%".into())
        );
    }
}
