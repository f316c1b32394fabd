//! The calculator in a real browser, used as a person uses it.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tests::scene::{Stage, TODAY_ISO, field, row, wait_for_verdict};
use tests::{Browser, Page, PageOptions, site};

/// Two establishments, by typing.
fn enter_entities(page: &Page) {
    page.choose("#candidat-type", "ght");
    page.fill("#candidat-nom", "GHT du Littoral");
    page.fill("#phase-debut", "20/03/2026");
    page.fill("#phase-validation", "15 avril 2026");
    page.fill("#phase-declaration", "2027-03-20");
    for (rank, (name, activity)) in [(1, ("CHU", "70000")), (2, ("CH Deux", "30 000"))] {
        page.click("#etape-entites [data-action=ajouter]");
        let row = row("[data-liste=entites]", rank);
        page.fill(&field(&row, "nom"), name);
        page.fill(&field(&row, "activite_combinee"), activity);
    }
}

fn enter_directory(page: &Page) {
    page.click("#etape-annuaires > .liste-boutons > [data-action=ajouter]");
    let directory = row("[data-liste=annuaires]", 1);
    page.fill(&field(&directory, "nom"), "AD principal");
    page.choose(&field(&directory, "mode"), "local");
    page.click(&format!("{directory} [data-case]:nth-of-type(1) input"));
    page.click(&format!("{directory} [data-case]:nth-of-type(2) input"));
    for (rank, (date, score)) in [(1, ("10/05/2026", "3")), (2, ("5 juillet 2026", "2"))] {
        page.click(&format!("{directory} .sous-bloc [data-action=ajouter]"));
        let audit = row(&format!("{directory} [data-liste=audits]"), rank);
        page.fill(&field(&audit, "date"), date);
        page.fill(&field(&audit, "score"), score);
    }
}

fn enter_perimeter(page: &Page, second_audit: &str) {
    page.click("#etape-perimetres > .liste-boutons > [data-action=ajouter]");
    let perimeter = row("[data-liste=perimetres]", 1);
    page.fill(&field(&perimeter, "nom"), "Exposition du GHT");
    page.click(&format!("{perimeter} [data-action=toutes]"));
    for (rank, date) in [(1, "06/05/2026"), (2, second_audit)] {
        page.click(&format!("{perimeter} .sous-bloc [data-action=ajouter]"));
        let audit = row(&format!("{perimeter} [data-liste=audits]"), rank);
        page.fill(&field(&audit, "date"), date);
        page.choose(&field(&audit, "outil"), "silene");
    }
}

fn verdict(page: &Page, objective: &str) -> String {
    let shown = page.eval(&format!(
        "document.querySelector('[data-objectif=\"{objective}\"]')?.dataset.verdict ?? ''"
    ));
    shown.as_str().unwrap_or_default().to_owned()
}

/// Saves the dossier through the page's own button and gives the downloaded file.
fn save(page: &Page, browser: &Browser) -> PathBuf {
    page.click("[data-action=enregistrer]");
    let until = Instant::now() + Duration::from_secs(15);
    loop {
        let found = std::fs::read_dir(browser.downloads())
            .into_iter()
            .flatten()
            .flatten()
            .map(|f| f.path());
        if let Some(file) = found
            .into_iter()
            .find(|f| f.extension().is_some_and(|e| e == "json"))
        {
            return file;
        }
        assert!(Instant::now() < until, "nothing was downloaded");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn evaluate(file: &Path) -> Value {
    let done = site::run(&[
        "evaluate",
        &file.to_string_lossy(),
        "--date",
        TODAY_ISO,
        "--json",
    ]);
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    serde_json::from_slice(&done.stdout).expect("one line of JSON")
}

/// The journey of a referent who finds that the grant is lost by one day.
fn a_gap_one_day_too_long(options: PageOptions) {
    let stage = Stage::new();
    let page = stage.calculator(options);
    enter_entities(&page);
    enter_directory(&page);
    enter_perimeter(&page, "14/08/2026");
    // 100 days exactly: two sentences of the text disagree, and the page says both.
    let decisive = "[data-objectif='D1.O2.A'] [data-controle='D1.O2.A/intervalle-max']";
    page.wait_for(&format!(
        "document.querySelector(\"{decisive}\")?.dataset.verdict === 'a_confirmer'"
    ));
    let readings = page.eval(&format!(
        "document.querySelector(\"{decisive}\").textContent"
    ));
    let readings = readings.as_str().unwrap_or_default();
    assert!(
        readings.contains("3.9") && readings.contains("3.16"),
        "{readings}"
    );

    let second = row(
        &format!("{} [data-liste=audits]", row("[data-liste=perimetres]", 1)),
        2,
    );
    page.fill(&field(&second, "date"), "15/08/2026");
    wait_for_verdict(&page, "D1.O2.A", "perdu");
    let decisive =
        "[data-objectif='D1.O2.A'] .resultat-decisif [data-controle='D1.O2.A/intervalle-max']";
    let reason = page.text(decisive).replace(['\u{a0}', '\u{202f}'], " ");
    assert!(
        reason.contains("101 jours entre le 6 mai et le 15 août 2026"),
        "{reason}"
    );
    assert!(reason.contains("ne peut plus être rattrapé"), "{reason}");
    for question in ["3-9", "3-16"] {
        assert_eq!(
            page.count(&format!("{decisive} a[href$='faq/{question}/']")),
            1,
            "a link to {question}"
        );
    }

    let file = save(&page, &stage.browser);
    let evaluation = evaluate(&file);
    let objectives = evaluation["objectifs"].as_object().expect("objectives");
    assert!(objectives.len() >= 5, "{objectives:?}");
    for (code, result) in objectives {
        assert_eq!(
            verdict(&page, code),
            result["verdict"].as_str().unwrap_or_default(),
            "{code}"
        );
    }
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn a_gap_one_day_too_long_is_lost_on_a_desktop() {
    a_gap_one_day_too_long(PageOptions::desktop());
}

#[test]
fn a_gap_one_day_too_long_is_lost_on_a_phone() {
    a_gap_one_day_too_long(PageOptions::phone());
}

#[test]
fn a_saved_dossier_opens_again() {
    let stage = Stage::new();
    let page = stage.calculator(PageOptions::desktop());
    enter_entities(&page);
    enter_perimeter(&page, "15/08/2026");
    wait_for_verdict(&page, "D1.O2.A", "perdu");
    let file = save(&page, &stage.browser);

    let again = stage.calculator(PageOptions::desktop());
    again.give_file("[data-role=fichier]", &file);
    wait_for_verdict(&again, "D1.O2.A", "perdu");
    let name = again.eval("document.querySelector('#candidat-nom').value");
    assert_eq!(name, "GHT du Littoral");
    again.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn a_foreign_file_is_refused_in_words_and_the_screen_kept() {
    let stage = Stage::new();
    let page = stage.calculator(PageOptions::desktop());
    page.fill("#candidat-nom", "GHT gardé");
    let foreign = stage.browser.downloads().join("photo.bin");
    std::fs::write(&foreign, [0xff, 0xd8, 0xff, 0x00]).expect("a file");
    page.give_file("[data-role=fichier]", &foreign);
    page.wait_for("document.querySelector('[data-role=message]').textContent.length > 10 || !document.querySelector('[data-role=fautes]').hidden");
    assert_eq!(
        page.eval("document.querySelector('#candidat-nom').value"),
        "GHT gardé"
    );
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn a_field_that_is_not_understood_says_so_beside_itself() {
    let stage = Stage::new();
    let page = stage.calculator(PageOptions::desktop());
    page.fill("#phase-debut", "31/02/2026");
    page.press("Tab");
    page.wait_for("!document.querySelector('#phase-debut-erreur').hidden");
    assert_eq!(
        page.eval("document.querySelector('#phase-debut').getAttribute('aria-invalid')"),
        "true"
    );
    page.fill("#phase-debut", "20/03/2026");
    page.wait_for("document.querySelector('#phase-debut-erreur').hidden");
    assert!(
        page.text("#phase-debut-compris").contains("20"),
        "the date understood, in words"
    );
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn what_is_not_used_is_folded_and_unfolds_when_it_is_needed() {
    let stage = Stage::new();
    let page = stage.calculator(PageOptions::desktop());
    let year_in_sight = "document.querySelector('#budget-annee').checkVisibility()";
    assert_eq!(page.eval(year_in_sight), false);
    page.wait_for("document.querySelector('a[href=\"#budget-annee\"]')");
    page.click("a[href='#budget-annee']");
    page.wait_for(year_in_sight);
    page.fill("#budget-annee", "2023");
    let file = save(&page, &stage.browser);

    let again = stage.calculator(PageOptions::desktop());
    again.give_file("[data-role=fichier]", &file);
    again.wait_for("document.querySelector('#budget-annee').value === '2023'");
    assert_eq!(again.eval(year_in_sight), true);
    let date_in_sight =
        again.eval("document.querySelector('#autoevaluation-date').checkVisibility()");
    assert_eq!(date_in_sight, false, "what the file leaves out is folded");
    again.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn a_row_is_added_filled_and_removed_by_keyboard() {
    let stage = Stage::new();
    let page = stage.calculator(PageOptions::desktop());
    page.eval("document.querySelector('#etape-entites [data-action=ajouter]').focus()");
    page.press("Enter");
    page.wait_for("document.querySelectorAll('[data-liste=entites] > [data-ligne]').length === 1");
    // The focus is in the new row's first field: typing goes there.
    page.type_text("Clinique");
    let first = row("[data-liste=entites]", 1);
    assert_eq!(
        page.eval(&format!(
            "document.querySelector('{} ').value",
            field(&first, "nom")
        )),
        "Clinique"
    );
    page.eval(&format!(
        "document.querySelector('{first} [data-action=retirer]').focus()"
    ));
    assert!(
        page.eval("document.activeElement.textContent")
            .as_str()
            .unwrap_or_default()
            .contains("Clinique"),
        "the button names its row"
    );
    page.press("Enter");
    page.wait_for("document.querySelectorAll('[data-liste=entites] > [data-ligne]').length === 0");
    assert_ne!(
        page.eval("document.activeElement.tagName"),
        "BODY",
        "the focus is not lost"
    );
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn without_scripts_the_rules_are_there() {
    let stage = Stage::new();
    let page = stage.browser.page(PageOptions::desktop().without_scripts());
    page.goto(&stage.nginx.url("calculateur/"));
    let text = page.text("main");
    assert!(text.contains("JavaScript"), "{text}");
    assert!(page.count(".regles table a[href*='objectifs/']") > 15);
}
