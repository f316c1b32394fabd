//! D1.O4: the self-assessment (§9, Q3.24, Q3.30).

use crate::cadre::Cadre;
use crate::dates::jours_entre;
use crate::dossier::{Autoevaluation, Moyen};
use crate::francais::phrase;
use crate::prelude::*;
use crate::regles::{Regle, celle};
use crate::verdict::{Controle, Marge, Valeur, Verdict};
use chrono::NaiveDate;

const DATE: &Regle = celle("D1.O4/date");
const MOYEN: &Regle = celle("D1.O4/moyen");

/// D1.O4.
pub(crate) fn evaluer(cadre: &Cadre) -> Vec<Controle> {
    let Some(autoevaluation) = &cadre.dossier.autoevaluation else {
        let phrase = "L’autoévaluation n’est pas décrite : indiquez sa date et son moyen.";
        return vec![
            Controle::new(DATE, None, Verdict::Incomplet, phrase.into())
                .manque(vec!["autoevaluation".into()]),
        ];
    };
    vec![date(cadre, autoevaluation.date), moyen(autoevaluation)]
}

/// At the latest on E, included.
fn date(cadre: &Cadre, date: Option<NaiveDate>) -> Controle {
    let Some(date) = date else {
        let phrase = "La date de l’autoévaluation manque : indiquez-la.";
        return Controle::new(DATE, None, Verdict::Incomplet, phrase.into())
            .manque(vec!["autoevaluation.date".into()]);
    };
    let verdict = if date <= cadre.fin {
        cadre.tient_des(date)
    } else {
        cadre.conclure(Verdict::NonAtteint, Verdict::NonAtteint)
    };
    let remede = cadre.avant_la_fin();
    let (suite, remede) = match verdict {
        Verdict::NonAtteint => (" : faites-la ", remede.as_str()),
        Verdict::Perdu => (" : ne peut plus être rattrapé", ""),
        _ => ("", ""),
    };
    let phrase = phrase![
        "Autoévaluation le ",
        date,
        ", au plus tard le ",
        cadre.fin,
        suite,
        remede,
        "."
    ];
    Controle::new(DATE, None, verdict, phrase)
        .constat(Valeur::Date(date))
        .seuil(Valeur::Date(cadre.fin))
        .marge(Marge::jours(jours_entre(date, cadre.fin)))
}

fn moyen(autoevaluation: &Autoevaluation) -> Controle {
    match autoevaluation.moyen {
        Some(Moyen::Osis) => Controle::new(
            MOYEN,
            None,
            Verdict::Atteint,
            "Autoévaluation sur oSIS V3.".into(),
        ),
        Some(Moyen::Excel) => {
            let phrase = "Le fichier Excel ne remplace oSIS V3 que pendant son indisponibilité (question 3.30) : confirmez-la auprès \
                          du support CaRE, ou remplissez oSIS V3.";
            Controle::new(MOYEN, None, Verdict::AConfirmer, phrase.into())
        }
        None => {
            let phrase = "Le moyen de l’autoévaluation manque : indiquez oSIS V3 ou Excel.";
            Controle::new(MOYEN, None, Verdict::Incomplet, phrase.into())
                .manque(vec!["autoevaluation.moyen".into()])
        }
    }
}
