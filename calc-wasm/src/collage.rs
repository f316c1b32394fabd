//! Rows brought from a spreadsheet: which column each cell belongs to.

use crate::cellule::{Cellule, Colonne, Sorte, begins_with_month, cell, choose, choose_some, key};
use crate::dates;
use crate::prelude::*;
use crate::saisie::{self, Genre};
use crate::texte::cut;
use alloc::vec;

/// A row to be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ligne {
    /// The rank of the row that holds its list.
    pub(crate) parent: usize,
    /// The row of the form that it brings up to date; none where it is new.
    pub(crate) existante: Option<usize>,
    /// One for each column.
    pub(crate) cellules: Vec<Cellule>,
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

/// What was brought, row by row.
#[derive(Debug, Default)]
pub(crate) struct Apport {
    /// The heads, as they came; none where the first row is data already.
    pub(crate) tetes: Option<Vec<String>>,
    /// For each column, the head that it was found under, as it came.
    pub(crate) sous: Vec<Option<String>>,
    /// The heads that no column answers to.
    pub(crate) ignorees: Vec<String>,
    /// The rows.
    pub(crate) lignes: Vec<Ligne>,
}
/// Understands a table, cell by cell; the first row may be its heads.
pub(crate) fn understand(table: Vec<Vec<String>>, colonnes: &[Colonne], cible: Cible) -> Apport {
    let mut apport = Apport::default();
    let mut rangs: Vec<Option<usize>> = (0..colonnes.len()).map(Some).collect();
    let mut lignes = table.into_iter().peekable();
    let connus = lignes.peek().and_then(|tetes| head(tetes, colonnes));
    if let Some(connus) = connus
        && let Some(tetes) = lignes.next()
    {
        for (rang, tete) in tetes.iter().enumerate() {
            if !connus.contains(&Some(rang)) && !tete.trim().is_empty() {
                apport.ignorees.push(tete.clone());
            }
        }
        let under = |rang: &Option<usize>| rang.and_then(|rang| tetes.get(rang).cloned());
        apport.sous = connus.iter().map(under).collect();
        apport.tetes = Some(tetes);
        rangs = connus;
    }
    for cellules in lignes {
        let trop = apport.tetes.is_none()
            && cellules
                .iter()
                .skip(colonnes.len())
                .any(|cellule| !cellule.trim().is_empty());
        let mut ligne = row(&cellules, &rangs, colonnes, cible);
        if let Some(derniere) = ligne.cellules.last_mut().filter(|_| trop) {
            derniere.faute = Some("Cette ligne a trop de colonnes.".into());
        }
        apport.lignes.push(ligne);
    }
    doubt_months(&mut apport.lignes, colonnes);
    apport
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

    #[test]
    fn heads_name_the_columns_in_any_order() {
        let colonnes = audits();
        let lignes = table(&[
            &["cvss maximal", "Note", "DATE", "perimetre"],
            &["7,5", "x", "7 mai 2026", "Nord"],
        ]);
        let apport = understand(lignes, &colonnes, AUDITS);
        let valeurs: Vec<&str> = apport.lignes[0]
            .cellules
            .iter()
            .map(|c| c.valeur.as_str())
            .collect();
        assert_eq!(valeurs, ["0", "07/05/2026", "", "7,5"]);
        assert_eq!(apport.ignorees, ["Note"]);
    }

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
    fn a_column_of_another_country_is_not_taken_by_halves() {
        let lignes = |jours: [&str; 3]| {
            let rangs = jours.map(|jour| vec!["Nord".to_owned(), jour.to_owned()]);
            let apport = understand(rangs.to_vec(), &audits(), AUDITS);
            let fautes = apport.lignes.iter();
            fautes
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
}
