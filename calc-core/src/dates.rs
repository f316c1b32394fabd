//! Calendar dates read, written and counted by hand: the formatting of a date crate weighs 15 kB in the browser.

use crate::prelude::*;
use chrono::{Datelike, Days, Months, NaiveDate};

/// Reads `2026-03-20`, and nothing else. Years outside 1900–2199 are slips of the keyboard: `None`.
#[must_use]
pub fn lire_date(texte: &str) -> Option<NaiveDate> {
    let octets = texte.as_bytes();
    if octets.len() != 10 || octets[4] != b'-' || octets[7] != b'-' {
        return None;
    }
    let annee = chiffres(&octets[..4])?;
    let jour = NaiveDate::from_ymd_opt(
        i32::try_from(annee).ok()?,
        chiffres(&octets[5..7])?,
        chiffres(&octets[8..])?,
    )?;
    (1900..2200).contains(&annee).then_some(jour)
}

fn chiffres(octets: &[u8]) -> Option<u32> {
    octets.iter().try_fold(0, |total, octet| {
        octet
            .is_ascii_digit()
            .then(|| total * 10 + u32::from(octet - b'0'))
    })
}

/// Writes `2026-03-20` at the end of `sortie`.
pub fn ecrire_date(date: NaiveDate, sortie: &mut String) {
    sortie.push_str(core::str::from_utf8(&octets_de_date(date)).unwrap_or(""));
}

/// `2026-03-20` as bytes.
pub(crate) fn octets_de_date(date: NaiveDate) -> [u8; 10] {
    let annee = date.year().unsigned_abs();
    let (mois, jour) = (date.month(), date.day());
    [
        chiffre(annee / 1000),
        chiffre(annee / 100),
        chiffre(annee / 10),
        chiffre(annee),
        b'-',
        chiffre(mois / 10),
        chiffre(mois),
        b'-',
        chiffre(jour / 10),
        chiffre(jour),
    ]
}

/// The last digit of a number.
fn chiffre(nombre: u32) -> u8 {
    b'0' + u8::try_from(nombre % 10).unwrap_or(0)
}

/// The day as a number, to count with and to sort by.
pub(crate) fn numero(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce())
}

/// Days from `debut` to `fin`: the difference of the calendar dates, negative where `fin` comes first.
#[must_use]
pub fn jours_entre(debut: NaiveDate, fin: NaiveDate) -> i64 {
    numero(fin) - numero(debut)
}

/// The day `jours` after `date` (before, where negative); the calendar's own end where there is none.
#[must_use]
pub fn plus_jours(date: NaiveDate, jours: i64) -> NaiveDate {
    let ecart = Days::new(jours.unsigned_abs());
    if jours < 0 {
        date.checked_sub_days(ecart).unwrap_or(NaiveDate::MIN)
    } else {
        date.checked_add_days(ecart).unwrap_or(NaiveDate::MAX)
    }
}

/// The same day `mois` months later, or the last of that month: 30 January 2026 + 18 is 30 July 2027.
#[must_use]
pub fn plus_mois(date: NaiveDate, mois: u32) -> NaiveDate {
    date.checked_add_months(Months::new(mois))
        .unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_days_in_the_one_format() {
        assert_eq!(
            lire_date("2026-02-28"),
            NaiveDate::from_ymd_opt(2026, 2, 28)
        );
        assert_eq!(
            lire_date("2028-02-29"),
            NaiveDate::from_ymd_opt(2028, 2, 29)
        );
        for texte in [
            "2026-02-31",
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "0026-05-10",
            "2026-5-10",
            "26-05-10",
            "2026/05/10",
            "2026/05-10",
            "2026-05/10",
            "2026-05-10T00",
            "",
            "２026-05-1",
            "+026-05-10",
            "2026-05-1x",
            "1899-12-31",
            "2200-01-01",
        ] {
            assert_eq!(lire_date(texte), None, "{texte}");
        }
    }

    #[test]
    fn every_day_of_thirty_years_reads_back() {
        let mut jour = NaiveDate::from_ymd_opt(2010, 1, 1).unwrap();
        for _ in 0..11_000 {
            let mut texte = String::new();
            ecrire_date(jour, &mut texte);
            assert_eq!(lire_date(&texte), Some(jour));
            assert_eq!(jours_entre(jour, plus_jours(jour, 1)), 1);
            jour = plus_jours(jour, 1);
        }
    }

    #[test]
    fn months_stop_at_the_end_of_the_shorter_one() {
        let jour = |texte| lire_date(texte).unwrap();
        assert_eq!(plus_mois(jour("2026-01-30"), 18), jour("2027-07-30"));
        assert_eq!(plus_mois(jour("2026-08-31"), 6), jour("2027-02-28"));
    }
}
