//! Words of two texts: whether they are the same, and how much two texts resemble one another.

use std::collections::BTreeMap;

/// A word without what an extraction or a keyboard alters: case, punctuation, the form of an apostrophe, and the
/// letter O of an objective (`D1.02` is `d1.o2`).
pub(crate) fn cle(mot: &str) -> String {
    let plain = mot.replace(['’', '‘'], "'").to_lowercase();
    let plain = plain.trim_matches(|c: char| !c.is_alphanumeric());
    plain.replace("d1.0", "d1.o").replace("d1-0", "d1-o")
}

/// The words of a text, as [`cle`] gives them; what is only punctuation is none.
pub(crate) fn cles(texte: &str) -> Vec<String> {
    let words = texte.split_whitespace().map(cle);
    words.filter(|word| !word.is_empty()).collect()
}

/// How many words in a hundred two lists share, whatever their order; two empty lists are the same.
pub(crate) fn ressemblance(a: &[String], b: &[String]) -> usize {
    let total = a.len() + b.len();
    if total == 0 {
        return 100;
    }
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for word in a {
        *left.entry(word).or_default() += 1;
    }
    let mut shared = 0;
    for word in b {
        if let Some(count) = left.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            shared += 1;
        }
    }
    200 * shared / total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_alike_are_one() {
        for (mot, expected) in [
            ("L’ARS,", "l'ars"),
            ("« ", ""),
            ("[D1.02", "d1.o2"),
            ("D1-05)", "d1-o5"),
            ("100.", "100"),
        ] {
            assert_eq!(cle(mot), expected);
        }
    }

    #[test]
    fn likeness_goes_from_none_to_all() {
        for (a, b, expected) in [
            ("", "", 100),
            ("a b", "b a", 100),
            ("a b", "a c", 50),
            ("a a", "a", 66),
            ("a", "b", 0),
            ("a", "", 0),
        ] {
            assert_eq!(ressemblance(&cles(a), &cles(b)), expected, "{a} {b}");
        }
    }
}
