//! The second part of the calculator's module: not there until a section that needs it comes near or is used.

use std::process::Command;
use tests::scene::{Stage, field, row, wait_until_ready};
use tests::{Browser, Page, PageOptions, site};

/// What a visitor downloads before the first verdict may weigh, in bytes of brotli.
const FIRST_PART: u32 = 100_000;

/// The one script of the search, engine and index together.
const SEARCH: u32 = 60_000;

/// How often the page asked for it.
fn asked(page: &Page) -> usize {
    let requests = page.requests();
    requests.iter().filter(|r| r.contains("/suite.")).count()
}

fn a_dossier_is_typed_without_it(options: PageOptions) {
    let stage = Stage::new();
    let page = stage.calculator(options);
    page.choose("#candidat-type", "ght");
    page.fill("#phase-debut", "20/03/2026");
    page.wait_for("document.querySelector('[data-objectif=CAND]')?.dataset.verdict");
    assert_eq!(asked(&page), 0, "typing needs the first part only");
    page.reach("#frise");
    page.wait_for("document.querySelector('[data-module=calculateur][data-entier]')");
    page.reach("#section-candidat");
    page.reach("#matrice");
    assert_eq!(asked(&page), 1, "asked for once, when reached");
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn a_dossier_is_typed_without_it_on_a_desktop() {
    a_dossier_is_typed_without_it(PageOptions::desktop());
}

#[test]
fn a_dossier_is_typed_without_it_on_a_phone() {
    a_dossier_is_typed_without_it(PageOptions::phone());
}

#[test]
fn a_button_waits_for_it_and_a_lost_network_is_said() {
    let stage = Stage::new();
    let page = stage.calculator(PageOptions::desktop());
    page.set_offline(true);
    page.click("[data-action=coller]");
    page.wait_for(
        "document.querySelector('[data-role=message]').textContent.includes('pas pu être chargée')",
    );
    assert_eq!(page.count("dialog[open]"), 0);
    page.set_offline(false);
    page.click("[data-action=coller]");
    page.wait_for("document.querySelector('[data-dialogue=importer]').open");
}

#[test]
fn it_comes_from_a_disk_too() {
    let browser = Browser::launch();
    let page = browser.page(PageOptions::phone());
    let file = site::built().join("calculateur/index.html");
    page.goto(&format!("file://{}", file.display()));
    wait_until_ready(&page);
    page.reach("#frise");
    page.wait_for("document.querySelector('[data-module=calculateur][data-entier]')");
    page.assert_quiet("file://");
}

#[test]
fn a_table_pasted_first_of_all_is_taken() {
    let stage = Stage::new();
    let page = stage.calculator(PageOptions::desktop());
    page.click("#etape-entites [data-action=ajouter]");
    let name = field(&row("[data-liste=entites]", 1), "nom");
    page.eval(&format!(
        "(() => {{ const data = new DataTransfer(); data.setData('text/plain', 'Nom\\nCHU\\nCH Deux\\n'); \
         return document.querySelector('{name}').dispatchEvent(new ClipboardEvent('paste', {{ clipboardData: data, bubbles: true, cancelable: true }})); }})()"
    ));
    page.wait_for("document.querySelector('[data-dialogue=importer]').open");
    page.wait_for(
        "document.querySelectorAll('[data-dialogue=importer] [data-slot=lignes] > *').length === 2",
    );
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn what_travels_keeps_to_its_weight() {
    let done = Command::new("python3")
        .arg(site::repository().join("tests/bench/taille.py"))
        .arg(site::built())
        .output()
        .expect("python3 and brotli");
    let said = String::from_utf8_lossy(&done.stdout).replace(',', "");
    let weight = |before: &str, mark: &str| -> u32 {
        let line = said.lines().find_map(|line| line.strip_prefix(before));
        let number = line.and_then(|line| line.split_once(mark)?.1.split(' ').next()?.parse().ok());
        number.unwrap_or_else(|| panic!("{said}\n{}", String::from_utf8_lossy(&done.stderr)))
    };
    let first = weight("first part:", " ");
    assert!(first <= FIRST_PART, "{first} bytes");
    let search = weight("search:", "its whole script ");
    assert!(search <= SEARCH, "{search} bytes");
}

/// The calculator with its example open and its picture in sight.
fn picture(stage: &Stage) -> Page<'_> {
    let page = stage.calculator(PageOptions::desktop());
    page.click("[data-action=exemple]");
    page.reach("#frise");
    page.wait_for(
        "document.querySelector('.frise-rang') && !document.querySelector('[aria-busy]')",
    );
    page
}

/// Types a bad score as the last one of the first directory, in one task with what follows.
const BAD_SCORE: &str = "const f = [...document.querySelectorAll('[data-liste=annuaires] > :first-child [data-champ=score]')].findLast((f) => f.value); \
     f.value = '1'; f.dispatchEvent(new Event('input', { bubbles: true }));";

#[test]
fn a_view_that_lags_behind_the_verdicts_says_so() {
    let stage = Stage::new();
    let page = picture(&stage);
    let busy = page.eval(&format!(
        "(() => {{ {BAD_SCORE} return ['frise', 'matrice', 'essai'].map((id) => document.getElementById(id).ariaBusy).join(); }})()"
    ));
    assert_eq!(busy, "true,true,true");
    page.wait_for("!document.querySelector('[aria-busy]')");
    page.wait_for("document.querySelector('.frise-rang [data-verdict=non_atteint]')");
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn paper_gets_no_view_that_lags() {
    let stage = Stage::new();
    let page = picture(&stage);
    let late = page.eval(&format!(
        "(() => {{ {BAD_SCORE} dispatchEvent(new Event('beforeprint')); return [ \
         document.querySelectorAll('[aria-busy], [data-en-retard]').length, \
         document.querySelectorAll('.frise-rang [data-verdict=non_atteint], .matrice-case [data-verdict=non_atteint]').length > 1]; }})()"
    ));
    assert_eq!(late, serde_json::json!([0, true]));
    page.assert_quiet(&stage.nginx.url(""));
}
