//! One side of a comparison: a content folder, a folder of questions, or the official text.

use crate::cible::Numero;
use crate::diagnostic::{Diagnostic, Faults};
use crate::front_matter::split;
use crate::import;
use crate::markdown::{self, Markdown};
use crate::read::read_site;
use crate::source::{Source, Tree, read_file, read_tree, shown};
use chrono::NaiveDate;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// A version of the questions.
#[derive(Debug)]
pub(crate) struct Version {
    /// The file or folder, as typed.
    pub(crate) nom: String,
    /// `1.0`, where it is said.
    pub(crate) numero: Option<String>,
    /// Its day, where it is said.
    pub(crate) date: Option<NaiveDate>,
    /// It gives the official wording.
    pub(crate) officiel: bool,
    /// Its questions, in order.
    pub(crate) questions: Vec<Question>,
}

/// A question, words alone.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Question {
    /// Its number.
    pub(crate) numero: Numero,
    /// Its title.
    pub(crate) titre: String,
    /// Its answer.
    pub(crate) reponse: String,
}

/// Reads one side; only errors are told of an official text, its repairs are `import`'s to tell.
pub(crate) fn lire(path: &Path, faults: &mut Faults) -> Option<Version> {
    let version = if path.is_dir() {
        folder(path, faults)
    } else {
        text(path, faults)
    };
    let version = version?;
    if version.questions.is_empty() {
        let message = format!("aucune question dans {}", version.nom);
        let hint = "attendus : un dossier de contenu, ou le texte officiel extrait de son PDF";
        faults.push(Diagnostic::error(message).hint(hint));
        return None;
    }
    Some(version)
}

fn text(path: &Path, faults: &mut Faults) -> Option<Version> {
    let source = read_file(path, faults)?;
    let mut own = Faults::default();
    let lecture = import::lire(&source, &mut own);
    if own.has_errors() {
        faults.extend(own);
    }
    let question = |(numero, titre, reponse): (Numero, &str, String)| Question {
        numero,
        titre: titre.to_owned(),
        reponse,
    };
    let mut questions: Vec<Question> = lecture.textes().map(question).collect();
    questions.sort_by_key(|question| question.numero);
    Some(Version {
        nom: shown(path),
        numero: lecture.numero_de_version().map(str::to_owned),
        date: lecture.date(),
        officiel: true,
        questions,
    })
}

fn folder(path: &Path, faults: &mut Faults) -> Option<Version> {
    let above = path.parent().unwrap_or(path);
    let is_content = |folder: &Path| folder.join("programme.toml").is_file();
    if !is_content(path) && !is_content(above) {
        let tree = read_tree(path, &shown(path), faults);
        return Some(bare(path, &tree, faults));
    }
    let root = if is_content(path) { path } else { above };
    let tree = read_tree(root, &shown(root), faults);
    let site = read_site(&tree, faults)?;
    let first = site.questions.first();
    let version = first.map(|question| question.source_version.value.clone());
    let own_date = version.as_deref() == Some(site.programme.version.as_str());
    let questions = site.questions.iter().map(|question| Question {
        numero: question.numero,
        titre: question.titre.clone(),
        reponse: question.corps.mots(),
    });
    Some(Version {
        nom: shown(path),
        numero: version,
        date: own_date.then_some(site.programme.version_date),
        officiel: first.is_some_and(|question| question.officiel),
        questions: questions.collect(),
    })
}

/// A folder of questions without the rest of a content: parameters stay as they are typed.
fn bare(path: &Path, tree: &Tree, faults: &mut Faults) -> Version {
    let files = tree.under("", ".md");
    let mut questions: Vec<Question> = files
        .filter_map(|(_, source)| question(source, Numero::parse(source.stem())?, faults))
        .collect();
    questions.sort_by_key(|question| question.numero);
    Version {
        nom: shown(path),
        numero: None,
        date: None,
        officiel: false,
        questions,
    }
}

fn question(source: &Arc<Source>, numero: Numero, faults: &mut Faults) -> Option<Question> {
    let parts = split(source, faults)?;
    let table = parts.head.parse(faults);
    let titre = table
        .get("titre")
        .and_then(|value| value.get_ref().as_str());
    let start = parts.body.start;
    let place = |span: &Range<usize>| start + span.start..start + span.end;
    let texte = source.text.get(parts.body.clone()).unwrap_or_default();
    let read = markdown::read(
        &Markdown {
            source,
            texte,
            place: &place,
        },
        faults,
    );
    Some(Question {
        numero,
        titre: titre.unwrap_or_default().to_owned(),
        reponse: read.mots(),
    })
}
