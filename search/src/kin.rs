//! Families of words: « converger » and « convergence » have two stems but one root.

use std::collections::BTreeMap;

use crate::vocabulary::Vocabulary;

/// Endings that a stem may keep. Longest first: the first that leaves a root long enough is cut.
const ENDINGS: &[&str] = &[
    "ement", "ateur", "atric", "ation", "ition", "ement", "ment", "eur", "ent", "ant", "anc", "enc",
    "ion", "abl", "ibl", "if", "iv", "it", "at", "al", "el", "er", "ag", "ur", "e", "i",
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

/// For each term, the other terms of its family.
pub(crate) fn families(vocabulary: &Vocabulary) -> Vec<Vec<u32>> {
    let mut by_root: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (term, number) in vocabulary.all_terms() {
        if let Some(root) = root(term) {
            by_root.entry(root).or_default().push(number);
        }
    }
    let mut families = vec![Vec::new(); vocabulary.len()];
    for members in by_root.values().filter(|members| members.len() > 1) {
        for &member in members {
            let others = members.iter().copied().filter(|&other| other != member);
            if let Some(family) = families.get_mut(member as usize) {
                family.extend(others);
            }
        }
    }
    families
}

/// The terms of the family of a stem that is itself unknown.
pub(crate) fn of_unknown(stem: &str, vocabulary: &Vocabulary) -> Vec<u32> {
    let Some(wanted) = root(stem) else {
        return Vec::new();
    };
    vocabulary
        .all_terms()
        .filter(|(term, _)| root(term) == Some(wanted))
        .map(|(_, number)| number)
        .collect()
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
