//! What works without a network: the list of the offline copy, the manifest of an installed site, the calculator in
//! one file.

use crate::diagnostic::{Diagnostic, Faults};
use crate::empreintes::hex;
use crate::output::{Files, Output, digest_of};
use crate::source::Tree;
use crate::wasm::Script;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use memchr::memchr;
use memchr::memmem::{self, Finder};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::iter::once;

/// The calculator in one file.
pub(crate) const FICHIER: &str = "calculateur-hors-ligne.html";
/// The manifest of an installed site.
const MANIFESTE: &str = "site.webmanifest";
/// The service worker; it stands at the root, as it answers for what is under its own folder.
const TRAVAILLEUR: &str = "sw.js";
/// Where the list goes in it.
const MARQUE: &str = "/*COPIE*/";

/// What the manifest says of the site.
pub(crate) struct Nom<'a> {
    /// Whole.
    pub(crate) long: &'a str,
    /// Under an icon.
    pub(crate) court: &'a str,
    /// Address of the drawn icon, from the root.
    pub(crate) icone: &'a str,
}

/// Adds the manifest.
pub(crate) fn add(files: &mut Files, nom: &Nom) {
    files.insert(MANIFESTE.to_owned(), manifest(nom).into_bytes());
}

/// Adds the service worker with its list: every file there is, so this comes last of all.
pub(crate) fn add_worker(output: &Output, www: &Tree, faults: &mut Faults) {
    let Some(source) = www
        .text("scripts/sw.js")
        .filter(|s| s.text.contains(MARQUE))
    else {
        let message = format!("il manque le fichier www/scripts/sw.js, ou sa marque {MARQUE}");
        return faults.push(Diagnostic::error(message));
    };
    let list = copy_list(output).to_string();
    let script = source.text.replace(MARQUE, &list);
    output.put(TRAVAILLEUR, script.as_bytes());
}

/// Every file with its integrity, by the address that it is asked for under; the version follows from them.
fn copy_list(output: &Output) -> Value {
    let mut whole = Sha256::new();
    let mut list = Map::new();
    for (file, made) in output.made().iter().filter(|(_, made)| !made.packed) {
        whole.update(file.as_bytes());
        whole.update(made.digest);
        let address = match file.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => file,
        };
        list.insert(
            address.to_owned(),
            format!("sha256-{}", BASE64_STANDARD.encode(made.digest)).into(),
        );
    }
    let version = hex(&whole.finalize()[..8]);
    json!({ "version": version, "fichiers": list })
}

fn manifest(nom: &Nom) -> String {
    let icon = |src: &str, sizes: &str, kind: &str| json!({ "src": src, "sizes": sizes, "type": kind, "purpose": "any" });
    let manifest = json!({
        "name": nom.long,
        "short_name": nom.court,
        "lang": "fr",
        "dir": "ltr",
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#0b5a68",
        "icons": [
            icon("icone-192.png", "192x192", "image/png"),
            icon("icone-512.png", "512x512", "image/png"),
            icon(nom.icone, "any", "image/svg+xml"),
        ],
    });
    format!("{manifest:#}\n")
}

/// Where the script goes in the calculator in one file: it is too long to be carried through the template.
pub(crate) const SCRIPT: &str = "/*SCRIPT*/";

/// The calculator in one file, its script in its place, in pieces.
pub(crate) fn with_script<'a>(page: &'a [u8], script: &'a Script) -> Vec<&'a [u8]> {
    let at = memmem::find(page, SCRIPT.as_bytes());
    let (before, after) = page.split_at(at.unwrap_or(page.len()));
    let after = after.get(SCRIPT.len()..).unwrap_or_default();
    let script = script.iter().map(AsRef::as_ref);
    once(before).chain(script).chain([after]).collect()
}

/// A page of `calculateur/` that stands alone: its links lead to the site's own address, or nowhere.
pub(crate) fn detached(page: &[u8], base_url: Option<&str>) -> Vec<u8> {
    let link = Finder::new(b" href=\"../");
    let mut out = Vec::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = link.find(rest) {
        let (before, link_on) = rest.split_at(at);
        out.extend_from_slice(before);
        let address = link_on.strip_prefix(link.needle()).unwrap_or_default();
        let end = memchr(b'"', address).unwrap_or(address.len());
        let (address, after) = address.split_at(end);
        if let Some(base) = base_url {
            let parts = [
                b" href=\"",
                base.as_bytes(),
                address,
                b"\" target=\"_blank\" rel=\"noopener noreferrer\"",
            ];
            for part in parts {
                out.extend_from_slice(part);
            }
        }
        rest = after.get(1..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
    out
}

/// The value of a hash in a policy, for a script or a style inside a page, in pieces.
pub(crate) fn hash<P: AsRef<[u8]>>(inside: &[P]) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(digest_of(inside)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn files(entries: &[(&str, &str)]) -> Output {
        let output = Output::nowhere();
        for (name, text) in entries {
            output.put(name, text.as_bytes());
        }
        output
    }

    #[test]
    fn pages_are_listed_under_their_folders() {
        let list = copy_list(&files(&[
            ("404.html", "x"),
            ("faq/3-16/index.html", "abc"),
            ("index.html", ""),
        ]));
        let empty = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        assert_eq!(list["fichiers"][""], empty);
        assert_eq!(
            list["fichiers"]["faq/3-16/"],
            "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="
        );
        assert!(list["fichiers"]["404.html"].is_string());
    }

    #[test]
    fn the_version_changes_with_any_byte_and_any_name() {
        let version = |entries: &[(&str, &str)]| copy_list(&files(entries))["version"].clone();
        let first = version(&[("a", "1"), ("b", "2")]);
        assert_eq!(first, version(&[("b", "2"), ("a", "1")]));
        assert_ne!(first, version(&[("a", "1"), ("b", "3")]));
        assert_ne!(first, version(&[("a", "1"), ("c", "2")]));
        assert_ne!(first, version(&[("a", "2"), ("b", "1")]));
    }

    #[test]
    fn the_list_takes_the_place_of_its_mark() {
        let mut www = Tree::default();
        let source = Source::shared("www/scripts/sw.js", "const COPIE = /*COPIE*/;");
        www.texts.insert("scripts/sw.js".to_owned(), source);
        let (files, mut faults) = (files(&[("index.html", "")]), Faults::default());
        let list = copy_list(&files).to_string();
        assert!(list.starts_with("{\"fichiers\":{\"\":\"sha256-"));
        add_worker(&files, &www, &mut faults);
        let length = "const COPIE = ;".len() + list.len();
        assert_eq!(files.made()["sw.js"].length, length);
        assert_eq!(faults.render(false), "");
        add_worker(&files, &Tree::default(), &mut faults);
        assert!(faults.has_errors());
    }

    #[test]
    fn links_of_the_site_lead_to_its_address_or_nowhere() {
        let detached = |page: &str, base| String::from_utf8(detached(page.as_bytes(), base));
        let page = "<a class=\"x\" href=\"../faq/3-9/\">a</a><a href=\"#b\">b</a>";
        assert_eq!(
            detached(page, None).as_deref(),
            Ok("<a class=\"x\">a</a><a href=\"#b\">b</a>")
        );
        assert!(
            detached(page, Some("https://x.fr/care/"))
                .expect("a text")
                .contains("href=\"https://x.fr/care/faq/3-9/\" target=\"_blank\"")
        );
    }
}
