//! Only what a key press changed is read again: what the page then shows is what the whole form comes to.

use tests::scene::{Stage, field, row, wait_for_verdict};
use tests::{Page, PageOptions};

/// All that the page says of the dossier as soon as a key is pressed.
const SHOWN: &str = "['resume', 'essentiel'].map((role) => document.querySelector(`[data-role=${role}]`).textContent.replace(/\\s+/g, ' '))\
  .concat([...document.querySelectorAll('[data-role=cartes] > *')].map((card) => card.dataset.verdict + card.querySelector('[data-slot=decisif]').textContent))";

/// Numbers that look drawn, the same each time.
struct Draw(u64);

impl Draw {
    fn among<'a>(&mut self, things: &[&'a str]) -> &'a str {
        for shift in [13, -7, 17] {
            self.0 ^= if shift > 0 {
                self.0 << shift
            } else {
                self.0 >> -shift
            };
        }
        things[usize::try_from(self.0 % things.len() as u64).expect("small")]
    }
}

/// The frame of the last press is there, and what it shows.
const FRAME: &str = "new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))";

/// What is shown, then the same once the whole form was read: the sort of a list of one, which changes nothing else.
fn shown_twice(page: &Page) -> [serde_json::Value; 2] {
    page.eval(FRAME);
    let before = page.eval(SHOWN);
    page.eval(
        "document.querySelector('#etape-perimetres > .liste-boutons [data-action=trier]').click()",
    );
    page.eval(FRAME);
    [before, page.eval(SHOWN)]
}

/// Types over a field, key by key: the states between are often wrong.
fn type_over(page: &Page, field: &str, text: &str) {
    page.eval(&format!("(() => {{ const f = document.querySelector({field:?}); f.scrollIntoView({{ block: 'center', behavior: 'instant' }}); f.focus(); f.select(); }})()"));
    page.type_text(text);
}

/// Types in a field or two, drawn; in which part of the form.
fn edit(page: &Page, draw: &mut Draw, step: u32) -> &'static str {
    let list = draw.among(&["annuaires", "perimetres", "entites", "phase", "part"]);
    let first = row(&format!("[data-liste={list}]"), 1);
    let audit = row(&format!("{first} [data-liste=audits]"), 1 + step % 6);
    let mut type_one = |row: &str, key: &str, texts: &[&str]| {
        type_over(page, &field(row, key), draw.among(texts));
    };
    match list {
        "annuaires" => {
            type_one(&audit, "score", &["1", "2", "9", "4"]);
            type_one(&audit, "score", &["1", "3"]);
        }
        "perimetres" => type_one(&audit, "cvss_max", &["9,5", "9,0", "3"]),
        "entites" => {
            let entity = row("[data-liste=entites]", 1 + step % 2);
            type_one(&entity, "activite_combinee", &["70 000", "1", "5000"]);
            type_one(&entity, "nom", &["CHU", "Clinique \"A\""]);
        }
        "phase" => type_over(
            page,
            "#phase-debut",
            draw.among(&["20/03/2026", "01/05/2026"]),
        ),
        _ => type_over(page, "#part-activite", draw.among(&["80", "12,5", "100"])),
    }
    if step.is_multiple_of(3) && (list == "annuaires" || list == "perimetres") {
        let dates = ["07/05/2026", "28/08/2026", "20/11/2026", "12/02/2027"];
        type_over(page, &field(&audit, "date"), draw.among(&dates));
    }
    list
}

fn what_is_typed_is_judged_as_the_whole(options: PageOptions) {
    let stage = Stage::new();
    let page = stage.calculator(options);
    page.click("[data-action=exemple]");
    wait_for_verdict(&page, "D1.O1.A", "prevu");
    let mut draw = Draw(0x9e37_79b9);
    let mut states = std::collections::BTreeSet::new();
    for step in 0..40 {
        let list = edit(&page, &mut draw, step);
        let [before, after] = shown_twice(&page);
        assert_eq!(before, after, "step {step}, {list}");
        states.insert(before.to_string());
    }
    assert!(states.len() > 10, "only {} states", states.len());
}

#[test]
fn what_is_typed_is_judged_as_the_whole_on_a_phone() {
    what_is_typed_is_judged_as_the_whole(PageOptions::phone());
}

#[test]
fn what_is_typed_is_judged_as_the_whole_on_a_desktop() {
    what_is_typed_is_judged_as_the_whole(PageOptions::desktop());
}
