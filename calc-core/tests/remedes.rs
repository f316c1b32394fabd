//! What the sentences advise stays possible: in the time that is left, and in number.

mod commun;

use calc_core::{evaluate, lire_date, read_dossier};
use commun::programme;

/// The sentence of a check, no-break spaces made plain.
fn phrase(audits: &str, declaration: &str, jour: &str, id: &str) -> String {
    let texte = format!(
        r#"{{"phase": {{"debut": "2026-03-20", "declaration": "{declaration}"}}, "entites": [{{"id": "e"}}],
        "exercices": [], "autoevaluation": {{"date": "2027-03-30"}},
        "perimetres": [{{"id": "p", "entites": ["e"], "audits": [{audits}]}}]}}"#
    );
    let dossier = read_dossier(&texte).unwrap();
    let evaluation = evaluate(&dossier, &programme(), lire_date(jour).unwrap());
    let mut controles = evaluation.objectifs.iter().flat_map(|o| &o.controles);
    let controle = controles.find(|c| c.id == id).unwrap();
    controle.explication.replace(['\u{a0}', '\u{202f}'], " ")
}

const UN: &str = r#"{"date": "2026-05-10", "outil": "industriel", "cvss_max": 5.0}"#;

#[test]
fn after_the_declaration_s_day_the_remedy_is_to_move_it() {
    for id in [
        "D1.O2.A/intervalle-moyen",
        "D1.O2.B/dernier-recent",
        "D1.O2.B/avant-dernier-sans-critique",
        "D1.O3/exercice",
        "D1.O4/date",
    ] {
        let (avant, apres) = (
            phrase(UN, "2026-11-20", "2026-11-20", id),
            phrase(UN, "2026-11-20", "2026-11-21", id),
        );
        assert!(avant.contains("20 novembre 2026"), "{avant}");
        assert!(
            apres.contains("en reportant la déclaration (31 mars 2027 au plus tard)"),
            "{apres}"
        );
    }
}

#[test]
fn a_long_gap_says_how_many_audits_split_it() {
    for (second, attendu) in [
        ("2026-08-19", "intercalez-en un,"),           // 101 days
        ("2026-11-24", "intercalez-en un,"),           // 198 days: 99 and 99
        ("2026-11-25", "intercalez-en 2, le premier"), // 199 days
    ] {
        let audits = format!(r#"{UN}, {{"date": "{second}", "outil": "silene"}}"#);
        let dit = phrase(
            &audits,
            "2027-03-20",
            "2026-05-11",
            "D1.O2.A/intervalle-max",
        );
        assert!(dit.contains(attendu), "{second}: {dit}");
    }
}

/// Between S + 60 days and the printed limit a first audit is still in doubt: the remedy says so.
#[test]
fn the_remedy_of_a_late_first_audit_says_its_doubt() {
    let prevu = r#"{"date": "2026-07-08", "outil": "silene"}"#;
    for (audits, jour, attendu) in [
        ("", "2026-05-19", "le 19 mai 2026."),
        (
            "",
            "2026-05-20",
            "le 7 juillet 2026 (passé le 19 mai 2026, à confirmer auprès de votre ARS).",
        ),
        (prevu, "2026-05-19", "au 19 mai 2026."),
        (
            prevu,
            "2026-07-07",
            "au 7 juillet 2026 (passé le 19 mai 2026, à confirmer auprès de votre ARS).",
        ),
        (prevu, "2026-07-08", "ne peut plus être rattrapé."),
    ] {
        let dit = phrase(audits, "2027-03-20", jour, "D1.O2.A/premier-audit");
        assert!(dit.ends_with(attendu), "{jour}: {dit}");
    }
}
