//! The head of a content file: TOML between two `+++` lines, then the text.

use crate::diagnostic::{Diagnostic, Faults};
use crate::source::Source;
use crate::toml_file::Toml;
use memchr::memmem;
use std::iter::once;
use std::ops::Range;
use std::sync::Arc;

/// The two parts of a content file.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    /// The head.
    pub(crate) head: Toml<'a>,
    /// The bytes of the text.
    pub(crate) body: Range<usize>,
}

const FENCE: &str = "+++";

/// Cuts a file in two; says what is missing where it cannot.
pub(crate) fn split<'a>(source: &'a Arc<Source>, faults: &mut Faults) -> Option<Parts<'a>> {
    let mut fences = fences(&source.text);
    let (first, second) = (fences.next(), fences.next());
    let Some(open) = first.filter(|open| open.start == 0) else {
        let fault = Diagnostic::error("ce fichier ne commence pas par `+++`").at(source, 0..0);
        faults.push(fault.hint("l'en-tête TOML se tient entre deux lignes `+++`, tout en haut"));
        return None;
    };
    let Some(close) = second else {
        let fault = Diagnostic::error("l'en-tête n'est pas fermé").at(source, open);
        faults.push(fault.hint("ajoutez une ligne `+++` après la dernière clé"));
        return None;
    };
    let head = Toml {
        source,
        span: (open.end + 1).min(close.start)..close.start,
    };
    let body = (close.end + 1).min(source.text.len())..source.text.len();
    Some(Parts { head, body })
}

/// The lines that are a fence, their line end not included.
fn fences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let others = memmem::find_iter(text.as_bytes(), "\n+++").map(|at| at + 1);
    let starts = once(0).chain(others);
    starts.filter_map(|start| {
        let line = text.get(start..)?.lines().next()?;
        (line.trim_end() == FENCE).then_some(start..start + line.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<(&str, &str), &str>) {
        let source = Source::shared("x.md", text);
        let mut faults = Faults::default();
        let parts = split(&source, &mut faults);
        let read = parts.map(|p| (&source.text[p.head.span], &source.text[p.body]));
        match expected {
            Ok(expected) => assert_eq!(read, Some(expected)),
            Err(message) => assert!(faults.render(false).contains(message)),
        }
    }

    #[test]
    fn heads_and_bodies() {
        check("+++\na = 1\n+++\nTexte\n", Ok(("a = 1\n", "Texte\n")));
        check("+++\n+++\n", Ok(("", "")));
        check("+++\n+++", Ok(("", "")));
        check("+++\na = 1\n+++ \nb\n+++\n", Ok(("a = 1\n", "b\n+++\n")));
        check("Texte", Err("ne commence pas"));
        check("\n+++\n+++\n", Err("ne commence pas"));
        check("+++\na = 1\n", Err("n'est pas fermé"));
        check("", Err("ne commence pas"));
    }
}
