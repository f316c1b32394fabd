//! The head of a content file, field by field, as the model wants it.

use crate::cible::{Numero, slug_of_code};
use crate::diagnostic::{Diagnostic, Faults};
use crate::markdown::{self, Markdown, Texte};
use crate::nearest::suggestion;
use crate::param::fill_plain;
use crate::read::Context;
use crate::site::Reglages;
use crate::source::Source;
use crate::table::{At, Fields};
use crate::typographie::changed;
use calc_core::OBJECTIFS;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// The head of a file, while it is read.
pub(crate) struct Head<'t, 'f> {
    /// The file.
    pub(crate) source: &'t Arc<Source>,
    /// Its fields.
    pub(crate) fields: Fields<'t>,
    /// What is wrong with it.
    pub(crate) faults: &'f mut Faults,
}

/// Kinds of candidates: key and words.
pub(crate) const CANDIDATS: [(&str, &str); 3] = [
    ("ght", "GHT"),
    ("ej_publique", "EJ publique"),
    ("ej_privee", "EJ privée"),
];

/// Readers: key and words.
pub(crate) const PUBLICS: [(&str, &str); 5] = [
    ("referent", "Référent"),
    ("dsi", "DSI"),
    ("rssi", "RSSI"),
    ("daf", "DAF"),
    ("direction", "Direction"),
];

impl Head<'_, '_> {
    fn fault(&mut self, span: &Range<usize>, fault: Diagnostic) {
        self.faults.push(fault.at(self.source, span.clone()));
    }
    /// A day that must be there.
    pub(crate) fn date(&mut self, key: &'static str) -> Option<chrono::NaiveDate> {
        self.fields.date(key, self.faults).map(|at| at.value)
    }
    /// A list of texts that must be there.
    pub(crate) fn texts(&mut self, key: &'static str) -> Vec<At<String>> {
        self.fields
            .texts(key, false, self.faults)
            .unwrap_or_default()
    }
    /// A list of words, typography set.
    pub(crate) fn keywords(&mut self, key: &'static str) -> Vec<String> {
        set_all(self.texts(key))
    }
    /// The same, absent perhaps.
    pub(crate) fn optional_keywords(&mut self, key: &'static str) -> Vec<String> {
        set_all(self.fields.optional_texts(key, self.faults))
    }

    /// A text with its parameters filled in and its typography set.
    pub(crate) fn plain(&mut self, key: &'static str, context: &Context) -> Option<String> {
        let at = self.fields.text(key, self.faults)?;
        Some(self.set(at, context))
    }
    /// The same, empty where absent.
    pub(crate) fn optional_plain(&mut self, key: &'static str, context: &Context) -> String {
        let at = self.fields.optional_text(key, self.faults);
        at.map(|at| self.set(at, context)).unwrap_or_default()
    }

    fn set(&mut self, at: At<String>, context: &Context) -> String {
        let filled = fill_plain(self.source, &at.value, &at.span, context, self.faults);
        match (changed(&filled, None), filled) {
            (Some(set), _) | (None, Cow::Owned(set)) => set,
            (None, Cow::Borrowed(_)) => at.value,
        }
    }

    /// The number, which is also the file's name; the name is believed where they differ.
    pub(crate) fn numero(&mut self) -> Option<Numero> {
        let named = Numero::parse(self.source.stem());
        let Some(at) = self.fields.text("numero", self.faults) else {
            return named;
        };
        let numero = Numero::parse(&at.value);
        if numero.is_none() {
            let fault = Diagnostic::error("numéro de question illisible");
            self.fault(&at.span, fault.hint("par exemple \"3.16\""));
        } else if named != numero {
            let message = format!(
                "la question {} est dans le fichier {}",
                at.value, self.source.path
            );
            self.fault(
                &at.span,
                Diagnostic::error(message).hint(format!("renommez-le en {}.md", at.value)),
            );
        }
        named.or(numero)
    }

    /// The address, which follows from the name.
    pub(crate) fn slug(&mut self, expected: Option<String>) {
        let Some(at) = self.fields.text("slug", self.faults) else {
            return;
        };
        if let Some(expected) = expected.filter(|expected| *expected != at.value) {
            let fault = Diagnostic::error("adresse qui ne correspond pas")
                .hint(format!("slug = \"{expected}\""));
            self.fault(&at.span, fault);
        }
    }
    /// The section, which the number and the folder must agree with.
    pub(crate) fn section(&mut self, numero: Numero, reglages: &Reglages) -> Option<String> {
        let at = self.fields.text("section", self.faults)?;
        let Some(section) = reglages.sections.iter().find(|s| s.cle == at.value) else {
            let hint = suggestion(&at.value, reglages.sections.iter().map(|s| s.cle.as_str()));
            let message = format!("section inconnue « {} »", at.value);
            self.fault(&at.span, Diagnostic::error(message).maybe_hint(hint));
            return None;
        };
        let folder = format!("faq/{}/", section.cle);
        if numero.section != section.numero || !self.source.path.contains(&folder) {
            let message = format!("cette question n'est pas de la section « {} »", section.cle);
            self.fault(
                &at.span,
                Diagnostic::error(message)
                    .hint("le premier chiffre du numéro, la section et le dossier vont ensemble"),
            );
        }
        Some(at.value)
    }

    /// The code of an objective, which also names the file; the name is believed where they differ.
    pub(crate) fn code(&mut self) -> Option<String> {
        let codes = || OBJECTIFS.iter().map(|o| o.code());
        let named = codes().find(|code| slug_of_code(code) == self.source.stem());
        let Some(at) = self.fields.text("code", self.faults) else {
            return named.map(str::to_owned);
        };
        let code = codes().find(|code| *code == at.value);
        if code.is_none() {
            let message = format!("objectif inconnu « {} »", at.value);
            self.fault(
                &at.span,
                Diagnostic::error(message).maybe_hint(suggestion(&at.value, codes())),
            );
        } else if named != code {
            let message = format!(
                "l'objectif {} est dans le fichier {}",
                at.value, self.source.path
            );
            self.fault(
                &at.span,
                Diagnostic::error(message)
                    .hint(format!("renommez-le en {}.md", slug_of_code(&at.value))),
            );
        }
        named.or(code).map(str::to_owned)
    }

    /// Words of a known list: key and words of each.
    pub(crate) fn choices(
        &mut self,
        key: &'static str,
        known: &[(&str, &str)],
    ) -> Vec<(String, String)> {
        let mut read = Vec::new();
        for at in self.texts(key) {
            if let Some((name, words)) = known.iter().find(|(name, _)| *name == at.value) {
                read.push(((*name).to_owned(), (*words).to_owned()));
                continue;
            }
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            let fault = Diagnostic::error(format!("valeur inconnue « {} »", at.value));
            let hint = format!("au choix : {}", names.join(", "));
            self.fault(&at.span, fault.hint(hint));
        }
        read
    }
    /// A list of numbers of questions.
    pub(crate) fn numeros(&mut self, key: &'static str) -> Vec<At<Numero>> {
        let mut read = Vec::new();
        for at in self.texts(key) {
            match Numero::parse(&at.value) {
                Some(value) => read.push(At {
                    value,
                    span: at.span,
                }),
                None => self.fault(
                    &at.span,
                    Diagnostic::error("numéro de question illisible").hint("par exemple \"3.16\""),
                ),
            }
        }
        read
    }
    /// Sentences in Markdown, without parameters of their own place.
    pub(crate) fn corrections(&mut self, context: &Context) -> Vec<Texte> {
        let mut read = Vec::new();
        for at in self.texts("corrections") {
            let filled = fill_plain(self.source, &at.value, &at.span, context, self.faults);
            let place = |_: &Range<usize>| at.span.clone();
            read.push(markdown::read(
                &Markdown {
                    source: self.source,
                    texte: &filled,
                    place: &place,
                },
                self.faults,
            ));
        }
        read
    }
}

fn set_all(texts: Vec<At<String>>) -> Vec<String> {
    texts
        .into_iter()
        .map(|at| changed(&at.value, None).unwrap_or(at.value))
        .collect()
}
