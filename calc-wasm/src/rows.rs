//! Rows that come and go: copies of a template, each with ids of its own, and the entities' boxes kept in step.

use crate::dom::{self, Absent, Element};
use crate::noms::row_name;
use crate::prelude::*;
use crate::saisie::Genre;
use crate::texte::cut;
use crate::walk;

/// Numbers the rows made since the page was opened: never given twice.
#[derive(Debug, Default)]
pub(crate) struct Compteur(u32);

impl Compteur {
    fn next(&mut self) -> String {
        self.0 += 1;
        self.0.to_string()
    }
}

/// Adds a row at the end of a list.
///
/// # Errors
/// [`Absent`] when the list's template is missing.
pub(crate) fn add_row(liste: &Element, compteur: &mut Compteur) -> Result<Element, Absent> {
    let ligne = dom::clone_template(&liste.attr("data-modele-de-ligne"))?;
    number_ids(&ligne, &compteur.next());
    let prefixe = liste.attr("data-prefixe");
    if !prefixe.is_empty() {
        ligne.set_attr("data-id", &free_id(liste, &prefixe, compteur));
    }
    liste.append(&ligne);
    sync_entities(&ligne, compteur)?;
    Ok(ligne)
}

/// Replaces the `__` of a template's ids, and of what points to them, by the number of the copy.
fn number_ids(ligne: &Element, numero: &str) {
    for attribut in ["id", "for", "aria-describedby", "aria-labelledby", "href"] {
        for element in ligne.find_all(&["[", attribut, "*=__]"].concat()) {
            element.set_attr(attribut, &fill(&element.attr(attribut), numero));
        }
    }
    if cut(&ligne.attr("id"), "__").is_some() {
        ligne.set_attr("id", &fill(&ligne.attr("id"), numero));
    }
}

fn fill(modele: &str, numero: &str) -> String {
    let Some((avant, apres)) = cut(modele, "__") else {
        return modele.into();
    };
    [avant, numero, &fill(apres, numero)].concat()
}

/// An identifier that no row of the list has.
fn free_id(liste: &Element, prefixe: &str, compteur: &mut Compteur) -> String {
    loop {
        let id = [prefixe, &compteur.next()].concat();
        if liste
            .children()
            .iter()
            .all(|ligne| ligne.attr("data-id") != id)
        {
            return id;
        }
    }
}

/// Where the focus goes once a row is gone: the row after, else the row before, else the button that adds one.
pub(crate) fn neighbour(ligne: &Element) -> Option<Element> {
    let voisine = ligne.next().or_else(|| ligne.previous());
    voisine.and_then(|ligne| first_field(&ligne)).or_else(|| {
        ligne
            .closest("[data-bloc]")?
            .find_all("[data-action=ajouter]")
            .pop()
    })
}

/// The first field of a row.
pub(crate) fn first_field(ligne: &Element) -> Option<Element> {
    ligne.find("[data-champ]")
}

/// Whether a part of the form holds a row, or a field that is filled in.
pub(crate) fn is_used(hote: &Element) -> bool {
    hote.find("[data-ligne]").is_some()
        || hote
            .find_all("[data-champ]")
            .iter()
            .any(|champ| !champ.value().trim().is_empty())
}

/// Names every row of the page after what it holds, in its heading and on its buttons.
pub(crate) fn name_rows(hote: &Element) {
    hote.find_all("[data-liste]").iter().for_each(name_list);
}

/// Names every row of a list, and says whether there is none.
pub(crate) fn name_list(liste: &Element) {
    let lignes = liste.children();
    for (rang, ligne) in (1..).zip(&lignes) {
        name_row(ligne, rang);
    }
    let bloc = liste.closest("[data-bloc]");
    if let Some(vide) = bloc.and_then(|bloc| bloc.find("[data-vide]")) {
        vide.set_hidden(!lignes.is_empty());
    }
}

/// Names its row again when the field is the one that names it; whether it is.
pub(crate) fn name_row_of(champ: &Element) -> bool {
    let Some(ligne) = champ.closest("[data-ligne]") else {
        return false;
    };
    let nomme = ligne.attr("data-nommee-par") == champ.attr("data-champ");
    if nomme {
        name_row(&ligne, ligne.rank() + 1);
    }
    nomme
}

/// Calls an entity by its new name wherever it can be ticked or chosen.
pub(crate) fn rename_entity(dossier: &Element, champ: &Element) {
    let Some(ligne) = champ.closest("[data-ligne]") else {
        return;
    };
    let nom = entity_name(&champ.value(), ligne.rank() + 1);
    let valeur = ["[value=\"", &ligne.attr("data-id"), "\"]"].concat();
    for case in dossier.find_all(&["[data-case] > ", &valeur].concat()) {
        if let Some(texte) = case.next() {
            texte.set_text(&nom);
        }
    }
    for option in dossier.find_all(&["[data-option]", &valeur].concat()) {
        option.set_text(&nom);
    }
}

fn name_row(ligne: &Element, rang: usize) {
    let champ = ligne.find(&["[data-champ=", &ligne.attr("data-nommee-par"), "]"].concat());
    let (genre, texte) = champ.map_or((Genre::Texte, String::new()), |champ| {
        (
            Genre::from_name(&champ.attr("data-type")).unwrap_or(Genre::Texte),
            champ.value(),
        )
    });
    for nom in ligne.find_all("[data-nom]") {
        if nom.closest("[data-ligne]").as_ref() == Some(ligne) {
            nom.set_text(&row_name(&nom.attr("data-nom"), genre, &texte, rang));
        }
    }
}

/// An entity that boxes can name.
pub(crate) struct Entite {
    pub(crate) id: String,
    pub(crate) nom: String,
}

/// The entities of the page, in order.
pub(crate) fn entities() -> Vec<Entite> {
    let Ok(liste) = dom::need("[data-liste=entites]") else {
        return Vec::new();
    };
    let name = |ligne: &Element| {
        ligne
            .find("[data-champ=nom]")
            .map_or_else(String::new, |champ| champ.value())
    };
    (1..)
        .zip(liste.children())
        .map(|(rang, ligne)| Entite {
            id: ligne.attr("data-id"),
            nom: entity_name(&name(&ligne), rang),
        })
        .collect()
}

fn entity_name(nom: &str, rang: usize) -> String {
    if nom.trim().is_empty() {
        ["Entité ", &rang.to_string()].concat()
    } else {
        nom.trim().into()
    }
}

/// Gives every group of boxes one box per entity, and every choice of an entity one option; what was chosen stays.
///
/// # Errors
/// [`Absent`] when a template is missing.
pub(crate) fn sync_entities(hote: &Element, compteur: &mut Compteur) -> Result<(), Absent> {
    if hote
        .find("[data-type=entites],[data-type=entite]")
        .is_none()
    {
        return Ok(());
    }
    let entites = entities();
    for cases in hote.find_all("[data-type=entites]") {
        sync_boxes(&cases, &entites, compteur)?;
    }
    for choix in hote.find_all("[data-type=entite]") {
        sync_options(&choix, &entites)?;
    }
    Ok(())
}

/// The first option, which means no answer, is the page's own.
fn sync_options(choix: &Element, entites: &[Entite]) -> Result<(), Absent> {
    let choisie = choix.value();
    choix.remove_all("[data-option]");
    for entite in entites {
        let option = dom::clone_template("option-entite")?;
        option.set_attr("value", &entite.id);
        option.set_text(&entite.nom);
        choix.append(&option);
    }
    choix.set_value(&choisie);
    Ok(())
}

fn sync_boxes(cases: &Element, entites: &[Entite], compteur: &mut Compteur) -> Result<(), Absent> {
    let cochees = walk::ticked(cases);
    let connues = cases.find_all("[data-case]");
    if let Some(bloc) = cases.closest("[data-enveloppe]") {
        toggle(&bloc, "[data-sans-entite]", entites.is_empty());
        toggle(&bloc, "[data-action=toutes]", entites.len() > 1);
    }
    if connues.len() != entites.len() {
        cases.remove_all("[data-case]");
        for _ in entites {
            let case = dom::clone_template("case")?;
            number_ids(&case, &compteur.next());
            cases.append(&case);
        }
    }
    for (case, entite) in cases.find_all("[data-case]").iter().zip(entites) {
        let coche = case.need("input")?;
        coche.set_attr("value", &entite.id);
        coche.set_checked(cochees.contains(&entite.id));
        case.need("[data-texte]")?.set_text(&entite.nom);
    }
    Ok(())
}

fn toggle(bloc: &Element, selecteur: &str, visible: bool) {
    if let Some(element) = bloc.find(selecteur) {
        element.set_hidden(!visible);
    }
}
