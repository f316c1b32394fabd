//! `…/intervalle-moyen` in sentences: its two readings side by side (§5, Q3.1, Q3.16).

use super::audits_reguliers::Serie;
use crate::francais::{self, Compte, ajouter, jours, phrase};
use crate::prelude::*;
use crate::regularite::{Moyenne, Moyennes};
use crate::valeur::dire_moyenne;
use crate::verdict::{Controle, Lecture, Marge, Unite, Valeur, Verdict};

/// The check.
pub(super) fn moyen(serie: &Serie) -> Controle {
    let rythme = &serie.rythme;
    let tous = serie.suite.tous();
    let verdict = serie
        .cadre()
        .conclure(rythme.moyen(tous), rythme.moyen(serie.suite.a_ce_jour()));
    let moyennes = rythme.moyennes(tous);
    let seuil = serie.cadre().programme.intervalle_moyen_jours;
    let pire = moyennes
        .entre
        .map_or(i64::MIN, |entre| entre.centiemes(seuil))
        .max(moyennes.bornes.centiemes(seuil));
    Controle::new(
        serie.ids.moyen,
        Some(serie.sujet),
        verdict,
        dire_moyen(serie, verdict, moyennes),
    )
    .constat(Valeur::JoursCentiemes(pire))
    .seuil(Valeur::Jours(seuil))
    .marge(Marge {
        centiemes: seuil * 100 - pire,
        unite: Unite::Jours,
    })
    .faits(serie.faits(|_| true))
    .lectures(lectures_moyen(serie, moyennes))
}

fn dire_moyen(serie: &Serie, verdict: Verdict, moyennes: Moyennes) -> String {
    let seuil = serie.cadre().programme.intervalle_moyen_jours;
    let mut dit = dire_valeurs(serie, moyennes, seuil);
    let ajout = || {
        let nombre = serie.rythme.audits_a_ajouter(serie.suite.tous());
        Compte(nombre, "audit", "audits")
    };
    match verdict {
        Verdict::Atteint | Verdict::Prevu => {
            ajouter![&mut dit, " ; moins de ", jours(seuil), "."];
        }
        Verdict::AConfirmer => ajouter![
            &mut dit,
            " ; la question 3.1 demande « ",
            jours(seuil),
            " », la question 3.16 « inférieur à ",
            jours(seuil),
            " », sans définir la moyenne : ",
            "ajoutez au moins ",
            ajout(),
            " ou demandez confirmation à votre ARS."
        ],
        Verdict::NonAtteint => ajouter![
            &mut dit,
            " ; il faut moins de ",
            jours(seuil),
            " : ajoutez au moins ",
            ajout(),
            " ",
            serie.cadre().avant_la_fin(),
            "."
        ],
        _ => ajouter![
            &mut dit,
            " ; il fallait moins de ",
            jours(seuil),
            " : ne peut plus être rattrapé."
        ],
    }
    dit
}

fn dire_valeurs(serie: &Serie, moyennes: Moyennes, seuil: i64) -> String {
    let nombre = Compte(
        i64::try_from(serie.suite.tous().len()).unwrap_or(i64::MAX),
        "audit",
        "audits",
    );
    let bornes = Moyen(moyennes.bornes, seuil);
    if let Some(entre) = moyennes.entre {
        let entre = Moyen(entre, seuil);
        phrase![
            nombre,
            " : ",
            entre,
            " en moyenne entre deux audits, ",
            bornes,
            " bornes de la phase comprises"
        ]
    } else {
        phrase![
            nombre,
            " : ",
            bornes,
            " en moyenne, bornes de la phase comprises"
        ]
    }
}

/// A mean in a sentence, its threshold beside it for the rounding.
struct Moyen(Moyenne, i64);

impl francais::Dire for Moyen {
    fn dire(&self, sortie: &mut String) {
        dire_moyenne(self.0.centiemes(self.1), sortie);
    }
}

fn lectures_moyen(serie: &Serie, moyennes: Moyennes) -> Vec<Lecture> {
    let a_ce_jour = serie.rythme.moyennes(serie.suite.a_ce_jour());
    let lecture = |nom, moyenne: Moyenne, alors: Option<Moyenne>, sources| {
        let seuil = serie.cadre().programme.intervalle_moyen_jours;
        let alors = alors.map_or(Verdict::Incomplet, |alors| alors.verdict(seuil));
        let verdict = serie.cadre().conclure(moyenne.verdict(seuil), alors);
        let calcul = phrase![
            jours(moyenne.total),
            " pour ",
            Compte(moyenne.intervalles, "intervalle", "intervalles"),
            "."
        ];
        Lecture {
            nom,
            verdict,
            explication: calcul,
            sources,
        }
    };
    let entre = moyennes
        .entre
        .map(|entre| lecture("entre audits", entre, a_ce_jour.entre, &["3.1", "3.16"]));
    let bornes = lecture(
        "bornes comprises",
        moyennes.bornes,
        Some(a_ce_jour.bornes),
        &["3.1", "3.16"],
    );
    entre.into_iter().chain([bornes]).collect()
}
