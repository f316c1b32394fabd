//! `content/exemples/`: worked examples, each judged as it is read. One that does not come out as it says stops the build.

use crate::cible::Numero;
use crate::diagnostic::{Diagnostic, Faults};
use crate::head::Head;
use crate::markdown::slug;
use crate::read::Context;
use crate::source::{Source, Tree};
use crate::table::{At, Fields};
use crate::toml_file::Toml;
use calc_core::{Evaluation, OBJECTIFS, Programme, decimal, evaluate, read_dossier};
use chrono::NaiveDate;
use memchr::memchr2;
use std::ops::Range;
use std::sync::Arc;

/// A worked example, judged.
#[derive(Debug)]
pub(crate) struct Exemple {
    /// Its file, whose name is its anchor.
    pub(crate) source: Arc<Source>,
    /// Its title.
    pub(crate) titre: String,
    /// Why it comes out so, in one sentence.
    pub(crate) pourquoi: String,
    /// The day of the evaluation.
    pub(crate) date: NaiveDate,
    /// The questions that it rests on.
    pub(crate) questions: Vec<At<Numero>>,
    /// The dossier as JSON on one line.
    pub(crate) json: String,
    /// What it is about, in the order of the file.
    pub(crate) sujets: Vec<Sujet>,
    /// Codes of the objectives that it is about, in the order of the core.
    pub(crate) codes: Vec<&'static str>,
    /// What it comes to.
    pub(crate) evaluation: Evaluation,
}

/// What an example is about: an objective, one check of it, or an expense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sujet {
    /// `D1.O2.A`.
    Objectif(String),
    /// `D1.O2.A/intervalle-max` on `ext1`, or on the whole dossier.
    Controle(String, Option<String>),
    /// The id of an expense.
    Depense(String),
}

impl Sujet {
    /// Reads a key of `[attendu]`: `D1.O2.A`, `D1.O2.A/intervalle-max@ext1`.
    fn parse(cle: &str) -> Self {
        let (id, sujet) = match cle.split_once('@') {
            Some((id, sujet)) => (id, Some(sujet.to_owned())),
            None => (cle, None),
        };
        if id.contains('/') {
            Self::Controle(id.to_owned(), sujet)
        } else {
            Self::Objectif(cle.to_owned())
        }
    }

    /// The code of its objective; an expense has none.
    pub(crate) fn objectif(&self) -> Option<&str> {
        match self {
            Self::Objectif(code) => Some(code),
            Self::Controle(id, _) => id.split('/').next(),
            Self::Depense(_) => None,
        }
    }
}

/// Reads and judges every example, in the order of their names.
pub(crate) fn read_all(content: &Tree, quoted: &Context, faults: &mut Faults) -> Vec<Exemple> {
    // What the core refuses of the programme is told by the checks of the site.
    let Some(programme) = quoted.programme.to_core(&mut Faults::default()) else {
        return Vec::new();
    };
    let files = content.under("exemples/", ".toml");
    files
        .filter_map(|(_, source)| read(source, quoted, programme, faults))
        .collect()
}

/// What an example says should come out: keys and values.
type Attendus = Vec<(At<String>, At<String>)>;

fn read(
    source: &Arc<Source>,
    context: &Context,
    programme: &Programme,
    faults: &mut Faults,
) -> Option<Exemple> {
    check_name(source, faults);
    let toml = Toml::whole(source);
    let table = toml.parse(faults);
    let fields = toml.fields(&table, 0..0);
    let mut head = Head {
        source,
        fields,
        faults,
    };
    let titre = head.plain("titre", context);
    let pourquoi = head.plain("pourquoi", context);
    let date = head.date("date");
    let questions = head.numeros("questions");
    let dossier = head.fields.text("dossier", head.faults);
    let tables = ["attendu", "marges", "depenses"].map(|key| expected(&mut head, key));
    head.fields.finish(head.faults);
    let (date, dossier) = (date?, dossier?);
    let evaluation = judge(source, &dossier, date, programme, faults)?;
    let [attendu, marges, depenses] = &tables;
    let checks = [
        (attendu, verdict as fn(&Evaluation, &str) -> Option<String>),
        (marges, marge),
        (depenses, depense),
    ];
    for (expected, observe) in checks {
        compare(source, expected, |cle| observe(&evaluation, cle), faults);
    }
    let about = attendu.iter().map(|(cle, _)| Sujet::parse(&cle.value));
    let expenses = depenses.iter();
    let expenses = expenses.map(|(cle, _)| Sujet::Depense(cle.value.clone()));
    let sujets: Vec<Sujet> = about.chain(expenses).collect();
    if sujets.is_empty() {
        let fault = Diagnostic::error("cet exemple n'attend rien").at(source, 0..0);
        faults.push(fault.hint("ajoutez une table [attendu] ou [depenses]"));
    }
    Some(Exemple {
        source: Arc::clone(source),
        titre: titre?,
        pourquoi: pourquoi?,
        date,
        questions,
        json: one_line(&dossier.value),
        codes: codes(&sujets),
        sujets,
        evaluation,
    })
}

/// Codes of the objectives that these subjects are about, in the order of the core.
fn codes(sujets: &[Sujet]) -> Vec<&'static str> {
    let about = |code: &&str| sujets.iter().any(|s| s.objectif() == Some(*code));
    let codes = OBJECTIFS.into_iter().map(calc_core::Objectif::code);
    codes.filter(about).collect()
}

fn check_name(source: &Arc<Source>, faults: &mut Faults) {
    let name = source.stem();
    if slug(name) != name {
        let fault = Diagnostic::error(format!("« {name} » ne peut pas être une ancre"));
        let hint = format!("renommez-le en {}.toml", slug(name));
        faults.push(fault.at(source, 0..0).hint(hint));
    }
}

/// A table of what is expected, empty where absent.
fn expected(head: &mut Head, key: &'static str) -> Attendus {
    let table = head.fields.optional_table(key, head.faults);
    table.map_or_else(Vec::new, |fields: Fields| fields.pairs(head.faults))
}

/// The evaluation of an example's dossier; what is wrong with it is told at its place in the file.
fn judge(
    source: &Arc<Source>,
    dossier: &At<String>,
    date: NaiveDate,
    programme: &Programme,
    faults: &mut Faults,
) -> Option<Evaluation> {
    let read = read_dossier(&dossier.value);
    let tell = |fautes: Vec<calc_core::Faute>| {
        for faute in fautes {
            let place = place_of(source, dossier, &faute.chemin);
            let fault = Diagnostic::error(faute.message).at(source, place);
            faults.push(fault.label(faute.chemin));
        }
    };
    let dossier = read.map_err(tell).ok()?;
    Some(evaluate(&dossier, programme, date))
}

/// Where a JSON path stands in the file: its last key where the dossier has it once, else the dossier.
fn place_of(source: &Source, dossier: &At<String>, chemin: &str) -> Range<usize> {
    let Range { start, end } = dossier.span.clone();
    let written = source.text.get(start..end).unwrap_or_default();
    let key = chemin.rsplit('.').next().unwrap_or_default();
    let quoted = format!("\"{}\"", key.split('[').next().unwrap_or_default());
    let mut found = written.match_indices(&quoted);
    match (found.next(), found.next()) {
        (Some((at, _)), None) => start + at..start + at + quoted.len(),
        _ => start..start + 3,
    }
}

/// JSON without the spaces between its parts, every digit kept.
fn one_line(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut copied, mut from) = (0, 0);
    while let Some(at) = next_mark(json, from) {
        from = if json.as_bytes().get(at) == Some(&b'"') {
            end_of_text(json, at + 1)
        } else {
            out.push_str(json.get(copied..at).unwrap_or_default());
            copied = at + 1;
            copied
        };
    }
    out.push_str(json.get(copied..).unwrap_or_default());
    out
}

/// Where the next space or text begins.
fn next_mark(json: &str, from: usize) -> Option<usize> {
    let mut rest = json.as_bytes().get(from..)?.iter();
    let found = rest.position(|byte| *byte == b'"' || byte.is_ascii_whitespace());
    found.map(|at| from + at)
}

/// Behind the quotation mark that closes a text.
fn end_of_text(json: &str, mut from: usize) -> usize {
    let rest = |from: usize| json.as_bytes().get(from..).unwrap_or_default();
    while let Some(at) = memchr2(b'"', b'\\', rest(from)) {
        if rest(from + at).first() == Some(&b'"') {
            return from + at + 1;
        }
        // What is escaped is passed over.
        from += at + 2;
    }
    json.len()
}

fn compare(
    source: &Arc<Source>,
    expected: &Attendus,
    observe: impl Fn(&str) -> Option<String>,
    faults: &mut Faults,
) {
    for (cle, attendu) in expected {
        let fault = match observe(&cle.value) {
            Some(observed) if observed == attendu.value => continue,
            // Only told: the day a date of the programme changes, the site must still come out, with what is computed.
            Some(observed) => Diagnostic::warning(format!(
                "l'exemple « {} » ne donne pas ce qu'il annonce",
                source.stem()
            ))
            .at(source, attendu.span.clone())
            .label(format!("le calcul donne « {observed} »"))
            .hint(
                "si le texte officiel a changé, corrigez l'exemple et sa phrase ; sinon, la règle",
            ),
            None => Diagnostic::error(format!("le calcul n'a rien sous « {} »", cle.value))
                .at(source, cle.span.clone())
                .hint("par exemple \"D1.O2.A/intervalle-max@ext1\" = \"perdu\""),
        };
        faults.push(fault);
    }
}

/// The check that a key names.
pub(crate) fn controle<'a>(
    evaluation: &'a Evaluation,
    id: &str,
    sujet: Option<&str>,
) -> Option<&'a calc_core::Controle> {
    let mut checks = evaluation.objectifs.iter().flat_map(|o| &o.controles);
    checks.find(|check| check.id == id && check.sujet.as_deref() == sujet)
}

fn named<'a>(evaluation: &'a Evaluation, cle: &str) -> Option<&'a calc_core::Controle> {
    match Sujet::parse(cle) {
        Sujet::Controle(id, sujet) => controle(evaluation, &id, sujet.as_deref()),
        Sujet::Objectif(_) | Sujet::Depense(_) => None,
    }
}

fn verdict(evaluation: &Evaluation, cle: &str) -> Option<String> {
    let objectif = evaluation.objectifs.iter().find(|o| o.code.code() == cle);
    let verdict = match objectif {
        Some(objectif) => objectif.verdict,
        None => named(evaluation, cle)?.verdict,
    };
    Some(verdict.as_str().to_owned())
}

fn marge(evaluation: &Evaluation, cle: &str) -> Option<String> {
    let marge = named(evaluation, cle)?.marge?;
    Some(format!("{} {}", marge.valeur_json(), marge.unite.as_str()))
}

fn depense(evaluation: &Evaluation, id: &str) -> Option<String> {
    let mut lines = evaluation.depenses.lignes.iter();
    let line = lines.find(|line| line.id == id)?;
    let amount = decimal(line.montant_eligible.0, 2);
    Some(format!("{} {amount}", line.statut.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_name_an_objective_or_a_check() {
        let check = |id: &str, sujet: Option<&str>| {
            Sujet::Controle(id.to_owned(), sujet.map(ToOwned::to_owned))
        };
        for (cle, expected, code) in [
            ("D1.O2.A", Sujet::Objectif("D1.O2.A".to_owned()), "D1.O2.A"),
            ("CAND/phase", check("CAND/phase", None), "CAND"),
            (
                "D1.O2.A/intervalle-max@ext1",
                check("D1.O2.A/intervalle-max", Some("ext1")),
                "D1.O2.A",
            ),
        ] {
            let sujet = Sujet::parse(cle);
            assert_eq!(sujet, expected, "{cle}");
            assert_eq!(sujet.objectif(), Some(code), "{cle}");
        }
        assert_eq!(Sujet::Depense("d1".to_owned()).objectif(), None);
    }

    #[test]
    fn a_path_is_found_where_its_key_stands_once() {
        let text = "dossier = '''\n{\"a\": 1, \"b\": [{\"a\": 2}]}\n'''\n";
        let source = Source::shared("x.toml", text);
        let dossier = At {
            value: String::new(),
            span: 10..text.len() - 1,
        };
        let found = |chemin: &str| &text[place_of(&source, &dossier, chemin)];
        assert_eq!(found("b[0]"), "\"b\"");
        assert_eq!(found("b[0].a"), "'''", "it stands twice");
        assert_eq!(found("absent"), "'''");
    }

    #[test]
    fn amounts_keep_their_digits_on_one_line() {
        for (json, line) in [
            ("{\n \"a\": 12.50\n}", "{\"a\":12.50}"),
            (r#"{"a b": "c \" d", "e": 1}"#, r#"{"a b":"c \" d","e":1}"#),
            (r#"{"a": "\\", "b c": 2}"#, r#"{"a":"\\","b c":2}"#),
        ] {
            assert_eq!(one_line(json), line);
        }
    }
}
