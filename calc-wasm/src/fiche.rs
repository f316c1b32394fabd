//! The sheet of a dossier, to be printed and signed: what was typed, what comes out, by which rules, on which day.
//!
//! What was typed is read off the page, labels and all: a field that the form gains is on the sheet too.

use crate::app::App;
use crate::decompte::count_verdicts;
use crate::dom::{Absent, Element};
use crate::emporter::judged;
use crate::etat::Resultat;
use crate::inventaire::inputs;
use crate::paint::{adjust, slot};
use crate::prelude::*;
use crate::releve::readings;
use alloc::rc::Rc;
use alloc::vec;
use calc_core::{
    Controle, Dossier, Echeance, Evaluation, Objectif, ResultatObjectif, Verdict, evaluate,
    francais, nom_du_sujet,
};

/// The sheet.
const FICHE: &str = "[data-role=fiche]";
/// How many reasons besides the deciding one are told whole for an objective; of the others, the names.
const AUTRES: usize = 6;
/// How many coming dates are told, besides those of the declaration.
const DATES: usize = 14;

/// Fills the sheet and shows it; leads to what is to be mended where the dossier has faults.
///
/// # Errors
/// [`Absent`] when the page lacks the sheet or one of its places.
pub(crate) fn open(app: &App) -> Result<(), Absent> {
    let Some(resultat) = judged(app) else {
        return Ok(());
    };
    let fiche = app.racine.need(FICHE)?;
    show(&fiche, app, &resultat)?;
    fiche.set_hidden(false);
    fiche.focus();
    Ok(())
}

/// What changes the dossier, and so puts the sheet away.
const CHANGEMENTS: &str = "[data-action=ajouter],[data-action=retirer],[data-action=dupliquer],[data-action=trier],[data-action=reprendre],[data-action=annuler-retrait],[data-action=toutes],[data-action=aujourdhui],[data-action=exemple],[data-action=confirmer],[data-action=prendre]";

/// Puts the sheet away as soon as the dossier is no longer the one that it shows.
pub(crate) fn start(app: &Rc<App>) {
    let Some(fiche) = app.racine.find(FICHE) else {
        return;
    };
    for (evenement, selecteur) in [
        (
            "input",
            "[data-champ],[data-role=aujourdhui],[data-type=entites]",
        ),
        ("click", CHANGEMENTS),
    ] {
        // Found once: this happens at each key press, in a page of thousands of elements.
        let fiche = fiche.clone();
        app.racine.listen(evenement, move |cible| {
            if cible.closest(selecteur).is_some() {
                fiche.set_hidden(true);
            }
        });
    }
}

/// Puts the sheet away: closed by the reader.
pub(crate) fn close(app: &App) {
    if let Some(fiche) = app.racine.find(FICHE) {
        fiche.set_hidden(true);
    }
}

fn show(fiche: &Element, app: &App, resultat: &Resultat) -> Result<(), Absent> {
    let evaluation = &resultat.evaluation;
    let candidat = resultat.dossier.candidat.as_ref();
    let nom = candidat.and_then(|candidat| candidat.nom.as_deref());
    slot(fiche, "candidat", nom.unwrap_or("Candidat sans nom"))?;
    slot(fiche, "jour", &francais::date(evaluation.date))?;
    slot(fiche, "version", &evaluation.programme)?;
    fiche.set_attr("data-verdict", evaluation.verdict.as_str());
    slot(fiche, "verdict", evaluation.verdict.libelle())?;
    let verdicts: Vec<Verdict> = evaluation.objectifs.iter().map(|o| o.verdict).collect();
    slot(fiche, "decompte", &count_verdicts(&verdicts, "objectif"))?;
    let saisie = inputs(&app.dossier);
    fill(
        fiche,
        "saisie",
        "fiche-saisie",
        &saisie,
        |ligne, (titre, texte)| {
            slot(ligne, "titre", titre)?;
            slot(ligne, "texte", texte)
        },
    )?;
    fill(
        fiche,
        "objectifs",
        "fiche-objectif",
        &evaluation.objectifs,
        |ligne, objectif| show_objective(ligne, objectif, resultat),
    )?;
    // With its deadlines, which the verdicts on the page do without.
    let entiere = evaluate(&resultat.dossier, &app.programme, evaluation.date);
    let dates = coming(&entiere);
    fill(fiche, "dates", "fiche-date", &dates, |ligne, echeance| {
        show_date(ligne, echeance, resultat)
    })
}

/// The dates to come, those of one day and kind together: the first ones, of each directory the next report alone, and
/// those of the declaration however far.
fn coming(evaluation: &Evaluation) -> Vec<Vec<&Echeance>> {
    let mut dates: Vec<Vec<&Echeance>> = Vec::new();
    let mut rapports: Vec<&Option<String>> = Vec::new();
    let avenir = evaluation.echeancier.iter();
    for echeance in avenir.filter(|echeance| echeance.date >= evaluation.date) {
        if echeance.libelle.starts_with("Télécharger") {
            if rapports.contains(&&echeance.sujet) {
                continue;
            }
            rapports.push(&echeance.sujet);
        }
        let pareille = |groupe: &&mut Vec<&Echeance>| {
            groupe.first().is_some_and(|premiere| {
                (premiere.date, premiere.libelle, premiere.objectif)
                    == (echeance.date, echeance.libelle, echeance.objectif)
            })
        };
        match dates.iter_mut().find(pareille) {
            Some(groupe) => groupe.push(echeance),
            None => dates.push(vec![echeance]),
        }
    }
    let mut rang = 0;
    dates.retain(|groupe| {
        rang += 1;
        rang <= DATES
            || groupe
                .iter()
                .any(|echeance| echeance.objectif == Objectif::Cand)
    });
    dates
}

fn fill<T>(
    fiche: &Element,
    place: &str,
    modele: &str,
    choses: &[T],
    show: impl Fn(&Element, &T) -> Result<(), Absent>,
) -> Result<(), Absent> {
    let hote = fiche.need(&["[data-slot=", place, "]"].concat())?;
    let copies = adjust(&hote, modele, choses.len())?;
    copies
        .iter()
        .zip(choses)
        .try_for_each(|(copie, chose)| show(copie, chose))
}

fn show_objective(
    ligne: &Element,
    objectif: &ResultatObjectif,
    resultat: &Resultat,
) -> Result<(), Absent> {
    ligne.set_attr("data-verdict", objectif.verdict.as_str());
    slot(ligne, "code", objectif.code.code())?;
    slot(ligne, "titre", objectif.code.titre())?;
    slot(ligne, "verdict", objectif.verdict.libelle())?;
    let mut raisons: Vec<Raison> = Vec::new();
    let mut sources: Vec<&str> = Vec::new();
    for (rang, controle) in objectif.controles.iter().enumerate() {
        let tient = controle.verdict.tient() || controle.verdict == Verdict::SansObjet;
        if rang > 0 && tient {
            continue;
        }
        let sujet = controle.sujet.as_deref();
        let sujet = sujet.map(|sujet| nom_du_sujet(&resultat.dossier, objectif.code, sujet));
        let phrase = reason(controle);
        let same =
            |autre: &&mut Raison| autre.verdict == controle.verdict && autre.phrase == phrase;
        match raisons.iter_mut().find(same) {
            Some(raison) => raison.sujets.extend(sujet),
            None => raisons.push(Raison {
                verdict: controle.verdict,
                phrase,
                sujets: sujet.into_iter().collect(),
            }),
        }
        for source in controle.sources {
            if !sources.contains(source) {
                sources.push(source);
            }
        }
    }
    let phrases = told(&raisons, &everyone(&resultat.dossier));
    slot(ligne, "raisons", &phrases)?;
    slot(ligne, "sources", &sources.join(", "))
}

/// What several directories, perimeters or entities have in common.
struct Raison {
    verdict: Verdict,
    phrase: String,
    sujets: Vec<String>,
}

/// The names of all the directories, of all the perimeters, of all the entities; how to say all of them, and so many.
type Tous = [(Vec<String>, &'static str, &'static str); 3];

fn everyone(dossier: &Dossier) -> Tous {
    let name = |objectif, id: &str| nom_du_sujet(dossier, objectif, id);
    let annuaires = dossier.annuaires.iter();
    let perimetres = dossier.perimetres.iter();
    let entites = dossier.entites.iter();
    [
        (
            annuaires.map(|a| name(Objectif::O1A, &a.id)).collect(),
            "tous les annuaires",
            "annuaires",
        ),
        (
            perimetres.map(|p| name(Objectif::O2A, &p.id)).collect(),
            "tous les périmètres",
            "périmètres",
        ),
        (
            entites.map(|e| name(Objectif::O3, &e.id)).collect(),
            "toutes les entités",
            "entités",
        ),
    ]
}

/// Names; of more than three how many of what kind they are, « tous les annuaires » where it is all of them, unless things
/// of another kind have the same names.
fn names(sujets: &[String], tous: &Tous) -> String {
    let liste = sujets.join(", ");
    if sujets.len() < 4 {
        return liste;
    }
    let holds = |(noms, ..): &&(Vec<String>, _, _)| sujets.iter().all(|nom| noms.contains(nom));
    let mut genres = tous.iter().filter(holds);
    match (genres.next(), genres.next()) {
        (Some((noms, toutes, _)), None) if noms == sujets => (*toutes).into(),
        (Some((.., genre)), None) => {
            let nombre = sujets.len().to_string();
            [&*nombre, "\u{a0}", genre, " (", &*liste, ")"].concat()
        }
        _ => liste,
    }
}

/// « AD principal, AD de l’annexe : 101 jours … », a line each; of what is not told whole, whom it is about.
fn told(raisons: &[Raison], tous: &Tous) -> String {
    let mut lignes: Vec<String> = raisons
        .iter()
        .take(AUTRES + 1)
        .map(|Raison { phrase, sujets, .. }| {
            let lien = if sujets.is_empty() { "" } else { "\u{a0}: " };
            let noms = names(sujets, tous);
            // A line begins with a capital, a name as it was typed.
            let debut = if tous.iter().any(|(_, dit, _)| *dit == noms) {
                ["T", noms.get(1..).unwrap_or_default()].concat()
            } else {
                noms
            };
            [&debut, lien, phrase].concat()
        })
        .collect();
    let restants = raisons.get(AUTRES + 1..).unwrap_or_default();
    let nombre: usize = restants
        .iter()
        .map(|raison| raison.sujets.len().max(1))
        .sum();
    if nombre > 0 {
        let mut sujets: Vec<String> = Vec::new();
        for sujet in restants.iter().flat_map(|raison| &raison.sujets) {
            if !sujets.contains(sujet) {
                sujets.push(sujet.clone());
            }
        }
        let (nombre, lien) = (
            nombre.to_string(),
            if sujets.is_empty() { "" } else { ", pour " },
        );
        let ligne = [
            "Autres points ouverts\u{a0}: ",
            &nombre,
            lien,
            &names(&sujets, tous),
            ".",
        ];
        lignes.push(ligne.concat());
    }
    lignes.join("\n")
}

/// « 101 jours … Marge : −1 jour. Lectures du texte : … »
fn reason(controle: &Controle) -> String {
    let mut phrase = controle.explication.clone();
    if let Some(marge) = controle.marge {
        phrase.push_str(&[" Marge\u{a0}: ", &marge.texte(), "."].concat());
    }
    let lectures = readings(controle);
    if !lectures.is_empty() {
        phrase.push_str(&[" Lectures du texte\u{a0}: ", &lectures, "."].concat());
    }
    phrase
}

/// A date, and every subject that it holds for.
fn show_date(ligne: &Element, groupe: &[&Echeance], resultat: &Resultat) -> Result<(), Absent> {
    let Some(echeance) = groupe.first() else {
        return Ok(());
    };
    slot(ligne, "date", &francais::date(echeance.date))?;
    let sujets: Vec<String> = groupe
        .iter()
        .filter_map(|echeance| echeance.sujet.as_deref())
        .map(|sujet| nom_du_sujet(&resultat.dossier, echeance.objectif, sujet))
        .collect();
    let mut quoi = String::from(echeance.libelle);
    if !sujets.is_empty() {
        quoi.push_str("\u{a0}: ");
        quoi.push_str(&names(&sujets, &everyone(&resultat.dossier)));
    }
    slot(ligne, "quoi", &quoi)?;
    slot(ligne, "code", echeance.objectif.code())?;
    slot(ligne, "sources", &echeance.sources.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_reason_is_told_once_with_all_its_subjects() {
        let raison = |phrase: &str, sujets: &[&str]| Raison {
            verdict: Verdict::Incomplet,
            phrase: phrase.into(),
            sujets: sujets.iter().map(|nom| (*nom).into()).collect(),
        };
        let mut raisons = vec![raison("Manque.", &["CHU", "CH Deux"])];
        let list = |noms: &[&str]| noms.iter().map(|nom| (*nom).to_owned()).collect::<Vec<_>>();
        let quatre = ["CHU", "CH Deux", "CH Trois", "CH Quatre"];
        let mut tous: Tous = [
            (list(&["AD"]), "tous les annuaires", "annuaires"),
            (list(&[]), "tous les périmètres", "périmètres"),
            (list(&quatre), "toutes les entités", "entités"),
        ];
        assert_eq!(names(&list(&quatre), &tous), "toutes les entités");
        assert_eq!(names(&list(&quatre[..3]), &tous), "CHU, CH Deux, CH Trois");
        tous[0].0 = list(&quatre);
        assert_eq!(
            names(&list(&quatre), &tous),
            quatre.join(", "),
            "which of them is not known"
        );
        assert_eq!(told(&raisons, &tous), "CHU, CH Deux\u{a0}: Manque.");
        for rang in 0..8 {
            raisons.push(raison(&rang.to_string(), &["CHU", "CH Trois"]));
        }
        let dit = told(&raisons, &tous);
        let fin = "\nAutres points ouverts\u{a0}: 4, pour CHU, CH Trois.";
        assert!(dit.ends_with(fin), "{dit}");
        assert_eq!(dit.lines().count(), 8);
    }

    #[test]
    fn so_many_of_a_kind_are_counted_and_named() {
        let list = |noms: &[&str]| noms.iter().map(|nom| (*nom).to_owned()).collect::<Vec<_>>();
        let tous: Tous = [
            (list(&["A"]), "tous les annuaires", "annuaires"),
            (list(&["P", "Q"]), "tous les périmètres", "périmètres"),
            (
                list(&["A", "B", "C", "D", "E"]),
                "toutes les entités",
                "entités",
            ),
        ];
        for (sujets, attendu) in [
            (&["B", "C", "D"][..], "B, C, D"),
            (&["A", "B", "C", "D"], "4\u{a0}entités (A, B, C, D)"),
            (&["A", "B", "C", "D", "E"], "toutes les entités"),
            (&["A", "B", "C", "P"], "A, B, C, P"),
        ] {
            assert_eq!(names(&list(sujets), &tous), attendu);
        }
    }
}
