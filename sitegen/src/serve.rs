//! `sitegen serve`: the built site on 127.0.0.1, built again on every change, open pages reloaded.
//!
//! A page cannot connect anywhere (its policy says so), not even here: it waits for the next build by asking for a
//! picture, which this server answers when the build is done.

use crate::http::{Request, Response, each_request};
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::net::TcpListener;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, PoisonError};
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

/// Serves `dist` until the process ends; `rebuild` runs after each burst of changes under `watched` and says whether
/// there is a new site to show.
///
/// # Errors
/// Where the port is taken or a folder cannot be watched.
pub(crate) fn serve(
    port: u16,
    dist: &Path,
    watched: &[PathBuf],
    ready: impl FnOnce(&str),
    mut rebuild: impl FnMut() -> bool + Send,
) -> Result<(), ServeError> {
    let listener = TcpListener::bind(("127.0.0.1", port)).map_err(|e| ServeError::Port {
        port,
        reason: e.to_string(),
    })?;
    let (changes, watching) = watch(watched)?;
    let waiting = Waiting::default();
    ready(&format!("http://127.0.0.1:{port}/"));
    std::thread::scope(|scope| {
        let waiting = &waiting;
        scope.spawn(move || {
            while next_change(&changes) {
                if rebuild() {
                    waiting.release();
                }
            }
        });
        each_request(scope, &listener, move |request| {
            answer(request, dist, waiting);
        });
        // Ends the thread above: its channel closes with the watcher.
        drop(watching);
    });
    Ok(())
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

fn watch(folders: &[PathBuf]) -> Result<(Receiver<()>, RecommendedWatcher), ServeError> {
    let (tell, changes) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| is_change(event.kind)) {
            let _ = tell.send(());
        }
    })?;
    for folder in folders {
        watcher.watch(folder, RecursiveMode::Recursive)?;
    }
    Ok((changes, watcher))
}

/// Reading is no change: a build that reads everything would start the next one.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

/// Waits for a change, then for the burst of saves to end. False once nobody watches any more.
fn next_change(changes: &Receiver<()>) -> bool {
    if changes.recv().is_err() {
        return false;
    }
    while changes.recv_timeout(CALM).is_ok() {}
    true
}

/// Answers one request; a fault of the network concerns that request alone.
fn answer(request: Request, dist: &Path, waiting: &Waiting) {
    let path = request.target.split(['?', '#']).next().unwrap_or_default();
    if path == WAIT_ADDRESS {
        waiting.hold(request);
    } else if path == RELOAD_ADDRESS {
        request.respond(&found("text/javascript; charset=utf-8", RELOAD_SCRIPT));
    } else {
        // Read before the file: a page is at worst newer than it says, and reloads once too often.
        let build = waiting.builds.load(Ordering::SeqCst);
        let response = file_response(dist, path, build);
        request.respond(&response);
    }
}

fn file_response(dist: &Path, path: &str, build: u64) -> Response {
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
        Some(Found::File(file)) => match (std::fs::read(&file), content_type(&file)) {
            (Ok(body), HTML) => page_response(&String::from_utf8_lossy(&body), build),
            (Ok(body), kind) => found(kind, body),
            (Err(_), _) => not_found(),
        },
    }
}

/// A page with the waiting script at its end, which is told of which build the page is.
fn page_response(page: &str, build: u64) -> Response {
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

/// What an address leads to.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    File(PathBuf),
    /// A folder asked for without its last slash: relative links would go astray.
    Folder,
}

/// The file of an address, never outside `dist`.
fn file_of(dist: &Path, address: &str) -> Option<Found> {
    let decoded = percent_decode(address.trim_start_matches('/'))?;
    let relative = Path::new(&decoded);
    if !relative
        .components()
        .all(|c| matches!(c, Component::Normal(_)))
    {
        return None;
    }
    let path = dist.join(relative);
    if path.is_dir() {
        let whole = decoded.is_empty() || decoded.ends_with('/');
        let index = path.join("index.html");
        return if whole {
            index.is_file().then_some(Found::File(index))
        } else {
            Some(Found::Folder)
        };
    }
    path.is_file().then_some(Found::File(path))
}

fn percent_decode(address: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        if *first == b'%' {
            let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

fn content_type(file: &Path) -> &'static str {
    match file
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default()
    {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "svg" => "image/svg+xml",
        "xml" => "application/xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "png" => "image/png",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_never_leaves_the_site() {
        let site = std::env::temp_dir().join(format!("care-serve-{}", std::process::id()));
        std::fs::create_dir_all(site.join("faq/3-16")).expect("a folder");
        std::fs::write(site.join("faq/3-16/index.html"), "x").expect("a page");
        let page = Some(Found::File(site.join("faq/3-16/index.html")));
        for (address, expected) in [
            ("/faq/3-16/", page),
            ("/faq/3-16", Some(Found::Folder)),
            ("/faq/", None),
            ("/../etc/passwd", None),
            ("/%2e%2e/etc/passwd", None),
            ("//etc/passwd", None),
            ("/faq/%zz", None),
            ("/absent", None),
        ] {
            assert_eq!(file_of(&site, address), expected, "{address}");
        }
        std::fs::remove_dir_all(site).expect("gone");
    }

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

    #[test]
    fn percent_signs_are_read() {
        assert_eq!(percent_decode("a%20b%C3%A9").as_deref(), Some("a bé"));
        assert_eq!(percent_decode("%"), None);
    }
}
