//! What changed, for a machine.

use super::impact::{Impact, Parametre, Passage};
use super::mots::Piece;
use super::version::Question;
use super::{Changement, Difference, Version};
use serde_json::{Value, json};

/// The whole comparison as JSON.
pub(crate) fn json(difference: &Difference) -> Value {
    json!({
        "ancien": version(difference.ancien),
        "nouveau": version(difference.nouveau),
        "inchangees": difference.inchangees,
        "questions": difference.questions.iter().map(question).collect::<Vec<_>>(),
    })
}

fn version(version: &Version) -> Value {
    json!({
        "nom": version.nom,
        "version": version.numero,
        "date": version.date.map(|date| date.to_string()),
        "officiel": version.officiel,
        "questions": version.questions.len(),
    })
}

fn question(change: &Changement) -> Value {
    let numero = |question: Option<&Question>| question.map(|q| q.numero.to_string());
    let etats = change.etats().into_iter().map(super::Etat::cle);
    json!({
        "etats": etats.collect::<Vec<_>>(),
        "ancien": numero(change.ancien),
        "nouveau": numero(change.nouveau),
        "titre": change.titre_courant(),
        "mots_du_titre": pieces(&change.titre),
        "mots_de_la_reponse": pieces(&change.reponse),
        "a_revoir": a_revoir(&change.impact),
    })
}

fn pieces(pieces: &[Piece]) -> Vec<Value> {
    let one = |piece: &Piece| match piece {
        Piece::Egal(words) => json!({"egal": words}),
        Piece::Retire(words) => json!({"retire": words}),
        Piece::Ajoute(words) => json!({"ajoute": words}),
    };
    pieces.iter().map(one).collect()
}

fn a_revoir(impact: &Impact) -> Value {
    let regles = impact.regles.iter().map(
        |regle| json!({"id": regle.id, "titre": regle.titre, "objectif": regle.objectif.code()}),
    );
    let exemples = impact.exemples.iter();
    let exemples = exemples.map(|(name, title)| json!({"nom": name, "titre": title}));
    let reponses = impact.reponses.iter().map(ToString::to_string);
    json!({
        "parametres": impact.parametres.iter().map(parametre).collect::<Vec<_>>(),
        "regles": regles.collect::<Vec<_>>(),
        "exemples": exemples.collect::<Vec<_>>(),
        "reponses": reponses.collect::<Vec<_>>(),
        "passages": impact.passages.iter().map(passage).collect::<Vec<_>>(),
    })
}

fn parametre(parametre: &Parametre) -> Value {
    let (fichier, ligne) = &parametre.place;
    json!({
        "cle": parametre.cle,
        "libelle": parametre.libelle,
        "valeur": parametre.valeur,
        "valeur_retiree": parametre.retiree,
        "fichier": fichier,
        "ligne": ligne,
    })
}

fn passage(passage: &Passage) -> Value {
    json!({
        "fichier": passage.fichier,
        "ligne": passage.ligne,
        "intertitre": passage.intertitre,
        "ancre": passage.ancre,
    })
}
