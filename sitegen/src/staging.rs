//! A folder made beside the one it will replace, and the exchange of both in one step of the file system.
//!
//! At any moment the site is either the last good one or the new one, whole: a process that is killed leaves at most a
//! staged folder behind, which the next build removes. Such a folder is told from that of a build at work by a lock
//! that the system lets go of with the process.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Ending of the lock of a staged folder: a file beside it, made before it and removed after it.
const LOCK: &str = "verrou";

/// Ending of the name of a site that is being replaced in two steps.
const OLD: &str = "ancien";

/// What the name of a staged folder has between the name of its target and its number.
const ROLE: &str = "neuf";

/// How often a name may be taken by another build before this one gives up.
const MOST_BUILDS: u32 = 1000;

/// A folder in the making, and its lock. Dropped without [`Staged::replace`], it is removed.
#[derive(Debug)]
pub(crate) struct Staged {
    target: PathBuf,
    folder: PathBuf,
    _lock: File,
}

impl Staged {
    /// A new empty folder beside `target`; what dead builds left there is removed first.
    ///
    /// # Errors
    /// Where the system refuses.
    pub(crate) fn beside(target: &Path) -> io::Result<Self> {
        let parent = parent(target);
        fs::create_dir_all(parent)?;
        // Held until the own folder has its lock, so that no other build takes it for a dead one's. Where a folder
        // cannot be locked, nothing is swept.
        let guard = File::open(parent).and_then(|folder| folder.lock().map(|()| folder));
        if guard.is_ok() {
            sweep(target);
        }
        (0..MOST_BUILDS)
            .find_map(|number| Self::take(target, number).transpose())
            .unwrap_or_else(|| Err(io::ErrorKind::AlreadyExists.into()))
    }

    /// The folder of this number, unless it is another build's.
    fn take(target: &Path, number: u32) -> io::Result<Option<Self>> {
        let folder = target.with_file_name(format!("{}{number}", prefix(target)));
        let lock = match File::create_new(beside_it(&folder, LOCK)) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(None),
            made => made?,
        };
        // A file system without locks loses the sweep alone.
        let _ = lock.try_lock();
        let staged = Self {
            target: target.to_path_buf(),
            folder,
            _lock: lock,
        };
        fs::create_dir(&staged.folder)?;
        Ok(Some(staged))
    }

    /// Where to write.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Puts the folder in the place of its target, whole or not at all.
    ///
    /// # Errors
    /// Where the system refuses; the target is then as it was.
    pub(crate) fn replace(self) -> io::Result<()> {
        // Where there is no site yet another build may be faster than this one: hence the second exchange.
        let (new, target) = (&self.folder, &self.target);
        let fresh = || !target.exists() && fs::rename(new, target).is_ok();
        if exchange(new, target).is_ok() || fresh() || exchange(new, target).is_ok() {
            // What was replaced stands under the staged name now: dropping removes it.
            return Ok(());
        }
        self.replace_in_two_steps()
    }

    /// For systems that cannot exchange folders. A crash between both steps is mended by the next build.
    fn replace_in_two_steps(&self) -> io::Result<()> {
        let old = beside_it(&self.folder, OLD);
        fs::rename(&self.target, &old)?;
        if let Err(error) = fs::rename(&self.folder, &self.target) {
            fs::rename(&old, &self.target)?;
            return Err(error);
        }
        let _ = fs::remove_dir_all(&old);
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
        let _ = fs::remove_file(beside_it(&self.folder, LOCK));
    }
}

/// Both folders change places at once, so that no moment is without a site.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// Other systems take two steps.
#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn parent(target: &Path) -> &Path {
    let parent = target.parent().unwrap_or(target);
    if parent.as_os_str().is_empty() {
        Path::new(".")
    } else {
        parent
    }
}

/// How the names of staged folders of this target begin.
fn prefix(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    format!(".{name}.{ROLE}-")
}

/// The folder's own name with an ending: `.dist.neuf-0.verrou`.
fn beside_it(folder: &Path, ending: &str) -> PathBuf {
    let mut name = folder.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// Removes what builds left that are no more. A site that one of them was replacing in two steps comes back.
fn sweep(target: &Path) {
    let prefix = prefix(target);
    let entries = fs::read_dir(parent(target)).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let locks = paths.filter(|path| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name.starts_with(&prefix))
            && path.extension().is_some_and(|ending| ending == LOCK)
    });
    for lock in locks.filter(|lock| is_left_behind(lock)) {
        let old = lock.with_extension(OLD);
        if target.exists() {
            let _ = fs::remove_dir_all(&old);
        } else {
            let _ = fs::rename(&old, target);
        }
        let _ = fs::remove_dir_all(lock.with_extension(""));
        let _ = fs::remove_file(&lock);
    }
}

/// Whether the build that made this lock is no more.
fn is_left_behind(lock: &Path) -> bool {
    File::open(lock).is_ok_and(|lock| lock.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../target/tmp")
            .join(format!("staging-{name}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("folder");
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("read").flatten();
        let mut names: Vec<String> = entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_staged_folder_takes_the_place_of_the_old_one() {
        let place = place("replace");
        for text in ["1", "2"] {
            let staged = Staged::beside(&place.join("dist")).expect("staged");
            fs::write(staged.folder().join("index.html"), text).expect("written");
            staged.replace().expect("exchanged");
            let now = fs::read_to_string(place.join("dist/index.html")).expect("read");
            assert_eq!(now, text);
            assert_eq!(names(&place), ["dist"]);
            assert_eq!(names(&place.join("dist")), ["index.html"]);
        }
    }

    #[test]
    fn what_is_given_up_leaves_nothing() {
        let place = place("given-up");
        drop(Staged::beside(&place.join("dist")).expect("staged"));
        assert!(names(&place).is_empty());
    }

    #[test]
    fn what_a_dead_build_left_is_removed_and_what_a_living_one_makes_is_not() {
        let place = place("sweep");
        let dead = place.join(".dist.neuf-0");
        fs::create_dir(&dead).expect("folder");
        fs::write(dead.join("index.html"), "half").expect("written");
        fs::write(place.join(".dist.neuf-0.verrou"), "").expect("written");
        fs::write(place.join(".dist.neuf-7.verrou"), "").expect("written");
        fs::write(place.join(".autre.neuf-0.verrou"), "").expect("written");
        let first = Staged::beside(&place.join("dist")).expect("staged");
        let second = Staged::beside(&place.join("dist")).expect("staged");
        assert_eq!(
            names(&place),
            [
                ".autre.neuf-0.verrou",
                ".dist.neuf-0",
                ".dist.neuf-0.verrou",
                ".dist.neuf-1",
                ".dist.neuf-1.verrou"
            ]
        );
        assert!(names(first.folder()).is_empty());
        assert_ne!(first.folder(), second.folder());
    }

    #[test]
    fn a_site_between_two_steps_comes_back() {
        let place = place("two-steps");
        let old = place.join(".dist.neuf-0.ancien");
        fs::create_dir(&old).expect("folder");
        fs::write(old.join("index.html"), "1").expect("written");
        fs::write(place.join(".dist.neuf-0.verrou"), "").expect("written");
        drop(Staged::beside(&place.join("dist")).expect("staged"));
        let now = fs::read_to_string(place.join("dist/index.html")).expect("read");
        assert_eq!(now, "1");
    }
}
