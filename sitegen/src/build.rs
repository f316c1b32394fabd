//! The whole way from folders to files, each of which the output takes as it is made.

use crate::assets::{self, Assets};
use crate::cadre::Atelier;
use crate::check;
use crate::commun::Communs;
use crate::diagnostic::Faults;
use crate::documents::survey;
use crate::exports;
use crate::hosting;
use crate::liens::Carte;
use crate::offline;
use crate::output::{Files, Output};
use crate::pages::pages;
use crate::read::read_site;
use crate::render::{self, Templates};
use crate::site::Site;
use crate::source::{Tree, read_tree, shown};
use crate::synonymes;
use crate::wasm::{Modules, WasmError};
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
    let survey = survey(&site, &input.www);
    synonymes::check_paroles(&site, faults);
    synonymes::check(&site.lexique, &site.synonymes, &survey, faults);
    Some((site, survey))
}

/// What pages are made with, left by a build to make one again.
pub(crate) struct Kept {
    /// The model.
    pub(crate) site: Site,
    /// The templates, parsed.
    pub(crate) templates: Templates,
    /// What all pages share.
    pub(crate) communs: Communs,
    assets: Assets,
    base_url: Option<String>,
}

impl Kept {
    /// What pages are made from.
    pub(crate) fn atelier(&self) -> Atelier<'_> {
        Atelier {
            site: &self.site,
            assets: &self.assets,
            base_url: self.base_url.as_deref(),
        }
    }
}

/// Every file of the site, given to `output` as it is made. Nothing is to be published where `faults` has errors;
/// `modules` is asked for only once the content is good, as it may compile. None where it is not.
///
/// # Errors
/// Where the modules cannot be had.
pub(crate) fn build(
    input: Input,
    modules: impl FnOnce() -> Result<Modules, WasmError>,
    base_url: Option<&str>,
    output: &Output,
    faults: &mut Faults,
) -> Result<Option<Kept>, WasmError> {
    let templates = render::parse(&input.www, faults);
    let model = read_model(&input, faults);
    let Some((mut site, survey)) = model.filter(|_| !faults.has_errors()) else {
        return Ok(None);
    };
    let Input { content, www } = input;
    // What follows tells no line of the content: its text is let go of.
    site.forget_sources();
    drop(content);
    let index = survey.build(&site.lexique);
    drop(survey);
    let modules = modules()?;
    let integrite = base_url.is_some();
    let (mut assets, fichiers) = assets::gather(&www, &modules, &index, integrite, faults);
    output.put_published(fichiers);
    drop(index);
    assets.carry(&www, &modules, faults);
    drop(modules);
    let atelier = Atelier {
        site: &site,
        assets: &assets,
        base_url,
    };
    // The longest text of all: before the pages, whose making leaves less room.
    output.put("faq.json", &exports::faq(&site));
    let carte = Carte::default();
    let communs = Communs::new(atelier, &templates, faults);
    let pages = pages(atelier, |page| {
        templates.render(page, &communs, |file, html| {
            put_page(file, html, atelier, (&carte, output));
        })
    });
    templates.tell(&pages, faults);
    output.put_all(&others(&www, atelier, &exports::dates(&pages), faults));
    offline::add_worker(output, &www, faults);
    if !faults.has_errors() {
        let made = output.made();
        carte.check(
            |name| made.contains_key(name),
            &atelier.server_root(),
            faults,
        );
    }
    Ok(Some(Kept {
        base_url: base_url.map(str::to_owned),
        site,
        templates,
        communs,
        assets,
    }))
}

/// Writes a page and notes its links.
fn put_page(file: &str, html: &[u8], atelier: Atelier, (carte, output): (&Carte, &Output)) {
    if file == offline::FICHIER {
        let html = offline::detached(html, atelier.base_url);
        carte.add(file, &html);
        let script = &atelier.assets.dedans.script;
        output.put_pieces(file, &offline::with_script(&html, script));
    } else {
        carte.add(file, html);
        output.put(file, html);
    }
}

/// The files that are no pages, but for those that list the others.
fn others(www: &Tree, atelier: Atelier, dates: &exports::Dates, faults: &mut Faults) -> Files {
    let mut files = Files::new();
    exports::add(&mut files, atelier.site, dates, atelier.base_url);
    let reglages = &atelier.site.reglages;
    let nom = offline::Nom {
        long: &reglages.nom,
        court: &reglages.nom_court,
        icone: &atelier.assets.icone.chemin,
    };
    offline::add(&mut files, &nom);
    hosting::add(&mut files, www, &atelier.server_root(), faults);
    files
}
