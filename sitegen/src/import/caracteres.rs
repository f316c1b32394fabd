//! What an extraction does to single characters: ligatures, accents apart from their letters, marks without width.

/// Forms that stand for several letters.
const LIGATURES: [(char, &str); 7] = [
    ('\u{fb00}', "ff"),
    ('\u{fb01}', "fi"),
    ('\u{fb02}', "fl"),
    ('\u{fb03}', "ffi"),
    ('\u{fb04}', "ffl"),
    ('\u{fb05}', "st"),
    ('\u{fb06}', "st"),
];

/// Letters that French accents, an accent apart, and the letter that both make.
const ACCENTS: [(char, &str, &str); 5] = [
    ('\u{300}', "aeuAEU", "àèùÀÈÙ"),
    ('\u{301}', "eE", "éÉ"),
    ('\u{302}', "aeiouAEIOU", "âêîôûÂÊÎÔÛ"),
    ('\u{308}', "aeiouyAEIOUY", "äëïöüÿÄËÏÖÜŸ"),
    ('\u{327}', "cC", "çÇ"),
];

/// Without width, hence without meaning.
const SANS_LARGEUR: [char; 4] = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}'];

/// The text with its letters whole, and the bytes (of the text given) where something was mended.
pub(super) fn reparer(texte: &str) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(texte.len());
    let mut mended = Vec::new();
    for (at, c) in texte.char_indices() {
        let ligature = LIGATURES.iter().find(|(form, _)| *form == c);
        if let Some((_, letters)) = ligature {
            out.push_str(letters);
        } else if let Some(whole) = out.chars().next_back().and_then(|last| accentuee(last, c)) {
            out.pop();
            out.push(whole);
        } else if !SANS_LARGEUR.contains(&c) {
            out.push(c);
            continue;
        }
        mended.push(at);
    }
    (out, mended)
}

fn accentuee(lettre: char, accent: char) -> Option<char> {
    let (_, letters, whole) = ACCENTS.iter().find(|(mark, ..)| *mark == accent)?;
    let rank = letters.chars().position(|letter| letter == lettre)?;
    whole.chars().nth(rank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_come_out_whole() {
        for (texte, expected, places) in [
            ("déjà", "déjà", vec![]),
            ("de\u{301}ja\u{300}", "déjà", vec![2, 6]),
            ("\u{fb01}nancer", "financer", vec![0]),
            ("ga\u{200b}rde", "garde", vec![2]),
            ("x\u{301}", "x\u{301}", vec![]),
        ] {
            assert_eq!(reparer(texte), (expected.to_owned(), places));
        }
    }
}
