//! A bounded load on the built site behind a real nginx with the published settings: `wrk` (Debian's package) asks for
//! one address after the other. `cargo run --release -p tests --example charge`

use std::process::Command;
use tests::browser::fresh_folder;
use tests::site::{files, run};
use tests::{Logiciel, Serveur};

/// How many connections ask at once.
const CONNECTIONS: &str = "32";

fn main() {
    let site = fresh_folder().join("site");
    let done = run(&["build", "--compress", "--out", &site.to_string_lossy()]);
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let server = Serveur::start(Logiciel::NginxBrotli, &site, "/");
    let script = files(&site)
        .iter()
        .map(|file| file.to_string_lossy().into_owned())
        .find(|file| file.starts_with("assets/calculateur.") && file.contains(".js"))
        .expect("the calculator's script");
    for address in ["faq/3-16/", "", &script, "cette-page-n-existe-pas"] {
        // A first round fills the caches of the system.
        let _ = wrk(&server.url(address), "1s");
        eprintln!("/{address}\n{}", wrk(&server.url(address), "5s"));
    }
    drop(server);
    let _ = std::fs::remove_dir_all(site.parent().expect("its folder"));
}

/// What `wrk` says of this address.
fn wrk(url: &str, duration: &str) -> String {
    let arguments = ["-t1", "-c", CONNECTIONS, "-d", duration, "--latency", "-H"];
    let done = Command::new("wrk")
        .args(arguments)
        .args(["Accept-Encoding: br", url])
        .output()
        .expect("wrk (apt-get install wrk)");
    String::from_utf8_lossy(&done.stdout).into_owned()
}
