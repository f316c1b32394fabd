//! The content: the points in doubt are told whole, the faults of its files are said at their place, the operator's
//! fields reach the pages.

use tests::projet::Projet;
use tests::site::{repository, run};

fn text() -> String {
    let file = repository().join("content/pages/points-a-confirmer.md");
    std::fs::read_to_string(file).expect("the page")
}

/// Both readings, what each changes, what the calculator does, whom to ask, a question to copy, a source.
#[test]
fn every_point_is_told_whole() {
    let text = text();
    let points: Vec<&str> = text.split("\n### ").skip(1).collect();
    assert!(points.len() >= 70, "{} points", points.len());
    for point in points {
        let title = point.lines().next().unwrap_or_default();
        for part in [
            "{#",
            "- **Le texte.** ",
            "- **Ce que cela change.** ",
            "- **Le calculateur**",
            "- **À qui demander.** ",
            "\n> Domaine 1 bis",
        ] {
            assert!(point.contains(part), "{title}: no « {part} »");
        }
        let question = point.split("\n> ").nth(1).unwrap_or_default();
        assert!(question.contains('?'), "{title}: nothing is asked");
        assert!(point.contains("](faq:"), "{title}: no source");
    }
}

/// The places where the official text is known to have two readings.
#[test]
fn the_known_doubts_are_there() {
    let text = text();
    for (doubt, anchor, sources) in [
        ("60 days, two months, 7 July", "premier-audit", &["3.1"][..]),
        ("100, under 100", "cent-jours", &["3.9", "3.16"]),
        ("over 9, critical", "cvss-neuf", &["3.15"]),
        ("staff only, contractors", "etp", &["3.26", "3.29"]),
        ("publication, phase", "avant-la-phase", &["2.5", "2.2"]),
        (
            "a vulnerability, a critical one",
            "avant-dernier",
            &["3.15", "3.16"],
        ),
        ("all, a share", "tout-ou-part", &["3.17", "1.3"]),
        ("proof by organiser", "preuve-exercice", &["3.20", "3.21"]),
        (
            "what the mean counts",
            "calcul-de-la-moyenne",
            &["3.1", "3.16"],
        ),
        ("the activity threshold", "seuil-activite", &["1.3", "1.4"]),
        ("the 18 months", "dix-huit-mois", &["3.32"]),
    ] {
        let point = text
            .split("\n### ")
            .find(|p| p.contains(&format!("{{#{anchor}}}")));
        let point = point.unwrap_or_else(|| panic!("no point on {doubt}"));
        for source in sources {
            assert!(
                point.contains(&format!("](faq:{source})")),
                "{doubt}: {source}"
            );
        }
    }
}

/// What `check` says of a content with this text put at the end of a file.
#[track_caller]
fn refuse(file: &str, added: &str, expected: &[&str]) {
    let path = format!("content/{file}");
    let old = std::fs::read_to_string(repository().join(&path)).expect("the file");
    let projet = Projet::copy().with_file(&path, &format!("{old}\n{added}\n"));
    let done = projet.sitegen(&["check"]);
    let said = String::from_utf8_lossy(&done.stderr).replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!(done.status.code(), Some(1), "{said}");
    let line = old.lines().count() + 2;
    for part in expected {
        let part = part.replace("LINE", &line.to_string());
        assert!(said.contains(&part), "{part}\n{said}");
    }
}

#[test]
fn the_glossary_s_faults_are_said_at_their_place() {
    let term = |name: &str, rest: &str| {
        format!("[[terme]]\nterme = \"{name}\"\ndefinition = \"Un mot.\"\n{rest}")
    };
    let dead = term("Zygomatique", "questions = [\"3.1\"]");
    refuse(
        "glossaire.toml",
        &dead,
        &["terme mort : « Zygomatique »", "content/glossaire.toml:"],
    );
    let unknown = term("Dossier", "questions = [\"3.99\"]\nvoir = [\"ADZ\"]");
    refuse(
        "glossaire.toml",
        &unknown,
        &[
            "la question 3.99 n'existe pas",
            "« ADZ » n'est pas dans le glossaire",
            "vouliez-vous écrire « AD",
        ],
    );
    let twice = term("ADS", "questions = [\"3.1\"]");
    refuse("glossaire.toml", &twice, &["« ADS » est donné deux fois"]);
}

#[test]
fn a_typed_date_or_duration_is_refused() {
    refuse(
        "guide/roles.md",
        "Avant le 7 juillet 2026, en 60 jours.",
        &[
            "content/guide/roles.md:LINE:10",
            "param(\"premier_audit_limite\")",
            "content/guide/roles.md:LINE:",
            "param(\"intervalle_moyen_jours\")",
        ],
    );
}

/// Unfilled: a mark on the page and one warning. Filled: the words on the page and no warning.
#[test]
fn the_operator_s_fields_reach_the_pages() {
    let done = run(&["check"]);
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(
        done.status.success() && said.contains("exploitant"),
        "{said}"
    );
    let page = |projet: &Projet| {
        let out = projet.path("dist");
        let done = projet.sitegen(&["build", "--out", &out.to_string_lossy()]);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "{said}");
        std::fs::read_to_string(out.join("mentions-legales/index.html")).expect("the page")
    };
    let unfilled = page(&Projet::copy());
    assert!(unfilled.contains("à compléter par l’exploitant"));
    let filled = Projet::copy().with_change(
        "content/site.toml",
        "directeur_publication = \"\"",
        "directeur_publication = \"Camille Essai\"",
    );
    let filled = page(&filled);
    assert!(filled.contains("Camille Essai"));
    assert_eq!(
        filled.matches("compléter par l’exploitant").count() + 1,
        unfilled.matches("compléter par l’exploitant").count()
    );
}
