//! The built site behind real servers, with the settings that it publishes: at the root and under a path, every page,
//! every header, what is cached and how.

use std::path::{Path, PathBuf};
use tests::browser::fresh_folder;
use tests::http::{Answer, get};
use tests::site::{files, run};
use tests::{Browser, Logiciel, Page, PageOptions, Serveur};

/// Types by ending, as a browser needs them.
const TYPES: [(&str, &str); 10] = [
    ("html", "text/html"),
    ("css", "text/css"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("xml", "application/xml"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain"),
    ("conf", "text/plain"),
    ("webmanifest", "application/manifest+json"),
    ("png", "image/png"),
];

/// Files that no page has today, for their types.
const EXTRA: [(&str, &str); 3] = [
    ("wasm", "application/wasm"),
    ("ics", "text/calendar"),
    ("csv", "text/csv"),
];

/// A built site with its compressed files, and the path that it is served under.
struct Hosted {
    site: PathBuf,
    chemin: &'static str,
}

impl Hosted {
    fn build() -> Self {
        // Not under the repository: Apache reads it as another user.
        let site = fresh_folder().join("site");
        let out = site.to_string_lossy();
        let done = run(&[
            "build",
            "--compress",
            "--base-url",
            "https://care.example/",
            "--out",
            &out,
        ]);
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        for (ending, _) in EXTRA {
            std::fs::write(site.join(format!("essai.{ending}")), "essai").expect("written");
        }
        Self { site, chemin: "/" }
    }

    /// Every published file but the compressed forms, with its address on the server.
    fn addresses(&self) -> Vec<(PathBuf, String)> {
        let whole = files(&self.site).into_iter().filter(|file| {
            let name = file.to_string_lossy();
            !name.ends_with(".br") && !name.ends_with(".gz") && !name.starts_with('.')
        });
        let addressed = whole.map(|file| {
            let name = file.to_string_lossy();
            let address = name.strip_suffix("index.html").unwrap_or(&name);
            let address = format!("{}{address}", self.chemin);
            (file, address)
        });
        addressed.collect()
    }

    fn bytes(&self, file: &Path, ending: &str) -> Vec<u8> {
        let name = format!("{}{ending}", self.site.join(file).display());
        std::fs::read(&name).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

impl Drop for Hosted {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.site.parent().expect("its folder"));
    }
}

fn is_hashed(file: &Path) -> bool {
    let name = file.to_string_lossy();
    let mut parts = name.rsplit('.');
    let hash = parts.nth(1).unwrap_or_default();
    hash.len() == 12 && hash.chars().all(|c| c.is_ascii_hexdigit())
}

fn type_of(file: &Path) -> &'static str {
    let ending = file.extension().unwrap_or_default().to_string_lossy();
    let mut known = TYPES.iter().chain(&EXTRA);
    let known = known.find(|(name, _)| *name == ending);
    known.map_or("text/plain", |(_, kind)| kind)
}

/// What every answer says, whatever it is about.
fn check_headers(answer: &Answer, address: &str) {
    for (name, value) in [
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "{name} of {address}");
    }
    assert!(answer.header("permissions-policy").contains("camera=()"));
    let csp = answer.header("content-security-policy");
    assert!(csp.contains("frame-ancestors 'none'"), "{address}: {csp}");
    assert!(csp.contains("default-src 'none'"), "{address}: {csp}");
    let connects = address.ends_with("/sw.js");
    assert_eq!(csp.contains("connect-src 'self'"), connects, "{address}");
    assert_eq!(csp.contains("connect-src 'none'"), !connects, "{address}");
}

fn check_type(answer: &Answer, file: &Path) {
    let kind = answer.header("content-type");
    let (kind, charset) = kind.split_once(';').unwrap_or((kind, ""));
    assert_eq!(kind, type_of(file), "{}", file.display());
    if kind == "text/html" || kind == "text/javascript" || kind == "text/css" {
        assert_eq!(charset.trim().to_lowercase(), "charset=utf-8");
    }
}

fn check_file(server: &Serveur, hosted: &Hosted, file: &Path, address: &str, encodings: &[&str]) {
    let plain = get(server.port, address, &[]);
    assert_eq!(plain.status, 200, "{address}");
    assert_eq!(plain.body, hosted.bytes(file, ""), "{address}");
    assert_eq!(plain.header("content-encoding"), "", "{address}");
    check_headers(&plain, address);
    check_type(&plain, file);
    let cache = plain.header("cache-control");
    if is_hashed(file) {
        assert_eq!(cache, "public, max-age=31536000, immutable", "{address}");
    } else {
        assert_eq!(cache, "no-cache", "{address}");
        let tag = plain.header("etag");
        assert!(tag.len() > 4, "{address} has no ETag");
        let again = get(server.port, address, &[("If-None-Match", tag)]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{address}");
    }
    for encoding in encodings {
        check_packed(server, hosted, file, address, encoding);
    }
}

/// The compressed form is sent as it lies there, with the type and the headers of the plain one.
fn check_packed(server: &Serveur, hosted: &Hosted, file: &Path, address: &str, encoding: &str) {
    let ending = if encoding == "br" { ".br" } else { ".gz" };
    let packed = format!("{}{ending}", hosted.site.join(file).display());
    if !Path::new(&packed).is_file() {
        return;
    }
    let answer = get(server.port, address, &[("Accept-Encoding", encoding)]);
    assert_eq!(answer.status, 200, "{address} {encoding}");
    assert_eq!(answer.header("content-encoding"), encoding, "{address}");
    assert_eq!(answer.body, hosted.bytes(file, ending), "{address}");
    let vary = answer.header("vary").to_lowercase();
    assert!(vary.contains("accept-encoding"), "{address}: {vary}");
    check_headers(&answer, address);
    check_type(&answer, file);
}

/// What is not there is said with the site's own page; no folder is listed, no hidden file shown.
fn check_absent(server: &Serveur, hosted: &Hosted) {
    let expected = hosted.bytes(Path::new("404.html"), "");
    for absent in [
        "absent",
        "faq/9-99/",
        "assets/",
        ".sitegen",
        "assets/.cache",
        "faq/../.sitegen",
    ] {
        let address = format!("{}{absent}", hosted.chemin);
        let answer = get(server.port, &address, &[]);
        assert_eq!(answer.status, 404, "{address}");
        assert_eq!(answer.body, expected, "{address}");
        check_headers(&answer, &address);
    }
    // What climbs out of the site leaves these settings: whatever answers, it is no file of the system.
    let outside = format!("{}%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd", hosted.chemin);
    let outside = String::from_utf8(get(server.port, &outside, &[]).body).expect("text");
    assert!(!outside.contains("root:"), "{outside}");
    let folder = get(server.port, &format!("{}faq", hosted.chemin), &[]);
    assert!([301, 308].contains(&folder.status), "{folder:?}");
    assert!(folder.header("location").ends_with("/faq/"), "{folder:?}");
}

fn check_in_browser(server: &Serveur) {
    let browser = Browser::launch();
    let page = browser.page(PageOptions::desktop());
    page.goto(&server.url("calculateur/"));
    page.wait_for("!document.querySelector('[data-role=application]').hidden");
    page.goto(&server.url("faq/3-16/"));
    page.click("#recherche-champ");
    page.type_text("antivirus");
    page.wait_for("document.querySelectorAll('.recherche-option').length > 0");
    page.assert_quiet(&server.url(""));
}

fn check(hosted: &Hosted, logiciel: Logiciel, encodings: &[&str]) {
    let server = Serveur::start(logiciel, &hosted.site, hosted.chemin);
    let addresses = hosted.addresses();
    assert!(addresses.len() > 110, "{}", addresses.len());
    for (file, address) in &addresses {
        check_file(&server, hosted, file, address, encodings);
    }
    check_absent(&server, hosted);
    check_in_browser(&server);
}

/// What a question page may weigh with everything it asks for, in bytes of brotli, before the search has the focus.
const WEIGHT: usize = 20_000;

/// The weight of a page, of what the browser asks for to show it.
fn weight(hosted: &Hosted, server: &Serveur, page: &Page, address: &str) -> usize {
    page.goto(&server.url(address));
    page.wait_for("document.readyState === 'complete'");
    let home = server.url("");
    let asked = page.requests();
    let files = asked.iter().filter_map(|url| url.strip_prefix(&home));
    let packed = files.map(|file| {
        let file = if file.is_empty() || file.ends_with('/') {
            format!("{file}index.html")
        } else {
            file.to_owned()
        };
        hosted.bytes(Path::new(&file), ".br").len()
    });
    packed.sum()
}

fn check_weight(hosted: &Hosted) {
    let server = Serveur::start(Logiciel::NginxBrotli, &hosted.site, "/");
    let browser = Browser::launch();
    let questions = std::fs::read_dir(hosted.site.join("faq")).expect("questions");
    let heaviest = questions
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().contains('-'))
        .map(|entry| {
            let address = format!("faq/{}/", entry.file_name().to_string_lossy());
            let page = browser.page(PageOptions::desktop());
            (weight(hosted, &server, &page, &address), address)
        })
        .max()
        .expect("a question");
    eprintln!("the heaviest question page: {heaviest:?}");
    assert!(heaviest.0 > 5_000 && heaviest.0 <= WEIGHT, "{heaviest:?}");
}

/// Every style and script is named with its digest; the calculator in one file has its own inside.
fn check_integrity(hosted: &Hosted, file: &Path) {
    let text = String::from_utf8(hosted.bytes(file, "")).expect("UTF-8");
    let tags = text
        .split('<')
        .filter(|tag| tag.starts_with("script src=") || tag.starts_with("link rel=\"stylesheet\""));
    for tag in tags {
        assert!(
            tag.contains(" integrity=\"sha256-"),
            "{}: {tag}",
            file.display()
        );
    }
}

#[test]
fn nginx_apache_and_caddy_serve_the_site_at_the_root_and_under_a_path() {
    let mut hosted = Hosted::build();
    for file in files(&hosted.site) {
        if file.extension().is_some_and(|ending| ending == "html") {
            check_integrity(&hosted, &file);
        }
    }
    check_weight(&hosted);
    for chemin in ["/", "/care/"] {
        hosted.chemin = chemin;
        check(&hosted, Logiciel::Nginx, &["gzip"]);
        check(&hosted, Logiciel::NginxBrotli, &["gzip", "br"]);
        check(&hosted, Logiciel::Apache, &["gzip", "br"]);
        check(&hosted, Logiciel::Caddy, &["gzip", "br"]);
    }
}
