//! What changed, as a draft of an entry of « Nouveautés » for an editor to finish.

use super::mots::Piece;
use super::texte::compte;
use super::{Changement, Difference, Etat};
use crate::francais;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Words of the official text are quoted up to so many: the site says things in its own.
const CITES: usize = 5;

/// The draft of `content/nouveautes/….md`, dated the day of the newer version; where that is unknown the build will
/// ask for a date.
pub(crate) fn brouillon(difference: &Difference) -> String {
    let mut out = String::from("+++\n");
    let title = match (&difference.nouveau.numero, difference.nouveau.date) {
        (Some(number), Some(day)) => format!(
            "Version {number} des questions-réponses, du {}",
            francais::date(day)
        ),
        _ => "Nouvelle version des questions-réponses".to_owned(),
    };
    let _ = writeln!(out, "titre = {}", serde_json::Value::from(title));
    let date = difference.nouveau.date.map(|date| date.to_string());
    let _ = writeln!(out, "date = \"{}\"\n+++", date.unwrap_or_default());
    let _ = writeln!(
        out,
        "Le texte officiel a changé ; {}.\n",
        compte(difference)
    );
    for change in &difference.questions {
        let _ = writeln!(out, "- {}", ligne(change));
    }
    let parametres = parametres(difference);
    if !parametres.is_empty() {
        let _ = writeln!(out, "\n## Dates et seuils à vérifier dans le texte\n");
    }
    for (label, numbers) in parametres {
        let _ = writeln!(out, "- {label} ({})", numbers.join(", "));
    }
    out
}

fn ligne(change: &Changement) -> String {
    let lien = |numero: String| format!("[question {numero}](faq:{numero})");
    let number = change
        .numero()
        .map(|numero| numero.to_string())
        .unwrap_or_default();
    let old = change
        .ancien
        .map(|old| old.numero.to_string())
        .unwrap_or_default();
    let states = change.etats();
    match states.as_slice() {
        [Etat::Nouvelle] => format!("Nouvelle {} : à résumer ici.", lien(number)),
        [Etat::Supprimee] => format!("La question {old} n'y est plus : dire ce que cela change."),
        [Etat::Deplacee] => format!(
            "La question {old} devient la {}, sans changement.",
            lien(number)
        ),
        [Etat::Deplacee, _] => {
            format!(
                "La question {old} devient la {}{}",
                lien(number),
                detail(change)
            )
        }
        _ => format!("La {} a changé{}", lien(number), detail(change)),
    }
}

/// ` : « 100 » devient « 90 ».`, where few words changed.
fn detail(change: &Changement) -> String {
    let mut said = Vec::new();
    for pieces in [&change.titre, &change.reponse] {
        for (rank, piece) in pieces.iter().enumerate() {
            let next = pieces.get(rank + 1);
            let before = rank.checked_sub(1).and_then(|rank| pieces.get(rank));
            said.push(match (before, piece, next) {
                (_, Piece::Retire(old), Some(Piece::Ajoute(new))) => court(old)
                    .zip(court(new))
                    .map(|(old, new)| format!("« {old} » devient « {new} »")),
                (_, Piece::Retire(old), _) => court(old).map(|old| format!("« {old} » disparaît")),
                (Some(Piece::Retire(_)), Piece::Ajoute(_), _) | (_, Piece::Egal(_), _) => continue,
                (_, Piece::Ajoute(new), _) => court(new).map(|new| format!("« {new} » est ajouté")),
            });
        }
    }
    let all: Option<Vec<String>> = said.into_iter().collect();
    match all {
        Some(said) if said.len() <= 3 => format!(" : {}.", said.join(" ; ")),
        _ => " : à résumer ici.".to_owned(),
    }
}

fn court(words: &str) -> Option<&str> {
    (words.split(' ').count() <= CITES).then_some(words)
}

/// Parameters whose value the text no longer says, with their questions.
fn parametres(difference: &Difference) -> BTreeMap<String, Vec<String>> {
    let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for change in &difference.questions {
        let number = change
            .numero()
            .map(|n| format!("question {n}"))
            .unwrap_or_default();
        for parametre in change.impact.parametres.iter().filter(|p| p.retiree) {
            out.entry(parametre.libelle.clone())
                .or_default()
                .push(number.clone());
        }
    }
    out
}
