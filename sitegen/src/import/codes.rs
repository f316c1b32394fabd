//! Codes of objectives, whose letter O an extraction reads for a zero: `D1.02.A` is D1.O2.A.

use calc_core::OBJECTIFS;

/// A code that was mended: as read, as meant.
pub(super) type Reparation = (String, String);

/// The text with its codes mended, and what was mended, in order.
pub(super) fn reparer(texte: &str) -> (String, Vec<Reparation>) {
    let mut out = String::with_capacity(texte.len());
    let mut mended = Vec::new();
    let mut rest = texte;
    while let Some(at) = rest.find("D1") {
        let (before, code) = rest.split_at(at);
        out.push_str(before);
        let apart = !out.ends_with(char::is_alphanumeric);
        let length = zero(code).filter(|_| apart).unwrap_or(2);
        if length > 2 {
            let read = code.get(..length).unwrap_or_default();
            let meant = read.replacen('0', "O", 1);
            out.push_str(&meant);
            mended.push((read.to_owned(), meant));
        } else {
            out.push_str("D1");
        }
        rest = code.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    (out, mended)
}

/// The length of a code with a zero for its letter, `D1.02` or `D1-02`.
fn zero(code: &str) -> Option<usize> {
    let mut chars = code.chars().skip(2);
    let separator = chars.next()?;
    let (zero, digit) = (chars.next()?, chars.next()?);
    let is_code = matches!(separator, '.' | '-') && zero == '0' && ('1'..='6').contains(&digit);
    let ends = chars.next().is_none_or(|c| !c.is_ascii_digit());
    (is_code && ends).then_some(5)
}

/// The objectives that a question bears on: the codes that it names whole, else all those of the groups that it names.
pub(super) fn objectifs(texte: &str) -> Vec<&'static str> {
    let texte = texte.replace("D1-O", "D1.O");
    let all = || OBJECTIFS.iter().map(|objectif| objectif.code());
    let named = |code: &str| names(&texte, code);
    let group = |code: &str| code.get(..5).is_some_and(named);
    let exact: Vec<&str> = all().filter(|code| named(code)).collect();
    let told = |code: &&str| {
        let same_group = |other: &&&str| other.get(..5) == code.get(..5);
        let exact_there = exact
            .iter()
            .any(|other| same_group(&other) && other.len() > 5);
        group(code) && (!exact_there || exact.contains(code))
    };
    all().filter(told).collect()
}

/// Whether a text names a code: `D1.O1` is not named by « D1.O10 ».
fn names(texte: &str, code: &str) -> bool {
    texte.match_indices(code).any(|(at, _)| {
        let after = texte.get(at + code.len()..).unwrap_or_default();
        !after.starts_with(|c: char| c.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zero_in_a_code_is_the_letter() {
        for (texte, expected, count) in [
            ("[D1.02 – Maitriser]", "[D1.O2 – Maitriser]", 1),
            ("D1.06.B et D1-05", "D1.O6.B et D1-O5", 2),
            ("D1.O2.A", "D1.O2.A", 0),
            ("D1.020, AD1.02, D1.07, D1", "D1.020, AD1.02, D1.07, D1", 0),
            ("D1.0", "D1.0", 0),
        ] {
            let (mended, told) = reparer(texte);
            assert_eq!((mended.as_str(), told.len()), (expected, count));
        }
    }

    #[test]
    fn objectives_are_those_that_the_text_names() {
        for (texte, expected) in [
            ("rien", vec![]),
            ("[D1.O3 - Se préparer]", vec!["D1.O3"]),
            ("[D1.O1 – Maitriser]", vec!["D1.O1.A", "D1.O1.B"]),
            ("[D1.O2 – x] l'objectif D1.O2.B ?", vec!["D1.O2.B"]),
            ("D1.O1.A et D1.O2", vec!["D1.O1.A", "D1.O2.A", "D1.O2.B"]),
            ("l'objectif D1-O5.", vec!["D1.O5"]),
        ] {
            assert_eq!(objectifs(texte), expected, "{texte}");
        }
    }
}
