//! Everything that the search may answer with.

use crate::champs::champs;
use crate::cible::slug_of_code;
use crate::francais;
use crate::site::{Objectif, PageLibre, Question, Site};
use crate::source::Tree;
use crate::table::At;
use crate::titres::titles;
use crate::typographie::typographie;
use search::{Document, Passage, Survey};

/// The documents of the site, questions first, in the official order; `www` holds the form of the calculator.
pub(crate) fn documents(site: &Site, www: &Tree) -> Vec<Document> {
    answers(site).chain(others(site, www)).collect()
}

/// The same, read for the search; the questions one by one.
pub(crate) fn survey(site: &Site, www: &Tree) -> Survey {
    Survey::of(answers(site), others(site, www))
}

fn answers(site: &Site) -> impl Iterator<Item = Document> {
    let questions = site.questions.iter();
    questions.map(|question| answer_of(question, site))
}

fn others(site: &Site, www: &Tree) -> Vec<Document> {
    let objectifs = site.objectifs.iter().map(objectif);
    let pages = site.pages.iter().map(page);
    objectifs
        .chain(pages)
        .chain(made(site))
        .chain(termes(site))
        .chain(echeances(site))
        .chain(champs(www))
        .collect()
}

fn codes(objectifs: &[At<String>]) -> Vec<String> {
    objectifs.iter().map(|code| code.value.clone()).collect()
}

/// A summary, then the text by heading.
fn passages(resume: &str, texte: &crate::markdown::Texte) -> Vec<Passage> {
    let summary = Passage {
        texte: resume.to_owned(),
        ..Passage::default()
    };
    std::iter::once(summary)
        .chain(texte.passages.iter().cloned())
        .collect()
}

/// What opens a note of the editors on a doubt. It speaks of other questions in their words: searches for these are not
/// to find it.
const NOTE: &str = "Point à confirmer";

/// An answer, without the notes on its doubts.
fn answer(question: &Question) -> Vec<Passage> {
    let mut answer = passages(&question.reponse_courte, &question.corps);
    for passage in &mut answer {
        if let Some(note) = passage.texte.find(NOTE) {
            passage.texte.truncate(note);
        }
    }
    answer
}

fn answer_of(question: &Question, site: &Site) -> Document {
    let numero = question.numero.to_string();
    let said = site.paroles.iter().find(|(of, _)| of.value == numero);
    let paroles = said.into_iter().flat_map(|(_, paroles)| paroles);
    Document {
        paroles: paroles.map(|said| said.value.clone()).collect(),
        id: numero,
        groupe: "question".to_owned(),
        url: question.numero.adresse(),
        titre: question.titre.clone(),
        mots_cles: question.mots_cles.clone(),
        objectifs: codes(&question.objectifs),
        section: question.section.clone(),
        publics: question
            .publics
            .iter()
            .map(|(key, _)| key.clone())
            .collect(),
        passages: answer(question),
    }
}

fn objectif(page: &Objectif) -> Document {
    Document {
        id: format!("objectif:{}", page.code),
        groupe: "objectif".to_owned(),
        url: format!("objectifs/{}/", slug_of_code(&page.code)),
        titre: page.titre.clone(),
        objectifs: vec![page.code.clone()],
        passages: passages(&page.resume, &page.corps),
        ..Document::default()
    }
}

/// A chapter of the guide is found by its headings too; the many headings of the other pages would weigh more than all
/// chapters.
fn page_passages(page: &PageLibre) -> Vec<Passage> {
    let mut passages = passages(&page.chapeau, &page.corps);
    if !page.adresse.starts_with("guide/") {
        passages.retain(|passage| passage.intertitre.is_empty());
    }
    passages
}

fn page(page: &PageLibre) -> Document {
    Document {
        id: format!("guide:{}", page.adresse.trim_end_matches('/')),
        groupe: "guide".to_owned(),
        url: page.adresse.clone(),
        titre: page.titre.clone(),
        mots_cles: page.mots_cles.clone(),
        passages: page_passages(page),
        ..Document::default()
    }
}

/// Pages that the generator makes are found by their titles: what they gather is found by itself.
fn made(site: &Site) -> impl Iterator<Item = Document> {
    titles(site).into_iter().map(|(url, titre)| Document {
        id: format!("page:{}", url.trim_end_matches('/')),
        groupe: "page".to_owned(),
        url,
        titre: typographie(&titre, None),
        mots_cles: vec![titre],
        ..Document::default()
    })
}

/// The terms of the glossary, by their names: their acronyms are in the lexicon, their definitions a link away. The
/// lexicon leads « c'est quoi » to the one word that all of them share.
fn termes(site: &Site) -> impl Iterator<Item = Document> {
    let termes = site
        .glossaire
        .iter()
        .flat_map(|glossaire| &glossaire.termes);
    termes.map(|terme| Document {
        id: format!("glossaire:{}", terme.ancre),
        groupe: "glossaire".to_owned(),
        url: "glossaire/".to_owned(),
        titre: terme.nom.value.clone(),
        mots_cles: vec!["glossaire".to_owned()],
        passages: vec![Passage {
            ancre: terme.ancre.clone(),
            ..Passage::default()
        }],
        ..Document::default()
    })
}

fn echeances(site: &Site) -> impl Iterator<Item = Document> {
    let dated = site.programme.parametres.iter().filter(|p| p.echeance);
    dated.filter_map(|parametre| {
        let date = francais::date(parametre.date()?);
        let passage = Passage {
            ancre: parametre.cle.value.clone(),
            texte: typographie(&date, None),
            ..Passage::default()
        };
        Some(Document {
            id: format!("echeance:{}", parametre.cle.value),
            groupe: "echeance".to_owned(),
            url: "echeances/".to_owned(),
            titre: typographie(&parametre.libelle, None),
            objectifs: codes(&parametre.objectifs),
            passages: vec![passage],
            ..Document::default()
        })
    })
}
