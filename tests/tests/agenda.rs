//! Calendar files from the command line and from the deadlines page, read back by libraries that are not ours.

use serde_json::{Value, json};
use std::path::PathBuf;
use tests::browser::fresh_folder;
use tests::outils::read_calendar;
use tests::projet::Projet;
use tests::site;

const TODAY: &str = "2026-08-20";

/// A dossier whose names try the format's own signs; the last audit falls on `last`.
fn dossier(last: &str) -> Value {
    json!({
        "candidat": {"nom": "GHT « Aber, Iroise ; Léon » \\ 29\nBrest", "type": "ght"},
        "phase": {"debut": "2026-03-20", "validation_ars": "2026-04-15", "declaration": "2027-03-20"},
        "entites": [{"id": "e1", "nom": "CHU", "activite_combinee": 10}],
        "annuaires": [{"id": "ad1", "nom": "AD, principal ; « forêt » n° 1 \u{1f332}".repeat(3), "entites": ["e1"], "mode": "local", "audits": [
            {"date": "2026-05-10", "score": 2, "rapport_disponible_le": "2026-05-12"},
            {"date": "2026-07-05", "score": 2}, {"date": "2026-09-01", "score": 3}, {"date": last, "score": 3}]}],
        "perimetres": [{"id": "p1", "nom": "Exposition", "entites": ["e1"], "audits": [
            {"date": "2026-05-20", "outil": "silene"}, {"date": "2027-02-20", "outil": "industriel", "cvss_max": 5}]}],
        "exercices": [{"date": "2026-10-06", "entites": ["e1"]}]
    })
}

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Folder {
    fn new() -> Self {
        Self(fresh_folder())
    }

    fn calendar(&self, dossier: &Value, day: &str) -> PathBuf {
        let input = self.0.join("dossier.json");
        std::fs::write(&input, dossier.to_string()).expect("a file");
        let done = site::run(&["agenda", &input.to_string_lossy(), "--date", day]);
        let err = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!((done.status.code(), err.as_str()), (Some(0), ""));
        let file = self.0.join(format!("{day}.ics"));
        std::fs::write(&file, done.stdout).expect("a file");
        file
    }
}

/// The events, once the three libraries agree on them.
fn agreed(read: &Value) -> Vec<Value> {
    let by = read.as_object().expect("an answer of each library");
    assert_eq!(by.len(), 3);
    assert_eq!(by["icalendar"], by["vobject"]);
    assert_eq!(by["icalendar"], by["ics"]);
    by["icalendar"].as_array().expect("events").clone()
}

fn one<'e>(events: &'e [Value], title: &str) -> &'e Value {
    let mut found = events.iter().filter(|event| {
        let full = event["title"].as_str().unwrap_or_default();
        full.replace('\u{a0}', " ").starts_with(title)
    });
    let event = found.next();
    assert!(found.next().is_none(), "{title} stands twice");
    event.unwrap_or_else(|| panic!("no event « {title} » in {events:#?}"))
}

/// What an event is called, its first day, the first day without it, and what its text says.
const EVENTS: [(&str, &str, &str, &str); 6] = [
    (
        "Dernier jour pour déclarer",
        "2027-03-31",
        "2027-04-01",
        "(CAND/phase)",
    ),
    (
        "Dernier audit industriel",
        "2027-03-20",
        "2027-03-21",
        "(D1.O2.B/dernier-recent)",
    ),
    (
        "Prochain audit, pour l’intervalle maximal : Exp",
        "2026-08-27",
        "2026-08-28",
        "3.9, 3.16",
    ),
    (
        "Télécharger le rapport ORADAD",
        "2026-11-12",
        "2026-11-13",
        "du 12",
    ),
    (
        "Exercice de crise prévu : CHU",
        "2026-10-06",
        "2026-10-07",
        "(D1.O3/exercice)",
    ),
    (
        "Audit d’exposition prévu (plateforme industrielle) : Exp",
        "2027-02-20",
        "2027-02-21",
        "(D1.O2.A/intervalle-moyen)",
    ),
];

#[test]
fn three_libraries_read_the_same_calendar_of_a_dossier() {
    let folder = Folder::new();
    let dossier = dossier("2026-10-28");
    let Some(read) = read_calendar(&folder.calendar(&dossier, TODAY)) else {
        return;
    };
    let events = agreed(&read);
    for event in &events {
        assert_eq!(event["alarms"], json!([-30, -7]), "{event}");
        assert!(event["start"].as_str() >= Some(TODAY), "{event}");
        assert_eq!(event["stamp"], "2026-08-20T00:00:00+00:00");
        let text = event["text"].as_str().unwrap_or_default();
        assert!(
            text.contains("Pourquoi") && text.contains("Source"),
            "{text}"
        );
    }
    let name = dossier["annuaires"][0]["nom"].as_str().unwrap_or_default();
    let mut audits = events.iter().filter_map(|event| event["title"].as_str());
    let whole = ["Audit ADS prévu\u{a0}: ", name].concat();
    assert!(audits.any(|title| title == whole), "{events:#?}");
    for (title, start, end, within) in EVENTS {
        let event = one(&events, title);
        assert_eq!(
            (&event["start"], &event["end"]),
            (&json!(start), &json!(end)),
            "{title}"
        );
        let text = event["text"].as_str().unwrap_or_default();
        assert!(text.contains(within), "{title}: {text}");
    }
}

#[test]
fn a_deadline_is_in_the_calendar_as_the_evaluation_has_it() {
    let folder = Folder::new();
    let Some(read) = read_calendar(&folder.calendar(&dossier("2026-10-28"), TODAY)) else {
        return;
    };
    let events = agreed(&read);
    let input = folder.0.join("dossier.json");
    let done = site::run(&[
        "evaluate",
        &input.to_string_lossy(),
        "--date",
        TODAY,
        "--json",
    ]);
    let evaluation: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    let deadlines = evaluation["echeancier"].as_array().expect("deadlines");
    let coming: Vec<_> = deadlines
        .iter()
        .filter(|d| d["date"].as_str() >= Some(TODAY))
        .collect();
    assert!(coming.len() > 6, "{coming:?}");
    for deadline in coming {
        let same = |event: &&Value| {
            event["start"] == deadline["date"]
                && event["category"] == deadline["objectif"]
                && event["title"]
                    .as_str()
                    .unwrap_or_default()
                    .starts_with(deadline["libelle"].as_str().unwrap_or("?"))
        };
        assert_eq!(events.iter().filter(same).count(), 1, "{deadline}");
    }
}

#[test]
fn an_audit_that_moves_keeps_its_identity_and_a_past_day_is_left_out() {
    let folder = Folder::new();
    let files = [("2026-10-28", TODAY), ("2026-11-02", "2026-09-01")];
    let read = files.map(|(last, day)| read_calendar(&folder.calendar(&dossier(last), day)));
    let [Some(before), Some(after)] = read else {
        return;
    };
    let (before, after) = (agreed(&before), agreed(&after));
    let planned = |events: &[Value], start: &str| -> Vec<Value> {
        let audits = events.iter().filter(|event| {
            event["start"] == start
                && event["title"]
                    .as_str()
                    .is_some_and(|t| t.starts_with("Audit ADS"))
        });
        audits.map(|event| event["uid"].clone()).collect()
    };
    assert_eq!(planned(&before, "2026-09-01").len(), 1);
    assert_eq!(planned(&after, "2026-09-01").len(), 0, "done that day");
    assert_eq!(
        planned(&before, "2026-10-28"),
        planned(&after, "2026-11-02")
    );
    for events in [&before, &after] {
        let mut ids: Vec<_> = events.iter().map(|event| event["uid"].as_str()).collect();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "every identifier once");
    }
}

#[test]
fn a_dossier_with_a_fault_gives_no_calendar() {
    let folder = Folder::new();
    let input = folder.0.join("faux.json");
    std::fs::write(&input, r#"{"phase":{"debut":"2026-02-31"}}"#).expect("a file");
    let done = site::run(&["agenda", &input.to_string_lossy(), "--date", TODAY]);
    assert_eq!(
        (done.status.code(), done.stdout.as_slice()),
        (Some(1), &b""[..])
    );
    assert!(String::from_utf8_lossy(&done.stderr).contains("phase.debut"));
}

#[test]
fn the_deadlines_page_gives_the_dates_of_the_programme() {
    let page = site::built().join("echeances");
    let html = std::fs::read_to_string(page.join("index.html")).expect("the page");
    let file = page.join("care-domaine-1-bis.ics");
    assert!(html.contains("href=\"care-domaine-1-bis.ics\""));
    let Some(read) = read_calendar(&file) else {
        return;
    };
    let events = agreed(&read);
    assert_eq!(events.len(), html.matches("<li class=\"echeance\"").count());
    for event in &events {
        let day = event["start"].as_str().unwrap_or_default();
        assert!(html.contains(&format!("datetime=\"{day}\"")), "{event}");
    }
}

#[test]
fn a_date_that_changes_moves_its_event() {
    let projet = Projet::copy().with_change("content/programme.toml", "2027-03-31", "2027-04-02");
    let folder = Folder::new();
    let input = folder.0.join("dossier.json");
    std::fs::write(&input, dossier("2026-10-28").to_string()).expect("a file");
    let done = projet.sitegen(&["agenda", &input.to_string_lossy(), "--date", TODAY]);
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(text.contains("DTSTART;VALUE=DATE:20270402"), "{text}");
    assert!(!text.contains("20270331"), "{text}");
}
