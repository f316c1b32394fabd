//! CAND: the operational phase (Q1.6, Q3.1).

use crate::cadre::Cadre;
use crate::dates::jours_entre;
use crate::francais::phrase;
use crate::prelude::*;
use crate::regles::{Regle, celle};
use crate::verdict::{Controle, Marge, Valeur, Verdict};
use chrono::NaiveDate;

const ID: &Regle = celle("CAND/phase");

/// A condition that fails: how badly, the sentence, the field that is missing.
type Defaut = (Verdict, String, Option<&'static str>);

/// `CAND/phase`: S in [publication, validation], validation and E within their limits, all bounds included.
pub(crate) fn evaluer(cadre: &Cadre) -> Vec<Controle> {
    let validation = cadre
        .dossier
        .phase
        .as_ref()
        .and_then(|phase| phase.validation_ars);
    let mut defauts = Vec::new();
    defauts.extend(debut(cadre, validation));
    defauts.extend(validation_ars(cadre, validation));
    defauts.extend(fin(cadre));
    let pire = defauts.iter().map(|defaut| defaut.0).max();
    let controle = match (pire, cadre.debut, validation) {
        (None, Some(debut), Some(validation)) => accord(cadre, debut, validation),
        (pire, ..) => refus(cadre, pire.unwrap_or(Verdict::Incomplet), &defauts),
    };
    vec![situer(controle, cadre)]
}

fn situer(controle: Controle, cadre: &Cadre) -> Controle {
    match cadre.debut {
        Some(debut) => controle.constat(Valeur::Date(debut)),
        None => controle,
    }
}

fn refus(cadre: &Cadre, pire: Verdict, defauts: &[Defaut]) -> Controle {
    let mut explication = String::new();
    for (_, phrase, _) in defauts.iter().filter(|defaut| defaut.0 == pire) {
        if !explication.is_empty() {
            explication.push(' ');
        }
        explication.push_str(phrase);
    }
    let manque = defauts
        .iter()
        .filter_map(|defaut| defaut.2)
        .map(String::from)
        .collect();
    Controle::new(ID, None, cadre.conclure(pire, pire), explication).manque(manque)
}

fn accord(cadre: &Cadre, debut: NaiveDate, validation: NaiveDate) -> Controle {
    let verdict = cadre.tient_des(debut.max(validation));
    let explication = phrase![
        "La phase commence le ",
        debut,
        ", entre la publication de l’arrêté (",
        cadre.programme.arrete_publication,
        ") et la validation par l’ARS (",
        validation,
        "), et se termine au plus tard le ",
        cadre.fin,
        "."
    ];
    Controle::new(ID, None, verdict, explication)
        .seuil(Valeur::Date(validation))
        .marge(Marge::jours(jours_entre(debut, validation)))
}

fn debut(cadre: &Cadre, validation: Option<NaiveDate>) -> Option<Defaut> {
    let publication = cadre.programme.arrete_publication;
    let Some(debut) = cadre.debut else {
        let phrase = "Le début de la phase opérationnelle manque : choisissez-le entre la publication de l’arrêté et la validation par l’ARS.";
        return Some((Verdict::Incomplet, phrase.into(), Some("phase.debut")));
    };
    // Without a validation, no start after its own limit can ever be right.
    let plafond = validation.unwrap_or(cadre.programme.validation_ars_limite);
    if debut < publication {
        let phrase = phrase![
            "La phase commence le ",
            debut,
            ", avant la publication de l’arrêté : choisissez un début à partir du ",
            publication,
            "."
        ];
        return Some((Verdict::NonAtteint, phrase, None));
    }
    (debut > plafond).then(|| {
        let phrase = phrase![
            "La phase commence le ",
            debut,
            ", après la validation par l’ARS : choisissez un début au plus tard le ",
            plafond,
            "."
        ];
        (Verdict::NonAtteint, phrase, None)
    })
}

fn validation_ars(cadre: &Cadre, validation: Option<NaiveDate>) -> Option<Defaut> {
    let limite = cadre.programme.validation_ars_limite;
    let Some(validation) = validation else {
        let phrase = phrase![
            "La date de validation de la candidature par l’ARS manque : indiquez-la (au plus tard le ",
            limite,
            ")."
        ];
        return Some((Verdict::Incomplet, phrase, Some("phase.validation_ars")));
    };
    (validation > limite).then(|| {
        let verdict = cadre.manque_a(limite);
        let suite = if verdict == Verdict::Perdu {
            "ne peut plus être rattrapé."
        } else {
            "demandez à l’ARS de valider plus tôt."
        };
        let phrase = phrase![
            "Validation par l’ARS le ",
            validation,
            ", après la date limite du ",
            limite,
            " : ",
            suite
        ];
        (verdict, phrase, None)
    })
}

fn fin(cadre: &Cadre) -> Option<Defaut> {
    let limite = cadre.programme.declaration_limite;
    if cadre.fin > limite {
        let phrase = phrase![
            "Déclaration le ",
            cadre.fin,
            ", après la date limite : déposez-la au plus tard le ",
            limite,
            "."
        ];
        return Some((Verdict::NonAtteint, phrase, None));
    }
    cadre.debut.filter(|debut| *debut > cadre.fin).map(|debut| {
        let phrase = phrase![
            "La déclaration (",
            cadre.fin,
            ") précède le début de la phase (",
            debut,
            ") : corrigez l’une des deux dates."
        ];
        (Verdict::NonAtteint, phrase, None)
    })
}
