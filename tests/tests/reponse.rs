//! What follows the verdicts: the next dates, what is missing, what is to be asked, the smallest repair.

use tests::scene::{Stage, field, row, wait_for_verdict};
use tests::{Page, PageOptions};

/// A perimeter with two audits a hundred days apart, which the text reads in two ways.
fn enter(page: &Page) {
    page.choose("#candidat-type", "ght");
    page.fill("#candidat-nom", "GHT du Littoral");
    page.fill("#phase-debut", "20/03/2026");
    page.fill("#phase-declaration", "20/03/2027");
    page.click("#etape-entites [data-action=ajouter]");
    page.fill(&field(&row("[data-liste=entites]", 1), "nom"), "CHU");
    page.click("#etape-perimetres [data-action=ajouter]");
    let perimeter = row("[data-liste=perimetres]", 1);
    page.fill(&field(&perimeter, "nom"), "Nord");
    page.click(&format!("{perimeter} [data-case] input"));
    for (rank, date) in [(1, "06/05/2026"), (2, "14/08/2026")] {
        page.click(&format!("{perimeter} .sous-bloc [data-action=ajouter]"));
        let audit = row(&format!("{perimeter} [data-liste=audits]"), rank);
        page.fill(&field(&audit, "date"), date);
        page.choose(&field(&audit, "outil"), "silene");
    }
}

/// The board comes with the second part of the module, and follows the verdicts once the reader rests.
fn reach_the_board(page: &Page) {
    page.reach("[data-role=reponse]");
    page.wait_for(
        "document.querySelector('[data-slot=prochains] tbody tr')?.textContent.includes('13')",
    );
}

fn the_answer_says_what_to_do_next(options: PageOptions) {
    let stage = Stage::new();
    let page = stage.calculator(options);
    enter(&page);
    reach_the_board(&page);
    let next = page.text("[data-slot=prochains] tbody tr");
    let next = next.replace('\u{a0}', " ");
    for part in ["Nord", "14 août 2026", "2 septembre 2026", "dans 13 jours"] {
        assert!(next.contains(part), "{part}: {next}");
    }
    assert_eq!(
        page.count("[data-slot=prochains] a[href$='d1-o2-a/#intervalle-moyen']"),
        1
    );
    let dates = page
        .text("[data-role=reponse] > section")
        .replace('\u{a0}', " ");
    assert!(dates.contains("Dernier audit industriel (Nord)"), "{dates}");
    assert!(dates.contains("31 mars 2027"), "{dates}");

    page.click("[data-role=reponse] > [data-slot=manque] a[href='#phase-validation']");
    page.wait_for("location.hash === '#phase-validation'");
    let step = ".etapes-lien[href='#section-phase']";
    page.wait_for(&format!(
        "document.querySelector(\"{step}\").textContent.includes('1 à remplir')"
    ));
    page.fill("#phase-validation", "15/04/2026");
    page.wait_for(&format!(
        "document.querySelector(\"{step}\").dataset.etat === 'rempli'"
    ));

    let doubt = "[data-slot=doutes] [data-controle='D1.O2.A/intervalle-max']";
    page.wait_for(&format!("document.querySelector(\"{doubt}\")"));
    page.click(&format!("{doubt} summary"));
    let question = page.eval(&format!(
        "document.querySelector(\"{doubt} textarea\").value"
    ));
    let question = question
        .as_str()
        .unwrap_or_default()
        .replace(['\u{a0}', '\u{202f}'], " ");
    for part in [
        "GHT du Littoral",
        "D1.O2.A",
        "(Nord)",
        "question 3.9",
        "question 3.16",
    ] {
        assert!(question.contains(part), "{part}: {question}");
    }
    page.click(&format!("{doubt} [data-action=copier]"));
    page.wait_for("document.querySelector('[data-role=message]').textContent === 'Message copié.'");
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn the_answer_says_what_to_do_next_on_a_desktop() {
    the_answer_says_what_to_do_next(PageOptions::desktop());
}

#[test]
fn the_answer_says_what_to_do_next_on_a_phone() {
    the_answer_says_what_to_do_next(PageOptions::phone());
}

#[test]
fn the_smallest_repair_leads_to_its_field() {
    let stage = Stage::new();
    let page = stage.calculator(PageOptions::desktop());
    page.fill("#phase-debut", "20/03/2026");
    page.fill("#phase-validation", "15/04/2026");
    page.fill("#phase-declaration", "20/03/2027");
    page.click("#titre-autoevaluation");
    page.fill("#autoevaluation-date", "25/03/2027");
    page.choose("#autoevaluation-moyen", "osis");
    wait_for_verdict(&page, "D1.O4", "non_atteint");
    let repair = "[data-objectif='D1.O4'] [data-slot=remede]";
    page.wait_for(&format!(
        "document.querySelector(\"{repair}\")?.hidden === false"
    ));
    let text = page.text(repair).replace('\u{a0}', " ");
    assert!(text.contains("2027"), "{text}");
    assert_eq!(page.count(&format!("{repair} a[href^='#']")), 1);
    page.assert_quiet(&stage.nginx.url(""));
}
