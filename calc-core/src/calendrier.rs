//! A calendar file (RFC 5545) written by hand: whole-day events, two reminders each, the same bytes from the same inputs.
//!
//! An event's identifier never depends on its date: a calendar that imports the file again moves its events.

use crate::dates::{ecrire_date, plus_jours};
use crate::prelude::*;
use chrono::NaiveDate;

/// A whole-day event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evenement {
    /// What tells it from every other event of every dossier, its date apart.
    pub cle: String,
    /// Its day.
    pub date: NaiveDate,
    /// One line.
    pub titre: String,
    /// Why, by which rule, from which source; lines are cut at `\n`.
    pub texte: String,
    /// The code of an objective.
    pub categorie: &'static str,
}

/// Longest line of the file, its end left out, in octets.
const LIGNE_MAX: usize = 75;

/// The file. `ecrit_le` dates every event: the day of the evaluation, or of the programme's version; never a clock's.
#[must_use]
pub fn calendrier(nom: &str, ecrit_le: NaiveDate, evenements: &[Evenement]) -> String {
    let mut sortie = String::with_capacity(1024 * (evenements.len() + 1));
    for ligne in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//CaRE Domaine 1 bis//Calculateur//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ] {
        ecrire_ligne(&mut sortie, ligne, "");
    }
    ecrire_ligne(&mut sortie, "X-WR-CALNAME:", &echapper(nom));
    let horodatage = [&compacte(ecrit_le), "T000000Z"].concat();
    for evenement in evenements {
        ecrire_evenement(&mut sortie, evenement, &horodatage);
    }
    ecrire_ligne(&mut sortie, "END:VCALENDAR", "");
    sortie
}

fn ecrire_evenement(sortie: &mut String, evenement: &Evenement, horodatage: &str) {
    let titre = echapper(&evenement.titre);
    let lendemain = plus_jours(evenement.date, 1);
    for (nom, valeur) in [
        ("BEGIN:VEVENT", ""),
        ("UID:", &identifiant(&evenement.cle)),
        ("DTSTAMP:", horodatage),
        ("DTSTART;VALUE=DATE:", &compacte(evenement.date)),
        // The end of a whole-day event is the first day that it does not last.
        ("DTEND;VALUE=DATE:", &compacte(lendemain)),
        ("SUMMARY:", &titre),
        ("DESCRIPTION:", &echapper(&evenement.texte)),
        ("CATEGORIES:", evenement.categorie),
        ("TRANSP:TRANSPARENT", ""),
    ] {
        ecrire_ligne(sortie, nom, valeur);
    }
    for rappel in ["TRIGGER:-P30D", "TRIGGER:-P7D"] {
        ecrire_ligne(sortie, "BEGIN:VALARM", "");
        ecrire_ligne(sortie, "ACTION:DISPLAY", "");
        ecrire_ligne(sortie, rappel, "");
        ecrire_ligne(sortie, "DESCRIPTION:", &titre);
        ecrire_ligne(sortie, "END:VALARM", "");
    }
    ecrire_ligne(sortie, "END:VEVENT", "");
}

/// `20260507`.
fn compacte(date: NaiveDate) -> String {
    let mut texte = String::with_capacity(10);
    ecrire_date(date, &mut texte);
    texte.retain(|signe| signe != '-');
    texte
}

/// Sixteen digits of the key (FNV-1a), in the name of this calculator.
fn identifiant(cle: &str) -> String {
    let empreinte = cle.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |somme, octet| {
        (somme ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut texte = String::with_capacity(48);
    for rang in (0..16).rev() {
        let chiffre = u32::try_from((empreinte >> (rang * 4)) & 15).unwrap_or(0);
        texte.push(char::from_digit(chiffre, 16).unwrap_or('0'));
    }
    texte.push_str("@care-domaine-1-bis");
    texte
}

/// A text value: `\`, `;`, `,` and ends of lines escaped, other controls left out.
fn echapper(texte: &str) -> String {
    let mut sortie = String::with_capacity(texte.len() + 8);
    for signe in texte.chars() {
        match signe {
            '\\' | ';' | ',' => {
                sortie.push('\\');
                sortie.push(signe);
            }
            '\n' => sortie.push_str("\\n"),
            '\t' => sortie.push(' '),
            _ if signe.is_control() => {}
            _ => sortie.push(signe),
        }
    }
    sortie
}

/// A line, folded between two characters wherever it grows too long.
fn ecrire_ligne(sortie: &mut String, nom: &str, valeur: &str) {
    let mut octets = 0;
    for signe in nom.chars().chain(valeur.chars()) {
        if octets + signe.len_utf8() > LIGNE_MAX {
            sortie.push_str("\r\n ");
            octets = 1;
        }
        sortie.push(signe);
        octets += signe.len_utf8();
    }
    sortie.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::lire_date;

    fn fichier(titre: &str, texte: &str) -> String {
        let date = lire_date("2026-12-31").expect("date");
        let evenement = Evenement {
            cle: "a".into(),
            date,
            titre: titre.into(),
            texte: texte.into(),
            categorie: "D1.O1.A",
        };
        calendrier("GHT", date, &[evenement])
    }

    #[test]
    fn an_event_ends_the_day_after_and_reminds_twice() {
        let ecrit = fichier("Audit", "Pourquoi");
        for ligne in [
            "DTSTAMP:20261231T000000Z\r\n",
            "DTSTART;VALUE=DATE:20261231\r\n",
            "DTEND;VALUE=DATE:20270101\r\n",
            "TRIGGER:-P30D\r\n",
            "TRIGGER:-P7D\r\n",
            "UID:af63dc4c8601ec8c@care-domaine-1-bis\r\n",
        ] {
            assert!(ecrit.contains(ligne), "{ligne}: {ecrit}");
        }
        assert_eq!(ecrit.matches("BEGIN:VALARM").count(), 2);
        assert_eq!(ecrit, fichier("Audit", "Pourquoi"));
    }

    #[test]
    fn what_has_a_meaning_in_the_format_is_escaped() {
        let ecrit = fichier("a;b,c\\d\r\u{7f}", "1\n2\t3");
        assert!(ecrit.contains("SUMMARY:a\\;b\\,c\\\\d\r\n"), "{ecrit}");
        assert!(ecrit.contains("DESCRIPTION:1\\n2 3\r\n"), "{ecrit}");
    }

    #[test]
    fn lines_fold_between_characters_at_every_length() {
        for signe in ["e", "é", "\u{202f}", "😀", "é,"] {
            for nombre in 0..160 {
                let texte = signe.repeat(nombre);
                let ecrit = fichier("Audit", &texte);
                let lignes: Vec<&str> = ecrit.split("\r\n").collect();
                assert!(lignes.iter().all(|ligne| ligne.len() <= LIGNE_MAX));
                assert!(!ecrit.replace("\r\n", "").contains(['\r', '\n']));
                let deplie = ecrit.replace("\r\n ", "");
                let attendu = ["\r\nDESCRIPTION:", &texte.replace(',', "\\,"), "\r\nCAT"].concat();
                assert!(deplie.contains(&attendu), "{nombre} × {signe}");
            }
        }
    }

    #[test]
    fn a_line_of_exactly_the_longest_length_is_not_folded() {
        let place = LIGNE_MAX - "SUMMARY:".len();
        let titre = |nombre| fichier(&"a".repeat(nombre), "");
        let entier = ["SUMMARY:", &"a".repeat(place), "\r\n"].concat();
        assert!(titre(place).contains(&[&entier, "DESC"].concat()));
        assert!(titre(place + 1).contains(&[&entier, " a\r\nDESC"].concat()));
    }
}
