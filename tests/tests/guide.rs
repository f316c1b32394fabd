//! The guide in a real browser: definitions, questions to copy, the planner on paper.

use serde_json::json;
use tests::{Browser, Nginx, Page, PageOptions, site};

fn stage() -> (Nginx, Browser) {
    (Nginx::serve(site::built()), Browser::launch())
}

const TERM: &str = "main a[href$='/glossaire/#ads']";

fn focus(page: &Page, selector: &str) {
    page.eval(&format!("document.querySelector(\"{selector}\").focus()"));
}

/// By Enter, then by the space bar; the definition stays inside the window and Escape gives the focus back.
#[test]
fn a_term_opens_its_definition_by_keyboard() {
    let (nginx, browser) = stage();
    for options in [PageOptions::phone(), PageOptions::desktop()] {
        let page = browser.page(options);
        page.goto(&nginx.url("guide/annuaires/"));
        for key in ["Enter", " "] {
            focus(&page, TERM);
            page.press(key);
            page.wait_for("document.querySelector('#definition-ads:popover-open')");
            assert_eq!(page.eval("document.activeElement.id"), "definition-ads");
            assert!(
                page.text("#definition-ads")
                    .contains("Active Directory Security")
            );
            let inside = "(({left, right}) => left >= 0 && right <= innerWidth)(document.querySelector('#definition-ads').getBoundingClientRect())";
            assert_eq!(page.eval(inside), true, "outside the window");
            let expanded = format!("document.querySelector(\"{TERM}\").ariaExpanded");
            page.wait_for(&format!("{expanded} === 'true'"));
            page.press("Escape");
            page.wait_for(&format!("{expanded} === 'false'"));
            let back = format!("document.activeElement === document.querySelector(\"{TERM}\")");
            assert_eq!(page.eval(&back), true, "the focus is lost");
        }
        assert!(
            page.eval("location.pathname")
                .as_str()
                .is_some_and(|p| p.ends_with("/annuaires/"))
        );
        page.assert_quiet(&nginx.url(""));
    }
}

/// A limit that is past is told as such, with scripts or without: it was past before the site was.
#[test]
fn the_chapter_on_the_candidature_says_that_its_limit_is_past() {
    let (nginx, browser) = stage();
    for options in [
        PageOptions::phone(),
        PageOptions::desktop(),
        PageOptions::desktop().without_scripts(),
    ] {
        let page = browser.page(options);
        page.goto(&nginx.url("guide/candidature/"));
        let essential = page.text("#l-essentiel + ul").replace('\u{a0}', " ");
        assert!(
            essential.contains("Date limite, passée : le 13 mars 2026"),
            "{essential}"
        );
        page.assert_quiet(&nginx.url(""));
    }
}

#[test]
fn without_scripts_a_term_leads_to_the_glossary() {
    let (nginx, browser) = stage();
    let page = browser.page(PageOptions::desktop().without_scripts());
    page.goto(&nginx.url("guide/annuaires/"));
    assert_eq!(
        page.eval("getComputedStyle(document.querySelector('#definition-ads')).display"),
        "none"
    );
    page.click(TERM);
    page.wait_for("location.pathname.endsWith('/glossaire/') && location.hash === '#ads'");
    page.goto(&nginx.url("points-a-confirmer/"));
    assert_eq!(
        page.count(".copier-citation"),
        0,
        "a button that does nothing"
    );
}

#[test]
fn a_question_is_copied_whole() {
    let (nginx, browser) = stage();
    let page = browser.page(PageOptions::desktop());
    page.goto(&nginx.url("points-a-confirmer/"));
    assert_eq!(
        page.count(".copier-citation"),
        page.count("main blockquote")
    );
    page.click(".copier-citation button");
    page.wait_for("document.querySelector('.copier-citation [role=status]').textContent === 'Question copiée'");
    page.click("#recherche-champ");
    let paste = |kind| json!({"type": kind, "key": "v", "modifiers": 2, "commands": ["paste"]});
    page.call("Input.dispatchKeyEvent", paste("keyDown"));
    page.call("Input.dispatchKeyEvent", paste("keyUp"));
    let same = "document.querySelector('#recherche-champ').value === document.querySelector('main blockquote').innerText.trim()";
    page.wait_for(same);
    page.assert_quiet(&nginx.url(""));
}

#[test]
fn the_planner_is_two_sheets_lying_down() {
    let (nginx, browser) = stage();
    let page = browser.page(PageOptions::desktop());
    page.goto(&nginx.url("guide/calendrier/"));
    let printed = page.call("Page.printToPDF", json!({"preferCSSPageSize": true}));
    let pdf = printed["data"].as_str().expect("a document");
    let sheets = format!("atob('{pdf}').match(/\\/Type\\s*\\/Page\\b(?!s)/g).length");
    assert_eq!(page.eval(&sheets), 2);
    let lying = format!("/MediaBox\\s*\\[0 0 84\\d[.\\d]* 59\\d/.test(atob('{pdf}'))");
    assert_eq!(page.eval(&lying), true, "the sheets stand upright");
}
