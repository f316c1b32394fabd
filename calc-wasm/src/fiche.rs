//! The sheet of a dossier, to be printed and signed: what was typed, what comes out, by which rules, on which day.
//!
//! What was typed is read off the page, labels and all: a field that the form gains is on the sheet too.

use crate::app::App;
use crate::decompte::count_verdicts;
use crate::dom::{Absent, Element};
use crate::emporter::judged;
use crate::etat::Resultat;
use crate::paint::{adjust, slot};
use crate::prelude::*;
use crate::releve::readings;
use crate::saisie::Genre;
use crate::walk::{Role, Suite, ticked};
use alloc::rc::Rc;
use calc_core::{Controle, Echeance, ResultatObjectif, Verdict, francais, nom_du_sujet};

/// The sheet.
const FICHE: &str = "[data-role=fiche]";
/// Between two fields of a row.
const ENTRE_CHAMPS: &str = " · ";
/// Between two rows of a line.
const ENTRE_LIGNES: &str = "\u{202f}; ";
/// How many checks besides the deciding one are told for an objective.
const AUTRES: usize = 4;
/// How many coming dates are told.
const DATES: usize = 14;

/// Fills the sheet and shows it; leads to what is to be mended where the dossier has faults.
///
/// # Errors
/// [`Absent`] when the page lacks the sheet or one of its places.
pub(crate) fn open(app: &App) -> Result<(), Absent> {
    let Some(resultat) = judged(app) else {
        return Ok(());
    };
    let fiche = app.racine.need(FICHE)?;
    show(&fiche, app, &resultat)?;
    fiche.set_hidden(false);
    fiche.focus();
    Ok(())
}

/// What changes the dossier, and so puts the sheet away.
const CHANGEMENTS: &str = "[data-action=ajouter],[data-action=retirer],[data-action=dupliquer],[data-action=trier],[data-action=reprendre],[data-action=annuler-retrait],[data-action=toutes],[data-action=aujourdhui],[data-action=exemple],[data-action=confirmer],[data-action=prendre]";

/// Puts the sheet away as soon as the dossier is no longer the one that it shows.
pub(crate) fn start(app: &Rc<App>) {
    let Some(fiche) = app.racine.find(FICHE) else {
        return;
    };
    for (evenement, selecteur) in [
        (
            "input",
            "[data-champ],[data-role=aujourdhui],[data-type=entites]",
        ),
        ("click", CHANGEMENTS),
    ] {
        // Found once: this happens at each key press, in a page of thousands of elements.
        let fiche = fiche.clone();
        app.racine.listen(evenement, move |cible| {
            if cible.closest(selecteur).is_some() {
                fiche.set_hidden(true);
            }
        });
    }
}

/// Puts the sheet away: closed by the reader.
pub(crate) fn close(app: &App) {
    if let Some(fiche) = app.racine.find(FICHE) {
        fiche.set_hidden(true);
    }
}

fn show(fiche: &Element, app: &App, resultat: &Resultat) -> Result<(), Absent> {
    let evaluation = &resultat.evaluation;
    let candidat = resultat.dossier.candidat.as_ref();
    let nom = candidat.and_then(|candidat| candidat.nom.as_deref());
    slot(fiche, "candidat", nom.unwrap_or("Candidat sans nom"))?;
    slot(fiche, "jour", &francais::date(evaluation.date))?;
    slot(fiche, "version", &evaluation.programme)?;
    fiche.set_attr("data-verdict", evaluation.verdict.as_str());
    slot(fiche, "verdict", evaluation.verdict.libelle())?;
    let verdicts: Vec<Verdict> = evaluation.objectifs.iter().map(|o| o.verdict).collect();
    slot(fiche, "decompte", &count_verdicts(&verdicts, "objectif"))?;
    let saisie = inputs(&app.dossier);
    fill(
        fiche,
        "saisie",
        "fiche-saisie",
        &saisie,
        |ligne, (titre, texte)| {
            slot(ligne, "titre", titre)?;
            slot(ligne, "texte", texte)
        },
    )?;
    fill(
        fiche,
        "objectifs",
        "fiche-objectif",
        &evaluation.objectifs,
        |ligne, objectif| show_objective(ligne, objectif, resultat),
    )?;
    let avenir = |echeance: &&Echeance| echeance.date >= evaluation.date;
    let dates: Vec<&Echeance> = evaluation
        .echeancier
        .iter()
        .filter(avenir)
        .take(DATES)
        .collect();
    fill(fiche, "dates", "fiche-date", &dates, |ligne, echeance| {
        show_date(ligne, echeance, resultat)
    })
}

fn fill<T>(
    fiche: &Element,
    place: &str,
    modele: &str,
    choses: &[T],
    show: impl Fn(&Element, &T) -> Result<(), Absent>,
) -> Result<(), Absent> {
    let hote = fiche.need(&["[data-slot=", place, "]"].concat())?;
    let copies = adjust(&hote, modele, choses.len())?;
    copies
        .iter()
        .zip(choses)
        .try_for_each(|(copie, chose)| show(copie, chose))
}

fn show_objective(
    ligne: &Element,
    objectif: &ResultatObjectif,
    resultat: &Resultat,
) -> Result<(), Absent> {
    ligne.set_attr("data-verdict", objectif.verdict.as_str());
    slot(ligne, "code", objectif.code.code())?;
    slot(ligne, "titre", objectif.code.titre())?;
    slot(ligne, "verdict", objectif.verdict.libelle())?;
    let mut phrases = String::new();
    let mut sources: Vec<&str> = Vec::new();
    let mut tus = 0_usize;
    for (rang, controle) in objectif.controles.iter().enumerate() {
        let tient = controle.verdict.tient() || controle.verdict == Verdict::SansObjet;
        if rang > 0 && tient {
            continue;
        }
        if rang > AUTRES {
            tus += 1;
            continue;
        }
        phrases.push_str(if rang > 0 { "\n" } else { "" });
        phrases.push_str(&reason(controle, objectif, resultat));
        for source in controle.sources {
            if !sources.contains(source) {
                sources.push(source);
            }
        }
    }
    if tus > 0 {
        phrases.push_str(
            &[
                "\nAutres contrôles qui ne tiennent pas\u{a0}: ",
                &tus.to_string(),
                ".",
            ]
            .concat(),
        );
    }
    slot(ligne, "raisons", &phrases)?;
    slot(ligne, "sources", &sources.join(", "))
}

/// « AD principal : 101 jours … (marge : −1 jour ; lectures : …) »
fn reason(controle: &Controle, objectif: &ResultatObjectif, resultat: &Resultat) -> String {
    let mut phrase = String::new();
    if let Some(sujet) = &controle.sujet {
        phrase.push_str(&nom_du_sujet(&resultat.dossier, objectif.code, sujet));
        phrase.push_str("\u{a0}: ");
    }
    phrase.push_str(&controle.explication);
    if let Some(marge) = controle.marge {
        phrase.push_str(&[" Marge\u{a0}: ", &marge.texte(), "."].concat());
    }
    let lectures = readings(controle);
    if !lectures.is_empty() {
        phrase.push_str(&[" Lectures du texte\u{a0}: ", &lectures, "."].concat());
    }
    phrase
}

fn show_date(ligne: &Element, echeance: &Echeance, resultat: &Resultat) -> Result<(), Absent> {
    slot(ligne, "date", &francais::date(echeance.date))?;
    let mut quoi = String::from(echeance.libelle);
    if let Some(sujet) = &echeance.sujet {
        quoi.push_str("\u{a0}: ");
        quoi.push_str(&nom_du_sujet(&resultat.dossier, echeance.objectif, sujet));
    }
    slot(ligne, "quoi", &quoi)?;
    slot(ligne, "code", echeance.objectif.code())?;
    slot(ligne, "sources", &echeance.sources.join(", "))
}

/// What was typed, part by part: a title and a text each; the parts left blank come last, named only.
fn inputs(hote: &Element) -> Vec<(String, String)> {
    let mut parts = Vec::new();
    let mut vides = Vec::new();
    let mut suite = Suite::of(hote);
    while let Some(element) = suite.next_in(hote) {
        let titre = title(&element);
        let avant = parts.len();
        match Role::of(&element) {
            Some(Role::Champ(_)) => parts.push(field(&element)),
            Some(Role::Groupe(_)) => {
                let texte = group(&mut suite, &element, true);
                parts.push((titre.clone(), texte));
            }
            Some(Role::Liste(_)) => list(&mut suite, &element, &titre, &mut parts),
            None => {}
        }
        parts.retain(|(_, texte)| !texte.is_empty());
        if parts.len() == avant && !titre.is_empty() {
            vides.push(titre);
        }
    }
    if !vides.is_empty() {
        parts.push(("Rien de saisi".into(), vides.join(ENTRE_LIGNES)));
    }
    parts
}

/// The heading of a part: what it is labelled by, or the part around it.
fn title(element: &Element) -> String {
    let nomme = element.closest("[aria-labelledby]");
    let titre = nomme.and_then(|nomme| {
        let id = nomme.attr("aria-labelledby");
        nomme.find(&["#", &id].concat())
    });
    let titre = titre.map_or_else(String::new, |titre| titre.text());
    titre
        .trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace())
        .trim()
        .into()
}

/// A list: one part for each row that holds a list of its own, else one part for all its rows.
fn list(suite: &mut Suite, liste: &Element, titre: &str, parts: &mut Vec<(String, String)>) {
    let mut lignes = Vec::new();
    while let Some(ligne) = suite.next_in(liste) {
        let blocs = ligne.find("[data-liste]").is_some();
        let texte = group(suite, &ligne, blocs);
        if blocs {
            let nom = ligne
                .find("[data-nom]")
                .map_or_else(String::new, |nom| nom.text());
            parts.push((nom, texte));
        } else if !texte.is_empty() {
            lignes.push(texte);
        }
    }
    parts.push((titre.into(), lignes.join(ENTRE_LIGNES)));
}

/// The fields of a group or a row, those that are filled in.
fn group(suite: &mut Suite, hote: &Element, libelles: bool) -> String {
    let mut morceaux = Vec::new();
    while let Some(element) = suite.next_in(hote) {
        match Role::of(&element) {
            Some(Role::Champ(_)) => {
                let (libelle, texte) = field(&element);
                if libelles && !texte.is_empty() && texte != libelle {
                    morceaux.push([&libelle, "\u{a0}: ", &*texte].concat());
                } else {
                    morceaux.push(texte);
                }
            }
            Some(Role::Groupe(_)) => morceaux.push(group(suite, &element, libelles)),
            Some(Role::Liste(_)) => {
                let mut dedans = Vec::new();
                list(suite, &element, "", &mut dedans);
                let texte = dedans.pop().map_or_else(String::new, |(_, texte)| texte);
                let titre = element
                    .closest("[data-bloc]")
                    .and_then(|bloc| bloc.find("[data-libelle]"));
                if let Some(titre) = titre.filter(|_| !texte.is_empty()) {
                    morceaux.push([&titre.text(), "\u{a0}: ", &*texte].concat());
                }
            }
            None => {}
        }
    }
    morceaux.retain(|morceau| !morceau.is_empty());
    morceaux.join(ENTRE_CHAMPS)
}

/// The label of a field, and what it shows; a ticked box shows its label.
pub(crate) fn field(champ: &Element) -> (String, String) {
    let libelle = label(champ);
    let genre = champ.attr("data-type");
    let texte = match Genre::from_name(&genre) {
        None if genre == "entites" => entities(champ, ", "),
        Some(Genre::Booleen) if champ.is_checked() => libelle.clone(),
        Some(Genre::Booleen) => String::new(),
        Some(Genre::Choix | Genre::OuiNon) if champ.value().is_empty() => String::new(),
        Some(Genre::Choix | Genre::OuiNon) => champ
            .find("option:checked")
            .map_or_else(String::new, |option| option.text()),
        _ => champ.value().trim().into(),
    };
    (libelle, texte)
}

/// The names of the entities ticked in a group of boxes.
pub(crate) fn entities(cases: &Element, entre: &str) -> String {
    let cochees = ticked(cases);
    let noms: Vec<String> = crate::rows::entities()
        .into_iter()
        .filter(|entite| cochees.contains(&entite.id))
        .map(|entite| entite.nom)
        .collect();
    noms.join(entre)
}

/// The label of a field.
pub(crate) fn label(champ: &Element) -> String {
    champ
        .closest("[data-enveloppe]")
        .and_then(|enveloppe| enveloppe.find("[data-libelle]"))
        .map_or_else(String::new, |libelle| libelle.text())
}
