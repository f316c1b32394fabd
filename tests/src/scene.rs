//! The calculator open in a browser, and the ways to its rows: what its journeys share.

use crate::browser::Browser;
use crate::nginx::Nginx;
use crate::page::{Page, PageOptions};
use crate::site;
use serde_json::json;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// The day every journey plays on, whatever the real one is.
pub const TODAY: &str = "20/08/2026";
/// The same, as the command line takes it.
pub const TODAY_ISO: &str = "2026-08-20";

/// A server and a browser.
#[derive(Debug)]
pub struct Stage {
    /// Serves the built site.
    pub nginx: Nginx,
    /// Looks at it.
    pub browser: Browser,
}

impl Default for Stage {
    fn default() -> Self {
        Self::new()
    }
}

impl Stage {
    /// Serves the site and starts the browser.
    #[must_use]
    pub fn new() -> Self {
        Self {
            nginx: Nginx::serve(site::built()),
            browser: Browser::launch(),
        }
    }

    /// The calculator, ready, at its own day; what follows `calculateur/` in the address.
    #[must_use]
    pub fn open(&self, options: PageOptions, fragment: &str) -> Page<'_> {
        let page = self.browser.page(options);
        page.goto(&self.nginx.url(&format!("calculateur/{fragment}")));
        wait_until_ready(&page);
        page
    }

    /// The calculator on [`TODAY`].
    #[must_use]
    pub fn calculator(&self, options: PageOptions) -> Page<'_> {
        let page = self.open(options, "");
        page.fill("#aujourdhui", TODAY);
        page
    }

    /// The file that the page hands over after a click, once it is whole.
    ///
    /// # Panics
    /// Where none arrives within 15 seconds.
    #[must_use]
    pub fn download(&self, page: &Page, action: &str, name: &str) -> PathBuf {
        let file = self.browser.downloads().join(name);
        let _ = std::fs::remove_file(&file);
        page.click(&format!("[data-action={action}]"));
        let until = Instant::now() + Duration::from_secs(15);
        // The browser holds the name with an empty file until it moves the whole one there.
        while std::fs::metadata(&file).map_or(0, |file| file.len()) == 0 {
            assert!(Instant::now() < until, "no file {name}");
            std::thread::sleep(Duration::from_millis(25));
        }
        file
    }
}

/// Waits until the module has taken over the page.
pub fn wait_until_ready(page: &Page) {
    page.wait_for("!document.querySelector('[data-role=application]').hidden");
}

/// The row of a list, by its rank from 1; `list` may be inside another row.
#[must_use]
pub fn row(list: &str, rank: u32) -> String {
    format!("{list} > :nth-child({rank} of [data-ligne])")
}

/// A field of a row.
#[must_use]
pub fn field(row: &str, key: &str) -> String {
    format!("{row} [data-champ={key}]")
}

/// Waits for the verdict of an objective.
pub fn wait_for_verdict(page: &Page, objective: &str, expected: &str) {
    page.wait_for(&format!("document.querySelector('[data-objectif=\"{objective}\"]')?.dataset.verdict === '{expected}'"));
}

/// Ctrl with a letter, as the browser's own editing command.
///
/// # Panics
/// Where the letter is none.
pub fn control(page: &Page, letter: &str, command: &str) {
    let code = u32::from(letter.to_ascii_uppercase().as_bytes()[0]);
    for kind in ["rawKeyDown", "keyUp"] {
        let commands: &[&str] = if kind == "keyUp" { &[] } else { &[command] };
        let event = json!({ "type": kind, "key": letter, "windowsVirtualKeyCode": code, "modifiers": 2, "commands": commands });
        page.call("Input.dispatchKeyEvent", event);
    }
}

/// Puts a text on the clipboard through the field that has the focus, which is left empty.
pub fn put_on_clipboard(page: &Page, text: &str) {
    page.call("Input.insertText", json!({ "text": text }));
    control(page, "a", "selectAll");
    control(page, "x", "cut");
}

/// Presses Tab until a button has the focus; how many times.
///
/// # Panics
/// Where so many presses do not lead to it.
#[expect(clippy::must_use_candidate, reason = "often called for what it does")]
pub fn tab_to(page: &Page, action: &str, most: usize) -> usize {
    for presses in 0..=most {
        if page.eval("document.activeElement.dataset.action ?? ''") == action {
            return presses;
        }
        page.press("Tab");
    }
    panic!("no Tab leads to {action}");
}
