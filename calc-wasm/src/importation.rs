//! The dialog that takes rows from a spreadsheet, pasted or from a file, and gives a table of the form as a file.

use crate::apercu::{count, show};
use crate::app::App;
use crate::cellule::{Colonne, Sorte};
use crate::collage::{self, Apport, Ligne, heads_known};
use crate::dom::{Absent, Element};
use crate::paint::slot;
use crate::prelude::*;
use crate::rangs::Retour;
use crate::saisie::Genre;
use crate::table::{Table, paths, table_at, table_of};
use crate::{confrontation, csv, emporter, inventaire, rows, walk};
use alloc::rc::Rc;
use alloc::vec;

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
        // A table that was chosen is meant.
        if cible.attr("data-role") == "table" {
            cible.toggle_attr("data-libre", false);
        }
        guess_and_refresh(&moi);
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

/// Opens the dialog on the table that a list of the form is, or belongs to.
///
/// # Errors
/// [`Absent`] when the page lacks a part of the dialog.
pub(crate) fn open_for(app: &Rc<App>, liste: &Element, texte: &str) -> Result<(), Absent> {
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
    choix.toggle_attr("data-libre", table.is_empty());
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
    refresh(app);
    Ok(())
}
/// What was pasted, understood and tried on the dossier.
fn read(app: &App, table: &Table) -> Result<Apport, Absent> {
    let texte = dialog(app)?.need("[data-role=colle]")?.value();
    let mut lignes = csv::read(&texte);
    lignes.truncate(MAXIMUM);
    let mut apport = collage::understand(lignes, &table.colonnes, table.cible());
    let page = walk::read_page(&app.dossier);
    let places = page.champs.len();
    confrontation::attempt(
        page.racine,
        places,
        table.cible(),
        &table.colonnes,
        &mut apport.lignes,
    );
    Ok(apport)
}

/// Where no table was chosen, sets the dialog to the one whose columns the heads of the rows name best.
fn guess(app: &App) -> Result<(), Absent> {
    let dialogue = dialog(app)?;
    let choix = dialogue.need("[data-role=table]")?;
    if !choix.has_attr("data-libre") {
        return Ok(());
    }
    let lignes = csv::read(&dialogue.need("[data-role=colle]")?.value());
    let mut meilleure = (0, None);
    for chemin in paths(&dialogue)? {
        let connues = heads_known(&lignes, &table_at(app, &dialogue, &chemin)?.colonnes);
        if connues > meilleure.0 {
            meilleure = (connues, Some(chemin));
        }
    }
    if let Some(chemin) = meilleure.1 {
        choix.set_value(&chemin);
    }
    Ok(())
}

fn guess_and_refresh(app: &App) {
    if let Err(absent) = guess(app) {
        absent.report();
    }
    refresh(app);
}

/// Shows what would be taken.
fn refresh(app: &App) {
    if let Err(absent) = show_read(app) {
        absent.report();
    }
}

fn show_read(app: &App) -> Result<(), Absent> {
    let dialogue = dialog(app)?;
    let table = table_of(app, &dialogue)?;
    let apport = read(app, &table)?;
    show(&dialogue, &table.colonnes, &apport)
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
            .set_value(&left_over(&fautives));
        refresh(app);
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

/// The rows to be mended, as a spreadsheet copies them; their cells are in the order of the columns by now.
fn left_over(fautives: &[&Ligne]) -> String {
    let mut lignes = Vec::with_capacity(fautives.len());
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

/// Puts the text of a file where rows are pasted.
fn bring(app: &App, texte: Option<String>) {
    let Ok(dialogue) = dialog(app) else { return };
    let Some(champ) = dialogue.find("[data-role=colle]") else {
        return;
    };
    champ.set_value(&texte.unwrap_or_default());
    guess_and_refresh(app);
    champ.focus();
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
