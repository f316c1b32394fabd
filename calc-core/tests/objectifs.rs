//! D1.O3 to D1.O6: each criterion flipped alone from a dossier where everything holds.

mod commun;

use calc_core::{Evaluation, Objectif, Pourcent, Valeur, Verdict};
use commun::{evaluer, objectif, verdict};

const ATTEINT: Verdict = Verdict::Atteint;
const PREVU: Verdict = Verdict::Prevu;
const CONFIRMER: Verdict = Verdict::AConfirmer;
const INCOMPLET: Verdict = Verdict::Incomplet;
const NON: Verdict = Verdict::NonAtteint;
const PERDU: Verdict = Verdict::Perdu;
const SANS: Verdict = Verdict::SansObjet;

const COMPLET: &str = include_str!("dossier_complet.json");

/// The complete dossier with one piece of text replaced, which must be there.
#[track_caller]
fn avec(de: &str, par: &str, aujourdhui: &str) -> Evaluation {
    assert!(COMPLET.contains(de), "{de}");
    evaluer(&COMPLET.replacen(de, par, 1), aujourdhui)
}

#[test]
fn the_complete_dossier_holds_everywhere() {
    let evaluation = evaluer(COMPLET, "2027-03-20");
    for resultat in &evaluation.objectifs {
        assert_eq!(resultat.verdict, ATTEINT, "{:#?}", resultat.controles);
    }
    assert_eq!(evaluation.objectifs.len(), 10);
    assert_eq!(evaluation.verdict, ATTEINT);
    assert_eq!(evaluer(COMPLET, "2026-12-01").verdict, PREVU);
}

/// A start and a validation are facts of their days: the candidature is planned until both have come.
#[test]
fn the_candidature_is_planned_until_its_days_have_come() {
    let validation = [
        ("2026-04-14", PREVU),
        ("2026-04-15", ATTEINT),
        ("2026-04-16", ATTEINT),
    ];
    let debut = [
        ("2026-03-19", PREVU),
        ("2026-03-20", ATTEINT),
        ("2026-03-21", ATTEINT),
    ];
    let meme_jour = [
        r#""validation_ars": "2026-04-15""#,
        r#""validation_ars": "2026-03-20""#,
    ];
    for (lignes, valide) in [(validation, meme_jour[0]), (debut, meme_jour[1])] {
        for (aujourdhui, attendu) in lignes {
            let evaluation = avec(meme_jour[0], valide, aujourdhui);
            let trouve = verdict(&evaluation, "CAND/phase");
            assert_eq!(trouve, attendu, "{valide} {aujourdhui}");
        }
    }
}

/// D1.O3 for one entity: exercises and exemptions in JSON.
fn exercice(entites: &str, exercices: &str, exemptions: &str, aujourdhui: &str) -> Evaluation {
    let json = format!(
        r#"{{"phase":{{"declaration":"2027-03-20"}},"entites":[{entites}],"exercices":{exercices},"exemptions":[{exemptions}]}}"#
    );
    evaluer(&json, aujourdhui)
}

#[test]
fn exercice_dates() {
    let lignes = [
        ("2024-12-31", "2027-03-20", NON),
        ("2025-01-01", "2027-03-20", ATTEINT),
        ("2027-03-19", "2027-03-20", ATTEINT),
        ("2027-03-20", "2027-03-20", ATTEINT),
        ("2027-03-21", "2027-03-20", NON),
        ("2027-03-20", "2027-03-19", PREVU),
        ("2024-12-31", "2027-03-31", NON),
        ("2024-12-31", "2027-04-01", PERDU),
    ];
    for (date, aujourdhui, attendu) in lignes {
        let exercices = format!(r#"[{{"date":"{date}","entites":["a"],"preuve":"attestation"}}]"#);
        let evaluation = exercice(r#"{"id":"a"}"#, &exercices, "", aujourdhui);
        assert_eq!(
            verdict(&evaluation, "D1.O3/exercice"),
            attendu,
            "{date} on {aujourdhui}"
        );
        assert_eq!(objectif(&evaluation, Objectif::O3), attendu);
    }
}

#[test]
fn exercice_absent_is_unknown_and_empty_is_none() {
    assert_eq!(
        objectif(
            &exercice(r#"{"id":"a"}"#, "null", "", "2026-12-01"),
            Objectif::O3
        ),
        INCOMPLET
    );
    assert_eq!(
        objectif(
            &exercice(r#"{"id":"a"}"#, "[]", "", "2026-12-01"),
            Objectif::O3
        ),
        NON
    );
    assert_eq!(
        objectif(&exercice("", "[]", "", "2026-12-01"), Objectif::O3),
        INCOMPLET
    );
}

#[test]
fn a_shared_exercise_needs_both_conditions() {
    let lignes = [
        ("true", "true", ATTEINT, ""),
        ("false", "true", NON, ""),
        ("true", "false", NON, ""),
        (
            "null",
            "true",
            INCOMPLET,
            "exercices[0].directions_impliquees",
        ),
        ("true", "null", INCOMPLET, "exercices[0].si_unique"),
        ("null", "false", NON, ""),
    ];
    for (directions, si, attendu, manque) in lignes {
        let exercices = format!(
            r#"[{{"date":"2026-06-01","entites":["a","b"],"directions_impliquees":{directions},"si_unique":{si},"preuve":"attestation"}}]"#
        );
        let evaluation = exercice(r#"{"id":"a"},{"id":"b"}"#, &exercices, "", "2026-12-01");
        let resultat = evaluation.objectif(Objectif::O3).unwrap();
        assert_eq!(resultat.verdict, attendu, "{directions} {si}");
        assert_eq!(resultat.controles[0].manque.concat(), manque);
    }
    // Alone, an entity needs neither.
    let exercices = r#"[{"date":"2026-06-01","entites":["a"],"directions_impliquees":false,"si_unique":false,"preuve":"attestation"}]"#;
    assert_eq!(
        objectif(
            &exercice(r#"{"id":"a"}"#, exercices, "", "2026-12-01"),
            Objectif::O3
        ),
        ATTEINT
    );
}

#[test]
fn preuve() {
    let lignes = [
        ("interne", "retex", "2026-06-01", ATTEINT),
        ("interne", "attestation", "2026-06-01", ATTEINT),
        ("interne", "facture", "2026-06-01", NON),
        ("interne", "", "2026-06-01", INCOMPLET),
        ("prestataire", "retex", "2026-06-01", CONFIRMER),
        ("ars", "retex", "2026-06-01", CONFIRMER),
        ("grades", "retex", "2026-06-01", CONFIRMER),
        ("prestataire", "attestation", "2026-06-01", ATTEINT),
        ("prestataire", "facture", "2026-06-01", NON),
        ("", "attestation", "2026-06-01", ATTEINT),
        ("", "retex", "2026-06-01", INCOMPLET),
        ("prestataire", "", "2027-01-01", PREVU),
        ("interne", "retex", "2027-01-01", PREVU),
        ("prestataire", "facture", "2027-01-01", NON),
    ];
    let ou_nul = |mot: &str| {
        if mot.is_empty() {
            "null".to_string()
        } else {
            format!("{mot:?}")
        }
    };
    for (organisateur, preuve, date, attendu) in lignes {
        let exercices = format!(
            r#"[{{"date":"{date}","entites":["a"],"organisateur":{},"preuve":{}}}]"#,
            ou_nul(organisateur),
            ou_nul(preuve)
        );
        let evaluation = exercice(r#"{"id":"a"}"#, &exercices, "", "2026-12-01");
        assert_eq!(
            verdict(&evaluation, "D1.O3/preuve"),
            attendu,
            "{organisateur} {preuve} {date}"
        );
    }
}

#[test]
fn of_several_exercises_the_best_serves() {
    let exercices = r#"[{"date":"2026-05-01","entites":["a"],"preuve":"facture"},
        {"date":"2027-01-01","entites":["a"]},{"date":"2026-07-01","entites":["a"],"organisateur":"ars","preuve":"retex"}]"#;
    let evaluation = exercice(r#"{"id":"a"}"#, exercices, "", "2026-12-01");
    assert_eq!(objectif(&evaluation, Objectif::O3), PREVU);
}

/// Exercises and exemptions of entity `a`, each short of something or not.
const FACTURE: &str =
    r#"{"date":"2026-05-01","entites":["a"],"organisateur":"ars","preuve":"facture"}"#;
const SANS_PREUVE: &str = r#"{"date":"2026-05-01","entites":["a"],"organisateur":"ars"}"#;
const A_VENIR: &str = r#"{"date":"2027-01-10","entites":["a"]}"#;
const RETEX: &str =
    r#"{"date":"2026-05-01","entites":["a"],"organisateur":"ars","preuve":"retex"}"#;
const COMMUN: &str =
    r#"{"date":"2026-06-01","entites":["a","b"],"si_unique":true,"preuve":"attestation"}"#;
const DISTINCTS: &str = r#"{"date":"2026-06-01","entites":["a","b"],"directions_impliquees":true,"si_unique":false,"preuve":"attestation"}"#;
const SANS_ENTITES: &str = r#"{"date":"2026-06-01","preuve":"attestation"}"#;
const ACCORD: &str =
    r#"{"entite":"a","date_attaque":"2025-11-02","accord_care":true,"retex":true}"#;
const REFUS: &str =
    r#"{"entite":"a","date_attaque":"2025-11-02","accord_care":false,"retex":true}"#;
const SANS_DATE: &str = r#"{"entite":"a","accord_care":true,"retex":true}"#;

/// An exercise without its proof hides neither an agreed exemption nor an exercise that is not wholly described.
#[test]
fn an_unproven_exercise_leaves_the_other_ways_open() {
    // (exercises, exemption, expected, what is missing)
    let lignes = [
        (vec![FACTURE], "", NON, ""),
        (vec![FACTURE], ACCORD, ATTEINT, ""),
        (vec![SANS_PREUVE], ACCORD, ATTEINT, ""),
        (vec![RETEX], ACCORD, CONFIRMER, ""),
        (vec![RETEX], REFUS, CONFIRMER, ""),
        (vec![A_VENIR], ACCORD, PREVU, ""),
        (vec![A_VENIR], REFUS, PREVU, ""),
        (vec![FACTURE], REFUS, NON, ""),
        (
            vec![FACTURE],
            SANS_DATE,
            INCOMPLET,
            "exemptions[0].date_attaque",
        ),
        (
            vec![SANS_PREUVE],
            SANS_DATE,
            INCOMPLET,
            "exercices[0].preuve",
        ),
        (
            vec![FACTURE, COMMUN],
            "",
            INCOMPLET,
            "exercices[1].directions_impliquees",
        ),
        (vec![FACTURE, DISTINCTS], "", NON, ""),
        (vec![RETEX, COMMUN], "", CONFIRMER, ""),
        (
            vec![FACTURE, SANS_ENTITES],
            "",
            INCOMPLET,
            "exercices[1].entites",
        ),
    ];
    for (exercices, exemption, attendu, manque) in lignes {
        let exercices = exercices.join(",");
        let evaluation = exercice(
            r#"{"id":"a"},{"id":"b"}"#,
            &format!("[{exercices}]"),
            exemption,
            "2026-12-01",
        );
        let controles = &evaluation.objectif(Objectif::O3).unwrap().controles;
        let siens = controles.iter().filter(|c| c.sujet.as_deref() == Some("a"));
        let pire = siens.max_by_key(|controle| controle.verdict).unwrap();
        assert_eq!(pire.verdict, attendu, "{exercices} {exemption}");
        assert_eq!(pire.manque.concat(), manque, "{exercices} {exemption}");
    }
}

/// What an agreed exemption does not decide, beside an exercise planned or in doubt, it tells.
#[test]
fn an_agreed_exemption_beside_an_exercise_is_told() {
    for (exercice_seul, exemption, dite) in [
        (RETEX, ACCORD, true),
        (A_VENIR, ACCORD, true),
        (RETEX, REFUS, false),
        (FACTURE, ACCORD, false), // it decides: the check says it
    ] {
        let exercices = format!("[{exercice_seul}]");
        let evaluation = exercice(r#"{"id":"a"}"#, &exercices, exemption, "2026-12-01");
        let mut informations = evaluation.informations.iter();
        let trouvee = informations.any(|i| i.texte.starts_with("Exemptée"));
        assert_eq!(trouvee, dite, "{exercice_seul} {exemption}");
    }
}

#[test]
fn attacked_is_never_exempt_by_itself() {
    // (attack, agreement, report, expected)
    let lignes = [
        ("\"2025-11-02\"", "true", "true", ATTEINT),
        ("\"2025-11-02\"", "false", "true", CONFIRMER),
        ("\"2025-11-02\"", "true", "false", CONFIRMER),
        ("\"2025-11-02\"", "null", "null", CONFIRMER),
        ("\"2025-01-01\"", "true", "true", ATTEINT),
        ("\"2024-12-31\"", "true", "true", NON),
        ("null", "true", "true", INCOMPLET),
    ];
    for (date, accord, retex, attendu) in lignes {
        let exemption = format!(
            r#"{{"entite":"a","date_attaque":{date},"accord_care":{accord},"retex":{retex}}}"#
        );
        let evaluation = exercice(r#"{"id":"a"}"#, "[]", &exemption, "2026-12-01");
        assert_eq!(
            verdict(&evaluation, "D1.O3/exercice"),
            attendu,
            "{date} {accord} {retex}"
        );
    }
}

#[test]
fn autoevaluation() {
    let base = r#""autoevaluation": { "date": "2026-09-01", "moyen": "osis" }"#;
    let lignes = [
        (
            r#""autoevaluation": { "date": "2027-03-19", "moyen": "osis" }"#,
            ATTEINT,
        ),
        (
            r#""autoevaluation": { "date": "2027-03-20", "moyen": "osis" }"#,
            ATTEINT,
        ),
        (
            r#""autoevaluation": { "date": "2027-03-21", "moyen": "osis" }"#,
            NON,
        ),
        (
            r#""autoevaluation": { "date": "2026-09-01", "moyen": "excel" }"#,
            CONFIRMER,
        ),
        (r#""autoevaluation": { "date": "2026-09-01" }"#, INCOMPLET),
        (r#""autoevaluation": { "moyen": "osis" }"#, INCOMPLET),
        (r#""autoevaluation": null"#, INCOMPLET),
    ];
    for (bloc, attendu) in lignes {
        assert_eq!(
            objectif(&avec(base, bloc, "2027-03-20"), Objectif::O4),
            attendu,
            "{bloc}"
        );
    }
    assert_eq!(
        objectif(&avec(base, base, "2026-08-31"), Objectif::O4),
        PREVU
    );
    assert_eq!(
        objectif(&avec(base, lignes[2].0, "2027-04-01"), Objectif::O4),
        PERDU
    );
}

/// What is replaced, by what, expected.
const BUDGETS: &[(&str, &str, Verdict)] = &[
    (r#""annee": 2023"#, r#""annee": 2022"#, NON),
    (r#""annee": 2023"#, r#""annee": 2024"#, NON),
    (r#""annee": 2023"#, r#""annee": null"#, INCOMPLET),
    (
        r#""total_sanitaire": 210000000.0"#,
        r#""total_sanitaire": null"#,
        INCOMPLET,
    ),
    (
        r#""numerique_sanitaire": "3900000.00""#,
        r#""numerique_sanitaire": null"#,
        INCOMPLET,
    ),
    (
        r#""numerique_sanitaire": "3900000.00""#,
        r#""numerique_sanitaire": 210000000"#,
        ATTEINT,
    ),
    (
        r#""remunerations_exclues": true"#,
        r#""remunerations_exclues": false"#,
        NON,
    ),
    (
        r#""remunerations_exclues": true"#,
        r#""remunerations_exclues": null"#,
        INCOMPLET,
    ),
    (
        r#""subventions_care_deduites": false"#,
        r#""subventions_care_deduites": true"#,
        NON,
    ),
    (
        r#""subventions_care_deduites": false"#,
        r#""subventions_care_deduites": null"#,
        INCOMPLET,
    ),
    (
        r#""etp_internes": 24.5"#,
        r#""etp_internes": null"#,
        ATTEINT,
    ),
];

#[test]
fn budget() {
    for (de, par, attendu) in BUDGETS {
        assert_eq!(
            objectif(&avec(de, par, "2027-03-20"), Objectif::O5),
            *attendu,
            "{par}"
        );
    }
    // 3.9 of 210 million is 1.857…: a share, never a verdict.
    let evaluation = evaluer(COMPLET, "2027-03-20");
    let part = evaluation
        .objectif(Objectif::O5)
        .unwrap()
        .controles
        .iter()
        .find(|c| c.id == "D1.O5/part")
        .unwrap()
        .clone();
    assert_eq!(part.constat, Some(Valeur::Pourcent(Pourcent(186))));
    let etp = evaluation
        .informations
        .iter()
        .find(|information| information.sources == ["3.26", "3.29"])
        .unwrap();
    assert!(
        etp.texte.contains("24,5") && etp.texte.contains("27,5"),
        "{}",
        etp.texte
    );
}

/// What is replaced, by what, the objective, expected.
const CONVERGENCES: &[(&str, &str, Objectif, Verdict)] = &[
    (
        r#""strategie_formalisee": true"#,
        r#""strategie_formalisee": false"#,
        Objectif::O6A,
        NON,
    ),
    (
        r#""strategie_formalisee": true"#,
        r#""strategie_formalisee": null"#,
        Objectif::O6A,
        INCOMPLET,
    ),
    (
        r#""strategie_formalisee": true"#,
        r#""strategie_formalisee": false"#,
        Objectif::O6B,
        ATTEINT,
    ),
    (
        r#""ad_tous_converges": false"#,
        r#""ad_tous_converges": null"#,
        Objectif::O6B,
        INCOMPLET,
    ),
    (
        r#""ad_tous_converges": false"#,
        r#""ad_tous_converges": true"#,
        Objectif::O6B,
        NON,
    ),
    (
        r#""ad_tous_converges": false, "description_infrastructure": false"#,
        r#""ad_tous_converges": true, "description_infrastructure": true"#,
        Objectif::O6B,
        ATTEINT,
    ),
    (
        r#""ad_tous_converges": false, "description_infrastructure": false"#,
        r#""ad_tous_converges": true"#,
        Objectif::O6B,
        INCOMPLET,
    ),
    (
        r#""planning": true"#,
        r#""planning": false"#,
        Objectif::O6B,
        NON,
    ),
    (
        r#""planning": true"#,
        r#""planning": null"#,
        Objectif::O6B,
        INCOMPLET,
    ),
    (
        r#""responsable": true"#,
        r#""responsable": false"#,
        Objectif::O6B,
        NON,
    ),
    (
        r#""mutualisation": true"#,
        r#""mutualisation": false"#,
        Objectif::O6B,
        NON,
    ),
    (
        r#""budget_previsionnel": true"#,
        r#""budget_previsionnel": false"#,
        Objectif::O6B,
        NON,
    ),
    (
        r#""tous_les_ad": true"#,
        r#""tous_les_ad": false"#,
        Objectif::O6B,
        NON,
    ),
    (
        r#""premier_jalon": "2027-06-30""#,
        r#""premier_jalon": "2027-07-29""#,
        Objectif::O6B,
        ATTEINT,
    ),
    (
        r#""premier_jalon": "2027-06-30""#,
        r#""premier_jalon": "2027-07-30""#,
        Objectif::O6B,
        ATTEINT,
    ),
    (
        r#""premier_jalon": "2027-06-30""#,
        r#""premier_jalon": "2027-07-31""#,
        Objectif::O6B,
        NON,
    ),
    (
        r#""premier_jalon": "2027-06-30""#,
        r#""premier_jalon": null"#,
        Objectif::O6B,
        INCOMPLET,
    ),
    (
        r#""type": "ght""#,
        r#""type": "ej_publique""#,
        Objectif::O6A,
        SANS,
    ),
    (
        r#""type": "ght""#,
        r#""type": "ej_privee""#,
        Objectif::O6B,
        SANS,
    ),
];

#[test]
fn convergence() {
    for (de, par, code, attendu) in CONVERGENCES {
        assert_eq!(
            objectif(&avec(de, par, "2027-03-20"), *code),
            *attendu,
            "{code:?} {par}"
        );
    }
}

#[test]
fn an_absent_block_leaves_its_objective_incomplete() {
    let vide = evaluer("{}", "2026-12-01");
    for resultat in &vide.objectifs {
        assert_eq!(resultat.verdict, INCOMPLET, "{:?}", resultat.code);
    }
    let ght = evaluer(r#"{"candidat":{"type":"ght"}}"#, "2026-12-01");
    assert_eq!(objectif(&ght, Objectif::O6A), INCOMPLET);
    assert_eq!(objectif(&ght, Objectif::O6B), INCOMPLET);
}

/// What is removed, the field, the objective that names it.
const MANQUES: &[(&str, &str, Objectif)] = &[
    (r#""debut": "2026-03-20", "#, "phase.debut", Objectif::Cand),
    (
        r#""validation_ars": "2026-04-15", "#,
        "phase.validation_ars",
        Objectif::Cand,
    ),
    (r#", "mode": "local""#, "annuaires[0].mode", Objectif::O1A),
    (
        r#""entites": ["chu"], "#,
        "annuaires[0].entites",
        Objectif::O1A,
    ),
    (
        r#""entites": ["chu", "ch2"],
      "#,
        "perimetres[0].entites",
        Objectif::O2A,
    ),
    (
        r#", "outil": "silene""#,
        "perimetres[0].audits[0].outil",
        Objectif::O2A,
    ),
    (
        r#", "cvss_max": 7.5"#,
        "perimetres[0].audits[4].cvss_max",
        Objectif::O2B,
    ),
    (
        r#", "reevaluation_justifiee": true"#,
        "perimetres[0].audits[5].reevaluation_justifiee",
        Objectif::O2B,
    ),
    (
        r#""directions_impliquees": true, "#,
        "exercices[0].directions_impliquees",
        Objectif::O3,
    ),
    (
        r#""si_unique": true,"#,
        "exercices[0].si_unique",
        Objectif::O3,
    ),
    (
        r#", "preuve": "retex""#,
        "exercices[0].preuve",
        Objectif::O3,
    ),
    (
        r#""organisateur": "interne","#,
        "exercices[0].organisateur",
        Objectif::O3,
    ),
];

/// Each optional field, removed alone from the complete dossier, and the objective that must then name it.
#[test]
fn a_missing_field_is_named() {
    for (de, champ, code) in MANQUES {
        let evaluation = avec(de, "", "2027-03-20");
        let resultat = evaluation.objectif(*code).unwrap();
        assert_eq!(resultat.verdict, INCOMPLET, "{champ}");
        let manque: Vec<&String> = resultat
            .controles
            .iter()
            .flat_map(|controle| &controle.manque)
            .collect();
        assert!(
            manque.iter().all(|autre| *autre == champ) && !manque.is_empty(),
            "{champ}: {manque:?}"
        );
    }
}

#[test]
fn a_missing_score_or_weight_is_named() {
    let sans_score = r#"{ "date": "2027-02-15", "score": 3 }"#;
    let evaluation = avec(sans_score, r#"{ "date": "2027-02-15" }"#, "2027-03-20");
    let resultat = evaluation.objectif(Objectif::O1B).unwrap();
    // chu weighs 70 % and 80 are needed.
    assert_eq!(resultat.verdict, INCOMPLET);
    assert_eq!(
        resultat.controles[0].manque,
        ["annuaires[0].audits[5].score"]
    );
    // A weight or a threshold matters only while not everything holds.
    let faible = COMPLET.replace(sans_score, r#"{ "date": "2027-02-15", "score": 1 }"#);
    for (de, champ) in [
        (
            r#", "activite_combinee": 70000"#,
            "entites[0].activite_combinee",
        ),
        (
            ",\n  \"part_activite_min_pourcent\": 80",
            "part_activite_min_pourcent",
        ),
    ] {
        assert!(faible.contains(de));
        let evaluation = evaluer(&faible.replace(de, ""), "2027-03-20");
        let resultat = evaluation.objectif(Objectif::O1B).unwrap();
        assert_eq!(resultat.verdict, INCOMPLET, "{champ}");
        assert_eq!(resultat.controles[0].manque, [champ]);
        assert_eq!(
            objectif(
                &evaluer(&COMPLET.replace(de, ""), "2027-03-20"),
                Objectif::O1B
            ),
            ATTEINT
        );
    }
}

#[test]
fn every_check_that_is_emitted_is_in_the_table() {
    for (json, jour) in [
        (COMPLET, "2027-03-20"),
        ("{}", "2026-12-01"),
        (COMPLET, "2027-06-01"),
    ] {
        let evaluation = evaluer(json, jour);
        for resultat in &evaluation.objectifs {
            for controle in &resultat.controles {
                let regle = calc_core::regles()
                    .iter()
                    .find(|regle| regle.id == controle.id)
                    .unwrap();
                assert_eq!(regle.objectif, resultat.code);
                assert!(controle.id.starts_with(resultat.code.code()));
                assert!(!controle.sources.is_empty());
            }
        }
    }
}
