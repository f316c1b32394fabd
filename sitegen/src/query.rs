//! `sitegen search`: the same engine as the site's, for a terminal or for programs.

use search::{Index, Options, Segment, Touche};
use serde_json::json;
use std::io::{self, BufRead, Write};

/// How answers are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answers {
    /// One line of JSON per query.
    pub(crate) json: bool,
    /// Questions only.
    pub(crate) questions: bool,
}

/// Answers one query, or each line of `input` where the query is `-`. A reader that has had enough (`… | head`) ends it
/// without a word.
///
/// # Errors
/// Where the input cannot be read or the output written.
pub(crate) fn run(
    query: &str,
    index: &Index,
    answers: Answers,
    input: &mut impl BufRead,
    out: &mut impl Write,
) -> io::Result<()> {
    match answer_all(query, index, answers, input, out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        ended => ended,
    }
}

fn answer_all(
    query: &str,
    index: &Index,
    answers: Answers,
    input: &mut impl BufRead,
    out: &mut impl Write,
) -> io::Result<()> {
    if query != "-" {
        return answer(query, index, answers, out);
    }
    for line in input.lines() {
        answer(line?.trim_end_matches('\r'), index, answers, out)?;
    }
    Ok(())
}

fn answer(query: &str, index: &Index, answers: Answers, out: &mut impl Write) -> io::Result<()> {
    let options = Options {
        groupe: answers.questions.then(|| "question".to_owned()),
        prefixe: true,
        extraits: !answers.json,
        ..Options::default()
    };
    let found = index.search(query, &options).touches;
    if answers.json {
        let ids: Vec<&str> = found.iter().map(|touche| touche.id.as_str()).collect();
        return writeln!(out, "{}", json!({"q": query, "resultats": ids}));
    }
    if found.is_empty() {
        writeln!(out, "Rien ne répond à « {query} ».")?;
    }
    found.iter().try_for_each(|touche| describe(touche, out))
}

fn describe(touche: &Touche, out: &mut impl Write) -> io::Result<()> {
    let words =
        |segments: &[Segment]| -> String { segments.iter().map(|s| s.texte.as_str()).collect() };
    let anchor = if touche.ancre.is_empty() {
        String::new()
    } else {
        format!("#{}", touche.ancre)
    };
    writeln!(
        out,
        "{}  {}\n    {}{anchor}",
        touche.id, touche.titre, touche.url
    )?;
    let extrait = words(&touche.extrait);
    if extrait.is_empty() {
        Ok(())
    } else {
        writeln!(out, "    {extrait}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The other end of `… | head`, once it has its lines.
    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_leaves_is_no_failure() {
        let bytes = search::build(&[], &search::Lexique::default());
        let index = Index::from_bytes(&bytes).expect("our own bytes are read");
        let answers = Answers {
            json: true,
            questions: false,
        };
        let ended = run("-", &index, answers, &mut &b"audit\nads\n"[..], &mut Closed);
        assert!(ended.is_ok());
    }
}
