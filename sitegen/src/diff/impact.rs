//! What of the site rests on a question: parameters, rules, examples, answers, passages of pages.

use super::version::Question;
use crate::cible::{Cible, Numero};
use crate::mots::cles;
use crate::site::Site;
use crate::source::{Source, Tree};
use calc_core::{Regle, regles};
use std::collections::BTreeSet;

/// Everything to look at again.
#[derive(Debug, Default)]
pub(super) struct Impact {
    /// Parameters of the programme that come from the question.
    pub(super) parametres: Vec<Parametre>,
    /// Rules of the calculator that rest on it.
    pub(super) regles: Vec<&'static Regle>,
    /// Worked examples: name and title.
    pub(super) exemples: Vec<(String, String)>,
    /// Other answers that lead to it.
    pub(super) reponses: Vec<Numero>,
    /// Passages of pages, guide and objectives.
    pub(super) passages: Vec<Passage>,
}

/// A parameter to look at again.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parametre {
    /// Its key.
    pub(super) cle: String,
    /// Its French name.
    pub(super) libelle: String,
    /// Its value, where it has one.
    pub(super) valeur: Option<String>,
    /// The question said that value, and says it less often or no more.
    pub(super) retiree: bool,
    /// Where it stands: file and line.
    pub(super) place: (String, usize),
}

/// A passage that names a question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Passage {
    /// Its file.
    pub(super) fichier: String,
    /// Line of the first mention under that heading.
    pub(super) ligne: usize,
    /// The heading above; empty before the first.
    pub(super) intertitre: String,
    /// The anchor that the heading gives itself; may be empty.
    pub(super) ancre: String,
}

/// What rests on a question that changed, moved or is gone.
pub(super) fn impact(
    ancien: &Question,
    nouveau: Option<&Question>,
    site: &Site,
    content: &Tree,
) -> Impact {
    let numero = ancien.numero;
    let name = numero.to_string();
    let regles: Vec<&Regle> = regles()
        .iter()
        .filter(|regle| regle.sources.contains(&name.as_str()))
        .collect();
    let exemples = site
        .exemples
        .iter()
        .filter(|exemple| exemple.questions.iter().any(|at| at.value == numero));
    Impact {
        parametres: parametres(ancien, nouveau, site),
        regles,
        exemples: exemples
            .map(|exemple| (exemple.source.stem().to_owned(), exemple.titre.clone()))
            .collect(),
        reponses: reponses(numero, site),
        passages: passages(&name, site, content),
    }
}

fn parametres(ancien: &Question, nouveau: Option<&Question>, site: &Site) -> Vec<Parametre> {
    let name = ancien.numero.to_string();
    let programme = &site.programme;
    let concerned = programme
        .parametres
        .iter()
        .filter(|parametre| parametre.sources.iter().any(|at| at.value == name));
    let mut all: Vec<Parametre> = concerned
        .map(|parametre| {
            let valeur = parametre
                .valeur
                .as_ref()
                .map(crate::programme::Valeur::affichee);
            let said = |question: &Question| {
                let words = cles(&question.titre)
                    .into_iter()
                    .chain(cles(&question.reponse));
                let words: Vec<String> = words.collect();
                valeur
                    .as_deref()
                    .map_or(0, |valeur| fois(&words, &cles(valeur)))
            };
            Parametre {
                cle: parametre.cle.value.clone(),
                libelle: parametre.libelle.clone(),
                retiree: said(ancien) > nouveau.map_or(0, said),
                valeur: parametre.avec_unite(),
                place: place(&programme.source, parametre.cle.span.start),
            }
        })
        .collect();
    all.sort_by_key(|parametre| !parametre.retiree);
    all
}

/// How many times some words stand in a text, in that order.
fn fois(words: &[String], sought: &[String]) -> usize {
    if sought.is_empty() {
        return 0;
    }
    words
        .windows(sought.len())
        .filter(|run| *run == sought)
        .count()
}

fn place(source: &Source, at: usize) -> (String, usize) {
    let before = source.text.get(..at).unwrap_or_default();
    (source.path.clone(), before.matches('\n').count() + 1)
}

/// Answers that link to a question, or name it among the related ones.
fn reponses(numero: Numero, site: &Site) -> Vec<Numero> {
    let leads = |question: &&crate::site::Question| {
        let related = question.liees.iter().any(|at| at.value == numero);
        let linked = question
            .corps
            .liens
            .iter()
            .any(|lien| matches!(lien.cible, Cible::Question(to, _) if to == numero));
        question.numero != numero && (related || linked)
    };
    site.questions
        .iter()
        .filter(leads)
        .map(|q| q.numero)
        .collect()
}

/// Passages outside the questions that link to one: one per heading.
fn passages(name: &str, site: &Site, content: &Tree) -> Vec<Passage> {
    let elsewhere = content.texts.iter().filter(|(path, _)| {
        // What is typed there is read by its own reader, and told as such.
        let own = ["programme.toml", "site.toml", "synonymes.toml"];
        !path.starts_with("faq/") && !path.starts_with("exemples/") && !own.contains(&path.as_str())
    });
    let found = elsewhere.flat_map(|(_, source)| dans(source, name));
    found.map(|passage| titre_rempli(passage, site)).collect()
}

/// A heading that quotes a parameter, as its page shows it.
fn titre_rempli(mut passage: Passage, site: &Site) -> Passage {
    let page = site
        .pages
        .iter()
        .find(|page| page.source.path == passage.fichier);
    let titres = page
        .map(|page| page.corps.titres.as_slice())
        .unwrap_or_default();
    if let Some(titre) = titres.iter().find(|titre| titre.ancre == passage.ancre) {
        passage.intertitre.clone_from(&titre.texte);
    }
    passage
}

fn dans(source: &Source, name: &str) -> Vec<Passage> {
    let mut heading = (String::new(), String::new());
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (rank, line) in source.text.lines().enumerate() {
        if let Some(title) = titre(line) {
            heading = title;
        }
        if nomme(line, name) && seen.insert(heading.clone()) {
            found.push(Passage {
                fichier: source.path.clone(),
                ligne: rank + 1,
                intertitre: heading.0.clone(),
                ancre: heading.1.clone(),
            });
        }
    }
    found
}

/// `### Title {#anchor}`
fn titre(line: &str) -> Option<(String, String)> {
    let title = line.strip_prefix("##")?.trim_start_matches('#').trim();
    let (words, anchor) = title.rsplit_once("{#").unwrap_or((title, ""));
    Some((
        words.trim().to_owned(),
        anchor.trim_end_matches('}').to_owned(),
    ))
}

/// Whether a line leads to a question: `faq:3.1`, not `faq:3.16`; or names it as a TOML value does.
fn nomme(line: &str, name: &str) -> bool {
    let address = format!("faq:{name}");
    let linked = line.match_indices(&address).any(|(at, _)| {
        let after = line.get(at + address.len()..).unwrap_or_default();
        !after.starts_with(|c: char| c.is_ascii_digit())
    });
    linked || line.contains(&format!("\"{name}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_a_heading_that_names_the_question() {
        let text = "+++\n+++\nVoir [q](faq:3.1).\n\n## Un {#un}\n\n[a](faq:3.16) [b](faq:3.1#x)\n[c](faq:3.1)\n\n### Deux\n\n[d](faq:3.11)\n";
        let source = Source::shared("content/guide/a.md", text);
        let seen: Vec<_> = dans(&source, "3.1")
            .into_iter()
            .map(|p| (p.ligne, p.intertitre, p.ancre))
            .collect();
        let expected = [(3, "", ""), (7, "Un", "un")];
        assert_eq!(
            seen,
            expected.map(|(l, t, a)| (l, t.to_owned(), a.to_owned()))
        );
    }

    #[test]
    fn words_are_counted_in_their_order() {
        let words = cles("le 31 mars 2027 ; le 31 mars 2026, le 31 mars 2027.");
        assert_eq!(fois(&words, &cles("31 mars 2027")), 2);
        assert_eq!(fois(&words, &cles("mars 31")), 0);
        assert_eq!(fois(&words, &[]), 0);
    }
}
