//! The form of the calculator: every field explained, rows copied, sorted and put back, the dossier kept or lost as asked.

use tests::scene::{Stage, field, row, wait_for_verdict, wait_until_ready};
use tests::{Page, PageOptions, site};

/// Paths of the schema's fields that the form does not explain, or lacks: `annuaires.audits.score: no unit`.
const UNEXPLAINED: &str = "(async (schema) => {
  const paths = [];
  const resolve = (node) => node.$ref ? resolve(node.$ref.split('/').slice(1).reduce((at, key) => at[key], schema)) : node.anyOf ? resolve(node.anyOf.find((n) => n.type !== 'null')) : node;
  const walk = (node, path) => {
    node = resolve(node);
    if (node.properties) return Object.entries(node.properties).forEach(([key, value]) => walk(value, [...path, key]));
    const items = node.items && resolve(node.items);
    if (items?.properties) return walk(items, path);
    paths.push([path.join('.'), JSON.stringify(node)]);
  };
  walk(schema, []);
  const every = (selector) => [document, ...[...document.querySelectorAll('template')].map((t) => t.content)].flatMap((root) => [...root.querySelectorAll(selector)]);
  const faults = [];
  for (const [path, node] of paths) {
    const key = path.split('.').pop();
    if (path === 'version' || key === 'id') continue;
    const notice = document.querySelectorAll(`[data-explique='${path}']`);
    if (notice.length !== 1) { faults.push(`${path}: ${notice.length} notices`); continue; }
    const [why] = notice;
    const field = every(`[data-champ='${key}']`).find((f) => why.tagName === 'DETAILS'
      ? why.closest('[data-enveloppe]')?.contains(f)
      : f.getAttribute('aria-describedby')?.split(' ').includes('aide-' + path.replaceAll('.', '-')));
    if (!field) { faults.push(`${path}: no field points to its notice`); continue; }
    const around = field.closest('[data-enveloppe]');
    if (!around.querySelector('[data-libelle]')?.textContent.trim()) faults.push(`${path}: no label`);
    const hint = (why.querySelector('[data-format]') ?? around.querySelector('.aide'))?.textContent.trim();
    if (!hint && field.tagName !== 'SELECT') faults.push(`${path}: no format`);
    const unit = why.querySelector('[data-unite]')?.textContent ?? around.textContent.match(/en euros|%/)?.[0];
    if (['decimal', 'entier', 'annee'].includes(field.dataset.type) && !unit) faults.push(`${path}: no unit`);
    if (!why.querySelector(`a[href*='/objectifs/']`) && !/Aucun objectif n’en dépend/.test(why.textContent)) faults.push(`${path}: no objective`);
    if (!why.querySelector(`a[href*='/faq/']`)) faults.push(`${path}: no question`);
  }
  return [paths.length, faults];
})";

#[test]
fn every_field_has_a_label_a_format_a_unit_a_reason_and_its_question() {
    let stage = Stage::new();
    let page = stage.calculator(PageOptions::desktop());
    let schema = std::fs::read_to_string(site::built().join("schema/dossier.json"));
    let found = page.eval(&format!("{UNEXPLAINED}({})", schema.expect("the schema")));
    assert!(found[0].as_u64().unwrap_or(0) > 60, "{found}");
    assert_eq!(found[1], serde_json::json!([]), "{found}");
}

/// An expense asks only for what its nature needs, and is judged at once.
fn expenses_are_judged_as_they_are_typed(options: PageOptions) {
    let stage = Stage::new();
    let page = stage.calculator(options);
    page.fill("#phase-debut", "20/03/2026");
    page.click("#titre-depenses");
    page.click("#etape-depenses [data-action=ajouter]");
    let expense = row("[data-liste=depenses]", 1);
    let in_sight = |key: &str| {
        let shown = format!(
            "document.querySelector('{}').checkVisibility()",
            field(&expense, key)
        );
        page.eval(&shown) == true
    };
    page.choose(&field(&expense, "nature"), "rh");
    assert!(in_sight("justification_rh") && !in_sight("commande") && !in_sight("part_ars"));
    page.choose(&field(&expense, "nature"), "abonnement");
    assert!(!in_sight("justification_rh") && in_sight("commande") && in_sight("fin"));
    page.fill(&field(&expense, "montant_ttc"), "12 000");
    for (key, date) in [
        ("commande", "01/04/2026"),
        ("facture", "02/04/2026"),
        ("debut", "01/04/2026"),
        ("fin", "30/06/2026"),
    ] {
        page.fill(&field(&expense, key), date);
    }
    let verdict = format!("document.querySelector('{expense} [data-avis]').dataset.verdict");
    page.wait_for(&format!("{verdict} === 'atteint'"));
    page.fill(&field(&expense, "commande"), "19/03/2026");
    page.wait_for(&format!("{verdict} === 'non_atteint'"));
    page.fill("#plafond-euros", "5000");
    page.wait_for("document.querySelector('[data-role=bilan]').innerText.includes('5000')");
    let totals = page
        .text("[data-role=bilan]")
        .replace(['\u{a0}', '\u{202f}'], " ");
    assert!(
        totals.contains("12 000 €") && totals.contains("5000 €"),
        "{totals}"
    );
    assert!(totals.contains("zip"), "how to send it unseen: {totals}");
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn expenses_are_judged_on_a_desktop() {
    expenses_are_judged_as_they_are_typed(PageOptions::desktop());
}

#[test]
fn expenses_are_judged_on_a_phone() {
    expenses_are_judged_as_they_are_typed(PageOptions::phone());
}

#[test]
fn no_exercise_can_be_said_and_only_a_group_converges() {
    let stage = Stage::new();
    let page = stage.calculator(PageOptions::phone());
    page.click("#etape-entites [data-action=ajouter]");
    page.fill(&field(&row("[data-liste=entites]", 1), "nom"), "CHU");
    wait_for_verdict(&page, "D1.O3", "incomplet");
    page.click("#titre-exercices");
    page.click("#exercices-aucun");
    wait_for_verdict(&page, "D1.O3", "non_atteint");
    page.click("#exercices-aucun");
    wait_for_verdict(&page, "D1.O3", "incomplet");
    let convergence = "document.querySelector('#section-convergence').checkVisibility()";
    page.choose("#candidat-type", "ej_privee");
    assert_eq!(page.eval(convergence), false);
    page.choose("#candidat-type", "ght");
    assert_eq!(page.eval(convergence), true);
    page.assert_quiet(&stage.nginx.url(""));
}

fn names(page: &Page) -> String {
    let names = page.eval("[...document.querySelectorAll('[data-liste=entites] [data-champ=nom]')].map((f) => f.value).join()");
    names.as_str().unwrap_or_default().to_owned()
}

#[test]
fn rows_are_sorted_copied_and_put_back_by_keyboard() {
    let stage = Stage::new();
    let page = stage.calculator(PageOptions::desktop());
    for (rank, name) in [(1, "Foix"), (2, "Élan"), (3, "")] {
        page.click("#etape-entites [data-action=ajouter]");
        page.fill(&field(&row("[data-liste=entites]", rank), "nom"), name);
    }
    let press = |selector: &str| {
        page.eval(&format!("document.querySelector('{selector}').focus()"));
        page.press("Enter");
    };
    press("#etape-entites [data-action=trier]");
    page.wait_for(
        "document.querySelector('[data-liste=entites] [data-champ=nom]').value === 'Élan'",
    );
    assert_eq!(names(&page), "Élan,Foix,");
    press("[data-action=annuler-retrait]");
    assert_eq!(names(&page), "Foix,Élan,");
    press("#etape-perimetres [data-action=ajouter]");
    page.type_text("Nord");
    let perimeter = row("[data-liste=perimetres]", 1);
    press(&format!("{perimeter} [data-action=toutes]"));
    press(&format!("{perimeter} .sous-bloc [data-action=ajouter]"));
    page.type_text("06/05/2026");
    press(&format!("{perimeter} .rang-entete [data-action=dupliquer]"));
    page.wait_for(
        "document.querySelectorAll('[data-liste=perimetres] > [data-ligne]').length === 2",
    );
    let copy = row("[data-liste=perimetres]", 2);
    let date = field(&row(&format!("{copy} [data-liste=audits]"), 1), "date");
    assert_eq!(
        page.eval(&format!("document.querySelector('{date}').value")),
        "06/05/2026"
    );
    assert_eq!(page.count(&format!("{copy} [data-case] input:checked")), 3);
    assert_eq!(
        page.eval(&format!(
            "document.activeElement === document.querySelector('{}')",
            field(&copy, "nom")
        )),
        true
    );
    press("[data-action=annuler-retrait]");
    assert_eq!(page.count("[data-liste=perimetres] > [data-ligne]"), 1);
    page.assert_quiet(&stage.nginx.url(""));
}

/// Reloads the page as the reader would, letting go of the question that the browser asks.
fn reload(page: &Page) {
    page.eval("window.before = true");
    page.call("Page.reload", serde_json::json!({}));
    page.wait_for("!window.before && document.querySelector('[data-role=application]') && !document.querySelector('[data-role=application]').hidden");
}

#[test]
fn a_reload_loses_nothing_and_nothing_is_stored_unless_asked() {
    let stage = Stage::new();
    let page = stage.calculator(PageOptions::desktop());
    page.fill("#candidat-nom", "GHT gardé");
    page.fill("#phase-debut", "31/02/2026");
    // The fault of the field that the click leaves appears after it, and does not move the button away from it.
    page.click_slowly("#etape-annuaires [data-action=ajouter]");
    page.wait_for("history.state?.includes('annuaires')");
    // The browser asks before it leaves a page with unsaved work; a headless one is told not to.
    page.click("[data-action=garder]");
    page.wait_for("document.querySelector('[data-role=message]').textContent.includes('gardé dans ce navigateur')");
    page.wait_for("history.state?.includes('\"modifie\":false')");
    reload(&page);
    let value = |id: &str| page.eval(&format!("document.querySelector('{id}').value"));
    assert_eq!(value("#candidat-nom"), "GHT gardé");
    assert_eq!(value("#phase-debut"), "31/02/2026");
    assert_eq!(value("#aujourdhui"), "20/08/2026");
    assert_eq!(page.count("[data-liste=annuaires] > [data-ligne]"), 1);
    page.click("[data-action=effacer]");
    page.click("[data-dialogue=effacer] [data-action=confirmer]");
    page.wait_for("document.querySelector('#candidat-nom').value === ''");
    assert_eq!(page.eval("localStorage.length"), 0);
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn what_is_kept_on_this_computer_is_offered_and_another_tab_does_not_overwrite_it() {
    let stage = Stage::new();
    let page = stage.calculator(PageOptions::phone());
    assert_eq!(page.eval("localStorage.length + sessionStorage.length"), 0);
    page.fill("#candidat-nom", "Premier");
    page.wait_for("history.state?.includes('Premier')");
    page.click("[data-action=garder]");
    page.wait_for("localStorage.length === 1");
    // Another tab kept another dossier meanwhile.
    page.eval("localStorage.setItem('care-dossier', localStorage.getItem('care-dossier').replace('Premier', 'Autre'))");
    page.click("[data-action=garder]");
    page.wait_for("document.querySelector('[data-dialogue=garder]').open");
    page.click("[data-dialogue=garder] [data-action=renoncer]");
    assert_eq!(
        page.eval("localStorage.getItem('care-dossier').includes('Autre')"),
        true
    );
    let other = page.sibling();
    other.goto(&stage.nginx.url("calculateur/"));
    wait_until_ready(&other);
    other.click("[data-action=reprendre]");
    other.wait_for("document.querySelector('#candidat-nom').value === 'Autre'");
    other.assert_quiet(&stage.nginx.url(""));
    page.assert_quiet(&stage.nginx.url(""));
}

/// However soon after a key press: long before the form is kept at rest.
#[test]
fn a_reload_right_after_a_key_press_loses_nothing() {
    let stage = Stage::new();
    let page = stage.calculator(PageOptions::phone());
    page.fill("#candidat-nom", "GHT");
    page.wait_for("history.state?.includes('GHT')");
    // In one task: nothing that waits has its turn in between.
    page.leave(
        "const f = document.querySelector('#candidat-nom'); f.value = 'GHT du soir'; \
         f.dispatchEvent(new Event('input', { bubbles: true })); window.before = true; location.reload();",
    );
    page.wait_for("!window.before && document.querySelector('[data-role=application]') && !document.querySelector('[data-role=application]').hidden");
    assert_eq!(
        page.eval("document.querySelector('#candidat-nom').value"),
        "GHT du soir"
    );
    page.assert_quiet(&stage.nginx.url(""));
}
