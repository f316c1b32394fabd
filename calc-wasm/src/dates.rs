//! Dates as people write them in French, and as the page says them back.

use crate::prelude::*;
use calc_core::francais::MOIS;
use chrono::{Datelike, NaiveDate, Weekday};

/// What each month may begin with once accents are gone: enough letters to tell it from the others.
const DEBUTS: [&str; 12] = [
    "jan", "fev", "mar", "avr", "mai", "juin", "juil", "aou", "sep", "oct", "nov", "dec",
];

const NON_COMPRISE: &str = "Date non comprise : écrivez par exemple 07/05/2026 ou 7 mai 2026.";
const ANNEE_COURTE: &str = "Écrivez l’année avec quatre chiffres, par exemple 07/05/2026.";

/// Reads `07/05/2026`, `7-5-2026`, `07.05.2026`, `07052026`, `7 mai 2026`, `jeudi 1er janv. 2026` or `2026-05-07`.
///
/// A year of two digits is refused: `07/05/20` is also what one has typed on the way to `07/05/2026`.
///
/// # Errors
/// A French sentence that says what to write instead.
pub(crate) fn read_date(texte: &str) -> Result<NaiveDate, String> {
    let morceaux = pieces(texte);
    let morceaux: Vec<&str> = morceaux.iter().map(String::as_str).collect();
    let (jour, mois, annee) = match without_weekday(&morceaux) {
        [tout] if tout.len() == 8 && is_number(tout) => {
            (part(tout, 0..2), part(tout, 2..4), part(tout, 4..8))
        }
        [annee, mois, jour] if annee.len() == 4 && is_number(annee) => (*jour, *mois, *annee),
        [jour, mois, annee] => (*jour, *mois, *annee),
        _ => return Err(NON_COMPRISE.into()),
    };
    build(jour, mois, annee)
}

/// Lower-case pieces without accents, cut at spaces (no-break ones too) and at `/ - . ,`.
fn pieces(texte: &str) -> Vec<String> {
    texte
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '.' | ','))
        .filter(|morceau| !morceau.is_empty())
        .map(|morceau| morceau.chars().map(fold).collect())
        .collect()
}

/// Lower case without accent, for the letters that French months and days use.
fn fold(lettre: char) -> char {
    match lettre {
        'é' | 'è' | 'É' | 'È' => 'e',
        'û' | 'Û' => 'u',
        autre => autre.to_ascii_lowercase(),
    }
}

fn without_weekday<'a>(morceaux: &'a [&'a str]) -> &'a [&'a str] {
    let jours = ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"];
    match morceaux {
        [premier, reste @ ..]
            if reste.len() == 3 && jours.iter().any(|j| premier.starts_with(j)) =>
        {
            reste
        }
        _ => morceaux,
    }
}

/// Bytes of a text; none where they do not stand in it.
fn part(texte: &str, octets: core::ops::Range<usize>) -> &str {
    texte.get(octets).unwrap_or_default()
}

fn is_number(texte: &str) -> bool {
    !texte.is_empty() && texte.bytes().all(|octet| octet.is_ascii_digit())
}

fn build(jour: &str, mois: &str, annee: &str) -> Result<NaiveDate, String> {
    let jour: u32 = jour
        .strip_suffix("er")
        .unwrap_or(jour)
        .parse()
        .map_err(|_| NON_COMPRISE)?;
    if !is_number(annee) {
        return Err(NON_COMPRISE.into());
    }
    if annee.len() != 4 {
        return Err(ANNEE_COURTE.into());
    }
    let annee: i32 = annee.parse().map_err(|_| NON_COMPRISE)?;
    let rang = month_rank(mois)?;
    let nom = rang
        .checked_sub(1)
        .and_then(|indice| MOIS.get(indice as usize));
    let Some(nom) = nom else {
        return Err([
            "Il n’y a pas de mois ",
            mois,
            " : écrivez d’abord le jour, puis le mois.",
        ]
        .concat());
    };
    NaiveDate::from_ymd_opt(annee, rang, jour).ok_or_else(|| {
        [
            "Il n’y a pas de ",
            &jour.to_string(),
            " ",
            nom,
            " ",
            &annee.to_string(),
            " dans le calendrier.",
        ]
        .concat()
    })
}

/// The number written, or the rank of the month named.
fn month_rank(mois: &str) -> Result<u32, String> {
    if is_number(mois) {
        return mois.parse().map_err(|_| NON_COMPRISE.into());
    }
    (1..)
        .zip(DEBUTS)
        .find(|(_, debut)| mois.starts_with(debut))
        .map(|(rang, _)| rang)
        .ok_or_else(|| NON_COMPRISE.into())
}

/// `7 mai 2026`, `1er mars 2026`, with no-break spaces.
pub(crate) fn long_date(date: NaiveDate) -> String {
    let jour = if date.day() == 1 {
        "1er".into()
    } else {
        date.day().to_string()
    };
    let mois = MOIS
        .get(date.month0() as usize)
        .copied()
        .unwrap_or_default();
    [&jour, "\u{a0}", mois, "\u{a0}", &date.year().to_string()].concat()
}

/// `jeudi 7 mai 2026`.
pub(crate) fn date_in_words(date: NaiveDate) -> String {
    let jour = match date.weekday() {
        Weekday::Mon => "lundi",
        Weekday::Tue => "mardi",
        Weekday::Wed => "mercredi",
        Weekday::Thu => "jeudi",
        Weekday::Fri => "vendredi",
        Weekday::Sat => "samedi",
        Weekday::Sun => "dimanche",
    };
    [jour, " ", &long_date(date)].concat()
}

/// `2026-05-07`, the form of the dossier.
pub(crate) fn iso(date: NaiveDate) -> String {
    let annee = date.year().to_string();
    [
        part("0000", annee.len()..4),
        &annee,
        "-",
        &two(date.month()),
        "-",
        &two(date.day()),
    ]
    .concat()
}

/// `07/05/2026`, the form of the fields.
pub(crate) fn short_date(date: NaiveDate) -> String {
    [
        &two(date.day()),
        "/",
        &two(date.month()),
        "/",
        &date.year().to_string(),
    ]
    .concat()
}

fn two(nombre: u32) -> String {
    let chiffres = nombre.to_string();
    if nombre < 10 {
        ["0", &chiffres].concat()
    } else {
        chiffres
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(texte: &str, attendu: &str) {
        assert_eq!(read_date(texte).map(iso).as_deref(), Ok(attendu), "{texte}");
    }

    #[track_caller]
    fn check_refused(texte: &str, extrait: &str) {
        let message = read_date(texte).expect_err(texte);
        assert!(message.contains(extrait), "{texte}: {message}");
    }

    #[test]
    fn every_usual_form_is_read() {
        for texte in [
            "07/05/2026",
            "7/5/2026",
            "7-5-2026",
            "07.05.2026",
            "07052026",
            "2026-05-07",
            " 7 mai 2026 ",
            "7\u{a0}MAI\u{a0}2026",
            "jeudi 7 mai 2026",
        ] {
            check(texte, "2026-05-07");
        }
        check("1er mars 2026", "2026-03-01");
        check("mardi 3 mars 2026", "2026-03-03");
        check("14 juil. 2026", "2026-07-14");
        check("14 juin 2026", "2026-06-14");
        check("2 Août 2026", "2026-08-02");
        check("29/02/2028", "2028-02-29");
    }

    #[test]
    fn every_month_is_read_by_its_name() {
        for (rang, nom) in (1..).zip(MOIS) {
            check(&format!("5 {nom} 2026"), &format!("2026-{rang:02}-05"));
        }
    }

    #[test]
    fn a_fault_says_what_to_write() {
        check_refused("demain", "Date non comprise");
        check_refused("07/05", "Date non comprise");
        check_refused("07/05/26", "quatre chiffres");
        check_refused("07/05/20265", "quatre chiffres");
        check_refused("31/04/2026", "31 avril 2026");
        check_refused("29/02/2027", "29 février 2027");
        check_refused("05/13/2026", "mois 13");
        check_refused("05/00/2026", "mois 00");
        check_refused("0/05/2026", "Il n’y a pas de 0 mai");
        check_refused("7 floréal 2026", "Date non comprise");
        check_refused("éé052026", "Date non comprise");
    }

    #[test]
    fn a_date_is_said_back_in_words() {
        let date = NaiveDate::from_ymd_opt(2026, 5, 7).expect("date");
        assert_eq!(date_in_words(date), "jeudi 7\u{a0}mai\u{a0}2026");
        assert_eq!(short_date(date), "07/05/2026");
        let premier = NaiveDate::from_ymd_opt(2026, 3, 1).expect("date");
        assert_eq!(long_date(premier), "1er\u{a0}mars\u{a0}2026");
    }
}
