//! Slips of the finger: words at one or two Damerau edits from an unknown word.

use crate::prelude::*;
use crate::vocabulary::Vocabulary;
use core::mem::swap;

/// The nearest spellings of an unknown word, as terms with a likeness of at most 1, nearest first.
///
/// Words of four letters or fewer are left alone: one edit away stands another word. One edit up to seven letters, two beyond.
pub(crate) fn corrections(word: &str, vocabulary: &Vocabulary) -> Vec<(u32, f32)> {
    let most: u8 = match word.len() {
        0..=4 => return Vec::new(),
        5..=7 => 1,
        _ => 2,
    };
    let mut found: Vec<(usize, u32)> = Vec::new();
    let mut nearest = usize::from(most);
    for (surface, term) in vocabulary.near(word, u32::from(most)) {
        // Two slips, one of them in the first letter, are another word.
        let same_start = surface.as_bytes().first() == word.as_bytes().first();
        let most = if same_start { nearest } else { 1 };
        if surface.len().abs_diff(word.len()) > most || surface.len() < 4 {
            continue;
        }
        let edits = distance(word.as_bytes(), surface.as_bytes(), most);
        if edits > most {
            continue;
        }
        nearest = edits;
        found.push((edits, term));
    }
    found.retain(|&(edits, _)| edits == nearest);
    let likeness = if nearest == 1 { 1.0 } else { 0.8 };
    let mut terms: Vec<(u32, f32)> = found
        .into_iter()
        .map(|(_, term)| (term, likeness))
        .collect();
    terms.dedup();
    terms
}

/// Damerau–Levenshtein distance (neighbours swapped count once), or anything above `most` when it is above.
///
/// Folded words are ASCII but for a few foreign letters, where bytes do as well.
pub(crate) fn distance(a: &[u8], b: &[u8], most: usize) -> usize {
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    let mut before = previous.clone();
    let mut row = previous.clone();
    for (i, &from) in a.iter().enumerate() {
        let (mut left, mut least) = (i + 1, i + 1);
        set(&mut row, 0, left);
        for (j, &to) in b.iter().enumerate() {
            left = (at(&previous, j) + usize::from(from != to))
                .min(at(&previous, j + 1) + 1)
                .min(left + 1);
            let swapped =
                i > 0 && j > 0 && a.get(i - 1) == Some(&to) && b.get(j - 1) == Some(&from);
            if swapped {
                left = left.min(at(&before, j - 1) + 1);
            }
            set(&mut row, j + 1, left);
            least = least.min(left);
        }
        if least > most {
            return most + 1;
        }
        swap(&mut before, &mut previous);
        swap(&mut previous, &mut row);
    }
    at(&previous, b.len())
}

fn at(row: &[usize], index: usize) -> usize {
    row.get(index).copied().unwrap_or(usize::MAX / 2)
}

fn set(row: &mut [usize], index: usize, value: usize) {
    if let Some(cell) = row.get_mut(index) {
        *cell = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn far(a: &str, b: &str) -> usize {
        distance(a.as_bytes(), b.as_bytes(), 2)
    }

    #[test]
    fn counts_edits_and_swaps() {
        assert_eq!(far("audit", "audit"), 0);
        assert_eq!(far("ordad", "oradad"), 1);
        assert_eq!(far("candidtaure", "candidature"), 1);
        assert_eq!(far("gestionaire", "gestionnaire"), 1);
        assert_eq!(far("kitten", "sitting"), 3);
    }

    #[test]
    fn short_words_are_left_alone() {
        let mut vocabulary = Vocabulary::new(crate::stems::Stems::computed(true));
        vocabulary.learn("audit", "audit");
        assert!(corrections("audi", &vocabulary).is_empty());
        assert_eq!(corrections("audot", &vocabulary).len(), 1);
    }
}
