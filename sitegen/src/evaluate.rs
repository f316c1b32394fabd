//! `sitegen evaluate`: dossiers in, verdicts out, one line of JSON each or a text for a terminal.

use calc_core::{Controle, Evaluation, Faute, Programme, Verdict, evaluate, read_dossier};
use chrono::NaiveDate;
use rayon::prelude::*;
use std::fmt::Write as _;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// How the verdicts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// One line of JSON per dossier, in the order given.
    Json,
    /// French sentences for a terminal.
    Text,
}

/// Evaluates every dossier (`-` is the standard input) and writes the verdicts on `out`, the faults on `err`.
/// A dossier with faults stops none of the others. Says whether all of them could be evaluated.
///
/// # Errors
/// Where `out` or `err` cannot be written.
pub(crate) fn run(
    dossiers: &[PathBuf],
    programme: &Programme,
    date: NaiveDate,
    format: Format,
    (out, err): (&mut impl Write, &mut impl Write),
) -> io::Result<bool> {
    let mut all_good = true;
    // In slices, so that ten thousand dossiers never stand in memory at once.
    for slice in dossiers.chunks(256) {
        let answers: Vec<_> = slice
            .par_iter()
            .map(|path| one(path, programme, date, format))
            .collect();
        for (path, answer) in slice.iter().zip(answers) {
            match answer {
                Ok(text) => out.write_all(text.as_bytes())?,
                Err(faults) => {
                    all_good = false;
                    err.write_all(tell(path, &faults).as_bytes())?;
                }
            }
        }
    }
    Ok(all_good)
}

fn one(
    path: &Path,
    programme: &Programme,
    date: NaiveDate,
    format: Format,
) -> Result<String, Vec<Faute>> {
    let text = read(path)?;
    let dossier = read_dossier(&text)?;
    let evaluation = evaluate(&dossier, programme, date);
    Ok(match format {
        Format::Json => evaluation.to_json() + "\n",
        Format::Text => describe(path, &evaluation),
    })
}

/// The text of a saved dossier (`-` is the standard input).
///
/// # Errors
/// What keeps it from being read, in French.
pub(crate) fn read(path: &Path) -> Result<String, Vec<Faute>> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let fault = |message: String| {
        vec![Faute {
            chemin: String::new(),
            message,
        }]
    };
    let bytes = bytes.map_err(|e| {
        fault(format!(
            "le fichier ne peut pas être lu ({e}) : vérifiez son nom et vos droits"
        ))
    })?;
    String::from_utf8(bytes).map_err(|_| {
        fault(
            "le fichier n’est pas du texte UTF-8 : ouvrez un dossier enregistré par le calculateur"
                .into(),
        )
    })
}

/// Faults of a dossier, a line each.
pub(crate) fn tell(path: &Path, faults: &[Faute]) -> String {
    let line = |fault: &Faute| match fault.chemin.as_str() {
        "" => format!("{} : {}\n", path.display(), fault.message),
        place => format!("{} : {place} : {}\n", path.display(), fault.message),
    };
    faults.iter().map(line).collect()
}

/// The evaluation as a referent reads it in a terminal: what decides each objective, then what else does not hold.
fn describe(path: &Path, evaluation: &Evaluation) -> String {
    let mut text = format!("{} : {}\n", path.display(), evaluation.verdict.libelle());
    for result in &evaluation.objectifs {
        let (code, verdict) = (result.code.code(), result.verdict.libelle());
        let _ = writeln!(text, "\n{code:<8} {verdict:<12} {}", result.code.titre());
        let shown =
            |check: &&Controle| !matches!(check.verdict, Verdict::Atteint | Verdict::SansObjet);
        let mut shown: Vec<&Controle> = result.controles.iter().filter(shown).collect();
        if shown.is_empty() {
            shown.extend(result.controles.first());
        }
        for check in shown {
            text += &describe_check(check);
        }
    }
    let information = |i: &calc_core::Information| format!("\nÀ savoir : {}", i.texte);
    text += &evaluation
        .informations
        .iter()
        .map(information)
        .collect::<String>();
    text + "\n"
}

fn describe_check(check: &Controle) -> String {
    let subject = check
        .sujet
        .as_deref()
        .map(|s| format!("[{s}] "))
        .unwrap_or_default();
    let sources = check.sources.join(", ");
    let questions = if check.sources.len() == 1 {
        "question"
    } else {
        "questions"
    };
    let mut text = format!(
        "  {subject}{} : {} ({questions} {sources})\n",
        check.verdict.libelle(),
        check.explication
    );
    for reading in &check.lectures {
        let verdict = reading.verdict.libelle();
        let _ = writeln!(text, "      lecture « {} » : {verdict}", reading.nom);
    }
    text
}
