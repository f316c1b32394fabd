//! `content/site.toml`: names, sections, objectives, where the official text stands.

use crate::diagnostic::{Diagnostic, Faults};
use crate::exploitant;
use crate::site::{Reglages, Section};
use crate::source::Source;
use crate::table::{At, Fields};
use crate::toml_file::Toml;
use crate::typographie::typographie;
use std::sync::Arc;

/// Reads the file.
pub(crate) fn read(source: &Arc<Source>, faults: &mut Faults) -> Option<Reglages> {
    let toml = Toml::whole(source);
    let table = toml.parse(faults);
    let mut fields = toml.fields(&table, 0..0);
    let [nom, nom_court, accroche] =
        ["nom", "nom_court", "accroche"].map(|key| set(&mut fields, key, faults));
    let guide_url = url(&mut fields, "guide_url", faults);
    let texte_officiel = fields
        .table("texte_officiel", faults)
        .and_then(|fields| official(fields, faults));
    let exploitant = exploitant::read(&mut fields, faults);
    let sections = fields.tables("section", faults);
    let sections = sections
        .into_iter()
        .filter_map(|fields| section(fields, faults))
        .collect();
    let objectifs = fields.tables("objectif", faults);
    let objectifs = objectifs
        .into_iter()
        .filter_map(|fields| group(fields, faults))
        .collect();
    fields.finish(faults);
    Some(Reglages {
        source: Arc::clone(source),
        nom: nom?,
        nom_court: nom_court?,
        accroche: accroche?,
        guide_url: guide_url?,
        texte_officiel: texte_officiel?,
        exploitant,
        sections,
        objectifs,
    })
}

fn set(fields: &mut Fields, key: &'static str, faults: &mut Faults) -> Option<String> {
    fields
        .text(key, faults)
        .map(|at| typographie(&at.value, None))
}

fn url(fields: &mut Fields, key: &'static str, faults: &mut Faults) -> Option<String> {
    let At { value, span } = fields.text(key, faults)?;
    if !value.starts_with("https://") {
        faults.push(
            Diagnostic::error("une adresse en https:// est attendue").at(fields.source, span),
        );
    }
    Some(value)
}

fn official(mut fields: Fields, faults: &mut Faults) -> Option<(String, String)> {
    let titre = set(&mut fields, "titre", faults);
    let address = url(&mut fields, "url", faults);
    fields.finish(faults);
    Some((titre?, address?))
}

fn section(mut fields: Fields, faults: &mut Faults) -> Option<Section> {
    let cle = fields.text("cle", faults);
    let numero = fields.integer("numero", faults);
    let questions = fields.integer("questions", faults);
    let titre = set(&mut fields, "titre", faults);
    let description = set(&mut fields, "description", faults);
    fields.finish(faults);
    let questions: At<u16> = questions?;
    Some(Section {
        cle: cle?.value,
        numero: numero?.value,
        questions: questions.value,
        titre: titre?,
        description: description?,
        span: questions.span,
    })
}

fn group(mut fields: Fields, faults: &mut Faults) -> Option<(String, String)> {
    let code = fields.text("code", faults);
    let titre = set(&mut fields, "titre", faults);
    fields.finish(faults);
    Some((code?.value, titre?))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A small site for the tests of other modules: its operator has a name and nothing else.
    pub(crate) fn sample() -> Reglages {
        let text = "nom = \"N\"\nnom_court = \"n\"\naccroche = \"A\"\nguide_url = \"https://g.fr/\"\n\
            [texte_officiel]\ntitre = \"T\"\nurl = \"https://t.fr/\"\n\
            [exploitant]\nnom = \"ARS Exemple\"\nsiege = \"\"\n";
        let mut faults = Faults::default();
        let source = Source::shared("site.toml", text);
        let read = read(&source, &mut faults);
        assert!(!faults.has_errors(), "{}", faults.render(false));
        read.expect("settings")
    }
}
