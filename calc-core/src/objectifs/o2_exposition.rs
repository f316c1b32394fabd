//! D1.O2.A: the exposure, audited regularly.

use crate::cadre::{Cadre, Passage, Suite};
use crate::couverture::{self, Groupe};
use crate::dates::jours_entre;
use crate::dossier::{Outil, Perimetre};
use crate::francais::{Compte, phrase};
use crate::objectifs::audits_reguliers::{self, Ids, Serie};
use crate::objectifs::o1_annuaires::{SANS_DEBUT, hors_phase};
use crate::prelude::*;
use crate::regles::{Regle, celle};
use crate::regularite::Rythme;
use crate::valeur::dire_moyenne;
use crate::verdict::{Controle, Information, Lieu, Objectif};
use crate::vulnerabilites::residuel;
use chrono::NaiveDate;

/// The ids of its checks.
pub(crate) const IDS: Ids = Ids {
    premier: celle("D1.O2.A/premier-audit"),
    moyen: celle("D1.O2.A/intervalle-moyen"),
    maximum: celle("D1.O2.A/intervalle-max"),
};

const COUVERTURE: &Regle = celle("D1.O2.A/couverture");

/// Said of a perimeter with an audit whose tool is unknown: it may not count.
pub(crate) const SANS_OUTIL: &str = "L’outil d’un audit manque : indiquez silene, industriel ou cybersurveillance (cette dernière ne compte pas).";

/// The audits of a perimeter that count: the ANS's own platform never does (Q3.10).
pub(crate) fn suite(cadre: &Cadre, debut: NaiveDate, perimetre: &Perimetre) -> Suite {
    let comptent = perimetre.audits.iter().enumerate();
    let comptent = comptent
        .filter(|(_, audit)| matches!(audit.outil, Some(Outil::Silene | Outil::Industriel)));
    Suite::new(
        cadre,
        debut,
        comptent.map(|(rang, audit)| Passage {
            date: audit.date,
            rang,
        }),
    )
}

/// The rules of a perimeter's audits.
pub(crate) fn rythme<'a>(cadre: &'a Cadre<'a>, debut: NaiveDate) -> Rythme<'a> {
    Rythme {
        cadre,
        debut,
        max: Some(cadre.programme.intervalle_max_exposition_jours),
        exposition: true,
    }
}

/// Whether every audit of the phase has its tool.
pub(crate) fn outils_connus(cadre: &Cadre, debut: NaiveDate, perimetre: &Perimetre) -> bool {
    perimetre
        .audits
        .iter()
        .all(|audit| audit.outil.is_some() || audit.date < debut || audit.date > cadre.fin)
}

/// Whether every audit done in the phase has its tool: without it, what comes next cannot be counted from it.
pub(crate) fn faits_connus(cadre: &Cadre, debut: NaiveDate, perimetre: &Perimetre) -> bool {
    let fin = cadre.fin.min(cadre.aujourdhui);
    outils_connus(&Cadre { fin, ..*cadre }, debut, perimetre)
}

/// The paths of the tools that are missing on audits of the phase.
pub(crate) fn sans_outil(
    cadre: &Cadre,
    debut: NaiveDate,
    rang: usize,
    perimetre: &Perimetre,
) -> Vec<String> {
    let audits = perimetre.audits.iter().enumerate();
    let inconnus = audits.filter(|(_, audit)| {
        audit.outil.is_none() && debut <= audit.date && audit.date <= cadre.fin
    });
    inconnus
        .map(|(place, _)| {
            Lieu {
                liste: "perimetres",
                rang,
                audit: Some(place),
            }
            .champ("outil")
        })
        .collect()
}

/// D1.O2.A.
pub(crate) fn evaluer(cadre: &Cadre) -> Vec<Controle> {
    let groupe = Groupe::perimetres(cadre);
    let mut controles = Vec::with_capacity(2 + groupe.membres.len() * audits_reguliers::PAR_SUJET);
    controles.push(couverture::evaluer(COUVERTURE, cadre, &groupe));
    let Some(debut) = cadre.debut else {
        controles.extend(sans_debut(cadre));
        return controles;
    };
    for (rang, perimetre) in cadre.dossier.perimetres.iter().enumerate() {
        perimetre_a(cadre, debut, (rang, perimetre), &mut controles);
    }
    controles
}

fn sans_debut(cadre: &Cadre) -> Vec<Controle> {
    let manque = ["phase.debut".to_string()];
    let seul = |sujet| audits_reguliers::incomplets(IDS, true, sujet, SANS_DEBUT, &manque);
    if cadre.dossier.perimetres.is_empty() {
        return seul(None);
    }
    cadre
        .dossier
        .perimetres
        .iter()
        .flat_map(|perimetre| seul(Some(perimetre.id.as_str())))
        .collect()
}

fn perimetre_a(
    cadre: &Cadre,
    debut: NaiveDate,
    (rang, perimetre): (usize, &Perimetre),
    controles: &mut Vec<Controle>,
) {
    let sans_outil = sans_outil(cadre, debut, rang, perimetre);
    if !sans_outil.is_empty() {
        let sujet = Some(perimetre.id.as_str());
        let incomplets = audits_reguliers::incomplets(IDS, true, sujet, SANS_OUTIL, &sans_outil);
        return controles.extend(incomplets);
    }
    let serie = Serie {
        rythme: rythme(cadre, debut),
        ids: IDS,
        liste: "perimetres",
        rang,
        sujet: &perimetre.id,
        suite: suite(cadre, debut, perimetre),
    };
    audits_reguliers::evaluer(&serie, controles);
}

/// What is worth telling about perimeters and decides nothing.
pub(crate) fn informer(cadre: &Cadre, informations: &mut Vec<Information>) {
    for perimetre in &cadre.dossier.perimetres {
        informations.extend(cybersurveillance(perimetre));
        informations.extend(hautes(cadre, perimetre));
        informations.extend(desormais_trop_tard(cadre, perimetre));
        informations.extend(le_meme_jour(cadre, perimetre));
        let dates = perimetre.audits.iter().map(|audit| audit.date);
        informations.extend(hors_phase(cadre, dates, Objectif::O2A, &perimetre.id));
    }
}

fn cybersurveillance(perimetre: &Perimetre) -> Option<Information> {
    let nombre = perimetre
        .audits
        .iter()
        .filter(|audit| audit.outil == Some(Outil::Cybersurveillance))
        .count();
    (nombre > 0).then(|| Information {
        objectif: Some(Objectif::O2A),
        sujet: Some(perimetre.id.clone()),
        texte: phrase![
            Compte(i64::try_from(nombre).unwrap_or(0), "audit", "audits"),
            " par la plateforme de cybersurveillance de l’ANS : utile en complément, mais ne compte pas."
        ],
        sources: &["3.10"],
    })
}

/// High, not critical: not blocking, to be fixed before the next audit (Q3.15). Only the latest audit done matters.
fn hautes(cadre: &Cadre, perimetre: &Perimetre) -> Option<Information> {
    let faits = perimetre
        .audits
        .iter()
        .filter(|audit| audit.date <= cadre.aujourdhui);
    let dernier = faits.max_by_key(|audit| (audit.date, residuel(audit)))?;
    let score = residuel(dernier)?;
    let programme = cadre.programme;
    if score < programme.cvss_haute || score > programme.cvss_critique {
        return None;
    }
    // At the very threshold the check is in doubt: nothing here may settle it.
    let suite = if score == programme.cvss_critique {
        " : haute ou critique, à corriger avant le prochain audit."
    } else {
        " : haute, pas bloquante, mais à corriger avant le prochain audit."
    };
    Some(Information {
        objectif: Some(Objectif::O2B),
        sujet: Some(perimetre.id.clone()),
        texte: phrase![
            "Vulnérabilité de CVSS ",
            score,
            " à l’audit du ",
            dernier.date,
            suite
        ],
        sources: &["3.15"],
    })
}

/// Two audits on one day make no interval, yet both count in the mean: told where that decides.
fn le_meme_jour(cadre: &Cadre, perimetre: &Perimetre) -> Option<Information> {
    let debut = cadre
        .debut
        .filter(|debut| outils_connus(cadre, *debut, perimetre))?;
    let (rythme, suite) = (rythme(cadre, debut), suite(cadre, debut, perimetre));
    let moyenne = rythme.une_fois_par_jour(suite.tous())?;
    let seuil = cadre.programme.intervalle_moyen_jours;
    let mut texte = phrase![
        "Deux audits du même jour comptent ici pour deux. S’ils ne comptaient qu’une fois, l’intervalle moyen serait de "
    ];
    dire_moyenne(moyenne.centiemes(seuil), &mut texte);
    texte.push_str(" : le texte ne le dit pas ; demandez confirmation à votre ARS.");
    Some(Information {
        objectif: Some(Objectif::O2A),
        sujet: Some(perimetre.id.clone()),
        texte,
        sources: &["3.1", "3.16"],
    })
}

/// With a single audit no gap exists yet, but every further one would be over the maximum: said, since no check does.
fn desormais_trop_tard(cadre: &Cadre, perimetre: &Perimetre) -> Option<Information> {
    let debut = cadre
        .debut
        .filter(|debut| outils_connus(cadre, *debut, perimetre))?;
    let suite = suite(cadre, debut, perimetre);
    let [seul] = suite.tous() else { return None };
    let max = cadre.programme.intervalle_max_exposition_jours;
    let perdu = rythme(cadre, debut).dernier_perdu(seul.date, max);
    perdu.then(|| Information {
        objectif: Some(Objectif::O2A),
        sujet: Some(perimetre.id.clone()),
        texte: phrase![
            "Seul audit le ",
            seul.date,
            ", il y a ",
            Compte(jours_entre(seul.date, cadre.aujourdhui), "jour", "jours"),
            " : tout nouvel audit dépasserait le maximum de ",
            max,
            " jours entre deux audits."
        ],
        sources: &["3.9", "3.16"],
    })
}
