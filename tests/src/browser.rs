//! A Chromium of one's own: fresh profile, no background traffic, gone with the test.

use crate::cdp::Connection;
use crate::page::{Page, PageOptions};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// As root and offline: no name is resolved, so that nothing beyond the loopback can be reached; the profile folder and the pipe are added at launch.
const FLAGS: &str = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync --disable-extensions \
    --host-resolver-rules='MAP * ~NOTFOUND , EXCLUDE 127.0.0.1' \
    --disable-dev-shm-usage --hide-scrollbars --remote-debugging-pipe";

/// A running Chromium.
#[derive(Debug)]
pub struct Browser {
    connection: Connection,
    child: Child,
    folder: PathBuf,
}

impl Browser {
    /// Starts Chromium with an empty profile.
    ///
    /// # Panics
    /// Where Chromium is not installed: `tests/run` installs it.
    #[must_use]
    pub fn launch() -> Self {
        let folder = fresh_folder();
        // The shell puts the pipe on descriptors 3 and 4, where Chromium expects it.
        let line = format!(
            "exec chromium {FLAGS} --user-data-dir='{}' about:blank 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null",
            folder.join("profil").display()
        );
        let mut child = Command::new("sh")
            .args(["-c", &line])
            .env("LANGUAGE", "fr")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let pipe = child
            .stdin
            .take()
            .zip(child.stdout.take())
            .expect("both ends of the pipe");
        let connection = Connection::new(pipe.0, pipe.1);
        connection.call("", "Browser.getVersion", json!({}));
        let browser = Self {
            connection,
            child,
            folder,
        };
        browser.allow_downloads();
        browser
    }

    fn allow_downloads(&self) {
        let folder = self.downloads();
        std::fs::create_dir_all(&folder).expect("a folder for downloads");
        let params = json!({ "behavior": "allow", "downloadPath": folder, "eventsEnabled": true });
        self.connection
            .call("", "Browser.setDownloadBehavior", params);
    }

    /// Where downloads land.
    #[must_use]
    pub fn downloads(&self) -> PathBuf {
        self.folder.join("telechargements")
    }

    /// The protocol connection, for what [`Page`] does not offer.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Opens a tab.
    #[must_use]
    pub fn page(&self, options: PageOptions) -> Page<'_> {
        Page::open(self, options)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Killing is enough: the profile is thrown away with it.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A new empty folder of this process.
///
/// # Panics
/// Where it cannot be made.
#[must_use]
pub fn fresh_folder() -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!(
        "care-{}-{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let folder = Path::new(&std::env::temp_dir()).join(name);
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    folder
}
