//! Margins, plans and comparisons, held against `evaluate` day by day.

mod commun;

use calc_core::{
    Dossier, Evaluation, Glissement, MargeEvenement, Objectif, Programme, RESERVE_JOURS,
    RechercheCorrections, Verdict, compare, corrections, est_ouvre, evaluate, jours_entre, marges,
    plan, plus_jours, read_dossier,
};
use chrono::NaiveDate;
use commun::hasard::{Hasard, Taille, aujourdhui, dossier};
use commun::{jour, programme};

const COMPLET: &str = include_str!("dossier_complet.json");

fn pour_tous(nombre: u64, taille: Taille, mut essai: impl FnMut(&Dossier, NaiveDate)) {
    for graine in 0..nombre {
        let mut hasard = Hasard::new(graine);
        let lu = read_dossier(&dossier(&mut hasard, taille)).unwrap();
        essai(&lu, jour(aujourdhui(&mut hasard)));
    }
}

/// The dossier with the event of `chemin` on `date`.
fn deplace(dossier: &Dossier, chemin: &str, date: NaiveDate) -> Dossier {
    let mut copie = dossier.clone();
    let rangs: Vec<usize> = chemin
        .split(['[', ']'])
        .filter_map(|morceau| morceau.parse().ok())
        .collect();
    match (chemin.split(['[', '.']).next().unwrap(), &rangs[..]) {
        ("annuaires", [rang, audit]) => copie.annuaires[*rang].audits[*audit].date = date,
        ("perimetres", [rang, audit]) => copie.perimetres[*rang].audits[*audit].date = date,
        ("exercices", [rang]) => copie.exercices.as_mut().unwrap()[*rang].date = date,
        ("autoevaluation", _) => copie.autoevaluation.as_mut().unwrap().date = Some(date),
        ("phase", _) => copie.phase.as_mut().unwrap().declaration = Some(date),
        autre => panic!("{autre:?}"),
    }
    copie
}

fn verdicts(evaluation: &Evaluation) -> Vec<Verdict> {
    evaluation
        .objectifs
        .iter()
        .map(|resultat| resultat.verdict)
        .collect()
}

fn pire(avant: &[Verdict], apres: &[Verdict]) -> bool {
    avant.iter().zip(apres).any(|(avant, apres)| apres > avant)
}

/// Every day of the margin keeps every verdict; the next one loses the one that is named.
fn verifier(
    lu: &Dossier,
    programme: &Programme,
    aujourdhui: NaiveDate,
    marge: &MargeEvenement,
    sens: i64,
) {
    let glissement: &Glissement = if sens > 0 {
        &marge.plus_tard
    } else {
        &marge.plus_tot
    };
    let avant = verdicts(&evaluate(lu, programme, aujourdhui));
    let apres = |ecart: i64| {
        evaluate(
            &deplace(lu, &marge.chemin, plus_jours(marge.date, sens * ecart)),
            programme,
            aujourdhui,
        )
    };
    for ecart in 1..=glissement.jours {
        assert!(
            !pire(&avant, &verdicts(&apres(ecart))),
            "{} by {ecart}: {}",
            marge.chemin,
            lu.to_json()
        );
    }
    if let Some(rupture) = &glissement.rupture {
        let suivant = apres(glissement.jours + 1);
        let resultat = suivant.objectif(rupture.objectif).unwrap();
        assert_eq!(resultat.verdict, rupture.verdict);
        assert!(
            pire(&avant, &verdicts(&suivant)),
            "{} {}",
            marge.chemin,
            lu.to_json()
        );
        assert!(
            resultat
                .controles
                .iter()
                .any(|c| c.id == rupture.controle && c.sujet == rupture.sujet)
        );
    }
}

#[test]
fn margins_are_exact() {
    let programme = programme();
    let mut nombre = 0;
    pour_tous(
        60,
        Taille {
            listes: 2,
            audits: 6,
        },
        |lu, aujourdhui| {
            for marge in marges(lu, &programme, aujourdhui) {
                verifier(lu, &programme, aujourdhui, &marge, 1);
                verifier(lu, &programme, aujourdhui, &marge, -1);
                nombre += 1;
            }
        },
    );
    let complet = read_dossier(COMPLET).unwrap();
    for texte in ["2026-04-01", "2026-12-01"] {
        for marge in marges(&complet, &programme, jour(texte)) {
            verifier(&complet, &programme, jour(texte), &marge, 1);
            verifier(&complet, &programme, jour(texte), &marge, -1);
            nombre += 1;
        }
    }
    assert!(nombre > 80, "{nombre}");
}

#[test]
fn a_margin_names_what_breaks() {
    let complet = read_dossier(COMPLET).unwrap();
    let marges = marges(&complet, &programme(), jour("2027-01-10"));
    let dernier = marges
        .iter()
        .find(|marge| marge.chemin == "perimetres[0].audits[5]")
        .unwrap();
    // Planned on 20 February: the mean over five intervals from 15 May allows 10 March; 59 days before E is 20 January.
    assert_eq!((dernier.plus_tard.jours, dernier.plus_tot.jours), (18, 31));
    assert_eq!(
        dernier.plus_tard.rupture.as_ref().unwrap().controle,
        "D1.O2.A/intervalle-moyen"
    );
    assert_eq!(
        dernier.plus_tot.rupture.as_ref().unwrap().controle,
        "D1.O2.B/dernier-recent"
    );
    let declaration = marges
        .iter()
        .find(|marge| marge.chemin == "phase.declaration")
        .unwrap();
    assert_eq!(declaration.plus_tard.jours, 11); // 31 March, the last day
    assert_eq!(
        declaration.plus_tard.rupture.as_ref().unwrap().objectif,
        Objectif::Cand
    );
}

#[test]
fn a_plan_fed_back_holds() {
    let programme = programme();
    let (mut possibles, mut audits) = (0, 0);
    pour_tous(
        600,
        Taille {
            listes: 3,
            audits: 7,
        },
        |lu, aujourdhui| {
            let plan = plan(lu, &programme, aujourdhui, RESERVE_JOURS);
            let evaluation = evaluate(&plan.appliquer(lu, &programme), &programme, aujourdhui);
            for sujet in plan
                .sujets
                .iter()
                .filter(|sujet| sujet.impossible.is_none())
            {
                possibles += 1;
                audits += sujet.audits.len();
                for controle in evaluation
                    .objectifs
                    .iter()
                    .flat_map(|resultat| &resultat.controles)
                {
                    let sien = controle.sujet.as_deref() == Some(&sujet.sujet);
                    let bon = controle.verdict.tient() || controle.verdict == Verdict::SansObjet;
                    assert!(!sien || bon, "{controle:#?}\n{plan:#?}\n{}", lu.to_json());
                }
                assert!(
                    sujet
                        .audits
                        .iter()
                        .all(|audit| est_ouvre(audit.date) && audit.date > aujourdhui)
                );
            }
            let tout = !plan.sujets.is_empty()
                && plan.sujets.iter().all(|sujet| sujet.impossible.is_none());
            for code in [Objectif::O1A, Objectif::O1B, Objectif::O2A, Objectif::O2B] {
                let resultat = evaluation.objectif(code).unwrap();
                let couvert = evaluation
                    .objectifs
                    .iter()
                    .flat_map(|r| &r.controles)
                    .filter(|c| c.id.ends_with("/couverture"));
                if tout && couvert.map(|c| c.verdict).all(Verdict::tient) {
                    assert!(resultat.verdict.tient(), "{code:?} {}", lu.to_json());
                }
            }
        },
    );
    assert!(possibles > 150 && audits > 300, "{possibles} {audits}");
}

#[test]
fn a_plan_keeps_its_reserve() {
    let programme = programme();
    let mut nombre = 0;
    pour_tous(
        150,
        Taille {
            listes: 2,
            audits: 3,
        },
        |lu, aujourdhui| {
            let plan = plan(lu, &programme, aujourdhui, RESERVE_JOURS);
            let planifie = plan.appliquer(lu, &programme);
            let marges = marges(&planifie, &programme, aujourdhui);
            for sujet in plan
                .sujets
                .iter()
                .filter(|sujet| sujet.impossible.is_none())
            {
                let rang = planifie
                    .annuaires
                    .iter()
                    .position(|annuaire| annuaire.id == sujet.sujet);
                let prefixe = match rang {
                    Some(rang) => format!("annuaires[{rang}]"),
                    None => format!(
                        "perimetres[{}]",
                        planifie
                            .perimetres
                            .iter()
                            .position(|p| p.id == sujet.sujet)
                            .unwrap()
                    ),
                };
                for marge in marges
                    .iter()
                    .filter(|marge| marge.chemin.starts_with(&prefixe))
                {
                    assert!(
                        marge.plus_tard.jours >= sujet.reserve_jours,
                        "{marge:?} {sujet:?} {}",
                        planifie.to_json()
                    );
                    nombre += 1;
                }
            }
        },
    );
    assert!(nombre > 60, "{nombre}");
}

#[test]
fn no_audit_of_a_plan_can_be_left_out() {
    let programme = programme();
    let mut nombre = 0;
    pour_tous(
        600,
        Taille {
            listes: 3,
            audits: 5,
        },
        |lu, aujourdhui| {
            let plan = plan(lu, &programme, aujourdhui, 0);
            for sujet in plan
                .sujets
                .iter()
                .filter(|sujet| sujet.impossible.is_none() && !sujet.audits.is_empty())
            {
                for oublie in 0..sujet.audits.len() {
                    let mut moins = plan.clone();
                    let autre = moins
                        .sujets
                        .iter_mut()
                        .find(|s| s.sujet == sujet.sujet && s.objectif == sujet.objectif)
                        .unwrap();
                    autre.audits.remove(oublie);
                    let evaluation =
                        evaluate(&moins.appliquer(lu, &programme), &programme, aujourdhui);
                    let controles = evaluation
                        .objectifs
                        .iter()
                        .flat_map(|resultat| &resultat.controles);
                    let mut siens = controles
                        .filter(|controle| controle.sujet.as_deref() == Some(&sujet.sujet));
                    assert!(
                        siens.any(|c| !c.verdict.tient() && c.verdict != Verdict::SansObjet),
                        "one too many {plan:#?} {}",
                        lu.to_json()
                    );
                    nombre += 1;
                }
            }
        },
    );
    assert!(nombre > 100, "{nombre}");
}

/// Random spreads of one audit fewer never hold: what the plan found is the fewest.
#[test]
fn no_spread_of_fewer_audits_holds() {
    let programme = programme();
    let (mut nombre, mut tires) = (0, Hasard::new(7));
    pour_tous(
        400,
        Taille {
            listes: 2,
            audits: 5,
        },
        |lu, aujourdhui| {
            let plan = plan(lu, &programme, aujourdhui, 0);
            let fin = lu
                .phase
                .as_ref()
                .and_then(|phase| phase.declaration)
                .unwrap_or(jour("2027-03-31"));
            let restant = jours_entre(aujourdhui, fin);
            for (rang, sujet) in plan
                .sujets
                .iter()
                .enumerate()
                .filter(|(_, s)| s.impossible.is_none() && !s.audits.is_empty())
            {
                for _ in 0..12 {
                    let mut moins = plan.clone();
                    moins.sujets[rang].audits.pop();
                    for audit in &mut moins.sujets[rang].audits {
                        let dans =
                            i64::try_from(tires.sous(u64::try_from(restant).unwrap())).unwrap();
                        audit.date = plus_jours(aujourdhui, dans + 1);
                        audit.outil = audit.outil.map(|_| calc_core::Outil::Industriel);
                    }
                    let evaluation =
                        evaluate(&moins.appliquer(lu, &programme), &programme, aujourdhui);
                    let mut siens = evaluation
                        .objectifs
                        .iter()
                        .flat_map(|resultat| &resultat.controles)
                        .filter(|controle| controle.sujet.as_deref() == Some(&sujet.sujet));
                    let rate = siens.any(|c| !c.verdict.tient() && c.verdict != Verdict::SansObjet);
                    assert!(rate, "fewer would do: {moins:#?} {}", lu.to_json());
                    nombre += 1;
                }
            }
        },
    );
    assert!(nombre > 500, "{nombre}");
}

/// The events of a dossier that may move to turn an objective round.
fn evenements(lu: &Dossier, objectif: Objectif, aujourdhui: NaiveDate) -> Vec<(String, NaiveDate)> {
    let mut sortie = Vec::new();
    let mut ajouter = |chemin: String, date: NaiveDate| {
        if date > aujourdhui {
            sortie.push((chemin, date));
        }
    };
    if matches!(objectif, Objectif::O1A | Objectif::O1B) {
        for (rang, annuaire) in lu.annuaires.iter().enumerate() {
            annuaire.audits.iter().enumerate().for_each(|(a, audit)| {
                ajouter(format!("annuaires[{rang}].audits[{a}]"), audit.date);
            });
        }
    }
    if matches!(objectif, Objectif::O2A | Objectif::O2B) {
        for (rang, perimetre) in lu.perimetres.iter().enumerate() {
            perimetre.audits.iter().enumerate().for_each(|(a, audit)| {
                ajouter(format!("perimetres[{rang}].audits[{a}]"), audit.date);
            });
        }
    }
    if let Some(declaration) = lu.phase.as_ref().and_then(|phase| phase.declaration) {
        ajouter("phase.declaration".into(), declaration);
    }
    sortie
}

#[test]
fn a_correction_holds_and_none_is_smaller() {
    let programme = programme();
    let mut nombre = 0;
    pour_tous(
        2_500,
        Taille {
            listes: 1,
            audits: 7,
        },
        |lu, aujourdhui| {
            for correction in corrections(lu, &programme, aujourdhui).iter().take(1) {
                let verdict = |lu: &Dossier| {
                    evaluate(lu, &programme, aujourdhui)
                        .objectif(correction.objectif)
                        .unwrap()
                        .verdict
                };
                assert_eq!(verdict(lu), Verdict::NonAtteint);
                assert!(
                    verdict(&deplace(lu, &correction.chemin, correction.vers)).tient(),
                    "{correction:?} {}",
                    lu.to_json()
                );
                nombre += 1;
                let ecart = jours_entre(correction.de, correction.vers).abs();
                let limite = lu
                    .phase
                    .as_ref()
                    .and_then(|phase| phase.declaration)
                    .unwrap_or(programme.declaration_limite);
                for (chemin, date) in evenements(lu, correction.objectif, aujourdhui) {
                    let fin = if chemin == "phase.declaration" {
                        programme.declaration_limite
                    } else {
                        limite
                    };
                    for jours in (1 - ecart)..ecart {
                        let vers = plus_jours(date, jours);
                        if vers >= aujourdhui && vers <= fin {
                            assert!(
                                !verdict(&deplace(lu, &chemin, vers)).tient(),
                                "{chemin} {vers} before {correction:?}"
                            );
                        }
                    }
                }
            }
        },
    );
    assert!(nombre > 20, "{nombre}");
}

/// An exercise or a self-assessment planned past the declaration comes back to its day; the declaration, which could go
/// to meet it as shortly, comes after.
#[test]
fn an_event_past_the_declaration_is_brought_back() {
    let (programme, aujourdhui) = (programme(), jour("2026-11-23"));
    // (event, planned for, what moves, to)
    let lignes = [
        ("exercices[0]", "2027-03-20", None),
        (
            "exercices[0]",
            "2027-03-21",
            Some(("exercices[0]", "2027-03-20")),
        ),
        (
            "exercices[0]",
            "2027-04-20",
            Some(("exercices[0]", "2027-03-20")),
        ),
        ("autoevaluation", "2027-03-20", None),
        (
            "autoevaluation",
            "2027-03-21",
            Some(("autoevaluation", "2027-03-20")),
        ),
        (
            "autoevaluation",
            "2027-04-20",
            Some(("autoevaluation", "2027-03-20")),
        ),
    ];
    for (chemin, prevu, attendu) in lignes {
        let lu = deplace(&read_dossier(COMPLET).unwrap(), chemin, jour(prevu));
        let objectif = if chemin == "autoevaluation" {
            Objectif::O4
        } else {
            Objectif::O3
        };
        let trouvees = corrections(&lu, &programme, aujourdhui);
        let trouvee = trouvees.iter().find(|c| c.objectif == objectif);
        assert_eq!(
            trouvee.map(|c| (c.chemin.as_str(), c.de, c.vers)),
            attendu.map(|(chemin, vers)| (chemin, jour(prevu), jour(vers))),
            "{chemin} {prevu}"
        );
    }
}

#[test]
fn a_plan_from_nothing() {
    let json = format!(
        r#"{{{},"entites":[{{"id":"chu"}}],"annuaires":[{{"id":"ad","mode":"local","entites":["chu"]}}],"perimetres":[{{"id":"ext","entites":["chu"]}}]}}"#,
        commun::phase("2026-03-20", "2027-03-20")
    );
    let lu = read_dossier(&json).unwrap();
    let plan = plan(&lu, &programme(), jour("2026-04-01"), RESERVE_JOURS);
    for sujet in &plan.sujets {
        // 365 days: under 60 on average from six audits on, and 281 days at most between the first and the last.
        assert_eq!(
            (sujet.audits.len(), sujet.reserve_jours, &sujet.impossible),
            (6, 7, &None),
            "{plan:#?}"
        );
        let (premier, dernier) = (sujet.audits[0].date, sujet.audits[5].date);
        assert!(
            jours_entre(jour("2026-03-20"), premier) <= 53 && jours_entre(premier, dernier) <= 292
        );
    }
    let json = plan.to_json();
    assert!(json.starts_with(r#"{"date":"2026-04-01","sujets":[{"objectif":"D1.O1.A","sujet":"ad","reserve_jours":7,"audits":["#), "{json}");
    assert!(
        json.contains(r#""outil":"silene""#)
            && json.contains(r#""outil":"industriel""#)
            && !json.contains('\n')
    );
}

#[test]
fn what_makes_a_plan_impossible_is_named() {
    let lignes = [
        (
            r#"[{"date":"2026-05-20","outil":"silene"}]"#,
            "2026-06-01",
            "D1.O2.A/premier-audit",
            "Premier audit le 20",
        ),
        (
            "[]",
            "2026-05-19",
            "D1.O2.A/premier-audit",
            "Aucun audit, et",
        ),
        (
            r#"[{"date":"2026-05-10","outil":"silene"},{"date":"2026-08-18","outil":"silene"}]"#,
            "2026-09-01",
            "D1.O2.A/intervalle-max",
            "100 jours entre",
        ),
        (
            r#"[{"date":"2026-05-10","outil":"silene"}]"#,
            "2026-08-17",
            "D1.O2.A/intervalle-max",
            "Dernier audit le 10",
        ),
    ];
    for (audits, aujourdhui, attendu, dit) in lignes {
        let json = format!(
            r#"{{{},"perimetres":[{{"id":"ext","audits":{audits}}}]}}"#,
            commun::phase("2026-03-20", "2027-03-20")
        );
        let lu = read_dossier(&json).unwrap();
        let plan = plan(&lu, &programme(), jour(aujourdhui), RESERVE_JOURS);
        let impossible = plan.sujets[0].impossible.as_ref().unwrap();
        assert_eq!(impossible.controle, attendu, "{audits}");
        let phrase = impossible.explication.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(phrase.starts_with(dit), "{phrase}");
    }
}

#[test]
fn a_plan_on_the_last_day_has_no_reserve() {
    let json = format!(
        r#"{{{},"perimetres":[{{"id":"ext","audits":[{{"date":"2026-05-10","outil":"silene"}}]}}]}}"#,
        commun::phase("2026-03-20", "2027-03-20")
    );
    let plan = plan(
        &read_dossier(&json).unwrap(),
        &programme(),
        jour("2026-08-16"),
        RESERVE_JOURS,
    );
    assert_eq!(
        (
            plan.sujets[0].impossible.clone(),
            plan.sujets[0].reserve_jours
        ),
        (None, 0),
        "the last day leaves no reserve"
    );
}

/// A phase that ends before it begins, or past the last day to declare.
#[test]
fn a_phase_without_a_day_for_a_plan_is_named() {
    let lignes = [
        ("2026-03-19", Some("La déclaration précède")),
        ("2026-03-20", None),
        ("2027-03-31", None),
        ("2027-04-01", Some("Déclaration le 1")),
    ];
    for (fin, attendu) in lignes {
        let json = format!(
            r#"{{{},"perimetres":[{{"id":"ext"}}]}}"#,
            commun::phase("2026-03-20", fin)
        );
        let lu = read_dossier(&json).unwrap();
        let plan = plan(&lu, &programme(), jour("2026-03-10"), RESERVE_JOURS);
        let impossible = plan.sujets[0].impossible.as_ref();
        let phase = impossible.filter(|impossible| impossible.controle == "CAND/phase");
        assert_eq!(phase.is_some(), attendu.is_some(), "{fin}");
        if let (Some(phase), Some(dit)) = (phase, attendu) {
            assert!(phase.explication.starts_with(dit), "{}", phase.explication);
        }
    }
}

#[test]
fn a_year_typed_wrong_does_not_take_a_minute() {
    let lu = read_dossier(&COMPLET.replace(
        "\"declaration\": \"2027-03-20\"",
        "\"declaration\": \"2172-03-20\"",
    ))
    .unwrap();
    let plan = plan(&lu, &programme(), jour("2026-06-01"), RESERVE_JOURS);
    assert!(
        plan.sujets
            .iter()
            .all(|sujet| sujet.impossible.as_ref().unwrap().controle == "CAND/phase")
    );
    let marges = marges(&lu, &programme(), jour("2026-06-01"));
    assert!(
        marges
            .iter()
            .all(|marge| marge.plus_tard.jours <= 800 && marge.plus_tot.jours <= 800)
    );
}

#[test]
fn variants_side_by_side() {
    let programme = programme();
    let un = read_dossier(COMPLET).unwrap();
    let autre = read_dossier(&COMPLET.replace(r#""annee": 2023"#, r#""annee": 2024"#)).unwrap();
    let evaluations = [un, autre].map(|lu| evaluate(&lu, &programme, jour("2027-03-20")));
    let lignes = compare(&[&evaluations[0], &evaluations[1]]);
    let tete: Vec<_> = lignes
        .iter()
        .take_while(|ligne| ligne.differe())
        .map(|ligne| (ligne.objectif, ligne.controle))
        .collect();
    assert_eq!(
        tete,
        [(Objectif::O5, None), (Objectif::O5, Some("D1.O5/annee"))]
    );
    assert!(
        lignes
            .iter()
            .skip(2)
            .all(|ligne| !ligne.differe() && ligne.verdicts.len() == 2)
    );
    let total: usize = evaluations[0]
        .objectifs
        .iter()
        .map(|resultat| resultat.controles.len() + 1)
        .sum();
    assert_eq!(lignes.len(), total);
}

/// Brute force: where no correction is told, no move of a single event would do; told little by little, they are the same.
#[test]
fn no_correction_is_missed() {
    let programme = programme();
    let mut sans = 0;
    pour_tous(
        400,
        Taille {
            listes: 2,
            audits: 4,
        },
        |lu, aujourdhui| {
            let evaluation = evaluate(lu, &programme, aujourdhui);
            let trouvees = corrections(lu, &programme, aujourdhui);
            let mut recherche = RechercheCorrections::new(&evaluation);
            while recherche.avancer(lu, &programme) {}
            assert_eq!(recherche.trouvees(), trouvees, "{}", lu.to_json());
            for objectif in [Objectif::O1A, Objectif::O1B, Objectif::O2A, Objectif::O2B] {
                let rate = evaluation.objectif(objectif).unwrap().verdict == Verdict::NonAtteint;
                if sans == 60 || !rate || trouvees.iter().any(|t| t.objectif == objectif) {
                    continue;
                }
                sans += 1;
                for (chemin, _) in evenements(lu, objectif, aujourdhui) {
                    let fin = if chemin == "phase.declaration" {
                        programme.declaration_limite
                    } else {
                        let phase = lu.phase.as_ref();
                        let declaration = phase.and_then(|phase| phase.declaration);
                        declaration.unwrap_or(programme.declaration_limite)
                    };
                    for dans in 0..=jours_entre(aujourdhui, fin) {
                        let deplace = deplace(lu, &chemin, plus_jours(aujourdhui, dans));
                        let apres = evaluate(&deplace, &programme, aujourdhui);
                        let tient = apres.objectif(objectif).unwrap().verdict.tient();
                        assert!(!tient, "{chemin} in {dans} days: {}", lu.to_json());
                    }
                }
            }
        },
    );
    assert!(sans == 60, "{sans}");
}
