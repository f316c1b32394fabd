//! What would be taken of what was pasted, row by row, and where its columns go: proposed, then chosen by hand.

use crate::cellule::Colonne;
use crate::collage::Ligne;
use crate::dom::{Absent, Element};
use crate::importation;
use crate::paint::{adjust, slot};
use crate::prelude::*;
use crate::tetes::Placement;
use alloc::vec;

/// Columns without a place are shown up to this one: a sheet may be hundreds wide.
const LARGEUR: usize = 30;

/// What was brought, row by row.
pub(crate) struct Apport {
    /// Where its columns go.
    pub(crate) placement: Placement,
    /// Its heads, as they came; none where its first row is data already.
    pub(crate) tetes: Vec<String>,
    /// Its rows.
    pub(crate) lignes: Vec<Ligne>,
}

/// A column of the preview.
#[derive(Clone, Copy)]
enum Vue {
    /// One that came, by its rank.
    Venue(usize),
    /// One of the form, to which nothing came and something should have.
    Manquante(usize),
}

/// Shows it in the dialog.
///
/// # Errors
/// [`Absent`] when the page lacks a part of the dialog.
pub(crate) fn show(
    dialogue: &Element,
    colonnes: &[Colonne],
    apport: &Apport,
) -> Result<(), Absent> {
    let vues = shown_columns(colonnes.len(), apport);
    slot(dialogue, "bilan", &summary(apport, &vues))?;
    let libelles: Vec<&str> = colonnes
        .iter()
        .map(|colonne| colonne.libelle.as_str())
        .collect();
    slot(dialogue, "colonnes", &libelles.join(" | "))?;
    show_button(dialogue, &apport.lignes)?;
    let seules = apport.lignes.is_empty();
    dialogue.need("[data-role=apercu]")?.set_hidden(seules);
    dialogue
        .need("[data-role=premiere]")?
        .set_hidden(seules && apport.tetes.is_empty());
    dialogue
        .need("[data-role=tetes]")?
        .set_checked(apport.placement.tetes);
    show_heads(dialogue, colonnes, &vues, apport)?;
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
        show_row(copie, ligne, numero, &vues, &apport.placement)?;
    }
    Ok(())
}

fn show_button(dialogue: &Element, lignes: &[Ligne]) -> Result<(), Absent> {
    let bonnes = lignes.iter().filter(|ligne| ligne.is_sound()).count();
    let prendre = dialogue.need("[data-action=prendre]")?;
    let combien = if bonnes == 0 {
        String::new()
    } else {
        count(bonnes)
    };
    prendre.set_text(&["Prendre ", &*combien].concat());
    prendre.toggle_attr("disabled", bonnes == 0);
    Ok(())
}

/// The columns in which something came, then those of the form that lack what they need.
fn shown_columns(colonnes: usize, apport: &Apport) -> Vec<Vue> {
    let (placement, lignes) = (&apport.placement, &apport.lignes);
    let full = |rang: usize| {
        let cells = lignes.iter().map(|ligne| &ligne.venues);
        let mut cells = cells.chain([&apport.tetes]);
        cells.any(|venues| {
            venues
                .get(rang)
                .is_some_and(|texte| !texte.trim().is_empty())
        })
    };
    let venues = placement.places.iter().zip(0_usize..);
    let venues = venues
        .filter(|(place, rang)| full(*rang) && (place.is_some() || *rang < LARGEUR))
        .map(|(_, rang)| Vue::Venue(rang));
    let faulty = |rang: usize| {
        let mut cellules = lignes.iter().filter_map(|ligne| ligne.cellules.get(rang));
        cellules.any(|cellule| cellule.faute.is_some())
    };
    let lacking = (0..colonnes)
        .filter(|rang| {
            let shown =
                |(place, venue): (&Option<usize>, usize)| *place == Some(*rang) && full(venue);
            !placement.places.iter().zip(0..).any(shown) && faulty(*rang)
        })
        .map(Vue::Manquante);
    venues.chain(lacking).collect()
}

/// The heads as they came, each over the list of the columns where it may go.
fn show_heads(
    dialogue: &Element,
    colonnes: &[Colonne],
    vues: &[Vue],
    apport: &Apport,
) -> Result<(), Absent> {
    let hote = dialogue.need("[data-slot=tetes]")?;
    let tetes = adjust(&hote, "apercu-tete", vues.len() + 1)?;
    let Some((premiere, tetes)) = tetes.split_first() else {
        return Ok(());
    };
    slot(premiere, "nom", "Ligne")?;
    premiere.need("[data-role=colonne]")?.set_hidden(true);
    for (tete, vue) in tetes.iter().zip(vues) {
        let choix = tete.need("[data-role=colonne]")?;
        choix.set_hidden(matches!(vue, Vue::Manquante(_)));
        match *vue {
            Vue::Manquante(rang) => {
                let libelle = colonnes.get(rang).map_or("", |colonne| &colonne.libelle);
                slot(tete, "nom", libelle)?;
                choix.set_attr("data-rang", "");
            }
            Vue::Venue(rang) => {
                let tete_venue = apport.tetes.get(rang).map_or("", |nom| nom.trim());
                let nom = if tete_venue.is_empty() {
                    ["Colonne ", &*(rang + 1).to_string()].concat()
                } else {
                    tete_venue.into()
                };
                slot(tete, "nom", &nom)?;
                let place = apport.placement.places.get(rang).copied().flatten();
                show_choices(&choix, colonnes, place)?;
                choix.set_attr("data-rang", &rang.to_string());
                let dite = ["«\u{a0}", &*nom, "\u{a0}»\u{a0}: colonne du dossier"].concat();
                choix.set_attr("aria-label", &dite);
            }
        }
    }
    Ok(())
}

fn show_choices(choix: &Element, colonnes: &[Colonne], place: Option<usize>) -> Result<(), Absent> {
    let options = adjust(choix, "apercu-choix", colonnes.len() + 1)?;
    let libelles = colonnes.iter().map(|colonne| colonne.libelle.as_str());
    let libelles = core::iter::once("Ignorer").chain(libelles);
    for ((option, libelle), rang) in options.iter().zip(libelles).zip(0_usize..) {
        option.set_text(libelle);
        let valeur = rang.checked_sub(1);
        option.set_attr(
            "value",
            &valeur.map_or_else(String::new, |rang| rang.to_string()),
        );
    }
    choix.set_value(&place.map_or_else(String::new, |rang| rang.to_string()));
    Ok(())
}

fn show_row(
    copie: &Element,
    ligne: &Ligne,
    numero: usize,
    vues: &[Vue],
    placement: &Placement,
) -> Result<(), Absent> {
    copie.toggle_attr("data-fautive", !ligne.is_sound());
    let sort = match (ligne.is_sound(), ligne.existante) {
        (false, _) => "à corriger",
        (true, Some(_)) => "mise à jour",
        (true, None) => "nouvelle",
    };
    let cellules = adjust(copie, "apercu-cellule", vues.len() + 1)?;
    let Some((tete, cellules)) = cellules.split_first() else {
        return Ok(());
    };
    slot(tete, "brut", &[&*numero.to_string(), ", ", sort].concat())?;
    tete.need("[data-slot=erreur]")?.set_hidden(true);
    for (copie, vue) in cellules.iter().zip(vues) {
        let (brut, place) = match *vue {
            Vue::Manquante(rang) => ("", Some(rang)),
            Vue::Venue(rang) => (
                ligne.venues.get(rang).map_or("", |texte| texte.trim()),
                placement.places.get(rang).copied().flatten(),
            ),
        };
        slot(copie, "brut", brut)?;
        copie.toggle_attr("data-ignoree", place.is_none());
        let faute = place.and_then(|rang| ligne.cellules.get(rang)?.faute.as_deref());
        let erreur = copie.need("[data-slot=erreur]")?;
        erreur.set_text(faute.unwrap_or_default());
        erreur.set_hidden(faute.is_none());
    }
    Ok(())
}

/// Notes that the reader chose, for rows that begin with this line: a column that goes where another one went takes its
/// place.
///
/// # Errors
/// [`Absent`] when the page lacks the preview.
pub(crate) fn choose(dialogue: &Element, choix: &Element, ligne: &str) -> Result<(), Absent> {
    dialogue
        .need("[data-role=apercu]")?
        .set_attr("data-choisi", ligne);
    let valeur = choix.value();
    if choix.attr("data-role") == "colonne" && !valeur.is_empty() {
        for autre in dialogue.find_all("[data-role=colonne]") {
            if autre != *choix && autre.value() == valeur {
                autre.set_value("");
            }
        }
    }
    Ok(())
}

/// Whether the reader chose for rows that begin with this line, heads as a rule: mending others loses nothing of it.
///
/// # Errors
/// [`Absent`] when the page lacks the preview.
pub(crate) fn is_chosen_for(dialogue: &Element, ligne: &str) -> Result<bool, Absent> {
    let apercu = dialogue.need("[data-role=apercu]")?;
    Ok(apercu.has_attr("data-choisi") && apercu.attr("data-choisi") == ligne)
}

/// Has the places of the columns proposed anew.
///
/// # Errors
/// [`Absent`] when the page lacks the preview.
pub(crate) fn forget(dialogue: &Element) -> Result<(), Absent> {
    dialogue
        .need("[data-role=apercu]")?
        .toggle_attr("data-choisi", false);
    Ok(())
}

/// Where the reader said that the columns go; none where nothing was said.
///
/// # Errors
/// [`Absent`] when the page lacks the preview.
pub(crate) fn chosen(dialogue: &Element) -> Result<Option<Placement>, Absent> {
    if !dialogue.need("[data-role=apercu]")?.has_attr("data-choisi") {
        return Ok(None);
    }
    let mut places = Vec::new();
    for choix in dialogue.find_all("[data-role=colonne]") {
        let Ok(rang) = choix.attr("data-rang").parse::<usize>() else {
            continue;
        };
        if places.len() <= rang {
            places.extend(vec![None; rang + 1 - places.len()]);
        }
        if let Some(place) = places.get_mut(rang) {
            *place = choix.value().parse().ok();
        }
    }
    Ok(Some(Placement {
        tetes: dialogue.need("[data-role=tetes]")?.is_checked(),
        places,
        choisi: true,
    }))
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

fn summary(apport: &Apport, vues: &[Vue]) -> String {
    let toutes = apport.lignes.len();
    if toutes == 0 {
        return if apport.tetes.is_empty() {
            String::new()
        } else {
            "Rien sous la ligne des titres.".into()
        };
    }
    let bonnes = apport
        .lignes
        .iter()
        .filter(|ligne| ligne.is_sound())
        .count();
    let mut phrase = [&*count(toutes), " lue", if toutes < 2 { "" } else { "s" }].concat();
    if bonnes < toutes {
        let fautives = (toutes - bonnes).to_string();
        phrase.push_str(&[", ", &*fautives, " à corriger, ici ou dans le tableur"].concat());
    }
    phrase.push('.');
    let placement = &apport.placement;
    if bonnes < toutes && !placement.tetes && !placement.choisi {
        phrase.push_str(
            " Titres non reconnus\u{a0}: dites au-dessus de chaque colonne ce qu’elle porte.",
        );
    }
    if toutes == importation::MAXIMUM {
        phrase.push_str(" Les suivantes sont laissées de côté.");
    }
    let ignorees = left_out(apport, vues);
    if !ignorees.is_empty() {
        phrase.push_str(
            &[
                " Colonnes laissées de côté\u{a0}: ",
                &*ignorees.join(", "),
                ".",
            ]
            .concat(),
        );
    }
    phrase
}

/// The heads of what goes nowhere, unless the reader chose so.
fn left_out<'a>(apport: &'a Apport, vues: &[Vue]) -> Vec<&'a str> {
    let placement = &apport.placement;
    let nowhere = |vue: &Vue| match *vue {
        Vue::Venue(rang) if placement.places.get(rang) == Some(&None) => apport.tetes.get(rang),
        _ => None,
    };
    let noms = vues.iter().filter_map(nowhere).map(|nom| nom.trim());
    noms.filter(|nom| !placement.choisi && !nom.is_empty())
        .collect()
}
