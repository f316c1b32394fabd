use super::*;
use crate::essais::{exemple, programme};
use calc_core::{RESERVE_JOURS, Score, evaluate, lire_date, plan, plus_jours};

fn jour(texte: &str) -> NaiveDate {
    lire_date(texte).expect(texte)
}

fn planned_on(dossier: &Dossier, aujourdhui: &str) -> Plan {
    plan(dossier, &programme(), jour(aujourdhui), RESERVE_JOURS)
}

/// Dossiers whose planned audits need each kind of gesture.
fn dossiers() -> Vec<Dossier> {
    let mut vide = exemple();
    vide.annuaires[0].audits.truncate(4);
    vide.perimetres[0].audits.truncate(4);
    let mut faible = exemple();
    faible.annuaires[1].audits[5].score = Some(Score(1));
    faible.perimetres[0].audits[5].cvss_max = None;
    let mut trop = exemple();
    for jours in [3, 6, 9, 12] {
        let mut audit = trop.annuaires[0].audits[5].clone();
        audit.date = plus_jours(audit.date, jours);
        trop.annuaires[0].audits.push(audit);
    }
    vec![exemple(), vide, faible, trop]
}

fn holds_everywhere(dossier: &Dossier, aujourdhui: &str) {
    let evaluation = evaluate(dossier, &programme(), jour(aujourdhui));
    for objectif in [Objectif::O1A, Objectif::O1B, Objectif::O2A, Objectif::O2B] {
        let resultat = evaluation.objectif(objectif).expect("objectif");
        assert!(
            resultat.verdict.tient(),
            "{objectif:?} {:?}",
            resultat.controles
        );
    }
}

#[test]
fn a_plan_accepted_audit_by_audit_holds_and_asks_for_nothing_more() {
    for dossier in dossiers() {
        let plan = planned_on(&dossier, "2026-11-23");
        let mut accepte = dossier;
        let mut pas = 0;
        while let Some(geste) = calendriers(&plan, &accepte, &programme())
            .iter()
            .flat_map(|calendrier| &calendrier.gestes)
            .find(|geste| !geste.fait)
        {
            accepte = accept(&plan, geste, &accepte, &programme());
            let relu = calc_core::read_dossier(&accepte.to_json());
            assert_eq!(relu.as_ref(), Ok(&accepte), "each step is a dossier");
            pas += 1;
            assert!(pas < 40);
        }
        holds_everywhere(&accepte, "2026-11-23");
        let fond = |dossier| ground(dossier, plan.date);
        assert_eq!(
            planned_on(&accepte, "2026-11-23"),
            plan,
            "the plan stays the same meanwhile"
        );
        assert_eq!(
            fond(&accepte),
            fond(&accept_all(&plan, &accepte, &programme()))
        );
    }
}

#[test]
fn a_plan_accepted_at_once_is_the_one_accepted_step_by_step() {
    for dossier in dossiers() {
        let plan = planned_on(&dossier, "2026-11-23");
        let accepte = accept_all(&plan, &dossier, &programme());
        holds_everywhere(&accepte, "2026-11-23");
        let restent = calendriers(&plan, &accepte, &programme());
        assert!(
            restent
                .iter()
                .flat_map(|c| &c.gestes)
                .all(|geste| geste.fait)
        );
        assert_eq!(
            ground(&accepte, plan.date),
            ground(&dossier, plan.date),
            "what is done stays"
        );
    }
}

#[test]
fn what_is_done_before_today_decides_alone_whether_a_plan_is_out_of_date() {
    let avant = exemple();
    for (date, change) in [
        ("2026-11-22", true),
        ("2026-11-23", true),
        ("2026-11-24", false),
    ] {
        let mut apres = avant.clone();
        apres.annuaires[0].audits[5].date = jour(date);
        let fond = |dossier| ground(dossier, jour("2026-11-23"));
        assert_eq!(fond(&apres) != fond(&avant), change, "{date}");
    }
}

#[test]
fn a_better_aim_is_kept_and_a_weak_one_raised() {
    let mut dossier = exemple();
    dossier.annuaires[0].audits[5].score = Some(Score(5));
    dossier.annuaires[1].audits[5].score = Some(Score(1));
    let plan = planned_on(&dossier, "2026-11-23");
    let accepte = accept_all(&plan, &dossier, &programme());
    let scores = |rang: usize| -> Vec<u8> {
        let audits = &accepte.annuaires[rang].audits;
        audits
            .iter()
            .skip(4)
            .filter_map(|audit| audit.score)
            .map(|score| score.0)
            .collect()
    };
    assert!(scores(0).contains(&5), "{:?}", scores(0));
    assert!(scores(1).iter().all(|score| *score >= 2), "{:?}", scores(1));
}

#[test]
fn the_check_that_makes_a_plan_impossible_is_named() {
    let mut dossier = exemple();
    dossier.perimetres[0].audits.remove(2);
    let plan = planned_on(&dossier, "2026-11-23");
    let calendriers = calendriers(&plan, &dossier, &programme());
    let perdu = &calendriers[2];
    assert!(!perdu.possible && perdu.gestes.is_empty());
    assert!(perdu.phrase.contains("113\u{a0}jours"), "{}", perdu.phrase);
    assert!(calendriers[0].possible);
}
