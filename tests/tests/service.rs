//! `sitegen serve`: an edit is rebuilt and the open page reloads by itself, whatever else waits.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tests::nginx::{free_port, wait_for_port};
use tests::projet::Projet;
use tests::{Browser, PageOptions, site};

/// The question that is edited.
const QUESTION: &str = "content/faq/candidature/1.5.md";

/// A copy of the project, served. Ends with the test, however it ends.
struct Serving {
    projet: Projet,
    port: u16,
    child: Child,
}

impl Serving {
    fn start() -> Self {
        // Compiles the modules of the browser where they are missing, before anything is timed out.
        let _ = site::built();
        let projet = Projet::copy();
        let port = free_port();
        let mut command = Command::new(site::sitegen());
        command
            .args(["serve", "--port", &port.to_string()])
            .current_dir(projet.path(""))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let child = command.spawn().expect("sitegen serve");
        wait_for_port(port);
        Self {
            projet,
            port,
            child,
        }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }

    /// Replaces the first `from` of question 1.5 by `to`, in one save.
    fn edit(&self, from: &str, to: &str) {
        let file = self.projet.path(QUESTION);
        let text = std::fs::read_to_string(&file).expect("the question");
        assert!(text.contains(from), "{from}");
        std::fs::write(&file, text.replacen(from, to, 1)).expect("saved");
    }

    /// A page, as it is served now.
    fn get(&self, path: &str) -> String {
        let answer = self.ask(&format!("GET /{path} HTTP/1.1\r\nHost: x\r\n\r\n"));
        let answer = read_all(answer);
        let (_, body) = answer.split_once("\r\n\r\n").expect("a head");
        body.to_owned()
    }

    /// Waits until a page is as it should be.
    fn wait_for(&self, path: &str, is_right: impl Fn(&str) -> bool) {
        let limit = Instant::now() + Duration::from_secs(60);
        while !is_right(&self.get(path)) {
            assert!(Instant::now() < limit, "{path}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// A connection that has said this and waits.
    fn ask(&self, head: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.write_all(head.as_bytes()).expect("said");
        stream
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn an_edit_reloads_the_open_page() {
    let serving = Serving::start();
    let browser = Browser::launch();
    let page = browser.page(PageOptions::desktop());
    page.goto(&serving.url("faq/1-5/"));
    assert!(!page.text("h1").contains("modifiée"));
    for (from, to) in [
        ("titre = \"", "titre = \"Question modifiée : "),
        ("modifiée", "remaniée"),
    ] {
        serving.edit(from, to);
        let word = to
            .trim_start_matches("titre = \"Question ")
            .trim_end_matches(" : ");
        page.wait_for(&format!(
            "document.querySelector('h1').textContent.includes('{word}')"
        ));
    }
    page.assert_quiet(&serving.url(""));
}

/// Each file of the copy is checked against its digest: none may carry what the server adds to the pages it shows.
#[test]
fn the_offline_copy_can_be_taken_while_editing() {
    let serving = Serving::start();
    let browser = Browser::launch();
    let page = browser.page(PageOptions::desktop());
    page.goto(&serving.url("hors-ligne/"));
    let state = |state| {
        format!("document.querySelector('[data-module=hors-ligne]')?.dataset.etat === '{state}'")
    };
    page.wait_for(&state("absente"));
    page.click("[data-role=bouton]");
    page.wait_for(&state("presente"));
    page.click("[data-role=bouton]");
    page.wait_for(&state("retiree"));
}

#[test]
fn pages_that_wait_hold_back_no_other() {
    let serving = Serving::start();
    let waiting: Vec<TcpStream> = (0..24)
        .map(|_| serving.ask("GET /__serve/attente?version=0 HTTP/1.1\r\nHost: x\r\n\r\n"))
        .collect();
    // Half a request, and none at all.
    let _slow = (serving.ask("GET / HT"), serving.ask(""));
    for (head, expected) in [
        (
            "GET /faq/1-5/ HTTP/1.1\r\nHost: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\n",
        ),
        ("HEAD /faq/1-5 HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 301 "),
        ("GET /absent HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 404 "),
        ("DELETE / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 405 "),
        ("\u{1}\r\n\r\n", "HTTP/1.1 400 "),
    ] {
        assert!(read_all(serving.ask(head)).starts_with(expected), "{head}");
    }
    serving.edit("titre = \"", "titre = \"Question modifiée : ");
    for stream in waiting {
        assert!(read_all(stream).contains("<svg"));
    }
}

#[test]
fn saves_of_every_kind_are_shown_and_the_whole_site_follows() {
    let serving = Serving::start();
    let file = serving.projet.path(QUESTION);
    let text = std::fs::read_to_string(&file).expect("the question");
    let titled = |word: &str| text.replacen("titre = \"", &format!("titre = \"{word} : "), 1);
    // Ten saves in a row.
    for save in 0..10 {
        std::fs::write(&file, titled(&format!("Essai-{save}-dit"))).expect("saved");
    }
    serving.wait_for("faq/1-5/", |page| page.contains("Essai-9-dit"));
    serving.wait_for("faq/candidature/", |page| page.contains("Essai-9-dit"));
    // As editors save that never leave half a file: another file takes the place of the old one.
    let other = serving.projet.path("content/faq/candidature/.1.5.md.swp");
    std::fs::write(&other, titled("Remplacée")).expect("written");
    std::fs::rename(&other, &file).expect("renamed");
    serving.wait_for("faq/1-5/", |page| page.contains("Remplacée"));
    serving.wait_for("faq/candidature/", |page| page.contains("Remplacée"));
    assert!(!serving.get("faq/candidature/").contains("Essai-"));
}

#[test]
fn a_broken_content_leaves_the_last_good_site() {
    let serving = Serving::start();
    let other = serving.projet.path("content/faq/candidature/1.6.md");
    let good = std::fs::read_to_string(&other).expect("another question");
    let file = serving.projet.path(QUESTION);
    let sound = std::fs::read_to_string(&file).expect("the question");
    let before = serving.get("faq/1-5/");
    // Broken itself: nothing of it is ever shown.
    serving.edit("\n+++\n", "\n+++\n[là](faq:1.99)\n");
    serving.edit("titre = \"", "titre = \"Cassée : ");
    for _ in 0..20 {
        assert!(!serving.get("faq/1-5/").contains("Cassée"));
        std::thread::sleep(Duration::from_millis(50));
    }
    // Sound, but the site around it is not: what was shown of it is taken back.
    std::fs::write(&other, good.replacen("titre = \"", "titre = ", 1)).expect("saved");
    std::fs::write(&file, sound.replacen("titre = \"", "titre = \"Seule : ", 1)).expect("saved");
    let saved = Instant::now();
    serving.wait_for("faq/1-5/", |page| {
        text_of(page) == text_of(&before) && saved.elapsed() > Duration::from_secs(2)
    });
    // Mended: all of it comes.
    std::fs::write(&other, good).expect("saved");
    serving.wait_for("faq/candidature/", |page| page.contains("Seule"));
    serving.wait_for("faq/1-5/", |page| page.contains("Seule"));
}

/// A page without the script that reloads it, which tells of which build the page is.
fn text_of(page: &str) -> &str {
    page.split("<script src=\"/__serve").next().unwrap_or(page)
}

fn read_all(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("an answer");
    String::from_utf8_lossy(&bytes).into_owned()
}
