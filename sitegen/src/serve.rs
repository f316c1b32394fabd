//! `sitegen serve`: the built site on 127.0.0.1, built again on every change, open pages reloaded.
//!
//! A page cannot connect anywhere (its policy says so), not even here: it waits for the next build by asking for a
//! picture, which this server answers when the build is done.

mod fichiers;

use crate::http::{Request, Response, each_request};
use fichiers::{Found, content_type, file_of};
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The script that open pages wait with; added to every page of this server, never to a built file.
const RELOAD_SCRIPT: &str = include_str!("serve_reload.js");
/// Addresses of this server's own.
const RELOAD_ADDRESS: &str = "/__serve/reload.js";
const WAIT_ADDRESS: &str = "/__serve/attente";
const HTML: &str = "text/html; charset=utf-8";
/// How long the watcher waits for a burst of saves to end.
const CALM: Duration = Duration::from_millis(15);

/// Why the server stopped or did not start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServeError {
    /// The port cannot be had.
    #[error("port {port} of 127.0.0.1 cannot be had: {reason}\nhint: another port with `--port`")]
    Port {
        /// The port asked for.
        port: u16,
        /// What the system said.
        reason: String,
    },
    /// The folders cannot be watched.
    #[error("the content cannot be watched: {0}")]
    Watch(#[from] notify::Error),
}

/// Pages that wait for the next build, and how many builds there were.
#[derive(Default)]
struct Waiting {
    builds: AtomicU64,
    requests: Mutex<Vec<Request>>,
}

/// What makes the site that is served.
pub(crate) trait Workshop: Sync {
    /// The page of an edited file alone, quickly: its file in the site and its markup.
    fn preview(&self, changed: &Path) -> Option<(String, String)>;
    /// Builds the whole site anew; whether there is a new one.
    fn rebuild(&self, changed: &[PathBuf]) -> bool;
}

/// A burst of saves: its number, and the files.
type Burst = (u64, Vec<PathBuf>);

/// A page shown before the build that will have it.
struct Preview {
    /// The burst that changed it last.
    burst: u64,
    /// The file that was edited.
    source: PathBuf,
    html: String,
}

/// What is shown: the site on the disk, and before it the pages that were edited since.
struct Shown<'a> {
    dist: &'a Path,
    waiting: Waiting,
    /// By file.
    previews: Mutex<BTreeMap<String, Preview>>,
}

/// Serves `dist` until the process ends. After each burst of changes under `watched`, the pages of the edited files are
/// shown at once, in memory; then the whole is built anew and takes their place.
///
/// # Errors
/// Where the port is taken or a folder cannot be watched.
pub(crate) fn serve(
    port: u16,
    dist: &Path,
    watched: &[PathBuf],
    ready: impl FnOnce(&str),
    workshop: &impl Workshop,
) -> Result<(), ServeError> {
    let listener = TcpListener::bind(("127.0.0.1", port)).map_err(|e| ServeError::Port {
        port,
        reason: e.to_string(),
    })?;
    let (saves, watching) = watch(watched)?;
    let shown = Shown {
        dist,
        waiting: Waiting::default(),
        previews: Mutex::default(),
    };
    ready(&format!("http://127.0.0.1:{port}/"));
    std::thread::scope(|scope| {
        let shown = &shown;
        let (sender, bursts) = channel();
        scope.spawn(move || preview_all(&saves, &sender, shown, workshop));
        scope.spawn(move || rebuild_all(&bursts, shown, workshop));
        each_request(scope, &listener, move |request| answer(request, shown));
        // Ends the threads above: their channels close with the watcher.
        drop(watching);
    });
    Ok(())
}

/// Shows the pages of edited files, and asks for the whole.
fn preview_all(
    saves: &Receiver<PathBuf>,
    sender: &Sender<Burst>,
    shown: &Shown,
    workshop: &impl Workshop,
) {
    for burst in 1.. {
        let Some(changed) = next_change(saves) else {
            return;
        };
        let previews = changed
            .iter()
            .filter(|path| shown.preview(burst, path, workshop));
        if previews.count() > 0 {
            shown.waiting.release();
        }
        if sender.send((burst, changed)).is_err() {
            return;
        }
    }
}

/// Builds the whole after each burst, or after several where they come faster.
fn rebuild_all(bursts: &Receiver<Burst>, shown: &Shown, workshop: &impl Workshop) {
    while let Ok((mut burst, mut changed)) = bursts.recv() {
        while let Ok((later, more)) = bursts.try_recv() {
            burst = later;
            changed.extend(more);
        }
        let built = workshop.rebuild(&changed);
        let withdrawn = shown.withdraw(burst, built, workshop);
        if built || withdrawn {
            shown.waiting.release();
        }
    }
}

impl Shown<'_> {
    fn previews(&self) -> MutexGuard<'_, BTreeMap<String, Preview>> {
        self.previews.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows the page of an edited file alone, where it can be made.
    fn preview(&self, burst: u64, source: &Path, workshop: &impl Workshop) -> bool {
        let Some((file, html)) = workshop.preview(source) else {
            return false;
        };
        let source = source.to_path_buf();
        let preview = Preview {
            burst,
            source,
            html,
        };
        self.previews().insert(file, preview);
        true
    }

    /// The page that stands before a file of the disk.
    fn previewed(&self, file: &Path) -> Option<String> {
        let file = file.strip_prefix(self.dist).ok()?.to_str()?;
        let previews = self.previews();
        previews.get(file).map(|preview| preview.html.clone())
    }

    /// Takes back the pages that the last build has, or refused; whether there were any. Those that were edited while
    /// it ran are made again, as they name files of the site before.
    fn withdraw(&self, burst: u64, built: bool, workshop: &impl Workshop) -> bool {
        let mut previews = self.previews();
        let before = previews.len();
        previews.retain(|_, preview| preview.burst > burst);
        for preview in previews.values_mut().filter(|_| built) {
            if let Some((_, html)) = workshop.preview(&preview.source) {
                preview.html = html;
            }
        }
        previews.len() < before
    }
}

impl Waiting {
    /// Keeps a page's request until the next build; one that has not seen the last build is answered at once.
    fn hold(&self, request: Request) {
        let seen = request.target.split("version=").nth(1);
        let seen = seen.and_then(|version| version.parse().ok());
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        // Compared under the lock: a build that ends now releases this request too.
        if seen == Some(self.builds.load(Ordering::SeqCst)) {
            requests.push(request);
        } else {
            drop(requests);
            request.respond(&picture());
        }
    }

    /// Answers every waiting page: there is something new.
    fn release(&self) {
        self.builds.fetch_add(1, Ordering::SeqCst);
        let requests =
            std::mem::take(&mut *self.requests.lock().unwrap_or_else(PoisonError::into_inner));
        for request in requests {
            request.respond(&picture());
        }
    }
}

/// The answer to a page that waits: a picture that loads, as an error would mean that the server has gone.
fn picture() -> Response {
    let dot = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>";
    found("image/svg+xml", dot)
}

fn watch(folders: &[PathBuf]) -> Result<(Receiver<PathBuf>, RecommendedWatcher), ServeError> {
    let (tell, saves) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        let changed = event.ok().filter(|event| is_change(event.kind));
        for path in changed.into_iter().flat_map(|event| event.paths) {
            let _ = tell.send(path);
        }
    })?;
    for folder in folders {
        watcher.watch(folder, RecursiveMode::Recursive)?;
    }
    Ok((saves, watcher))
}

/// Reading is no change: a build that reads everything would start the next one.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

/// Waits for a change, then for the burst of saves to end: the files, each once. None once nobody watches any more.
fn next_change(saves: &Receiver<PathBuf>) -> Option<Vec<PathBuf>> {
    let mut changed = vec![saves.recv().ok()?];
    while let Ok(path) = saves.recv_timeout(CALM) {
        changed.push(path);
    }
    changed.sort();
    changed.dedup();
    Some(changed)
}

/// Answers one request; a fault of the network concerns that request alone.
fn answer(request: Request, shown: &Shown) {
    let waiting = &shown.waiting;
    let path = request.target.split(['?', '#']).next().unwrap_or_default();
    if path == WAIT_ADDRESS {
        waiting.hold(request);
    } else if path == RELOAD_ADDRESS {
        request.respond(&found("text/javascript; charset=utf-8", RELOAD_SCRIPT));
    } else {
        // Read before the file: a page is at worst newer than it says, and reloads once too often.
        let build = waiting.builds.load(Ordering::SeqCst);
        let response = file_response(shown, path, request.opened.then_some(build));
        request.respond(&response);
    }
}

fn file_response(shown: &Shown, path: &str, build: Option<u64>) -> Response {
    let dist = shown.dist;
    let not_found = || Response {
        status: 404,
        ..page_response(
            &std::fs::read_to_string(dist.join("404.html")).unwrap_or_default(),
            build,
        )
    };
    match file_of(dist, path) {
        None => not_found(),
        Some(Found::Folder) => Response {
            status: 301,
            headers: vec![("Location", format!("{path}/"))],
            body: Vec::new(),
        },
        Some(Found::File(file)) if let Some(page) = shown.previewed(&file) => {
            page_response(&page, build)
        }
        Some(Found::File(file)) => match (std::fs::read(&file), content_type(&file)) {
            (Ok(body), HTML) => page_response(&String::from_utf8_lossy(&body), build),
            (Ok(body), kind) => found(kind, body),
            (Err(_), _) => not_found(),
        },
    }
}

/// A page with the waiting script at its end, which is told of which build the page is. One that is fetched as data
/// stays as it was built: the offline copy checks its digest.
fn page_response(page: &str, build: Option<u64>) -> Response {
    let Some(build) = build else {
        return found(HTML, page);
    };
    let script = format!("<script src=\"{RELOAD_ADDRESS}?version={build}\" defer></script></body>");
    found(HTML, page.replace("</body>", &script))
}

fn found(kind: &str, body: impl Into<Vec<u8>>) -> Response {
    Response {
        status: 200,
        // No store: every answer is of this build only.
        headers: vec![
            ("Content-Type", kind.to_owned()),
            ("Cache-Control", "no-store".to_owned()),
        ],
        body: body.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_is_no_change() {
        use notify::event::{CreateKind, DataChange, ModifyKind};
        assert!(!is_change(EventKind::Access(AccessKind::Open(
            AccessMode::Any
        ))));
        assert!(!is_change(EventKind::Access(AccessKind::Close(
            AccessMode::Read
        ))));
        assert!(is_change(EventKind::Access(AccessKind::Close(
            AccessMode::Write
        ))));
        assert!(is_change(EventKind::Modify(ModifyKind::Data(
            DataChange::Any
        ))));
        assert!(is_change(EventKind::Create(CreateKind::File)));
    }
}
