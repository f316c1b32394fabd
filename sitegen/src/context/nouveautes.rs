//! What the page of what is new is given.

use super::{Cadre, DateAffichee, Lien, LienQuestion};
use serde::Serialize;

/// `nouveautes.html` (`nouveautes/`).
#[derive(Debug, Serialize)]
pub struct Nouveautes {
    /// Frame.
    pub cadre: Cadre,
    /// Relative address of the feed.
    pub flux_href: String,
    /// Days on which something is new, latest first.
    pub jours: Vec<JourNouveautes>,
}

/// A day on which something is new.
#[derive(Debug, Serialize)]
pub struct JourNouveautes {
    /// The day.
    pub date: DateAffichee,
    /// Its anchor: `jour-2026-11-23`.
    pub ancre: String,
    /// What the editors said of it.
    pub entrees: Vec<EntreeNouveaute>,
    /// « 3 réponses et 1 autre page modifiées »; none where no page bears that date.
    pub compte: Option<String>,
    /// Questions that changed last on that day.
    pub questions: Vec<LienQuestion>,
    /// Other pages, likewise.
    pub pages: Vec<Lien>,
}

/// An entry of `content/nouveautes/`.
#[derive(Debug, Serialize)]
pub struct EntreeNouveaute {
    /// Its anchor.
    pub ancre: String,
    /// Its title.
    pub titre: String,
    /// Its text; headings start at level 4.
    pub corps_html: String,
}
