//! Inverse answers, each against brute force.

mod commun;

use calc_core::{
    AuditAds, Dossier, Objectif, Verdict, evaluate, plus_jours, prochains_audits, read_dossier,
};
use chrono::NaiveDate;
use commun::hasard::{Hasard, Taille, aujourdhui, dossier};
use commun::{jour, programme};

/// Drawn dossiers with one directory, on which only audits done are kept.
fn pour_tous(mut essai: impl FnMut(&Dossier, NaiveDate)) {
    for graine in 0..1_500 {
        let mut hasard = Hasard::new(graine);
        let mut lu = read_dossier(&dossier(
            &mut hasard,
            Taille {
                listes: 1,
                audits: 6,
            },
        ))
        .unwrap();
        let aujourdhui = jour(aujourdhui(&mut hasard));
        lu.annuaires
            .iter_mut()
            .for_each(|annuaire| annuaire.audits.retain(|audit| audit.date <= aujourdhui));
        if !lu.annuaires.is_empty() {
            essai(&lu, aujourdhui);
        }
    }
}

fn ajoute(dossier: &Dossier, dates: impl Iterator<Item = NaiveDate>) -> Dossier {
    let mut copie = dossier.clone();
    copie.annuaires[0].audits.extend(dates.map(|date| AuditAds {
        date,
        score: None,
        rapport_disponible_le: None,
    }));
    copie
}

/// The verdict of the mean, and of its reading between audits.
fn moyenne(dossier: &Dossier, aujourdhui: NaiveDate) -> (Verdict, Option<Verdict>) {
    let evaluation = evaluate(dossier, &programme(), aujourdhui);
    let controles = &evaluation.objectif(Objectif::O1A).unwrap().controles;
    let moyen = controles
        .iter()
        .find(|controle| controle.id == "D1.O1.A/intervalle-moyen")
        .unwrap();
    let entre = moyen
        .lectures
        .iter()
        .find(|lecture| lecture.nom == "entre audits");
    (moyen.verdict, entre.map(|lecture| lecture.verdict))
}

#[test]
fn the_last_day_of_the_next_audit_under_the_mean() {
    let mut nombre = 0;
    pour_tous(|lu, aujourdhui| {
        let prochains = prochains_audits(lu, &programme(), aujourdhui);
        let Some(limite) = prochains
            .iter()
            .find(|p| p.objectif == Objectif::O1A)
            .and_then(|p| p.moyen)
        else {
            return;
        };
        let fin = lu
            .phase
            .as_ref()
            .unwrap()
            .declaration
            .unwrap_or(jour("2027-03-31"));
        if limite <= aujourdhui || limite >= fin {
            return;
        }
        let entre = |date| {
            moyenne(&ajoute(lu, std::iter::once(date)), aujourdhui)
                .1
                .unwrap()
        };
        assert!(entre(limite).tient(), "{limite} {}", lu.to_json());
        assert_eq!(entre(plus_jours(limite, 1)), Verdict::AConfirmer);
        nombre += 1;
    });
    assert!(nombre > 50, "{nombre}");
}

#[test]
fn the_audits_still_needed() {
    let mut nombre = 0;
    pour_tous(|lu, aujourdhui| {
        let prochains = prochains_audits(lu, &programme(), aujourdhui);
        let Some(prochain) = prochains.iter().find(|p| p.objectif == Objectif::O1A) else {
            return;
        };
        let phase = lu.phase.as_ref().unwrap();
        let (debut, fin) = (
            phase.debut.unwrap(),
            phase.declaration.unwrap_or(jour("2027-03-31")),
        );
        if aujourdhui < debut || plus_jours(aujourdhui, prochain.restants) > fin {
            return;
        }
        let tient = |ajout: i64| {
            let dates = (1..=ajout).map(|rang| plus_jours(aujourdhui, rang));
            moyenne(&ajoute(lu, dates), aujourdhui).0.tient()
        };
        assert!(tient(prochain.restants), "{prochain:?} {}", lu.to_json());
        assert!(
            (0..prochain.restants).all(|ajout| !tient(ajout)),
            "{prochain:?} {}",
            lu.to_json()
        );
        nombre += usize::from(prochain.restants > 0);
    });
    assert!(nombre > 100, "{nombre}");
}

#[test]
fn the_rule_that_binds() {
    let lignes = [
        (r"[]", Some(("2026-05-19", "premier-audit"))),
        (
            r#"[{"date":"2026-05-10","outil":"silene"}]"#,
            Some(("2026-07-08", "intervalle-moyen")),
        ),
        (
            r#"[{"date":"2026-04-01","outil":"silene"},{"date":"2026-04-02","outil":"silene"},{"date":"2026-04-03","outil":"silene"}]"#,
            Some(("2026-07-11", "intervalle-max")),
        ),
    ];
    for (audits, attendu) in lignes {
        let json = format!(
            r#"{{{},"perimetres":[{{"id":"x","audits":{audits}}}]}}"#,
            commun::phase("2026-03-20", "2027-03-20")
        );
        let prochains = prochains_audits(
            &read_dossier(&json).unwrap(),
            &programme(),
            jour("2026-05-12"),
        );
        assert_eq!(
            prochains[0].contrainte(),
            attendu.map(|(date, regle)| (jour(date), regle)),
            "{audits}"
        );
    }
}
