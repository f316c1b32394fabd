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
    changed(text, before).unwrap_or_else(|| text.to_owned())
}

/// The same; none where the text stays as it is, as many do.
pub(crate) fn changed(text: &str, before: Option<char>) -> Option<String> {
    let mut out = String::new();
    change(text, before, &mut out).then_some(out)
}

/// Sets a text in an empty room; whether it is not as it was, which alone is written.
pub(crate) fn change(text: &str, before: Option<char>, out: &mut String) -> bool {
    if before == Some('«') && opens(text) {
        out.push(NBSP);
    }
    let (mut at, mut copied) = (0, 0);
    while let Some(next) = next_set(text.as_bytes(), at) {
        let (written, from) = text.split_at_checked(next).unwrap_or_default();
        let mut rest = from.chars();
        let c = rest.next().unwrap_or_default();
        at = next + c.len_utf8();
        let pending = written.get(copied..).unwrap_or_default();
        let previous = pending.chars().next_back();
        let previous = previous.or_else(|| out.chars().next_back()).or(before);
        if let Some(set) = set(c, previous, written, rest.as_str()) {
            if copied == 0 {
                out.reserve(text.len() + text.len() / 16 + 8);
            }
            out.push_str(pending);
            out.push_str(set);
            copied = at;
        }
    }
    let changed = copied > 0 || !out.is_empty();
    if changed {
        out.push_str(text.get(copied..).unwrap_or_default());
    }
    changed
}

/// Where the next byte stands that may begin a character to set, `from` there on. Most spaces stand between two words and
/// stay as they are: none is looked at for itself, but what stands before or after it.
fn next_set(text: &[u8], from: usize) -> Option<usize> {
    let before = from.checked_sub(1).and_then(|before| text.get(before));
    let mut asks = before.map_or(ALWAYS | SPACE, |byte| ASKS[usize::from(*byte)] & !BINDING);
    for (rank, byte) in text.get(from..)?.iter().enumerate() {
        match IS[usize::from(*byte)] & asks {
            0 => asks = ASKS[usize::from(*byte)],
            FIRST if !text.get(..from + rank)?.ends_with(b"1er") => asks = ASKS[usize::from(*byte)],
            // The space before it is looked at first.
            found if found & BINDING != 0 => return Some(from + rank - 1),
            _ => return Some(from + rank),
        }
    }
    None
}

/// A quote, an apostrophe, a special space: always looked at.
const ALWAYS: u8 = 1;
/// What may bind a space before it: marks, a closing quote, figures.
const BINDING: u8 = 2;
/// A space, looked at after a figure, an opening quote, or where the text begins.
const SPACE: u8 = 4;
/// A space, looked at after « 1er ».
const FIRST: u8 = 8;

/// By byte: what it is of these.
const IS: [u8; 256] = {
    let mut is = [0; 256];
    let mut rank = 0;
    while rank < 14 {
        is[b";!?:0123456789"[rank] as usize] = BINDING;
        rank += 1;
    }
    is[b' ' as usize] = SPACE | FIRST;
    is[b'\'' as usize] = ALWAYS;
    is[0xe2] = ALWAYS;
    is[0xc2] = ALWAYS | BINDING;
    is
};

/// By byte: which of them is looked at after it.
const ASKS: [u8; 256] = {
    let mut asks = [ALWAYS; 256];
    let mut rank = 0;
    while rank < 11 {
        asks[b"0123456789\xab"[rank] as usize] |= SPACE;
        rank += 1;
    }
    asks[b'r' as usize] |= FIRST;
    asks[b' ' as usize] |= BINDING;
    asks
};

/// What is written instead of such a character between `written` and `rest`, if anything is.
fn set(c: char, previous: Option<char>, written: &str, rest: &str) -> Option<&'static str> {
    match c {
        '\'' => Some("’"),
        '«' => opens(rest).then_some("«\u{a0}"),
        '»' => previous
            .is_some_and(|p| !p.is_whitespace())
            .then_some("\u{a0}»"),
        ' ' | NBSP | NNBSP => match space(c, written, previous, rest) {
            same if same == c => None,
            NBSP => Some("\u{a0}"),
            _ => Some("\u{202f}"),
        },
        _ => None,
    }
}

/// Whether a text begins with a word, which stands off its opening quote.
fn opens(text: &str) -> bool {
    text.starts_with(|c: char| !c.is_whitespace())
}

/// Which space stands between what is written and what follows.
fn space(c: char, written: &str, previous: Option<char>, rest: &str) -> char {
    match (previous, rest.chars().next()) {
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
            ("le 21er mai, le 1er (mai)", "le 21er mai, le 1er (mai)"),
            ("pour ; par « sur »", "pour~; par «_sur_»"),
            ("", ""),
            (" ", " "),
            ("aujourd'hui", "aujourd’hui"),
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
