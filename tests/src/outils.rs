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

/// The settings of a spreadsheet whose dates and numbers are French.
const FRENCH: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>fr-FR</value></prop></item></oor:items>
"#;

/// The argument that has `LibreOffice` write dates and numbers as the French do; its profile stands in the folder.
///
/// # Panics
/// Where the profile cannot be written.
#[must_use]
pub fn french_profile(folder: &Path) -> String {
    let user = folder.join("profil/user");
    std::fs::create_dir_all(&user).expect("a folder");
    std::fs::write(user.join("registrymodifications.xcu"), FRENCH).expect("a profile");
    format!("-env:UserInstallation=file://{}/profil", folder.display())
}

/// What a French `LibreOffice` Calc puts on the clipboard of each of these sheets: written as CSV, kept as `.ods`, opened
/// again, its dates and numbers as it shows them. Without `LibreOffice`, the sheets as they are, apart by tabs.
///
/// # Panics
/// Where `LibreOffice` does not write what it is asked for.
#[must_use]
pub fn copied_from_calc(folder: &Path, sheets: &[(&str, String)]) -> Vec<String> {
    let Some(office) = libreoffice() else {
        let tabs = |(_, sheet): &(&str, String)| sheet.replace(';', "\t");
        return sheets.iter().map(tabs).collect();
    };
    let profile = french_profile(folder);
    let convert = |from: &str, options: &[&str]| {
        let files = sheets
            .iter()
            .map(|(name, _)| folder.join(format!("{name}.{from}")));
        let done = Command::new(&office)
            .arg(&profile)
            .arg("--headless")
            .args(options)
            .arg("--outdir")
            .arg(folder)
            .args(files)
            .output()
            .expect("LibreOffice");
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
    };
    for (name, sheet) in sheets {
        std::fs::write(folder.join(format!("{name}.csv")), sheet).expect("a sheet");
    }
    convert(
        "csv",
        &[
            "--infilter=CSV:59,34,76,1,,1036,false,true",
            "--convert-to",
            "ods",
        ],
    );
    convert(
        "ods",
        &[
            "--convert-to",
            "txt:Text - txt - csv (StarCalc):9,34,76,1,,1036,false,true",
        ],
    );
    let read = |(name, _): &(&str, String)| {
        std::fs::read_to_string(folder.join(format!("{name}.txt"))).expect("what was copied")
    };
    sheets.iter().map(read).collect()
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
