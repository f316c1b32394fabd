//! The calculator's own module, the bytes of its two parts that the built site sends, called without its page.

use crate::{Page, site};

/// Starts it in an empty tab; `window.evaluer(dossier, jour)` then answers as `sitegen evaluate --json` does, or with
/// the faults, a line each; `window.juger` gives the same as bytes.
///
/// # Panics
/// Where the built site has no such script, or the script is not made as expected.
pub fn open(page: &Page) {
    let site = site::built();
    let scripts = site::files(site).into_iter();
    let scripts: Vec<_> = scripts.map(|file| site.join(file)).collect();
    let [script, second] = ["calculateur", "suite"].map(|beginning| {
        let script = scripts.iter().find(|file| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(beginning) && name.ends_with(".js")
        });
        std::fs::read_to_string(script.expect("the calculator's scripts")).expect("a script")
    });
    let start = "wasm_bindgen({ module_or_path:";
    assert_eq!(script.matches(start).count(), 1, "its loader has changed");
    let kept = ["window.module = wasm_bindgen; window.pret = ", start].concat();
    page.goto("about:blank");
    page.eval(&script.replace(start, &kept));
    page.eval(&format!(
        "window.careSuite = (text) => {{ window.second = text; }}; {second}"
    ));
    page.eval(
        "window.pret.then((m) => WebAssembly.instantiate(Uint8Array.from(window.second, (c) => c.charCodeAt(0)), { m })).then(() => true)",
    );
    let programme = std::fs::read_to_string(site.join("programme.json")).expect("programme.json");
    let programme = serde_json::Value::from(programme);
    page.eval(&format!(
        "window.juge = new window.module.Juge({programme});
         window.juger = (dossier, jour) => window.juge.evaluer(dossier, jour);
         window.evaluer = (dossier, jour) => new TextDecoder().decode(juger(dossier, jour)); 0"
    ));
}
