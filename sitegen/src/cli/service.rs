//! `sitegen serve`: builds, and what is kept of a build to show an edit before the next one is done.

use super::{BuildArgs, Failure, build_once, told};
use crate::apercu::preview;
use crate::build::Kept;
use crate::serve::{Workshop, serve};
use crate::source::{is_ignored, read_within, shown};
use crate::wasm::{Modules, WasmError};
use std::io::{self, Write};
use std::path::{Path, PathBuf, absolute};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Builds and serves until the process ends.
pub(super) fn run(port: u16, args: &BuildArgs) -> Result<(), Failure> {
    let service = Service {
        args,
        kept: Mutex::default(),
        modules: Mutex::default(),
    };
    let first = service.build();
    let ready = |address: &str| {
        let _ = writeln!(io::stdout(), "{address}{}", first.unwrap_or_default());
    };
    serve(port, &args.out, &args.watched(), ready, &service)?;
    Ok(())
}

struct Service<'a> {
    args: &'a BuildArgs,
    /// What is left of the last good build.
    kept: Mutex<Option<Arc<Kept>>>,
    /// The modules of the browser, until their sources change.
    modules: Mutex<Option<Modules>>,
}

impl Service<'_> {
    /// Builds; what to say of it, where there is a new site.
    fn build(&self) -> Option<String> {
        let built = told(build_once(self.args, || self.modules()))?;
        let said = format!(" ({} pages in {} ms)", built.pages, built.time.as_millis());
        *locked(&self.kept) = built.kept.map(Arc::new);
        Some(said)
    }

    fn modules(&self) -> Result<Modules, WasmError> {
        if let Some(modules) = locked(&self.modules).as_ref() {
            return Ok(modules.clone());
        }
        let modules = self.args.modules()?;
        *locked(&self.modules) = Some(modules.clone());
        Ok(modules)
    }

    /// Where a file stands in the content; none for what editors leave behind.
    fn inside(&self, path: &Path) -> Option<String> {
        let content = absolute(self.args.content()).ok()?;
        let inside = path.strip_prefix(content).ok()?.to_str()?;
        let name = path.file_name()?.to_str()?;
        (!is_ignored(name)).then(|| inside.to_owned())
    }
}

impl Workshop for Service<'_> {
    fn preview(&self, path: &Path) -> Option<(String, String)> {
        let kept = locked(&self.kept).clone()?;
        let inside = self.inside(path)?;
        let content = self.args.content();
        let source = read_within(&content, &shown(&content), &inside)?;
        preview(&kept, &source, &inside)
    }

    fn rebuild(&self, changed: &[PathBuf]) -> bool {
        let folders = [self.args.content(), self.args.www()].map(absolute);
        let ours = |path: &PathBuf| {
            let mut folders = folders.iter().flatten();
            folders.any(|folder| path.starts_with(folder))
        };
        if !changed.iter().all(ours) {
            *locked(&self.modules) = None;
        }
        let built = self.build();
        if let Some(said) = &built {
            let _ = writeln!(io::stderr(), "rebuilt{said}");
        }
        built.is_some()
    }
}

/// What a thread that panicked left is whole: it is replaced in one step.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
