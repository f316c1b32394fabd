//! Families of words: « converger » and « convergence » have two stems but one root.

use crate::prelude::*;
use crate::small::{Names, narrow};
use crate::vocabulary::Vocabulary;

/// Endings that a stem may keep. Longest first: the first that leaves a root long enough is cut.
const ENDINGS: &[&str] = &[
    "ement", "ateur", "atric", "ation", "ition", "ement", "ment", "eur", "ent", "ant", "anc",
    "enc", "ion", "abl", "ibl", "if", "iv", "it", "at", "al", "el", "er", "ag", "ur", "e", "i",
];

/// A shorter root would tie strangers together.
const SHORTEST_ROOT: usize = 5;

/// The root of a stem, if it is long enough to tell.
fn root(stem: &str) -> Option<&str> {
    let plain = stem.len() >= SHORTEST_ROOT && stem.bytes().all(|byte| byte.is_ascii_lowercase());
    let cut = ENDINGS
        .iter()
        .filter_map(|ending| stem.strip_suffix(ending))
        .find(|rest| rest.len() >= SHORTEST_ROOT);
    plain.then_some(cut.unwrap_or(stem))
}

/// The families of all the terms.
#[derive(Debug, Default)]
pub(crate) struct Families {
    roots: Names,
    /// Terms by root.
    members: Vec<Vec<u32>>,
    /// Root by term.
    root_of: Vec<Option<u32>>,
}

impl Families {
    /// Groups the terms by root.
    pub(crate) fn new(vocabulary: &Vocabulary) -> Self {
        let mut families = Self::default();
        for (number, term) in vocabulary.all_terms().iter().enumerate() {
            let root = root(term).map(|root| families.roots.add(root));
            families.root_of.push(root);
            families.members.resize(families.roots.len(), Vec::new());
            if let Some(members) = root.and_then(|root| families.members.get_mut(root as usize)) {
                members.push(narrow(number));
            }
        }
        families
    }

    /// The other terms of the family of a term.
    pub(crate) fn of(&self, term: u32) -> Vec<u32> {
        let root = self.root_of.get(term as usize).copied().flatten();
        let mut family = self.members_of(root);
        family.retain(|&member| member != term);
        family
    }

    /// The terms of the family of a stem that is itself unknown.
    pub(crate) fn of_unknown(&self, stem: &str) -> Vec<u32> {
        self.members_of(root(stem).and_then(|root| self.roots.find(root)))
    }

    fn members_of(&self, root: Option<u32>) -> Vec<u32> {
        let members = root.and_then(|root| self.members.get(root as usize));
        members.cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_shares_its_root() {
        assert_eq!(root("convergent"), root("converg"));
        assert_eq!(root("signatur"), Some("signat"));
        assert_eq!(root("audit"), Some("audit"));
    }

    #[test]
    fn short_stems_have_no_family() {
        assert_eq!(root("part"), None);
    }
}
