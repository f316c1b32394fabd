//! Every internal link and anchor of the rendered pages, whatever wrote it.
//!
//! A page is read as soon as it is made, and only what it holds and where it leads is kept: texts that many pages share
//! (the links of the navigation) stand in memory once.

use crate::diagnostic::{Diagnostic, Faults};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// What all pages hold and where they lead.
#[derive(Debug, Default)]
pub(crate) struct Carte {
    contents: Mutex<Contents>,
}

#[derive(Debug, Default)]
struct Contents {
    texts: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
    pages: BTreeMap<String, Outline>,
}

/// One page: numbers of texts, each list in order and without doubles.
#[derive(Debug, Default)]
struct Outline {
    ids: Vec<u32>,
    links: Vec<u32>,
    twice: Vec<u32>,
}

impl Carte {
    /// Reads a page.
    pub(crate) fn add(&self, name: &str, html: &str) {
        let (mut ids, mut links) = (Vec::new(), Vec::new());
        each_attribute(html, |attribute, value| match attribute {
            "id" => ids.push(unescape(value)),
            "href" | "src" | "action" | "data-moteur" if is_internal(value) => {
                links.push(unescape(value));
            }
            _ => {}
        });
        ids.sort_unstable();
        let twice = ids.windows(2).filter(|pair| pair.first() == pair.last());
        let mut twice: Vec<_> = twice.filter_map(|pair| pair.first().cloned()).collect();
        for list in [&mut ids, &mut links, &mut twice] {
            list.sort_unstable();
            list.dedup();
        }
        let mut contents = self.contents.lock().unwrap_or_else(PoisonError::into_inner);
        let [ids, links, twice] = [ids, links, twice].map(|list| contents.numbers_of(&list));
        contents
            .pages
            .insert(name.to_owned(), Outline { ids, links, twice });
    }

    /// Follows every link; `is_file` knows every file of the site, pages included.
    pub(crate) fn check(
        &self,
        is_file: impl Fn(&str) -> bool + Sync,
        server_root: &str,
        faults: &mut Faults,
    ) {
        let contents = self.contents.lock().unwrap_or_else(PoisonError::into_inner);
        let contents = &*contents;
        let wrong = |(name, page): (&String, &Outline)| {
            let known = Known {
                contents,
                is_file: &is_file,
                server_root,
            };
            known.wrong(name, page)
        };
        let wrong: Vec<Vec<String>> = contents.pages.par_iter().map(wrong).collect();
        for message in wrong.into_iter().flatten() {
            faults.push(Diagnostic::error(message));
        }
    }
}

impl Contents {
    fn numbers_of(&mut self, texts: &[Cow<str>]) -> Vec<u32> {
        let mut numbers: Vec<u32> = texts.iter().map(|text| self.number_of(text)).collect();
        numbers.sort_unstable();
        numbers
    }

    fn number_of(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let text: Arc<str> = text.into();
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(Arc::clone(&text));
        self.numbers.insert(text, number);
        number
    }

    fn texts_of(&self, numbers: &[u32]) -> Vec<&str> {
        let texts = numbers
            .iter()
            .filter_map(|number| self.texts.get(*number as usize));
        let mut texts: Vec<&str> = texts.map(AsRef::as_ref).collect();
        texts.sort_unstable();
        texts
    }
}

/// Everything that a link may lead to.
struct Known<'a, F> {
    contents: &'a Contents,
    is_file: &'a F,
    server_root: &'a str,
}

impl<F: Fn(&str) -> bool> Known<'_, F> {
    /// What is wrong with a page.
    fn wrong(&self, name: &str, page: &Outline) -> Vec<String> {
        let twice = self.contents.texts_of(&page.twice);
        let twice = twice
            .into_iter()
            .map(|id| format!("{name} : l'identifiant « {id} » sert deux fois"));
        let links = self.contents.texts_of(&page.links);
        let dead = links.into_iter().filter_map(|link| {
            let reason = self.follow(name, link).err()?;
            Some(format!("{name} : le lien « {link} » {reason}"))
        });
        twice.chain(dead).collect()
    }

    fn follow(&self, from: &str, link: &str) -> Result<(), &'static str> {
        let (address, anchor) = link.split_once('#').unwrap_or((link, ""));
        let target = match address {
            "" => Some(from.to_owned()),
            _ => resolve(from, address, self.server_root),
        };
        let target = target
            .filter(|target| (self.is_file)(target))
            .ok_or("ne mène à aucun fichier")?;
        // What a page's script reads (`#dossier=…`) is no anchor.
        if anchor.is_empty() || anchor.contains('=') {
            return Ok(());
        }
        let Some(page) = self.contents.pages.get(&target) else {
            return Ok(());
        };
        let id = self.contents.numbers.get(anchor);
        match id.map(|id| page.ids.binary_search(id)) {
            Some(Ok(_)) => Ok(()),
            _ => Err("mène à une ancre absente"),
        }
    }
}

fn is_internal(link: &str) -> bool {
    !link.contains("://") && !link.starts_with("mailto:") && !link.starts_with("data:")
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

/// Every attribute of a page of ours, its value still escaped: all are quoted, and scripts hold no markup but JSON.
fn each_attribute<'h>(html: &'h str, mut take: impl FnMut(&'h str, &'h str)) {
    let mut parts = html.split('<');
    parts.next();
    for tag in parts.filter(|tag| tag.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)) {
        let mut rest = tag;
        while let Some((name, value, after)) = attribute(rest) {
            take(name, value);
            rest = after;
        }
    }
}

/// The next attribute of a tag: its name, its value, what follows.
fn attribute(tag: &str) -> Option<(&str, &str, &str)> {
    let open = tag.bytes().position(|byte| matches!(byte, b'"' | b'>'))?;
    let (before, quoted) = tag.split_at_checked(open)?;
    let quoted = quoted.strip_prefix('"')?;
    let close = quoted.bytes().position(|byte| byte == b'"')?;
    let name = before.strip_suffix('=').unwrap_or_default();
    let start = name.bytes().rposition(|byte| byte.is_ascii_whitespace());
    let name = name.get(start.map_or(0, |at| at + 1)..)?;
    Some((name, quoted.get(..close)?, quoted.get(close + 1..)?))
}

fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let entities = [
        ("&#x2F;", "/"),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    let plain = |text: String, (entity, c): &(&str, &str)| text.replace(entity, c);
    Cow::Owned(entities.iter().fold(text.to_owned(), plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_link(link: &str, expected: Option<&str>) {
        let page = format!("<h2 id=\"ici\">a</h2><a class=\"x > y\" href=\"{link}\">b</a>");
        let other = "<p id='x'></p><p id=\"ancre\"></p>";
        let carte = Carte::default();
        carte.add("faq/1-1/index.html", &page);
        carte.add("index.html", other);
        let files = ["faq/1-1/index.html", "index.html", "assets/a.css"];
        let mut faults = Faults::default();
        carte.check(|name| files.contains(&name), "/care/", &mut faults);
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
        let carte = Carte::default();
        carte.add(
            "index.html",
            "<p id=\"a\"></p><p id=\"b\"></p><p id=\"a\"></p>",
        );
        let mut faults = Faults::default();
        carte.check(|_| true, "/", &mut faults);
        let said = faults.render(false);
        assert!(
            said.contains("« a » sert deux fois") && !said.contains("« b »"),
            "{said}"
        );
    }
}
