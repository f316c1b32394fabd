//! What would be taken of what was pasted, row by row.

use crate::cellule::Colonne;
use crate::collage::{Apport, Ligne};
use crate::dom::{Absent, Element};
use crate::importation;
use crate::paint::{adjust, slot};
use crate::prelude::*;

/// Shows it in the dialog.
///
/// # Errors
/// [`Absent`] when the page lacks a part of the dialog.
pub(crate) fn show(
    dialogue: &Element,
    colonnes: &[Colonne],
    apport: &Apport,
) -> Result<(), Absent> {
    let bonnes = apport
        .lignes
        .iter()
        .filter(|ligne| ligne.is_sound())
        .count();
    slot(dialogue, "bilan", &summary(apport, bonnes))?;
    let libelles: Vec<&str> = colonnes
        .iter()
        .map(|colonne| colonne.libelle.as_str())
        .collect();
    slot(dialogue, "colonnes", &libelles.join(" | "))?;
    let prendre = dialogue.need("[data-action=prendre]")?;
    prendre.set_text(&["Prendre ", &count(bonnes)].concat());
    prendre.toggle_attr("disabled", bonnes == 0);
    dialogue
        .need("[data-role=apercu]")?
        .set_hidden(apport.lignes.is_empty());
    let tetes = adjust(
        &dialogue.need("[data-slot=tetes]")?,
        "apercu-tete",
        colonnes.len() + 1,
    )?;
    for (tete, libelle) in tetes.iter().zip(core::iter::once("Ligne").chain(libelles)) {
        tete.set_text(libelle);
    }
    let lignes = adjust(
        &dialogue.need("[data-slot=lignes]")?,
        "apercu-ligne",
        apport.lignes.len(),
    )?;
    for (copie, ligne) in lignes.iter().zip(&apport.lignes) {
        show_row(copie, ligne)?;
    }
    Ok(())
}

fn show_row(copie: &Element, ligne: &Ligne) -> Result<(), Absent> {
    copie.toggle_attr("data-fautive", !ligne.is_sound());
    let sort = match (ligne.is_sound(), ligne.existante) {
        (false, _) => "à corriger",
        (true, Some(_)) => "mise à jour",
        (true, None) => "nouvelle",
    };
    let cellules = adjust(copie, "apercu-cellule", ligne.cellules.len() + 1)?;
    let Some((tete, cellules)) = cellules.split_first() else {
        return Ok(());
    };
    slot(tete, "brut", sort)?;
    for (copie, cellule) in cellules.iter().zip(&ligne.cellules) {
        slot(copie, "brut", &cellule.brut)?;
        let erreur = copie.need("[data-slot=erreur]")?;
        erreur.set_text(cellule.faute.as_deref().unwrap_or_default());
        erreur.set_hidden(cellule.faute.is_none());
    }
    Ok(())
}

/// So many rows.
pub(crate) fn count(nombre: usize) -> String {
    [
        &*nombre.to_string(),
        if nombre < 2 {
            "\u{a0}ligne"
        } else {
            "\u{a0}lignes"
        },
    ]
    .concat()
}

fn summary(apport: &Apport, bonnes: usize) -> String {
    let toutes = apport.lignes.len();
    if toutes == 0 {
        return String::new();
    }
    let mut phrase = [&*count(toutes), " lue", if toutes < 2 { "" } else { "s" }].concat();
    if bonnes < toutes {
        phrase.push_str(
            &[
                ", ",
                &(toutes - bonnes).to_string(),
                " à corriger ci-dessus ou dans le tableur",
            ]
            .concat(),
        );
    }
    phrase.push('.');
    if toutes == importation::MAXIMUM {
        phrase.push_str(" Les suivantes sont laissées de côté.");
    }
    if !apport.ignorees.is_empty() {
        phrase.push_str(
            &[
                " Colonnes sans place ici\u{a0}: ",
                &apport.ignorees.join(", "),
                ".",
            ]
            .concat(),
        );
    }
    phrase
}
