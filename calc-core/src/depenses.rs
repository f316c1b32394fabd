//! Expenses (§10): what each one is worth, in exact cents.

use crate::unites::Euros;

/// What an expense comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatutDepense {
    /// Wholly eligible.
    Eligible,
    /// Eligible in part.
    Partiel,
    /// Eligible once something is shown.
    AJustifier,
    /// The Q&A leaves a doubt.
    AConfirmer,
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
    /// What can be funded of it.
    pub montant_eligible: Euros,
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
    /// The ceiling, where it is known.
    pub plafond: Option<Euros>,
}
