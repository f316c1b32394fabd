//! One tab: look, click and type as a person does, and read what the page did.

use crate::browser::Browser;
use crate::cdp::PATIENCE;
use crate::keys;
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// How a tab is opened.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct PageOptions {
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
    /// Whether scripts of the page run.
    pub scripts: bool,
    /// Dark colour scheme.
    pub dark: bool,
    /// Scripts run this many times slower (1 = as they are).
    pub slowdown: u32,
}

impl PageOptions {
    /// A desktop window, 1280 × 900.
    #[must_use]
    pub fn desktop() -> Self {
        Self {
            width: 1280,
            height: 900,
            scripts: true,
            dark: false,
            slowdown: 1,
        }
    }

    /// A phone, 390 × 844.
    #[must_use]
    pub fn phone() -> Self {
        Self {
            width: 390,
            height: 844,
            ..Self::desktop()
        }
    }

    /// The same without scripts.
    #[must_use]
    pub fn without_scripts(self) -> Self {
        Self {
            scripts: false,
            ..self
        }
    }

    /// The same in dark.
    #[must_use]
    pub fn dark(self) -> Self {
        Self { dark: true, ..self }
    }

    /// The same, slowed down.
    #[must_use]
    pub fn slowed(self, slowdown: u32) -> Self {
        Self { slowdown, ..self }
    }
}

/// A tab of a [`Browser`].
#[derive(Debug)]
pub struct Page<'b> {
    browser: &'b Browser,
    session: String,
    target: String,
    context: Value,
    options: PageOptions,
}

impl<'b> Page<'b> {
    pub(crate) fn open(browser: &'b Browser, options: PageOptions) -> Self {
        let connection = browser.connection();
        // A context of its own: tabs of different tests share no storage and no service worker.
        let context = connection.call("", "Target.createBrowserContext", json!({}));
        Self::open_in(browser, options, &context["browserContextId"])
    }

    /// Another tab of the same window: it shares storage and service workers with this one.
    #[must_use]
    pub fn sibling(&self) -> Self {
        Self::open_in(self.browser, self.options, &self.context)
    }

    fn open_in(browser: &'b Browser, options: PageOptions, context: &Value) -> Self {
        let connection = browser.connection();
        let params = json!({ "url": "about:blank", "browserContextId": context });
        let target = connection.call("", "Target.createTarget", params)["targetId"].clone();
        let attached = connection.call(
            "",
            "Target.attachToTarget",
            json!({ "targetId": target, "flatten": true }),
        );
        let page = Self {
            browser,
            session: attached["sessionId"]
                .as_str()
                .expect("a session")
                .to_owned(),
            target: target.as_str().expect("a target").to_owned(),
            context: context.clone(),
            options,
        };
        page.prepare(options, context);
        page
    }

    fn prepare(&self, options: PageOptions, context: &Value) {
        for domain in ["Page", "Runtime", "Network", "Log", "DOM"] {
            self.call(&format!("{domain}.enable"), json!({}));
        }
        let size = json!({ "width": options.width, "height": options.height, "deviceScaleFactor": 1, "mobile": options.width < 600 });
        self.call("Emulation.setDeviceMetricsOverride", size);
        self.call(
            "Emulation.setScriptExecutionDisabled",
            json!({ "value": !options.scripts }),
        );
        let scheme = if options.dark { "dark" } else { "light" };
        self.call(
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }),
        );
        self.call(
            "Emulation.setCPUThrottlingRate",
            json!({ "rate": options.slowdown }),
        );
        let downloads = json!({ "behavior": "allow", "downloadPath": self.browser.downloads(), "browserContextId": context, "eventsEnabled": true });
        self.browser
            .connection()
            .call("", "Browser.setDownloadBehavior", downloads);
    }

    /// Sends a protocol command to this tab.
    #[expect(clippy::must_use_candidate, reason = "often called for what it does")]
    pub fn call(&self, method: &str, params: Value) -> Value {
        self.browser
            .connection()
            .call(&self.session, method, params)
    }

    /// Opens an address and waits for its load event.
    ///
    /// # Panics
    /// Where it does not load.
    pub fn goto(&self, url: &str) {
        let mark = self.browser.connection().mark();
        let answer = self.call("Page.navigate", json!({ "url": url }));
        assert!(
            answer.get("errorText").is_none(),
            "{url}: {}",
            answer["errorText"]
        );
        // A change of fragment alone loads nothing.
        if answer.get("loaderId").is_some() {
            self.browser
                .connection()
                .wait_event(&self.session, "Page.loadEventFired", mark);
        }
    }

    /// Cuts (or restores) the network of this tab.
    pub fn set_offline(&self, offline: bool) {
        let params = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.call("Network.emulateNetworkConditions", params);
    }

    /// The value of a JavaScript expression, promises awaited.
    ///
    /// # Panics
    /// Where the expression throws.
    #[expect(clippy::must_use_candidate, reason = "often called for what it does")]
    pub fn eval(&self, expression: &str) -> Value {
        let params =
            json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.call("Runtime.evaluate", params);
        assert!(
            answer.get("exceptionDetails").is_none(),
            "{expression}: {}",
            answer["exceptionDetails"]
        );
        answer["result"]["value"].clone()
    }

    /// Waits until a JavaScript expression is true in a loaded page; a page that changes meanwhile is waited for.
    ///
    /// # Panics
    /// Where it is not within the time that the driver waits for anything.
    pub fn wait_for(&self, expression: &str) {
        let until = Instant::now() + PATIENCE;
        let whole = format!("document.readyState === 'complete' && !!({expression})");
        let params = json!({ "expression": whole, "returnByValue": true });
        loop {
            let answer = self.try_call("Runtime.evaluate", params.clone());
            let value = answer.as_ref().map(|a| a["result"]["value"].clone());
            if value == Ok(json!(true)) {
                return;
            }
            assert!(
                Instant::now() < until,
                "never true: {expression} ({value:?})\n{}",
                self.text("body")
            );
            std::thread::sleep(Duration::from_millis(25));
        }
    }

    /// The same as [`Self::call`], with the browser's refusal as a value.
    fn try_call(&self, method: &str, params: Value) -> Result<Value, String> {
        self.browser
            .connection()
            .try_call(&self.session, method, params)
    }

    /// The visible text of the first element that matches, read as one who scrolls does: what the page lays out only in
    /// sight included.
    ///
    /// # Panics
    /// Where nothing matches.
    #[must_use]
    pub fn text(&self, selector: &str) -> String {
        let found = self.eval(&format!(
            "(() => {{ const s = new CSSStyleSheet(); s.replaceSync('* {{ content-visibility: visible !important }}'); \
             document.adoptedStyleSheets.push(s); const t = document.querySelector({})?.innerText ?? null; \
             document.adoptedStyleSheets.pop(); return t; }})()",
            json!(selector)
        ));
        found
            .as_str()
            .map_or_else(|| panic!("nothing matches `{selector}`"), str::to_owned)
    }

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

    /// How many elements match.
    #[must_use]
    pub fn count(&self, selector: &str) -> u64 {
        self.eval(&format!(
            "document.querySelectorAll({}).length",
            json!(selector)
        ))
        .as_u64()
        .unwrap_or(0)
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

    /// Chooses an option of a `<select>` by its value.
    ///
    /// # Panics
    /// Where the list has no such option.
    pub fn choose(&self, selector: &str, value: &str) {
        let chosen = self.eval(&format!(
            "(() => {{ const s = document.querySelector({}); s.value = {}; \
             s.dispatchEvent(new Event('input', {{bubbles:true}})); s.dispatchEvent(new Event('change', {{bubbles:true}})); return s.value; }})()",
            json!(selector),
            json!(value)
        ));
        assert_eq!(chosen, json!(value), "`{selector}` has no `{value}`");
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
        decode_base64(answer["data"].as_str().unwrap_or_default())
    }

    /// A picture of the whole page, as PNG.
    ///
    /// # Panics
    /// Where the file cannot be written.
    pub fn screenshot(&self, file: &Path) {
        let params = json!({ "format": "png", "captureBeyondViewport": true });
        let answer = self.call("Page.captureScreenshot", params);
        let bytes = decode_base64(answer["data"].as_str().unwrap_or_default());
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).expect("a folder for pictures");
        }
        std::fs::write(file, bytes).expect("the picture is written");
    }
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.browser.connection().call(
                "",
                "Target.closeTarget",
                json!({ "targetId": self.target }),
            );
        }
    }
}

/// Base64 as the protocol sends it: standard alphabet, padded, no line breaks.
fn decode_base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    let digits = text
        .bytes()
        .filter_map(|b| ALPHABET.iter().position(|a| *a == b));
    for digit in digits {
        buffer = (buffer << 6) | u32::try_from(digit).unwrap_or_default();
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((buffer >> bits) & 0xff).unwrap_or_default());
        }
    }
    bytes
}
