//! One cell brought from a spreadsheet: what its column may hold, and what it becomes.

use crate::dates;
use crate::prelude::*;
use crate::saisie::{self, Genre};
use crate::texte::{cut, plain};

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

fn free(genre: Genre, brut: &str) -> Result<String, String> {
    if genre == Genre::Date {
        // A spreadsheet may add an hour: « 07/05/2026 00:00 ».
        let jour = cut(brut, " 00:00").map_or(brut, |(jour, _)| jour);
        return dates::read_date(&whole_year(jour)).map(dates::short_date);
    }
    saisie::read(genre, brut).map(|_| brut.into())
}

/// `28/04/26`, as `LibreOffice` Calc writes a date in a French file, with its century.
fn whole_year(jour: &str) -> String {
    match jour.rsplit_once('/') {
        Some((avant, annee)) if annee.len() == 2 => [avant, "/20", annee].concat(),
        _ => jour.into(),
    }
}

fn choose(choix: &[(String, String)], brut: &str) -> Result<String, String> {
    let cle = key(brut);
    let mut trouves = choix.iter().filter(|(valeur, libelle)| {
        let (valeur, libelle) = (key(valeur), key(libelle));
        cle == libelle || (cle == valeur && !cle.is_empty())
    });
    match (trouves.next(), trouves.next()) {
        (Some((valeur, _)), None) => Ok(valeur.clone()),
        (Some(_), Some(_)) => Err(["Plusieurs portent le nom «\u{a0}", brut, "\u{a0}»."].concat()),
        (None, _) if choix.is_empty() => Err("Il n’y en a pas encore à choisir.".into()),
        (None, _) => {
            let connus: Vec<&str> = choix.iter().map(|(_, libelle)| libelle.as_str()).collect();
            let dits = connus.get(..8).unwrap_or(&connus).join(", ");
            let suite = if connus.len() > 8 { "…" } else { "." };
            Err(["Choix inconnu. Possibles\u{a0}: ", &dits, suite].concat())
        }
    }
}

/// Names apart by semicolons, bars, commas or ends of lines.
fn choose_some(choix: &[(String, String)], brut: &str) -> Result<String, String> {
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
}
