//! The door: what is refused, where, and that nothing else is.

mod commun;

use calc_core::{Faute, read_dossier};
use proptest::prelude::*;

/// A dossier with every field, the base of what follows.
pub(crate) const COMPLET: &str = include_str!("dossier_complet.json");

fn chemins(fautes: &[Faute]) -> Vec<&str> {
    fautes.iter().map(|faute| faute.chemin.as_str()).collect()
}

#[track_caller]
fn refuse(json: &str, chemin: &str) {
    let fautes = read_dossier(json).expect_err(json);
    assert_eq!(chemins(&fautes), [chemin], "{json}\n{fautes:?}");
    let message = &fautes[0].message;
    assert!(
        message.ends_with('.') && message.contains([':', ';']),
        "no remedy in {message}"
    );
    let nom = chemin
        .rsplit('.')
        .next()
        .unwrap()
        .split('[')
        .next()
        .unwrap();
    assert!(message.contains(nom), "{nom} is not named in {message}");
}

const FAUTES: &[(&str, &str)] = &[
    (r#"{"inconnu":1}"#, "inconnu"),
    (r#"{"phase":{"debut":"2026-02-31"}}"#, "phase.debut"),
    (r#"{"phase":{"debut":20260320}}"#, "phase.debut"),
    (
        r#"{"phase":{"debut":"2026-03-20","debut":"2026-03-21"}}"#,
        "phase.debut",
    ),
    (r#"{"phase":[]}"#, "phase"),
    (r#"{"entites":{}}"#, "entites"),
    (r#"{"entites":[{"nom":"x"}]}"#, "entites[0].id"),
    (r#"{"entites":[{"id":" "}]}"#, "entites[0].id"),
    (r#"{"entites":[{"id":"a"},{"id":"a"}]}"#, "entites[1].id"),
    (
        r#"{"entites":[{"id":"a","activite_combinee":-1}]}"#,
        "entites[0].activite_combinee",
    ),
    (
        r#"{"entites":[{"id":"a","activite_combinee":"70000"}]}"#,
        "entites[0].activite_combinee",
    ),
    (
        r#"{"entites":[{"id":"a","statut":"prive"}]}"#,
        "entites[0].statut",
    ),
    (r#"{"candidat":{"nom":"x"}}"#, "candidat.type"),
    (r#"{"candidat":{"type":"GHT"}}"#, "candidat.type"),
    (
        r#"{"annuaires":[{"id":"a"},{"id":"a"}]}"#,
        "annuaires[1].id",
    ),
    (
        r#"{"annuaires":[{"id":"a","entites":["b"]}]}"#,
        "annuaires[0].entites[0]",
    ),
    (
        r#"{"entites":[{"id":"b"}],"annuaires":[{"id":"a","entites":["b","b"]}]}"#,
        "annuaires[0].entites[1]",
    ),
    (
        r#"{"annuaires":[{"id":"a","mode":"azure"}]}"#,
        "annuaires[0].mode",
    ),
    (
        r#"{"annuaires":[{"id":"a","audits":[{"score":2}]}]}"#,
        "annuaires[0].audits[0].date",
    ),
    (
        r#"{"annuaires":[{"id":"a","audits":[{"date":"2026-05-10","score":6}]}]}"#,
        "annuaires[0].audits[0].score",
    ),
    (
        r#"{"annuaires":[{"id":"a","audits":[{"date":"2026-05-10","score":0}]}]}"#,
        "annuaires[0].audits[0].score",
    ),
    (
        r#"{"annuaires":[{"id":"a","audits":[{"date":"2026-05-10","score":2.5}]}]}"#,
        "annuaires[0].audits[0].score",
    ),
    (
        r#"{"annuaires":[{"id":"a","audits":[{"date":"2026-05-10"},{"date":"2026-05-11"},{"date":"2026-05-10"}]}]}"#,
        "annuaires[0].audits[2].date",
    ),
    (
        r#"{"perimetres":[{"id":"a","audits":[{"date":"2026-05-10","outil":"silene"},{"date":"2026-05-10","outil":"silene"}]}]}"#,
        "perimetres[0].audits[1].date",
    ),
    (
        r#"{"perimetres":[{"id":"a","audits":[{"date":"2026-05-10","cvss_max":10.1}]}]}"#,
        "perimetres[0].audits[0].cvss_max",
    ),
    (
        r#"{"perimetres":[{"id":"a","audits":[{"date":"2026-05-10","cvss_max":7.25}]}]}"#,
        "perimetres[0].audits[0].cvss_max",
    ),
    (
        r#"{"perimetres":[{"id":"a","audits":[{"date":"2026-05-10","cvss_max":"7"}]}]}"#,
        "perimetres[0].audits[0].cvss_max",
    ),
    (
        r#"{"exercices":[{"date":"2026-06-01","entites":["x"]}]}"#,
        "exercices[0].entites[0]",
    ),
    (r#"{"exemptions":[{"entite":"x"}]}"#, "exemptions[0].entite"),
    (
        r#"{"budget":{"total_sanitaire":0}}"#,
        "budget.total_sanitaire",
    ),
    (
        r#"{"budget":{"total_sanitaire":-5}}"#,
        "budget.total_sanitaire",
    ),
    (
        r#"{"budget":{"total_sanitaire":5,"numerique_sanitaire":"5.01"}}"#,
        "budget.numerique_sanitaire",
    ),
    (r#"{"budget":{"annee":"2023"}}"#, "budget.annee"),
    (
        r#"{"depenses":[{"id":"d","montant_ttc":-1}]}"#,
        "depenses[0].montant_ttc",
    ),
    (
        r#"{"depenses":[{"id":"d","montant_ttc":1.005}]}"#,
        "depenses[0].montant_ttc",
    ),
    (
        r#"{"depenses":[{"id":"d","montant_ttc":"1,50"}]}"#,
        "depenses[0].montant_ttc",
    ),
    (r#"{"depenses":[{"id":"d"},{"id":"d"}]}"#, "depenses[1].id"),
    (
        r#"{"depenses":[{"id":"d","montant_ttc":5,"part_ars":6}]}"#,
        "depenses[0].part_ars",
    ),
    (
        r#"{"depenses":[{"id":"d","debut":"2026-05-02","fin":"2026-05-01"}]}"#,
        "depenses[0].fin",
    ),
    (
        r#"{"part_activite_min_pourcent":100.01}"#,
        "part_activite_min_pourcent",
    ),
    (r#"{"plafond_euros":"beaucoup"}"#, "plafond_euros"),
    (r#"{"version":2}"#, "version"),
    (r#"{"version":0}"#, "version"),
    (r#"{"version":"1"}"#, "version"),
];

#[test]
fn each_fault_has_its_path() {
    for (json, chemin) in FAUTES {
        refuse(json, chemin);
    }
}

#[test]
fn a_file_that_is_not_json_is_refused_whole() {
    for json in ["", "{", "NaN", r#"{"plafond_euros":NaN}"#, "[1,]", "{} {}"] {
        let fautes = read_dossier(json).unwrap_err();
        assert_eq!(chemins(&fautes), [""], "{json}");
        assert!(fautes[0].message.contains("JSON"));
    }
    assert_eq!(chemins(&read_dossier("[]").unwrap_err()), [""]);
}

#[test]
fn all_faults_come_out_at_once() {
    let json = r#"{"x":1,"entites":[{"id":"a","y":2},{"id":"a"}],"annuaires":[{"id":"ad","entites":["z"],
        "audits":[{"date":"2026-02-31","score":9}]}]}"#;
    let fautes = read_dossier(json).unwrap_err();
    let attendus = [
        "x",
        "entites[0].y",
        "annuaires[0].audits[0].date",
        "annuaires[0].audits[0].score",
        "entites[1].id",
        "annuaires[0].entites[0]",
    ];
    assert_eq!(chemins(&fautes), attendus);
}

#[test]
fn faults_without_end_are_told_up_to_a_thousand() {
    let faux = |nombre: usize| {
        let inconnus: Vec<String> = (0..nombre).map(|rang| format!("\"x{rang}\":1")).collect();
        read_dossier(&format!("{{{}}}", inconnus.join(","))).unwrap_err()
    };
    for (nombre, dites, derniere) in [(999, 999, "x998"), (1_000, 1_000, ""), (4_000, 1_000, "")] {
        let fautes = faux(nombre);
        assert_eq!(fautes.len(), dites, "{nombre}");
        assert_eq!(fautes[dites - 1].chemin, derniere, "{nombre}");
    }
}

#[test]
fn what_is_right_is_accepted() {
    let lignes = [
        "{}",
        "\u{feff}{}",
        r#"{"version":1}"#,
        r#"{"phase":null,"entites":[],"exercices":null,"plafond_euros":null}"#,
        r#"{"plafond_euros":"12000.5"}"#,
        r#"{"part_activite_min_pourcent":0}"#,
        r#"{"part_activite_min_pourcent":100}"#,
        r#"{"perimetres":[{"id":"a","audits":[{"date":"2026-05-10","outil":"silene"},{"date":"2026-05-10","outil":"industriel"}]}]}"#,
        r#"{"budget":{"total_sanitaire":5.00,"numerique_sanitaire":"5"}}"#,
        COMPLET,
    ];
    for json in lignes {
        commun::dossier(json);
    }
}

#[test]
fn amounts_are_exact() {
    let lu = commun::dossier(
        r#"{"depenses":[{"id":"d","montant_ttc":0.07},{"id":"e","montant_ttc":"9999999999999.99"}]}"#,
    );
    assert_eq!(lu.depenses[0].montant_ttc.unwrap().0, 7);
    assert_eq!(lu.depenses[1].montant_ttc.unwrap().0, 999_999_999_999_999);
}

#[test]
fn a_saved_dossier_reads_back_equal() {
    let lu = commun::dossier(COMPLET);
    let ecrit = lu.to_json();
    assert_eq!(commun::dossier(&ecrit), lu);
    assert_eq!(commun::dossier(&ecrit).to_json(), ecrit);
    let vide = commun::dossier(r#"{"exercices":[]}"#);
    assert_eq!(commun::dossier(&vide.to_json()), vide);
    assert_ne!(vide, calc_core::Dossier::vide());
}

/// JSON-like noise, and real dossiers with a piece cut out or put in.
fn bruit() -> impl Strategy<Value = String> {
    let coupe =
        (0..COMPLET.len(), 0..40_usize, "\\PC{0,8}").prop_map(|(debut, longueur, ajout)| {
            let octets = COMPLET.as_bytes();
            let fin = (debut + longueur).min(octets.len());
            let mut sortie = octets[..debut].to_vec();
            sortie.extend(ajout.bytes());
            sortie.extend(&octets[fin..]);
            String::from_utf8_lossy(&sortie).into_owned()
        });
    prop_oneof![coupe, "\\PC{0,64}", "[\\[\\]{}\",:0-9a-z\\\\ .-]{0,64}"]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    /// Whatever the bytes, the door answers; and what it lets in can be evaluated and saved.
    #[test]
    fn the_door_never_panics(texte in bruit()) {
        if let Ok(lu) = read_dossier(&texte) {
            let _ = calc_core::evaluate(&lu, &commun::programme(), commun::jour("2026-12-01")).to_json();
            prop_assert_eq!(commun::dossier(&lu.to_json()), lu);
        }
    }
}
