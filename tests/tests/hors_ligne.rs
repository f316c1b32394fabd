//! The offline copy behind a real nginx that is then stopped, and the calculator in one file, from a disk.

use serde_json::json;
use std::path::{Path, PathBuf};
use tests::browser::fresh_folder;
use tests::nginx::free_port;
use tests::projet::copy_tree;
use tests::site::{built, files, run};
use tests::{Browser, Logiciel, Page, PageOptions, Projet, Serveur};

/// A folder that is served under `/care/`, and what is in it at the moment.
struct Scene {
    folder: PathBuf,
    port: u16,
    server: Option<Serveur>,
}

impl Scene {
    fn new(site: &Path) -> Self {
        let mut scene = Self {
            folder: fresh_folder(),
            port: free_port(),
            server: None,
        };
        scene.publish(site);
        scene.start();
        scene
    }

    fn site(&self) -> PathBuf {
        self.folder.join("site")
    }

    /// Exchanges the served files, the server running.
    fn publish(&mut self, site: &Path) {
        let _ = std::fs::remove_dir_all(self.site());
        copy_tree(site, &self.site());
    }

    fn start(&mut self) {
        let server = Serveur::start_at(Logiciel::Nginx, &self.site(), "/care/", self.port);
        self.server = Some(server);
    }

    /// No network any more: whatever is asked for now comes from the copy.
    fn stop(&mut self) {
        self.server = None;
    }

    fn url(&self, address: &str) -> String {
        format!("http://127.0.0.1:{}/care/{address}", self.port)
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

const BUTTON: &str = "[data-role=bouton]";

fn wait_for_state(page: &Page, state: &str) {
    page.wait_for(&format!(
        "document.querySelector('[data-module=hors-ligne]')?.dataset.etat === '{state}'"
    ));
}

/// Opens the page of the copy and asks for it.
fn keep(page: &Page, scene: &Scene) {
    page.goto(&scene.url("hors-ligne/"));
    wait_for_state(page, "absente");
    page.click(BUTTON);
    wait_for_state(page, "presente");
    assert!(page.text("[data-module=hors-ligne]").contains("Retirer"));
}

fn cache_names(page: &Page) -> Vec<String> {
    let names = page.eval("caches.keys()");
    let names = names.as_array().into_iter().flatten();
    names
        .filter_map(|n| n.as_str().map(str::to_owned))
        .collect()
}

fn registrations(page: &Page) -> u64 {
    page.eval("navigator.serviceWorker.getRegistrations().then(all => all.length)")
        .as_u64()
        .expect("a number")
}

/// Every page of a built site: address and the `<title>` that stands in its file.
fn pages(site: &Path) -> Vec<(String, String)> {
    let html = files(site)
        .into_iter()
        .filter(|f| f.ends_with("index.html"));
    html.map(|file| {
        let text = std::fs::read_to_string(site.join(&file)).expect("UTF-8");
        let title = text
            .split("<title>")
            .nth(1)
            .and_then(|t| t.split("</title>").next());
        let title = title.expect("a title").replace("&#39;", "'");
        let address = file.to_string_lossy().replace("index.html", "");
        (address, title)
    })
    .collect()
}

/// Whether an address opens at all.
fn opens(page: &Page, url: &str) -> bool {
    let answer = page.call("Page.navigate", json!({ "url": url }));
    answer.get("errorText").is_none()
}

#[test]
fn nothing_is_stored_before_it_is_asked_for() {
    let scene = Scene::new(built());
    let browser = Browser::launch();
    let page = browser.page(PageOptions::desktop());
    for address in ["", "faq/3-16/", "calculateur/", "hors-ligne/"] {
        page.goto(&scene.url(address));
    }
    wait_for_state(&page, "absente");
    assert_eq!((registrations(&page), cache_names(&page).len()), (0, 0));
    let stored = "[localStorage.length, sessionStorage.length, document.cookie.length]";
    assert_eq!(page.eval(stored), json!([0, 0, 0]));
    let databases = page.eval("indexedDB.databases().then(all => all.length)");
    assert_eq!(databases, json!(0));
    page.assert_quiet(&scene.url(""));
}

#[test]
fn the_whole_site_is_read_without_a_network_and_the_same_button_removes_it() {
    let mut scene = Scene::new(built());
    let browser = Browser::launch();
    let page = browser.page(PageOptions::phone());
    keep(&page, &scene);
    page.assert_quiet(&scene.url(""));
    scene.stop();
    let pages = pages(built());
    assert!(pages.len() > 100);
    for (address, title) in &pages {
        page.goto(&scene.url(address));
        assert_eq!(page.eval("document.title"), json!(title), "{address}");
        let shown = page.eval("location.href");
        assert_eq!(shown, json!(scene.url(address)), "{address}");
    }
    page.goto(&scene.url("faq/3-16"));
    assert_eq!(page.eval("location.href"), json!(scene.url("faq/3-16/")));
    page.goto(&scene.url("faq/3-16/index.html#contenu"));
    assert_eq!(
        page.eval("document.querySelector('article').dataset.question"),
        "3.16"
    );
    page.click("#recherche-champ");
    page.type_text("antivirus");
    page.wait_for("document.querySelectorAll('.recherche-option').length > 0");
    page.goto(&scene.url("calculateur/"));
    page.wait_for("!document.querySelector('[data-role=application]').hidden");
    assert!(
        !opens(&page, &scene.url("faq/9-99/")),
        "an unknown address is no other page"
    );

    page.goto(&scene.url("hors-ligne/"));
    wait_for_state(&page, "presente");
    page.click(BUTTON);
    wait_for_state(&page, "retiree");
    assert_eq!((registrations(&page), cache_names(&page).len()), (0, 0));
    assert!(!opens(&page, &scene.url("")), "nothing is left");
}

#[test]
fn a_copy_that_was_removed_can_be_taken_again_at_once() {
    let scene = Scene::new(built());
    let browser = Browser::launch();
    let page = browser.page(PageOptions::desktop());
    keep(&page, &scene);
    page.click(BUTTON);
    wait_for_state(&page, "retiree");
    page.click(BUTTON);
    wait_for_state(&page, "presente");
    assert_eq!(cache_names(&page).len(), 1);
    // The same after the copy has served: its worker is then at work in this very page.
    page.goto(&scene.url("hors-ligne/"));
    wait_for_state(&page, "presente");
    page.click(BUTTON);
    wait_for_state(&page, "retiree");
    page.click(BUTTON);
    wait_for_state(&page, "presente");
    assert_eq!(cache_names(&page).len(), 1);
    let kept = "caches.keys().then(n => caches.open(n[0])).then(c => c.keys()).then(k => k.length)";
    assert!(page.eval(kept).as_u64().is_some_and(|n| n > 110));
}

/// The site after an edit: another title of a question, so other pages, another index, another build.
fn next_build() -> PathBuf {
    let question = "content/faq/financement/2.5.md";
    let projet = Projet::copy();
    let text = std::fs::read_to_string(projet.path(question)).expect("the question");
    let title = text
        .lines()
        .find(|line| line.starts_with("titre = "))
        .expect("a title");
    let projet = projet.with_change(question, title, "titre = \"Un titre tout neuf\"");
    let out = fresh_folder().join("site");
    let done = projet.sitegen(&["build", "--out", &out.to_string_lossy()]);
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    out
}

/// Asks for the next build, as the browser does by itself at each visit, and says whether it is ready.
fn update(page: &Page) -> bool {
    let ready = "navigator.serviceWorker.getRegistration().then(async (r) => { \
        await r.update().catch(() => {}); \
        while (r.installing) await new Promise((go) => r.installing.addEventListener('statechange', go, { once: true })); \
        return r.waiting !== null; })";
    page.eval(ready) == json!(true)
}

/// What the question is called in the copy, and how many builds are kept.
fn seen(page: &Page, scene: &Scene) -> (bool, usize) {
    page.goto(&scene.url("faq/2-5/"));
    let new = page.text("h1").contains("Un titre tout neuf");
    (new, cache_names(page).len())
}

#[test]
fn a_new_build_is_taken_whole_or_not_at_all() {
    let (old, new) = (built(), next_build());
    let mut scene = Scene::new(old);
    let browser = Browser::launch();
    let page = browser.page(PageOptions::desktop());
    keep(&page, &scene);
    assert_eq!(seen(&page, &scene), (false, 1));

    // Half copied: the new list with one page of the old build.
    scene.publish(&new);
    let late = "faq/2-5/index.html";
    std::fs::copy(old.join(late), scene.site().join(late)).expect("copied");
    assert!(!update(&page), "half a build is refused");
    assert_eq!(seen(&page, &scene), (false, 1));

    // Whole: taken, but not while a page of the old build is open.
    scene.publish(&new);
    // The browser asks by itself too: what it asked while the files were exchanged fails, and is asked again.
    assert!((0..10).any(|_| update(&page)), "the new build is ready");
    assert_eq!(seen(&page, &scene), (false, 2));
    page.goto(&scene.url("hors-ligne/"));
    wait_for_state(&page, "nouvelle");
    page.goto("about:blank");
    scene.stop();
    // The tabs are closed: the new build serves, and the old one goes.
    let next = page.sibling();
    let mut tries = 0;
    while seen(&next, &scene) != (true, 1) {
        tries += 1;
        assert!(tries < 50, "the new build never serves");
        next.goto("about:blank");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    for (address, title) in pages(&new) {
        next.goto(&scene.url(&address));
        assert_eq!(next.eval("document.title"), json!(title), "{address}");
    }
    let _ = std::fs::remove_dir_all(new.parent().expect("its folder"));
}

/// The calculator's file, alone in a folder.
fn lonely_file(site: &Path) -> PathBuf {
    let file = fresh_folder().join("calculateur.html");
    std::fs::copy(site.join("calculateur-hors-ligne.html"), &file).expect("copied");
    file
}

#[test]
fn the_calculator_in_one_file_works_from_a_disk_without_a_network() {
    let file = lonely_file(built());
    let browser = Browser::launch();
    for options in [PageOptions::phone(), PageOptions::desktop()] {
        let page = browser.page(options);
        page.set_offline(true);
        page.goto(&format!("file://{}", file.display()));
        page.wait_for("!document.querySelector('[data-role=application]').hidden");
        page.click("[data-action=exemple]");
        page.wait_for("document.querySelectorAll('[data-role=cartes] > *').length >= 9");
        // The second part of the module is inside too.
        page.reach("#frise");
        page.wait_for("document.querySelectorAll('.frise-rang').length === 3");
        let dead = "[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href')).filter(h => !/^(#|https:|blob:)/.test(h))";
        assert_eq!(page.eval(dead), json!([]), "links of the absent site");
        page.click("[data-action=enregistrer]");
        page.assert_quiet("file://");
        let only: Vec<_> = page
            .requests()
            .into_iter()
            .filter(|r| r.starts_with("file:") && !r.contains("calculateur.html"))
            .collect();
        assert_eq!(only, Vec::<String>::new(), "one file");
    }
    let saved = std::fs::read_dir(browser.downloads())
        .expect("downloads")
        .count();
    assert!(saved > 0, "the dossier is saved");
    let page = browser.page(PageOptions::desktop());
    page.goto(&format!("file://{}", file.display()));
    let sent = "fetch('http://127.0.0.1:9/').then(() => 'sent', (e) => e.name)";
    assert_eq!(page.eval(sent), "TypeError");
    assert!(
        page.console().iter().any(|l| l.contains("connect-src")),
        "refused by the file's own policy: {:?}",
        page.console()
    );
}

#[test]
fn the_calculator_in_one_file_leads_to_the_site_where_its_address_is_known() {
    let out = fresh_folder().join("site");
    let base = "https://care.exemple.fr/sous/";
    let done = run(&["build", "--base-url", base, "--out", &out.to_string_lossy()]);
    assert!(done.status.success());
    let file = lonely_file(&out);
    let browser = Browser::launch();
    let page = browser.page(PageOptions::desktop());
    page.goto(&format!("file://{}", file.display()));
    page.wait_for("!document.querySelector('[data-role=application]').hidden");
    page.click("[data-action=exemple]");
    page.wait_for("document.querySelectorAll('[data-role=cartes] > *').length >= 9");
    let stray = "[...document.querySelectorAll('a[href]')].map(a => [a.getAttribute('href'), a.target]).filter(([h, t]) => !/^(#|blob:)/.test(h) && !(h.startsWith('https://') && t === '_blank'))";
    assert_eq!(page.eval(stray), json!([]));
    let inside = "document.querySelectorAll('[data-role=cartes] a[href^=\"https://care.exemple.fr/sous/\"]').length > 9";
    assert_eq!(page.eval(inside), json!(true));
    page.assert_quiet("file://");
    let _ = std::fs::remove_dir_all(out.parent().expect("its folder"));
}
