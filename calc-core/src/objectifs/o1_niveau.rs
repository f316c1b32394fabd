//! D1.O1.B: the directories, secure enough (§6).

use super::o1_annuaires::{SANS_DEBUT, dire_mode, lieu, suite};
use crate::cadre::{Cadre, Passage, Suite, fait};
use crate::couverture::Groupe;
use crate::dossier::{Annuaire, Mode};
use crate::francais::{Compte, ajouter, phrase};
use crate::part_activite;
use crate::prelude::*;
use crate::regles::{Regle, celle};
use crate::verdict::{Controle, Lieu, Marge, Unite, Valeur, Verdict};

const SCORES: &Regle = celle("D1.O1.B/deux-derniers-scores");
const PART: &Regle = celle("D1.O1.B/part-activite");

/// D1.O1.B: the share first, since it alone decides, then the directories.
pub(crate) fn evaluer(cadre: &Cadre) -> Vec<Controle> {
    let Some(debut) = cadre.debut else {
        let controle = Controle::new(PART, None, Verdict::Incomplet, SANS_DEBUT.into());
        return vec![controle.manque(vec!["phase.debut".into()])];
    };
    let groupe = Groupe::annuaires(cadre);
    let annuaires = &cadre.dossier.annuaires;
    let (mut complets, mut a_ce_jour) = (Vec::new(), Vec::new());
    let mut controles = Vec::with_capacity(1 + annuaires.len());
    for (rang, annuaire) in annuaires.iter().enumerate() {
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
    if let Some(pire) = pire_score(cadre, annuaire, derniers) {
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

/// The lowest of the last scores; none while audits are missing, or a score that could be lower yet.
fn pire_score(cadre: &Cadre, annuaire: &Annuaire, derniers: &[Passage]) -> Option<u8> {
    let scores = || {
        let scores = derniers.iter();
        scores.filter_map(|passage| score(annuaire, *passage))
    };
    let pire = scores().min()?;
    let tous = scores().count() == cadre.programme.audits_ads_successifs;
    (tous || pire < cadre.programme.score_ads_min).then_some(pire)
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
    let mut dit = dire_derniers(annuaire, derniers);
    match verdict {
        Verdict::Atteint | Verdict::Prevu => ajouter![&mut dit, "au moins ", min, " demandé."],
        Verdict::Incomplet => {
            dit.push_str("indiquez le score qui manque (celui visé pour un audit prévu).");
        }
        Verdict::NonAtteint => ajouter![
            &mut dit,
            Compte(voulus, "dernier audit", "derniers audits"),
            " de score ",
            min,
            " ou plus demandés : il faut encore ",
            Compte(
                voulus - suite_de_bons(cadre, annuaire, derniers),
                "audit",
                "audits"
            ),
            " à ce niveau ",
            cadre.avant_la_fin(),
            "."
        ],
        _ => ajouter![
            &mut dit,
            min,
            " ou plus demandé aux ",
            voulus,
            " derniers : ne peut plus être rattrapé."
        ],
    }
    dit
}

/// How the sentence begins: the last audits, each with its score.
fn dire_derniers(annuaire: &Annuaire, derniers: &[Passage]) -> String {
    let mut sortie = phrase![if derniers.is_empty() {
        "Aucun audit dans la phase"
    } else {
        "Derniers audits : "
    }];
    for (rang, passage) in derniers.iter().enumerate() {
        if rang > 0 {
            sortie.push_str(", ");
        }
        if let Some(score) = score(annuaire, *passage) {
            ajouter![&mut sortie, "score ", i64::from(score)];
        } else {
            sortie.push_str("sans score");
        }
        ajouter![&mut sortie, " le ", passage.date];
    }
    sortie.push_str(" ; ");
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
