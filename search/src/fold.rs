//! Text to tokens: letters folded (case, accents, ligatures), digits apart from letters, what stood between kept.

use crate::prelude::*;
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

/// A run of letters or a run of digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    /// Lower case, accents and ligatures folded.
    pub(crate) text: String,
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

impl Token<'_> {
    fn new(start: usize, digits: bool, glue: Glue) -> Self {
        Self {
            text: String::with_capacity(WORD),
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
        fold_into(lower, &mut self.text);
        self.end = end;
    }

    /// Copies the small plain letters that follow, most of any text, all at once; how many. (The browser reads too little
    /// to pay for this.)
    #[cfg(feature = "construction")]
    fn push_plain(&mut self, rest: &str) -> usize {
        let count = rest.bytes().take_while(u8::is_ascii_lowercase).count();
        if self.digits || count == 0 {
            return 0;
        }
        let letters = rest.get(..count).unwrap_or_default();
        self.capitals = false;
        self.text.push_str(letters);
        self.end += count;
        count
    }
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
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        let class = class_of(c);
        let end = at + c.len_utf8();
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
            if let Some(skipped) = last.push_plain(chars.as_str()).checked_sub(1) {
                chars.nth(skipped);
            }
        }
    }
    for token in &mut tokens {
        token.capitals &= !token.digits && token.text.len() >= 2;
        token.source = text.get(token.start..token.end).unwrap_or("");
    }
    tokens
}

fn glue_of(gap: &str) -> Glue {
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

/// Own tables: the standard Unicode ones would weigh more than the whole analysis.
fn class_of(c: char) -> Class {
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
    let mut out = String::new();
    text.chars().for_each(|c| fold_into(lower(c), &mut out));
    out
}

/// A word in lower case with its accents, as the stemmer wants it.
#[cfg(feature = "construction")]
pub(crate) fn accented(source: &str) -> String {
    let letters = source.chars().filter(|c| class_of(*c) != Class::Mark);
    letters.map(lower).collect()
}

/// A text as an address spells it: `qui-est-eligible`.
pub(crate) fn slug(text: &str) -> String {
    let mut out = String::new();
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
        tokenize(text).into_iter().map(|token| token.text).collect()
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
