//! Which column of the form each column of a spreadsheet goes to: proposed from its heads, else chosen by hand.

use crate::cellule::{Colonne, Sorte, choose, choose_some, key};
use crate::dates;
use crate::prelude::*;
use crate::saisie::{self, Genre};
use crate::texte::cut;
use alloc::vec;

/// Where the columns of what was brought go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Placement {
    /// Whether the first row holds heads.
    pub(crate) tetes: bool,
    /// For each column brought, the rank of the form's column; none where it is left out.
    pub(crate) places: Vec<Option<usize>>,
    /// Whether the reader chose: what is left out is meant to be.
    pub(crate) choisi: bool,
}

impl Placement {
    /// For each column of the form, the rank of the column brought that goes there.
    pub(crate) fn by_column(&self, colonnes: usize) -> Vec<Option<usize>> {
        let brought = |numero| self.places.iter().position(|place| *place == Some(numero));
        (0..colonnes).map(brought).collect()
    }
}

/// Where the columns go by their heads, else in their order.
pub(crate) fn propose(table: &[Vec<String>], colonnes: &[Colonne]) -> Placement {
    let largeur = table.iter().map(Vec::len).max().unwrap_or(0);
    let connues = table.first().and_then(|tetes| head(tetes, colonnes));
    let goes = |rang: usize| match &connues {
        Some(connues) => connues.iter().position(|place| *place == Some(rang)),
        None => Some(rang).filter(|rang| *rang < colonnes.len()),
    };
    Placement {
        tetes: connues.is_some(),
        places: (0..largeur).map(goes).collect(),
        choisi: false,
    }
}

/// How many columns the heads of a table name; none where its first row is no row of heads.
pub(crate) fn heads_known(table: &[Vec<String>], colonnes: &[Colonne]) -> usize {
    let rangs = table.first().and_then(|tetes| head(tetes, colonnes));
    rangs.map_or(0, |rangs| rangs.iter().flatten().count())
}

/// For each column, its place among the heads; none where the row is no row of heads.
fn head(tetes: &[String], colonnes: &[Colonne]) -> Option<Vec<Option<usize>>> {
    let cles: Vec<String> = tetes.iter().map(|tete| key(tete)).collect();
    let mut rangs = vec![None; colonnes.len()];
    place(&cles, colonnes, &mut rangs, |tete, titre| tete == titre);
    // « Facture » may be both a head and a choice of another column.
    let mut autres = tetes
        .iter()
        .zip(0..)
        .filter(|(_, rang)| !rangs.contains(&Some(*rang)));
    if autres.any(|(cellule, _)| is_data(cellule, colonnes)) {
        return None;
    }
    let connues = rangs.iter().flatten().count();
    let pleines = cles.iter().filter(|tete| !tete.is_empty()).count();
    if connues == 0 || (connues < 2 && connues * 2 < pleines) {
        return None;
    }
    // « Activité combinée 2022 » is known by what it holds, once other heads were recognised.
    place(&cles, colonnes, &mut rangs, |tete, titre| {
        titre.len() >= 6 && cut(tete, titre).is_some()
    });
    Some(rangs)
}

/// Gives each column without a place the first free head that fits one of its names.
fn place(
    cles: &[String],
    colonnes: &[Colonne],
    rangs: &mut [Option<usize>],
    fits: impl Fn(&str, &str) -> bool,
) {
    for (colonne, numero) in colonnes.iter().zip(0..) {
        let noms = [key(&colonne.libelle), key(&colonne.cle)];
        let trouve = cles.iter().zip(0..).find(|(tete, rang)| {
            let fits = |titre: &String| !titre.is_empty() && fits(tete, titre);
            !rangs.contains(&Some(*rang)) && noms.iter().chain(&colonne.titres).any(fits)
        });
        if let Some(place) = rangs.get_mut(numero).filter(|place| place.is_none()) {
            *place = trouve.map(|(_, rang)| rang);
        }
    }
}

/// Whether a cell is what a row of data holds, and no head: a number, a day, one of the choices.
fn is_data(cellule: &str, colonnes: &[Colonne]) -> bool {
    let texte = cellule.trim();
    let chosen = |colonne: &Colonne| match colonne.sorte {
        Sorte::Plusieurs => choose_some(&colonne.choix, texte).is_ok(),
        _ => choose(&colonne.choix, texte).is_ok(),
    };
    !texte.is_empty()
        && (saisie::read(Genre::Decimal, texte).is_ok()
            || dates::read_date(texte).is_ok()
            || colonnes.iter().any(chosen))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collage::essais::{audits, table};

    #[test]
    fn a_spreadsheet_has_heads_of_its_own() {
        let mut colonnes = audits();
        colonnes[0].titres = vec![key("Périmètre exposé")];
        colonnes[3].titres = vec![key("Score CVSS")];
        for (premiere, attendu) in [
            // Two of its own, or a label: heads; what they hold helps once they are.
            (
                ["Périmètre exposé", "Date", "Outil", "Score CVSS"],
                Some([0, 1, 2, 3]),
            ),
            (
                ["Score CVSS du rapport", "Outil", "Date", "Périmètre"],
                Some([3, 2, 1, 0]),
            ),
            // A row of data is never one of heads: it holds a day, a number, a choice.
            (["Périmètre exposé", "7 mai 2026", "", ""], None),
            (["Périmètre exposé", "", "SILENE", ""], None),
            (["Périmètre", "", "", "7,5"], None),
            // One head among many others says nothing.
            (["Note", "Auteur", "Lieu", "Date"], None),
        ] {
            let table = [premiere.map(String::from).to_vec()];
            let rangs = head(&table[0], &colonnes);
            let attendu = attendu.map(|rangs| rangs.map(Some).to_vec());
            assert_eq!(rangs, attendu, "{premiere:?}");
            let connues = if attendu.is_some() { 4 } else { 0 };
            assert_eq!(heads_known(&table, &colonnes), connues);
        }
    }

    #[test]
    fn columns_without_heads_go_in_their_order() {
        let lignes = table(&[
            &["Nord", "7 mai 2026"],
            &["Sud", "8 mai 2026", "", "", "de trop"],
        ]);
        let placement = propose(&lignes, &audits());
        assert!(!placement.tetes && !placement.choisi);
        let places = [Some(0), Some(1), Some(2), Some(3), None];
        assert_eq!(placement.places, places);
        assert_eq!(placement.by_column(4), places[..4]);
    }

    #[test]
    fn heads_say_where_columns_go() {
        let lignes = table(&[&["CVSS maximal", "Note", "DATE", "perimetre"]]);
        let placement = propose(&lignes, &audits());
        assert!(placement.tetes);
        assert_eq!(placement.places, [Some(3), None, Some(1), Some(0)]);
        assert_eq!(placement.by_column(4), [Some(3), Some(2), None, Some(0)]);
    }
}
