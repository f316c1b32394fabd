//! What a reading of the form comes to: a dossier and its verdicts, or what to mend first.

use crate::form::{Faute, Lecture};
use calc_core::{Dossier, Evaluation, Programme, evaluate, read_dossier};
use chrono::NaiveDate;

/// A dossier that was understood, and its verdicts.
#[derive(Debug)]
pub(crate) struct Resultat {
    /// The dossier.
    pub(crate) dossier: Dossier,
    /// Its verdicts.
    pub(crate) evaluation: Evaluation,
}

/// What the form comes to on a day.
///
/// # Errors
/// Every fault at once, those of the fields first; a field has one at most.
pub(crate) fn judge(
    lecture: &Lecture,
    jour: Result<NaiveDate, Faute>,
    programme: &Programme,
) -> Result<Resultat, Vec<Faute>> {
    let mut fautes = lecture.fautes.clone();
    let lu = read_dossier(&lecture.json);
    if let Err(refus) = &lu {
        for faute in refus {
            add_fault(&mut fautes, lecture.place_of(&faute.chemin), &faute.message);
        }
    }
    let jour = jour.map_err(|faute| fautes.push(faute)).ok();
    match (lu, jour) {
        (Ok(dossier), Some(jour)) if fautes.is_empty() => {
            let evaluation = evaluate(&dossier, programme, jour);
            Ok(Resultat {
                dossier,
                evaluation,
            })
        }
        _ => Err(fautes),
    }
}

fn add_fault(fautes: &mut Vec<Faute>, place: Option<usize>, message: &str) {
    if place.is_none() || fautes.iter().all(|faute| faute.place != place) {
        fautes.push(Faute {
            place,
            message: message.into(),
            manquant: false,
        });
    }
}

/// « En attente : corrigez 2 champs. »
pub(crate) fn waiting(nombre: usize) -> String {
    let champs = if nombre < 2 {
        "\u{a0}champ."
    } else {
        "\u{a0}champs."
    };
    ["En attente\u{a0}: corrigez ", &nombre.to_string(), champs].concat()
}

/// Why a file was not opened: its first faults, in full, and how many others there are.
pub(crate) fn refusal(fautes: &[calc_core::Faute]) -> String {
    let mut phrase = String::from("Ce fichier n’a pas été ouvert, votre saisie est intacte.");
    for faute in fautes.iter().take(2) {
        phrase.push(' ');
        phrase.push_str(&faute.message);
    }
    match fautes.len() {
        0..=2 => phrase,
        3 => [&phrase, " Il y a un autre point à corriger."].concat(),
        nombre => [
            &phrase,
            " Il y a ",
            &(nombre - 2).to_string(),
            " autres points à corriger.",
        ]
        .concat(),
    }
}
