//! Rows brought from a spreadsheet, tried on the dossier before anything is taken.

use crate::cellule::{Colonne, Sorte};
use crate::collage::{Cible, Ligne};
use crate::form::{Champ, Groupe, Noeud, read_form};
use crate::prelude::*;
use crate::saisie::{self, Genre};
use calc_core::read_dossier;

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
    use crate::cellule::Cellule;
    use crate::collage::essais::{AUDITS, audits, table};
    use crate::collage::understand;
    use crate::tetes::propose;

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
        let table = table(lignes);
        let placement = propose(&table, &colonnes);
        let mut lues = understand(table, &colonnes, AUDITS, &placement);
        attempt(page(), 3, AUDITS, &colonnes, &mut lues);
        lues
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
            &["Nord", "11-juin-26", "", "7,5"],
            &["Nord", "12/06/2026 08:30", "", ""],
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
        for (rang, jour) in [(3, "10/06/2026"), (4, "11/06/2026"), (5, "12/06/2026")] {
            assert_eq!(valeurs(&lignes[rang])[1], jour);
        }
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
}
