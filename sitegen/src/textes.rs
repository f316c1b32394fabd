//! Texts that stand in memory once, each under a number.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::borrow::Cow;
use std::hash::BuildHasher;

/// A set of texts, numbered in the order in which they came. They are not looked at as texts before they are asked for.
#[derive(Debug, Default)]
pub(crate) struct Textes {
    /// One after the other.
    whole: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Textes {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of a number; one that is none is empty.
    pub(crate) fn get(&self, number: u32) -> &str {
        str::from_utf8(self.bytes(number)).unwrap_or_default()
    }

    /// The same as bytes.
    pub(crate) fn bytes(&self, number: u32) -> &[u8] {
        text(&self.whole, &self.ends, number)
    }

    /// The number of a text, if it has one.
    pub(crate) fn find(&self, wanted: &str) -> Option<u32> {
        let wanted = wanted.as_bytes();
        let hash = self.hasher.hash_one(wanted);
        let same = |number: &u32| self.bytes(*number) == wanted;
        self.numbers.find(hash, same).copied()
    }

    /// The number of each of these texts.
    pub(crate) fn numbers_of(&mut self, texts: &[Cow<[u8]>]) -> Vec<u32> {
        texts.iter().map(|text| self.number_of(text)).collect()
    }

    /// The texts of these numbers, in order.
    pub(crate) fn sorted(&self, numbers: impl Iterator<Item = u32>) -> Vec<&str> {
        let mut texts: Vec<&str> = numbers.map(|number| self.get(number)).collect();
        texts.sort_unstable();
        texts
    }

    fn number_of(&mut self, wanted: &[u8]) -> u32 {
        let (whole, ends) = (&mut self.whole, &mut self.ends);
        let same = |number: &u32| text(whole, ends, *number) == wanted;
        let hash_of = |number: &u32| self.hasher.hash_one(text(whole, ends, *number));
        let hash = self.hasher.hash_one(wanted);
        match self.numbers.entry(hash, same, hash_of) {
            hashbrown::hash_table::Entry::Occupied(known) => *known.get(),
            hashbrown::hash_table::Entry::Vacant(place) => {
                let number = u32::try_from(ends.len()).unwrap_or(u32::MAX);
                place.insert(number);
                whole.extend_from_slice(wanted);
                ends.push(whole.len());
                number
            }
        }
    }
}

fn text<'t>(whole: &'t [u8], ends: &[usize], number: u32) -> &'t [u8] {
    let rank = number as usize;
    let start = rank.checked_sub(1).and_then(|before| ends.get(before));
    let end = ends.get(rank).copied().unwrap_or_default();
    whole
        .get(start.copied().unwrap_or_default()..end)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_number() {
        let mut textes = Textes::default();
        let words: Vec<String> = (0..300).map(|rank| format!("mot{}", rank % 100)).collect();
        let bytes = words.iter().map(|word| word.as_bytes().into());
        let bytes: Vec<Cow<[u8]>> = bytes.collect();
        let numbers = textes.numbers_of(&bytes);
        assert_eq!(textes.len(), 100);
        for (word, number) in words.iter().zip(&numbers) {
            assert_eq!(textes.get(*number), word);
            assert_eq!(textes.find(word), Some(*number));
        }
        assert_eq!(textes.find("mot"), None);
        assert_eq!(textes.sorted([99, 0].into_iter()), ["mot0", "mot99"]);
    }
}
