//! The repository, its `sitegen`, and the site built from its real content, once per test process.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The root of the repository.
///
/// # Panics
/// Never in practice: this crate stands in a folder of it.
#[must_use]
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the repository")
        .to_path_buf()
}

/// The `sitegen` binary in release, compiled once.
///
/// # Panics
/// Where it does not compile.
pub fn sitegen() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| repository().join("target"), PathBuf::from);
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let status = Command::new(cargo)
            .args(["build", "--release", "--locked", "-p", "sitegen", "--quiet"])
            .current_dir(repository())
            .status()
            .expect("cargo");
        assert!(status.success(), "sitegen does not compile");
        target.join("release/sitegen")
    })
}

/// Runs `sitegen` in the repository.
///
/// # Panics
/// Where it cannot be started.
#[must_use]
pub fn run(arguments: &[&str]) -> Output {
    Command::new(sitegen())
        .args(arguments)
        .current_dir(repository())
        .output()
        .expect("sitegen starts")
}

/// The folder of the site built from the real content.
///
/// # Panics
/// Where the build fails, with what it said.
pub fn built() -> &'static Path {
    static DIST: OnceLock<PathBuf> = OnceLock::new();
    DIST.get_or_init(|| {
        // One folder a process: test programs of one run do not swap each other's site away.
        let dist = repository().join(format!("target/tests/site-{}", std::process::id()));
        let done = run(&["build", "--out", &dist.to_string_lossy()]);
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        dist
    })
}

/// Every file of a folder, in order, as paths relative to it.
#[must_use]
pub fn files(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(relative) = path.strip_prefix(root) {
                found.push(relative.to_path_buf());
            }
        }
    }
    found.sort();
    found
}
