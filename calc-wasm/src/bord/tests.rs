use super::*;
use crate::essais::programme;
use crate::prochains::{distance, still_needed};
use crate::questions::Questions;
use calc_core::{evaluate, lire_date, read_dossier};

fn see(json: &str, jour: &str) -> Bord {
    let dossier = read_dossier(json).expect("dossier");
    let questions = Questions::from_json(r#"{"3.9":{"titre":"Outils","href":"../faq/3-9/"}}"#);
    let evaluation = evaluate(&dossier, &programme(), lire_date(jour).expect("date"));
    let contexte = Contexte {
        dossier: &dossier,
        questions: &questions,
    };
    let mut ouvrage = Ouvrage::new(&evaluation, &contexte);
    while ouvrage.advance(&programme(), &contexte) {}
    ouvrage.board(&evaluation, &programme(), &contexte)
}

const CENT_JOURS: &str = r#"{"candidat":{"type":"ght","nom":"GHT"},"phase":{"debut":"2026-03-20"},"entites":[{"id":"e1"}],
    "perimetres":[{"id":"p1","nom":"Nord","entites":["e1"],"audits":[{"date":"2026-05-06","outil":"silene"},{"date":"2026-08-14","outil":"silene"},{"date":"2026-10-01","outil":"silene"}]},
    {"id":"p2","nom":"Sud","entites":["e1"],"audits":[{"date":"2026-05-06","outil":"silene"},{"date":"2026-08-14","outil":"silene"}]}]}"#;

#[test]
fn the_next_audit_says_when_and_by_which_rule() {
    let bord = see(CENT_JOURS, "2026-08-20");
    let prochain = &bord.prochains[0];
    assert_eq!(
        (prochain.sujet.as_str(), prochain.dernier.as_str()),
        ("Nord", "14\u{a0}août\u{a0}2026")
    );
    assert_eq!(prochain.prevu, "1er\u{a0}octobre\u{a0}2026");
    // a1 + 60 × 2 − 1 is before the last + 99.
    assert_eq!(
        prochain.limite,
        "2\u{a0}septembre\u{a0}2026, dans\u{a0}13\u{a0}jours"
    );
    assert!(
        prochain.regle.1.ends_with("d1-o2-a/#intervalle-moyen"),
        "{:?}",
        prochain.regle
    );
    assert_eq!(bord.prochains[1].prevu, "aucun");
}

/// Six audits by SILENE keep the mean: D1.O2.B still needs two industrial ones, then none.
#[test]
fn what_the_level_needs_counts_too() {
    let audits = |industriels: &str| {
        format!(
            r#"{{"phase":{{"debut":"2026-03-20","declaration":"2027-03-20"}},"entites":[{{"id":"e1"}}],
            "perimetres":[{{"id":"p1","entites":["e1"],"audits":[{{"date":"2026-05-06","outil":"silene"}},
            {{"date":"2026-06-20","outil":"silene"}},{{"date":"2026-08-14","outil":"silene"}},{{"date":"2026-10-01","outil":"silene"}},
            {{"date":"2026-11-20","outil":"silene"}},{{"date":"2027-01-05","outil":"silene"}}{industriels}]}}]}}"#
        )
    };
    let un = r#",{"date":"2027-01-22","outil":"industriel","cvss_max":5.0}"#;
    let deux = r#",{"date":"2027-01-22","outil":"industriel","cvss_max":5.0},{"date":"2027-02-01","outil":"industriel","cvss_max":5.0}"#;
    // A SILENE audit planned is not one of those that the level needs.
    let silene = r#",{"date":"2027-03-01","outil":"silene"}"#;
    let fin = "20\u{a0}mars\u{a0}2027, à la déclaration";
    for (industriels, restants, limite, regle) in [
        ("", "2, aucun prévu", fin, ""),
        (silene, "2, aucun prévu", fin, ""),
        (un, "1, pas prévu", fin, ""),
        (deux, "0", "aucun n’est nécessaire", ""),
    ] {
        let prochain = see(&audits(industriels), "2027-02-02").prochains.remove(0);
        assert_eq!(prochain.restants, restants, "{industriels}");
        assert_eq!(prochain.limite, limite, "{industriels}");
        assert_eq!(prochain.regle.0, regle, "{industriels}");
    }
}

#[test]
fn one_question_for_all_that_it_concerns() {
    let bord = see(CENT_JOURS, "2026-08-20");
    let doute = bord
        .doutes
        .iter()
        .find(|doute| doute.ligne.id == "D1.O2.A/intervalle-max")
        .expect("doubt");
    assert_eq!(doute.sujets, "Nord, Sud");
    for morceau in [
        "candidat\u{a0}: GHT",
        "D1.O2.A",
        "(Nord, Sud)",
        "question\u{a0}3.9",
        "20\u{a0}août 2026",
    ] {
        assert!(
            doute.question.contains(morceau),
            "{morceau}: {}",
            doute.question
        );
    }
}

#[test]
fn what_is_still_to_be_done_says_what_is_planned() {
    for (restants, prevus, attendu) in [
        (0, 0, "0"),
        (1, 0, "1, pas prévu"),
        (1, 2, "1, prévu"),
        (1, 1, "1, prévu"),
        (2, 0, "2, aucun prévu"),
        (3, 1, "3, dont 1\u{a0}prévu"),
        (3, 2, "3, dont 2\u{a0}prévus"),
        (3, 3, "3, tous prévus"),
    ] {
        assert_eq!(still_needed(restants, prevus), attendu);
    }
}

#[test]
fn the_soonest_audit_comes_first() {
    let bord = see(CENT_JOURS, "2026-08-20");
    let limites: Vec<_> = bord.prochains.iter().map(|p| p.sujet.as_str()).collect();
    assert_eq!(limites, ["Nord", "Sud"]);
    let plus_tot =
        CENT_JOURS
            .replacen("2026-08-14", "2026-08-18", 1)
            .replacen("2026-05-06", "2026-05-10", 1);
    let bord = see(&plus_tot, "2026-08-20");
    assert_eq!(bord.prochains[0].sujet, "Sud");
}

#[test]
fn a_date_is_near_or_past() {
    let jour = lire_date("2026-08-20").expect("date");
    for (date, attendu) in [
        ("2026-08-19", "dépassé de 1\u{a0}jour"),
        ("2026-08-20", "aujourd’hui"),
        ("2026-08-22", "dans\u{a0}2\u{a0}jours"),
    ] {
        assert_eq!(distance(lire_date(date).expect("date"), jour), attendu);
    }
}

#[test]
fn windows_of_all_perimeters_make_one_line() {
    let bord = see(CENT_JOURS, "2026-08-20");
    let lignes: Vec<_> = bord
        .dates
        .iter()
        .filter(|(nom, _)| nom.starts_with("Dernier audit industriel"))
        .collect();
    assert_eq!(lignes.len(), 1);
    assert!(lignes[0].0.ends_with("(Nord, Sud)"));
    assert!(lignes[0].1.starts_with("du "));
}

#[test]
fn the_smallest_repair_names_its_event() {
    let json = r#"{"phase":{"debut":"2026-03-20","declaration":"2027-03-20"},"autoevaluation":{"date":"2027-03-25","moyen":"osis"}}"#;
    let bord = see(json, "2026-11-23");
    let remede = bord
        .remedes
        .iter()
        .find(|remede| remede.code == "D1.O4")
        .expect("repair");
    assert!(["phase.declaration", "autoevaluation.date"].contains(&remede.chemin.as_str()));
    assert!(remede.phrase.contains("2027"));
}
