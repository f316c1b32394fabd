//! Expenses (§10): what each one is worth, in exact cents.

use crate::prelude::*;
mod dates;
mod natures;

use crate::cadre::Cadre;
use crate::dossier::{Depense, Statut};
use crate::francais::phrase;
use crate::ordre::ranger;
use crate::unites::Euros;
use crate::verdict::{Information, Lieu};

/// What an expense comes to, from the best to the worst: the worst rule decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatutDepense {
    /// Wholly eligible.
    Eligible,
    /// Eligible in part.
    Partiel,
    /// The Q&A leaves a doubt.
    AConfirmer,
    /// Eligible once something is told or shown.
    AJustifier,
    /// Not eligible.
    NonEligible,
}

impl StatutDepense {
    /// The word of the JSON output: `a_justifier`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::Partiel => "partiel",
            Self::AJustifier => "a_justifier",
            Self::AConfirmer => "a_confirmer",
            Self::NonEligible => "non_eligible",
        }
    }

    /// The words of a page: « à justifier ».
    #[must_use]
    pub fn libelle(self) -> &'static str {
        match self {
            Self::Eligible => "éligible",
            Self::Partiel => "éligible en partie",
            Self::AJustifier => "à justifier",
            Self::AConfirmer => "à confirmer",
            Self::NonEligible => "non éligible",
        }
    }
}

/// One expense, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LigneDepense {
    /// Its id.
    pub id: String,
    /// What it comes to.
    pub statut: StatutDepense,
    /// What can be funded of it: zero while it is to be justified or confirmed.
    pub montant_eligible: Euros,
    /// What could be funded once it is justified or confirmed.
    pub montant_possible: Euros,
    /// Why, each a French sentence.
    pub raisons: Vec<String>,
    /// JSON paths of the fields that are missing.
    pub manque: Vec<String>,
    /// The questions that it rests on.
    pub sources: Vec<&'static str>,
}

/// All expenses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BilanDepenses {
    /// In the order of the dossier.
    pub lignes: Vec<LigneDepense>,
    /// Everything is declared, even above the ceiling (Q2.4).
    pub total_declare: Euros,
    /// What can be funded, before the ceiling.
    pub total_eligible: Euros,
    /// What could be funded once everything is justified and confirmed, before the ceiling.
    pub total_possible: Euros,
    /// The ceiling, where it is known.
    pub plafond: Option<Euros>,
}

/// One expense while its rules are applied.
struct Jugement {
    statut: StatutDepense,
    /// What is eligible so far, in cents.
    part: i64,
    raisons: Vec<String>,
    manque: Vec<String>,
    sources: Vec<&'static str>,
    lieu: Lieu,
}

impl Jugement {
    /// Applies a rule: the worst status stays, every reason is kept.
    fn dire(&mut self, statut: StatutDepense, sources: &[&'static str], raison: String) {
        self.statut = self.statut.max(statut);
        self.raisons.push(raison);
        self.citer(sources);
    }

    fn citer(&mut self, sources: &[&'static str]) {
        for source in sources {
            if !self.sources.contains(source) {
                self.sources.push(source);
            }
        }
    }

    /// Notes that a field is needed to judge.
    fn manque(&mut self, champ: &str, sources: &[&'static str], raison: &str) {
        self.manque.push(self.lieu.champ(champ));
        self.dire(StatutDepense::AJustifier, sources, raison.into());
    }

    /// The same for the start of the phase.
    fn manque_debut(&mut self, sources: &[&'static str]) {
        if !self.manque.iter().any(|champ| champ == "phase.debut") {
            self.manque.push("phase.debut".into());
        }
        let raison = "Le début de la phase opérationnelle manque : indiquez-le.";
        self.dire(StatutDepense::AJustifier, sources, raison.into());
    }
}

/// Judges every expense of the dossier.
pub(crate) fn evaluer(cadre: &Cadre) -> BilanDepenses {
    let depenses = &cadre.dossier.depenses;
    let mut bilan = BilanDepenses {
        plafond: cadre
            .dossier
            .plafond_euros
            .or(cadre.programme.plafond_euros),
        lignes: Vec::with_capacity(depenses.len()),
        ..BilanDepenses::default()
    };
    for (rang, depense) in depenses.iter().enumerate() {
        let ligne = juger(cadre, rang, depense);
        let declare = depense.montant_ttc.unwrap_or_default();
        bilan.total_declare.0 = bilan.total_declare.0.saturating_add(declare.0);
        bilan.total_eligible.0 = bilan
            .total_eligible
            .0
            .saturating_add(ligne.montant_eligible.0);
        bilan.total_possible.0 = bilan
            .total_possible
            .0
            .saturating_add(ligne.montant_possible.0);
        bilan.lignes.push(ligne);
    }
    bilan
}

fn juger(cadre: &Cadre, rang: usize, depense: &Depense) -> LigneDepense {
    let mut jugement = Jugement {
        statut: StatutDepense::Eligible,
        part: depense.montant_ttc.unwrap_or_default().0,
        raisons: Vec::new(),
        manque: Vec::new(),
        sources: Vec::new(),
        lieu: Lieu {
            liste: "depenses",
            rang,
            audit: None,
        },
    };
    if depense.montant_ttc.is_none() {
        jugement.manque(
            "montant_ttc",
            &[],
            "Le montant manque : indiquez-le, toutes taxes comprises.",
        );
    }
    natures::juger(cadre, depense, &mut jugement);
    dates::juger(cadre, depense, &mut jugement);
    ligne(depense, jugement)
}

fn ligne(depense: &Depense, jugement: Jugement) -> LigneDepense {
    let sources = ranger(jugement.sources, |source| rang_de_question(source));
    let (eligible, possible) = match jugement.statut {
        StatutDepense::Eligible | StatutDepense::Partiel => (jugement.part, jugement.part),
        StatutDepense::AConfirmer | StatutDepense::AJustifier => (0, jugement.part),
        StatutDepense::NonEligible => (0, 0),
    };
    LigneDepense {
        id: depense.id.clone(),
        statut: jugement.statut,
        montant_eligible: Euros(eligible),
        montant_possible: Euros(possible),
        raisons: jugement.raisons,
        manque: jugement.manque,
        sources,
    }
}

/// `2.13` after `2.5`: the section, then the number.
fn rang_de_question(source: &str) -> i64 {
    let mut nombres = source.split('.').map(|nombre| nombre.parse().unwrap_or(0));
    nombres.next().unwrap_or(0) * 1000 + nombres.next().unwrap_or(0)
}

/// What goes with the financial statement: ceiling, signatures, and how to send it unseen (Q2.4, Q2.14, Q2.15).
pub(crate) fn informer(cadre: &Cadre, bilan: &BilanDepenses, informations: &mut Vec<Information>) {
    if bilan.lignes.is_empty() {
        return;
    }
    let mut dire = |texte: String, sources| {
        informations.push(Information {
            objectif: None,
            sujet: None,
            texte,
            sources,
        });
    };
    if let Some(plafond) = bilan
        .plafond
        .filter(|plafond| bilan.total_eligible > *plafond)
    {
        let texte = phrase![
            "Le total éligible (",
            bilan.total_eligible,
            ") dépasse le plafond (",
            plafond,
            ") : déclarez tout de même toutes les dépenses."
        ];
        dire(texte, &["2.4"]);
    }
    let prive = |statut| {
        matches!(
            statut,
            Some(Statut::PriveLucratif | Statut::PriveNonLucratif)
        )
    };
    let statuts = || cadre.dossier.entites.iter().map(|entite| entite.statut);
    if statuts().any(|statut| statut == Some(Statut::Public)) {
        dire(SIGNATURES_PUBLIQUES.into(), &["2.14"]);
    }
    if statuts().any(prive) {
        dire(SIGNATURES_PRIVEES.into(), &["2.14"]);
    }
    dire(ENVOI.into(), &["2.15"]);
}

const SIGNATURES_PUBLIQUES: &str = "État de financement d’un établissement public : signatures de l’ordonnateur (directeur \
    général) et du trésorier payeur ou agent comptable ; si l’ordonnateur et le directeur financier signent, le trésorier \
    transmet un document signé qui confirme les mandatements.";
const SIGNATURES_PRIVEES: &str = "État de financement d’un établissement privé : signatures de l’ordonnateur (directeur général) et du DAF ou de l’expert-comptable.";
const ENVOI: &str = "Pour ne pas montrer l’état financier et le récapitulatif de paie au référent, les RH ou la DAF les déposent \
    dans un zip protégé par mot de passe, et envoient celui-ci avec le numéro NRU à care.servicefinances@esante.gouv.fr.";
