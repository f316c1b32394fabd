//! On a phone: what a finger hits is 44 pixels high, and a table too wide scrolls where the keyboard can reach it. At every
//! width: the day understood of an audit is read whole.

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

/// The rows of audits whose day understood is cut by the row, or stands less than 4 pixels beside a field or the words of a button.
const CUT: &str = "[...document.querySelectorAll('[data-liste=audits] .compris')].filter(said => said.textContent).filter(said => { \
    const box = (node) => { const range = document.createRange(); range.selectNodeContents(node); return range.getBoundingClientRect(); }; \
    const row = said.closest('[data-ligne]'), own = box(said), frame = row.getBoundingClientRect(); \
    const others = [...row.querySelectorAll('input, select')].map(field => field.getBoundingClientRect()) \
        .concat([...row.querySelectorAll('button > [aria-hidden]')].map(box)); \
    return own.height < 8 || own.left < frame.left || own.right > frame.right || own.bottom > frame.bottom \
        || others.some(o => o.left < own.right + 4 && o.right + 4 > own.left && o.top < own.bottom && o.bottom > own.top); \
    }).map(said => said.textContent)";

#[test]
fn the_day_understood_of_an_audit_is_read_whole() {
    let stage = Stage::new();
    for (width, mut options) in [
        (320, PageOptions::phone()),
        (390, PageOptions::phone()),
        (768, PageOptions::desktop()),
        (1280, PageOptions::desktop()),
    ] {
        options.width = width;
        let page = stage.calculator(options);
        page.click("[data-action=exemple]");
        page.wait_for("document.querySelectorAll('[data-objectif]').length > 3");
        let days = ["30/09/2026", "15/11/2026", "01/09/2026", "23/12/2026"];
        let typed = page.eval(&format!(
            "(() => {{ const days = {}; const fields = document.querySelectorAll('[data-liste=audits] [data-type=date]'); \
            fields.forEach((field, rank) => {{ field.value = days[rank % days.length]; \
            field.dispatchEvent(new Event('input', {{ bubbles: true }})); }}); return fields.length; }})()",
            json!(days)
        ));
        assert!(typed.as_u64() > Some(20), "{typed}");
        let said = "document.querySelectorAll('[data-liste=audits] .compris:not(:empty)').length";
        assert_eq!(page.eval(said), typed, "{width} px");
        // All rows laid out, those out of sight too.
        page.eval("(() => { const all = new CSSStyleSheet(); all.replaceSync('.rang { content-visibility: visible !important }'); document.adoptedStyleSheets.push(all); })()");
        assert_eq!(page.eval(CUT), json!([]), "{width} px");
        page.assert_quiet(&stage.nginx.url(""));
    }
}
