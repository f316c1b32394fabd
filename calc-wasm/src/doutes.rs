//! What the text leaves open: once for all that it concerns, with the message that asks.

use crate::prelude::*;
use crate::view::{self, Contexte, Ligne};
use calc_core::{Evaluation, Objectif, Verdict, francais};

/// A check that the text does not settle, once for all that it concerns.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Doute {
    /// The check of the first that it concerns.
    pub(crate) ligne: Ligne,
    /// The names of all.
    pub(crate) sujets: String,
    /// What to ask, ready to be sent.
    pub(crate) question: String,
}

pub(crate) fn doubts(evaluation: &Evaluation, contexte: &Contexte) -> Vec<Doute> {
    let mut doutes: Vec<(Ligne, Vec<String>, Objectif)> = Vec::new();
    for resultat in &evaluation.objectifs {
        for controle in &resultat.controles {
            if controle.verdict != Verdict::AConfirmer || controle.id.ends_with("part-activite") {
                continue;
            }
            let ligne = view::line(controle, resultat.code, contexte);
            let nom = ligne.sujet.clone();
            match doutes.iter_mut().find(|(autre, ..)| autre.id == ligne.id) {
                Some((_, noms, _)) => noms.extend(nom),
                None => doutes.push((ligne, nom.into_iter().collect(), resultat.code)),
            }
        }
    }
    doutes
        .into_iter()
        .map(|(ligne, noms, objectif)| {
            let sujets = noms.join(", ");
            let question = question(&ligne, &sujets, objectif, evaluation, contexte);
            Doute {
                ligne,
                sujets,
                question,
            }
        })
        .collect()
}

/// A message to the support, with nothing left to fill in.
fn question(
    ligne: &Ligne,
    sujets: &str,
    objectif: Objectif,
    evaluation: &Evaluation,
    contexte: &Contexte,
) -> String {
    let candidat = contexte.dossier.candidat.as_ref();
    let nom = candidat.and_then(|candidat| candidat.nom.as_deref());
    let mut texte = String::from("Bonjour,\n\nProgramme CaRE, Domaine 1 bis, objectif ");
    texte.push_str(objectif.code());
    if let Some(nom) = nom {
        texte.push_str(", candidat\u{a0}: ");
        texte.push_str(nom);
    }
    texte.push_str(".\nRègle\u{a0}: ");
    texte.push_str(ligne.titre);
    if !sujets.is_empty() {
        texte.push_str(" (");
        texte.push_str(sujets);
        texte.push(')');
    }
    texte.push_str(".\n\n");
    texte.push_str(&ligne.phrase);
    texte.push_str("\n\n");
    for lecture in &ligne.lectures {
        texte.push_str("– ");
        texte.push_str(lecture.nom);
        texte.push_str("\u{a0}: ");
        texte.push_str(&lecture.phrase);
        cite(&mut texte, &lecture.sources);
        texte.push('\n');
    }
    texte.push_str(if ligne.lectures.is_empty() {
        "Que faut-il retenir dans ce cas"
    } else {
        "\nLaquelle de ces lectures faut-il retenir"
    });
    texte.push_str("\u{202f}? Questions-réponses officielles, version ");
    texte.push_str(&evaluation.programme);
    cite(&mut texte, &ligne.sources);
    texte.push_str(".\n\nSituation au ");
    texte.push_str(&francais::date(evaluation.date));
    texte.push_str(".\n");
    texte
}

fn cite(texte: &mut String, sources: &[crate::questions::LienQuestion]) {
    for (rang, source) in sources.iter().enumerate() {
        texte.push_str(if rang == 0 { " (question\u{a0}" } else { ", " });
        texte.push_str(&source.numero);
    }
    if !sources.is_empty() {
        texte.push(')');
    }
}
