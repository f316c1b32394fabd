//! Dates in any form: `31/03/2027`, `2027-03-31`, « 31 mars 2027 », « 1er janvier », « fin mars 2027 », « 7 juil ».

use crate::fold::{Glue, Token};
use crate::prelude::*;
use crate::small::{push_number, read_number};

/// A date, whole or in part; there is always a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FoundDate {
    year: Option<u16>,
    month: u16,
    day: Option<u16>,
}

impl FoundDate {
    /// The terms under which a text's date is indexed: the day, the month, the day of any year.
    pub(crate) fn terms(self) -> Vec<String> {
        self.exact_term()
            .into_iter()
            .chain(self.wider_terms())
            .collect()
    }

    /// The term that answers this date and nothing else.
    pub(crate) fn exact_term(self) -> Option<String> {
        match (self.year, self.day) {
            (Some(year), Some(day)) => Some(term(&[year, self.month, day])),
            (Some(year), None) => Some(term(&[year, self.month])),
            (None, Some(day)) => Some(term(&[self.month, day])),
            (None, None) => None,
        }
    }

    /// What comes near: the same month of that year, the same day of another year.
    pub(crate) fn wider_terms(self) -> Vec<String> {
        let (Some(year), Some(day)) = (self.year, self.day) else {
            return Vec::new();
        };
        vec![term(&[year, self.month]), term(&[self.month, day])]
    }
}

/// `@2027-3-31`.
fn term(parts: &[u16]) -> String {
    let mut out = String::new();
    for (rank, part) in parts.iter().enumerate() {
        out.push(if rank == 0 { '@' } else { '-' });
        push_number(&mut out, u32::from(*part));
    }
    out
}

/// Reads a date at the start of `tokens`; gives it with the number of tokens it takes.
pub(crate) fn read_date(tokens: &[Token]) -> Option<(FoundDate, usize)> {
    read_in_figures(tokens).or_else(|| read_in_words(tokens))
}

/// `31/03/2027`, `31.03.27`, `2027-03-31`, `31/03`, `03/2027`.
fn read_in_figures(tokens: &[Token]) -> Option<(FoundDate, usize)> {
    let first = number(tokens, 0)?;
    let second = number(tokens, 1).filter(|_| separated(tokens, 1))?;
    let third = number(tokens, 2).filter(|_| separated(tokens, 2));
    let slash = tokens.get(1)?.glue == Glue::Slash;
    match third {
        Some(day) if first > 1900 => checked(Some(first), second, Some(day), 3),
        Some(year) => checked(Some(full_year(year)), second, Some(first), 3),
        None if slash && second > 1900 => checked(Some(second), first, None, 2),
        None if slash => checked(None, second, Some(first), 2),
        None => None,
    }
}

/// « 31 mars 2027 », « 1er janvier », « fin mars 2027 », « mars 2027 ».
fn read_in_words(tokens: &[Token]) -> Option<(FoundDate, usize)> {
    let mut at = 0;
    let day = number(tokens, 0).filter(|day| (1..=31).contains(day));
    at += usize::from(day.is_some());
    if day.is_some() && text(tokens, at) == "er" {
        at += 1;
    }
    if day.is_none() && matches!(text(tokens, 0), "fin" | "debut" | "mi" | "courant") {
        at += 1;
    }
    let month = month_of(text(tokens, at))?;
    at += 1;
    let year = number(tokens, at).filter(|year| (2000..2100).contains(year));
    at += usize::from(year.is_some());
    if year.is_none() && day.is_none() {
        return None;
    }
    checked(year, month, day, at)
}

fn checked(
    year: Option<u16>,
    month: u16,
    day: Option<u16>,
    count: usize,
) -> Option<(FoundDate, usize)> {
    let sound = (1..=12).contains(&month) && day.is_none_or(|day| (1..=31).contains(&day));
    sound.then_some((FoundDate { year, month, day }, count))
}

fn full_year(year: u16) -> u16 {
    if year < 100 { 2000 + year } else { year }
}

fn number(tokens: &[Token], at: usize) -> Option<u16> {
    let token = tokens.get(at)?;
    u16::try_from(read_number(&token.text)?).ok()
}

fn text<'a>(tokens: &'a [Token], at: usize) -> &'a str {
    tokens.get(at).map_or("", |token| &*token.text)
}

fn separated(tokens: &[Token], at: usize) -> bool {
    tokens
        .get(at)
        .is_some_and(|token| matches!(token.glue, Glue::Slash | Glue::Dot | Glue::Hyphen))
}

/// The months, without accents, in the order of the calendar.
pub(crate) const MONTHS: [&str; 12] = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
];

/// A month, whole or cut to three letters or more where only one month can be meant.
fn month_of(word: &str) -> Option<u16> {
    let mut found = (1..)
        .zip(MONTHS)
        .filter(|(_, name)| word.len() >= 3 && name.starts_with(word));
    let (rank, _) = found.next()?;
    found.next().is_none().then_some(rank)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::tokenize;

    fn exact(text: &str) -> Option<String> {
        read_date(&tokenize(text))?.0.exact_term()
    }

    #[test]
    fn reads_a_day_in_every_form() {
        for text in [
            "31/03/2027",
            "31.03.2027",
            "31-03-27",
            "2027-03-31",
            "31 mars 2027",
            "31 MARS 2027",
            "31 mar 2027",
        ] {
            assert_eq!(exact(text).as_deref(), Some("@2027-3-31"), "{text}");
        }
        assert_eq!(exact("1er janvier 2025").as_deref(), Some("@2025-1-1"));
    }

    #[test]
    fn reads_months_and_days_without_a_year() {
        assert_eq!(exact("fin mars 2027").as_deref(), Some("@2027-3"));
        assert_eq!(exact("03/2027").as_deref(), Some("@2027-3"));
        assert_eq!(exact("7 mai").as_deref(), Some("@5-7"));
        assert_eq!(exact("7 juil").as_deref(), Some("@7-7"));
        assert_eq!(exact("31/03").as_deref(), Some("@3-31"));
    }

    #[test]
    fn takes_nothing_else_for_a_date() {
        for text in [
            "3.16",
            "mars",
            "18 mois",
            "2027",
            "7 jui",
            "45/03/2027",
            "31/13/2027",
        ] {
            assert_eq!(exact(text), None, "{text}");
        }
    }
}
