//! `content/calendrier.toml`: the tasks of the year planner, each in a month that follows from a date of the programme.

use crate::diagnostic::{Diagnostic, Faults};
use crate::head::PUBLICS;
use crate::markdown::{self, Markdown, Texte};
use crate::nearest::suggestion;
use crate::param::fill_plain;
use crate::programme::JALON;
use crate::read::Context;
use crate::source::Source;
use crate::table::{At, Fields};
use crate::toml_file::Toml;
use chrono::{Datelike, Months, NaiveDate};
use std::ops::Range;
use std::sync::Arc;

/// A task.
#[derive(Debug)]
pub(crate) struct Tache {
    /// Its file.
    pub(crate) source: Arc<Source>,
    /// Key of who does it: `referent`.
    pub(crate) role: String,
    /// First day of its month.
    pub(crate) mois: NaiveDate,
    /// What to do, one line.
    pub(crate) texte: Texte,
}

/// Reads the file; none is an empty planner.
pub(crate) fn read(
    source: Option<&Arc<Source>>,
    context: &Context,
    faults: &mut Faults,
) -> Vec<Tache> {
    let Some(source) = source else {
        return Vec::new();
    };
    let toml = Toml::whole(source);
    let table = toml.parse(faults);
    let mut fields = toml.fields(&table, 0..0);
    let entries = fields.tables("tache", faults).into_iter();
    let taches = entries.filter_map(|fields| tache(source, fields, context, faults));
    let taches = taches.collect();
    fields.finish(faults);
    taches
}

fn tache(
    source: &Arc<Source>,
    mut fields: Fields,
    context: &Context,
    faults: &mut Faults,
) -> Option<Tache> {
    let role = fields.text("role", faults);
    let repere = fields.text("repere", faults);
    let mois = fields.optional_integer("mois", faults).unwrap_or_default();
    let texte = fields.text("texte", faults);
    fields.finish(faults);
    let role = role.and_then(|at| known_role(source, at, faults));
    let mois = repere.and_then(|at| month(source, &at, mois, context, faults));
    let at = texte?;
    let filled = fill_plain(source, &at.value, &at.span, context, faults);
    let place = |_: &Range<usize>| at.span.clone();
    let markdown = Markdown {
        source,
        texte: &filled,
        place: &place,
    };
    let texte = markdown::read(&markdown, faults);
    Some(Tache {
        source: Arc::clone(source),
        role: role?,
        mois: mois?,
        texte,
    })
}

fn known_role(source: &Arc<Source>, at: At<String>, faults: &mut Faults) -> Option<String> {
    let known = || PUBLICS.iter().map(|(key, _)| *key);
    if known().any(|key| key == at.value) {
        return Some(at.value);
    }
    let hint = suggestion(&at.value, known());
    let fault = Diagnostic::error(format!("rôle inconnu « {} »", at.value)).at(source, at.span);
    faults.push(fault.maybe_hint(hint));
    None
}

/// The month of a date of the programme, moved.
fn month(
    source: &Arc<Source>,
    repere: &At<String>,
    by: i32,
    context: &Context,
    faults: &mut Faults,
) -> Option<NaiveDate> {
    let Some(date) = context.programme.date(&repere.value) else {
        let keys = context.programme.cles().chain([JALON]);
        let hint = suggestion(&repere.value, keys);
        let fault = Diagnostic::error(format!("« {} » n'est pas une date", repere.value));
        faults.push(fault.at(source, repere.span.clone()).maybe_hint(hint));
        return None;
    };
    let first = date.with_day(1)?;
    let months = Months::new(by.unsigned_abs());
    if by < 0 {
        first.checked_sub_months(months)
    } else {
        first.checked_add_months(months)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::tests::sample;

    #[track_caller]
    fn check(fields: &str, expected: Result<&str, &str>) {
        let (programme, reglages) = (sample(), crate::reglages::tests::sample());
        let context = Context {
            programme: &programme,
            reglages: &reglages,
        };
        let text = format!("[[tache]]\ntexte = \"A\"\n{fields}\n");
        let mut faults = Faults::default();
        let read = read(
            Some(&Source::shared("c.toml", &text)),
            &context,
            &mut faults,
        );
        let month = read.first().map(|tache| tache.mois.to_string());
        match expected {
            Ok(day) => assert_eq!(month.as_deref(), Some(day)),
            Err(message) => {
                assert!(
                    faults.render(false).contains(message),
                    "{}",
                    faults.render(false)
                );
            }
        }
    }

    #[test]
    fn a_task_moves_with_its_date() {
        let at =
            |months: &str| format!("role = \"dsi\"\nrepere = \"declaration_limite\"\n{months}");
        check(&at(""), Ok("2027-03-01"));
        check(&at("mois = -3"), Ok("2026-12-01"));
        check(&at("mois = 1"), Ok("2027-04-01"));
        check(
            "role = \"dsy\"\nrepere = \"declaration_limite\"",
            Err("« dsi »"),
        );
        check(
            "role = \"dsi\"\nrepere = \"cvss_critique\"",
            Err("n'est pas une date"),
        );
        check(
            "role = \"dsi\"\nrepere = \"declaration_limit\"",
            Err("« declaration_limite »"),
        );
    }
}
