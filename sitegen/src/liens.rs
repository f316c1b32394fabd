//! Every internal link and anchor of the rendered pages, whatever wrote it.

use crate::diagnostic::{Diagnostic, Faults};
use crate::output::{Files, is_page};
use std::collections::{BTreeMap, BTreeSet};

/// What a page holds and where it leads.
#[derive(Debug, Default)]
struct Outline {
    ids: BTreeSet<String>,
    links: BTreeSet<String>,
    twice: BTreeSet<String>,
}

/// Checks the pages among these files.
pub(crate) fn check(files: &Files, server_root: &str, faults: &mut Faults) {
    let pages: BTreeMap<&str, Outline> = files
        .iter()
        .filter(|(name, _)| is_page(name))
        .map(|(name, bytes)| (name.as_str(), outline(&String::from_utf8_lossy(bytes))))
        .collect();
    for (name, page) in &pages {
        for id in &page.twice {
            faults.push(Diagnostic::error(format!(
                "{name} : l'identifiant « {id} » sert deux fois"
            )));
        }
        for link in page.links.iter().filter(|link| is_internal(link)) {
            if let Err(reason) = follow(name, link, server_root, files, &pages) {
                faults.push(Diagnostic::error(format!(
                    "{name} : le lien « {link} » {reason}"
                )));
            }
        }
    }
}

fn is_internal(link: &str) -> bool {
    !link.contains("://") && !link.starts_with("mailto:") && !link.starts_with("data:")
}

fn follow(
    from: &str,
    link: &str,
    server_root: &str,
    files: &Files,
    pages: &BTreeMap<&str, Outline>,
) -> Result<(), &'static str> {
    let (address, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = match address {
        "" => Some(from.to_owned()),
        _ => resolve(from, address, server_root),
    };
    let target = target
        .filter(|target| files.contains_key(target))
        .ok_or("ne mène à aucun fichier")?;
    let known = pages
        .get(target.as_str())
        // What a page's script reads (`#dossier=…`) is no anchor.
        .is_none_or(|page| anchor.is_empty() || anchor.contains('=') || page.ids.contains(anchor));
    if known {
        Ok(())
    } else {
        Err("mène à une ancre absente")
    }
}

/// The file of an address given by a page.
fn resolve(from: &str, address: &str, server_root: &str) -> Option<String> {
    let address = address.split('?').next().unwrap_or_default();
    let absolute = address
        .strip_prefix(server_root)
        .filter(|_| address.starts_with('/'));
    let mut parts: Vec<&str> = match absolute {
        Some(_) => Vec::new(),
        None => from
            .rsplit_once('/')
            .map(|(folder, _)| folder.split('/').collect())
            .unwrap_or_default(),
    };
    let rest = absolute.unwrap_or(address);
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    if rest.is_empty() || rest.ends_with(['/', '.']) {
        parts.push("index.html");
    }
    Some(parts.join("/"))
}

/// Reads the tags of a page of ours: quoted attributes, no markup inside scripts but JSON.
fn outline(html: &str) -> Outline {
    let mut outline = Outline::default();
    for tag in html
        .split('<')
        .skip(1)
        .filter(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic()))
    {
        for (name, value) in attributes(tag) {
            match name {
                "id" if !outline.ids.insert(value.clone()) => drop(outline.twice.insert(value)),
                "href" | "src" | "action" | "data-moteur" => drop(outline.links.insert(value)),
                _ => {}
            }
        }
    }
    outline
}

fn attributes(tag: &str) -> impl Iterator<Item = (&str, String)> {
    let mut rest = tag;
    std::iter::from_fn(move || {
        let end = rest.find('>').unwrap_or(rest.len());
        let equals = rest.find("=\"").filter(|at| *at < end)?;
        let name = rest
            .get(..equals)?
            .rsplit(|c: char| c.is_ascii_whitespace())
            .next()?;
        let after = rest.get(equals + 2..)?;
        let close = after.find('"')?;
        rest = after.get(close + 1..)?;
        Some((name, unescape(after.get(..close)?)))
    })
}

fn unescape(text: &str) -> String {
    let entities = [
        ("&#x2F;", "/"),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    entities
        .iter()
        .fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_link(link: &str, expected: Option<&str>) {
        let page = format!("<h2 id=\"ici\">a</h2><a class=\"x > y\" href=\"{link}\">b</a>");
        let other = "<p id='x'></p><p id=\"ancre\"></p>";
        let files: Files = [
            ("faq/1-1/index.html", page.as_str()),
            ("index.html", other),
            ("assets/a.css", ""),
        ]
        .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
        .into();
        let mut faults = Faults::default();
        check(&files, "/care/", &mut faults);
        match expected {
            None => assert_eq!(faults.render(false), ""),
            Some(message) => assert!(faults.render(false).contains(message), "{link}"),
        }
    }

    #[test]
    fn links_lead_to_files_and_anchors() {
        for link in [
            "#ici",
            "../../",
            "../../#ancre",
            "../../index.html",
            "../../assets/a.css",
            "./",
            "../1-1/#ici",
            "/care/",
            "/care/faq/1-1/",
            "https://x.fr/",
            "mailto:a@b.fr",
            "?q=1",
        ] {
            check_link(link, None);
        }
        for (link, message) in [
            ("#la", "ancre absente"),
            ("../../#la", "ancre absente"),
            ("../../../", "aucun fichier"),
            ("../2-2/", "aucun fichier"),
            ("/faq/1-1/", "aucun fichier"),
        ] {
            check_link(link, Some(message));
        }
    }

    #[test]
    fn an_id_stands_once() {
        let page = outline("<p id=\"a\"></p><p id=\"a\"></p>");
        assert_eq!(page.twice.len(), 1);
    }
}
