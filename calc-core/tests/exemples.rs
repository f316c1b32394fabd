//! The worked examples of `content/exemples/`, run as tests; the site publishes the same files.
//!
//! One TOML file each, named by its address:
//! - `titre`, `pourquoi`: French, for the page; `date`: the day of the evaluation; `questions`: what it rests on.
//! - `dossier`: the dossier as JSON text, exactly what the calculator opens.
//! - `[attendu]`: `"D1.O2.A" = "perdu"` for an objective, `"D1.O2.A/intervalle-max@ext1" = "perdu"` for a check and its
//!   subject (no `@` for the whole dossier).
//! - `[marges]`: the same keys, `"-4 jours"`, `"0.50 jours"`, `"1 points"`, `"0 %"`.
//! - `[depenses]`: the id of an expense, `"partiel 3540.00"`.

mod commun;

use calc_core::{Controle, Evaluation, decimal};
use commun::exemples::{evaluer, exemples};

/// The check that a key names.
#[track_caller]
fn controle<'a>(evaluation: &'a Evaluation, cle: &str) -> &'a Controle {
    let (id, sujet) = cle
        .split_once('@')
        .map_or((cle, None), |(id, sujet)| (id, Some(sujet)));
    let mut controles = evaluation
        .objectifs
        .iter()
        .flat_map(|resultat| &resultat.controles);
    controles
        .find(|controle| controle.id == id && controle.sujet.as_deref() == sujet)
        .unwrap_or_else(|| panic!("no check {cle}"))
}

fn attendus<'a>(exemple: &'a toml::Table, table: &str) -> Vec<(&'a str, &'a str)> {
    let table = exemple.get(table).and_then(toml::Value::as_table);
    table
        .into_iter()
        .flatten()
        .map(|(cle, valeur)| (cle.as_str(), valeur.as_str().unwrap()))
        .collect()
}

fn verdict(evaluation: &Evaluation, cle: &str) -> &'static str {
    match evaluation
        .objectifs
        .iter()
        .find(|resultat| resultat.code.code() == cle)
    {
        Some(resultat) => resultat.verdict.as_str(),
        None => controle(evaluation, cle).verdict.as_str(),
    }
}

#[test]
fn every_example_gives_what_it_says() {
    let mut verdicts = 0;
    for (nom, exemple) in exemples() {
        let evaluation = evaluer(&exemple);
        for (cle, attendu) in attendus(&exemple, "attendu") {
            assert_eq!(verdict(&evaluation, cle), attendu, "{nom}: {cle}");
            verdicts += 1;
        }
        for (cle, attendu) in attendus(&exemple, "marges") {
            let marge = controle(&evaluation, cle)
                .marge
                .unwrap_or_else(|| panic!("{nom}: {cle} has no margin"));
            assert_eq!(
                format!("{} {}", marge.valeur_json(), marge.unite.as_str()),
                attendu,
                "{nom}: {cle}"
            );
        }
        for (id, attendu) in attendus(&exemple, "depenses") {
            let ligne = evaluation
                .depenses
                .lignes
                .iter()
                .find(|ligne| ligne.id == id)
                .unwrap();
            let montant = decimal(ligne.montant_eligible.0, 2);
            assert_eq!(
                format!("{} {montant}", ligne.statut.as_str()),
                attendu,
                "{nom}: {id}"
            );
            verdicts += 1;
        }
    }
    assert!(verdicts > 80, "{verdicts}");
}

#[test]
fn there_are_enough_and_they_are_whole() {
    let exemples = exemples();
    assert!(exemples.len() >= 40, "{}", exemples.len());
    for (nom, exemple) in &exemples {
        for cle in exemple.keys() {
            let cles = [
                "titre",
                "pourquoi",
                "date",
                "questions",
                "dossier",
                "attendu",
                "marges",
                "depenses",
            ];
            assert!(cles.contains(&cle.as_str()), "{nom}: {cle}");
        }
        assert!(
            exemple["pourquoi"].as_str().unwrap().ends_with('.'),
            "{nom}"
        );
        assert!(
            !exemple["questions"].as_array().unwrap().is_empty(),
            "{nom}"
        );
        assert!(
            attendus(exemple, "attendu").len() + attendus(exemple, "depenses").len() > 0,
            "{nom} expects nothing"
        );
    }
}

/// Every verdict is shown by some example, and every objective too.
#[test]
fn the_examples_cover_the_rules() {
    let mut vus = std::collections::BTreeSet::new();
    for (_, exemple) in exemples() {
        for (cle, attendu) in attendus(&exemple, "attendu") {
            vus.insert(attendu.to_string());
            vus.insert(cle.split(['/', '@']).next().unwrap().to_string());
        }
    }
    for verdict in calc_core::Verdict::TOUS {
        assert!(vus.contains(verdict.as_str()), "{}", verdict.as_str());
    }
    for objectif in calc_core::OBJECTIFS {
        assert!(vus.contains(objectif.code()), "{}", objectif.code());
    }
}
