//! The page read as a form: its elements become the tree of [`crate::form`].

use crate::dom::{Element, Ranks};
use crate::form::{self, Champ, Groupe, Noeud};
use crate::prelude::*;
use crate::relecture::Relecture;
use crate::saisie::Genre;

/// The elements that make the tree, in the order of the page.
const NOEUDS: &str = "[data-champ],[data-groupe],[data-liste],[data-ligne]";

/// The form, with the element of each field at the rank that the tree gives it. Kept from one key press to the next:
/// what changes is read again, alone.
pub(crate) struct Page {
    /// The tree.
    pub(crate) racine: Groupe,
    /// The fields; those of rows that are gone keep their rank.
    pub(crate) champs: Champs,
}

/// Fields by rank, and the rank of each.
#[derive(Default)]
pub(crate) struct Champs {
    elements: Vec<Element>,
    rangs: Ranks,
}

impl Champs {
    /// How many ranks there are.
    pub(crate) fn len(&self) -> usize {
        self.elements.len()
    }

    /// The field of a rank.
    pub(crate) fn get(&self, rang: usize) -> Option<&Element> {
        self.elements.get(rang)
    }

    /// Gives a field the next rank.
    fn add(&mut self, champ: &Element) -> usize {
        let rang = self.elements.len();
        self.rangs.set(champ, rang);
        self.elements.push(champ.clone());
        rang
    }
}

impl Page {
    /// Reads a field again, and tells `relecture` of it; false where it was not known.
    pub(crate) fn read_again(&mut self, champ: &Element, relecture: &mut Relecture) -> bool {
        let Some(place) = self.champs.rangs.get(champ) else {
            return false;
        };
        let Some((noeud, partie)) = self.racine.at_place(place) else {
            return false;
        };
        *noeud = field_node(champ, place);
        relecture.touch(partie);
        true
    }

    /// Reads a row that has just been put in the page; false where its list was not known.
    pub(crate) fn insert_row(&mut self, ligne: &Element) -> bool {
        let groupe = read_group(&mut Suite::of(ligne), ligne, &mut self.champs);
        let Some((lignes, rang)) = self.rows_of(ligne) else {
            return false;
        };
        if rang > lignes.len() {
            return false;
        }
        lignes.insert(rang, groupe);
        true
    }

    /// Forgets a row that is about to leave the page; false where it was not known.
    pub(crate) fn remove_row(&mut self, ligne: &Element) -> bool {
        match self.rows_of(ligne) {
            Some((lignes, rang)) if rang < lignes.len() => {
                lignes.remove(rang);
                true
            }
            _ => false,
        }
    }

    /// The rows among which a row stands, and its rank there.
    fn rows_of(&mut self, ligne: &Element) -> Option<(&mut Vec<Groupe>, usize)> {
        let rang = ligne.rank();
        let liste = ligne.closest("[data-liste]")?;
        let hote = match liste.closest("[data-ligne]") {
            Some(dehors) => {
                let (lignes, rang) = self.rows_of(&dehors)?;
                lignes.get_mut(rang)?
            }
            None => &mut self.racine,
        };
        Some((hote.rows_mut(&liste.attr("data-liste"))?, rang))
    }
}

/// Elements still to be visited, in the order of the page.
pub(crate) struct Suite(core::iter::Peekable<alloc::vec::IntoIter<Element>>);

impl Suite {
    /// Everything inside an element.
    pub(crate) fn of(hote: &Element) -> Self {
        Self(hote.find_all(NOEUDS).into_iter().peekable())
    }

    /// The next element, if it stands inside this one.
    pub(crate) fn next_in(&mut self, hote: &Element) -> Option<Element> {
        self.0.next_if(|element| hote.contains(element))
    }
}

/// What an element of the tree is, with its key.
pub(crate) enum Role {
    /// `data-champ`.
    Champ(String),
    /// `data-groupe`.
    Groupe(String),
    /// `data-liste`.
    Liste(String),
}

impl Role {
    /// The role written on the element; none for a row.
    pub(crate) fn of(element: &Element) -> Option<Self> {
        let key = |nom| Some(element.attr(nom)).filter(|cle| !cle.is_empty());
        key("data-champ")
            .map(Self::Champ)
            .or_else(|| key("data-groupe").map(Self::Groupe))
            .or_else(|| key("data-liste").map(Self::Liste))
    }
}

/// Reads every field inside an element.
pub(crate) fn read_page(hote: &Element) -> Page {
    let mut champs = Champs::default();
    let racine = read_group(&mut Suite::of(hote), hote, &mut champs);
    Page { racine, champs }
}

/// A row alone, as it was typed, without its identifier.
pub(crate) fn copy_row(ligne: &Element) -> String {
    let mut groupe = read_group(&mut Suite::of(ligne), ligne, &mut Champs::default());
    groupe.id = None;
    form::snapshot(&groupe)
}

fn read_group(suite: &mut Suite, hote: &Element, champs: &mut Champs) -> Groupe {
    let mut membres = Vec::new();
    while let Some(element) = suite.next_in(hote) {
        match Role::of(&element) {
            Some(Role::Champ(cle)) => membres.push((cle, read_field(&element, champs))),
            Some(Role::Groupe(cle)) => {
                membres.push((cle, Noeud::Groupe(read_group(suite, &element, champs))));
            }
            Some(Role::Liste(cle)) => membres.push((cle, read_list(suite, &element, champs))),
            None => {}
        }
    }
    let id = Some(hote.attr("data-id")).filter(|id| !id.is_empty());
    Groupe {
        id,
        reste: hote.attr("data-reste"),
        membres,
    }
}

fn read_list(suite: &mut Suite, liste: &Element, champs: &mut Champs) -> Noeud {
    let mut lignes = Vec::new();
    while let Some(ligne) = suite.next_in(liste) {
        lignes.push(read_group(suite, &ligne, champs));
    }
    if lignes.is_empty() && liste.has_attr("data-aucun") {
        return Noeud::Aucun;
    }
    Noeud::Liste(lignes)
}

fn read_field(element: &Element, champs: &mut Champs) -> Noeud {
    field_node(element, champs.add(element))
}

fn field_node(element: &Element, place: usize) -> Noeud {
    let genre = element.attr("data-type");
    if genre == "entites" {
        let ids = ticked(element);
        return Noeud::Entites { place, ids };
    }
    let genre = Genre::from_name(&genre).unwrap_or(Genre::Texte);
    let texte = raw_value(element, genre);
    let requis = required(element, genre, &texte);
    Noeud::Champ(Champ::new(place, genre, texte, requis))
}

/// What a field holds; `true` or `false` for a box.
fn raw_value(element: &Element, genre: Genre) -> String {
    if genre == Genre::Booleen {
        return if element.is_checked() {
            "true"
        } else {
            "false"
        }
        .into();
    }
    element.value()
}

/// What to say of a blank field that may not be; asked for blank ones only, which are few.
fn required(element: &Element, genre: Genre, texte: &str) -> Option<String> {
    if !genre.is_blank(texte) {
        return None;
    }
    Some(element.attr("data-requis")).filter(|message| !message.is_empty())
}

/// The entities ticked in a group of boxes.
pub(crate) fn ticked(cases: &Element) -> Vec<String> {
    cases
        .find_all("input:checked")
        .iter()
        .map(|case| case.attr("value"))
        .collect()
}
