//! Rows pasted on the calculator's page itself, without a dialog to open first; columns whose head says nothing, placed by
//! hand.

use serde_json::json;
use tests::scene::{Stage, control, field, put_on_clipboard, row};
use tests::{Page, PageOptions};

/// What is copied elsewhere, in a spreadsheet of its own.
fn copy_elsewhere(page: &Page, text: &str) {
    let spreadsheet = page.sibling();
    spreadsheet.eval(
        "(() => { const t = document.createElement('textarea'); document.body.append(t); t.focus(); })()",
    );
    put_on_clipboard(&spreadsheet, text);
}

const OPEN: &str = "document.querySelector('[data-dialogue=importer]').open";
const ROWS: &str = "document.querySelectorAll('.importer [data-slot=lignes] > tr').length";

fn table(page: &Page) -> String {
    page.eval("document.querySelector('#importer-table').value")
        .to_string()
}

fn focused_action(page: &Page) -> serde_json::Value {
    page.eval("document.activeElement.dataset.action ?? ''")
}

/// Three keys a table: the two of Ctrl+V, then Enter.
fn beside_every_field(options: PageOptions) {
    let stage = Stage::new();
    let page = stage.calculator(options);
    page.click("h1");
    for (copied, chosen, list, rows) in [
        (
            "Établissement\tActivité combinée 2022\nCHU\t70000\nCH Deux\t30000\n",
            "entites",
            "[data-liste=entites]",
            2,
        ),
        (
            "Domaine AD\tÉtablissements\nAD Nord\tCHU\nAD Sud\tCH Deux\n",
            "annuaires",
            "[data-liste=annuaires]",
            2,
        ),
        (
            "Domaine AD\tDate de l'audit\tScore ADS\nAD Nord\t12/05/2026\t3\nAD Sud\t13/05/2026\t2\n",
            "annuaires/audits",
            "[data-liste=annuaires] [data-liste=audits]",
            2,
        ),
    ] {
        copy_elsewhere(&page, copied);
        control(&page, "v", "paste");
        page.wait_for(&format!("{OPEN} && {ROWS} === {rows}"));
        assert_eq!(table(&page), json!(chosen).to_string());
        assert_eq!(page.count(".importer [data-fautive]"), 0);
        assert_eq!(focused_action(&page), "prendre");
        page.press("Enter");
        page.wait_for(&format!("!{OPEN}"));
        assert_eq!(page.count(&format!("{list} > [data-ligne]")), rows);
    }
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn a_table_pasted_beside_every_field_is_recognised() {
    beside_every_field(PageOptions::desktop());
    beside_every_field(PageOptions::phone());
}

/// One value, or a text in a field that no table holds, is pasted as anywhere else.
fn plain_pastes(options: PageOptions) {
    let stage = Stage::new();
    let page = stage.calculator(options);
    page.click("#etape-entites [data-action=ajouter]");
    let name = field(&row("[data-liste=entites]", 1), "nom");
    for (place, copied, expected) in [
        // A cell alone, as a spreadsheet copies it: with the end of its line.
        (name.as_str(), "CH Deux\n", "CH Deux"),
        ("#candidat-nom", "GHT du Val", "GHT du Val"),
        ("#candidat-nom", "GHT\tdu Val\nsuite", "GHT\tdu Val suite"),
    ] {
        copy_elsewhere(&page, copied);
        page.fill(place, "");
        control(&page, "v", "paste");
        let value = format!("document.querySelector({}).value", json!(place));
        page.wait_for(&format!("{value} === {}", json!(expected)));
        assert_eq!(page.eval(OPEN), json!(false), "{copied:?}");
    }
    // One value beside every field goes nowhere.
    copy_elsewhere(&page, "12/05/2026");
    page.click("h1");
    control(&page, "v", "paste");
    assert_eq!(page.eval(OPEN), json!(false));
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn one_value_stays_a_plain_paste() {
    plain_pastes(PageOptions::desktop());
    plain_pastes(PageOptions::phone());
}

/// A table pasted into the audits of one directory that names others goes to those that it names.
#[test]
fn heads_that_name_the_directory_are_followed() {
    let stage = Stage::new();
    let page = stage.calculator(PageOptions::desktop());
    page.click("[data-action=exemple]");
    let audits = "[data-liste=annuaires] > :nth-child(1) [data-liste=audits]";
    page.wait_for(&format!(
        "document.querySelector('{audits} > [data-ligne]')"
    ));
    let second = page.eval(
        "document.querySelector('[data-liste=annuaires] > :nth-child(2) [data-champ=nom]').value",
    );
    let second = second.as_str().expect("a name");
    copy_elsewhere(
        &page,
        &format!("Annuaire\tDate\tScore\n{second}\t12/03/2027\t3\n"),
    );
    page.click(&field(&row(audits, 1), "date"));
    control(&page, "v", "paste");
    page.wait_for(&format!("{OPEN} && {ROWS} === 1"));
    assert_eq!(table(&page), "\"annuaires/audits\"");
    assert!(!page.text(".importer").contains("Dans\u{a0}:"));
    page.press("Enter");
    page.wait_for(&format!("!{OPEN}"));
    let days = "[...document.querySelectorAll('[data-liste=annuaires] > :nth-child(2) [data-champ=date]')].map(c => c.value)";
    page.wait_for(&format!("{days}.includes('12/03/2027')"));
    page.assert_quiet(&stage.nginx.url(""));
}

/// Goes by Tab to the list of the column of that head, and chooses there.
fn place(page: &Page, head: &str, choice: &str) {
    let there = format!(
        "document.activeElement.matches('.importer-choix') && document.activeElement.previousElementSibling.textContent === {}",
        json!(head)
    );
    for _ in 0..24 {
        if page.eval(&there) == json!(true) {
            let wanted = page.eval(&format!(
                "[...document.activeElement.options].find(o => o.textContent === {}).value",
                json!(choice)
            ));
            let list = page
                .eval("`.importer-choix[data-rang=\"${document.activeElement.dataset.rang}\"]`");
            page.choose(
                list.as_str().expect("a list"),
                wanted.as_str().expect("a value"),
            );
            return;
        }
        page.press("Tab");
    }
    panic!("no Tab leads to the list of « {head} »");
}

/// Mends in the text, then takes the sound row.
fn mend_and_take(page: &Page) {
    // What is mended in the text leaves the choices as they are.
    page.eval("(t => { t.focus(); t.setSelectionRange(t.value.length - 1, t.value.length - 1); })(document.querySelector('#importer-texte'))");
    page.type_text("!");
    page.wait_for(
        "document.querySelector('.importer [data-fautive]')?.textContent.includes('douze mille!')",
    );
    assert_eq!(page.count(".importer [data-fautive]"), 1);
    page.press("Backspace");

    // The sound row is taken, the other one waits under heads that are known.
    page.click("[data-action=prendre]");
    page.wait_for(&format!("{ROWS} === 1"));
    assert!(
        page.eval("document.querySelector('#importer-texte').value")
            .as_str()
            .is_some_and(|left| left.starts_with("Nom\t") && left.contains("CH Sud\tdouze mille"))
    );
    let names = page.eval(
        "[...document.querySelectorAll('[data-liste=entites] [data-champ=nom]')].map(c => c.value)",
    );
    assert_eq!(names, json!(["CHU", "CH Nord"]));
    assert_eq!(page.count("[data-action=prendre]:disabled"), 1);
}

fn columns_by_hand(options: PageOptions) {
    let stage = Stage::new();
    let page = stage.calculator(options);
    page.click("h1");
    copy_elsewhere(&page, "Nom\tActivité\nCHU\t70000\n");
    control(&page, "v", "paste");
    page.wait_for(&format!("{OPEN} && {ROWS} === 1"));
    page.press("Enter");
    page.wait_for(&format!("!{OPEN}"));

    // Heads of which none is known: the row of heads is read as data, and nothing can be taken.
    copy_elsewhere(
        &page,
        "Code\tNotre site\tVolume\nX1\tCH Nord\t12000\nX2\tCH Sud\tdouze mille\n",
    );
    page.click("h1");
    control(&page, "v", "paste");
    page.wait_for(&format!("{OPEN} && {ROWS} === 3"));
    assert!(page.text(".importer-bilan").contains("Titres non reconnus"));
    // What cannot be pressed does not look like what can.
    let grounds = page.eval("['prendre', 'exemple'].map(a => getComputedStyle(document.querySelector(`[data-action=${a}]`)).cursor)");
    assert_eq!(grounds, json!(["not-allowed", "pointer"]));
    while page.eval("document.activeElement.dataset.role ?? ''") != "tetes" {
        page.press("Tab");
    }
    page.press(" ");
    page.wait_for(&format!("{ROWS} === 2"));
    place(&page, "Notre site", "Nom");
    place(&page, "Volume", "Activité combinée");
    // The column that was the name has given its place up.
    let code =
        "document.querySelector('.importer-choix[data-rang=\"0\"]').selectedOptions[0].textContent";
    page.wait_for(&format!("{code} === 'Ignorer'"));
    // Faults follow at once, in their cell.
    page.wait_for("document.querySelectorAll('.importer [data-fautive]').length === 1");
    let faulty = page.text(".importer [data-fautive]");
    assert!(
        faulty.contains("douze mille") && faulty.contains("CH Sud"),
        "{faulty}"
    );
    place(&page, "Volume", "Ignorer");
    page.wait_for("document.querySelectorAll('.importer [data-fautive]').length === 0");
    place(&page, "Volume", "Activité combinée");
    page.wait_for("document.querySelectorAll('.importer [data-fautive]').length === 1");

    mend_and_take(&page);
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn a_column_is_placed_by_hand_on_a_desktop() {
    columns_by_hand(PageOptions::desktop());
}

#[test]
fn a_column_is_placed_by_hand_on_a_phone() {
    columns_by_hand(PageOptions::phone());
}
