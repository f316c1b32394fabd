//! D1.O1.A: the directories, audited regularly.

use crate::cadre::{Cadre, Passage, Suite};
use crate::couverture::{self, Groupe};
use crate::dates::{jours_entre, plus_mois};
use crate::dossier::{Annuaire, Mode};
use crate::francais::{Compte, date, jours, phrase};
use crate::objectifs::audits_reguliers::{self, Ids, Serie};
use crate::prelude::*;
use crate::regles::{Regle, celle};
use crate::regularite::{Ecart, Rythme};
use crate::verdict::{Controle, Information, Lieu, Objectif, Verdict};
use chrono::NaiveDate;

/// The ids of its checks.
pub(crate) const IDS: Ids = Ids {
    premier: celle("D1.O1.A/premier-audit"),
    moyen: celle("D1.O1.A/intervalle-moyen"),
    maximum: celle("D1.O1.A/intervalle-max"),
};
const COUVERTURE: &Regle = celle("D1.O1.A/couverture");
const MODE: &Regle = celle("D1.O1.A/mode");

/// Said of everything that counts audits while S is unknown.
pub(crate) const SANS_DEBUT: &str =
    "Le début de la phase opérationnelle manque : sans lui, aucun audit ne peut être compté.";

pub(super) fn lieu(rang: usize) -> Lieu {
    Lieu {
        liste: "annuaires",
        rang,
        audit: None,
    }
}

/// The audits of a directory that count.
pub(crate) fn suite(cadre: &Cadre, debut: NaiveDate, annuaire: &Annuaire) -> Suite {
    let passages = annuaire
        .audits
        .iter()
        .enumerate()
        .map(|(rang, audit)| Passage {
            date: audit.date,
            rang,
        });
    Suite::new(cadre, debut, passages)
}

/// The rules of a directory's audits.
pub(crate) fn rythme<'a>(cadre: &'a Cadre<'a>, debut: NaiveDate) -> Rythme<'a> {
    Rythme {
        cadre,
        debut,
        max: cadre.programme.intervalle_max_annuaire_jours,
        exposition: false,
    }
}

/// D1.O1.A.
pub(crate) fn evaluer(cadre: &Cadre) -> Vec<Controle> {
    let groupe = Groupe::annuaires(cadre);
    let mut controles = Vec::with_capacity(2 + groupe.membres.len() * audits_reguliers::PAR_SUJET);
    controles.push(couverture::evaluer(COUVERTURE, cadre, &groupe));
    for (rang, annuaire) in cadre.dossier.annuaires.iter().enumerate() {
        annuaire_a(cadre, rang, annuaire, &mut controles);
    }
    if cadre.debut.is_none() {
        controles.push(sans_debut());
    }
    controles
}

/// Whatever the directories are, nothing is decided without S.
fn sans_debut() -> Controle {
    Controle::new(IDS.premier, None, Verdict::Incomplet, SANS_DEBUT.into())
        .manque(vec!["phase.debut".into()])
}

fn annuaire_a(cadre: &Cadre, rang: usize, annuaire: &Annuaire, controles: &mut Vec<Controle>) {
    let sujet = Some(annuaire.id.as_str());
    controles.push(mode(rang, annuaire));
    let max = cadre.programme.intervalle_max_annuaire_jours.is_some();
    match (annuaire.mode, cadre.debut) {
        (None, _) => {}
        (Some(Mode::Cloud | Mode::Aucun), _) => controles.extend(sans_objet(max, sujet)),
        (_, None) => controles.extend(audits_reguliers::incomplets(
            IDS,
            max,
            sujet,
            SANS_DEBUT,
            &["phase.debut".into()],
        )),
        (_, Some(debut)) => {
            let serie = Serie {
                rythme: rythme(cadre, debut),
                ids: IDS,
                liste: "annuaires",
                rang,
                sujet: &annuaire.id,
                suite: suite(cadre, debut, annuaire),
            };
            audits_reguliers::evaluer(&serie, controles);
        }
    }
}

fn sans_objet(max: bool, sujet: Option<&str>) -> Vec<Controle> {
    let mut controles = audits_reguliers::incomplets(
        IDS,
        max,
        sujet,
        "Sans objet : aucun outil n’audite cet annuaire.",
        &[],
    );
    for controle in &mut controles {
        controle.verdict = Verdict::SansObjet;
    }
    controles
}

fn mode(rang: usize, annuaire: &Annuaire) -> Controle {
    let sujet = Some(annuaire.id.as_str());
    let Some(mode) = annuaire.mode else {
        let phrase =
            "L’hébergement de l’annuaire manque : indiquez local, hybride, cloud ou aucun.";
        return Controle::new(MODE, sujet, Verdict::Incomplet, phrase.into())
            .manque(vec![lieu(rang).champ("mode")]);
    };
    let (verdict, phrase) = dire_mode(mode);
    Controle::new(MODE, sujet, verdict, phrase.into())
}

/// The verdict and the sentence of a mode.
pub(super) fn dire_mode(mode: Mode) -> (Verdict, &'static str) {
    match mode {
        Mode::Local => (
            Verdict::Atteint,
            "Annuaire local ou hébergé chez un tiers : audité par le service ADS.",
        ),
        Mode::Hybride => (
            Verdict::Atteint,
            "Annuaire hybride : la recopie locale est auditée par le service ADS.",
        ),
        Mode::Cloud => (
            Verdict::AConfirmer,
            "Annuaire entièrement dans le cloud (Entra ID) : ORADAD ne l’audite pas et ORADAZ n’est pas garanti pendant la \
             phase ; faites-vous connaître auprès de la direction de programme CaRE pour fixer les modalités.",
        ),
        Mode::Aucun => (
            Verdict::AConfirmer,
            "Pas d’annuaire : précisez à votre ARS l’architecture (postes, utilisateurs), l’infrastructure générale et les \
             remédiations prévues, et présentez votre situation au support ANS du programme (https://esante.gouv.fr/contact).",
        ),
    }
}

/// What is worth telling about directories and decides nothing.
pub(crate) fn informer(cadre: &Cadre, informations: &mut Vec<Information>) {
    for annuaire in &cadre.dossier.annuaires {
        let Some(debut) = cadre.debut else { continue };
        if matches!(annuaire.mode, Some(Mode::Local | Mode::Hybride)) {
            informations.extend(long_ecart(cadre, debut, annuaire));
            informations.extend(hors_phase(
                cadre,
                annuaire.audits.iter().map(|audit| audit.date),
                Objectif::O1A,
                &annuaire.id,
            ));
        }
    }
    for annuaire in &cadre.dossier.annuaires {
        informations.extend(rapports(cadre, annuaire));
    }
}

/// A gap over the exposure maximum, where the Q&A gives directories none (§5).
fn long_ecart(cadre: &Cadre, debut: NaiveDate, annuaire: &Annuaire) -> Option<Information> {
    if cadre.programme.intervalle_max_annuaire_jours.is_some() {
        return None;
    }
    let max = cadre.programme.intervalle_max_exposition_jours;
    let suite = suite(cadre, debut, annuaire);
    let (_, Ecart::Entre(avant, apres)) = rythme(cadre, debut).maximum(suite.tous(), max) else {
        return None;
    };
    let ecart = jours_entre(avant, apres);
    (ecart > max).then(|| Information {
        objectif: Some(Objectif::O1A),
        sujet: Some(annuaire.id.clone()),
        texte: phrase![
            jours(ecart), " entre les audits du ", avant, " et du ", apres,
            " : la foire aux questions ne fixe pas de maximum pour les annuaires ; vérifiez dans le guide."
        ],
        sources: &["3.1", "3.9"],
    })
}

/// Audits that do not count because they fall outside the phase.
pub(crate) fn hors_phase(
    cadre: &Cadre,
    dates: impl Iterator<Item = NaiveDate>,
    objectif: Objectif,
    sujet: &str,
) -> Option<Information> {
    let debut = cadre.debut?;
    let dehors = dates
        .filter(|date| *date < debut || *date > cadre.fin)
        .count();
    (dehors > 0).then(|| Information {
        objectif: Some(objectif),
        sujet: Some(sujet.into()),
        texte: phrase![
            Compte(
                i64::try_from(dehors).unwrap_or(0),
                "audit ne compte",
                "audits ne comptent"
            ),
            " pas\u{a0}: hors de la phase opérationnelle, du ",
            debut,
            " au ",
            cadre.fin,
            "."
        ],
        sources: &["1.6", "3.1"],
    })
}

/// Until when each report of a directory can be downloaded (Q3.1).
fn rapports(cadre: &Cadre, annuaire: &Annuaire) -> Option<Information> {
    let mut texte = String::new();
    let rapports = annuaire.audits.iter();
    for disponible in rapports.filter_map(|audit| audit.rapport_disponible_le) {
        if disponible > cadre.aujourdhui {
            continue;
        }
        let dernier = plus_mois(
            disponible,
            cadre.programme.rapport_oradad_disponibilite_mois,
        );
        texte.push_str(if texte.is_empty() {
            "Rapport mis à disposition le "
        } else {
            "\u{202f}; celui du "
        });
        texte.push_str(&date(disponible));
        texte.push_str(if dernier < cadre.aujourdhui {
            ", qui était téléchargeable jusqu’au "
        } else {
            ", à télécharger au plus tard le "
        });
        texte.push_str(&date(dernier));
    }
    if texte.is_empty() {
        return None;
    }
    texte.push('.');
    Some(Information {
        objectif: Some(Objectif::O1A),
        sujet: Some(annuaire.id.clone()),
        texte,
        sources: &["3.1"],
    })
}
