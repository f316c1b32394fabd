//! `content/glossaire.toml`: the terms of the programme.

mod formes;

use crate::cible::Numero;
use crate::diagnostic::{Diagnostic, Faults};
use crate::markdown::slug;
use crate::nearest::suggestion;
use crate::param::fill_plain;
use crate::read::Context;
use crate::site::Site;
use crate::source::Source;
use crate::table::{At, Fields};
use crate::toml_file::Toml;
use crate::typographie::typographie;
use formes::{Forme, Formes};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// The glossary, in alphabetical order.
#[derive(Debug)]
pub(crate) struct Glossaire {
    /// Its file.
    source: Arc<Source>,
    /// The terms.
    pub(crate) termes: Vec<Terme>,
    formes: Formes,
}

/// A term.
#[derive(Debug)]
pub(crate) struct Terme {
    /// `ADS`.
    pub(crate) nom: At<String>,
    /// Its anchor: `ads`.
    pub(crate) ancre: String,
    /// What an acronym stands for; empty for a term.
    pub(crate) developpement: String,
    /// Plain text.
    pub(crate) definition: String,
    /// The questions it rests on.
    pub(crate) questions: Vec<At<String>>,
    /// Other terms.
    pub(crate) voir: Vec<At<String>>,
    formes: Vec<At<String>>,
}

/// Reads the file; none is an empty glossary.
pub(crate) fn read(
    source: Option<&Arc<Source>>,
    context: &Context,
    faults: &mut Faults,
) -> Option<Glossaire> {
    let source = source?;
    let toml = Toml::whole(source);
    let table = toml.parse(faults);
    let mut fields = toml.fields(&table, 0..0);
    let entries = fields.tables("terme", faults).into_iter();
    let mut termes: Vec<Terme> = entries
        .filter_map(|fields| terme(source, fields, context, faults))
        .collect();
    fields.finish(faults);
    termes.sort_by(|a, b| a.ancre.cmp(&b.ancre));
    let spelt = termes.iter().enumerate().flat_map(|(rank, terme)| {
        let own = std::iter::once(&terme.nom).chain(&terme.formes);
        own.map(move |forme| (typographie(&forme.value, None), rank))
    });
    let formes = Formes::of(spelt.map(|(forme, rank)| Forme::new(forme, rank)));
    Some(Glossaire {
        source: Arc::clone(source),
        termes,
        formes,
    })
}

fn terme(
    source: &Arc<Source>,
    mut fields: Fields,
    context: &Context,
    faults: &mut Faults,
) -> Option<Terme> {
    let terme = fields.text("terme", faults);
    let developpement = fields.optional_text("developpement", faults);
    let definition = fields.text("definition", faults);
    let questions = fields.texts("questions", true, faults).unwrap_or_default();
    let formes = fields.optional_texts("formes", faults);
    let voir = fields.optional_texts("voir", faults);
    fields.finish(faults);
    let (terme, definition) = (terme?, definition?);
    let filled = fill_plain(source, &definition.value, &definition.span, context, faults);
    Some(Terme {
        ancre: slug(&terme.value),
        nom: terme,
        developpement: developpement.map_or(String::new(), |at| typographie(&at.value, None)),
        definition: typographie(&filled, None),
        questions,
        voir,
        formes,
    })
}

/// Terms that no page uses, given twice, or that refer to what does not exist.
pub(crate) fn check(site: &Site, faults: &mut Faults) {
    let Some(glossaire) = &site.glossaire else {
        return;
    };
    let fault = |at: &At<String>, message: String| {
        Diagnostic::error(message).at(&glossaire.source, at.span.clone())
    };
    let used = glossaire.used(site);
    let mut seen = BTreeSet::new();
    for (rank, terme) in glossaire.termes.iter().enumerate() {
        for forme in std::iter::once(&terme.nom).chain(&terme.formes) {
            if !seen.insert(forme.value.as_str()) {
                let message = format!("« {} » est donné deux fois", forme.value);
                faults.push(fault(forme, message));
            }
        }
        if !used.contains(&rank) {
            let message = format!(
                "terme mort : « {} » n'est dans aucune page",
                terme.nom.value
            );
            faults.push(
                fault(&terme.nom, message).hint("retirez-le, ou ajoutez à `formes` son écriture"),
            );
        }
        for question in &terme.questions {
            let known = Numero::parse(&question.value).is_some_and(|n| site.announces(n));
            if !known {
                let message = format!("la question {} n'existe pas", question.value);
                faults.push(fault(question, message));
            }
        }
        for voir in &terme.voir {
            if glossaire.get(&voir.value).is_none() {
                let names = glossaire.termes.iter().map(|t| t.nom.value.as_str());
                let hint = suggestion(&voir.value, names);
                let message = format!("« {} » n'est pas dans le glossaire", voir.value);
                faults.push(fault(voir, message).maybe_hint(hint));
            }
        }
    }
}

impl Glossaire {
    /// A term, by its name.
    pub(crate) fn get(&self, terme: &str) -> Option<&Terme> {
        self.termes.iter().find(|t| t.nom.value == terme)
    }

    /// Ranks of the terms that stand anywhere in the content.
    fn used(&self, site: &Site) -> BTreeSet<usize> {
        let questions = site.questions.iter();
        let summaries = questions.flat_map(|q| [&q.titre, &q.reponse_courte]);
        // The longest texts first: most terms are found at once.
        let bodies = site.pages.iter().map(|p| &p.corps);
        let bodies = bodies.chain(site.objectifs.iter().map(|o| &o.corps));
        let bodies = bodies.chain(site.questions.iter().map(|q| &q.corps));
        let passages = bodies.flat_map(|texte| &texte.passages);
        let texts = passages.flat_map(|passage| [&passage.intertitre, &passage.texte]);
        let mut used = self.used_where_named(site);
        let mut missing = self.formes.traces(|rank| !used.contains(&rank));
        for text in texts.chain(summaries) {
            let mut traces = missing.iter();
            if !traces.any(|(_, trace)| trace.find(text.as_bytes()).is_some()) {
                continue;
            }
            let before = used.len();
            used.extend(self.find(text).into_iter().map(|(_, rank)| rank));
            if used.len() > before {
                missing.retain(|(rank, _)| !used.contains(rank));
            }
        }
        used
    }

    /// Ranks of the terms that stand in a question that they name: nearly all of them do.
    fn used_where_named(&self, site: &Site) -> BTreeSet<usize> {
        let mut used = BTreeSet::new();
        for (rank, terme) in self.termes.iter().enumerate() {
            let numbers = terme.questions.iter();
            let numbers = numbers.filter_map(|question| Numero::parse(&question.value));
            let questions = numbers.filter_map(|numero| site.question(numero));
            for text in questions.flat_map(|question| &question.corps.passages) {
                if used.contains(&rank) {
                    break;
                }
                used.extend(self.find(&text.texte).into_iter().map(|(_, rank)| rank));
            }
        }
        used
    }

    /// The terms of a text with their places, in order; the longest spelling wins, its place is taken.
    pub(crate) fn find(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        self.formes.find(text)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::programme::tests::sample;

    const FILE: &str = "[[terme]]\nterme = \"AD\"\ndeveloppement = \"Active Directory\"\ndefinition = \"L'annuaire.\"\nquestions = [\"3.5\"]\nformes = [\"Active Directory\"]\n\
        [[terme]]\nterme = \"Convergence des annuaires\"\ndefinition = \"En {{ param(\\\"intervalle_moyen_jours\\\") }} jours.\"\nquestions = [\"3.32\"]\nformes = [\"convergence des AD\"]\n";

    /// A small glossary for the tests of other modules.
    pub(crate) fn glossary() -> Glossaire {
        let (programme, reglages) = (sample(), crate::reglages::tests::sample());
        let context = Context {
            programme: &programme,
            reglages: &reglages,
        };
        let mut faults = Faults::default();
        let read = read(Some(&Source::shared("g.toml", FILE)), &context, &mut faults);
        assert_eq!(faults.render(false), "");
        read.expect("a glossary")
    }

    #[test]
    fn values_stand_in_the_definitions() {
        let glossaire = glossary();
        assert_eq!(glossaire.termes[1].definition, "En 60\u{a0}jours.");
    }

    #[test]
    fn terms_are_found_whole_and_the_longest_wins() {
        for (text, expected) in [
            ("Un AD, deux AD.", &["AD", "AD"][..]),
            (
                "L’AD : la convergence des AD.",
                &["AD", "convergence des AD"],
            ),
            ("Convergence des AD", &["Convergence des AD"]),
            ("active Directory", &["active Directory"]),
            ("Un SAD, un ad, AD-1, ADS.", &[]),
        ] {
            let found = glossary().find(text).into_iter();
            let words: Vec<&str> = found.map(|(place, _)| &text[place]).collect();
            assert_eq!(words, expected, "{text}");
        }
    }
}
