//! A page that tries to send, attempt by attempt: each is blocked and said so by the browser, and nothing arrives at the
//! other end; from a page without a policy each one does arrive, so that the test could fail.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tests::site::built;
use tests::{Browser, Logiciel, Page, PageOptions, Serveur};

/// What a script could try, with `AILLEURS` for an address of another server; each asks for a name of its own.
const ATTEMPTS: [(&str, &str); 25] = [
    (
        "fetch",
        "fetch('AILLEURS', { mode: 'no-cors' }).catch(() => {})",
    ),
    (
        "fetch-post",
        "fetch('AILLEURS', { method: 'POST', mode: 'no-cors', body: 'x', keepalive: true }).catch(() => {})",
    ),
    (
        "xhr",
        "(() => { const x = new XMLHttpRequest(); x.open('GET', 'AILLEURS'); x.onerror = () => {}; try { x.send(); } catch {} })()",
    ),
    ("beacon", "navigator.sendBeacon('AILLEURS', 'x')"),
    (
        "websocket",
        "(() => { try { new WebSocket('AILLEURS'.replace('http', 'ws')); } catch {} })()",
    ),
    (
        "eventsource",
        "(() => { const e = new EventSource('AILLEURS'); e.onerror = () => e.close(); })()",
    ),
    ("image", "new Image().src = 'AILLEURS'"),
    (
        "srcset",
        "Object.assign(new Image(), { srcset: 'AILLEURS 1x' })",
    ),
    (
        "svg-image",
        "(() => { const s = document.createElementNS('http://www.w3.org/2000/svg', 'svg'); const i = document.createElementNS('http://www.w3.org/2000/svg', 'image'); i.setAttribute('href', 'AILLEURS'); s.append(i); document.body.append(s); })()",
    ),
    (
        "css-background",
        "document.body.style.backgroundImage = 'url(AILLEURS)'",
    ),
    (
        "font",
        "new FontFace('x', 'url(AILLEURS)').load().catch(() => {})",
    ),
    (
        "stylesheet",
        "document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: 'AILLEURS' }))",
    ),
    (
        "prefetch",
        "document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: 'AILLEURS' }))",
    ),
    (
        "preload",
        "document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'image', href: 'AILLEURS' }))",
    ),
    (
        "modulepreload",
        "document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href: 'AILLEURS' }))",
    ),
    (
        "preload-style",
        "document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'style', href: 'AILLEURS' }))",
    ),
    (
        "video",
        "document.body.append(Object.assign(document.createElement('video'), { src: 'AILLEURS', preload: 'auto' }))",
    ),
    (
        "audio",
        "document.body.append(Object.assign(document.createElement('audio'), { src: 'AILLEURS', preload: 'auto' }))",
    ),
    (
        "iframe",
        "document.body.append(Object.assign(document.createElement('iframe'), { src: 'AILLEURS' }))",
    ),
    (
        "object",
        "document.body.append(Object.assign(document.createElement('object'), { data: 'AILLEURS' }))",
    ),
    (
        "embed",
        "(() => { try { document.body.append(Object.assign(document.createElement('embed'), { src: 'AILLEURS' })); } catch {} })()",
    ),
    (
        "form",
        "(() => { const i = Object.assign(document.createElement('iframe'), { name: 'envoi' }); const f = Object.assign(document.createElement('form'), { action: 'AILLEURS', method: 'post', target: 'envoi' }); document.body.append(i, f); f.submit(); })()",
    ),
    (
        "script",
        "(() => { try { document.head.append(Object.assign(document.createElement('script'), { src: 'AILLEURS' })); } catch {} })()",
    ),
    ("import", "import('AILLEURS').catch(() => {})"),
    (
        "ping",
        "(() => { const a = Object.assign(document.createElement('a'), { href: '#ici', ping: 'AILLEURS' }); document.body.append(a); a.click(); })()",
    ),
];

/// A server of another origin that writes down whatever arrives.
struct Elsewhere {
    port: u16,
    seen: Arc<Mutex<String>>,
}

impl Elsewhere {
    fn listen() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let seen = Arc::new(Mutex::new(String::new()));
        let log = Arc::clone(&seen);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let log = Arc::clone(&log);
                std::thread::spawn(move || {
                    let mut head = [0; 2048];
                    let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
                    let read = stream.read(&mut head).unwrap_or(0);
                    let first = String::from_utf8_lossy(&head[..read]).into_owned();
                    let line = first.lines().next().unwrap_or_default();
                    let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
                    log.extend([line, "\n"]);
                    drop(log);
                    let body = "<!DOCTYPE html><title>x</title><body>";
                    let _ = write!(
                        stream,
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                        body.len()
                    );
                });
            }
        });
        Self { port, seen }
    }

    fn url(&self, name: &str) -> String {
        format!("http://127.0.0.1:{}/{name}", self.port)
    }

    fn log(&self) -> String {
        self.seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn arrives(&self, name: &str) -> bool {
        let until = Instant::now() + Duration::from_secs(15);
        while Instant::now() < until {
            if self.log().contains(&format!("/{name} ")) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        false
    }
}

fn attempt(page: &Page, script: &str, address: &str) {
    let script = script.replace("AILLEURS", address);
    // Trusted Types refuse some with an exception.
    page.eval(&format!(
        "(() => {{ try {{ {script}; }} catch {{}} }})(), true"
    ));
}

/// Entries of the browser's security log and of its console, so far.
fn security(page: &Page) -> Vec<String> {
    let entries = page.events("Log.entryAdded");
    let security = entries.iter().filter(|e| {
        e["entry"]["source"] == "security"
            || e["entry"]["text"]
                .to_string()
                .contains("Content Security Policy")
    });
    security.map(|e| e["entry"]["text"].to_string()).collect()
}

fn blocked(page: &Page, known: usize, name: &str) {
    let until = Instant::now() + Duration::from_secs(15);
    while security(page).len() <= known {
        assert!(Instant::now() < until, "{name}: the browser says nothing");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn nothing_is_sent_from_the_calculator_attempt_by_attempt() {
    let elsewhere = Elsewhere::listen();
    let server = Serveur::start(Logiciel::Nginx, built(), "/");
    let browser = Browser::launch();

    let free = browser.page(PageOptions::desktop());
    free.goto(&Elsewhere::listen().url("libre"));
    for (name, script) in ATTEMPTS {
        attempt(&free, script, &elsewhere.url(&format!("libre-{name}")));
        assert!(
            elsewhere.arrives(&format!("libre-{name}")),
            "{name} does not even leave a free page: what would blocking it show?"
        );
    }

    let page = browser.page(PageOptions::desktop());
    page.goto(&server.url("calculateur/"));
    page.wait_for("!document.querySelector('[data-role=application]').hidden");
    page.click("[data-action=exemple]");
    page.assert_quiet(&server.url(""));
    for (name, script) in ATTEMPTS {
        let known = security(&page).len();
        attempt(&page, script, &elsewhere.url(&format!("bloque-{name}")));
        blocked(&page, known, name);
    }
    // Whatever was late would have come by now: the last attempt of all came after all the others.
    attempt(&free, ATTEMPTS[0].1, &elsewhere.url("fin"));
    assert!(elsewhere.arrives("fin"));
    assert!(!elsewhere.log().contains("bloque-"), "{}", elsewhere.log());
    check_request_log(&page, &server);
}

/// In the browser's own log of requests, what went elsewhere was refused by the policy.
fn check_request_log(page: &Page, server: &Serveur) {
    let refused: Vec<Value> = page
        .events("Network.loadingFailed")
        .into_iter()
        .filter(|e| e["blockedReason"] == "csp")
        .map(|e| e["requestId"].clone())
        .collect();
    for sent in page.events("Network.requestWillBeSent") {
        let url = sent["request"]["url"].as_str().unwrap_or_default();
        let home = url.starts_with(&server.url(""))
            || url.starts_with("data:")
            || url.starts_with("blob:");
        assert!(home || refused.contains(&sent["requestId"]), "{url}");
    }
}

/// To the site itself too, a page sends nothing but requests for its files.
#[test]
fn nothing_is_sent_to_the_site_itself_either() {
    let server = Serveur::start(Logiciel::Nginx, built(), "/");
    let browser = Browser::launch();
    let page = browser.page(PageOptions::desktop());
    page.goto(&server.url("calculateur/"));
    for (name, script) in ATTEMPTS {
        // Pictures, styles and scripts of the site itself are what a page is made of; Chromium lets it prefetch those.
        let allowed = [
            "image",
            "srcset",
            "svg-image",
            "css-background",
            "stylesheet",
            "preload",
            "preload-style",
            "import",
            "modulepreload",
            "prefetch",
        ];
        if allowed.contains(&name) {
            continue;
        }
        let known = security(&page).len();
        attempt(&page, script, &server.url(&format!("envoi-{name}")));
        blocked(&page, known, name);
    }
    assert!(!server.log().contains("envoi-"), "{}", server.log());
}

/// What a policy cannot refuse is not in our scripts: leaving the page but by a link, a window, peer connections.
#[test]
fn our_scripts_know_no_other_way_out() {
    let words = [
        "RTCPeerConnection",
        "WebTransport",
        "window.open(",
        "sendBeacon",
        "new WebSocket",
        "XMLHttpRequest",
        "EventSource",
        "preconnect",
        "dns-prefetch",
        "location.href =",
    ];
    for file in tests::site::files(built()) {
        let name = file.to_string_lossy();
        if !(name.ends_with(".js") || name.ends_with(".html")) {
            continue;
        }
        let text = std::fs::read_to_string(built().join(&file)).expect("UTF-8");
        for word in words {
            assert!(!text.contains(word), "{name}: {word}");
        }
    }
}

#[test]
fn the_pages_are_light_and_no_script_holds_them_up() {
    for file in tests::site::files(built()) {
        if !file.to_string_lossy().ends_with(".html") {
            continue;
        }
        let text = std::fs::read_to_string(built().join(&file)).expect("UTF-8");
        for tag in text.split("<script").skip(1) {
            let tag = tag.split('>').next().unwrap_or_default();
            let waits = tag.contains("src=") && !tag.contains(" defer");
            assert!(!waits, "{}: <script{tag}>", file.display());
        }
    }
}
