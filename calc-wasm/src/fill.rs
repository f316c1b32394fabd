//! A dossier written into the page; what the page does not show is kept aside on the element that holds it.

use crate::dom::{Absent, Element};
use crate::prelude::*;
use crate::rows::{self, Compteur};
use crate::saisie::{self, Genre};
use crate::texte::object_text;
use crate::walk::{Role, Suite};
use calc_core::json::Json;

/// The members of an object, taken one after the other.
pub(crate) type Membres<'a> = Vec<crate::texte::Membre<'a>>;

/// Writes an object into the fields of an element.
///
/// # Errors
/// [`Absent`] when a template is missing.
pub(crate) fn fill(hote: &Element, objet: Membres, compteur: &mut Compteur) -> Result<(), Absent> {
    for liste in hote.find_all("[data-liste]") {
        liste.children().iter().for_each(Element::remove);
    }
    fill_group(&mut Suite::of(hote), hote, objet, compteur)
}

fn fill_group(
    suite: &mut Suite,
    hote: &Element,
    mut objet: Membres,
    compteur: &mut Compteur,
) -> Result<(), Absent> {
    while let Some(element) = suite.next_in(hote) {
        match Role::of(&element) {
            Some(Role::Champ(cle)) => fill_field(&element, &take(&mut objet, &cle)),
            Some(Role::Groupe(cle)) => {
                fill_group(suite, &element, members(take(&mut objet, &cle)), compteur)?;
            }
            Some(Role::Liste(cle)) => fill_list(&element, take(&mut objet, &cle), compteur)?,
            None => {}
        }
    }
    if objet.is_empty() {
        hote.toggle_attr("data-reste", false);
    } else {
        hote.set_attr("data-reste", &object_text(&objet));
    }
    Ok(())
}

/// Takes a member out of an object; null where it has none.
fn take<'a>(objet: &mut Membres<'a>, cle: &str) -> Json<'a> {
    match objet.iter().position(|(nom, _)| nom == cle) {
        Some(rang) => objet.remove(rang).1,
        None => Json::Nul,
    }
}

/// The members of a value that is an object; none otherwise.
pub(crate) fn members(valeur: Json) -> Membres {
    match valeur {
        Json::Objet(membres) => membres,
        _ => Vec::new(),
    }
}

/// Adds to a list a row that holds an object.
///
/// # Errors
/// [`Absent`] when a template is missing.
pub(crate) fn add_filled(
    liste: &Element,
    objet: Membres,
    compteur: &mut Compteur,
) -> Result<Element, Absent> {
    let ligne = rows::add_row(liste, compteur)?;
    fill_group(&mut Suite::of(&ligne), &ligne, objet, compteur)?;
    Ok(ligne)
}

fn fill_list(liste: &Element, valeur: Json, compteur: &mut Compteur) -> Result<(), Absent> {
    liste.toggle_attr(
        "data-aucun",
        valeur.liste().is_empty() && valeur != Json::Nul,
    );
    let Json::Liste(lignes) = valeur else {
        return Ok(());
    };
    for valeur in lignes {
        let mut objet = members(valeur);
        let ligne = rows::add_row(liste, compteur)?;
        if ligne.has_attr("data-id")
            && let Json::Texte(id) = take(&mut objet, "id")
        {
            ligne.set_attr("data-id", &id);
        }
        fill_group(&mut Suite::of(&ligne), &ligne, objet, compteur)?;
    }
    Ok(())
}

fn fill_field(champ: &Element, valeur: &Json) {
    let genre = champ.attr("data-type");
    if genre == "entites" {
        return tick(champ, valeur.liste());
    }
    match Genre::from_name(&genre).unwrap_or(Genre::Texte) {
        Genre::Booleen => champ.set_checked(*valeur == Json::Booleen(true)),
        genre => champ.set_value(&saisie::show(genre, valeur)),
    }
}

fn tick(cases: &Element, ids: &[Json]) {
    for case in cases.find_all("input") {
        let cochee = ids.iter().any(|id| id.texte() == Some(&case.attr("value")));
        case.set_checked(cochee);
    }
}
