//! `sitegen diff`: what changed between two versions of the questions, and what of the site rests on it.
//!
//! # Steps
//! 1. [`version`] reads each side: a content folder, or the official text.
//! 2. [`paires`] says which question of the one is which of the other; [`mots`] what changed, word by word.
//! 3. [`mod@impact`] follows each touched question to the parameters, rules, examples and pages that rest on it.
//! 4. [`mod@texte`], [`mod@json`] and [`mod@brouillon`] say it: to a reader, to a machine, as a draft of « Nouveautés ».

mod brouillon;
mod impact;
mod json;
mod mots;
mod paires;
mod texte;
mod version;

pub(crate) use brouillon::brouillon;
pub(crate) use json::json;
pub(crate) use texte::texte;
pub(crate) use version::{Version, lire};

use crate::cible::Numero;
use crate::read::read_site;
use crate::source::Tree;
use crate::{diagnostic::Faults, site::Site};
use impact::{Impact, impact};
use mots::Piece;

/// Everything that changed.
pub(crate) struct Difference<'a> {
    /// The older side.
    pub(crate) ancien: &'a Version,
    /// The newer side.
    pub(crate) nouveau: &'a Version,
    /// Questions that changed, in the order of the newer side, those that are gone at their old place.
    pub(crate) questions: Vec<Changement<'a>>,
    /// How many did not change.
    pub(crate) inchangees: usize,
}

/// A question that is not as it was.
pub(crate) struct Changement<'a> {
    /// As it was; none where it is new.
    ancien: Option<&'a version::Question>,
    /// As it is; none where it is gone.
    nouveau: Option<&'a version::Question>,
    /// Its title, word by word; only where both sides have it and it changed.
    titre: Vec<Piece>,
    /// Its answer, likewise.
    reponse: Vec<Piece>,
    /// What rests on it.
    impact: Impact,
}

/// What happened to a question. One that moved may have changed too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Etat {
    Nouvelle,
    Supprimee,
    Deplacee,
    Modifiee,
}

impl Etat {
    /// Its key, in the open data.
    fn cle(self) -> &'static str {
        match self {
            Self::Nouvelle => "nouvelle",
            Self::Supprimee => "supprimee",
            Self::Deplacee => "deplacee",
            Self::Modifiee => "modifiee",
        }
    }

    /// Its word.
    fn mot(self) -> &'static str {
        match self {
            Self::Nouvelle => "nouvelle",
            Self::Supprimee => "supprimée",
            Self::Deplacee => "déplacée",
            Self::Modifiee => "modifiée",
        }
    }
}

impl Changement<'_> {
    fn etats(&self) -> Vec<Etat> {
        match (self.ancien, self.nouveau) {
            (None, _) => vec![Etat::Nouvelle],
            (_, None) => vec![Etat::Supprimee],
            (Some(old), Some(new)) => {
                let moved = (old.numero != new.numero).then_some(Etat::Deplacee);
                let words = !self.titre.is_empty() || !self.reponse.is_empty();
                let changed = words.then_some(Etat::Modifiee);
                moved.into_iter().chain(changed).collect()
            }
        }
    }

    /// Its number now, else the one it had.
    fn numero(&self) -> Option<Numero> {
        self.nouveau.or(self.ancien).map(|question| question.numero)
    }

    /// Its title now, else the one it had.
    fn titre_courant(&self) -> &str {
        let question = self.nouveau.or(self.ancien);
        question.map_or("", |question| question.titre.as_str())
    }
}

/// Compares two versions, and follows what changed into a content.
pub(crate) fn difference<'a>(
    ancien: &'a Version,
    nouveau: &'a Version,
    content: &Tree,
    faults: &mut Faults,
) -> Option<Difference<'a>> {
    let site = read_site(content, faults)?;
    let pairs = paires::paires(&ancien.questions, &nouveau.questions);
    let total = pairs.len();
    let mut questions: Vec<Changement> = pairs
        .into_iter()
        .filter_map(|(old, new)| changement(old, new, &site, content))
        .collect();
    questions.sort_by_key(|change| (change.numero(), change.nouveau.is_none()));
    Some(Difference {
        ancien,
        nouveau,
        inchangees: total - questions.len(),
        questions,
    })
}

fn changement<'a>(
    ancien: Option<&'a version::Question>,
    nouveau: Option<&'a version::Question>,
    site: &Site,
    content: &Tree,
) -> Option<Changement<'a>> {
    let (titre, reponse) = match (ancien, nouveau) {
        (Some(old), Some(new)) => (
            mots::comparer(&old.titre, &new.titre),
            mots::comparer(&old.reponse, &new.reponse),
        ),
        _ => (Vec::new(), Vec::new()),
    };
    let mut change = Changement {
        ancien,
        nouveau,
        titre,
        reponse,
        impact: Impact::default(),
    };
    if change.etats().is_empty() {
        return None;
    }
    if let Some(old) = ancien {
        change.impact = impact(old, nouveau, site, content);
    }
    Some(change)
}
