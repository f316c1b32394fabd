//! « Emporter » : what leaves the page at the reader's asking: calendar, table, sheet, link, report of a result.

use crate::actions::{self, say};
use crate::app::App;
use crate::dom::{self, Absent, Element};
use crate::etat::Resultat;
use crate::prelude::*;
use crate::texte::file_name;
use crate::{csv, fiche, importation, lien, releve, signalement};
use alloc::rc::Rc;

/// Does what a button of these parts says.
///
/// # Errors
/// [`Absent`] when the page lacks an element that the action needs.
pub(crate) fn on_click(app: &Rc<App>, bouton: &Element, action: &str) -> Result<(), Absent> {
    match action {
        "agenda" => calendar(app),
        "controles-csv" => checks(app),
        "fiche" => return fiche::open(app),
        "fermer-fiche" => fiche::close(app),
        "imprimer" => dom::print(),
        "demander-lien" => {
            lien::reset(&app.racine.need("[data-dialogue=lien]")?)?;
            return actions::ask(app, "lien");
        }
        "faire-lien" => return lien::make(app, bouton),
        "copier-lien" => return lien::copy(bouton),
        "copier" => copy(app, bouton),
        "demander-signalement" => return actions::ask(app, "signalement"),
        "signaler" => return report(app, bouton),
        _ => return importation::on_click(app, bouton, action),
    }
    Ok(())
}

/// The dossier of the page and its verdicts; where it has faults, leads to them and says so.
pub(crate) fn judged(app: &App) -> Option<Rc<Resultat>> {
    let lu = app.read();
    let fautes = app.show_all_faults(&lu);
    if lu.issue.is_err() {
        let champs = if fautes < 2 {
            "ce qui est signalé."
        } else {
            "les points signalés."
        };
        say(
            app,
            &["Rien n’a été fait\u{a0}: corrigez d’abord ", champs].concat(),
        );
    }
    lu.issue.ok()
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
        "Ce navigateur n’a pas copié le message\u{a0}: sélectionnez-le, puis copiez-le."
    });
}

/// The name of a file of this dossier.
fn named(resultat: &Resultat, fin: &str) -> String {
    let candidat = resultat.dossier.candidat.as_ref();
    let nom = candidat.and_then(|candidat| candidat.nom.as_deref());
    file_name(nom.unwrap_or_default(), fin)
}

/// Hands a file over and says its name.
pub(crate) fn hand_over(app: &App, nom: &str, genre: &str, texte: &str) {
    actions::download(app, nom, genre, texte);
    say(app, &["Enregistré dans le fichier ", nom, "."].concat());
}

fn calendar(app: &App) {
    if let Some(resultat) = judged(app) {
        let texte = calc_core::agenda(&resultat.dossier, &app.programme, resultat.evaluation.date);
        hand_over(
            app,
            &named(&resultat, ".ics"),
            "text/calendar;charset=utf-8",
            &texte,
        );
    }
}

fn checks(app: &App) {
    if let Some(resultat) = judged(app) {
        let texte = csv::write(&releve::checks(&resultat.dossier, &resultat.evaluation));
        hand_over(
            app,
            &named(&resultat, "-controles.csv"),
            "text/csv;charset=utf-8",
            &texte,
        );
    }
}

fn report(app: &App, bouton: &Element) -> Result<(), Absent> {
    let Some(dialogue) = bouton.closest("dialog") else {
        return Ok(());
    };
    let value = |role: &str| {
        let champ = dialogue.need(&["[data-role=", role, "]"].concat());
        champ.map(|champ| champ.value())
    };
    let (objectif, attendu) = (value("objectif")?, value("attendu")?);
    let pourquoi = value("pourquoi")?;
    let anonyme = dialogue.need("[data-role=anonyme]")?.is_checked();
    dialogue.close_dialog();
    let Some(resultat) = judged(app) else {
        return Ok(());
    };
    let mut dossier = resultat.dossier.clone();
    if anonyme {
        signalement::without_names(&mut dossier);
    }
    let signalement = signalement::Signalement {
        objectif: &objectif,
        attendu: &attendu,
        pourquoi: &pourquoi,
    };
    let texte = signalement::example(&signalement, &dossier, &resultat.evaluation);
    hand_over(
        app,
        &signalement::name(&objectif),
        "application/toml;charset=utf-8",
        &texte,
    );
    Ok(())
}
