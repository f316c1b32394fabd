//! The points in doubt: each is complete, and none of those that a reader must know is missing.

use tests::site::repository;

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
