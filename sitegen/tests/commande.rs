//! The command line on throw-away contents: copies of the project's, broken at will. The browser modules are
//! stand-ins, so that no test compiles them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A copy of the project's content and templates.
struct Projet {
    folder: PathBuf,
}

impl Projet {
    fn new(name: &str) -> Self {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        for part in ["content", "www"] {
            copy(&repository.join(part), &folder.join(part));
        }
        for file in [
            "calc_wasm.js",
            "calc_wasm_bg.wasm",
            "calc_wasm_suite.wasm",
            "search_bg.wasm",
        ] {
            write(&folder.join("wasm").join(file), "let wasm_bindgen;\n");
        }
        Self { folder }
    }

    fn with(self, path: &str, text: &str) -> Self {
        write(&self.folder.join(path), text);
        self
    }

    /// Replaces a text that must be there.
    fn change(self, path: &str, from: &str, to: &str) -> Self {
        let old = fs::read_to_string(self.folder.join(path)).expect("the file is there");
        assert!(old.contains(from), "`{from}` is not in {path}");
        self.with(path, &old.replacen(from, to, 1))
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_sitegen"))
            .args(arguments)
            .current_dir(&self.folder)
            .output()
            .expect("sitegen starts")
    }

    fn build(&self, out: &str) -> Output {
        self.run(&["build", "--wasm", "wasm", "--out", out])
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.join(path)).expect("the file is there")
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("written");
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let target = to.join(path);
        fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
        fs::write(target, bytes).expect("written");
    }
}

/// Every file below a folder, with its bytes.
fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let relative = path.strip_prefix(root).expect("below").to_path_buf();
                found.insert(relative, fs::read(&path).expect("read"));
            }
        }
    }
    found
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The no-break spaces of the messages, shown as `~`.
fn shown(text: &str) -> String {
    text.replace('\u{a0}', "~")
}

const FAULTY: &str = "\
+++
numero = \"1.2\"
slug = \"1-3\"
section = \"candidature\"
titre = \"Jusqu'au {{ param(\\\"declaration_limit\\\") }} ?\"
reponse_courte = 3
objectifs = [\"D1.02.A\"]
candidats = [\"ght\", \"ejpublique\"]
publics = []
mots_cles = []
lies = [\"1.1\"]
source_version = \"1.0\"
depuis = \"2026-04-07\"
modifie = \"2026-02-30\"
verifie_le = \"2026-11-23\"
corrections = []
+++
Voir [la question](faq:1.99) et <b>ceci</b>.

Le 31 mars 2027 : [ici](javascript:alert(1)), {{ autre }}.
";

const SAID: &str = "\
erreur~: adresse qui ne correspond pas
 --> content/faq/candidature/1.2.md:3:8
  |
3 | slug = \"1-3\"
  |        ^^^^^
  |
  = aide~: slug = \"1-2\"

erreur~: paramètre inconnu « declaration_limit »
 --> content/faq/candidature/1.2.md:5:19
  |
5 | titre = \"Jusqu'au {{ param(\\\"declaration_limit\\\") }} ?\"
  |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = aide~: vouliez-vous écrire « declaration_limite » ?

erreur~: valeur inattendue : un texte entre guillemets est attendu
 --> content/faq/candidature/1.2.md:6:18
  |
6 | reponse_courte = 3
  |                  ^

erreur~: valeur inconnue « ejpublique »
 --> content/faq/candidature/1.2.md:8:21
  |
8 | candidats = [\"ght\", \"ejpublique\"]
  |                     ^^^^^^^^^^^^
  |
  = aide~: au choix : ght, ej_publique, ej_privee

erreur~: clé inconnue `lies`
  --> content/faq/candidature/1.2.md:11:1
   |
11 | lies = [\"1.1\"]
   | ^^^^
   |
   = aide~: vouliez-vous écrire « liees » ?

erreur~: valeur inattendue : un jour du calendrier est attendu, par exemple \"2026-04-07\"
  --> content/faq/candidature/1.2.md:14:11
   |
14 | modifie = \"2026-02-30\"
   |           ^^^^^^^^^^^^

erreur~: du HTML dans un texte
  --> content/faq/candidature/1.2.md:18:33
   |
18 | Voir [la question](faq:1.99) et <b>ceci</b>.
   |                                 ^^^ HTML
   |
   = aide~: écrivez en Markdown ; le HTML se tient dans www/templates

";

#[test]
fn every_fault_of_every_file_is_told_at_its_place() {
    let projet = Projet::new("faults")
        .with("content/faq/candidature/1.2.md", FAULTY)
        .change(
            "content/programme.toml",
            "source = \"1.5\"",
            "source = \"9.5\"",
        )
        .change(
            "content/objectifs/d1-o2-a.md",
            "{#intervalle-max}",
            "{#intervalle-maximal}",
        )
        .change(
            "content/faq/declaration/4.2.md",
            "numero = \"4.2\"",
            "numero = \"4.3\"",
        );
    let output = projet.build("dist");
    let said = shown(&stderr(&output));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), "");
    for fault in SAID.split_inclusive("\n\n") {
        assert!(said.contains(fault), "{fault}\n--- is not in\n{said}");
    }
    for fault in [
        "la question 9.5 n'existe pas\n  --> content/programme.toml:",
        "la règle D1.O2.A/intervalle-max n'est expliquée nulle part",
        "la question 4.3 est dans le fichier content/faq/declaration/4.2.md",
        "le schéma « javascript: » n'est pas admis dans un lien",
        "entre doubles accolades, seuls `param",
        "une date du programme est tapée en toutes lettres",
        "la question 1.99 n'existe pas\n  --> content/faq/candidature/1.2.md:18:6",
        "objectif inconnu « D1.02.A »\n --> content/faq/candidature/1.2.md:7:14",
    ] {
        assert!(said.contains(fault), "{fault}\n--- is not in\n{said}");
    }
    // One fault does not bring others of its own making.
    for fault in [
        "il manque la question",
        "deux fichiers",
        "la question 1.2 n'existe pas",
        "`modifie` précède",
    ] {
        assert!(!said.contains(fault), "{fault} is in\n{said}");
    }
    assert!(!projet.folder.join("dist").exists());
}

#[test]
fn a_head_that_is_not_closed_is_the_only_fault() {
    let projet = Projet::new("head").change("content/faq/candidature/1.2.md", "\n+++\n", "\n");
    let said = shown(&stderr(&projet.build("dist")));
    let expected = "\
erreur~: l'en-tête n'est pas fermé
 --> content/faq/candidature/1.2.md:1:1
  |
1 | +++
  | ^^^
  |
  = aide~: ajoutez une ligne `+++` après la dernière clé

1 erreur~: rien n'a été écrit
";
    assert_eq!(said, expected);
}

#[test]
fn a_failed_build_leaves_the_last_good_site() {
    let projet = Projet::new("last-good");
    let first = projet.build("dist");
    assert!(first.status.success(), "{}", stderr(&first));
    let good = files(&projet.folder.join("dist"));
    let projet = projet.change(
        "content/site.toml",
        "accroche = \"",
        "accroche = \"Nouveau. ",
    );
    let broken = projet.change("www/templates/page.html", "{% extends", "{% extend");
    assert_eq!(broken.build("dist").status.code(), Some(1));
    assert_eq!(files(&broken.folder.join("dist")), good);
    let mended = broken.change("www/templates/page.html", "{% extend", "{% extends");
    assert!(mended.build("dist").status.success());
    assert!(mended.read("dist/index.html").contains("Nouveau. "));
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    let projet = Projet::new("same-bytes");
    for out in ["un", "deux"] {
        let output = projet.build(out);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    let (first, second) = (
        files(&projet.folder.join("un")),
        files(&projet.folder.join("deux")),
    );
    assert!(first.len() > 90, "{} files", first.len());
    assert_eq!(
        first.keys().collect::<Vec<_>>(),
        second.keys().collect::<Vec<_>>()
    );
    let differing: Vec<_> = first
        .iter()
        .filter(|(path, bytes)| second.get(*path) != Some(bytes))
        .collect();
    assert!(differing.is_empty());
}

#[test]
fn a_date_changed_in_one_place_changes_everywhere() {
    let projet = Projet::new("one-date").change(
        "content/programme.toml",
        "valeur = 2027-03-31",
        "valeur = 2027-04-15",
    );
    let output = projet.build("dist");
    let said = stderr(&output);
    assert!(
        said.contains("declaration-tardive"),
        "the example of that date no longer comes out: {said}"
    );
    let projet = projet.change(
        "content/exemples/declaration-tardive.toml",
        "\"non_atteint\"",
        "\"atteint\"",
    );
    let output = projet.build("dist");
    assert!(output.status.success(), "{}", stderr(&output));
    for page in [
        "index.html",
        "echeances/index.html",
        "faq/4-4/index.html",
        "objectifs/cand/index.html",
    ] {
        let text = shown(&projet.read(&format!("dist/{page}")));
        assert!(text.contains("15~avril~2027"), "{page}");
        assert!(!text.contains("31~mars~2027"), "{page}");
    }
    assert!(projet.read("dist/programme.json").contains("2027-04-15"));
}

#[test]
fn free_pages_and_chapters_have_their_addresses() {
    let head = "+++\ntitre = \"T\"\nmodifie = \"2026-11-23\"\n+++\n";
    let chapter = format!(
        "{head}Voir [ici](page:aide#deux), [là](page:guide) et [tout](page:faq/objectifs).\n"
    );
    let projet = Projet::new("pages")
        .with(
            "content/pages/aide.md",
            &format!("{head}## Un\n\n[Deux](#deux)\n\n## Deux\n\nb\n"),
        )
        .with("content/guide/index.md", &chapter)
        .with("content/guide/audits.md", &chapter);
    let output = projet.run(&[
        "build",
        "--wasm",
        "wasm",
        "--base-url",
        "https://ars.example/care",
    ]);
    assert!(output.status.success(), "{}", stderr(&output));
    let chapter = projet.read("dist/guide/audits/index.html");
    for link in [
        "../../aide/#deux",
        "../../guide/",
        "../../faq/objectifs/",
        "https://ars.example/care/guide/audits/",
    ] {
        assert!(chapter.contains(&format!("href=\"{link}\"")), "{link}");
    }
    assert!(projet.read("dist/aide/index.html").contains("id=\"deux\""));
    assert!(projet.read("dist/404.html").contains("href=\"/care/\""));
    assert!(
        projet
            .read("dist/sitemap.xml")
            .contains("<loc>https://ars.example/care/aide/</loc>")
    );
    assert!(
        projet
            .read("dist/robots.txt")
            .ends_with("Sitemap: https://ars.example/care/sitemap.xml\n")
    );
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let projet = Projet::new("foreign").with("mine/thesis.txt", "x");
    let output = projet.build("mine");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("was not made by sitegen"));
    assert_eq!(projet.read("mine/thesis.txt"), "x");
}

#[test]
fn evaluation_goes_on_after_a_faulty_dossier() {
    let projet = Projet::new("evaluate")
        .with(
            "good.json",
            "{\"phase\": {\"debut\": \"2026-03-20\", \"validation_ars\": \"2026-04-15\"}}",
        )
        .with("bad.json", "{\"phase\": {\"debut\": \"2026-02-31\"}}");
    let output = projet.run(&[
        "evaluate",
        "bad.json",
        "good.json",
        "--json",
        "--date",
        "2026-11-23",
    ]);
    assert_eq!(output.status.code(), Some(1));
    let line: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("one line of JSON");
    assert_eq!(line["objectifs"]["CAND"]["verdict"], "atteint");
    assert!(
        stderr(&output).starts_with("bad.json : phase.debut : "),
        "{}",
        stderr(&output)
    );
    let usage = projet.run(&["evaluate", "good.json", "--date", "demain"]);
    assert_eq!(usage.status.code(), Some(2));
}

#[test]
fn search_answers_each_line() {
    let projet = Projet::new("search").with("queries.txt", "3.16\nplafond\n");
    let queries = fs::File::open(projet.folder.join("queries.txt")).expect("opened");
    let output = Command::new(env!("CARGO_BIN_EXE_sitegen"))
        .args(["search", "--json", "--questions", "-"])
        .current_dir(&projet.folder)
        .stdin(queries)
        .output()
        .expect("sitegen starts");
    let lines: Vec<serde_json::Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["q"], "3.16");
    assert_eq!(lines[0]["resultats"][0], "3.16");
    assert_eq!(lines[1]["resultats"][0], "2.4");
}
