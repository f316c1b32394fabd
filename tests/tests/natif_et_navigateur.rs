//! The command line and the browser say the same of every dossier, right or faulty: each byte of the evaluation, each
//! sentence of each fault. Hundreds of dossiers, drawn from the worked examples, with changes biased to the thresholds.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tests::browser::fresh_folder;
use tests::{Browser, PageOptions, calculateur, site};

/// Days on and around the limits of the programme and of the drawn dossiers; two that no calendar has.
const DAYS: [&str; 30] = [
    "2024-12-31",
    "2025-01-01",
    "2026-01-29",
    "2026-01-30",
    "2026-03-19",
    "2026-03-20",
    "2026-05-07",
    "2026-05-08",
    "2026-05-18",
    "2026-05-19",
    "2026-05-20",
    "2026-07-06",
    "2026-07-07",
    "2026-07-08",
    "2026-08-22",
    "2026-08-23",
    "2026-08-24",
    "2026-12-20",
    "2027-01-18",
    "2027-01-19",
    "2027-01-20",
    "2027-01-21",
    "2027-03-20",
    "2027-03-21",
    "2027-03-31",
    "2027-04-01",
    "2027-07-30",
    "2027-07-31",
    "2026-02-31",
    "31/03/2026",
];

const WORDS: [&str; 16] = [
    "silene",
    "industriel",
    "cybersurveillance",
    "local",
    "hybride",
    "cloud",
    "aucun",
    "ght",
    "ej_publique",
    "retex",
    "attestation",
    "facture",
    "abonnement",
    "rh",
    "chu",
    "inconnu\u{1}é",
];

/// The same numbers at each run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 20) % bound as u64).expect("small")
    }

    fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

/// Changes one place of a dossier, drawn anywhere in it.
fn change(value: &mut Value, draw: &mut Draw) {
    let deeper = draw.below(8) > 0;
    match value {
        Value::Object(members) if deeper && !members.is_empty() => {
            let key = members.keys().nth(draw.below(members.len())).cloned();
            let key = key.expect("a member");
            if draw.below(9) == 0 {
                members.remove(&key);
            } else {
                change(&mut members[&key], draw);
            }
        }
        Value::Array(elements) if deeper && !elements.is_empty() => {
            let rank = draw.below(elements.len());
            match draw.below(12) {
                0 => drop(elements.remove(rank)),
                1 => elements.push(elements[rank].clone()),
                _ => change(&mut elements[rank], draw),
            }
        }
        _ => *value = another(value, draw),
    }
}

/// Another value, most often of the same kind.
fn another(value: &Value, draw: &mut Draw) -> Value {
    if draw.below(12) == 0 {
        return draw
            .of(&[
                Value::Null,
                json!([]),
                json!({}),
                json!({"x": 1}),
                json!(""),
            ])
            .clone();
    }
    match value {
        Value::Bool(told) => Value::Bool(!told),
        Value::String(text) if text.len() == 10 && text.as_bytes()[4] == b'-' => {
            (*draw.of(&DAYS)).into()
        }
        Value::String(_) => (*draw.of(&WORDS)).into(),
        Value::Number(_) => {
            let scores = [
                "0", "1", "2", "3", "6", "6.9", "7", "8.9", "9", "9.1", "10.1", "-1",
            ];
            let amounts = [
                "0.005",
                "2023",
                "2024",
                "1e3",
                "99999999999999",
                "79.99",
                "80",
            ];
            let number = if draw.below(3) > 0 {
                *draw.of(&scores)
            } else {
                *draw.of(&amounts)
            };
            serde_json::from_str(number).expect("a number")
        }
        other => other.clone(),
    }
}

/// How often the complete dossier stands among the seeds.
const COMPLETE: usize = 80;

/// The worked examples and a complete dossier, as they are.
fn seeds() -> Vec<Value> {
    let root = site::repository();
    let folder = root.join("content/exemples");
    let complete = std::fs::read_to_string(root.join("calc-core/tests/dossier_complet.json"));
    let examples = site::files(&folder).into_iter().map(|file| {
        let text = std::fs::read_to_string(folder.join(file)).expect("an example");
        text.split("'''").nth(1).expect("a dossier").to_owned()
    });
    // The complete one, which has every block, as often as all the others.
    let complete = vec![complete.expect("a dossier"); COMPLETE];
    let texts = examples.chain(complete);
    texts
        .map(|text| serde_json::from_str(&text).expect("JSON"))
        .collect()
}

/// Every worked example as it is, then drawn dossiers.
fn dossiers(number: usize) -> Vec<String> {
    let (seeds, mut draw) = (seeds(), Draw(0x05ee_d0fc));
    let examples = seeds.len() - COMPLETE;
    let mut texts: Vec<String> = seeds[..examples].iter().map(Value::to_string).collect();
    let drawn = (examples..number).map(|_| {
        let mut dossier = draw.of(&seeds).clone();
        for _ in 0..draw.below(5) {
            change(&mut dossier, &mut draw);
        }
        let mut text = dossier.to_string();
        if draw.below(25) == 0 {
            let kept = draw.below(text.chars().count());
            text = text.chars().take(kept).collect();
        }
        text
    });
    texts.extend(drawn);
    texts
}

/// What the command line says of each dossier: its line of JSON, or its faults.
fn native(files: &[PathBuf], day: &str) -> Vec<String> {
    let names: Vec<String> = files.iter().map(|f| f.to_string_lossy().into()).collect();
    let mut arguments = vec!["evaluate", "--date", day, "--json"];
    arguments.extend(names.iter().map(String::as_str));
    let done = site::run(&arguments);
    let out = String::from_utf8(done.stdout).expect("UTF-8");
    let faults = String::from_utf8(done.stderr).expect("UTF-8");
    let mut lines = out.lines();
    let answers = names.iter().map(|name| {
        let prefix = [name.as_str(), " : "].concat();
        let told: Vec<&str> = faults
            .lines()
            .filter_map(|l| l.strip_prefix(&prefix))
            .collect();
        if told.is_empty() {
            lines.next().expect("a line each").to_owned()
        } else {
            told.join("\n")
        }
    });
    let answers = answers.collect();
    assert_eq!(lines.next(), None);
    answers
}

fn write(folder: &Path, dossiers: &[String]) -> Vec<PathBuf> {
    let files = dossiers.iter().enumerate().map(|(rank, dossier)| {
        let file = folder.join(format!("{rank}.json"));
        std::fs::write(&file, dossier).expect("written");
        file
    });
    files.collect()
}

/// The faults of the browser as the command line lays them out: a fault of the whole file has no path.
fn laid_out(answer: &str) -> String {
    let lines = answer
        .lines()
        .map(|line| line.strip_prefix(" : ").unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_dossier_is_judged_alike_by_the_command_line_and_the_browser() {
    let (folder, dossiers) = (fresh_folder(), dossiers(400));
    let files = write(&folder, &dossiers);
    let browser = Browser::launch();
    let page = browser.page(PageOptions::desktop());
    calculateur::open(&page);
    let (mut right, mut faulty, mut verdicts) = (0, 0, BTreeSet::new());
    for (day, part) in ["2026-05-02", "2026-07-08", "2026-11-23", "2027-04-01"]
        .into_iter()
        .zip(files.chunks(100).zip(dossiers.chunks(100)))
    {
        for ((expected, file), dossier) in native(part.0, day).iter().zip(part.0).zip(part.1) {
            let call = format!("evaluer({}, '{day}')", Value::from(dossier.as_str()));
            let said = page.eval(&call);
            let said = laid_out(said.as_str().expect("a text"));
            assert_eq!(said, *expected, "{day}, {}: {dossier}", file.display());
            let Ok(evaluation) = serde_json::from_str::<Value>(expected) else {
                faulty += 1;
                continue;
            };
            right += 1;
            let objectives = evaluation["objectifs"].as_object().expect("objectives");
            verdicts.extend(objectives.values().map(|o| o["verdict"].to_string()));
        }
    }
    assert!(
        right >= 100 && faulty >= 100,
        "{right} right, {faulty} faulty"
    );
    assert_eq!(verdicts.len(), 7, "{verdicts:?}");
    let _ = std::fs::remove_dir_all(folder);
}
