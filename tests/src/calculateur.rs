//! The calculator's own module, the bytes that the built site sends, called without its page.

use crate::{Page, site};

/// Starts it in an empty tab; `window.evaluer(dossier, jour)` then answers as `sitegen evaluate --json` does, or with
/// the faults, a line each.
///
/// # Panics
/// Where the built site has no such script, or the script is not made as expected.
pub fn open(page: &Page) {
    let site = site::built();
    let scripts = site::files(site).into_iter();
    let script = scripts
        .map(|file| site.join(file))
        .find(|file| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("calculateur") && name.ends_with(".js")
        })
        .expect("the calculator's script");
    let script = std::fs::read_to_string(script).expect("a script");
    let start = "wasm_bindgen({ module_or_path:";
    assert_eq!(script.matches(start).count(), 1, "its loader has changed");
    let kept = ["window.module = wasm_bindgen; window.pret = ", start].concat();
    page.goto("about:blank");
    page.eval(&script.replace(start, &kept));
    page.eval("window.pret.then(() => true)");
    let programme = std::fs::read_to_string(site.join("programme.json")).expect("programme.json");
    let programme = serde_json::Value::from(programme);
    page.eval(&format!(
        "window.evaluer = (dossier, jour) => window.module.evaluer(dossier, {programme}, jour); 0"
    ));
}
