//! The built site, whole: its contract of addresses, every link and anchor, every question.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use tests::html::{Outline, outline};
use tests::site::{built, files, repository};

/// The official numbering: how many questions each section has.
const SECTIONS: [u32; 4] = [12, 15, 33, 7];

fn numeros() -> impl Iterator<Item = String> {
    let sections = (1..).zip(SECTIONS);
    sections.flat_map(|(section, count)| (1..=count).map(move |n| format!("{section}.{n}")))
}

fn pages() -> BTreeMap<PathBuf, Outline> {
    let html = files(built())
        .into_iter()
        .filter(|f| f.extension().is_some_and(|e| e == "html"));
    html.map(|file| {
        let text = std::fs::read_to_string(built().join(&file)).expect("UTF-8");
        let outline = outline(&text);
        (file, outline)
    })
    .collect()
}

/// Where a relative address leads, as a file of the site; none when it climbs out of it.
fn target(page: &Path, address: &str) -> Option<PathBuf> {
    let mut path = page.parent()?.to_path_buf();
    if address.is_empty() && page != Path::new("x") {
        return Some(page.to_path_buf());
    }
    for part in Path::new(address).components() {
        match part {
            Component::ParentDir => {
                if !path.pop() {
                    return None;
                }
            }
            Component::Normal(name) => path.push(name),
            Component::CurDir => {}
            _ => return None,
        }
    }
    Some(if address.ends_with('/') || built().join(&path).is_dir() {
        path.join("index.html")
    } else {
        path
    })
}

#[test]
fn every_question_has_its_page() {
    let pages = pages();
    for numero in numeros() {
        let file = PathBuf::from(format!("faq/{}/index.html", numero.replace('.', "-")));
        let page = pages
            .get(&file)
            .unwrap_or_else(|| panic!("no page for question {numero}"));
        assert_eq!(page.questions, [numero], "{}", file.display());
    }
    let question_pages = pages
        .keys()
        .filter(|p| p.starts_with("faq") && p.to_string_lossy().contains('-'));
    assert_eq!(question_pages.count(), 67);
}

#[test]
fn every_link_and_anchor_leads_somewhere() {
    let pages = pages();
    let mut dead = Vec::new();
    for (file, page) in &pages {
        // The page of a wrong address is served at any depth: its links start at the root.
        let lost = file == Path::new("404.html");
        for link in &page.links {
            if link.contains("://") || link.starts_with("mailto:") || link.starts_with("data:") {
                continue;
            }
            let (address, anchor) = link.split_once('#').unwrap_or((link, ""));
            let found = match address.strip_prefix('/').filter(|_| lost) {
                Some(from_root) => target(Path::new("x"), from_root),
                None => target(file, address),
            };
            let found = found.filter(|t| built().join(t).is_file());
            // What a page's script reads (`#dossier=…`) is no anchor.
            let good = found.is_some_and(|t| {
                anchor.is_empty()
                    || anchor.contains('=')
                    || pages.get(&t).is_none_or(|p| p.ids.contains(anchor))
            });
            if !good {
                dead.push(format!("{} → {link}", file.display()));
            }
        }
    }
    assert_eq!(dead, Vec::<String>::new());
}

#[test]
fn pages_ask_nothing_of_other_sites() {
    for (file, page) in pages() {
        assert_eq!(
            page.inline,
            Vec::<String>::new(),
            "inline style or handler in {}",
            file.display()
        );
        assert_eq!(
            page.twice,
            Vec::<String>::new(),
            "an id twice in {}",
            file.display()
        );
        let text = std::fs::read_to_string(built().join(&file)).expect("UTF-8");
        assert!(
            text.contains("Content-Security-Policy"),
            "no policy in {}",
            file.display()
        );
        assert!(
            text.contains("connect-src &#39;none&#39;")
                || text.contains("connect-src 'none'")
                || text.contains("connect-src &#x27;none&#x27;"),
            "{}",
            file.display()
        );
        for part in text
            .split("<script")
            .skip(1)
            .chain(text.split("<link ").skip(1))
            .chain(text.split("<img").skip(1))
        {
            let tag = part.split('>').next().unwrap_or_default();
            assert!(
                !tag.contains("src=\"http")
                    && (!tag.contains("href=\"http") || tag.contains("canonical")),
                "{}: {tag}",
                file.display()
            );
        }
    }
}

#[test]
fn the_contract_of_addresses_holds() {
    let expected = [
        "index.html",
        "faq/index.html",
        "objectifs/index.html",
        "calculateur/index.html",
        "echeances/index.html",
        "recherche/index.html",
        "imprimer/index.html",
        "exemples/index.html",
        "glossaire/index.html",
        "guide/calendrier/index.html",
        "points-a-confirmer/index.html",
        "heberger/index.html",
        "accessibilite/index.html",
        "mentions-legales/index.html",
        "donnees-personnelles/index.html",
        "404.html",
        "sitemap.xml",
        "robots.txt",
        "faq.json",
        "programme.json",
        "schema/dossier.json",
        "schema/evaluation.json",
        "hors-ligne/index.html",
        "calculateur-hors-ligne.html",
        "sw.js",
        "site.webmanifest",
        "heberger/nginx.conf",
        "heberger/apache.conf",
        "heberger/Caddyfile",
    ];
    let objectifs = [
        "cand", "d1-o1-a", "d1-o1-b", "d1-o2-a", "d1-o2-b", "d1-o3", "d1-o4", "d1-o5", "d1-o6-a",
        "d1-o6-b",
    ];
    let pages = objectifs.map(|o| format!("objectifs/{o}/index.html"));
    let missing: Vec<_> = expected
        .into_iter()
        .chain(pages.iter().map(String::as_str))
        .filter(|f| !built().join(f).is_file())
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn the_printable_page_holds_every_question() {
    let text = std::fs::read_to_string(built().join("imprimer/index.html")).expect("the page");
    for numero in numeros() {
        assert!(
            text.contains(&format!("q-{}\"", numero.replace('.', "-"))),
            "question {numero} is not on paper"
        );
    }
}

#[test]
fn a_page_says_what_it_restates() {
    for numero in numeros() {
        let file = built().join(format!("faq/{}/index.html", numero.replace('.', "-")));
        let text = std::fs::read_to_string(file)
            .expect("the page")
            .replace(['\u{a0}', '\u{202f}'], " ");
        assert!(
            text.contains(&format!("question {numero}")),
            "{numero}: which question?"
        );
        assert!(text.contains("version 1.0"), "{numero}: which version?");
        assert!(
            text.contains("seul le texte officiel"),
            "{numero}: whose word has force?"
        );
    }
}

#[test]
fn the_project_stands_alone() {
    let mut named = Vec::new();
    for folder in [
        "content",
        "www",
        "calc-core",
        "calc-wasm",
        "search",
        "sitegen",
        "docs",
    ] {
        for file in files(&repository().join(folder)) {
            let bytes = std::fs::read(repository().join(folder).join(&file)).unwrap_or_default();
            if String::from_utf8_lossy(&bytes).contains(concat!("../", "shared")) {
                named.push(format!("{folder}/{}", file.display()));
            }
        }
    }
    assert_eq!(named, Vec::<String>::new());
}

#[test]
fn the_published_schemas_are_those_of_the_core() {
    for name in ["dossier", "evaluation"] {
        let text = std::fs::read_to_string(built().join(format!("schema/{name}.json")));
        let schema: serde_json::Value =
            serde_json::from_str(&text.expect("the schema")).expect("JSON");
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        assert!(schema["properties"].is_object(), "{name}: {schema}");
    }
}
