//! What machines read: the map of the site, the open data.

use crate::agenda;
use crate::atom::atom;
use crate::html::Vue;
use crate::output::Files;
use crate::render::Rendered;
use crate::site::{Question, Site};
use chrono::NaiveDate;
use serde_json::{Value, json};
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

/// `faq.json`: the questions as open data, written one by one: they never stand all in memory as JSON values.
pub(crate) fn faq(site: &Site) -> String {
    let frame = pretty(&json!({
        "questions": [0],
        "source": site.reglages.texte_officiel.1,
        "version": site.programme.version,
        "version_date": site.programme.version_date.to_string(),
    }));
    let Some((before, after)) = frame.split_once("    0") else {
        return frame;
    };
    // Room for all: a text that grows by doubling would hold itself twice. What is not written takes no memory.
    let longest = |question: &Question| {
        let passages = question.corps.passages.iter();
        let words: usize = passages.map(|passage| passage.texte.len()).sum();
        2_000 + 4 * (words + question.titre.len() + question.reponse_courte.len())
    };
    let mut out = String::with_capacity(site.questions.iter().map(longest).sum());
    out.push_str(before);
    for (rank, known) in site.questions.iter().enumerate() {
        if rank > 0 {
            out.push_str(",\n");
        }
        let lines = format!("{:#}", question(known));
        for (rank, line) in lines.lines().enumerate() {
            out.push_str(if rank > 0 { "\n    " } else { "    " });
            out.push_str(line);
        }
    }
    out + after
}

fn question(question: &Question) -> Value {
    let passages = question.corps.passages.iter();
    let texte: Vec<&str> = passages.map(|passage| passage.texte.as_str()).collect();
    let values = |list: &[crate::table::At<String>]| -> Vec<String> {
        list.iter().map(|at| at.value.clone()).collect()
    };
    json!({
        "numero": question.numero.to_string(),
        "section": question.section,
        "adresse": question.numero.adresse(),
        "titre": question.titre,
        "reponse_courte": question.reponse_courte,
        "texte": texte.join("\n\n"),
        "html": question.corps.html(&Vue::page("../../")),
        "objectifs": values(&question.objectifs),
        "candidats": question.candidats,
        "publics": question.publics.iter().map(|(key, _)| key).collect::<Vec<_>>(),
        "mots_cles": question.mots_cles,
        "liees": question.liees.iter().map(|at| at.value.to_string()).collect::<Vec<_>>(),
        "source_version": question.source_version.value,
        "depuis": question.depuis.to_string(),
        "modifie": question.modifie.to_string(),
        "verifie_le": question.verifie_le.to_string(),
    })
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
