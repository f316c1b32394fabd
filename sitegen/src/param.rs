//! `{{ param("key") }}` in a text: the value of the programme, in French; `{{ site("key") }}`: what the site says of
//! itself and of its operator.

use crate::diagnostic::{Diagnostic, Faults};
use crate::exploitant;
use crate::nearest::suggestion;
use crate::programme::Valeur;
use crate::read::Context;
use crate::source::Source;
use memchr::memmem;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// What stands where the Q&A gives no value.
const GUIDE: &str = "voir le guide";

/// A text with its values, and the way back to what the editor wrote.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Filled<'t> {
    /// The text; as it was where it has no value.
    pub(crate) text: Cow<'t, str>,
    /// Each value: its bytes in `text`, and the bytes of its call in the original.
    values: Vec<(Range<usize>, Range<usize>)>,
}

impl Filled<'_> {
    /// The original bytes of a stretch of the text.
    pub(crate) fn original(&self, span: &Range<usize>) -> Range<usize> {
        self.position(span.start, false)..self.position(span.end, true)
    }

    fn position(&self, at: usize, end: bool) -> usize {
        let passed = self.values.iter().rev().find(|(value, _)| value.start < at);
        match passed {
            None => at,
            Some((value, call)) if at >= value.end => call.end + (at - value.end),
            Some((_, call)) => {
                if end {
                    call.end
                } else {
                    call.start
                }
            }
        }
    }
}

/// A call found in a text: its bytes, and what it asks for or what is wrong with it.
struct Call<'a> {
    span: Range<usize>,
    asked: Result<Asked<'a>, &'static str>,
}

/// What a call asks for.
enum Asked<'a> {
    /// `param("…")`.
    Param(&'a str),
    /// `site("…")`.
    Site(&'a str),
}

/// The values, and how those that are missing are shown.
struct Values<'a> {
    context: &'a Context<'a>,
    /// As Markdown: a link to the guide, the operator's empty fields marked.
    markdown: bool,
}

impl Values<'_> {
    /// What stands where the Q&A gives no value.
    fn guide(&self) -> String {
        if self.markdown {
            format!("[{GUIDE}]({})", self.context.reglages.guide_url)
        } else {
            GUIDE.to_owned()
        }
    }
}

/// Fills a stretch of a Markdown file; an absent value becomes a link to the guide.
pub(crate) fn fill_markdown<'t>(
    source: &'t Arc<Source>,
    body: Range<usize>,
    context: &Context,
    faults: &mut Faults,
) -> Filled<'t> {
    let text = source.text.get(body.clone()).unwrap_or_default();
    let values = Values {
        context,
        markdown: true,
    };
    let (filled, wrong) = fill(text, &values);
    for (span, fault) in wrong {
        faults.push(fault.at(source, body.start + span.start..body.start + span.end));
    }
    filled
}

/// Fills a value of a TOML head, plain text; the fault points into the quoted value.
pub(crate) fn fill_plain<'t>(
    source: &Arc<Source>,
    text: &'t str,
    place: &Range<usize>,
    context: &Context,
    faults: &mut Faults,
) -> Cow<'t, str> {
    let values = Values {
        context,
        markdown: false,
    };
    let (filled, wrong) = fill(text, &values);
    for (span, fault) in wrong {
        let call = text.get(span).unwrap_or_default();
        faults.push(fault.at(source, find_call(&source.text, place, call)));
    }
    filled.text
}

/// Where a call stands in a quoted value, its own quotes escaped or not.
fn find_call(text: &str, place: &Range<usize>, call: &str) -> Range<usize> {
    let raw = text.get(place.clone()).unwrap_or_default();
    let forms = [call.to_owned(), call.replace('"', "\\\"")];
    let found = forms
        .iter()
        .find_map(|form| Some((raw.find(form.as_str())?, form.len())));
    found.map_or_else(
        || place.clone(),
        |(at, length)| place.start + at..place.start + at + length,
    )
}

fn fill<'t>(text: &'t str, values: &Values) -> (Filled<'t>, Vec<(Range<usize>, Diagnostic)>) {
    let calls = calls(text);
    if calls.is_empty() {
        let text = Cow::Borrowed(text);
        return (
            Filled {
                text,
                values: Vec::new(),
            },
            Vec::new(),
        );
    }
    let mut out = String::with_capacity(text.len());
    let (mut filled, mut wrong) = (Vec::with_capacity(calls.len()), Vec::new());
    let mut copied = 0;
    for call in calls {
        out.push_str(text.get(copied..call.span.start).unwrap_or_default());
        copied = call.span.end;
        let start = out.len();
        match value(&call, values) {
            Ok(value) => out.push_str(&value),
            Err(fault) => wrong.push((call.span.clone(), fault)),
        }
        filled.push((start..out.len(), call.span));
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    let (text, values) = (out.into(), filled);
    (Filled { text, values }, wrong)
}

fn value(call: &Call, values: &Values) -> Result<String, Diagnostic> {
    let asked = call.asked.as_ref().map_err(|message| {
        Diagnostic::error(*message)
            .hint("les formes sont {{ param(\"clé\") }} et {{ site(\"clé\") }}")
    })?;
    match asked {
        Asked::Param(key) => parameter(key, values),
        Asked::Site(key) => {
            let mark = if values.markdown { "**" } else { "" };
            let value = exploitant::value(values.context.reglages, key, mark);
            value.ok_or_else(|| {
                let message = format!("le site n'a pas de champ « {key} »");
                Diagnostic::error(message).maybe_hint(suggestion(key, exploitant::cles()))
            })
        }
    }
}

fn parameter(key: &str, values: &Values) -> Result<String, Diagnostic> {
    let programme = values.context.programme;
    if let Some(date) = programme.date(key) {
        return Ok(crate::francais::date(date));
    }
    let Some(parametre) = programme.get(key) else {
        let hint = suggestion(key, programme.cles());
        let message = format!("paramètre inconnu « {key} »");
        return Err(Diagnostic::error(message).maybe_hint(
            hint.or_else(|| Some("les paramètres sont dans content/programme.toml".to_owned())),
        ));
    };
    let valeur = parametre.valeur.as_ref();
    Ok(valeur.map_or_else(|| values.guide(), Valeur::affichee))
}

fn calls(text: &str) -> Vec<Call<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text
        .get(from..)
        .and_then(|rest| memmem::find(rest.as_bytes(), b"{{"))
        .map(|at| from + at)
    {
        let line = text
            .get(start..)
            .unwrap_or_default()
            .split('\n')
            .next()
            .unwrap_or_default();
        let (length, asked) = match line.find("}}") {
            Some(at) => (at + 2, read_call(line.get(2..at).unwrap_or_default())),
            None => (2, Err("accolades qui ne sont pas fermées")),
        };
        from = start + length;
        found.push(Call {
            span: start..from,
            asked,
        });
    }
    found
}

fn read_call(inside: &str) -> Result<Asked<'_>, &'static str> {
    let inside = inside.trim();
    let quoted = |name: &str| {
        let inner = inside.strip_prefix(name)?.strip_prefix('(')?;
        let inner = inner.strip_suffix(')')?.trim();
        inner.strip_prefix('"')?.strip_suffix('"')
    };
    let param = quoted("param").map(Asked::Param);
    param
        .or_else(|| quoted("site").map(Asked::Site))
        .ok_or("entre doubles accolades, seuls `param(\"clé\")` et `site(\"clé\")` sont compris")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::tests::sample;

    /// A text filled with the sample, its faults rendered.
    fn filled(text: &str) -> (Filled<'static>, String) {
        let programme = sample();
        let reglages = crate::reglages::tests::sample();
        let context = Context {
            programme: &programme,
            reglages: &reglages,
        };
        let source = Source::shared("x.md", text);
        let mut faults = Faults::default();
        let filled = fill_markdown(&source, 0..text.len(), &context, &mut faults);
        let (text, values) = (filled.text.into_owned().into(), filled.values);
        (Filled { text, values }, faults.render(false))
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let (filled, faults) = filled(text);
        assert_eq!(filled.text, expected);
        assert_eq!(faults, "");
    }

    #[test]
    fn values_stand_in_the_text() {
        check(
            "le {{ param(\"declaration_limite\") }} au plus",
            "le 31 mars 2027 au plus",
        );
        check("{{param(\"intervalle_moyen_jours\")}} jours", "60 jours");
        check(
            "au-dessus de {{ param(\"cvss_critique\") }}",
            "au-dessus de 9",
        );
        check(
            "{{ param(\"part_activite_min_pourcent\") }}",
            "[voir le guide](https://g.fr/)",
        );
        check("{{ param(\"codes\") }}.", "101, 355.");
        check("rien { } }}", "rien { } }}");
    }

    #[test]
    fn the_site_says_what_it_is_and_what_it_lacks() {
        check("[g]({{ site(\"guide_url\") }})", "[g](https://g.fr/)");
        check("{{ site(\"nom\") }}", "ARS Exemple");
        check(
            "{{ site(\"siege\") }}",
            "**[à compléter par l'exploitant : adresse du siège]**",
        );
    }

    #[test]
    fn faults_point_at_the_call() {
        let text = "a {{ param(\"declaration_limit\") }} b {{ autre }} c {{ site(\"sige\") }} {{ d";
        let (_, said) = filled(text);
        for expected in [
            "x.md:1:3",
            "« declaration_limite »",
            "x.md:1:38",
            "seuls `param",
            "pas de champ « sige »",
            "« siege »",
            "pas fermées",
        ] {
            assert!(said.contains(expected), "{expected}\n{said}");
        }
    }

    #[test]
    fn a_fault_in_a_quoted_value_is_found_behind_its_escapes() {
        let text = "titre = \"le {{ param(\\\"x\\\") }}\"";
        let source = Source::shared("x.md", text);
        let (programme, reglages) = (sample(), crate::reglages::tests::sample());
        let context = Context {
            programme: &programme,
            reglages: &reglages,
        };
        let mut faults = Faults::default();
        fill_plain(
            &source,
            "le {{ param(\"x\") }}",
            &(8..text.len()),
            &context,
            &mut faults,
        );
        assert!(
            faults.render(false).contains("x.md:1:13"),
            "{}",
            faults.render(false)
        );
    }

    #[test]
    fn positions_lead_back_to_the_original() {
        let text = "a {{ param(\"intervalle_moyen_jours\") }} jours [x](faq:9)";
        let (filled, _) = filled(text);
        let at = filled.text.find("[x]").expect("there");
        let original = filled.original(&(at..filled.text.len()));
        assert_eq!(text.get(original), Some("[x](faq:9)"));
        assert_eq!(filled.original(&(0..1)), 0..1);
        assert_eq!(
            text.get(filled.original(&(2..4))),
            Some("{{ param(\"intervalle_moyen_jours\") }}")
        );
    }
}
