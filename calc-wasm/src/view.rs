//! What the page shows of an evaluation: plain values, ready to be written as text. Pure.

use crate::decompte::{count_verdicts, others};
use crate::noms::subject_name;
use crate::prelude::*;
use crate::questions::{LienQuestion, Questions};
use calc_core::{
    Controle, Dossier, Evaluation, Information, Lecture, Objectif, ResultatObjectif, Verdict,
    regles,
};

/// The name of the distance to what is asked for.
pub(crate) const MARGE: &str = "Marge";

/// The whole result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct View {
    /// Verdict of the dossier.
    pub(crate) verdict: Verdict,
    /// « 1 objectif perdu, 2 incomplets » — the worst first.
    pub(crate) resume: String,
    /// What decides, in one sentence, of the first objective that has that verdict.
    pub(crate) principal: String,
    /// One card per objective, in the order of the programme.
    pub(crate) cartes: Vec<Carte>,
}

/// An objective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Carte {
    /// `D1.O2.A`.
    pub(crate) code: &'static str,
    /// What the reader sees before the title: the code, or « Candidature ».
    pub(crate) surtitre: &'static str,
    /// Its title.
    pub(crate) titre: &'static str,
    /// `resultat-d1-o2-a`: its anchor in the page.
    pub(crate) ancre: String,
    /// Address of its page.
    pub(crate) href: String,
    /// Its verdict.
    pub(crate) verdict: Verdict,
    /// The check that decides.
    pub(crate) decisif: Option<Ligne>,
    /// « 4 autres contrôles, dont 1 à confirmer »; empty where there are none.
    pub(crate) resume_autres: String,
}

/// What a card holds besides: hundreds of checks in a large dossier, worked out once the reader rests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Detail {
    /// The other checks, the worst first.
    pub(crate) autres: Vec<Ligne>,
    /// What decides nothing.
    pub(crate) informations: Vec<Note>,
}

/// A check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ligne {
    /// `D1.O2.A/intervalle-max`.
    pub(crate) id: &'static str,
    /// Title of its rule.
    pub(crate) titre: &'static str,
    /// Address of its rule.
    pub(crate) href: String,
    /// Name of the directory, perimeter or entity.
    pub(crate) sujet: Option<String>,
    /// Its verdict.
    pub(crate) verdict: Verdict,
    /// What it means, in one sentence.
    pub(crate) phrase: String,
    /// What was found, what was asked for, the margin: label and value of those there are.
    pub(crate) mesures: Vec<(&'static str, String)>,
    /// Where the text supports several readings, each with its own verdict.
    pub(crate) lectures: Vec<LectureVue>,
    /// Paths of the fields to fill in.
    pub(crate) manque: Vec<String>,
    /// Questions that it rests on.
    pub(crate) sources: Vec<LienQuestion>,
}

/// One reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LectureVue {
    /// Its name.
    pub(crate) nom: &'static str,
    /// What it gives alone.
    pub(crate) verdict: Verdict,
    /// Why.
    pub(crate) phrase: String,
    /// Questions that support it.
    pub(crate) sources: Vec<LienQuestion>,
}

/// An information.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    /// What it says.
    pub(crate) texte: String,
    /// Questions that it rests on.
    pub(crate) sources: Vec<LienQuestion>,
}

/// A field of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LienChamp {
    /// Its name.
    pub(crate) libelle: String,
    /// `#ad-3-nom`.
    pub(crate) href: String,
}

/// What the view needs besides the evaluation.
pub(crate) struct Contexte<'a> {
    /// The dossier evaluated, for its names.
    pub(crate) dossier: &'a Dossier,
    /// The questions of the site.
    pub(crate) questions: &'a Questions,
}

/// The view of an evaluation.
pub(crate) fn view(evaluation: &Evaluation, contexte: &Contexte) -> View {
    let cartes: Vec<Carte> = evaluation
        .objectifs
        .iter()
        .map(|resultat| card(resultat, contexte))
        .collect();
    let verdicts: Vec<Verdict> = cartes.iter().map(|carte| carte.verdict).collect();
    View {
        verdict: evaluation.verdict,
        resume: count_verdicts(&verdicts, "objectif"),
        principal: main_reason(evaluation.verdict, &cartes),
        cartes,
    }
}

fn main_reason(verdict: Verdict, cartes: &[Carte]) -> String {
    let Some(carte) = cartes.iter().find(|carte| carte.verdict == verdict) else {
        return String::new();
    };
    if carte.decisif.is_none() {
        return String::new();
    }
    let sujet = carte.subject();
    let lien = if sujet.is_some() { ", " } else { "\u{a0}: " };
    [carte.surtitre, lien, &carte.reason()].concat()
}

impl Carte {
    fn subject(&self) -> Option<&str> {
        self.decisif.as_ref()?.sujet.as_deref()
    }

    /// What decides, in one sentence: « Exposition du GHT : 101 jours … ».
    pub(crate) fn reason(&self) -> String {
        let phrase = self.decisif.as_ref().map_or("", |ligne| &ligne.phrase);
        match self.subject() {
            Some(sujet) => [sujet, "\u{a0}: ", phrase].concat(),
            None => phrase.into(),
        }
    }
}

fn card(resultat: &ResultatObjectif, contexte: &Contexte) -> Carte {
    let code = resultat.code.code();
    // Its title begins with what it is called.
    let (surtitre, titre) = if resultat.code == Objectif::Cand {
        ("Candidature", "Phase opérationnelle")
    } else {
        (code, resultat.code.titre())
    };
    Carte {
        code,
        surtitre,
        titre,
        ancre: card_anchor(code),
        href: page_of(code),
        verdict: resultat.verdict,
        decisif: deciding(resultat, contexte),
        resume_autres: others(resultat.controles.get(1..).unwrap_or_default()),
    }
}

/// The check that decides, with how many others say the same word for word, where nothing is measured.
fn deciding(resultat: &ResultatObjectif, contexte: &Contexte) -> Option<Ligne> {
    let (premier, suite) = resultat.controles.split_first()?;
    let mut ligne = line(premier, resultat.code, contexte);
    let nombre = suite.iter().filter(|autre| is_same(premier, autre)).count();
    if let Some(sujet) = &mut ligne.sujet
        && nombre > 0
        && ligne.mesures.is_empty()
    {
        let pluriel = if nombre > 1 { "s" } else { "" };
        *sujet = [sujet, " et ", &nombre.to_string(), "\u{a0}autre", pluriel].concat();
    }
    Some(ligne)
}

/// Whether two checks say the same, in one reading.
fn is_same(un: &Controle, autre: &Controle) -> bool {
    un.verdict == autre.verdict
        && un.explication == autre.explication
        && un.lectures.len() + autre.lectures.len() == 0
}

/// What the card of an objective holds besides.
pub(crate) fn detail(
    resultat: &ResultatObjectif,
    informations: &[Information],
    contexte: &Contexte,
) -> Detail {
    let autres = resultat.controles.iter().skip(1);
    Detail {
        autres: autres
            .map(|controle| line(controle, resultat.code, contexte))
            .collect(),
        informations: informations
            .iter()
            .filter(|information| information.objectif == Some(resultat.code))
            .map(|information| {
                let mut note = note(information, contexte.questions);
                if let Some(id) = &information.sujet {
                    let nom = subject_name(id, resultat.code, contexte.dossier);
                    note.texte = [&nom, "\u{a0}: ", &*note.texte].concat();
                }
                note
            })
            .collect(),
    }
}

/// What is worth knowing.
pub(crate) fn note(information: &Information, questions: &Questions) -> Note {
    Note {
        texte: information.texte.clone(),
        sources: questions.links(information.sources),
    }
}

/// The id of an objective's card: `resultat-d1-o2-a`.
pub(crate) fn card_anchor(code: &str) -> String {
    ["resultat-", &slug(code)].concat()
}

/// `d1-o2-a`.
fn slug(code: &str) -> String {
    code.chars()
        .map(|lettre| {
            if lettre == '.' {
                '-'
            } else {
                lettre.to_ascii_lowercase()
            }
        })
        .collect()
}

fn page_of(code: &str) -> String {
    ["../objectifs/", &slug(code), "/"].concat()
}

/// Address of a rule: `D1.O2.A/intervalle-max` → `../objectifs/d1-o2-a/#intervalle-max`.
pub(crate) fn rule_href(id: &str) -> String {
    let (code, regle) = id.split_once('/').unwrap_or((id, ""));
    [&page_of(code), "#", regle].concat()
}

/// A check as it is shown.
pub(crate) fn line(controle: &Controle, objectif: Objectif, contexte: &Contexte) -> Ligne {
    Ligne {
        id: controle.id,
        titre: regles()
            .iter()
            .find(|regle| regle.id == controle.id)
            .map_or(controle.id, |regle| regle.titre),
        href: rule_href(controle.id),
        sujet: controle
            .sujet
            .as_deref()
            .map(|id| subject_name(id, objectif, contexte.dossier)),
        verdict: controle.verdict,
        phrase: controle.explication.clone(),
        mesures: measures(controle),
        lectures: controle
            .lectures
            .iter()
            .map(|lecture| reading(lecture, contexte))
            .collect(),
        manque: controle.manque.clone(),
        sources: contexte.questions.links(controle.sources),
    }
}

fn measures(controle: &Controle) -> Vec<(&'static str, String)> {
    let mesures = [
        (
            "Constaté",
            controle.constat.as_ref().map(calc_core::Valeur::texte),
        ),
        (
            "Attendu",
            controle.seuil.as_ref().map(calc_core::Valeur::texte),
        ),
        (MARGE, controle.marge.map(calc_core::Marge::texte)),
    ];
    mesures
        .into_iter()
        .filter_map(|(nom, valeur)| Some((nom, valeur?)))
        .collect()
}

fn reading(lecture: &Lecture, contexte: &Contexte) -> LectureVue {
    LectureVue {
        nom: lecture.nom,
        verdict: lecture.verdict,
        phrase: lecture.explication.clone(),
        sources: contexte.questions.links(lecture.sources),
    }
}

#[cfg(test)]
mod tests;
