//! The title of a question: where it ends and the answer begins.

use super::cesure::{Vocabulaire, joindre};
use super::lignes::{Journal, Ligne};
use super::plan::Morceau;
use crate::diagnostic::Diagnostic;
use crate::mots::{cle, cles};

/// A title, and where the answer begins.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Titre<'a> {
    /// Its words, on one line.
    pub(super) texte: String,
    /// What stands after it on its last line, where the line break was lost.
    pub(super) reste: &'a str,
    /// How many of the question's lines it took, the first not counted.
    pub(super) lignes: usize,
}

/// Reads a title. `annonce` is the one of the table of contents, where there is one.
pub(super) fn titre<'a>(
    lignes: &[Ligne<'a>],
    morceau: &Morceau,
    premiere: &'a str,
    annonce: Option<&str>,
    connus: &Vocabulaire,
    journal: &mut Journal,
) -> Titre<'a> {
    let expected = annonce.map(cles);
    let length = expected.as_ref().map(Vec::len);
    if let Some((title, rest)) = length.and_then(|length| couper(premiere, length)) {
        if let Some(ligne) = lignes.get(morceau.rang) {
            let fault = Diagnostic::warning("la réponse commençait sur la ligne de la question");
            journal.dire(ligne, rest, fault);
        }
        return Titre {
            texte: title.to_owned(),
            reste: rest,
            lignes: 0,
        };
    }
    let mut texte = premiere.to_owned();
    let mut taken = 0;
    let mut blank = false;
    for (rank, line) in morceau.lignes.iter().enumerate() {
        let Some(ligne) = lignes.get(*line) else {
            continue;
        };
        if est_entier(&texte, expected.as_deref(), blank) {
            break;
        }
        if ligne.est_vide() {
            blank = true;
            continue;
        }
        if blank && !continue_le_titre(&texte, ligne.texte, expected.as_deref()) {
            break;
        }
        if let Some(mot) = joindre(&mut texte, ligne.texte, connus) {
            let message = format!("un mot coupé en fin de ligne : lu « {mot} »");
            journal.dire(ligne, "", Diagnostic::warning(message));
        }
        taken = rank + 1;
        blank = false;
    }
    Titre {
        texte,
        reste: "",
        lignes: taken,
    }
}

/// Whether nothing of the title is missing.
fn est_entier(texte: &str, expected: Option<&[String]>, blank: bool) -> bool {
    let ends = texte.ends_with(['?', '!']);
    match expected {
        Some(expected) => cles(texte).len() >= expected.len(),
        None => ends || (blank && !texte.is_empty()),
    }
}

/// Whether a line beyond a blank one is still the title: its first word is the next one of the title announced.
fn continue_le_titre(texte: &str, ligne: &str, expected: Option<&[String]>) -> bool {
    let next = expected.and_then(|expected| expected.get(cles(texte).len()));
    let first = ligne
        .split_whitespace()
        .map(cle)
        .find(|word| !word.is_empty());
    texte.is_empty() || (next.is_some() && next == first.as_ref())
}

/// A line cut after the `?` that ends so many words, where more follows.
fn couper(ligne: &str, length: usize) -> Option<(&str, &str)> {
    let ends = ligne.match_indices(['?', '!']).map(|(at, _)| at + 1);
    let mut cuts = ends.filter_map(|at| Some((ligne.get(..at)?, ligne.get(at..)?.trim())));
    cuts.find(|(title, rest)| cles(title).len() == length && !cles(rest).is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::cesure::vocabulaire;
    use super::super::lignes::lignes;
    use super::*;
    use crate::cible::Numero;
    use crate::diagnostic::Faults;
    use crate::source::Source;

    #[track_caller]
    fn check(texte: &str, annonce: Option<&str>, expected: (&str, &str, usize)) {
        let source = Source::shared("texte.txt", texte);
        let lines = lignes(&source.text);
        let morceau = Morceau {
            numero: Numero {
                section: 1,
                rang: 1,
            },
            rang: 0,
            lignes: (1..lines.len()).collect(),
        };
        let mut journal = Journal {
            source: &source,
            faults: Faults::default(),
        };
        let first = lines.first().map_or("", |line| line.texte);
        let known = vocabulaire("");
        let read = titre(&lines, &morceau, first, annonce, &known, &mut journal);
        assert_eq!((read.texte.as_str(), read.reste, read.lignes), expected);
    }

    #[test]
    fn a_title_ends_where_it_was_announced_to() {
        check("Quoi ?\n\nOui.", None, ("Quoi ?", "", 0));
        check("Quoi\ndonc ?\nOui.", None, ("Quoi donc ?", "", 1));
        check(
            "Quoi ? Et qui ?\n\nOui.",
            Some("Quoi ? Et qui ?"),
            ("Quoi ? Et qui ?", "", 0),
        );
        check(
            "Quoi ?\nEt qui ?\nOui.",
            Some("Quoi ? Et qui ?"),
            ("Quoi ? Et qui ?", "", 1),
        );
        check(
            "Quoi ?\n\nEt qui ?\n\nOui.",
            Some("Quoi ? Et qui ?"),
            ("Quoi ? Et qui ?", "", 2),
        );
        check("Quoi ? Oui.\n\nNon.", Some("Quoi ?"), ("Quoi ?", "Oui.", 0));
        check("Sans fin\n\nOui.", None, ("Sans fin", "", 0));
        check(
            "Sans fin\n\nOui.",
            Some("Sans fin du tout"),
            ("Sans fin", "", 0),
        );
    }
}
