//! What a reading of the form comes to: a dossier and its verdicts, or what to mend first.

use crate::form::{Faute, Groupe};
use crate::prelude::*;
use calc_core::{Dossier, Evaluation, Programme, evaluate_sans_echeancier};
use chrono::NaiveDate;

/// A dossier that was understood, and its verdicts.
#[derive(Debug)]
pub(crate) struct Resultat {
    /// The dossier.
    pub(crate) dossier: Dossier,
    /// Its verdicts, without deadlines: what shows them works them out.
    pub(crate) evaluation: Evaluation,
}

/// What a form that was read comes to on a day: `lu` is its dossier, `fautes` what is to be mended in its fields.
///
/// # Errors
/// Every fault at once, those of the fields first; a field has one at most.
pub(crate) fn judge(
    mut fautes: Vec<Faute>,
    lu: Result<Dossier, Vec<calc_core::Faute>>,
    racine: &Groupe,
    jour: Result<NaiveDate, Faute>,
    programme: &Programme,
) -> Result<Resultat, Vec<Faute>> {
    let lu = lu.map_err(|refus| add_faults(&mut fautes, refus, racine));
    let jour = jour.map_err(|faute| fautes.push(faute)).ok();
    match (lu, jour) {
        (Ok(dossier), Some(jour)) if fautes.is_empty() => {
            let evaluation = evaluate_sans_echeancier(&dossier, programme, jour);
            Ok(Resultat {
                dossier,
                evaluation,
            })
        }
        _ => Err(fautes),
    }
}

/// Adds the faults that the core found to those of the fields: a field has one at most.
pub(crate) fn add_faults(fautes: &mut Vec<Faute>, refus: Vec<calc_core::Faute>, racine: &Groupe) {
    for faute in refus {
        let place = racine.place_of(&faute.chemin);
        if place.is_none() || fautes.iter().all(|faute| faute.place != place) {
            fautes.push(Faute {
                place,
                message: faute.message,
                manquant: false,
            });
        }
    }
}

/// A message of the core with the label of its field in place of its key: « Le champ « score » … ».
pub(crate) fn by_label(message: &str, libelle: Option<&str>) -> String {
    const DEBUT: &str = "Le champ «";
    let suite = message
        .strip_prefix(DEBUT)
        .and_then(|reste| reste.split_once('»'));
    match (suite, libelle) {
        (Some((_, suite)), Some(libelle)) => [DEBUT, "\u{a0}", libelle, "\u{a0}»", suite].concat(),
        _ => message.into(),
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

/// Why a dossier was not opened: `debut`, then its first faults, in full, and how many others there are.
pub(crate) fn refusal(debut: &str, fautes: &[calc_core::Faute]) -> String {
    let mut phrase = String::from(debut);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::essais::programme;
    use crate::form::{Champ, Groupe, Noeud};
    use crate::relecture::Relecture;
    use crate::saisie::Genre;
    use alloc::rc::Rc;
    use calc_core::read_dossier;

    fn champ(place: usize, genre: Genre, texte: &str) -> Noeud {
        Noeud::Champ(Champ::new(place, genre, texte.into(), None))
    }

    fn form(debut: &str, part: &str) -> Groupe {
        let phase = Groupe {
            membres: vec![("debut".into(), champ(0, Genre::Date, debut))],
            ..Groupe::default()
        };
        let membres = vec![
            ("phase".into(), Noeud::Groupe(phase)),
            (
                "part_activite_min_pourcent".into(),
                champ(1, Genre::Decimal, part),
            ),
        ];
        Groupe {
            membres,
            ..Groupe::default()
        }
    }

    fn judge_form(
        racine: &Groupe,
        jour: Result<NaiveDate, Faute>,
    ) -> Result<Rc<Resultat>, Vec<Faute>> {
        Relecture::default().judge(racine, jour, &programme())
    }

    fn day() -> NaiveDate {
        calc_core::lire_date("2026-11-23").expect("date")
    }

    #[test]
    fn a_form_without_fault_is_judged() {
        let resultat = judge_form(&form("20/03/2026", "80"), Ok(day())).expect("judged");
        assert!(resultat.dossier.phase.is_some());
        assert!(!resultat.evaluation.objectifs.is_empty());
    }

    #[test]
    fn every_fault_leads_to_its_field_once() {
        let fautes = judge_form(&form("20/13/2026", "180"), Ok(day())).expect_err("faults");
        let places: Vec<_> = fautes.iter().map(|faute| faute.place).collect();
        assert_eq!(places, [Some(0), Some(1)], "{fautes:?}");
    }

    #[test]
    fn a_day_not_understood_is_a_fault_too() {
        let jour = Err(Faute {
            place: Some(2),
            message: "Date non comprise.".into(),
            manquant: false,
        });
        let fautes = judge_form(&form("", ""), jour).expect_err("faults");
        assert_eq!(fautes.len(), 1);
        assert_eq!(fautes[0].place, Some(2));
    }

    #[test]
    fn a_fault_without_field_has_no_place() {
        let racine = Groupe {
            reste: r#"{"exercices":[{"date":"2026-06-01","entites":["disparue"]}]}"#.into(),
            ..Groupe::default()
        };
        let fautes = judge_form(&racine, Ok(day())).expect_err("faults");
        assert_eq!(
            fautes.iter().map(|faute| faute.place).collect::<Vec<_>>(),
            [None]
        );
        assert!(fautes[0].message.contains("disparue"));
    }

    #[test]
    fn a_refused_file_says_why_and_how_much_more() {
        let refused = |json| refusal("Non.", &read_dossier(json).expect_err(json));
        assert!(refused("{").contains("JSON"));
        let longue = refused(r#"{"a":1,"b":2,"c":3,"d":4}"#);
        assert!(longue.contains("2 autres points"), "{longue}");
        assert!(refused(r#"{"a":1,"b":2,"c":3}"#).contains("un autre point"));
    }

    #[test]
    fn a_fault_goes_by_the_label_of_its_field() {
        let message = "Le champ « score » ne peut pas valoir 9 : indiquez un score.";
        let dit = by_label(message, Some("Score ADS"));
        assert_eq!(
            dit,
            "Le champ «\u{a0}Score ADS\u{a0}» ne peut pas valoir 9 : indiquez un score."
        );
        assert_eq!(by_label(message, None), message);
        assert_eq!(by_label("Deux audits.", Some("Date")), "Deux audits.");
    }

    #[test]
    fn waiting_counts_fields() {
        assert_eq!(waiting(1), "En attente\u{a0}: corrigez 1\u{a0}champ.");
        assert_eq!(waiting(2), "En attente\u{a0}: corrigez 2\u{a0}champs.");
    }

    #[test]
    fn the_example_of_the_page_opens() {
        let page = include_str!("../../www/templates/partials/calculateur-exemple.html");
        let json = page
            .split_once('>')
            .and_then(|(_, suite)| suite.rsplit_once("</script>"))
            .expect("script")
            .0;
        let dossier = read_dossier(json).expect("example");
        assert_eq!((dossier.annuaires.len(), dossier.perimetres.len()), (2, 1));
    }
}
