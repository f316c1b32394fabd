//! The form as a tree of raw fields, and the JSON text of the dossier that it stands for.
//!
//! The page is the schema: a field's key and kind, groups and lists come from its attributes. A new block
//! of the dossier needs HTML only. Keys that the page does not show travel in `reste`, untouched.

use crate::prelude::*;
use crate::saisie::{self, Genre};
use crate::texte::quote;

/// A node of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Noeud {
    /// A single field.
    Champ(Champ),
    /// Ticked entities.
    Entites {
        /// Where it stands in the page.
        place: usize,
        /// Identifiers of the ticked entities.
        ids: Vec<String>,
    },
    /// An object.
    Groupe(Groupe),
    /// An array of objects.
    Liste(Vec<Groupe>),
    /// An array that a file says is empty, which is not the same as absent: no exercise was held.
    Aucun,
}

/// A raw field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Champ {
    /// Where it stands in the page: its rank among the fields.
    pub(crate) place: usize,
    /// What it holds.
    pub(crate) genre: Genre,
    /// What was typed, as it is.
    pub(crate) texte: String,
    /// What to say when it is blank in a group that is not; none where it may be blank.
    pub(crate) requis: Option<String>,
}

/// An object: the dossier itself, a block or a row of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Groupe {
    /// Identifier of the row, where its list gives them.
    pub(crate) id: Option<String>,
    /// The members of the object that the page does not show, as the text of a JSON object; may be empty.
    pub(crate) reste: String,
    /// Members, by key, in the order of the page.
    pub(crate) membres: Vec<(String, Noeud)>,
}

/// Something to mend before the dossier can be evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Faute {
    /// The field it belongs to; none where the page shows none.
    pub(crate) place: Option<usize>,
    /// One French sentence.
    pub(crate) message: String,
    /// Whether the field is merely not filled in yet.
    pub(crate) manquant: bool,
}

/// The form, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lecture {
    /// The dossier; without the fields that have a fault.
    pub(crate) json: String,
    /// Faults of reading, in the order of the page.
    pub(crate) fautes: Vec<Faute>,
    /// Path in the dossier of each field that stands in it.
    chemins: Vec<(String, usize)>,
}

impl Lecture {
    /// The field that a path of the dossier leads to (`annuaires[0].audits[1].date`): the field itself, else
    /// the first field of the object named, else those of its parent.
    pub(crate) fn place_of(&self, chemin: &str) -> Option<usize> {
        let parent = chemin.rfind(['.', '[']).and_then(|fin| chemin.get(..fin));
        self.place_at(chemin).or_else(|| self.place_at(parent?))
    }

    fn place_at(&self, chemin: &str) -> Option<usize> {
        let exact = self.chemins.iter().find(|(connu, _)| connu == chemin);
        let dedans = || {
            self.chemins.iter().find(|(connu, _)| {
                connu
                    .strip_prefix(chemin)
                    .is_some_and(|suite| suite.starts_with(['.', '[']))
            })
        };
        exact.or_else(dedans).map(|(_, place)| *place)
    }
}

/// Reads the whole form. A list row without identifier in which nothing was typed is a row being begun: it is left out.
pub(crate) fn read_form(racine: &Groupe) -> Lecture {
    let mut lecture = Lecture::default();
    let mut json = String::new();
    write_group(&mut json, racine, "", &mut lecture);
    lecture.json = json;
    lecture
}

impl Noeud {
    fn is_blank(&self) -> bool {
        match self {
            Self::Champ(champ) => champ.genre.is_blank(&champ.texte),
            Self::Entites { ids, .. } => ids.is_empty(),
            Self::Groupe(groupe) => groupe.is_blank(),
            Self::Liste(lignes) => lignes.iter().all(Groupe::is_blank),
            Self::Aucun => false,
        }
    }
}

impl Groupe {
    /// Whether it says nothing: no identifier, no member kept aside, only blank fields.
    pub(crate) fn is_blank(&self) -> bool {
        self.id.is_none()
            && inner(&self.reste).is_empty()
            && self.membres.iter().all(|(_, noeud)| noeud.is_blank())
    }
}

/// The members of a JSON object's text, without its braces.
fn inner(objet: &str) -> &str {
    let objet = objet.trim();
    objet
        .strip_prefix('{')
        .and_then(|suite| suite.strip_suffix('}'))
        .map_or("", str::trim)
}

fn write_group(json: &mut String, groupe: &Groupe, chemin: &str, lecture: &mut Lecture) {
    json.push('{');
    if let Some(id) = &groupe.id {
        write_member(json, "id", &quote(id));
    }
    for (cle, noeud) in &groupe.membres {
        let chemin = if chemin.is_empty() {
            cle.clone()
        } else {
            [chemin, ".", cle].concat()
        };
        if let Some(valeur) = node_value(noeud, &chemin, lecture) {
            write_member(json, cle, &valeur);
        }
    }
    let reste = inner(&groupe.reste);
    if !reste.is_empty() {
        separate(json);
        json.push_str(reste);
    }
    json.push('}');
}

fn write_member(json: &mut String, cle: &str, valeur: &str) {
    separate(json);
    json.push_str(&quote(cle));
    json.push(':');
    json.push_str(valeur);
}

fn separate(json: &mut String) {
    if !json.ends_with(['{', '[']) {
        json.push(',');
    }
}

/// The JSON value of a node; none where it is left out of the dossier.
fn node_value(noeud: &Noeud, chemin: &str, lecture: &mut Lecture) -> Option<String> {
    match noeud {
        Noeud::Champ(champ) => field_value(champ, chemin, lecture),
        Noeud::Entites { place, ids } => {
            lecture.chemins.push((chemin.to_owned(), *place));
            let ids: Vec<String> = ids.iter().map(|id| quote(id)).collect();
            Some(["[", &ids.join(","), "]"].concat())
        }
        Noeud::Groupe(groupe) => {
            let avant = lecture.fautes.len();
            let mut json = String::new();
            write_group(&mut json, groupe, chemin, lecture);
            if groupe.is_blank() {
                lecture.fautes.truncate(avant); // A block not begun misses nothing; its fields keep their paths.
                return None;
            }
            Some(json)
        }
        Noeud::Liste(lignes) => list_value(lignes, chemin, lecture),
        Noeud::Aucun => Some("[]".into()),
    }
}

fn field_value(champ: &Champ, chemin: &str, lecture: &mut Lecture) -> Option<String> {
    lecture.chemins.push((chemin.to_owned(), champ.place));
    let lue = saisie::read(champ.genre, &champ.texte);
    let (message, manquant) = match (lue, &champ.requis) {
        (Err(message), _) => (message, false),
        (Ok(None), Some(message)) => (message.clone(), true),
        (Ok(valeur), _) => return valeur,
    };
    lecture.fautes.push(Faute {
        place: Some(champ.place),
        message,
        manquant,
    });
    None
}

fn list_value(lignes: &[Groupe], chemin: &str, lecture: &mut Lecture) -> Option<String> {
    let mut json = String::from("[");
    for (rang, ligne) in lignes.iter().filter(|ligne| !ligne.is_blank()).enumerate() {
        separate(&mut json);
        write_group_into(
            &mut json,
            ligne,
            &[chemin, "[", &rang.to_string(), "]"].concat(),
            lecture,
        );
    }
    json.push(']');
    (json.len() > 2).then_some(json)
}

/// A group appended to text that does not end with its own brace.
fn write_group_into(json: &mut String, groupe: &Groupe, chemin: &str, lecture: &mut Lecture) {
    let mut objet = String::new();
    write_group(&mut objet, groupe, chemin, lecture);
    json.push_str(&objet);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn champ(place: usize, genre: Genre, texte: &str) -> Noeud {
        Noeud::Champ(Champ {
            place,
            genre,
            texte: texte.into(),
            requis: None,
        })
    }

    fn requis(place: usize, genre: Genre, texte: &str) -> Noeud {
        Noeud::Champ(Champ {
            place,
            genre,
            texte: texte.into(),
            requis: Some("Manque.".into()),
        })
    }

    fn groupe(membres: Vec<(&str, Noeud)>) -> Groupe {
        let membres = membres
            .into_iter()
            .map(|(cle, noeud)| (cle.to_owned(), noeud))
            .collect();
        Groupe {
            membres,
            ..Groupe::default()
        }
    }

    fn audit(place: usize, date: &str, score: &str) -> Groupe {
        groupe(vec![
            ("date", requis(place, Genre::Date, date)),
            ("score", champ(place + 1, Genre::Entier, score)),
        ])
    }

    fn annuaire(audits: Vec<Groupe>) -> Groupe {
        let mut ligne = groupe(vec![
            ("nom", champ(1, Genre::Texte, "AD")),
            (
                "entites",
                Noeud::Entites {
                    place: 2,
                    ids: vec!["e1".into(), "e2".into()],
                },
            ),
            ("audits", Noeud::Liste(audits)),
        ]);
        ligne.id = Some("ad1".into());
        ligne
    }

    fn racine(audits: Vec<Groupe>) -> Groupe {
        let mut racine = groupe(vec![
            (
                "phase",
                Noeud::Groupe(groupe(vec![("debut", champ(0, Genre::Date, "20/03/2026"))])),
            ),
            ("annuaires", Noeud::Liste(vec![annuaire(audits)])),
        ]);
        racine.reste = r#"{"version":1,"budget":{"annee":2023}}"#.into();
        racine
    }

    #[test]
    fn the_tree_becomes_the_json_of_the_dossier() {
        let lecture = read_form(&racine(vec![audit(3, "10 mai 2026", "3")]));
        let attendu = concat!(
            r#"{"phase":{"debut":"2026-03-20"},"annuaires":[{"id":"ad1","nom":"AD","entites":["e1","e2"],"#,
            r#""audits":[{"date":"2026-05-10","score":3}]}],"version":1,"budget":{"annee":2023}}"#
        );
        assert_eq!(lecture.json, attendu);
        assert_eq!(lecture.fautes, []);
    }

    #[test]
    fn an_empty_form_is_an_empty_dossier() {
        let mut vide = groupe(vec![
            (
                "phase",
                Noeud::Groupe(groupe(vec![("debut", requis(0, Genre::Date, ""))])),
            ),
            ("annuaires", Noeud::Liste(vec![])),
        ]);
        vide.reste = "{\"version\":1}".into();
        assert_eq!(read_form(&vide).json, "{\"version\":1}");
        assert_eq!(read_form(&vide).fautes, []);
    }

    #[test]
    fn a_list_said_to_be_empty_stays_so() {
        let racine = groupe(vec![("exercices", Noeud::Aucun)]);
        assert_eq!(read_form(&racine).json, "{\"exercices\":[]}");
    }

    #[test]
    fn a_row_being_begun_is_left_out_and_the_paths_follow() {
        let lecture = read_form(&racine(vec![audit(3, "", ""), audit(5, "10/05/2026", "9")]));
        assert!(
            lecture
                .json
                .contains(r#""audits":[{"date":"2026-05-10","score":9}]"#)
        );
        assert_eq!(lecture.place_of("annuaires[0].audits[0].score"), Some(6));
    }

    #[test]
    fn a_field_not_understood_is_a_fault_and_stays_out() {
        let lecture = read_form(&racine(vec![audit(3, "31/04/2026", "trois")]));
        let places: Vec<_> = lecture
            .fautes
            .iter()
            .map(|faute| (faute.place, faute.manquant))
            .collect();
        assert_eq!(places, [(Some(3), false), (Some(4), false)]);
        assert!(lecture.json.contains(r#""audits":[{}]"#));
    }

    #[test]
    fn a_required_field_is_missing_only_where_its_row_is_begun() {
        let lecture = read_form(&racine(vec![audit(3, "", "2"), audit(5, "", "")]));
        assert_eq!(
            lecture.fautes,
            [Faute {
                place: Some(3),
                message: "Manque.".into(),
                manquant: true
            }]
        );
    }

    #[test]
    fn a_path_leads_to_its_field_or_to_the_nearest_one() {
        let lecture = read_form(&racine(vec![
            audit(3, "10/05/2026", "3"),
            audit(5, "10/05/2026", "3"),
        ]));
        for (chemin, place) in [
            ("phase.debut", Some(0)),
            ("annuaires[0].audits[1].date", Some(5)),
            ("annuaires[0].audits[1]", Some(5)),
            ("annuaires[0].entites[1]", Some(2)),
            ("annuaires[0]", Some(1)),
            ("annuaires[0].finess", Some(1)),
            ("exercices[0].entites[0]", None),
            ("annuaires[0].audits[1].outil.x", None),
            ("", None),
        ] {
            assert_eq!(lecture.place_of(chemin), place, "{chemin}");
        }
    }

    #[test]
    fn a_field_of_a_block_not_begun_can_be_reached() {
        let phase = groupe(vec![("debut", requis(7, Genre::Date, ""))]);
        let lecture = read_form(&groupe(vec![("phase", Noeud::Groupe(phase))]));
        for (chemin, place) in [("phase.debut", Some(7)), ("phase", Some(7))] {
            assert_eq!(lecture.place_of(chemin), place, "{chemin}");
        }
    }
}
