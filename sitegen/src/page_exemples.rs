//! The page of worked examples, and the links to it.

use crate::cadre::{Atelier, EXEMPLES, affichee};
use crate::cible::slug_of_code;
use crate::context::{CarteExemple, Exemples, GroupeExemples, Jugement, Lien};
use crate::exemples::{Exemple, Sujet, controle};
use crate::pages::{Page, page, place};
use crate::typographie::typographie;
use crate::vues::Vues;
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use calc_core::{Controle, LigneDepense, OBJECTIFS, StatutDepense, Verdict, regles};

/// `exemples/`.
pub(crate) fn examples_page(atelier: Atelier) -> Page {
    let description = "De petits dossiers, une date, ce que le calculateur en dit et pourquoi : chaque règle, juste avant et juste après sa limite.";
    let vues = Vues::new(atelier, "../");
    page(
        "exemples/",
        "exemples.html",
        &Exemples {
            cadre: atelier.cadre(&place("exemples/", EXEMPLES, description)),
            groupes: groups(&vues),
            nombre: atelier.site.exemples.len(),
        },
    )
}

/// The examples that bear on an objective.
pub(crate) fn links_to_examples(vues: &Vues, code: &str) -> Vec<Lien> {
    let examples = vues.atelier.site.exemples.iter();
    let bearing = examples.filter(|exemple| exemple.codes.contains(&code));
    bearing
        .map(|exemple| Lien {
            titre: exemple.titre.clone(),
            href: vues.href(&format!("exemples/#{}", exemple.source.stem())),
        })
        .collect()
}

/// Where an example stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rayon {
    Objectif(&'static str),
    Depenses,
    Dossiers,
}

/// From three objectives on, an example shows a whole dossier; with two, the first one decides.
fn shelf(exemple: &Exemple) -> Rayon {
    match exemple.codes.as_slice() {
        [] => Rayon::Depenses,
        [code] | [code, _] => Rayon::Objectif(code),
        _ => Rayon::Dossiers,
    }
}

fn groups(vues: &Vues) -> Vec<GroupeExemples> {
    let codes = OBJECTIFS.into_iter().map(calc_core::Objectif::code);
    let shelves = codes.map(Rayon::Objectif);
    let shelves = shelves.chain([Rayon::Depenses, Rayon::Dossiers]);
    let groups = shelves.map(|rayon| group(vues, rayon));
    groups.filter(|group| !group.exemples.is_empty()).collect()
}

fn group(vues: &Vues, rayon: Rayon) -> GroupeExemples {
    let examples = vues.atelier.site.exemples.iter();
    let examples = examples.filter(|exemple| shelf(exemple) == rayon);
    let (ancre, titre, objectif) = match rayon {
        Rayon::Objectif(code) => {
            let titre = vues.atelier.site.objectif(code).map(|o| o.titre.clone());
            let ancre = format!("objectif-{}", slug_of_code(code));
            (ancre, titre.unwrap_or_default(), Some(code))
        }
        Rayon::Depenses => ("depenses".to_owned(), "Dépenses".to_owned(), None),
        Rayon::Dossiers => ("dossiers".to_owned(), "Dossiers entiers".to_owned(), None),
    };
    GroupeExemples {
        ancre,
        titre,
        href: objectif.map(|code| objective_href(vues, code)),
        code: objectif
            .filter(|code| *code != "CAND")
            .map(ToOwned::to_owned),
        exemples: examples.map(|exemple| card(vues, exemple)).collect(),
    }
}

fn objective_href(vues: &Vues, code: &str) -> String {
    vues.href(&format!("objectifs/{}/", slug_of_code(code)))
}

fn card(vues: &Vues, exemple: &Exemple) -> CarteExemple {
    let numeros: Vec<String> = exemple
        .questions
        .iter()
        .map(|at| at.value.to_string())
        .collect();
    let deciding = exemple.sujets.iter();
    CarteExemple {
        ancre: exemple.source.stem().to_owned(),
        titre: exemple.titre.clone(),
        pourquoi: exemple.pourquoi.clone(),
        date: affichee(exemple.date),
        objectifs: objectives(vues, exemple),
        decisifs: deciding
            .filter_map(|sujet| judgement(vues, exemple, sujet))
            .collect(),
        questions: vues.sources(numeros.iter().map(String::as_str)),
        calculateur_href: vues.href(&format!(
            "calculateur/#dossier={}&date={}",
            BASE64_URL_SAFE_NO_PAD.encode(&exemple.json),
            exemple.date
        )),
    }
}

fn objectives(vues: &Vues, exemple: &Exemple) -> Vec<Jugement> {
    let results = exemple.evaluation.objectifs.iter();
    let results = results.filter(|result| exemple.codes.contains(&result.code.code()));
    results
        .map(|result| Jugement {
            titre: match result.code.code() {
                "CAND" => "Candidature".to_owned(),
                code => code.to_owned(),
            },
            href: Some(objective_href(vues, result.code.code())),
            verdict: result.verdict.as_str(),
            libelle: result.verdict.libelle(),
            phrases: Vec::new(),
        })
        .collect()
}

/// What the example says of one of its subjects; of an objective, what decides it.
fn judgement(vues: &Vues, exemple: &Exemple, sujet: &Sujet) -> Option<Jugement> {
    let evaluation = &exemple.evaluation;
    match sujet {
        Sujet::Objectif(code) => {
            let mut results = evaluation.objectifs.iter();
            let result = results.find(|result| result.code.code() == code)?;
            Some(check(vues, result.controles.first()?))
        }
        Sujet::Controle(id, sujet) => {
            controle(evaluation, id, sujet.as_deref()).map(|found| check(vues, found))
        }
        Sujet::Depense(id) => {
            let mut lines = evaluation.depenses.lignes.iter();
            lines.find(|line| line.id == *id).map(expense)
        }
    }
}

fn check(vues: &Vues, check: &Controle) -> Jugement {
    let rule = regles().iter().find(|rule| rule.id == check.id);
    let (code, anchor) = check.id.split_once('/').unwrap_or((check.id, ""));
    Jugement {
        titre: rule.map_or_else(String::new, |rule| typographie(rule.titre, None)),
        href: Some(format!("{}#{anchor}", objective_href(vues, code))),
        verdict: check.verdict.as_str(),
        libelle: check.verdict.libelle(),
        phrases: vec![typographie(&check.explication, None)],
    }
}

fn expense(line: &LigneDepense) -> Jugement {
    let amount = calc_core::francais::euros(line.montant_eligible);
    let funded = typographie(&format!("Éligible : {amount}."), None);
    let reasons = line.raisons.iter().map(|r| typographie(r, None));
    Jugement {
        titre: "Dépense".to_owned(),
        href: None,
        verdict: look(line.statut).as_str(),
        libelle: line.statut.libelle(),
        phrases: reasons.chain([funded]).collect(),
    }
}

/// An expense has its own words, but the looks of a verdict.
fn look(statut: StatutDepense) -> Verdict {
    match statut {
        StatutDepense::Eligible => Verdict::Atteint,
        StatutDepense::Partiel => Verdict::Prevu,
        StatutDepense::AConfirmer => Verdict::AConfirmer,
        StatutDepense::AJustifier => Verdict::Incomplet,
        StatutDepense::NonEligible => Verdict::NonAtteint,
    }
}
