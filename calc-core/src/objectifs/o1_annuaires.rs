//! D1.O1: the directories, audited regularly (A) and secure enough (B).

use crate::cadre::{Cadre, Passage, Suite, fait};
use crate::couverture::{self, Groupe};
use crate::dates::jours_entre;
use crate::dossier::{Annuaire, Mode};
use crate::francais::{Compte, jours, phrase};
use crate::objectifs::audits_reguliers::{self, Ids, Serie};
use crate::part_activite;
use crate::regularite::{Ecart, Rythme};
use crate::verdict::{Controle, Information, Lieu, Marge, Objectif, Unite, Valeur, Verdict};
use chrono::NaiveDate;

const IDS: Ids = Ids {
    premier: "D1.O1.A/premier-audit",
    moyen: "D1.O1.A/intervalle-moyen",
    maximum: "D1.O1.A/intervalle-max",
};
const MODE: &str = "D1.O1.A/mode";
const SCORES: &str = "D1.O1.B/deux-derniers-scores";
const PART: &str = "D1.O1.B/part-activite";

/// Said of everything that counts audits while S is unknown.
pub(crate) const SANS_DEBUT: &str =
    "Le début de la phase opérationnelle manque : sans lui, aucun audit ne peut être compté.";

fn lieu(rang: usize) -> Lieu {
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
pub(crate) fn evaluer_a(cadre: &Cadre) -> Vec<Controle> {
    let groupe = Groupe::annuaires(cadre);
    let mut controles = vec![couverture::evaluer("D1.O1.A/couverture", cadre, &groupe)];
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
            controles.extend(audits_reguliers::evaluer(&serie));
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

fn dire_mode(mode: Mode) -> (Verdict, &'static str) {
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

/// D1.O1.B: the share first, since it alone decides, then the directories.
pub(crate) fn evaluer_b(cadre: &Cadre) -> Vec<Controle> {
    let Some(debut) = cadre.debut else {
        let controle = Controle::new(PART, None, Verdict::Incomplet, SANS_DEBUT.into());
        return vec![controle.manque(vec!["phase.debut".into()])];
    };
    let groupe = Groupe::annuaires(cadre);
    let (mut complets, mut a_ce_jour, mut controles) = (Vec::new(), Vec::new(), Vec::new());
    for (rang, annuaire) in cadre.dossier.annuaires.iter().enumerate() {
        let suite = suite(cadre, debut, annuaire);
        complets.push(niveau(cadre, annuaire, suite.tous()));
        a_ce_jour.push(niveau(cadre, annuaire, suite.a_ce_jour()));
        controles.push(scores(cadre, rang, annuaire, &suite));
    }
    let part = part_activite::evaluer(PART, cadre, &groupe, (&complets, &a_ce_jour), &controles);
    controles.insert(0, part);
    controles
}

/// What `…/deux-derniers-scores` gives on these audits.
pub(crate) fn niveau(cadre: &Cadre, annuaire: &Annuaire, passages: &[Passage]) -> Verdict {
    match annuaire.mode {
        None => return Verdict::Incomplet,
        Some(Mode::Cloud | Mode::Aucun) => return Verdict::AConfirmer,
        Some(Mode::Local | Mode::Hybride) => {}
    }
    let derniers = derniers(cadre, passages);
    let faible = |passage: &Passage| {
        score(annuaire, *passage).is_some_and(|score| score < cadre.programme.score_ads_min)
    };
    if derniers.len() < cadre.programme.audits_ads_successifs || derniers.iter().any(faible) {
        return Verdict::NonAtteint;
    }
    let inconnu = derniers
        .iter()
        .any(|passage| score(annuaire, *passage).is_none());
    if inconnu {
        Verdict::Incomplet
    } else {
        Verdict::Atteint
    }
}

/// The last audits whose level counts: two (Q3.6).
fn derniers<'a>(cadre: &Cadre, passages: &'a [Passage]) -> &'a [Passage] {
    let debut = passages
        .len()
        .saturating_sub(cadre.programme.audits_ads_successifs);
    passages.get(debut..).unwrap_or(&[])
}

fn score(annuaire: &Annuaire, passage: Passage) -> Option<u8> {
    annuaire
        .audits
        .get(passage.rang)?
        .score
        .map(|score| score.0)
}

fn scores(cadre: &Cadre, rang: usize, annuaire: &Annuaire, suite: &Suite) -> Controle {
    let sujet = Some(annuaire.id.as_str());
    let complet = niveau(cadre, annuaire, suite.tous());
    let verdict = cadre.conclure(complet, niveau(cadre, annuaire, suite.a_ce_jour()));
    match annuaire.mode {
        None => {
            let phrase =
                "L’hébergement de l’annuaire manque : indiquez local, hybride, cloud ou aucun.";
            return Controle::new(SCORES, sujet, verdict, phrase.into())
                .manque(vec![lieu(rang).champ("mode")]);
        }
        Some(mode @ (Mode::Cloud | Mode::Aucun)) => {
            return Controle::new(SCORES, sujet, verdict, dire_mode(mode).1.into());
        }
        Some(Mode::Local | Mode::Hybride) => {}
    }
    let derniers = derniers(cadre, suite.tous());
    let mut controle = Controle::new(
        SCORES,
        sujet,
        verdict,
        dire_scores(cadre, annuaire, verdict, derniers),
    )
    .seuil(Valeur::Nombre(i64::from(cadre.programme.score_ads_min)))
    .faits(
        derniers
            .iter()
            .map(|passage| fait_score(annuaire, rang, *passage))
            .collect(),
    );
    if let Some(pire) = derniers
        .iter()
        .filter_map(|passage| score(annuaire, *passage))
        .min()
    {
        let ecart = i64::from(pire) - i64::from(cadre.programme.score_ads_min);
        controle = controle
            .constat(Valeur::Nombre(i64::from(pire)))
            .marge(Marge {
                centiemes: ecart * 100,
                unite: Unite::Points,
            });
    }
    if verdict == Verdict::Incomplet {
        controle.manque(sans_score(annuaire, rang, derniers))
    } else {
        controle
    }
}

fn fait_score(annuaire: &Annuaire, rang: usize, passage: Passage) -> crate::verdict::Fait {
    fait(
        "annuaires",
        rang,
        passage,
        score(annuaire, passage).map(|score| Valeur::Nombre(i64::from(score))),
    )
}

fn sans_score(annuaire: &Annuaire, rang: usize, derniers: &[Passage]) -> Vec<String> {
    let inconnus = derniers
        .iter()
        .filter(|passage| score(annuaire, **passage).is_none());
    inconnus
        .map(|passage| {
            Lieu {
                audit: Some(passage.rang),
                ..lieu(rang)
            }
            .champ("score")
        })
        .collect()
}

fn dire_scores(
    cadre: &Cadre,
    annuaire: &Annuaire,
    verdict: Verdict,
    derniers: &[Passage],
) -> String {
    let voulus = i64::try_from(cadre.programme.audits_ads_successifs).unwrap_or(0);
    let min = i64::from(cadre.programme.score_ads_min);
    let lus = dire_derniers(annuaire, derniers);
    match verdict {
        Verdict::Atteint | Verdict::Prevu => {
            phrase!["Derniers audits : ", lus, " ; au moins ", min, " demandé."]
        }
        Verdict::Incomplet => phrase![
            "Derniers audits : ",
            lus,
            " ; indiquez le score qui manque (celui visé pour un audit prévu)."
        ],
        Verdict::NonAtteint => phrase![
            introduction(&lus),
            Compte(voulus, "dernier audit", "derniers audits"),
            " de score ",
            min,
            " ou plus demandés : il faut encore ",
            Compte(
                voulus - suite_de_bons(cadre, annuaire, derniers),
                "audit",
                "audits"
            ),
            " à ce niveau avant le ",
            cadre.fin,
            "."
        ],
        _ => phrase![
            introduction(&lus),
            min,
            " ou plus demandé aux ",
            voulus,
            " derniers : ne peut plus être rattrapé."
        ],
    }
}

fn introduction(lus: &str) -> String {
    if lus.is_empty() {
        "Aucun audit dans la phase ; ".into()
    } else {
        phrase!["Derniers audits : ", lus, " ; "]
    }
}

fn dire_derniers(annuaire: &Annuaire, derniers: &[Passage]) -> String {
    let mut sortie = String::new();
    for passage in derniers {
        let separateur = if sortie.is_empty() { "" } else { ", " };
        sortie = phrase![sortie, separateur];
        sortie = if let Some(score) = score(annuaire, *passage) {
            phrase![sortie, "score ", i64::from(score), " le ", passage.date]
        } else {
            phrase![sortie, "sans score le ", passage.date]
        };
    }
    sortie
}

/// The fewest further audits at the level that D1.O1.B needs.
pub(crate) fn audits_manquants(cadre: &Cadre, annuaire: &Annuaire, passages: &[Passage]) -> i64 {
    let voulus = i64::try_from(cadre.programme.audits_ads_successifs).unwrap_or(0);
    voulus - suite_de_bons(cadre, annuaire, derniers(cadre, passages))
}

/// How many of the last audits, from the end, already have the level: further ones only need to make up the rest.
fn suite_de_bons(cadre: &Cadre, annuaire: &Annuaire, derniers: &[Passage]) -> i64 {
    let bon = |passage: &&Passage| {
        score(annuaire, **passage).is_some_and(|score| score >= cadre.programme.score_ads_min)
    };
    i64::try_from(derniers.iter().rev().take_while(bon).count()).unwrap_or(0)
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
        informations.extend(
            annuaire
                .audits
                .iter()
                .filter_map(|audit| rapport(cadre, annuaire, audit.rapport_disponible_le?)),
        );
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
                "audit est",
                "audits sont"
            ),
            " hors de la phase opérationnelle (du ",
            debut,
            " au ",
            cadre.fin,
            ") et ne comptent pas."
        ],
        sources: &["1.6", "3.1"],
    })
}

/// Until when a report can be downloaded (Q3.1).
fn rapport(cadre: &Cadre, annuaire: &Annuaire, disponible: NaiveDate) -> Option<Information> {
    let dernier = crate::dates::plus_mois(
        disponible,
        cadre.programme.rapport_oradad_disponibilite_mois,
    );
    if disponible > cadre.aujourdhui {
        return None;
    }
    let texte = if dernier < cadre.aujourdhui {
        phrase![
            "Le rapport mis à disposition le ",
            disponible,
            " n’est plus téléchargeable : le dernier jour était le ",
            dernier,
            "."
        ]
    } else {
        phrase![
            "Téléchargez le rapport mis à disposition le ",
            disponible,
            " au plus tard le ",
            dernier,
            "."
        ]
    };
    Some(Information {
        objectif: Some(Objectif::O1A),
        sujet: Some(annuaire.id.clone()),
        texte,
        sources: &["3.1"],
    })
}
