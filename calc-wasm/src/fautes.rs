//! Faults of the form: beside their fields, not while they are being typed, and counted in the summary.

use crate::app::{App, Lu};
use crate::dom::{self, Absent, Element};
use crate::etat;
use crate::form::Faute;
use crate::liens;
use crate::marques::{Marques, Signalement};
use crate::prelude::*;

impl App {
    /// Shows the faults, but those still being typed, and how many fields wait: at once in the summary, which is always
    /// in sight; at each verdict once the hand rests.
    ///
    /// # Errors
    /// [`Absent`] when the page lacks a place for them.
    pub(crate) fn show_faults(&self, fautes: &[Faute]) -> Result<(), Absent> {
        self.en_faute.set(!fautes.is_empty());
        self.attente.set_hidden(fautes.is_empty());
        if fautes.is_empty() {
            self.mark_verdicts();
        } else {
            self.rythme.mark_later();
        }
        let champs = self.faulty_fields(fautes);
        if let Some(premiere) = champs.first() {
            self.attente
                .need("[data-slot=attente]")?
                .set_text(&etat::waiting(fautes.len()));
            let id = premiere.as_ref().map(liens::anchor);
            self.attente
                .need("a")?
                .set_attr("href", &["#", id.as_deref().unwrap_or("fautes")].concat());
        }
        let mut marques = self.marques.borrow_mut();
        let focus = dom::focused();
        let signalements: Vec<Signalement> = fautes
            .iter()
            .zip(&champs)
            .filter(|(faute, champ)| {
                !champ
                    .as_ref()
                    .is_some_and(|champ| is_being_typed(faute, champ, focus.as_ref(), &marques))
            })
            .map(|(faute, champ)| signal(faute, champ.as_ref()))
            .collect();
        marques.show(&signalements)
    }

    /// Says of each verdict whether it waits.
    pub(crate) fn mark_verdicts(&self) {
        for verdicts in &self.verdicts {
            verdicts.toggle_attr("data-en-attente", self.waits());
        }
    }

    /// The field of each fault.
    fn faulty_fields(&self, fautes: &[Faute]) -> Vec<Option<Element>> {
        fautes
            .iter()
            .map(|faute| self.field(faute.place?))
            .collect()
    }

    /// Shows every fault, those of the field being typed too, and leads to the first; their number.
    pub(crate) fn show_all_faults(&self, lu: &Lu) -> usize {
        let Err(fautes) = &lu.issue else { return 0 };
        let champs = self.faulty_fields(fautes);
        let signalements: Vec<Signalement> = fautes
            .iter()
            .zip(&champs)
            .map(|(faute, champ)| signal(faute, champ.as_ref()))
            .collect();
        if let Err(absent) = self.marques.borrow_mut().show(&signalements) {
            absent.report();
        }
        if let Some(champ) = champs.iter().flatten().next() {
            champ.find("input").as_ref().unwrap_or(champ).focus();
        }
        fautes.len()
    }
}

/// Whether a fault is only that the reader has not finished: of the field that has the focus, or of a field still to
/// be filled in the same row. Once shown, a fault stays until it is mended.
fn is_being_typed(
    faute: &Faute,
    champ: &Element,
    focus: Option<&Element>,
    marques: &Marques,
) -> bool {
    let Some(focus) = focus else { return false };
    if marques.has(champ) {
        return false;
    }
    let groupe = || champ.closest("[data-ligne],[data-groupe]");
    champ == focus || (faute.manquant && groupe().is_some_and(|groupe| groupe.contains(focus)))
}

/// A fault as the page says it: by the label of its field, not by its key in the file.
fn signal<'a>(faute: &Faute, champ: Option<&'a Element>) -> Signalement<'a> {
    let libelle = champ
        .and_then(|champ| champ.closest("[data-enveloppe]")?.find("[data-libelle]"))
        .map(|libelle| libelle.text());
    Signalement {
        champ,
        message: etat::by_label(&faute.message, libelle.as_deref()),
    }
}
