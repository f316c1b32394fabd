//! When nothing matches: what looks most like the query, letter for letter. Never an empty answer.

use crate::index::Index;
use crate::prelude::*;

use crate::query::{Query, Reading};
use crate::small::{best_first, narrow, number_of, sort, to_f32};

/// Below this likeness two words have nothing in common.
const LEAST: f32 = 0.34;

/// At most so many look-alikes for one word.
const MOST: usize = 4;

/// Gives each unknown word the known words that look most like it.
pub(crate) fn add_lookalikes(query: &mut Query, index: &Index) {
    for (unit, word) in core::mem::take(&mut query.unknown) {
        let wanted = Letters::of(&word);
        let likes: Vec<(f32, u32)> = index
            .vocabulary()
            .words()
            .map(|(surface, term)| (wanted.likeness(surface), term))
            .collect();
        let alike = (0..)
            .zip(&likes)
            .filter(|(_, (likeness, _))| *likeness >= LEAST);
        let mut keys: Vec<u64> = alike
            .map(|(rank, (likeness, _))| best_first(*likeness, rank))
            .collect();
        sort(&mut keys);
        let best = keys
            .iter()
            .filter_map(|&key| likes.get(number_of(key) as usize));
        for &(likeness, term) in best.take(MOST) {
            query.readings.push(Reading {
                terms: vec![term],
                weight: likeness * 0.5,
                units: vec![unit],
            });
        }
    }
}

/// A word, three letters at a time.
pub(crate) struct Letters {
    grams: Vec<u32>,
}

impl Letters {
    pub(crate) fn of(word: &str) -> Self {
        Self {
            grams: grams(word).collect(),
        }
    }

    /// How much another word shares with this one: 0 to 1 (Dice).
    pub(crate) fn likeness(&self, other: &str) -> f32 {
        let all = to_f32(narrow(self.grams.len() + other.len())).max(1.0);
        // Most words share nothing: a bit for each three letters tells how much at most.
        let bits = grams(other).fold(0_u64, |bits, gram| bits | bit(gram));
        let mut shared = 0;
        for &gram in self.grams.iter().filter(|&&gram| bits & bit(gram) != 0) {
            shared += u32::from(grams(other).any(|here| here == gram));
        }
        2.0 * to_f32(shared) / all
    }
}

/// As many as letters: the word with its edges marked, three bytes at a time.
fn grams(word: &str) -> impl Iterator<Item = u32> {
    let mut gram = u32::from(b'^');
    let edged = word.bytes().chain([b'$']).enumerate();
    edged.filter_map(move |(rank, byte)| {
        gram = (gram << 8 | u32::from(byte)) & 0x00ff_ffff;
        (rank > 0).then_some(gram)
    })
}

fn bit(gram: u32) -> u64 {
    1 << (gram.wrapping_mul(0x9e37_79b1) >> 26)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_goes_from_none_to_whole() {
        let likeness = |word: &str, other: &str| Letters::of(word).likeness(other);
        assert!((likeness("audit", "audit") - 1.0).abs() < 1e-6);
        assert!(likeness("audit", "zed") < 1e-6);
        assert!(likeness("cybercrise", "crise") > 0.3);
    }
}
