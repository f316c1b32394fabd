//! Rows brought from a spreadsheet: what each cell becomes in its column.

use crate::cellule::{Cellule, Colonne, Sorte, begins_with_month, cell};
use crate::prelude::*;
use crate::saisie::Genre;
use crate::tetes::Placement;

/// A row to be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ligne {
    /// The rank of the row that holds its list.
    pub(crate) parent: usize,
    /// The row of the form that it brings up to date; none where it is new.
    pub(crate) existante: Option<usize>,
    /// One for each column of the form.
    pub(crate) cellules: Vec<Cellule>,
    /// The cells as they came, one for each column brought.
    pub(crate) venues: Vec<String>,
}

impl Ligne {
    /// Whether it can be taken.
    pub(crate) fn is_sound(&self) -> bool {
        self.cellules.iter().all(|cellule| cellule.faute.is_none())
    }
}

/// Where rows go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cible<'a> {
    /// Key of a list of the dossier.
    pub(crate) liste: &'a str,
    /// Key of the list that each of its rows holds, where rows go there.
    pub(crate) enfant: Option<&'a str>,
    /// Key of the field that names a row: the same name is the same row.
    pub(crate) cle: &'a str,
    /// Whether its rows have identifiers.
    pub(crate) identifiee: bool,
    /// The rank of the row that holds the list, where no column says it.
    pub(crate) parent: usize,
}

/// Understands a table, cell by cell, its columns placed.
pub(crate) fn understand(
    table: Vec<Vec<String>>,
    colonnes: &[Colonne],
    cible: Cible,
    placement: &Placement,
) -> Vec<Ligne> {
    let rangs = placement.by_column(colonnes.len());
    let sure = placement.tetes || placement.choisi;
    let brought = table.into_iter().skip(usize::from(placement.tetes));
    let mut lignes: Vec<Ligne> = brought
        .map(|venues| {
            let mut ligne = row(&venues, &rangs, colonnes, cible);
            let mut autres = venues.iter().skip(colonnes.len());
            let trop = !sure && autres.any(|cellule| !cellule.trim().is_empty());
            if let Some(derniere) = ligne.cellules.last_mut().filter(|_| trop) {
                derniere.faute = Some("Cette ligne a trop de colonnes.".into());
            }
            ligne.venues = venues;
            ligne
        })
        .collect();
    doubt_months(&mut lignes, colonnes);
    lignes
}

/// Said of a date in a column where another one begins with its month.
const MOIS_D_ABORD: &str =
    "Une autre date de cette colonne commence par le mois\u{a0}: mettez-les toutes jour d’abord.";

/// A column of which one date can only begin with its month was written in another country: what could be read either way
/// there is no longer sure.
fn doubt_months(lignes: &mut [Ligne], colonnes: &[Colonne]) {
    for (colonne, rang) in colonnes.iter().zip(0_usize..) {
        let month_first = |ligne: &Ligne| {
            let cellule = ligne.cellules.get(rang);
            cellule.and_then(|cellule| begins_with_month(&cellule.brut)) == Some(true)
        };
        if colonne.genre != Genre::Date || !lignes.iter().any(month_first) {
            continue;
        }
        for ligne in lignes.iter_mut() {
            let cellule = ligne.cellules.get_mut(rang);
            if let Some(cellule) = cellule.filter(|c| begins_with_month(&c.brut).is_none()) {
                cellule.faute = Some(MOIS_D_ABORD.into());
            }
        }
    }
}

fn row(cellules: &[String], rangs: &[Option<usize>], colonnes: &[Colonne], cible: Cible) -> Ligne {
    let mut parent = cible.parent;
    let mut lues = Vec::with_capacity(colonnes.len());
    for (colonne, rang) in colonnes.iter().zip(rangs) {
        let brut = rang
            .and_then(|rang| cellules.get(rang))
            .map_or("", |texte| texte.trim());
        let cellule = cell(colonne, brut);
        if colonne.sorte == Sorte::Parent {
            parent = cellule.valeur.parse().unwrap_or(parent);
        }
        lues.push(cellule);
    }
    Ligne {
        parent,
        existante: None,
        cellules: lues,
        venues: Vec::new(),
    }
}

/// The table that several tests bring.
#[cfg(test)]
pub(crate) mod essais {
    use super::*;
    fn colonne(
        cle: &str,
        libelle: &str,
        genre: Genre,
        sorte: Sorte,
        choix: &[(&str, &str)],
    ) -> Colonne {
        let owned = |(valeur, libelle): &(&str, &str)| ((*valeur).into(), (*libelle).into());
        Colonne {
            cle: cle.into(),
            libelle: libelle.into(),
            genre,
            sorte,
            choix: choix.iter().map(owned).collect(),
            titres: Vec::new(),
            requis: matches!(cle, "" | "date").then(|| "Manque.".into()),
        }
    }

    pub(crate) fn audits() -> Vec<Colonne> {
        let outils = [
            ("silene", "SILENE"),
            ("industriel", "Plateforme industrielle"),
        ];
        vec![
            colonne(
                "",
                "Périmètre",
                Genre::Choix,
                Sorte::Parent,
                &[("0", "Nord"), ("1", "Sud"), ("2", "Sud")],
            ),
            colonne("date", "Date", Genre::Date, Sorte::Libre, &[]),
            colonne("outil", "Outil", Genre::Choix, Sorte::UnParmi, &outils),
            colonne(
                "cvss_max",
                "CVSS maximal",
                Genre::Decimal,
                Sorte::Libre,
                &[],
            ),
        ]
    }

    pub(crate) const AUDITS: Cible = Cible {
        liste: "perimetres",
        enfant: Some("audits"),
        cle: "date",
        identifiee: false,
        parent: 0,
    };

    pub(crate) fn table(lignes: &[&[&str]]) -> Vec<Vec<String>> {
        let owned = |ligne: &&[&str]| ligne.iter().map(|cellule| (*cellule).into()).collect();
        lignes.iter().map(owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::essais::{AUDITS, audits, table};
    use super::*;
    use crate::tetes::propose;

    #[test]
    fn heads_name_the_columns_in_any_order() {
        let colonnes = audits();
        let lignes = table(&[
            &["cvss maximal", "Note", "DATE", "perimetre"],
            &["7,5", "x", "7 mai 2026", "Nord"],
        ]);
        let placement = propose(&lignes, &colonnes);
        let lues = understand(lignes, &colonnes, AUDITS, &placement);
        let valeurs: Vec<&str> = lues[0].cellules.iter().map(|c| c.valeur.as_str()).collect();
        assert_eq!(valeurs, ["0", "07/05/2026", "", "7,5"]);
        assert_eq!(lues[0].venues[1], "x");
    }

    #[test]
    fn a_column_of_another_country_is_not_taken_by_halves() {
        let lignes = |jours: [&str; 3]| {
            let rangs = jours.map(|jour| vec!["Nord".to_owned(), jour.to_owned()]);
            let placement = propose(&rangs, &audits());
            let lues = understand(rangs.to_vec(), &audits(), AUDITS, &placement);
            lues.iter()
                .map(|ligne| ligne.cellules[1].faute.is_some())
                .collect::<Vec<_>>()
        };
        for (jours, attendu) in [
            (["05/04/2026", "04/05/26", "28/04/2026"], [false; 3]),
            (
                ["05/04/2026", "04/28/2026", "2026-05-04"],
                [true, true, false],
            ),
            (["05/04/26", "04/13/26", "4 mai 2026"], [true, true, false]),
            (["05/04/26", "12/12/26", "31/02/2026"], [false, false, true]),
        ] {
            assert_eq!(lignes(jours), attendu, "{jours:?}");
        }
    }

    #[test]
    fn a_column_chosen_by_hand_is_read_as_what_it_was_chosen_for() {
        let lignes = || {
            table(&[
                &["Réf.", "Site", "Passage", "Note"],
                &["x1", "Nord", "7 mai 2026", "7,5"],
            ])
        };
        let colonnes = audits();
        let by_hand = |tetes, places: [Option<usize>; 4]| {
            let placement = Placement {
                tetes,
                places: places.to_vec(),
                choisi: true,
            };
            understand(lignes(), &colonnes, AUDITS, &placement)
        };
        let lues = by_hand(true, [None, Some(0), Some(1), Some(3)]);
        assert_eq!(lues.len(), 1);
        let valeurs: Vec<&str> = lues[0].cellules.iter().map(|c| &*c.valeur).collect();
        assert_eq!(valeurs, ["0", "07/05/2026", "", "7,5"]);
        assert!(lues[0].is_sound());
        // Nothing says the day: the row is to be mended, and so is the first one where it is no head.
        let lues = by_hand(false, [None, Some(0), None, Some(3)]);
        let saines: Vec<bool> = lues.iter().map(Ligne::is_sound).collect();
        assert_eq!(
            saines,
            [false, true],
            "a blank day is told by the dossier's own door"
        );
        assert_eq!(lues[1].cellules[1].valeur, "");
    }
}
