//! `…/premier-audit` in sentences (§5, Q3.1).

use super::audits_reguliers::Serie;
use crate::dates::jours_entre;
use crate::francais::{jours, phrase};
use crate::prelude::*;
use crate::verdict::{Controle, Lecture, Marge, Valeur, Verdict};
use chrono::NaiveDate;

/// The check.
pub(super) fn premier(serie: &Serie) -> Controle {
    let rythme = &serie.rythme;
    let verdict = serie.cadre().conclure(
        rythme.premier(serie.suite.tous()),
        rythme.premier(serie.suite.a_ce_jour()),
    );
    let audit = serie.suite.tous().first();
    let sur = rythme.premier_sur();
    let explication = match audit {
        Some(audit) => dire_premier(serie, verdict, audit.date),
        None => dire_sans_audit(serie, verdict),
    };
    let controle = Controle::new(serie.ids.premier, Some(serie.sujet), verdict, explication)
        .seuil(Valeur::Date(sur));
    let Some(audit) = audit else { return controle };
    let lectures = if verdict == Verdict::AConfirmer {
        lectures_premier(serie, audit.date)
    } else {
        Vec::new()
    };
    controle
        .constat(Valeur::Date(audit.date))
        .marge(Marge::jours(jours_entre(audit.date, sur)))
        .faits(vec![serie.fait(*audit)])
        .lectures(lectures)
}

fn dire_premier(serie: &Serie, verdict: Verdict, premier: NaiveDate) -> String {
    let programme = serie.cadre().programme;
    let (seuil, limite) = (
        jours(programme.intervalle_moyen_jours),
        programme.premier_audit_limite,
    );
    let sur = serie.rythme.premier_sur();
    match verdict {
        Verdict::Atteint | Verdict::Prevu => phrase![
            "Premier audit le ",
            premier,
            ", au plus tard le ",
            sur,
            " (",
            seuil,
            " après le début de la phase)."
        ],
        Verdict::AConfirmer => phrase![
            "Premier audit le ",
            premier,
            ", plus de ",
            seuil,
            " après le début de la phase (",
            sur,
            ") sans dépasser le ",
            limite,
            " : la question 3.1 fixe cette date « au plus tard », mais ajoute que le premier \
             audit « pourrait devoir intervenir préalablement » ; demandez confirmation à votre ARS."
        ],
        Verdict::NonAtteint => phrase![
            "Premier audit le ",
            premier,
            ", après la date limite du ",
            limite,
            " : avancez-le au plus tard au ",
            au_plus_tard(serie),
            "."
        ],
        _ => phrase![
            "Premier audit le ",
            premier,
            ", après la date limite du ",
            limite,
            " : ne peut plus être rattrapé."
        ],
    }
}

fn dire_sans_audit(serie: &Serie, verdict: Verdict) -> String {
    let limite = serie.cadre().programme.premier_audit_limite;
    if verdict == Verdict::Perdu {
        return phrase![
            "Aucun audit dans la phase au ",
            limite,
            ", date limite du premier audit : ne peut plus être rattrapé."
        ];
    }
    phrase![
        "Aucun audit dans la phase : réalisez le premier au plus tard le ",
        au_plus_tard(serie),
        "."
    ]
}

/// The last day that holds, or the printed limit where that day is past: an audit by then is still to be confirmed.
fn au_plus_tard(serie: &Serie) -> String {
    let sur = serie.rythme.premier_sur();
    if sur >= serie.cadre().aujourdhui {
        return phrase![sur];
    }
    phrase![
        serie.cadre().programme.premier_audit_limite,
        " (passé le ",
        sur,
        ", à confirmer auprès de votre ARS)"
    ]
}

fn lectures_premier(serie: &Serie, premier: NaiveDate) -> Vec<Lecture> {
    let programme = serie.cadre().programme;
    let date = phrase![
        premier,
        " : au plus tard le ",
        programme.premier_audit_limite,
        "."
    ];
    let delai = phrase![
        jours(jours_entre(serie.rythme.debut, premier)),
        " après le début de la phase : plus de ",
        jours(programme.intervalle_moyen_jours),
        "."
    ];
    let tenue = serie.cadre().tient_des(premier);
    vec![
        Lecture {
            nom: "date limite imprimée",
            verdict: tenue,
            explication: date,
            sources: &["3.1"],
        },
        Lecture {
            nom: "intervalle depuis le début",
            verdict: Verdict::NonAtteint,
            explication: delai,
            sources: &["3.1"],
        },
    ]
}
