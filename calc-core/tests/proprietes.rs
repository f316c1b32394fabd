//! What holds on every dossier: drawn ones by the thousand, and every day of the programme.

mod commun;

use calc_core::{Dossier, Objectif, Verdict, evaluate, plus_jours, read_dossier};
use commun::hasard::{Hasard, Taille, aujourdhui, dossier};
use commun::{jour, programme};

const PETIT: Taille = Taille {
    listes: 3,
    audits: 7,
};

fn lire(json: &str) -> Dossier {
    read_dossier(json).unwrap_or_else(|fautes| panic!("{fautes:?} {json}"))
}

/// Runs `essai` on many drawn dossiers.
fn pour_tous(nombre: u64, mut essai: impl FnMut(&mut Hasard, &Dossier, chrono::NaiveDate)) {
    for graine in 0..nombre {
        let mut hasard = Hasard::new(graine);
        let lu = lire(&dossier(&mut hasard, PETIT));
        let jour = jour(aujourdhui(&mut hasard));
        essai(&mut hasard, &lu, jour);
    }
}

#[test]
fn a_dossier_reads_back_equal_and_evaluates() {
    pour_tous(3_000, |_, lu, jour| {
        assert_eq!(lire(&lu.to_json()), *lu);
        let evaluation = evaluate(lu, &programme_une_fois(), jour);
        assert_eq!(evaluation.objectifs.len(), 10);
        for resultat in &evaluation.objectifs {
            assert!(
                !resultat.controles.is_empty(),
                "{:?} says nothing",
                resultat.code
            );
        }
    });
}

/// The programme, read once.
fn programme_une_fois() -> calc_core::Programme {
    static PROGRAMME: std::sync::OnceLock<calc_core::Programme> = std::sync::OnceLock::new();
    PROGRAMME.get_or_init(programme).clone()
}

#[test]
fn verdicts_do_not_depend_on_the_order_of_lists() {
    pour_tous(2_000, |_, lu, jour| {
        let mut retourne = lu.clone();
        retourne.entites.reverse();
        retourne.annuaires.reverse();
        retourne.perimetres.reverse();
        for annuaire in &mut retourne.annuaires {
            annuaire.audits.reverse();
            annuaire.entites.reverse();
        }
        for perimetre in &mut retourne.perimetres {
            perimetre.audits.reverse();
            perimetre.entites.reverse();
        }
        if let Some(exercices) = &mut retourne.exercices {
            exercices.reverse();
        }
        let (droit, envers) = (
            evaluate(lu, &programme_une_fois(), jour),
            evaluate(&retourne, &programme_une_fois(), jour),
        );
        for (un, autre) in droit.objectifs.iter().zip(&envers.objectifs) {
            assert_eq!(un.verdict, autre.verdict, "{}", lu.to_json());
        }
    });
}

#[test]
fn an_objective_takes_the_worst_of_its_checks_or_its_share() {
    pour_tous(2_000, |_, lu, jour| {
        let evaluation = evaluate(lu, &programme_une_fois(), jour);
        for resultat in &evaluation.objectifs {
            let part = resultat
                .controles
                .iter()
                .find(|controle| controle.id.ends_with("/part-activite"));
            let pire = resultat
                .controles
                .iter()
                .map(|controle| controle.verdict)
                .max()
                .unwrap();
            assert_eq!(resultat.verdict, part.map_or(pire, |part| part.verdict));
        }
        let pire = evaluation
            .objectifs
            .iter()
            .map(|resultat| resultat.verdict)
            .max()
            .unwrap();
        assert_eq!(evaluation.verdict, pire);
    });
}

#[test]
fn what_is_incomplete_names_a_field_and_what_needs_doing_says_so() {
    pour_tous(2_000, |_, lu, jour| {
        let evaluation = evaluate(lu, &programme_une_fois(), jour);
        for controle in evaluation
            .objectifs
            .iter()
            .flat_map(|resultat| &resultat.controles)
        {
            if controle.verdict == Verdict::Incomplet {
                assert!(
                    !controle.manque.is_empty(),
                    "{controle:?}\n{}",
                    lu.to_json()
                );
            }
            if controle.verdict == Verdict::Perdu && controle.id != "CAND/phase" {
                assert!(
                    controle.explication.contains("ne peut plus être rattrapé"),
                    "{controle:?}"
                );
            }
            for faute in [" :", " ;", "« ", " »", "'", "  "] {
                assert!(
                    !controle.explication.contains(faute),
                    "{faute:?} in {}",
                    controle.explication
                );
            }
            assert!(
                controle.explication.ends_with('.'),
                "{}",
                controle.explication
            );
        }
    });
}

/// D1.O1 and D1.O2 without sentences give what `evaluate` gives: the sweep of declaration dates rests on it.
#[test]
fn the_sweep_of_declarations_equals_day_by_day() {
    let mut passent = 0;
    pour_tous(60, |_, lu, jour| passent += balayer(lu, jour));
    let complet = lire(include_str!("dossier_complet.json"));
    for texte in ["2026-04-01", "2026-08-01", "2027-03-01"] {
        passent += balayer(&complet, jour(texte));
    }
    assert!(
        passent > 500,
        "too few days pass to prove anything: {passent}"
    );
}

/// Compares both ways day by day; counts the days that pass.
fn balayer(lu: &Dossier, aujourdhui: chrono::NaiveDate) -> usize {
    let programme = programme_une_fois();
    let fenetres = calc_core::fenetres_declaration(lu, &programme, aujourdhui);
    for fenetre in &fenetres {
        let separes =
            |deux: &[(chrono::NaiveDate, chrono::NaiveDate)]| plus_jours(deux[0].1, 1) < deux[1].0;
        assert!(fenetre.intervalles.windows(2).all(separes), "{fenetre:?}");
    }
    let (mut declaration, mut passent) = (aujourdhui, 0);
    while declaration <= programme.declaration_limite {
        let mut avec = lu.clone();
        if let Some(phase) = &mut avec.phase {
            phase.declaration = Some(declaration);
        }
        let evaluation = evaluate(&avec, &programme, aujourdhui);
        for fenetre in &fenetres {
            let dedans = fenetre
                .intervalles
                .iter()
                .any(|(debut, fin)| *debut <= declaration && declaration <= *fin);
            let debut = lu.phase.as_ref().and_then(|phase| phase.debut).unwrap();
            let attendu = evaluation
                .objectif(fenetre.objectif)
                .unwrap()
                .verdict
                .tient()
                && declaration >= debut;
            assert_eq!(
                dedans,
                attendu,
                "{:?} {declaration} {}",
                fenetre.objectif,
                lu.to_json()
            );
            passent += usize::from(dedans);
        }
        declaration = plus_jours(declaration, 1);
    }
    passent
}

#[test]
fn the_next_audit_holds_on_its_last_day_and_not_on_the_next() {
    let programme = programme_une_fois();
    pour_tous(2_000, |_, lu, aujourdhui| {
        for prochain in calc_core::prochains_audits(lu, &programme, aujourdhui) {
            let Some(maximum) = prochain.maximum else {
                continue;
            };
            let dernier = prochain.dernier.unwrap();
            assert_eq!(calc_core::jours_entre(dernier, maximum), 99);
        }
    });
}

/// A day drawn strictly between each two consecutive audits of the phase.
fn entre_deux(
    hasard: &mut Hasard,
    lu: &Dossier,
    mut dates: Vec<chrono::NaiveDate>,
) -> Vec<chrono::NaiveDate> {
    let phase = lu.phase.as_ref().unwrap();
    let Some(debut) = phase.debut else {
        return Vec::new();
    };
    let fin = phase.declaration.unwrap_or(jour("2027-03-31"));
    dates.retain(|date| debut <= *date && *date <= fin);
    dates.sort_unstable();
    let mut tirer = |paire: &[chrono::NaiveDate]| {
        let ecart = u64::try_from(calc_core::jours_entre(paire[0], paire[1])).unwrap();
        (ecart > 1)
            .then(|| plus_jours(paire[0], i64::try_from(hasard.sous(ecart - 1)).unwrap() + 1))
    };
    dates.windows(2).filter_map(&mut tirer).collect()
}

#[test]
fn a_clean_audit_between_two_never_worsens_regularity() {
    let programme = programme_une_fois();
    let mut ajoutes = 0;
    pour_tous(2_500, |hasard, lu, aujourdhui| {
        let mut avec = lu.clone();
        for annuaire in &mut avec.annuaires {
            let dates = annuaire.audits.iter().map(|audit| audit.date).collect();
            let nouveaux = entre_deux(hasard, lu, dates);
            ajoutes += nouveaux.len();
            let audit = |date| calc_core::AuditAds {
                date,
                score: None,
                rapport_disponible_le: None,
            };
            annuaire.audits.extend(nouveaux.into_iter().map(audit));
        }
        for perimetre in &mut avec.perimetres {
            let comptent = perimetre
                .audits
                .iter()
                .filter(|audit| audit.outil != Some(calc_core::Outil::Cybersurveillance));
            let nouveaux = entre_deux(hasard, lu, comptent.map(|audit| audit.date).collect());
            ajoutes += nouveaux.len();
            perimetre
                .audits
                .extend(nouveaux.into_iter().map(|date| calc_core::AuditExposition {
                    date,
                    outil: Some(calc_core::Outil::Silene),
                    cvss_max: None,
                    cvss_reevalue: None,
                    reevaluation_justifiee: None,
                }));
        }
        let (avant, apres) = (
            evaluate(lu, &programme, aujourdhui),
            evaluate(&avec, &programme, aujourdhui),
        );
        for code in [Objectif::O1A, Objectif::O2A] {
            // What was done may become a plan: compare what holds.
            let rang = |evaluation: &calc_core::Evaluation| {
                let verdict = evaluation.objectif(code).unwrap().verdict;
                if verdict.tient() {
                    Verdict::Atteint
                } else {
                    verdict
                }
            };
            assert!(rang(&apres) <= rang(&avant), "{code:?} {}", lu.to_json());
        }
    });
    assert!(ajoutes > 2_000, "{ajoutes}");
}

/// A margin says which way: positive or zero where its check holds, negative or zero where it does not.
#[test]
fn a_margin_has_the_sign_of_its_verdict() {
    let mut signes = [0, 0];
    pour_tous(4_000, |_, lu, jour| {
        let evaluation = evaluate(lu, &programme_une_fois(), jour);
        for controle in evaluation.objectifs.iter().flat_map(|o| &o.controles) {
            let Some(marge) = controle.marge else {
                continue;
            };
            let juste = match controle.verdict {
                Verdict::Atteint | Verdict::Prevu => marge.centiemes >= 0,
                Verdict::AConfirmer | Verdict::NonAtteint | Verdict::Perdu => marge.centiemes <= 0,
                Verdict::Incomplet | Verdict::SansObjet => true,
            };
            assert!(juste, "{controle:#?}\n{}", lu.to_json());
            signes[usize::from(marge.centiemes < 0)] += 1;
        }
    });
    assert!(signes.iter().all(|nombre| *nombre > 1_000), "{signes:?}");
}
