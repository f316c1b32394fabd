use super::*;
use crate::essais::programme;
use calc_core::{evaluate, lire_date, read_dossier};

fn questions() -> Questions {
    Questions::from_json(
        r#"{"3.9":{"titre":"Outils","href":"../faq/3-9/"},"3.16":{"titre":"Rythme","href":"../faq/3-16/"}}"#,
    )
}

fn see(json: &str, jour: &str) -> View {
    let dossier = read_dossier(json).expect("dossier");
    let evaluation = evaluate(&dossier, &programme(), lire_date(jour).expect("date"));
    view(
        &evaluation,
        &Contexte {
            dossier: &dossier,
            questions: &questions(),
        },
    )
}

/// Two exposure audits, the second on a chosen day.
fn exposition(second: &str) -> String {
    format!(
        r#"{{"phase":{{"debut":"2026-03-20"}},"entites":[{{"id":"e1"}}],
        "perimetres":[{{"id":"ext1","nom":"Exposition du GHT","entites":["e1"],"audits":[
        {{"date":"2026-05-01","outil":"silene"}},{{"date":"{second}","outil":"silene"}}]}}]}}"#
    )
}

#[test]
fn a_lost_interval_is_the_first_thing_said() {
    let vue = see(&exposition("2026-08-10"), "2026-11-23");
    let carte = vue
        .cartes
        .iter()
        .find(|carte| carte.code == "D1.O2.A")
        .expect("carte");
    assert_eq!(carte.verdict, Verdict::Perdu);
    assert!(
        vue.principal
            .starts_with("D1.O2.A, Exposition du GHT\u{a0}: 101\u{a0}jours"),
        "{}",
        vue.principal
    );
    assert_eq!(
        (carte.ancre.as_str(), carte.href.as_str()),
        ("resultat-d1-o2-a", "../objectifs/d1-o2-a/")
    );
    let ligne = carte.decisif.as_ref().expect("contrôle");
    assert_eq!(ligne.id, "D1.O2.A/intervalle-max");
    assert_eq!(ligne.href, "../objectifs/d1-o2-a/#intervalle-max");
    assert_eq!(ligne.sujet.as_deref(), Some("Exposition du GHT"));
    let numeros: Vec<_> = ligne
        .sources
        .iter()
        .map(|lien| lien.numero.as_str())
        .collect();
    assert_eq!(numeros, ["3.9", "3.16"]);
    assert!(
        ligne
            .mesures
            .contains(&("Constaté", "101\u{a0}jours".into())),
        "{:?}",
        ligne.mesures
    );
}

#[test]
fn two_readings_are_both_shown_at_the_boundary() {
    let dossier = read_dossier(&exposition("2026-08-09")).expect("dossier");
    let jour = lire_date("2026-09-01").expect("date");
    let evaluation = evaluate(&dossier, &programme(), jour);
    let questions = questions();
    let contexte = Contexte {
        dossier: &dossier,
        questions: &questions,
    };
    let objectif = evaluation
        .objectifs
        .iter()
        .find(|objectif| objectif.code.code() == "D1.O2.A")
        .expect("objectif");
    let mut lignes = card(objectif, &contexte)
        .decisif
        .into_iter()
        .chain(detail(objectif, &evaluation.informations, &contexte).autres);
    let max = lignes
        .find(|ligne| ligne.id == "D1.O2.A/intervalle-max")
        .expect("contrôle");
    let verdicts: Vec<_> = max.lectures.iter().map(|lecture| lecture.verdict).collect();
    assert_eq!(verdicts.len(), 2);
    assert_ne!(verdicts[0], verdicts[1]);
}

#[test]
fn what_is_missing_leads_to_its_field() {
    let vue = see("{}", "2026-11-23");
    let carte = vue
        .cartes
        .iter()
        .find(|carte| carte.code == "D1.O1.A")
        .expect("carte");
    assert_eq!(carte.verdict, Verdict::Incomplet);
    assert!(
        carte
            .decisif
            .as_ref()
            .is_some_and(|ligne| !ligne.manque.is_empty())
    );
}

#[test]
fn a_subject_without_name_goes_by_its_rank() {
    let json = exposition("2026-08-10").replace("\"nom\":\"Exposition du GHT\",", "");
    let vue = see(&json, "2026-11-23");
    let carte = vue
        .cartes
        .iter()
        .find(|carte| carte.code == "D1.O2.A")
        .expect("carte");
    assert_eq!(
        carte
            .decisif
            .as_ref()
            .and_then(|ligne| ligne.sujet.as_deref()),
        Some("Périmètre 1")
    );
}

#[test]
fn what_decides_counts_whom_else_it_is_true_of() {
    let sujet = |entites: &str| {
        let vue = see(&format!(r#"{{"entites":[{entites}]}}"#), "2026-11-23");
        let carte = vue.cartes.iter().find(|carte| carte.code == "D1.O3");
        let decisif = carte.and_then(|carte| carte.decisif.clone());
        decisif.and_then(|ligne| ligne.sujet)
    };
    let entite = |rang| format!(r#"{{"id":"e{rang}","nom":"CH {rang}"}}"#);
    for (nombre, dit) in [
        (1, "CH 1"),
        (2, "CH 1 et 1\u{a0}autre"),
        (3, "CH 1 et 2\u{a0}autres"),
    ] {
        let entites: Vec<String> = (1..=nombre).map(entite).collect();
        assert_eq!(sujet(&entites.join(",")).as_deref(), Some(dit));
    }
    // What is measured is told of one alone: the measure shown beside it is its own.
    let audits = r#""audits":[{"date":"2026-05-01","outil":"silene"},{"date":"2026-08-10","outil":"silene"}]"#;
    let deux = format!(
        r#"{{"phase":{{"debut":"2026-03-20"}},"entites":[{{"id":"e1"}},{{"id":"e2"}}],
        "perimetres":[{{"id":"a","nom":"A","entites":["e1"],{audits}}},{{"id":"b","nom":"B","entites":["e2"],{audits}}}]}}"#
    );
    let vue = see(&deux, "2026-11-23");
    let carte = vue.cartes.iter().find(|carte| carte.code == "D1.O2.A");
    let ligne = carte
        .and_then(|carte| carte.decisif.clone())
        .expect("contrôle");
    assert!(!ligne.mesures.is_empty());
    assert_eq!(ligne.sujet.as_deref(), Some("A"));
    // Another sentence, another subject.
    let attaquee = r#"{"entites":[{"id":"e1","nom":"CH 1"},{"id":"e2","nom":"CH 2"}],
        "exercices":[{"date":"2026-06-01","organisateur":"interne","preuve":"retex","entites":["e1"]}]}"#;
    let vue = see(attaquee, "2026-11-23");
    let carte = vue.cartes.iter().find(|carte| carte.code == "D1.O3");
    let ligne = carte
        .and_then(|carte| carte.decisif.clone())
        .expect("contrôle");
    assert_eq!(ligne.sujet.as_deref(), Some("CH 2"));
}
