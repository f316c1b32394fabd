//! Tokens to pieces: words, codes, dates, question numbers. Texts and queries are read by the same eyes.

use crate::codes::{Code, read_code, read_numero, read_second_part};
use crate::dates::{FoundDate, read_date};
use crate::fold::{Folded, Glue, Token, own, tokenize};
use crate::prelude::*;
use crate::settings::Settings;
use crate::small::{Names, concat};
use crate::stopwords::empty_phrase;
use core::mem::take;

/// A word, ready for the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word<'t> {
    /// Folded spelling; `=si` for a word without a subject, so that « si » is not *SI*.
    pub(crate) surface: Folded<'t>,
    /// As it stands in the text, for the stemmer.
    pub(crate) source: &'t str,
    /// The compound that starts here, in one word: `cyberattaque` for « cyber-attaque ».
    pub(crate) joined: Option<String>,
    /// Carries no subject.
    pub(crate) stop: bool,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind<'t> {
    /// A word or a number.
    Word(Word<'t>),
    /// An objective's code.
    Code(Code),
    /// A date.
    Date(FoundDate),
    /// A question's number, « 3.16 ».
    Numero(String),
}

/// A piece of text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece<'t> {
    /// What it is.
    pub(crate) kind: Kind<'t>,
    /// Position of its first token in the text.
    pub(crate) at: u32,
    /// How many tokens it takes.
    pub(crate) count: u32,
}

/// What decides between readings: a text and a query differ.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a> {
    /// Switches.
    pub(crate) settings: &'a Settings,
    /// Words without a subject.
    pub(crate) stopwords: &'a Names,
    /// In a query « 3.16 » alone is a question; in a text it must be announced.
    pub(crate) query: bool,
}

impl Reader<'_> {
    /// Reads a text. A date gives its piece, then its words too, so that a date half typed is found.
    pub(crate) fn read(self, text: &str) -> Vec<Piece<'_>> {
        self.read_tokens(&mut tokenize(text))
    }

    /// The same, where the text is cut already. Words take the texts of their tokens with them.
    pub(crate) fn read_tokens<'t>(self, tokens: &mut [Token<'t>]) -> Vec<Piece<'t>> {
        // « C'EST L'ADS », but not « Le SI »: a letter alone is that of an elision.
        let shouted = |t: &Token| t.digits || t.capitals || t.text.len() == 1;
        let shouting = self.query && tokens.iter().all(shouted);
        let mut pieces = Vec::with_capacity(tokens.len());
        let mut at = 0;
        while let Some(rest) = tokens.get_mut(at..).filter(|rest| !rest.is_empty()) {
            at += self.read_one(rest, at, shouting, &mut pieces).max(1);
        }
        pieces
    }

    /// Reads the next piece; gives the number of tokens it took.
    pub(crate) fn read_one<'t>(
        self,
        rest: &mut [Token<'t>],
        at: usize,
        shouting: bool,
        out: &mut Vec<Piece<'t>>,
    ) -> usize {
        let special = self.read_special(rest, at, out);
        if special > 0 {
            return special;
        }
        let years = counts_years(rest);
        let (word, count) = self.read_word(rest, shouting);
        out.push(piece(Kind::Word(word), at, count));
        if count == 1 && years {
            let year = plain(Folded::from("an"), "an");
            out.push(piece(Kind::Word(year), at + 1, 1));
            return 2;
        }
        count
    }

    /// Reads what is no word; 0 where a word comes next.
    fn read_special<'t>(
        self,
        rest: &mut [Token<'t>],
        at: usize,
        out: &mut Vec<Piece<'t>>,
    ) -> usize {
        #[cfg(feature = "construction")]
        if !self.query && rest.first().is_some_and(begins_nothing) {
            return 0;
        }
        if let Some(count) = self.read_codes(rest, at, out) {
            return count;
        }
        if let Some((date, count)) = read_date(rest).filter(|_| self.settings.dates) {
            out.push(piece(Kind::Date(date), at, count));
            if !self.query {
                push_words(rest, at, count, out);
            }
            return count;
        }
        let numero = read_numero(rest).filter(|n| n.announced || self.query);
        if let Some(numero) = numero.filter(|_| self.settings.codes) {
            out.push(piece(Kind::Numero(numero.id), at, numero.count));
            return numero.count;
        }
        self.read_empty_phrase(rest, at, out)
    }

    fn read_codes(self, rest: &[Token], at: usize, out: &mut Vec<Piece>) -> Option<usize> {
        let (code, count) = read_code(rest).filter(|_| self.settings.codes)?;
        out.push(piece(Kind::Code(code), at, count));
        let after = rest.get(count..)?;
        let Some((second, more)) = read_second_part(code, after) else {
            return Some(count);
        };
        out.push(piece(Kind::Code(second), at + count, more));
        Some(count + more)
    }

    /// Words that say nothing together: stop words, each of them. In a query alone: a text keeps what it says.
    fn read_empty_phrase<'t>(
        self,
        rest: &[Token<'t>],
        at: usize,
        out: &mut Vec<Piece<'t>>,
    ) -> usize {
        if !self.query || !self.settings.stopwords {
            return 0;
        }
        let count = empty_phrase(rest);
        for (rank, token) in rest.iter().take(count).enumerate() {
            let mut word = plain(concat(&["=", &token.text]).into(), token.source);
            word.stop = true;
            out.push(piece(Kind::Word(word), at + rank, 1));
        }
        count
    }

    pub(crate) fn read_word<'t>(self, rest: &mut [Token<'t>], shouting: bool) -> (Word<'t>, usize) {
        if let Some(decimal) = decimal(rest) {
            return (plain(decimal.into(), ""), 2);
        }
        let joined = self.compound(rest);
        let Some(first) = rest.first_mut() else {
            return (plain(Folded::default(), ""), 1);
        };
        let stop = self.settings.stopwords
            && self.stopwords.find(&first.text).is_some()
            && (shouting || !first.capitals);
        let mut word = plain(take(&mut first.text), first.source);
        if stop {
            own(&mut word.surface).insert(0, '=');
        }
        word.stop = stop;
        word.joined = joined;
        (word, 1)
    }

    /// The compound that starts with the first token, in one word: two or three parts tied by hyphens, the last one a
    /// real word (« peut-on » is none).
    fn compound(self, rest: &[Token]) -> Option<String> {
        let tied = rest
            .iter()
            .skip(1)
            .take_while(|token| token.glue == Glue::Hyphen && !token.digits)
            .count();
        let starts = rest.first().is_some_and(|token| token.glue != Glue::Hyphen);
        let last = rest.get(tied)?;
        let sound = (1..=2).contains(&tied) && starts && self.stopwords.find(&last.text).is_none();
        sound.then(|| rest.iter().take(tied + 1).map(|t| &*t.text).collect())
    }
}

fn plain<'t>(surface: Folded<'t>, source: &'t str) -> Word<'t> {
    Word {
        surface,
        source,
        joined: None,
        stop: false,
    }
}

fn piece(kind: Kind<'_>, at: usize, count: usize) -> Piece<'_> {
    Piece {
        kind,
        at: u32::try_from(at).unwrap_or(u32::MAX),
        count: u32::try_from(count).unwrap_or(u32::MAX),
    }
}

fn push_words<'t>(rest: &mut [Token<'t>], at: usize, count: usize, out: &mut Vec<Piece<'t>>) {
    for (rank, token) in rest.iter_mut().take(count).enumerate() {
        let word = plain(take(&mut token.text), token.source);
        out.push(piece(Kind::Word(word), at + rank, 1));
    }
}

/// Whether a token is a word that begins no code, no date and no announced number: nearly all of any text. (The browser reads
/// too little to pay for this.)
#[cfg(feature = "construction")]
fn begins_nothing(token: &Token) -> bool {
    let begins = match token.text.as_bytes() {
        [b'd' | b'n' | b'o' | b'q'] | [b'm', b'i', ..] | [b'n', b'o', ..] => true,
        [b'q', b'u', b'e', rest @ ..] => rest.starts_with(b"s"),
        [first, second, third, ..] => {
            let beginnings: &[[u8; 2]] = match first {
                b'a' => &[*b"ou", *b"vr"],
                b'c' => &[*b"ou"],
                b'd' => &[*b"eb", *b"ec"],
                b'f' => &[*b"ev", *b"in"],
                b'j' => &[*b"an", *b"ui"],
                b'm' => &[*b"ai", *b"ar"],
                b'n' => &[*b"um"],
                b'o' => &[*b"bj", *b"ct"],
                b's' => &[*b"ep"],
                _ => &[],
            };
            beginnings.contains(&[*second, *third])
        }
        _ => false,
    };
    !begins && !token.digits
}

/// Where the next token is a word whatever stands around it: that word, all that needs to be read. (The same.)
#[cfg(feature = "construction")]
pub(crate) fn word_alone<'t>(rest: &[Token<'t>]) -> Option<&'t str> {
    let apart = |next: &Token| next.glue != Glue::Hyphen && next.text != "ans";
    let first = rest.first().filter(|first| begins_nothing(first))?;
    rest.get(1).is_none_or(apart).then_some(first.source)
}

/// « tous les ans », « 3 ans »: years, not the agency that « l'ans » names.
fn counts_years(rest: &[Token]) -> bool {
    const BEFORE: &[&str] = &["les", "des", "deux", "trois", "quatre", "cinq"];
    let counted = |first: &Token| first.digits || BEFORE.contains(&&*first.text);
    let years = |next: &Token| next.text == "ans" && !next.capitals;
    rest.first().is_some_and(counted) && rest.get(1).is_some_and(years)
}

/// `1,7` and `1.7` are one number.
fn decimal(rest: &[Token]) -> Option<String> {
    let (whole, part) = (rest.first()?, rest.get(1)?);
    let one = whole.digits && part.digits && matches!(part.glue, Glue::Dot | Glue::Comma);
    one.then(|| concat(&[&whole.text, ".", &part.text]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, query: bool) -> Vec<String> {
        let settings = Settings::default();
        let stopwords = crate::stopwords::stopwords();
        let pieces = Reader {
            settings: &settings,
            stopwords: &stopwords,
            query,
        }
        .read(text);
        pieces
            .into_iter()
            .map(|piece| match piece.kind {
                Kind::Word(word) => word.joined.unwrap_or(word.surface.into_owned()),
                Kind::Code(code) => code.term(),
                Kind::Date(date) => date.exact_term().unwrap_or_default(),
                Kind::Numero(id) => ["§", &id].concat(),
            })
            .collect()
    }

    #[test]
    fn a_text_keeps_the_words_of_a_date_and_a_query_does_not() {
        assert_eq!(
            read("le 31 mars 2027", false),
            ["=le", "@2027-3-31", "31", "mars", "2027"]
        );
        assert_eq!(read("31 mars 2027", true), ["@2027-3-31"]);
    }

    #[test]
    fn si_is_not_the_information_system() {
        assert_eq!(read("si le SI tombe", true), ["=si", "=le", "si", "tombe"]);
        assert_eq!(read("Le SI", true), ["=le", "si"]);
        assert_eq!(
            read("C'EST SI L'ADS", true),
            ["=c", "=est", "=si", "=l", "ads"]
        );
    }

    #[test]
    fn years_are_not_the_agency() {
        assert_eq!(read("tous les ans", true), ["=tous", "=les", "an"]);
        assert_eq!(read("3 ans", true), ["3", "an"]);
        assert_eq!(read("l'ans, les ANS", true), ["=l", "ans", "=les", "ans"]);
    }

    #[test]
    fn what_begins_something_is_known_by_its_first_letters() {
        for text in [
            "d1",
            "o2",
            "objectif 5",
            "question 3",
            "q3",
            "n 3",
            "no 3",
            "numero 3",
            "fin mars",
            "debut mars",
            "mi mars",
            "courant mars",
            "7 mai",
            "7 sept",
            "objectifs 5",
            "questions 3",
        ]
        .into_iter()
        .chain(crate::dates::MONTHS)
        {
            assert!(!begins_nothing(&tokenize(text)[0]), "{text}");
        }
        for text in ["le", "l", "audit", "dans", "annuaire", "de", "que", "jour"] {
            assert!(begins_nothing(&tokenize(text)[0]), "{text}");
        }
    }

    #[test]
    fn a_bare_number_is_a_question_in_a_query_only() {
        assert_eq!(read("3.16", true), ["§3.16"]);
        assert_eq!(read("CVSS 9.0", false), ["cvss", "9.0"]);
        assert_eq!(
            read("voir la question 3.16", false),
            ["=voir", "=la", "§3.16"]
        );
    }

    #[test]
    fn compounds_are_read_whole_and_in_parts() {
        assert_eq!(read("pare-feu", true), ["parefeu", "feu"]);
        assert_eq!(read("peut-on", true), ["=peut", "=on"]);
    }

    #[test]
    fn both_parts_of_a_pair_of_codes_are_read() {
        assert_eq!(read("D1.O1.A et B", false), ["#1a", "#1b"]);
    }
}
