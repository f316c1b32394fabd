//! The version that the cover prints: `Version : 1.0`, `Du 7 avril 2026`.

use super::fichier::Version;
use super::lignes::Ligne;
use crate::francais::MOIS;
use chrono::NaiveDate;

/// Reads the version and its day.
pub(super) fn lire(couverture: &[Ligne]) -> Option<Version> {
    let number = couverture.iter().find_map(|line| numero(line.texte));
    let day = couverture.iter().find_map(|line| jour(line.texte));
    Some(Version {
        numero: number?,
        date: day?,
    })
}

fn numero(texte: &str) -> Option<String> {
    let lower = texte.to_lowercase();
    let after = lower.split_once("version")?.1;
    let after = after.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
    let number: String = after
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let number = number.trim_end_matches('.');
    (!number.is_empty()).then(|| number.to_owned())
}

/// `7 avril 2026`, `1er mai 2026`.
fn jour(texte: &str) -> Option<NaiveDate> {
    let words: Vec<&str> = texte.split_whitespace().collect();
    words.windows(3).find_map(|three| {
        let [day, month, year] = three else {
            return None;
        };
        let lower = month.to_lowercase();
        let month = MOIS.iter().position(|name| *name == lower)? + 1;
        let day = day.trim_end_matches("er").parse().ok()?;
        let year = year
            .trim_matches(|c: char| !c.is_ascii_digit())
            .parse()
            .ok()?;
        NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, day)
    })
}

#[cfg(test)]
mod tests {
    use super::super::lignes::lignes;
    use super::*;

    #[test]
    fn the_cover_says_the_version() {
        for (texte, expected) in [
            ("Version: 1.0\nDu 7 avril 2026", Some(("1.0", "2026-04-07"))),
            (
                "Document en version 1.1 du 1er mai 2026.",
                Some(("1.1", "2026-05-01")),
            ),
            ("Version : à venir\nDu 7 avril 2026", None),
            ("Version: 1.0", None),
            ("", None),
        ] {
            let read = lire(&lignes(texte)).map(|v| (v.numero, v.date.to_string()));
            let expected = expected.map(|(n, d)| (n.to_owned(), d.to_owned()));
            assert_eq!(read, expected, "{texte}");
        }
    }
}
