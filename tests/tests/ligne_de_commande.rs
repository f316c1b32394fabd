//! The command line on real files: verdicts, searches, faults, exit codes.

use std::io::Write;
use std::process::{Command, Stdio};
use tests::projet::Projet;
use tests::site::{repository, run, sitegen};

const DOSSIER: &str = r#"{"phase": {"debut": "2026-03-20", "validation_ars": "2026-04-15"},
  "entites": [{"id": "e1", "activite_combinee": 10}],
  "perimetres": [{"id": "p1", "entites": ["e1"], "audits": [
    {"date": "2026-05-06", "outil": "silene"}, {"date": "2026-08-15", "outil": "silene"}]}]}"#;

fn evaluate(input: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(sitegen());
    command
        .arg("evaluate")
        .args(arguments)
        .current_dir(repository());
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("sitegen");
    child
        .stdin
        .take()
        .expect("its input")
        .write_all(input.as_bytes())
        .expect("written");
    let done = child.wait_with_output().expect("its answer");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (done.status.code(), text(&done.stdout), text(&done.stderr))
}

#[test]
fn a_dossier_on_standard_input_gives_one_line_of_json() {
    let (code, out, err) = evaluate(DOSSIER, &["-", "--date", "2026-11-23", "--json"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out.lines().count(), 1);
    let evaluation: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(evaluation["objectifs"]["D1.O2.A"]["verdict"], "perdu");
    assert_eq!(evaluation["date"], "2026-11-23");
}

#[test]
fn a_dossier_is_told_in_french_on_a_terminal() {
    let (code, out, _) = evaluate(DOSSIER, &["-", "--date", "2026-11-23"]);
    let out = out.replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!(code, Some(0));
    assert!(
        out.contains("101 jours entre le 6 mai et le 15 août 2026"),
        "{out}"
    );
}

#[test]
fn a_faulty_dossier_is_refused_with_path_and_remedy() {
    let faulty = DOSSIER
        .replace("2026-08-15", "2026-02-31")
        .replace("\"id\": \"e1\",", "\"id\": \"e1\", \"couleur\": 1,");
    let (code, out, err) = evaluate(&faulty, &["-", "--date", "2026-11-23", "--json"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("perimetres[0].audits[1].date"), "{err}");
    assert!(err.contains("couleur"), "both faults at once: {err}");
}

#[test]
fn a_misused_command_exits_with_two() {
    for arguments in [
        &["evaluate"][..],
        &["evaluate", "-", "--date", "demain"],
        &["inconnu"],
    ] {
        assert_eq!(run(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn the_command_line_searches_as_the_box_does() {
    let cases = [
        ("d1o2b", ["3.9", "3.15", "3.16"]),
        ("vulnerabilté critique", ["3.14", "3.15", "3.16"]),
        ("31/03/2027", ["4.4", "1.6", "2.5"]),
    ];
    for (query, good) in cases {
        let done = run(&["search", "--json", "--questions", query]);
        let answer: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
        let first = answer["resultats"][0]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        assert!(good.contains(&first.as_str()), "{query}: {answer}");
    }
}

#[test]
fn faults_of_the_content_are_told_all_at_once_and_the_last_good_site_stays() {
    let projet = Projet::copy();
    assert!(projet.sitegen(&["build", "--out", "dist"]).status.success());
    let before = std::fs::read(projet.path("dist/faq/3-16/index.html")).expect("a good page");
    let projet = projet
        .with_change(
            "content/faq/objectifs/3.16.md",
            "numero = \"3.16\"",
            "numero = \"3.16\"\ncouleur = \"bleue\"",
        )
        .with_change(
            "content/faq/candidature/1.5.md",
            "param(\"candidature_limite\")",
            "param(\"candidature_limit\")",
        )
        .with_change(
            "content/programme.toml",
            "source = \"3.27\"",
            "source = \"3.99\"",
        )
        .without("content/faq/declaration/4.7.md");
    let done = projet.sitegen(&["build", "--out", "dist"]);
    let err = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(1), "{err}");
    for told in [
        "couleur",
        "candidature_limit",
        "candidature_limite",
        "3.99",
        "4.7",
        "3.16.md",
        "1.5.md",
        "programme.toml",
        "^",
    ] {
        assert!(err.contains(told), "{told} is not told: {err}");
    }
    assert_eq!(
        std::fs::read(projet.path("dist/faq/3-16/index.html")).expect("still there"),
        before
    );
}

#[test]
fn a_changed_date_changes_everywhere() {
    let projet = Projet::copy().with_change(
        "content/programme.toml",
        "valeur = 2027-03-31",
        "valeur = 2027-04-30",
    );
    // The example of that very date says that it no longer comes out, until it is mended.
    let done = projet.sitegen(&["check"]);
    let err = String::from_utf8_lossy(&done.stderr);
    assert!(err.contains("declaration-tardive.toml"), "{err}");
    let done = projet.sitegen(&["build", "--out", "dist"]);
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    for page in [
        "faq/4-4/index.html",
        "faq/1-6/index.html",
        "faq/2-5/index.html",
        "echeances/index.html",
        "index.html",
    ] {
        let text = std::fs::read_to_string(projet.path("dist").join(page))
            .expect("a page")
            .replace(['\u{a0}', '\u{202f}'], " ");
        assert!(text.contains("30 avril 2027"), "{page}");
        assert!(!text.contains("31 mars 2027"), "{page}");
    }
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let (one, two) = (Projet::copy(), Projet::copy());
    for projet in [&one, &two] {
        assert!(projet.sitegen(&["build", "--out", "dist"]).status.success());
    }
    let files = tests::site::files(&one.path("dist"));
    assert!(files.len() > 80);
    for file in files {
        let bytes =
            |projet: &Projet| std::fs::read(projet.path("dist").join(&file)).expect("both have it");
        assert_eq!(bytes(&one), bytes(&two), "{}", file.display());
    }
}

#[test]
fn an_example_that_does_not_come_out_stops_the_build() {
    let projet = Projet::copy()
        .with_change(
            "content/exemples/ecart-trop-tard.toml",
            "= \"perdu\"",
            "= \"atteint\"",
        )
        .with_change(
            "content/exemples/antepenultieme-a-60-jours.toml",
            "questions =",
            "couleur = 1\nquestions =",
        );
    let done = projet.sitegen(&["build", "--out", "dist"]);
    let err = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(1), "{err}");
    for told in [
        "l'exemple « ecart-trop-tard » ne donne pas ce qu'il annonce",
        "content/exemples/ecart-trop-tard.toml:",
        "le calcul donne « perdu »",
        "clé inconnue `couleur`",
        "content/exemples/antepenultieme-a-60-jours.toml:",
    ] {
        assert!(err.contains(told), "{told} is not told: {err}");
    }
}

/// Two audits 101 days apart, the second one planned: the gap can still be mended in May, no more in August.
fn plan(date: &str, json: bool) -> (Option<i32>, String) {
    let projet = Projet::copy().with_file("dossier.json", DOSSIER);
    let mut arguments = vec!["plan", "dossier.json", "--date", date];
    arguments.extend(json.then_some("--json"));
    let done = projet.sitegen(&arguments);
    let out = String::from_utf8_lossy(&done.stdout).replace(['\u{a0}', '\u{202f}'], " ");
    (done.status.code(), out)
}

#[test]
fn a_plan_is_told_in_french_or_as_one_line_of_json() {
    let (code, out) = plan("2026-05-10", false);
    assert_eq!(code, Some(0));
    assert!(out.starts_with("Plan au 10 mai 2026\n"), "{out}");
    assert!(out.contains("audits à venir, réserve de 7 jours"), "{out}");
    let (code, out) = plan("2026-05-10", true);
    assert_eq!((code, out.lines().count()), (Some(0), 1));
    let read: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let audits = read["sujets"][0]["audits"].as_array().expect("audits");
    assert!(audits.len() >= 3, "{out}");
    let day = |audit: &serde_json::Value| audit["date"].as_str().unwrap_or_default().to_owned();
    assert!(day(&audits[0]).as_str() <= "2026-08-14", "{out}");
}

#[test]
fn what_no_plan_mends_is_said() {
    let (code, out) = plan("2026-11-23", false);
    assert_eq!(code, Some(0));
    assert!(out.contains("aucun plan ne tient. 101 jours"), "{out}");
}

#[test]
fn a_reserve_out_of_bounds_is_a_misuse() {
    for days in ["-1", "61", "x"] {
        let arguments = ["plan", "-", "--date", "2026-05-10", "--reserve-jours", days];
        assert_eq!(run(&arguments).status.code(), Some(2), "{days}");
    }
}
