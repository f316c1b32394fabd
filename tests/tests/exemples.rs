//! Every worked example, opened in the real calculator through its own link.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use tests::browser::fresh_folder;
use tests::{Browser, Nginx, Page, PageOptions, site};

/// An example as its file says it.
struct Exemple {
    slug: String,
    date: String,
    dossier: String,
}

fn exemples() -> Vec<Exemple> {
    let folder = site::repository().join("content/exemples");
    let files = site::files(&folder);
    files.iter().map(|file| read(&folder.join(file))).collect()
}

fn read(file: &Path) -> Exemple {
    let text = std::fs::read_to_string(file).expect("an example");
    let line = text.lines().find_map(|line| line.strip_prefix("date = "));
    let dossier = text.split("'''").nth(1).expect("a dossier");
    Exemple {
        slug: file.file_stem().expect("a name").display().to_string(),
        date: line.expect("a day").trim_matches('"').to_owned(),
        dossier: dossier.to_owned(),
    }
}

/// What the command line says of each example: the verdict of each objective. One run a day, many dossiers each.
fn expected(exemples: &[Exemple], folder: &Path) -> BTreeMap<String, Value> {
    let mut days: BTreeMap<&str, Vec<&Exemple>> = BTreeMap::new();
    for exemple in exemples {
        days.entry(&exemple.date).or_default().push(exemple);
    }
    let evaluated = days.into_iter().flat_map(|(day, exemples)| {
        let files = exemples.iter().map(|exemple| {
            let file = folder.join(format!("{}.json", exemple.slug));
            std::fs::write(&file, &exemple.dossier).expect("the dossier is written");
            file.to_string_lossy().into_owned()
        });
        let files: Vec<String> = files.collect();
        let mut arguments = vec!["evaluate", "--date", day, "--json"];
        arguments.extend(files.iter().map(String::as_str));
        let done = site::run(&arguments);
        let lines = String::from_utf8(done.stdout).expect("UTF-8");
        assert_eq!(lines.lines().count(), exemples.len(), "a line each");
        let said = lines
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"));
        let said: Vec<Value> = said.collect();
        exemples
            .into_iter()
            .map(|exemple| exemple.slug.clone())
            .zip(said)
    });
    evaluated.collect()
}

/// The addresses of « Ouvrir dans le calculateur », by example.
fn links(page: &Page) -> Value {
    page.eval(
        "Object.fromEntries([...document.querySelectorAll('[data-exemple]')]
            .map(e => [e.dataset.exemple, e.querySelector('.exemple-ouvrir a').href]))",
    )
}

/// By objective: the sentence of the check that decides, and those of its readings.
const SENTENCES: &str = "Object.fromEntries([...document.querySelectorAll('[data-objectif]')].map(e => {
    const check = e.querySelector('[data-slot=decisif] .controle');
    const readings = [...check.querySelectorAll('[data-slot=lectures] [data-slot=phrase]')];
    return [e.dataset.objectif, [check.querySelector('.controle-phrase').textContent, readings.map(r => r.textContent)]];
}))";

const READY: &str = "!document.querySelector('[data-role=application]').hidden";

fn message(page: &Page) -> String {
    let said = page.eval("document.querySelector('[data-role=message]').textContent");
    let said = said.as_str().unwrap_or_default();
    said.replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn every_example_gives_the_same_verdicts_in_the_calculator() {
    let nginx = Nginx::serve(site::built());
    let browser = Browser::launch();
    let page = browser.page(PageOptions::desktop());
    page.goto(&nginx.url("exemples/"));
    let links = links(&page);
    let (exemples, folder) = (exemples(), fresh_folder());
    assert!(exemples.len() >= 40, "{}", exemples.len());
    assert_eq!(
        links.as_object().map(serde_json::Map::len),
        Some(exemples.len())
    );
    let expected = expected(&exemples, &folder);
    for exemple in &exemples {
        let link = links[&exemple.slug].as_str().expect("a link");
        // From elsewhere: between two fragments of one page, nothing would load.
        page.goto("about:blank");
        page.goto(link);
        page.wait_for(READY);
        assert!(
            message(&page).starts_with("Dossier ouvert, vu le "),
            "{}: {}",
            exemple.slug,
            message(&page)
        );
        let shown = page.eval(
            "Object.fromEntries([...document.querySelectorAll('[data-objectif]')].map(e => [e.dataset.objectif, e.dataset.verdict]))",
        );
        let said = page.eval(SENTENCES);
        let objectives = expected[&exemple.slug]["objectifs"].as_object();
        for (code, result) in objectives.expect("objectives") {
            assert_eq!(shown[code], result["verdict"], "{}: {code}", exemple.slug);
            // What decides, in the same words, with the same verdict of each reading.
            let decides = &result["controles"][0];
            let readings: Vec<&Value> = decides["lectures"]
                .as_array()
                .expect("readings")
                .iter()
                .map(|reading| &reading["explication"])
                .collect();
            let told = json!([decides["explication"], readings]);
            assert_eq!(said[code], told, "{}: {code}", exemple.slug);
        }
    }
    page.assert_quiet(&nginx.url(""));
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn an_example_is_opened_by_its_button() {
    let nginx = Nginx::serve(site::built());
    let browser = Browser::launch();
    let page = browser.page(PageOptions::phone());
    page.goto(&nginx.url("exemples/#ecart-trop-tard"));
    page.click("[data-exemple=ecart-trop-tard] .exemple-ouvrir a");
    page.wait_for("location.pathname.endsWith('/calculateur/')");
    page.wait_for(READY);
    assert_eq!(
        page.eval("document.querySelector('#aujourdhui').value"),
        "19/08/2026"
    );
    assert_eq!(
        page.eval("document.querySelector('[data-objectif=\"D1.O2.A\"]').dataset.verdict"),
        "perdu"
    );
    // Nothing was typed: leaving asks nothing.
    page.goto(&nginx.url("exemples/"));
    page.assert_quiet(&nginx.url(""));
}

#[test]
fn a_cut_or_forged_link_says_so_and_leaves_the_form_empty() {
    let nginx = Nginx::serve(site::built());
    let browser = Browser::launch();
    for (fragment, told) in [
        (
            "#dossier=eyJjYW5kaWRhdCI6eyJub20i",
            "Le lien suivi est incomplet",
        ),
        (
            "#dossier=<script>&date=2026-08-20",
            "Le lien suivi est incomplet",
        ),
        // {"candidat":{"nom":"Faux"},"couleur":1}
        (
            "#dossier=eyJjYW5kaWRhdCI6eyJub20iOiJGYXV4In0sImNvdWxldXIiOjF9&date=2026-08-20",
            "Le dossier de ce lien n’a pas été ouvert, votre saisie est intacte.",
        ),
    ] {
        let page = browser.page(PageOptions::desktop());
        page.goto(&nginx.url(&format!("calculateur/{fragment}")));
        page.wait_for(READY);
        assert!(
            message(&page).starts_with(told),
            "{fragment}: {}",
            message(&page)
        );
        assert_eq!(
            page.eval("document.querySelector('#candidat-nom').value"),
            ""
        );
        page.assert_quiet(&nginx.url(""));
    }
}
