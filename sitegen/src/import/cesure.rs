//! Lines that make one sentence: words that the end of a line cut in two come out whole.

use std::collections::BTreeSet;

/// The words of the whole text, to tell a cut from a hyphen.
pub(super) type Vocabulaire = BTreeSet<String>;

/// What follows a hyphen in French without being a word of its own: « faut-il », « celles-ci ».
const CLITIQUES: [&str; 19] = [
    "il", "ils", "elle", "elles", "on", "je", "nous", "vous", "t", "y", "en", "ce", "la", "le",
    "les", "moi", "ci", "là", "même",
];

/// The words of a text, in small letters, hyphens kept.
pub(super) fn vocabulaire(texte: &str) -> Vocabulaire {
    let words = texte.split(|c: char| !c.is_alphanumeric() && c != '-');
    let whole = words.filter(|word| !word.starts_with('-') && !word.ends_with('-'));
    whole.map(str::to_lowercase).collect()
}

/// Puts a line after another; the word that was whole again, where one was cut.
pub(super) fn joindre(texte: &mut String, suite: &str, connus: &Vocabulaire) -> Option<String> {
    let Some((left, hyphen)) = coupe(texte) else {
        if !texte.is_empty() {
            texte.push(' ');
        }
        texte.push_str(suite);
        return None;
    };
    let (left, start) = (left.to_owned(), texte.len() - hyphen.len_utf8());
    let right: String = suite.chars().take_while(|c| c.is_alphanumeric()).collect();
    if hyphen == '\u{ad}' || !garde_trait(&left, &right, connus) {
        texte.truncate(start);
    }
    let word_start = start - left.len();
    texte.push_str(suite);
    let word = texte.get(word_start..).unwrap_or_default();
    let end = word.find(char::is_whitespace).unwrap_or(word.len());
    word.get(..end).map(str::to_owned)
}

/// The word that a hyphen cuts at the end of a line, and that hyphen.
fn coupe(texte: &str) -> Option<(&str, char)> {
    let hyphen = texte
        .chars()
        .next_back()
        .filter(|c| matches!(c, '-' | '\u{ad}'))?;
    let before = texte.get(..texte.len() - hyphen.len_utf8())?;
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’'))
        .last()?
        .0;
    let word = before.get(start..)?;
    word.ends_with(char::is_alphanumeric)
        .then_some((word, hyphen))
}

/// Whether the hyphen is the word's own.
fn garde_trait(left: &str, right: &str, connus: &Vocabulaire) -> bool {
    let last = left.rsplit(['\'', '’']).next().unwrap_or(left);
    let (left, small) = (last.to_lowercase(), right.to_lowercase());
    let known = |word: &str| {
        connus.contains(word)
            || connus
                .range(format!("{word}-")..)
                .next()
                .is_some_and(|next| next.starts_with(&format!("{word}-")))
    };
    if known(&format!("{left}-{small}")) {
        return true;
    }
    if connus.contains(&format!("{left}{small}")) {
        return false;
    }
    !right.starts_with(char::is_lowercase) || CLITIQUES.contains(&small.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_words_come_out_whole() {
        let known = vocabulaire("la phase opérationnelle, vis-à-vis, hors-GHT");
        for (left, right, expected, word) in [
            ("la", "phase", "la phase", None),
            ("", "phase", "phase", None),
            (
                "phase opéra-",
                "tionnelle.",
                "phase opérationnelle.",
                Some("opérationnelle."),
            ),
            ("vis-à-", "vis des", "vis-à-vis des", Some("vis-à-vis")),
            ("faut-", "il ?", "faut-il ?", Some("faut-il")),
            (
                "l'éta-",
                "blissement",
                "l'établissement",
                Some("l'établissement"),
            ),
            ("hors-", "GHT", "hors-GHT", Some("hors-GHT")),
            ("Saint-", "Denis", "Saint-Denis", Some("Saint-Denis")),
            ("un tiret -", "ici", "un tiret - ici", None),
            ("opéra\u{ad}", "tion", "opération", Some("opération")),
        ] {
            let mut texte = left.to_owned();
            let mended = joindre(&mut texte, right, &known);
            assert_eq!((texte.as_str(), mended.as_deref()), (expected, word));
        }
    }
}
