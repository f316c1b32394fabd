//! The folder of an import: a whole content, its questions replaced by those of the text.

use super::fichier::{Version, fichier};
use super::{Lecture, lire};
use crate::diagnostic::{Diagnostic, Faults};
use crate::output::Files;
use crate::read::read_site;
use crate::site::{Reglages, Section, Site};
use crate::source::{Source, Tree};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What an import makes.
pub(crate) struct Importe {
    /// The files of a content folder.
    pub(crate) fichiers: Files,
    /// Number of questions.
    pub(crate) questions: usize,
    /// Lines that are in no question: first, last, what they are.
    pub(crate) bruit: Vec<(usize, usize, &'static str)>,
    /// What the reader should look at next.
    pub(crate) conseils: Vec<String>,
}

/// Reads the official text and puts its questions in the place of those of `content`.
pub(crate) fn importer(
    source: &Arc<Source>,
    content: &Tree,
    faults: &mut Faults,
) -> Option<Importe> {
    let site = read_site(content, faults)?;
    let lecture = lire(source, faults);
    if lecture.questions.is_empty() {
        let fault = Diagnostic::error("aucune question dans ce texte").at(source, 0..0);
        faults.push(fault.hint("une question commence par son numéro : « 1.1. Comment… ? »"));
        return None;
    }
    let version = version(&lecture, &site, faults);
    let mut fichiers = reste(content, &lecture, &site.reglages);
    let lines = super::lignes::lignes(&lecture.source.text);
    for (lue, debut) in lecture.questions.iter().zip(&lecture.debuts) {
        let section = site
            .reglages
            .sections
            .iter()
            .find(|s| s.numero == lue.numero.section);
        let Some(section) = section else {
            let message = format!("la partie {} n'est pas dans site.toml", lue.numero.section);
            let place = lines.get(*debut).map_or(0, |line| line.debut);
            let fault = Diagnostic::error(message).at(&lecture.source, place..place + 1);
            faults.push(fault.hint("ajoutez-y une [[section]] avec ce numéro, puis recommencez"));
            continue;
        };
        let text = fichier(lue, &section.cle, &version, &site);
        let path = format!("faq/{}/{}.md", section.cle, lue.numero);
        fichiers.insert(path, text.into_bytes());
    }
    Some(Importe {
        questions: lecture.questions.len(),
        conseils: conseils(&version, &site),
        bruit: lecture.bruit,
        fichiers,
    })
}

/// The version that the cover prints, else the programme's.
fn version(lecture: &Lecture, site: &Site, faults: &mut Faults) -> Version {
    lecture.version.clone().unwrap_or_else(|| {
        let programme = &site.programme;
        let message = format!(
            "la page de garde ne dit pas sa version : celle de programme.toml, {}, est reprise",
            programme.version
        );
        faults.push(Diagnostic::warning(message).at(&lecture.source, 0..0));
        Version {
            numero: programme.version.clone(),
            date: programme.version_date,
        }
    })
}

/// Everything of the content but its questions; `site.toml` counts those of the text.
fn reste(content: &Tree, lecture: &Lecture, reglages: &Reglages) -> Files {
    let mut counts: BTreeMap<u8, u16> = BTreeMap::new();
    for lue in &lecture.questions {
        let most = counts.entry(lue.numero.section).or_default();
        *most = lue.numero.rang.max(*most);
    }
    let kept = content
        .texts
        .iter()
        .filter(|(path, _)| !path.starts_with("faq/"));
    kept.map(|(path, source)| {
        let text = match path.as_str() {
            "site.toml" => compter(&source.text, &reglages.sections, &counts),
            _ => source.text.clone(),
        };
        (path.clone(), text.into_bytes())
    })
    .collect()
}

/// `site.toml` with the number of questions of each section.
fn compter(text: &str, sections: &[Section], counts: &BTreeMap<u8, u16>) -> String {
    let mut section = None;
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('[') {
            section = None;
        }
        let (key, value) = line.split_once('=').unwrap_or((line, ""));
        if key.trim() == "cle" {
            let cle = value.trim().trim_matches('"');
            section = sections.iter().find(|s| s.cle == cle);
        }
        let count = section.filter(|_| key.trim() == "questions");
        match count.and_then(|section| counts.get(&section.numero)) {
            Some(count) => out.extend(["questions = ", &count.to_string(), "\n"]),
            None => out.push_str(line),
        }
    }
    out
}

fn conseils(version: &Version, site: &Site) -> Vec<String> {
    let mut out = vec![
        "relisez `accroche` de site.toml et nouveautes/ : ils parlent peut-être encore de réponses reformulées"
            .to_owned(),
    ];
    if version.numero != site.programme.version {
        out.push(format!(
            "programme.toml est en version {} : revoyez ses valeurs (`sitegen diff` dit lesquelles), puis passez-le en {}",
            site.programme.version, version.numero
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_count_the_questions_of_the_text() {
        let section = |cle: &str, numero| Section {
            cle: cle.to_owned(),
            numero,
            questions: 0,
            titre: String::new(),
            description: String::new(),
            span: 0..0,
        };
        let sections = [section("a", 1), section("b", 2)];
        let text = "nom = \"x\"\n[[section]]\ncle = \"a\"\nquestions = 12\n[[section]]\ncle = \"b\"\nquestions = 3\n";
        let counts = [(1, 13)].into();
        let expected = text.replace("12", "13");
        assert_eq!(compter(text, &sections, &counts), expected);
    }
}
