//! A link that carries the whole dossier in its fragment, which no server sees: made on demand, after a warning.

use crate::adresse::{self, Forme, Porte};
use crate::app::App;
use crate::dom::{self, Absent, Element};
use crate::emporter::judged;
use crate::prelude::*;
use crate::{abrege, actions, fill, texte};
use alloc::rc::Rc;
use calc_core::json;

/// Makes the link of the dossier as it is, and shows it in its dialog, ready to be copied.
///
/// # Errors
/// [`Absent`] when the dialog lacks a place.
pub(crate) fn make(app: &Rc<App>, bouton: &Element) -> Result<(), Absent> {
    let Some(dialogue) = bouton.closest("dialog") else {
        return Ok(());
    };
    let Some(resultat) = judged(app) else {
        dialogue.close_dialog();
        return Ok(());
    };
    let indente = resultat.dossier.to_json();
    let Ok(arbre) = json::lire(&indente) else {
        return Ok(());
    };
    let compact = texte::object_text(&fill::members(arbre));
    let court = abrege::shorten(&compact).into_bytes();
    let jour = resultat.evaluation.date;
    let champ = dialogue.need("[data-role=lien]")?;
    let nombre = dialogue.need("[data-slot=nombre]")?;
    let suite = dialogue.need("[data-role=lien-fait]")?;
    let copier = dialogue.need("[data-action=copier-lien]")?;
    let faire = bouton.clone();
    dom::press(&court, true, move |presse| {
        let (forme, octets) = match presse {
            Some(octets) => (Forme::Court, octets),
            None => (Forme::Clair, compact.into_bytes()),
        };
        let porte = Porte {
            octets,
            forme,
            jour,
        };
        let lien = [&dom::address(), &*adresse::write(&porte)].concat();
        nombre.set_text(&lien.len().to_string());
        champ.set_value(&lien);
        suite.set_hidden(false);
        faire.set_hidden(true);
        copier.set_hidden(false);
        champ.focus();
        champ.select();
    });
    Ok(())
}

/// Copies the link shown, and says whether it could be.
///
/// # Errors
/// [`Absent`] when the dialog lacks a place.
pub(crate) fn copy(bouton: &Element) -> Result<(), Absent> {
    let Some(dialogue) = bouton.closest("dialog") else {
        return Ok(());
    };
    let champ = dialogue.need("[data-role=lien]")?;
    champ.select();
    dialogue
        .need("[data-slot=copie]")?
        .set_text(if dom::copy_text(&champ) {
            "Lien copié."
        } else {
            "Copiez-le avec Ctrl+C\u{a0}: il est sélectionné."
        });
    Ok(())
}

/// Puts the dialog back as it was before a link was made.
///
/// # Errors
/// [`Absent`] when the dialog lacks a place.
pub(crate) fn reset(dialogue: &Element) -> Result<(), Absent> {
    dialogue.need("[data-role=lien-fait]")?.set_hidden(true);
    dialogue.need("[data-action=faire-lien]")?.set_hidden(false);
    dialogue.need("[data-action=copier-lien]")?.set_hidden(true);
    dialogue.need("[data-slot=copie]")?.set_text("");
    Ok(())
}

/// Opens the dossier that an address carries deflated, once it is inflated and whole again.
pub(crate) fn unpack(app: &Rc<App>, porte: &Porte) {
    let (moi, forme, jour) = (Rc::clone(app), porte.forme, porte.jour);
    dom::press(&porte.octets, false, move |octets| {
        let texte = octets.and_then(|octets| String::from_utf8(octets).ok());
        let json = if forme == Forme::Court {
            texte.and_then(|court| abrege::expand(&court))
        } else {
            texte
        };
        actions::open_carried(&moi, json, jour);
    });
}
