//! The arguments of the command line.

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Static site generator and command line of the CaRE Domaine 1 bis site.
#[derive(Debug, Parser)]
#[command(name = "sitegen", version)]
pub struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Builds the site; all faults at once, and then nothing is written.
    Build(BuildArgs),
    /// Builds, serves on 127.0.0.1, rebuilds and reloads open pages on change.
    Serve {
        /// Port of 127.0.0.1.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        #[command(flatten)]
        build: BuildArgs,
    },
    /// Checks content, links, anchors and sources without writing anything.
    Check {
        /// The project's folder, or its `content` folder.
        dir: Option<PathBuf>,
    },
    /// Evaluates dossiers, in order.
    Evaluate {
        /// Saved dossiers; `-` is the standard input.
        #[arg(required = true)]
        dossiers: Vec<PathBuf>,
        /// The day of the evaluation: 2026-11-23.
        #[arg(long, value_parser = read_day)]
        date: NaiveDate,
        /// One line of JSON per dossier.
        #[arg(long)]
        json: bool,
        /// Folder of the content.
        #[arg(long)]
        content: Option<PathBuf>,
    },
    /// Plans the audits still to come of a dossier: the fewest, on working days, that hold under the strictest reading.
    Plan {
        /// A saved dossier; `-` is the standard input.
        dossier: PathBuf,
        /// The day that the plan is made on: 2026-11-23.
        #[arg(long, value_parser = read_day)]
        date: NaiveDate,
        /// The slack to keep on each limit, in days, 0 to 60; less where no more fits.
        #[arg(long, default_value_t = calc_core::RESERVE_JOURS, value_parser = clap::value_parser!(i64).range(0..=60))]
        reserve_jours: i64,
        /// One line of JSON.
        #[arg(long)]
        json: bool,
        /// Folder of the content.
        #[arg(long)]
        content: Option<PathBuf>,
    },
    /// The calendar file (.ics) of a dossier: its deadlines, its planned audits and exercises, with reminders.
    Agenda {
        /// A saved dossier; `-` is the standard input.
        dossier: PathBuf,
        /// The day that the dossier is seen on; nothing earlier is written: 2026-11-23.
        #[arg(long, value_parser = read_day)]
        date: NaiveDate,
        /// Folder of the content.
        #[arg(long)]
        content: Option<PathBuf>,
    },
    #[command(flatten)]
    Versions(VersionsCommand),
    /// Searches as the site does.
    Search {
        /// Words; `-` reads one query per line from the standard input.
        #[arg(required = true)]
        query: Vec<String>,
        /// One line of JSON per query.
        #[arg(long)]
        json: bool,
        /// Questions only.
        #[arg(long)]
        questions: bool,
        /// Folder of the content.
        #[arg(long)]
        content: Option<PathBuf>,
    },
}

/// The commands of the official text's versions.
#[derive(Debug, Subcommand)]
pub(crate) enum VersionsCommand {
    /// Reads the official text, as extracted from its PDF, into a new content folder.
    Import {
        /// The text, in UTF-8.
        texte: PathBuf,
        /// The folder to make: it must not exist, or be empty.
        #[arg(long)]
        out: PathBuf,
        /// The content whose questions are replaced: settings, objectives, guide and the rest come from there.
        #[arg(long)]
        content: Option<PathBuf>,
    },
    /// Compares two versions of the questions, and says what of the site rests on what changed.
    Diff {
        /// The older one: a content folder, or the official text.
        ancien: PathBuf,
        /// The newer one.
        nouveau: PathBuf,
        /// One JSON value.
        #[arg(long)]
        json: bool,
        /// Writes a draft of an entry of `content/nouveautes/` there; the file must not exist.
        #[arg(long, value_name = "FILE")]
        nouveaute: Option<PathBuf>,
        /// The content that rests on the questions.
        #[arg(long)]
        content: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct BuildArgs {
    /// Folder of the content.
    #[arg(long)]
    pub(crate) content: Option<PathBuf>,
    /// Folder of templates, styles and scripts.
    #[arg(long)]
    pub(crate) www: Option<PathBuf>,
    /// Ready-made browser modules, instead of compiling them.
    #[arg(long)]
    pub(crate) wasm: Option<PathBuf>,
    /// Where the site is written.
    #[arg(long, default_value = "dist")]
    pub(crate) out: PathBuf,
    /// Address where the site will stand, for canonical links and the map of the site.
    #[arg(long, value_parser = read_base)]
    pub(crate) base_url: Option<String>,
    /// Puts `.br` and `.gz` beside every text file, for servers that send them as they are.
    #[arg(long)]
    pub(crate) compress: bool,
}

fn read_day(text: &str) -> Result<NaiveDate, String> {
    calc_core::lire_date(text).ok_or_else(|| "a day such as 2026-11-23 is expected".to_owned())
}

fn read_base(text: &str) -> Result<String, String> {
    let scheme = text.starts_with("https://") || text.starts_with("http://");
    if !scheme || text.contains(['?', '#', '"', '<', ' ']) {
        return Err("an address such as https://example.fr/care/ is expected".to_owned());
    }
    Ok(format!("{}/", text.trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn addresses_end_with_a_slash() {
        assert_eq!(
            read_base("https://x.fr/care").as_deref(),
            Ok("https://x.fr/care/")
        );
        assert_eq!(read_base("https://x.fr/").as_deref(), Ok("https://x.fr/"));
        assert!(read_base("x.fr").is_err());
        assert!(read_base("https://x.fr/?a").is_err());
    }

    #[test]
    fn days_are_days() {
        assert!(read_day("2026-11-23").is_ok());
        assert!(read_day("2026-02-30").is_err());
        assert!(read_day("23/11/2026").is_err());
    }
}
