//! What each kind of expense is worth (Q2.2, Q2.6 to Q2.13).

use super::{Jugement, StatutDepense};
use crate::cadre::Cadre;
use crate::dates::jours_entre;
use crate::dossier::{Depense, Nature};
use crate::francais::{jours, phrase};
use crate::unites::Euros;
use chrono::NaiveDate;

use StatutDepense::{AJustifier, Eligible, NonEligible, Partiel};

/// Applies the rule of the kind.
pub(super) fn juger(cadre: &Cadre, depense: &Depense, jugement: &mut Jugement) {
    let Some(nature) = depense.nature else {
        return jugement.manque(
            "nature",
            &["2.2"],
            "La nature de la dépense manque : choisissez-la.",
        );
    };
    match nature {
        Nature::Prestation | Nature::LicencePerpetuelle | Nature::Materiel => {
            jugement.citer(&["2.2"]);
        }
        Nature::Rh => rh(depense, jugement),
        Nature::Abonnement => abonnement(cadre, depense, jugement),
        Nature::FusionAd => condition(jugement, depense.reduit_vulnerabilites, &FUSION),
        Nature::IamCorrection => condition(jugement, depense.anomalies_ads, &IAM),
        Nature::ExerciceCrise => exercice(cadre, depense, jugement),
        Nature::RefonteSite => refonte(depense, jugement),
        exclue => {
            let (source, raison) = exclusion(exclue);
            jugement.dire(NonEligible, source, raison.into());
        }
    }
}

/// Why a kind is never eligible.
fn exclusion(nature: Nature) -> (&'static [&'static str], &'static str) {
    match nature {
        Nature::IamAchat => (
            &["2.7"],
            "L’achat d’un outil de gestion des identités n’est pas pris en charge.",
        ),
        Nature::ConvergenceEquipement => (
            &["2.12"],
            "L’objectif demande une trajectoire de convergence : ses équipements ne sont pas éligibles.",
        ),
        Nature::Osint => (
            &["2.10"],
            "La surveillance des fuites de données ne remédie pas à des vulnérabilités exposées.",
        ),
        Nature::Saas => (
            &["2.8"],
            "Une application SaaS exposée par un fournisseur n’est pas éligible.",
        ),
        Nature::AnalyseRisque => (&["2.8"], "Une analyse de risque n’est pas éligible."),
        Nature::Edr => (&["2.8"], "Un EDR n’est pas éligible."),
        Nature::Pris => (&["2.8"], "Un abonnement PRIS n’est pas éligible."),
        Nature::GestionnaireMdp => (
            &["2.8"],
            "Un gestionnaire de mots de passe n’est pas éligible.",
        ),
        _ => (
            &["2.8"],
            "Un outil de mise à jour de serveurs Linux sans arrêt n’est pas éligible.",
        ),
    }
}

/// A kind that one condition makes eligible.
struct Condition {
    champ: &'static str,
    sources: &'static [&'static str],
    oui: &'static str,
    non: &'static str,
    inconnue: &'static str,
}

const FUSION: Condition = Condition {
    champ: "reduit_vulnerabilites",
    sources: &["2.6"],
    oui: "La fusion des AD réduit les vulnérabilités.",
    non: "La fusion des AD ne réduit pas les vulnérabilités.",
    inconnue: "Montrez que la fusion réduit les vulnérabilités, par exemple par un score de sécurité supérieur.",
};

const IAM: Condition = Condition {
    champ: "anomalies_ads",
    sources: &["2.7"],
    oui: "La modification de l’IAM corrige des anomalies remontées par ADS.",
    non: "La modification de l’IAM ne corrige pas d’anomalie remontée par ADS.",
    inconnue: "Montrez que la modification de l’IAM corrige des anomalies remontées par ADS.",
};

fn condition(jugement: &mut Jugement, tenue: Option<bool>, condition: &Condition) {
    match tenue {
        Some(true) => jugement.dire(Eligible, condition.sources, condition.oui.into()),
        Some(false) => jugement.dire(NonEligible, condition.sources, condition.non.into()),
        None => jugement.manque(condition.champ, condition.sources, condition.inconnue),
    }
}

/// Own staff: justified by the programme's activities, a letter of mission being the recommended proof.
fn rh(depense: &Depense, jugement: &mut Jugement) {
    let raison = "Justifiez explicitement ces coûts au regard des activités du programme.";
    match depense.justification_rh {
        Some(true) => jugement.dire(
            Eligible,
            &["2.2"],
            "Coûts RH justifiés au regard du programme.".into(),
        ),
        Some(false) => jugement.dire(AJustifier, &["2.2"], raison.into()),
        None => jugement.manque("justification_rh", &["2.2"], raison),
    }
    if depense.commande.or(depense.facture).is_none() {
        let rappel = "Sans date, rien ne dit la période : seuls les coûts de la phase opérationnelle sont éligibles.";
        jugement.dire(Eligible, &["2.2"], rappel.into());
    }
    if depense.lettre_de_mission != Some(true) {
        let conseil =
            "Une lettre de mission dans le cadre du Domaine 1 bis est la preuve recommandée.";
        jugement.dire(Eligible, &["2.2"], conseil.into());
    }
}

/// Committed after S, and counted for its days inside [S, E] (Q2.13).
fn abonnement(cadre: &Cadre, depense: &Depense, jugement: &mut Jugement) {
    jugement.citer(&["2.13"]);
    let Some(debut_phase) = cadre.debut else {
        return jugement.manque_debut(&["2.13"]);
    };
    if let Some(commande) = depense.commande.filter(|commande| *commande <= debut_phase) {
        let raison = phrase![
            "Abonnement engagé le ",
            commande,
            " : il doit l’être après le début de la phase (",
            debut_phase,
            ")."
        ];
        return jugement.dire(NonEligible, &["2.13"], raison);
    }
    for (champ, date) in [("debut", depense.debut), ("fin", depense.fin)] {
        if date.is_none() {
            jugement.manque(
                champ,
                &["2.13"],
                "Les dates de l’abonnement manquent : elles donnent la part éligible.",
            );
        }
    }
    if let Some((debut, fin)) = depense.debut.zip(depense.fin) {
        prorata(jugement, (debut, fin), (debut_phase, cadre.fin));
    }
}

/// amount × days inside the phase / days, both ends counted, rounded half up to the cent.
fn prorata(
    jugement: &mut Jugement,
    abonnement: (NaiveDate, NaiveDate),
    phase: (NaiveDate, NaiveDate),
) {
    let total = jours_entre(abonnement.0, abonnement.1) + 1;
    let dedans = (jours_entre(abonnement.0.max(phase.0), abonnement.1.min(phase.1)) + 1).max(0);
    if dedans == 0 {
        return jugement.dire(
            NonEligible,
            &["2.13"],
            "L’abonnement est tout entier hors de la phase opérationnelle.".into(),
        );
    }
    let (montant, jours_dedans, jours_total) = (
        i128::from(jugement.part),
        i128::from(dedans),
        i128::from(total),
    );
    let part = (montant * jours_dedans * 2 + jours_total) / (jours_total * 2);
    jugement.part = i64::try_from(part).unwrap_or(jugement.part);
    let statut = if dedans == total { Eligible } else { Partiel };
    let raison = phrase![
        jours(dedans),
        " sur ",
        total,
        " dans la phase : ",
        Euros(jugement.part),
        "."
    ];
    jugement.dire(statut, &["2.13"], raison);
}

/// Held inside [S, E], less the part that the ARS pays (Q2.11). Its day is `debut` where it is told, else the invoice's.
fn exercice(cadre: &Cadre, depense: &Depense, jugement: &mut Jugement) {
    jugement.citer(&["2.11"]);
    let Some(debut) = cadre.debut else {
        return jugement.manque_debut(&["2.11"]);
    };
    let fin = cadre.fin;
    match (depense.debut, depense.facture) {
        // Invoiced before the phase, the exercise may still have been held in it.
        (None, Some(facture)) if facture < debut => {
            let raison = "Facture antérieure à la phase : indiquez le jour de l’exercice, qui doit s’y tenir.";
            jugement.manque("debut", &["2.11"], raison);
        }
        (None, Some(_)) => {
            let rappel = "Jour de l’exercice inconnu : celui de la facture en tient lieu.";
            jugement.dire(Eligible, &["2.11"], rappel.into());
        }
        (Some(date), _) if date < debut || date > fin => {
            let raison = phrase![
                "Exercice du ",
                date,
                ", hors de la phase opérationnelle (du ",
                debut,
                " au ",
                fin,
                ")."
            ];
            jugement.dire(NonEligible, &["2.11"], raison);
        }
        _ => {}
    }
    part_de_l_ars(depense, jugement);
}

/// What the ARS pays is not paid twice.
fn part_de_l_ars(depense: &Depense, jugement: &mut Jugement) {
    // Without an amount nothing is left to compute: it is asked for already.
    let part_ars = depense.part_ars.filter(|part| part.0 > 0);
    let Some((part_ars, _)) = part_ars.zip(depense.montant_ttc) else {
        return;
    };
    let reste = (jugement.part - part_ars.0).max(0);
    jugement.part = reste;
    let statut = if reste == 0 { NonEligible } else { Partiel };
    let raison = phrase![
        "La part financée par l’ARS (",
        part_ars,
        ") ne peut pas l’être deux fois : reste ",
        Euros(reste),
        "."
    ];
    jugement.dire(statut, &["2.11"], raison);
}

/// Only the part that corrects critical vulnerabilities (Q2.9).
fn refonte(depense: &Depense, jugement: &mut Jugement) {
    let Some(part) = depense.part_securite else {
        let raison = "Indiquez la part qui corrige des vulnérabilités critiques (CMS, modules) : elle seule est éligible.";
        return jugement.manque("part_securite", &["2.9"], raison);
    };
    let statut = match part.0 {
        0 => NonEligible,
        part if part == jugement.part => Eligible,
        _ => Partiel,
    };
    jugement.part = part.0;
    let raison = phrase![
        "Part qui corrige des vulnérabilités critiques : ",
        part,
        " ; charte graphique et éditorial exclus."
    ];
    jugement.dire(statut, &["2.9"], raison);
}
