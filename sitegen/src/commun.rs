//! What every page is given alike: made once for each way to the root, and shared by all the pages that stand so deep.

use crate::cadre::Atelier;
use crate::diagnostic::Faults;
use crate::render::Templates;
use std::collections::BTreeMap;
use tera::{Context, Value};

/// The shared values, by the way from a page to the root.
#[derive(Default)]
pub(crate) struct Communs(BTreeMap<String, Vec<(&'static str, Value)>>);

/// What both forms of the calculator carry, and what it is called in their templates: it takes longer to render than
/// any page, and is the same.
const CALCULATEUR: [(&str, &str); 2] = [
    ("formulaire_html", "partials/calculateur-formulaire.html"),
    ("modeles_html", "partials/calculateur-modeles.html"),
];

impl Communs {
    /// For pages at the root, one and two folders below it, and those that are served anywhere.
    pub(crate) fn new(atelier: Atelier, templates: &Templates, faults: &mut Faults) -> Self {
        let depths = ["", "a/", "a/b/"].map(Atelier::racine);
        let ways = depths.into_iter().chain([atelier.server_root()]);
        let values = |racine: String| {
            let commun = atelier.commun(&racine);
            let values = vec![
                ("site", Value::from_serializable(&commun.site)),
                ("pied", Value::from_serializable(&commun.pied)),
                ("actifs", Value::from_serializable(&commun.actifs)),
            ];
            (racine, values)
        };
        let mut communs = Self(ways.map(values).collect());
        communs.add_calculator(templates, faults);
        communs
    }

    fn add_calculator(&mut self, templates: &Templates, faults: &mut Faults) {
        let mut contexte = Context::new();
        let racine = Atelier::racine("calculateur/");
        self.add(&racine, &mut contexte);
        let parts = CALCULATEUR
            .map(|(name, partial)| (name, templates.fragment(partial, &contexte, faults)));
        self.0.entry(racine).or_default().extend(parts);
    }

    /// Adds them to what a template is given.
    pub(crate) fn add(&self, racine: &str, contexte: &mut Context) {
        for (name, value) in self.0.get(racine).into_iter().flatten() {
            contexte.insert_value(*name, value.clone());
        }
    }
}
