//! D1.O6: the convergence of a group's directories, its strategy (A) and its trajectory (B) (§9, Q3.31 to Q3.33).

use crate::cadre::Cadre;
use crate::dates::{jours_entre, plus_mois};
use crate::dossier::{Convergence, Trajectoire, TypeCandidat};
use crate::francais::phrase;
use crate::prelude::*;
use crate::regles::{Regle, celle};
use crate::verdict::{Controle, Marge, Valeur, Verdict};

const STRATEGIE: &Regle = celle("D1.O6.A/strategie");
const CONVERGENCE: &Regle = celle("D1.O6.B/convergence");
const DESCRIPTION: &Regle = celle("D1.O6.B/description");
const TRAJECTOIRE: &Regle = celle("D1.O6.B/trajectoire");
const JALON: &Regle = celle("D1.O6.B/premier-jalon");

fn incomplet(regle: &'static Regle, phrase: &str, manque: &str) -> Controle {
    Controle::new(regle, None, Verdict::Incomplet, phrase.into()).manque(vec![manque.into()])
}

fn non_atteint(cadre: &Cadre, regle: &'static Regle, phrase: String) -> Controle {
    Controle::new(
        regle,
        None,
        cadre.conclure(Verdict::NonAtteint, Verdict::NonAtteint),
        phrase,
    )
}

fn atteint(regle: &'static Regle, phrase: &str) -> Controle {
    Controle::new(regle, None, Verdict::Atteint, phrase.into())
}

/// The block to judge, or the one check that says why there is none.
fn bloc<'a>(cadre: &Cadre<'a>, regle: &'static Regle) -> Result<&'a Convergence, Box<Controle>> {
    let Some(candidat) = &cadre.dossier.candidat else {
        let phrase = "La nature du candidat manque : cet objectif ne concerne que les GHT.";
        return Err(Box::new(incomplet(regle, phrase, "candidat.type")));
    };
    if candidat.type_ != TypeCandidat::Ght {
        let phrase = "Sans objet : cet objectif ne concerne que les GHT.";
        return Err(Box::new(Controle::new(
            regle,
            None,
            Verdict::SansObjet,
            phrase.into(),
        )));
    }
    let phrase = "La convergence des annuaires n’est pas décrite : complétez-la.";
    cadre
        .dossier
        .convergence
        .as_ref()
        .ok_or_else(|| Box::new(incomplet(regle, phrase, "convergence")))
}

/// D1.O6.A.
pub(crate) fn evaluer_a(cadre: &Cadre) -> Vec<Controle> {
    let controle = match bloc(cadre, STRATEGIE).map(|convergence| convergence.strategie_formalisee)
    {
        Err(controle) => *controle,
        Ok(Some(true)) => atteint(
            STRATEGIE,
            "La stratégie de convergence du GHT est formalisée.",
        ),
        Ok(Some(false)) => {
            let phrase = "La stratégie de convergence du GHT n’est pas formalisée : rédigez-la avant la déclaration.";
            non_atteint(cadre, STRATEGIE, phrase.into())
        }
        Ok(None) => {
            let phrase = "On ne sait pas si la stratégie est formalisée : indiquez-le.";
            incomplet(STRATEGIE, phrase, "convergence.strategie_formalisee")
        }
    };
    vec![controle]
}

/// D1.O6.B: the description where all directories have converged, else the trajectory.
pub(crate) fn evaluer_b(cadre: &Cadre) -> Vec<Controle> {
    let convergence = match bloc(cadre, CONVERGENCE) {
        Ok(convergence) => convergence,
        Err(controle) => return vec![*controle],
    };
    match (convergence.ad_tous_converges, &convergence.trajectoire) {
        (None, _) => {
            let phrase = "On ne sait pas si tous les AD du GHT sont convergés : indiquez-le.";
            vec![incomplet(
                CONVERGENCE,
                phrase,
                "convergence.ad_tous_converges",
            )]
        }
        (Some(true), _) => vec![description(cadre, convergence)],
        (Some(false), None) => {
            let phrase =
                "La trajectoire de convergence n’est pas décrite : indiquez ce qu’elle contient.";
            vec![incomplet(TRAJECTOIRE, phrase, "convergence.trajectoire")]
        }
        (Some(false), Some(trajectoire)) => {
            vec![contenu(cadre, trajectoire), jalon(cadre, trajectoire)]
        }
    }
}

fn description(cadre: &Cadre, convergence: &Convergence) -> Controle {
    match convergence.description_infrastructure {
        Some(true) => atteint(
            DESCRIPTION,
            "Tous les AD sont convergés et la description de l’infrastructure est fournie.",
        ),
        Some(false) => {
            let phrase = "Tous les AD sont convergés : fournissez la description de l’infrastructure AD convergée.";
            non_atteint(cadre, DESCRIPTION, phrase.into())
        }
        None => {
            let phrase = "On ne sait pas si la description de l’infrastructure convergée est fournie : indiquez-le.";
            incomplet(
                DESCRIPTION,
                phrase,
                "convergence.description_infrastructure",
            )
        }
    }
}

/// Each part of the document, its field and its name.
fn parties(trajectoire: &Trajectoire) -> [(&'static str, &'static str, Option<bool>); 5] {
    [
        ("planning", "un planning projet", trajectoire.planning),
        ("responsable", "un responsable", trajectoire.responsable),
        (
            "mutualisation",
            "la mutualisation des équipes",
            trajectoire.mutualisation,
        ),
        (
            "budget_previsionnel",
            "un budget prévisionnel",
            trajectoire.budget_previsionnel,
        ),
        ("tous_les_ad", "tous les AD du GHT", trajectoire.tous_les_ad),
    ]
}

fn contenu(cadre: &Cadre, trajectoire: &Trajectoire) -> Controle {
    let parties = parties(trajectoire);
    let absentes: Vec<&str> = parties
        .iter()
        .filter(|partie| partie.2 == Some(false))
        .map(|partie| partie.1)
        .collect();
    let inconnues = parties.iter().filter(|partie| partie.2.is_none());
    let inconnues: Vec<String> = inconnues
        .map(|partie| ["convergence.trajectoire.", partie.0].concat())
        .collect();
    let controle = if !absentes.is_empty() {
        let phrase = phrase![
            "Il manque à la trajectoire : ",
            absentes.join(", "),
            " ; complétez le document."
        ];
        non_atteint(cadre, TRAJECTOIRE, phrase)
    } else if inconnues.is_empty() {
        let phrase = "La trajectoire a un planning, un responsable, des équipes mutualisées, un budget et couvre tous les AD.";
        atteint(TRAJECTOIRE, phrase)
    } else {
        let phrase =
            "On ne sait pas tout ce que contient la trajectoire : complétez les champs signalés.";
        Controle::new(TRAJECTOIRE, None, Verdict::Incomplet, phrase.into())
    };
    controle.manque(inconnues)
}

/// At the latest 18 months after the publication, included.
fn jalon(cadre: &Cadre, trajectoire: &Trajectoire) -> Controle {
    let limite = plus_mois(
        cadre.programme.arrete_publication,
        cadre.programme.convergence_jalon_mois,
    );
    let Some(date) = trajectoire.premier_jalon else {
        let phrase = "La date du premier jalon manque : indiquez-la.";
        return incomplet(JALON, phrase, "convergence.trajectoire.premier_jalon")
            .seuil(Valeur::Date(limite));
    };
    let debut = phrase!["Premier jalon le ", date];
    let controle = if date <= limite {
        Controle::new(
            JALON,
            None,
            Verdict::Atteint,
            phrase![debut, ", au plus tard le ", limite, "."],
        )
    } else {
        let mois = i64::from(cadre.programme.convergence_jalon_mois);
        let phrase = phrase![
            debut,
            ", après le ",
            limite,
            " (",
            mois,
            " mois après la publication de l’arrêté) : avancez-le."
        ];
        non_atteint(cadre, JALON, phrase)
    };
    controle
        .constat(Valeur::Date(date))
        .seuil(Valeur::Date(limite))
        .marge(Marge::jours(jours_entre(date, limite)))
}
