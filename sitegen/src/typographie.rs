//! French typography: curly apostrophes, no-break spaces where a line must not break.
//!
//! Editors type straight apostrophes and plain spaces. The pass is idempotent: set text comes out unchanged.

use crate::francais::MOIS;

/// No-break space: inside « », before a colon, between a number and its unit.
const NBSP: char = '\u{a0}';
/// Narrow no-break space: before `;`, `!` and `?`, between groups of three digits.
const NNBSP: char = '\u{202f}';

/// What follows a number on the same line.
const UNITES: [&str; 23] = [
    "jour", "jours", "mois", "an", "ans", "année", "années", "semaine", "semaines", "heure",
    "heures", "h", "minutes", "euros", "€", "k€", "M€", "%", "Mo", "ko", "points", "fois", "ETP",
];

/// Sets a text. `before` is what stands just before it in the same paragraph, if anything does.
pub(crate) fn typographie(text: &str, before: Option<char>) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    if before == Some('«') && opens(text) {
        out.push(NBSP);
    }
    let (mut rest, mut copied) = (text, text);
    while let Some(at) = next_set(rest.as_bytes()) {
        let mut chars = rest.get(at..).unwrap_or_default().chars();
        let c = chars.next();
        rest = chars.as_str();
        if let Some(c) = c.filter(|c| is_set(*c)) {
            let end = copied.len() - rest.len() - c.len_utf8();
            out.push_str(copied.get(..end).unwrap_or_default());
            set(c, rest, before, &mut out);
            copied = rest;
        }
    }
    out.push_str(copied);
    out
}

/// Where the next byte stands that may begin a character to set.
fn next_set(text: &[u8]) -> Option<usize> {
    let mut bytes = text.iter().enumerate();
    let found =
        bytes.find(|(at, byte)| MAY_BE_SET[usize::from(**byte)] && !between_words(text, *at));
    found.map(|(at, _)| at)
}

/// Whether a space stands before a letter, as most do, of which [`space`] would make nothing else: after a figure, « 1er »
/// or an opening quote it would.
fn between_words(text: &[u8], at: usize) -> bool {
    let around = at
        .checked_sub(1)
        .and_then(|before| text.get(before..at + 2));
    let [opening, accented] = [0xab, 0xc3];
    matches!(around, Some([before, b' ', after])
        if !before.is_ascii_digit() && *before != b'r' && *before != opening
            && (after.is_ascii_alphabetic() || *after == accented))
}

/// By byte: whether it may begin a character that [`is_set`] knows.
const MAY_BE_SET: [bool; 256] = {
    let mut may = [false; 256];
    may[b'\'' as usize] = true;
    may[b' ' as usize] = true;
    may[0xc2] = true;
    may[0xe2] = true;
    may
};

/// What is not written as it was typed; everything else is copied in whole stretches.
fn is_set(c: char) -> bool {
    matches!(c, '\'' | ' ' | NBSP | NNBSP | '«' | '»')
}

/// Writes one such character, before `rest`.
fn set(c: char, rest: &str, before: Option<char>, out: &mut String) {
    let previous = out.chars().next_back().or(before);
    match c {
        '\'' => out.push('’'),
        '«' => {
            out.push(c);
            if opens(rest) {
                out.push(NBSP);
            }
        }
        '»' => {
            if previous.is_some_and(|p| !p.is_whitespace()) {
                out.push(NBSP);
            }
            out.push(c);
        }
        _ => out.push(space(c, out, previous, rest)),
    }
}

/// Whether a text begins with a word, which stands off its opening quote.
fn opens(text: &str) -> bool {
    text.starts_with(|c: char| !c.is_whitespace())
}

/// Which space stands between what is written and what follows.
fn space(c: char, written: &str, previous: Option<char>, rest: &str) -> char {
    match (previous, rest.chars().next()) {
        // Between two words, as most are; « 1er » alone asks for more.
        (Some(p), Some(n)) if p.is_ascii_alphabetic() && p != 'r' && n.is_ascii_alphabetic() => c,
        (_, Some(';' | '!' | '?')) => NNBSP,
        (_, Some(':' | '»')) | (Some('«'), _) => NBSP,
        (Some('°'), Some(digit)) if digit.is_ascii_digit() => NBSP,
        _ if is_group(written, rest) => NNBSP,
        _ if binds(written, previous, rest) => NBSP,
        _ => c,
    }
}

/// `12 000`: one to three digits before, exactly three after.
fn is_group(written: &str, rest: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    if leading(rest, digit).len() != 3 {
        return false;
    }
    let tail = trailing(written, digit);
    let head = written.strip_suffix(tail).unwrap_or_default();
    (1..=3).contains(&tail.len()) && !head.ends_with([',', '.', '-', '/'])
}

/// Number and unit, day and month, month and year.
fn binds(written: &str, previous: Option<char>, rest: &str) -> bool {
    let word = || leading(rest, |c| c.is_alphabetic() || matches!(c, '%' | '€'));
    let before = || trailing(written, char::is_alphanumeric);
    match previous {
        Some(p) if p.is_ascii_digit() => MOIS.contains(&word()) || UNITES.contains(&word()),
        Some('r') if before() == "1er" => MOIS.contains(&word()),
        _ => leading(rest, |c| c.is_ascii_digit()).len() == 4 && MOIS.contains(&before()),
    }
}

/// The first characters that fulfil a condition.
fn leading(text: &str, keep: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c| !keep(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// The last characters that fulfil a condition.
fn trailing(text: &str, keep: impl Fn(char) -> bool) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, c)| keep(*c))
        .last();
    start.map_or("", |(at, _)| text.get(at..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In the table `_` is a no-break space, `~` a narrow one.
    #[test]
    fn the_rules_of_french() {
        let table = [
            ("l'audit d'exposition", "l’audit d’exposition"),
            ("« mot »", "«_mot_»"),
            ("«mot»", "«_mot_»"),
            ("Pourquoi ?", "Pourquoi~?"),
            ("Non ! Si ; voilà : ici", "Non~! Si~; voilà_: ici"),
            ("https://x.fr/?a=1", "https://x.fr/?a=1"),
            ("60 jours", "60_jours"),
            ("18 mois après", "18_mois après"),
            ("le 7 juillet 2026", "le 7_juillet_2026"),
            ("1er janvier 2025", "1er_janvier_2025"),
            ("1,7 % du budget", "1,7_% du budget"),
            ("n° 3", "n°_3"),
            ("12 000 €", "12~000_€"),
            ("1 234 567", "1~234~567"),
            ("en 2026 100 audits", "en 2026 100 audits"),
            ("101, 355, 292", "101, 355, 292"),
            ("30 rapports", "30 rapports"),
            ("mai 2026", "mai_2026"),
            ("un 7 maison", "un 7 maison"),
            ("à été, 3 années", "à été, 3_années"),
            ("«élu» à", "«_élu_» à"),
            ("« élu » à", "«_élu_» à"),
            ("14 h", "14_h"),
            ("aujourd'hui", "aujourd’hui"),
            ("", ""),
        ];
        for (typed, expected) in table {
            let expected = expected.replace('_', "\u{a0}").replace('~', "\u{202f}");
            let set = typographie(typed, None);
            assert_eq!(set, expected, "{typed}");
            assert_eq!(typographie(&set, None), expected, "{typed}, twice");
        }
    }

    #[test]
    fn what_stands_before_counts() {
        assert_eq!(typographie(" jours", Some('0')), "\u{a0}jours");
        assert_eq!(typographie(" jours", Some('e')), " jours");
        assert_eq!(typographie("»", Some('t')), "\u{a0}»");
        assert_eq!(typographie("mot", Some('«')), "\u{a0}mot");
    }
}
