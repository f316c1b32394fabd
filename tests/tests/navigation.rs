//! Reading and searching the site in a real browser, by pointer, by keyboard, without scripts, from a disk.

use tests::{Browser, Nginx, Page, PageOptions, site};

fn stage() -> (Nginx, Browser) {
    (Nginx::serve(site::built()), Browser::launch())
}

/// Waits for proposals and gives the question numbers of the box, in order.
fn proposals(page: &Page) -> Vec<String> {
    page.wait_for("document.querySelectorAll('.recherche-option').length > 0");
    let numbers = page.eval("[...document.querySelectorAll('.recherche-option .recherche-groupe')].map(e => e.textContent.replace(/^Question./, ''))");
    numbers
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|n| n.as_str().map(str::to_owned))
        .collect()
}

#[test]
fn a_word_typed_with_a_slip_finds_its_question() {
    let (nginx, browser) = stage();
    for options in [PageOptions::phone(), PageOptions::desktop()] {
        let page = browser.page(options);
        page.goto(&nginx.url(""));
        page.click("#recherche-champ");
        page.type_text("signatues interverties");
        page.wait_for("document.querySelector('.recherche-option .recherche-groupe')?.textContent.includes('2.14')");
        page.click(".recherche-option");
        page.wait_for("document.querySelector('article')?.dataset.question === '2.14'");
        page.assert_quiet(&nginx.url(""));
    }
}

#[test]
fn the_search_box_works_by_keyboard_alone() {
    let (nginx, browser) = stage();
    let page = browser.page(PageOptions::desktop());
    page.goto(&nginx.url("faq/3-16/"));
    page.press("/");
    assert_eq!(page.eval("document.activeElement.id"), "recherche-champ");
    page.type_text("d1o2b");
    let found = proposals(&page);
    assert!(
        ["3.9", "3.15", "3.16"].contains(&found[0].as_str()),
        "{found:?}"
    );
    page.press("ArrowDown");
    page.press("ArrowDown");
    assert_eq!(
        page.eval("document.querySelectorAll('.recherche-option[aria-selected=true]').length"),
        1
    );
    page.press("Escape");
    assert_eq!(
        page.eval("document.querySelector('#recherche-liste').hidden"),
        true
    );
    page.fill("#recherche-champ", "conteneur zed perdu");
    page.wait_for("document.querySelector('.recherche-option .recherche-groupe')?.textContent.includes('4.2')");
    page.press("ArrowDown");
    page.press("Enter");
    page.wait_for("document.querySelector('article')?.dataset.question === '4.2'");
    page.assert_quiet(&nginx.url(""));
}

#[test]
fn the_search_page_keeps_its_query_in_the_fragment() {
    let (nginx, browser) = stage();
    let page = browser.page(PageOptions::desktop());
    page.goto(&nginx.url("recherche/#q=antivirus"));
    page.wait_for("document.querySelector('.resultats-liste .resultat-lien')?.getAttribute('href').includes('2-8')");
    assert_eq!(
        page.eval("document.querySelector('#recherche-champ').value"),
        "antivirus"
    );
    assert!(
        page.requests()
            .iter()
            .all(|r| !r.contains("antivirus") || r.contains('#')),
        "the query stays in the fragment"
    );
    page.assert_quiet(&nginx.url(""));
}

#[test]
fn the_engine_is_loaded_at_first_focus_only() {
    let (nginx, browser) = stage();
    let page = browser.page(PageOptions::desktop());
    page.goto(&nginx.url("faq/2-4/"));
    assert!(!page.requests().iter().any(|r| r.contains("moteur.")));
    page.click("#recherche-champ");
    page.wait_for("document.querySelector('[data-moteur-pret]')");
    assert!(page.requests().iter().any(|r| r.contains("moteur.")));
}

#[test]
fn the_site_is_read_without_scripts() {
    let (nginx, browser) = stage();
    let page = browser.page(PageOptions::desktop().without_scripts());
    page.goto(&nginx.url(""));
    page.click("main a[href$='faq/financement/']");
    page.wait_for("location.pathname.endsWith('/faq/financement/')");
    page.click("main a[href$='2-5/']");
    page.wait_for("document.querySelector('article')?.dataset.question === '2.5'");
    assert!(page.text("article").contains("attestation"));
    page.goto(&nginx.url("recherche/"));
    assert!(
        page.count("main a[href*='../faq/']") > 67,
        "the index of subjects"
    );
}

#[test]
fn the_site_is_read_from_a_disk() {
    let browser = Browser::launch();
    let page = browser.page(PageOptions::desktop());
    page.goto(&format!("file://{}/index.html", site::built().display()));
    page.click("a[href*='faq/financement/']");
    page.wait_for("location.pathname.endsWith('/faq/financement/index.html')");
    page.click("#recherche-champ");
    page.type_text("rétroactif");
    assert_eq!(proposals(&page)[0], "2.5");
    page.goto(&format!(
        "file://{}/calculateur/index.html",
        site::built().display()
    ));
    page.wait_for("!document.querySelector('[data-role=application]').hidden");
    page.assert_quiet("file://");
}

#[test]
fn the_home_page_counts_the_days_left() {
    let (nginx, browser) = stage();
    let page = browser.page(PageOptions::desktop());
    page.goto(&nginx.url(""));
    let text = page.text("main");
    assert!(text.contains("dans") || text.contains("passée"), "{text}");
    page.assert_quiet(&nginx.url(""));
}

#[test]
fn no_page_scrolls_sideways_on_a_small_phone() {
    let (nginx, browser) = stage();
    let mut small = PageOptions::phone();
    small.width = 320;
    for address in [
        "",
        "faq/",
        "faq/1-1/",
        "faq/3-16/",
        "objectifs/d1-o2-a/",
        "echeances/",
        "calculateur/",
        "recherche/",
        "imprimer/",
        "glossaire/",
        "guide/annuaires/",
        "guide/calendrier/",
        "guide/depenses/",
        "points-a-confirmer/",
        "accessibilite/",
        "heberger/",
    ] {
        let page = browser.page(small);
        page.goto(&nginx.url(address));
        let width = page.eval("document.documentElement.scrollWidth");
        assert_eq!(width, 320, "{address} is wider than the screen");
    }
}

#[test]
fn every_page_keeps_the_console_empty() {
    let (nginx, browser) = stage();
    let page = browser.page(PageOptions::desktop());
    let addresses = [
        "",
        "faq/",
        "faq/candidature/",
        "faq/4-7/",
        "objectifs/",
        "objectifs/cand/",
        "echeances/",
        "calculateur/",
        "recherche/",
        "imprimer/",
        "glossaire/",
        "guide/annuaires/",
        "guide/calendrier/",
        "points-a-confirmer/",
        "accessibilite/",
        "heberger/",
    ];
    for address in addresses {
        page.goto(&nginx.url(address));
    }
    page.assert_quiet(&nginx.url(""));
}
