//! The official text, where it is at hand, and the facts that each of its questions states.

use crate::site::{built, repository};
use std::collections::{BTreeMap, BTreeSet};

const MOIS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// What the official text writes in one way and a page may write in another.
const DITS: [(&str, &str); 10] = [
    ("2", "deux"),
    ("5", "D1.O5"),
    ("ES", "établissement"),
    ("ES", "établissements"),
    ("ISO27001", "ISO 27001"),
    ("LINUX", "Linux"),
    ("MAJ", "mise à jour"),
    ("MAJ", "mettre à jour"),
    ("SI", "système d'information"),
    ("hors-GHT", "hors GHT"),
];

/// Capitals that state nothing.
const SANS_FAIT: [&str; 1] = ["NB"];

/// The official text beside the repository; says loudly when it is not there.
#[must_use]
pub fn official_text() -> Option<String> {
    let folder = repository().parent()?.join("shared/source");
    let file = std::fs::read_dir(folder)
        .ok()?
        .flatten()
        .find(|f| f.path().extension().is_some_and(|e| e == "txt"));
    let text = file.and_then(|f| std::fs::read_to_string(f.path()).ok());
    if text.is_none() {
        report("THE OFFICIAL TEXT IS ABSENT: the content was NOT compared with it");
    }
    text
}

#[expect(
    clippy::print_stderr,
    reason = "the absence must be seen in the test's output"
)]
fn report(line: &str) {
    eprintln!("\n*** {line} ***\n");
}

/// The body of the text by question number: title and answer, without the headings of the parts.
///
/// # Panics
/// Where the text has no body: it is not the text that this reads.
#[must_use]
pub fn by_question(official: &str) -> BTreeMap<String, String> {
    let body = official.split("\n1. CANDIDATURE").nth(1);
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut question = String::new();
    for line in body.expect("the body of the text").lines() {
        let opened = heading(line);
        let text = opened.as_ref().map_or(line, |number| {
            line.get(number.len() + 1..).unwrap_or_default()
        });
        question = opened.unwrap_or(question);
        if !is_part(line) {
            let whole = found.entry(question.clone()).or_default();
            whole.push_str(text);
            whole.push('\n');
        }
    }
    found.remove("");
    found
}

/// `3.16` where the line opens a question.
fn heading(line: &str) -> Option<String> {
    let (number, _) = line.split_once(". ")?;
    let (section, rank) = number.split_once('.')?;
    let digits = |s: &str| !s.is_empty() && s.len() <= 2 && s.bytes().all(|b| b.is_ascii_digit());
    (digits(section) && digits(rank)).then(|| number.to_owned())
}

/// `2. FINANCEMENT`.
fn is_part(line: &str) -> bool {
    let (number, title) = line.split_once(". ").unwrap_or(("", ""));
    number.len() == 1 && !title.is_empty() && title == title.to_uppercase()
}

/// What a question states that can be looked for word by word.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Faits {
    /// `7 juillet 2026`, `16 juillet`, `novembre 2024`.
    pub dates: BTreeSet<String>,
    /// Figures, thresholds and FINESS codes: `60`, `1.7`, `1101`.
    pub nombres: BTreeSet<String>,
    /// `D1.O2.B`.
    pub codes: BTreeSet<String>,
    /// Acronyms: `SILENE`.
    pub sigles: BTreeSet<String>,
    /// Web and mail addresses.
    pub adresses: BTreeSet<String>,
}

impl Faits {
    /// The facts of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut faits = Self {
            adresses: addresses(text),
            ..Self::default()
        };
        let words = words(text);
        let mut at = 0;
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            at += faits.take(rest);
        }
        faits
    }

    /// Takes what stands at the head of these words, and how many of them it was.
    fn take(&mut self, words: &[String]) -> usize {
        let Some(first) = words.first() else {
            return 1;
        };
        let length = date_length(words);
        if length > 0 {
            let date = words.iter().take(length).cloned();
            self.dates.insert(date.collect::<Vec<_>>().join(" "));
            return length;
        }
        if first.starts_with("D1.O") {
            self.codes.insert(first.clone());
        } else if is_number(first) {
            self.nombres.insert(first.clone());
        } else if first.chars().filter(char::is_ascii_uppercase).count() > 1
            && !SANS_FAIT.contains(&first.as_str())
        {
            self.sigles.insert(first.clone());
        }
        1
    }

    /// Every fact but the addresses.
    pub fn said(&self) -> impl Iterator<Item = &String> {
        let dates = self.dates.iter().chain(&self.nombres);
        dates.chain(&self.codes).chain(&self.sigles)
    }

    /// The facts that a page does not state, given its markup.
    #[must_use]
    pub fn missing(&self, page: &str) -> Vec<String> {
        let on_page = words(&plain(page));
        let states = |fact: &str| {
            let said = words(fact);
            on_page.windows(said.len()).any(|window| window == said)
        };
        let in_full = |fact: &str| {
            let mut known = DITS.iter().filter(|(short, _)| *short == fact);
            known.any(|(_, full)| states(full))
        };
        let markup = page.replace("&amp;", "&").replace("&#x2F;", "/");
        let facts = self.said().filter(|fact| !states(fact) && !in_full(fact));
        let addresses = self.adresses.iter().filter(|a| !markup.contains(*a));
        facts.chain(addresses).cloned().collect()
    }
}

/// How many words a date takes at the head of these: `7 juillet 2026`, `16 juillet`, `novembre 2024`.
fn date_length(words: &[String]) -> usize {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let is_month = |at| MOIS.contains(&word(at));
    let is_year = |at: usize| word(at).len() == 4 && is_number(word(at));
    let is_day = word(0) == "1er" || (is_number(word(0)) && word(0).len() <= 2);
    match (is_day && is_month(1), is_month(0) && is_year(1)) {
        (true, _) if is_year(2) => 3,
        (true, _) | (_, true) => 2,
        _ => 0,
    }
}

fn is_number(word: &str) -> bool {
    let digits = |c: char| c.is_ascii_digit() || c == '.';
    word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().all(digits)
}

/// Words without addresses nor punctuation; decimals with a point, objectives with the letter O.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c.is_whitespace() || "<>()[]|\"".contains(c));
    let parts = parts.filter(|part| !part.contains("://") && !part.contains('@'));
    let words = parts.flat_map(|part| part.split(|c: char| "'’/:;?!«»%+*=".contains(c)));
    words
        .map(|word| normal(word.trim_matches(|c: char| ".,-–…".contains(c))))
        .filter(|word| !word.is_empty())
        .collect()
}

fn normal(word: &str) -> String {
    if word.starts_with("D1.") || word.starts_with("D1-") {
        return word.replace('-', ".").replace(".0", ".O");
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.replace(',', ".");
    }
    word.to_owned()
}

/// Web and mail addresses of a text.
fn addresses(text: &str) -> BTreeSet<String> {
    let separators = |c: char| c.is_whitespace() || "<>()[]".contains(c);
    let candidates = text
        .split(separators)
        .filter(|w| w.starts_with("http") || (w.contains('@') && w.contains('.')));
    candidates
        .map(|w| w.trim_end_matches(['.', ',', ';', ':']).to_owned())
        .collect()
}

/// The text of some markup.
#[must_use]
pub fn plain(markup: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for character in markup.chars() {
        match character {
            '<' => in_tag = true,
            '>' => {
                in_tag = false;
                text.push(' ');
            }
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    let entities = [
        ("&#x27;", "'"),
        ("&quot;", "\""),
        ("&nbsp;", " "),
        ("&gt;", " "),
        ("&amp;", "&"),
    ];
    let text = entities
        .iter()
        .fold(text, |text, (entity, c)| text.replace(entity, c));
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// What a page says inside this element, markup included.
#[must_use]
pub fn inside<'p>(page: &'p str, element: &str) -> &'p str {
    let opened = page.split_once(&format!("<{element}"));
    let after = opened.map_or("", |(_, after)| after);
    let text = after.split_once('>').map_or("", |(_, text)| text);
    text.split(&format!("</{element}>")).next().unwrap_or("")
}

/// The built page of a question; empty where there is none.
#[must_use]
pub fn page_of(question: &str) -> String {
    let file = format!("faq/{}/index.html", question.replace('.', "-"));
    std::fs::read_to_string(built().join(file)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_read_and_missed() {
        let text = "le 7 juillet 2026, 1.7% (D1.02.A), SILENE ou l'ANSSI ; 1er janvier 2025, <https://a.fr/b>. NB : novembre 2024, 16 juillet.";
        let faits = Faits::of(text);
        let dates: Vec<_> = faits.dates.iter().map(String::as_str).collect();
        assert_eq!(
            dates,
            [
                "16 juillet",
                "1er janvier 2025",
                "7 juillet 2026",
                "novembre 2024"
            ]
        );
        assert!(faits.nombres.contains("1.7") && faits.nombres.len() == 1);
        assert!(faits.codes.contains("D1.O2.A") && faits.sigles.contains("SILENE"));
        assert_eq!(faits.sigles.len(), 2);
        let page = "<p>Le <b>7\u{a0}juillet 2026</b>, 1,7\u{a0}% : D1.O2.A, l’ANSSI, 16 juillet 2024, <a href=\"https://a.fr/b\">ici</a> ; novembre 2024.</p>";
        assert_eq!(faits.missing(page), ["1er janvier 2025", "SILENE"]);
    }

    #[test]
    fn a_text_is_cut_at_its_questions() {
        let text =
            "sommaire\n1. CANDIDATURE\n\n1.1. Un ?\nA 60.\n2. FINANCEMENT\n\n2.1. Deux ?\nB\n";
        let questions = by_question(text);
        assert_eq!(questions["1.1"].trim(), "Un ?\nA 60.");
        assert_eq!(questions["2.1"].trim(), "Deux ?\nB");
    }
}
