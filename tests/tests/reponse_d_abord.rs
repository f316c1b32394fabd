//! The answer first: one line per objective before the form, one voice, what is late marked; rows pasted, copied and
//! put back beside each list; 320 px, reduced motion, reload and the way back.

use serde_json::json;
use tests::scene::Stage;
use tests::{Page, PageOptions};

fn example<'b>(stage: &'b Stage, options: PageOptions) -> Page<'b> {
    let page = stage.calculator(options);
    page.click("[data-action=exemple]");
    page.wait_for("document.querySelectorAll('[data-objectif]').length > 8");
    settled(&page);
    page
}

/// Nothing of the page is late, and the form is kept with the tab.
fn settled(page: &Page) {
    page.wait_for("!document.querySelector('[data-en-retard],[data-en-attente]')");
    page.wait_for("new Promise((done) => setTimeout(() => done(true), 400))");
}

/// Code, verdict and reason of each line, of each card, and the verdicts of the summary.
const LINES: &str = "[...document.querySelectorAll('.essentiel-ligne')].map(l => [l.dataset.verdict, \
    l.querySelector('[data-slot=verdict]').textContent, l.querySelector('[data-slot=surtitre]').textContent])";
const CARDS: &str = "[...document.querySelectorAll('[data-objectif]')].map(l => [l.dataset.verdict, \
    l.querySelector('[data-slot=verdict]').textContent, l.querySelector('[data-slot=surtitre]').textContent])";
const SUMMARY: &str = "[...document.querySelectorAll('.resume-ligne')].map(l => [l.dataset.verdict, \
    l.querySelector('[data-slot=verdict]').textContent, l.querySelector('[data-slot=surtitre]').textContent])";

fn a_line_per_objective(options: PageOptions) {
    let stage = Stage::new();
    let page = stage.calculator(options);
    assert_eq!(
        page.eval("document.querySelector('#essentiel').open"),
        false,
        "nothing to say of a blank form"
    );
    page.click("[data-action=exemple]");
    page.wait_for("document.querySelector('#essentiel').open");
    page.wait_for("document.querySelectorAll('.essentiel-ligne').length > 8");
    let row = "[data-liste=perimetres] > :nth-child(1) [data-liste=audits] > :nth-child(4)";
    for value in ["9,5", "3"] {
        page.fill(&format!("{row} [data-champ=cvss_max]"), value);
        page.wait_for("!document.querySelector('[data-en-attente]')");
        assert_eq!(page.eval(LINES), page.eval(CARDS));
        assert_eq!(page.eval(LINES), page.eval(SUMMARY));
    }
    let silent = page.eval(
        "[...document.querySelectorAll('.essentiel-ligne')].filter(l => !l.querySelector('[data-slot=raison]').textContent.trim() || !l.querySelector('[data-slot=sources] a')).map(l => l.textContent)",
    );
    assert_eq!(silent, json!([]), "each says why, and from where");
    let margins = page.eval("[...document.querySelectorAll('.essentiel-ligne [data-slot=mesures]:not([hidden])')].map(m => m.textContent.trim().split(/\\s/)[0])");
    let margins = margins.as_array().expect("margins");
    assert!(
        margins.len() > 2 && margins.iter().all(|name| name == "Marge"),
        "{margins:?}"
    );
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn a_line_per_objective_says_what_decides_before_the_form() {
    a_line_per_objective(PageOptions::desktop());
    a_line_per_objective(PageOptions::phone());
}

#[test]
fn verdicts_of_one_frame_agree_and_what_is_late_is_marked() {
    let stage = Stage::new();
    let page = example(&stage, PageOptions::desktop());
    // At every change of the summary: the cards and the lines say the same, and what is not done yet is marked.
    page.eval(&format!(
        "window.mixtures = []; window.changes = 0; new MutationObserver(() => {{ window.changes += 1; \
         const lines = JSON.stringify({LINES}); \
         if (lines !== JSON.stringify({CARDS}) || lines !== JSON.stringify({SUMMARY})) mixtures.push(lines); \
         if (!document.querySelector('#resultats[data-en-retard]')) mixtures.push('not marked'); \
         }}).observe(document.querySelector('.resume-lignes'), {{ subtree: true, childList: true, characterData: true }})"
    ));
    let row = "[data-liste=perimetres] > :nth-child(1) [data-liste=audits]";
    page.fill(
        &format!("{row} > :nth-child(6) [data-champ=cvss_max]"),
        "9,5",
    );
    page.fill(&format!("{row} > :nth-child(6) [data-champ=cvss_max]"), "2");
    page.wait_for("!document.querySelector('[data-en-retard],[data-en-attente]')");
    assert!(
        page.eval("changes").as_u64().unwrap_or(0) > 1,
        "verdicts changed"
    );
    assert_eq!(page.eval("mixtures"), json!([]));
    // A field that is not understood: all that shows verdicts is marked.
    page.fill("#phase-debut", "31/02/2026");
    page.wait_for("document.querySelectorAll('[data-en-attente]').length === document.querySelectorAll('[data-verdicts]').length");
    assert!(page.count("[data-verdicts]") >= 6);
}

#[test]
fn the_page_has_one_polite_voice() {
    let stage = Stage::new();
    let page = stage.calculator(PageOptions::desktop());
    let voices = "document.querySelectorAll('[data-module=calculateur] :is([role=status],[aria-live]):not(dialog *)').length";
    assert_eq!(page.eval(voices), 1);
    let voice = "document.querySelector('[data-role=voix]').textContent.replace(/\\s/g, ' ')";
    page.click("[data-action=exemple]");
    page.wait_for(&format!("{voice}.includes('les résultats sont à jour')"));
    let said = page.eval(voice);
    assert!(
        said.as_str()
            .is_some_and(|said| said.contains("Dossier : ")),
        "{said}"
    );
    page.fill("#phase-debut", "31/02/2026");
    page.wait_for(&format!("{voice}.includes('En attente')"));
}

/// What would be copied in a spreadsheet.
fn paste(page: &Page, button: &str, rows: &str) {
    page.click(button);
    page.wait_for("document.querySelector('[data-dialogue=importer]').open");
    page.call("Input.insertText", json!({ "text": rows }));
    page.wait_for("!document.querySelector('[data-action=prendre]').disabled");
}

fn rows_beside_their_list(options: PageOptions) {
    let stage = Stage::new();
    let page = stage.calculator(options);
    let entities = "document.querySelectorAll('[data-liste=entites] > *').length";
    paste(
        &page,
        "#etape-entites [data-action=coller]",
        "Nom\tActivité combinée\nCH Un\t12000\nCH Deux\t9000",
    );
    page.click("[data-action=prendre]");
    page.wait_for(&format!("{entities} === 2"));
    page.click("[data-action=annuler-retrait]");
    page.wait_for(&format!("{entities} === 0"));
    assert!(page.text("[data-role=message]").contains("celle d’avant"));

    paste(
        &page,
        "#etape-entites [data-action=coller]",
        "CH Un\t12000\nCH Deux\t9000",
    );
    page.click("[data-action=prendre]");
    page.wait_for(&format!("{entities} === 2"));
    page.click("[data-liste=entites] > :nth-child(1) [data-action=dupliquer]");
    page.wait_for(&format!("{entities} === 3"));
    let copied = page.eval("[...document.querySelectorAll('[data-liste=entites] > :nth-child(3) [data-champ]')].map(c => c.value).slice(0, 2)");
    assert_eq!(copied[0], "CH Un");
    assert_eq!(page.eval("document.activeElement.dataset.champ"), "nom");

    // The list of a directory's audits has its own button; a copy waits for its own date.
    page.click("#etape-annuaires > .liste-boutons [data-action=ajouter]");
    paste(
        &page,
        "[data-liste=annuaires] > * .sous-bloc [data-action=coller]",
        "05/05/2026\t3\n02/07/2026\t2",
    );
    page.click("[data-action=prendre]");
    let audits =
        "document.querySelectorAll('[data-liste=annuaires] [data-liste=audits] > *').length";
    page.wait_for(&format!("{audits} === 2"));
    page.click(
        "[data-liste=annuaires] [data-liste=audits] > :nth-child(2) [data-action=dupliquer]",
    );
    page.wait_for(&format!("{audits} === 3"));
    let copy = page.eval("[...document.querySelectorAll('[data-liste=annuaires] [data-liste=audits] > :nth-child(3) [data-champ]')].map(c => c.value).slice(0, 2)");
    assert_eq!(copy, json!(["", "2"]));
    assert_eq!(page.eval("document.activeElement.dataset.champ"), "date");
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn rows_are_pasted_copied_and_put_back_beside_their_list() {
    rows_beside_their_list(PageOptions::desktop());
    rows_beside_their_list(PageOptions::phone());
}
