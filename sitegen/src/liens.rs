//! Every internal link and anchor of the rendered pages, whatever wrote it.
//!
//! A page is read as soon as it is made, and only what it holds and where it leads is kept: texts that many pages share
//! (the links of the navigation) stand in memory once, and are followed once.

use crate::diagnostic::{Diagnostic, Faults};
use crate::textes::Textes;
use memchr::{memchr, memchr_iter, memrchr, memrchr2};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::{Mutex, PoisonError};

/// What all pages hold and where they lead.
#[derive(Debug, Default)]
pub(crate) struct Carte {
    contents: Mutex<Contents>,
}

#[derive(Debug, Default)]
struct Contents {
    texts: Textes,
    pages: Vec<Outline>,
}

/// One page: numbers of texts, each list in order and without doubles.
#[derive(Debug)]
struct Outline {
    name: String,
    ids: Box<[u32]>,
    links: Box<[u32]>,
    twice: Box<[u32]>,
}

/// Most pages have fewer links.
const MANY: usize = 256;

impl Carte {
    /// Reads a page.
    pub(crate) fn add(&self, name: &str, html: &[u8]) {
        let [mut ids, mut links] = [(); 2].map(|()| Vec::with_capacity(MANY));
        each_attribute(html, |attribute, value| match attribute {
            b"id" => ids.push(unescape(value)),
            _ if is_internal(value) => links.push(unescape(value)),
            _ => {}
        });
        let mut contents = self.contents.lock().unwrap_or_else(PoisonError::into_inner);
        let [mut ids, mut links] = [ids, links].map(|list| contents.texts.numbers_of(&list));
        drop(list_twice(&mut links));
        let twice = list_twice(&mut ids);
        contents.pages.push(Outline {
            name: name.to_owned(),
            ids: ids.into(),
            links: links.into(),
            twice: twice.into(),
        });
    }

    /// Follows every link; `is_file` knows every file of the site, pages included.
    pub(crate) fn check(
        self,
        is_file: impl Fn(&str) -> bool,
        server_root: &str,
        faults: &mut Faults,
    ) {
        let contents = self.contents.into_inner();
        let mut contents = contents.unwrap_or_else(PoisonError::into_inner);
        contents.pages.sort_by(|a, b| a.name.cmp(&b.name));
        let links = Liens::new(&contents, &is_file, server_root);
        for message in links.wrong() {
            faults.push(Diagnostic::error(message));
        }
    }
}

/// Puts a list in order, each number once; gives those that stood there more than once.
fn list_twice(numbers: &mut Vec<u32>) -> Vec<u32> {
    numbers.sort_unstable();
    let twice = numbers
        .windows(2)
        .filter(|pair| pair.first() == pair.last());
    let mut twice: Vec<u32> = twice.filter_map(|pair| pair.first().copied()).collect();
    twice.dedup();
    numbers.dedup();
    twice
}

fn is_internal(link: &[u8]) -> bool {
    let Some(colon) = memchr(b':', link) else {
        return true;
    };
    let (scheme, rest) = link.split_at_checked(colon).unwrap_or_default();
    let elsewhere = rest.starts_with(b"://") || matches!(scheme, b"mailto" | b"data");
    !elsewhere && !link.windows(3).any(|part| part == b"://")
}

/// The links of all pages. What a link from the root leads to (`../../faq/3-9/` two folders deep) does not depend on the
/// page that gives it: it is followed once.
struct Liens<'a, F> {
    contents: &'a Contents,
    is_file: &'a F,
    server_root: &'a str,
    /// By number of its text, for pages as deep as the link climbs: nothing before it was followed.
    followed: Vec<OnceCell<Result<(), &'static str>>>,
}

impl<'a, F: Fn(&str) -> bool> Liens<'a, F> {
    fn new(contents: &'a Contents, is_file: &'a F, server_root: &'a str) -> Self {
        Self {
            contents,
            is_file,
            server_root,
            followed: vec![OnceCell::new(); contents.texts.len()],
        }
    }

    /// What is wrong, page by page: ids that stand twice, then dead links, in the order of their texts.
    fn wrong(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for page in &self.contents.pages {
            let name = &page.name;
            let twice = self.contents.texts.sorted(page.twice.iter().copied());
            let twice = twice.into_iter();
            wrong.extend(twice.map(|id| format!("{name} : l'identifiant « {id} » sert deux fois")));
            let depth = name.matches('/').count();
            let dead = |link: &u32| self.verdict(name, depth, *link).is_err();
            let dead = page.links.iter().copied().filter(dead);
            for link in self.contents.texts.sorted(dead) {
                if let Err(reason) = self.follow(name, link) {
                    wrong.push(format!("{name} : le lien « {link} » {reason}"));
                }
            }
        }
        wrong
    }

    fn verdict(&self, from: &str, depth: usize, number: u32) -> Result<(), &'static str> {
        let link = self.contents.texts.bytes(number);
        let from_root = climbs(link) == depth && !matches!(link.first(), Some(b'#' | b'?' | b'/'));
        let link = || self.contents.texts.get(number);
        match self.followed.get(number as usize).filter(|_| from_root) {
            Some(followed) => *followed.get_or_init(|| self.follow(from, link())),
            None => self.follow(from, link()),
        }
    }

    fn follow(&self, from: &str, link: &str) -> Result<(), &'static str> {
        let (address, anchor) = link.split_once('#').unwrap_or((link, ""));
        let target: Cow<str> = match address {
            "" => from.into(),
            _ => resolve(from, address, self.server_root)
                .filter(|target| (self.is_file)(target))
                .ok_or("ne mène à aucun fichier")?
                .into(),
        };
        // What a page's script reads (`#dossier=…`) is no anchor.
        if anchor.is_empty() || anchor.contains('=') {
            return Ok(());
        }
        let pages = &self.contents.pages;
        let Ok(page) = pages.binary_search_by(|page| page.name.as_str().cmp(&target)) else {
            return Ok(());
        };
        let id = self.contents.texts.find(anchor);
        let stands = id
            .zip(pages.get(page))
            .is_some_and(|(id, page)| page.ids.binary_search(&id).is_ok());
        stands.then_some(()).ok_or("mène à une ancre absente")
    }
}

/// How many folders a link climbs before anything else.
fn climbs(link: &[u8]) -> usize {
    let mut rest = link;
    let mut count = 0;
    while let Some(above) = rest.strip_prefix(b"../") {
        (rest, count) = (above, count + 1);
    }
    count
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

/// Every attribute of a page of ours that names a place in it (`id`) or leads to one, its value still escaped: all are
/// quoted. A tenth of them: they are told by their names before it is asked whether they stand in a tag.
fn each_attribute<'h>(html: &'h [u8], mut take: impl FnMut(&'h [u8], &'h [u8])) {
    for at in memchr_iter(b'=', html) {
        let (before, from) = html.split_at_checked(at).unwrap_or_default();
        let Some(value) = from.strip_prefix(b"=\"") else {
            continue;
        };
        let name: &[u8] = match before.last() {
            Some(b'd') => b"id",
            Some(b'f') => b"href",
            Some(b'c') => b"src",
            Some(b'n') => b"action",
            Some(b'r') => b"data-moteur",
            _ => continue,
        };
        let tag = before.strip_suffix(name);
        let tag = tag.filter(|tag| tag.last().is_some_and(u8::is_ascii_whitespace));
        let close = memchr(b'"', value);
        if let Some((tag, close)) = tag.zip(close)
            && ends_in_tag(tag)
        {
            take(name, value.get(..close).unwrap_or_default());
        }
    }
}

/// Whether markup ends within a tag, and not in a text that speaks of one.
fn ends_in_tag(markup: &[u8]) -> bool {
    let last = memrchr2(b'<', b'>', markup).and_then(|last| markup.get(last..));
    if let Some([b'<', tag @ ..]) = last {
        return tag.first().is_some_and(u8::is_ascii_alphabetic);
    }
    // A `>` that closes a tag, or stands in a value.
    let open = memrchr(b'<', markup);
    let tag = open.and_then(|open| markup.get(open + 1..));
    let tag = tag.filter(|tag| tag.first().is_some_and(u8::is_ascii_alphabetic));
    let mut quoted = false;
    let mut closes = |byte: &u8| {
        quoted ^= *byte == b'"';
        *byte == b'>' && !quoted
    };
    tag.is_some_and(|tag| !tag.iter().any(&mut closes))
}

/// A value as it is meant.
fn unescape(value: &[u8]) -> Cow<'_, [u8]> {
    // Most are short: every byte is looked at, many at once.
    let special = |byte: &u8| *byte == b'&';
    if !value
        .iter()
        .fold(false, |found, byte| found | special(byte))
    {
        return Cow::Borrowed(value);
    }
    let mut out = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, entity)) = memchr(b'&', rest).and_then(|at| rest.split_at_checked(at)) {
        out.extend_from_slice(before);
        let known = ENTITIES.iter().find(|(known, _)| entity.starts_with(known));
        let (known, c) = known.unwrap_or(&(b"&", b'&'));
        out.push(*c);
        rest = entity.get(known.len()..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
    Cow::Owned(out)
}

/// Characters that are written otherwise in a value.
const ENTITIES: [(&[u8], u8); 5] = [
    (b"&amp;", b'&'),
    (b"&#39;", b'\''),
    (b"&quot;", b'"'),
    (b"&#x2F;", b'/'),
    (b"&#x27;", b'\''),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_link(link: &str, expected: Option<&str>) {
        let page = format!("<h2 id=\"ici\">a</h2><a class=\"x > y\" href=\"{link}\">b</a>");
        let other = "<p id='x'></p><p id=\"ancre\"></p><code>a href=\"x\" id=\"ancre\"</code>";
        let carte = Carte::default();
        carte.add("faq/1-1/index.html", page.as_bytes());
        carte.add("index.html", other.as_bytes());
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
            b"<p id=\"a\"></p><p id=\"b\"></p><p id=\"a\"></p>",
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
