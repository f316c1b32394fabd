//! The spellings of the glossary's terms, and where each stands in a text.

use hashbrown::HashMap;
use memchr::memmem::Finder;
use std::cmp::Reverse;
use std::ops::Range;

/// Every spelling, by its first letter (small) and the bytes that follow in its first word: those that may stand where
/// such a word does. The longest first.
#[derive(Debug)]
pub(super) struct Formes {
    all: HashMap<(char, usize), Vec<Forme>>,
    /// By first letter, where it is a plain one: a bit for each length that there is. Most words end here.
    lengths: [u32; 128],
}

impl Formes {
    /// The spellings of all terms.
    pub(super) fn of(formes: impl Iterator<Item = Forme>) -> Self {
        let mut all: HashMap<_, Vec<Forme>> = HashMap::new();
        let mut lengths = [0; 128];
        for forme in formes {
            let Some(first) = forme.texte.chars().next() else {
                continue;
            };
            let length = length_while(&forme.texte, true);
            let (first, length) = (small(first), length.saturating_sub(forme.debut));
            if let Some(lengths) = lengths.get_mut(first as usize) {
                *lengths |= bit(length);
            }
            all.entry((first, length)).or_default().push(forme);
        }
        for spellings in all.values_mut() {
            spellings.sort_by_key(|forme| Reverse(forme.texte.len()));
        }
        Self { all, lengths }
    }

    /// Of each spelling the rank of its term and what stands wherever it does: a text without any has none of them.
    pub(super) fn traces(&self) -> Vec<(usize, Finder<'_>)> {
        let all = self.all.values().flatten();
        all.map(|forme| (forme.rang, Finder::new(forme.trace())))
            .collect()
    }

    /// The terms of a text with their places, in order; the longest spelling wins, its place is taken.
    pub(super) fn find(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let mut found = Vec::new();
        let mut free = 0;
        for word in words(text) {
            let here = text.get(word.start..).unwrap_or_default();
            let Some(first) = here.chars().next().filter(|_| word.start >= free) else {
                continue;
            };
            let mut spellings = self.of_word(first, word.len()).iter();
            if let Some(forme) = spellings.find(|forme| forme.stands(here, first)) {
                free = word.start + forme.texte.len() - forme.debut + first.len_utf8();
                found.push((word.start..free, forme.rang));
            }
        }
        found
    }

    /// Those that may stand where a word does that has this first letter and so many bytes.
    fn of_word(&self, first: char, length: usize) -> &[Forme] {
        let key = (small(first), length.saturating_sub(first.len_utf8()));
        let lengths = self.lengths.get(key.0 as usize);
        if lengths.is_some_and(|lengths| lengths & bit(key.1) == 0) {
            return &[];
        }
        self.all.get(&key).map_or(&[], Vec::as_slice)
    }
}

/// The bit of a length; the last one for all that are longer.
fn bit(length: usize) -> u32 {
    1 << length.min(31)
}

/// A spelling of a term.
#[derive(Debug)]
pub(super) struct Forme {
    texte: String,
    /// Bytes of its first letter.
    debut: usize,
    /// Rank of the term.
    rang: usize,
    /// Its first letter may be small or capital; that of an acronym is exact.
    libre: bool,
}

impl Forme {
    /// The spelling of the term of this rank.
    pub(super) fn new(texte: String, rang: usize) -> Self {
        let debut = texte.chars().next().map_or(0, char::len_utf8);
        let libre = texte.chars().nth(1).is_some_and(char::is_lowercase);
        Self {
            texte,
            debut,
            rang,
            libre,
        }
    }

    /// What does not depend on the case of its first letter.
    fn trace(&self) -> &str {
        let from = if self.libre { self.debut } else { 0 };
        self.texte.get(from..).unwrap_or_default()
    }

    /// Whether a text begins with this spelling, as whole words; `first` is its first letter, which is this one's but
    /// for its case.
    fn stands(&self, text: &str, first: char) -> bool {
        if !self.libre && !self.texte.starts_with(first) {
            return false;
        }
        let beyond = text.get(first.len_utf8()..).unwrap_or_default();
        let rest = self.texte.get(self.debut..).unwrap_or_default();
        // Most spellings part here.
        if !rest.is_empty() && beyond.as_bytes().first() != rest.as_bytes().first() {
            return false;
        }
        let beyond = beyond.strip_prefix(rest);
        beyond.is_some_and(|beyond| !beyond.starts_with(in_word))
    }
}

/// Where the words of a text stand.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += length_while(text.get(at..)?, false);
        let length = length_while(text.get(at..)?, true);
        let word = at..at + length;
        at += length;
        (length > 0).then_some(word)
    })
}

/// How many bytes of the text are in a word, or in none, from its beginning on. Most are plain letters, which are looked
/// at as bytes.
fn length_while(text: &str, inside: bool) -> usize {
    let here = if inside {
        Place::Inside
    } else {
        Place::Between
    };
    let mut rest = text;
    loop {
        let other = |byte: u8| PLACES[usize::from(byte)] != here;
        let at = rest.bytes().position(other).unwrap_or(rest.len());
        rest = rest.get(at..).unwrap_or_default();
        match rest.chars().next() {
            Some(c) if !c.is_ascii() && in_word(c) == inside => {
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
            _ => return text.len() - rest.len(),
        }
    }
}

fn small(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    c.to_lowercase().next().unwrap_or(c)
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
    /// Its character says it.
    Longer,
}

/// By byte: most of a text is looked at through this table.
const PLACES: [Place; 256] = {
    let mut places = [Place::Longer; 256];
    let mut byte = 0;
    while byte < 128 {
        places[byte as usize] = if ascii_in_word(byte) {
            Place::Inside
        } else {
            Place::Between
        };
        byte += 1;
    }
    places
};

const fn ascii_in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}
