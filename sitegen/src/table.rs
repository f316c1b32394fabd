//! TOML read field by field: every fault of a table is said at once, each at its place.

use crate::diagnostic::{Diagnostic, Faults};
use crate::nearest::suggestion;
use crate::source::Source;
use chrono::NaiveDate;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and its bytes in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct At<T> {
    /// What was read.
    pub(crate) value: T,
    /// Where.
    pub(crate) span: Range<usize>,
}

/// The fields of one table, ticked off as they are read.
#[derive(Debug)]
pub(crate) struct Fields<'t> {
    pub(crate) source: &'t Arc<Source>,
    pub(crate) base: usize,
    pub(crate) table: &'t DeTable<'t>,
    /// The table itself, for what is missing from it.
    pub(crate) span: Range<usize>,
    pub(crate) known: Vec<&'static str>,
}

impl<'t> Fields<'t> {
    fn span_of<T>(&self, spanned: &Spanned<T>) -> Range<usize> {
        let span = spanned.span();
        self.base + span.start..self.base + span.end
    }

    fn take(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.known.push(key);
        self.table.get(key)
    }

    fn require(
        &mut self,
        key: &'static str,
        faults: &mut Faults,
    ) -> Option<&'t Spanned<DeValue<'t>>> {
        let found = self.take(key);
        if found.is_none() {
            let fault = Diagnostic::error(format!("il manque la clé `{key}`"));
            faults.push(fault.at(self.source, self.span.clone()));
        }
        found
    }

    fn wrong(&self, value: &Spanned<DeValue>, expected: &str, faults: &mut Faults) {
        let fault = Diagnostic::error(format!("valeur inattendue : {expected}"));
        faults.push(fault.at(self.source, self.span_of(value)));
    }

    fn read_text(&self, value: &Spanned<DeValue>, faults: &mut Faults) -> Option<At<String>> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(value, "un texte entre guillemets est attendu", faults);
            return None;
        };
        let (value, span) = (text.to_owned(), self.span_of(value));
        Some(At { value, span })
    }

    /// A text that must be there and not be empty.
    pub(crate) fn text(&mut self, key: &'static str, faults: &mut Faults) -> Option<At<String>> {
        let value = self.require(key, faults)?;
        let text = self.read_text(value, faults)?;
        if text.value.trim().is_empty() {
            self.wrong(value, "ce texte est vide", faults);
            return None;
        }
        Some(text)
    }

    /// A text that may be absent.
    pub(crate) fn optional_text(
        &mut self,
        key: &'static str,
        faults: &mut Faults,
    ) -> Option<At<String>> {
        let value = self.take(key)?;
        self.read_text(value, faults)
    }

    /// A list of texts that must be there, empty perhaps. With `or_one`, one text stands for a list of one.
    pub(crate) fn texts(
        &mut self,
        key: &'static str,
        or_one: bool,
        faults: &mut Faults,
    ) -> Option<Vec<At<String>>> {
        let value = self.require(key, faults)?;
        self.read_texts(value, or_one, faults)
    }

    /// A list of texts that may be absent: then empty.
    pub(crate) fn optional_texts(
        &mut self,
        key: &'static str,
        faults: &mut Faults,
    ) -> Vec<At<String>> {
        let value = self.take(key);
        value
            .and_then(|value| self.read_texts(value, false, faults))
            .unwrap_or_default()
    }

    fn read_texts(
        &self,
        value: &Spanned<DeValue>,
        or_one: bool,
        faults: &mut Faults,
    ) -> Option<Vec<At<String>>> {
        match value.get_ref() {
            DeValue::Array(items) => Some(
                items
                    .iter()
                    .filter_map(|item| self.read_text(item, faults))
                    .collect(),
            ),
            DeValue::String(_) if or_one => self.read_text(value, faults).map(|text| vec![text]),
            _ => {
                self.wrong(
                    value,
                    "une liste de textes entre crochets est attendue",
                    faults,
                );
                None
            }
        }
    }

    /// A whole number that must be there.
    pub(crate) fn integer<T: std::str::FromStr>(
        &mut self,
        key: &'static str,
        faults: &mut Faults,
    ) -> Option<At<T>> {
        let value = self.require(key, faults)?;
        let read = value
            .get_ref()
            .as_integer()
            .and_then(|n| n.as_str().parse().ok());
        if read.is_none() {
            self.wrong(value, "un nombre entier est attendu", faults);
        }
        let span = self.span_of(value);
        read.map(|value| At { value, span })
    }

    /// A whole number that may be absent.
    pub(crate) fn optional_integer(
        &mut self,
        key: &'static str,
        faults: &mut Faults,
    ) -> Option<i32> {
        self.table.contains_key(key).then_some(())?;
        self.integer(key, faults).map(|at| at.value)
    }

    /// `true` or `false`; absent is `false`.
    pub(crate) fn flag(&mut self, key: &'static str, faults: &mut Faults) -> bool {
        let Some(value) = self.take(key) else {
            return false;
        };
        let read = value.get_ref().as_bool();
        if read.is_none() {
            self.wrong(
                value,
                "`true` ou `false` est attendu, sans guillemets",
                faults,
            );
        }
        read.unwrap_or_default()
    }

    /// A day that must be there, as a TOML date or as a text.
    pub(crate) fn date(&mut self, key: &'static str, faults: &mut Faults) -> Option<At<NaiveDate>> {
        let value = self.require(key, faults)?;
        let read = read_date(value.get_ref());
        if read.is_none() {
            self.wrong(
                value,
                "un jour du calendrier est attendu, par exemple \"2026-04-07\"",
                faults,
            );
        }
        let span = self.span_of(value);
        read.map(|value| At { value, span })
    }

    /// The value as it stands, for the one reader that accepts several kinds.
    pub(crate) fn any(&mut self, key: &'static str) -> Option<At<&'t DeValue<'t>>> {
        let value = self.take(key)?;
        let span = self.span_of(value);
        Some(At {
            value: value.get_ref(),
            span,
        })
    }

    /// A list of lists of texts that must be there.
    pub(crate) fn lists_of_texts(
        &mut self,
        key: &'static str,
        faults: &mut Faults,
    ) -> Vec<Vec<At<String>>> {
        let Some(value) = self.require(key, faults) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(value, "une liste de listes est attendue", faults);
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|item| self.read_texts(item, false, faults))
            .collect()
    }

    /// A list of tables (`[[key]]`), empty where absent.
    pub(crate) fn tables(&mut self, key: &'static str, faults: &mut Faults) -> Vec<Fields<'t>> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(value, "une liste de tables est attendue", faults);
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|item| self.child(item, faults))
            .collect()
    }

    /// A table that must be there.
    pub(crate) fn table(&mut self, key: &'static str, faults: &mut Faults) -> Option<Fields<'t>> {
        let value = self.require(key, faults)?;
        self.child(value, faults)
    }

    /// A table that may be absent.
    pub(crate) fn optional_table(
        &mut self,
        key: &'static str,
        faults: &mut Faults,
    ) -> Option<Fields<'t>> {
        let value = self.take(key)?;
        self.child(value, faults)
    }

    fn child(&self, value: &'t Spanned<DeValue<'t>>, faults: &mut Faults) -> Option<Fields<'t>> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(value, "une table est attendue", faults);
            return None;
        };
        Some(Fields {
            source: self.source,
            base: self.base,
            table,
            span: self.span_of(value),
            known: Vec::new(),
        })
    }

    /// Every entry that no field has taken, in the order of the file: tables named by the editor.
    pub(crate) fn others(&mut self, faults: &mut Faults) -> Vec<(At<String>, Fields<'t>)> {
        let mut found = Vec::new();
        for (key, value) in self.table {
            let name = key.get_ref().as_ref();
            if self.known.contains(&name) {
                continue;
            }
            if let Some(mut fields) = self.child(value, faults) {
                let at = At {
                    value: name.to_owned(),
                    span: self.span_of(key),
                };
                fields.span = at.span.clone();
                found.push((at, fields));
            }
        }
        found.sort_by_key(|(key, _)| key.span.start);
        found
    }

    /// Every entry as a list of texts: `SIGLE = ["…"]`, in the order of the file.
    pub(crate) fn lists(&self, faults: &mut Faults) -> Vec<(At<String>, Vec<At<String>>)> {
        let mut found = Vec::new();
        for (key, value) in self.table {
            let at = At {
                value: key.get_ref().to_string(),
                span: self.span_of(key),
            };
            found.extend(
                self.read_texts(value, false, faults)
                    .map(|texts| (at, texts)),
            );
        }
        found.sort_by_key(|(key, _)| key.span.start);
        found
    }

    /// Every entry as a text: `"D1.O2.A" = "perdu"`, in the order of the file.
    pub(crate) fn pairs(&self, faults: &mut Faults) -> Vec<(At<String>, At<String>)> {
        let mut found = Vec::new();
        for (key, value) in self.table {
            let at = At {
                value: key.get_ref().to_string(),
                span: self.span_of(key),
            };
            found.extend(self.read_text(value, faults).map(|text| (at, text)));
        }
        found.sort_by_key(|(key, _)| key.span.start);
        found
    }

    /// Refuses every key that no field has taken.
    pub(crate) fn finish(self, faults: &mut Faults) {
        for (key, _) in self.table {
            let name = key.get_ref().as_ref();
            if !self.known.contains(&name) {
                let missing = self
                    .known
                    .iter()
                    .filter(|known| !self.table.contains_key(**known));
                let fault = Diagnostic::error(format!("clé inconnue `{name}`"))
                    .at(self.source, self.span_of(key))
                    .maybe_hint(suggestion(name, missing.copied()));
                faults.push(fault);
            }
        }
    }
}

/// `2026-04-07`, quoted or not; with an hour it is no day.
pub(crate) fn read_date(value: &DeValue) -> Option<NaiveDate> {
    match value {
        DeValue::String(text) => {
            let shaped = text.len() == 10 && text.is_ascii();
            text.parse().ok().filter(|_| shaped)
        }
        DeValue::Datetime(moment) => match (moment.date, moment.time, moment.offset) {
            (Some(day), None, None) => {
                NaiveDate::from_ymd_opt(day.year.into(), day.month.into(), day.day.into())
            }
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toml_file::Toml;

    #[test]
    fn every_fault_of_a_table_is_said() {
        let text = "titr = \"a\"\ncode = 3\nliste = [\"x\", 1]\njour = 2026-02-28\nfaux = \"2026-02-31\"\nvrai = true\n";
        let source = Source::shared("x.toml", text);
        let toml = Toml::whole(&source);
        let mut faults = Faults::default();
        let table = toml.parse(&mut faults);
        let mut fields = toml.fields(&table, 0..0);
        fields.text("titre", &mut faults);
        fields.text("code", &mut faults);
        fields.texts("liste", false, &mut faults);
        let jour = fields.date("jour", &mut faults).map(|at| at.value);
        fields.date("faux", &mut faults);
        assert!(fields.flag("vrai", &mut faults));
        fields.finish(&mut faults);
        assert_eq!(jour, NaiveDate::from_ymd_opt(2026, 2, 28));
        let said = faults.render(false);
        for expected in [
            "il manque la clé `titre`",
            "x.toml:2:8",
            "x.toml:3:15",
            "x.toml:5:8",
            "clé inconnue `titr`",
            "vouliez-vous écrire « titre »",
        ] {
            assert!(said.contains(expected), "{expected}\n{said}");
        }
        assert_eq!(faults.errors(), 5);
    }

    #[test]
    fn a_day_is_a_date_and_nothing_more() {
        for (value, is_day) in [
            ("2026-04-07", true),
            ("\"2026-04-07\"", true),
            ("2026-04-07T10:00:00", false),
            ("2026-04-07T10:00:00Z", false),
            ("10:00:00", false),
            ("\"2026-4-7\"", false),
            ("\"+2026-04-07\"", false),
            ("\"2026-02-29\"", false),
            ("20260407", false),
        ] {
            let source = Source::shared("x.toml", &format!("jour = {value}\n"));
            let mut faults = Faults::default();
            let toml = Toml::whole(&source);
            let table = toml.parse(&mut faults);
            let jour = toml.fields(&table, 0..0).date("jour", &mut faults);
            let expected = NaiveDate::from_ymd_opt(2026, 4, 7).filter(|_| is_day);
            assert_eq!(jour.map(|at| at.value), expected, "{value}");
            assert_eq!(faults.errors(), usize::from(!is_day), "{value}");
        }
    }

    #[test]
    fn several_faults_of_syntax_are_said() {
        let source = Source::shared("x.toml", "a = \nb = 1\nb = 2\nc = \"x\n");
        let mut faults = Faults::default();
        Toml::whole(&source).parse(&mut faults);
        assert!(faults.errors() >= 3, "{}", faults.render(false));
        assert!(faults.render(false).contains("déjà donnée"));
    }
}
