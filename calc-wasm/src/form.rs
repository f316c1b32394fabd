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
    requis: Option<String>,
    /// What was typed, read once: a key press reads one field, not hundreds.
    lu: Result<Option<String>, String>,
}

impl Champ {
    /// A field as it was typed.
    pub(crate) fn new(place: usize, genre: Genre, texte: String, requis: Option<String>) -> Self {
        let lu = saisie::read(genre, &texte);
        Self {
            place,
            genre,
            texte,
            requis,
            lu,
        }
    }
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
    /// Whether fields are written as they were typed, rows being begun included.
    brut: bool,
}

/// Reads the whole form. A list row without identifier in which nothing was typed is a row being begun: it is left out.
pub(crate) fn read_form(racine: &Groupe) -> Lecture {
    let mut lecture = Lecture::default();
    lecture.group(racine);
    lecture
}

/// A part of the form that can be read without the rest: a member of the dossier, or one row of a list that gives ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Partie {
    membre: usize,
    ligne: Option<usize>,
}

/// Reads a part of the form: what [`read_form`] would write of it, alone in an object, and its faults; its key and the
/// rank of its row. None where there is no such part.
pub(crate) fn read_part(racine: &Groupe, partie: Partie) -> Option<(Lecture, &str, Option<usize>)> {
    let (cle, noeud) = racine.membres.get(partie.membre)?;
    let mut lecture = Lecture {
        json: "{".into(),
        ..Lecture::default()
    };
    match (noeud, partie.ligne) {
        (Noeud::Liste(lignes), Some(ligne)) => {
            lecture.key(cle);
            lecture.json.push('[');
            lecture.group(lignes.get(ligne)?);
            lecture.json.push(']');
        }
        _ => lecture.member(cle, noeud),
    }
    lecture.json.push('}');
    Some((lecture, cle, partie.ligne))
}

/// The form as it was typed, finished or not, as an object that [`crate::fill`] writes back.
pub(crate) fn snapshot(racine: &Groupe) -> String {
    let mut lecture = Lecture {
        brut: true,
        ..Lecture::default()
    };
    lecture.group(racine);
    lecture.json
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

    /// The field itself, else the first field inside.
    fn first_place(&self) -> Option<usize> {
        match self {
            Self::Champ(champ) => Some(champ.place),
            Self::Entites { place, .. } => Some(*place),
            Self::Groupe(groupe) => groupe.first_place(),
            Self::Liste(lignes) => lignes
                .iter()
                .find(|ligne| !ligne.is_blank())
                .and_then(Groupe::first_place),
            Self::Aucun => None,
        }
    }

    /// The node of that place: a field, or a group of boxes.
    fn at(&mut self, place: usize) -> Option<&mut Self> {
        let ici = match self {
            Self::Champ(champ) => champ.place == place,
            Self::Entites { place: autre, .. } => *autre == place,
            _ => false,
        };
        match self {
            _ if ici => Some(self),
            Self::Groupe(groupe) => groupe.at(place),
            Self::Liste(lignes) => lignes.iter_mut().find_map(|ligne| ligne.at(place)),
            _ => None,
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

    /// The node of that place, to be replaced by what it has become.
    fn at(&mut self, place: usize) -> Option<&mut Noeud> {
        self.membres
            .iter_mut()
            .find_map(|(_, noeud)| noeud.at(place))
    }

    /// The same in a form, with the part that it belongs to, if it is of one.
    pub(crate) fn at_place(&mut self, place: usize) -> Option<(&mut Noeud, Option<Partie>)> {
        for (membre, (_, noeud)) in self.membres.iter_mut().enumerate() {
            let Noeud::Liste(lignes) = noeud else {
                if let Some(trouve) = noeud.at(place) {
                    let ligne = None;
                    return Some((trouve, Some(Partie { membre, ligne })));
                }
                continue;
            };
            for (rang, ligne) in lignes.iter_mut().enumerate() {
                let partie = ligne.id.is_some().then_some(Partie {
                    membre,
                    ligne: Some(rang),
                });
                if let Some(trouve) = ligne.at(place) {
                    return Some((trouve, partie));
                }
            }
        }
        None
    }

    /// The rows of the list of that key, here or in a group of here; none where it was said to be empty.
    pub(crate) fn rows_mut(&mut self, liste: &str) -> Option<&mut Vec<Self>> {
        self.membres
            .iter_mut()
            .find_map(|(cle, noeud)| match noeud {
                Noeud::Liste(lignes) if cle == liste => Some(lignes),
                Noeud::Groupe(groupe) => groupe.rows_mut(liste),
                _ => None,
            })
    }

    fn first_place(&self) -> Option<usize> {
        self.membres
            .iter()
            .find_map(|(_, noeud)| noeud.first_place())
    }

    /// The field that a path of the dossier leads to (`annuaires[0].audits[1].date`): the field itself, else
    /// the first field of the object named, else those of its parent.
    pub(crate) fn place_of(&self, chemin: &str) -> Option<usize> {
        let parent = chemin.rfind(['.', '[']).and_then(|fin| chemin.get(..fin));
        self.place_at(chemin).or_else(|| self.place_at(parent?))
    }

    fn place_at(&self, chemin: &str) -> Option<usize> {
        let fin = chemin.find(['.', '[']).unwrap_or(chemin.len());
        let (cle, suite) = (chemin.get(..fin)?, chemin.get(fin..)?);
        let (_, noeud) = self.membres.iter().find(|(autre, _)| autre == cle)?;
        match (noeud, suite.strip_prefix('[')) {
            (_, None) if suite.is_empty() => noeud.first_place(),
            (Noeud::Groupe(groupe), None) => groupe.place_at(suite.strip_prefix('.')?),
            (Noeud::Liste(lignes), Some(suite)) => {
                let (rang, suite) = suite.split_once(']')?;
                let rang = rang.parse().ok()?;
                let mut lignes = lignes.iter().filter(|ligne| !ligne.is_blank());
                let ligne = lignes.nth(rang)?;
                match suite.strip_prefix('.') {
                    Some(suite) => ligne.place_at(suite),
                    None => ligne.first_place(),
                }
            }
            _ => None,
        }
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

impl Lecture {
    fn group(&mut self, groupe: &Groupe) {
        self.json.push('{');
        if let Some(id) = &groupe.id {
            self.key("id");
            self.json.push_str(&quote(id));
        }
        for (cle, noeud) in &groupe.membres {
            self.member(cle, noeud);
        }
        let reste = inner(&groupe.reste);
        if !reste.is_empty() {
            self.separate();
            self.json.push_str(reste);
        }
        self.json.push('}');
    }

    fn member(&mut self, cle: &str, noeud: &Noeud) {
        let (debut, fautes) = (self.json.len(), self.fautes.len());
        self.key(cle);
        if !self.node(noeud) {
            self.json.truncate(debut);
            // A block not begun misses nothing.
            if matches!(noeud, Noeud::Groupe(_)) {
                self.fautes.truncate(fautes);
            }
        }
    }

    fn key(&mut self, cle: &str) {
        self.separate();
        self.json.push('"');
        self.json.push_str(cle);
        self.json.push_str("\":");
    }

    fn separate(&mut self) {
        if !self.json.ends_with(['{', '[']) {
            self.json.push(',');
        }
    }

    /// Writes the value of a node; false where it is to be left out of the dossier.
    fn node(&mut self, noeud: &Noeud) -> bool {
        match noeud {
            Noeud::Champ(champ) => self.field(champ),
            Noeud::Entites { ids, .. } => {
                self.json.push('[');
                for id in ids {
                    self.separate();
                    self.json.push_str(&quote(id));
                }
                self.json.push(']');
                true
            }
            Noeud::Groupe(groupe) => {
                self.group(groupe);
                !groupe.is_blank()
            }
            Noeud::Liste(lignes) => self.list(lignes),
            Noeud::Aucun => {
                self.json.push_str("[]");
                true
            }
        }
    }

    fn field(&mut self, champ: &Champ) -> bool {
        if self.brut {
            if champ.genre == Genre::Booleen {
                self.json.push_str(&champ.texte);
            } else {
                self.json.push_str(&quote(&champ.texte));
            }
            return !champ.genre.is_blank(&champ.texte);
        }
        let (message, manquant) = match (&champ.lu, &champ.requis) {
            (Err(message), _) => (message, false),
            (Ok(None), Some(message)) => (message, true),
            (Ok(None), None) => return false,
            (Ok(Some(valeur)), _) => {
                self.json.push_str(valeur);
                return true;
            }
        };
        self.fautes.push(Faute {
            place: Some(champ.place),
            message: message.clone(),
            manquant,
        });
        false
    }

    fn list(&mut self, lignes: &[Groupe]) -> bool {
        let debut = self.json.len() + 1;
        self.json.push('[');
        for ligne in lignes {
            if self.brut || !ligne.is_blank() {
                self.separate();
                self.group(ligne);
            }
        }
        let pleine = self.json.len() > debut;
        self.json.push(']');
        pleine
    }
}

#[cfg(test)]
mod tests;
