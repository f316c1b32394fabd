//! Rows added, copied, sorted and taken out, each with the way back.

use crate::app::App;
use crate::compris::say_dates;
use crate::conditions;
use crate::dates;
use crate::dom::{Absent, Element};
use crate::fill;
use crate::prelude::*;
use crate::rows;
use crate::walk::{self, Page};
use calc_core::json;

/// The last change of rows, which can be undone.
pub(crate) enum Retour {
    /// A row taken out.
    Retrait {
        ligne: Element,
        liste: Element,
        suivante: Option<Element>,
        /// The groups of boxes where it was ticked, if it is an entity.
        cochee_dans: Vec<Element>,
    },
    /// A row copied.
    Copie { ligne: Element },
    /// Rows brought from a spreadsheet: the form before, as it was typed.
    Import(String),
    /// Rows sorted: their order before.
    Tri { liste: Element, avant: Vec<Element> },
}

/// Adds an empty row and leads to it.
///
/// # Errors
/// [`Absent`] when a template is missing.
pub(crate) fn add(app: &App, bouton: &Element) -> Result<(), Absent> {
    let Some(liste) = list_of(bouton) else {
        return Ok(());
    };
    let ligne = rows::add_row(&liste, &mut app.compteur.borrow_mut())?;
    after(app, &liste, &|page| page.insert_row(&ligne), "", None);
    focus_row(&ligne);
    Ok(())
}

/// Adds a copy of a row at the end of its list and leads to it.
///
/// # Errors
/// [`Absent`] when a template is missing.
pub(crate) fn duplicate(app: &App, bouton: &Element) -> Result<(), Absent> {
    let Some((ligne, liste)) = row_of(bouton) else {
        return Ok(());
    };
    let texte = walk::copy_row(&ligne);
    let Ok(arbre) = json::lire(&texte) else {
        return Ok(());
    };
    let objet = fill::members(arbre);
    let copie = fill::add_filled(&liste, objet, &mut app.compteur.borrow_mut())?;
    // Two audits of a day would be refused: the copy waits for its own date.
    let sans_date = liste.attr("data-liste") == "audits";
    if sans_date && let Some(date) = rows::first_field(&copie) {
        date.set_value("");
    }
    rows::name_rows(&copie);
    say_dates(&copie);
    let fin = if sans_date { ", sans sa date." } else { "." };
    let message = [&name_of(&ligne), "\u{a0}: copie ajoutée à la fin", fin].concat();
    let retour = Retour::Copie {
        ligne: copie.clone(),
    };
    after(
        app,
        &liste,
        &|page| page.insert_row(&copie),
        &message,
        Some(retour),
    );
    focus_row(&copie);
    Ok(())
}

/// Takes a row out; the focus goes to its neighbour.
pub(crate) fn remove(app: &App, bouton: &Element) {
    let Some((ligne, liste)) = row_of(bouton) else {
        return;
    };
    let message = [&name_of(&ligne), "\u{a0}: retiré de la saisie."].concat();
    let suite = rows::neighbour(&ligne);
    let retour = Retour::Retrait {
        suivante: ligne.next(),
        cochee_dans: boxes_ticked_for(app, &ligne, &liste),
        ligne: ligne.clone(),
        liste: liste.clone(),
    };
    let connue = app.forget_row(&ligne);
    ligne.remove();
    after(app, &liste, &|_| connue, &message, Some(retour));
    if let Some(suite) = suite {
        suite.focus();
    }
}

/// Sorts the rows of a list by what names them: dates, else names; rows without name last.
pub(crate) fn sort(app: &App, bouton: &Element) {
    let Some(liste) = list_of(bouton) else { return };
    let avant = liste.children();
    let mut lignes: Vec<(String, Element)> = avant
        .iter()
        .map(|ligne| (sort_key(ligne), ligne.clone()))
        .collect();
    insertion_sort(&mut lignes);
    for (_, ligne) in &lignes {
        liste.append(ligne);
    }
    let retour = Retour::Tri {
        liste: liste.clone(),
        avant,
    };
    after(app, &liste, &|_| false, "Liste triée.", Some(retour));
}

/// Undoes the last change of rows.
pub(crate) fn undo(app: &App) {
    let retour = app.actions.borrow_mut().retour.take();
    match retour {
        None => {}
        Some(Retour::Copie { ligne }) => {
            let Some(liste) = ligne.closest("[data-liste]") else {
                return;
            };
            let suite = rows::neighbour(&ligne);
            ligne.remove();
            after(app, &liste, &|_| false, "Copie retirée.", None);
            if let Some(suite) = suite {
                suite.focus();
            }
        }
        Some(Retour::Import(avant)) => {
            if let Err(absent) = put_back(app, &avant) {
                absent.report();
            }
        }
        Some(Retour::Tri { liste, avant }) => {
            for ligne in &avant {
                liste.append(ligne);
            }
            after(app, &liste, &|_| false, "Ordre d’avant rétabli.", None);
            if let Some(ligne) = avant.first() {
                focus_row(ligne);
            }
        }
        Some(Retour::Retrait {
            ligne,
            liste,
            suivante,
            cochee_dans,
        }) => {
            liste.insert(&ligne, suivante.as_ref());
            after(app, &liste, &|_| false, "", None);
            let case = ["input[value=\"", &ligne.attr("data-id"), "\"]"].concat();
            for case in cochee_dans.iter().filter_map(|cases| cases.find(&case)) {
                case.set_checked(true);
            }
            focus_row(&ligne);
        }
    }
}

/// Fills the form again with what it held.
fn put_back(app: &App, avant: &str) -> Result<(), Absent> {
    let Ok(arbre) = json::lire(avant) else {
        return Ok(());
    };
    let objet = fill::members(arbre);
    fill::fill(&app.dossier, objet, &mut app.compteur.borrow_mut())?;
    app.rows_moved();
    app.redraw_form();
    app.set_modified(true);
    app.refresh_all();
    app.actions
        .borrow_mut()
        .say("Lignes retirées\u{a0}: la saisie est celle d’avant.");
    Ok(())
}

/// `note` tells the form as it is known what changed; false where it cannot.
fn after(
    app: &App,
    liste: &Element,
    note: &dyn Fn(&mut Page) -> bool,
    message: &str,
    retour: Option<Retour>,
) {
    let entites = liste.attr("data-liste") == "entites";
    if entites {
        app.sync_entities();
    }
    rows::name_list(liste);
    conditions::apply(liste, &app.dossier);
    conditions::show_none(&app.dossier);
    app.set_modified(true);
    app.rows_moved();
    // Boxes went with an entity, or came back.
    app.plan_change(&|page| note(page) && !entites);
    let mut memoire = app.actions.borrow_mut();
    memoire.retour = retour;
    memoire.say(message);
}

/// The list that a button stands under.
fn list_of(bouton: &Element) -> Option<Element> {
    bouton.closest("[data-bloc]")?.find("[data-liste]")
}

fn row_of(bouton: &Element) -> Option<(Element, Element)> {
    let ligne = bouton.closest("[data-ligne]")?;
    let liste = ligne.closest("[data-liste]")?;
    Some((ligne, liste))
}

fn name_of(ligne: &Element) -> String {
    ligne
        .find("[data-nom]")
        .map_or_else(String::new, |nom| nom.text())
}

fn focus_row(ligne: &Element) {
    if let Some(champ) = rows::first_field(ligne) {
        champ.focus();
    }
}

fn boxes_ticked_for(app: &App, ligne: &Element, liste: &Element) -> Vec<Element> {
    if liste.attr("data-liste") != "entites" {
        return Vec::new();
    }
    let id = ligne.attr("data-id");
    let groupes = app.dossier.find_all("[data-type=entites]");
    groupes
        .into_iter()
        .filter(|cases| walk::ticked(cases).contains(&id))
        .collect()
}

/// Dates in the order of the calendar, names in that of the alphabet, what is empty at the end.
fn sort_key(ligne: &Element) -> String {
    let champ = ligne.find(&["[data-champ=", &ligne.attr("data-nommee-par"), "]"].concat());
    let texte = champ.map_or_else(String::new, |champ| champ.value());
    key_of(&texte)
}

fn key_of(texte: &str) -> String {
    let texte = texte.trim();
    if texte.is_empty() {
        return "\u{10ffff}".into();
    }
    dates::read_date(texte).map_or_else(|_| crate::texte::folded(texte), dates::iso)
}

/// Lists are short, and this sort weighs nothing.
fn insertion_sort<T>(lignes: &mut [(String, T)]) {
    for fin in 1..lignes.len() {
        let mut place = fin;
        while place > 0 && lignes[place].0 < lignes[place - 1].0 {
            lignes.swap(place, place - 1);
            place -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_by_day_else_by_name() {
        let mut lignes: Vec<(String, usize)> = ["3 juin 2026", "", "01/04/2026", "2026-04-02"]
            .iter()
            .enumerate()
            .map(|(rang, texte)| (key_of(texte), rang))
            .collect();
        insertion_sort(&mut lignes);
        let ordre: Vec<usize> = lignes.iter().map(|(_, rang)| *rang).collect();
        assert_eq!(ordre, [2, 3, 0, 1]);
        assert!(key_of("Élan") < key_of("Foix"));
    }
}
