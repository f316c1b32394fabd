//! What machines read: the map of the site, the open data.

use crate::agenda;
use crate::atom::atom;
use crate::context::Suite;
use crate::html::Vue;
use crate::output::Files;
use crate::render::Rendered;
use crate::site::{Question, Site};
use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::collections::BTreeMap;

/// When each page last changed, by file.
pub(crate) type Dates = BTreeMap<String, Option<NaiveDate>>;

/// Adds every file that is not a page but the questions.
pub(crate) fn add(files: &mut Files, site: &Site, dates: &Dates, base_url: Option<&str>) {
    let mut put = |name: &str, text: String| drop(files.insert(name.to_owned(), text.into_bytes()));
    put("programme.json", pretty(&site.programme.json()));
    put(agenda::FICHIER, agenda::du_programme(&site.programme));
    put("schema/dossier.json", calc_core::schema_dossier() + "\n");
    put(
        "schema/evaluation.json",
        calc_core::schema_evaluation() + "\n",
    );
    put("sitemap.xml", sitemap(dates, base_url));
    put("robots.txt", robots(base_url));
    put("atom.xml", atom(site, base_url));
}

/// When each page last changed, by file.
pub(crate) fn dates(pages: &[Rendered]) -> Dates {
    pages
        .iter()
        .map(|page| (page.fichier.clone(), page.modifie))
        .collect()
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// `faq.json`; its keys in alphabetical order, as in the other files.
#[derive(Serialize)]
struct Faq<'a, Q> {
    questions: Q,
    source: &'a str,
    version: &'a str,
    version_date: Jour,
}

/// A question of `faq.json`.
#[derive(Serialize)]
struct QuestionOuverte<'a> {
    adresse: String,
    candidats: &'a [String],
    depuis: Jour,
    html: String,
    liees: Vec<String>,
    modifie: Jour,
    mots_cles: &'a [String],
    numero: String,
    objectifs: Vec<&'a str>,
    publics: Vec<&'a str>,
    reponse_courte: &'a str,
    section: &'a str,
    source_version: &'a str,
    texte: String,
    titre: &'a str,
    verifie_le: Jour,
}

/// A day, as `2026-11-23`.
struct Jour(NaiveDate);

impl Serialize for Jour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// `faq.json`: the questions as open data, written one by one: they never stand all in memory as JSON values.
pub(crate) fn faq(site: &Site) -> Vec<u8> {
    // Room for all: a text that grows by doubling would hold itself twice. What is not written takes no memory.
    let longest = |question: &Question| {
        let passages = question.corps.passages.iter();
        let words: usize = passages.map(|passage| passage.texte.len()).sum();
        2_000 + 4 * (words + question.titre.len() + question.reponse_courte.len())
    };
    let mut out = Vec::with_capacity(site.questions.iter().map(longest).sum());
    let whole = Faq {
        questions: Suite(|| site.questions.iter().map(question)),
        source: &site.reglages.texte_officiel.1,
        version: &site.programme.version,
        version_date: Jour(site.programme.version_date),
    };
    // A text in memory takes all that it is given.
    let _ = serde_json::to_writer_pretty(&mut out, &whole);
    out.push(b'\n');
    out
}

fn question(question: &Question) -> QuestionOuverte<'_> {
    let passages = question.corps.passages.iter();
    let texte: Vec<&str> = passages.map(|passage| passage.texte.as_str()).collect();
    let objectifs = question.objectifs.iter();
    QuestionOuverte {
        adresse: question.numero.adresse(),
        candidats: &question.candidats,
        depuis: Jour(question.depuis),
        html: question.corps.html(&Vue::page("../../")),
        liees: question.liees.iter().map(|at| at.value.texte()).collect(),
        modifie: Jour(question.modifie),
        mots_cles: &question.mots_cles,
        numero: question.numero.texte(),
        objectifs: objectifs.map(|at| at.value.as_str()).collect(),
        publics: question
            .publics
            .iter()
            .map(|(key, _)| key.as_str())
            .collect(),
        reponse_courte: &question.reponse_courte,
        section: &question.section,
        source_version: &question.source_version.value,
        texte: texte.join("\n\n"),
        titre: &question.titre,
        verifie_le: Jour(question.verifie_le),
    }
}

/// Full addresses where the base is known; the format knows no other, so without one they start at the root.
fn sitemap(dates: &Dates, base_url: Option<&str>) -> String {
    let base = base_url.unwrap_or("/");
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n".to_owned();
    for (fichier, date) in dates {
        let Some(chemin) = fichier.strip_suffix("index.html") else {
            continue;
        };
        let date = date
            .map(|date| format!("<lastmod>{date}</lastmod>"))
            .unwrap_or_default();
        let address = escape(&format!("{base}{chemin}"));
        out.push_str(&["<url><loc>", &address, "</loc>", &date, "</url>\n"].concat());
    }
    out + "</urlset>\n"
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn robots(base_url: Option<&str>) -> String {
    let map = base_url
        .map(|base| format!("Sitemap: {base}sitemap.xml\n"))
        .unwrap_or_default();
    format!("User-agent: *\nAllow: /\n{map}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_has_pages_only_with_their_dates() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23);
        let dates = [
            ("404.html", None),
            ("faq/1-1/index.html", day),
            ("index.html", None),
        ];
        let dates = dates.map(|(file, date)| (file.to_owned(), date)).into();
        let map = sitemap(&dates, Some("https://x.fr/care/"));
        let expected = "<url><loc>https://x.fr/care/faq/1-1/</loc><lastmod>2026-11-23</lastmod></url>\n<url><loc>https://x.fr/care/</loc></url>\n</urlset>\n";
        assert!(map.ends_with(expected), "{map}");
        assert_eq!(robots(None), "User-agent: *\nAllow: /\n");
    }
}
