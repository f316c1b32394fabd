//! The content against the official text itself, where that text is at hand.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tests::officiel::{Faits, by_question, inside, official_text, page_of, plain};
use tests::site::{built, files};

/// Lower-case words, apostrophes apart; addresses and FINESS codes (lists that cannot be said otherwise) left out.
fn words(text: &str) -> Vec<String> {
    let without_addresses: Vec<_> = text
        .split_whitespace()
        .filter(|w| !w.contains("://"))
        .collect();
    let joined = without_addresses.join(" ").to_lowercase();
    let words = joined.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|w| !w.is_empty() && !is_code(w))
        .map(str::to_owned)
        .collect()
}

/// `1101`, and the parts of `D1.O5`: titles of objectives are named, not restated.
fn is_code(word: &str) -> bool {
    let number = (3..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    number || (word.len() == 2 && word.starts_with(['d', 'o']) && word.ends_with(char::is_numeric))
}

/// A run of words ends with its paragraph, its item, its cell.
fn blocks(markup: &str) -> impl Iterator<Item = String> {
    let open = [
        "<p",
        "<li",
        "<td",
        "<th",
        "<h",
        "<d",
        "<a class=\"liste",
        "<span class=\"liste",
    ];
    let mut cut = markup.to_owned();
    for tag in open {
        cut = cut.replace(tag, &format!("\u{c}{tag}"));
    }
    let blocks: Vec<String> = cut.split('\u{c}').map(plain).collect();
    blocks.into_iter()
}

fn is_question(file: &Path) -> bool {
    file.starts_with("faq") && file.to_string_lossy().contains('-')
}

/// Every page of the site with its `<main>`.
fn pages() -> impl Iterator<Item = (PathBuf, String)> {
    let all = files(built()).into_iter();
    let pages = all.filter(|f| f.extension().is_some_and(|e| e == "html"));
    pages.map(|f| {
        let page = std::fs::read_to_string(built().join(&f)).expect("UTF-8");
        (f, inside(&page, "main").to_owned())
    })
}

/// Questions, guide, points, glossary, rules, verdicts of the examples: all that the site says.
#[test]
fn no_run_of_eight_words_is_the_official_text_s() {
    let Some(official) = official_text() else {
        return;
    };
    let official = words(&official);
    let runs: BTreeSet<&[String]> = official.windows(8).collect();
    let mut common = Vec::new();
    let mut seen = 0;
    for (file, markup) in pages() {
        seen += 1;
        let short = is_question(&file) && words(&plain(&markup)).len() <= 40;
        assert!(!short, "{} has no text", file.display());
        for block in blocks(&markup) {
            let ours = words(&block);
            let shared = ours.windows(8).filter(|w| runs.contains(w));
            common.extend(shared.map(|w| format!("{}: {}", file.display(), w.join(" "))));
        }
    }
    assert!(seen > 100, "only {seen} pages read");
    assert_eq!(common, Vec::<String>::new());
}

/// Dates, figures, codes, acronyms and addresses of each question, on its own page.
#[test]
fn every_fact_of_the_official_text_is_on_its_question_s_page() {
    let Some(official) = official_text() else {
        return;
    };
    let questions = by_question(&official);
    assert_eq!(questions.len(), 67);
    let mut missing = Vec::new();
    let mut seen = 0;
    for (question, text) in &questions {
        let faits = Faits::of(text);
        seen += faits.said().count() + faits.adresses.len();
        let page = page_of(question);
        let absent = faits.missing(inside(&page, "article")).into_iter();
        missing.extend(absent.map(|fact| format!("{question}: {fact}")));
    }
    assert!(
        seen > 300,
        "only {seen} facts read: the text is not read as it stands"
    );
    assert_eq!(missing, Vec::<String>::new());
}
