//! What the buttons of the page do (`data-action`).

use crate::adresse;
use crate::app::App;
use crate::dom::{self, Absent, Element};
use crate::etat;
use crate::fill;
use crate::garde;
use crate::prelude::*;
use crate::rangs::{self, Retour};
use crate::rows;
use crate::texte::file_name;
use crate::{suite, tard, vues};
use alloc::rc::Rc;
use calc_core::{Dossier, json, read_dossier};
use chrono::NaiveDate;

/// Said first where a file is refused.
const FICHIER: &str = "Ce fichier n’a pas été ouvert, votre saisie est intacte.";

/// Said first where the dossier of a link is refused.
const LIEN: &str = "Le dossier de ce lien n’a pas été ouvert, votre saisie est intacte.";

/// What takes a paste itself: a field to write in, a question that waits for its answer.
const ECRIT: &str =
    "input:not([type=checkbox],[type=radio]),textarea,dialog:not([data-dialogue=importer])";

/// What the buttons remember.
pub(crate) struct Memoire {
    message: Element,
    annuler: Element,
    fichier: Element,
    lien: Element,
    /// The dossier that waits for the reader's agreement to replace what was typed, with the day to see it on.
    en_attente: Option<(Dossier, Option<NaiveDate>)>,
    /// The last change of rows.
    pub(crate) retour: Option<Retour>,
    /// What this tab last kept on this computer, or took from it.
    pub(crate) garde: Option<String>,
}

impl Memoire {
    /// Finds its places in the page.
    ///
    /// # Errors
    /// [`Absent`] when one is missing.
    pub(crate) fn new(racine: &Element) -> Result<Self, Absent> {
        Ok(Self {
            message: racine.need("[data-role=message]")?,
            annuler: racine.need("[data-action=annuler-retrait]")?,
            fichier: racine.need("[data-role=fichier]")?,
            lien: racine.need("[data-role=telechargement]")?,
            en_attente: None,
            retour: None,
            garde: None,
        })
    }

    /// Tells the reader what was done; offers to undo it where it can be.
    pub(crate) fn say(&mut self, texte: &str) {
        self.message.set_text(texte);
        self.annuler.set_hidden(self.retour.is_none());
    }
}

/// The actions of the page.
pub(crate) struct Action;

impl Action {
    /// Does what the button clicked says.
    ///
    /// # Errors
    /// [`Absent`] when the page lacks an element that the action needs.
    pub(crate) fn on_click(app: &Rc<App>, cible: &Element) -> Result<(), Absent> {
        let Some(bouton) = cible.closest("[data-action]") else {
            unfold_target(app, cible);
            return Ok(());
        };
        match bouton.attr("data-action").as_str() {
            "ajouter" => return rangs::add(app, &bouton),
            "dupliquer" => return rangs::duplicate(app, &bouton),
            "retirer" => rangs::remove(app, &bouton),
            "annuler-retrait" => rangs::undo(app),
            "garder" if !garde::keep(app, false) => return ask(app, "garder"),
            "reprendre" => return garde::resume(app),
            "oublier" => garde::forget_and_say(app),
            "toutes" => tick_all(app, &bouton),
            "aujourdhui" => reset_day(app),
            "enregistrer" => save(app),
            "ouvrir" => app.actions.borrow().fichier.click(),
            "exemple" => return propose(app, FICHIER, &dom::need("#exemple")?.text(), None),
            "effacer" => return ask(app, "effacer"),
            "confirmer" => return confirm(app, &bouton),
            "renoncer" => close(app, &bouton),
            autre => do_late(app, &bouton, autre),
        }
        Ok(())
    }

    /// Opens what the tab held before it was reloaded, else the dossier that the address carries, if it does; and
    /// that of the address whenever it changes.
    ///
    /// # Errors
    /// [`Absent`] when the page lacks an element of the form.
    pub(crate) fn on_start(app: &Rc<App>) -> Result<(), Absent> {
        let moi = Rc::clone(app);
        dom::on_window("hashchange", move || open_address(&moi));
        if garde::restore_tab(app)? {
            if app.vues.etat.borrow().essai.is_some() {
                suite::with(app, |_| {});
            }
            return Ok(());
        }
        garde::offer(app);
        open_address(app);
        Ok(())
    }

    /// Takes a table pasted into a list of the form, or beside every field; whether it was one.
    pub(crate) fn on_paste(app: &Rc<App>, cible: &Element, texte: &str) -> bool {
        // One cell of a spreadsheet comes with the end of its line.
        if !texte.trim_end().contains(['\t', '\n']) {
            return false;
        }
        let ligne = cible.closest("[data-ligne]");
        let liste = ligne.and_then(|ligne| ligne.closest("[data-liste]"));
        if liste.is_none() && cible.closest(ECRIT).is_some() {
            return false;
        }
        let texte = String::from(texte);
        suite::with_words(app, move |app| {
            vues::report(tard::paste(app, liste.as_ref(), &texte));
        });
        true
    }

    /// Opens the file that was chosen.
    pub(crate) fn on_file(app: &Rc<App>, cible: &Element) {
        if cible.attr("data-role") != "fichier" {
            return;
        }
        let moi = Rc::clone(app);
        cible.read_file(move |texte| {
            let propose = if let Some(texte) = texte {
                propose(&moi, FICHIER, &texte, None)
            } else {
                moi.actions
                    .borrow_mut()
                    .say("Ce fichier ne peut pas être lu, votre saisie est intacte.");
                Ok(())
            };
            if let Err(absent) = propose {
                absent.report();
            }
        });
    }
}

/// Does what a button of the second part says.
fn do_late(app: &Rc<App>, bouton: &Element, action: &str) {
    let (bouton, action) = (bouton.clone(), String::from(action));
    suite::with_words(app, move |app| {
        vues::report(tard::on_click(app, &bouton, &action));
    });
}

/// A link within the page leads to its field even where that field is folded away.
fn unfold_target(app: &App, cible: &Element) {
    let lien = cible.closest("a[href^=\"#\"]");
    if let Some(but) = lien.and_then(|lien| app.racine.find(&lien.attr("href"))) {
        but.unfold();
        but.land();
    }
}

fn tick_all(app: &App, bouton: &Element) {
    let Some(cases) = bouton
        .closest("[data-enveloppe]")
        .and_then(|bloc| bloc.find("[data-type=entites]"))
    else {
        return;
    };
    cases
        .find_all("input")
        .iter()
        .for_each(|case| case.set_checked(true));
    app.set_modified(true);
    app.note_field(&cases);
    app.rythme.plan();
}

fn reset_day(app: &App) {
    app.reset_day();
    app.aujourdhui.focus();
    app.plan_refresh();
}

/// Hands the dossier over as a file; with a fault left, leads to it instead.
fn save(app: &App) {
    let lu = app.read();
    let fautes = app.show_all_faults(&lu);
    let mut memoire = app.actions.borrow_mut();
    memoire.retour = None;
    let Ok(resultat) = &lu.issue else {
        let champs = if fautes < 2 {
            "ce qui est signalé"
        } else {
            "les points signalés"
        };
        memoire.say(
            &[
                "Rien n’a été enregistré\u{a0}: corrigez d’abord ",
                champs,
                ".",
            ]
            .concat(),
        );
        return;
    };
    let candidat = resultat
        .dossier
        .candidat
        .as_ref()
        .and_then(|candidat| candidat.nom.as_deref());
    let nom = file_name(candidat.unwrap_or_default(), ".json");
    let json = resultat.dossier.to_json();
    dom::download(&memoire.lien, &nom, "application/json", &json);
    memoire.say(&["Dossier enregistré dans le fichier ", &nom, "."].concat());
    drop(memoire);
    app.set_modified(false);
}

/// Opens a dossier, after the reader's agreement where something would be lost; `refus` is said first where it is not
/// one. `jour`: the day to see it on, where it came with one.
fn propose(app: &App, refus: &str, texte: &str, jour: Option<NaiveDate>) -> Result<(), Absent> {
    match read_dossier(texte) {
        Err(fautes) => say(app, &etat::refusal(refus, &fautes)),
        Ok(dossier) if app.is_modified() => {
            let mut memoire = app.actions.borrow_mut();
            memoire.en_attente = Some((dossier, jour));
            memoire.say("");
            drop(memoire);
            return ask(app, "remplacer");
        }
        Ok(dossier) => return open(app, &dossier, jour),
    }
    Ok(())
}

/// Opens the dossier of the address, if it carries one.
fn open_address(app: &Rc<App>) {
    let porte = match adresse::read(&dom::fragment()) {
        Ok(None) => return,
        Ok(Some(porte)) => porte,
        Err(adresse::Coupe) => return say(app, adresse::Coupe::MESSAGE),
    };
    if porte.forme == adresse::Forme::Clair {
        return open_carried(app, String::from_utf8(porte.octets).ok(), porte.jour);
    }
    suite::with(app, move |app| tard::unpack(app, &porte));
}

/// Opens the dossier that an address carried, or says that it was cut.
pub(crate) fn open_carried(app: &App, json: Option<String>, jour: NaiveDate) {
    let Some(json) = json else {
        return say(app, adresse::Coupe::MESSAGE);
    };
    if let Err(absent) = propose(app, LIEN, &json, Some(jour)) {
        absent.report();
    }
}

fn open(app: &App, dossier: &Dossier, jour: Option<NaiveDate>) -> Result<(), Absent> {
    let Some(jour) = jour else {
        return replace(app, dossier);
    };
    app.set_day(jour);
    replace(app, dossier)?;
    let jour = calc_core::francais::date(jour);
    let message = [
        "Dossier ouvert, vu le ",
        &jour,
        "\u{a0}: les résultats sont à jour.",
    ];
    say(app, &message.concat());
    Ok(())
}

/// Tells the reader what was done, or why it was not.
pub(crate) fn say(app: &App, texte: &str) {
    app.actions.borrow_mut().say(texte);
}

/// Hands a file over.
pub(crate) fn download(app: &App, nom: &str, genre: &str, texte: &str) {
    dom::download(&app.actions.borrow().lien, nom, genre, texte);
}

/// Opens a dialog of the page.
///
/// # Errors
/// [`Absent`] when it is missing.
pub(crate) fn ask(app: &App, dialogue: &str) -> Result<(), Absent> {
    app.racine
        .need(&["[data-dialogue=", dialogue, "]"].concat())?
        .open_dialog();
    Ok(())
}

fn close(app: &App, bouton: &Element) {
    app.actions.borrow_mut().en_attente = None;
    if let Some(dialogue) = bouton.closest("dialog") {
        dialogue.close_dialog();
    }
}

fn confirm(app: &App, bouton: &Element) -> Result<(), Absent> {
    let dossier = app.actions.borrow_mut().en_attente.take();
    let garder = bouton.closest("[data-dialogue=garder]").is_some();
    close(app, bouton);
    if garder {
        garde::keep(app, true);
        return Ok(());
    }
    match dossier {
        Some((dossier, jour)) => open(app, &dossier, jour),
        None => erase(app),
    }
}

/// Opens a dossier in the form: nothing is to be saved yet.
fn replace(app: &App, dossier: &Dossier) -> Result<(), Absent> {
    rewrite(
        app,
        dossier,
        "Dossier ouvert\u{a0}: les résultats sont à jour.",
    )?;
    app.set_modified(false);
    Ok(())
}

/// Fills the form with a dossier. What the form does not show is kept, and saved with the rest.
///
/// # Errors
/// [`Absent`] when the page lacks an element of the form.
pub(crate) fn rewrite(app: &App, dossier: &Dossier, message: &str) -> Result<(), Absent> {
    let texte = dossier.to_json();
    let Ok(arbre) = json::lire(&texte) else {
        return Ok(());
    };
    fill::fill(
        &app.dossier,
        fill::members(arbre),
        &mut app.compteur.borrow_mut(),
    )?;
    app.after_filled(message);
    app.set_modified(true);
    Ok(())
}

fn erase(app: &App) -> Result<(), Absent> {
    fill::fill(&app.dossier, Vec::new(), &mut app.compteur.borrow_mut())?;
    garde::forget(app);
    app.after_filled("Tout est effacé.");
    if let Some(champ) = rows::first_field(&app.dossier) {
        champ.focus();
    }
    Ok(())
}
