//! The one writer: the whole site into a folder beside the old one, then both are exchanged.
//!
//! Whatever goes wrong before the exchange leaves the last good site as it was. A file is written as soon as it is
//! made, so that the site never stands in memory: only its names, lengths and digests do.

use crate::assets::Publie;
use crate::compress;
use crate::staging::Staged;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// Marks a folder as ours: only such a one is ever replaced.
const MARKER: &str = ".sitegen";

/// Files ready to write: relative addresses, and their bytes.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Whether a file is a page.
pub(crate) fn is_page(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|ending| ending == "html")
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OutputError {
    /// The folder was there before and is not ours.
    #[error("{} exists and was not made by sitegen: nothing was touched\nhint: choose another folder with `--out`, or remove this one yourself", .0.display())]
    NotOurs(PathBuf),
    /// The folder holds something already.
    #[error("{} is not empty: nothing was touched\nhint: choose a new folder with `--out`", .0.display())]
    NotEmpty(PathBuf),
    /// A file that would stand outside the folder.
    #[error("`{0}` is not the address of a file of the site")]
    Address(String),
    /// The system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> OutputError {
    let path = path.to_path_buf();
    move |source| OutputError::Io { path, source }
}

/// Refuses a folder that something else made.
///
/// # Errors
/// Where the folder exists, is not empty and has no mark of ours.
pub(crate) fn check_ours(out: &Path) -> Result<(), OutputError> {
    let is_empty =
        |folder: &Path| fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    let link = fs::symlink_metadata(out).is_ok_and(|kind| kind.is_symlink());
    if link || (out.exists() && !out.join(MARKER).is_file() && !is_empty(out)) {
        return Err(OutputError::NotOurs(out.to_path_buf()));
    }
    Ok(())
}

/// What is known of a file that was made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Made {
    /// In bytes.
    pub(crate) length: usize,
    /// SHA-256.
    pub(crate) digest: [u8; 32],
    /// It is another file, compressed.
    pub(crate) packed: bool,
}

/// A site in the making. Dropped before [`Output::publish`], it leaves nothing behind.
pub(crate) struct Output {
    /// Where the site will stand; nowhere where its faults alone are asked for.
    out: Option<PathBuf>,
    compress: bool,
    /// Made with the first file.
    staged: OnceLock<Staged>,
    made: Mutex<BTreeMap<String, Made>>,
    /// The first thing that went wrong.
    fault: Mutex<Option<OutputError>>,
}

impl Output {
    /// A site that is to stand there.
    ///
    /// # Errors
    /// Where the folder is not ours.
    pub(crate) fn to(out: &Path, compress: bool) -> Result<Self, OutputError> {
        check_ours(out)?;
        Ok(Self {
            out: Some(out.to_path_buf()),
            compress,
            ..Self::nowhere()
        })
    }

    /// A site that is made to be checked and not written.
    pub(crate) fn nowhere() -> Self {
        Self {
            out: None,
            compress: false,
            staged: OnceLock::new(),
            made: Mutex::default(),
            fault: Mutex::default(),
        }
    }

    /// Takes a file. What goes wrong is told by [`Output::publish`].
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) {
        self.put_pieces(name, &[bytes]);
    }

    /// The same for a file in pieces.
    pub(crate) fn put_pieces<P: AsRef<[u8]>>(&self, name: &str, pieces: &[P]) {
        self.put_hashed(name, pieces, digest_of(pieces));
    }

    /// The same for the files of `assets/`, most of which have been hashed for their names.
    pub(crate) fn put_published(&self, files: Vec<Publie>) {
        files.into_par_iter().for_each(|file| match file.digest {
            Some(digest) => self.put_hashed(&file.chemin, &file.pieces, digest),
            None => self.put_pieces(&file.chemin, &file.pieces),
        });
    }

    fn put_hashed<P: AsRef<[u8]>>(&self, name: &str, pieces: &[P], digest: [u8; 32]) {
        self.put_form(name, pieces, digest, false);
        if self.compress {
            let pieces: Vec<&[u8]> = pieces.iter().map(AsRef::as_ref).collect();
            let packed = compress::forms(name, &pieces.concat(), |form, packed| {
                self.put_form(form, &[packed], digest_of(&[packed]), true);
            });
            packed.unwrap_or_else(|fault| self.fail(io_error(Path::new(name))(fault)));
        }
    }

    /// The same for a file that has no compressed forms.
    pub(crate) fn put_alone(&self, name: &str, bytes: &[u8]) {
        self.put_form(name, &[bytes], digest_of(&[bytes]), false);
    }

    /// The same for many, in parallel.
    pub(crate) fn put_all(&self, files: &Files) {
        let files = files.par_iter();
        files.for_each(|(name, bytes)| self.put(name, bytes));
    }

    /// Every file so far.
    pub(crate) fn made(&self) -> MutexGuard<'_, BTreeMap<String, Made>> {
        locked(&self.made)
    }

    /// Puts the site in the place of the last one.
    ///
    /// # Errors
    /// Where the system refused a file or refuses now; the last good site is then still there.
    pub(crate) fn publish(mut self) -> Result<(), OutputError> {
        if let Some(fault) = locked(&self.fault).take() {
            return Err(fault);
        }
        let staged = self.staged.take();
        let (Some(out), Some(staged)) = (&self.out, staged) else {
            return Ok(());
        };
        check_ours(out)?;
        staged.replace().map_err(io_error(out))
    }

    fn put_form<P: AsRef<[u8]>>(&self, name: &str, pieces: &[P], digest: [u8; 32], packed: bool) {
        let made = Made {
            length: pieces.iter().map(|piece| piece.as_ref().len()).sum(),
            digest,
            packed,
        };
        self.made().insert(name.to_owned(), made);
        if let Some(out) = &self.out
            && locked(&self.fault).is_none()
        {
            let folder = self.folder(out);
            let written = folder.and_then(|folder| write_file(folder, name, pieces));
            written.unwrap_or_else(|fault| self.fail(fault));
        }
    }

    /// The staged folder, made where this is the first file.
    fn folder<'a>(&'a self, out: &'a Path) -> Result<&'a Path, OutputError> {
        if let Some(staged) = self.staged.get() {
            return Ok(staged.folder());
        }
        // Under this lock two first files do not make two folders.
        let _made = self.made();
        if self.staged.get().is_none() {
            let staged = Staged::beside(out).map_err(io_error(out))?;
            let text = b"Made by sitegen: the next build replaces this folder.\n";
            write_file(staged.folder(), MARKER, &[text])?;
            drop(self.staged.set(staged));
        }
        let staged = self.staged.get();
        Ok(staged.map_or(out, Staged::folder))
    }

    fn fail(&self, fault: OutputError) {
        locked(&self.fault).get_or_insert(fault);
    }
}

/// The SHA-256 of pieces, one after the other.
pub(crate) fn digest_of<P: AsRef<[u8]>>(pieces: &[P]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for piece in pieces {
        hash.update(piece);
    }
    hash.finalize().into()
}

/// What a thread that panicked left is whole: one insertion at a time.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes files into a folder that is not there yet, or is empty: what an editor works on is never replaced.
///
/// # Errors
/// Where the folder holds something, or the system refuses; then nothing is left behind.
pub(crate) fn write_new(out: &Path, files: &Files) -> Result<(), OutputError> {
    let empty = fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_none());
    if fs::symlink_metadata(out).is_ok() && !empty {
        return Err(OutputError::NotEmpty(out.to_path_buf()));
    }
    let staged = Staged::beside(out).map_err(io_error(out))?;
    write_all(staged.folder(), files)?;
    staged.replace().map_err(io_error(out))
}

/// Writes one text that is not there yet.
///
/// # Errors
/// Where the file exists, or the system refuses.
pub(crate) fn write_text(path: &Path, text: &str) -> Result<(), OutputError> {
    let new = fs::File::create_new(path);
    new.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(io_error(path))
}

fn write_all(folder: &Path, files: &Files) -> Result<(), OutputError> {
    files
        .iter()
        .try_for_each(|(address, bytes)| write_file(folder, address, &[bytes]))
}

fn write_file<P: AsRef<[u8]>>(
    folder: &Path,
    address: &str,
    pieces: &[P],
) -> Result<(), OutputError> {
    let plain = Path::new(address)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if !plain || address.is_empty() {
        return Err(OutputError::Address(address.to_owned()));
    }
    let path = folder.join(address);
    let parent = path.parent().unwrap_or(folder);
    fs::create_dir_all(parent).map_err(io_error(parent))?;
    let write = || {
        let mut file = fs::File::create(&path)?;
        let mut pieces = pieces.iter();
        pieces.try_for_each(|piece| file.write_all(piece.as_ref()))
    };
    write().map_err(io_error(&path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../target/tmp")
            .join(format!("output-{name}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("folder");
        folder
    }

    fn files(entries: &[(&str, &str)]) -> Files {
        entries
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
            .collect()
    }

    fn write(out: &Path, files: &Files) -> Result<(), OutputError> {
        let output = Output::to(out, false)?;
        output.put_all(files);
        output.publish()
    }

    #[test]
    fn a_new_site_replaces_the_old_one_whole() {
        let out = folder("replace").join("dist");
        write(
            &out,
            &files(&[("index.html", "1"), ("old/index.html", "1")]),
        )
        .expect("written");
        write(&out, &files(&[("index.html", "2")])).expect("written");
        assert_eq!(
            fs::read_to_string(out.join("index.html")).expect("read"),
            "2"
        );
        assert!(!out.join("old").exists());
        let left: Vec<_> = fs::read_dir(out.parent().expect("parent"))
            .expect("read")
            .collect();
        assert_eq!(left.len(), 1);
    }

    #[test]
    fn a_folder_of_somebody_else_is_left_alone() {
        let out = folder("foreign");
        fs::write(out.join("thesis.txt"), "x").expect("written");
        let refused = write(&out, &files(&[("index.html", "1")]));
        assert!(matches!(refused, Err(OutputError::NotOurs(_))));
        assert!(out.join("thesis.txt").is_file());
    }

    #[test]
    fn a_new_folder_is_written_whole_and_never_replaced() {
        let out = folder("new").join("officiel");
        let ours = files(&[("faq/1.md", "1")]);
        write_new(&out, &ours).expect("written");
        assert!(!out.join(MARKER).exists());
        assert!(matches!(
            write_new(&out, &files(&[("faq/1.md", "2")])),
            Err(OutputError::NotEmpty(_))
        ));
        assert_eq!(fs::read_to_string(out.join("faq/1.md")).expect("read"), "1");
    }

    #[test]
    fn a_failed_write_leaves_the_last_good_site() {
        let out = folder("failed").join("dist");
        write(&out, &files(&[("index.html", "1")])).expect("written");
        for bad in ["../x", "/etc/x", "a/../../x", ""] {
            assert!(
                write(&out, &files(&[(bad, "2"), ("index.html", "2")])).is_err(),
                "{bad}"
            );
        }
        assert_eq!(
            fs::read_to_string(out.join("index.html")).expect("read"),
            "1"
        );
        assert_eq!(
            fs::read_dir(out.parent().expect("parent"))
                .expect("read")
                .count(),
            1
        );
    }
}
