//! The one reader: `content/` and `www/` into memory, before anything else happens.
//!
//! Links of the file system are refused, so that a loop or a way out of the folder cannot exist; so are texts that
//! are not UTF-8 and names that would not make an address.

use crate::diagnostic::{Diagnostic, Faults};
use crate::empreintes::hex;
use memchr::memchr;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, DirEntry, File, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A larger text is a mistake, not a page.
const MOST_BYTES: u64 = 4 << 20;

/// Deeper folders are a mistake.
const MOST_DEPTH: usize = 8;

/// A text file, as read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// As the editor names it: `content/faq/objectifs/3.16.md`.
    pub(crate) path: String,
    /// Its text, without byte order mark, lines ended by `\n`.
    pub(crate) text: String,
}

impl Source {
    /// A text under a name.
    #[cfg(test)]
    pub(crate) fn shared(path: &str, text: &str) -> Arc<Self> {
        let (path, text) = (path.to_owned(), text.to_owned());
        Arc::new(Self { path, text })
    }

    /// File name without folder nor extension: `3.16`.
    pub(crate) fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// A folder, read whole. Paths are relative to it, with `/`.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// Where it stands.
    pub(crate) root: PathBuf,
    /// Texts.
    pub(crate) texts: BTreeMap<String, Arc<Source>>,
    /// Files that are copied as they are (`static/`).
    pub(crate) bytes: BTreeMap<String, Vec<u8>>,
}

impl Tree {
    /// SHA-256 of every path and file, in hexadecimal; line ends and a byte order mark do not count.
    pub(crate) fn digest(&self) -> String {
        let texts = self.texts.iter();
        let texts = texts.map(|(path, source)| (path, source.text.as_bytes()));
        let bytes = self.bytes.iter();
        let bytes = bytes.map(|(path, bytes)| (path, bytes.as_slice()));
        let mut whole = Sha256::new();
        for (path, bytes) in texts.chain(bytes) {
            // Their lengths keep apart what would run together.
            for part in [path.as_bytes(), bytes] {
                whole.update((part.len() as u64).to_le_bytes());
                whole.update(part);
            }
        }
        hex(&whole.finalize())
    }

    /// A text, by its path.
    pub(crate) fn text(&self, path: &str) -> Option<&Arc<Source>> {
        self.texts.get(path)
    }

    /// Every text under a folder that ends so, in order.
    pub(crate) fn under<'a>(
        &'a self,
        folder: &'a str,
        ending: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a Arc<Source>)> {
        let paths = self.texts.iter();
        paths.filter_map(move |(path, source)| {
            let inside = path.strip_prefix(folder)?;
            inside.ends_with(ending).then_some((inside, source))
        })
    }
}

/// Reads a folder whole; every file that cannot be read is a fault.
pub(crate) fn read_tree(root: &Path, shown: &str, faults: &mut Faults) -> Tree {
    let mut tree = Tree {
        root: root.to_path_buf(),
        ..Tree::default()
    };
    if root.is_dir() {
        let mut reading = Reading {
            shown,
            tree: &mut tree,
            faults,
            room: vec![0; ROOM],
        };
        reading.folder(root, "");
    } else {
        let message = format!("le dossier « {} » n'existe pas", root.display());
        faults.push(
            Diagnostic::error(message)
                .hint("lancez la commande à la racine du projet, ou indiquez --content et --www"),
        );
    }
    tree
}

/// Most files are shorter: they are read without asking first how long they are.
const ROOM: usize = 1 << 16;

/// A folder being read.
struct Reading<'r> {
    shown: &'r str,
    tree: &'r mut Tree,
    faults: &'r mut Faults,
    /// Where files are read, one after the other.
    room: Vec<u8>,
}

impl Reading<'_> {
    fn folder(&mut self, folder: &Path, inside: &str) {
        if inside.matches('/').count() > MOST_DEPTH {
            return self.faults.push(Diagnostic::error(format!(
                "{}/{inside} : trop de dossiers emboîtés",
                self.shown
            )));
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(inside, &error),
        };
        let mut entries: Vec<_> = entries
            .flatten()
            .map(|entry| (entry.file_name(), entry))
            .collect();
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (name, entry) in entries {
            self.entry(&name.to_string_lossy(), &entry, inside);
        }
    }

    fn entry(&mut self, name: &str, entry: &DirEntry, inside: &str) {
        if is_ignored(name) {
            return;
        }
        let inside = [inside, name].concat();
        let path = entry.path();
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(error) => return self.unreadable(&inside, &error),
        };
        let named = [self.shown, "/", &inside].concat();
        if let Some(fault) = refused(name, kind, &named) {
            self.faults.push(fault);
        } else if kind.is_dir() {
            self.folder(&path, &(inside + "/"));
        } else if inside.starts_with("static/") {
            match fs::read(&path) {
                Ok(bytes) => drop(self.tree.bytes.insert(inside, bytes)),
                Err(error) => self.unreadable(&inside, &error),
            }
        } else if let Some(source) = read_named(&path, named, &mut self.room, self.faults) {
            self.tree.texts.insert(inside, source);
        }
    }

    fn unreadable(&mut self, inside: &str, error: &io::Error) {
        let name = format!("{}/{inside}", self.shown);
        self.faults.push(unreadable(&name, error));
    }
}

/// Why an entry of a folder is neither read nor entered.
fn refused(name: &str, kind: FileType, named: &str) -> Option<Diagnostic> {
    if !is_good_name(name) {
        let message = format!("{named} : ce nom de fichier ne peut pas faire une adresse");
        let hint = "lettres sans accent, chiffres, « - », « _ » et « . » seulement";
        return Some(Diagnostic::error(message).hint(hint));
    }
    if kind.is_symlink() {
        let message = format!("{named} est un lien vers un autre fichier");
        return Some(Diagnostic::error(message).hint("copiez le fichier à cet endroit"));
    }
    // A pipe would be waited for without end.
    let message = || format!("{named} n'est ni un fichier ni un dossier");
    (!kind.is_dir() && !kind.is_file()).then(|| Diagnostic::error(message()))
}

fn unreadable(name: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(format!("{name} ne se lit pas : {error}"))
}

/// Reads one text that stands outside the folders; a file that cannot be read is a fault.
pub(crate) fn read_file(path: &Path, faults: &mut Faults) -> Option<Arc<Source>> {
    read_named(path, shown(path), &mut vec![0; ROOM], faults)
}

/// Reads again one text of a folder that was read before; none where the whole reading would say something of it.
pub(crate) fn read_within(root: &Path, shown: &str, inside: &str) -> Option<Arc<Source>> {
    let path = root.join(inside);
    let kind = fs::symlink_metadata(&path).ok()?;
    let name = format!("{shown}/{inside}");
    let mut faults = Faults::default();
    kind.is_file()
        .then(|| read_named(&path, name, &mut vec![0; ROOM], &mut faults))?
}

fn read_named(
    path: &Path,
    name: String,
    room: &mut [u8],
    faults: &mut Faults,
) -> Option<Arc<Source>> {
    match read_bytes(path, room).map(String::from_utf8) {
        Ok(Ok(text)) => {
            let text = normalise(text);
            return Some(Arc::new(Source { path: name, text }));
        }
        Ok(Err(error)) => {
            let good = error.as_bytes().get(..error.utf8_error().valid_up_to());
            let line = good
                .unwrap_or_default()
                .split(|byte| *byte == b'\n')
                .count();
            let message = format!("{name}, ligne {line} : ce n'est pas de l'UTF-8");
            faults.push(Diagnostic::error(message).hint("enregistrez le fichier en UTF-8"));
        }
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            let length = fs::metadata(path).map_or(MOST_BYTES, |kind| kind.len());
            let message = format!("{name} pèse {length} octets");
            faults.push(Diagnostic::error(message).hint(format!("{MOST_BYTES} octets au plus")));
        }
        Err(error) => faults.push(unreadable(&name, &error)),
    }
    None
}

/// A file that is not too long, in one piece if the room is enough.
fn read_bytes(path: &Path, room: &mut [u8]) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let mut read = 0;
    while let Some(free) = room.get_mut(read..).filter(|free| !free.is_empty()) {
        match file.read(free)? {
            0 => return Ok(room.get(..read).unwrap_or_default().to_vec()),
            more => read += more,
        }
    }
    let mut bytes = room.to_vec();
    file.take(MOST_BYTES).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// Without byte order mark nor carriage returns.
fn normalise(text: String) -> String {
    let marked = text.strip_prefix('\u{feff}').map(str::to_owned);
    let text = marked.unwrap_or(text);
    if memchr(b'\r', text.as_bytes()).is_some() {
        text.replace("\r\n", "\n")
    } else {
        text
    }
}

/// What editors and systems leave behind.
pub(crate) fn is_ignored(name: &str) -> bool {
    let ending = Path::new(name).extension();
    name.starts_with(['.', '#'])
        || name.ends_with('~')
        || ending.is_some_and(|ending| ending == "tmp" || ending == "swp")
}

fn is_good_name(name: &str) -> bool {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    name.chars().all(good)
}

/// A folder's name as the editor types it: relative to where the command runs, if it stands below.
pub(crate) fn shown(root: &Path) -> String {
    let here = std::env::current_dir().ok();
    let below = here.and_then(|here| root.strip_prefix(here).ok().map(Path::to_path_buf));
    let path = below.unwrap_or_else(|| root.to_path_buf());
    path.to_string_lossy()
        .trim_start_matches("./")
        .trim_end_matches('/')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../target/tmp")
            .join(format!("source-{name}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("faq")).expect("folder");
        folder
    }

    #[test]
    fn texts_are_read_and_everything_else_is_a_fault() {
        let folder = folder("faults");
        fs::write(folder.join("faq/1.1.md"), "\u{feff}a\r\nb").expect("written");
        fs::write(folder.join("faq/.1.1.md.swp"), [0xff]).expect("written");
        fs::write(folder.join("latin.md"), b"un\nd\xe9").expect("written");
        fs::write(folder.join("é t.md"), "").expect("written");
        std::os::unix::fs::symlink(".", folder.join("boucle")).expect("linked");
        let mut faults = Faults::default();
        let tree = read_tree(&folder, "content", &mut faults);
        let read: Vec<_> = tree
            .texts
            .values()
            .map(|s| (s.path.as_str(), s.text.as_str()))
            .collect();
        assert_eq!(read, [("content/faq/1.1.md", "a\nb")]);
        let said = faults.render(false);
        for expected in [
            "content/latin.md, ligne 2",
            "content/boucle est un lien",
            "ne peut pas faire une adresse",
        ] {
            assert!(said.contains(expected), "{said}");
        }
        assert_eq!(faults.errors(), 3);
    }

    #[test]
    fn a_missing_folder_is_said() {
        let mut faults = Faults::default();
        read_tree(Path::new("/nulle/part"), "content", &mut faults);
        assert!(
            faults
                .render(false)
                .contains("« /nulle/part » n'existe pas")
        );
    }
}
