//! What the pages of the calculator are given.

use super::{Cadre, GroupeObjectif, LienQuestion, Parametre};
use serde::Serialize;

/// `calculateur.html` (`calculateur/`).
#[derive(Debug, Serialize)]
pub struct Calculateur {
    /// Frame (its `csp` allows wasm).
    pub cadre: Cadre,
    /// The objectives with their pages, for headings and links.
    pub objectifs: Vec<GroupeObjectif>,
    /// How many worked examples there are.
    pub nombre_exemples: usize,
}

/// What the partials are given, as `calculateur`, that are rendered once for both forms of the calculator.
#[derive(Debug, Serialize)]
pub struct PartiesCalculateur {
    /// `programme.json`, for the `<script type="application/json" id="programme">` block; safe inside a script element.
    pub programme_json: String,
    /// `{"3.16": {"titre": "…", "href": "../faq/3-16/"}}`, for the links of the verdicts; safe inside a script element.
    pub questions_json: String,
    /// The rules, for readers without JavaScript: title and address of each rule's anchor.
    pub regles: Vec<RegleAffichee>,
    /// The parameters, for readers without JavaScript.
    pub parametres: Vec<Parametre>,
}

/// `calculateur-hors-ligne.html`: the calculator in one file.
#[derive(Debug, Serialize)]
pub struct CalculateurFichier {
    /// What the calculator's page is given; the `csp` allows the styles and the script below by their hashes.
    #[serde(flatten)]
    pub calculateur: Calculateur,
    /// All styles; safe inside a style element.
    pub styles: String,
    /// Where all scripts and the module go, in one, for the file that stands alone.
    pub script: String,
    /// The icon as a `data:` address.
    pub icone_data: String,
    /// Full address of the site, only where `--base-url` is given.
    pub site_adresse: Option<String>,
}

/// A rule of the calculator as the page names it.
#[derive(Debug, Clone, Serialize)]
pub struct RegleAffichee {
    /// `D1.O2.A/intervalle-max`.
    pub id: String,
    /// `D1.O2.A`.
    pub objectif: String,
    /// French title.
    pub titre: String,
    /// Address of its anchor: `../objectifs/d1-o2-a/#intervalle-max`.
    pub href: String,
    /// The questions it rests on.
    pub sources: Vec<LienQuestion>,
}
