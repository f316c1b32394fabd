//! Faults written into the page: beside their fields, or at the top.

use crate::dom::{Absent, Element};
use crate::paint::fill_list;
use crate::prelude::*;

type Fait = Result<(), Absent>;

/// Faults shown beside their fields, and those that have none at the top.
pub(crate) struct Marques {
    sans_champ: Element,
    marquees: Vec<Element>,
}

/// A fault and its field.
pub(crate) struct Signalement<'a> {
    /// The field; none where the page shows none.
    pub(crate) champ: Option<&'a Element>,
    /// What to say.
    pub(crate) message: String,
}

impl Marques {
    /// Finds its place in the page.
    ///
    /// # Errors
    /// [`Absent`] when it is missing.
    pub(crate) fn new(racine: &Element) -> Result<Self, Absent> {
        Ok(Self {
            sans_champ: racine.need("[data-role=fautes]")?,
            marquees: Vec::new(),
        })
    }

    /// Whether a field is shown as faulty.
    pub(crate) fn has(&self, champ: &Element) -> bool {
        self.marquees.contains(champ)
    }

    /// How many fields inside an element are shown as faulty.
    pub(crate) fn inside(&self, hote: &Element) -> usize {
        let dedans = |champ: &&Element| hote.contains(champ);
        self.marquees.iter().filter(dedans).count()
    }

    /// Shows these faults and no other.
    ///
    /// # Errors
    /// [`Absent`] when a template is missing.
    pub(crate) fn show(&mut self, signalements: &[Signalement]) -> Fait {
        for champ in core::mem::take(&mut self.marquees) {
            if signalements
                .iter()
                .all(|signalement| signalement.champ != Some(&champ))
            {
                mark(&champ, "");
            }
        }
        for Signalement { champ, message } in signalements {
            if let Some(champ) = champ {
                mark(champ, message);
                self.marquees.push((*champ).clone());
            }
        }
        let sans_champ: Vec<&str> = signalements
            .iter()
            .filter(|faute| faute.champ.is_none())
            .map(|faute| faute.message.as_str())
            .collect();
        self.sans_champ.set_hidden(sans_champ.is_empty());
        fill_list(
            &self.sans_champ,
            "fautes",
            "faute",
            &sans_champ,
            |copie, message| {
                copie.set_text(message);
                Ok(())
            },
        )
    }
}

fn mark(champ: &Element, message: &str) {
    if message.is_empty() {
        champ.toggle_attr("aria-invalid", false);
    } else {
        champ.set_attr("aria-invalid", "true");
    }
    if let Some(place) = champ
        .closest("[data-enveloppe]")
        .and_then(|enveloppe| enveloppe.find("[data-erreur]"))
    {
        place.set_text(message);
        place.set_hidden(message.is_empty());
    }
}
