//! One tab: look, click and type as a person does, and read what the page did.

mod gestes;
mod options;
mod temoin;

pub use options::PageOptions;

use crate::browser::Browser;
use crate::cdp::PATIENCE;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

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

    /// Runs a script that leaves the page, and agrees as the browser asks whether to: there is unsaved work.
    pub fn leave(&self, script: &str) {
        let connection = self.browser.connection();
        let mark = connection.mark();
        self.eval(&format!("setTimeout(() => {{ {script} }}, 0)"));
        connection.wait_event(&self.session, "Page.javascriptDialogOpening", mark);
        self.call("Page.handleJavaScriptDialog", json!({ "accept": true }));
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
