//! On a phone: what a finger hits is 44 pixels high, and a table too wide scrolls where the keyboard can reach it.

use serde_json::json;
use tests::scene::{Stage, wait_until_ready};
use tests::{Page, PageOptions};

/// What stands alone: links within a sentence, boxes to tick and labels are not meant.
const CONTROLS: &str = ".navigation-lien, .pied-liens a, .sommaire-liste a, .fil-liste a, summary, .bouton, .bouton-secondaire, .bouton-lien, .bouton-retirer, .champ :is(input:not([type=checkbox]), select)";

/// Those that are lower, with their text.
fn too_low(page: &Page) -> serde_json::Value {
    page.eval(&format!(
        "[...document.querySelectorAll({})].filter(e => e.checkVisibility({{ contentVisibilityAuto: false }})).filter(e => {{ const h = e.getBoundingClientRect().height; return h > 0 && h < 43.9; }}).map(e => [e.className || e.tagName, Math.round(e.getBoundingClientRect().height), e.textContent.trim()])",
        json!(CONTROLS)
    ))
}

#[test]
fn what_a_finger_hits_is_high_enough() {
    let stage = Stage::new();
    let page = stage.browser.page(PageOptions::phone());
    for address in [
        "",
        "faq/3-16/",
        "objectifs/d1-o2-a/",
        "guide/exposition/",
        "guide/calendrier/",
        "points-a-confirmer/",
        "mentions-legales/",
        "nouveautes/",
        "404.html",
    ] {
        page.goto(&stage.nginx.url(address));
        assert!(page.count(CONTROLS) > 10, "{address}");
        assert_eq!(too_low(&page), json!([]), "{address}");
    }
    page.goto(&stage.nginx.url("calculateur/"));
    wait_until_ready(&page);
    page.click("[data-action=exemple]");
    page.wait_for("document.querySelectorAll('[data-objectif]').length > 3");
    assert_eq!(too_low(&page), json!([]), "calculateur");
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn a_table_too_wide_scrolls_in_the_region_that_the_keyboard_reaches() {
    let stage = Stage::new();
    let mut narrow = PageOptions::phone();
    narrow.width = 320;
    for (options, wide) in [(narrow, true), (PageOptions::desktop(), false)] {
        let page = stage.browser.page(options);
        page.goto(&stage.nginx.url("guide/programme/"));
        let table = "document.querySelector('.prose .tableau > table')";
        let scrolls = page.eval(&format!(
            "{table}.parentElement.scrollWidth > {table}.parentElement.clientWidth"
        ));
        assert_eq!(scrolls, json!(wide));
        let inside = page.eval(&format!("getComputedStyle({table}).display"));
        assert_eq!(inside, "table", "a table to a screen reader");
        if wide {
            page.eval(&format!("{table}.parentElement.focus()"));
            page.press("ArrowRight");
            page.wait_for(&format!("{table}.parentElement.scrollLeft > 0"));
        }
        page.assert_quiet(&stage.nginx.url(""));
    }
}
