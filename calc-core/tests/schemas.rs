//! The published schemas: dossiers and evaluations pass, faults do not, no type has drifted from its schema.

mod commun;

use calc_core::json::{self, Json};
use calc_core::{evaluate, read_dossier, schema_dossier, schema_evaluation};
use commun::hasard::{Hasard, Taille, aujourdhui, dossier};
use commun::{jour, programme};

const COMPLET: &str = include_str!("dossier_complet.json");

/// The part of JSON Schema that ours use. Unknown keywords fail the test rather than pass unseen.
fn valide(schema: &Json, valeur: &Json, chemin: &str) -> Result<(), String> {
    let Json::Objet(regles) = schema else {
        return Err(format!("{chemin}: no schema"));
    };
    for (mot, regle) in regles {
        let tenue = match mot.as_ref() {
            "type" => types(regle).any(|nom| de_type(nom, valeur)),
            "enum" => regle.liste().contains(valeur),
            "anyOf" => regle
                .liste()
                .iter()
                .any(|choix| valide(choix, valeur, chemin).is_ok()),
            "required" => regle.liste().iter().all(|cle| {
                !matches!(valeur, Json::Objet(_)) || valeur.get(cle.texte().unwrap()).is_some()
            }),
            "minimum" => nombre(valeur).is_none_or(|valeur| valeur >= nombre(regle).unwrap()),
            "maximum" => nombre(valeur).is_none_or(|valeur| valeur <= nombre(regle).unwrap()),
            "items" => elements(regle, valeur, chemin)?,
            "properties" => membres(regle, valeur, chemin)?,
            "additionalProperties" => connus(schema, valeur),
            "format" | "pattern" | "description" | "title" | "$schema" => true,
            autre => return Err(format!("{chemin}: unknown keyword {autre}")),
        };
        if !tenue {
            return Err(format!("{chemin}: {mot} {regle:?} for {valeur:?}"));
        }
    }
    Ok(())
}

fn types<'a>(regle: &'a Json<'a>) -> impl Iterator<Item = &'a str> {
    regle
        .texte()
        .into_iter()
        .chain(regle.liste().iter().filter_map(Json::texte))
}

fn de_type(nom: &str, valeur: &Json) -> bool {
    match (nom, valeur) {
        ("integer", Json::Nombre(texte)) => texte.parse::<i64>().is_ok(),
        ("object", Json::Objet(_))
        | ("array", Json::Liste(_))
        | ("string", Json::Texte(_))
        | ("number", Json::Nombre(_))
        | ("boolean", Json::Booleen(_))
        | ("null", Json::Nul) => true,
        _ => false,
    }
}

fn nombre(valeur: &Json) -> Option<i64> {
    match valeur {
        // Whole thousandths: bounds are compared exactly.
        Json::Nombre(texte) => calc_core::lire_decimal(texte, 3).ok(),
        _ => None,
    }
}

fn elements(regle: &Json, valeur: &Json, chemin: &str) -> Result<bool, String> {
    for (rang, element) in valeur.liste().iter().enumerate() {
        valide(regle, element, &format!("{chemin}[{rang}]"))?;
    }
    Ok(true)
}

fn membres(regle: &Json, valeur: &Json, chemin: &str) -> Result<bool, String> {
    let Json::Objet(membres) = valeur else {
        return Ok(true);
    };
    for (cle, membre) in membres {
        if let Some(schema) = regle.get(cle) {
            valide(schema, membre, &format!("{chemin}.{cle}"))?;
        }
    }
    Ok(true)
}

fn connus(schema: &Json, valeur: &Json) -> bool {
    let Json::Objet(membres) = valeur else {
        return true;
    };
    membres
        .iter()
        .all(|(cle, _)| schema.get("properties").unwrap().get(cle).is_some())
}

#[test]
fn dossiers_pass_their_schema() {
    let texte = schema_dossier();
    let schema = json::lire(&texte).unwrap();
    valide(&schema, &json::lire(COMPLET).unwrap(), "").unwrap();
    for graine in 0..500 {
        let dossier = dossier(
            &mut Hasard::new(graine),
            Taille {
                listes: 3,
                audits: 5,
            },
        );
        valide(&schema, &json::lire(&dossier).unwrap(), "").unwrap();
        let ecrit = read_dossier(&dossier).unwrap().to_json();
        valide(&schema, &json::lire(&ecrit).unwrap(), "").unwrap();
    }
}

#[test]
fn faults_do_not_pass() {
    let texte = schema_dossier();
    let schema = json::lire(&texte).unwrap();
    for faute in [
        r#"{"inconnu":1}"#,
        r#"{"entites":[{"nom":"x"}]}"#,
        r#"{"phase":{"debut":3}}"#,
        r#"{"candidat":{"type":"GHT"}}"#,
        r#"{"annuaires":[{"id":"a","audits":[{"date":"2026-05-10","score":6}]}]}"#,
        r#"{"perimetres":[{"id":"a","audits":[{"date":"2026-05-10","cvss_max":10.1}]}]}"#,
        r#"{"depenses":{}}"#,
        r#"{"part_activite_min_pourcent":101}"#,
        r#"{"version":2}"#,
    ] {
        assert!(
            valide(&schema, &json::lire(faute).unwrap(), "").is_err(),
            "{faute}"
        );
        assert!(read_dossier(faute).is_err(), "{faute}");
    }
}

#[test]
fn every_field_of_the_complete_dossier_is_described() {
    let texte = schema_dossier();
    assert!(texte.contains("\"Numéro eCaRE du dossier\""));
    assert!(!texte.contains("\"description\": \"\""));
}

#[test]
fn evaluations_pass_their_schema() {
    let texte = schema_evaluation();
    let schema = json::lire(&texte).unwrap();
    let programme = programme();
    for graine in 0..500 {
        let mut hasard = Hasard::new(graine);
        let lu = read_dossier(&dossier(
            &mut hasard,
            Taille {
                listes: 3,
                audits: 5,
            },
        ))
        .unwrap();
        let evaluation = evaluate(&lu, &programme, jour(aujourdhui(&mut hasard))).to_json();
        assert!(!evaluation.contains('\n'));
        valide(&schema, &json::lire(&evaluation).unwrap(), "").unwrap();
    }
    let evaluation = evaluate(
        &read_dossier(COMPLET).unwrap(),
        &programme,
        jour("2026-12-01"),
    )
    .to_json();
    valide(&schema, &json::lire(&evaluation).unwrap(), "").unwrap();
}
