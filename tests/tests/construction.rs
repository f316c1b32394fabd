//! Builds that are killed, run out of disk or run side by side: the published folder is at any moment one whole site,
//! and its own sums prove it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tests::projet::Projet;
use tests::site;

/// Gives the content another name: from the last edition to the next.
fn edition(projet: &Projet, number: usize) {
    let file = projet.path("content/site.toml");
    let text = fs::read_to_string(&file).expect("the settings");
    let line = text
        .lines()
        .find(|line| line.starts_with("nom_court"))
        .expect("a name");
    let text = text.replace(line, &format!("nom_court = \"Édition {number}\""));
    fs::write(file, text).expect("saved");
}

/// Starts a build that says nothing.
fn start(projet: &Projet, out: &Path) -> Child {
    let mut command = Command::new(site::sitegen());
    command
        .args(["build", "--out"])
        .arg(out)
        .current_dir(projet.path(""))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.spawn().expect("sitegen starts")
}

fn build(projet: &Projet, out: &Path) {
    assert!(start(projet, out).wait().expect("it ends").success());
}

/// What the folder was made from, once its sums hold and it has no file but the listed ones.
fn proved(dist: &Path) -> String {
    let sums = Command::new("sha256sum")
        .args(["--check", "--strict", "--quiet", "SHA256SUMS"])
        .current_dir(dist)
        .output()
        .expect("sha256sum");
    assert!(
        sums.status.success(),
        "{}{}",
        String::from_utf8_lossy(&sums.stdout),
        String::from_utf8_lossy(&sums.stderr)
    );
    let listed = fs::read_to_string(dist.join("SHA256SUMS")).expect("sums");
    let mut listed: BTreeSet<&str> = listed
        .lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(_, name)| name)
        .collect();
    listed.extend(["SHA256SUMS", ".sitegen"]);
    let files = site::files(dist);
    let found: BTreeSet<_> = files.iter().filter_map(|file| file.to_str()).collect();
    assert_eq!(found, listed);
    let manifest = fs::read_to_string(dist.join("manifeste.json")).expect("manifest");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    manifest["sources"]["content"]
        .as_str()
        .expect("a digest")
        .to_owned()
}

/// The names that stand beside the published folder.
fn beside(dist: &Path) -> Vec<String> {
    let parent = dist.parent().expect("a folder");
    let entries = fs::read_dir(parent).expect("read").flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Removes what killed builds left, as the next one to write does too.
fn remove_halves(dist: &Path) {
    for name in beside(dist).iter().filter(|name| name.starts_with('.')) {
        let path = dist.with_file_name(name);
        let _ = fs::remove_dir_all(&path);
        let _ = fs::remove_file(&path);
    }
}

/// Waits for the moment at which a build begins to write, or has ended.
fn wait_for_writing(child: &mut Child, folder: &Path) {
    while !folder.exists() && matches!(child.try_wait(), Ok(None)) {
        std::thread::sleep(Duration::from_micros(200));
    }
}

/// Ends a build as ctrl-C does, or as the system does.
fn kill(child: &mut Child, politely: bool) {
    if politely {
        let pid = child.id().to_string();
        let _ = Command::new("kill").args(["-INT", &pid]).status();
    } else {
        let _ = child.kill();
    }
    let _ = child.wait();
}

#[test]
fn a_build_killed_at_any_moment_leaves_one_whole_site() {
    let projet = Projet::copy();
    let dist = projet.path("public/dist");
    build(&projet, &dist);
    let begun = Instant::now();
    build(&projet, &dist);
    let whole = begun.elapsed();
    let mut last = proved(&dist);
    let (mut old, mut new, mut halves) = (0, 0, 0);
    for round in 0..40_u32 {
        edition(&projet, round as usize);
        remove_halves(&dist);
        let mut child = start(&projet, &dist);
        if round % 2 == 0 {
            // To twice its time: beside other tests a build may take longer than the one that was timed.
            std::thread::sleep(whole * round / 19);
        } else {
            // From the first byte that is written, more closely.
            wait_for_writing(&mut child, &projet.path("public/.dist.neuf-0"));
            std::thread::sleep(whole * round / 400);
        }
        kill(&mut child, round % 4 < 2);
        let now = proved(&dist);
        if now == last {
            old += 1;
        } else {
            new += 1;
        }
        halves += usize::from(beside(&dist).len() > 1);
        last = now;
    }
    eprintln!(
        "{old} times the last site, {new} times the new one, {halves} times with a half beside it"
    );
    assert!(old > 0 && new > 0 && halves > 0, "{old} {new} {halves}");
    build(&projet, &dist);
    assert_ne!(proved(&dist), "");
    assert_eq!(beside(&dist), ["dist"]);
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let projets = [Projet::copy(), Projet::copy()];
    let place = Projet::copy();
    let dist = place.path("public/dist");
    let mut made = BTreeSet::new();
    for round in 0..6 {
        if round == 3 {
            // Also where there is no site yet.
            fs::remove_dir_all(&dist).expect("removed");
        }
        edition(&projets[0], round);
        let mut children = projets.each_ref().map(|projet| start(projet, &dist));
        for child in &mut children {
            assert!(child.wait().expect("it ends").success());
        }
        made.insert(proved(&dist));
        assert_eq!(beside(&dist), ["dist"]);
    }
    assert!(!made.is_empty());
}

/// In a mount of its own, so that neither rights nor cleaning up are needed: the site fits once and a half.
const FULL: &str = r#"
mount -t tmpfs -o size="$2"k none "$1" || exit 90
"$3" build --out "$1/dist" >/dev/null || exit 91
cp "$1/dist/SHA256SUMS" "$4/avant"
"$3" build --base-url https://care.example/ --out "$1/dist" >/dev/null 2>"$4/dit"
echo $? >"$4/code"
ls -A "$1" >"$4/reste"
cd "$1/dist" && sha256sum --check --strict --quiet SHA256SUMS && cmp SHA256SUMS "$4/avant"
"#;

#[test]
fn a_full_disk_leaves_the_last_good_site() {
    let projet = Projet::copy();
    let (disk, notes) = (projet.path("disque"), projet.path("notes"));
    for folder in [&disk, &notes] {
        fs::create_dir(folder).expect("folder");
    }
    let blocks: u64 = site::files(site::built())
        .iter()
        .filter_map(|file| fs::metadata(site::built().join(file)).ok())
        .map(|file| file.len().div_ceil(4096) * 4 + 4)
        .sum();
    let done = Command::new("unshare")
        .args([
            "--user",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            FULL,
            "sh",
        ])
        .arg(&disk)
        .arg((blocks * 3 / 2).to_string())
        .arg(site::sitegen())
        .arg(&notes)
        .current_dir(projet.path(""))
        .output()
        .expect("unshare");
    let said = String::from_utf8_lossy(&done.stderr);
    if done.status.code() == Some(90) || said.starts_with("unshare") {
        return eprintln!("NOTHING WAS TESTED: no small disk can be mounted here: {said}");
    }
    let note = |name: &str| fs::read_to_string(notes.join(name)).expect("a note");
    assert!(done.status.success(), "{:?} {said}", done.status);
    assert_eq!(note("code"), "1\n");
    assert!(
        note("dit").contains("No space left on device"),
        "{}",
        note("dit")
    );
    assert_eq!(note("reste"), "dist\n");
}
