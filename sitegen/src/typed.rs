//! Dates and durations of the programme that a text types instead of quoting: they would not change with it.

use crate::diagnostic::{Diagnostic, Faults};
use crate::francais;
use crate::programme::{JALON, Parametre, Programme, Valeur};
use crate::source::Source;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The values of the programme as an editor could type them, by their first figure.
pub(crate) struct Forms([Vec<Typed>; 10]);

/// One of them, and the parameter to quote instead.
struct Typed {
    form: String,
    cle: String,
    kind: &'static str,
}

/// What is not to be typed: `7 juillet 2026`, `60 jours`, `1,7 %`; each form once, with the first parameter that has it.
pub(crate) fn forms(programme: &Programme) -> Forms {
    let mut seen = BTreeSet::new();
    let mut forms = Forms(Default::default());
    let mut add = |form: String, cle: &str, kind| {
        if seen.insert(form.clone())
            && let Some(typed) = figure(&form).and_then(|figure| forms.0.get_mut(figure))
        {
            let cle = cle.to_owned();
            typed.push(Typed { form, cle, kind });
        }
    };
    for cle in programme.cles().chain([JALON]) {
        if let Some(date) = programme.date(cle) {
            add(francais::date(date), cle, "une date");
            add(francais::date_courte(date), cle, "une date");
        }
    }
    for parametre in &programme.parametres {
        if let Some(form) = duration(parametre) {
            add(form, &parametre.cle.value, "une valeur");
        }
    }
    forms
}

/// The figure that a text begins with.
fn figure(text: &str) -> Option<usize> {
    let figure = text.chars().next()?.to_digit(10)?;
    usize::try_from(figure).ok()
}

/// Says every typed value of a file, with the call that quotes it.
pub(crate) fn check(forms: &Forms, source: &Arc<Source>, faults: &mut Faults) {
    for at in numbers(&source.text) {
        let here = source.text.get(at..).unwrap_or_default();
        let ends = |form: &str| {
            let after = here.strip_prefix(form);
            after.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
        };
        let near = figure(here).and_then(|figure| forms.0.get(figure));
        let near = near.into_iter().flatten();
        for Typed { form, cle, kind } in near.filter(|typed| ends(&typed.form)) {
            let message = format!("{kind} du programme est tapée en toutes lettres");
            let hint = format!("{{{{ param(\"{cle}\") }}}}");
            let place = at..at + form.len();
            faults.push(Diagnostic::error(message).at(source, place).hint(hint));
        }
    }
}

/// Where numbers begin: `27 mars` is not in `127 mars`, nor `60 jours` in `49,60 jours`.
fn numbers(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(at..)?;
        let start = at + first_figure(rest)?;
        let beyond = |byte: &u8| !byte.is_ascii_digit() && *byte != b',';
        let number = bytes.get(start..)?;
        at = start + number.iter().position(beyond).unwrap_or(number.len());
        Some(start)
    })
}

/// Where the first figure of a text is. Most stretches have none, which is told of sixteen bytes at once.
fn first_figure(text: &[u8]) -> Option<usize> {
    let (stretches, _) = text.as_chunks::<16>();
    let any = |stretch: &[u8; 16]| {
        stretch
            .iter()
            .fold(false, |any, b| any | b.is_ascii_digit())
    };
    let from = 16 * stretches.iter().take_while(|stretch| !any(stretch)).count();
    let rest = text.get(from..)?;
    Some(from + rest.iter().position(u8::is_ascii_digit)?)
}

/// `60 jours`, `18 mois`, `1,7 %`: a number with a unit that says what it is.
fn duration(parametre: &Parametre) -> Option<String> {
    let unite = parametre.unite.as_deref()?;
    let valeur = parametre.valeur.as_ref()?;
    let number = matches!(valeur, Valeur::Entier(_) | Valeur::Texte(_));
    let said = matches!(unite, "jours" | "mois" | "%") && number;
    said.then(|| format!("{} {unite}", valeur.affichee()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::tests::sample;

    #[test]
    fn numbers_are_whole() {
        let starts = |text: &str| numbers(text).collect::<Vec<_>>();
        assert_eq!(starts("le 27 mai 2026"), [3, 10]);
        assert_eq!(starts("7 1er"), [0, 2]);
        assert_eq!(starts("49,60"), [0]);
        assert!(starts("é").is_empty());
        // Wherever they stand in the stretches that are looked through at once.
        for before in 0..40 {
            let text = format!("{}12 é", "x".repeat(before));
            assert_eq!(starts(&text), [before], "{text}");
        }
    }

    #[test]
    fn what_is_typed_is_said_with_what_to_write() {
        let programme = sample();
        for (text, expected) in [
            ("le 31 mars 2027", Some("param(\"declaration_limite\")")),
            ("le 131 mars 2027", None),
            ("sous 60 jours.", Some("param(\"intervalle_moyen_jours\")")),
            ("sous 160 jours", None),
            ("60 journées, 49,60 jours", None),
            ("le {{ param(\"declaration_limite\") }}", None),
        ] {
            let mut faults = Faults::default();
            check(
                &forms(&programme),
                &Source::shared("x.md", text),
                &mut faults,
            );
            let said = faults.render(false);
            match expected {
                Some(hint) => assert!(said.contains(hint), "{text}\n{said}"),
                None => assert_eq!(said, "", "{text}"),
            }
        }
    }
}
