//! Throw-away contents: a copy of the repository's `content/` and `www/` to break at will.

use crate::browser::fresh_folder;
use crate::site::{repository, sitegen};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A copy of the content, gone with the test.
#[derive(Debug)]
pub struct Projet {
    folder: PathBuf,
}

impl Projet {
    /// Copies the repository's content and templates.
    #[must_use]
    pub fn copy() -> Self {
        let folder = fresh_folder();
        for name in ["content", "www"] {
            copy_tree(&repository().join(name), &folder.join(name));
        }
        Self { folder }
    }

    /// Where it stands.
    #[must_use]
    pub fn path(&self, relative: &str) -> PathBuf {
        self.folder.join(relative)
    }

    /// Writes a file.
    ///
    /// # Panics
    /// Where it cannot be written.
    #[must_use]
    pub fn with_file(self, relative: &str, text: &str) -> Self {
        std::fs::write(self.path(relative), text).expect("the file is written");
        self
    }

    /// Replaces a text in a file; the text must be there.
    ///
    /// # Panics
    /// Where the file or the text is missing.
    #[must_use]
    pub fn with_change(self, relative: &str, from: &str, to: &str) -> Self {
        let old = std::fs::read_to_string(self.path(relative)).expect("the file is there");
        assert!(old.contains(from), "`{from}` is not in {relative}");
        self.with_file(relative, &old.replace(from, to))
    }

    /// Removes a file.
    ///
    /// # Panics
    /// Where it is missing.
    #[must_use]
    pub fn without(self, relative: &str) -> Self {
        std::fs::remove_file(self.path(relative)).expect("the file was there");
        self
    }

    /// Runs a `sitegen` command on this content.
    ///
    /// # Panics
    /// Where it cannot be started.
    #[must_use]
    pub fn sitegen(&self, arguments: &[&str]) -> Output {
        Command::new(sitegen())
            .args(arguments)
            .current_dir(&self.folder)
            .output()
            .expect("sitegen starts")
    }
}

impl Drop for Projet {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Copies a folder and what is in it.
///
/// # Panics
/// Where a file cannot be read or written.
pub fn copy_tree(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from)
        .expect("the folder is there")
        .flatten()
    {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy_tree(&source, &target);
        } else {
            std::fs::copy(&source, &target).expect("the file is copied");
        }
    }
}
