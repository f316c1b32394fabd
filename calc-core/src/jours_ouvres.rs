//! French working days: Monday to Friday, the eleven public holidays of the whole country left out.

use crate::dates::plus_jours;
use chrono::{Datelike, NaiveDate};

/// Holidays of a fixed date, as (month, day).
const FIXES: [(u32, u32); 8] = [
    (1, 1),
    (5, 1),
    (5, 8),
    (7, 14),
    (8, 15),
    (11, 1),
    (11, 11),
    (12, 25),
];

/// Easter Sunday (Gauss, as Butcher wrote it for the Gregorian calendar).
fn paques(annee: i32) -> Option<NaiveDate> {
    let (nombre_or, siecle, reste) = (annee % 19, annee / 100, annee % 100);
    let correction = siecle / 4 + (siecle - (siecle + 8) / 25 + 1) / 3;
    let epacte = (19 * nombre_or + siecle - correction + 15) % 30;
    let semaine = (32 + 2 * (siecle % 4) + 2 * (reste / 4) - epacte - reste % 4) % 7;
    let rang = epacte + semaine - 7 * ((nombre_or + 11 * epacte + 22 * semaine) / 451) + 114;
    NaiveDate::from_ymd_opt(
        annee,
        u32::try_from(rang / 31).ok()?,
        u32::try_from(rang % 31 + 1).ok()?,
    )
}

/// Whether `date` is a public holiday: a fixed one, Easter Monday, Ascension or Whit Monday.
fn est_ferie(date: NaiveDate) -> bool {
    let mobile = paques(date.year()).is_some_and(|paques| {
        [1, 39, 50]
            .iter()
            .any(|ecart| plus_jours(paques, *ecart) == date)
    });
    mobile || FIXES.contains(&(date.month(), date.day()))
}

/// Whether people work on `date`.
#[must_use]
pub fn est_ouvre(date: NaiveDate) -> bool {
    date.weekday().num_days_from_monday() < 5 && !est_ferie(date)
}

/// The last working day up to `date`, included.
pub(crate) fn ouvre_avant(mut date: NaiveDate) -> NaiveDate {
    while !est_ouvre(date) {
        date = plus_jours(date, -1);
    }
    date
}

/// The first working day from `date` on, included.
pub(crate) fn ouvre_apres(mut date: NaiveDate) -> NaiveDate {
    while !est_ouvre(date) {
        date = plus_jours(date, 1);
    }
    date
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::lire_date;

    #[test]
    fn holidays_of_2026_and_2027() {
        let feries = [
            "2026-01-01",
            "2026-04-06",
            "2026-05-01",
            "2026-05-08",
            "2026-05-14",
            "2026-05-25",
            "2026-07-14",
            "2026-11-11",
            "2026-12-25",
            "2027-03-29",
            "2027-05-06",
            "2027-05-17",
        ];
        for texte in feries {
            assert!(!est_ouvre(lire_date(texte).unwrap()), "{texte}");
        }
        for texte in [
            "2026-04-07",
            "2026-05-15",
            "2026-05-26",
            "2027-03-26",
            "2026-11-10",
        ] {
            assert!(est_ouvre(lire_date(texte).unwrap()), "{texte}");
        }
    }

    #[test]
    fn easter_where_it_is_known() {
        for texte in [
            "1818-03-22",
            "1961-04-02",
            "1981-04-19",
            "2000-04-23",
            "2008-03-23",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2038-04-25",
            "2049-04-18",
            "2076-04-19",
        ] {
            let jour = texte.parse::<NaiveDate>().unwrap();
            assert_eq!(paques(jour.year()), Some(jour));
        }
    }

    #[test]
    fn the_working_days_around() {
        for (jour, avant, apres, pourquoi) in [
            ("2026-07-10", "2026-07-10", "2026-07-10", "a Friday"),
            ("2026-07-11", "2026-07-10", "2026-07-13", "a Saturday"),
            ("2026-07-12", "2026-07-10", "2026-07-13", "a Sunday"),
            ("2026-07-13", "2026-07-13", "2026-07-13", "a Monday"),
            ("2026-07-14", "2026-07-13", "2026-07-15", "a holiday"),
            (
                "2027-03-28",
                "2027-03-26",
                "2027-03-30",
                "Easter, then its Monday",
            ),
        ] {
            let [jour, avant, apres] = [jour, avant, apres].map(|t| lire_date(t).unwrap());
            assert_eq!(ouvre_avant(jour), avant, "{pourquoi}");
            assert_eq!(ouvre_apres(jour), apres, "{pourquoi}");
            assert_eq!(est_ouvre(jour), avant == jour, "{pourquoi}");
        }
    }

    #[test]
    fn easter_is_a_sunday_between_22_march_and_25_april() {
        for annee in 1900..2200 {
            let paques = paques(annee).unwrap();
            assert_eq!(paques.weekday().num_days_from_monday(), 6, "{annee}");
            assert!(
                matches!((paques.month(), paques.day()), (3, 22..) | (4, ..=25)),
                "{paques}"
            );
        }
    }
}
