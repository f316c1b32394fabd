//! The dossier kept on this computer, only once the reader has asked; and with the tab, so that a reload loses nothing.

use crate::actions::Memoire;
use crate::app::App;
use crate::dom::{self, Absent};
use crate::essai::Essai;
use crate::fill;
use crate::prelude::*;
use crate::texte::quote;
use calc_core::json::{self, Json};

/// The name under which the browser keeps the dossier.
const NOM: &str = "care-dossier";

/// What is kept: the day of the page, whether something was to be saved, and the form as it was typed.
fn write(jour: &str, modifie: bool, dossier: &str, essai: &str) -> String {
    let modifie = if modifie { "true" } else { "false" };
    [
        "{\"jour\":",
        &quote(jour),
        ",\"modifie\":",
        modifie,
        ",\"dossier\":",
        dossier,
        essai,
        "}",
    ]
    .concat()
}

/// Keeps the form with this place of the tab's history.
pub(crate) fn keep_with_tab(app: &App) {
    let dossier = app.snapshot();
    let essai = app.vues.etat.borrow().essai.as_ref().map(Essai::to_json);
    let essai = essai.map_or_else(String::new, |essai| [",\"essai\":", &*essai].concat());
    let texte = write(&app.aujourdhui.value(), app.is_modified(), &dossier, &essai);
    dom::keep_in_history(&texte);
}

/// Puts back the form that was kept with the tab; whether there was one.
///
/// # Errors
/// [`Absent`] when a template is missing.
pub(crate) fn restore_tab(app: &App) -> Result<bool, Absent> {
    match dom::kept_in_history() {
        Some(texte) => restore(app, &texte, None),
        None => Ok(false),
    }
}

/// Fills the form with what was kept; a message where the reader asked for it.
fn restore(app: &App, texte: &str, message: Option<&str>) -> Result<bool, Absent> {
    let Ok(Json::Objet(membres)) = json::lire(texte) else {
        return Ok(false);
    };
    let (mut jour, mut modifie, mut dossier, mut essai) = (None, false, None, None);
    for (cle, valeur) in membres {
        match (cle.as_ref(), valeur) {
            ("jour", Json::Texte(texte)) => jour = Some(texte),
            ("modifie", Json::Booleen(vrai)) => modifie = vrai,
            ("dossier", valeur @ Json::Objet(_)) => dossier = Some(valeur),
            ("essai", Json::Objet(membres)) => essai = Some(membres),
            _ => {}
        }
    }
    let Some(dossier) = dossier else {
        return Ok(false);
    };
    if message.is_none()
        && let Some(jour) = jour
    {
        app.write_day(&jour);
    }
    let objet = fill::members(dossier);
    fill::fill(&app.dossier, objet, &mut app.compteur.borrow_mut())?;
    app.after_filled(message.unwrap_or_default());
    app.set_modified(modifie);
    restore_trial(app, essai);
    Ok(true)
}

/// Puts the variants back beside the form, on the day of the page.
fn restore_trial(app: &App, membres: Option<fill::Membres>) {
    let jour = app.last().map(|resultat| resultat.evaluation.date);
    if let (Some(membres), Some(jour)) = (membres, jour) {
        let essai = Essai::from_json(membres, jour, &app.programme);
        app.vues.etat.borrow_mut().essai = essai;
    }
}

/// Offers the dossier that this browser keeps, if there is one.
pub(crate) fn offer(app: &App) {
    let garde = dom::stored(NOM).is_some();
    if let Some(offre) = app.racine.find("[data-role=garde]") {
        offre.set_hidden(!garde);
    }
}

/// Keeps the dossier on this computer; false where another tab has kept another meanwhile, and the reader must say.
pub(crate) fn keep(app: &App, quand_meme: bool) -> bool {
    let dossier = app.snapshot();
    let texte = write(&app.aujourdhui.value(), false, &dossier, "");
    let mut memoire = app.actions.borrow_mut();
    if !quand_meme && dom::stored(NOM).is_some_and(|autre| memoire.garde.as_ref() != Some(&autre)) {
        return false;
    }
    let garde = dom::store(NOM, &texte);
    memoire.retour = None;
    memoire.say(if garde {
        "Dossier gardé dans ce navigateur, sur cet ordinateur. Ce que vous changerez ensuite ne l’est pas\u{a0}: gardez-le de nouveau."
    } else {
        "Ce navigateur ne garde rien\u{a0}: enregistrez le dossier dans un fichier."
    });
    if garde {
        memoire.garde = Some(texte);
    }
    drop(memoire);
    app.set_modified(!garde && app.is_modified());
    true
}

/// Opens the dossier that this browser keeps.
///
/// # Errors
/// [`Absent`] when a template is missing.
pub(crate) fn resume(app: &App) -> Result<(), Absent> {
    if let Some(texte) = dom::stored(NOM) {
        restore(
            app,
            &texte,
            Some("Dossier gardé sur cet ordinateur ouvert."),
        )?;
        app.actions.borrow_mut().garde = Some(texte);
    }
    hide_offer(app);
    Ok(())
}

/// Forgets the dossier that this browser keeps.
pub(crate) fn forget(app: &App) {
    dom::forget(NOM);
    app.actions.borrow_mut().garde = None;
    hide_offer(app);
}

/// The same, said aloud.
pub(crate) fn forget_and_say(app: &App) {
    forget(app);
    let memoire: &mut Memoire = &mut app.actions.borrow_mut();
    memoire.say("Le dossier gardé sur cet ordinateur est effacé.");
}

fn hide_offer(app: &App) {
    if let Some(offre) = app.racine.find("[data-role=garde]") {
        offre.set_hidden(true);
    }
}
