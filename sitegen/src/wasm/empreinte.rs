//! From what the modules are made: the name under which they are kept, and what cargo must compile anew.

use super::{TARGET, WasmError, io_error};
use crate::empreintes::hex;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crates that travel, each in the folder of its name.
const PACKAGES: [&str; 3] = ["calc-core", "calc-wasm", "search"];

/// What else their compiled form depends on.
const SHARED: [&str; 2] = ["Cargo.toml", "Cargo.lock"];

/// What binds, cuts and packs the modules: as it runs here, whatever has become of its files since this program was compiled.
const OWN: [&str; 12] = [
    include_str!("../bare.rs"),
    include_str!("../wasm.rs"),
    include_str!("doors.rs"),
    include_str!("empreinte.rs"),
    include_str!("kept.rs"),
    include_str!("links.rs"),
    include_str!("literal.rs"),
    include_str!("pack.rs"),
    include_str!("plan.rs"),
    include_str!("silence.rs"),
    include_str!("split.rs"),
    include_str!("split/tests.rs"),
];

/// The compiler of this program, which is that of the modules too: `rustc 1.89.0 (…), …, LLVM version: 20.1.7`.
const COMPILATEUR: &str = env!("SITEGEN_RUSTC");

/// A name that changes with all that the modules are made from.
pub(super) fn fingerprint(repository: &Path) -> Result<String, WasmError> {
    let mut hash = Sha256::new();
    hash.update(COMPILATEUR);
    for text in OWN {
        hash.update(text);
    }
    for name in SHARED.iter().chain(&PACKAGES) {
        add(&mut hash, &repository.join(name))?;
    }
    Ok(hex(&hash.finalize()[..8]))
}

fn add(hash: &mut Sha256, path: &Path) -> Result<(), WasmError> {
    for file in source_files(path) {
        hash.update(file.to_string_lossy().as_bytes());
        hash.update(std::fs::read(&file).map_err(io_error(&file))?);
    }
    Ok(())
}

/// The files of a crate that its compiled form depends on, in order; a file stands for itself.
fn source_files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_path_buf()];
    }
    let mut files: Vec<_> = std::fs::read_dir(path)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .collect();
    files.sort();
    // Tests, benches and examples do not travel.
    files.retain(|f| {
        !["tests", "benches", "examples", "target"]
            .iter()
            .any(|n| f.ends_with(n))
    });
    files
        .iter()
        .flat_map(|f| source_files(f))
        .filter(|f| f.extension().is_some_and(|e| e == "rs" || e == "toml"))
        .collect()
}

/// The sources that are about to be compiled.
#[derive(Debug)]
pub(super) struct Sources {
    /// By crate: where the digest of what was compiled last stands, and the digest now.
    stamps: Vec<(PathBuf, String)>,
}

/// Cargo takes a file that is older than what it compiled for one that it has seen, which is wrong where files keep their
/// times as they are copied, or a whole `target/` is: what changed by its content is taken out of `build`, the folder of
/// cargo's work.
pub(super) fn make_fresh(repository: &Path, build: &Path) -> Result<Sources, WasmError> {
    let sources = Sources::of(repository, build)?;
    let changed = sources.changed();
    if build.is_dir() && !changed.is_empty() {
        for (stamp, _) in &changed {
            let _ = std::fs::remove_file(stamp);
        }
        let names = changed.iter().filter_map(|(stamp, _)| stamp.file_name());
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(repository).args(["clean", "--quiet"]);
        command.args(["--locked", "--profile", "wasm", "--target", TARGET]);
        command.arg("--target-dir").arg(build);
        for name in names {
            command.arg("--package").arg(name);
        }
        // Where this fails, compiling says why.
        let _ = command.env_remove("CARGO_TARGET_DIR").status();
    }
    Ok(sources)
}

impl Sources {
    fn of(repository: &Path, build: &Path) -> Result<Self, WasmError> {
        let stamp = |name: &str| {
            let mut hash = Sha256::new();
            add(&mut hash, &repository.join(name))?;
            Ok((build.join("sources").join(name), hex(&hash.finalize())))
        };
        let stamps: Result<_, WasmError> = PACKAGES.into_iter().map(stamp).collect();
        Ok(Self { stamps: stamps? })
    }

    /// Those that are not what was compiled last.
    fn changed(&self) -> Vec<&(PathBuf, String)> {
        let stamps = self.stamps.iter();
        let known = |(stamp, digest): &&(PathBuf, String)| {
            std::fs::read_to_string(stamp).is_ok_and(|known| known == *digest)
        };
        stamps.filter(|stamp| !known(stamp)).collect()
    }

    /// Notes that they were compiled.
    pub(super) fn compiled(&self) -> Result<(), WasmError> {
        for (stamp, digest) in &self.stamps {
            let folder = stamp.parent().unwrap_or(stamp);
            std::fs::create_dir_all(folder).map_err(io_error(folder))?;
            std::fs::write(stamp, digest).map_err(io_error(stamp))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR"))
    }

    #[test]
    fn every_file_of_ours_counts() {
        let mut files = source_files(&manifest().join("src/wasm"));
        files.extend(["bare.rs", "wasm.rs"].map(|name| manifest().join("src").join(name)));
        assert_eq!(files.len(), OWN.len());
        for file in files {
            let text = std::fs::read_to_string(&file).expect("read");
            assert!(OWN.contains(&text.as_str()), "{}", file.display());
        }
    }

    #[test]
    fn what_changes_by_its_content_is_compiled_anew_whatever_its_time() {
        let repository = manifest().join("../target/tmp/empreinte");
        let _ = std::fs::remove_dir_all(&repository);
        let write = |name: &str, text: &str| {
            let file = repository.join(name);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("folder");
            std::fs::write(file, text).expect("written");
        };
        for name in [
            "Cargo.toml",
            "Cargo.lock",
            "calc-core/src/lib.rs",
            "search/src/lib.rs",
        ] {
            write(name, "");
        }
        let build = repository.join("build");
        let changed = || -> Vec<String> {
            let sources = Sources::of(&repository, &build).expect("read");
            let changed = sources.changed().into_iter();
            let name = |stamp: &PathBuf| stamp.file_name().map(|n| n.to_string_lossy().into());
            let names = changed.filter_map(|(stamp, _)| name(stamp)).collect();
            sources.compiled().expect("noted");
            names
        };
        assert_eq!(changed(), PACKAGES);
        assert!(changed().is_empty());
        let before = fingerprint(&repository).expect("read");
        write("calc-core/src/lib.rs", "//! Other.");
        assert_ne!(fingerprint(&repository).expect("read"), before);
        assert_eq!(changed(), ["calc-core"]);
        write("search/tests/a.rs", "// Does not travel.");
        assert!(changed().is_empty());
    }
}
