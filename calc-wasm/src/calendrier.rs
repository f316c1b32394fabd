//! A plan laid beside the audits already planned: what to move, add or take out, one audit at a time.
//!
//! `calc_core::plan` starts from the audits done alone, so that it stays the same while its audits are accepted.

use crate::noms::subject_name;
use crate::passages::{self, Passage};
use crate::prelude::*;
use calc_core::{
    Annuaire, AuditAds, AuditExposition, Dossier, Objectif, Outil, Perimetre, Plan, PlanSujet,
    Programme, francais, regles,
};
use chrono::NaiveDate;

/// The plan of one directory or perimeter, beside what is planned.
#[derive(Debug)]
pub(crate) struct Calendrier {
    /// Its name.
    pub(crate) nom: String,
    /// The slack kept on each limit, or what makes a plan impossible.
    pub(crate) phrase: String,
    /// Whether there is a plan.
    pub(crate) possible: bool,
    /// What to do, audit by audit.
    pub(crate) gestes: Vec<Geste>,
}

/// What one audit of the plan asks for.
#[derive(Debug)]
pub(crate) struct Geste {
    /// Where its directory or perimeter stands in the plan.
    pub(crate) sujet: usize,
    /// The audit of the dossier that it concerns; none where one is added.
    pub(crate) audit: Option<usize>,
    /// The audit of the plan; none where one is taken out.
    pub(crate) voulu: Option<usize>,
    /// Whether the dossier has it already.
    pub(crate) fait: bool,
    /// Its day in words.
    pub(crate) quand: String,
    /// What it is and what it changes.
    pub(crate) quoi: String,
}

/// Everything that the plan asks for, beside a dossier.
pub(crate) fn calendriers(
    plan: &Plan,
    dossier: &Dossier,
    programme: &Programme,
) -> Vec<Calendrier> {
    let cible = plan.appliquer(dossier, programme);
    let mut calendriers = Vec::new();
    for (rang, sujet) in plan.sujets.iter().enumerate() {
        calendriers.push(Calendrier {
            nom: subject_name(&sujet.sujet, sujet.objectif, dossier),
            phrase: say(sujet),
            possible: sujet.impossible.is_none(),
            gestes: gestures(plan, rang, (dossier, &cible), programme),
        });
    }
    calendriers
}

/// What came out, in one sentence.
pub(crate) fn summary(plan: &Plan) -> &'static str {
    let nombre = plan.sujets.len();
    let possibles = plan
        .sujets
        .iter()
        .filter(|sujet| sujet.impossible.is_none())
        .count();
    match possibles {
        _ if nombre == 0 => "Ajoutez d’abord un annuaire ou un périmètre.",
        0 => "Aucun calendrier ne tient\u{a0}: voyez ce qui l’empêche.",
        _ if possibles < nombre => "Calendrier proposé, sauf là où quelque chose l’empêche.",
        _ => "Calendrier proposé.",
    }
}

fn say(sujet: &PlanSujet) -> String {
    if let Some(impossible) = &sujet.impossible {
        let regle = regles()
            .iter()
            .find(|regle| regle.id == impossible.controle);
        let titre = regle.map_or(impossible.controle, |regle| regle.titre);
        return [titre, "\u{a0}: ", &impossible.explication].concat();
    }
    if sujet.audits.is_empty() {
        return "Aucun audit à venir n’est nécessaire.".into();
    }
    let jours = francais::pluriel(sujet.reserve_jours, "\u{a0}jour", "\u{a0}jours");
    let reserve = francais::nombre(sujet.reserve_jours);
    ["Réserve sur chaque limite\u{a0}: ", &reserve, jours, "."].concat()
}

/// The lists of a dossier that a subject of the plan has: one of the two is there.
fn lists<'a>(
    dossier: &'a Dossier,
    sujet: &PlanSujet,
) -> (Option<&'a Annuaire>, Option<&'a Perimetre>) {
    if sujet.objectif == Objectif::O1A {
        let mut annuaires = dossier.annuaires.iter();
        return (annuaires.find(|annuaire| annuaire.id == sujet.sujet), None);
    }
    let mut perimetres = dossier.perimetres.iter();
    (
        None,
        perimetres.find(|perimetre| perimetre.id == sujet.sujet),
    )
}

/// The audits after the day of the plan, earliest first.
fn planned(plan: &Plan, sujet: &PlanSujet, dossier: &Dossier) -> Vec<Passage> {
    let (annuaire, perimetre) = lists(dossier, sujet);
    let mut audits = match annuaire {
        Some(annuaire) => passages::of_directory(annuaire),
        None => perimetre.map(passages::of_perimeter).unwrap_or_default(),
    };
    audits.retain(|passage| passage.date > plan.date);
    audits
}

fn gestures(
    plan: &Plan,
    rang: usize,
    (dossier, cible): (&Dossier, &Dossier),
    programme: &Programme,
) -> Vec<Geste> {
    let mut gestes = Vec::new();
    let sujet = plan.sujets.get(rang);
    let Some(sujet) = sujet.filter(|sujet| sujet.impossible.is_none()) else {
        return gestes;
    };
    let prevus = planned(plan, sujet, dossier);
    let voulus = planned(plan, sujet, cible);
    let paires = pair(&prevus, &voulus);
    for (voulu, paire) in voulus.iter().zip(&paires) {
        let ancien = paire.and_then(|rang| prevus.get(rang));
        let audit = ancien.map(|ancien| ancien.rang);
        let fait = audit
            .is_some_and(|audit| suffices((dossier, audit), (cible, voulu.rang), sujet, programme));
        gestes.push(Geste {
            sujet: rang,
            audit,
            voulu: Some(voulu.rang),
            fait,
            quand: francais::date(voulu.date),
            quoi: tell(voulu, ancien, fait),
        });
    }
    for (place, ancien) in prevus.iter().enumerate() {
        if !paires.contains(&Some(place)) {
            gestes.push(Geste {
                sujet: rang,
                audit: Some(ancien.rang),
                voulu: None,
                fait: false,
                quand: francais::date(ancien.date),
                quoi: [&ancien.quoi, "\u{a0}: en trop, à retirer"].concat(),
            });
        }
    }
    gestes
}

/// For each audit wanted, the rank of the planned one that becomes it: of the same day and tool, else of the same day,
/// else the next one in order. So an audit never moves onto a day that another one still holds.
fn pair(prevus: &[Passage], voulus: &[Passage]) -> Vec<Option<usize>> {
    let mut paires = alloc::vec![None; voulus.len()];
    for exigence in [2, 1, 0] {
        for (place, voulu) in voulus.iter().enumerate() {
            if paires.get(place).is_none_or(Option::is_some) {
                continue;
            }
            for (rang, ancien) in prevus.iter().enumerate() {
                let convient = (exigence < 1 || ancien.date == voulu.date)
                    && (exigence < 2 || ancien.genre == voulu.genre);
                if convient && !paires.contains(&Some(rang)) {
                    if let Some(paire) = paires.get_mut(place) {
                        *paire = Some(rang);
                    }
                    break;
                }
            }
        }
    }
    paires
}

fn tell(voulu: &Passage, ancien: Option<&Passage>, fait: bool) -> String {
    let suite = match ancien {
        _ if fait => "déjà prévu".into(),
        None => "à ajouter".into(),
        Some(ancien) if ancien.date == voulu.date => ["remplace ", &ancien.quoi].concat(),
        Some(ancien) => ["remplace celui du ", &francais::date(ancien.date)].concat(),
    };
    [&voulu.quoi, "\u{a0}: ", &suite].concat()
}

/// Whether the planned audit is as good as the one wanted.
fn suffices(
    (dossier, audit): (&Dossier, usize),
    (cible, voulu): (&Dossier, usize),
    sujet: &PlanSujet,
    programme: &Programme,
) -> bool {
    let ((un, autre), (un_voulu, autre_voulu)) = (lists(dossier, sujet), lists(cible, sujet));
    if let (Some(un), Some(voulus)) = (un, un_voulu)
        && let (Some(audit), Some(voulu)) = (un.audits.get(audit), voulus.audits.get(voulu))
    {
        return audit.date == voulu.date && audit.score >= voulu.score;
    }
    if let (Some(autre), Some(voulus)) = (autre, autre_voulu)
        && let (Some(audit), Some(voulu)) = (autre.audits.get(audit), voulus.audits.get(voulu))
    {
        return audit.date == voulu.date && audit.outil == voulu.outil && holds(audit, programme);
    }
    false
}

/// Whether its score blocks nothing.
fn holds(audit: &AuditExposition, programme: &Programme) -> bool {
    audit.outil != Some(Outil::Industriel)
        || passages::residual(audit).is_some_and(|cvss| cvss < programme.cvss_critique)
}

/// The dossier once one audit of the plan is accepted.
pub(crate) fn accept(
    plan: &Plan,
    geste: &Geste,
    dossier: &Dossier,
    programme: &Programme,
) -> Dossier {
    let cible = plan.appliquer(dossier, programme);
    let mut dossier = dossier.clone();
    let Some(sujet) = plan.sujets.get(geste.sujet) else {
        return dossier;
    };
    let (annuaire, perimetre) = lists(&cible, sujet);
    let mut annuaires = dossier.annuaires.iter_mut();
    if let Some(voulus) = annuaire
        && let Some(ici) = annuaires.find(|annuaire| annuaire.id == voulus.id)
    {
        let voulu = geste.voulu.and_then(|rang| voulus.audits.get(rang));
        put(&mut ici.audits, geste.audit, voulu, merge_ads);
    }
    let mut perimetres = dossier.perimetres.iter_mut();
    if let Some(voulus) = perimetre
        && let Some(ici) = perimetres.find(|perimetre| perimetre.id == voulus.id)
    {
        let voulu = geste.voulu.and_then(|rang| voulus.audits.get(rang));
        put(&mut ici.audits, geste.audit, voulu, |ancien, voulu| {
            merge_exposure(ancien, voulu, programme)
        });
    }
    dossier
}

fn put<T: Clone>(
    audits: &mut Vec<T>,
    rang: Option<usize>,
    voulu: Option<&T>,
    merge: impl Fn(&T, &T) -> T,
) {
    match (rang, voulu) {
        (Some(rang), None) if rang < audits.len() => {
            audits.remove(rang);
        }
        (Some(rang), Some(voulu)) => {
            if let Some(audit) = audits.get_mut(rang) {
                *audit = merge(audit, voulu);
            }
        }
        (None, Some(voulu)) => audits.push(voulu.clone()),
        _ => {}
    }
}

/// A better score that was aimed at is kept.
fn merge_ads(ancien: &AuditAds, voulu: &AuditAds) -> AuditAds {
    AuditAds {
        date: voulu.date,
        score: ancien.score.max(voulu.score),
        rapport_disponible_le: ancien
            .rapport_disponible_le
            .filter(|jour| *jour >= voulu.date),
    }
}

/// Scores that were aimed at are kept where they block nothing.
fn merge_exposure(
    ancien: &AuditExposition,
    voulu: &AuditExposition,
    programme: &Programme,
) -> AuditExposition {
    let garde = AuditExposition {
        date: voulu.date,
        outil: voulu.outil,
        ..ancien.clone()
    };
    if holds(&garde, programme) {
        garde
    } else {
        voulu.clone()
    }
}

/// The dossier once the whole plan is accepted.
pub(crate) fn accept_all(plan: &Plan, dossier: &Dossier, programme: &Programme) -> Dossier {
    let mut dossier = dossier.clone();
    for rang in 0..plan.sujets.len() {
        // Each gesture leaves one fewer: the bound only guards against a slip.
        for _ in 0..100 {
            let cible = plan.appliquer(&dossier, programme);
            let gestes = gestures(plan, rang, (&dossier, &cible), programme);
            let Some(geste) = gestes.iter().find(|geste| !geste.fait) else {
                break;
            };
            dossier = accept(plan, geste, &dossier, programme);
        }
    }
    dossier
}

/// What a plan depends on: where this changes, it is out of date. As text: comparing dossiers weighs more in the browser.
pub(crate) fn ground(dossier: &Dossier, aujourdhui: NaiveDate) -> String {
    let mut fond = Dossier::vide();
    fond.phase.clone_from(&dossier.phase);
    fond.annuaires.clone_from(&dossier.annuaires);
    fond.perimetres.clone_from(&dossier.perimetres);
    for annuaire in &mut fond.annuaires {
        annuaire.audits.retain(|audit| audit.date <= aujourdhui);
    }
    for perimetre in &mut fond.perimetres {
        perimetre.audits.retain(|audit| audit.date <= aujourdhui);
    }
    fond.to_json()
}

#[cfg(test)]
mod tests;
