//! The content against the official text itself, where that text is at hand.

use std::collections::BTreeSet;
use std::path::PathBuf;
use tests::site::{built, files, repository};

/// Looks for the official text beside the repository; says loudly when it is not there.
fn official_text() -> Option<String> {
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

fn is_code(word: &str) -> bool {
    (3..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

/// The text of a built page's `<article>`, markup taken out.
fn article(page: &str) -> String {
    let inside = page
        .split("<article")
        .nth(1)
        .and_then(|p| p.split("</article>").next())
        .unwrap_or_default();
    let mut text = String::new();
    let mut in_tag = true;
    for character in inside.chars() {
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
    text.replace("&#x27;", "'")
        .replace("&amp;", "&")
        .replace("&quot;", "\"")
}

fn question_pages() -> impl Iterator<Item = (PathBuf, String)> {
    let all = files(built())
        .into_iter()
        .filter(|f| f.starts_with("faq") && f.to_string_lossy().contains('-'));
    all.map(|f| {
        let page = std::fs::read_to_string(built().join(&f)).expect("UTF-8");
        (f, page)
    })
}

#[test]
fn no_run_of_eight_words_is_the_official_text_s() {
    let Some(official) = official_text() else {
        return;
    };
    let official = words(&official);
    let runs: BTreeSet<&[String]> = official.windows(8).collect();
    let mut common = Vec::new();
    for (file, page) in question_pages() {
        let ours = words(&article(&page));
        assert!(ours.len() > 40, "{} has no text", file.display());
        common.extend(
            ours.windows(8)
                .filter(|w| runs.contains(w))
                .map(|w| format!("{}: {}", file.display(), w.join(" "))),
        );
    }
    assert_eq!(common, Vec::<String>::new());
}

#[test]
fn every_address_of_the_official_text_is_on_its_question_s_page() {
    let Some(official) = official_text() else {
        return;
    };
    let body = official
        .split("\n1. CANDIDATURE")
        .nth(1)
        .expect("the body of the text");
    let mut missing = Vec::new();
    let mut seen = 0;
    let mut question = String::new();
    for line in body.lines() {
        question = heading(line).unwrap_or(question);
        for address in addresses(line) {
            seen += 1;
            let file = built().join(format!("faq/{}/index.html", question.replace('.', "-")));
            let page = std::fs::read_to_string(file)
                .unwrap_or_default()
                .replace("&amp;", "&")
                .replace("&#x2F;", "/");
            if !page.contains(&address) {
                missing.push(format!("{question}: {address}"));
            }
        }
    }
    assert!(
        seen > 15,
        "only {seen} addresses read: the text is not read as it stands"
    );
    assert_eq!(missing, Vec::<String>::new());
}

/// `3.16` where the line opens a question.
fn heading(line: &str) -> Option<String> {
    let (number, _) = line.split_once(". ")?;
    let (section, rank) = number.split_once('.')?;
    let digits = |s: &str| !s.is_empty() && s.len() <= 2 && s.bytes().all(|b| b.is_ascii_digit());
    (digits(section) && digits(rank)).then(|| number.to_owned())
}

/// Web and mail addresses of a line.
fn addresses(line: &str) -> Vec<String> {
    let separators = |c: char| c.is_whitespace() || "<>()[]".contains(c);
    let candidates = line
        .split(separators)
        .filter(|w| w.starts_with("http") || (w.contains('@') && w.contains('.')));
    candidates
        .map(|w| w.trim_end_matches(['.', ',', ';', ':']).to_owned())
        .collect()
}
