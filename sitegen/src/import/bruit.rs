//! Lines that the page put between the sentences: page numbers, and the header that comes back on every page.

use super::lignes::Ligne;
use std::collections::BTreeMap;

/// A line that comes back so often is the page's.
const SOUVENT: usize = 3;
/// Page numbers may skip that many pages without one.
const SAUT: u32 = 4;

/// Which of these lines are the page's own: their ranks. `couverture` holds the lines of the first page, which
/// headers repeat.
pub(super) fn bruit(lignes: &[Ligne], couverture: &[Ligne]) -> Vec<usize> {
    let mut found = numeros(lignes);
    let repeated = repetees(lignes);
    let headers = (0..lignes.len()).filter(|rank| {
        lignes.get(*rank).is_some_and(|ligne| {
            let form = forme(ligne.texte);
            let on_cover = couverture.iter().any(|line| line.texte == ligne.texte);
            let at_edge = ligne.page || touche(lignes, *rank, |near| found.contains(&near));
            let marked = on_cover || at_edge || form.contains("page #");
            !ligne.est_vide() && ((on_cover && at_edge) || (marked && repeated.contains(&form)))
        })
    });
    let headers: Vec<usize> = headers.collect();
    found.extend(headers);
    found.sort_unstable();
    found.dedup();
    found
}

/// Page numbers: alone on their line, and always further.
fn numeros(lignes: &[Ligne]) -> Vec<usize> {
    let mut last: Option<u32> = None;
    let mut found = Vec::new();
    for (rank, ligne) in lignes.iter().enumerate() {
        if ligne.texte == "|" {
            found.push(rank);
        }
        let Some(page) = page(ligne.texte) else {
            continue;
        };
        if last.is_none_or(|last| page > last && page <= last + SAUT) {
            last = Some(page);
            found.push(rank);
        }
    }
    found
}

/// `7`, `- 7 -`, `Page 7`, `7/18`, `Page 7 sur 18`.
fn page(texte: &str) -> Option<u32> {
    let bare = texte.trim_matches(|c: char| c == '-' || c == '–' || c.is_whitespace());
    let lower = bare.to_lowercase();
    let lower = lower.strip_prefix("page").unwrap_or(&lower).trim();
    let (first, rest) = match lower.split_once('/').or_else(|| lower.split_once("sur")) {
        Some((first, rest)) => (first.trim(), Some(rest.trim())),
        None => (lower, None),
    };
    let number = |text: &str| {
        (text.len() <= 3)
            .then(|| text.parse::<u32>().ok())
            .flatten()
    };
    if rest.is_some_and(|rest| number(rest).is_none()) {
        return None;
    }
    number(first).filter(|page| *page > 0)
}

/// A line with every number as `#`.
fn forme(texte: &str) -> String {
    let mut out = String::new();
    for c in texte.chars() {
        if !c.is_ascii_digit() {
            out.push(c);
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    out.to_lowercase()
}

/// Forms that come back, sentences left aside: a short answer may come back too.
fn repetees(lignes: &[Ligne]) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let sentence = |texte: &str| texte.ends_with(['.', '!', '?', ':', ';', ',']);
    for ligne in lignes {
        if ligne.texte.chars().count() >= 6 && !sentence(ligne.texte) {
            *counts.entry(forme(ligne.texte)).or_default() += 1;
        }
    }
    let often = counts.into_iter().filter(|(_, count)| *count >= SOUVENT);
    often.map(|(form, _)| form).collect()
}

/// Whether the nearest line that holds something, before or after, is such a one.
fn touche(lignes: &[Ligne], rank: usize, is_such: impl Fn(usize) -> bool) -> bool {
    let full = |near: &usize| lignes.get(*near).is_some_and(|ligne| !ligne.est_vide());
    let before = (0..rank).rev().find(full);
    let after = (rank + 1..lignes.len()).find(full);
    before.is_some_and(&is_such) || after.is_some_and(&is_such)
}

#[cfg(test)]
mod tests {
    use super::super::lignes::lignes;
    use super::*;

    #[track_caller]
    fn check(texte: &str, expected: &[usize]) {
        let cover = lignes("Le titre du document");
        let numbers: Vec<usize> = bruit(&lignes(texte), &cover)
            .into_iter()
            .map(|rank| rank + 1)
            .collect();
        assert_eq!(numbers, expected, "{texte}");
    }

    #[test]
    fn page_numbers_and_headers_are_noise() {
        check("a\n5\nb\n- 6 -\nc\nPage 7 sur 18\nd", &[2, 4, 6]);
        check("a\n5\nb\n4\nc", &[2]);
        check("a\n5\nb\n146\nc", &[2]);
        let header = "En-tete\n5\na\nEn-tete\n6\nb\nEn-tete\n7";
        check(header, &[1, 2, 4, 5, 7, 8]);
        let cover = "Le titre du document\na\nLe titre du document\nb\nLe titre du document";
        check(cover, &[1, 3, 5]);
        check("a\n5\n\u{c}Le titre du document\nb", &[2, 3]);
        check("a\nLe titre du document\nb", &[]);
    }

    #[test]
    fn an_answer_that_comes_back_is_no_noise() {
        check("Oui, bien sûr\na\nOui, bien sûr\nb\nOui, bien sûr", &[]);
        check("Non.\n5\na\nNon.\n6\nb\nNon.\n7", &[2, 5, 8]);
    }
}
