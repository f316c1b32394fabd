//! The site's own questions, read from `content/` as the generator reads them but without its checks, and the measures.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use search::{Acronyme, Document, Index, Lexique, Options, Passage, Voisinage};
use serde::Deserialize;

/// A graded query.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Query {
    /// The query.
    pub(crate) q: String,
    /// `keyword`, `natural`, `paraphrase`…
    pub(crate) kind: String,
    /// Question numbers with their grades: 2 is the answer, 1 is also useful.
    pub(crate) relevant: BTreeMap<String, u32>,
}

/// Mean measures over some queries.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Measures {
    /// How many queries.
    pub(crate) count: f64,
    /// Sum of nDCG@10, gains 3 for grade 2 and 1 for grade 1.
    pub(crate) ndcg: f64,
    /// Queries with a grade 2 among the first three.
    pub(crate) success: f64,
    /// Queries without any answer.
    pub(crate) empty: f64,
}

impl Measures {
    /// Mean nDCG@10.
    pub(crate) fn mean_ndcg(&self) -> f64 {
        self.ndcg / self.count
    }

    /// Share with a grade 2 among the first three.
    pub(crate) fn mean_success(&self) -> f64 {
        self.success / self.count
    }

    /// Adds one answer.
    pub(crate) fn add(&mut self, query: &Query, results: &[String]) {
        self.count += 1.0;
        self.ndcg += ndcg(query, results);
        let answers = |id: &&String| query.relevant.get(*id) == Some(&2);
        self.success += f64::from(u8::from(results.iter().take(3).any(|id| answers(&id))));
        self.empty += f64::from(u8::from(results.is_empty()));
    }
}

/// nDCG@10 of one answer.
pub(crate) fn ndcg(query: &Query, results: &[String]) -> f64 {
    let gain = |grade: u32| f64::from(2_u32.pow(grade) - 1);
    let dcg = |grades: &[u32]| -> f64 {
        let ranked = grades.iter().take(10).zip(2_u32..);
        ranked
            .map(|(&grade, rank)| gain(grade) / f64::from(rank).log2())
            .sum()
    };
    let found: Vec<u32> = results
        .iter()
        .map(|id| query.relevant.get(id).copied().unwrap_or(0))
        .collect();
    let mut ideal: Vec<u32> = query.relevant.values().copied().collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    dcg(&found) / dcg(&ideal)
}

/// The numbers of the ten best questions, as the command line asks for them.
pub(crate) fn answer(index: &Index, query: &str) -> Vec<String> {
    let options = Options {
        groupe: Some("question".to_owned()),
        prefixe: true,
        extraits: false,
        ..Options::default()
    };
    index
        .search(query, &options)
        .touches
        .into_iter()
        .map(|touche| touche.id)
        .collect()
}

/// The graded queries of the project.
pub(crate) fn queries() -> Vec<Query> {
    let text = read(&root().join("search/tests/requetes.json"));
    serde_json::from_str(&text).expect("requetes.json is read")
}

/// Every question of the site, in the official order.
pub(crate) fn documents() -> Vec<Document> {
    let parameters = parameters();
    let mut paroles = lexique_file().paroles;
    let mut documents: Vec<Document> = files(&root().join("content/faq"))
        .iter()
        .map(|path| document(&read(path), &parameters))
        .collect();
    for document in &mut documents {
        document.paroles = paroles.remove(&document.id).unwrap_or_default();
    }
    documents.sort_by_key(|document| order(&document.id));
    documents
}

/// The lexicon of the site.
pub(crate) fn lexique() -> Lexique {
    let file = lexique_file();
    let acronyme = |(sigle, developpements)| Acronyme {
        sigle,
        developpements,
    };
    let voisin = |entry: VoisinFile| Voisinage {
        de: entry.de,
        vers: entry.vers,
    };
    Lexique {
        acronymes: file.acronymes.into_iter().map(acronyme).collect(),
        synonymes: file.synonymes,
        voisins: file.voisins.into_iter().map(voisin).collect(),
    }
}

fn lexique_file() -> LexiqueFile {
    toml::from_str(&read(&root().join("content/synonymes.toml"))).expect("synonymes.toml is read")
}

#[derive(Deserialize)]
struct LexiqueFile {
    acronymes: BTreeMap<String, Vec<String>>,
    synonymes: Vec<Vec<String>>,
    voisins: Vec<VoisinFile>,
    paroles: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct VoisinFile {
    de: Vec<String>,
    vers: Vec<String>,
}

#[derive(Deserialize)]
struct FrontMatter {
    numero: String,
    section: String,
    titre: String,
    reponse_courte: String,
    objectifs: Vec<String>,
    publics: Vec<String>,
    mots_cles: Vec<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the engine is pure, its tests read the content"
)]
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let sections = std::fs::read_dir(folder)
        .expect("content/faq is there")
        .flatten();
    let mut files: Vec<PathBuf> = sections
        .filter_map(|section| std::fs::read_dir(section.path()).ok())
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort();
    files
}

fn order(id: &str) -> Vec<u32> {
    id.split('.').filter_map(|part| part.parse().ok()).collect()
}

fn document(file: &str, parameters: &BTreeMap<String, String>) -> Document {
    let file = fill(
        file.strip_prefix("+++\n").expect("front matter opens"),
        parameters,
    );
    let (front, body) = file.split_once("\n+++\n").expect("front matter closes");
    let front: FrontMatter = toml::from_str(front).unwrap_or_else(|error| panic!("{error}"));
    let mut passages = vec![Passage {
        texte: front.reponse_courte,
        ..Passage::default()
    }];
    passages.extend(body_passages(body));
    Document {
        url: ["faq/", &front.numero.replace('.', "-"), "/"].concat(),
        id: front.numero,
        groupe: "question".to_owned(),
        titre: front.titre,
        mots_cles: front.mots_cles,
        paroles: Vec::new(),
        objectifs: front.objectifs,
        section: front.section,
        publics: front.publics,
        passages,
    }
}

fn body_passages(body: &str) -> Vec<Passage> {
    let mut passages = vec![Passage::default()];
    let notes = |line: &&str| !line.starts_with("**Point à confirmer");
    for line in body.lines().filter(notes).map(plain) {
        if let Some(heading) = line.strip_prefix("## ") {
            passages.push(Passage {
                ancre: heading.to_lowercase().replace(' ', "-"),
                intertitre: heading.to_owned(),
                texte: String::new(),
            });
        } else if let Some(last) = passages.last_mut() {
            last.texte.push_str(line.trim_start_matches("- "));
            last.texte.push(' ');
        }
    }
    passages.retain(|passage| !passage.texte.trim().is_empty());
    passages
}

/// Markdown without its marks: links keep their text.
fn plain(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("](") {
        out.push_str(before);
        rest = after.split_once(')').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.replace(['*', '[', '<', '>', '`'], "")
}

fn fill(text: &str, parameters: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{ param(") {
        let (key, after) = after.split_once(") }}").expect("a parameter is closed");
        let key = key.trim_matches(|c| c == '"' || c == '\\');
        out.push_str(before);
        out.push_str(
            parameters
                .get(key)
                .unwrap_or_else(|| panic!("no parameter {key}")),
        );
        rest = after;
    }
    out + rest
}

fn parameters() -> BTreeMap<String, String> {
    let table: toml::Table = toml::from_str(&read(&root().join("content/programme.toml")))
        .expect("programme.toml is read");
    let entries = table
        .into_iter()
        .filter_map(|(key, value)| Some((key, value.as_table()?.clone())));
    entries
        .map(|(key, entry)| {
            (
                key,
                entry
                    .get("valeur")
                    .map_or("voir le guide".to_owned(), printed),
            )
        })
        .collect()
}

fn printed(value: &toml::Value) -> String {
    match value {
        toml::Value::Datetime(date) => french_date(&date.to_string()),
        toml::Value::String(text) => text.replace('.', ","),
        toml::Value::Array(items) => items.iter().map(printed).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn french_date(iso: &str) -> String {
    const MONTHS: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let parts: Vec<usize> = iso
        .split('-')
        .filter_map(|part| part.parse().ok())
        .collect();
    let [year, month, day] = parts[..] else {
        panic!("a date: {iso}")
    };
    let day = if day == 1 {
        "1er".to_owned()
    } else {
        day.to_string()
    };
    format!("{day} {} {year}", MONTHS[month - 1])
}
