//! The search box and the search page, by pointer and by keyboard, at both widths, offline and from a disk.

use serde_json::{Value, json};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use tests::html::outline;
use tests::projet::Projet;
use tests::{Browser, Nginx, Page, PageOptions, site};

fn stage() -> (Nginx, Browser) {
    (Nginx::serve(site::built()), Browser::launch())
}

fn both_widths() -> [PageOptions; 2] {
    [PageOptions::phone(), PageOptions::desktop()]
}

const FIELD: &str = "#recherche-champ";

/// Types into the box and waits for the proposals to begin with one whose group is this.
fn ask(page: &Page, query: &str, first: &str) {
    page.fill(FIELD, query);
    page.wait_for(&format!(
        "document.querySelector('.recherche-option .recherche-groupe')?.textContent.replace(/\\s/g, ' ') === {}",
        json!(first)
    ));
}

fn attribute(page: &Page, selector: &str, name: &str) -> Value {
    page.eval(&format!(
        "document.querySelector({}).getAttribute({})",
        json!(selector),
        json!(name)
    ))
}

/// The combobox pattern of the ARIA guide: what each key does to the roles and states.
fn check_keyboard(page: &Page) {
    page.press("/");
    assert_eq!(page.eval("document.activeElement.id"), "recherche-champ");
    let states = [
        "role",
        "aria-expanded",
        "aria-controls",
        "aria-autocomplete",
    ];
    let before = states.map(|name| attribute(page, FIELD, name));
    assert_eq!(before, ["combobox", "false", "recherche-liste", "list"]);
    ask(page, "conteneur zed perdu", "Question 4.2");
    assert_eq!(attribute(page, FIELD, "aria-expanded"), "true");
    assert_eq!(attribute(page, "#recherche-liste", "role"), "listbox");
    // Once the hand rests.
    page.wait_for("document.querySelector('.recherche-option mark')");
    assert_eq!(page.count("[role=option][aria-selected=true]"), 0);
    page.press("ArrowDown");
    assert_eq!(
        attribute(page, FIELD, "aria-activedescendant"),
        "recherche-option-0"
    );
    page.press("ArrowUp");
    let last = page.count("[role=option]") - 1;
    assert_eq!(
        attribute(page, FIELD, "aria-activedescendant"),
        format!("recherche-option-{last}")
    );
    page.press("Escape");
    assert_eq!(attribute(page, FIELD, "aria-expanded"), "false");
    assert_eq!(
        page.eval("document.querySelector('#recherche-champ').value"),
        "conteneur zed perdu"
    );
    page.press("Escape");
    assert_eq!(
        page.eval("document.querySelector('#recherche-champ').value"),
        ""
    );
    ask(page, "conteneur zed perdu", "Question 4.2");
    page.press("ArrowDown");
    page.press("Enter");
    page.wait_for("document.querySelector('article')?.dataset.question === '4.2'");
}

#[test]
fn the_box_is_a_combobox_at_both_widths() {
    let (nginx, browser) = stage();
    for options in both_widths() {
        let page = browser.page(options);
        page.goto(&nginx.url("faq/3-16/"));
        check_keyboard(&page);
        ask(&page, "signatues interverties", "Question 2.14");
        page.click(".recherche-option");
        page.wait_for("document.querySelector('article')?.dataset.question === '2.14'");
        page.assert_quiet(&nginx.url(""));
    }
}

/// Moves down to the first proposal of a group.
fn go_down_to(page: &Page, group: &str) {
    let chosen = format!(
        "document.querySelector('[aria-selected=true] .recherche-groupe')?.textContent.replace(/\\s/g, ' ') === {}",
        json!(group)
    );
    page.wait_for("document.querySelectorAll('[role=option]').length > 0");
    page.press("ArrowDown");
    for _ in 0..page.count("[role=option]") {
        if page.eval(&chosen) == true {
            return;
        }
        page.press("ArrowDown");
    }
    panic!("no proposal of « {group} »");
}

/// A query, the group of the proposal to follow, and what must be true where its link lands.
const LANDINGS: &[(&str, &str, &str)] = &[
    (
        "année du budget",
        "Calculateur",
        "document.activeElement.id === 'budget-annee' && document.activeElement.checkVisibility()",
    ),
    (
        "étape 5 zip",
        "Guide",
        "location.pathname.endsWith('/guide/declaration/') && document.querySelector(':target')?.textContent.includes('zip')",
    ),
    (
        "dernier jour pour la validation de la candidature par l'ARS",
        "Échéances",
        "document.querySelector(':target')?.id === 'validation_ars_limite'",
    ),
    (
        "auditer régulièrement tous les annuaires",
        "Objectifs",
        "location.pathname.endsWith('/objectifs/d1-o1-a/')",
    ),
    (
        "perdu les accès aux deux conteneurs",
        "Question 4.2",
        "document.querySelector('article')?.dataset.question === '4.2'",
    ),
];

#[test]
fn every_group_is_found_and_its_link_lands_on_the_passage() {
    let (nginx, browser) = stage();
    for options in both_widths() {
        let page = browser.page(options);
        for (query, group, landed) in LANDINGS {
            page.goto(&nginx.url("faq/1-5/"));
            page.click(FIELD);
            page.wait_for("document.querySelector('[data-moteur-pret]')");
            page.type_text(query);
            go_down_to(&page, group);
            page.press("Enter");
            page.wait_for(landed);
        }
        page.assert_quiet(&nginx.url(""));
    }
}

/// Waits for the results and gives their links.
fn results(page: &Page) -> Vec<String> {
    page.wait_for("document.querySelectorAll('.resultat-lien').length > 0");
    let links = page
        .eval("[...document.querySelectorAll('.resultat-lien')].map(a => a.getAttribute('href'))");
    let links = links.as_array().cloned().unwrap_or_default();
    links
        .iter()
        .filter_map(|link| link.as_str().map(str::to_owned))
        .collect()
}

fn summary(page: &Page) -> String {
    page.text("[data-recherche-bilan]")
}

#[test]
fn the_page_groups_filters_and_keeps_its_state() {
    let (nginx, browser) = stage();
    for options in both_widths() {
        let page = browser.page(options);
        page.goto(&nginx.url("recherche/#q=audit"));
        let all = results(&page).len();
        let numbered = "/^\\d\\.\\d+\\s/.test(document.querySelector('.resultat-lien[href*=\"faq/\"]').textContent)";
        assert_eq!(page.eval(numbered), true, "questions have their numbers");
        let groups =
            page.eval("[...document.querySelectorAll('.resultats-titre')].map(e => e.textContent)");
        assert!(groups.as_array().is_some_and(|g| g.len() > 2), "{groups}");
        page.choose("#filtre-section", "financement");
        assert!(results(&page).iter().all(|link| link.contains("faq/2-")));
        page.choose("#filtre-section", "");
        page.choose("#filtre-public", "daf");
        page.choose("#filtre-objectif", "D1.O2");
        let few = results(&page).len();
        assert!(few > 0 && few < all, "{few} of {all}");
        let state = page.eval("location.hash");
        assert_eq!(state, "#q=audit&objectif=D1.O2&public=daf");
        page.call("Page.reload", json!({}));
        page.wait_for("document.querySelector('#filtre-public').value === 'daf'");
        assert_eq!(results(&page).len(), few);
        page.click(".resultat-lien");
        page.wait_for("!document.querySelector('.recherche-page')");
        page.eval("history.back()");
        page.wait_for("document.querySelector('#filtre-public')?.value === 'daf'");
        assert_eq!(results(&page).len(), few);
        page.assert_quiet(&nginx.url(""));
    }
}

#[test]
fn the_box_says_when_its_answers_are_only_the_nearest() {
    let (nginx, browser) = stage();
    let note = "getComputedStyle(document.querySelector('#recherche-liste'), '::before').content";
    for options in both_widths() {
        let page = browser.page(options);
        page.goto(&nginx.url("faq/1-5/"));
        page.click(FIELD);
        page.wait_for("document.querySelector('[data-moteur-pret]')");
        page.type_text("xylophone");
        page.wait_for(&format!("{note}.includes('Rien ne correspond exactement')"));
        page.wait_for("document.querySelectorAll('[role=option]').length > 0");
        for _ in "xylophone".chars() {
            page.press("Backspace");
        }
        page.type_text("audit");
        page.wait_for(&format!("{note} === 'none'"));
        page.assert_quiet(&nginx.url(""));
    }
}

#[test]
fn no_question_is_left_without_an_answer() {
    let (nginx, browser) = stage();
    for options in both_widths() {
        let page = browser.page(options);
        page.goto(&nginx.url("recherche/"));
        page.fill(FIELD, "xylophone");
        assert!(!results(&page).is_empty());
        assert!(summary(&page).starts_with("Rien ne correspond exactement"));
        page.fill(FIELD, "plafond");
        page.choose("#filtre-section", "financement");
        page.choose("#filtre-objectif", "D1.O4");
        assert!(!results(&page).is_empty());
        assert!(summary(&page).starts_with("Aucun résultat avec ces filtres"));
        page.fill(FIELD, "");
        page.choose("#filtre-section", "");
        page.choose("#filtre-objectif", "");
        page.wait_for("document.querySelector('.index-sujets a').checkVisibility({ contentVisibilityAuto: true })");
        let hint = "document.querySelector('#recherche-champ').placeholder !== ''";
        page.wait_for(hint);
        page.fill(FIELD, "audit");
        page.wait_for("document.querySelector('[data-recherche-index]').hidden");
        assert_eq!(
            page.eval("document.querySelector('.index-sujets a').checkVisibility()"),
            false,
            "the index is away while something is asked"
        );
    }
}

#[test]
fn enter_goes_to_the_page_then_to_the_best_result() {
    let (nginx, browser) = stage();
    let page = browser.page(PageOptions::desktop());
    page.goto(&nginx.url(""));
    page.fill(FIELD, "antivirus");
    page.press("Enter");
    page.wait_for("location.pathname.endsWith('/recherche/') && location.hash === '#q=antivirus'");
    results(&page);
    page.click(FIELD);
    page.press("Enter");
    page.wait_for("document.activeElement.className === 'resultat-lien'");
    page.press("Enter");
    page.wait_for("document.querySelector('article')?.dataset.question === '2.8'");
    page.assert_quiet(&nginx.url(""));
}

#[test]
fn searching_needs_no_network_once_the_engine_is_there() {
    let (nginx, browser) = stage();
    for options in both_widths() {
        let page = browser.page(options);
        page.goto(&nginx.url("faq/2-4/"));
        page.click(FIELD);
        page.wait_for("document.querySelector('[data-moteur-pret]')");
        let offline = json!({ "offline": true, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        page.call("Network.emulateNetworkConditions", offline);
        ask(&page, "rétroactif", "Question 2.5");
        page.assert_quiet(&nginx.url(""));
    }
}

#[test]
fn the_page_searches_from_a_disk() {
    let browser = Browser::launch();
    let root = format!("file://{}", site::built().display());
    for options in both_widths() {
        let page = browser.page(options);
        page.goto(&format!("{root}/recherche/index.html#q=antivirus"));
        assert!(results(&page)[0].contains("faq/2-8/index.html"));
        page.click(".resultat-lien");
        page.wait_for("document.querySelector('article')?.dataset.question === '2.8'");
        ask(&page, "score ads", "Question 3.3");
        page.assert_quiet("file://");
    }
}

/// The file and the anchor of a result's address on a disk; no anchor where the browser looks for words.
fn target(root: &Path, link: &str) -> (std::path::PathBuf, Option<String>) {
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let anchor = (!anchor.is_empty() && !anchor.starts_with(":~:")).then(|| anchor.to_owned());
    (root.join("recherche").join(path), anchor)
}

#[test]
fn every_result_stands_in_the_site() {
    let browser = Browser::launch();
    let root = site::built();
    let page = browser.page(PageOptions::desktop());
    let mut seen = std::collections::BTreeSet::new();
    for query in [
        "audit",
        "date",
        "budget",
        "entité",
        "preuve",
        "convergence",
        "score",
        "dossier",
    ] {
        page.goto(&format!(
            "file://{}/recherche/index.html#q={query}",
            root.display()
        ));
        seen.extend(results(&page));
    }
    assert!(seen.len() > 100, "{}", seen.len());
    for link in &seen {
        let (file, anchor) = target(root, link);
        let html = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{link}: {error}"));
        assert!(
            anchor.is_none_or(|anchor| outline(&html).ids.contains(&anchor)),
            "{link}: no such anchor"
        );
    }
}

/// The addresses of the pages, and their titles as they stand in them.
fn titles(root: &Path) -> Vec<(String, String)> {
    let pages = site::files(root).into_iter().filter_map(|file| {
        let address = file.to_str()?.strip_suffix("index.html")?.to_owned();
        let html = std::fs::read_to_string(root.join(&file)).ok()?;
        let title = html.split_once("<h1>")?.1.split_once("</h1>")?.0.to_owned();
        Some((address, title))
    });
    // The home page asks what one looks for, and the search is what one has.
    pages
        .filter(|(address, _)| !["", "recherche/"].contains(&address.as_str()))
        .collect()
}

/// The address of a page that the command line names.
fn address(id: &str) -> String {
    match id.split_once(':') {
        None => format!("faq/{}/", id.replace('.', "-")),
        Some(("objectif", code)) => {
            format!("objectifs/{}/", code.to_lowercase().replace('.', "-"))
        }
        Some((_, path)) => format!("{path}/"),
    }
}

/// What the command line answers to each query.
fn asked(queries: &[&str]) -> Vec<Value> {
    let mut child = Command::new(site::sitegen())
        .args(["search", "--json", "-"])
        .current_dir(site::repository())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("sitegen starts");
    let mut pipe = child.stdin.take().expect("its input");
    pipe.write_all(queries.join("\n").as_bytes())
        .expect("all was read");
    drop(pipe);
    let answered = child.wait_with_output().expect("it ends").stdout;
    let answered = String::from_utf8(answered).expect("a text");
    let lines = answered.lines();
    lines
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

#[test]
fn every_page_is_found_by_its_title() {
    let titles = titles(site::built());
    assert!(titles.len() > 100, "{}", titles.len());
    let queries: Vec<&str> = titles.iter().map(|(_, title)| title.as_str()).collect();
    let answers = asked(&queries);
    assert_eq!(answers.len(), titles.len());
    for ((page, title), answer) in titles.iter().zip(&answers) {
        let found = answer["resultats"].as_array().cloned().unwrap_or_default();
        let mut first = found.iter().take(3).filter_map(Value::as_str);
        assert!(
            first.any(|id| address(id) == *page),
            "« {title} » does not find {page} but {found:?}"
        );
    }
}

#[test]
fn what_a_word_means_is_answered_by_the_glossary_first() {
    let cases = [
        ("c'est quoi un ght", "glossaire:ght"),
        ("C’EST QUOI L’ADS", "glossaire:ads"),
        ("que veut dire cvss", "glossaire:cvss"),
        ("définition ordonnateur", "glossaire:ordonnateur"),
        ("c'est quoi une dépense éligible", "2.2"),
        ("password", "4.2"),
        ("dpo", "guide:donnees-personnelles"),
        ("combien", "2.4"),
    ];
    let queries: Vec<&str> = cases.iter().map(|(query, _)| *query).collect();
    for ((query, wanted), answer) in cases.iter().zip(asked(&queries)) {
        assert_eq!(answer["resultats"][0], *wanted, "« {query} »: {answer}");
    }
}

#[test]
fn faults_of_the_lexicon_are_told_with_their_place() {
    let cases = [
        (
            "synonymes = [",
            "synonymes = [\n  [\"zzyzx\", \"qwyjibo\"],",
            "entrée morte",
        ),
        (
            "synonymes = [",
            "synonymes = [\n  [\"facture\", \"note de frais\"],",
            "ce terme est dans deux entrées",
        ),
        (
            "voisins = [",
            "voisins = [\n  { de = [\"audit\"], vers = [\"Audit\"] },",
            "des voisins qui reviennent à leur point de départ",
        ),
        (
            "synonymes = [",
            "synonymes = [\n  [\"facture seule\"],",
            "une entrée qui ne mène à rien",
        ),
        (
            "[paroles]",
            "[paroles]\n\"9.99\" = [\"jamais\"]",
            "aucune question n'a le numéro 9.99",
        ),
    ];
    for (from, to, fault) in cases {
        let projet = Projet::copy().with_change("content/synonymes.toml", from, to);
        let checked = projet.sitegen(&["check"]);
        let told = String::from_utf8_lossy(&checked.stderr).into_owned();
        assert_eq!(checked.status.code(), Some(1), "{fault}: {told}");
        assert!(told.contains(fault), "{told}");
        assert!(told.contains("content/synonymes.toml:"), "{told}");
    }
}
