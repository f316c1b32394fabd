//! The spellings of the glossary's terms, and where each stands in a text.

use memchr::memmem::Finder;
use std::cmp::Reverse;
use std::ops::Range;

/// Every spelling, by the two bytes that it begins with: those that may stand where a word begins with them. The longest
/// first.
#[derive(Debug)]
pub(super) struct Formes {
    /// The first list is empty.
    lists: Vec<Vec<Forme>>,
    /// By second byte, the number of a list; the first row leads to the first list.
    rows: Vec<[u16; 256]>,
    /// By first byte, the number of a row. Most words end here, or there.
    firsts: [u16; 256],
}

impl Formes {
    /// The spellings of all terms.
    pub(super) fn of(spellings: impl Iterator<Item = Forme>) -> Self {
        let mut formes = Self {
            lists: vec![Vec::new()],
            rows: vec![[0; 256]],
            firsts: [0; 256],
        };
        for spelling in spellings {
            if let Some(other) = spelling.other() {
                formes.add(&other);
            }
            formes.add(&spelling);
        }
        for list in &mut formes.lists {
            list.sort_by_key(|forme| Reverse(forme.texte.len()));
        }
        formes
    }

    fn add(&mut self, forme: &Forme) {
        let (first, second) = match *forme.texte.as_bytes() {
            [] => return,
            // Whatever follows.
            [first] => (first, 0..=255),
            [first, second, ..] => (first, second..=second),
        };
        let row = &mut self.firsts[usize::from(first)];
        let row = numbered(&mut self.rows, row, [0; 256]);
        for second in second {
            let list = &mut row[usize::from(second)];
            numbered(&mut self.lists, list, Vec::new()).push(forme.clone());
        }
    }

    /// Of each spelling of these terms the rank and what stands wherever it does: a text without any has none of them.
    pub(super) fn traces(&self, wanted: impl Fn(usize) -> bool) -> Vec<(usize, Finder<'_>)> {
        let all = self.lists.iter().flatten();
        let all = all.filter(|forme| !forme.autre && wanted(forme.rang));
        all.map(|forme| (forme.rang, Finder::new(forme.trace())))
            .collect()
    }

    /// The terms of a text with their places, in order; the longest spelling wins, its place is taken.
    pub(super) fn find(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        let (mut from, mut free, mut before) = (0, 0, Place::Between);
        while let Some((at, list)) = self.next(text, from, &mut before) {
            from = at + 1;
            if at >= free
                && let Some(here) = text.get(at..)
                && let Some(forme) = list.iter().find(|forme| forme.begins(here))
            {
                free = at + forme.texte.len();
                found.push((at..free, forme.rang));
            }
        }
        found
    }

    /// Where the next word begins that may be the first of a spelling, and of which ones; `before` is where what goes
    /// before `from` stands.
    fn next(&self, text: &str, from: usize, before: &mut Place) -> Option<(usize, &[Forme])> {
        let bytes = text.as_bytes();
        for (at, byte) in (from..).zip(bytes.get(from..)?) {
            let place = match PLACES[usize::from(*byte)] {
                Place::Within => continue,
                Place::Longer => place_of(text, at),
                place => place,
            };
            let begins = *before == Place::Between && place == Place::Inside;
            *before = place;
            if begins {
                let list = self.list_of(*byte, bytes.get(at + 1));
                if !list.is_empty() {
                    return Some((at, list));
                }
            }
        }
        None
    }

    fn list_of(&self, first: u8, second: Option<&u8>) -> &[Forme] {
        let row = self.rows.get(usize::from(self.firsts[usize::from(first)]));
        let second = second.copied().unwrap_or_default();
        let list = row.and_then(|row| self.lists.get(usize::from(row[usize::from(second)])));
        list.map_or(&[], Vec::as_slice)
    }
}

/// What has this number; where it is none yet, something new gets one.
fn numbered<'a, T>(all: &'a mut Vec<T>, number: &mut u16, new: T) -> &'a mut T {
    if *number == 0 {
        *number = u16::try_from(all.len()).unwrap_or(u16::MAX);
        all.push(new);
    }
    &mut all[usize::from(*number)]
}

/// A spelling of a term.
#[derive(Debug, Clone)]
pub(super) struct Forme {
    texte: String,
    /// Rank of the term.
    rang: usize,
    /// Its first letter may be small or capital; that of an acronym is exact.
    libre: bool,
    /// It is another one but for its first letter.
    autre: bool,
}

impl Forme {
    /// The spelling of the term of this rank.
    pub(super) fn new(texte: String, rang: usize) -> Self {
        let libre = texte.chars().nth(1).is_some_and(char::is_lowercase);
        Self {
            texte,
            rang,
            libre,
            autre: false,
        }
    }

    /// The same with a small first letter for a capital, or the other way round.
    fn other(&self) -> Option<Self> {
        let mut chars = self.texte.chars();
        let first = chars.next().filter(|_| self.libre)?;
        let first = if first.is_uppercase() {
            first.to_lowercase().to_string()
        } else {
            first.to_uppercase().to_string()
        };
        Some(Self {
            texte: first + chars.as_str(),
            autre: true,
            ..*self
        })
    }

    /// What does not depend on the case of its first letter.
    fn trace(&self) -> &str {
        let first = self.texte.chars().next().filter(|_| self.libre);
        let from = first.map_or(0, char::len_utf8);
        self.texte.get(from..).unwrap_or_default()
    }

    /// Whether a text begins with this spelling, as whole words.
    fn begins(&self, text: &str) -> bool {
        // Most end here: their word goes on.
        let after = text.as_bytes().get(self.texte.len());
        if after.is_some_and(|byte| PLACES[usize::from(*byte)] == Place::Inside) {
            return false;
        }
        let beyond = text.strip_prefix(self.texte.as_str());
        beyond.is_some_and(|beyond| !beyond.starts_with(in_word))
    }
}

/// Where the character of several bytes that begins there stands.
#[inline(never)]
fn place_of(text: &str, at: usize) -> Place {
    match text.get(at..).unwrap_or_default().chars().next() {
        Some(c) if in_word(c) => Place::Inside,
        _ => Place::Between,
    }
}

/// « SI » is not in « SIH », nor « AD » in « AD-1 ».
fn in_word(c: char) -> bool {
    match c {
        '\0'..='\x7f' => u8::try_from(c).is_ok_and(ascii_in_word),
        '\u{a0}' | '«' | '»' | '\u{2000}'..='\u{206f}' => false,
        'à'..='ö' => true,
        other => other.is_alphanumeric(),
    }
}

/// Where a byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a word.
    Inside,
    /// Between words.
    Between,
    /// Its character, which begins here, says it.
    Longer,
    /// In a character.
    Within,
}

/// By byte: most of a text is looked at through this table.
const PLACES: [Place; 256] = {
    let mut places = [Place::Longer; 256];
    let mut byte = 0;
    while byte < 0xc0 {
        places[byte as usize] = match byte {
            0x80.. => Place::Within,
            _ if ascii_in_word(byte) => Place::Inside,
            _ => Place::Between,
        };
        byte += 1;
    }
    places
};

const fn ascii_in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}
