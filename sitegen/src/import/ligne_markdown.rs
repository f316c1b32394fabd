//! A line of the text as Markdown that says exactly its words.

/// A stretch of a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fragment {
    /// Words.
    Texte(String),
    /// Words that stand out.
    Gras(String),
    /// An address that is its own words.
    Adresse(String),
    /// Words that lead to an address.
    Lien(String, String),
    /// Words that led somewhere: the extraction lost the address.
    LienPerdu(String),
}

/// Reads a line: bold words, addresses, links.
pub(super) fn fragments(ligne: &str) -> Vec<Fragment> {
    let mut out: Vec<Fragment> = Vec::new();
    let mut texte = String::new();
    let mut rest = ligne;
    while let Some(first) = rest.chars().next() {
        let before = texte.chars().next_back();
        let found = match first {
            '*' => gras(rest),
            '<' => entre_chevrons(rest),
            '[' => lien(rest),
            _ if before.is_none_or(|c| !c.is_alphanumeric()) => adresse(rest),
            _ => None,
        };
        let Some((fragment, length)) = found else {
            texte.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
            continue;
        };
        if !texte.is_empty() {
            out.push(Fragment::Texte(std::mem::take(&mut texte)));
        }
        out.push(fragment);
        rest = rest.get(length..).unwrap_or_default();
    }
    if !texte.is_empty() {
        out.push(Fragment::Texte(texte));
    }
    out
}

/// `**…**`
fn gras(rest: &str) -> Option<(Fragment, usize)> {
    let inside = rest.strip_prefix("**")?;
    let end = inside.find("**").filter(|end| *end > 0)?;
    let words = inside.get(..end)?;
    (words.trim() == words).then(|| (Fragment::Gras(words.to_owned()), end + 4))
}

/// `<https://…>`, `<a@b.fr>`
fn entre_chevrons(rest: &str) -> Option<(Fragment, usize)> {
    let end = rest.find('>')?;
    let inside = rest.get(1..end)?;
    let (_, length) = adresse(inside)?;
    (length == inside.len()).then(|| (Fragment::Adresse(inside.to_owned()), end + 1))
}

/// `[words](https://…)`; `[words](#)` has lost its address.
fn lien(rest: &str) -> Option<(Fragment, usize)> {
    let middle = rest.find("](")?;
    let words = rest.get(1..middle)?;
    let after = rest.get(middle + 2..)?;
    let end = after.find(')')?;
    let address = after.get(..end)?;
    if words.contains(['[', ']']) || address.contains(char::is_whitespace) {
        return None;
    }
    let fragment = if est_sure(address) {
        Fragment::Lien(words.to_owned(), address.to_owned())
    } else {
        Fragment::LienPerdu(words.to_owned())
    };
    Some((fragment, middle + 2 + end + 1))
}

/// An address or an e-mail at the start of a text, without the punctuation that follows it.
fn adresse(rest: &str) -> Option<(Fragment, usize)> {
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '»'))
        .unwrap_or(rest.len());
    let mut word = rest.get(..end)?;
    while let Some(shorter) = word.strip_suffix(['.', ',', ';', ':', '!', '?']) {
        word = shorter;
    }
    if word.ends_with(')') && !word.contains('(') {
        word = word.trim_end_matches([')', '.', ',']);
    }
    let is_address = est_sure(word) || est_courriel(word);
    is_address.then(|| (Fragment::Adresse(word.to_owned()), word.len()))
}

fn est_sure(word: &str) -> bool {
    word.strip_prefix("https://")
        .is_some_and(|rest| rest.contains('.') && !rest.contains(['<', '>']))
}

fn est_courriel(word: &str) -> bool {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    word.split_once('@').is_some_and(|(user, host)| {
        let plain = user.chars().all(good) && host.chars().all(good);
        plain && !user.is_empty() && host.contains('.')
    })
}

/// Fragments as Markdown.
pub(super) fn markdown(fragments: &[Fragment]) -> String {
    let one = |fragment: &Fragment| match fragment {
        Fragment::Texte(words) | Fragment::LienPerdu(words) => echapper(words),
        Fragment::Gras(words) => format!("**{}**", echapper(words)),
        Fragment::Adresse(address) => format!("<{address}>"),
        Fragment::Lien(words, address) => format!("[{}](<{address}>)", echapper(words)),
    };
    let line: String = fragments.iter().map(one).collect();
    debut_de_ligne(&line)
}

/// Fragments as words alone.
pub(super) fn mots(fragments: &[Fragment]) -> String {
    let one = |fragment: &Fragment| match fragment {
        Fragment::Texte(words)
        | Fragment::LienPerdu(words)
        | Fragment::Gras(words)
        | Fragment::Adresse(words)
        | Fragment::Lien(words, _) => words.clone(),
    };
    fragments.iter().map(one).collect()
}

/// Every sign that Markdown or the parameters would read.
fn echapper(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '{' | '}' | '&' | '~'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// What only the start of a line means: headings, items, numbers of items.
fn debut_de_ligne(line: &str) -> String {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let after = line.get(digits..).unwrap_or_default();
    if digits > 0 && after.starts_with(['.', ')']) {
        let (number, rest) = line.split_at(digits);
        return format!("{number}\\{rest}");
    }
    if line.starts_with(['#', '+', '-', '=']) {
        return format!("\\{line}");
    }
    line.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::tests::parse;

    /// The Markdown of a line; read again, it says the line's own words.
    #[track_caller]
    fn check(ligne: &str, expected: &str) {
        let read = fragments(ligne);
        let written = markdown(&read);
        assert_eq!(written, expected);
        let (texte, faults) = parse(&written);
        assert_eq!(faults, "");
        let said = texte.mots();
        assert_eq!(said, crate::typographie::typographie(&mots(&read), None));
    }

    #[test]
    fn lines_say_their_own_words() {
        check("Un **mot** ici.", "Un **mot** ici.");
        check("Voir <https://a.fr/x_y>.", "Voir <https://a.fr/x_y>.");
        check("(https://a.fr/?b=c_d).", "(<https://a.fr/?b=c_d>).");
        check("par mail : a.b-c@d.fr.", "par mail : <a.b-c@d.fr>.");
        check("l'[arrêté](#), et", "l'arrêté, et");
        check("l'[arrêté](https://a.fr)", "l'[arrêté](<https://a.fr>)");
        check("[D1.O2 – x] Quoi", "\\[D1.O2 – x\\] Quoi");
        check("CVSS > 9 & a_b*c", "CVSS \\> 9 \\& a\\_b\\*c");
        check("2. candidater", "2\\. candidater");
        check("- 5 % {{ x }}", "\\- 5 % \\{\\{ x \\}\\}");
        check("** seul", "\\*\\* seul");
        check("# titre", "\\# titre");
        check("un <b> & |x|", "un \\<b\\> \\& \\|x\\|");
    }

    #[test]
    fn a_link_without_its_address_is_known() {
        let lost = Fragment::LienPerdu("arrêté".to_owned());
        assert_eq!(fragments("[arrêté](#)"), [lost]);
    }
}
