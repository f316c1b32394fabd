//! The dates to come: the next audit of each directory and perimeter, the other deadlines, the days of declaration.

use crate::dates::long_date;
use crate::noms::subject_name;
use crate::prelude::*;
use crate::view::{self, Contexte};
use calc_core::{
    Echeance, FenetreDeclaration, Objectif, Outil, ProchainAudit, Programme, audits_necessaires,
    regles,
};
use chrono::NaiveDate;

/// The next audit of a directory or perimeter.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Prochain {
    /// Its name.
    pub(crate) sujet: String,
    /// The last one done.
    pub(crate) dernier: String,
    /// The last day for the next one, and how far it is.
    pub(crate) limite: String,
    /// The rule that sets it, and its address.
    pub(crate) regle: (&'static str, String),
    /// The next one planned.
    pub(crate) prevu: String,
    /// How many are still needed.
    pub(crate) restants: String,
}

/// By the day that binds; last those that none binds.
pub(crate) fn soonest_first(prochains: Vec<ProchainAudit>) -> Vec<ProchainAudit> {
    let mut ranges: Vec<ProchainAudit> = Vec::with_capacity(prochains.len());
    for prochain in prochains {
        let jour = prochain.contrainte().map(|(jour, _)| jour);
        let apres = |autre: &ProchainAudit| {
            let autre = autre.contrainte().map(|(autre, _)| autre);
            jour.is_some_and(|jour| autre.is_none_or(|autre| jour < autre))
        };
        let place = ranges.iter().position(apres).unwrap_or(ranges.len());
        ranges.insert(place, prochain);
    }
    ranges
}

pub(crate) fn next_audit(
    prochain: &ProchainAudit,
    jour: NaiveDate,
    programme: &Programme,
    contexte: &Contexte,
) -> Prochain {
    let prevus = planned(prochain, jour, programme, contexte);
    let code = prochain.objectif.code();
    let restants = audits_necessaires(contexte.dossier, programme, jour, prochain);
    // Those that the level needs are industrial ones.
    let pour_le_niveau = restants > prochain.restants;
    let comptent = prevus
        .iter()
        .filter(|(_, niveau)| *niveau || !pour_le_niveau);
    let fin = declaration(programme, contexte);
    // No day binds an audit that is not needed, and no rule binds past E.
    let contrainte = prochain
        .contrainte()
        .filter(|(date, _)| restants > 0 && *date <= fin);
    let id = contrainte.map_or_else(String::new, |(_, suite)| [code, "/", suite].concat());
    let regle = regles().iter().find(|regle| regle.id == id);
    Prochain {
        sujet: subject_name(&prochain.sujet, prochain.objectif, contexte.dossier),
        dernier: prochain.dernier.map_or_else(|| "aucun".into(), long_date),
        limite: match contrainte {
            Some((date, _)) => [&long_date(date), ", ", &distance(date, jour)].concat(),
            None if restants > 0 => [&long_date(fin), ", à la déclaration"].concat(),
            None => "aucun n’est nécessaire".into(),
        },
        regle: regle.map_or(("", String::new()), |regle| {
            (regle.titre, view::rule_href(regle.id))
        }),
        prevu: prevus
            .iter()
            .map(|(date, _)| *date)
            .min()
            .map_or_else(|| "aucun".into(), long_date),
        restants: still_needed(restants, comptent.count()),
    }
}

/// How many audits are still to be done, and whether they are planned.
pub(crate) fn still_needed(restants: i64, prevus: usize) -> String {
    let nombre = restants.to_string();
    let dits = match i64::try_from(prevus).unwrap_or(i64::MAX) {
        _ if restants <= 0 => return nombre,
        0 if restants == 1 => ", pas prévu".into(),
        0 => ", aucun prévu".into(),
        _ if restants == 1 => ", prévu".into(),
        prevus if prevus >= restants => ", tous prévus".into(),
        1 => ", dont 1\u{a0}prévu".into(),
        prevus => [", dont ", &prevus.to_string(), "\u{a0}prévus"].concat(),
    };
    [nombre, dits].concat()
}

/// The audits of the same subject that count, after today and within the phase; whether each may serve the level.
fn planned(
    prochain: &ProchainAudit,
    jour: NaiveDate,
    programme: &Programme,
    contexte: &Contexte,
) -> Vec<(NaiveDate, bool)> {
    let dossier = contexte.dossier;
    let mut dates: Vec<(NaiveDate, bool)> = Vec::new();
    if prochain.objectif == Objectif::O1A {
        let mut annuaires = dossier.annuaires.iter();
        let sujet = annuaires.find(|sujet| sujet.id == prochain.sujet);
        let audits = sujet.iter().flat_map(|sujet| &sujet.audits);
        dates.extend(audits.map(|audit| (audit.date, true)));
    } else {
        let mut perimetres = dossier.perimetres.iter();
        let sujet = perimetres.find(|sujet| sujet.id == prochain.sujet);
        let audits = sujet.iter().flat_map(|sujet| &sujet.audits);
        let comptent = audits.filter(|audit| audit.outil != Some(Outil::Cybersurveillance));
        dates.extend(comptent.map(|audit| (audit.date, audit.outil == Some(Outil::Industriel))));
    }
    let fin = declaration(programme, contexte);
    dates.retain(|(date, _)| *date > jour && *date <= fin);
    dates
}

/// E.
fn declaration(programme: &Programme, contexte: &Contexte) -> NaiveDate {
    let phase = contexte.dossier.phase.as_ref();
    let fin = phase.and_then(|phase| phase.declaration);
    fin.unwrap_or(programme.declaration_limite)
}

/// « dans 12 jours », « aujourd’hui », « dépassé de 3 jours ».
pub(crate) fn distance(date: NaiveDate, jour: NaiveDate) -> String {
    match calc_core::jours_entre(jour, date) {
        0 => "aujourd’hui".into(),
        reste if reste > 0 => ["dans\u{a0}", &days(reste)].concat(),
        reste => ["dépassé de ", &days(-reste)].concat(),
    }
}

fn days(nombre: i64) -> String {
    let jours = if nombre == 1 {
        "\u{a0}jour"
    } else {
        "\u{a0}jours"
    };
    [&nombre.to_string(), jours].concat()
}

/// The dates to come that are not those of the next audits: one line for those of one subject that share their name,
/// then one for the subjects that share the line.
pub(crate) fn other_dates(
    echeancier: &[Echeance],
    jour: NaiveDate,
    contexte: &Contexte,
) -> Vec<(String, String)> {
    let mut series: Vec<(&Echeance, String)> = Vec::new();
    for echeance in echeancier {
        let audit = ["Prochain audit", "Premier audit"];
        if echeance.jours_restants < 0 || audit.iter().any(|a| echeance.libelle.starts_with(a)) {
            continue;
        }
        let mut meme = series.iter_mut().filter(|(autre, _)| {
            (autre.libelle, &autre.sujet) == (echeance.libelle, &echeance.sujet)
        });
        match meme.next() {
            Some((_, quand)) => quand.extend([", puis le ", &*long_date(echeance.date)]),
            None => series.push((echeance, when(echeance, jour))),
        }
    }
    let mut lignes: Vec<(&str, Vec<String>, String)> = Vec::new();
    for (echeance, quand) in series {
        let nom = echeance.sujet.as_deref();
        let nom = nom.map(|id| subject_name(id, echeance.objectif, contexte.dossier));
        let mut meme = lignes.iter_mut();
        match meme.find(|(libelle, _, autre)| *libelle == echeance.libelle && *autre == quand) {
            Some((_, noms, _)) => noms.extend(nom),
            None => lignes.push((echeance.libelle, nom.into_iter().collect(), quand)),
        }
    }
    lignes
        .into_iter()
        .map(|(libelle, noms, quand)| (with_names(libelle, &noms), quand))
        .collect()
}

fn with_names(libelle: &str, noms: &[String]) -> String {
    if noms.is_empty() {
        return libelle.into();
    }
    [libelle, " (", &noms.join(", "), ")"].concat()
}

/// « jusqu’au 4 décembre 2026, dans 8 jours », « du 15 janvier 2027, dans 50 jours, au 15 mars 2027 », « 31 mars 2027,
/// dans 125 jours ».
fn when(echeance: &Echeance, jour: NaiveDate) -> String {
    let (date, reste) = (long_date(echeance.date), distance(echeance.date, jour));
    match echeance.debut {
        Some(debut) if debut > jour => {
            let attente = distance(debut, jour);
            ["du ", &long_date(debut), ", ", &attente, ", au ", &date].concat()
        }
        Some(_) => ["jusqu’au ", &date, ", ", &reste].concat(),
        None => [&date, ", ", &*reste].concat(),
    }
}

pub(crate) fn window(fenetre: &FenetreDeclaration) -> (&'static str, String) {
    let jours: Vec<String> = fenetre
        .intervalles
        .iter()
        .map(|(debut, fin)| {
            if debut == fin {
                ["le ", &long_date(*debut)].concat()
            } else {
                ["du ", &long_date(*debut), " au ", &long_date(*fin)].concat()
            }
        })
        .collect();
    let texte = if jours.is_empty() {
        "aucun jour".into()
    } else {
        jours.join("\u{a0}; ")
    };
    (fenetre.objectif.code(), texte)
}
