//! Objective codes and question numbers, in any spelling that people or the official text use.
//!
//! `D1.O2.B`, `d1o2b`, `O2 B`, `D1-O5`, `D1.02` (a zero for the letter, as printed), `D102 A`, « objectif 5 »;
//! `3.16`, `Q3-16`, « question 3.16 ».

use crate::fold::{Glue, Token};
use crate::prelude::*;
use crate::small::concat;

/// An objective, or one of its two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Code {
    /// `'1'` to `'6'`.
    objectif: char,
    /// `'a'` or `'b'`.
    part: Option<char>,
}

impl Code {
    /// The term under which it is indexed: `#2b`.
    pub(crate) fn term(self) -> String {
        let mut term = self.parent();
        term.extend(self.part);
        term
    }

    /// The term of the whole objective: `#2`.
    pub(crate) fn parent(self) -> String {
        let mut term = String::from("#");
        term.push(self.objectif);
        term
    }

    /// Whether it names a part.
    pub(crate) fn is_part(self) -> bool {
        self.part.is_some()
    }
}

/// `D`, `1`, `O`, `2`, `B`, and one to spare.
const LONGEST_CODE: usize = 6;

/// Reads a code at the start of `tokens`; gives it with the number of tokens it takes.
pub(crate) fn read_code(tokens: &[Token]) -> Option<(Code, usize)> {
    if let Some(found) = read_spelled_out(tokens) {
        return Some(found);
    }
    if !matches!(&*tokens.first()?.text, "d" | "o") {
        return None;
    }
    let mut text = String::new();
    let mut found = None;
    for (rank, token) in tokens.iter().enumerate().take(LONGEST_CODE) {
        if rank > 0 && !continues(token) {
            break;
        }
        text.push_str(&token.text);
        // « O2 a été »: a part after a space ends the code, and must be meant.
        let code = parse_compact(&text).filter(|_| rank == 0 || may_end(token));
        found = code.map(|code| (code, rank + 1)).or(found);
    }
    found
}

/// The other part in « D1.O1.A et B ».
pub(crate) fn read_second_part(first: Code, tokens: &[Token]) -> Option<(Code, usize)> {
    let part = tokens.get(1)?;
    let joins = tokens.first()?.text == "et" && part.glue == Glue::Space;
    let named = part.text == "b" && first.part == Some('a') && is_capital(part);
    (joins && named).then_some((
        Code {
            part: Some('b'),
            ..first
        },
        2,
    ))
}

/// « objectif 5 », « objectif n° 5 ».
fn read_spelled_out(tokens: &[Token]) -> Option<(Code, usize)> {
    if !matches!(&*tokens.first()?.text, "objectif" | "objectifs") {
        return None;
    }
    let at = if matches!(&*tokens.get(1)?.text, "n" | "no" | "numero") {
        2
    } else {
        1
    };
    let number = tokens.get(at)?;
    let followed = tokens
        .get(at + 1)
        .is_some_and(|next| next.digits && next.glue != Glue::Space);
    let objectif = one_char(&number.text).filter(|c| ('1'..='6').contains(c))?;
    (!followed).then_some((
        Code {
            objectif,
            part: None,
        },
        at + 1,
    ))
}

/// Whether a token may be one more piece of a code: glued to what precedes, or after a space where it cannot be a word.
fn continues(token: &Token) -> bool {
    match token.glue {
        Glue::Nothing | Glue::Dot | Glue::Hyphen => true,
        Glue::Space => matches!(&*token.text, "o" | "a" | "b") || token.text.starts_with('0'),
        _ => false,
    }
}

/// « D1.O2 à déclarer » is no part A, nor « O2 a été »; `O2 B` is one, and `O2 A`.
fn may_end(token: &Token) -> bool {
    token.glue != Glue::Space || token.text != "a" || is_capital(token)
}

fn is_capital(token: &Token) -> bool {
    token.text.len() == 1 && token.initial_capital
}

fn parse_compact(text: &str) -> Option<Code> {
    let (rest, prefixed) = match text.strip_prefix("d1") {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let mut chars = rest.chars();
    let letter = chars.next()?;
    if letter != 'o' && !(letter == '0' && prefixed) {
        return None;
    }
    let objectif = chars.next().filter(|c| ('1'..='6').contains(c))?;
    let part = chars.next();
    let sound = part.is_none_or(|c| c == 'a' || c == 'b') && chars.next().is_none();
    sound.then_some(Code { objectif, part })
}

/// A question number at the start of `tokens`, with its words (« question », `Q`, « n° ») and how many tokens it takes.
pub(crate) struct Numero {
    /// `3.16`.
    pub(crate) id: String,
    /// Tokens taken.
    pub(crate) count: usize,
    /// Announced by « question » or `Q`: then it can be nothing else.
    pub(crate) announced: bool,
}

/// Reads a question number.
pub(crate) fn read_numero(tokens: &[Token]) -> Option<Numero> {
    let mut at = 0;
    while matches!(
        tokens.get(at).map_or("", |t| &*t.text),
        "question" | "questions" | "q" | "n" | "no" | "numero"
    ) {
        at += 1;
    }
    let (section, rank) = (tokens.get(at)?, tokens.get(at + 1)?);
    let short = section.digits && section.text.len() == 1 && rank.digits && rank.text.len() <= 2;
    let joined =
        matches!(rank.glue, Glue::Dot | Glue::Hyphen) || (at > 0 && rank.glue == Glue::Space);
    let ends = tokens
        .get(at + 2)
        .is_none_or(|next| !(next.digits && next.glue != Glue::Space));
    (short && joined && ends).then(|| Numero {
        id: concat(&[&section.text, ".", &rank.text]),
        count: at + 2,
        announced: at > 0,
    })
}

fn one_char(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::tokenize;

    fn code(text: &str) -> Option<String> {
        read_code(&tokenize(text)).map(|(code, _)| code.term())
    }

    #[test]
    fn reads_every_spelling_of_a_part() {
        for text in [
            "D1.O2.B", "d1o2b", "O2 B", "o2 b", "o2b", "D1-O2-B", "D1.02.B", "D102 B", "d1 o2 b",
            "D1.O2B",
        ] {
            assert_eq!(code(text).as_deref(), Some("#2b"), "{text}");
        }
    }

    #[test]
    fn reads_every_spelling_of_an_objective() {
        for text in [
            "D1.O5",
            "D1-O5",
            "d1.05",
            "O5",
            "objectif 5",
            "objectif n° 5",
            "D105",
        ] {
            assert_eq!(code(text).as_deref(), Some("#5"), "{text}");
        }
    }

    #[test]
    fn takes_no_word_for_a_part() {
        assert_eq!(code("D1.O2 à déclarer").as_deref(), Some("#2"));
        assert_eq!(code("D1.O2 a été atteint").as_deref(), Some("#2"));
        assert_eq!(code("O7"), None);
        assert_eq!(code("02"), None);
        assert_eq!(code("objectif 2023"), None);
    }

    #[test]
    fn reads_question_numbers() {
        for text in [
            "3.16",
            "Q3-16",
            "question 3.16",
            "question n° 3.16",
            "Q 3.16",
            "question 3 16",
        ] {
            assert_eq!(
                read_numero(&tokenize(text)).map(|n| n.id).as_deref(),
                Some("3.16"),
                "{text}"
            );
        }
        assert!(read_numero(&tokenize("31.03.2027")).is_none());
        assert!(read_numero(&tokenize("1,7 %")).is_none());
    }
}
