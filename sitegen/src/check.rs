//! What no file can tell alone: missing questions, dead links, unknown codes, dates that are typed instead of quoted.

mod liens;

use crate::cible::Numero;
use crate::diagnostic::{Diagnostic, Faults};
use crate::exploitant;
use crate::glossaire;
use crate::markdown::Texte;
use crate::nearest::suggestion;
use crate::site::{Objectif, PageLibre, Question, Site};
use crate::source::Source;
use crate::table::At;
use crate::typed;
use calc_core::{OBJECTIFS, regles};
use chrono::NaiveDate;
use liens::{check_links, has_anchor};
use std::sync::Arc;

/// Checks the whole model.
pub(crate) fn check(site: &Site, faults: &mut Faults) {
    numbering(site, faults);
    for question in &site.questions {
        check_question(site, question, faults);
    }
    check_objectives(site, faults);
    check_programme(site, faults);
    for exemple in &site.exemples {
        for At { value, span } in &exemple.questions {
            if !site.announces(*value) {
                let fault = unknown(site, *value);
                faults.push(fault.at(&exemple.source, span.clone()));
            }
        }
    }
    for page in &site.pages {
        for code in &page.objectifs {
            check_code(site, &page.source, code, faults);
        }
    }
    glossaire::check(site, faults);
    let typed = typed::forms(&site.programme);
    for (source, texte) in texts(site) {
        check_links(site, source, texte, faults);
    }
    for source in restated(site) {
        typed::check(&typed, source, faults);
    }
    // Faults first: this one can wait until the site is published.
    if !faults.has_errors() {
        exploitant::check(&site.reglages, faults);
    }
}

/// What an edited question has wrong by itself.
pub(crate) fn question(site: &Site, question: &Question, faults: &mut Faults) {
    check_question(site, question, faults);
    let ours = (!question.officiel).then_some(&question.source);
    check_text(site, &question.source, &question.corps, ours, faults);
}

/// What an edited page of an objective has wrong by itself.
pub(crate) fn objective(site: &Site, page: &Objectif, faults: &mut Faults) {
    check_objective(site, page, faults);
    check_text(site, &page.source, &page.corps, Some(&page.source), faults);
}

/// What an edited free page has wrong by itself.
pub(crate) fn page(site: &Site, page: &PageLibre, faults: &mut Faults) {
    for code in &page.objectifs {
        check_code(site, &page.source, code, faults);
    }
    check_text(site, &page.source, &page.corps, Some(&page.source), faults);
}

fn check_text(
    site: &Site,
    source: &Arc<Source>,
    texte: &Texte,
    ours: Option<&Arc<Source>>,
    faults: &mut Faults,
) {
    check_links(site, source, texte, faults);
    if let Some(source) = ours {
        typed::check(&typed::forms(&site.programme), source, faults);
    }
}

/// The files whose words are ours: the official wording types its dates.
fn restated(site: &Site) -> impl Iterator<Item = &Arc<Source>> {
    let questions = site.questions.iter().filter(|q| !q.officiel);
    let questions = questions.map(|q| &q.source);
    let objectifs = site.objectifs.iter().map(|o| &o.source);
    questions
        .chain(objectifs)
        .chain(site.pages.iter().map(|p| &p.source))
        // All tasks stand in one file.
        .chain(site.taches.first().map(|t| &t.source))
}

/// Every text with its file.
fn texts(site: &Site) -> impl Iterator<Item = (&Arc<Source>, &Texte)> {
    let questions = site.questions.iter().map(|q| (&q.source, &q.corps));
    let objectifs = site.objectifs.iter().map(|o| (&o.source, &o.corps));
    let pages = site.pages.iter().map(|p| (&p.source, &p.corps));
    let taches = site.taches.iter().map(|t| (&t.source, &t.texte));
    let nouveautes = site.nouveautes.iter().map(|n| (&n.source, &n.corps));
    let texts = questions.chain(objectifs).chain(pages);
    texts.chain(taches).chain(nouveautes)
}

/// The official numbering, whole: none missing, none in excess, none twice.
fn numbering(site: &Site, faults: &mut Faults) {
    for section in &site.reglages.sections {
        let expected = (1..=section.questions).map(|rang| Numero {
            section: section.numero,
            rang,
        });
        for numero in expected.filter(|numero| !site.announces(*numero)) {
            let fault = Diagnostic::error(format!("il manque la question {numero}"))
                .at(&site.reglages.source, section.span.clone())
                .label(format!(
                    "« {} » en compte {}",
                    section.cle, section.questions
                ));
            faults.push(fault.hint(format!("écrivez content/faq/{}/{numero}.md", section.cle)));
        }
        let beyond =
            |q: &&Question| q.numero.section == section.numero && q.numero.rang > section.questions;
        for question in site.questions.iter().filter(beyond) {
            let message = format!(
                "la partie « {} » n'a que {} questions",
                section.cle, section.questions
            );
            faults.push(
                Diagnostic::error(message).at(&question.source, 0..3).hint(
                    "si le texte officiel a changé, corrigez le compte dans content/site.toml",
                ),
            );
        }
    }
    for pair in site.questions.windows(2) {
        if let [first, second] = pair
            && first.numero == second.numero
        {
            let fault =
                Diagnostic::error(format!("deux fichiers pour la question {}", first.numero));
            faults.push(
                fault
                    .at(&second.source, number_line(&second.source))
                    .hint(format!("l'autre est {}", first.source.path)),
            );
        }
    }
}

/// Where a question says its number, else its first line.
fn number_line(source: &Source) -> std::ops::Range<usize> {
    let start = source.text.find("numero =").unwrap_or_default();
    let rest = source.text.get(start..).unwrap_or_default();
    start..start + rest.find('\n').unwrap_or(rest.len())
}

/// A question that is named and is nowhere.
fn unknown(site: &Site, numero: Numero) -> Diagnostic {
    let fault = Diagnostic::error(format!("la question {numero} n'existe pas"));
    fault.maybe_hint(range(site, numero))
}

/// Which questions there are near one that is not.
fn range(site: &Site, numero: Numero) -> Option<String> {
    let sections = &site.reglages.sections;
    let section = sections.iter().find(|s| s.numero == numero.section);
    Some(match (section, sections.first().zip(sections.last())) {
        (Some(s), _) => format!(
            "la partie « {} » va de {n}.1 à {n}.{}",
            s.titre,
            s.questions,
            n = s.numero
        ),
        (None, Some((first, last))) => {
            format!("les parties vont de {} à {}", first.numero, last.numero)
        }
        (None, None) => return None,
    })
}

fn check_question(site: &Site, question: &Question, faults: &mut Faults) {
    for At { value, span } in &question.liees {
        let fault = if *value == question.numero {
            Diagnostic::error("une question n'est pas liée à elle-même")
        } else if !site.announces(*value) {
            unknown(site, *value)
        } else {
            continue;
        };
        faults.push(fault.at(&question.source, span.clone()));
    }
    for code in &question.objectifs {
        check_code(site, &question.source, code, faults);
    }
    let At { value, span } = &question.source_version;
    if *value != site.programme.version {
        let message = format!(
            "cette réponse reprend la version {value}, le programme est en {}",
            site.programme.version
        );
        faults.push(Diagnostic::warning(message).at(&question.source, span.clone()));
    }
    // An unreadable date was told already, and reads as the first day of all.
    if question.modifie < question.depuis && question.modifie != NaiveDate::default() {
        let fault = Diagnostic::error("`modifie` précède `depuis`").at(&question.source, 0..3);
        faults.push(fault);
    }
    for correction in &question.corrections {
        check_links(site, &question.source, correction, faults);
    }
}

fn check_code(site: &Site, source: &Arc<Source>, code: &At<String>, faults: &mut Faults) {
    if site.objectif(&code.value).is_none() && !site.is_unreadable(&code.value) {
        let codes = site.objectifs.iter().map(|o| o.code.as_str());
        let fault = Diagnostic::error(format!("objectif inconnu « {} »", code.value));
        faults.push(
            fault
                .at(source, code.span.clone())
                .maybe_hint(suggestion(&code.value, codes)),
        );
    }
}

fn check_objectives(site: &Site, faults: &mut Faults) {
    let readable = |objectif: &calc_core::Objectif| !site.is_unreadable(objectif.code());
    for objectif in OBJECTIFS.into_iter().filter(readable) {
        let code = objectif.code();
        let Some(page) = site.objectif(code) else {
            let fault = Diagnostic::error(format!("l'objectif {code} n'a pas de page"));
            let file = crate::cible::slug_of_code(code);
            faults.push(fault.hint(format!("écrivez content/objectifs/{file}.md")));
            continue;
        };
        let rules = regles().iter().filter(|regle| regle.objectif == objectif);
        for regle in rules {
            let anchor = regle.id.rsplit('/').next().unwrap_or_default();
            if !has_anchor(&page.corps, anchor) {
                let fault =
                    Diagnostic::error(format!("la règle {} n'est expliquée nulle part", regle.id));
                faults.push(fault.at(&page.source, 0..3).hint(format!(
                    "ajoutez un titre `## … {{#{anchor}}}` à cette page"
                )));
            }
        }
        check_objective(site, page, faults);
    }
}

fn check_objective(site: &Site, page: &Objectif, faults: &mut Faults) {
    let groups = || {
        site.reglages
            .objectifs
            .iter()
            .map(|(code, _)| code.as_str())
    };
    let group = &page.groupe;
    if group.value != page.code && !groups().any(|code| code == group.value) {
        let fault = Diagnostic::error(format!("objectif inconnu « {} »", group.value))
            .at(&page.source, group.span.clone());
        faults.push(fault.maybe_hint(suggestion(&group.value, groups())));
    }
    for key in &page.parametres {
        if site.programme.get(&key.value).is_none() {
            let fault = Diagnostic::error(format!("paramètre inconnu « {} »", key.value))
                .at(&page.source, key.span.clone());
            faults.push(fault.maybe_hint(suggestion(&key.value, site.programme.cles())));
        }
    }
}

/// Sources that exist, objectives that exist, and what the core says of the values.
fn check_programme(site: &Site, faults: &mut Faults) {
    let programme = &site.programme;
    for parametre in &programme.parametres {
        for source in &parametre.sources {
            let known = Numero::parse(&source.value).is_some_and(|numero| site.announces(numero));
            if !known {
                let fault = Diagnostic::error(format!("la question {} n'existe pas", source.value));
                faults.push(fault.at(&programme.source, source.span.clone()));
            }
        }
        for code in &parametre.objectifs {
            check_code(site, &programme.source, code, faults);
        }
    }
    programme.to_core(faults);
}
