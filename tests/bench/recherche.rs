//! What the search costs: size under brotli, readiness, one key press, queries a second. Measured, never asserted:
//! `cargo run --release -p tests --example mesure-recherche` (Debian's `brotli` and `chromium`).

#![expect(clippy::float_arithmetic, reason = "measures, not decisions")]

use serde_json::{Value, json};
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tests::{Browser, Nginx, Page, PageOptions, site};

fn main() {
    let nginx = Nginx::serve(site::built());
    let browser = Browser::launch();
    let mut out = std::io::stdout();
    let mut say = |line: String| writeln!(out, "{line}").expect("standard output");
    for line in sizes(&browser, &nginx) {
        say(line);
    }
    say(readiness(&browser, &nginx));
    for line in processor(&browser, &nginx) {
        say(line);
    }
    for slowdown in [1, 4] {
        for line in latency(&browser, &nginx, slowdown) {
            say(line);
        }
    }
    say(throughput());
}

fn brotli(bytes: &[u8]) -> usize {
    let mut child = Command::new("brotli")
        .args(["-q", "11", "-w", "24", "-c"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("brotli is installed");
    let mut input = child.stdin.take().expect("its input");
    let bytes = bytes.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().expect("its output");
    writer.join().expect("a thread").expect("all was read");
    output.stdout.len()
}

/// The engine and its index as the page receives them.
fn sizes(browser: &Browser, nginx: &Nginx) -> Vec<String> {
    let page = browser.page(PageOptions::desktop());
    page.goto(&nginx.url(""));
    page.eval(
        "{ const ready = careMoteurPret; window.careMoteurPret = (open, data, wasm) => {
            window.recu = [Array.from(wasm), data]; ready(open, data, wasm); } }",
    );
    page.press("/");
    page.wait_for("document.querySelector('[data-moteur-pret]')");
    let received = page.eval("recu");
    let bytes = |value: &Value| u8::try_from(value.as_u64().unwrap_or(0)).unwrap_or(0);
    let wasm: Vec<u8> = received[0]
        .as_array()
        .into_iter()
        .flatten()
        .map(bytes)
        .collect();
    let index = received[1].as_str().unwrap_or_default().as_bytes();
    let (engine, data) = (brotli(&wasm), brotli(index));
    vec![
        format!("engine {} bytes, {engine} brotli", wasm.len()),
        format!("index {} bytes, {data} brotli", index.len()),
        format!("together {} brotli", engine + data),
        format!(
            "as they travel, with loader and binding: {} brotli",
            travelling()
        ),
    ]
}

/// The script that carries engine and index.
fn travelling() -> usize {
    let assets = std::fs::read_dir(site::built().join("assets")).expect("the files of the site");
    let mut files = assets.flatten().map(|entry| entry.path());
    let script = files.find(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("moteur.") && name.ends_with(".js")
    });
    brotli(&std::fs::read(script.expect("the script of the engine")).expect("its bytes"))
}

/// Twenty fresh tabs: from the first focus to an engine that answers.
fn readiness(browser: &Browser, nginx: &Nginx) -> String {
    let times = (0..20).map(|_| ready(browser, nginx)).collect();
    format!("ready after the first focus, 20 loads: {}", spread(times))
}

fn ready(browser: &Browser, nginx: &Nginx) -> f64 {
    let page = browser.page(PageOptions::desktop());
    page.goto(&nginx.url("faq/3-16/"));
    page.eval(
        "{ window.debut = 0; const champ = document.querySelector('#recherche-champ');
         champ.addEventListener('focus', () => { debut = performance.now(); }, { once: true, capture: true });
         new MutationObserver(() => { window.pret ??= performance.now() - debut; })
           .observe(champ.form, { attributeFilter: ['data-moteur-pret'] }); }",
    );
    // By the keyboard: a pointer over the box would have begun before.
    page.press("/");
    page.wait_for("window.pret");
    page.eval("pret").as_f64().unwrap_or(0.0)
}

/// Each letter of the graded queries, typed into the box of a question's page; before that, into a page of nothing but a
/// field, which tells what of it is the browser's own.
fn latency(browser: &Browser, nginx: &Nginx, slowdown: u32) -> Vec<String> {
    let options = || PageOptions::desktop().slowed(slowdown);
    let mut lines = {
        let bare = browser.page(options());
        empty(&bare, nginx);
        told(
            &format!("{slowdown}×, nothing but a field"),
            &presses(&bare),
        )
    };
    let page = browser.page(options());
    page.goto(&nginx.url("faq/3-16/"));
    page.press("/");
    page.wait_for("document.querySelector('[data-moteur-pret]')");
    lines.extend(told(&format!("{slowdown}×"), &presses(&page)));
    lines
}

/// A text of the site, which brings neither style nor script, emptied for a field whose handler asks for a frame and does
/// nothing in it.
fn empty(page: &Page, nginx: &Nginx) {
    page.goto(&nginx.url("robots.txt"));
    page.eval(
        "{ const champ = document.createElement('input'), liste = document.createElement('ul');
         champ.id = 'recherche-champ'; champ.type = 'search'; liste.id = 'recherche-liste'; liste.hidden = true;
         champ.addEventListener('input', () => requestAnimationFrame(() => {}));
         document.body.replaceChildren(champ, liste); champ.focus(); }",
    );
}

fn told(scene: &str, measured: &Value) -> Vec<String> {
    let told = [
        "the event's handlers and the layout forced after them",
        "all its work: handlers, script and layout of the frame that follows",
        "from the press to the first task after the frame that shows the answers",
    ];
    let times = |rank: usize| -> Vec<f64> {
        let rows = measured.as_array().into_iter().flatten();
        rows.filter_map(|row| row[rank].as_f64()).collect()
    };
    let line = |(rank, what): (usize, &str)| {
        let times = times(rank);
        format!(
            "{scene}, {} presses, {what}: {}",
            times.len(),
            spread(times)
        )
    };
    told.into_iter().enumerate().map(line).collect()
}

/// Each letter typed on the keyboard: the processor's time that the page takes for it, which other programs of the
/// machine do not lengthen.
fn processor(browser: &Browser, nginx: &Nginx) -> Vec<String> {
    let page = browser.page(PageOptions::desktop());
    let clock = json!({ "timeDomain": "threadTicks" });
    page.call("Performance.enable", clock);
    page.goto(&nginx.url("faq/3-16/"));
    page.press("/");
    page.wait_for("document.querySelector('[data-moteur-pret]')");
    let mut rows: Vec<[f64; 3]> = Vec::new();
    for query in queries().iter().step_by(80) {
        page.eval("document.querySelector('#recherche-champ').value = ''");
        for letter in query.chars() {
            let before = spent(&page);
            page.press(letter.encode_utf8(&mut [0; 4]));
            // Asking the page whether it is done would be work of its own.
            std::thread::sleep(Duration::from_millis(60));
            let after = spent(&page);
            rows.push([0, 1, 2].map(|rank| after[rank] - before[rank]));
        }
    }
    let parts = ["script", "style", "layout"].into_iter().enumerate();
    let line = |what: &str, times: Vec<f64>| {
        format!(
            "processor, {} presses, {what}: {}",
            times.len(),
            spread(times)
        )
    };
    let mut lines: Vec<String> = parts
        .map(|(rank, what)| line(what, rows.iter().map(|row| row[rank]).collect()))
        .collect();
    lines.push(line(
        "in all",
        rows.iter().map(|row| row.iter().sum()).collect(),
    ));
    lines
}

/// Milliseconds of the processor so far: script, style, layout.
fn spent(page: &Page) -> [f64; 3] {
    let told = page.call("Performance.getMetrics", json!({}));
    ["ScriptDuration", "RecalcStyleDuration", "LayoutDuration"].map(|name| {
        let metrics = told["metrics"].as_array().into_iter().flatten();
        let mut named = metrics.filter(|metric| metric["name"] == name);
        let seconds = named.next().and_then(|metric| metric["value"].as_f64());
        seconds.unwrap_or(0.0) * 1000.0
    })
}

fn spread(mut times: Vec<f64>) -> String {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or(0.0);
    let most = times.last().copied().unwrap_or(0.0);
    format!(
        "median {:.1} ms, p95 {:.1} ms, most {most:.1} ms",
        at(50),
        at(95)
    )
}

/// For each press the three durations, measured in the page.
fn presses(page: &Page) -> Value {
    page.eval(
        "{ const champ = document.querySelector('#recherche-champ');
         const force = () => document.querySelector('#recherche-liste').getBoundingClientRect();
         const frame = (work) => new Promise((done) => requestAnimationFrame(() => done(work?.())));
         const task = () => new Promise((done) => {
           const { port1, port2 } = new MessageChannel();
           port1.onmessage = () => done(performance.now()); port2.postMessage(0); });
         window.presse = async (texte) => {
           champ.value = texte;
           let before, shown;
           const first = frame(() => { before = performance.now(); });
           const start = performance.now();
           champ.dispatchEvent(new Event('input', { bubbles: true }));
           force();
           const handled = performance.now() - start;
           const worked = await frame(() => {
             force(); shown = task(); return performance.now() - before; });
           await first;
           return [handled, handled + worked, (await shown) - start];
         }; }",
    );
    let all: Vec<Value> = queries()
        .iter()
        .step_by(20)
        .map(|query| {
            page.eval(&format!(
                "(async () => {{ const times = [], query = {};
                 for (let end = 1; end <= query.length; end++) times.push(await presse(query.slice(0, end)));
                 return times; }})()",
                json!(query)
            ))
        })
        .collect();
    all.into_iter()
        .flat_map(|rows| rows.as_array().cloned().unwrap_or_default())
        .collect()
}

fn queries() -> Vec<String> {
    let file = site::repository().join("search/tests/requetes.json");
    let text = std::fs::read_to_string(file).expect("the graded queries");
    let queries: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    queries
        .iter()
        .filter_map(|query| query["q"].as_str().map(str::to_owned))
        .collect()
}

/// All the graded queries, forty times over, through the command line.
fn throughput() -> String {
    let queries = queries().join("\n");
    let input = format!("{queries}\n").repeat(40);
    let count = input.lines().count();
    let start = Instant::now();
    let mut child = Command::new(site::sitegen())
        .args(["search", "--json", "-"])
        .current_dir(site::repository())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("sitegen starts");
    let mut pipe = child.stdin.take().expect("its input");
    pipe.write_all(input.as_bytes()).expect("all was read");
    drop(pipe);
    child.wait().expect("it ends");
    let seconds = start.elapsed().as_secs_f64();
    format!("command line: {count} queries in {seconds:.1} s")
}
