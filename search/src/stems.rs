//! Stems are cut where the index is built and travel with it: the stemmer would weigh more, in every browser, than all
//! the stems it has cut.

use crate::prelude::*;
#[cfg(feature = "construction")]
use pagefind_stem::{Algorithm, Stemmer};

#[cfg(feature = "construction")]
use crate::fold::{accented, fold};
use crate::small::parts;

/// Where stems come from.
pub(crate) enum Stems {
    /// Cut now, and written down.
    Computed {
        /// The stemmer: a word in, stem out.
        stem: fn(&str) -> String,
        /// What was cut so far, in order.
        record: String,
    },
    /// Read back from what was written down, in the same order.
    Recorded {
        /// What was written down.
        record: String,
        /// What was read so far, in bytes.
        read: usize,
    },
}

impl Stems {
    #[cfg(feature = "construction")]
    /// Stems cut by the French stemmer, or words left whole.
    pub(crate) fn computed(stemming: bool) -> Self {
        Self::Computed {
            stem: if stemming { french } else { fold },
            record: String::new(),
        }
    }

    /// Stems cut before.
    pub(crate) fn recorded(record: String) -> Self {
        Self::Recorded { record, read: 0 }
    }

    /// The stem of the next new spelling.
    pub(crate) fn next(&mut self, surface: &str, source: &str) -> String {
        match self {
            Self::Computed { stem, record } => {
                let stem = stem(source);
                write_cut(record, surface, &stem);
                stem
            }
            Self::Recorded { record, read } => {
                let (stem, taken) = read_cut(record.get(*read..).unwrap_or(""), surface);
                *read += taken;
                stem
            }
        }
    }

    /// The same for a spelling whose stem is known already.
    #[cfg(feature = "construction")]
    pub(crate) fn note(&mut self, surface: &str, stem: &str) {
        if let Self::Computed { record, .. } = self {
            write_cut(record, surface, stem);
        }
    }

    /// What was written down.
    pub(crate) fn into_record(self) -> String {
        match self {
            Self::Computed { record, .. } | Self::Recorded { record, .. } => record,
        }
    }
}

#[cfg(feature = "construction")]
fn french(source: &str) -> String {
    fold(&Stemmer::create(Algorithm::French).stem(&accented(source)))
}

/// The number of letters to cut, as a letter from `a` on; where the stem ends otherwise than the word, a capital, then
/// the new ending and a space.
fn write_cut(record: &mut String, surface: &str, stem: &str) {
    let shared = surface
        .bytes()
        .zip(stem.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let cut = u8::try_from((surface.len() - shared).min(25)).unwrap_or(0);
    if shared == stem.len() {
        record.push(char::from(b'a' + cut));
    } else {
        record.push(char::from(b'A' + cut));
        record.push_str(stem.get(shared..).unwrap_or(""));
        record.push(' ');
    }
}

fn read_cut(record: &str, surface: &str) -> (String, usize) {
    let letter = record.bytes().next().unwrap_or(b'a');
    let cut = letter.to_ascii_lowercase().wrapping_sub(b'a');
    let kept = surface.len().saturating_sub(usize::from(cut));
    let mut stem = String::from(surface.get(..kept).unwrap_or(surface));
    if !letter.is_ascii_uppercase() {
        return (stem, 1);
    }
    let ending = record
        .get(1..)
        .and_then(|rest| parts(rest, b' ').next())
        .unwrap_or("");
    stem.push_str(ending);
    (stem, ending.len() + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_is_read_back() {
        let words = [
            "audits",
            "convergence",
            "régulièrement",
            "exposition",
            "œuvre",
            "logiciels",
        ];
        let mut computed = Stems::computed(true);
        let cut: Vec<String> = words
            .iter()
            .map(|word| computed.next(&fold(word), word))
            .collect();
        let mut recorded = Stems::recorded(computed.into_record());
        let read: Vec<String> = words
            .iter()
            .map(|word| recorded.next(&fold(word), ""))
            .collect();
        assert_eq!(cut, read);
        assert_eq!(cut.first().map(String::as_str), Some("audit"));
    }
}
