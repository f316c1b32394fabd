//! Lines that may open a question or a part: `3.16. [D1.O2 – …] Quelle est… ?`, `3. OBJECTIFS`.

use crate::cible::Numero;

/// A line that starts with the number of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entete<'a> {
    /// Its number.
    pub(super) numero: Numero,
    /// What follows.
    pub(super) titre: &'a str,
    /// The number as printed.
    pub(super) imprime: &'a str,
    /// A point closes the number.
    pub(super) ferme: bool,
}

impl Entete<'_> {
    /// Letters stand for digits in the number: `3.1O.`.
    pub(super) fn est_reparee(&self) -> bool {
        !self.imprime.ends_with(&self.numero.to_string())
    }
}

/// Marks that an extraction puts before a heading.
const MARQUES: [char; 5] = ['-', '*', '#', '•', '>'];

/// Reads the number of a question at the start of a line.
pub(super) fn question(ligne: &str) -> Option<Entete<'_>> {
    let (imprime, titre) = nombre(ligne)?;
    let digits = imprime.trim_end_matches('.');
    let mended: String = digits.chars().map(chiffre).collect();
    let numero = Numero::parse(&mended)?;
    let ferme = digits.len() < imprime.len();
    let imprime = digits;
    (ferme || !titre.is_empty()).then_some(Entete {
        numero,
        titre,
        imprime,
        ferme,
    })
}

/// Reads the number and the title of a part.
pub(super) fn partie(ligne: &str) -> Option<(u8, &str)> {
    let (imprime, titre) = nombre(ligne)?;
    let numero = imprime.strip_suffix('.')?.parse().ok()?;
    let words = titre.trim_matches('*').trim();
    let is_title = words.starts_with(char::is_uppercase) && !words.ends_with(['.', ';', ':', '?']);
    is_title.then_some((numero, words))
}

/// The first word of a line, where it starts with a digit, and the rest.
fn nombre(ligne: &str) -> Option<(&str, &str)> {
    let bare = ligne.trim_start_matches(|c: char| c.is_whitespace() || MARQUES.contains(&c));
    bare.starts_with(|c: char| c.is_ascii_digit())
        .then_some(())?;
    let (first, rest) = bare.split_once(char::is_whitespace).unwrap_or((bare, ""));
    Some((first, rest.trim()))
}

/// Letters that an extraction reads for digits.
fn chiffre(c: char) -> char {
    match c {
        'O' | 'o' => '0',
        'l' | 'I' => '1',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_start_with_their_number() {
        for (ligne, expected) in [
            ("3.16. Quelle ?", Some(("3.16", "Quelle ?", true, false))),
            ("- 1.2. Quoi ?", Some(("1.2", "Quoi ?", true, false))),
            ("**4.1.** Quoi ?", None),
            ("3.1O. Quoi ?", Some(("3.10", "Quoi ?", true, true))),
            ("2.l2. Quoi ?", Some(("2.12", "Quoi ?", true, true))),
            ("3.9 admet", Some(("3.9", "admet", false, false))),
            ("3.9.", Some(("3.9", "", true, false))),
            ("3.9", None),
            ("1.7% du budget", None),
            ("18 mois", None),
            ("3. OBJECTIFS", None),
        ] {
            let read = question(ligne);
            let seen = read.map(|e| (e.numero.to_string(), e.titre, e.ferme, e.est_reparee()));
            let expected = expected.map(|(n, t, f, r)| (n.to_owned(), t, f, r));
            assert_eq!(seen, expected, "{ligne}");
        }
    }

    #[test]
    fn parts_have_a_title_without_end() {
        for (ligne, expected) in [
            ("3. OBJECTIFS", Some((3, "OBJECTIFS"))),
            ("## 2. Financement", Some((2, "Financement"))),
            ("2. **Financement**", Some((2, "Financement"))),
            ("1. candidater ;", None),
            ("1. Il faut candidater.", None),
            ("3.1. Quoi ?", None),
        ] {
            assert_eq!(partie(ligne), expected, "{ligne}");
        }
    }
}
