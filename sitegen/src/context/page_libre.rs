//! What a free page is given.

use super::{Cadre, Lien};
use serde::Serialize;

/// `page.html`: a page of `content/pages/` or `content/guide/`.
#[derive(Debug, Serialize)]
pub struct PageLibre {
    /// Frame.
    pub cadre: Cadre,
    /// One sentence under the title, plain text; may be empty.
    pub chapeau: String,
    /// The text.
    pub corps_html: String,
    /// Table of contents: the `##` headings, `#anchor` addresses.
    pub sommaire: Vec<Lien>,
    /// Whether its quotations are there to be copied.
    pub copier: bool,
    /// The chapter before, in the order of the guide.
    pub precedent: Option<Lien>,
    /// The chapter after.
    pub suivant: Option<Lien>,
}
