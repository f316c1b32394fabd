//! The commands of the official text's versions: `import` and `diff`.

use super::{Failure, stop_at_errors, usual};
use crate::args::VersionsCommand;
use crate::diagnostic::Faults;
use crate::diff;
use crate::evaluate::Format;
use crate::import::{Importe, importer};
use crate::output;
use crate::source::{read_file, read_tree, shown};
use std::io::{self, Write};
use std::path::Path;

/// Runs one of them.
pub(super) fn run(command: VersionsCommand) -> Result<(), Failure> {
    match command {
        VersionsCommand::Import {
            texte,
            out,
            content,
        } => {
            let content = content.unwrap_or_else(|| usual("content"));
            import_command(&texte, &out, &content)
        }
        VersionsCommand::Diff {
            ancien,
            nouveau,
            json,
            nouveaute,
            content,
        } => {
            let format = if json { Format::Json } else { Format::Text };
            let content = content.unwrap_or_else(|| usual("content"));
            diff_command([&ancien, &nouveau], format, nouveaute.as_deref(), &content)
        }
    }
}

/// Makes a content folder of the official text.
fn import_command(texte: &Path, out: &Path, content: &Path) -> Result<(), Failure> {
    let mut faults = Faults::default();
    let tree = read_tree(content, &shown(content), &mut faults);
    let source = read_file(texte, &mut faults);
    let imported = source.and_then(|source| importer(&source, &tree, &mut faults));
    stop_at_errors(&faults, "\u{a0}: rien n'a été écrit")?;
    let Importe {
        fichiers,
        questions,
        bruit,
        conseils,
    } = imported.ok_or(Failure::Told)?;
    output::write_new(out, &fichiers)?;
    let mut stdout = io::stdout().lock();
    for (first, last, what) in bruit {
        writeln!(stdout, "lines {first}-{last}: {what}")?;
    }
    let warnings = faults.warnings();
    let place = out.display();
    writeln!(
        stdout,
        "{questions} questions, {warnings} faults told: {place}"
    )?;
    for conseil in conseils {
        writeln!(stdout, "next: {conseil}")?;
    }
    Ok(())
}

/// Compares two versions of the questions.
fn diff_command(
    sides: [&Path; 2],
    format: Format,
    nouveaute: Option<&Path>,
    content: &Path,
) -> Result<(), Failure> {
    let mut faults = Faults::default();
    let tree = read_tree(content, &shown(content), &mut faults);
    let read = sides.map(|side| diff::lire(side, &mut faults));
    stop_at_errors(&faults, "")?;
    let [Some(old), Some(new)] = read else {
        return Err(Failure::Told);
    };
    let difference = diff::difference(&old, &new, &tree, &mut faults);
    stop_at_errors(&faults, "")?;
    let difference = difference.ok_or(Failure::Told)?;
    if old.officiel != new.officiel {
        let _ = writeln!(
            io::stderr(),
            "warning: one side gives the official wording, the other restates it: every question differs"
        );
    }
    if let Some(path) = nouveaute {
        output::write_text(path, &diff::brouillon(&difference))?;
    }
    let mut out = io::stdout().lock();
    match format {
        Format::Text => out.write_all(diff::texte(&difference).as_bytes())?,
        Format::Json => writeln!(out, "{}", diff::json(&difference))?,
    }
    out.flush()?;
    Ok(())
}
