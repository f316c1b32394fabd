//! The one polite voice of the page: what is said of a change, once the reader rests, in one breath.

use crate::dom::{Absent, Element};
use crate::prelude::*;
use core::cell::RefCell;

/// The live region, and the texts that it repeats when they change.
pub(crate) struct Voix {
    region: Element,
    sources: Vec<(Element, RefCell<String>)>,
}

impl Voix {
    /// Finds its places in the page.
    ///
    /// # Errors
    /// [`Absent`] when the region is missing.
    pub(crate) fn new(racine: &Element) -> Result<Self, Absent> {
        let sources = racine.find_all("[data-dit]");
        Ok(Self {
            region: racine.need("[data-role=voix]")?,
            sources: sources
                .into_iter()
                .map(|source| (source, RefCell::default()))
                .collect(),
        })
    }

    /// Says what changed since it was last said, noted or taken away.
    pub(crate) fn speak(&self) {
        let phrases = self.changes();
        if !phrases.is_empty() {
            self.region.set_text(&phrases.join(" "));
        }
    }

    /// Notes what the page says as it opens: nobody asked to hear it.
    pub(crate) fn note(&self) {
        self.changes();
    }

    fn changes(&self) -> Vec<String> {
        let mut phrases = Vec::new();
        for (source, dit) in &self.sources {
            let texte = if source.has_attr("hidden") {
                String::new()
            } else {
                source.text().trim().to_owned()
            };
            if dit.replace(texte.clone()) != texte && !texte.is_empty() {
                phrases.push(texte);
            }
        }
        phrases
    }
}
