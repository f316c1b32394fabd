//! The picture of the phase, the matrix, the variant and the plan in a real browser: by keyboard, by pointer, by touch.

use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tests::scene::Stage;
use tests::{Browser, Page, PageOptions, site};

/// Inside the phase of the page's example: four audits of each series are done, two are planned.
const TODAY: &str = "23/11/2026";
const TODAY_ISO: &str = "2026-11-23";

/// The calculator with its example open, its picture in sight.
fn example(stage: &Stage, options: PageOptions) -> Page<'_> {
    let page = stage.open(options, "");
    page.fill("#aujourdhui", TODAY);
    page.click("[data-action=exemple]");
    page.reach("#frise");
    page.wait_for("document.querySelectorAll('.frise-prevu[role=slider]').length === 6");
    page.fill("#part-activite", "80");
    page.wait_for("document.querySelector('#matrice tfoot').textContent.includes('80')");
    page
}

/// The field of an audit's day: of a list, a row of it and an audit of that, from 0.
fn day(list: &str, row: u32, audit: u32) -> String {
    format!(
        "document.querySelector('[data-liste={list}]').children[{row}].querySelectorAll('[data-liste=audits] [data-champ=date]')[{audit}].value"
    )
}

fn wait_for_day(page: &Page, list: &str, row: u32, audit: u32, expected: &str) {
    page.wait_for(&format!("{} === '{expected}'", day(list, row, audit)));
}

/// The texts of a place, spaces made plain.
fn read(page: &Page, selector: &str) -> String {
    page.text(selector).replace(['\u{a0}', '\u{202f}'], " ")
}

fn wait_for_text(page: &Page, selector: &str, expected: &str) {
    page.wait_for(&format!(
        "document.querySelector({}).textContent.replace(/[\\u00a0\\u202f]/g, ' ').includes({})",
        json!(selector),
        json!(expected)
    ));
}

const ANNOUNCED: &str = ".frise-annonce";
/// The handle of the last industrial audit, of 11 February 2027.
const LAST: &str = ".frise-rang:nth-child(3) [data-slot=prevus] > :nth-child(2)";

fn an_audit_moved_by_keyboard(options: PageOptions) {
    let stage = Stage::new();
    let page = example(&stage, options);
    page.eval(&format!(
        "document.querySelector('{LAST}').focus({{preventScroll: true}})"
    ));
    assert_eq!(
        page.eval("document.activeElement.getAttribute('aria-valuetext').replace(/\\s/g, ' ')"),
        "11 février 2027"
    );
    for _ in 0..3 {
        page.press("PageDown");
    }
    page.press("ArrowLeft");
    // 59 days before the declaration of 20 March: it still holds.
    wait_for_text(
        &page,
        ANNOUNCED,
        "20 janvier 2027, 22 jours plus tôt. Aucun",
    );
    page.press("ArrowDown");
    wait_for_text(
        &page,
        ANNOUNCED,
        "19 janvier 2027, 23 jours plus tôt. D1.O2.B : de prévu à non atteint.",
    );
    wait_for_day(&page, "perimetres", 0, 5, "19/01/2027");
    only_what_differs(&page);
    assert_eq!(
        page.eval(&format!(
            "document.activeElement === document.querySelector('{LAST}')"
        )),
        true,
        "the focus stays on the audit"
    );
    page.press("Escape");
    wait_for_text(
        &page,
        ANNOUNCED,
        "11 février 2027. Aucun verdict ne change.",
    );
    wait_for_day(&page, "perimetres", 0, 5, "11/02/2027");

    the_way_back(&page);
    page.assert_quiet(&stage.nginx.url(""));
}

fn only_what_differs(page: &Page) {
    let first = read(page, "#essai tbody tr");
    assert!(
        first.contains("D1.O2.B") && first.contains("non atteint"),
        "{first}"
    );
    let same = page.eval(
        "[...document.querySelectorAll('#essai tbody tr')].filter(r => r.querySelector('[data-slot=avant]').textContent === r.querySelector('[data-slot=apres]').textContent).length",
    );
    assert_eq!(same, 0, "only what differs");
}

/// Tomorrow is the first day that an audit may take; the dossier of before comes back whole.
fn the_way_back(page: &Page) {
    page.eval("document.querySelector('.frise-prevu[role=slider]').focus({preventScroll: true})");
    for _ in 0..3 {
        page.press("PageDown");
    }
    wait_for_day(page, "annuaires", 0, 4, "24/11/2026");
    page.click("[data-action=quitter-variante]");
    wait_for_day(page, "annuaires", 0, 4, "10/12/2026");
    page.wait_for("document.querySelector('#essai [data-slot=cours]').hidden");
    assert_eq!(
        page.eval("document.activeElement.dataset.action"),
        "variante",
        "the focus is not lost"
    );
}

#[test]
fn an_audit_is_moved_by_keyboard_on_a_desktop_and_on_a_phone() {
    an_audit_moved_by_keyboard(PageOptions::desktop());
    an_audit_moved_by_keyboard(PageOptions::phone());
}

fn mouse(page: &Page, kind: &str, x: i64, y: i64) {
    page.call(
        "Input.dispatchMouseEvent",
        json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1 }),
    );
}

/// The middle of the last handle, once it stands still (what comes into sight is laid out then), and the abscissa 26 days before it: the axis shows 396 days.
fn handle(page: &Page) -> (i64, i64, i64) {
    let place = page.eval(&format!(
        "(async () => {{ const e = document.querySelector('{LAST} use'); let before, r; \
         do {{ before = r?.y; e.scrollIntoView({{block:'center',behavior:'instant'}}); \
         await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))); \
         r = e.getBoundingClientRect(); }} while (r.y !== before); \
         const x = r.x + r.width / 2; \
         return [x, r.y + r.height / 2, x - 26 * document.querySelector('.frise-corps').clientWidth / 396].map(Math.round); }})()"
    ));
    let number = |rank: usize| place[rank].as_i64().expect("a whole number");
    (number(0), number(1), number(2))
}

fn an_audit_moved_by_pointer(options: PageOptions) {
    let stage = Stage::new();
    let page = example(&stage, options);
    let (x, y, there) = handle(&page);
    mouse(&page, "mousePressed", x, y);
    mouse(&page, "mouseMoved", there + 2, y + 3);
    mouse(&page, "mouseMoved", there, y + 200);
    wait_for_text(&page, ANNOUNCED, "D1.O2.B : de prévu à non atteint.");
    mouse(&page, "mouseReleased", there, y + 200);
    mouse(&page, "mouseMoved", x, y);
    let moved = page.eval(&day("perimetres", 0, 5));
    let moved = moved.as_str().unwrap_or_default();
    assert!(
        ["14/01/2027", "15/01/2027", "16/01/2027", "17/01/2027"].contains(&moved),
        "{moved}: about 26 days, to the pixel"
    );
    // Without a drag: buttons do the same, and one undoes it.
    page.click("[data-action=deplacer][data-jours='7']");
    wait_for_text(&page, ".frise-choisi", "jours plus tôt");
    page.wait_for(&format!("{} !== '{moved}'", day("perimetres", 0, 5)));
    page.click("[data-action=annuler-deplacement]");
    wait_for_day(&page, "perimetres", 0, 5, "11/02/2027");
    page.click("[data-action=garder-variante]");
    page.wait_for("document.querySelector('#essai [data-slot=cours]').hidden");
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn an_audit_is_moved_by_pointer_on_a_desktop_and_on_a_phone() {
    an_audit_moved_by_pointer(PageOptions::desktop());
    an_audit_moved_by_pointer(PageOptions::phone());
}

/// Saves the dossier and has the command line judge it.
fn saved_and_judged(page: &Page, browser: &Browser) -> Value {
    page.click("[data-action=enregistrer]");
    let until = Instant::now() + Duration::from_secs(15);
    let file = loop {
        let found = std::fs::read_dir(browser.downloads()).into_iter().flatten();
        let mut files = found.flatten().map(|f| f.path());
        if let Some(file) = files.find(|f| f.extension().is_some_and(|e| e == "json")) {
            break file;
        }
        assert!(Instant::now() < until, "nothing was downloaded");
        std::thread::sleep(Duration::from_millis(50));
    };
    let done = site::run(&[
        "evaluate",
        &file.to_string_lossy(),
        "--date",
        TODAY_ISO,
        "--json",
    ]);
    serde_json::from_slice(&done.stdout).expect("one line of JSON")
}

#[test]
fn a_plan_is_accepted_audit_by_audit_and_holds() {
    for options in [PageOptions::desktop(), PageOptions::phone()] {
        let stage = Stage::new();
        let page = example(&stage, options);
        weaken(&page);
        page.click("[data-action=calendrier]");
        wait_for_text(
            &page,
            "#calendrier [data-slot=message]",
            "Calendrier proposé.",
        );
        let mut left = pending(&page);
        assert!(left >= 5, "{left} audits to accept");
        page.eval("document.querySelector('[data-action=accepter]:not([hidden])').focus({preventScroll: true})");
        while left > 0 {
            page.press("Enter");
            page.wait_for(&format!("{PENDING} === {}", left - 1));
            left -= 1;
        }
        assert_eq!(
            page.eval("document.activeElement.dataset.action"),
            "calendrier",
            "the focus goes on from one audit to the next, then to the button"
        );
        // The levels reached already hold D1.O1.B today; the audits to come keep it.
        let expected = [
            ("D1.O1.A", "prevu"),
            ("D1.O1.B", "atteint"),
            ("D1.O2.A", "prevu"),
            ("D1.O2.B", "prevu"),
        ];
        for (objective, verdict) in expected {
            page.wait_for(&format!(
                "document.querySelector('[data-objectif=\"{objective}\"]').dataset.verdict === '{verdict}'"
            ));
        }
        let judged = saved_and_judged(&page, &stage.browser);
        for (objective, verdict) in expected {
            assert_eq!(
                judged["objectifs"][objective]["verdict"], verdict,
                "{objective}"
            );
        }
        page.assert_quiet(&stage.nginx.url(""));
    }
}

const PENDING: &str = "document.querySelectorAll('[data-action=accepter]:not([hidden])').length";

fn pending(page: &Page) -> u64 {
    page.wait_for(&format!("{PENDING} > 0"));
    page.eval(PENDING).as_u64().unwrap_or(0)
}

/// The last planned level is 1, one planned exposure audit is taken out.
fn weaken(page: &Page) {
    let score = "[data-liste=annuaires] > :nth-child(2) [data-liste=audits] > :nth-child(6) [data-champ=score]";
    page.fill(score, "1");
    page.click("[data-liste=perimetres] [data-liste=audits] > :nth-child(6) [data-action=retirer]");
    page.wait_for(
        "document.querySelector('[data-objectif=\"D1.O2.B\"]').dataset.verdict === 'non_atteint'",
    );
    page.wait_for("document.querySelectorAll('.frise-prevu[role=slider]').length === 5");
}

#[test]
fn who_blocks_is_named_and_a_plan_accepted_at_once_mends_it() {
    let stage = Stage::new();
    let page = example(&stage, PageOptions::desktop());
    weaken(&page);
    wait_for_text(
        &page,
        "#matrice tbody tr:nth-child(2) td:nth-child(3)",
        "AD de CH Deux",
    );
    let blocked = read(&page, "#matrice tbody tr:nth-child(2) td:nth-child(3)");
    assert!(blocked.contains("non atteint"), "{blocked}");
    assert!(read(&page, "#matrice tfoot td:nth-child(3)").starts_with("70 %"));
    assert_eq!(page.count("#matrice thead a[href='#resultat-d1-o1-b']"), 1);

    page.click("[data-action=tolerances]");
    wait_for_text(
        &page,
        "#tolerances [data-slot=message]",
        "Tolérances calculées.",
    );
    assert_eq!(page.count("#tolerances tbody tr"), 6);
    page.click("[data-action=calendrier]");
    pending(&page);
    page.click("[data-action=tout-accepter]");
    page.wait_for(&format!("{PENDING} === 0"));
    page.wait_for(
        "document.querySelector('[data-objectif=\"D1.O1.B\"]').dataset.verdict === 'atteint'",
    );
    wait_for_text(&page, "#essai [data-slot=bilan]", "D1.O1.B : de ");
    wait_for_text(
        &page,
        "#tolerances [data-slot=message]",
        "Le dossier a changé",
    );
    assert_eq!(
        page.count("#tolerances tbody tr"),
        0,
        "no tolerance of another dossier"
    );
    page.click("[data-action=quitter-variante]");
    wait_for_text(
        &page,
        "#matrice tbody tr:nth-child(2) td:nth-child(3)",
        "AD de CH Deux",
    );
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn an_impossible_plan_names_the_check_and_an_old_one_says_so() {
    let stage = Stage::new();
    let page = example(&stage, PageOptions::desktop());
    page.click("[data-liste=perimetres] [data-liste=audits] > :nth-child(3) [data-action=retirer]");
    page.wait_for(
        "document.querySelector('[data-objectif=\"D1.O2.A\"]').dataset.verdict === 'perdu'",
    );
    page.fill("#calendrier-reserve", "70");
    page.click("[data-action=calendrier]");
    wait_for_text(&page, "#calendrier [data-slot=message]", "de 0 à 60");
    page.fill("#calendrier-reserve", "3");
    page.click("[data-action=calendrier]");
    wait_for_text(&page, "#calendrier [data-impossible]", "Exposition du GHT");
    let why = read(&page, "#calendrier [data-impossible]");
    assert!(
        why.contains("113 jours entre le 2 juillet et le 23 octobre 2026"),
        "{why}"
    );
    wait_for_text(&page, ".calendrier-phrase", "3 jours");
    // What is done changes: the plan no longer answers to it.
    page.fill(
        "[data-liste=annuaires] > :nth-child(1) [data-liste=audits] > :nth-child(4) [data-champ=date]",
        "16/10/2026",
    );
    wait_for_text(
        &page,
        "#calendrier [data-slot=message]",
        "Le dossier a changé",
    );
    assert_eq!(page.count("#calendrier .calendrier"), 0);

    // A field that is not understood: the picture waits, and says so.
    page.fill("#phase-debut", "31/02/2026");
    page.eval(&format!(
        "document.querySelector('{LAST}, .frise-prevu').focus({{preventScroll: true}})"
    ));
    page.press("ArrowRight");
    wait_for_text(&page, ANNOUNCED, "Corrigez d’abord");
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn the_picture_is_read_as_a_table_and_printed() {
    let stage = Stage::new();
    let page = example(&stage, PageOptions::desktop());
    page.click(".frise-tableau > summary");
    page.wait_for("document.querySelectorAll('.frise-tableau tbody tr').length > 18");
    let table = read(&page, ".frise-tableau");
    for words in [
        "57 jours",
        "Dernier audit industriel",
        "du 20 janvier 2027 au 20 mars 2027",
        "au plus tard le 30 janvier 2027",
    ] {
        assert!(table.contains(words), "{words}: {table}");
    }
    let hidden = page.eval("[...document.querySelectorAll('.frise-piste > g > [data-slot=faits], .frise-axe')].every(e => e.closest('[aria-hidden=true]'))");
    assert_eq!(hidden, true, "what the table says is not read twice");
    let unnamed = page.eval("[...document.querySelectorAll('[role=slider]')].filter(e => !e.getAttribute('aria-label') || !e.getAttribute('aria-valuetext')).length");
    assert_eq!(unnamed, 0);
    page.call("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    let shown = page.eval("[document.querySelector('.frise-piste').checkVisibility(), document.querySelector('#tolerances').checkVisibility()]");
    assert_eq!(
        shown,
        json!([true, false]),
        "what was not asked for is not printed"
    );
    page.assert_quiet(&stage.nginx.url(""));
}
