//! What every page is given: its frame, and what all pages share.

use super::{DateAffichee, Lien};
use serde::Serialize;

/// An entry of the main navigation.
#[derive(Debug, Clone, Serialize)]
pub struct LienNavigation {
    /// What the reader sees.
    pub titre: String,
    /// Relative address.
    pub href: String,
    /// `page` on the page of that entry, `true` on those below it (`aria-current`).
    pub courant: Option<&'static str>,
}

/// A published file with its content hash in its name, and its integrity value.
#[derive(Debug, Clone, Serialize)]
pub struct Actif {
    /// Relative to the page: `../../assets/site.1a2b3c4d.css`.
    pub chemin: String,
    /// `sha256-…`.
    pub integrite: String,
}

/// The files that pages load. `moteur` (search engine and index) is loaded at first focus only, `suite` (the second part
/// of the calculator) once a section that needs it comes near.
#[derive(Debug, Clone, Serialize)]
pub struct Actifs {
    /// The styles of every page, print included.
    pub styles: Actif,
    /// Those of the calculator, for its page and its examples.
    pub styles_calculateur: Actif,
    /// Every page: copy-link, days left, links on `file://`.
    pub site: Actif,
    /// Every page: the search box.
    pub recherche: Actif,
    /// Search engine and index, loaded by the search box.
    pub moteur: Actif,
    /// The calculator page alone.
    pub calculateur: Actif,
    /// The second part of the calculator.
    pub suite: Actif,
    /// The page of the offline copy alone.
    pub hors_ligne: Actif,
    /// The icon of the site (SVG).
    pub icone: Actif,
}

/// What the whole site says of itself (`content/site.toml`, `content/programme.toml`).
#[derive(Debug, Clone, Serialize)]
pub struct Site {
    /// Name of the site, in the header.
    pub nom: String,
    /// Its short name, where room is scarce.
    pub nom_court: String,
    /// One sentence under the name on the home page.
    pub accroche: String,
    /// Where the official text is published.
    pub texte_officiel: Lien,
    /// The official guide, for what the Q&A leaves to it.
    pub guide_url: String,
    /// Every question gives the official wording itself.
    pub officiel: bool,
    /// Version of the official Q&A: `1.0`.
    pub version: String,
    /// Its date.
    pub version_date: DateAffichee,
}

/// What `base.html` needs, on every page, as `cadre`.
#[derive(Debug, Clone, Serialize)]
pub struct Cadre {
    /// Title of the page, without the site's name.
    pub titre: String,
    /// `<meta name="description">`, plain text.
    pub description: String,
    /// From this page to the root: `../../`, or `./` at the root.
    pub racine: String,
    /// Address of the page from the root: `faq/3-16/`.
    pub chemin: String,
    /// Full address, only where `--base-url` is given.
    pub canonique: Option<String>,
    /// Whether styles and scripts carry their digest: only where `--base-url` is given, as browsers load nothing that
    /// does from a disk.
    pub integrite: bool,
    /// The page's Content-Security-Policy, for the `<meta>`.
    pub csp: String,
    /// Breadcrumb, home first, this page not included.
    pub fil: Vec<Lien>,
}

/// What every template is given beside its own: `site` and `actifs`, and what was rendered of them once for all pages,
/// `tete_html`, `scripts_html`, `recherche_html`, `mention_html` and `pied_html`; for the calculator also `donnees_html`,
/// `formulaire_html`, `modeles_html` and `regles_html`. The navigation and the definitions of the terms that a text uses are
/// rendered once for each entry and each term, and come as `navigation_html` and `definitions_html`. All of these are known
/// as markup: they need no `| safe`.
#[derive(Debug, Clone)]
pub struct Commun {
    /// The site.
    pub site: Site,
    /// Footer links, for their partial alone.
    pub pied: Vec<Lien>,
    /// The published files.
    pub actifs: Actifs,
}
