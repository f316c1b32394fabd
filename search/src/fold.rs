//! Text to tokens: letters folded (case, accents, ligatures), digits apart from letters, what stood between kept.

use crate::prelude::*;
#[cfg(feature = "construction")]
use alloc::borrow::Cow;

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Glue {
    /// Spaces, other signs, several signs, or the start of the text.
    Space,
    /// Nothing: a letter met a digit (`d1`).
    Nothing,
    /// One of `-` and its no-break kin.
    Hyphen,
    /// A straight or curly apostrophe.
    Apostrophe,
    /// `.`
    Dot,
    /// `,`
    Comma,
    /// `/`
    Slash,
}

/// A text in lower case, accents and ligatures folded: itself, where it stands so already. (The browser reads too little to
/// pay for this.)
#[cfg(feature = "construction")]
pub(crate) type Folded<'t> = Cow<'t, str>;
#[cfg(not(feature = "construction"))]
pub(crate) type Folded<'t> = String;

/// The same, to be written to.
#[cfg(feature = "construction")]
pub(crate) fn own<'f>(folded: &'f mut Folded<'_>) -> &'f mut String {
    folded.to_mut()
}
#[cfg(not(feature = "construction"))]
pub(crate) fn own<'f>(folded: &'f mut Folded<'_>) -> &'f mut String {
    folded
}

/// A run of letters or a run of digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    /// Lower case, accents and ligatures folded.
    pub(crate) text: Folded<'t>,
    /// As it stands in the text, for the stemmer.
    pub(crate) source: &'t str,
    /// First byte in the original.
    pub(crate) start: usize,
    /// One past the last byte in the original.
    pub(crate) end: usize,
    /// Two letters or more, all capitals: an acronym.
    pub(crate) capitals: bool,
    /// Its first letter is a capital.
    pub(crate) initial_capital: bool,
    /// Made of digits.
    pub(crate) digits: bool,
    /// What stood before it.
    pub(crate) glue: Glue,
}

/// Few words are longer, in bytes.
const WORD: usize = 16;

impl<'t> Token<'t> {
    fn new(start: usize, digits: bool, glue: Glue) -> Self {
        Self {
            text: Folded::from(String::with_capacity(WORD)),
            source: "",
            start,
            end: start,
            capitals: true,
            initial_capital: false,
            digits,
            glue,
        }
    }

    fn push(&mut self, c: char, end: usize) {
        let lower = lower(c);
        self.capitals &= lower != c;
        self.initial_capital |= self.text.is_empty() && lower != c;
        fold_into(lower, own(&mut self.text));
        self.end = end;
    }

    /// What is folded as it stands. (The browser reads too little to pay for this, nor for what follows.)
    #[cfg(feature = "construction")]
    pub(crate) fn plain(source: &'t str, start: usize, digits: bool, glue: Glue) -> Self {
        Self {
            text: Cow::Borrowed(source),
            source,
            start,
            end: start + source.len(),
            capitals: false,
            initial_capital: false,
            digits,
            glue,
        }
    }

    /// Copies the small plain letters that follow all at once; how many.
    #[cfg(feature = "construction")]
    fn push_plain(&mut self, rest: &str) -> usize {
        let letters = small_letters(rest);
        if self.digits || letters.is_empty() {
            return 0;
        }
        self.capitals = false;
        own(&mut self.text).push_str(letters);
        self.end += letters.len();
        letters.len()
    }
}

/// The small plain letters that a text begins with.
#[cfg(feature = "construction")]
fn small_letters(text: &str) -> &str {
    let count = text.bytes().take_while(u8::is_ascii_lowercase).count();
    text.get(..count).unwrap_or_default()
}

/// The small plain letters, or the figures, that a text begins with, where no other letter, figure or accent may follow: most
/// of any text. And whether they are figures.
#[cfg(feature = "construction")]
fn plain_run(text: &str) -> Option<(&str, bool)> {
    let bytes = text.as_bytes();
    let digits = bytes.first()?.is_ascii_digit();
    let run = if digits {
        let count = bytes.iter().take_while(|byte| byte.is_ascii_digit());
        text.get(..count.count()).unwrap_or_default()
    } else {
        small_letters(text)
    };
    let ends = |byte: &u8| byte.is_ascii() && (digits || !byte.is_ascii_alphabetic());
    let sound = !run.is_empty() && bytes.get(run.len()).is_none_or(ends);
    sound.then_some((run, digits))
}

/// How many plain signs a text begins with.
#[cfg(feature = "construction")]
fn signs(text: &str) -> usize {
    let sign = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
    text.as_bytes().iter().take_while(|byte| sign(byte)).count()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// A combining accent: text typed on some systems comes decomposed.
    Mark,
    Other,
}

/// Cuts a text into tokens.
pub(crate) fn tokenize(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 6 + 1);
    let mut open = false;
    let mut gap_from = 0;
    let mut end = 0;
    loop {
        #[cfg(feature = "construction")]
        if !open && let Some((run, digits)) = text.get(end..).and_then(plain_run) {
            let glue = glue_of(text.get(gap_from..end).unwrap_or(""));
            tokens.push(Token::plain(run, end, digits, glue));
            gap_from = end + run.len();
            end = gap_from + text.get(gap_from..).map_or(0, signs);
            open = end == gap_from;
            continue;
        }
        let Some(c) = text.get(end..).and_then(|rest| rest.chars().next()) else {
            break;
        };
        let (at, class) = (end, class_of(c));
        end += c.len_utf8();
        match class {
            Class::Mark => continue,
            Class::Other => {
                if open {
                    gap_from = at;
                }
                open = false;
                continue;
            }
            Class::Letter | Class::Digit => {}
        }
        let digits = class == Class::Digit;
        if !open || tokens.last().is_none_or(|last| last.digits != digits) {
            let glue = if open {
                Glue::Nothing
            } else {
                glue_of(text.get(gap_from..at).unwrap_or(""))
            };
            tokens.push(Token::new(at, digits, glue));
        }
        open = true;
        if let Some(last) = tokens.last_mut() {
            last.push(c, end);
            #[cfg(feature = "construction")]
            if let Some(rest) = text.get(end..) {
                end += last.push_plain(rest);
            }
        }
    }
    finish(&mut tokens, text);
    tokens
}

/// What is known of tokens once they have ended.
fn finish<'t>(tokens: &mut [Token<'t>], text: &'t str) {
    for token in tokens.iter_mut().filter(|token| token.source.is_empty()) {
        token.capitals &= !token.digits && token.text.len() >= 2;
        token.source = text.get(token.start..token.end).unwrap_or("");
    }
}

fn glue_of(gap: &str) -> Glue {
    #[cfg(feature = "construction")]
    if gap == " " {
        return Glue::Space;
    }
    let mut chars = gap.chars();
    match (chars.next(), chars.next()) {
        (Some('-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '_'), None) => Glue::Hyphen,
        (Some('\'' | '\u{2019}' | '\u{2BC}'), None) => Glue::Apostrophe,
        (Some('.'), None) => Glue::Dot,
        (Some(','), None) => Glue::Comma,
        (Some('/'), None) => Glue::Slash,
        _ => Glue::Space,
    }
}

/// What plain characters are: most of any text. (The same.)
#[cfg(feature = "construction")]
static PLAIN: [Class; 128] = {
    let mut classes = [Class::Other; 128];
    let mut byte = 0;
    while byte < 128_u8 {
        if byte.is_ascii_alphanumeric() {
            let digit = byte.is_ascii_digit();
            classes[byte as usize] = if digit { Class::Digit } else { Class::Letter };
        }
        byte += 1;
    }
    classes
};

/// Own tables: the standard Unicode ones would weigh more than the whole analysis.
fn class_of(c: char) -> Class {
    #[cfg(feature = "construction")]
    if let Some(class) = PLAIN.get(c as usize) {
        return *class;
    }
    match c {
        '0'..='9' => Class::Digit,
        '\u{D7}' | '\u{F7}' => Class::Other,
        'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{1FFF}' => Class::Letter,
        '\u{300}'..='\u{36F}' => Class::Mark,
        _ => Class::Other,
    }
}

fn is_alphanumeric(c: char) -> bool {
    matches!(class_of(c), Class::Letter | Class::Digit)
}

fn lower(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '\u{C0}'..='\u{DE}' => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
        'Œ' => 'œ',
        'Ÿ' => 'ÿ',
        _ => c,
    }
}

fn fold_into(lower: char, out: &mut String) {
    let folded = match lower {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ý' | 'ÿ' => 'y',
        'œ' => return out.push_str("oe"),
        'æ' => return out.push_str("ae"),
        other => other,
    };
    out.push(folded);
}

/// Whether a text is one token that stays as it is, as most terms of a lexicon are.
pub(crate) fn is_one_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// A word as the vocabulary spells it.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| fold_into(lower(c), &mut out));
    out
}

/// A word in lower case with its accents, as the stemmer wants it.
#[cfg(feature = "construction")]
pub(crate) fn accented(source: &str) -> Cow<'_, str> {
    if is_one_word(source) {
        return Cow::Borrowed(source);
    }
    let letters = source.chars().filter(|c| class_of(*c) != Class::Mark);
    letters.map(lower).collect()
}

/// A text as an address spells it: `qui-est-eligible`.
pub(crate) fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut apart = false;
    for c in fold(text).chars() {
        if !is_alphanumeric(c) {
            apart = !out.is_empty();
            continue;
        }
        if apart {
            out.push('-');
            apart = false;
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let tokens = tokenize(text).into_iter();
        tokens.map(|token| token.text.into_owned()).collect()
    }

    #[test]
    fn folds_case_accents_ligatures_and_decomposed_accents() {
        assert_eq!(
            texts("Échéance, CŒUR e\u{301}te\u{301}"),
            ["echeance", "coeur", "ete"]
        );
    }

    #[test]
    fn cuts_at_apostrophes_hyphens_and_between_letters_and_digits() {
        assert_eq!(
            texts("l’auto-évaluation ISO27001"),
            ["l", "auto", "evaluation", "iso", "27001"]
        );
    }

    #[test]
    fn keeps_what_stood_between() {
        let glues: Vec<Glue> = tokenize("d1.o2-b, c").iter().map(|t| t.glue).collect();
        assert_eq!(
            glues,
            [
                Glue::Space,
                Glue::Nothing,
                Glue::Dot,
                Glue::Nothing,
                Glue::Hyphen,
                Glue::Space
            ]
        );
    }

    #[test]
    fn capitals_of_two_letters_or_more_are_an_acronym() {
        let capitals: Vec<bool> = tokenize("ADS À Si EJ").iter().map(|t| t.capitals).collect();
        assert_eq!(capitals, [true, false, false, true]);
    }
}
