//! Every sentence that the worked examples bring out, as one table: `phrases.txt`, by rule, then verdict.
//!
//! A verdict may be right and its sentence wrong. Whoever changes a sentence reads it here, beside its neighbours:
//! `PHRASES=write cargo test -p calc-core --test phrases` writes the table anew, and the difference is reviewed.

mod commun;

use calc_core::{Evaluation, Verdict};
use commun::exemples::{evaluer, exemples};
use std::collections::BTreeMap;
use std::fmt::Write;

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/phrases.txt");

/// What says it, how, and the first example where it does.
type Phrases = BTreeMap<(String, String), String>;

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the table is a file; only this test writes it, when told to"
)]
fn the_sentences_of_the_examples() {
    let table = table();
    if std::env::var_os("PHRASES").is_some_and(|dit| dit == "write") {
        std::fs::write(TABLE, &table).unwrap();
    }
    let attendue = std::fs::read_to_string(TABLE).unwrap();
    let lignes = |texte: &str| -> Vec<String> { texte.lines().map(String::from).collect() };
    let (dites, attendues) = (lignes(&table), lignes(&attendue));
    let hors = |lignes: &[String], autres: &[String]| -> Vec<String> {
        let seules = lignes.iter().filter(|ligne| !autres.contains(ligne));
        seules.cloned().collect()
    };
    assert_eq!(
        (hors(&dites, &attendues), hors(&attendues, &dites)),
        (Vec::new(), Vec::new()),
        "said now but not in {TABLE}; there but no longer said"
    );
    assert!(dites == attendues, "the order of {TABLE} has changed");
}

fn table() -> String {
    let mut phrases = Phrases::new();
    for (nom, exemple) in exemples() {
        let evaluation = evaluer(&exemple);
        for (qui, phrase) in dites(&evaluation) {
            phrases.entry((qui, phrase)).or_insert_with(|| nom.clone());
        }
    }
    let mut table = String::new();
    let mut avant = String::new();
    for ((qui, phrase), nom) in phrases {
        if qui != avant {
            write!(table, "\n## {qui}\n").unwrap();
            avant.clone_from(&qui);
        }
        writeln!(table, "- {phrase} [{nom}]").unwrap();
    }
    table
}

/// Who says what: the checks and their readings, the objectives, the expenses, the deadlines, what is worth telling.
fn dites(evaluation: &Evaluation) -> Vec<(String, String)> {
    let mut dites = Vec::new();
    let mut dire = |qui: &str, verdict: Verdict, phrase: &str| {
        dites.push((format!("{qui}, {}", verdict.as_str()), phrase.to_string()));
    };
    for resultat in &evaluation.objectifs {
        for controle in &resultat.controles {
            dire(controle.id, controle.verdict, &controle.explication);
            for lecture in &controle.lectures {
                let qui = format!("{}, lecture « {} »", controle.id, lecture.nom);
                dire(&qui, lecture.verdict, &lecture.explication);
            }
        }
    }
    for ligne in &evaluation.depenses.lignes {
        for raison in &ligne.raisons {
            dites.push((
                format!("dépense, {}", ligne.statut.as_str()),
                raison.clone(),
            ));
        }
    }
    for information in &evaluation.informations {
        let code = information
            .objectif
            .map_or("dossier", |objectif| objectif.code());
        dites.push((format!("information, {code}"), information.texte.clone()));
    }
    for echeance in &evaluation.echeancier {
        let qui = format!("échéance, {}", echeance.objectif.code());
        dites.push((qui, echeance.libelle.to_string()));
    }
    dites
}
