//! What rows, directories, perimeters and entities are called: by what they hold, else by their rank.

use crate::dates;
use crate::prelude::*;
use crate::saisie::Genre;
use calc_core::{Dossier, Objectif};

/// How a row is named to the reader: « l’annuaire « AD principal » », « l’audit du 7 mai 2026 », or by its rank.
pub(crate) fn row_name(designation: &str, genre: Genre, texte: &str, rang: usize) -> String {
    let texte = texte.trim();
    if genre == Genre::Date {
        if let Ok(date) = dates::read_date(texte) {
            return [designation, " du ", &dates::long_date(date)].concat();
        }
    } else if !texte.is_empty() {
        return [designation, " «\u{a0}", texte, "\u{a0}»"].concat();
    }
    [designation, " ", &rang.to_string()].concat()
}

/// The name given to a directory, a perimeter or an entity; its rank where it has none.
pub(crate) fn subject_name(id: &str, objectif: Objectif, dossier: &Dossier) -> String {
    calc_core::nom_du_sujet(dossier, objectif, id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_named_by_what_it_holds() {
        assert_eq!(
            row_name("l’annuaire", Genre::Texte, " AD ", 1),
            "l’annuaire «\u{a0}AD\u{a0}»"
        );
        assert_eq!(row_name("l’annuaire", Genre::Texte, "", 2), "l’annuaire 2");
        assert_eq!(
            row_name("l’audit", Genre::Date, "7/5/2026", 1),
            "l’audit du 7\u{a0}mai\u{a0}2026"
        );
        assert_eq!(row_name("l’audit", Genre::Date, "7/5", 3), "l’audit 3");
    }
}
