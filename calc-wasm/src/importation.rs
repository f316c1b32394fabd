//! The dialog that takes rows from a spreadsheet, pasted or from a file, and gives a table of the form as a file.

use crate::apercu::{self, Apport, count};
use crate::app::App;
use crate::cellule::{Colonne, Sorte};
use crate::collage::{self, Ligne};
use crate::dom::{Absent, Element};
use crate::paint::slot;
use crate::prelude::*;
use crate::rangs::Retour;
use crate::saisie::Genre;
use crate::table::{Table, paths, table_at, table_of};
use crate::tetes::{heads_known, propose};
use crate::{confrontation, csv, emporter, inventaire, rows, walk};
use alloc::rc::Rc;
use alloc::vec;

/// Marks a table that its list chose, not the reader.
const LISTE: &str = "liste";

/// More rows at once are no paste of a dossier.
pub(crate) const MAXIMUM: usize = 400;

/// Listens to the dialog.
///
/// # Errors
/// [`Absent`] when the page lacks the dialog.
pub(crate) fn start(app: &Rc<App>) -> Result<(), Absent> {
    let dialogue = dialog(app)?;
    let moi = Rc::clone(app);
    dialogue.listen("input", move |cible| {
        if let Err(absent) = on_input(&moi, &cible) {
            absent.report();
        }
    });
    let moi = Rc::clone(app);
    dialogue.listen("change", move |cible| {
        if cible.attr("data-role") == "fichier-csv" {
            let moi = Rc::clone(&moi);
            cible.read_table(move |texte| bring(&moi, texte));
        }
    });
    Ok(())
}

fn on_input(app: &App, cible: &Element) -> Result<(), Absent> {
    let dialogue = dialog(app)?;
    let texte = dialogue.need("[data-role=colle]")?.value();
    let ligne = texte.lines().next().unwrap_or_default();
    match &*cible.attr("data-role") {
        "colonne" | "tetes" => {
            apercu::choose(&dialogue, cible, ligne)?;
            return show_read(app);
        }
        "colle" if apercu::is_chosen_for(&dialogue, ligne)? => return show_read(app),
        // A table that was chosen is meant.
        "table" => cible.toggle_attr("data-libre", false),
        _ => {}
    }
    guess_and_show(app)
}

/// Does what a button of the dialog, or one that opens it, says.
///
/// # Errors
/// [`Absent`] when the page lacks an element that the action needs.
pub(crate) fn on_click(app: &Rc<App>, bouton: &Element, action: &str) -> Result<(), Absent> {
    match action {
        "coller" => {
            let bloc = bouton.closest("[data-bloc]");
            match bloc.and_then(|bloc| bloc.find("[data-liste]")) {
                Some(liste) => open_for(app, &liste, ""),
                None => open(app, "", None, ""),
            }
        }
        "choisir-csv" => {
            app.racine.need("[data-role=fichier-csv]")?.click();
            Ok(())
        }
        "exporter-csv" => export(app),
        "prendre" => take(app),
        _ => Ok(()),
    }
}

fn dialog(app: &App) -> Result<Element, Absent> {
    app.racine.need("[data-dialogue=importer]")
}

/// Opens the dialog with what was pasted on the page: on a list of the form, or on the table that its heads name. Once it is
/// open, what is pasted beside its field goes there.
///
/// # Errors
/// [`Absent`] when the page lacks a part of the dialog.
pub(crate) fn paste(app: &Rc<App>, liste: Option<&Element>, texte: &str) -> Result<(), Absent> {
    let dialogue = dialog(app)?;
    if dialogue.has_attr("open") {
        bring(app, Some(texte.into()));
        return Ok(());
    }
    match liste {
        Some(liste) => open_for(app, liste, texte)?,
        None => open(app, "", None, texte)?,
    }
    // Nothing to mend: one key takes it.
    if dialogue.find("[data-fautive]").is_none() {
        dialogue.need("[data-action=prendre]")?.focus();
    }
    Ok(())
}

/// Opens the dialog on the table that a list of the form is, or belongs to.
///
/// # Errors
/// [`Absent`] when the page lacks a part of the dialog.
fn open_for(app: &Rc<App>, liste: &Element, texte: &str) -> Result<(), Absent> {
    let cle = liste.attr("data-liste");
    let Some(ligne) = liste.closest("[data-ligne]") else {
        return open(app, &cle, None, texte);
    };
    let dehors = ligne
        .closest("[data-liste]")
        .map_or_else(String::new, |dehors| dehors.attr("data-liste"));
    open(app, &[&dehors, "/", &*cle].concat(), Some(&ligne), texte)
}

fn open(app: &Rc<App>, table: &str, parent: Option<&Element>, texte: &str) -> Result<(), Absent> {
    let dialogue = dialog(app)?;
    let choix = dialogue.need("[data-role=table]")?;
    let parmi = dialogue.need("[data-role=parmi]")?;
    // Free, or that of the list until the heads of the rows name another one.
    choix.set_attr("data-libre", if table.is_empty() { "" } else { LISTE });
    if !table.is_empty() {
        choix.set_value(table);
    }
    let rang = parent.map_or(0, |ligne| {
        core::iter::successors(ligne.previous(), Element::previous).count()
    });
    parmi.set_hidden(parent.is_none());
    parmi.set_attr("data-rang", &rang.to_string());
    let nom = parent.and_then(|ligne| ligne.find("[data-nom]"));
    parmi.set_text(&nom.map_or_else(String::new, |nom| ["Dans\u{a0}: ", &*nom.text()].concat()));
    let champ = dialogue.need("[data-role=colle]")?;
    champ.set_value(texte);
    dialogue.open_dialog();
    champ.focus();
    guess_and_show(app)
}

/// What was pasted, understood and tried on the dossier.
fn read(app: &App, table: &Table) -> Result<Apport, Absent> {
    let dialogue = dialog(app)?;
    let texte = dialogue.need("[data-role=colle]")?.value();
    let mut venues = csv::read(&texte);
    venues.truncate(MAXIMUM);
    let (colonnes, cible) = (&table.colonnes, table.cible());
    let choisi = apercu::chosen(&dialogue)?;
    let placement = choisi.unwrap_or_else(|| propose(&venues, colonnes));
    let tetes = venues.first().filter(|_| placement.tetes).cloned();
    let mut lignes = collage::understand(venues, colonnes, cible, &placement);
    let page = walk::read_page(&app.dossier);
    let places = page.champs.len();
    confrontation::attempt(page.racine, places, cible, colonnes, &mut lignes);
    Ok(Apport {
        placement,
        tetes: tetes.unwrap_or_default(),
        lignes,
    })
}

/// Where no table was chosen, sets the dialog to the one whose columns the heads of the rows name best. Opened from a list,
/// it leaves it for a table that they name better alone.
fn guess(app: &App) -> Result<(), Absent> {
    let dialogue = dialog(app)?;
    let choix = dialogue.need("[data-role=table]")?;
    if !choix.has_attr("data-libre") {
        return Ok(());
    }
    let lignes = csv::read(&dialogue.need("[data-role=colle]")?.value());
    let known = |chemin: &str| -> Result<usize, Absent> {
        Ok(heads_known(
            &lignes,
            &table_at(app, &dialogue, chemin)?.colonnes,
        ))
    };
    let parmi = dialogue.need("[data-role=parmi]")?;
    let sans_parent = parmi.has_attr("hidden");
    let mut meilleure = (0, None);
    if choix.attr("data-libre") == LISTE {
        meilleure.0 = known(&choix.value())?;
    }
    // Any other table names the directory, or the perimeter, in a column of its own.
    parmi.set_hidden(true);
    for chemin in paths(&dialogue)? {
        let connues = known(&chemin)?;
        if connues > meilleure.0 {
            meilleure = (connues, Some(chemin));
        }
    }
    match meilleure.1 {
        Some(chemin) => choix.set_value(&chemin),
        None => parmi.set_hidden(sans_parent),
    }
    Ok(())
}

/// Looks anew at a text or a table that changed: nothing is left of what was chosen for the former one.
fn guess_and_show(app: &App) -> Result<(), Absent> {
    apercu::forget(&dialog(app)?)?;
    guess(app)?;
    show_read(app)
}

/// Shows what would be taken.
fn show_read(app: &App) -> Result<(), Absent> {
    let dialogue = dialog(app)?;
    let table = table_of(app, &dialogue)?;
    let apport = read(app, &table)?;
    apercu::show(&dialogue, &table.colonnes, &apport)
}

/// Takes the sound rows into the form; those to be mended stay in the dialog.
fn take(app: &Rc<App>) -> Result<(), Absent> {
    let table = table_of(app, &dialog(app)?)?;
    let apport = read(app, &table)?;
    let dialogue = dialog(app)?;
    let (bonnes, fautives): (Vec<&Ligne>, Vec<&Ligne>) =
        apport.lignes.iter().partition(|ligne| ligne.is_sound());
    let avant = app.snapshot();
    let anciennes: Vec<Vec<Element>> = table.listes.iter().map(Element::children).collect();
    for ligne in &bonnes {
        take_row(app, &table, &anciennes, ligne)?;
    }
    app.sync_entities();
    app.rows_moved();
    app.redraw_form();
    app.set_modified(true);
    app.refresh_all();
    let prises = if bonnes.len() < 2 {
        " prise."
    } else {
        " prises."
    };
    let mut memoire = app.actions.borrow_mut();
    memoire.retour = Some(Retour::Import(avant));
    memoire.say(&[&*count(bonnes.len()), prises].concat());
    drop(memoire);
    if fautives.is_empty() {
        dialogue.close_dialog();
    } else {
        dialogue
            .need("[data-role=colle]")?
            .set_value(&left_over(&table.colonnes, &fautives));
        apercu::forget(&dialogue)?;
        show_read(app)?;
    }
    Ok(())
}

fn take_row(
    app: &App,
    table: &Table,
    anciennes: &[Vec<Element>],
    ligne: &Ligne,
) -> Result<(), Absent> {
    let rang = if table.enfant.is_empty() {
        0
    } else {
        ligne.parent
    };
    let Some(liste) = table.listes.get(rang) else {
        return Ok(());
    };
    let ancienne = ligne
        .existante
        .and_then(|place| anciennes.get(rang)?.get(place));
    let element = match ancienne {
        Some(element) => element.clone(),
        None => rows::add_row(liste, &mut app.compteur.borrow_mut())?,
    };
    for (colonne, cellule) in table.colonnes.iter().zip(&ligne.cellules) {
        if colonne.sorte == Sorte::Parent || cellule.valeur.is_empty() {
            continue;
        }
        let champ = element.need(&["[data-champ=", &colonne.cle, "]"].concat())?;
        if colonne.sorte == Sorte::Plusieurs {
            for case in champ.find_all("input") {
                case.set_checked(
                    cellule
                        .valeur
                        .split('\n')
                        .any(|id| id == case.attr("value")),
                );
            }
        } else if colonne.genre == Genre::Booleen {
            champ.set_checked(cellule.valeur == "true");
        } else {
            champ.set_value(&cellule.valeur);
        }
    }
    Ok(())
}

/// The rows to be mended, as a spreadsheet copies them, under the heads of the form's columns, in whose order their cells
/// are by now.
fn left_over(colonnes: &[Colonne], fautives: &[&Ligne]) -> String {
    let tetes: Vec<&str> = colonnes
        .iter()
        .map(|colonne| colonne.libelle.as_str())
        .collect();
    let mut lignes = vec![tetes.join("\t")];
    for ligne in fautives {
        let cellules: Vec<&str> = ligne
            .cellules
            .iter()
            .map(|cellule| cellule.brut.as_str())
            .collect();
        lignes.push(cellules.join("\t"));
    }
    lignes.join("\n")
}

/// Puts the text of a file, or what was pasted beside it, where rows are pasted.
fn bring(app: &App, texte: Option<String>) {
    let shown = dialog(app).and_then(|dialogue| {
        let champ = dialogue.need("[data-role=colle]")?;
        champ.set_value(&texte.unwrap_or_default());
        champ.focus();
        guess_and_show(app)
    });
    if let Err(absent) = shown {
        absent.report();
    }
}

/// Gives the table of the form as a file: its heads, then its rows as they show.
fn export(app: &Rc<App>) -> Result<(), Absent> {
    let table = table_of(app, &dialog(app)?)?;
    let tetes = table.colonnes.iter().map(|colonne| colonne.libelle.clone());
    let mut lignes = vec![tetes.collect::<Vec<_>>()];
    for (rang, liste) in table.listes.iter().enumerate() {
        let seule = table.enfant.is_empty()
            || table
                .colonnes
                .first()
                .is_some_and(|c| c.sorte == Sorte::Parent);
        if !seule && rang != table.parent {
            continue;
        }
        for element in liste.children() {
            lignes.push(
                table
                    .colonnes
                    .iter()
                    .map(|colonne| exported(colonne, &element, rang))
                    .collect(),
            );
        }
    }
    let nom = [
        "care-",
        &*table.liste.replace('/', "-"),
        if table.enfant.is_empty() { "" } else { "-" },
        &table.enfant,
        ".csv",
    ]
    .concat();
    emporter::hand_over(app, &nom, "text/csv;charset=utf-8", &csv::write(&lignes));
    slot(
        &dialog(app)?,
        "bilan",
        &["Enregistré dans le fichier ", &*nom, "."].concat(),
    )
}

fn exported(colonne: &Colonne, ligne: &Element, parent: usize) -> String {
    if colonne.sorte == Sorte::Parent {
        return colonne
            .choix
            .get(parent)
            .map_or_else(String::new, |(_, nom)| nom.clone());
    }
    let Some(champ) = ligne.find(&["[data-champ=", &colonne.cle, "]"].concat()) else {
        return String::new();
    };
    match (colonne.sorte, colonne.genre) {
        (Sorte::Plusieurs, _) => inventaire::entities(&champ, "\u{a0}; "),
        (_, Genre::Booleen) => if champ.is_checked() { "Oui" } else { "Non" }.into(),
        _ => inventaire::field(&champ).1,
    }
}
