//! Inverse answers on the exposure, each against brute force: the next audit on every day that is left, and windows.

mod commun;

use calc_core::{
    AuditExposition, Controle, Dossier, Objectif, Outil, ProchainAudit, Programme, Verdict,
    evaluate, jours_entre, plus_jours, prochains_audits, read_dossier,
};
use chrono::NaiveDate;
use commun::hasard::{Hasard, Taille, aujourdhui, dossier};
use commun::{jour, programme};

/// A drawn dossier with one perimeter, on which only audits done are kept, each with its tool.
fn un_perimetre(graine: u64) -> Option<(Dossier, NaiveDate)> {
    let mut hasard = Hasard::new(graine);
    let taille = Taille {
        listes: 1,
        audits: 6,
    };
    let mut lu = read_dossier(&dossier(&mut hasard, taille)).unwrap();
    let aujourdhui = jour(aujourdhui(&mut hasard));
    let audits = &mut lu.perimetres.first_mut()?.audits;
    audits.retain(|audit| audit.date <= aujourdhui && audit.outil.is_some());
    Some((lu, aujourdhui))
}

fn debut(lu: &Dossier) -> NaiveDate {
    lu.phase.as_ref().unwrap().debut.unwrap()
}

fn fin(lu: &Dossier, programme: &Programme) -> NaiveDate {
    let declaration = lu.phase.as_ref().unwrap().declaration;
    declaration.unwrap_or(programme.declaration_limite)
}

/// The next audit of the perimeter; none without S.
fn prochain(lu: &Dossier, programme: &Programme, le: NaiveDate) -> Option<ProchainAudit> {
    let mut prochains = prochains_audits(lu, programme, le).into_iter();
    prochains.find(|prochain| prochain.objectif == Objectif::O2A)
}

fn expose(dossier: &Dossier, date: NaiveDate) -> Dossier {
    let mut copie = dossier.clone();
    copie.perimetres[0].audits.push(AuditExposition {
        date,
        outil: Some(Outil::Silene),
        cvss_max: None,
        cvss_reevalue: None,
        reevaluation_justifiee: None,
    });
    copie
}

/// The checks of an objective that do not concern the whole dossier.
fn controles(
    dossier: &Dossier,
    programme: &Programme,
    code: Objectif,
    le: NaiveDate,
) -> Vec<Controle> {
    let evaluation = evaluate(dossier, programme, le);
    let resultat = evaluation.objectif(code).unwrap().clone();
    let propres = resultat.controles.into_iter();
    propres
        .filter(|controle| controle.sujet.is_some())
        .collect()
}

fn celui<'a>(controles: &'a [Controle], nom: &str) -> &'a Controle {
    controles
        .iter()
        .find(|controle| controle.id.ends_with(nom))
        .unwrap()
}

/// What the three rules say of the next audit on one day: the first one, the gap, the mean between audits.
fn regles(controles: &[Controle], depuis: Option<NaiveDate>, date: NaiveDate) -> [Verdict; 3] {
    let moyen = celui(controles, "/intervalle-moyen");
    let entre = moyen
        .lectures
        .iter()
        .find(|lecture| lecture.nom == "entre audits");
    // The check tells the worst gap of all: this one alone is compared with its bound.
    let maximum = match depuis.map(|depuis| jours_entre(depuis, date).cmp(&100)) {
        Some(std::cmp::Ordering::Greater) => Verdict::NonAtteint,
        Some(std::cmp::Ordering::Equal) => Verdict::AConfirmer,
        _ => Verdict::Prevu,
    };
    // Once there is a first audit, no later one changes what it gives.
    let premier = match depuis {
        None => celui(controles, "/premier-audit").verdict,
        Some(_) => Verdict::Prevu,
    };
    [
        premier,
        maximum,
        entre.map_or(Verdict::Prevu, |entre| entre.verdict),
    ]
}

/// Tries the next audit on every day that is left: it holds up to the day that is told, and no further.
fn chaque_jour(lu: &Dossier, aujourdhui: NaiveDate, programme: &Programme) -> [usize; 4] {
    let mut vus = [0; 4];
    let Some(prochain) = prochain(lu, programme, aujourdhui) else {
        return vus;
    };
    let mut date = plus_jours(aujourdhui.max(debut(lu)), 1);
    while date <= fin(lu, programme) {
        let lus = controles(&expose(lu, date), programme, Objectif::O2A, aujourdhui);
        let tenus = regles(&lus, prochain.dernier, date);
        let annonces = [prochain.premier, prochain.maximum, prochain.moyen];
        for (rang, (verdict, annonce)) in tenus.into_iter().zip(annonces).enumerate() {
            let Some(annonce) = annonce else { continue };
            assert_eq!(
                verdict.tient(),
                date <= annonce,
                "{date} {prochain:?} {}",
                lu.to_json()
            );
            // One day too late is in doubt, for the gap and the mean; the first audit may still be before the limit.
            let doute = verdict == Verdict::AConfirmer;
            assert!(
                rang == 0 || doute == (date == plus_jours(annonce, 1)),
                "{date} {prochain:?}"
            );
            vus[rang] += 1;
        }
        vus[3] += lie(&prochain, tenus, date);
        date = plus_jours(date, 1);
    }
    vus
}

/// The rule that binds is the first that no longer holds.
fn lie(prochain: &ProchainAudit, tenus: [Verdict; 3], date: NaiveDate) -> usize {
    let (limite, regle) = prochain.contrainte().unwrap();
    assert_eq!(
        tenus.iter().all(|verdict| verdict.tient()),
        date <= limite,
        "{date} {prochain:?}"
    );
    if date != plus_jours(limite, 1) {
        return 0;
    }
    let noms = ["premier-audit", "intervalle-max", "intervalle-moyen"];
    let rang = noms.iter().position(|nom| *nom == regle).unwrap();
    assert!(!tenus[rang].tient(), "{date} {prochain:?}");
    1
}

#[test]
fn every_day_left_for_the_next_audit_of_a_perimeter() {
    let programme = programme();
    let mut vus = [0; 4];
    for (lu, aujourdhui) in (0..700).filter_map(un_perimetre) {
        let ceux_ci = chaque_jour(&lu, aujourdhui, &programme);
        vus.iter_mut().zip(ceux_ci).for_each(|(vu, ici)| *vu += ici);
    }
    let [premier, maximum, moyen, lies] = vus;
    assert!(
        premier > 1_000 && maximum > 1_000 && moyen > 1_000 && lies > 40,
        "{vus:?}"
    );
}

/// An audit so many days after the last one allowed: whether it could be tried.
fn au_maximum(
    lu: &Dossier,
    programme: &Programme,
    aujourdhui: NaiveDate,
    (maximum, ecart): (NaiveDate, i64),
) -> bool {
    let date = plus_jours(maximum, ecart);
    if date <= aujourdhui || date > fin(lu, programme) {
        return false;
    }
    let lus = controles(&expose(lu, date), programme, Objectif::O2A, aujourdhui);
    let verdict = celui(&lus, "/intervalle-max").verdict;
    let attendu = match ecart {
        1 => verdict == Verdict::AConfirmer,
        2 => verdict == Verdict::NonAtteint,
        _ => verdict.tient(),
    };
    assert!(attendu, "{verdict:?} {date} {}", lu.to_json());
    true
}

/// An audit done by an unknown tool may count or not: no day is told from a guess. A planned one changes nothing yet.
#[test]
fn no_day_is_told_while_a_tool_is_missing() {
    let lignes = [
        ("2026-05-10", "null", true),
        ("2026-06-30", "null", true),
        ("2026-07-01", "null", true),
        ("2026-07-02", "null", false),
        ("2026-03-19", "null", false),
        ("2026-06-30", "\"silene\"", false),
        ("2026-06-30", "\"cybersurveillance\"", false),
    ];
    for (date, outil, tu) in lignes {
        let phase = commun::phase("2026-03-20", "2027-03-20");
        let lu = commun::dossier(&format!(
            r#"{{{phase},"perimetres":[{{"id":"x","audits":[{{"date":"2026-05-20","outil":"silene"}},{{"date":"{date}","outil":{outil}}}]}}]}}"#
        ));
        let trouve = prochain(&lu, &programme(), jour("2026-07-01"));
        assert_eq!(trouve.is_none(), tu, "{date} {outil}");
    }
}

/// The gap of the check is the one that the test above compares by itself.
#[test]
fn the_maximum_of_the_next_audit_against_its_check() {
    let programme = programme();
    let mut nombre = 0;
    for (lu, aujourdhui) in (0..1_500).filter_map(un_perimetre) {
        let Some(prochain) = prochain(&lu, &programme, aujourdhui) else {
            continue;
        };
        let (Some(dernier), Some(maximum)) = (prochain.dernier, prochain.maximum) else {
            continue;
        };
        let fin = fin(&lu, &programme);
        let deja = controles(
            &expose(&lu, plus_jours(dernier, 1)),
            &programme,
            Objectif::O2A,
            plus_jours(dernier, 1),
        );
        if !celui(&deja, "/intervalle-max").verdict.tient()
            || maximum <= aujourdhui
            || maximum >= fin
        {
            continue;
        }
        for ecart in -1..=2 {
            nombre += usize::from(au_maximum(&lu, &programme, aujourdhui, (maximum, ecart)));
        }
    }
    assert!(nombre > 100, "{nombre}");
}

#[test]
fn the_audits_still_needed_on_a_perimeter() {
    let programme = programme();
    let mut nombre = 0;
    for (lu, aujourdhui) in (0..1_500).filter_map(un_perimetre) {
        let Some(prochain) = prochain(&lu, &programme, aujourdhui) else {
            continue;
        };
        let fin = fin(&lu, &programme);
        if aujourdhui < debut(&lu) || plus_jours(aujourdhui, prochain.restants) > fin {
            continue;
        }
        let tient = |ajout: i64| {
            let dates = (1..=ajout).map(|rang| plus_jours(aujourdhui, rang));
            let avec = dates.fold(lu.clone(), |avec, date| expose(&avec, date));
            let lus = controles(&avec, &programme, Objectif::O2A, aujourdhui);
            celui(&lus, "/intervalle-moyen").verdict.tient()
        };
        assert!(tient(prochain.restants), "{prochain:?} {}", lu.to_json());
        assert!(
            (0..prochain.restants).all(|ajout| !tient(ajout)),
            "{prochain:?} {}",
            lu.to_json()
        );
        nombre += usize::from(prochain.restants > 0);
    }
    assert!(nombre > 100, "{nombre}");
}

/// One perimeter with industrial audits, each a day and a score, and E.
fn industriels(audits: &[(NaiveDate, &str)], fin: NaiveDate) -> Dossier {
    let audits: Vec<String> = audits
        .iter()
        .map(|(date, score)| {
            format!(r#"{{"date":"{date}","outil":"industriel","cvss_max":{score}}}"#)
        })
        .collect();
    let phase = commun::phase("2026-03-20", &fin.to_string());
    let audits = audits.join(",");
    commun::dossier(&format!(
        r#"{{{phase},"perimetres":[{{"id":"x","audits":[{audits}]}}]}}"#
    ))
}

/// A window of the deadlines, by its check.
fn fenetre(
    lu: &Dossier,
    programme: &Programme,
    le: NaiveDate,
    regle: &str,
) -> (NaiveDate, NaiveDate) {
    let evaluation = evaluate(lu, programme, le);
    let echeance = evaluation
        .echeancier
        .iter()
        .find(|e| e.regle == Some(regle))
        .unwrap();
    (echeance.debut.unwrap(), echeance.date)
}

#[test]
fn the_window_of_the_last_industrial_audit_day_by_day() {
    let (programme, aujourdhui) = (programme(), jour("2026-04-01"));
    for fin in [
        "2026-09-15",
        "2027-01-31",
        "2027-03-01",
        "2027-03-20",
        "2027-03-31",
    ]
    .map(jour)
    {
        let mut date = jour("2026-05-02");
        while date <= plus_jours(fin, 2) {
            let lu = industriels(&[(jour("2026-05-01"), "5"), (date, "5")], fin);
            let (debut, dernier) = fenetre(&lu, &programme, aujourdhui, "D1.O2.B/dernier-recent");
            let lus = controles(&lu, &programme, Objectif::O2B, aujourdhui);
            let tenu = celui(&lus, "/dernier-recent").verdict.tient();
            assert_eq!(tenu, debut <= date && date <= dernier, "{date} for {fin}");
            date = plus_jours(date, 1);
        }
    }
}

#[test]
fn the_window_of_the_antepenultimate_audit_day_by_day() {
    let (programme, aujourdhui) = (programme(), jour("2026-04-01"));
    let fin = jour("2027-03-20");
    for dernier in ["2027-01-20", "2027-01-21", "2027-02-15", "2027-03-20"].map(jour) {
        for ecart in 2..130 {
            let date = plus_jours(dernier, -ecart);
            let critique = plus_jours(dernier, -1);
            let lu = industriels(&[(date, "5"), (critique, "9.1"), (dernier, "5")], fin);
            let regle = "D1.O2.B/avant-dernier-sans-critique";
            let (debut, veille) = fenetre(&lu, &programme, aujourdhui, regle);
            let lus = controles(&lu, &programme, Objectif::O2B, aujourdhui);
            let tenu = celui(&lus, "/avant-dernier-sans-critique").verdict.tient();
            // A last audit too old to serve is replaced by the day of the declaration in the window.
            let recent = celui(&lus, "/dernier-recent").verdict.tient();
            assert!(recent == (dernier > jour("2027-01-19")), "{dernier}");
            assert_eq!(
                tenu,
                debut <= date && date <= veille,
                "{date} before {dernier}"
            );
        }
    }
}
