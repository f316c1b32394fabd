//! `sitegen serve`: an edit is rebuilt and the open page reloads by itself.

use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tests::nginx::{free_port, wait_for_port};
use tests::projet::Projet;
use tests::{Browser, PageOptions, site};

/// Ends with the test, however it ends.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn an_edit_reloads_the_open_page() {
    let projet = Projet::copy();
    let port = free_port();
    let mut command = Command::new(site::sitegen());
    command
        .args(["serve", "--port", &port.to_string()])
        .current_dir(projet.path(""))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let _serving = Serving(command.spawn().expect("sitegen serve"));
    wait_for_port(port);
    let browser = Browser::launch();
    let page = browser.page(PageOptions::desktop());
    page.goto(&format!("http://127.0.0.1:{port}/faq/1-5/"));
    assert!(!page.text("h1").contains("modifiée"));
    // A moment, so that the page waits for the next build before it comes.
    std::thread::sleep(Duration::from_millis(300));
    let file = projet.path("content/faq/candidature/1.5.md");
    let text = std::fs::read_to_string(&file).expect("the question");
    std::fs::write(
        &file,
        text.replacen("titre = \"", "titre = \"Question modifiée : ", 1),
    )
    .expect("saved");
    page.wait_for("document.querySelector('h1').textContent.includes('modifiée')");
    page.assert_quiet(&format!("http://127.0.0.1:{port}/"));
}
