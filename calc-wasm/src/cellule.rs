//! One cell brought from a spreadsheet: what its column may hold, and what it becomes.

use crate::dates;
use crate::prelude::*;
use crate::saisie::{self, Genre};
use crate::texte::plain;

/// What a cell of a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sorte {
    /// What the field's kind reads.
    Libre,
    /// One of the choices.
    UnParmi,
    /// Some of the choices.
    Plusieurs,
    /// The row that holds the list: a directory, a perimeter.
    Parent,
}

/// A column of a table of the form.
#[derive(Debug, Clone)]
pub(crate) struct Colonne {
    /// Key of the field in its row; empty for the column of the parent.
    pub(crate) cle: String,
    /// Its label.
    pub(crate) libelle: String,
    /// What the field holds.
    pub(crate) genre: Genre,
    /// What a cell may hold.
    pub(crate) sorte: Sorte,
    /// The choices: value and label.
    pub(crate) choix: Vec<(String, String)>,
    /// What spreadsheets call it besides its label, as [`key`] compares.
    pub(crate) titres: Vec<String>,
    /// What to say of a blank cell that may not be.
    pub(crate) requis: Option<String>,
}

/// A cell, understood or not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Cellule {
    /// As it came.
    pub(crate) brut: String,
    /// What its field would hold; the values of several choices stand on a line each.
    pub(crate) valeur: String,
    /// What is wrong with it.
    pub(crate) faute: Option<String>,
}
/// Letters and digits alone, lower case, no accents: what heads and choices are compared by.
pub(crate) fn key(texte: &str) -> String {
    texte
        .chars()
        .map(plain)
        .filter(char::is_ascii_alphanumeric)
        .map(|lettre| lettre.to_ascii_lowercase())
        .collect()
}

/// Reads a cell.
pub(crate) fn cell(colonne: &Colonne, brut: &str) -> Cellule {
    let lue = if brut.is_empty() {
        match &colonne.requis {
            Some(message) if colonne.sorte == Sorte::Parent => Err(message.clone()),
            _ => Ok(String::new()),
        }
    } else {
        match colonne.sorte {
            Sorte::Libre => free(colonne.genre, brut),
            _ if colonne.choix.is_empty() => Err(nothing_yet(colonne)),
            Sorte::UnParmi | Sorte::Parent => choose(&colonne.choix, brut),
            Sorte::Plusieurs => choose_some(&colonne.choix, brut),
        }
    };
    let (valeur, faute) = match lue {
        Ok(valeur) => (valeur, None),
        Err(faute) => (String::new(), Some(faute)),
    };
    Cellule {
        brut: brut.into(),
        valeur,
        faute,
    }
}

/// Where nothing of the list is there to choose from: what to bring first.
fn nothing_yet(colonne: &Colonne) -> String {
    let liste = if colonne.sorte == Sorte::Parent {
        [&colonne.libelle.to_ascii_lowercase(), "s"].concat()
    } else {
        "entités".into()
    };
    ["Collez d’abord le tableau des ", &liste, "."].concat()
}

fn free(genre: Genre, brut: &str) -> Result<String, String> {
    match genre {
        Genre::Date => dates::read_date(&whole_year(&without_hour(brut))).map(dates::short_date),
        Genre::Decimal => {
            let nombre = brut.trim_end_matches(|c: char| c == '€' || c.is_whitespace());
            saisie::read(genre, nombre).map(|_| nombre.into())
        }
        _ => saisie::read(genre, brut).map(|_| brut.into()),
    }
}

/// The day of « 07/05/2026 08:30 »: a spreadsheet may add an hour.
fn without_hour(brut: &str) -> String {
    let morceaux = brut.split(' ').filter(|morceau| !morceau.contains(':'));
    morceaux.collect::<Vec<_>>().join(" ")
}

/// Whether a date of digits can only begin with its month, as `04/28/26`; none where it may be read either way. Nothing of
/// that is asked of what has letters, or begins with the year.
pub(crate) fn begins_with_month(brut: &str) -> Option<bool> {
    let mut morceaux = brut.trim().split(['/', '-', '.', ' ']);
    let mut small = || {
        morceaux
            .next()?
            .parse::<u32>()
            .ok()
            .filter(|nombre| *nombre < 32)
    };
    match (small(), small()) {
        (Some(1..=12), Some(13..)) => Some(true),
        (Some(premier), Some(1..=12)) if premier < 13 => None,
        _ => Some(false),
    }
}

/// `28/04/26` or `28-avr-26`, as spreadsheets write a date in a French file, with its century.
fn whole_year(jour: &str) -> String {
    let jour = jour.trim();
    let coupe = |c: char| matches!(c, '/' | '-' | ' ');
    let premier = jour.split(coupe).next().unwrap_or_default();
    match jour.rsplit_once(coupe) {
        Some((avant, annee))
            if premier.len() <= 2
                && avant.contains(coupe)
                && annee.len() == 2
                && annee.bytes().all(|octet| octet.is_ascii_digit()) =>
        {
            let milieu = jour.get(avant.len()..).and_then(|fin| fin.get(..1));
            [avant, milieu.unwrap_or("/"), "20", annee].concat()
        }
        _ => jour.into(),
    }
}

/// The choice of this value or label.
pub(crate) fn choose(choix: &[(String, String)], brut: &str) -> Result<String, String> {
    let cle = key(brut);
    let mut trouves = choix.iter().filter(|(valeur, libelle)| {
        let (valeur, libelle) = (key(valeur), key(libelle));
        cle == libelle || (cle == valeur && !cle.is_empty())
    });
    let premier = trouves.next();
    // « true » is both the value of « Oui » and that of « Vrai ».
    let autre = trouves.find(|(valeur, _)| premier.is_some_and(|(celle, _)| celle != valeur));
    match (premier, autre) {
        (Some((valeur, _)), None) => Ok(valeur.clone()),
        (Some(_), Some(_)) => Err(["Plusieurs portent le nom «\u{a0}", brut, "\u{a0}»."].concat()),
        (None, _) => {
            let connus: Vec<&str> = choix.iter().map(|(_, libelle)| libelle.as_str()).collect();
            let dits = connus.get(..8).unwrap_or(&connus).join(", ");
            let suite = if connus.len() > 8 { "…" } else { "." };
            Err(["Choix inconnu. Possibles\u{a0}: ", &dits, suite].concat())
        }
    }
}

/// Names apart by semicolons, bars, commas or ends of lines.
pub(crate) fn choose_some(choix: &[(String, String)], brut: &str) -> Result<String, String> {
    if matches!(key(brut).as_str(), "toutes" | "tous") {
        let tous: Vec<&str> = choix.iter().map(|(valeur, _)| valeur.as_str()).collect();
        return Ok(tous.join("\n"));
    }
    let morceaux: Vec<&str> = brut.split([';', '|', ',', '\n']).collect();
    let mut valeurs = Vec::new();
    let mut debut = 0;
    while debut < morceaux.len() {
        // A name may hold a separator of its own: the longest run of pieces that is one.
        let mut fin = morceaux.len();
        let valeur = loop {
            let nom = morceaux.get(debut..fin).unwrap_or_default().join(" ");
            match choose(choix, nom.trim()) {
                Ok(valeur) => break valeur,
                Err(faute) if fin == debut + 1 => return Err(faute),
                Err(_) => fin -= 1,
            }
        };
        valeurs.push(valeur);
        debut = fin;
    }
    Ok(valeurs.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_found_by_their_names() {
        let choix = [
            ("e1".into(), "CHU".into()),
            ("e2".into(), "CH Deux, site Nord".into()),
        ];
        for (brut, attendu) in [
            ("CHU", Ok("e1")),
            ("chu ; CH deux, site nord", Ok("e1\ne2")),
            ("CHU, e2", Ok("e1\ne2")),
            ("toutes", Ok("e1\ne2")),
            ("CHU, CH Trois", Err(())),
        ] {
            assert_eq!(
                choose_some(&choix, brut).map_err(|_| ()),
                attendu.map(String::from),
                "{brut}"
            );
        }
    }

    #[test]
    fn a_cell_is_read_as_spreadsheets_show_it() {
        for (genre, brut, attendu) in [
            (Genre::Decimal, "48 000,00\u{a0}€", "48 000,00"),
            (Genre::Decimal, "412\u{202f}350", "412\u{202f}350"),
            (Genre::Date, "27-avr.-26", "27/04/2026"),
            (Genre::Date, "lundi 27 avril 2026", "27/04/2026"),
            (Genre::Date, "2026-04-27 08:30:00", "27/04/2026"),
        ] {
            assert_eq!(free(genre, brut), Ok(attendu.into()), "{brut}");
        }
        assert!(
            free(Genre::Decimal, "44,1 %").is_err(),
            "a share is no amount"
        );
        let oui_non = [("true", "Oui"), ("true", "Vrai"), ("false", "Non")];
        let choix: Vec<_> = oui_non.map(|(v, l)| (v.into(), l.into())).to_vec();
        assert_eq!(choose(&choix, "TRUE"), Ok("true".into()));
    }
}
