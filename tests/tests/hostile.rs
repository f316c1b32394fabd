//! What nobody should feed us: contents that break the frame, dossiers of a hostile size or shape, markup in every
//! text. Each is refused in words or shown as plain text; nothing hangs, crashes or runs.

use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tests::projet::Projet;
use tests::scene::{Stage, TODAY_ISO};
use tests::site::{repository, sitegen};
use tests::{Page, PageOptions};

/// Runs `sitegen` with five seconds of processor time: the system kills it beyond that.
fn bounded(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -t 5; exec \"$@\"", "sh"])
        .arg(sitegen())
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("sitegen starts");
    let mut stdin = child.stdin.take().expect("its input");
    let input = input.to_vec();
    // It may refuse before it has read everything.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let done = child.wait_with_output().expect("it ends");
    writer.join().expect("written");
    done
}

const QUESTION: &str = "content/faq/objectifs/3.16.md";

/// A text added at the end of question 3.16.
fn added(projet: &Projet, text: &[u8]) {
    let file = projet.path(QUESTION);
    let mut bytes = fs::read(&file).expect("the question");
    bytes.extend_from_slice(b"\n\n");
    bytes.extend_from_slice(text);
    fs::write(file, bytes).expect("saved");
}

/// A line added to the head of question 3.16.
fn headed(projet: &Projet, line: &str) {
    let file = projet.path(QUESTION);
    let text = fs::read_to_string(&file).expect("the question");
    let text = text.replacen("+++\n", &format!("+++\n{line}\n"), 1);
    fs::write(file, text).expect("saved");
}

fn linked(projet: &Projet, from: &str, to: &str) {
    std::os::unix::fs::symlink(to, projet.path(from)).expect("a link");
}

/// A name, what is done to the content, and what the build says; an empty text where it builds.
type Case = (&'static str, fn(&Projet), &'static str);

const CONTENTS: [Case; 24] = [
    (
        "raw HTML",
        |p| added(p, b"<script>alert(1)</script>"),
        "du HTML",
    ),
    (
        "HTML in a line",
        |p| added(p, b"a <img src=x onerror=alert(1)> b"),
        "du HTML",
    ),
    (
        "a script address",
        |p| added(p, b"[a](javascript:alert(1))"),
        "javascript:",
    ),
    (
        "a data address",
        |p| added(p, b"[a](data:text/html,x)"),
        "data:",
    ),
    (
        "a picture from elsewhere",
        |p| added(p, b"![a](https://x.example/p.png)"),
        "image",
    ),
    (
        "a huge table",
        |p| {
            let row = format!("|{}\n", "a|".repeat(40));
            added(
                p,
                format!("{row}|{}\n{}", "-|".repeat(40), row.repeat(20_000)).as_bytes(),
            );
        },
        "",
    ),
    (
        "10 MB",
        |p| added(p, &b"mot ".repeat(2_600_000)),
        "octets au plus",
    ),
    (
        "a binary file",
        |p| added(p, &[0, 159, 146, 150, 255]),
        "UTF-8",
    ),
    ("no character", |p| added(p, b"a\0b"), ""),
    (
        "a byte order mark and carriage returns",
        |p| {
            let text = fs::read_to_string(p.path(QUESTION)).expect("the question");
            let text = format!("\u{feff}{}", text.replace('\n', "\r\n"));
            fs::write(p.path(QUESTION), text).expect("saved");
        },
        "",
    ),
    (
        "a link in a circle",
        |p| linked(p, "content/faq/boucle", "."),
        "est un lien",
    ),
    (
        "a link out of the folder",
        |p| linked(p, "content/faq/objectifs/3.99.md", "/etc/passwd"),
        "est un lien",
    ),
    (
        "a link among the static files",
        |p| linked(p, "www/static/passwd", "/etc/passwd"),
        "est un lien",
    ),
    (
        "a pipe",
        |p| {
            let made = Command::new("mkfifo")
                .arg(p.path("content/faq/objectifs/3.99.md"))
                .status();
            assert!(made.expect("mkfifo").success());
        },
        "ni un fichier ni un dossier",
    ),
    (
        "a name that leads out",
        |p| {
            fs::write(p.path("content/guide/a..%2f..%2fx.md"), "+++\n+++\n").expect("saved");
        },
        "adresse",
    ),
    (
        "a number that leads out",
        |p| {
            let text = fs::read_to_string(p.path(QUESTION)).expect("the question");
            fs::write(p.path(QUESTION), text.replace("\"3.16\"", "\"../../x\"")).expect("saved");
        },
        "../../x",
    ),
    (
        "folders without end",
        |p| {
            fs::create_dir_all(p.path(&format!("content/{}", "a/".repeat(60)))).expect("folders");
        },
        "trop de dossiers",
    ),
    (
        "a head nested 50,000 deep",
        |p| headed(p, &format!("x = {}", "[".repeat(50_000))),
        "3.16.md",
    ),
    (
        "a head of 100,000 fields",
        |p| {
            let fields: Vec<String> = (0..100_000).map(|rank| format!("x{rank} = 1")).collect();
            headed(p, &fields.join("\n"));
        },
        "x0",
    ),
    (
        "a field of 50,000 parts",
        |p| headed(p, &format!("x{} = 1", ".x".repeat(50_000))),
        "3.16.md",
    ),
    (
        "a head that does not end",
        |p| {
            fs::write(p.path(QUESTION), "+++\nnumero = \"3.16\"\n").expect("saved");
        },
        "3.16.md",
    ),
    (
        "quotes 50,000 deep",
        |p| added(p, "> ".repeat(50_000).as_bytes()),
        "",
    ),
    (
        "brackets without end",
        |p| added(p, "[".repeat(100_000).as_bytes()),
        "",
    ),
    (
        "stars without end",
        |p| added(p, "*a **a ".repeat(50_000).as_bytes()),
        "",
    ),
];

#[test]
fn hostile_contents_are_refused_in_words_or_shown_as_text() {
    let projet = Projet::copy();
    assert!(projet.sitegen(&["build", "--out", "dist"]).status.success());
    let good = fs::read(projet.path("dist/SHA256SUMS")).expect("a good site");
    for (name, harm, says) in CONTENTS {
        let other = Projet::copy();
        harm(&other);
        fs::rename(projet.path("dist"), other.path("dist")).expect("the last good site");
        let done = bounded(&other.path(""), &["build", "--out", "dist"], b"");
        let err = String::from_utf8_lossy(&done.stderr);
        let told: String = err.chars().take(2_000).collect();
        let after = fs::read(other.path("dist/SHA256SUMS")).expect("a site");
        if says.is_empty() {
            assert_eq!(done.status.code(), Some(0), "{name}: {told}");
        } else {
            assert_eq!(done.status.code(), Some(1), "{name}: {told}");
            assert!(err.contains(says), "{name} says: {told}");
            assert_eq!(after, good, "{name}");
        }
        fs::rename(other.path("dist"), projet.path("dist")).expect("back");
        if says.is_empty() {
            assert!(projet.sitegen(&["build", "--out", "dist"]).status.success());
        }
    }
}

/// The dossier of the core's own tests, with every kind of field.
fn complete() -> Value {
    let file = repository().join("calc-core/tests/dossier_complet.json");
    serde_json::from_str(&fs::read_to_string(file).expect("a dossier")).expect("JSON")
}

/// A dossier that is refused whole: what it is, its bytes, and a word of the refusal.
type Refused = (&'static str, Vec<u8>, &'static str);

fn refused() -> impl Iterator<Item = Refused> {
    endless().into_iter().chain(malformed())
}

/// Dossiers without end, in every direction.
fn endless() -> Vec<Refused> {
    let many = |item: &str, count: usize| vec![item; count].join(",");
    vec![
        ("nothing", vec![], "JSON"),
        (
            "50 MB of a name",
            format!(
                "{{\"candidat\":{{\"nom\":\"{}\"}}}}",
                "x".repeat(50_000_000)
            )
            .into(),
            "4 Mo",
        ),
        (
            "50 MB of spaces",
            [b"{".as_slice(), &[b' '; 50_000_000], b"}"].concat(),
            "4 Mo",
        ),
        (
            "a list without end",
            format!("{{\"entites\":[{}]}}", many("{}", 500_000)).into(),
            "5 000",
        ),
        (
            "fields without end",
            format!("{{{}}}", many("\"a\":1", 500_000)).into(),
            "5 000",
        ),
        (
            "10,000 lists in each other",
            "[".repeat(10_000).into(),
            "imbriqués",
        ),
        (
            "10,000 objects in each other",
            "{\"a\":".repeat(10_000).into(),
            "imbriqués",
        ),
    ]
}

/// Dossiers that are no dossier.
fn malformed() -> Vec<Refused> {
    vec![
        ("no number", b"{\"version\":NaN}".to_vec(), "JSON"),
        (
            "a number too large",
            b"{\"version\":1e400}".to_vec(),
            "version",
        ),
        (
            "a number too long",
            format!("{{\"version\":{}}}", "9".repeat(100_000)).into(),
            "version",
        ),
        (
            "a control character",
            b"{\"candidat\":{\"nom\":\"a\x1bb\"}}".to_vec(),
            "commande",
        ),
        (
            "half a character",
            b"{\"candidat\":{\"nom\":\"\\ud800\"}}".to_vec(),
            "moitié",
        ),
        ("bytes", (0..=255).cycle().take(100_000).collect(), "UTF-8"),
        ("UTF-16", b"\xff\xfe{\0}\0".to_vec(), "UTF-8"),
        (
            "names of inner fields",
            br#"{"__proto__":{"x":1},"constructor":1}"#.to_vec(),
            "__proto__",
        ),
    ]
}

#[test]
fn hostile_dossiers_are_refused_in_words() {
    for (name, bytes, says) in refused() {
        for command in ["evaluate", "plan", "agenda"] {
            let arguments = [command, "-", "--date", TODAY_ISO];
            let done = bounded(&repository(), &arguments, &bytes);
            let err = plain(&String::from_utf8_lossy(&done.stderr));
            let told: String = err.chars().take(400).collect();
            assert_eq!(done.status.code(), Some(1), "{command}, {name}: {told}");
            assert!(err.contains(says), "{command}, {name}: {told}");
            assert!(err.len() < 1_000_000, "{command}, {name}: {}", err.len());
        }
    }
}

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// Markup, a formula, lines and fields of a calendar, a template's marks, and a change of direction.
const PAYLOAD: &str = "=1+1<img src=x onerror=alert(1)>\"';&amp;{{7*7}}</script>\r\nATTACH:http://x.example/\u{202e}\u{1b}[2J\u{7}";

/// The same dossier with the payload in each text that a person may type.
fn poisoned() -> Value {
    let mut dossier = complete();
    dossier["candidat"]["nom"] = json!(PAYLOAD);
    dossier["candidat"]["numero_ecare"] = json!(PAYLOAD);
    for (list, field) in [
        ("entites", "nom"),
        ("annuaires", "nom"),
        ("perimetres", "nom"),
        ("depenses", "libelle"),
    ] {
        for row in dossier[list].as_array_mut().expect("a list") {
            row[field] = json!(PAYLOAD);
        }
    }
    dossier
}

#[test]
fn markup_in_every_text_reaches_no_terminal_calendar_or_document() {
    let dossier = poisoned().to_string();
    let bytes = dossier.as_bytes();
    for arguments in [
        &["evaluate", "-", "--date", TODAY_ISO][..],
        &["evaluate", "-", "--date", TODAY_ISO, "--json"],
        &["plan", "-", "--date", TODAY_ISO],
        &["agenda", "-", "--date", TODAY_ISO],
    ] {
        let done = bounded(&repository(), arguments, bytes);
        assert_eq!(done.status.code(), Some(0), "{arguments:?}");
        let text = String::from_utf8(done.stdout).expect("UTF-8");
        assert!(!text.contains(['\u{1b}', '\u{7}']), "{arguments:?}: {text}");
        let lines: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("ATTACH"))
            .collect();
        assert_eq!(lines, Vec::<&str>::new(), "{arguments:?}");
    }
}

/// Writes a file to open.
fn file(stage: &Stage, name: &str, bytes: &[u8]) -> PathBuf {
    let file = stage.browser.downloads().join(name);
    fs::write(&file, bytes).expect("written");
    file
}

/// What the payload would become.
const PICTURES: &str = "img, iframe, object, embed";

/// Nothing of the payload became an element, ran, or was asked for.
fn assert_plain(page: &Page, stage: &Stage, pictures: u64, place: &str) {
    assert_eq!(page.count(PICTURES), pictures, "{place}");
    let scripts =
        page.eval("[...document.scripts].filter(s => s.textContent.includes('alert')).length");
    assert_eq!(scripts, 0, "{place}");
    assert_eq!(
        page.events("Page.javascriptDialogOpening"),
        Vec::<Value>::new(),
        "{place}"
    );
    page.assert_quiet(&stage.nginx.url(""));
}

#[test]
fn markup_in_every_text_stays_text_in_the_browser() {
    let stage = Stage::new();
    for options in [PageOptions::desktop(), PageOptions::phone()] {
        let page = stage.calculator(options);
        let pictures = page.count(PICTURES);
        let dossier = file(&stage, "hostile.json", poisoned().to_string().as_bytes());
        page.give_file("[data-role=fichier]", &dossier);
        page.wait_for(
            "document.querySelectorAll('[data-liste=entites] > [data-ligne]').length === 2",
        );
        page.wait_for("document.querySelector('[data-objectif=\"D1.O1.A\"]')?.dataset.verdict");
        assert_plain(&page, &stage, pictures, "the form and its answers");
        page.eval("document.querySelectorAll('details').forEach(d => d.open = true)");
        page.reach("#frise");
        page.wait_for("document.querySelector('svg text') !== null");
        assert_plain(&page, &stage, pictures, "the timeline");
        page.click("[data-action=fiche]");
        page.wait_for("!document.querySelector('[data-role=fiche]').hidden");
        assert!(
            page.text("[data-role=fiche]")
                .contains("<img src=x onerror=alert(1)>")
        );
        assert_plain(&page, &stage, pictures, "the sheet");
        page.click("[data-action=fermer-fiche]");
        check_exports(&page, &stage);
    }
}

/// The table and the calendar of the poisoned dossier: no cell is a formula, no line of ours is theirs.
fn check_exports(page: &Page, stage: &Stage) {
    let table = exported(page, stage, "controles-csv", "csv");
    assert!(table.contains("onerror"), "the names are there: {table}");
    for cell in table.split(['\n', ';']) {
        let cell = cell.trim_matches(['"', '\u{feff}', '\r']);
        let formula = cell.starts_with(['=', '+', '-', '@', '\t']);
        let number = cell.replace([',', '\u{a0}', '\u{202f}'], "").parse::<i64>();
        assert!(!formula || number.is_ok(), "{cell}");
    }
    let calendar = exported(page, stage, "agenda", "ics");
    assert!(calendar.lines().all(|line| !line.starts_with("ATTACH")));
    let whole = calendar
        .lines()
        .all(|line| !line.contains(['\u{7}', '\u{1b}']));
    assert!(whole, "a control character in the calendar");
}

/// What the page hands over after a click, whatever name it makes of the candidate's.
fn exported(page: &Page, stage: &Stage, action: &str, ending: &str) -> String {
    let found = || {
        let entries = fs::read_dir(stage.browser.downloads()).expect("a folder");
        let mut files = entries.flatten().map(|entry| entry.path());
        files.find(|file| file.extension().is_some_and(|found| found == ending))
    };
    if let Some(old) = found() {
        fs::remove_file(old).expect("removed");
    }
    page.click(&format!("[data-action={action}]"));
    let until = Instant::now() + Duration::from_secs(15);
    loop {
        if let Some(file) = found() {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            assert!(name.starts_with("dossier-care"), "{name}");
            return fs::read_to_string(&file).expect("a text");
        }
        assert!(Instant::now() < until, "no .{ending}");
        std::thread::sleep(Duration::from_millis(25));
    }
}

#[test]
fn hostile_files_are_refused_in_words_in_the_browser() {
    let stage = Stage::new();
    let page = stage.calculator(PageOptions::desktop());
    page.fill("#candidat-nom", "GHT gardé");
    // A browser that opens UTF-16 reads it as it was meant.
    let refused = refused().filter(|(name, ..)| *name != "UTF-16");
    for (name, bytes, says) in refused {
        let opened = file(&stage, "hostile.json", &bytes);
        page.eval("document.querySelector('[data-role=message]').textContent = ''");
        page.give_file("[data-role=fichier]", &opened);
        page.wait_for("document.querySelector('[data-role=message]').textContent !== ''");
        let said = plain(&page.text("[data-role=message]"));
        // A browser reads bytes that are no text as characters: what is told is that they are no JSON.
        let says = if says == "UTF-8" { "JSON" } else { says };
        assert!(said.contains(says), "{name}: {said}");
        assert_eq!(
            page.eval("document.querySelector('#candidat-nom').value"),
            "GHT gardé",
            "{name}"
        );
    }
    page.assert_quiet(&stage.nginx.url(""));
}
