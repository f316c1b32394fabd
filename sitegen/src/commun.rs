//! What every page is given alike: made once for each way to the root, and shared by all the pages that stand so deep.

use crate::cadre::Atelier;
use crate::diagnostic::Faults;
use crate::render::Templates;
use std::collections::BTreeMap;
use tera::{Context, Value};

/// The shared values, by the way from a page to the root.
#[derive(Default)]
pub(crate) struct Communs(BTreeMap<String, Vec<(&'static str, Value)>>);

/// What every page carries as it is, but for the way to the root: by the name of its value.
const PARTOUT: [(&str, &str); 3] = [
    ("recherche_html", "partials/recherche.html"),
    ("mention_html", "partials/mention.html"),
    ("pied_html", "partials/pied.html"),
];

/// What both forms of the calculator carry: it takes longer to render than any page, and is the same.
const CALCULATEUR: [(&str, &str); 2] = [
    ("formulaire_html", "partials/calculateur-formulaire.html"),
    ("modeles_html", "partials/calculateur-modeles.html"),
];

impl Communs {
    /// For pages at the root, one and two folders below it, and those that are served anywhere.
    pub(crate) fn new(atelier: Atelier, templates: &Templates, faults: &mut Faults) -> Self {
        let depths = ["", "a/", "a/b/"].map(Atelier::racine);
        let calculateur = Atelier::racine("calculateur/");
        let ways = depths.into_iter().chain([atelier.server_root()]);
        let values = |racine: String| {
            let commun = atelier.commun(&racine);
            let mut values = vec![
                ("site", Value::from_serializable(&commun.site)),
                ("actifs", Value::from_serializable(&commun.actifs)),
            ];
            let mut contexte = Context::new();
            for (name, value) in &values {
                contexte.insert_value(*name, value.clone());
            }
            contexte.insert("racine", &racine);
            contexte.insert("pied", &commun.pied);
            let own = CALCULATEUR.iter().filter(|_| racine == calculateur);
            let parts = PARTOUT.iter().chain(own);
            let parts = parts.map(|(name, partial)| {
                let html = templates.fragment(partial, &contexte, faults);
                (*name, html)
            });
            values.extend(parts);
            (racine, values)
        };
        Self(ways.map(values).collect())
    }

    /// Adds them to what a template is given.
    pub(crate) fn add(&self, racine: &str, contexte: &mut Context) {
        for (name, value) in self.0.get(racine).into_iter().flatten() {
            contexte.insert_value(*name, value.clone());
        }
    }
}
