//! What the tests share: the real programme, and dossiers in a line or two.
#![allow(dead_code, reason = "each test file uses its own part of it")]
#![allow(
    clippy::allow_attributes,
    reason = "`expect` would fail in the files that use everything"
)]

pub(crate) mod exemples;
pub(crate) mod hasard;
pub(crate) mod tirage;

use calc_core::{
    Dossier, Evaluation, Objectif, Programme, Verdict, evaluate, lire_date, read_dossier,
};
use chrono::NaiveDate;
use std::fmt::Write;

/// The programme of `content/programme.toml`, the one home of dates and thresholds.
pub(crate) fn programme() -> Programme {
    programme_avec(&[])
}

/// The same with values put in: `("part_activite_min_pourcent", "80")`, each in TOML.
pub(crate) fn programme_avec(valeurs: &[(&str, &str)]) -> Programme {
    let texte = include_str!("../../../content/programme.toml");
    let mut table: toml::Table = texte.parse().unwrap();
    for (cle, valeur) in valeurs {
        let lu: toml::Table = format!("v = {valeur}").parse().unwrap();
        table[*cle]
            .as_table_mut()
            .unwrap()
            .insert("valeur".into(), lu["v"].clone());
    }
    Programme::from_json(&programme_json(&table)).unwrap()
}

fn programme_json(table: &toml::Table) -> String {
    let mut parametres = String::new();
    for (cle, valeur) in table.iter().filter(|(_, valeur)| valeur.is_table()) {
        if !parametres.is_empty() {
            parametres.push(',');
        }
        write!(parametres, "\"{cle}\":{}", json(valeur)).unwrap();
    }
    format!(
        "{{\"version\":{},\"version_date\":{},\"parametres\":{{{parametres}}}}}",
        json(&table["version"]),
        json(&table["version_date"])
    )
}

/// TOML to JSON; dates become strings.
pub(crate) fn json(valeur: &toml::Value) -> String {
    match valeur {
        toml::Value::String(texte) => format!("{texte:?}"),
        toml::Value::Datetime(date) => format!("\"{date}\""),
        toml::Value::Array(elements) => format!(
            "[{}]",
            elements.iter().map(json).collect::<Vec<_>>().join(",")
        ),
        toml::Value::Table(table) => {
            let membres: Vec<_> = table
                .iter()
                .map(|(cle, valeur)| format!("{cle:?}:{}", json(valeur)))
                .collect();
            format!("{{{}}}", membres.join(","))
        }
        autre => autre.to_string(),
    }
}

/// A day: `2026-05-10`.
#[track_caller]
pub(crate) fn jour(texte: &str) -> NaiveDate {
    lire_date(texte).unwrap()
}

/// Reads a dossier that must be right.
#[track_caller]
pub(crate) fn dossier(json: &str) -> Dossier {
    read_dossier(json).unwrap_or_else(|fautes| panic!("{fautes:?}\n{json}"))
}

/// S and E as a member of a dossier.
pub(crate) fn phase(debut: &str, fin: &str) -> String {
    format!(r#""phase":{{"debut":"{debut}","validation_ars":"2026-05-07","declaration":"{fin}"}}"#)
}

/// The verdict of a check, which must exist once.
#[track_caller]
pub(crate) fn verdict(evaluation: &Evaluation, id: &str) -> Verdict {
    let mut trouves = evaluation
        .objectifs
        .iter()
        .flat_map(|resultat| &resultat.controles)
        .filter(|controle| controle.id == id);
    let controle = trouves
        .next()
        .unwrap_or_else(|| panic!("no check {id} in {evaluation:#?}"));
    assert!(trouves.next().is_none(), "several checks {id}");
    controle.verdict
}

/// Evaluates and gives the verdict of an objective.
#[track_caller]
pub(crate) fn objectif(evaluation: &Evaluation, code: Objectif) -> Verdict {
    evaluation.objectif(code).unwrap().verdict
}

/// Evaluates a dossier in JSON on a day.
#[track_caller]
pub(crate) fn evaluer(json: &str, aujourdhui: &str) -> Evaluation {
    evaluate(&dossier(json), &programme(), jour(aujourdhui))
}

/// Days written as offsets from a first one, for tables: `jours("2026-05-10", &[0, 60])`.
pub(crate) fn jours(premier: &str, ecarts: &[i64]) -> Vec<String> {
    let premier = jour(premier);
    ecarts
        .iter()
        .map(|ecart| calc_core::plus_jours(premier, *ecart).to_string())
        .collect()
}
