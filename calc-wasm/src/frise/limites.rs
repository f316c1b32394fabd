//! Last days and windows of a row.

use super::{Cadre, LigneLue, Rang, Sujet};
use crate::prelude::*;
use calc_core::{Objectif, ProchainAudit, francais};

/// The last days for the next audit, one mark per rule.
pub(super) fn next_limits(cadre: &Cadre, prochain: &ProchainAudit, rang: &mut Rang) {
    if let (Some(dernier), Some(maximum)) = (prochain.dernier, prochain.maximum)
        && maximum <= cadre.end()
    {
        let reste = cadre.stretch((dernier, maximum), "delai", String::new());
        rang.ecarts.push(reste);
    }
    let jours = [
        (
            prochain.premier,
            "premier",
            "Premier audit, sans point à confirmer",
        ),
        (
            prochain.moyen,
            "moyen",
            "Prochain audit, pour l’intervalle moyen",
        ),
        (
            prochain.maximum,
            "maximum",
            "Prochain audit, pour l’intervalle maximal",
        ),
    ];
    for (jour, genre, quoi) in jours {
        let Some(jour) = jour.filter(|jour| *jour <= cadre.end()) else {
            continue;
        };
        let quand = ["au plus tard le ", &francais::date(jour)].concat();
        let titre = [quoi, ", ", &quand].concat();
        rang.limites.push(cadre.mark(jour, genre, "", titre));
        rang.lignes.push(LigneLue {
            quand,
            quoi: quoi.into(),
            etat: "limite",
            ecart: String::new(),
        });
    }
}

/// The windows of D1.O2.B: where the antepenultimate can serve, then the last industrial audit.
pub(super) fn windows(cadre: &Cadre, sujet: &Sujet, rang: &mut Rang) {
    let genres = ["antepenultieme", "dernier"];
    let fenetres = cadre.echeancier.iter().filter(|echeance| {
        echeance.objectif == Objectif::O2B && echeance.sujet.as_deref() == Some(sujet.id)
    });
    for (echeance, genre) in fenetres.zip(genres) {
        let Some(debut) = echeance.debut.filter(|_| sujet.liste == "perimetres") else {
            continue;
        };
        let (de, a) = (francais::date(debut), francais::date(echeance.date));
        let quand = ["du ", &de, " au ", &a].concat();
        let titre = [echeance.libelle, ", ", &quand].concat();
        rang.bandes
            .push(cadre.stretch((debut, echeance.date), genre, titre));
        rang.lignes.push(LigneLue {
            quand,
            quoi: echeance.libelle.into(),
            etat: "fenêtre",
            ecart: String::new(),
        });
    }
}
