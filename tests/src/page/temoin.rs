//! What a tab did, for a witness: requests, console, events, print, picture.

use super::Page;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Value, json};
use std::path::Path;

impl Page<'_> {
    /// Every address that the tab asked for so far.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        let sent = self
            .browser
            .connection()
            .events(&self.session, "Network.requestWillBeSent");
        sent.iter()
            .filter_map(|e| e["request"]["url"].as_str().map(str::to_owned))
            .collect()
    }

    /// Every event of this tab with this name so far, for what the other methods do not tell.
    #[must_use]
    pub fn events(&self, name: &str) -> Vec<Value> {
        self.browser.connection().events(&self.session, name)
    }

    /// Everything the console shows: messages, exceptions, policy violations, failed loads.
    #[must_use]
    pub fn console(&self) -> Vec<String> {
        let connection = self.browser.connection();
        let mut lines = Vec::new();
        for (method, path) in [
            ("Runtime.consoleAPICalled", "/args"),
            ("Runtime.exceptionThrown", "/exceptionDetails"),
            ("Log.entryAdded", "/entry/text"),
        ] {
            let events = connection.events(&self.session, method);
            lines.extend(
                events
                    .iter()
                    .map(|e| format!("{method}: {}", e.pointer(path).unwrap_or(e))),
            );
        }
        lines
    }

    /// Fails unless the console is empty and every request went to `origin` (or stayed in the page).
    ///
    /// # Panics
    /// Naming what was found.
    pub fn assert_quiet(&self, origin: &str) {
        assert_eq!(
            self.console(),
            Vec::<String>::new(),
            "the console should be empty"
        );
        let home = ["data:", "blob:", "about:"];
        let strays: Vec<_> = self
            .requests()
            .into_iter()
            .filter(|u| !u.starts_with(origin) && !home.iter().any(|h| u.starts_with(h)))
            .collect();
        assert_eq!(strays, Vec::<String>::new(), "nothing may leave {origin}");
    }

    /// The page as it prints, as PDF on A4.
    #[must_use]
    pub fn pdf(&self) -> Vec<u8> {
        let params = json!({ "preferCSSPageSize": true, "paperWidth": 8.27, "paperHeight": 11.69 });
        let answer = self.call("Page.printToPDF", params);
        bytes_of(&answer)
    }

    /// A picture of the whole page, as PNG.
    ///
    /// # Panics
    /// Where the file cannot be written.
    pub fn screenshot(&self, file: &Path) {
        let params = json!({ "format": "png", "captureBeyondViewport": true });
        let answer = self.call("Page.captureScreenshot", params);
        let bytes = bytes_of(&answer);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).expect("a folder for pictures");
        }
        std::fs::write(file, bytes).expect("the picture is written");
    }
}

/// The bytes that an answer carries.
fn bytes_of(answer: &Value) -> Vec<u8> {
    let data = answer["data"].as_str().expect("data in the answer");
    BASE64_STANDARD.decode(data).expect("data in base64")
}
