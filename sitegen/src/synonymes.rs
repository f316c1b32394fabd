//! `content/synonymes.toml`: the words of readers, for the search.

use crate::cible::Numero;
use crate::diagnostic::{Diagnostic, Faults};
use crate::site::Site;
use crate::source::Source;
use crate::table::{At, Fields};
use crate::toml_file::Toml;
use search::{Acronyme, Fault, Lexique, Survey, Voisinage};
use std::ops::Range;
use std::sync::Arc;

/// By question's number, how readers speak of it.
pub(crate) type Paroles = Vec<(At<String>, Vec<At<String>>)>;

/// Reads the file; what the search thinks of it is checked with [`check`].
pub(crate) fn read(source: &Arc<Source>, faults: &mut Faults) -> (Lexique, Paroles) {
    let toml = Toml::whole(source);
    let table = toml.parse(faults);
    let mut fields = toml.fields(&table, 0..0);
    let acronymes = fields
        .table("acronymes", faults)
        .map(|fields| fields.lists(faults))
        .unwrap_or_default();
    let synonymes = fields.lists_of_texts("synonymes", faults);
    let voisins = fields.tables("voisins", faults);
    let voisins = voisins
        .into_iter()
        .filter_map(|fields| voisin(fields, faults))
        .collect();
    let paroles = fields.optional_table("paroles", faults);
    let paroles = paroles
        .map(|fields| fields.lists(faults))
        .unwrap_or_default();
    fields.finish(faults);
    let acronyme = |(sigle, words): (At<String>, Vec<At<String>>)| Acronyme {
        sigle: sigle.value,
        developpements: values(words),
    };
    let lexique = Lexique {
        acronymes: acronymes.into_iter().map(acronyme).collect(),
        synonymes: synonymes.into_iter().map(values).collect(),
        voisins,
    };
    (lexique, paroles)
}

fn values(words: Vec<At<String>>) -> Vec<String> {
    words.into_iter().map(|at| at.value).collect()
}

fn voisin(mut fields: Fields, faults: &mut Faults) -> Option<Voisinage> {
    let de = fields.texts("de", false, faults);
    let vers = fields.texts("vers", false, faults);
    fields.finish(faults);
    Some(Voisinage {
        de: values(de?),
        vers: values(vers?),
    })
}

/// Every number must be that of a question.
pub(crate) fn check_paroles(site: &Site, faults: &mut Faults) {
    for (numero, _) in &site.paroles {
        let known = Numero::parse(&numero.value).is_some_and(|known| site.announces(known));
        if !known {
            faults.push(
                Diagnostic::error(format!("aucune question n'a le numéro {}", numero.value))
                    .at(&site.synonymes, numero.span.clone())
                    .hint("corrigez le numéro, ou retirez la ligne"),
            );
        }
    }
}

/// What the search finds wrong with the lexicon, given all that it can answer with.
pub(crate) fn check(lexique: &Lexique, source: &Arc<Source>, survey: &Survey, faults: &mut Faults) {
    for fault in survey.faults(lexique) {
        let (message, hint, words) = match fault {
            Fault::Dead { entry } => (
                "entrée morte : aucun de ces mots n'est dans les pages",
                "retirez-la, ou ajoutez le mot du texte",
                entry,
            ),
            Fault::Twice { term } => (
                "ce terme est dans deux entrées",
                "gardez-en une",
                vec![term],
            ),
            Fault::Loop { term } => (
                "des voisins qui reviennent à leur point de départ",
                "choisissez un seul sens",
                vec![term],
            ),
            Fault::Alone { entry } => (
                "une entrée qui ne mène à rien",
                "il faut au moins deux expressions",
                entry,
            ),
        };
        let place = place_of(&source.text, &words);
        faults.push(
            Diagnostic::error(message)
                .at(source, place)
                .label(words.join(", "))
                .hint(hint),
        );
    }
}

/// The last place where the first of these words stands, quoted or as an acronym.
fn place_of(text: &str, words: &[String]) -> Range<usize> {
    let Some(word) = words.first() else {
        return 0..0;
    };
    let quoted = format!("\"{word}\"");
    let acronym = format!("\n{word} = ");
    let at = text.rfind(&quoted).map(|at| at..at + quoted.len());
    at.or_else(|| text.find(&acronym).map(|at| at + 1..at + 1 + word.len()))
        .unwrap_or(0..0)
}
