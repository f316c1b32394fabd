//! The text of a dossier, shorter before a link deflates it: what every dossier repeats is one sign, a date the days since
//! the one before it. About a quarter of a link of fifteen establishments.
//!
//! Signs under the space stand for them: no text of a dossier holds one, its writer escapes them. Links live long: [`MOTS`]
//! and [`DEPART`] never change; others would be another form of link (`adresse`).

use crate::prelude::*;
use calc_core::{ecrire_date, lire_date};
use chrono::{Datelike, NaiveDate};

/// Stands before the days from one date to the next, which no digit follows.
const DATE: char = '\u{1f}';

/// The day that the first date is counted from.
const DEPART: Option<NaiveDate> = NaiveDate::from_ymd_opt(2026, 1, 1);

/// What a text expands to at most; more is no dossier.
const MAXIMUM: usize = 5_000_000;

/// The signs from 1 on. Where one begins as another does, the longer comes first.
const MOTS: [&str; 30] = [
    "\"version\":1,\"candidat\":{",
    "\"rapport_disponible_le\":",
    "\"directions_impliquees\":",
    "\"activite_combinee\":",
    "\"statut\":\"public\"",
    "\"outil\":\"industriel\"",
    "\"outil\":\"silene\"",
    "\"nature\":\"prestation\"",
    "\"phase\":{\"debut\":",
    "\"validation_ars\":",
    "\"objectif\":\"D1.O",
    "\"declaration\":",
    "\"organisateur\":",
    "\"perimetres\":[",
    "\"annuaires\":[",
    "\"exercices\":[",
    "\"montant_ttc\":",
    "\"mode\":\"local\"",
    "\"type\":\"ght\"",
    "\"depenses\":[",
    "\"libelle\":\"",
    "\"entites\":[",
    "\"audits\":[",
    "\"cvss_max\":",
    "{\"date\":",
    "\"finess\":\"",
    "\"preuve\":",
    "\"score\":",
    "\"nom\":\"",
    "{\"id\":\"",
];

/// Makes the text of a dossier shorter.
pub(crate) fn shorten(texte: &str) -> String {
    let mut sortie = String::with_capacity(texte.len());
    let mut jour = DEPART;
    let mut reste = texte;
    while let Some(lettre) = reste.chars().next() {
        if let Some((date, suite)) = date_at(reste) {
            push_days(&mut sortie, jour, date);
            jour = Some(date);
            reste = suite;
        } else if let Some((signe, suite)) = word_at(reste) {
            sortie.push(signe);
            reste = suite;
        } else {
            sortie.push(lettre);
            reste = reste.get(lettre.len_utf8()..).unwrap_or_default();
        }
    }
    sortie
}

/// A date between quotes at the beginning of a text, and what follows.
fn date_at(texte: &str) -> Option<(NaiveDate, &str)> {
    let (entre, suite) = texte
        .strip_prefix('"')
        .and_then(|dedans| Some((dedans.get(..10)?, dedans.get(10..)?)))?;
    Some((lire_date(entre)?, suite.strip_prefix('"')?))
}

fn word_at(texte: &str) -> Option<(char, &str)> {
    let mut signes = MOTS.iter().zip('\u{1}'..DATE);
    signes.find_map(|(mot, signe)| Some((signe, texte.strip_prefix(mot)?)))
}

fn push_days(sortie: &mut String, avant: Option<NaiveDate>, date: NaiveDate) {
    let avant = avant.map_or(0, |avant| avant.num_days_from_ce());
    sortie.push(DATE);
    sortie.push_str(&(date.num_days_from_ce() - avant).to_string());
}

/// The text that was made shorter; none where this is none.
pub(crate) fn expand(texte: &str) -> Option<String> {
    let mut sortie = String::with_capacity(texte.len() * 3);
    let mut jour = DEPART;
    let mut signes = texte.chars().peekable();
    while let Some(signe) = signes.next() {
        if sortie.len() > MAXIMUM {
            return None;
        }
        match signe {
            DATE => {
                let mut nombre = String::new();
                while let Some(chiffre) = signes.next_if(|c| matches!(c, '-' | '0'..='9')) {
                    nombre.push(chiffre);
                }
                let jours = jour?.num_days_from_ce().checked_add(nombre.parse().ok()?)?;
                jour = NaiveDate::from_num_days_from_ce_opt(jours);
                sortie.push('"');
                ecrire_date(jour?, &mut sortie);
                sortie.push('"');
            }
            '\u{1}'..DATE => {
                let rang = (signe as usize).checked_sub(1)?;
                sortie.push_str(MOTS.get(rang)?);
            }
            autre => sortie.push(autre),
        }
    }
    Some(sortie)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::essais::exemple;

    #[test]
    fn what_was_made_shorter_comes_back() {
        let dossier = exemple().to_json().replace(['\n', ' '], "");
        for texte in [
            dossier.as_str(),
            "",
            "{}",
            "{\"nom\":\"\"}",
            "{\"nom\":\"le 2026-05-10, \\\"2026-05-10\\\" \\\"id\\\":\"}",
            "[\"2026-05-10\",\"2026-05-10\",\"2025-12-31\",\"0001-01-01\",\"9999-12-31\"]",
            "[\"2026-02-30\",\"2026-2-3\",\"2026-05-10T\",2026]",
            "{\"nom\":\"Hôpital d’Évian 🏥\",\"id\":\"é\"}",
        ] {
            let court = shorten(texte);
            assert!(court.len() <= texte.len(), "{court:?}");
            assert_eq!(expand(&court).as_deref(), Some(texte));
        }
        assert!(shorten(&dossier).len() * 4 < dossier.len() * 3);
    }

    #[test]
    fn every_sign_is_used_and_found_first() {
        for (mot, signe) in MOTS.iter().zip('\u{1}'..) {
            assert_eq!(shorten(mot), signe.to_string(), "{mot}");
            assert_eq!(expand(&signe.to_string()).as_deref(), Some(*mot));
        }
    }

    #[test]
    fn what_was_not_is_refused() {
        for texte in [
            "\u{0}\u{1f}",
            "\u{1f}",
            "\u{1f}-",
            "\u{1f}1-1",
            "\u{1f}99999999999",
            "\u{1f}-99999999",
            "\u{1f}2147483647",
        ] {
            assert_eq!(expand(texte), None, "{texte:?}");
        }
    }

    #[test]
    fn a_link_that_was_made_once_is_read_for_ever() {
        let court = "{\u{1}\u{1d}GHT\",\u{13}},\u{9}\u{1f}78,\u{a}\u{1f}26}";
        let texte = "{\"version\":1,\"candidat\":{\"nom\":\"GHT\",\"type\":\"ght\"},\"phase\":{\"debut\":\"2026-03-20\",\"validation_ars\":\"2026-04-15\"}";
        assert_eq!(expand(court).as_deref(), Some(texte));
        assert_eq!(shorten(texte), court);
    }
}
