//! What every page is given alike: made once for each way to the root, and shared by all the pages that stand so deep.

use crate::cadre::Atelier;
use crate::diagnostic::Faults;
use crate::page_calculateur::calculator_parts;
use crate::page_glossaire::definitions;
use crate::render::Templates;
use serde::Serialize;
use std::collections::BTreeMap;
use std::iter::once;
use tera::{Context, Value};

/// What pages share, by the way from them to the root. Markup is known as such: no template says so.
#[derive(Default)]
pub(crate) struct Communs {
    parts: BTreeMap<String, Part>,
    /// Addresses of the entries of the navigation.
    entrees: Vec<&'static str>,
    /// The definitions of the glossary, in its order: around the way to the root.
    definitions: Vec<[String; 2]>,
}

/// What the pages share that stand so deep.
#[derive(Default)]
struct Part {
    values: Vec<(&'static str, Value)>,
    /// The navigation of a page that is in none of its entries, then of those in each.
    navigations: Vec<Value>,
}

/// What every page carries as it is, but for the way to the root: by the name of its value.
const PARTOUT: [(&str, &str); 5] = [
    ("tete_html", "partials/tete.html"),
    ("scripts_html", "partials/scripts.html"),
    ("recherche_html", "partials/recherche.html"),
    ("mention_html", "partials/mention.html"),
    ("pied_html", "partials/pied.html"),
];

/// What both forms of the calculator carry: it takes longer to render than any page, and is the same.
const CALCULATEUR: [(&str, &str); 4] = [
    ("donnees_html", "partials/calculateur-donnees.html"),
    ("regles_html", "partials/calculateur-regles.html"),
    ("formulaire_html", "partials/calculateur-formulaire.html"),
    ("modeles_html", "partials/calculateur-modeles.html"),
];

impl Communs {
    /// For pages at the root, one and two folders below it, and those that are served anywhere.
    pub(crate) fn new(atelier: Atelier, templates: &Templates, faults: &mut Faults) -> Self {
        let depths = ["", "a/", "a/b/"].map(Atelier::racine);
        let ways = depths.into_iter().chain([atelier.server_root()]);
        let part = |racine: String| {
            let part = Part::new(atelier, &racine, templates, faults);
            (racine, part)
        };
        Self {
            parts: ways.map(part).collect(),
            entrees: atelier.entries().map(|(_, adresse)| adresse).collect(),
            definitions: rendered_definitions(atelier, templates, faults),
        }
    }

    /// Adds them to what a template is given, for the page of this file; of the glossary, the terms of these ranks.
    pub(crate) fn add(&self, racine: &str, file: &str, termes: &[usize], contexte: &mut Context) {
        let Some(part) = self.parts.get(racine) else {
            return;
        };
        for (name, value) in &part.values {
            contexte.insert_value(*name, value.clone());
        }
        let mut entrees = self.entrees.iter();
        let here = entrees.position(|adresse| file.starts_with(adresse));
        if let Some(navigation) = part.navigations.get(here.map_or(0, |rank| rank + 1)) {
            contexte.insert_value("navigation_html", navigation.clone());
        }
        contexte.insert_value("definitions_html", self.definitions(racine, termes));
    }

    /// The definitions of the terms of these ranks.
    fn definitions(&self, racine: &str, termes: &[usize]) -> Value {
        let mut html = String::new();
        for [before, after] in termes.iter().filter_map(|rank| self.definitions.get(*rank)) {
            html.extend(["\n", before, racine, after]);
        }
        Value::safe_string(&(html + "\n"))
    }
}

impl Part {
    fn new(atelier: Atelier, racine: &str, templates: &Templates, faults: &mut Faults) -> Self {
        let commun = atelier.commun(racine);
        let mut values = vec![
            ("site", Value::from_serializable(&commun.site)),
            ("actifs", Value::from_serializable(&commun.actifs)),
        ];
        let mut contexte = Context::new();
        for (name, value) in &values {
            contexte.insert_value(*name, value.clone());
        }
        contexte.insert("racine", racine);
        contexte.insert("integrite", &atelier.base_url.is_some());
        contexte.insert("pied", &commun.pied);
        let own: &[_] = if racine == Atelier::racine("calculateur/") {
            contexte.insert("calculateur", &calculator_parts(atelier, racine));
            &CALCULATEUR
        } else {
            &[]
        };
        let parts = PARTOUT.iter().chain(own);
        let parts = parts.map(|(name, partial)| {
            let html = templates.fragment(partial, &contexte, faults);
            (*name, html)
        });
        values.extend(parts);
        Self {
            values,
            navigations: navigations(atelier, racine, templates, faults),
        }
    }
}

/// The navigation of a page that is in none of its entries, then of those in each; none is at the root.
fn navigations(
    atelier: Atelier,
    racine: &str,
    templates: &Templates,
    faults: &mut Faults,
) -> Vec<Value> {
    let below = racine.starts_with("../");
    let entries = (0..atelier.entries().count()).filter(|_| below);
    let heres = once(None).chain(entries.map(Some));
    let html = heres.map(|here| {
        let contexte = given("navigation", &atelier.navigation(racine, here));
        templates.fragment("partials/navigation.html", &contexte, faults)
    });
    html.collect()
}

/// Every definition of the glossary, around the way to the root.
fn rendered_definitions(
    atelier: Atelier,
    templates: &Templates,
    faults: &mut Faults,
) -> Vec<[String; 2]> {
    let definitions = definitions(atelier, &ROOT.to_string());
    let html = definitions.iter().map(|definition| {
        let contexte = given("definition", definition);
        let html = templates.fragment("partials/definition.html", &contexte, faults);
        let html = html.as_str().unwrap_or_default();
        let (before, after) = html.split_once(ROOT).unwrap_or((html, ""));
        [before, after].map(str::to_owned)
    });
    html.collect()
}

/// Where the way to the root goes: no editor types that character.
const ROOT: char = '\0';

/// What a template is given: that alone.
fn given(name: &'static str, value: &impl Serialize) -> Context {
    let mut contexte = Context::new();
    contexte.insert(name, value);
    contexte
}
