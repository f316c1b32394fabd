//! Parts of the form that are asked only where another answer calls for them (`data-si`), and lists said to be empty.

use crate::dom::Element;
use crate::prelude::*;
use crate::rows::is_used;

/// Shows what the answers call for, inside an element. What is filled in is never hidden.
pub(crate) fn apply(hote: &Element, dossier: &Element) {
    for element in hote.find_all("[data-si]") {
        let demande = is_asked(&element, dossier);
        element.set_hidden(!demande && !is_used(&element));
    }
}

/// After an answer: the row or the block that it stands in, or the whole form where others depend on it.
pub(crate) fn after_answer(champ: &Element, dossier: &Element) {
    match champ.closest("[data-ligne]") {
        Some(ligne) => apply(&ligne, dossier),
        None => apply(dossier, dossier),
    }
}

/// `nature=rh|abonnement`, `nature!=rh`: the value of the nearest field of that key, among those or not.
fn is_asked(element: &Element, dossier: &Element) -> bool {
    let condition = element.attr("data-si");
    let Some((cle, valeurs)) = condition.split_once('=') else {
        return true;
    };
    let (cle, attendue) = match cle.strip_suffix('!') {
        Some(cle) => (cle, false),
        None => (cle, true),
    };
    let champ = ["[data-champ=", cle, "]"].concat();
    let proche = element.closest("[data-ligne],[data-groupe]");
    let proche = proche.and_then(|groupe| groupe.find(&champ));
    let valeur = proche
        .or_else(|| dossier.find(&champ))
        .map_or_else(String::new, |champ| champ.value());
    valeurs.split('|').any(|autre| autre == valeur) == attendue
}

/// Notes on its list that the box « none » was ticked, or no longer is; whether the element is such a box.
pub(crate) fn note_none(case: &Element, dossier: &Element) -> bool {
    let liste = list_of(case, dossier);
    if let Some(liste) = &liste {
        liste.toggle_attr("data-aucun", case.is_checked());
    }
    liste.is_some()
}

/// Ticks the boxes « none » as their lists say, and hides them where the list has rows.
pub(crate) fn show_none(dossier: &Element) {
    for case in dossier.find_all("[data-aucun-de]") {
        let Some(liste) = list_of(&case, dossier) else {
            continue;
        };
        let vide = liste.children().is_empty();
        case.set_checked(vide && liste.has_attr("data-aucun"));
        if let Some(bloc) = case.closest(".champ-case") {
            bloc.set_hidden(!vide);
        }
    }
}

fn list_of(case: &Element, dossier: &Element) -> Option<Element> {
    let cle = case.attr("data-aucun-de");
    if cle.is_empty() {
        return None;
    }
    dossier.find(&["[data-liste=", &cle, "]"].concat())
}
