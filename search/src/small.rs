//! Small stand-ins for the standard library, each in one copy: the generic ones, compiled once per type, made two
//! thirds of the engine that browsers download.

use crate::prelude::*;

/// Strings one after the other, in one stretch of memory, told by their ranks.
#[derive(Debug, Default)]
pub(crate) struct Strings {
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Strings {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// One more.
    pub(crate) fn push(&mut self, string: &str) {
        self.text.push_str(string);
        self.ends.push(narrow(self.text.len()));
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        let mut from = 0;
        self.ends.iter().map(move |&end| {
            let string = self.text.get(from..end as usize).unwrap_or("");
            from = end as usize;
            string
        })
    }

    /// Where one of them begins and ends; nowhere past the last.
    fn span(&self, rank: usize) -> (usize, usize) {
        let before = rank.checked_sub(1).and_then(|rank| self.ends.get(rank));
        let from = before.map_or(0, |&end| end as usize);
        (from, self.ends.get(rank).map_or(0, |&end| end as usize))
    }

    /// One of them; empty past the last.
    pub(crate) fn get(&self, rank: usize) -> &str {
        let (from, end) = self.span(rank);
        self.text.get(from..end).unwrap_or("")
    }

    /// Whether it is this one.
    fn is(&self, rank: usize, string: &str) -> bool {
        let (from, end) = self.span(rank);
        let rest = self.text.as_bytes().get(from..).unwrap_or(&[]);
        end == from + string.len() && rest.starts_with(string.as_bytes())
    }
}

/// A set of strings, each numbered in the order of arrival. Numbers do not depend on the hash, only speed does.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// By number: looking through them all reads one stretch of memory.
    names: Strings,
    /// Number plus one, by hash; 0 is free. Its length is a power of two, at least twice the number of names.
    slots: Vec<u32>,
}

impl Names {
    /// None yet, and room for so many.
    #[cfg(feature = "construction")]
    pub(crate) fn roomy(count: usize) -> Self {
        Self {
            slots: vec![0; (2 * count).next_power_of_two()],
            ..Self::default()
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// All of them, in the order of arrival.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        self.names.all()
    }

    /// One of them; empty past the last.
    pub(crate) fn name(&self, number: usize) -> &str {
        self.names.get(number)
    }

    /// The number of a name.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        let slot = self.slot_of(name)?;
        self.slots.get(slot)?.checked_sub(1)
    }

    /// The number of a name, new or not.
    pub(crate) fn add(&mut self, name: &str) -> u32 {
        if self.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let number = narrow(self.len());
        let place = self.slot_of(name).and_then(|slot| self.slots.get_mut(slot));
        let Some(place) = place else { return number };
        if let Some(known) = place.checked_sub(1) {
            return known;
        }
        *place = number + 1;
        self.names.push(name);
        number
    }

    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(64)];
        for number in 0..narrow(self.len()) {
            let slot = self.slot_of(self.name(number as usize));
            if let Some(slot) = slot.and_then(|slot| self.slots.get_mut(slot)) {
                *slot = number + 1;
            }
        }
    }

    /// Where a name is, or the free place where it would be.
    fn slot_of(&self, name: &str) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut slot = hash(name) as usize & mask;
        while let Some(number) = self.slots.get(slot)?.checked_sub(1) {
            if self.names.is(number as usize, name) {
                break;
            }
            slot = (slot + 1) & mask;
        }
        Some(slot)
    }
}

/// Eight bytes at a time. (The browser reads too little to pay for this.)
#[cfg(feature = "construction")]
fn hash(name: &str) -> u32 {
    let bytes = name.as_bytes();
    let mix =
        |hash: u64, word: u64| (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    let mut hash = 0;
    if bytes.len() > 8 {
        let (words, _) = bytes.as_chunks();
        hash = words
            .iter()
            .fold(0, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    }
    u32::try_from(mix(hash, last_word(bytes)) >> 32).unwrap_or(0)
}

/// The last eight bytes, or all of them with their number: some stand there twice.
#[cfg(feature = "construction")]
fn last_word(bytes: &[u8]) -> u64 {
    if let Some(last) = bytes.last_chunk() {
        return u64::from_le_bytes(*last);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return u64::from(first) << 32 | u64::from(last);
    }
    let shift = |word, byte: &u8| (word << 8) | u64::from(*byte);
    bytes.iter().fold(0, shift)
}

/// FNV-1a.
#[cfg(not(feature = "construction"))]
fn hash(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// Sorts, smallest first (Shell, with Ciura's gaps).
pub(crate) fn sort(keys: &mut [u64]) {
    const GAPS: [usize; 12] = [
        33_936, 15_015, 6_643, 2_939, 1_301, 701, 301, 132, 57, 23, 10, 4,
    ];
    for gap in GAPS.into_iter().chain([1]) {
        for from in gap..keys.len() {
            let mut at = from;
            while at >= gap && keys.get(at - gap) > keys.get(at) {
                keys.swap(at, at - gap);
                at -= gap;
            }
        }
    }
}

/// A key that puts higher scores first and, among equals, lower numbers. The score is 0 or more, where the bits of
/// floating numbers are in the order of the numbers.
pub(crate) fn best_first(score: f32, number: u32) -> u64 {
    (u64::from(u32::MAX - score.to_bits()) << 32) | u64::from(number)
}

/// The number in a key of [`best_first`].
pub(crate) fn number_of(key: u64) -> u32 {
    u32::try_from(key & u64::from(u32::MAX)).unwrap_or(0)
}

/// Strings one after the other.
pub(crate) fn concat(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts {
        out.push_str(part);
    }
    out
}

/// What stands between separators, at least one part. (The search of the standard library for a character can panic, as
/// far as the compiler knows: its messages would come along.)
pub(crate) struct Parts<'a> {
    rest: Option<&'a str>,
    separator: u8,
}

/// Cuts a text at each separator, an ASCII one.
pub(crate) fn parts(text: &str, separator: u8) -> Parts<'_> {
    Parts {
        rest: Some(text),
        separator,
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest.take()?;
        let Some(end) = rest.bytes().position(|byte| byte == self.separator) else {
            return Some(rest);
        };
        self.rest = rest.get(end + 1..);
        rest.get(..end)
    }
}

/// Appends a number in figures.
pub(crate) fn push_number(out: &mut String, number: u32) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.extend(char::from_digit(number % 10, 10));
}

/// Reads a number in figures, of nine at most.
pub(crate) fn read_number(text: &str) -> Option<u32> {
    let figures =
        !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    figures.then(|| {
        text.bytes()
            .fold(0, |number, byte| number * 10 + u32::from(byte - b'0'))
    })
}

/// Sizes here are those of one site's text: far below 2³².
pub(crate) fn narrow(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

/// Counts here are far below 2¹⁶; beyond, they count as that.
pub(crate) fn to_f32(count: u32) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::format;

    #[test]
    fn names_keep_their_numbers_as_they_grow() {
        let mut names = Names::default();
        assert_eq!(names.find("a"), None);
        let words: Vec<String> = (0..500).map(|rank| format!("mot{rank}")).collect();
        for (rank, word) in words.iter().enumerate() {
            assert_eq!(names.add(word) as usize, rank);
        }
        assert_eq!(names.add("mot250"), 250);
        assert_eq!(names.find("mot499"), Some(499));
        assert_eq!(names.find("mot500"), None);
    }

    #[test]
    fn sorts_any_length() {
        for length in [0_u64, 1, 2, 100, 5_000] {
            let mut keys: Vec<u64> = (0..length)
                .map(|rank| rank.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20)
                .collect();
            sort(&mut keys);
            assert!(keys.is_sorted());
        }
    }

    #[test]
    fn better_scores_come_first_then_lower_numbers() {
        assert!(best_first(2.0, 9) < best_first(1.5, 1));
        assert!(best_first(2.0, 1) < best_first(2.0, 2));
        assert_eq!(number_of(best_first(0.3, 77)), 77);
    }

    #[test]
    fn parts_stand_between_separators() {
        let cut = |text| parts(text, b'|').collect::<Vec<_>>();
        assert_eq!(cut("é|b||"), ["é", "b", "", ""]);
        assert_eq!(cut(""), [""]);
    }

    #[test]
    fn numbers_are_written_and_read() {
        for number in [0, 7, 10, 2027] {
            let mut out = String::new();
            push_number(&mut out, number);
            assert_eq!(read_number(&out), Some(number));
        }
        assert_eq!(read_number("1er"), None);
        assert_eq!(read_number("9999999999"), None);
    }
}
