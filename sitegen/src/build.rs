//! The whole way from folders to files in memory, without writing anything.

use crate::assets;
use crate::cadre::Atelier;
use crate::check;
use crate::diagnostic::Faults;
use crate::documents::documents;
use crate::exports;
use crate::hosting;
use crate::liens::Carte;
use crate::offline;
use crate::output::{Files, is_page};
use crate::pages::pages;
use crate::read::read_site;
use crate::render;
use crate::site::Site;
use crate::source::{Tree, read_tree, shown};
use crate::synonymes;
use crate::wasm::{Modules, WasmError};
use rayon::prelude::*;
use search::Survey;
use std::path::Path;

/// The two folders, in memory.
pub(crate) struct Input {
    pub(crate) content: Tree,
    pub(crate) www: Tree,
}

/// Reads both folders.
pub(crate) fn read_input(content: &Path, www: &Path, faults: &mut Faults) -> Input {
    Input {
        content: read_tree(content, &shown(content), faults),
        www: read_tree(www, &shown(www), faults),
    }
}

/// The model, checked but for the rendered links, and what its texts say.
fn read_model(input: &Input, faults: &mut Faults) -> Option<(Site, Survey)> {
    let site = read_site(&input.content, faults)?;
    check::check(&site, faults);
    let survey = Survey::new(&documents(&site, &input.www));
    synonymes::check(&site.lexique, &site.synonymes, &survey, faults);
    Some((site, survey))
}

/// Every file of the site. Nothing is to be published where `faults` has errors; `modules` is asked for only once
/// the content is good, as it may compile.
///
/// # Errors
/// Where the modules cannot be had.
pub(crate) fn build(
    input: &Input,
    modules: impl FnOnce() -> Result<Modules, WasmError>,
    base_url: Option<&str>,
    faults: &mut Faults,
) -> Result<Files, WasmError> {
    let templates = render::parse(&input.www, faults);
    let model = read_model(input, faults);
    let Some((site, survey)) = model.filter(|_| !faults.has_errors()) else {
        return Ok(Files::new());
    };
    let index = survey.build(&site.lexique);
    drop(survey);
    let assets = assets::gather(&input.www, &modules()?, &index, faults);
    let atelier = Atelier {
        site: &site,
        assets: &assets,
        base_url,
    };
    let pages = pages(atelier, |page| templates.render(page));
    let dates = exports::dates(&pages);
    let mut files = render::gather(&templates, pages, faults);
    exports::add(&mut files, &site, &dates, base_url);
    files.extend(assets.fichiers.clone());
    let nom = offline::Nom {
        long: &site.reglages.nom,
        court: &site.reglages.nom_court,
        icone: &assets.icone.chemin,
    };
    offline::add(&mut files, &nom, base_url);
    hosting::add(&mut files, &input.www, &atelier.server_root(), faults);
    offline::add_worker(&mut files, &input.www, faults);
    if !faults.has_errors() {
        let carte = Carte::default();
        files
            .par_iter()
            .filter(|(name, _)| is_page(name))
            .for_each(|(name, bytes)| {
                carte.add(name, &String::from_utf8_lossy(bytes));
            });
        carte.check(
            |name| files.contains_key(name),
            &atelier.server_root(),
            faults,
        );
    }
    Ok(files)
}
