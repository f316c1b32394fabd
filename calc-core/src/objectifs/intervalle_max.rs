//! `…/intervalle-max` in sentences (§5, Q3.9, Q3.16).

use super::audits_reguliers::Serie;
use crate::cadre::Passage;
use crate::dates::{jours_entre, plus_jours};
use crate::francais::{Entre, ajouter, jours, phrase};
use crate::prelude::*;
use crate::regularite::Ecart;
use crate::verdict::{Controle, Lecture, Marge, Valeur, Verdict};
use chrono::NaiveDate;

/// The check.
pub(super) fn maximum(serie: &Serie, max: i64) -> Controle {
    let rythme = &serie.rythme;
    let (complet, ecart) = rythme.maximum(serie.suite.tous(), max);
    let verdict = serie
        .cadre()
        .conclure(complet, rythme.maximum(serie.suite.a_ce_jour(), max).0);
    let controle = Controle::new(
        serie.ids.maximum,
        Some(serie.sujet),
        verdict,
        dire_maximum(serie, verdict, ecart, max),
    )
    .seuil(Valeur::Jours(max));
    let (valeur, bornes) = match ecart {
        Ecart::Aucun => return controle,
        Ecart::Entre(avant, apres) => (jours_entre(avant, apres), (avant, apres)),
        Ecart::ApresLeDernier(dernier) => (
            jours_entre(dernier, serie.cadre().aujourdhui),
            (dernier, dernier),
        ),
    };
    let dans = |passage: &&Passage| passage.date == bornes.0 || passage.date == bornes.1;
    controle
        .constat(Valeur::Jours(valeur))
        .marge(Marge::jours(max - valeur))
        .faits(serie.faits(dans))
        .lectures(if verdict == Verdict::AConfirmer {
            lectures_maximum(serie, bornes.1, max)
        } else {
            Vec::new()
        })
}

fn dire_maximum(serie: &Serie, verdict: Verdict, ecart: Ecart, max: i64) -> String {
    match ecart {
        Ecart::Aucun => dire_sans_ecart(serie, max),
        Ecart::ApresLeDernier(dernier) => phrase![
            jours(jours_entre(dernier, serie.cadre().aujourdhui)),
            " depuis le dernier audit, le ",
            dernier,
            " ; maximum ",
            max,
            " : l’audit que D1.O2.B demande moins de ",
            jours(serie.cadre().programme.dernier_audit_anciennete_jours),
            " avant la déclaration du ",
            serie.cadre().fin,
            " dépasserait ce maximum, ne peut plus être rattrapé."
        ],
        Ecart::Entre(avant, apres) => {
            let ecart = jours(jours_entre(avant, apres));
            let mut dit = phrase![ecart, " entre ", Entre(avant, apres)];
            dire_ecart(serie, verdict, (avant, max), &mut dit);
            dit
        }
    }
}

fn dire_ecart(serie: &Serie, verdict: Verdict, (avant, max): (NaiveDate, i64), dit: &mut String) {
    match verdict {
        Verdict::Atteint | Verdict::Prevu => {
            ajouter![dit, ", l’écart le plus long ; maximum ", max, "."];
        }
        Verdict::AConfirmer => ajouter![
            dit,
            " : la question 3.9 admet « au plus ",
            jours(max),
            " », la question 3.16 demande « inférieur à ",
            jours(max),
            " » ; ",
            remede_ecart(serie, avant, max),
            "demandez confirmation à votre ARS ou au support CaRE."
        ],
        Verdict::NonAtteint => ajouter![
            dit,
            " ; maximum ",
            max,
            " : avancez le second audit ou intercalez-en ",
            a_intercaler(serie, avant, max),
            dernier_jour(serie, avant, max),
            "."
        ],
        _ => ajouter![dit, " ; maximum ", max, " : ne peut plus être rattrapé."],
    }
}

/// At exactly the maximum, an audit may still come between, where there is time.
fn remede_ecart(serie: &Serie, avant: NaiveDate, max: i64) -> String {
    let limite = plus_jours(avant, max - 1);
    if limite < serie.cadre().aujourdhui {
        String::new()
    } else {
        phrase!["auditez au plus tard le ", limite, ", ou "]
    }
}

/// The last day for an audit after `avant`: under the maximum, or at it where only that is left.
fn dernier_jour(serie: &Serie, avant: NaiveDate, max: i64) -> NaiveDate {
    plus_jours(avant, max - 1)
        .max(serie.cadre().aujourdhui)
        .min(plus_jours(avant, max))
}

fn dire_sans_ecart(serie: &Serie, max: i64) -> String {
    match serie.suite.tous().last() {
        Some(seul) if serie.rythme.dernier_perdu(seul.date, max) => phrase![
            "Un seul audit, le ",
            seul.date,
            " : aucun intervalle à mesurer, mais tout nouvel audit en serait désormais à plus de ",
            jours(max),
            "."
        ],
        _ => "Moins de deux audits : aucun intervalle à mesurer.".into(),
    }
}

/// « un, au plus tard le » for a gap that one audit splits well enough, else how many it takes.
fn a_intercaler(serie: &Serie, avant: NaiveDate, max: i64) -> String {
    let mut dates = serie.suite.tous().iter().map(|passage| passage.date);
    let ecart = dates
        .find(|date| *date > avant)
        .map_or(0, |apres| jours_entre(avant, apres));
    // Each part must stay under the maximum: at most `max - 1` days.
    match (ecart - 1) / (max - 1).max(1) {
        0 | 1 => "un, au plus tard le ".into(),
        nombre => phrase![nombre, ", le premier au plus tard le "],
    }
}

fn lectures_maximum(serie: &Serie, apres: NaiveDate, max: i64) -> Vec<Lecture> {
    let tenue = serie.cadre().tient_des(apres);
    vec![
        Lecture {
            nom: "au plus le maximum",
            verdict: tenue,
            explication: phrase![jours(max), " sont admis."],
            sources: &["3.9"],
        },
        Lecture {
            nom: "strictement sous le maximum",
            verdict: Verdict::NonAtteint,
            explication: phrase![jours(max), " ne conviennent pas : ", max - 1, " au plus."],
            sources: &["3.16"],
        },
    ]
}
