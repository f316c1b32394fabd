//! Rows brought from a spreadsheet, understood cell by cell and tried on the dossier before anything is taken.

use crate::dates;
use crate::form::{Champ, Groupe, Noeud, read_form};
use crate::prelude::*;
use crate::saisie::{self, Genre};
use crate::texte::{cut, plain};
use calc_core::read_dossier;

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
    /// The heads that no column answers to.
    pub(crate) ignorees: Vec<String>,
    /// The rows.
    pub(crate) lignes: Vec<Ligne>,
}

/// Letters and digits alone, lower case, no accents: what heads and choices are compared by.
fn key(texte: &str) -> String {
    texte
        .chars()
        .map(plain)
        .filter(char::is_ascii_alphanumeric)
        .map(|lettre| lettre.to_ascii_lowercase())
        .collect()
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
    apport
}

/// For each column, its place among the heads; none where the row is no row of heads.
fn head(tetes: &[String], colonnes: &[Colonne]) -> Option<Vec<Option<usize>>> {
    let cles: Vec<String> = tetes.iter().map(|tete| key(tete)).collect();
    let place = |colonne: &Colonne| {
        let (libelle, cle) = (key(&colonne.libelle), key(&colonne.cle));
        cles.iter()
            .position(|tete| !tete.is_empty() && (*tete == libelle || *tete == cle))
    };
    let rangs: Vec<Option<usize>> = colonnes.iter().map(place).collect();
    let connues = rangs.iter().flatten().count();
    let pleines = cles.iter().filter(|tete| !tete.is_empty()).count();
    (connues > 0 && connues * 2 >= pleines).then_some(rangs)
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

fn cell(colonne: &Colonne, brut: &str) -> Cellule {
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

/// Tries the rows on the dossier of the page: says which of its rows they bring up to date, and what the rules of the
/// file refuse. `places`: how many fields the page has.
pub(crate) fn attempt(
    mut racine: Groupe,
    places: usize,
    cible: Cible,
    colonnes: &[Colonne],
    lignes: &mut [Ligne],
) {
    for (cle, noeud) in &mut racine.membres {
        if cle == cible.liste && *noeud == Noeud::Aucun {
            *noeud = Noeud::Liste(Vec::new());
        }
    }
    let mut prises: Vec<(usize, usize)> = Vec::new();
    let mut anciennes: Vec<(usize, usize)> = Vec::new();
    for (rang, ligne) in lignes.iter_mut().enumerate() {
        let Some(rangs) = rows_of(&mut racine, cible, ligne.parent) else {
            continue;
        };
        let connu = anciennes.iter().find(|(parent, _)| *parent == ligne.parent);
        let combien = if let Some((_, combien)) = connu {
            *combien
        } else {
            anciennes.push((ligne.parent, rangs.len()));
            rangs.len()
        };
        let nom = name_of_cells(ligne, colonnes, cible);
        let libre = |rang: &usize| !prises.contains(&(ligne.parent, *rang));
        ligne.existante = (0..combien).filter(libre).find(|ancienne| {
            nom.is_some()
                && rangs
                    .get(*ancienne)
                    .and_then(|groupe| name_of(groupe, colonnes, cible))
                    == nom
        });
        let place = places + rang * colonnes.len();
        if let Some(ancienne) = ligne.existante {
            prises.push((ligne.parent, ancienne));
            if let Some(groupe) = rangs.get_mut(ancienne) {
                write_cells(groupe, ligne, colonnes, place, true);
            }
        } else {
            let mut groupe = Groupe::default();
            if cible.identifiee {
                groupe.id = Some(["nouvelle ", &rang.to_string()].concat());
            }
            write_cells(&mut groupe, ligne, colonnes, place, false);
            rangs.push(groupe);
        }
    }
    tell_faults(&racine, places, colonnes.len(), lignes);
}

fn tell_faults(racine: &Groupe, places: usize, largeur: usize, lignes: &mut [Ligne]) {
    let lecture = read_form(racine);
    let mut fautes: Vec<(usize, String)> = Vec::new();
    for faute in &lecture.fautes {
        fautes.extend(faute.place.map(|place| (place, faute.message.clone())));
    }
    for faute in read_dossier(&lecture.json).err().unwrap_or_default() {
        fautes.extend(
            racine
                .place_of(&faute.chemin)
                .map(|place| (place, faute.message)),
        );
    }
    for (place, message) in fautes {
        let Some(rang) = place.checked_sub(places) else {
            continue;
        };
        let cellule = lignes
            .get_mut(rang.checked_div(largeur).unwrap_or(0))
            .and_then(|ligne| {
                ligne
                    .cellules
                    .get_mut(rang.checked_rem(largeur).unwrap_or(0))
            });
        if let Some(cellule) = cellule {
            cellule.faute.get_or_insert(message);
        }
    }
}

/// The rows of the list that the target names.
fn rows_of<'a>(racine: &'a mut Groupe, cible: Cible, parent: usize) -> Option<&'a mut Vec<Groupe>> {
    let lignes = racine.rows_mut(cible.liste)?;
    match cible.enfant {
        None => Some(lignes),
        Some(enfant) => lignes.get_mut(parent)?.rows_mut(enfant),
    }
}

/// What tells a row from the others of its list: its name or its day, and its tool.
type Nom = (String, String);

fn name_of_cells(ligne: &Ligne, colonnes: &[Colonne], cible: Cible) -> Option<Nom> {
    let find = |cle: &str| {
        let mut paires = colonnes.iter().zip(&ligne.cellules);
        paires
            .find(|(colonne, _)| colonne.cle == cle)
            .map(|(colonne, cellule)| (colonne.genre, cellule.valeur.as_str()))
    };
    name(find(cible.cle)?, find("outil"))
}

fn name_of(groupe: &Groupe, colonnes: &[Colonne], cible: Cible) -> Option<Nom> {
    let find = |cle: &str| {
        colonnes.iter().find(|colonne| colonne.cle == cle)?;
        groupe.membres.iter().find_map(|(nom, noeud)| match noeud {
            Noeud::Champ(champ) if nom == cle => Some((champ.genre, champ.texte.as_str())),
            _ => None,
        })
    };
    name(find(cible.cle)?, find("outil"))
}

fn name((genre, texte): (Genre, &str), outil: Option<(Genre, &str)>) -> Option<Nom> {
    let nom = saisie::read(genre, texte).ok().flatten()?;
    Some((nom, outil.map_or("", |(_, outil)| outil).into()))
}

fn write_cells(
    groupe: &mut Groupe,
    ligne: &Ligne,
    colonnes: &[Colonne],
    place: usize,
    garder: bool,
) {
    for (rang, (colonne, cellule)) in colonnes.iter().zip(&ligne.cellules).enumerate() {
        // A blank cell leaves what is there.
        if colonne.sorte == Sorte::Parent || (garder && cellule.valeur.is_empty()) {
            continue;
        }
        let place = place + rang;
        let noeud = if colonne.sorte == Sorte::Plusieurs {
            let ids = cellule.valeur.split('\n').filter(|id| !id.is_empty());
            Noeud::Entites {
                place,
                ids: ids.map(String::from).collect(),
            }
        } else {
            let (texte, requis) = (cellule.valeur.clone(), colonne.requis.clone());
            Noeud::Champ(Champ::new(place, colonne.genre, texte, requis))
        };
        match groupe
            .membres
            .iter_mut()
            .find(|(cle, _)| *cle == colonne.cle)
        {
            Some((_, ancien)) => *ancien = noeud,
            None => groupe.membres.push((colonne.cle.clone(), noeud)),
        }
    }
}

#[cfg(test)]
mod tests {
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
            requis: matches!(cle, "" | "date").then(|| "Manque.".into()),
        }
    }

    fn audits() -> Vec<Colonne> {
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

    const AUDITS: Cible = Cible {
        liste: "perimetres",
        enfant: Some("audits"),
        cle: "date",
        identifiee: false,
        parent: 0,
    };

    fn table(lignes: &[&[&str]]) -> Vec<Vec<String>> {
        let owned = |ligne: &&[&str]| ligne.iter().map(|cellule| (*cellule).into()).collect();
        lignes.iter().map(owned).collect()
    }

    fn champ(cle: &str, place: usize, genre: Genre, texte: &str) -> (String, Noeud) {
        let champ = Champ::new(place, genre, texte.into(), None);
        (cle.into(), Noeud::Champ(champ))
    }

    /// Two perimeters, the first with an audit of 7 May 2026 by SILENE.
    fn page() -> Groupe {
        let audit = Groupe {
            membres: vec![
                champ("date", 0, Genre::Date, "7/5/2026"),
                champ("outil", 1, Genre::Choix, "silene"),
                champ("cvss_max", 2, Genre::Decimal, "7,5"),
            ],
            ..Groupe::default()
        };
        let perimetre = |id: &str, audits| Groupe {
            id: Some(id.into()),
            membres: vec![("audits".into(), Noeud::Liste(audits))],
            ..Groupe::default()
        };
        let lignes = vec![perimetre("p1", vec![audit]), perimetre("p2", Vec::new())];
        Groupe {
            membres: vec![("perimetres".into(), Noeud::Liste(lignes))],
            ..Groupe::default()
        }
    }

    fn tried(lignes: &[&[&str]]) -> Vec<Ligne> {
        let colonnes = audits();
        let mut apport = understand(table(lignes), &colonnes, AUDITS);
        attempt(page(), 3, AUDITS, &colonnes, &mut apport.lignes);
        apport.lignes
    }

    /// For each row, its cells' values and faults.
    fn faults(lignes: &[Ligne]) -> Vec<Vec<&str>> {
        let fault = |cellule: &Cellule| cellule.faute.is_some();
        let told = |ligne: &Ligne| {
            let cellules = audits().into_iter().zip(&ligne.cellules);
            cellules
                .filter(|(_, cellule)| fault(cellule))
                .map(|(colonne, _)| colonne.cle)
                .collect::<Vec<_>>()
        };
        lignes
            .iter()
            .map(told)
            .map(|cles| {
                cles.iter()
                    .map(|cle| {
                        audits()
                            .iter()
                            .find(|c| c.cle == *cle)
                            .map_or("", |c| match &*c.cle {
                                "" => "parent",
                                "date" => "date",
                                "outil" => "outil",
                                _ => "cvss",
                            })
                    })
                    .collect()
            })
            .collect()
    }

    #[test]
    fn dates_numbers_and_choices_are_read_as_they_are_typed() {
        let lignes = tried(&[
            &["Nord", "07/06/2026", "SILENE", ""],
            &["nord", "8 juin 2026", "industriel", "7,5"],
            &[" NORD ", "2026-06-09", "plateforme industrielle", "9.1"],
            &["Nord", "10/06/26 00:00:00", "", ""],
        ]);
        let valeurs = |ligne: &Ligne| -> Vec<String> {
            ligne.cellules.iter().map(|c| c.valeur.clone()).collect()
        };
        assert_eq!(valeurs(&lignes[0]), ["0", "07/06/2026", "silene", ""]);
        assert_eq!(
            valeurs(&lignes[1]),
            ["0", "08/06/2026", "industriel", "7,5"]
        );
        assert_eq!(
            valeurs(&lignes[2]),
            ["0", "09/06/2026", "industriel", "9.1"]
        );
        assert_eq!(valeurs(&lignes[3])[1], "10/06/2026");
        assert!(lignes.iter().all(Ligne::is_sound), "{lignes:#?}");
    }

    #[test]
    fn each_fault_is_told_in_its_cell() {
        let lignes = tried(&[
            &["Est", "07/06/2026", "silene", ""],
            &["Nord", "31/06/2026", "silex", "sept"],
            &["", "", "silene", "1"],
            &["Nord", "06/06/2026", "silene", "10,1"],
            &["Nord", "08/06/2026", "silene", ""],
            &["Nord", "08/06/2026", "silene", "", "de trop"],
            &["Sud", "09/06/2026", "silene", ""],
        ]);
        let fautes = faults(&lignes);
        assert_eq!(fautes[0], ["parent"]);
        assert_eq!(fautes[1], ["date", "outil", "cvss"]);
        assert_eq!(fautes[2], ["parent", "date"]);
        assert_eq!(
            fautes[3],
            ["cvss"],
            "over ten: the dossier's own door says so"
        );
        assert_eq!(fautes[6], ["parent"], "two perimeters of that name");
        assert!(
            !lignes[5].is_sound(),
            "the same day twice, and a column too many"
        );
    }

    #[test]
    fn the_same_day_and_tool_is_the_same_audit() {
        let lignes = tried(&[
            &["Nord", "2026-05-07", "silene", "3"],
            &["Nord", "2026-05-07", "industriel", "3"],
            &["Nord", "2026-05-08", "silene", "3"],
        ]);
        let sorts: Vec<_> = lignes.iter().map(|ligne| ligne.existante).collect();
        assert_eq!(sorts, [Some(0), None, None]);
        assert!(lignes.iter().all(Ligne::is_sound), "{lignes:#?}");
    }

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
