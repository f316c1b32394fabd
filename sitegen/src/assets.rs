//! The files that pages load: styles in one, scripts, icon; each with its content's hash in its name.

use crate::bare;
use crate::diagnostic::{Diagnostic, Faults};
use crate::empreintes::hex;
use crate::output::digest_of;
use crate::source::Tree;
use crate::wasm::{Modules, Script, pack, pack_inside, pack_second};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use memchr::{memchr, memmem};

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
pub(crate) struct Publie<'m> {
    /// Its address.
    pub(crate) chemin: String,
    /// Its bytes.
    pub(crate) pieces: Script<'m>,
    /// SHA-256, where its name asked for it.
    pub(crate) digest: Option<[u8; 32]>,
}

/// The addresses that every page gives.
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
}

/// Styles, scripts and icon inside a page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dedans {
    pub(crate) styles: String,
    pub(crate) script: Script<'static>,
    /// A `data:` address.
    pub(crate) icone: String,
}

/// Names and gathers the files of `www/`, beside what every page gives of them; the modules travel inside their scripts,
/// the index with the engine. `integrite`: pages are to say it.
pub(crate) fn gather<'m>(
    www: &'m Tree,
    modules: &'m Modules,
    index: &'m str,
    integrite: bool,
    faults: &mut Faults,
) -> (Assets, Vec<Publie<'m>>) {
    let mut assets = Assets::default();
    let mut depot = Depot::new(integrite);
    let (styles, others) = (styles(www, STYLES), styles(www, STYLES_CALCULATEUR));
    if styles.is_empty() {
        faults.push(Diagnostic::error(
            "il n'y a aucune feuille de style dans www/styles",
        ));
    }
    assets.dedans.styles = [styles.as_str(), &others].concat();
    assets.styles_calculateur = depot.publish("calculateur", "css", others);
    assets.styles = depot.publish("site", "css", styles);
    assets.site = depot.publish("site", "js", script(www, "site.js", faults));
    assets.recherche = depot.publish("recherche", "js", recherche(www, faults));
    assets.hors_ligne = depot.publish("hors-ligne", "js", script(www, "hors-ligne.js", faults));
    let mut loader = |name| script(www, name, faults);
    let moteur = pack(&loader("chargeur-moteur.js"), &modules.moteur, index);
    assets.moteur = depot.publish_asked("moteur", moteur);
    let calculateur = pack(&loader(CHARGEUR), &modules.calculateur, "");
    assets.calculateur = depot.publish_as("calculateur", "js", calculateur, integrite);
    let suite = pack_second(&loader("chargeur-suite.js"), &modules.calculateur);
    assets.suite = depot.publish_asked("suite", suite);
    assets.icone = depot.publish_static(www).unwrap_or_else(|| {
        faults.push(Diagnostic::error(
            "il manque le fichier www/static/icone.svg",
        ));
        Fichier::default()
    });
    (assets, depot.fichiers)
}

/// The script that starts the calculator.
const CHARGEUR: &str = "chargeur-calculateur.js";

impl Assets {
    /// Takes what the calculator in one file carries beside styles: nothing of it can close the element that it stands in.
    pub(crate) fn carry(&mut self, www: &Tree, modules: &Modules, faults: &mut Faults) {
        let [site, unique, chargeur] =
            ["site.js", "fichier-unique.js", CHARGEUR].map(|name| script(www, name, faults));
        let scripts = [site.as_bytes(), unique.as_bytes()];
        let script = pack_inside(scripts, &chargeur, &modules.calculateur);
        if script.iter().any(|piece| closes(piece)) || closes(self.dedans.styles.as_bytes()) {
            faults.push(Diagnostic::error(
                "un script ou un style du calculateur en un fichier contient « </ » ou « <!-- »",
            ));
        }
        let icone = www.bytes.get("static/icone.svg");
        let icone = icone.map(|svg| BASE64_STANDARD.encode(svg));
        self.dedans.script = script;
        self.dedans.icone = format!("data:image/svg+xml;base64,{}", icone.unwrap_or_default());
    }
}

/// Whether a piece of a script or a style closes the element that it stands in; a module's, which are long, has no `<`.
fn closes(piece: &[u8]) -> bool {
    let found = |end: &str| memmem::find(piece, end.as_bytes()).is_some();
    memchr(b'<', piece).is_some() && ["</", "<!--"].into_iter().any(found)
}

/// The files to write.
struct Depot<'m> {
    fichiers: Vec<Publie<'m>>,
    /// Whether pages say what their files weigh in: [`Fichier::integrite`].
    integrite: bool,
}

impl<'m> Depot<'m> {
    fn new(integrite: bool) -> Self {
        Self {
            fichiers: Vec::new(),
            integrite,
        }
    }

    /// The files that are copied as they are; the icon under its own name, which it gives.
    fn publish_static(&mut self, www: &'m Tree) -> Option<Fichier> {
        let mut icone = None;
        for (path, bytes) in &www.bytes {
            let path = path.strip_prefix("static/").unwrap_or(path);
            let pieces: Script = vec![bytes.into()];
            if path == "icone.svg" {
                icone = Some(self.publish_as("icone", "svg", pieces, self.integrite));
            } else {
                self.fichiers.push(Publie {
                    chemin: path.to_owned(),
                    pieces,
                    digest: None,
                });
            }
        }
        icone
    }

    fn publish(&mut self, name: &str, extension: &str, text: String) -> Fichier {
        let pieces = vec![text.into_bytes().into()];
        self.publish_as(name, extension, pieces, self.integrite)
    }

    /// A script that another script asks for, with its integrity on every site.
    fn publish_asked(&mut self, name: &str, pieces: Script<'m>) -> Fichier {
        self.publish_as(name, "js", pieces, true)
    }

    fn publish_as(
        &mut self,
        name: &str,
        extension: &str,
        pieces: Script<'m>,
        integrite: bool,
    ) -> Fichier {
        let digest = digest_of(&pieces);
        let chemin = format!("assets/{name}.{}.{extension}", hex(&digest[..6]));
        let integrite = integrite.then(|| integrite_of(&digest));
        self.fichiers.push(Publie {
            chemin: chemin.clone(),
            pieces,
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
fn recherche(www: &Tree, faults: &mut Faults) -> String {
    let mut out = String::from("(() => {\n\"use strict\";\n");
    for (path, source) in www.under("scripts/recherche/", ".js") {
        if Some(path) != DEPART.strip_prefix("recherche/") {
            out.push_str(&bare::script(&source.text));
            out.push('\n');
        }
    }
    out.push_str(&script(www, DEPART, faults));
    out.push_str("\n})();\n");
    out
}

fn script(www: &Tree, name: &str, faults: &mut Faults) -> String {
    let found = www.text(&format!("scripts/{name}"));
    if found.is_none() {
        faults.push(Diagnostic::error(format!(
            "il manque le fichier www/scripts/{name}"
        )));
    }
    found
        .map(|source| bare::script(&source.text))
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
        let places = ["cadence", "liste", "depart"].map(|name| script.find(name).expect(name));
        assert!(places.is_sorted(), "{script}");
        assert_eq!(script.matches("depart").count(), 1, "{script}");
    }

    #[test]
    fn a_name_changes_with_the_bytes() {
        let mut depot = Depot::new(true);
        let [first, second] = ["a", "b"].map(|text| depot.publish("site", "js", text.to_owned()));
        assert_ne!(first.chemin, second.chemin);
        assert_eq!(first.chemin, "assets/site.ca978112ca1b.js");
        assert!(first.integrite.starts_with("sha256-") && first.integrite.len() == 51);
    }
}
