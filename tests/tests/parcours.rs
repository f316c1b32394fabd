//! From a list of fifteen establishments in a spreadsheet to the whole answer, as one who sees the calculator for the first
//! time: the sheets keep their own headings, and the keyboard alone brings them in.

use serde_json::Value;
use std::fmt::Write as _;
use tests::outils::copied_from_calc;
use tests::scene::{Stage, TODAY, TODAY_ISO, control, put_on_clipboard, tab_to, wait_until_ready};
use tests::{Page, PageOptions, site};

const ESTABLISHMENTS: [&str; 15] = [
    "CHU de Valmont",
    "CH d'Arbois-les-Bains",
    "CH de Brécourt",
    "CH Saint-Éloi",
    "CH de Vireux",
    "CH intercommunal Nord-Plaine",
    "Hôpital local de Montrieux",
    "Hôpital de proximité Les Tilleuls",
    "CH de Portanges",
    "CH Le Mas Vert",
    "EPSM de la Vallée",
    "CH de Grandval",
    "Hôpital Sainte-Anne de Lure",
    "CH de Saulx",
    "Centre de réadaptation La Fontaine",
];

/// Each directory, the first of its six audits: every eight weeks from there.
const DIRECTORIES: [(&str, [&str; 6]); 5] = [
    (
        "AD CHU",
        [
            "27/04/2026",
            "22/06/2026",
            "17/08/2026",
            "12/10/2026",
            "07/12/2026",
            "01/02/2027",
        ],
    ),
    (
        "AD Nord",
        [
            "04/05/2026",
            "29/06/2026",
            "18/08/2026",
            "19/10/2026",
            "14/12/2026",
            "08/02/2027",
        ],
    ),
    (
        "AD Sud",
        [
            "11/05/2026",
            "06/07/2026",
            "19/08/2026",
            "26/10/2026",
            "21/12/2026",
            "15/02/2027",
        ],
    ),
    (
        "AD Saint-Éloi",
        [
            "18/05/2026",
            "13/07/2026",
            "07/09/2026",
            "02/11/2026",
            "28/12/2026",
            "22/02/2027",
        ],
    ),
    (
        "AD EPSM",
        [
            "19/05/2026",
            "14/07/2026",
            "08/09/2026",
            "03/11/2026",
            "29/12/2026",
            "23/02/2027",
        ],
    ),
];

const PERIMETERS: [(&str, [&str; 6]); 3] = [
    (
        "Exposition CHU et sud",
        [
            "06/05/2026",
            "02/07/2026",
            "27/08/2026",
            "22/10/2026",
            "17/12/2026",
            "11/02/2027",
        ],
    ),
    (
        "Exposition nord",
        [
            "12/05/2026",
            "07/07/2026",
            "01/09/2026",
            "27/10/2026",
            "22/12/2026",
            "16/02/2027",
        ],
    ),
    (
        "Exposition psychiatrie",
        [
            "18/05/2026",
            "13/07/2026",
            "07/09/2026",
            "02/11/2026",
            "28/12/2026",
            "22/02/2027",
        ],
    ),
];

/// The names of the establishments, cut into as many parts as there are things to cover.
fn shared(parts: usize, part: usize) -> String {
    let names = ESTABLISHMENTS.iter().enumerate();
    let names = names.filter(|(rank, _)| rank % parts == part);
    names.map(|(_, name)| *name).collect::<Vec<_>>().join(" | ")
}

/// The sheets of the list: the table that each is, and its rows.
fn sheets() -> Vec<(&'static str, String)> {
    let mut entities =
        "N°;FINESS juridique;Établissement;Statut;Activité combinée 2022;Référent\n".to_owned();
    for (name, rank) in ESTABLISHMENTS.iter().zip(1..) {
        writeln!(
            entities,
            "{rank};{};{name};Public;{};M. X",
            210_780_000 + rank * 137,
            rank * 4_321
        )
        .expect("a text");
    }
    let mut directories = "Domaine AD;Établissements;Hébergement\n".to_owned();
    let mut audits = "Date de l'audit;Domaine AD;Score ADS\n".to_owned();
    for (rank, (name, days)) in DIRECTORIES.iter().enumerate() {
        writeln!(
            directories,
            "{name};{};local",
            shared(DIRECTORIES.len(), rank)
        )
        .expect("a text");
        for day in days {
            writeln!(audits, "{day};{name};2").expect("a text");
        }
    }
    let mut perimeters = "Périmètre;Établissements\n".to_owned();
    let mut exposures = "Périmètre;Date;Outil;CVSS max\n".to_owned();
    for (rank, (name, days)) in PERIMETERS.iter().enumerate() {
        writeln!(perimeters, "{name};{}", shared(PERIMETERS.len(), rank)).expect("a text");
        for (day, rank) in days.iter().zip(0..) {
            let (tool, score) = if rank < 3 {
                ("SILENE", "")
            } else {
                ("Industriel", "6,5")
            };
            writeln!(exposures, "{name};{day};{tool};{score}").expect("a text");
        }
    }
    vec![
        ("entites", entities),
        ("annuaires", directories),
        ("annuaires-audits", audits),
        ("perimetres", perimeters),
        ("perimetres-audits", exposures),
        (
            "exercices",
            "Date de l'exercice;Établissements;Organisateur;Preuve\n06/10/2025;CHU de Valmont;Interne;RETEX\n".into(),
        ),
    ]
}

/// Brings a table in by keyboard, the focus on the button that opens the dialog; how many keys that took, the two of
/// Ctrl+V counted.
fn bring(page: &Page, table: &str, copied: &str) -> usize {
    let spreadsheet = page.sibling();
    spreadsheet.eval(
        "(() => { const t = document.createElement('textarea'); document.body.append(t); t.focus(); })()",
    );
    put_on_clipboard(&spreadsheet, copied);
    page.press("Enter");
    page.wait_for("document.querySelector('[data-dialogue=importer]').open");
    control(page, "v", "paste");
    let rows = copied.lines().count() - 1;
    page.wait_for(&format!(
        "document.querySelectorAll('.importer [data-slot=lignes] > tr').length === {rows}"
    ));
    let shown = page.text(".importer");
    assert_eq!(
        page.eval("document.querySelector('#importer-table').value"),
        table,
        "{shown}"
    );
    assert_eq!(page.count(".importer [data-fautive]"), 0, "{shown}");
    let tabs = tab_to(page, "prendre", 4);
    page.press("Enter");
    page.wait_for("!document.querySelector('[data-dialogue=importer]').open");
    assert_eq!(
        page.eval("document.activeElement.dataset.action"),
        "coller",
        "where it began"
    );
    // Enter, Ctrl+V, Tab as often as told, Enter.
    1 + 2 + tabs + 1
}

/// Every list, from the top of a blank page.
fn bring_all(page: &Page, stage: &Stage) {
    let folder = stage.browser.downloads().join("liste");
    std::fs::create_dir_all(&folder).expect("a folder");
    let sheets = sheets();
    let copied = copied_from_calc(&folder, &sheets);
    let before = tab_to(page, "coller", 24);
    for ((name, _), copied) in sheets.iter().zip(&copied) {
        let keys = bring(page, &name.replace('-', "/"), copied);
        assert!(keys <= 5, "{name}: {keys} keys");
        if *name == "annuaires-audits" {
            // Less than a minute, were each key a whole second.
            assert!(before + keys <= 30, "thirty audits: {before} + {keys} keys");
            let audits = "[data-liste=annuaires] [data-liste=audits] > [data-ligne]";
            assert_eq!(page.count(audits), 30);
        }
    }
    assert_eq!(page.count("[data-liste=entites] > [data-ligne]"), 15);
    assert_eq!(
        page.count("[data-liste=perimetres] [data-liste=audits] > [data-ligne]"),
        18
    );
}

/// Each objective's verdict on the page is that of the command line on the file that the page saves.
fn same_verdicts(page: &Page, stage: &Stage) {
    let file = stage.download(
        page,
        "enregistrer",
        "dossier-care-ght-des-quatre-vallees.json",
    );
    let done = site::run(&[
        "evaluate",
        &file.to_string_lossy(),
        "--date",
        TODAY_ISO,
        "--json",
    ]);
    let evaluation: Value = serde_json::from_slice(&done.stdout).expect("one line of JSON");
    let objectives = evaluation["objectifs"].as_object().expect("objectives");
    for (code, result) in objectives {
        let shown = page.eval(&format!(
            "document.querySelector('[data-objectif=\"{code}\"]').dataset.verdict"
        ));
        assert_eq!(shown, result["verdict"], "{code}");
    }
    let expected = [
        ("D1.O1.A", "prevu"),
        ("D1.O1.B", "atteint"),
        ("D1.O2.A", "prevu"),
        ("D1.O2.B", "prevu"),
    ];
    for (code, verdict) in expected {
        assert_eq!(
            objectives[code]["verdict"], verdict,
            "{code}: {}",
            objectives[code]
        );
    }
}

fn from_a_list_to_the_answer(options: PageOptions) {
    let stage = Stage::new();
    let page = stage.browser.page(options);
    page.goto(&stage.nginx.url("calculateur/"));
    wait_until_ready(&page);
    bring_all(&page, &stage);

    page.fill("#aujourdhui", TODAY);
    page.choose("#candidat-type", "ght");
    page.fill("#candidat-nom", "GHT des Quatre-Vallées");
    page.fill("#phase-debut", "20/03/2026");
    page.fill("#phase-validation", "15/04/2026");
    page.fill("#phase-declaration", "15/03/2027");
    page.press("Tab");
    page.wait_for(
        "document.querySelector('[data-objectif=\"D1.O2.B\"]')?.dataset.verdict === 'prevu'",
    );
    same_verdicts(&page, &stage);

    // The soonest audit comes first, and says whether what is still to do is planned.
    page.reach("#resultats");
    page.wait_for("document.querySelectorAll('[data-slot=prochains] tbody > tr').length === 8");
    let first = page
        .text("[data-slot=prochains] tbody > tr")
        .replace('\u{a0}', " ");
    assert!(
        first.contains("Exposition CHU et sud") && first.contains("tous prévus"),
        "{first}"
    );
    // An audit without a score is asked for by its directory's name.
    let audit = "[data-liste=annuaires] > :nth-child(2) [data-liste=audits] > :nth-child(6)";
    page.fill(&format!("{audit} [data-champ=score]"), "");
    page.wait_for("document.querySelector('.manques')?.textContent.includes('Annuaire «\u{a0}AD Nord\u{a0}»')");
    one_sheet_to_sign(&page);
    page.assert_quiet(&stage.nginx.url(""));
}

/// What fourteen establishments lack is told once, with their names, on three pages at most.
fn one_sheet_to_sign(page: &Page) {
    page.reach("#emporter");
    page.wait_for("document.querySelector('[data-module=calculateur][data-entier]')");
    page.click("[data-action=fiche]");
    page.wait_for("!document.querySelector('[data-role=fiche]').hidden");
    let sheet = page.text("[data-role=fiche]").replace('\u{a0}', " ");
    assert!(
        sheet.contains("14 entités (CH d'Arbois-les-Bains, CH de Brécourt, "),
        "{sheet}"
    );
    assert!(!sheet.contains("Autres points ouverts"), "{sheet}");
    page.click("[data-action=demander-lien]");
    page.click("[data-action=faire-lien]");
    let link = "document.querySelector('[data-role=lien]').value";
    page.wait_for(&format!("{link} !== ''"));
    let length = page.eval(&format!("{link}.length"));
    assert!(
        length.as_u64().is_some_and(|length| length < 1_500),
        "{length} characters"
    );
    page.press("Escape");
    let pages = String::from_utf8_lossy(&page.pdf())
        .matches("/Type /Page\n")
        .count();
    assert!((1..=3).contains(&pages), "{pages} pages");
}

#[test]
fn from_a_list_to_the_answer_on_a_desktop() {
    from_a_list_to_the_answer(PageOptions::desktop());
}

#[test]
fn from_a_list_to_the_answer_on_a_phone() {
    from_a_list_to_the_answer(PageOptions::phone());
}
