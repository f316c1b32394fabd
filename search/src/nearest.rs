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
        let likes: Vec<(f32, u32)> = index
            .vocabulary()
            .words()
            .map(|(surface, term)| (likeness(&word, surface), term))
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

/// How much two words share, three letters at a time: 0 to 1 (Dice).
pub(crate) fn likeness(a: &str, b: &str) -> f32 {
    let (a, b) = (trigrams(a), trigrams(b));
    let shared = a.iter().filter(|gram| b.contains(gram)).count();
    2.0 * to_f32(narrow(shared)) / to_f32(narrow(a.len() + b.len())).max(1.0)
}

/// The word with its edges marked, three bytes at a time.
fn trigrams(word: &str) -> Vec<[u8; 3]> {
    let bytes: Vec<u8> = [b'^']
        .into_iter()
        .chain(word.bytes())
        .chain([b'$'])
        .collect();
    let three = |window: &[u8]| <[u8; 3]>::try_from(window).ok();
    bytes.windows(3).filter_map(three).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_goes_from_none_to_whole() {
        assert!((likeness("audit", "audit") - 1.0).abs() < 1e-6);
        assert!(likeness("audit", "zed") < 1e-6);
        assert!(likeness("cybercrise", "crise") > 0.3);
    }
}
