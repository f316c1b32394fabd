//! What each template is given: one typed struct per template, and nothing else.
//!
//! A field named `…_html` holds markup made by the Markdown renderer; every other string is plain text
//! that the template engine escapes. Every `href` is already relative to the page that shows it.

mod calendrier;
mod exemples;
mod glossaire;
mod nouveautes;
mod page_libre;

pub use calendrier::{Calendrier, CaseCalendrier, MoisCalendrier};
pub use exemples::{CarteExemple, Exemples, GroupeExemples, Jugement};
pub use glossaire::{Definition, LettreGlossaire, PageGlossaire, TermeGlossaire};
pub use nouveautes::{EntreeNouveaute, JourNouveautes, Nouveautes};
pub use page_libre::PageLibre;

use serde::{Serialize, Serializer};

/// A link: its text and its address, relative to the page.
#[derive(Debug, Clone, Serialize)]
pub struct Lien {
    /// What the reader sees.
    pub titre: String,
    /// Relative address.
    pub href: String,
}

/// An entry of the main navigation.
#[derive(Debug, Clone, Serialize)]
pub struct LienNavigation {
    /// What the reader sees.
    pub titre: String,
    /// Relative address.
    pub href: String,
    /// Whether this page is that entry or stands below it (`aria-current`).
    pub courant: bool,
}

/// A date in both forms: `iso` for `<time datetime>`, `texte` for the reader (« 7 juillet 2026 »).
#[derive(Debug, Clone, Serialize)]
pub struct DateAffichee {
    /// `2026-07-07`.
    pub iso: String,
    /// `7 juillet 2026`, with its no-break spaces.
    pub texte: String,
}

/// A published file with its content hash in its name, and its integrity value.
#[derive(Debug, Clone, Serialize)]
pub struct Actif {
    /// Relative to the page: `../../assets/site.1a2b3c4d.css`.
    pub chemin: String,
    /// `sha384-…`.
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
    /// Main navigation.
    pub navigation: Vec<LienNavigation>,
}

/// What every template is given beside its own, each field under its name.
#[derive(Debug, Clone)]
pub struct Commun {
    /// The site.
    pub site: Site,
    /// Footer links.
    pub pied: Vec<Lien>,
    /// The published files.
    pub actifs: Actifs,
}

/// A question in a list.
#[derive(Debug, Clone, Serialize)]
pub struct LienQuestion {
    /// `3.16`.
    pub numero: String,
    /// The question, restated.
    pub titre: String,
    /// Relative address.
    pub href: String,
    /// The answer in one sentence, plain text; empty where the list does not show it.
    pub reponse_courte: String,
}

/// The tag of an objective.
#[derive(Debug, Clone, Serialize)]
pub struct Etiquette {
    /// `D1.O2.B`.
    pub code: String,
    /// Its title.
    pub titre: String,
    /// Relative address of its page.
    pub href: String,
}

/// A section of the Q&A with its questions.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// `candidature`, `financement`, `objectifs`, `declaration`.
    pub cle: String,
    /// Its number in the official text, 1 to 4.
    pub numero: u8,
    /// « Candidature ».
    pub titre: String,
    /// One sentence: what is found there.
    pub description: String,
    /// Relative address of the section's page.
    pub href: String,
    /// How many questions it has.
    pub nombre: usize,
    /// Its questions, in order; none where the page only counts them.
    pub questions: Vec<LienQuestion>,
}

/// A question, whole.
#[derive(Debug, Clone, Serialize)]
pub struct Question {
    /// `3.16`.
    pub numero: String,
    /// The question, restated.
    pub titre: String,
    /// The answer in one sentence, plain text.
    pub reponse_courte: String,
    /// The answer.
    pub corps_html: String,
    /// Objectives it bears on.
    pub objectifs: Vec<Etiquette>,
    /// Candidates concerned, in words: « GHT ».
    pub candidats: Vec<String>,
    /// Readers concerned, in words: « RSSI ».
    pub publics: Vec<String>,
    /// Printed slips of the original that we corrected, one sentence each (inline markup).
    pub corrections_html: Vec<String>,
    /// It gives the official wording itself: nothing is restated.
    pub officiel: bool,
    /// Related questions.
    pub liees: Vec<LienQuestion>,
    /// Version of the official text restated.
    pub source_version: String,
    /// When this text was first published.
    pub depuis: DateAffichee,
    /// When it last changed.
    pub modifie: DateAffichee,
    /// When it was last checked against the official text.
    pub verifie_le: DateAffichee,
}

/// A date of the programme.
#[derive(Debug, Clone, Serialize)]
pub struct Echeance {
    /// Key in `content/programme.toml`; the anchor on the deadlines page.
    pub cle: String,
    /// What falls on that day.
    pub libelle: String,
    /// The day.
    pub date: DateAffichee,
    /// How it was computed, where it is not printed in the Q&A (« 18 mois après … »).
    pub calcul: Option<String>,
    /// The questions it comes from.
    pub sources: Vec<LienQuestion>,
    /// The objectives it binds.
    pub objectifs: Vec<Etiquette>,
}

/// A parameter of the programme as the pages show it.
#[derive(Debug, Clone, Serialize)]
pub struct Parametre {
    /// Key in `content/programme.toml`.
    pub cle: String,
    /// French name.
    pub libelle: String,
    /// Value and unit as the reader sees them; none where the Q&A is silent (« voir le guide »).
    pub valeur: Option<String>,
    /// The questions it comes from.
    pub sources: Vec<LienQuestion>,
}

/// A sub-objective, whole.
#[derive(Debug, Clone, Serialize)]
pub struct PageObjectif {
    /// `D1.O2.B`.
    pub code: String,
    /// Its title.
    pub titre: String,
    /// One sentence: what is asked, plain text.
    pub resume: String,
    /// What it asks and its rules, each rule with its anchor.
    pub corps_html: String,
    /// Whether the calculator decides it already.
    pub calculable: bool,
    /// Relative address of the calculator.
    pub calculateur_href: String,
    /// The parameters its rules use.
    pub parametres: Vec<Parametre>,
}

/// One of the six objectives, with its sub-objectives.
#[derive(Debug, Clone, Serialize)]
pub struct GroupeObjectif {
    /// `D1.O2`.
    pub code: String,
    /// Its title.
    pub titre: String,
    /// Its pages (one or two).
    pub pages: Vec<Etiquette>,
}

/// `accueil.html` (`index.html`).
#[derive(Debug, Serialize)]
pub struct Accueil {
    /// Frame.
    pub cadre: Cadre,
    /// Dates of the programme, in order; a script marks which are past and how many days are left.
    pub echeances: Vec<Echeance>,
    /// The four sections.
    pub sections: Vec<Section>,
    /// The six objectives.
    pub objectifs: Vec<GroupeObjectif>,
    /// Relative address of the calculator.
    pub calculateur_href: String,
    /// Number of questions.
    pub nombre_questions: usize,
}

/// `faq.html` (`faq/`): every question, by section.
#[derive(Debug, Serialize)]
pub struct Faq {
    /// Frame.
    pub cadre: Cadre,
    /// The four sections with all their questions.
    pub sections: Vec<Section>,
}

/// `section.html` (`faq/<section>/`).
#[derive(Debug, Serialize)]
pub struct PageSection {
    /// Frame.
    pub cadre: Cadre,
    /// The section.
    pub section: Section,
}

/// `question.html` (`faq/<n-m>/`).
#[derive(Debug, Serialize)]
pub struct PageQuestion {
    /// Frame.
    pub cadre: Cadre,
    /// The question.
    pub question: Question,
    /// The terms that its text uses.
    pub definitions: Vec<Definition>,
    /// The chapters of the guide that treat it.
    pub chapitres: Vec<Lien>,
    /// The one before in the official order.
    pub precedente: Option<LienQuestion>,
    /// The one after.
    pub suivante: Option<LienQuestion>,
}

/// `objectifs.html` (`objectifs/`).
#[derive(Debug, Serialize)]
pub struct Objectifs {
    /// Frame.
    pub cadre: Cadre,
    /// The six objectives.
    pub objectifs: Vec<GroupeObjectif>,
    /// The page of the candidature's own rules.
    pub candidature: Etiquette,
}

/// `objectif.html` (`objectifs/<d1-o2-b>/`).
#[derive(Debug, Serialize)]
pub struct UnObjectif {
    /// Frame.
    pub cadre: Cadre,
    /// The objective.
    pub objectif: PageObjectif,
    /// The questions that bear on it.
    pub questions: Vec<LienQuestion>,
    /// The dates that bind it.
    pub echeances: Vec<Echeance>,
    /// The worked examples that show it.
    pub exemples: Vec<Lien>,
    /// The terms that its text uses.
    pub definitions: Vec<Definition>,
    /// The chapters of the guide that treat it.
    pub chapitres: Vec<Lien>,
}

/// `echeances.html` (`echeances/`).
#[derive(Debug, Serialize)]
pub struct Echeances {
    /// Frame.
    pub cadre: Cadre,
    /// Every date, in order.
    pub echeances: Vec<Echeance>,
    /// Every other parameter (thresholds, intervals), with its source.
    pub parametres: Vec<Parametre>,
}

/// `imprimer.html` (`imprimer/`): the whole Q&A on one page.
#[derive(Debug, Serialize)]
pub struct Imprimer<Q> {
    /// Frame.
    pub cadre: Cadre,
    /// The sections, each with its whole questions.
    pub sections: Vec<SectionImprimee<Q>>,
}

/// A section of the printable page.
#[derive(Debug, Serialize)]
pub struct SectionImprimee<Q> {
    /// The section (its list of questions serves as table of contents, with `#q-3-16` addresses).
    pub section: Section,
    /// The questions ([`QuestionImprimee`]); heading ids inside are prefixed so that they stay unique.
    pub questions: Q,
}

/// A list whose items are made one by one as it is handed to the template.
#[derive(Debug)]
pub struct Suite<F>(pub F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Suite<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// A question of the printable page.
#[derive(Debug, Serialize)]
pub struct QuestionImprimee {
    /// `3.16`.
    pub numero: String,
    /// The question, restated.
    pub titre: String,
    /// The answer in one sentence, plain text.
    pub reponse_courte: String,
    /// The answer.
    pub corps_html: String,
    /// Codes of the objectives it bears on.
    pub objectifs: Vec<String>,
    /// Printed slips of the original that we corrected, one sentence each (inline markup).
    pub corrections_html: Vec<String>,
    /// It gives the official wording itself: nothing is restated.
    pub officiel: bool,
}

/// `recherche.html` (`recherche/`).
#[derive(Debug, Serialize)]
pub struct Recherche {
    /// Frame.
    pub cadre: Cadre,
    /// Every question, by section.
    pub sections: Vec<Section>,
    /// Every question, in order: what the index refers to.
    pub questions: Vec<LienQuestion>,
    /// Index by keyword, in alphabetical order.
    pub index: Vec<EntreeIndex>,
    /// The objectives, for the filter.
    pub objectifs: Vec<GroupeObjectif>,
}

/// A keyword and its questions.
#[derive(Debug, Serialize)]
pub struct EntreeIndex {
    /// The keyword.
    pub terme: String,
    /// Where it leads: ranks among the questions.
    pub rangs: Vec<usize>,
}

/// `calculateur.html` (`calculateur/`).
#[derive(Debug, Serialize)]
pub struct Calculateur {
    /// Frame (its `csp` allows wasm).
    pub cadre: Cadre,
    /// `programme.json`, for the `<script type="application/json" id="programme">` block; safe inside a script element.
    pub programme_json: String,
    /// `{"3.16": {"titre": "…", "href": "../faq/3-16/"}}`, for the links of the verdicts; safe inside a script element.
    pub questions_json: String,
    /// The objectives with their pages, for headings and links.
    pub objectifs: Vec<GroupeObjectif>,
    /// The rules, for readers without JavaScript: title and address of each rule's anchor.
    pub regles: Vec<RegleAffichee>,
    /// The parameters, for readers without JavaScript.
    pub parametres: Vec<Parametre>,
    /// How many worked examples there are.
    pub nombre_exemples: usize,
}

/// `calculateur-hors-ligne.html`: the calculator in one file.
#[derive(Debug, Serialize)]
pub struct CalculateurFichier {
    /// What the calculator's page is given; the `csp` allows the styles and the script below by their hashes.
    #[serde(flatten)]
    pub calculateur: Calculateur,
    /// All styles; safe inside a style element.
    pub styles: String,
    /// Where all scripts and the module go, in one: [`crate::offline::SCRIPT`].
    pub script: String,
    /// The icon as a `data:` address.
    pub icone_data: String,
    /// Full address of the site, only where `--base-url` is given.
    pub site_adresse: Option<String>,
}

/// `hors-ligne.html` (`hors-ligne/`): takes and removes the offline copy.
#[derive(Debug, Serialize)]
pub struct HorsLigne {
    /// Frame (its `csp` allows the worker).
    pub cadre: Cadre,
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

/// `404.html`.
#[derive(Debug, Serialize)]
pub struct Introuvable {
    /// Frame; its addresses start at the site's root, as the page is served at any depth.
    pub cadre: Cadre,
}
