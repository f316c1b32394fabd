//! The dates of the order and of the invoice (Q2.5).

use super::{Jugement, StatutDepense};
use crate::cadre::Cadre;
use crate::dossier::{Depense, Nature, PreuveDebut};
use crate::francais::phrase;
use chrono::NaiveDate;

/// Order and invoice in [publication, E], both included; before S, to be confirmed.
pub(super) fn juger(cadre: &Cadre, depense: &Depense, jugement: &mut Jugement) {
    // Own staff have neither order nor invoice: their dates count where they are told.
    let attendues = depense.nature != Some(Nature::Rh);
    presence(depense.commande, "commande", attendues, jugement);
    presence(depense.facture, "facture", attendues, jugement);
    if let Some(facture) = depense.facture {
        borner(cadre, facture, "Facture du ", jugement);
    }
    match depense.commande {
        Some(commande) if commande < cadre.programme.arrete_publication => {
            anterieure(cadre, depense, jugement);
        }
        Some(commande) => borner(cadre, commande, "Commande du ", jugement),
        None => {}
    }
    avant_la_phase(cadre, depense, jugement);
}

fn presence(date: Option<NaiveDate>, champ: &str, attendue: bool, jugement: &mut Jugement) {
    if date.is_none() && attendue {
        let raison = phrase![
            "La date du champ « ",
            champ,
            " » manque : elle doit être dans la période éligible."
        ];
        jugement.manque(champ, &["2.5"], &raison);
    }
}

fn borner(cadre: &Cadre, date: NaiveDate, quoi: &str, jugement: &mut Jugement) {
    let (debut, fin) = (cadre.programme.arrete_publication, cadre.fin);
    if date < debut {
        let raison = phrase![
            quoi,
            date,
            ", avant la publication de l’arrêté (",
            debut,
            ")."
        ];
        jugement.dire(StatutDepense::NonEligible, &["2.5"], raison);
    } else if date > fin {
        let raison = phrase![quoi, date, ", après la déclaration (", fin, ")."];
        jugement.dire(StatutDepense::NonEligible, &["2.5"], raison);
    } else if date > cadre.programme.declaration_limite {
        // E is refused elsewhere (CAND): what rests on it says so here.
        let limite = cadre.programme.declaration_limite;
        let raison = phrase![
            quoi,
            date,
            ", après le dernier jour pour déclarer (",
            limite,
            ")."
        ];
        jugement.dire(StatutDepense::Eligible, &["2.5"], raison);
    } else {
        jugement.citer(&["2.5"]);
    }
}

/// An order before the publication: an order or an invoice must show that work began after it.
fn anterieure(cadre: &Cadre, depense: &Depense, jugement: &mut Jugement) {
    let publication = cadre.programme.arrete_publication;
    match (depense.debut_travaux, depense.preuve_debut) {
        (None, _) => {
            let raison = "Commande antérieure à l’arrêté : indiquez la date de début des travaux.";
            jugement.manque("debut_travaux", &["2.5"], raison);
        }
        (Some(debut), _) if debut <= publication => {
            let raison = phrase![
                "Travaux commencés le ",
                debut,
                ", au plus tard à la publication de l’arrêté (",
                publication,
                ")."
            ];
            jugement.dire(StatutDepense::NonEligible, &["2.5"], raison);
        }
        (Some(_), None) => {
            let raison = "Commande antérieure à l’arrêté : un bon de commande ou une facture doit montrer le début des travaux.";
            jugement.manque("preuve_debut", &["2.5"], raison);
        }
        (Some(_), Some(PreuveDebut::Attestation)) => {
            let raison = "Une attestation n’est pas acceptée : fournissez un bon de commande ou une facture qui montre le début des travaux.";
            jugement.dire(StatutDepense::NonEligible, &["2.5"], raison.into());
        }
        (Some(debut), Some(PreuveDebut::BonDeCommande | PreuveDebut::Facture)) => {
            let raison = phrase![
                "Commande antérieure à l’arrêté, travaux commencés après, le ",
                debut,
                ", pièce à l’appui."
            ];
            jugement.dire(StatutDepense::Eligible, &["2.5"], raison);
            if let Some(phase) = cadre.debut.filter(|phase| debut < *phase) {
                let doute = phrase![
                    "Ces travaux précèdent le début de la phase (",
                    phase,
                    ") : la question 2.5 les admet, les questions 2.2 et 2.13 demandent la phase ; demandez à votre ARS."
                ];
                jugement.dire(StatutDepense::Eligible, &["2.2", "2.13"], doute);
            }
        }
    }
}

/// Between the publication and S, the Q&A has two sentences: Q2.5 counts from the publication, Q2.2 and Q2.13 from S.
fn avant_la_phase(cadre: &Cadre, depense: &Depense, jugement: &mut Jugement) {
    let publication = cadre.programme.arrete_publication;
    let dates = [depense.commande, depense.facture];
    let premiere = dates
        .into_iter()
        .flatten()
        .filter(|date| *date >= publication)
        .min();
    let Some(premiere) = premiere else { return };
    match cadre.debut {
        Some(debut) if premiere < debut => {
            let raison = phrase![
                "Dépense du ",
                premiere,
                ", entre la publication de l’arrêté et le début de la phase (",
                debut,
                ") : la question 2.5 l’admet, les questions 2.2 et 2.13 demandent la phase ; demandez à votre ARS."
            ];
            jugement.dire(StatutDepense::AConfirmer, &["2.2", "2.5", "2.13"], raison);
        }
        // S is at the latest the last day for the validation: later expenses are in the phase anyway.
        None if premiere <= cadre.programme.validation_ars_limite => {
            jugement.manque_debut(&["2.5"]);
        }
        _ => {}
    }
}
