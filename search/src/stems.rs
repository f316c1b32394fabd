//! Stems are cut where the index is built and travel with it: the stemmer would weigh more, in every browser, than all
//! the stems it has cut.

use crate::prelude::*;
#[cfg(feature = "construction")]
use pagefind_stem::{Algorithm, Stemmer};

use crate::fold::Folded;
#[cfg(feature = "construction")]
use crate::fold::{accented, fold, is_one_word};
#[cfg(feature = "construction")]
use crate::small::Strings;
use crate::small::{Names, parts};

/// Endings of French words, folded: those of verbs first, then of nouns and adjectives.
const ENDINGS: &str = "e es s ee ees er ez ent ant ante ants antes ons ions iez ait ais aient era eras erai erons erez \
    eront erait eraient ir i is it ie ies issent issait issant ira iront irait re u ue us ues ement ements ment ments \
    ation ations ateur ateurs atrice ion ions eur eurs euse euses able ables ible ibles if ifs ive ives al ale ales aux \
    ite ites age ages ance ances ence ences ure ures";

/// No ending is longer.
const LONGEST: usize = 7;

/// The endings, ready to be looked up.
pub(crate) struct Endings(Names);

impl Endings {
    /// All of them.
    pub(crate) fn known() -> Self {
        let mut names = Names::default();
        for ending in parts(ENDINGS, b' ') {
            names.add(ending);
        }
        Self(names)
    }

    /// Whether this is one.
    pub(crate) fn has(&self, ending: &str) -> bool {
        self.0.find(ending).is_some()
    }

    /// The longest one of a spelling: its rank, from 1 on, and its length; both 0 where it has none.
    fn of(&self, surface: &str) -> (usize, usize) {
        for length in (1..=LONGEST).rev() {
            let from = surface.len().checked_sub(length);
            let ending = from.and_then(|from| surface.get(from..));
            if let Some(rank) = ending.and_then(|ending| self.0.find(ending)) {
                return (rank as usize + 1, length);
            }
        }
        (0, 0)
    }
}

/// Where stems come from. What is written down stands apart by the ending of the spellings: most of those with the same one
/// are cut alike, and long runs weigh little.
pub(crate) enum Stems {
    /// Cut now, and written down.
    #[cfg(feature = "construction")]
    Computed {
        /// The stemmer: a word in, stem out.
        stem: fn(&str) -> String,
        /// What was cut so far, in order, by ending; nowhere where nobody asks for it.
        record: Option<Vec<String>>,
        /// The same, and what was cut before, by word.
        cuts: Cuts,
    },
    /// Read back from what was written down, in the same order.
    Recorded {
        /// What was written down.
        record: String,
        /// By ending, where it goes on, in bytes.
        read: Vec<usize>,
    },
}

/// Words and their stems. A survey cuts each once, however many vocabularies learn it.
#[cfg(feature = "construction")]
#[derive(Default)]
pub(crate) struct Cuts {
    words: Names,
    stems: Strings,
}

#[cfg(feature = "construction")]
impl Cuts {
    /// None yet, and room for so many.
    pub(crate) fn roomy(count: usize) -> Self {
        Self {
            words: Names::roomy(count),
            stems: Strings::default(),
        }
    }

    fn stem(&mut self, word: &str, cut: fn(&str) -> String) -> &str {
        let rank = self.words.add(word) as usize;
        if rank == self.stems.len() {
            self.stems.push(&cut(word));
        }
        self.stems.get(rank)
    }
}

impl Stems {
    #[cfg(feature = "construction")]
    /// Stems cut by the French stemmer, or words left whole.
    pub(crate) fn computed(stemming: bool) -> Self {
        Self::Computed {
            stem: if stemming { french } else { fold },
            record: Some(Vec::new()),
            cuts: Cuts::default(),
        }
    }

    /// Stems cut by the French stemmer, but for those of before; they are not written down.
    #[cfg(feature = "construction")]
    pub(crate) fn unrecorded(before: Cuts) -> Self {
        Self::Computed {
            stem: french,
            record: None,
            cuts: before,
        }
    }

    /// The same, written down.
    #[cfg(feature = "construction")]
    pub(crate) fn after(before: Cuts) -> Self {
        Self::Computed {
            stem: french,
            record: Some(Vec::new()),
            cuts: before,
        }
    }

    /// What was cut, for the next ones.
    #[cfg(feature = "construction")]
    pub(crate) fn take_cuts(&mut self) -> Cuts {
        match self {
            Self::Computed { cuts, .. } => core::mem::take(cuts),
            Self::Recorded { .. } => Cuts::default(),
        }
    }

    /// The stem of a word that is not to be written down.
    #[cfg(feature = "construction")]
    pub(crate) fn of(&mut self, source: &str) -> Folded<'_> {
        match self {
            Self::Computed { stem, cuts, .. } => cuts.stem(source, *stem).into(),
            Self::Recorded { .. } => french(source).into(),
        }
    }

    /// Stems cut before.
    pub(crate) fn recorded(record: String) -> Self {
        let ends = (1..).zip(record.bytes());
        let ends = ends.filter(|&(_, byte)| byte == END).map(|(end, _)| end);
        let read = core::iter::once(0).chain(ends).collect();
        Self::Recorded { record, read }
    }

    /// The stem of the next new spelling.
    #[cfg_attr(
        not(feature = "construction"),
        expect(unused_variables, reason = "only a stemmer needs the accents")
    )]
    pub(crate) fn next(&mut self, surface: &str, source: &str, endings: &Endings) -> Folded<'_> {
        match self {
            #[cfg(feature = "construction")]
            Self::Computed { stem, record, cuts } => {
                let stem = cuts.stem(source, *stem);
                if let Some(record) = record {
                    write_cut(record, endings.of(surface), surface, stem);
                }
                stem.into()
            }
            Self::Recorded { record, read } => {
                let (rank, ending) = endings.of(surface);
                let read = read.get_mut(rank);
                let from = read.as_ref().map_or(usize::MAX, |read| **read);
                let (stem, taken) = read_cut(record.get(from..).unwrap_or(""), surface, ending);
                if let Some(read) = read {
                    *read += taken;
                }
                Folded::from(stem)
            }
        }
    }

    /// The same for a spelling whose stem is known already.
    #[cfg(feature = "construction")]
    pub(crate) fn note(&mut self, surface: &str, stem: &str, endings: &Endings) {
        if let Self::Computed {
            record: Some(record),
            ..
        } = self
        {
            write_cut(record, endings.of(surface), surface, stem);
        }
    }

    /// What was written down.
    #[cfg(feature = "construction")]
    pub(crate) fn into_record(self) -> String {
        match self {
            Self::Computed { record, .. } => {
                record.map_or(String::new(), |record| record.join(" "))
            }
            Self::Recorded { record, .. } => record,
        }
    }
}

/// After what is written down of an ending.
const END: u8 = b' ';

/// After the end of a stem that is none of its word.
const STOP: u8 = b'.';

#[cfg(feature = "construction")]
fn french(source: &str) -> String {
    let source = accented(source);
    match Stemmer::create(Algorithm::French).stem(&source) {
        stem if is_one_word(&stem) => stem.into_owned(),
        stem => fold(&stem),
    }
}

/// How many letters have a name.
const LETTERS: usize = 26;

/// The number of letters to cut beyond the ending, as a letter from `a` on (from `z` back for fewer); where the stem ends
/// otherwise than the word, a capital, then the new ending and a stop.
#[cfg(feature = "construction")]
fn write_cut(record: &mut Vec<String>, (rank, ending): (usize, usize), surface: &str, stem: &str) {
    let shared = surface
        .bytes()
        .zip(stem.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let cut = (surface.len() - shared).min(25) + LETTERS - ending;
    let cut = u8::try_from(cut % LETTERS).unwrap_or(0);
    if rank >= record.len() {
        record.resize_with(rank + 1, String::new);
    }
    let Some(record) = record.get_mut(rank) else {
        return;
    };
    if shared == stem.len() {
        record.push(char::from(b'a' + cut));
    } else {
        record.push(char::from(b'A' + cut));
        record.push_str(stem.get(shared..).unwrap_or(""));
        record.push(char::from(STOP));
    }
}

fn read_cut(record: &str, surface: &str, ending: usize) -> (String, usize) {
    let letter = record.bytes().next().unwrap_or(b'a');
    let cut = letter.to_ascii_lowercase().wrapping_sub(b'a');
    let cut = (usize::from(cut) + ending) % LETTERS;
    let kept = surface.len().saturating_sub(cut);
    let mut stem = String::from(surface.get(..kept).unwrap_or(surface));
    if !letter.is_ascii_uppercase() {
        return (stem, 1);
    }
    let ending = record
        .get(1..)
        .and_then(|rest| parts(rest, STOP).next())
        .unwrap_or("");
    stem.push_str(ending);
    (stem, ending.len() + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_ending_is_longer_than_what_is_looked_up() {
        let longest = parts(ENDINGS, b' ').map(str::len).max();
        assert_eq!(longest, Some(LONGEST));
    }

    #[test]
    fn what_is_cut_is_read_back() {
        let words = [
            "audits",
            "convergence",
            "régulièrement",
            "exposition",
            "œuvre",
            "logiciels",
            "audités",
            "travaux",
            "sigles",
        ];
        let endings = Endings::known();
        let mut computed = Stems::computed(true);
        let cut: Vec<String> = words
            .iter()
            .map(|word| computed.next(&fold(word), word, &endings).into_owned())
            .collect();
        let mut recorded = Stems::recorded(computed.into_record());
        let read: Vec<String> = words
            .iter()
            .map(|word| recorded.next(&fold(word), "", &endings).into_owned())
            .collect();
        assert_eq!(cut, read);
        assert_eq!(cut.first().map(String::as_str), Some("audit"));
    }
}
