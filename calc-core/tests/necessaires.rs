//! How many audits are still needed, against every number of clean audits added to those that are done.

mod commun;

use calc_core::{
    AuditAds, AuditExposition, Cvss, Dossier, Objectif, Outil, Programme, Score, Verdict,
    audits_necessaires, evaluate, plus_jours, prochains_audits, read_dossier,
};
use chrono::NaiveDate;
use commun::hasard::{Hasard, Taille, aujourdhui, dossier};
use commun::{jour, programme};

/// The dossier with what is done alone, and `nombre` clean audits on the first days recent enough for D1.O2.B.
fn avec(lu: &Dossier, le: NaiveDate, fin: NaiveDate, nombre: i64) -> Dossier {
    let mut avec = lu.clone();
    let premier = plus_jours(fin, -59).max(plus_jours(le, 1));
    let jours: Vec<NaiveDate> = (0..nombre).map(|rang| plus_jours(premier, rang)).collect();
    for annuaire in &mut avec.annuaires {
        annuaire.audits.retain(|audit| audit.date <= le);
        annuaire.audits.extend(jours.iter().map(|date| AuditAds {
            date: *date,
            score: Some(Score(3)),
            rapport_disponible_le: None,
        }));
    }
    for perimetre in &mut avec.perimetres {
        perimetre.audits.retain(|audit| audit.date <= le);
        perimetre
            .audits
            .extend(jours.iter().map(|date| AuditExposition {
                date: *date,
                outil: Some(Outil::Industriel),
                cvss_max: Some(Cvss(0)),
                cvss_reevalue: None,
                reevaluation_justifiee: None,
            }));
    }
    avec
}

/// The worst check of the level of a directory or perimeter.
fn niveau(lu: &Dossier, programme: &Programme, le: NaiveDate, code: Objectif, id: &str) -> Verdict {
    let evaluation = evaluate(lu, programme, le);
    let resultat = evaluation.objectif(code).unwrap();
    let siens = resultat
        .controles
        .iter()
        .filter(|c| c.sujet.as_deref() == Some(id));
    siens.map(|controle| controle.verdict).max().unwrap()
}

#[test]
fn the_audits_that_the_level_still_needs() {
    let programme = programme();
    let mut vus = [[0; 3]; 2];
    for graine in 0..2_500 {
        let mut hasard = Hasard::new(graine);
        let taille = Taille {
            listes: 1,
            audits: 6,
        };
        let mut lu = read_dossier(&dossier(&mut hasard, taille)).unwrap();
        let le = jour(aujourdhui(&mut hasard));
        let phase = lu.phase.as_mut().unwrap();
        // Half of the declarations are near, so that the last audit may be recent enough.
        if graine % 2 == 0 {
            phase.declaration = Some(plus_jours(le, 4));
        }
        let fin = phase.declaration.unwrap_or(jour("2027-03-31"));
        // Room for two audits, and no audit of the phase still to come counts.
        if plus_jours(le, 3) > fin || phase.debut.is_none_or(|debut| debut > le) {
            continue;
        }
        let fait = avec(&lu, le, fin, 0);
        for prochain in prochains_audits(&fait, &programme, le) {
            let (code, rang) = match prochain.objectif {
                Objectif::O1A => (Objectif::O1B, 0),
                _ => (Objectif::O2B, 1),
            };
            let juger = |nombre| {
                let essai = avec(&lu, le, fin, nombre);
                niveau(&essai, &programme, le, code, &prochain.sujet)
            };
            let niveaux = [0, 1, 2].map(juger);
            // What is missing is asked for as data, not as an audit.
            if niveaux.contains(&Verdict::Incomplet) {
                continue;
            }
            let attendu = niveaux.iter().position(|niveau| *niveau <= Verdict::Prevu);
            let attendu = attendu.unwrap();
            let obtenu = audits_necessaires(&fait, &programme, le, &prochain);
            assert_eq!(
                obtenu,
                prochain.restants.max(i64::try_from(attendu).unwrap()),
                "{le} {}",
                fait.to_json()
            );
            vus[rang][attendu] += 1;
        }
    }
    assert!(vus.iter().flatten().all(|nombre| *nombre >= 3), "{vus:?}");
}
