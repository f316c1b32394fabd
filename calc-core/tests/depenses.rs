//! Expenses at their thresholds, and who may apply.

mod commun;

use calc_core::{Etablissement, StatutDepense, Verdict, eligibilite};
use commun::{evaluer, programme};

const ELIGIBLE: StatutDepense = StatutDepense::Eligible;
const PARTIEL: StatutDepense = StatutDepense::Partiel;
const JUSTIFIER: StatutDepense = StatutDepense::AJustifier;
const CONFIRMER: StatutDepense = StatutDepense::AConfirmer;
const NON: StatutDepense = StatutDepense::NonEligible;

/// One expense of 1,000 €, S = 20 March 2026, E = 20 March 2027; `champs` in JSON.
fn ligne(champs: &str) -> calc_core::LigneDepense {
    let json = format!(
        r#"{{"phase":{{"debut":"2026-03-20","declaration":"2027-03-20"}},"depenses":[{{"id":"d","montant_ttc":1000,{champs}}}]}}"#
    );
    evaluer(&json, "2026-12-01").depenses.lignes.remove(0)
}

fn dates(commande: &str, facture: &str) -> String {
    format!(r#""nature":"prestation","commande":"{commande}","facture":"{facture}""#)
}

#[test]
fn order_and_invoice() {
    let lignes = [
        ("2026-03-20", "2026-03-20", ELIGIBLE),
        ("2026-03-19", "2026-03-20", CONFIRMER),
        ("2026-01-30", "2026-01-30", CONFIRMER),
        ("2026-01-29", "2026-01-29", NON),
        ("2026-01-29", "2026-04-01", JUSTIFIER),
        ("2026-04-01", "2027-03-20", ELIGIBLE),
        ("2026-04-01", "2027-03-21", NON),
        ("2027-03-21", "2027-03-21", NON),
    ];
    for (commande, facture, attendu) in lignes {
        let ligne = ligne(&dates(commande, facture));
        assert_eq!(ligne.statut, attendu, "{commande} {facture}");
        let entier = if attendu == ELIGIBLE { 100_000 } else { 0 };
        assert_eq!(ligne.montant_eligible.0, entier);
        assert!(ligne.sources.contains(&"2.5"));
    }
}

#[test]
fn an_order_before_the_publication() {
    let lignes = [
        ("2026-03-21", r#""bon_de_commande""#, ELIGIBLE),
        ("2026-03-20", r#""bon_de_commande""#, ELIGIBLE),
        ("2026-03-20", r#""facture""#, ELIGIBLE),
        ("2026-03-19", r#""facture""#, ELIGIBLE),
        ("2026-01-31", r#""bon_de_commande""#, ELIGIBLE),
        ("2026-01-31", r#""attestation""#, NON),
        ("2026-01-31", "null", JUSTIFIER),
        ("2026-01-30", r#""facture""#, NON),
        ("2026-01-29", r#""facture""#, NON),
    ];
    for (debut, preuve, attendu) in lignes {
        let champs = format!(
            r#"{},"debut_travaux":"{debut}","preuve_debut":{preuve}"#,
            dates("2026-01-15", "2026-04-01")
        );
        let ligne = ligne(&champs);
        assert_eq!(ligne.statut, attendu, "{debut} {preuve}");
        // Before S, works are told with the questions that disagree.
        let doute = ligne.sources.contains(&"2.13");
        assert_eq!(
            doute,
            attendu == ELIGIBLE && debut < "2026-03-20",
            "{debut} {preuve}"
        );
    }
}

/// E as it is typed bounds the expenses; past the last day to declare, each says so.
#[test]
fn a_declaration_typed_too_late_is_told() {
    let lignes = [
        ("2027-03-31", ELIGIBLE, false),
        ("2027-04-01", ELIGIBLE, true),
        ("2027-04-20", ELIGIBLE, true),
        ("2027-04-21", NON, false),
    ];
    for (facture, attendu, dit) in lignes {
        let json = format!(
            r#"{{{},"depenses":[{{"id":"d","montant_ttc":1000,{}}}]}}"#,
            commun::phase("2026-03-20", "2027-04-20"),
            dates("2026-06-01", facture)
        );
        let ligne = &evaluer(&json, "2026-12-01").depenses.lignes[0];
        assert_eq!(ligne.statut, attendu, "{facture}");
        let dite = ligne
            .raisons
            .iter()
            .any(|r| r.contains("dernier jour pour déclarer (31"));
        assert_eq!(dite, dit, "{facture} {ligne:?}");
    }
}

/// An exercise invoiced before the phase, on a day that is not told, may have been held in it.
#[test]
fn an_exercise_without_its_day() {
    let lignes = [
        ("2026-03-19", "", JUSTIFIER),
        ("2026-03-20", "", ELIGIBLE),
        ("2026-03-19", r#","debut":"2026-03-20""#, CONFIRMER), // invoiced before the phase
        ("2026-03-19", r#","debut":"2026-03-19""#, NON),
    ];
    for (facture, debut, attendu) in lignes {
        let champs = format!(
            r#""nature":"exercice_crise","commande":"{facture}","facture":"{facture}"{debut}"#
        );
        let ligne = ligne(&champs);
        assert_eq!(ligne.statut, attendu, "{champs}");
        let demande = ligne.manque == ["depenses[0].debut"];
        assert_eq!(demande, attendu == JUSTIFIER, "{champs}");
    }
}

/// Kind, its fields, status, cents that are eligible.
const NATURES: &[(&str, &str, StatutDepense, i64)] = &[
    (r#""prestation""#, "", ELIGIBLE, 100_000),
    (r#""licence_perpetuelle""#, "", ELIGIBLE, 100_000),
    (r#""materiel""#, "", ELIGIBLE, 100_000),
    (r#""rh""#, r#","justification_rh":true"#, ELIGIBLE, 100_000),
    (r#""rh""#, r#","justification_rh":false"#, JUSTIFIER, 0),
    (r#""rh""#, "", JUSTIFIER, 0),
    (
        r#""fusion_ad""#,
        r#","reduit_vulnerabilites":true"#,
        ELIGIBLE,
        100_000,
    ),
    (
        r#""fusion_ad""#,
        r#","reduit_vulnerabilites":false"#,
        NON,
        0,
    ),
    (r#""fusion_ad""#, "", JUSTIFIER, 0),
    (r#""iam_achat""#, "", NON, 0),
    (
        r#""iam_correction""#,
        r#","anomalies_ads":true"#,
        ELIGIBLE,
        100_000,
    ),
    (r#""iam_correction""#, r#","anomalies_ads":false"#, NON, 0),
    (r#""iam_correction""#, "", JUSTIFIER, 0),
    (r#""exercice_crise""#, "", ELIGIBLE, 100_000),
    (
        r#""exercice_crise""#,
        r#","part_ars":400.01"#,
        PARTIEL,
        59_999,
    ),
    (r#""exercice_crise""#, r#","part_ars":1000"#, NON, 0),
    (r#""exercice_crise""#, r#","debut":"2026-03-19""#, NON, 0),
    (
        r#""exercice_crise""#,
        r#","debut":"2026-03-20""#,
        ELIGIBLE,
        100_000,
    ),
    (
        r#""exercice_crise""#,
        r#","debut":"2027-03-20""#,
        ELIGIBLE,
        100_000,
    ),
    (r#""exercice_crise""#, r#","debut":"2027-03-21""#, NON, 0),
    (
        r#""refonte_site""#,
        r#","part_securite":250"#,
        PARTIEL,
        25_000,
    ),
    (
        r#""refonte_site""#,
        r#","part_securite":1000"#,
        ELIGIBLE,
        100_000,
    ),
    (r#""refonte_site""#, r#","part_securite":0"#, NON, 0),
    (r#""refonte_site""#, "", JUSTIFIER, 0),
    (r#""convergence_equipement""#, "", NON, 0),
    (r#""osint""#, "", NON, 0),
    (r#""saas""#, "", NON, 0),
    (r#""analyse_risque""#, "", NON, 0),
    (r#""edr""#, "", NON, 0),
    (r#""pris""#, "", NON, 0),
    (r#""gestionnaire_mdp""#, "", NON, 0),
    (r#""patch_linux_a_chaud""#, "", NON, 0),
    ("null", "", JUSTIFIER, 0),
];

#[test]
fn kinds() {
    for (nature, champs, statut, montant) in NATURES {
        let ligne = ligne(&format!(
            r#""nature":{nature},"commande":"2026-04-02","facture":"2026-06-15"{champs}"#
        ));
        assert_eq!(
            (ligne.statut, ligne.montant_eligible.0),
            (*statut, *montant),
            "{nature} {champs}"
        );
        if !champs.contains("false") {
            assert_eq!(
                *statut == JUSTIFIER,
                !ligne.manque.is_empty(),
                "{nature} {champs}"
            );
        }
    }
}

#[test]
fn subscription() {
    // (order, first day, last day, status, cents)
    let lignes = [
        ("2026-03-20", "2026-04-01", "2026-04-30", NON, 0),
        ("2026-03-21", "2026-04-01", "2026-04-30", ELIGIBLE, 100_000),
        ("2026-03-21", "2026-03-20", "2027-03-20", ELIGIBLE, 100_000),
        ("2026-03-21", "2026-03-19", "2027-03-20", PARTIEL, 99_728), // 366/367
        ("2026-03-21", "2026-03-20", "2027-03-21", PARTIEL, 99_728),
        ("2026-03-21", "2027-03-20", "2027-03-21", PARTIEL, 50_000),
        ("2026-03-21", "2027-03-21", "2027-04-21", NON, 0),
        ("2026-03-21", "2026-03-19", "2026-03-21", PARTIEL, 66_667), // 2/3, half up
    ];
    for (commande, debut, fin, statut, montant) in lignes {
        let champs = format!(
            r#""nature":"abonnement","commande":"{commande}","facture":"2026-06-15","debut":"{debut}","fin":"{fin}""#
        );
        let ligne = ligne(&champs);
        assert_eq!(
            (ligne.statut, ligne.montant_eligible.0),
            (statut, montant),
            "{commande} {debut} {fin}"
        );
    }
}

#[test]
fn what_is_missing_is_named() {
    let lignes = [
        (
            r#""nature":"prestation","facture":"2026-06-15""#,
            vec!["depenses[0].commande"],
        ),
        (
            r#""nature":"prestation","commande":"2026-06-15""#,
            vec!["depenses[0].facture"],
        ),
        (
            r#""nature":"abonnement","commande":"2026-06-15","facture":"2026-06-15""#,
            vec!["depenses[0].debut", "depenses[0].fin"],
        ),
        (r#""nature":"rh","justification_rh":true"#, vec![]),
    ];
    for (champs, manque) in lignes {
        assert_eq!(ligne(champs).manque, manque, "{champs}");
    }
    // A part of the ARS leaves nothing to compute without an amount, and refuses nothing.
    let json = format!(
        r#"{{{},"depenses":[{{"id":"d","nature":"exercice_crise","commande":"2026-04-02","facture":"2026-04-02","part_ars":400}}]}}"#,
        commun::phase("2026-03-20", "2027-03-20")
    );
    let ligne = &evaluer(&json, "2026-12-01").depenses.lignes[0];
    assert_eq!(ligne.statut, JUSTIFIER);
    assert_eq!(ligne.manque, ["depenses[0].montant_ttc"]);
    let json = r#"{"depenses":[{"id":"d","nature":"materiel","commande":"2026-04-02","facture":"2026-04-02"}]}"#;
    assert_eq!(
        evaluer(json, "2026-12-01").depenses.lignes[0].manque,
        ["depenses[0].montant_ttc", "phase.debut"]
    );
}

/// What is taken for granted is said: staff costs without a day, an exercise on the day of its invoice.
#[test]
fn what_is_taken_for_granted_is_said() {
    let phase_seule = "seuls les coûts de la phase";
    let jour_inconnu = "Jour de l’exercice inconnu";
    let lignes = [
        (
            r#""nature":"rh","justification_rh":true"#,
            phase_seule,
            true,
        ),
        (
            r#""nature":"rh","justification_rh":true,"facture":"2026-06-15""#,
            phase_seule,
            false,
        ),
        (
            r#""nature":"exercice_crise","commande":"2026-04-02","facture":"2026-06-15""#,
            jour_inconnu,
            true,
        ),
        (
            r#""nature":"exercice_crise","commande":"2026-04-02","facture":"2026-06-15","debut":"2026-06-01""#,
            jour_inconnu,
            false,
        ),
    ];
    for (champs, dit, attendu) in lignes {
        let ligne = ligne(champs);
        assert_eq!(ligne.statut, ELIGIBLE, "{champs}");
        let dites = ligne.raisons.iter().any(|raison| raison.contains(dit));
        assert_eq!(dites, attendu, "{champs}");
    }
}

/// What is never funded says what it is, and where the text says so.
#[test]
fn exclusions() {
    for (nature, mot, source) in [
        ("iam_achat", "gestion des identités", "2.7"),
        ("convergence_equipement", "trajectoire", "2.12"),
        ("osint", "fuites de données", "2.10"),
        ("saas", "SaaS", "2.8"),
        ("analyse_risque", "analyse de risque", "2.8"),
        ("edr", "EDR", "2.8"),
        ("pris", "PRIS", "2.8"),
        ("gestionnaire_mdp", "mots de passe", "2.8"),
        ("patch_linux_a_chaud", "Linux", "2.8"),
    ] {
        let ligne = ligne(&format!(
            r#""nature":"{nature}","commande":"2026-04-02","facture":"2026-06-15""#
        ));
        assert!(
            ligne.sources.contains(&source),
            "{nature}: {:?}",
            ligne.sources
        );
        let dit = ligne.raisons.iter().any(|raison| raison.contains(mot));
        assert!(dit, "{nature}: {:?}", ligne.raisons);
    }
}

/// All is declared above the ceiling too (Q2.4): told from the first cent over it.
#[test]
fn the_ceiling() {
    for (plafond, dit) in [("99.99", true), ("100.00", false), ("100.01", false)] {
        let json = format!(
            r#"{{"phase":{{"debut":"2026-03-20"}},"plafond_euros":"{plafond}","depenses":[
            {{"id":"a","nature":"materiel","montant_ttc":100,"commande":"2026-04-02","facture":"2026-04-02"}}]}}"#
        );
        let informations = evaluer(&json, "2026-12-01").informations;
        let dite = informations
            .iter()
            .any(|information| information.sources == ["2.4"]);
        assert_eq!(dite, dit, "{plafond}");
    }
}

/// Questions in the order of the official text: 2.13 after 2.5.
#[test]
fn sources_are_in_order() {
    let ligne = ligne(
        r#""nature":"abonnement","commande":"2026-04-02","facture":"2026-04-02","debut":"2026-04-01","fin":"2027-03-31""#,
    );
    assert_eq!(ligne.sources, ["2.5", "2.13"]);
}

#[test]
fn totals_in_exact_cents() {
    let json = r#"{"phase":{"debut":"2026-03-20"},"plafond_euros":"0.20","depenses":[
        {"id":"a","nature":"materiel","montant_ttc":0.1,"commande":"2026-04-02","facture":"2026-04-02"},
        {"id":"b","nature":"materiel","montant_ttc":0.2,"commande":"2026-04-02","facture":"2026-04-02"},
        {"id":"c","nature":"edr","montant_ttc":"7.77","commande":"2026-04-02","facture":"2026-04-02"},
        {"id":"d","nature":"rh","montant_ttc":5}]}"#;
    let evaluation = evaluer(json, "2026-12-01");
    let bilan = &evaluation.depenses;
    assert_eq!(
        (
            bilan.total_declare.0,
            bilan.total_eligible.0,
            bilan.total_possible.0
        ),
        (1307, 30, 530)
    );
    assert!(
        evaluation
            .informations
            .iter()
            .any(|information| information.sources == ["2.4"])
    );
    assert!(
        evaluation
            .to_json()
            .contains(r#""total_declare":"13.07","total_eligible":"0.30""#)
    );
}

#[test]
fn who_may_apply() {
    let nouveau = r#""eligible_arrete_2024":false,"autorisation_a_jour":true,"activite_pmsi_non_nulle":true,"categorie_juridique":"1101","categories_geographiques":["999","355"]"#;
    let ancien = r#""eligible_arrete_2024":true,"categories_geographiques":["355","146"],"travaux_146":true,"candidature_146":false"#;
    let lignes = [
        (nouveau.to_string(), Verdict::Atteint),
        (
            nouveau.replace("_jour\":true", "_jour\":false"),
            Verdict::NonAtteint,
        ),
        (
            nouveau.replace("_nulle\":true", "_nulle\":false"),
            Verdict::NonAtteint,
        ),
        (nouveau.replace("1101", "1105"), Verdict::NonAtteint),
        (nouveau.replace("355", "998"), Verdict::NonAtteint),
        (
            nouveau.replace("\"activite_pmsi_non_nulle\":true,", ""),
            Verdict::Incomplet,
        ),
        (nouveau.replace("\"999\",\"355\"", ""), Verdict::Incomplet),
        (ancien.to_string(), Verdict::Atteint),
        (
            ancien
                .replace("146\":true", "146\":false")
                .replace("re_146\":false", "re_146\":true"),
            Verdict::Atteint,
        ),
        (
            ancien.replace("candidature_146\":false", "candidature_146\":true"),
            Verdict::NonAtteint,
        ),
        (ancien.replace(",\"146\"", ""), Verdict::NonAtteint),
        (
            ancien.replace(",\"candidature_146\":false", ""),
            Verdict::Incomplet,
        ),
        (String::new(), Verdict::Incomplet),
    ];
    for (champs, attendu) in lignes {
        let etablissement = Etablissement::from_json(&format!("{{{champs}}}")).unwrap();
        let resultat = eligibilite(&etablissement, &programme());
        assert_eq!(
            resultat.verdict, attendu,
            "{champs} {:?}",
            resultat.conditions
        );
    }
}
