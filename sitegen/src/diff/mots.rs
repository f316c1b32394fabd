//! Two texts word by word: the longest that they share, and what stands in the one alone.

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// In both.
    Egal(String),
    /// In the old one alone.
    Retire(String),
    /// In the new one alone.
    Ajoute(String),
}

/// Beyond so many comparisons, what differs is shown whole.
const MOST: usize = 16 << 20;

/// The whole of both texts as runs, or nothing where they say the same words. Spaces, line breaks and the form of
/// apostrophes do not count.
pub(super) fn comparer(ancien: &str, nouveau: &str) -> Vec<Piece> {
    let (old, new) = (separer(ancien), separer(nouveau));
    let (a, b): (Vec<&str>, Vec<&str>) = (mots(&old), mots(&new));
    if a == b {
        return Vec::new();
    }
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let rest = a.len().min(b.len()) - start;
    let both_ends = a.iter().rev().zip(b.iter().rev());
    let end = both_ends.take_while(|(x, y)| x == y).count().min(rest);
    let inner = |list: &'_ [&'_ str]| -> Vec<String> {
        let inside = list.get(start..list.len() - end).unwrap_or_default();
        inside.iter().map(|word| (*word).to_owned()).collect()
    };
    let mut pieces = Pieces::default();
    for word in a.iter().take(start) {
        pieces.push(Cote::Deux, word);
    }
    milieu(&inner(&a), &inner(&b), &mut pieces);
    for word in a.iter().skip(a.len() - end) {
        pieces.push(Cote::Deux, word);
    }
    pieces
        .0
        .into_iter()
        .map(|(side, words)| piece(side, words))
        .collect()
}

/// Apostrophes of one form, quotes apart from their words.
fn separer(texte: &str) -> String {
    texte
        .replace('’', "'")
        .replace('«', " « ")
        .replace('»', " » ")
}

fn mots(texte: &str) -> Vec<&str> {
    texte.split_whitespace().collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cote {
    Deux,
    Ancien,
    Nouveau,
}

/// Runs, as they grow.
#[derive(Default)]
struct Pieces(Vec<(Cote, String)>);

impl Pieces {
    fn push(&mut self, side: Cote, word: &str) {
        match self.0.last_mut() {
            Some((last, words)) if *last == side => {
                words.push(' ');
                words.push_str(word);
            }
            _ => self.0.push((side, word.to_owned())),
        }
    }
}

fn piece(side: Cote, words: String) -> Piece {
    match side {
        Cote::Deux => Piece::Egal(words),
        Cote::Ancien => Piece::Retire(words),
        Cote::Nouveau => Piece::Ajoute(words),
    }
}

/// What stands between the first and the last difference. Removed words of a run come before added ones.
fn milieu(a: &[String], b: &[String], pieces: &mut Pieces) {
    let table = communs(a, b);
    let at = |i: usize, j: usize| {
        table
            .get(i * (b.len() + 1) + j)
            .copied()
            .unwrap_or_default()
    };
    let (mut i, mut j) = (0, 0);
    let mut added: Vec<&String> = Vec::new();
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x == y {
            added
                .drain(..)
                .for_each(|word| pieces.push(Cote::Nouveau, word));
            pieces.push(Cote::Deux, x);
            (i, j) = (i + 1, j + 1);
        } else if at(i + 1, j) >= at(i, j + 1) {
            pieces.push(Cote::Ancien, x);
            i += 1;
        } else {
            added.push(y);
            j += 1;
        }
    }
    for word in a.get(i..).unwrap_or_default() {
        pieces.push(Cote::Ancien, word);
    }
    let rest = b.get(j..).unwrap_or_default();
    for word in added.into_iter().chain(rest) {
        pieces.push(Cote::Nouveau, word);
    }
}

/// How many words the rests of both lists share, from each pair of places; all zero where that is too much work.
fn communs(a: &[String], b: &[String]) -> Vec<u32> {
    let width = b.len() + 1;
    if a.len().saturating_mul(width) > MOST {
        return Vec::new();
    }
    let mut table = vec![0_u32; (a.len() + 1) * width];
    for (i, x) in a.iter().enumerate().rev() {
        for (j, y) in b.iter().enumerate().rev() {
            let cell = |i: usize, j: usize| table.get(i * width + j).copied().unwrap_or_default();
            let value = if x == y {
                cell(i + 1, j + 1) + 1
            } else {
                cell(i + 1, j).max(cell(i, j + 1))
            };
            if let Some(place) = table.get_mut(i * width + j) {
                *place = value;
            }
        }
    }
    table
}

/// Runs as one line, `[-old-] {+new+}`, so many words of what did not change around.
pub(super) fn en_ligne(pieces: &[Piece], autour: usize) -> String {
    let mut out: Vec<String> = Vec::new();
    for (rank, piece) in pieces.iter().enumerate() {
        out.push(match piece {
            Piece::Retire(words) => format!("[-{words}-]"),
            Piece::Ajoute(words) => format!("{{+{words}+}}"),
            Piece::Egal(words) => {
                let (first, last) = (rank == 0, rank + 1 == pieces.len());
                abreger(words, autour, first, last)
            }
        });
    }
    out.join(" ")
}

/// The words near the differences: the last ones before the first, the first ones after the last, both elsewhere.
fn abreger(words: &str, autour: usize, first: bool, last: bool) -> String {
    let all: Vec<&str> = words.split(' ').collect();
    let (before, after) = (
        if first { 0 } else { autour },
        if last { 0 } else { autour },
    );
    if all.len() <= before + after + 1 {
        return words.to_owned();
    }
    let start = all.get(..before).unwrap_or_default().join(" ");
    let end = all.get(all.len() - after..).unwrap_or_default().join(" ");
    [start.as_str(), "…", end.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        assert_eq!(en_ligne(&comparer(old, new), 2), expected);
    }

    #[test]
    fn words_that_changed_stand_out() {
        check("a b c", "a b c", "");
        check("l'un\n« deux »", "l’un «\u{a0}deux\u{a0}»", "");
        check(
            "au plus 100 jours.",
            "au plus 90 jours.",
            "au plus [-100-] {+90+} jours.",
        );
        check("a b", "a b c", "a b {+c+}");
        check("a b c", "b c", "[-a-] b c");
        check("", "a", "{+a+}");
        check("a a a", "a a", "a a [-a-]");
        check("a b c d", "a x c y", "a [-b-] {+x+} c [-d-] {+y+}");
        check(
            "1 2 3 4 5 6 7 x 1 2 3 4 5 6",
            "1 2 3 4 5 6 7 y 1 2 3 4 5 6",
            "… 6 7 [-x-] {+y+} 1 2 …",
        );
    }
}
