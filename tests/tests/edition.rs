//! An editor's slips: each is told with its file, its line, its caret and its remedy, all of them at once.

use tests::projet::Projet;

/// A slip: file, what stands there, what is typed instead; then what is told: place, message, remedy.
const SLIPS: [[&str; 6]; 7] = [
    [
        "faq/candidature/1.1.md",
        "titre = \"",
        "titre = ",
        "1.1.md:5:9",
        "ce TOML ne se lit pas",
        "une clé par ligne",
    ],
    [
        "faq/candidature/1.5.md",
        "param(\\\"candidature_limite\\\")",
        "param(\\\"candidature_limit\\\")",
        "1.5.md:6:56",
        "paramètre inconnu « candidature_limit »",
        "vouliez-vous écrire « candidature_limite » ?",
    ],
    [
        "faq/candidature/1.8.md",
        "\n+++\n",
        "\n+++\n[là](faq:1.99)\n",
        "1.8.md:18:1",
        "la question 1.99 n'existe pas",
        "la partie « Candidature » va de 1.1 à 1.12",
    ],
    [
        "faq/candidature/1.9.md",
        "\n+++\n",
        "\n+++\n[là](page:guide/depense)\n",
        "1.9.md:18:1",
        "la page « guide/depense » n'existe pas",
        "vouliez-vous écrire « guide/depenses » ?",
    ],
    [
        "faq/candidature/1.10.md",
        "numero = \"1.10\"",
        "numero = \"1.9\"",
        "1.10.md:2:10",
        "la question 1.9 est dans le fichier",
        "renommez-le en 1.9.md",
    ],
    [
        "faq/objectifs/3.9.md",
        "\"D1.O2.A\"",
        "\"D1.02.A\"",
        "3.9.md:7:14",
        "objectif inconnu « D1.02.A »",
        "vouliez-vous écrire « D1.O2.A » ?",
    ],
    [
        "faq/financement/2.1.md",
        "modifie = ",
        "modifié = ",
        "2.1.md:",
        "ce TOML ne se lit pas",
        "une clé par ligne",
    ],
];

#[test]
fn every_slip_is_told_at_once_with_its_place_and_its_remedy() {
    let broken = SLIPS.iter().fold(Projet::copy(), |projet, slip| {
        let [file, from, to, ..] = slip;
        projet.with_change(&format!("content/{file}"), from, to)
    });
    let twice = std::fs::read_to_string(broken.path("content/faq/candidature/1.7.md"));
    let broken = broken.with_file("content/faq/financement/1.7.md", &twice.expect("1.7"));
    let done = broken.sitegen(&["check"]);
    assert_eq!(done.status.code(), Some(1));
    let said = String::from_utf8_lossy(&done.stderr).replace('\u{a0}', " ");
    let faults: Vec<&str> = said.split("\n\n").collect();
    let double = [
        "1.7.md:2:1",
        "deux fichiers pour la question 1.7",
        "l'autre est content/faq/candidature/1.7.md",
    ];
    let told = SLIPS
        .iter()
        .map(|[_, _, _, place, message, remedy]| [*place, message, remedy]);
    for told in told.chain([double]) {
        let whole = |fault: &str| {
            let caret = fault
                .lines()
                .any(|line| line.trim_start().starts_with("| ") && line.contains('^'));
            caret && told.iter().all(|part| fault.contains(part))
        };
        assert!(faults.iter().any(|fault| whole(fault)), "{told:?}\n{said}");
    }
}
