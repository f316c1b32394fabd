//! What proves that a site is the one that was built: `SHA256SUMS`, which `sha256sum -c SHA256SUMS` checks on any
//! server, and `manifeste.json`, which says from what it was made.

use crate::build::Input;
use crate::output::Output;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Every file with its digest, the manifest among them.
const SOMMES: &str = "SHA256SUMS";
/// From what the site was made, and its files.
const MANIFESTE: &str = "manifeste.json";

/// Digests of the two folders that a site is made from.
#[derive(Serialize)]
pub(crate) struct Sources {
    content: String,
    www: String,
}

impl Sources {
    /// Those of folders that were read.
    pub(crate) fn of(input: &Input) -> Self {
        Self {
            content: input.content.digest(),
            www: input.www.digest(),
        }
    }
}

/// Adds both. They list every file there is, so this comes last of all.
pub(crate) fn add(output: &Output, sources: &Sources) {
    let (manifest, sums) = proofs(output, sources);
    output.put_alone(MANIFESTE, manifest.as_bytes());
    output.put_alone(SOMMES, sums.as_bytes());
}

/// The manifest and the sums.
fn proofs(output: &Output, sources: &Sources) -> (String, String) {
    let made = output.made();
    let files = made.iter();
    let listed: Vec<Fichier> = files
        .map(|(name, made)| Fichier {
            chemin: name,
            octets: made.length,
            sha256: hex(&made.digest),
        })
        .collect();
    // Nothing of the machine, its clock or its folders: the same inputs give the same manifest.
    let manifest = Manifeste {
        fichiers: &listed,
        outil: concat!("sitegen ", env!("CARGO_PKG_VERSION")),
        sources,
    };
    let manifest = serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n";
    let mut sums = String::new();
    for file in &listed {
        line(&mut sums, &file.sha256, file.chemin);
    }
    line(&mut sums, &digest(manifest.as_bytes()), MANIFESTE);
    (manifest, sums)
}

/// `manifeste.json`; its keys in alphabetical order, as in the other files.
#[derive(Serialize)]
struct Manifeste<'a> {
    fichiers: &'a [Fichier<'a>],
    outil: &'a str,
    sources: &'a Sources,
}

/// A file of the site.
#[derive(Serialize)]
struct Fichier<'a> {
    chemin: &'a str,
    octets: usize,
    sha256: String,
}

fn line(sums: &mut String, digest: &str, name: &str) {
    sums.extend([digest, "  ", name, "\n"]);
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or_default();
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let mut text = String::with_capacity(2 * bytes.len());
    text.extend(digits.map(digit));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Tree};
    use serde_json::{Value, json};

    fn input(text: &str) -> Input {
        let mut content = Tree::default();
        let source = Source::shared("content/site.toml", text);
        content.texts.insert("site.toml".to_owned(), source);
        Input {
            content,
            www: Tree::default(),
        }
    }

    fn proved(text: &str) -> (String, Value) {
        let output = Output::nowhere();
        output.put("faq/index.html", b"abc");
        let (manifest, sums) = proofs(&output, &Sources::of(&input(text)));
        (sums, serde_json::from_str(&manifest).expect("JSON"))
    }

    #[test]
    fn every_file_is_listed_with_its_digest() {
        let (sums, manifest) = proved("nom = 'a'");
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let lines: Vec<&str> = sums.lines().collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0], format!("{abc}  faq/index.html"));
        assert!(lines[1].ends_with("  manifeste.json"));
        assert_eq!(
            manifest["fichiers"],
            json!([{ "chemin": "faq/index.html", "octets": 3, "sha256": abc }])
        );
    }

    #[test]
    fn the_manifest_changes_with_the_sources_alone() {
        let (one, _) = proved("nom = 'a'");
        assert_eq!(one, proved("nom = 'a'").0);
        assert_ne!(one, proved("nom = 'b'").0);
    }
}
