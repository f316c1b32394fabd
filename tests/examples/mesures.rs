//! Times the calculator's evaluation in Chromium, a dossier in JSON in and its evaluation in JSON out:
//! `cargo run -p tests --example mesures`. 10 entities, 10 directories and 10 perimeters with 8 audits each.

use serde_json::{Value, json};
use tests::{Browser, PageOptions, calculateur};

/// Eight audits 42 days apart, from 4 May 2026.
const DAYS: [&str; 8] = [
    "2026-05-04",
    "2026-06-15",
    "2026-07-27",
    "2026-09-07",
    "2026-10-19",
    "2026-11-30",
    "2027-01-11",
    "2027-02-22",
];

fn dossier() -> Value {
    let ten = |element: &dyn Fn(usize) -> Value| (0..10).map(element).collect::<Vec<_>>();
    let ads = DAYS.map(|day| json!({"date": day, "score": 2}));
    let exposure = DAYS.map(|day| json!({"date": day, "outil": "industriel", "cvss_max": 5.5}));
    json!({
        "candidat": {"type": "ght"},
        "phase": {"debut": "2026-03-20", "validation_ars": "2026-04-15", "declaration": "2027-03-20"},
        "part_activite_min_pourcent": 80,
        "entites": ten(&|n| json!({"id": format!("e{n}"), "nom": format!("Établissement {n}"), "activite_combinee": 10_000 + n})),
        "annuaires": ten(&|n| json!({"id": format!("ad{n}"), "mode": "local", "entites": [format!("e{n}")], "audits": ads})),
        "perimetres": ten(&|n| json!({"id": format!("ext{n}"), "entites": [format!("e{n}")], "audits": exposure})),
    })
}

/// Batches of 10, for the browser's clock is coarse; the best batch tells the cost, the median the machine's load.
const TIMES: &str = "(() => {
  const times = [];
  for (let batch = 0; batch < 400; batch++) {
    const start = performance.now();
    for (let i = 0; i < 10; i++) FONCTION(DOSSIER, '2026-10-01');
    times.push((performance.now() - start) * 100);
  }
  times.sort((a, b) => a - b);
  return [Math.round(times[200]), Math.round(times[0])];
})()";

fn main() {
    let browser = Browser::launch();
    let page = browser.page(PageOptions::desktop());
    calculateur::open(&page);
    let dossier = Value::from(dossier().to_string()).to_string();
    let out = page.eval(&format!("evaluer({dossier}, '2026-10-01').length"));
    for (call, form) in [("juger", "its bytes"), ("evaluer", "a text")] {
        let times = TIMES.replace("FONCTION", call);
        let times = page.eval(&times.replace("DOSSIER", &dossier));
        let line = format!(
            "evaluation in Chromium, JSON of {} bytes in, of {out} characters out as {form}: median {} µs, best {} µs\n",
            dossier.len(),
            times[0],
            times[1]
        );
        std::io::Write::write_all(&mut std::io::stdout(), line.as_bytes()).expect("a terminal");
    }
}
