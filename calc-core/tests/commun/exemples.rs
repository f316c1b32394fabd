//! The worked examples of `content/exemples/`.

use super::{dossier, jour, programme};
use calc_core::{Evaluation, evaluate};

/// Where the examples are; the core itself reads no file.
const DOSSIER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../content/exemples");

/// Their names and contents, by name.
pub(crate) fn exemples() -> Vec<(String, toml::Table)> {
    let mut exemples: Vec<(String, toml::Table)> = std::fs::read_dir(DOSSIER)
        .unwrap()
        .map(|entree| lire(&entree.unwrap().path()))
        .collect();
    exemples.sort_by(|un, autre| un.0.cmp(&autre.0));
    exemples
}

#[expect(
    clippy::disallowed_methods,
    reason = "the examples are files; only tests read them"
)]
fn lire(chemin: &std::path::Path) -> (String, toml::Table) {
    let nom = chemin.file_stem().unwrap().to_string_lossy().into_owned();
    let texte = std::fs::read_to_string(chemin).unwrap();
    let table = texte
        .parse()
        .unwrap_or_else(|erreur| panic!("{nom}: {erreur}"));
    (nom, table)
}

/// What an example comes to on its day.
pub(crate) fn evaluer(exemple: &toml::Table) -> Evaluation {
    let date = exemple["date"].to_string();
    evaluate(
        &dossier(exemple["dossier"].as_str().unwrap()),
        &programme(),
        jour(&date),
    )
}
