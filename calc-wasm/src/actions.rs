//! What the buttons of the page do (`data-action`).

use crate::adresse::{self, Porte};
use crate::app::App;
use crate::dom::{self, Absent, Element};
use crate::etat;
use crate::fill;
use crate::garde;
use crate::prelude::*;
use crate::rangs::{self, Retour};
use crate::rows;
use crate::texte::file_name;
use alloc::rc::Rc;
use calc_core::{Dossier, json, read_dossier};

/// Said first where a file is refused.
const FICHIER: &str = "Ce fichier n’a pas été ouvert, votre saisie est intacte.";

/// What the buttons remember.
pub(crate) struct Memoire {
    message: Element,
    annuler: Element,
    fichier: Element,
    lien: Element,
    /// The dossier that waits for the reader's agreement to replace what was typed.
    en_attente: Option<Dossier>,
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
    pub(crate) fn on_click(app: &App, cible: &Element) -> Result<(), Absent> {
        let Some(bouton) = cible.closest("[data-action]") else {
            unfold_target(app, cible);
            return Ok(());
        };
        match bouton.attr("data-action").as_str() {
            "ajouter" => return rangs::add(app, &bouton),
            "dupliquer" => return rangs::duplicate(app, &bouton),
            "trier" => rangs::sort(app, &bouton),
            "retirer" => rangs::remove(app, &bouton),
            "annuler-retrait" => rangs::undo(app),
            "garder" if !garde::keep(app, false) => return ask(app, "garder"),
            "reprendre" => return garde::resume(app),
            "copier" => copy(app, &bouton),
            "oublier" => garde::forget_and_say(app),
            "toutes" => tick_all(app, &bouton),
            "aujourdhui" => reset_day(app),
            "enregistrer" => save(app),
            "ouvrir" => app.actions.borrow().fichier.click(),
            "exemple" => return propose(app, &dom::need("#exemple")?.text()),
            "effacer" => return ask(app, "effacer"),
            "confirmer" => return confirm(app, &bouton),
            "renoncer" => close(app, &bouton),
            _ => {}
        }
        Ok(())
    }

    /// Opens what the tab held before it was reloaded, else the dossier that the address carries, if it does.
    ///
    /// # Errors
    /// [`Absent`] when the page lacks an element of the form.
    pub(crate) fn on_start(app: &App) -> Result<(), Absent> {
        if garde::restore_tab(app)? {
            return Ok(());
        }
        garde::offer(app);
        match adresse::read(&dom::fragment()) {
            Ok(None) => Ok(()),
            Ok(Some(porte)) => open_carried(app, &porte),
            Err(adresse::Coupe) => {
                app.actions.borrow_mut().say(adresse::Coupe::MESSAGE);
                Ok(())
            }
        }
    }

    /// Opens the file that was chosen.
    pub(crate) fn on_file(app: &Rc<App>, cible: &Element) {
        if cible.attr("data-role") != "fichier" {
            return;
        }
        let moi = Rc::clone(app);
        cible.read_file(move |texte| {
            let propose = if let Some(texte) = texte {
                propose(&moi, &texte)
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

/// A link within the page leads to its field even where that field is folded away.
fn unfold_target(app: &App, cible: &Element) {
    let lien = cible.closest("a[href^=\"#\"]");
    if let Some(but) = lien.and_then(|lien| app.racine.find(&lien.attr("href"))) {
        but.unfold();
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
    app.plan_change(|page| page.read_again(&cases));
}

/// Copies the text that stands beside the button.
fn copy(app: &App, bouton: &Element) {
    let texte = bouton
        .closest("[data-copie]")
        .and_then(|bloc| bloc.find("textarea"));
    let copie = texte.is_some_and(|texte| dom::copy_text(&texte));
    bouton.focus();
    let mut memoire = app.actions.borrow_mut();
    memoire.retour = None;
    memoire.say(if copie {
        "Message copié."
    } else {
        "Ce navigateur n’a pas copié le message : sélectionnez-le, puis copiez-le."
    });
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
    let nom = file_name(candidat.unwrap_or_default());
    dom::download(&memoire.lien, &nom, &resultat.dossier.to_json());
    memoire.say(&["Dossier enregistré dans le fichier ", &nom, "."].concat());
    drop(memoire);
    app.set_modified(false);
}

/// Opens a dossier, after the reader's agreement where something would be lost.
fn propose(app: &App, texte: &str) -> Result<(), Absent> {
    match read_dossier(texte) {
        Err(fautes) => app
            .actions
            .borrow_mut()
            .say(&etat::refusal(FICHIER, &fautes)),
        Ok(dossier) if app.is_modified() => {
            let mut memoire = app.actions.borrow_mut();
            memoire.en_attente = Some(dossier);
            memoire.say("");
            drop(memoire);
            return ask(app, "remplacer");
        }
        Ok(dossier) => return replace(app, &dossier),
    }
    Ok(())
}

/// Opens the dossier of an address on its day: nothing was typed yet.
fn open_carried(app: &App, porte: &Porte) -> Result<(), Absent> {
    let dossier = match read_dossier(&porte.json) {
        Ok(dossier) => dossier,
        Err(fautes) => {
            let refus = etat::refusal("Le dossier de ce lien n’a pas été ouvert.", &fautes);
            app.actions.borrow_mut().say(&refus);
            return Ok(());
        }
    };
    app.set_day(porte.jour);
    replace(app, &dossier)?;
    let jour = calc_core::francais::date(porte.jour);
    let message = [
        "Dossier ouvert, vu le ",
        &jour,
        "\u{a0}: les résultats sont à jour.",
    ];
    app.actions.borrow_mut().say(&message.concat());
    Ok(())
}

fn ask(app: &App, dialogue: &str) -> Result<(), Absent> {
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
        Some(dossier) => replace(app, &dossier),
        None => erase(app),
    }
}

/// Fills the form with a dossier. What the form does not show is kept, and saved with the rest.
fn replace(app: &App, dossier: &Dossier) -> Result<(), Absent> {
    let texte = dossier.to_json();
    let Ok(arbre) = json::lire(&texte) else {
        return Ok(());
    };
    fill::fill(
        &app.dossier,
        fill::members(arbre),
        &mut app.compteur.borrow_mut(),
    )?;
    app.after_filled("Dossier ouvert\u{a0}: les résultats sont à jour.");
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
