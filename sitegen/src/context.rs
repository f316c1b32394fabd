//! What each template is given: one typed struct per template, and nothing else.
//!
//! A field named `…_html` holds markup made by the Markdown renderer; every other string is plain text
//! that the template engine escapes. Every `href` is already relative to the page that shows it.

mod cadre;
mod calculateur;
mod calendrier;
mod exemples;
mod glossaire;
mod imprimer;
mod nouveautes;
mod objectifs;
mod page_libre;

pub use cadre::{Actif, Actifs, Cadre, Commun, LienNavigation, Site};
pub use calculateur::{Calculateur, CalculateurFichier, PartiesCalculateur, RegleAffichee};
pub use calendrier::{Calendrier, CaseCalendrier, MoisCalendrier};
pub use exemples::{CarteExemple, Exemples, GroupeExemples, Jugement};
pub use glossaire::{Definition, LettreGlossaire, PageGlossaire, TermeGlossaire};
pub use imprimer::{Imprimer, QuestionImprimee, SectionImprimee, Suite};
pub use nouveautes::{EntreeNouveaute, JourNouveautes, Nouveautes};
pub use objectifs::{GroupeObjectif, Objectifs, PageObjectif, UnObjectif};
pub use page_libre::PageLibre;

use serde::Serialize;

/// A link: its text and its address, relative to the page.
#[derive(Debug, Clone, Serialize)]
pub struct Lien {
    /// What the reader sees.
    pub titre: String,
    /// Relative address.
    pub href: String,
}

/// A date in both forms: `iso` for `<time datetime>`, `texte` for the reader (« 7 juillet 2026 »).
#[derive(Debug, Clone, Serialize)]
pub struct DateAffichee {
    /// `2026-07-07`.
    pub iso: String,
    /// `7 juillet 2026`, with its no-break spaces.
    pub texte: String,
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
    /// The deadlines that it sets.
    pub echeances: Vec<Echeance>,
    /// The chapters of the guide that treat it.
    pub chapitres: Vec<Lien>,
    /// The one before in the official order.
    pub precedente: Option<LienQuestion>,
    /// The one after.
    pub suivante: Option<LienQuestion>,
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

/// `hors-ligne.html` (`hors-ligne/`): takes and removes the offline copy.
#[derive(Debug, Serialize)]
pub struct HorsLigne {
    /// Frame (its `csp` allows the worker).
    pub cadre: Cadre,
}

/// `404.html`.
#[derive(Debug, Serialize)]
pub struct Introuvable {
    /// Frame; its addresses start at the site's root, as the page is served at any depth.
    pub cadre: Cadre,
    /// The entries of the main navigation.
    pub navigation: Vec<LienNavigation>,
}
