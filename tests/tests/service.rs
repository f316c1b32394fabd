//! `sitegen serve`: an edit is rebuilt and the open page reloads by itself, whatever else waits.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use tests::nginx::{free_port, wait_for_port};
use tests::projet::Projet;
use tests::{Browser, PageOptions, site};

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
        let file = self.projet.path("content/faq/candidature/1.5.md");
        let text = std::fs::read_to_string(&file).expect("the question");
        assert!(text.contains(from), "{from}");
        std::fs::write(&file, text.replacen(from, to, 1)).expect("saved");
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

fn read_all(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("an answer");
    String::from_utf8_lossy(&bytes).into_owned()
}
