//! What would be taken of what was pasted, row by row.

use crate::cellule::{Colonne, key};
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
    prendre.set_text(
        &[
            "Prendre ",
            &*if bonnes == 0 {
                String::new()
            } else {
                count(bonnes)
            },
        ]
        .concat(),
    );
    prendre.toggle_attr("disabled", bonnes == 0);
    dialogue
        .need("[data-role=apercu]")?
        .set_hidden(apport.lignes.is_empty());
    let rangs = shown_columns(colonnes.len(), &apport.lignes);
    show_heads(dialogue, colonnes, &rangs, &apport.sous)?;
    let lignes = adjust(
        &dialogue.need("[data-slot=lignes]")?,
        "apercu-ligne",
        apport.lignes.len(),
    )?;
    // What is to be mended comes first.
    let numerotees = || apport.lignes.iter().zip(1_usize..);
    let fautives = numerotees().filter(|(ligne, _)| !ligne.is_sound());
    let ordre = fautives.chain(numerotees().filter(|(ligne, _)| ligne.is_sound()));
    for (copie, (ligne, numero)) in lignes.iter().zip(ordre) {
        show_row(copie, ligne, numero, &rangs)?;
    }
    Ok(())
}

/// The columns to which something was brought, and those with a fault.
fn shown_columns(colonnes: usize, lignes: &[Ligne]) -> Vec<usize> {
    let told = |rang: &usize| {
        let mut cellules = lignes.iter().filter_map(|ligne| ligne.cellules.get(*rang));
        cellules.any(|cellule| !cellule.brut.is_empty() || cellule.faute.is_some())
    };
    (0..colonnes).filter(told).collect()
}

/// The columns' names, each with the head that it was found under where that is another.
fn show_heads(
    dialogue: &Element,
    colonnes: &[Colonne],
    rangs: &[usize],
    sous: &[Option<String>],
) -> Result<(), Absent> {
    let hote = dialogue.need("[data-slot=tetes]")?;
    let tetes = adjust(&hote, "apercu-tete", rangs.len() + 1)?;
    let Some((premiere, tetes)) = tetes.split_first() else {
        return Ok(());
    };
    slot(premiere, "nom", "Ligne")?;
    for (tete, rang) in tetes.iter().zip(rangs) {
        let libelle = colonnes.get(*rang).map_or("", |colonne| &colonne.libelle);
        let venue = sous.get(*rang).and_then(Option::as_deref);
        let autre = venue.filter(|venue| key(venue) != key(libelle));
        slot(tete, "nom", libelle)?;
        let place = tete.need("[data-slot=venue]")?;
        place.set_text(&autre.map_or_else(String::new, |autre| {
            ["de «\u{a0}", autre, "\u{a0}»"].concat()
        }));
        place.set_hidden(autre.is_none());
    }
    Ok(())
}

fn show_row(copie: &Element, ligne: &Ligne, numero: usize, rangs: &[usize]) -> Result<(), Absent> {
    copie.toggle_attr("data-fautive", !ligne.is_sound());
    let sort = match (ligne.is_sound(), ligne.existante) {
        (false, _) => "à corriger",
        (true, Some(_)) => "mise à jour",
        (true, None) => "nouvelle",
    };
    let cellules = adjust(copie, "apercu-cellule", rangs.len() + 1)?;
    let Some((tete, cellules)) = cellules.split_first() else {
        return Ok(());
    };
    slot(tete, "brut", &[&*numero.to_string(), ", ", sort].concat())?;
    tete.need("[data-slot=erreur]")?.set_hidden(true);
    for (copie, rang) in cellules.iter().zip(rangs) {
        let Some(cellule) = ligne.cellules.get(*rang) else {
            continue;
        };
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
                " à corriger, ci-dessus ou dans le tableur",
            ]
            .concat(),
        );
    }
    phrase.push('.');
    if bonnes < toutes && apport.tetes.is_none() {
        phrase.push_str(" Aucun titre reconnu en première ligne : les colonnes sont prises dans l’ordre dit plus haut.");
    }
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
