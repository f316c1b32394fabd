//! What a person does in a tab: scroll, click, type, choose.

use super::Page;
use crate::keys;
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

impl Page<'_> {
    /// Scrolls until the first element that matches is at the top of what is seen.
    ///
    /// # Panics
    /// Where nothing matches.
    pub fn reach(&self, selector: &str) {
        let found = format!("document.querySelector({})", json!(selector));
        self.eval(&format!(
            "{found}.scrollIntoView({{ behavior: 'instant' }})"
        ));
    }

    /// Clicks the middle of the first element that matches, with the mouse.
    ///
    /// # Panics
    /// Where nothing matches, or another element lies over it.
    pub fn click(&self, selector: &str) {
        self.press_and_release(selector, Duration::ZERO);
    }

    /// The same with the button held as long as a hand does.
    ///
    /// # Panics
    /// As [`Self::click`].
    pub fn click_slowly(&self, selector: &str) {
        self.press_and_release(selector, Duration::from_millis(120));
    }

    fn press_and_release(&self, selector: &str, held: Duration) {
        let place = self.still_place(selector);
        assert!(place.is_array(), "nothing to click at `{selector}`");
        assert_eq!(place[2], json!(true), "something lies over `{selector}`");
        for kind in ["mousePressed", "mouseReleased"] {
            self.call("Input.dispatchMouseEvent", json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1 }));
            std::thread::sleep(if kind == "mousePressed" {
                held
            } else {
                Duration::ZERO
            });
        }
    }

    /// The middle of an element in sight and whether it lies on top, once it has stopped moving: a person waits for
    /// that too.
    fn still_place(&self, selector: &str) -> Value {
        let scroll = format!(
            "document.querySelector({})?.scrollIntoView({{ block: 'center', behavior: 'instant' }})",
            json!(selector)
        );
        let measure = format!(
            "(() => {{ const e = document.querySelector({}); if (!e) return null; \
             const r = e.getBoundingClientRect(); const x = r.x + r.width / 2, y = r.y + r.height / 2; \
             const top = document.elementFromPoint(x, y); \
             return [x, y, !!top && (e.contains(top) || top.contains(e) || !!top.closest('label')?.contains(e))]; }})()",
            json!(selector)
        );
        // What comes into sight is laid out in the next two frames. They are slept through: a page without scripts has
        // no callbacks.
        let look = || {
            self.eval(&scroll);
            std::thread::sleep(Duration::from_millis(50));
            self.eval(&measure)
        };
        let until = Instant::now() + Duration::from_secs(2);
        let mut before = look();
        loop {
            let now = look();
            if now == before && now[2] == json!(true) || Instant::now() > until {
                return now;
            }
            before = now;
        }
    }

    /// Presses a key: `Tab`, `Shift+Tab`, `Enter`, `ArrowDown`, `a`…
    pub fn press(&self, key: &str) {
        for event in keys::press(key) {
            self.call("Input.dispatchKeyEvent", event);
        }
    }

    /// Types a text where the focus is, key by key.
    pub fn type_text(&self, text: &str) {
        for character in text.chars() {
            self.press(character.encode_utf8(&mut [0; 4]));
        }
    }

    /// Clicks a field, empties it, and types into it.
    pub fn fill(&self, selector: &str, text: &str) {
        self.click(selector);
        self.eval(&format!(
            "document.querySelector({}).select?.()",
            json!(selector)
        ));
        if text.is_empty() {
            self.press("Delete");
        }
        self.type_text(text);
    }

    /// Chooses an option of a `<select>` by its value: opens the list with the keyboard, goes there, takes it.
    ///
    /// # Panics
    /// Where the list has no such option.
    pub fn choose(&self, selector: &str, value: &str) {
        self.still_place(selector);
        let steps = self.eval(&format!(
            "(() => {{ const s = document.querySelector({}); s.focus(); \
             return [...s.options].findIndex(o => o.value === {}) - s.selectedIndex; }})()",
            json!(selector),
            json!(value)
        ));
        let steps = steps.as_i64().expect("a list");
        let key = if steps < 0 { "ArrowUp" } else { "ArrowDown" };
        self.press("Alt+ArrowDown");
        for _ in 0..steps.abs() {
            self.press(key);
        }
        self.press("Enter");
        let chosen = format!("document.querySelector({}).value", json!(selector));
        assert_eq!(self.eval(&chosen), json!(value), "`{selector}`");
    }

    /// Gives files to a file field.
    pub fn give_file(&self, selector: &str, file: &Path) {
        let root = self.call("DOM.getDocument", json!({}))["root"]["nodeId"].clone();
        let node = self.call(
            "DOM.querySelector",
            json!({ "nodeId": root, "selector": selector }),
        )["nodeId"]
            .clone();
        self.call(
            "DOM.setFileInputFiles",
            json!({ "nodeId": node, "files": [file] }),
        );
    }
}
