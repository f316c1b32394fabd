//! What changed, for a reader at a terminal.

use super::impact::{Impact, Passage};
use super::mots::en_ligne;
use super::{Changement, Difference, Etat, Version};
use crate::francais;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Words of what did not change, shown around what did.
const AUTOUR: usize = 6;

/// The whole comparison as text.
pub(crate) fn texte(difference: &Difference) -> String {
    let mut out = String::new();
    let sides = [difference.ancien, difference.nouveau].map(nom);
    let _ = writeln!(out, "{}", sides.join(" → "));
    let _ = writeln!(out, "{}", compte(difference));
    for change in &difference.questions {
        let _ = write!(out, "\n{}", question(change));
    }
    out.push_str(&ensemble(difference));
    out
}

/// `version 1.1 (12 novembre 2026), official.txt`
fn nom(version: &Version) -> String {
    let date = version
        .date
        .map(|date| format!(" ({})", francais::date(date)));
    match &version.numero {
        Some(number) => format!(
            "version {number}{} [{}]",
            date.unwrap_or_default(),
            version.nom
        ),
        None => version.nom.clone(),
    }
}

/// `1 nouvelle, 2 modifiées, 64 inchangées`
pub(super) fn compte(difference: &Difference) -> String {
    let count = |etat: Etat| {
        let such = difference
            .questions
            .iter()
            .filter(|change| change.etats().contains(&etat));
        such.count()
    };
    let mut parts: Vec<String> = [
        Etat::Nouvelle,
        Etat::Supprimee,
        Etat::Modifiee,
        Etat::Deplacee,
    ]
    .into_iter()
    .filter(|etat| count(*etat) > 0)
    .map(|etat| accorde(count(etat), etat.mot()))
    .collect();
    parts.push(accorde(difference.inchangees, "inchangée"));
    format!("questions : {}", parts.join(", "))
}

fn accorde(count: usize, word: &str) -> String {
    let plural = if count > 1 { "s" } else { "" };
    format!("{count} {word}{plural}")
}

fn question(change: &Changement) -> String {
    let mut out = entete(change);
    for (what, pieces) in [("titre", &change.titre), ("réponse", &change.reponse)] {
        if !pieces.is_empty() {
            let _ = writeln!(out, "  {what} : {}", en_ligne(pieces, AUTOUR));
        }
    }
    let lines = impact(&change.impact);
    if !lines.is_empty() {
        out.push_str("  à revoir :\n");
    }
    for line in lines {
        let _ = writeln!(out, "  - {line}");
    }
    out
}

/// `3.10 déplacée (avant : 3.9), modifiée : title`
fn entete(change: &Changement) -> String {
    let states: Vec<String> = change
        .etats()
        .into_iter()
        .map(|etat| match (etat, change.ancien) {
            (Etat::Deplacee, Some(old)) => format!("déplacée (avant : {})", old.numero),
            _ => etat.mot().to_owned(),
        })
        .collect();
    let number = change.numero().map(|numero| numero.to_string());
    let title = change.titre_courant();
    format!(
        "{} {} : {title}\n",
        number.unwrap_or_default(),
        states.join(", ")
    )
}

/// One line per thing to look at again.
fn impact(impact: &Impact) -> Vec<String> {
    let mut lines = Vec::new();
    for parametre in &impact.parametres {
        let (file, line) = &parametre.place;
        let value = parametre.valeur.as_deref().unwrap_or("voir le guide");
        let gone = if parametre.retiree {
            ", VALEUR RETIRÉE DU TEXTE"
        } else {
            ""
        };
        lines.push(format!(
            "paramètre {} = {value}{gone} ({file}:{line})",
            parametre.cle
        ));
    }
    for regle in &impact.regles {
        lines.push(format!("règle {} : {}", regle.id, regle.titre));
    }
    for (name, title) in &impact.exemples {
        lines.push(format!("exemple {name} : {title}"));
    }
    if !impact.reponses.is_empty() {
        let numbers: Vec<String> = impact.reponses.iter().map(ToString::to_string).collect();
        lines.push(format!("réponses liées : {}", numbers.join(", ")));
    }
    lines.extend(impact.passages.iter().map(passage));
    lines
}

fn passage(passage: &Passage) -> String {
    let Passage {
        fichier,
        ligne,
        intertitre,
        ancre,
    } = passage;
    let kind = if fichier.contains("points-a-confirmer") {
        "point"
    } else {
        "passage"
    };
    let heading = match (intertitre.as_str(), ancre.as_str()) {
        ("", _) => String::new(),
        (title, "") => format!(" « {title} »"),
        (title, anchor) => format!(" « {title} » (#{anchor})"),
    };
    format!("{kind} {fichier}:{ligne}{heading}")
}

/// Everything to look at again, once: rules and parameters first, as verdicts rest on them.
fn ensemble(difference: &Difference) -> String {
    let mut parametres = BTreeSet::new();
    let mut regles = BTreeSet::new();
    let mut objectifs = BTreeSet::new();
    let mut exemples = BTreeSet::new();
    for change in &difference.questions {
        parametres.extend(change.impact.parametres.iter().map(|p| p.cle.as_str()));
        regles.extend(change.impact.regles.iter().map(|regle| regle.id));
        objectifs.extend(
            change
                .impact
                .regles
                .iter()
                .map(|regle| regle.objectif.code()),
        );
        exemples.extend(change.impact.exemples.iter().map(|(name, _)| name.as_str()));
    }
    let mut out = String::new();
    for (what, names) in [
        ("paramètres", &parametres),
        ("règles", &regles),
        ("exemples", &exemples),
        ("dossiers : tous ceux qui visent", &objectifs),
    ] {
        if !names.is_empty() {
            let list: Vec<&str> = names.iter().copied().collect();
            let _ = writeln!(out, "  {what} : {}", list.join(", "));
        }
    }
    if out.is_empty() {
        return out;
    }
    format!("\nEn tout, à revoir :\n{out}")
}
