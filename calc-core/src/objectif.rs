//! The verdicts and the objectives, with their codes and names.

/// The verdict of a check, an objective or a dossier, from the best to the worst: the worst one decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Does not apply to this candidate.
    SansObjet,
    /// Holds on facts dated up to today.
    Atteint,
    /// Holds if what is planned happens on the planned dates.
    Prevu,
    /// The Q&A supports two readings that disagree here, or asks to contact the ARS or the programme.
    AConfirmer,
    /// Data that the check needs is missing.
    Incomplet,
    /// Does not hold with the present plan, and can still be repaired.
    NonAtteint,
    /// No later action can repair it.
    Perdu,
}

impl Verdict {
    /// Every verdict, from the best to the worst.
    pub const TOUS: [Self; 7] = [
        Self::SansObjet,
        Self::Atteint,
        Self::Prevu,
        Self::AConfirmer,
        Self::Incomplet,
        Self::NonAtteint,
        Self::Perdu,
    ];

    /// The word of the JSON output: `a_confirmer`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SansObjet => "sans_objet",
            Self::Atteint => "atteint",
            Self::Prevu => "prevu",
            Self::AConfirmer => "a_confirmer",
            Self::Incomplet => "incomplet",
            Self::NonAtteint => "non_atteint",
            Self::Perdu => "perdu",
        }
    }

    /// The words of a page: « à confirmer ».
    #[must_use]
    pub fn libelle(self) -> &'static str {
        match self {
            Self::SansObjet => "sans objet",
            Self::Atteint => "atteint",
            Self::Prevu => "prévu",
            Self::AConfirmer => "à confirmer",
            Self::Incomplet => "incomplet",
            Self::NonAtteint => "non atteint",
            Self::Perdu => "perdu",
        }
    }

    /// From 0, the best, to 6, the worst.
    pub(crate) fn rang(self) -> i64 {
        self as i64
    }

    /// Whether the check holds, done or planned.
    #[must_use]
    pub fn tient(self) -> bool {
        matches!(self, Self::Atteint | Self::Prevu)
    }
}

/// The objectives, in the order of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Objectif {
    /// The application and the operational phase.
    Cand,
    /// Regular audits of every directory.
    O1A,
    /// Security level of the directories.
    O1B,
    /// Regular audits of the exposure.
    O2A,
    /// No critical vulnerability.
    O2B,
    /// Crisis exercise.
    O3,
    /// Self-assessment.
    O4,
    /// Digital budget.
    O5,
    /// Strategy of convergence.
    O6A,
    /// Trajectory of convergence.
    O6B,
}

/// Every objective, in the order of the output.
pub const OBJECTIFS: [Objectif; 10] = [
    Objectif::Cand,
    Objectif::O1A,
    Objectif::O1B,
    Objectif::O2A,
    Objectif::O2B,
    Objectif::O3,
    Objectif::O4,
    Objectif::O5,
    Objectif::O6A,
    Objectif::O6B,
];

/// Those that the date of an event or of the declaration can turn round.
pub(crate) const OBJECTIFS_DATES: [Objectif; 7] = [
    Objectif::Cand,
    Objectif::O1A,
    Objectif::O1B,
    Objectif::O2A,
    Objectif::O2B,
    Objectif::O3,
    Objectif::O4,
];

impl Objectif {
    /// The code: `D1.O2.A`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Cand => "CAND",
            Self::O1A => "D1.O1.A",
            Self::O1B => "D1.O1.B",
            Self::O2A => "D1.O2.A",
            Self::O2B => "D1.O2.B",
            Self::O3 => "D1.O3",
            Self::O4 => "D1.O4",
            Self::O5 => "D1.O5",
            Self::O6A => "D1.O6.A",
            Self::O6B => "D1.O6.B",
        }
    }

    /// The title, in French.
    #[must_use]
    pub fn titre(self) -> &'static str {
        match self {
            Self::Cand => "Candidature et phase opérationnelle",
            Self::O1A => "Auditer régulièrement tous les annuaires",
            Self::O1B => "Atteindre le niveau de sécurité minimum des annuaires",
            Self::O2A => "Auditer régulièrement l’exposition sur internet",
            Self::O2B => "N’exposer aucune vulnérabilité critique",
            Self::O3 => "Réaliser un exercice de crise cyber",
            Self::O4 => "S’auto-évaluer en maturité cyber",
            Self::O5 => "Calculer le budget dédié au numérique",
            Self::O6A => "Formaliser la stratégie de convergence du GHT",
            Self::O6B => "Documenter la trajectoire de convergence des AD",
        }
    }
}
