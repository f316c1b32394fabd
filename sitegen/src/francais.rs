//! Values as a French reader writes them, spaces still plain: [`crate::typographie`] sets the others.

pub(crate) use calc_core::francais::MOIS;
use chrono::{Datelike, NaiveDate};

/// `1er janvier 2025`, `31 mars 2027`.
pub(crate) fn date(date: NaiveDate) -> String {
    let day = match date.day() {
        1 => "1er".to_owned(),
        day => day.to_string(),
    };
    let month = MOIS
        .get(date.month0() as usize)
        .copied()
        .unwrap_or_default();
    [&day, " ", month, " ", &date.year().to_string()].concat()
}

/// `07/05/2026`.
pub(crate) fn date_courte(date: NaiveDate) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

/// `1.7` is « 1,7 »; `9.0` is « 9 ».
pub(crate) fn decimal(text: &str) -> String {
    match text.split_once('.') {
        Some((whole, tenths)) if tenths.chars().all(|c| c == '0') => whole.to_owned(),
        Some((whole, tenths)) => format!("{whole},{tenths}"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_in_french() {
        for (iso, expected) in [
            ("2025-01-01", "1er janvier 2025"),
            ("2027-03-31", "31 mars 2027"),
            ("2026-08-11", "11 août 2026"),
        ] {
            assert_eq!(date(iso.parse().expect("a date")), expected);
        }
        for (text, expected) in [
            ("9.0", "9"),
            ("1.7", "1,7"),
            ("60", "60"),
            ("10.25", "10,25"),
        ] {
            assert_eq!(decimal(text), expected);
        }
    }
}
