//! The rules of the expenses written a second time, from the text and not from the code, in whole cents.

mod commun;

use calc_core::{Depense, Nature, PreuveDebut, StatutDepense, evaluate, jours_entre};
use chrono::NaiveDate;
use commun::jour;
use std::collections::BTreeSet;

use StatutDepense::{AConfirmer, AJustifier, Eligible, NonEligible, Partiel};

/// S and E.
struct Regard {
    debut: Option<NaiveDate>,
    fin: NaiveDate,
}

impl Regard {
    /// The status of an expense, and its eligible cents.
    fn depense(&self, depense: &Depense) -> (StatutDepense, i64) {
        let montant = depense.montant_ttc.map(|montant| montant.0);
        let (nature, part) = self.nature(depense, montant.unwrap_or(0));
        let mut pire = nature.max(self.dates(depense));
        if montant.is_none() {
            pire = pire.max(AJustifier);
        }
        match pire {
            Eligible | Partiel => (pire, part),
            _ => (pire, 0),
        }
    }

    fn dates(&self, depense: &Depense) -> StatutDepense {
        let publication = jour("2026-01-30");
        let fin = self.fin;
        let mut pire = Eligible;
        let rh = depense.nature == Some(Nature::Rh);
        if !rh && (depense.commande.is_none() || depense.facture.is_none()) {
            pire = pire.max(AJustifier);
        }
        if depense
            .facture
            .is_some_and(|date| date < publication || date > fin)
            || depense.commande.is_some_and(|date| date > fin)
        {
            pire = NonEligible;
        }
        let anterieure = depense.commande.is_some_and(|date| date < publication);
        if anterieure {
            pire = pire.max(match (depense.debut_travaux, depense.preuve_debut) {
                (Some(date), _) if date <= publication => NonEligible,
                (Some(_), Some(PreuveDebut::Attestation)) => NonEligible,
                (Some(_), Some(_)) => Eligible,
                _ => AJustifier,
            });
        }
        // Orders and invoices after the publication, yet before S.
        for date in [depense.commande, depense.facture].into_iter().flatten() {
            if date < publication {
                continue;
            }
            match self.debut {
                Some(debut) if date < debut => pire = pire.max(AConfirmer),
                None if date <= jour("2026-05-07") => pire = pire.max(AJustifier),
                _ => {}
            }
        }
        pire
    }

    fn nature(&self, depense: &Depense, montant: i64) -> (StatutDepense, i64) {
        let condition = |tenue| match tenue {
            Some(true) => (Eligible, montant),
            Some(false) => (NonEligible, 0),
            None => (AJustifier, 0),
        };
        match depense.nature {
            Some(Nature::Prestation | Nature::LicencePerpetuelle | Nature::Materiel) => {
                (Eligible, montant)
            }
            Some(Nature::Rh) if depense.justification_rh == Some(true) => (Eligible, montant),
            None | Some(Nature::Rh) => (AJustifier, 0),
            Some(Nature::FusionAd) => condition(depense.reduit_vulnerabilites),
            Some(Nature::IamCorrection) => condition(depense.anomalies_ads),
            Some(Nature::Abonnement) => self.abonnement(depense, montant),
            Some(Nature::ExerciceCrise) => self.exercice_paye(depense, montant),
            Some(Nature::RefonteSite) => match depense.part_securite.map(|part| part.0) {
                None => (AJustifier, 0),
                Some(0) => (NonEligible, 0),
                Some(part) if part == montant => (Eligible, montant),
                Some(part) => (Partiel, part),
            },
            Some(_) => (NonEligible, 0),
        }
    }

    fn abonnement(&self, depense: &Depense, montant: i64) -> (StatutDepense, i64) {
        let Some(phase) = self.debut else {
            return (AJustifier, 0);
        };
        if depense.commande.is_some_and(|commande| commande <= phase) {
            return (NonEligible, 0);
        }
        let (Some(debut), Some(fin)) = (depense.debut, depense.fin) else {
            return (AJustifier, 0);
        };
        let jours = i128::from(jours_entre(debut, fin) + 1);
        let dedans = jours_entre(debut.max(phase), fin.min(self.fin)) + 1;
        if dedans <= 0 {
            return (NonEligible, 0);
        }
        // Half up: floor(x + 1/2), where x = amount × days inside / days.
        let part = (2 * i128::from(montant) * i128::from(dedans) + jours).div_euclid(2 * jours);
        let statut = if i128::from(dedans) == jours {
            Eligible
        } else {
            Partiel
        };
        (statut, i64::try_from(part).unwrap())
    }

    /// An exercise paid: inside [S, E], its day being the invoice's where nothing else is told.
    fn exercice_paye(&self, depense: &Depense, montant: i64) -> (StatutDepense, i64) {
        let Some(debut) = self.debut else {
            return (AJustifier, 0);
        };
        let fin = self.fin;
        let dehors = |date: NaiveDate| date < debut || date > fin;
        if depense.debut.is_some_and(dehors) {
            return (NonEligible, 0);
        }
        let ars = depense.part_ars.map_or(0, |part| part.0);
        let (statut, part) = match montant - ars {
            reste if ars == 0 || depense.montant_ttc.is_none() => (Eligible, reste),
            ..=0 => (NonEligible, 0),
            reste => (Partiel, reste),
        };
        // Invoiced before the phase, held on a day that is not told: it may have been held in it.
        let avant = depense.debut.is_none() && depense.facture.is_some_and(|date| date < debut);
        (
            if avant {
                statut.max(AJustifier)
            } else {
                statut
            },
            part,
        )
    }
}

#[test]
fn both_readings_of_the_expenses_agree() {
    let programme = commun::programme();
    let mut statuts = BTreeSet::new();
    for (lu, le) in commun::tirage::dossiers(6_000) {
        let phase = lu.phase.as_ref();
        let limite = jour("2027-03-31");
        let regard = Regard {
            debut: phase.and_then(|phase| phase.debut),
            fin: phase.and_then(|phase| phase.declaration).unwrap_or(limite),
        };
        let bilan = evaluate(&lu, &programme, le).depenses;
        let mut total = 0;
        for (depense, ligne) in lu.depenses.iter().zip(&bilan.lignes) {
            let attendu = regard.depense(depense);
            let obtenu = (ligne.statut, ligne.montant_eligible.0);
            assert_eq!(obtenu, attendu, "{depense:?} {:?} {ligne:?}", lu.phase);
            statuts.insert((depense.nature.map(Nature::as_str), ligne.statut));
            total += attendu.1;
        }
        assert_eq!(bilan.total_eligible.0, total);
    }
    // Every status of every kind that can come to it.
    assert_eq!(statuts.len(), 50, "{statuts:?}");
}
