//! The TOML of a file, or of the head of a file: syntax, with every fault at its place.

use crate::diagnostic::{Diagnostic, Faults};
use crate::source::Source;
use crate::table::Fields;
use std::ops::Range;
use std::sync::Arc;
use toml::de::DeTable;

/// A stretch of a file that holds TOML.
#[derive(Debug, Clone)]
pub(crate) struct Toml<'a> {
    /// The file.
    pub(crate) source: &'a Arc<Source>,
    /// The bytes of the TOML in it.
    pub(crate) span: Range<usize>,
}

impl<'a> Toml<'a> {
    /// A whole file of TOML.
    pub(crate) fn whole(source: &'a Arc<Source>) -> Self {
        let span = 0..source.text.len();
        Self { source, span }
    }

    /// Reads the syntax; every fault of it is said.
    pub(crate) fn parse(&self, faults: &mut Faults) -> DeTable<'a> {
        let text = self.source.text.get(self.span.clone()).unwrap_or_default();
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let place = self.span.start + span.start..self.span.start + span.end;
            let fault = Diagnostic::error("ce TOML ne se lit pas");
            let fault = fault.at(self.source, place);
            let fault = fault.label(in_french(error.message()));
            faults.push(fault.hint(FORM));
        }
        table.into_inner()
    }

    /// Opens a parsed table.
    pub(crate) fn fields<'t>(&self, table: &'t DeTable<'t>, span: Range<usize>) -> Fields<'t>
    where
        'a: 't,
    {
        Fields {
            source: self.source,
            base: self.span.start,
            table,
            span,
            known: Vec::new(),
        }
    }
}

/// What a line of a head looks like.
const FORM: &str = "une clé par ligne : `titre = \"Un texte\"`, `objectifs = [\"D1.O3\"]` ; un guillemet dans un texte s'écrit `\\\"`";

/// The usual slips in French; the parser's own words for the rest.
fn in_french(message: &str) -> String {
    let known = [
        ("duplicate key", "cette clé est déjà donnée"),
        ("invalid basic string", "guillemet qui manque"),
        (
            "string values must be quoted",
            "ce texte n'est pas entre guillemets",
        ),
        ("unexpected key or value", "ceci est de trop"),
        ("unclosed", "il manque la fermeture"),
        ("missing", "il manque quelque chose ici"),
    ];
    let found = known.iter().find(|(english, _)| message.contains(english));
    found.map_or_else(
        || message.to_owned(),
        |(_, french)| format!("{french} ({message})"),
    )
}
