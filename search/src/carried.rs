//! What travels to the browser of the documents and of the lexicon: what can be found or shown, no more.

use crate::document::{Document, Passage};
use crate::expand::bare_terms;
use crate::lexique::{Acronyme, Lexique, Voisinage};
use crate::prelude::*;
use crate::small::{Names, concat};

/// Bytes of a passage that travel where it is not an answer.
const CARRIED: usize = 160;

/// A heading that so many pages share tells none of them apart.
const COMMON: usize = 3;

/// Answers travel whole: people search in them. Other pages are found by their titles, keywords and headings; of their
/// text, only the beginning of what stands under no heading travels, to say what they are.
pub(crate) struct Carried<'d> {
    /// Headings of the pages that are no answers, sorted.
    headings: Vec<&'d str>,
}

impl<'d> Carried<'d> {
    /// What is carried, given the documents that are no answers.
    pub(crate) fn of(others: impl Iterator<Item = &'d Document>) -> Self {
        let passages = others.flat_map(|document| &document.passages);
        let headings = passages.map(|passage| passage.intertitre.as_str());
        let mut headings: Vec<&str> = headings.collect();
        headings.sort_unstable();
        Self { headings }
    }

    /// What is carried of one of them.
    pub(crate) fn document(&self, document: &Document) -> Document {
        let common = |heading: &str| {
            let first = self.headings.partition_point(|other| *other < heading);
            self.headings.get(first + COMMON - 1) == Some(&heading)
        };
        let whole = |passage| upto(usize::MAX, passage);
        Document {
            id: document.id.clone(),
            groupe: document.groupe.clone(),
            url: document.url.clone(),
            titre: plain(&document.titre),
            mots_cles: document.mots_cles.iter().map(|word| plain(word)).collect(),
            paroles: Vec::new(),
            objectifs: document.objectifs.clone(),
            section: document.section.clone(),
            publics: document.publics.clone(),
            passages: if is_answer(document) {
                document.passages.iter().map(whole).collect()
            } else {
                beginnings(document, common)
            },
        }
    }
}

/// Whether a document travels whole.
pub(crate) fn is_answer(document: &Document) -> bool {
    document.groupe == "question"
}

/// A passage with at most so many bytes of its text.
fn upto(most: usize, passage: &Passage) -> Passage {
    Passage {
        ancre: passage.ancre.clone(),
        intertitre: plain(&passage.intertitre),
        texte: beginning(&plain(&passage.texte), most),
    }
}

fn beginnings(document: &Document, common: impl Fn(&str) -> bool) -> Vec<Passage> {
    let (bare, headed): (Vec<&Passage>, Vec<&Passage>) = document
        .passages
        .iter()
        .partition(|passage| passage.intertitre.is_empty());
    let first = bare
        .into_iter()
        .find(|passage| !passage.texte.is_empty() || !passage.ancre.is_empty())
        .map(|passage| upto(CARRIED, passage));
    let headings = headed
        .into_iter()
        .filter(|passage| !common(&passage.intertitre))
        .map(|passage| Passage {
            texte: String::new(),
            ..upto(0, passage)
        });
    first.into_iter().chain(headings).collect()
}

fn beginning(texte: &str, most: usize) -> String {
    if texte.len() <= most {
        return texte.to_owned();
    }
    let mut end = most;
    while !texte.is_char_boundary(end) {
        end -= 1;
    }
    let kept = texte.get(..end).unwrap_or(texte);
    let end = kept.rfind(' ').unwrap_or(end);
    concat(&[kept.get(..end).unwrap_or(kept), " …"])
}

/// Without the signs of French typography, which cost two or three bytes each and which whoever shows the text can set
/// again.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = next_sign(rest.as_bytes()) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mut chars = from.chars();
        out.extend(chars.next().map(|c| match c {
            '\u{a0}' | '\u{202f}' => ' ',
            '’' => '\'',
            other => other,
        }));
        rest = chars.as_str();
    }
    out.push_str(rest);
    out
}

/// Where the next of the bytes is that these signs begin with, looked for in sixteen at once.
fn next_sign(text: &[u8]) -> Option<usize> {
    let begins = |byte: &u8| matches!(byte, 0xc2 | 0xe2);
    let (stretches, _) = text.as_chunks::<16>();
    let none = |stretch: &&[u8; 16]| !stretch.iter().fold(false, |any, byte| any | begins(byte));
    let from = 16 * stretches.iter().take_while(none).count();
    let rest = text.get(from..)?;
    Some(from + rest.iter().position(begins)?)
}

/// The lexicon without the words that play no part in it, nor what no document says where only documents may say it:
/// `said` tells which of these terms stand in a document.
pub(crate) fn lexique(
    lexique: &Lexique,
    stopwords: &Names,
    said: impl Fn(&[&String]) -> Vec<bool>,
) -> Lexique {
    let bare = |terms: &[String]| bare_terms(terms, stopwords);
    let acronyme = |acronyme: &Acronyme| Acronyme {
        sigle: acronyme.sigle.clone(),
        developpements: bare(&acronyme.developpements),
    };
    let voisin = |voisinage: &Voisinage| Voisinage {
        de: bare(&voisinage.de),
        vers: bare(&voisinage.vers),
    };
    let mut voisins: Vec<Voisinage> = lexique.voisins.iter().map(voisin).collect();
    let ends: Vec<&String> = voisins.iter().flat_map(|voisin| &voisin.vers).collect();
    let mut said = said(&ends).into_iter();
    for voisin in &mut voisins {
        voisin.vers.retain(|_| said.next().unwrap_or(false));
    }
    voisins.retain(|voisin| !voisin.vers.is_empty());
    Lexique {
        acronymes: lexique.acronymes.iter().map(acronyme).collect(),
        synonymes: lexique.synonymes.iter().map(|group| bare(group)).collect(),
        voisins,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stopwords::stopwords;
    use crate::survey::Survey;

    fn documents(documents: &[Document]) -> Vec<Document> {
        let carried = Carried::of(documents.iter().filter(|d| !is_answer(d)));
        documents.iter().map(|d| carried.document(d)).collect()
    }

    fn passage(intertitre: &str, texte: &str) -> Passage {
        Passage {
            intertitre: intertitre.to_owned(),
            texte: texte.to_owned(),
            ..Passage::default()
        }
    }

    fn document(groupe: &str, passages: Vec<Passage>) -> Document {
        Document {
            groupe: groupe.to_owned(),
            titre: "L’audit\u{a0}?".to_owned(),
            passages,
            ..Document::default()
        }
    }

    #[test]
    fn signs_of_typography_stay_behind_wherever_they_stand() {
        for before in 0..40 {
            let words = "x".repeat(before);
            let text = plain(&concat(&[&words, "l’é«\u{a0}… »\u{202f}!"]));
            assert_eq!(text, concat(&[&words, "l'é« … » !"]));
        }
    }

    #[test]
    fn answers_travel_whole_and_other_pages_begin() {
        let long = "mot ".repeat(100);
        let all = documents(&[
            document("question", vec![passage("Titre", &long)]),
            document(
                "guide",
                vec![
                    passage("", &long),
                    passage("", "suite"),
                    passage("Titre", &long),
                ],
            ),
        ]);
        let texts = |rank: usize| -> Vec<&str> {
            all[rank]
                .passages
                .iter()
                .map(|p| p.texte.as_str())
                .collect()
        };
        assert_eq!(texts(0), [long.as_str()]);
        assert_eq!(texts(1).len(), 2);
        assert!(texts(1)[0].len() <= CARRIED + " …".len() && texts(1)[0].ends_with("mot …"));
        assert_eq!(texts(1)[1], "");
        assert_eq!(all[0].titre, "L'audit ?");
    }

    #[test]
    fn a_heading_of_many_pages_stays_behind() {
        let page = || {
            document(
                "guide",
                vec![passage("Erreurs fréquentes", ""), passage("Le zip", "")],
            )
        };
        let two = documents(&[page(), page()]);
        let three = documents(&[page(), page(), page()]);
        assert_eq!(two[0].passages.len(), 2);
        assert_eq!(three[0].passages.len(), 0);
    }

    #[test]
    fn ends_that_no_document_says_stay_behind() {
        let texts = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
        let voisin = |vers: &[&str]| Voisinage {
            de: texts(&["piraté"]),
            vers: texts(vers),
        };
        let whole = Lexique {
            voisins: vec![voisin(&["les audits", "virus"]), voisin(&["virus"])],
            ..Lexique::default()
        };
        let documents = [document("question", Vec::new())];
        let survey = Survey::new(&documents);
        let said = lexique(&whole, &stopwords(), |terms| survey.said(terms)).voisins;
        assert_eq!(said, [voisin(&["audits"])]);
    }
}
