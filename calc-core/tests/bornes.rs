//! Every rule of the candidature, D1.O1 and D1.O2 at its threshold: −1, 0, +1, each reading alone.
//!
//! A row says what is put in and the verdict that must come out; the functions above the rows are the only code that
//! knows the file format.

mod commun;

use calc_core::{Evaluation, Objectif, Verdict, evaluate};
use commun::{dossier, evaluer, jour, jours, objectif, programme, programme_avec, verdict};

const ATTEINT: Verdict = Verdict::Atteint;
const PREVU: Verdict = Verdict::Prevu;
const CONFIRMER: Verdict = Verdict::AConfirmer;
const INCOMPLET: Verdict = Verdict::Incomplet;
const NON: Verdict = Verdict::NonAtteint;
const PERDU: Verdict = Verdict::Perdu;
const SANS: Verdict = Verdict::SansObjet;

/// Long after everything, yet before the last day: all facts are past, nothing is lost by the calendar alone.
const FIN: &str = "2027-03-31";

/// One directory with an audit on each day, all of score 2.
fn annuaire(debut: &str, fin: &str, dates: &[String], aujourdhui: &str) -> Evaluation {
    let audits: Vec<String> = dates
        .iter()
        .map(|date| format!(r#"{{"date":"{date}","score":2}}"#))
        .collect();
    evaluer(
        &format!(
            r#"{{{},"entites":[{{"id":"chu","activite_combinee":1}}],
            "annuaires":[{{"id":"ad","mode":"local","entites":["chu"],"audits":[{}]}}]}}"#,
            commun::phase(debut, fin),
            audits.join(",")
        ),
        aujourdhui,
    )
}

/// One perimeter with these audits, each as `date outil score` (`-` for no score).
fn perimetre(debut: &str, fin: &str, audits: &[&str], aujourdhui: &str) -> Evaluation {
    evaluer(&dossier_perimetre(debut, fin, audits), aujourdhui)
}

fn dossier_perimetre(debut: &str, fin: &str, audits: &[&str]) -> String {
    let audits: Vec<String> = audits.iter().map(|audit| audit_exposition(audit)).collect();
    format!(
        r#"{{{},"entites":[{{"id":"chu","activite_combinee":1}}],
        "perimetres":[{{"id":"ext","entites":["chu"],"audits":[{}]}}]}}"#,
        commun::phase(debut, fin),
        audits.join(",")
    )
}

fn audit_exposition(texte: &str) -> String {
    let [date, outil, score] = texte.split(' ').collect::<Vec<_>>()[..] else {
        panic!("{texte}")
    };
    let score = if score == "-" { "null" } else { score };
    format!(r#"{{"date":"{date}","outil":"{outil}","cvss_max":{score}}}"#)
}

fn silene(dates: &[String]) -> Vec<String> {
    dates
        .iter()
        .map(|date| format!("{date} silene -"))
        .collect()
}

fn refs(textes: &[String]) -> Vec<&str> {
    textes.iter().map(String::as_str).collect()
}

#[test]
fn candidature() {
    // (debut, validation, declaration, today, expected)
    let lignes = [
        ("2026-01-29", "2026-04-15", FIN, "2026-12-01", NON),
        ("2026-01-30", "2026-04-15", FIN, "2026-12-01", ATTEINT),
        ("2026-04-14", "2026-04-15", FIN, "2026-12-01", ATTEINT),
        ("2026-04-15", "2026-04-15", FIN, "2026-12-01", ATTEINT),
        ("2026-04-16", "2026-04-15", FIN, "2026-12-01", NON),
        ("2026-03-20", "2026-05-06", FIN, "2026-12-01", ATTEINT),
        ("2026-03-20", "2026-05-07", FIN, "2026-12-01", ATTEINT),
        ("2026-03-20", "2026-05-08", FIN, "2026-12-01", PERDU),
        ("2026-03-20", "2026-05-08", FIN, "2026-05-07", NON),
        ("2026-03-20", "2026-05-08", FIN, "2026-05-08", PERDU),
        (
            "2026-03-20",
            "2026-04-15",
            "2027-03-30",
            "2026-12-01",
            ATTEINT,
        ),
        ("2026-03-20", "2026-04-15", "2027-04-01", "2026-12-01", NON),
        ("2026-03-20", "2026-04-15", "2027-04-01", "2027-03-31", NON),
        (
            "2026-03-20",
            "2026-04-15",
            "2027-04-01",
            "2027-04-01",
            PERDU,
        ),
        ("2026-03-20", "2026-04-15", "2026-03-19", "2026-12-01", NON),
        // On facts up to today alone.
        ("2026-03-20", "2026-04-15", FIN, "2026-04-14", PREVU),
        ("2026-03-20", "2026-04-15", FIN, "2026-04-15", ATTEINT),
        ("2026-03-20", "2026-04-15", FIN, "2026-03-19", PREVU),
    ];
    for (debut, validation, fin, aujourdhui, attendu) in lignes {
        let json = format!(
            r#"{{"phase":{{"debut":"{debut}","validation_ars":"{validation}","declaration":"{fin}"}}}}"#
        );
        let evaluation = evaluer(&json, aujourdhui);
        assert_eq!(
            objectif(&evaluation, Objectif::Cand),
            attendu,
            "{debut} {validation} {fin} on {aujourdhui}"
        );
    }
}

#[test]
fn candidature_incomplete() {
    let lignes = [
        (
            r"{}",
            INCOMPLET,
            vec!["phase.debut", "phase.validation_ars"],
        ),
        (
            r#"{"phase":{"debut":"2026-03-20"}}"#,
            INCOMPLET,
            vec!["phase.validation_ars"],
        ),
        (
            r#"{"phase":{"validation_ars":"2026-03-20"}}"#,
            INCOMPLET,
            vec!["phase.debut"],
        ),
        (
            r#"{"phase":{"debut":"2026-05-07"}}"#,
            INCOMPLET,
            vec!["phase.validation_ars"],
        ),
        (
            r#"{"phase":{"debut":"2026-05-08"}}"#,
            NON,
            vec!["phase.validation_ars"],
        ),
    ];
    for (json, attendu, manque) in lignes {
        let evaluation = evaluer(json, "2026-12-01");
        assert_eq!(objectif(&evaluation, Objectif::Cand), attendu, "{json}");
        assert_eq!(
            evaluation.objectifs[0].controles[0].manque, manque,
            "{json}"
        );
    }
}

#[test]
fn premier_audit() {
    // S = 20 March: S + 60 is 19 May; the printed limit is 7 July.
    let lignes = [
        ("2026-03-20", "2026-05-18", "2026-12-01", ATTEINT),
        ("2026-03-20", "2026-05-19", "2026-12-01", ATTEINT),
        ("2026-03-20", "2026-05-20", "2026-12-01", CONFIRMER),
        ("2026-03-20", "2026-07-06", "2026-12-01", CONFIRMER),
        ("2026-03-20", "2026-07-07", "2026-12-01", CONFIRMER),
        ("2026-03-20", "2026-07-08", "2026-12-01", PERDU),
        // S = 7 May: S + 60 is 6 July, the printed date one day more.
        ("2026-05-07", "2026-07-06", "2026-12-01", ATTEINT),
        ("2026-05-07", "2026-07-07", "2026-12-01", CONFIRMER),
        ("2026-05-07", "2026-07-08", "2026-12-01", PERDU),
        // Planned.
        ("2026-03-20", "2026-05-19", "2026-05-19", ATTEINT),
        ("2026-03-20", "2026-05-19", "2026-05-18", PREVU),
        ("2026-03-20", "2026-07-08", "2026-07-06", NON),
        ("2026-03-20", "2026-07-08", "2026-07-07", NON),
        ("2026-03-20", "2026-07-08", "2026-07-08", PERDU),
        // Before S, after E: does not count.
        ("2026-03-20", "2026-03-19", "2026-12-01", PERDU),
        ("2026-03-20", "2026-03-20", "2026-12-01", ATTEINT),
    ];
    for (debut, date, aujourdhui, attendu) in lignes {
        let evaluation = annuaire(debut, FIN, &[date.to_string()], aujourdhui);
        assert_eq!(
            verdict(&evaluation, "D1.O1.A/premier-audit"),
            attendu,
            "O1: {debut} {date} on {aujourdhui}"
        );
        let audit = format!("{date} silene -");
        let evaluation = perimetre(debut, FIN, &[&audit], aujourdhui);
        assert_eq!(
            verdict(&evaluation, "D1.O2.A/premier-audit"),
            attendu,
            "O2: {debut} {date} on {aujourdhui}"
        );
    }
}

#[test]
fn no_audit_at_all_is_lost_the_day_after_the_limit() {
    for (aujourdhui, attendu) in [
        ("2026-07-06", NON),
        ("2026-07-07", NON),
        ("2026-07-08", PERDU),
    ] {
        let evaluation = annuaire("2026-03-20", FIN, &[], aujourdhui);
        assert_eq!(
            verdict(&evaluation, "D1.O1.A/premier-audit"),
            attendu,
            "{aujourdhui}"
        );
    }
}

/// `n` audits whose first and last are `total` days apart, the others one day apart after the first.
fn etendue(premier: &str, nombre: i64, total: i64) -> Vec<String> {
    let mut ecarts: Vec<i64> = (0..nombre - 1).collect();
    ecarts.push(total);
    jours(premier, &ecarts)
}

#[test]
fn intervalle_moyen_entre_audits_seul() {
    // E − S = 299 days: under 60 with 4 audits or more (299/5), so "bornes comprises" holds throughout.
    let fin = jours("2026-03-01", &[299]).remove(0);
    let lignes = [
        (4, 179, ATTEINT),
        (4, 180, CONFIRMER),
        (4, 181, CONFIRMER),
        (5, 239, ATTEINT),
        (5, 240, CONFIRMER),
        (5, 241, CONFIRMER),
    ];
    for (nombre, total, attendu) in lignes {
        let evaluation = annuaire(
            "2026-03-01",
            &fin,
            &etendue("2026-03-02", nombre, total),
            "2026-12-25",
        );
        assert_eq!(
            verdict(&evaluation, "D1.O1.A/intervalle-moyen"),
            attendu,
            "{nombre} audits over {total} days"
        );
        assert_eq!(
            lectures(&evaluation),
            lectures_attendues(total, 60 * (nombre - 1), ATTEINT),
            "{nombre} {total}"
        );
    }
}

fn lectures(evaluation: &Evaluation) -> Vec<Verdict> {
    let controles = &evaluation.objectif(Objectif::O1A).unwrap().controles;
    let moyen = controles
        .iter()
        .find(|controle| controle.id.ends_with("/intervalle-moyen"))
        .unwrap();
    moyen
        .lectures
        .iter()
        .map(|lecture| lecture.verdict)
        .collect()
}

fn lectures_attendues(total: i64, seuil: i64, bornes: Verdict) -> Vec<Verdict> {
    let entre = match total.cmp(&seuil) {
        std::cmp::Ordering::Less => ATTEINT,
        std::cmp::Ordering::Equal => CONFIRMER,
        std::cmp::Ordering::Greater => NON,
    };
    vec![entre, bornes]
}

#[test]
fn intervalle_moyen_bornes_comprises_seul() {
    // Three audits one day apart: "entre audits" is far under 60; bornes = (E − S)/4.
    for (duree, attendu, bornes) in [
        (239, ATTEINT, ATTEINT),
        (240, CONFIRMER, CONFIRMER),
        (241, CONFIRMER, NON),
    ] {
        let fin = jours("2026-03-01", &[duree]).remove(0);
        let evaluation = annuaire(
            "2026-03-01",
            &fin,
            &jours("2026-03-02", &[0, 1, 2]),
            "2026-12-25",
        );
        assert_eq!(
            verdict(&evaluation, "D1.O1.A/intervalle-moyen"),
            attendu,
            "{duree}"
        );
        assert_eq!(lectures(&evaluation), [ATTEINT, bornes], "{duree}");
    }
}

/// Two audits of one day, by two tools, count for two; where that decides, it is told.
#[test]
fn intervalle_moyen_with_two_audits_on_one_day() {
    // From 10 May: days of the audits by SILENE, and of those by an industrial platform; verdict; whether it is told.
    let lignes: [(&[i64], &[i64], Verdict, bool); 6] = [
        (&[0, 99, 198, 297], &[], NON, false),
        (&[0, 99, 198, 297], &[0, 99, 198, 297], ATTEINT, true),
        (&[0, 99, 198, 297], &[1, 100, 199, 298], ATTEINT, false), // each on a day of its own
        (&[0, 50, 100, 150, 200, 250, 300], &[0], ATTEINT, false),
        (&[0, 90], &[0], CONFIRMER, true),
        (&[0, 140], &[0], NON, false),
    ];
    for (silene, industriel, attendu, dit) in lignes {
        let un = |outil: &'static str| move |jour: &String| format!("{jour} {outil} 1.0");
        let mut audits: Vec<String> = jours("2026-05-10", silene)
            .iter()
            .map(un("silene"))
            .collect();
        audits.extend(jours("2026-05-10", industriel).iter().map(un("industriel")));
        let evaluation = perimetre("2026-04-01", FIN, &refs(&audits), "2027-03-31");
        let verdict = verdict(&evaluation, "D1.O2.A/intervalle-moyen");
        assert_eq!(verdict, attendu, "{silene:?} {industriel:?}");
        let informations = &evaluation.informations;
        let dite = informations
            .iter()
            .any(|i| i.texte.contains("du même jour"));
        assert_eq!(dite, dit, "{silene:?} {industriel:?}");
    }
}

#[test]
fn intervalle_moyen_both_readings() {
    // Two audits: entre = total/1, bornes = (E − S)/3.
    let lignes = [
        (179, 59, ATTEINT),
        (179, 60, CONFIRMER),
        (179, 61, CONFIRMER),
        (180, 59, CONFIRMER),
        (180, 60, CONFIRMER),
        (180, 61, CONFIRMER),
        (181, 59, CONFIRMER),
        (181, 60, CONFIRMER),
        (181, 61, NON),
    ];
    for (duree, ecart, attendu) in lignes {
        let fin = jours("2026-03-01", &[duree]).remove(0);
        let dates = jours("2026-03-05", &[0, ecart]);
        let evaluation = annuaire("2026-03-01", &fin, &dates, "2026-12-25");
        assert_eq!(
            verdict(&evaluation, "D1.O1.A/intervalle-moyen"),
            attendu,
            "O1: {duree} {ecart}"
        );
        let audits = silene(&dates);
        let evaluation = perimetre("2026-03-01", &fin, &refs(&audits), "2026-12-25");
        assert_eq!(
            verdict(&evaluation, "D1.O2.A/intervalle-moyen"),
            attendu,
            "O2: {duree} {ecart}"
        );
    }
}

#[test]
fn intervalle_moyen_with_one_audit_or_none_has_one_reading() {
    let lignes = [
        (1, 119, ATTEINT),
        (1, 120, CONFIRMER),
        (1, 121, NON),
        (0, 59, ATTEINT),
        (0, 60, CONFIRMER),
        (0, 61, NON),
    ];
    for (nombre, duree, attendu) in lignes {
        let fin = jours("2026-03-01", &[duree]).remove(0);
        let dates = jours("2026-03-05", &[0][..nombre]);
        let evaluation = annuaire("2026-03-01", &fin, &dates, "2026-12-25");
        assert_eq!(
            verdict(&evaluation, "D1.O1.A/intervalle-moyen"),
            attendu,
            "{nombre} {duree}"
        );
        assert_eq!(lectures(&evaluation).len(), 1);
    }
}

#[test]
fn intervalle_moyen_is_planned_until_enough_audits_are_done() {
    // E − S = 179: two audits make both readings hold, one does not.
    let fin = jours("2026-03-01", &[179]).remove(0);
    let dates = jours("2026-03-05", &[0, 50]); // 5 March, 24 April
    for (aujourdhui, attendu) in [("2026-04-23", PREVU), ("2026-04-24", ATTEINT)] {
        let evaluation = annuaire("2026-03-01", &fin, &dates, aujourdhui);
        assert_eq!(
            verdict(&evaluation, "D1.O1.A/intervalle-moyen"),
            attendu,
            "{aujourdhui}"
        );
    }
}

#[test]
fn what_does_not_hold_is_lost_after_the_last_day() {
    for (aujourdhui, attendu) in [("2027-03-31", NON), ("2027-04-01", PERDU)] {
        let evaluation = annuaire(
            "2026-03-01",
            FIN,
            &jours("2026-03-05", &[0, 90]),
            aujourdhui,
        );
        assert_eq!(
            verdict(&evaluation, "D1.O1.A/intervalle-moyen"),
            attendu,
            "{aujourdhui}"
        );
    }
}

#[test]
fn intervalle_max_exposition() {
    // First audit 10 May; 10 May + 100 days is 18 August.
    let lignes = [
        (99, "2027-03-01", ATTEINT),
        (100, "2027-03-01", CONFIRMER),
        (101, "2027-03-01", PERDU),
        (99, "2026-08-16", PREVU_OU_ATTEINT),
        (101, "2026-08-17", NON),
        (101, "2026-08-18", NON),
        (101, "2026-08-19", PERDU),
    ];
    for (ecart, aujourdhui, attendu) in lignes {
        // A second pair near the end keeps the last audit young.
        let mut audits = silene(&jours("2026-05-10", &[0, ecart]));
        audits.extend(silene(&jours(
            "2026-05-10",
            &[ecart + 90, ecart + 180, ecart + 221],
        )));
        let evaluation = perimetre("2026-04-01", FIN, &refs(&audits), aujourdhui);
        assert_eq!(
            verdict(&evaluation, "D1.O2.A/intervalle-max"),
            attendu,
            "{ecart} on {aujourdhui}"
        );
    }
}

/// On facts up to today alone a single audit has no gap, so the check holds already (§3, §5).
const PREVU_OU_ATTEINT: Verdict = ATTEINT;

#[test]
fn intervalle_max_names_the_gap_and_both_sentences() {
    let audits = silene(&jours("2026-05-03", &[0, 104, 190]));
    let evaluation = perimetre("2026-04-01", "2026-12-01", &refs(&audits), "2026-11-23");
    let controle = &evaluation.objectif(Objectif::O2A).unwrap().controles[0];
    assert_eq!(
        controle.explication.replace(['\u{a0}', '\u{202f}'], " "),
        "104 jours entre le 3 mai et le 15 août 2026 ; maximum 100 : ne peut plus être rattrapé."
    );
    assert_eq!(controle.sources, ["3.9", "3.16"]);
    assert_eq!(controle.marge.unwrap().valeur_json(), "-4");
    let entre = controle.faits.iter().map(|fait| fait.date);
    assert_eq!(
        entre.collect::<Vec<_>>(),
        [jour("2026-05-03"), jour("2026-08-15")]
    );
    let audits = silene(&jours("2026-05-03", &[0, 100, 190]));
    let evaluation = perimetre("2026-04-01", "2026-12-01", &refs(&audits), "2026-11-23");
    let controle = evaluation
        .objectif(Objectif::O2A)
        .unwrap()
        .controles
        .iter()
        .find(|c| c.id == "D1.O2.A/intervalle-max")
        .unwrap();
    assert!(
        controle.explication.contains("3.9") && controle.explication.contains("3.16"),
        "{}",
        controle.explication
    );
    assert_eq!(
        controle
            .lectures
            .iter()
            .map(|lecture| lecture.verdict)
            .collect::<Vec<_>>(),
        [ATTEINT, NON]
    );
}

/// The day that the remedy names is safe under both readings, as long as one such day is left.
#[test]
fn intervalle_max_says_until_when_an_audit_may_come_between() {
    let lignes: [(&[i64], &str, &str); 9] = [
        (
            &[0, 100],
            "2026-08-16",
            "auditez au plus tard le 17 août 2026, ou",
        ),
        (
            &[0, 100],
            "2026-08-17",
            "auditez au plus tard le 17 août 2026, ou",
        ),
        (&[0, 100], "2026-08-18", "; demandez confirmation"),
        (
            &[0, 101],
            "2026-08-17",
            "intercalez-en un, au plus tard le 17 août 2026",
        ),
        (
            &[0, 101],
            "2026-08-18",
            "intercalez-en un, au plus tard le 18 août 2026",
        ),
        (&[0, 101], "2026-08-19", "ne peut plus être rattrapé"),
        (&[0, 198], "2026-08-01", "intercalez-en un, au plus tard"),
        (
            &[0, 199],
            "2026-08-01",
            "intercalez-en 2, le premier au plus tard",
        ),
        (
            &[0, 298],
            "2026-08-01",
            "intercalez-en 3, le premier au plus tard",
        ),
    ];
    for (ecarts, aujourdhui, dit) in lignes {
        let audits = silene(&jours("2026-05-10", ecarts));
        let evaluation = perimetre("2026-05-01", FIN, &refs(&audits), aujourdhui);
        let objectif = evaluation.objectif(Objectif::O2A).unwrap();
        let mut controles = objectif.controles.iter();
        let controle = controles
            .find(|c| c.id.ends_with("/intervalle-max"))
            .unwrap();
        let phrase = controle.explication.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(phrase.contains(dit), "{ecarts:?} on {aujourdhui}: {phrase}");
    }
}

/// S and E are in the phase: an audit of the day before or after is told as not counting.
#[test]
fn an_audit_outside_the_phase_is_told() {
    for (date, dit) in [
        ("2026-03-31", true),
        ("2026-04-01", false),
        ("2026-12-01", false),
        ("2026-12-02", true),
    ] {
        let audits = silene(&[date.to_string()]);
        let evaluation = perimetre("2026-04-01", "2026-12-01", &refs(&audits), "2026-12-31");
        let mut informations = evaluation.informations.iter();
        let dite =
            informations.any(|information| information.texte.starts_with("1\u{a0}audit ne compte"));
        assert_eq!(dite, dit, "{date}");
    }
}

#[test]
fn the_audit_that_o2b_still_needs_would_break_the_maximum() {
    // Last audit 9 July 2026; + 100 days is 17 October. E − last: 60 on 7 September, under before.
    let audits = silene(&jours("2026-05-10", &[0, 60]));
    let lignes = [
        (FIN, "2026-10-16", ATTEINT),
        (FIN, "2026-10-17", ATTEINT),
        (FIN, "2026-10-18", PERDU),
        (FIN, "2027-03-31", PERDU),
        (FIN, "2027-04-01", ATTEINT), // E is past: nothing further is needed by then
        ("2026-10-18", "2026-10-18", PERDU),
        ("2026-10-17", "2026-10-18", ATTEINT),
    ];
    for (fin, aujourdhui, attendu) in lignes {
        let evaluation = perimetre("2026-04-01", fin, &refs(&audits), aujourdhui);
        assert_eq!(
            verdict(&evaluation, "D1.O2.A/intervalle-max"),
            attendu,
            "{fin} on {aujourdhui}"
        );
    }
}

#[test]
fn a_single_audit_has_no_gap_but_the_danger_is_told() {
    let audits = silene(&jours("2026-05-10", &[0]));
    for (aujourdhui, dit) in [("2026-08-18", false), ("2026-08-19", true)] {
        let evaluation = perimetre("2026-04-01", FIN, &refs(&audits), aujourdhui);
        assert_eq!(verdict(&evaluation, "D1.O2.A/intervalle-max"), ATTEINT);
        assert_eq!(
            evaluation
                .informations
                .iter()
                .any(|information| information.texte.contains("Seul audit")),
            dit,
            "{aujourdhui}"
        );
    }
}

#[test]
fn intervalle_max_annuaire_exists_only_with_a_value() {
    let json = |ecart: i64| {
        let dates = jours("2026-05-10", &[0, ecart]);
        format!(
            r#"{{{},"entites":[{{"id":"chu"}}],"annuaires":[{{"id":"ad","mode":"local","entites":["chu"],
            "audits":[{{"date":"{}","score":2}},{{"date":"{}","score":2}}]}}]}}"#,
            commun::phase("2026-04-01", FIN),
            dates[0],
            dates[1]
        )
    };
    for ecart in [100, 101] {
        let evaluation = evaluer(&json(ecart), "2027-03-01");
        let ids: Vec<&str> = evaluation
            .objectif(Objectif::O1A)
            .unwrap()
            .controles
            .iter()
            .map(|controle| controle.id)
            .collect();
        assert!(!ids.contains(&"D1.O1.A/intervalle-max"));
        assert_eq!(
            evaluation
                .informations
                .iter()
                .any(|information| information.texte.contains("ne fixe pas de maximum")),
            ecart == 101
        );
    }
    let programme = programme_avec(&[("intervalle_max_annuaire_jours", "90")]);
    for (ecart, attendu) in [(89, ATTEINT), (90, CONFIRMER), (91, PERDU)] {
        let evaluation = evaluate(&dossier(&json(ecart)), &programme, jour("2027-03-01"));
        assert_eq!(
            verdict(&evaluation, "D1.O1.A/intervalle-max"),
            attendu,
            "{ecart}"
        );
    }
}

#[test]
fn cybersurveillance_never_counts() {
    let evaluation = perimetre(
        "2026-04-01",
        FIN,
        &["2026-05-10 cybersurveillance -"],
        "2026-12-01",
    );
    assert_eq!(verdict(&evaluation, "D1.O2.A/premier-audit"), PERDU);
    assert!(
        evaluation
            .informations
            .iter()
            .any(|information| information.sources == ["3.10"])
    );
}

#[test]
fn couverture() {
    let json = |annuaires: &str| {
        format!(
            r#"{{{},"entites":[{{"id":"a"}},{{"id":"b"}}],"annuaires":[{annuaires}],"perimetres":[]}}"#,
            commun::phase("2026-03-20", FIN)
        )
    };
    let ad = |id: &str, entites: &str| {
        format!(r#"{{"id":"{id}","mode":"local","entites":[{entites}]}}"#)
    };
    let lignes = [
        (ad("x", r#""a","b""#), ATTEINT),
        (
            format!("{},{}", ad("x", r#""a""#), ad("y", r#""b""#)),
            ATTEINT,
        ),
        (ad("x", r#""a""#), INCOMPLET),
        (
            format!("{},{}", ad("x", r#""a","b""#), ad("y", "")),
            INCOMPLET,
        ),
        (String::new(), INCOMPLET),
    ];
    for (annuaires, attendu) in lignes {
        let evaluation = evaluer(&json(&annuaires), "2026-04-01");
        assert_eq!(
            verdict(&evaluation, "D1.O1.A/couverture"),
            attendu,
            "{annuaires}"
        );
        assert_eq!(verdict(&evaluation, "D1.O2.A/couverture"), INCOMPLET);
    }
}

#[test]
fn mode() {
    // Nothing audited, long after the limit: only the mode decides.
    let lignes = [
        (r#""local""#, ATTEINT, PERDU, NON),
        (r#""hybride""#, ATTEINT, PERDU, NON),
        (r#""cloud""#, CONFIRMER, CONFIRMER, CONFIRMER),
        (r#""aucun""#, CONFIRMER, CONFIRMER, CONFIRMER),
        ("null", INCOMPLET, INCOMPLET, INCOMPLET),
    ];
    for (mode, attendu, o1a, scores) in lignes {
        let json = format!(
            r#"{{{},"entites":[{{"id":"chu","activite_combinee":1}}],"part_activite_min_pourcent":80,
            "annuaires":[{{"id":"ad","entites":["chu"],"mode":{mode}}}]}}"#,
            commun::phase("2026-03-20", FIN)
        );
        let evaluation = evaluer(&json, "2026-12-01");
        assert_eq!(verdict(&evaluation, "D1.O1.A/mode"), attendu, "{mode}");
        assert_eq!(objectif(&evaluation, Objectif::O1A), o1a, "{mode}");
        assert_eq!(
            verdict(&evaluation, "D1.O1.B/deux-derniers-scores"),
            scores,
            "{mode}"
        );
        assert_eq!(objectif(&evaluation, Objectif::O1B), scores, "{mode}");
        if attendu == CONFIRMER {
            assert_eq!(verdict(&evaluation, "D1.O1.A/premier-audit"), SANS);
            assert_eq!(verdict(&evaluation, "D1.O1.A/intervalle-moyen"), SANS);
        }
    }
}

#[test]
fn deux_derniers_scores() {
    // (scores in the order of time, done by today, expected); `-` has none.
    let lignes = [
        ("2 2", 2, ATTEINT),
        ("1 2 2", 3, ATTEINT),
        ("5 5 1", 3, NON),
        ("5 1 2", 3, NON),
        ("1 2", 2, NON),
        ("2", 1, NON),
        ("", 0, NON),
        ("2 -", 2, INCOMPLET),
        ("- 2", 2, INCOMPLET),
        ("1 -", 2, NON),
        ("- 1", 2, NON),
        ("- 2 2", 3, ATTEINT),
        ("2 2", 1, PREVU),
        ("2 2 2", 2, ATTEINT),
        ("1 2 2", 2, PREVU),
        ("2 2 -", 2, INCOMPLET),
    ];
    for (scores, faits, attendu) in lignes {
        let dates = jours("2026-05-10", &[0, 30, 60]);
        let audits: Vec<String> = scores
            .split_whitespace()
            .zip(&dates)
            .map(|(score, date)| {
                format!(
                    r#"{{"date":"{date}","score":{}}}"#,
                    if score == "-" { "null" } else { score }
                )
            })
            .collect();
        let json = format!(
            r#"{{{},"entites":[{{"id":"chu"}}],"annuaires":[{{"id":"ad","mode":"hybride","entites":["chu"],"audits":[{}]}}]}}"#,
            commun::phase("2026-04-01", FIN),
            audits.join(",")
        );
        let aujourdhui = if faits == 0 {
            "2026-05-09".to_string()
        } else {
            dates[faits - 1].clone()
        };
        let evaluation = evaluer(&json, &aujourdhui);
        assert_eq!(
            verdict(&evaluation, "D1.O1.B/deux-derniers-scores"),
            attendu,
            "{scores} on {aujourdhui}"
        );
    }
}

/// Entities by activity, each with a directory of its own: `o` holds, `x` fails, `?` has no score, `c` is in the cloud,
/// `n` has no directory, `p` is planned.
fn part(parts: &[(&str, char)], seuil: &str) -> Evaluation {
    let entites: Vec<String> = parts
        .iter()
        .enumerate()
        .map(|(rang, (poids, _))| format!(r#"{{"id":"e{rang}","activite_combinee":{poids}}}"#))
        .collect();
    let annuaires: Vec<String> = parts
        .iter()
        .enumerate()
        .filter(|(_, part)| part.1 != 'n')
        .map(|(rang, part)| annuaire_en_etat(rang, part.1))
        .collect();
    let json = format!(
        r#"{{{},"entites":[{}],"annuaires":[{}],"part_activite_min_pourcent":{seuil}}}"#,
        commun::phase("2026-04-01", FIN),
        entites.join(","),
        annuaires.join(",")
    );
    evaluer(&json, "2026-12-01")
}

fn annuaire_en_etat(rang: usize, etat: char) -> String {
    let (second, score, mode) = match etat {
        'o' => ("2026-07-01", "2", "local"),
        'x' => ("2026-07-01", "1", "local"),
        'p' => ("2027-01-01", "2", "local"),
        'c' => ("2026-07-01", "1", "cloud"),
        _ => ("2026-07-01", "null", "local"),
    };
    format!(
        r#"{{"id":"ad{rang}","mode":"{mode}","entites":["e{rang}"],
        "audits":[{{"date":"2026-05-10","score":2}},{{"date":"{second}","score":{score}}}]}}"#
    )
}

/// Weight and state of each entity, threshold, expected.
type Ligne = (&'static [(&'static str, char)], &'static str, Verdict);

const PARTS: &[Ligne] = &[
    // The threshold, exactly: 79.99, 80, 80.01 covered of 100 for 80 %.
    (&[("79.99", 'o'), ("20.01", 'x')], "80", NON),
    (&[("80", 'o'), ("20", 'x')], "80", ATTEINT),
    (&[("80.01", 'o'), ("19.99", 'x')], "80", ATTEINT),
    (&[("2", 'o'), ("1", 'x')], "66.66", ATTEINT),
    (&[("2", 'o'), ("1", 'x')], "66.67", NON),
    // All covered: holds whatever else is missing.
    (&[("null", 'o'), ("null", 'o')], "null", ATTEINT),
    (&[("0", 'o')], "null", ATTEINT),
    (&[("null", 'o'), ("null", 'p')], "null", PREVU),
    // Something is missing.
    (&[("null", 'o'), ("20", 'x')], "80", INCOMPLET),
    (&[("0", 'o'), ("0", 'x')], "80", INCOMPLET),
    (&[("80", 'o'), ("20", 'x')], "null", INCOMPLET),
    (&[("1", 'o'), ("1", 'x')], "null", INCOMPLET),
    (&[("1", 'c'), ("1", 'x')], "null", INCOMPLET),
    (&[("1", 'o'), ("1", 'c')], "null", INCOMPLET),
    // None covered nor possible: no threshold would hold, yet the share is not known.
    (&[("1", 'x'), ("1", 'x')], "null", INCOMPLET),
    (&[("null", 'x')], "80", INCOMPLET),
    (&[("1", 'c'), ("1", 'c')], "null", INCOMPLET),
    // Possible entities.
    (&[("70", 'o'), ("10", 'c'), ("20", 'x')], "80", CONFIRMER),
    (&[("70", 'o'), ("10", '?'), ("20", 'x')], "80", INCOMPLET),
    (&[("70", 'o'), ("10", 'n'), ("20", 'x')], "80", INCOMPLET),
    (
        &[("70", 'o'), ("5", '?'), ("5", 'c'), ("20", 'x')],
        "80",
        INCOMPLET,
    ),
    (&[("70", 'o'), ("9", 'c'), ("21", 'x')], "80", NON),
    (&[("80", 'o'), ("20", '?')], "80", ATTEINT),
    // Planned.
    (&[("60", 'o'), ("20", 'p'), ("20", 'x')], "80", PREVU),
    (&[("80", 'o'), ("20", 'p')], "80", ATTEINT),
    (&[("0.99", 'o'), ("99.01", 'x')], "1", NON),
    (&[("1", 'o'), ("99", 'x')], "1", ATTEINT),
    (&[("0", 'o'), ("1", 'x')], "0", ATTEINT),
];

#[test]
fn part_activite() {
    for (parts, seuil, attendu) in PARTS {
        let evaluation = part(parts, seuil);
        assert_eq!(
            verdict(&evaluation, "D1.O1.B/part-activite"),
            *attendu,
            "{parts:?} {seuil}"
        );
        assert_eq!(
            objectif(&evaluation, Objectif::O1B),
            *attendu,
            "the share alone decides: {parts:?}"
        );
        assert_eq!(
            evaluation.objectif(Objectif::O1B).unwrap().controles[0].id,
            "D1.O1.B/part-activite"
        );
    }
}

/// Where no entity is covered nor can be, no threshold would help; under 1 %, one helps too much: both are told.
#[test]
fn what_a_threshold_cannot_change_is_told() {
    /// Entities, threshold, « no threshold would hold », « nearly everything holds ».
    type Dit = (&'static [(&'static str, char)], &'static str, bool, bool);
    let lignes: [Dit; 6] = [
        (&[("1", 'x'), ("1", 'x')], "null", true, false),
        (&[("null", 'x')], "80", true, false),
        (&[("1", 'c'), ("1", 'x')], "null", false, false),
        (&[("1", 'x')], "80", false, false),
        (&[("1", 'o'), ("1", 'x')], "0.99", false, true),
        (&[("1", 'o'), ("1", 'x')], "1", false, false),
    ];
    for (parts, seuil, aucun, presque) in lignes {
        let evaluation = part(parts, seuil);
        let resultat = evaluation.objectif(Objectif::O1B).unwrap();
        let phrase = &resultat.controles[0].explication;
        assert_eq!(phrase.contains("aucun seuil"), aucun, "{parts:?} {seuil}");
        let mut informations = evaluation.informations.iter();
        let dite = informations.any(|i| i.texte.contains("presque tout"));
        assert_eq!(dite, presque, "{parts:?} {seuil}");
    }
}

#[test]
fn an_entity_needs_all_its_directories() {
    let json = |score: &str| {
        format!(
            r#"{{{},"entites":[{{"id":"e","activite_combinee":1}},{{"id":"f","activite_combinee":9}}],"part_activite_min_pourcent":90,
            "annuaires":[{{"id":"x","mode":"local","entites":["e"],"audits":[{{"date":"2026-05-10","score":1}}]}},
            {{"id":"y","mode":"local","entites":["e","f"],"audits":[{{"date":"2026-05-10","score":2}},{{"date":"2026-06-10","score":{score}}}]}}]}}"#,
            commun::phase("2026-04-01", FIN)
        )
    };
    assert_eq!(
        objectif(&evaluer(&json("2"), "2026-12-01"), Objectif::O1B),
        ATTEINT
    );
    assert_eq!(
        objectif(&evaluer(&json("1"), "2026-12-01"), Objectif::O1B),
        NON
    );
}

#[test]
fn no_start_leaves_both_objectives_incomplete() {
    for mode in ["local", "cloud"] {
        let json = format!(
            r#"{{"entites":[{{"id":"chu"}}],"annuaires":[{{"id":"ad","entites":["chu"],"mode":"{mode}"}}],
            "perimetres":[{{"id":"x","entites":["chu"]}}]}}"#
        );
        let evaluation = evaluer(&json, "2027-06-01");
        for code in [Objectif::O1A, Objectif::O1B, Objectif::O2A, Objectif::O2B] {
            assert_eq!(objectif(&evaluation, code), INCOMPLET, "{mode} {code:?}");
            let controles = &evaluation.objectif(code).unwrap().controles;
            assert!(
                controles
                    .iter()
                    .any(|controle| controle.manque == ["phase.debut"]),
                "{code:?}"
            );
        }
    }
}

#[test]
fn a_missing_tool_is_named() {
    let json = format!(
        r#"{{{},"entites":[{{"id":"chu"}}],"perimetres":[{{"id":"x","entites":["chu"],"audits":[{{"date":"2026-05-10"}}]}}]}}"#,
        commun::phase("2026-03-20", FIN)
    );
    let evaluation = evaluer(&json, "2026-12-01");
    for code in [Objectif::O2A, Objectif::O2B] {
        assert_eq!(objectif(&evaluation, code), INCOMPLET);
        let controles = &evaluation.objectif(code).unwrap().controles;
        let champ = "perimetres[0].audits[0].outil";
        assert!(
            controles
                .iter()
                .any(|controle| controle.manque.iter().any(|manque| manque == champ))
        );
    }
}

/// Industrial audits this many days before E, oldest first, with their scores.
fn industriels(audits: &[(i64, &str)]) -> Vec<String> {
    audits
        .iter()
        .map(|(avant, score)| format!("{} industriel {score}", jours(FIN, &[-avant])[0]))
        .collect()
}

#[test]
fn dernier_sans_critique() {
    let lignes = [
        ("0.0", ATTEINT),
        ("8.9", ATTEINT),
        ("9.0", CONFIRMER),
        ("9.1", NON),
        ("10.0", NON),
        ("-", INCOMPLET),
    ];
    for (score, attendu) in lignes {
        let audits = industriels(&[(60, "1.0"), (10, score)]);
        let evaluation = perimetre("2026-04-01", FIN, &refs(&audits), "2027-03-31");
        assert_eq!(
            verdict(&evaluation, "D1.O2.B/dernier-sans-critique"),
            attendu,
            "{score}"
        );
        assert_eq!(
            objectif(&evaluation, Objectif::O2B),
            if attendu == ATTEINT {
                ATTEINT
            } else {
                INCOMPLET
            },
            "no threshold"
        );
    }
}

#[test]
fn dernier_recent() {
    for (avant, attendu) in [(0, ATTEINT), (59, ATTEINT), (60, NON), (61, NON)] {
        let audits = industriels(&[(80, "1.0"), (avant, "1.0")]);
        let evaluation = perimetre("2026-04-01", FIN, &refs(&audits), "2027-03-31");
        assert_eq!(
            verdict(&evaluation, "D1.O2.B/dernier-recent"),
            attendu,
            "{avant} days before E"
        );
    }
    let audits = industriels(&[(80, "1.0"), (20, "1.0")]);
    let evaluation = perimetre("2026-04-01", FIN, &refs(&audits), "2027-03-01");
    assert_eq!(verdict(&evaluation, "D1.O2.B/dernier-recent"), PREVU);
    let evaluation = perimetre(
        "2026-04-01",
        FIN,
        &refs(&industriels(&[(80, "1.0")])),
        "2027-04-01",
    );
    assert_eq!(verdict(&evaluation, "D1.O2.B/dernier-recent"), PERDU);
}

#[test]
fn avant_dernier_sans_critique() {
    // (antepenultimate: days before the last, score), penultimate score, expected.
    let lignes = [
        (None, "8.9", ATTEINT),
        (None, "9.0", CONFIRMER),
        (None, "9.1", NON),
        (None, "-", INCOMPLET),
        (Some((59, "8.9")), "9.1", ATTEINT),
        (Some((60, "8.9")), "9.1", ATTEINT),
        (Some((61, "8.9")), "9.1", NON),
        (Some((60, "9.0")), "9.1", CONFIRMER),
        (Some((60, "9.1")), "9.1", NON),
        (Some((60, "-")), "9.1", INCOMPLET),
        (Some((61, "-")), "9.1", NON),
        (Some((60, "8.9")), "9.0", ATTEINT),
        (Some((61, "8.9")), "9.0", CONFIRMER),
        (Some((60, "9.0")), "9.0", CONFIRMER),
        (Some((60, "9.1")), "9.0", NON),
        (Some((60, "-")), "9.0", INCOMPLET),
        (Some((61, "9.1")), "9.0", CONFIRMER),
        (Some((60, "9.1")), "8.9", ATTEINT),
        (Some((60, "-")), "8.9", ATTEINT),
        (Some((60, "8.9")), "-", INCOMPLET),
    ];
    for (antepenultieme, score, attendu) in lignes {
        let mut audits = Vec::new();
        audits.extend(antepenultieme.map(|(avant, score)| (10 + avant, score)));
        audits.extend([(30, score), (10, "1.0")]);
        let audits = industriels(&audits);
        let evaluation = perimetre("2026-04-01", FIN, &refs(&audits), "2027-03-31");
        let id = "D1.O2.B/avant-dernier-sans-critique";
        assert_eq!(
            verdict(&evaluation, id),
            attendu,
            "{antepenultieme:?} {score}"
        );
        // At 9.0 both readings are shown, also where a critical one replaces it.
        let controles = &evaluation.objectif(Objectif::O2B).unwrap().controles;
        let controle = controles.iter().find(|c| c.id == id).unwrap();
        let doute = attendu == CONFIRMER || (score == "9.0" && attendu != ATTEINT);
        assert_eq!(
            controle.lectures.len(),
            if doute { 2 } else { 0 },
            "{controle:?}"
        );
    }
}

#[test]
fn fewer_than_two_industrial_audits() {
    let evaluation = perimetre(
        "2026-04-01",
        FIN,
        &["2027-03-01 industriel 1.0"],
        "2027-03-31",
    );
    assert_eq!(
        verdict(&evaluation, "D1.O2.B/dernier-sans-critique"),
        ATTEINT
    );
    assert_eq!(
        verdict(&evaluation, "D1.O2.B/avant-dernier-sans-critique"),
        NON
    );
    assert_eq!(verdict(&evaluation, "D1.O2.B/outil"), SANS);
    let evaluation = perimetre("2026-04-01", FIN, &["2027-03-01 silene 1.0"], "2027-03-31");
    for id in [
        "dernier-sans-critique",
        "avant-dernier-sans-critique",
        "dernier-recent",
    ] {
        assert_eq!(verdict(&evaluation, &format!("D1.O2.B/{id}")), NON, "{id}");
    }
}

#[test]
fn outil() {
    // Industrial audits 60 and 10 days before E; a SILENE audit some days before E.
    let lignes = [
        (61, ATTEINT),
        (60, ATTEINT),
        (59, CONFIRMER),
        (10, CONFIRMER),
        (9, CONFIRMER),
    ];
    for (avant, attendu) in lignes {
        let mut audits = industriels(&[(60, "1.0"), (10, "1.0")]);
        audits.push(format!("{} silene -", jours(FIN, &[-avant])[0]));
        let evaluation = perimetre("2026-04-01", FIN, &refs(&audits), "2027-03-31");
        assert_eq!(verdict(&evaluation, "D1.O2.B/outil"), attendu, "{avant}");
    }
    // The antepenultimate is used: the older of the two is that one.
    for (avant, attendu) in [(70, ATTEINT), (69, CONFIRMER)] {
        let mut audits = industriels(&[(70, "1.0"), (40, "9.5"), (10, "1.0")]);
        audits.push(format!("{} silene -", jours(FIN, &[-avant])[0]));
        let evaluation = perimetre("2026-04-01", FIN, &refs(&audits), "2027-03-31");
        assert_eq!(
            verdict(&evaluation, "D1.O2.B/outil"),
            attendu,
            "{avant} with a replacement"
        );
    }
}

#[test]
fn reevaluation() {
    // (cvss_max, cvss_reevalue, justified, expected)
    let lignes = [
        ("9.8", "null", "null", NON),
        ("9.8", "6.5", "true", ATTEINT),
        ("9.8", "6.5", "false", NON),
        ("9.8", "6.5", "null", INCOMPLET),
        ("9.8", "9.1", "null", NON),
        ("9.8", "9.0", "true", CONFIRMER),
        ("null", "6.5", "true", ATTEINT),
        ("null", "6.5", "false", INCOMPLET),
        ("6.5", "9.8", "true", NON),
        ("6.5", "null", "true", ATTEINT),
    ];
    for (max, reevalue, justifiee, attendu) in lignes {
        let json = format!(
            r#"{{{},"entites":[{{"id":"chu"}}],"perimetres":[{{"id":"x","entites":["chu"],"audits":[
            {{"date":"2027-02-01","outil":"industriel","cvss_max":1}},
            {{"date":"2027-03-01","outil":"industriel","cvss_max":{max},"cvss_reevalue":{reevalue},"reevaluation_justifiee":{justifiee}}}]}}]}}"#,
            commun::phase("2026-03-20", FIN)
        );
        let evaluation = evaluer(&json, "2027-03-31");
        assert_eq!(
            verdict(&evaluation, "D1.O2.B/dernier-sans-critique"),
            attendu,
            "{max} {reevalue} {justifiee}"
        );
    }
}

#[test]
fn high_is_told_not_blocking() {
    // At 9.0 the check is in doubt: told, but never as not blocking.
    let lignes = [
        ("6.9", ""),
        ("7.0", "pas bloquante"),
        ("8.9", "pas bloquante"),
        ("9.0", "haute ou critique"),
        ("9.1", ""),
    ];
    for (score, dit) in lignes {
        let audits = industriels(&[(60, "1.0"), (10, score)]);
        let evaluation = perimetre("2026-04-01", FIN, &refs(&audits), "2027-03-31");
        let mut hautes = evaluation
            .informations
            .iter()
            .filter(|information| information.texte.contains("haute"));
        let haute = hautes.next();
        assert_eq!(haute.is_some(), !dit.is_empty(), "{score}");
        assert!(
            haute.is_none_or(|haute| haute.texte.contains(dit)),
            "{score}"
        );
    }
}

#[test]
fn rapport_oradad() {
    let json = format!(
        r#"{{{},"annuaires":[{{"id":"ad","mode":"local","audits":[{{"date":"2026-05-10","rapport_disponible_le":"2026-05-12"}}]}}]}}"#,
        commun::phase("2026-03-20", FIN)
    );
    for (aujourdhui, attendu) in [
        ("2026-05-11", None),
        ("2026-11-12", Some("à télécharger")),
        ("2026-11-13", Some("était téléchargeable")),
    ] {
        let evaluation = evaluer(&json, aujourdhui);
        let texte = evaluation
            .informations
            .iter()
            .map(|information| &information.texte)
            .find(|texte| texte.contains("Rapport"));
        assert_eq!(texte.is_some(), attendu.is_some(), "{aujourdhui}");
        assert!(
            texte.is_none_or(|texte| texte.contains(attendu.unwrap_or_default())),
            "{texte:?}"
        );
    }
}

#[test]
fn every_sentence_is_typeset() {
    let audits = industriels(&[(90, "9.5"), (70, "9.0"), (10, "9.0")]);
    for aujourdhui in ["2026-05-01", "2026-12-01", "2027-06-01"] {
        for evaluation in [
            perimetre("2026-04-01", FIN, &refs(&audits), aujourdhui),
            annuaire(
                "2026-03-20",
                FIN,
                &jours("2026-05-10", &[0, 60]),
                aujourdhui,
            ),
        ] {
            for controle in evaluation
                .objectifs
                .iter()
                .flat_map(|resultat| &resultat.controles)
            {
                let texte = &controle.explication;
                for faute in [" :", " ;", "« ", " »", " ?", "'", "  "] {
                    assert!(!texte.contains(faute), "{faute:?} in {texte}");
                }
                assert!(texte.ends_with('.'), "{texte}");
            }
        }
    }
    let _ = programme();
}
