//! The lines of the text, each with its place.

use crate::diagnostic::{Diagnostic, Faults};
use crate::source::Source;
use std::ops::Range;
use std::sync::Arc;

/// A line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ligne<'a> {
    /// From 1.
    pub(super) numero: usize,
    /// The byte of its first character that is no space.
    pub(super) debut: usize,
    /// How many spaces stand before it.
    pub(super) retrait: usize,
    /// A page begins here.
    pub(super) page: bool,
    /// Without the spaces around it.
    pub(super) texte: &'a str,
}

impl Ligne<'_> {
    /// Whether nothing stands on it.
    pub(super) fn est_vide(&self) -> bool {
        self.texte.is_empty()
    }
}

/// The lines of a text.
pub(super) fn lignes(texte: &str) -> Vec<Ligne<'_>> {
    let mut at = 0;
    let line = |(rank, line): (usize, &'_ str)| (rank, line.len() + 1);
    let mut out = Vec::new();
    for (rank, raw) in texte.split('\n').enumerate() {
        let (_, length) = line((rank, raw));
        let trimmed = raw.trim_start();
        let before = raw.len() - trimmed.len();
        let spaces = raw.get(..before).unwrap_or_default();
        out.push(Ligne {
            numero: rank + 1,
            debut: at + before,
            retrait: spaces.chars().filter(|c| *c != '\u{c}').count(),
            page: spaces.contains('\u{c}'),
            texte: trimmed.trim_end(),
        });
        at += length;
    }
    out
}

/// What is told of the text, at its lines.
pub(super) struct Journal<'a> {
    /// The text.
    pub(super) source: &'a Arc<Source>,
    /// What is told.
    pub(super) faults: Faults,
}

impl Journal<'_> {
    /// Tells something of the first `sous` on a line; of the whole line where it is not there.
    pub(super) fn dire(&mut self, ligne: &Ligne, sous: &str, fault: Diagnostic) {
        let found = ligne.texte.find(sous).filter(|_| !sous.is_empty());
        let place = match found {
            Some(at) => ligne.debut + at..ligne.debut + at + sous.len(),
            None => ligne.debut..ligne.debut + ligne.texte.len(),
        };
        self.dire_a(place, fault);
    }

    /// Tells something of some bytes.
    pub(super) fn dire_a(&mut self, place: Range<usize>, fault: Diagnostic) {
        self.faults.push(fault.at(self.source, place));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_place() {
        let read = lignes("a\n  bé \n\n\u{c}c");
        let expected = [
            (1, 0, 0, false, "a"),
            (2, 4, 2, false, "bé"),
            (3, 9, 0, false, ""),
            (4, 11, 0, true, "c"),
        ];
        let seen: Vec<_> = read
            .iter()
            .map(|l| (l.numero, l.debut, l.retrait, l.page, l.texte))
            .collect();
        assert_eq!(seen, expected);
    }
}
