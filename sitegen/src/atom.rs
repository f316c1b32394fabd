//! `atom.xml`: what is new, for feed readers (RFC 4287).
//!
//! Identifiers are UUIDs made from names, so that an entry keeps its own when the site moves. Links are whole where
//! `--base-url` is given; without it they are relative to the feed, which the format allows.

use crate::html::Vue;
use crate::nouveautes::{Journee, compte, journees};
use crate::page_nouveautes::{ADRESSE, TITRE};
use crate::site::Site;
use crate::typographie::typographie;
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The feed: one entry per text of `content/nouveautes/`, one per other day on which pages changed.
pub(crate) fn atom(site: &Site, base_url: Option<&str>) -> String {
    let root = base_url.unwrap_or("./");
    let days = journees(site);
    let updated = days.first().map(|(date, _)| *date).unwrap_or_default();
    let name = &site.reglages.nom;
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fr\">\n",
    );
    let mut put = |line: String| out.push_str(&(line + "\n"));
    put(format!(
        "<id>{}</id>",
        uuid(&format!("flux {}", base_url.unwrap_or(name)))
    ));
    put(format!("<title>{} – {TITRE}</title>", escape(name)));
    put(format!("<updated>{}</updated>", instant(updated)));
    put(format!("<author><name>{}</name></author>", escape(name)));
    if base_url.is_some() {
        put(link(
            "self",
            "application/atom+xml",
            &format!("{root}atom.xml"),
        ));
    }
    put(link("alternate", "text/html", &format!("{root}{ADRESSE}")));
    for (date, day) in &days {
        entries(&mut out, *date, day, root);
    }
    out + "</feed>\n"
}

fn entries(out: &mut String, date: NaiveDate, day: &Journee, root: &str) {
    for entry in &day.entrees {
        let prefixe = format!("{}-", entry.ancre);
        let vue = Vue {
            racine: root,
            prefixe: &prefixe,
            decalage: 0,
            imprime: false,
        };
        let address = format!("{root}{ADRESSE}#{}", entry.ancre);
        let html = entry.corps.html(&vue);
        out.push_str(&un(&entry.ancre, &entry.titre, date, &address, &html));
    }
    if day.entrees.is_empty() {
        let name = format!("jour-{date}");
        let title = typographie(&compte(day), None);
        let address = format!("{root}{ADRESSE}#{name}");
        out.push_str(&un(&name, &title, date, &address, &liste(day, root)));
    }
}

/// One entry; `html` is escaped here.
fn un(name: &str, title: &str, date: NaiveDate, address: &str, html: &str) -> String {
    let mut out = String::from("<entry>\n");
    let _ = writeln!(out, "<id>{}</id>", uuid(&format!("nouveaute {name}")));
    let _ = writeln!(out, "<title>{}</title>", escape(title));
    let _ = writeln!(out, "<updated>{}</updated>", instant(date));
    let _ = writeln!(out, "{}", link("alternate", "text/html", address));
    let _ = writeln!(out, "<content type=\"html\">{}</content>", escape(html));
    out + "</entry>\n"
}

/// The pages of a day, one under the other.
fn liste(day: &Journee, root: &str) -> String {
    let questions = day.questions.iter();
    let questions =
        questions.map(|(number, title, address)| (format!("{number} {title}"), address));
    let pages = day
        .pages
        .iter()
        .map(|(title, address)| ((*title).to_owned(), address));
    let item = |(title, address): (String, &String)| {
        format!(
            "<li><a href=\"{root}{address}\">{}</a></li>",
            escape(&title)
        )
    };
    let items: String = questions.chain(pages).map(item).collect();
    format!("<ul>{items}</ul>")
}

fn link(rel: &str, kind: &str, address: &str) -> String {
    format!(
        "<link rel=\"{rel}\" type=\"{kind}\" href=\"{}\"/>",
        escape(address)
    )
}

/// The first moment of a day.
fn instant(date: NaiveDate) -> String {
    format!("{date}T00:00:00Z")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A UUID of version 8 (RFC 9562) made from a name.
fn uuid(name: &str) -> String {
    let hash = Sha256::digest(format!("care-1bis {name}"));
    let mut hex = String::new();
    for (rank, byte) in hash.iter().take(16).enumerate() {
        let byte = match rank {
            6 => byte & 0x0f | 0x80,
            8 => byte & 0x3f | 0x80,
            _ => *byte,
        };
        if matches!(rank, 4 | 6 | 8 | 10) {
            hex.push('-');
        }
        let _ = write!(hex, "{byte:02x}");
    }
    format!("urn:uuid:{hex}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_and_stay() {
        let id = uuid("a");
        assert_eq!(id, uuid("a"));
        assert_ne!(id, uuid("b"));
        let parts: Vec<usize> = id
            .trim_start_matches("urn:uuid:")
            .split('-')
            .map(str::len)
            .collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
        assert_eq!(id.split('-').nth(2).map(|part| &part[..1]), Some("8"));
    }

    #[test]
    fn an_entry_is_whole_and_escaped() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
        let written = un("a", "Un & deux", day, "https://x.fr/#a", "<p>L’é</p>");
        let expected = format!(
            "<entry>\n<id>{}</id>\n<title>Un &amp; deux</title>\n<updated>2026-11-23T00:00:00Z</updated>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"https://x.fr/#a\"/>\n\
             <content type=\"html\">&lt;p&gt;L’é&lt;/p&gt;</content>\n</entry>\n",
            uuid("nouveaute a")
        );
        assert_eq!(written, expected);
    }
}
