//! The commands: arguments in, success or failure out. Data on the standard output, messages on the standard error.

use crate::agenda;
mod service;
mod versions;

use crate::args::{BuildArgs, Cli, Command};
use crate::build::{Kept, build, read_input};
use crate::diagnostic::{Diagnostic, Faults};
use crate::documents::documents;
use crate::empreintes::{self, Sources};
use crate::evaluate::{self, Format};
use crate::output::{self, Output, OutputError};
use crate::planifier::{self, Demande};
use crate::programme;
use crate::query;
use crate::read::read_site;
use crate::serve::ServeError;
use crate::source::{read_tree, shown};
use crate::threads;
use crate::wasm::{self, Modules, WasmError};
use chrono::NaiveDate;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf, absolute};
use std::time::{Duration, Instant};

/// Why a command did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Faults of content or data, already told.
    #[error("")]
    Told,
    /// The modules of the browser.
    #[error("{0}")]
    Wasm(String),
    /// The site could not be written.
    #[error("{0}")]
    Output(String),
    /// The server could not start.
    #[error("{0}")]
    Serve(String),
    /// The standard output could not be written.
    #[error("the output cannot be written: {0}")]
    Io(#[from] io::Error),
}

impl From<WasmError> for Failure {
    fn from(error: WasmError) -> Self {
        Self::Wasm(error.to_string())
    }
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Self {
        Self::Output(error.to_string())
    }
}

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Self {
        Self::Serve(error.to_string())
    }
}

/// Runs a command.
///
/// # Errors
/// What stopped it; [`Failure::Told`] where the faults have been told already.
pub fn run(cli: Cli) -> Result<(), Failure> {
    match cli.command {
        Command::Build(args) => build_command(&args),
        Command::Serve { port, build } => service::run(port, &build),
        Command::Check { dir } => check_command(dir.as_deref()),
        Command::Evaluate {
            dossiers,
            date,
            json,
            content,
        } => {
            let format = if json { Format::Json } else { Format::Text };
            evaluate_command(&dossiers, date, format, content)
        }
        Command::Plan {
            dossier,
            date,
            reserve_jours,
            json,
            content,
        } => {
            let demande = Demande {
                date,
                reserve_jours,
                format: if json { Format::Json } else { Format::Text },
            };
            plan_command(&dossier, demande, content)
        }
        Command::Agenda {
            dossier,
            date,
            content,
        } => agenda_command(&dossier, date, content),
        Command::Versions(command) => versions::run(command),
        Command::Search {
            query,
            json,
            questions,
            content,
        } => {
            let content = content.unwrap_or_else(|| usual("content"));
            search_command(
                &query.join(" "),
                query::Answers { json, questions },
                &content,
            )
        }
    }
}

/// The repository that this program was compiled from.
fn repository() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
}

/// The current directory's folder of that name, else the repository's.
fn usual(name: &str) -> PathBuf {
    let here = PathBuf::from(name);
    if here.is_dir() {
        here
    } else {
        repository().join(name)
    }
}

impl BuildArgs {
    fn content(&self) -> PathBuf {
        self.content.clone().unwrap_or_else(|| usual("content"))
    }

    fn www(&self) -> PathBuf {
        self.www.clone().unwrap_or_else(|| usual("www"))
    }

    fn modules(&self) -> Result<Modules, WasmError> {
        match &self.wasm {
            Some(folder) => wasm::ready(folder),
            None => wasm::compiled(&repository()),
        }
    }

    /// What `serve` watches: the two folders, and the sources of the modules unless ready ones are given.
    fn watched(&self) -> Vec<PathBuf> {
        let mut folders = vec![self.content(), self.www()];
        if self.wasm.is_none() {
            let sources = ["calc-core/src", "calc-wasm/src", "search/src"];
            folders.extend(sources.map(|folder| repository().join(folder)));
        }
        let whole = |folder: PathBuf| absolute(&folder).unwrap_or(folder);
        folders.into_iter().map(whole).collect()
    }
}

/// Tells what is wrong, if anything is.
fn tell(faults: &Faults) {
    let mut err = io::stderr().lock();
    let colour = err.is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let _ = err.write_all(faults.render(colour).as_bytes());
}

/// Tells the faults; an error of the content ends the command. `consequence` is said after their number.
fn stop_at_errors(faults: &Faults, consequence: &str) -> Result<(), Failure> {
    tell(faults);
    let count = match faults.errors() {
        0 => return Ok(()),
        1 => "1 erreur".to_owned(),
        count => format!("{count} erreurs"),
    };
    let _ = writeln!(io::stderr(), "{count}{consequence}");
    Err(Failure::Told)
}

/// What was built.
struct Built {
    pages: usize,
    bytes: usize,
    time: Duration,
    /// What pages were made with.
    kept: Option<Kept>,
}

fn build_once(
    args: &BuildArgs,
    modules: impl FnOnce() -> Result<Modules, WasmError>,
) -> Result<Built, Failure> {
    let start = Instant::now();
    let output = Output::to(&args.out, args.compress)?;
    let mut faults = Faults::default();
    let input = read_input(&args.content(), &args.www(), &mut faults);
    let sources = Sources::of(&input);
    let base_url = args.base_url.as_deref();
    let kept = build(input, modules, base_url, &output, &mut faults)?;
    stop_at_errors(&faults, "\u{a0}: rien n'a été écrit")?;
    empreintes::add(&output, &sources);
    let (pages, bytes) = (count_pages(&output), count_bytes(&output));
    output.publish()?;
    let time = start.elapsed();
    Ok(Built {
        pages,
        bytes,
        time,
        kept,
    })
}

fn count_bytes(output: &Output) -> usize {
    output.made().values().map(|made| made.length).sum()
}

fn count_pages(output: &Output) -> usize {
    let made = output.made();
    made.keys().filter(|name| output::is_page(name)).count()
}

fn build_command(args: &BuildArgs) -> Result<(), Failure> {
    // Packing takes seconds, which are better shared.
    if !args.compress {
        threads::take_one();
    }
    let mut built = build_once(args, || args.modules())?;
    // The process ends: what it keeps need not be taken apart piece by piece.
    std::mem::forget(built.kept.take());
    let (pages, bytes, time) = (built.pages, built.bytes, built.time.as_millis());
    writeln!(
        io::stdout(),
        "{pages} pages, {bytes} bytes in {time} ms: {}",
        args.out.display()
    )?;
    Ok(())
}

/// A build that failed says why, and the last good site goes on.
fn told(built: Result<Built, Failure>) -> Option<Built> {
    match built {
        Ok(built) => Some(built),
        Err(Failure::Told) => None,
        Err(failure) => {
            let _ = writeln!(io::stderr(), "error: {failure}");
            None
        }
    }
}

fn check_command(dir: Option<&Path>) -> Result<(), Failure> {
    threads::take_one();
    let (content, www) = match dir {
        None => (usual("content"), usual("www")),
        Some(dir) if dir.join("programme.toml").is_file() => (dir.to_path_buf(), usual("www")),
        Some(dir) => (dir.join("content"), dir.join("www")),
    };
    let mut faults = Faults::default();
    let input = read_input(&content, &www, &mut faults);
    // The pages do not depend on the modules: their links and anchors are checked without.
    let output = Output::nowhere();
    let modules = || Ok(Modules::default());
    build(input, modules, None, &output, &mut faults)?;
    stop_at_errors(&faults, "")?;
    let pages = count_pages(&output);
    writeln!(io::stdout(), "{pages} pages, no fault")?;
    Ok(())
}

fn evaluate_command(
    dossiers: &[PathBuf],
    date: NaiveDate,
    format: Format,
    content: Option<PathBuf>,
) -> Result<(), Failure> {
    let programme = core_programme(&content.unwrap_or_else(|| usual("content")))?;
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    let all_good = evaluate::run(dossiers, &programme, date, format, (&mut out, &mut err))?;
    out.flush()?;
    if all_good { Ok(()) } else { Err(Failure::Told) }
}

fn plan_command(dossier: &Path, demande: Demande, content: Option<PathBuf>) -> Result<(), Failure> {
    let programme = core_programme(&content.unwrap_or_else(|| usual("content")))?;
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    let read = planifier::run(dossier, &programme, demande, (&mut out, &mut err))?;
    out.flush()?;
    if read { Ok(()) } else { Err(Failure::Told) }
}

fn agenda_command(
    dossier: &Path,
    date: NaiveDate,
    content: Option<PathBuf>,
) -> Result<(), Failure> {
    let programme = core_programme(&content.unwrap_or_else(|| usual("content")))?;
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    let read = agenda::run(dossier, &programme, date, (&mut out, &mut err))?;
    out.flush()?;
    if read { Ok(()) } else { Err(Failure::Told) }
}

/// The programme as the core reads it.
fn core_programme(content: &Path) -> Result<calc_core::Programme, Failure> {
    let mut faults = Faults::default();
    let tree = read_tree(content, &shown(content), &mut faults);
    let source = tree.text("programme.toml");
    if source.is_none() {
        faults.push(Diagnostic::error(format!(
            "il manque le fichier {}/programme.toml",
            content.display()
        )));
    }
    let read = source.and_then(|source| programme::read(source, &mut faults));
    let core = read.and_then(|programme| programme.to_core(&mut faults).cloned());
    stop_at_errors(&faults, "")?;
    core.ok_or(Failure::Told)
}

fn search_command(query: &str, answers: query::Answers, content: &Path) -> Result<(), Failure> {
    let mut faults = Faults::default();
    let tree = read_tree(content, &shown(content), &mut faults);
    let site = read_site(&tree, &mut faults);
    stop_at_errors(&faults, "")?;
    let site = site.ok_or(Failure::Told)?;
    let www = usual("www");
    let www = read_tree(&www, &shown(&www), &mut faults);
    let bytes = search::build(&documents(&site, &www), &site.lexique);
    let index =
        search::Index::from_bytes(&bytes).map_err(|error| Failure::Output(error.to_string()))?;
    let mut out = io::stdout().lock();
    query::run(query, &index, answers, &mut io::stdin().lock(), &mut out)?;
    Ok(())
}
