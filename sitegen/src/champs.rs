//! The steps of the calculator's form and their fields, for the search: read in the template that shows them, so that a
//! field has one name.

use crate::source::Tree;
use crate::typographie::typographie;
use search::{Document, Passage};

/// The form, step by step.
const FORMULAIRE: &str = "templates/partials/calculateur-formulaire.html";
/// The rows of its lists.
const MODELES: &str = "templates/partials/calculateur-modeles.html";

/// A document for each step: its fixed fields are headings, the fields of its rows its text. None without a template.
pub(crate) fn champs(www: &Tree) -> Vec<Document> {
    let text = |path| www.text(path).map_or("", |source| source.text.as_str());
    etapes(text(FORMULAIRE), text(MODELES))
}

fn etapes(formulaire: &str, modeles: &str) -> Vec<Document> {
    let sections = split(formulaire, "<section ").skip(1);
    sections
        .filter_map(|section| etape(section, modeles))
        .collect()
}

fn etape(section: &str, modeles: &str) -> Option<Document> {
    let (opening, _) = section.split_once('>')?;
    let (heading, titre) = heading(section)?;
    let ancre = attribute(opening, "id=\"").unwrap_or(heading);
    let mut passages = vec![Passage {
        ancre: ancre.to_owned(),
        texte: rows(section, modeles).join(", "),
        ..Passage::default()
    }];
    passages.extend(fields(section).map(|(id, libelle)| Passage {
        ancre: id.to_owned(),
        intertitre: typographie(libelle, None),
        texte: String::new(),
    }));
    Some(Document {
        id: format!("champ:{ancre}"),
        groupe: "champ".to_owned(),
        url: "calculateur/".to_owned(),
        titre: typographie(&titre, None),
        objectifs: objectifs(section),
        passages,
        ..Document::default()
    })
}

/// The first heading that has an id: that id, and what it says without its number.
fn heading(section: &str) -> Option<(&str, String)> {
    let start = ["<h2 ", "<h3 "]
        .iter()
        .filter_map(|tag| section.find(tag))
        .min()?;
    let heading = section.get(start..)?;
    let (opening, inside) = heading.split_once('>')?;
    let (inside, _) = inside.split_once("</h")?;
    let said = without_tags(inside).replace("&nbsp;", " ");
    let said = said.trim().trim_start_matches(|c: char| c.is_ascii_digit());
    Some((attribute(opening, "id=\"")?, said.trim().to_owned()))
}

fn without_tags(markup: &str) -> String {
    let mut inside = false;
    let text = markup.chars().filter(|c| {
        let kept = !inside && *c != '<';
        inside = *c == '<' || (inside && *c != '>');
        kept
    });
    text.collect()
}

/// `id` and `libelle` of each component call of a stretch of template.
fn fields(template: &str) -> impl Iterator<Item = (&str, &str)> {
    split(template, "<calc.").skip(1).filter_map(|call| {
        let libelle = attribute(split(call, " %}").next()?, "libelle=\"")?;
        Some((attribute(call, "id=\"")?, libelle))
    })
}

/// The fields of the rows of a step, and of the rows in these: each name once.
fn rows(section: &str, modeles: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut waiting: Vec<&str> = lists(section).collect();
    while let Some(modele) = waiting.pop() {
        let opening = format!("<template id=\"modele-{modele}\">");
        let Some(template) = split(modeles, &opening).nth(1) else {
            continue;
        };
        let template = split(template, "</template>").next().unwrap_or(template);
        waiting.extend(lists(template));
        for (_, libelle) in fields(template) {
            if !names.iter().any(|name| name == libelle) {
                names.push(libelle.to_owned());
            }
        }
    }
    names
}

fn lists(template: &str) -> impl Iterator<Item = &str> {
    let lists = split(template, "data-modele-de-ligne=\"").skip(1);
    lists.filter_map(|rest| rest.split('"').next())
}

/// The objectives that the step says it bears on, each once.
fn objectifs(section: &str) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for list in split(section, "objectifs={[").skip(1) {
        let list = list.split(']').next().unwrap_or("");
        for code in list.split('"').skip(1).step_by(2) {
            if !codes.iter().any(|known| known == code) {
                codes.push(code.to_owned());
            }
        }
    }
    codes.sort();
    codes
}

/// The value of an attribute, written between double quotes, by its name up to the first of them.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    split(tag, name).nth(1)?.split('"').next()
}

/// What stands between places where a text has these words, many bytes at once.
fn split<'t>(text: &'t str, words: &str) -> impl Iterator<Item = &'t str> {
    let finder = memchr::memmem::Finder::new(words).into_owned();
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let here = rest?;
        let at = finder.find(here.as_bytes());
        rest = at.and_then(|at| here.get(at + finder.needle().len()..));
        here.get(..at.unwrap_or(here.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = r#"
<section class="etape" aria-labelledby="etape-phase">
<h2 class="t" id="etape-phase"><span class="n">2</span> La phase</h2>
{% <calc.champ id="phase-debut" type="date" libelle="Début de la phase" aide="Date."> %}
{% <calc.pourquoi objectifs={["D1.O1.A", "CAND"]} questions={["1.6"]}> %}Texte{% </calc.pourquoi> %}
</section>
<section id="etape-annuaires">
<h2 id="titre-annuaires"><span>4</span> <span data-libelle>Les annuaires</span></h2>
<div data-liste="annuaires" data-modele-de-ligne="annuaire"></div>
</section>"#;

    const ROWS: &str = r#"
<template id="modele-annuaire">{% <calc.champ id="a-__" libelle="Nom"> %}
<div data-modele-de-ligne="audit"></div></template>
<template id="modele-audit">{{ <calc.champ id="b-__" libelle="Score ADS" /> }}</template>"#;

    #[test]
    fn a_step_is_found_with_its_fields() {
        let etapes = etapes(FORM, ROWS);
        let phase = &etapes[0];
        assert_eq!(
            (phase.id.as_str(), phase.titre.as_str()),
            ("champ:etape-phase", "La phase")
        );
        assert_eq!(phase.objectifs, ["CAND", "D1.O1.A"]);
        assert_eq!(phase.passages[1].ancre, "phase-debut");
        assert_eq!(phase.passages[1].intertitre, "Début de la phase");
    }

    #[test]
    fn the_fields_of_rows_are_the_text_of_their_step() {
        let etapes = etapes(FORM, ROWS);
        let annuaires = &etapes[1].passages[0];
        assert_eq!(
            (annuaires.ancre.as_str(), annuaires.texte.as_str()),
            ("etape-annuaires", "Nom, Score ADS")
        );
    }

    #[test]
    fn no_template_no_field() {
        assert!(etapes("", "").is_empty());
    }
}
