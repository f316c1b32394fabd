//! Deadlines of a dossier, written out in full.

mod commun;

use commun::evaluer;
use std::fmt::Write;

fn texte(json: &str, aujourdhui: &str) -> String {
    let mut sortie = String::new();
    for echeance in evaluer(json, aujourdhui).echeancier {
        let debut = echeance
            .debut
            .map_or(String::new(), |debut| format!("{debut} … "));
        let sujet = echeance.sujet.unwrap_or_else(|| "-".into());
        let code = echeance.objectif.code();
        let regle = echeance.regle.unwrap_or(code);
        assert!(regle.starts_with(code), "{regle} {}", echeance.libelle);
        writeln!(
            sortie,
            "{debut}{} {} {sujet} {} ({})",
            echeance.date,
            echeance.objectif.code(),
            echeance.libelle,
            echeance.jours_restants
        )
        .unwrap();
    }
    sortie
}

#[test]
fn every_date_that_binds() {
    let json = r#"{"candidat":{"type":"ght"},"phase":{"debut":"2026-03-20","declaration":"2027-03-20"},
        "annuaires":[{"id":"ad1","mode":"local","audits":[{"date":"2026-05-10","rapport_disponible_le":"2026-05-12"}]},
            {"id":"nuage","mode":"cloud"}],
        "perimetres":[{"id":"ext1","audits":[{"date":"2026-05-20","outil":"silene"},{"date":"2026-07-10","outil":"silene"},
            {"date":"2027-02-20","outil":"industriel"}]},{"id":"ext2"}]}"#;
    let attendu = "\
2026-03-13 CAND - Dernier jour pour candidater (-140)
2026-05-07 CAND - Dernier jour pour la validation par l’ARS (-85)
2026-05-19 D1.O2.A ext2 Premier audit, sans point à confirmer (-73)
2026-07-07 D1.O2.A ext2 Dernier jour pour le premier audit (-24)
2026-07-08 D1.O1.A ad1 Prochain audit, pour l’intervalle moyen (-23)
2026-09-16 D1.O2.A ext1 Prochain audit, pour l’intervalle moyen (47)
2026-10-17 D1.O2.A ext1 Prochain audit, pour l’intervalle maximal (78)
2026-05-12 … 2026-11-12 D1.O1.A ad1 Télécharger le rapport ORADAD (104)
2026-12-22 … 2027-02-19 D1.O2.B ext1 Audits industriels utilisables si l’avant-dernier est critique (203)
2027-01-19 … 2027-03-19 D1.O2.B ext2 Audits industriels utilisables si l’avant-dernier est critique (231)
2025-01-01 … 2027-03-20 D1.O3 - Exercice de crise de chaque entité (232)
2027-03-20 D1.O4 - Autoévaluation avant la déclaration (232)
2027-03-20 CAND - Déclaration prévue (232)
2027-01-20 … 2027-03-20 D1.O2.B ext1 Dernier audit industriel (232)
2027-01-20 … 2027-03-20 D1.O2.B ext2 Dernier audit industriel (232)
2027-03-31 CAND - Dernier jour pour déclarer l’atteinte des objectifs (243)
2027-07-30 D1.O6.B - Premier jalon de convergence des AD (364)
";
    assert_eq!(texte(json, "2026-07-31"), attendu);
}

/// No audit after E counts: from then on the rules of the next one bind nothing.
#[test]
fn a_next_audit_past_the_declaration_is_not_told() {
    let json = |fin: &str| {
        format!(
            r#"{{{},"perimetres":[{{"id":"x","audits":[{{"date":"2026-10-01","outil":"industriel"}},{{"date":"2026-11-01","outil":"industriel"}}]}}]}}"#,
            commun::phase("2026-09-01", fin)
        )
    };
    // 1 October + 2 × 60 − 1 days is 28 January, 1 November + 99 days is 8 February.
    let lignes = [
        ("2027-01-27", false, false),
        ("2027-01-28", true, false),
        ("2027-02-07", true, false),
        ("2027-02-08", true, true),
    ];
    for (fin, moyen, maximum) in lignes {
        let texte = texte(&json(fin), "2026-11-02");
        assert_eq!(
            texte.contains("l’intervalle moyen"),
            moyen,
            "{fin}\n{texte}"
        );
        assert_eq!(
            texte.contains("l’intervalle maximal"),
            maximum,
            "{fin}\n{texte}"
        );
    }
}

#[test]
fn the_mean_of_the_next_audit_is_the_last_day_under_the_threshold() {
    // First 10 May, second 20 June: a third by 6 September keeps (d − 10 May)/2 under 60.
    let json = |troisieme: &str| {
        format!(
            r#"{{"phase":{{"debut":"2026-05-01","declaration":"2026-10-01"}},"annuaires":[{{"id":"a","mode":"local","audits":[
            {{"date":"2026-05-10"}},{{"date":"2026-06-20"}}{troisieme}]}}]}}"#
        )
    };
    assert!(
        texte(&json(""), "2026-07-01")
            .contains("2026-09-06 D1.O1.A a Prochain audit, pour l’intervalle moyen")
    );
    for (date, attendu) in [
        ("2026-09-06", calc_core::Verdict::Atteint),
        ("2026-09-07", calc_core::Verdict::AConfirmer),
    ] {
        let evaluation = evaluer(&json(&format!(r#",{{"date":"{date}"}}"#)), "2026-07-01");
        assert_eq!(
            commun::verdict(&evaluation, "D1.O1.A/intervalle-moyen"),
            attendu,
            "{date}"
        );
    }
}

/// An exercise names how many share it; the next audit of a subject where all is done is no event any more.
#[test]
fn the_calendar_says_who_and_only_what_is_needed() {
    let agenda = |json: &str, jour: &str| {
        let texte = calc_core::agenda(
            &commun::dossier(json),
            &commun::programme(),
            commun::jour(jour),
        );
        texte
            .replace("\r\n ", "")
            .replace(['\u{a0}', '\u{202f}'], " ")
    };
    for (entites, titre) in [
        (r#""a""#, "Exercice de crise prévu : Nord\r\n"),
        (
            r#""a","b""#,
            "Exercice de crise prévu : Nord et 1 autre\r\n",
        ),
        (
            r#""a","b","c""#,
            "Exercice de crise prévu : Nord et 2 autres\r\n",
        ),
    ] {
        let json = format!(
            r#"{{"entites":[{{"id":"a","nom":"Nord"}},{{"id":"b"}},{{"id":"c"}}],"exercices":[{{"date":"2026-12-01","entites":[{entites}]}}]}}"#
        );
        let texte = agenda(&json, "2026-11-23");
        assert!(texte.contains(&["SUMMARY:", titre].concat()), "{texte}");
    }
    // Everything holds on what is done by 1 March; on 1 February an audit of each is still to come.
    let complet = include_str!("dossier_complet.json");
    for (jour, attendu) in [("2027-02-01", true), ("2027-03-01", false)] {
        let texte = agenda(complet, jour);
        assert_eq!(texte.contains("Prochain audit"), attendu, "{jour}");
    }
}
