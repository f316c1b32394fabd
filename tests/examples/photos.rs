//! Pictures of the main pages, at phone and desktop width, in light and dark: `cargo run -p tests --example photos`.

use serde_json::json;
use std::path::Path;
use tests::{Browser, Nginx, PageOptions, site};

const PAGES: &[(&str, &str)] = &[
    ("accueil", ""),
    ("question", "faq/3-16/"),
    ("question-longue", "faq/1-1/"),
    ("faq", "faq/"),
    ("objectif", "objectifs/d1-o2-a/"),
    ("echeances", "echeances/"),
    ("recherche", "recherche/#q=exercice%20de%20crise"),
    ("guide", "guide/exposition/"),
    ("calendrier", "guide/calendrier/"),
    ("exemples", "exemples/"),
    ("glossaire", "glossaire/"),
    ("nouveautes", "nouveautes/"),
    ("heberger", "heberger/"),
    ("donnees-personnelles", "donnees-personnelles/"),
    ("hors-ligne", "hors-ligne/"),
    ("mentions-legales", "mentions-legales/"),
    ("accessibilite", "accessibilite/"),
    ("points-a-confirmer", "points-a-confirmer/"),
    ("imprimer", "imprimer/"),
    ("introuvable", "rien/"),
    ("calculateur-vide", "calculateur/"),
    ("calculateur", "calculateur/"),
];

fn main() {
    let folder = site::repository().join("tests/resultats/photos");
    let nginx = Nginx::serve(site::built());
    let browser = Browser::launch();
    for (size, options) in [
        ("390", PageOptions::phone()),
        ("1280", PageOptions::desktop()),
    ] {
        for (scheme, options) in [("clair", options), ("sombre", options.dark())] {
            for (name, address) in PAGES {
                photograph(
                    &browser,
                    options,
                    &nginx.url(address),
                    &folder.join(format!("{name}-{size}-{scheme}.png")),
                );
            }
        }
    }
}

fn photograph(browser: &Browser, options: PageOptions, url: &str, file: &Path) {
    let page = browser.page(options);
    page.goto(url);
    if file.to_string_lossy().contains("calculateur") {
        page.wait_for("!document.querySelector('[data-role=application]').hidden");
    }
    if file.to_string_lossy().contains("calculateur-390")
        || file.to_string_lossy().contains("calculateur-1280")
    {
        page.click("[data-action=exemple]");
        page.wait_for("document.querySelectorAll('[data-objectif]').length > 3");
    }
    if url.contains("recherche") {
        page.wait_for(
            "document.querySelectorAll('main [data-touche], main .touche, main li').length > 3",
        );
    }
    // What is out of sight is neither laid out nor painted: all of it is, and the window is made as high as the page.
    page.eval(
        "document.querySelectorAll('*').forEach((e) => { e.style.contentVisibility = 'visible'; })",
    );
    page.eval("new Promise((done) => setTimeout(done, 500))");
    let height = page.eval("document.documentElement.scrollHeight");
    let size = json!({ "width": options.width, "height": height, "deviceScaleFactor": 1, "mobile": options.width < 600 });
    page.call("Emulation.setDeviceMetricsOverride", size);
    // What comes into sight is laid out in the next frames.
    page.eval("new Promise((done) => setTimeout(done, 500))");
    page.screenshot(file);
}
