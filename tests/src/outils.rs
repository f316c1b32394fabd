//! Programs of others that read what the site writes. A machine that lacks one is told plainly, and the test goes on.

use crate::site::repository;
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Says on the terminal, past the capture of the tests' output, that a test could not be done.
///
/// # Panics
/// Where the standard error is closed.
pub fn not_done(test: &str, lacking: &str) {
    let mut terminal = std::io::stderr();
    writeln!(terminal, "\nNOT TESTED: {test}: {lacking}").expect("a standard error");
}

/// What three independent libraries of Python read in a calendar file: a list of events for each, by its name.
/// `None` where they are not installed: `tests/run` does it, in `target/lecteurs`.
///
/// # Panics
/// Where one of them refuses the file, with what it says.
#[must_use]
pub fn read_calendar(file: &Path) -> Option<Value> {
    let python = repository().join("target/lecteurs/bin/python");
    if !python.exists() {
        not_done(
            "calendar files read by Python's icalendar, vobject and ics",
            "they are not installed; run tests/run on a machine that reaches a Python package index",
        );
        return None;
    }
    let done = Command::new(python)
        .arg(repository().join("tests/lecteurs/agenda.py"))
        .arg(file)
        .output()
        .expect("python");
    assert!(
        done.status.success(),
        "{}: {}",
        file.display(),
        String::from_utf8_lossy(&done.stderr)
    );
    Some(serde_json::from_slice(&done.stdout).expect("JSON"))
}

/// `LibreOffice` on the path; `None` where it is not installed.
#[must_use]
pub fn libreoffice() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let found = std::env::split_paths(&path)
        .map(|folder| folder.join("soffice"))
        .find(|program| program.exists());
    if found.is_none() {
        not_done(
            "CSV files read and written by LibreOffice Calc",
            "it is not installed; apt-get install libreoffice-calc",
        );
    }
    found
}
