//! The answer first: one line per objective before the form, one voice, what is late marked; rows pasted, copied and
//! put back beside each list; 320 px, reduced motion, reload and the way back.

use serde_json::json;
use tests::scene::Stage;
use tests::{Page, PageOptions};

fn example(stage: &Stage, options: PageOptions) -> Page<'_> {
    let page = stage.calculator(options);
    page.click("[data-action=exemple]");
    page.wait_for("document.querySelectorAll('[data-objectif]').length > 8");
    settled(&page);
    page
}

/// Nothing of the page is late, and the form is kept with the tab.
fn settled(page: &Page) {
    page.wait_for("!document.querySelector('[data-en-retard],[data-en-attente]')");
    page.eval("new Promise((done) => setTimeout(() => done(true), 700))");
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
    let first = page.text(".essentiel-objectif").replace('\n', " ");
    assert_eq!(first.trim(), "Candidature Phase opérationnelle");
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

/// `doubt()`: whether the summary says, in sight, that verdicts wait, how many places mark theirs, how high the summary is;
/// `doubts`: the same after each key, in its event.
const DOUBTS: &str = "window.doubts = []; window.mark = document.querySelector('.resume-attente'); \
    window.seen = (box) => box.top >= 0 && box.bottom <= innerHeight; window.doubt = () => [\
    mark.checkVisibility({ visibilityProperty: true }) && seen(mark.getBoundingClientRect()), \
    document.querySelectorAll('[data-en-attente]').length, \
    Math.round(document.querySelector('.resume').getBoundingClientRect().height)]; \
    addEventListener('input', () => { doubts.push(doubt()) })";

fn a_doubt_is_told_at_once_then_everywhere(options: PageOptions) {
    let stage = Stage::new();
    let page = example(&stage, options);
    page.eval(DOUBTS);
    let height = page.eval("doubt()[2]");
    page.eval("document.querySelector('#phase-debut').focus()");
    page.eval("document.querySelector('#phase-debut').select()");
    page.press("2");
    assert_eq!(page.eval("doubts"), json!([[true, 0, height]]), "at once");
    let mark = page.text(".resume-attente").replace('\u{a0}', " ");
    assert!(mark.contains("corrigez 1 champ."), "{mark}");
    page.wait_for("document.querySelectorAll('[data-en-attente]').length === document.querySelectorAll('[data-verdicts]').length");
    page.fill("#phase-debut", "20/03/2026");
    page.wait_for("!doubt()[0]");
    assert_eq!(page.eval("doubt()"), json!([false, 0, height]), "mended");
    // What reads verdicts does not wait for the mark.
    page.eval("document.querySelector('[data-action=variante]').click()");
    page.wait_for("!document.querySelector('#essai [data-slot=cours]').hidden");
    page.fill("#phase-debut", "20/");
    page.eval("document.querySelector('[data-action=autre-variante]').click()");
    assert!(
        page.text("[data-role=message]").contains("variante attend"),
        "no variant of a form that is not understood"
    );
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn a_doubt_is_told_at_once_in_the_summary_then_at_every_verdict() {
    a_doubt_is_told_at_once_then_everywhere(PageOptions::desktop());
    a_doubt_is_told_at_once_then_everywhere(PageOptions::phone());
    let mut low = PageOptions::desktop();
    low.height = 360;
    a_doubt_is_told_at_once_then_everywhere(low);
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

/// The day of the last exposure audit of the example.
const LAST: &str =
    "[data-liste=perimetres] > :nth-child(1) [data-liste=audits] > :nth-child(6) [data-champ=date]";

fn date_of_the_last(page: &Page) -> String {
    let date = page.eval(&format!("document.querySelector('{LAST}').value"));
    date.as_str().unwrap_or_default().to_owned()
}

fn differences(page: &Page) -> String {
    page.text("#essai").replace(['\u{a0}', '\u{202f}'], " ")
}

/// Leaves the page, and lets go of the question that the browser asks where something is not saved.
fn leave(page: &Page, how: &str) {
    page.eval(&format!(
        "window.before = true; setTimeout(() => {{ {how}; }}, 20) && 0"
    ));
    std::thread::sleep(std::time::Duration::from_secs(1));
    page.call("Page.handleJavaScriptDialog", json!({ "accept": true }));
    page.wait_for("!window.before");
}

/// One column each, what each changes in words, and the first one a click away.
fn side_by_side(page: &Page) {
    assert_eq!(page.count("#essai thead th"), 6);
    let said = differences(page);
    for words in [
        "Variante C, à l’écran",
        "Variante A : D1.O2.B",
        "Variante B : D1.O2.B",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    page.click("[data-action=voir-variante][data-rang='0']");
    page.wait_for(&format!(
        "document.querySelector('{LAST}').value === '12/01/2027'"
    ));
    assert_eq!(
        page.eval("document.activeElement.textContent"),
        "Variante A"
    );
    assert_eq!(
        page.eval(
            "[...document.querySelectorAll('[data-action=voir-variante]')].map(b => b.ariaPressed)"
        ),
        json!(["true", "false", "false"])
    );
    settled(page);
}

/// A reload, and a page gone to and come back from.
fn lost_by_no_journey(page: &Page) {
    page.wait_for(
        "history.state?.includes('\"courante\":0') && history.state.includes('12/01/2027')",
    );
    leave(page, "location.reload()");
    page.wait_for("document.querySelectorAll('[data-action=voir-variante]').length === 3");
    assert_eq!(date_of_the_last(page), "12/01/2027");
    page.wait_for("history.state?.includes('\"courante\":0')");
    leave(page, "location.href = '../faq/'");
    page.wait_for("location.pathname.endsWith('/faq/')");
    page.eval("setTimeout(() => history.back(), 50) && 0");
    page.wait_for("document.querySelectorAll('[data-action=voir-variante]').length === 3");
}

fn three_variants(options: PageOptions) {
    let stage = Stage::new();
    let page = example(&stage, options);
    let base = date_of_the_last(&page);
    page.click("[data-action=variante]");
    for (variant, day) in ["12/01/2027", "19/01/2027", "26/02/2027"]
        .iter()
        .enumerate()
    {
        if variant > 0 {
            page.click("[data-action=autre-variante]");
            page.wait_for(&format!(
                "document.querySelectorAll('[data-action=voir-variante]').length === {}",
                variant + 1
            ));
            assert_eq!(
                date_of_the_last(&page),
                base,
                "each starts from the dossier"
            );
        }
        page.fill(LAST, day);
        settled(&page);
    }
    side_by_side(&page);
    lost_by_no_journey(&page);
    page.click("[data-action=voir-variante][data-rang='2']");
    page.wait_for(&format!(
        "document.querySelector('{LAST}').value === '26/02/2027'"
    ));
    page.click("[data-action=quitter-variante]");
    page.wait_for("document.querySelector('#essai [data-slot=cours]').hidden");
    assert_eq!(date_of_the_last(&page), base);
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn three_variants_stand_beside_the_dossier_and_survive_a_reload() {
    three_variants(PageOptions::desktop());
    three_variants(PageOptions::phone());
}

#[test]
fn nothing_is_cut_at_320_pixels_nor_moves_where_motion_is_reduced() {
    let stage = Stage::new();
    let narrow = json!({ "width": 320, "height": 256, "deviceScaleFactor": 4, "mobile": false });
    let page = example(&stage, PageOptions::desktop());
    // 1280 px magnified four times.
    page.call("Emulation.setDeviceMetricsOverride", narrow);
    page.call(
        "Emulation.setEmulatedMedia",
        json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] }),
    );
    page.click("[data-action=variante]");
    settled(&page);
    assert_eq!(page.eval("document.documentElement.scrollWidth"), 320);
    // What scrolls on its own (tables) may be wider; nothing else sticks out.
    let out = page.eval(
        "[...document.querySelectorAll('[data-role=application] *')].filter(e => e.checkVisibility() && !e.closest('.visuellement-cache,.tableau,svg,dialog,.frise-corps') && e.getBoundingClientRect().width > 0 && (e.getBoundingClientRect().right > 321 || e.getBoundingClientRect().left < -1)).map(e => e.className + ' ' + e.dataset.slot).slice(0, 8)",
    );
    assert_eq!(out, json!([]));
    assert_eq!(
        page.eval("getComputedStyle(document.documentElement).scrollBehavior"),
        "auto"
    );
    let moving = page.eval("[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e); return (parseFloat(s.transitionDuration) || 0) + (parseFloat(s.animationDuration) || 0) > 0.01; }).map(e => e.className).slice(0, 5)");
    assert_eq!(moving, json!([]));
}

/// Fifteen directories and fifteen perimeters of twenty audits each.
fn six_hundred_audits() -> String {
    let day = |audit: usize| format!("2026-{:02}-{:02}", 4 + audit / 3, 1 + 9 * (audit % 3));
    let audits = |other: &str| {
        let one = |audit| format!("{{\"date\":\"{}\",{other}}}", day(audit));
        (0..20).map(one).collect::<Vec<_>>().join(",")
    };
    let rows = |name: &str, other: &str| {
        let one = |rank| {
            format!(
                "{{\"id\":\"{name}{rank}\",\"nom\":\"{name} {rank}\",\"entites\":[\"e{rank}\"],\"audits\":[{}]}}",
                audits(other)
            )
        };
        (1..=15).map(one).collect::<Vec<_>>().join(",")
    };
    let entities = (1..=15).map(|rank| {
        format!(
            "{{\"id\":\"e{rank}\",\"nom\":\"Établissement {rank}\",\"activite_combinee\":{}}}",
            9000 + rank
        )
    });
    format!(
        "{{\"version\":1,\"candidat\":{{\"nom\":\"GHT\",\"type\":\"ght\"}},\"phase\":{{\"debut\":\"2026-03-20\"}},\"entites\":[{}],\"annuaires\":[{}],\"perimetres\":[{}]}}",
        entities.collect::<Vec<_>>().join(","),
        rows("AD", "\"score\":3"),
        rows("Exposition", "\"outil\":\"industriel\",\"cvss_max\":6.5"),
    )
}

fn open_large(page: &Page) {
    let dossier = six_hundred_audits();
    let file = tests::browser::fresh_folder().join("quinze.json");
    std::fs::write(&file, dossier).expect("a file");
    page.give_file("[data-role=fichier]", &file);
    page.wait_for("document.querySelectorAll('[data-liste=audits] > [data-ligne]').length === 600");
}

#[test]
fn a_link_lands_on_its_part_of_a_large_dossier() {
    let stage = Stage::new();
    for options in [PageOptions::desktop(), PageOptions::phone()] {
        let page = stage.calculator(options);
        open_large(&page);
        settled(&page);
        for part in ["#etape-perimetres", "#section-budget", "#etape-annuaires"] {
            page.click(&format!(".etapes a[href='{part}']"));
            let top =
                format!("Math.round(document.querySelector('{part}').getBoundingClientRect().top)");
            page.wait_for(&format!("{top} >= 0 && {top} < 100"));
            page.eval("new Promise((done) => setTimeout(() => done(true), 600))");
            let top = page.eval(&top).as_i64().unwrap_or(-1);
            assert!((0..100).contains(&top), "{part}: {top}");
        }
    }
}

#[test]
fn the_sheet_of_fifteen_establishments_has_three_pages() {
    let stage = Stage::new();
    let page = stage.calculator(PageOptions::desktop());
    open_large(&page);
    page.click("[data-action=fiche]");
    page.wait_for("!document.querySelector('[data-role=fiche]').hidden");
    let typed = page.text("[data-slot=saisie]");
    for words in [
        "AD 15",
        "Exposition 15",
        "Établissement 15",
        "10/10/2026",
        "pour tous",
    ] {
        assert!(typed.contains(words), "{words}");
    }
    let pdf = page.call("Page.printToPDF", json!({ "preferCSSPageSize": true }));
    let sheets = format!(
        "atob('{}').match(/\\/Type\\s*\\/Page\\b(?!s)/g).length",
        pdf["data"].as_str().expect("a PDF")
    );
    let pages = page.eval(&sheets).as_u64().unwrap_or(0);
    assert!((1..=3).contains(&pages), "{pages} pages");
}
