//! « Qui bloque » on a phone: no scroll sideways, everything that a desktop shows, still a table to a screen reader.

use serde_json::{Value, json};
use tests::scene::Stage;
use tests::{Page, PageOptions};

/// The example with its matrix in sight.
fn matrix(stage: &Stage, options: PageOptions) -> Page<'_> {
    let page = stage.calculator(options);
    page.click("[data-action=exemple]");
    page.reach("#matrice");
    page.wait_for("document.querySelectorAll('#matrice tbody tr').length > 1");
    page.wait_for("!document.querySelector('#matrice[aria-busy]')");
    page
}

/// The roles of the matrix as a screen reader gets them, each with how often it comes.
fn roles(page: &Page) -> Value {
    let root = page.call("DOM.getDocument", json!({}))["root"]["nodeId"].clone();
    let table = page.call(
        "DOM.querySelector",
        json!({ "nodeId": root, "selector": "#matrice table" }),
    )["nodeId"]
        .clone();
    let mut counts = serde_json::Map::new();
    for role in ["table", "row", "columnheader", "rowheader", "cell"] {
        let asked = json!({ "nodeId": table, "role": role });
        let found = page.call("Accessibility.queryAXTree", asked);
        let found = found["nodes"].as_array().map_or(0, Vec::len);
        counts.insert(role.into(), found.into());
    }
    counts.into()
}

/// What stands in the cells, in order.
const TEXTS: &str = "[...document.querySelectorAll('#matrice :is(th, td)')].filter(c => c.checkVisibility()).map(c => c.textContent.replace(/\\s+/g, ' ').trim()).filter(Boolean)";

#[test]
fn a_phone_reads_it_without_a_scroll_sideways() {
    let stage = Stage::new();
    let desktop = matrix(&stage, PageOptions::desktop());
    let (texts, table) = (desktop.eval(TEXTS), roles(&desktop));
    assert!(
        texts.as_array().is_some_and(|texts| texts.len() > 15),
        "{texts}"
    );
    assert_eq!(table["table"], json!(1), "{table}");

    let phone = matrix(&stage, PageOptions::phone());
    assert_eq!(phone.eval(TEXTS), texts, "the same content");
    assert_eq!(roles(&phone), table, "the same table");
    let wide = "(() => { const t = document.querySelector('#matrice .tableau'); return [t.scrollWidth - t.clientWidth, document.documentElement.scrollWidth - innerWidth]; })()";
    assert_eq!(phone.eval(wide), json!([0, 0]));
    // Each cell says which objective it is of.
    let codes = "[...document.querySelectorAll('#matrice tbody tr:first-child td')].map(c => getComputedStyle(c, '::before').content)";
    let codes = phone.eval(codes).to_string();
    assert!(
        codes.contains("D1.O1.A") && codes.contains("D1.O3"),
        "{codes}"
    );
    // The objectives above it lead to their cards, by keyboard too.
    phone.eval("document.querySelector('#matrice thead a').focus()");
    phone.press("Enter");
    phone.wait_for("location.hash.startsWith('#resultat-')");
    phone.assert_quiet(&stage.nginx.url(""));
}
