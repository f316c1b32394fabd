//! From key press to new verdict on screen, in Chromium slowed down four times, in a large dossier (15 entities of 20 audits
//! each: 10 of a directory, 10 of a perimeter) and in one twice as large:
//! `cargo run --release -p tests --example vitesse_calculateur`.
//!
//! Each press is measured by the page itself: from the time stamp of its event to a task of the highest priority right
//! after the frame that shows its effect, before what the browser does on its own (its autofill reads the form after
//! each key); and by the browser's Event Timing, up to the frame's presentation, to 8 ms. `-- profil` also prints where
//! the scripts spend their time.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;
use tests::{Browser, Nginx, Page, PageOptions, site};

const SLOWDOWN: u32 = 4;
const ENTITIES: usize = 15;
/// Audits of each directory and of each perimeter.
const AUDITS: [i64; 2] = [10, 20];
/// Pages that the same presses are made in, counted together.
const ROUNDS: usize = 4;

/// Every press from here on: how long until the frame that shows it was done, and whether it changed something in the
/// verdicts, or the mark that they wait.
const WATCH: &str = "(() => {
  window.presses = [];
  let pending = null;
  const observer = new MutationObserver(() => { if (pending) pending.changed = true; });
  const look = (role, options) => observer.observe(document.querySelector(`[data-role=${role}]`), { subtree: true, ...options });
  look('resultats', { childList: true, characterData: true, attributes: true });
  look('resume', { attributeFilter: ['hidden', 'data-verdict'] });
  const end = (press) => { press.time = performance.now() - press.start; presses.push(press); pending = null; };
  addEventListener('keydown', (event) => {
    const press = { start: event.timeStamp, changed: false };
    pending = press;
    requestAnimationFrame(() => scheduler.postTask(() => end(press), { priority: 'user-blocking' }));
  }, true);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === 'keydown') {
      const press = presses.find((press) => press.start === entry.startTime);
      if (press) press.painted = entry.duration;
    }
  }).observe({ type: 'event', durationThreshold: 16 });
})()";

fn main() {
    let profile = std::env::args().any(|argument| argument == "profil");
    let nginx = Nginx::serve(site::built());
    let browser = Browser::launch();
    for (name, options) in [
        ("1280 px", PageOptions::desktop()),
        ("390 px", PageOptions::phone()),
    ] {
        let page = start(&browser, &nginx, options);
        for _ in 0..4 {
            type_in(&page, "#aujourdhui", "20/08/2026");
        }
        report(&format!("{name}, empty form"), &presses(&page));
        for audits in AUDITS {
            let name = format!("{name}, 15 × {} audits", audits * 2);
            let rounds = (0..ROUNDS).flat_map(|_| {
                let page = start(&browser, &nginx, options);
                open(&page, audits);
                measure(&page, audits, profile)
            });
            report(&name, &rounds.collect::<Vec<_>>());
        }
    }
}

/// The calculator, empty, on the day of the measure, each press watched.
fn start<'b>(browser: &'b Browser, nginx: &Nginx, options: PageOptions) -> Page<'b> {
    let page = browser.page(options.slowed(SLOWDOWN));
    page.goto(&nginx.url("calculateur/"));
    page.wait_for("!document.querySelector('[data-role=application]').hidden");
    page.fill("#aujourdhui", "20/08/2026");
    page.eval(WATCH);
    page
}

fn measure(page: &Page, audits: i64, profile: bool) -> Vec<Value> {
    page.eval("presses = []");
    if profile {
        page.call("Profiler.enable", json!({}));
        page.call("Profiler.setSamplingInterval", json!({ "interval": 500 }));
        page.call("Profiler.start", json!({}));
    }
    press_keys(page, audits);
    if profile {
        print_profile(&page.call("Profiler.stop", json!({}))["profile"]);
    }
    presses(page)
}

/// Opens the large dossier as a file, and says how long the page needed.
fn open(page: &Page, audits: i64) {
    let file: PathBuf = tests::browser::fresh_folder().join("grand.json");
    std::fs::write(&file, large_dossier(audits).to_string()).expect("a file");
    page.give_file("[data-role=fichier]", &file);
    let rows = ENTITIES * usize::try_from(audits).unwrap_or(0) * 2;
    page.wait_for(&format!(
        "document.querySelectorAll('[data-liste=audits] > [data-ligne]').length === {rows}"
    ));
    page.wait_for("document.querySelectorAll('[data-objectif]').length > 3");
}

/// Types in the fields that change verdicts, at the beginning, in the middle and at the end of the form.
fn press_keys(page: &Page, audits: i64) {
    for list in ["annuaires", "perimetres"] {
        for (rank, audit) in [(1, 1), (8, audits / 2), (15, audits)] {
            let row = format!(
                "[data-liste={list}] > :nth-child({rank}) [data-liste=audits] > :nth-child({audit})"
            );
            let (key, values) = if list == "annuaires" {
                ("score", ["1", "4"])
            } else {
                ("cvss_max", ["9,5", "3"])
            };
            for value in values {
                type_in(page, &format!("{row} [data-champ={key}]"), value);
            }
            let date = format!("{row} [data-champ=date]");
            let before = page.eval(&format!("document.querySelector('{date}').value"));
            type_in(page, &date, before.as_str().unwrap_or_default());
        }
    }
    type_in(page, "#phase-debut", "20/03/2026");
    type_in(
        page,
        "[data-liste=entites] > :nth-child(8) [data-champ=nom]",
        "Hôpital",
    );
}

fn type_in(page: &Page, field: &str, text: &str) {
    page.eval(&format!("(() => {{ const f = document.querySelector('{field}'); f.scrollIntoView({{ block: 'center' }}); f.focus(); f.select(); }})()"));
    // What came into sight is drawn before a hand is back on the keys.
    std::thread::sleep(Duration::from_millis(200));
    for character in text.chars() {
        page.press(character.encode_utf8(&mut [0; 4]));
        settle(page);
    }
}

/// Lets the frame of a press be painted before the next one.
fn settle(page: &Page) {
    page.eval("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))))");
}

/// What the page measured of each press: its time, whether it changed a result, and its time by the Event Timing of the
/// browser, which comes a while after.
fn presses(page: &Page) -> Vec<Value> {
    let presses = page.eval(
        "new Promise((done) => setTimeout(() => done(presses.map((press) => [press.time, press.changed, press.painted ?? 0])), 500))",
    );
    presses.as_array().cloned().expect("presses")
}

fn report(name: &str, presses: &[Value]) {
    let time = |press: &Value| press[0].as_f64().unwrap_or(0.0);
    let all: Vec<f64> = presses.iter().map(time).collect();
    let changed: Vec<f64> = presses
        .iter()
        .filter(|press| press[1] == true)
        .map(time)
        .collect();
    println!("{name}, {SLOWDOWN}x: all presses {}", figures(all));
    let painted = presses.iter().map(|press| press[2].as_f64().unwrap_or(0.0));
    println!(
        "{name}, {SLOWDOWN}x: by Event Timing {}",
        figures(painted.collect())
    );
    println!(
        "{name}, {SLOWDOWN}x: presses that change a verdict {}",
        figures(changed)
    );
}

fn figures(mut times: Vec<f64>) -> String {
    times.sort_by(f64::total_cmp);
    let at = |hundredth: usize| {
        times
            .get((times.len() * hundredth / 100).min(times.len().saturating_sub(1)))
            .copied()
            .unwrap_or(0.0)
    };
    format!(
        "{}: median {:.1} ms, p95 {:.1} ms, worst {:.1} ms",
        times.len(),
        at(50),
        at(95),
        at(100)
    )
}

/// Self time by function, the largest first.
fn print_profile(profile: &Value) {
    let mut names: BTreeMap<u64, String> = BTreeMap::new();
    for node in profile["nodes"].as_array().into_iter().flatten() {
        let name = node["callFrame"]["functionName"].as_str().unwrap_or("");
        names.insert(node["id"].as_u64().unwrap_or(0), name.to_owned());
    }
    let mut times: BTreeMap<&str, i64> = BTreeMap::new();
    let samples = profile["samples"].as_array().expect("samples");
    let deltas = profile["timeDeltas"].as_array().expect("deltas");
    for (sample, delta) in samples.iter().zip(deltas) {
        let name = &names[&sample.as_u64().unwrap_or(0)];
        *times.entry(name).or_default() += delta.as_i64().unwrap_or(0);
    }
    let mut sorted: Vec<(&str, i64)> = times.into_iter().collect();
    sorted.sort_by_key(|(_, time)| -time);
    for (name, time) in sorted.into_iter().take(40) {
        println!("{time:>9} us  {name}");
    }
}

/// Every directory and perimeter with so many audits, evenly spread from April on, the last after today.
fn large_dossier(audits: i64) -> Value {
    let ids: Vec<String> = (1..=ENTITIES).map(|rank| format!("e{rank}")).collect();
    let day = |audit: i64| {
        let days = 280 / audits * audit;
        let (month, day) = (4 + days / 28, 1 + days % 28);
        let (year, month) = if month > 12 {
            (2027, month - 12)
        } else {
            (2026, month)
        };
        format!("{year}-{month:02}-{day:02}")
    };
    let entities: Vec<Value> = ids
        .iter()
        .map(|id| json!({ "id": id, "nom": format!("Établissement {id}"), "statut": "public", "activite_combinee": 12_000 }))
        .collect();
    let directories: Vec<Value> = ids
        .iter()
        .map(|id| {
            let audits: Vec<Value> = (0..audits)
                .map(|audit| json!({ "date": day(audit), "score": 3, "rapport_disponible_le": day(audit + 1) }))
                .collect();
            json!({ "id": format!("ad-{id}"), "nom": format!("AD {id}"), "mode": "local", "entites": [id], "audits": audits })
        })
        .collect();
    let perimeters: Vec<Value> = ids
        .iter()
        .map(|id| {
            let audits: Vec<Value> = (0..audits)
                .map(|audit| json!({ "date": day(audit), "outil": "industriel", "cvss_max": 6.5 }))
                .collect();
            json!({ "id": format!("ext-{id}"), "nom": format!("Exposition {id}"), "entites": [id], "audits": audits })
        })
        .collect();
    json!({
        "version": 1,
        "candidat": { "nom": "GHT de mesure", "type": "ght" },
        "phase": { "debut": "2026-03-20", "validation_ars": "2026-04-15", "declaration": "2027-01-20" },
        "entites": entities, "annuaires": directories, "perimetres": perimeters,
        "part_activite_min_pourcent": 80
    })
}
