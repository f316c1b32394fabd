//! D1.O3: a crisis exercise for every entity, and its proof (§8, Q3.18 to Q3.23).

use crate::cadre::Cadre;
use crate::dossier::{Entite, Exemption, Exercice, Organisateur, Preuve};
use crate::francais::phrase;
use crate::prelude::*;
use crate::regles::{Regle, celle};
use crate::verdict::{Controle, Fait, Information, Lieu, Objectif, Valeur, Verdict};
use chrono::NaiveDate;

const EXERCICE: &Regle = celle("D1.O3/exercice");
const PREUVE: &Regle = celle("D1.O3/preuve");

fn lieu(rang: usize) -> Lieu {
    Lieu {
        liste: "exercices",
        rang,
        audit: None,
    }
}

/// D1.O3: two checks for each entity.
pub(crate) fn evaluer(cadre: &Cadre) -> Vec<Controle> {
    if cadre.dossier.entites.is_empty() {
        let phrase = "Aucune entité n’est décrite : ajoutez les entités du candidat.";
        return vec![
            Controle::new(EXERCICE, None, Verdict::Incomplet, phrase.into())
                .manque(vec!["entites".into()]),
        ];
    }
    cadre
        .dossier
        .entites
        .iter()
        .flat_map(|entite| controles(cadre, entite))
        .collect()
}

fn controles(cadre: &Cadre, entite: &Entite) -> Vec<Controle> {
    let Some((rang, exercice)) = meilleur(cadre, entite) else {
        return vec![sans_exercice(cadre, entite)];
    };
    if let Some(autre) = autrement(cadre, entite, sert(cadre, exercice)) {
        return vec![autre];
    }
    vec![
        tenu(cadre, entite, rang, exercice),
        preuve(cadre, entite, rang, exercice),
    ]
}

/// What an exercise comes to: held, and proven.
fn sert(cadre: &Cadre, exercice: &Exercice) -> Verdict {
    cadre
        .tient_des(exercice.date)
        .max(verdict_preuve(cadre, exercice))
}

/// What still serves an entity whose best exercise is not proven: an agreed exemption, or what is not wholly described.
fn autrement(cadre: &Cadre, entite: &Entite, sert: Verdict) -> Option<Controle> {
    if sert < Verdict::Incomplet {
        return None;
    }
    exemptee(cadre, entite).or_else(|| {
        let inconnus = champs_inconnus(cadre, entite);
        (sert > Verdict::Incomplet && !inconnus.is_empty()).then(|| inconnu(entite, inconnus))
    })
}

/// The exercises that list the entity, in the period that counts, both ends included.
fn exercices<'a>(
    cadre: &Cadre<'a>,
    entite: &'a Entite,
) -> impl Iterator<Item = (usize, &'a Exercice)> {
    dans_la_periode(cadre).filter(|(_, exercice)| exercice.entites.contains(&entite.id))
}

fn dans_la_periode<'a>(cadre: &Cadre<'a>) -> impl Iterator<Item = (usize, &'a Exercice)> + use<'a> {
    let (debut, fin) = (cadre.programme.exercice_debut, cadre.fin);
    let exercices = cadre.dossier.exercices.as_deref().unwrap_or(&[]);
    let exercices = exercices.iter().enumerate();
    exercices.filter(move |(_, exercice)| debut <= exercice.date && exercice.date <= fin)
}

/// Whether an exercise counts for its entities: several need their managements and one information system (Q3.23).
/// `None` where that is not told.
fn compte(exercice: &Exercice) -> Option<bool> {
    if exercice.entites.len() < 2 {
        return Some(true);
    }
    match (exercice.directions_impliquees, exercice.si_unique) {
        (Some(true), Some(true)) => Some(true),
        (Some(false), _) | (_, Some(false)) => Some(false),
        _ => None,
    }
}

/// The exercise that serves the entity best: the best of worst verdicts, then the earliest.
fn meilleur<'a>(cadre: &Cadre<'a>, entite: &'a Entite) -> Option<(usize, &'a Exercice)> {
    let comptent = exercices(cadre, entite).filter(|(_, exercice)| compte(exercice) == Some(true));
    comptent.min_by_key(|(rang, exercice)| (sert(cadre, exercice), exercice.date, *rang))
}

fn fait(rang: usize, exercice: &Exercice) -> Fait {
    Fait {
        lieu: lieu(rang),
        date: exercice.date,
        valeur: None,
    }
}

fn tenu(cadre: &Cadre, entite: &Entite, rang: usize, exercice: &Exercice) -> Controle {
    let verdict = cadre.tient_des(exercice.date);
    let quand = if verdict == Verdict::Atteint {
        "Exercice du "
    } else {
        "Exercice prévu le "
    };
    let comment = if exercice.entites.len() > 1 {
        ", commun à plusieurs entités au SI unique, directions impliquées."
    } else {
        "."
    };
    Controle::new(
        EXERCICE,
        Some(&entite.id),
        verdict,
        phrase![quand, exercice.date, comment],
    )
    .constat(Valeur::Date(exercice.date))
    .faits(vec![fait(rang, exercice)])
}

/// The verdict of the proof of one exercise.
fn verdict_preuve(cadre: &Cadre, exercice: &Exercice) -> Verdict {
    let tient = cadre.tient_des(exercice.date);
    let verdict = match (exercice.preuve, exercice.organisateur) {
        (Some(Preuve::Attestation), _) | (Some(Preuve::Retex), Some(Organisateur::Interne)) => {
            tient
        }
        (Some(Preuve::Retex), Some(_)) => Verdict::AConfirmer,
        (Some(Preuve::Facture), _) => Verdict::NonAtteint,
        (None, _) if tient == Verdict::Prevu => Verdict::Prevu,
        (None, _) | (Some(Preuve::Retex), None) => Verdict::Incomplet,
    };
    cadre.conclure(verdict, tient)
}

fn preuve(cadre: &Cadre, entite: &Entite, rang: usize, exercice: &Exercice) -> Controle {
    let verdict = verdict_preuve(cadre, exercice);
    let champ = match (exercice.preuve, verdict) {
        (None, Verdict::Incomplet) => Some("preuve"),
        (Some(_), Verdict::Incomplet) => Some("organisateur"),
        _ => None,
    };
    Controle::new(
        PREUVE,
        Some(&entite.id),
        verdict,
        dire_preuve(exercice, verdict).into(),
    )
    .faits(vec![fait(rang, exercice)])
    .manque(
        champ
            .into_iter()
            .map(|champ| lieu(rang).champ(champ))
            .collect(),
    )
}

fn dire_preuve(exercice: &Exercice, verdict: Verdict) -> &'static str {
    match (exercice.preuve, verdict) {
        (Some(Preuve::Attestation), _) => {
            "Attestation du prestataire, de l’ARS ou du GRADeS, avec la date et les établissements concernés."
        }
        (Some(Preuve::Retex), Verdict::AConfirmer) => {
            "RETEX d’un exercice organisé par un tiers : la question 3.20 l’admet pour un exercice interne, la question 3.21 \
             demande une attestation ; demandez-la au prestataire, à l’ARS ou au GRADeS, ou confirmez auprès du support CaRE."
        }
        (Some(Preuve::Retex), Verdict::Incomplet) => {
            "RETEX d’un exercice dont l’organisateur manque : indiquez qui l’a mené."
        }
        (Some(Preuve::Retex), _) => "RETEX d’un exercice mené en interne : suffit.",
        (Some(Preuve::Facture), Verdict::Perdu) => {
            "Une facture ne prouve pas l’exercice : ne peut plus être rattrapé."
        }
        (Some(Preuve::Facture), _) => {
            "Une facture ne prouve pas l’exercice : demandez une attestation avec la date et les établissements concernés."
        }
        (None, Verdict::Prevu) => {
            "Preuve à réunir après l’exercice : RETEX s’il est interne, sinon attestation."
        }
        (None, _) => {
            "La preuve de l’exercice manque : RETEX s’il est interne, sinon attestation du prestataire, de l’ARS ou du GRADeS."
        }
    }
}

/// What is left to an entity that no exercise serves for sure.
fn sans_exercice(cadre: &Cadre, entite: &Entite) -> Controle {
    if let Some(exemptee) = exemptee(cadre, entite) {
        return exemptee;
    }
    let inconnus = champs_inconnus(cadre, entite);
    if !inconnus.is_empty() {
        return inconnu(entite, inconnus);
    }
    match exemption(cadre, entite) {
        Some((rang, exemption, date)) => a_confirmer(entite, rang, exemption, date),
        None => aucun(cadre, entite),
    }
}

/// The exemption of an attack in the period that counts, an agreed one first.
fn exemption<'a>(cadre: &Cadre<'a>, entite: &Entite) -> Option<(usize, &'a Exemption, NaiveDate)> {
    let dans = |date: &NaiveDate| cadre.programme.exercice_debut <= *date && *date <= cadre.fin;
    let siennes = cadre
        .dossier
        .exemptions
        .iter()
        .enumerate()
        .filter(|(_, exemption)| exemption.entite == entite.id);
    siennes
        .filter_map(|(rang, exemption)| {
            Some((rang, exemption, exemption.date_attaque.filter(dans)?))
        })
        .min_by_key(|(rang, exemption, date)| (!accordee(exemption), *date, *rang))
}

fn accordee(exemption: &Exemption) -> bool {
    exemption.accord_care == Some(true) && exemption.retex == Some(true)
}

/// The check of an entity whose attack has been judged enough.
fn exemptee(cadre: &Cadre, entite: &Entite) -> Option<Controle> {
    let (_, accord, date) = exemption(cadre, entite)?;
    if !accordee(accord) {
        return None;
    }
    let phrase = phrase![
        "Exemptée après la cyberattaque du ",
        date,
        " : accord de l’équipe CaRE et RETEX de l’attaque."
    ];
    let verdict = cadre.tient_des(date);
    let controle = Controle::new(EXERCICE, Some(&entite.id), verdict, phrase);
    Some(controle.constat(Valeur::Date(date)))
}

fn inconnu(entite: &Entite, champs: Vec<String>) -> Controle {
    let phrase =
        "On ne sait pas encore si un exercice couvre cette entité : complétez les champs signalés.";
    let sujet = Some(entite.id.as_str());
    Controle::new(EXERCICE, sujet, Verdict::Incomplet, phrase.into()).manque(champs)
}

/// The fields without which nothing can be said of the entity.
fn champs_inconnus(cadre: &Cadre, entite: &Entite) -> Vec<String> {
    let mut champs = Vec::new();
    if cadre.dossier.exercices.is_none() {
        champs.push("exercices".into());
    }
    for (rang, exercice) in
        exercices(cadre, entite).filter(|(_, exercice)| compte(exercice).is_none())
    {
        let manque = [
            ("directions_impliquees", exercice.directions_impliquees),
            ("si_unique", exercice.si_unique),
        ];
        champs.extend(
            manque
                .iter()
                .filter(|(_, valeur)| valeur.is_none())
                .map(|(champ, _)| lieu(rang).champ(champ)),
        );
    }
    for (rang, exercice) in dans_la_periode(cadre) {
        if exercice.entites.is_empty() {
            champs.push(lieu(rang).champ("entites"));
        }
    }
    for (rang, exemption) in cadre.dossier.exemptions.iter().enumerate() {
        if exemption.entite == entite.id && exemption.date_attaque.is_none() {
            champs.push(
                Lieu {
                    liste: "exemptions",
                    rang,
                    audit: None,
                }
                .champ("date_attaque"),
            );
        }
    }
    champs
}

fn a_confirmer(entite: &Entite, rang: usize, exemption: &Exemption, date: NaiveDate) -> Controle {
    let phrase = phrase![
        "Cyberattaque du ",
        date,
        " : l’exemption n’est pas automatique (question 3.22) ; présentez l’incident au support CaRE, \
         expliquez l’absence d’exercice, obtenez son accord et fournissez un RETEX de l’attaque, ou réalisez un exercice."
    ];
    let lieu = Lieu {
        liste: "exemptions",
        rang,
        audit: None,
    };
    let champs = [
        ("accord_care", exemption.accord_care),
        ("retex", exemption.retex),
    ];
    let manque = champs
        .iter()
        .filter(|(_, valeur)| valeur.is_none())
        .map(|(champ, _)| lieu.champ(champ))
        .collect();
    Controle::new(EXERCICE, Some(&entite.id), Verdict::AConfirmer, phrase).manque(manque)
}

fn aucun(cadre: &Cadre, entite: &Entite) -> Controle {
    let verdict = cadre.conclure(Verdict::NonAtteint, Verdict::NonAtteint);
    let (debut, fin) = (cadre.programme.exercice_debut, cadre.fin);
    let commun = exercices(cadre, entite).next().is_some();
    let remede = cadre.avant_la_fin();
    let (suite, remede) = match (verdict, commun) {
        (Verdict::Perdu, _) => (" : ne peut plus être rattrapé", ""),
        (_, true) => (
            " : l’exercice commun ne compte que si toutes les directions ont été impliquées et si le SI est unique ; réalisez-en un pour cette entité ",
            remede.as_str(),
        ),
        _ => (" : réalisez-en un ", remede.as_str()),
    };
    let phrase = phrase![
        "Aucun exercice retenu entre le ",
        debut,
        " et le ",
        fin,
        suite,
        remede,
        "."
    ];
    Controle::new(EXERCICE, Some(&entite.id), verdict, phrase)
}

/// An agreed exemption beside an exercise that is planned, or whose proof is in doubt: told, since it decides nothing.
fn exemptee_aussi(cadre: &Cadre, entite: &Entite) -> Option<Information> {
    let (_, exercice) = meilleur(cadre, entite)?;
    let attend = matches!(sert(cadre, exercice), Verdict::Prevu | Verdict::AConfirmer);
    let controle = exemptee(cadre, entite).filter(|_| attend)?;
    Some(Information {
        objectif: Some(Objectif::O3),
        sujet: controle.sujet,
        texte: controle.explication,
        sources: &["3.22"],
    })
}

/// Exercises are a yearly duty besides (Q3.19).
pub(crate) fn informer(cadre: &Cadre, informations: &mut Vec<Information>) {
    if cadre.dossier.entites.is_empty() {
        return;
    }
    let entites = cadre.dossier.entites.iter();
    informations.extend(entites.filter_map(|entite| exemptee_aussi(cadre, entite)));
    informations.push(Information {
        objectif: Some(Objectif::O3),
        sujet: None,
        texte: "Au-delà de l’objectif, les exercices de crise sont à inscrire dans une démarche annuelle.".into(),
        sources: &["3.19"],
    });
}
