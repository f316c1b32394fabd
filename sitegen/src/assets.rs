//! The files that pages load: styles in one, scripts, icon; each with its content's hash in its name.

use crate::bare;
use crate::diagnostic::{Diagnostic, Faults};
use crate::empreintes::hex;
use crate::source::Tree;
use crate::wasm::{Modules, pack, pack_inside, pack_second};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use memchr::memmem;
use sha2::{Digest, Sha256};

/// Order of the styles of every page; the files of `components/` stand where their folder does.
const STYLES: &[&str] = &[
    "tokens.css",
    "base.css",
    "layout.css",
    "components/",
    "print.css",
];

/// Those that the calculator and its examples need besides.
const STYLES_CALCULATEUR: &[&str] = &["calculateur/"];

/// The part of the search box's script that starts what the other files of `scripts/recherche/` declare.
const DEPART: &str = "recherche/depart.js";

/// A published file: address from the root, integrity value.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fichier {
    /// `assets/site.1a2b3c4d5e6f.css`.
    pub(crate) chemin: String,
    /// `sha256-…`; empty where no page says it.
    pub(crate) integrite: String,
}

/// A file to write.
#[derive(Debug, Clone)]
pub(crate) struct Publie {
    /// Its address.
    pub(crate) chemin: String,
    pub(crate) bytes: Vec<u8>,
    /// SHA-256, where its name asked for it.
    pub(crate) digest: Option<[u8; 32]>,
}

/// The addresses that every page gives, and the files themselves.
#[derive(Debug, Clone, Default)]
pub(crate) struct Assets {
    pub(crate) styles: Fichier,
    pub(crate) styles_calculateur: Fichier,
    pub(crate) site: Fichier,
    pub(crate) recherche: Fichier,
    pub(crate) moteur: Fichier,
    pub(crate) calculateur: Fichier,
    /// The second part of the calculator.
    pub(crate) suite: Fichier,
    pub(crate) hors_ligne: Fichier,
    pub(crate) icone: Fichier,
    /// What the calculator in one file carries.
    pub(crate) dedans: Dedans,
    /// Everything to write.
    pub(crate) fichiers: Vec<Publie>,
    /// Whether pages say what their files weigh in: [`Fichier::integrite`].
    integrite: bool,
}

/// Styles, scripts and icon inside a page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dedans {
    pub(crate) styles: String,
    /// A text; not known as one, as it is long.
    pub(crate) script: Vec<u8>,
    /// A `data:` address.
    pub(crate) icone: String,
}

/// Names and gathers the files of `www/`; the modules travel inside their scripts, the index with the engine.
/// `integrite`: pages are to say it.
pub(crate) fn gather(
    www: &Tree,
    modules: &Modules,
    index: &str,
    integrite: bool,
    faults: &mut Faults,
) -> Assets {
    let mut assets = Assets {
        integrite,
        ..Assets::default()
    };
    let (styles, others) = (styles(www, STYLES), styles(www, STYLES_CALCULATEUR));
    if styles.is_empty() {
        faults.push(Diagnostic::error(
            "il n'y a aucune feuille de style dans www/styles",
        ));
    }
    let both = [styles.as_str(), &others].concat();
    assets.dedans = inside(www, modules, &both, faults);
    assets.styles_calculateur = assets.publish("calculateur", "css", others.into_bytes());
    assets.styles = assets.publish("site", "css", styles.into_bytes());
    assets.site = assets.publish("site", "js", script(www, "site.js", faults));
    assets.recherche = assets.publish("recherche", "js", recherche(www, faults));
    assets.hors_ligne = assets.publish("hors-ligne", "js", script(www, "hors-ligne.js", faults));
    let loader = |name, faults: &mut Faults| {
        String::from_utf8(script(www, name, faults)).unwrap_or_default()
    };
    let moteur = pack(
        &loader("chargeur-moteur.js", faults),
        &modules.moteur,
        index,
    );
    assets.moteur = assets.publish_asked("moteur", moteur);
    let calculateur = pack(
        &loader("chargeur-calculateur.js", faults),
        &modules.calculateur,
        "",
    );
    assets.calculateur = assets.publish("calculateur", "js", calculateur);
    let suite = pack_second(&loader("chargeur-suite.js", faults), &modules.calculateur);
    assets.suite = assets.publish_asked("suite", suite);
    assets.publish_static(www);
    if assets.icone.chemin.is_empty() {
        faults.push(Diagnostic::error(
            "il manque le fichier www/static/icone.svg",
        ));
    }
    assets
}

/// What the calculator in one file carries: nothing of it can close the element that it stands in.
fn inside(www: &Tree, modules: &Modules, styles: &str, faults: &mut Faults) -> Dedans {
    let calculateur = script(www, "chargeur-calculateur.js", faults);
    let calculateur = String::from_utf8(calculateur).unwrap_or_default();
    let scripts = ["site.js", "fichier-unique.js"].map(|name| script(www, name, faults));
    let [site, unique] = &scripts;
    let script = pack_inside([site, unique], &calculateur, &modules.calculateur);
    let closes = |text: &[u8]| {
        ["</", "<!--"]
            .iter()
            .any(|end| memmem::find(text, end.as_bytes()).is_some())
    };
    if closes(&script) || closes(styles.as_bytes()) {
        faults.push(Diagnostic::error(
            "un script ou un style du calculateur en un fichier contient « </ » ou « <!-- »",
        ));
    }
    let icone = www
        .bytes
        .get("static/icone.svg")
        .map(|svg| BASE64_STANDARD.encode(svg));
    Dedans {
        styles: styles.to_owned(),
        script,
        icone: format!("data:image/svg+xml;base64,{}", icone.unwrap_or_default()),
    }
}

impl Assets {
    /// A script that another script asks for, with its integrity on every site.
    fn publish_asked(&mut self, name: &str, bytes: Vec<u8>) -> Fichier {
        self.publish_as(name, "js", bytes, true)
    }

    /// The files that are copied as they are; the icon under its own name.
    fn publish_static(&mut self, www: &Tree) {
        for (path, bytes) in &www.bytes {
            let path = path.strip_prefix("static/").unwrap_or(path);
            if path == "icone.svg" {
                self.icone = self.publish("icone", "svg", bytes.clone());
            } else {
                self.fichiers.push(Publie {
                    chemin: path.to_owned(),
                    bytes: bytes.clone(),
                    digest: None,
                });
            }
        }
    }

    fn publish(&mut self, name: &str, extension: &str, bytes: Vec<u8>) -> Fichier {
        self.publish_as(name, extension, bytes, self.integrite)
    }

    fn publish_as(
        &mut self,
        name: &str,
        extension: &str,
        bytes: Vec<u8>,
        integrite: bool,
    ) -> Fichier {
        let digest: [u8; 32] = Sha256::digest(&bytes).into();
        let chemin = format!("assets/{name}.{}.{extension}", hex(&digest[..6]));
        let integrite = integrite.then(|| integrite_of(&digest));
        self.fichiers.push(Publie {
            chemin: chemin.clone(),
            bytes,
            digest: Some(digest),
        });
        Fichier {
            chemin,
            integrite: integrite.unwrap_or_default(),
        }
    }
}

fn integrite_of(digest: &[u8]) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(digest))
}

fn styles(www: &Tree, names: &[&str]) -> String {
    let mut out = String::new();
    for name in names {
        let folder = format!("styles/{name}");
        for (_, source) in www.under(&folder, if name.ends_with('/') { ".css" } else { "" }) {
            out.push_str(&bare::styles(&source.text));
            out.push('\n');
        }
    }
    out
}

/// The script of the search box, from its parts: what they declare is seen by them alone.
fn recherche(www: &Tree, faults: &mut Faults) -> Vec<u8> {
    let mut out = String::from("(() => {\n\"use strict\";\n");
    for (path, source) in www.under("scripts/recherche/", ".js") {
        if Some(path) != DEPART.strip_prefix("recherche/") {
            out.push_str(&bare::script(&source.text));
            out.push('\n');
        }
    }
    let mut out = out.into_bytes();
    out.extend(script(www, DEPART, faults));
    out.extend(b"\n})();\n");
    out
}

fn script(www: &Tree, name: &str, faults: &mut Faults) -> Vec<u8> {
    let found = www.text(&format!("scripts/{name}"));
    if found.is_none() {
        faults.push(Diagnostic::error(format!(
            "il manque le fichier www/scripts/{name}"
        )));
    }
    found
        .map(|source| bare::script(&source.text).into_bytes())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn styles_follow_their_layers() {
        let mut www = Tree::default();
        for name in [
            "base",
            "tokens",
            "print",
            "layout",
            "components/b",
            "components/a",
            "autre",
        ] {
            let path = format!("styles/{name}.css");
            let source = Source::shared(&path, &format!("{name} {{ }}\n"));
            www.texts.insert(path, source);
        }
        assert_eq!(
            styles(&www, STYLES),
            "tokens{}\nbase{}\nlayout{}\ncomponents/a{}\ncomponents/b{}\nprint{}\n"
        );
    }

    #[test]
    fn the_search_starts_once_after_what_it_uses() {
        let mut www = Tree::default();
        for name in ["depart", "liste", "cadence"] {
            let path = format!("scripts/recherche/{name}.js");
            let source = Source::shared(&path, &format!("function {name}() {{}}\n"));
            www.texts.insert(path, source);
        }
        let script = recherche(&www, &mut Faults::default());
        let script = String::from_utf8(script).expect("text");
        let places = ["cadence", "liste", "depart"].map(|name| script.find(name).expect(name));
        assert!(places.is_sorted(), "{script}");
        assert_eq!(script.matches("depart").count(), 1, "{script}");
    }

    #[test]
    fn a_name_changes_with_the_bytes() {
        let mut assets = Assets {
            integrite: true,
            ..Assets::default()
        };
        let first = assets.publish("site", "js", b"a".to_vec());
        let second = assets.publish("site", "js", b"b".to_vec());
        assert_ne!(first.chemin, second.chemin);
        assert_eq!(first.chemin, "assets/site.ca978112ca1b.js");
        assert!(first.integrite.starts_with("sha256-") && first.integrite.len() == 51);
    }
}
