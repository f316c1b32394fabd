//! The table of every check: its id, its objective, its title and the questions that it rests on.

use crate::verdict::{Objectif, Sources};

/// A check that `evaluate` can emit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Regle {
    /// Its stable id: `D1.O2.A/intervalle-max`.
    pub id: &'static str,
    /// The objective that it belongs to.
    pub objectif: Objectif,
    /// Its title, in French.
    pub titre: &'static str,
    /// The questions that it rests on.
    pub sources: Sources,
}

const fn regle(
    id: &'static str,
    objectif: Objectif,
    titre: &'static str,
    sources: Sources,
) -> Regle {
    Regle {
        id,
        objectif,
        titre,
        sources,
    }
}

const REGLES: &[Regle] = &[
    regle(
        "CAND/phase",
        Objectif::Cand,
        "Début, validation et fin de la phase opérationnelle",
        &["1.6", "3.1", "4.4"],
    ),
    regle(
        "D1.O1.A/premier-audit",
        Objectif::O1A,
        "Premier audit de chaque annuaire",
        &["3.1"],
    ),
    regle(
        "D1.O1.A/intervalle-moyen",
        Objectif::O1A,
        "Intervalle moyen entre les audits d’un annuaire",
        &["3.1", "3.16"],
    ),
    regle(
        "D1.O1.A/intervalle-max",
        Objectif::O1A,
        "Intervalle maximal entre les audits d’un annuaire",
        &["3.1"],
    ),
    regle(
        "D1.O1.A/couverture",
        Objectif::O1A,
        "Chaque entité a un annuaire audité",
        &["1.3", "1.4", "3.7"],
    ),
    regle(
        "D1.O1.A/mode",
        Objectif::O1A,
        "Annuaire absent ou dans le cloud",
        &["3.5", "3.6"],
    ),
    regle(
        "D1.O1.B/part-activite",
        Objectif::O1B,
        "Part d’activité combinée couverte",
        &["1.3", "1.4"],
    ),
    regle(
        "D1.O1.B/deux-derniers-scores",
        Objectif::O1B,
        "Score des deux derniers audits ADS",
        &["3.3", "3.6"],
    ),
    regle(
        "D1.O2.A/premier-audit",
        Objectif::O2A,
        "Premier audit de chaque périmètre exposé",
        &["3.1"],
    ),
    regle(
        "D1.O2.A/intervalle-moyen",
        Objectif::O2A,
        "Intervalle moyen entre les audits d’exposition",
        &["3.1", "3.9", "3.16"],
    ),
    regle(
        "D1.O2.A/intervalle-max",
        Objectif::O2A,
        "Intervalle maximal entre les audits d’exposition",
        &["3.9", "3.16"],
    ),
    regle(
        "D1.O2.A/couverture",
        Objectif::O2A,
        "Chaque entité a un périmètre audité",
        &["1.3", "1.4", "3.17"],
    ),
    regle(
        "D1.O2.B/part-activite",
        Objectif::O2B,
        "Part d’activité combinée couverte",
        &["1.3", "1.4", "3.17"],
    ),
    regle(
        "D1.O2.B/dernier-sans-critique",
        Objectif::O2B,
        "Dernier audit sans vulnérabilité critique",
        &["3.9", "3.14", "3.15", "3.16"],
    ),
    regle(
        "D1.O2.B/dernier-recent",
        Objectif::O2B,
        "Ancienneté du dernier audit à la déclaration",
        &["3.16"],
    ),
    regle(
        "D1.O2.B/avant-dernier-sans-critique",
        Objectif::O2B,
        "Avant-dernier audit sans vulnérabilité critique",
        &["3.9", "3.14", "3.15", "3.16"],
    ),
    regle(
        "D1.O2.B/outil",
        Objectif::O2B,
        "Les deux derniers audits par une plateforme industrielle",
        &["3.9", "3.16"],
    ),
    regle(
        "D1.O3/exercice",
        Objectif::O3,
        "Exercice de crise de chaque entité",
        &["2.11", "3.19", "3.22", "3.23"],
    ),
    regle(
        "D1.O3/preuve",
        Objectif::O3,
        "Preuve de l’exercice de crise",
        &["3.20", "3.21"],
    ),
    regle(
        "D1.O4/date",
        Objectif::O4,
        "Autoévaluation faite avant la déclaration",
        &["1.6", "3.30"],
    ),
    regle(
        "D1.O4/moyen",
        Objectif::O4,
        "Moyen de l’autoévaluation",
        &["3.24", "3.30"],
    ),
    regle("D1.O5/annee", Objectif::O5, "Année du budget", &["3.27"]),
    regle(
        "D1.O5/remunerations",
        Objectif::O5,
        "Rémunérations exclues du budget numérique",
        &["3.25"],
    ),
    regle(
        "D1.O5/subventions",
        Objectif::O5,
        "Subventions CaRE non déduites",
        &["3.25"],
    ),
    regle(
        "D1.O5/part",
        Objectif::O5,
        "Part du numérique dans le budget sanitaire",
        &["3.25", "3.28"],
    ),
    regle(
        "D1.O6.A/strategie",
        Objectif::O6A,
        "Stratégie de convergence formalisée",
        &["3.32"],
    ),
    regle(
        "D1.O6.B/convergence",
        Objectif::O6B,
        "Convergence déjà faite ou trajectoire",
        &["3.31", "3.32"],
    ),
    regle(
        "D1.O6.B/description",
        Objectif::O6B,
        "Description de l’infrastructure convergée",
        &["3.31"],
    ),
    regle(
        "D1.O6.B/trajectoire",
        Objectif::O6B,
        "Contenu de la trajectoire de convergence",
        &["3.32"],
    ),
    regle(
        "D1.O6.B/premier-jalon",
        Objectif::O6B,
        "Premier jalon dans le délai",
        &["3.32", "3.33"],
    ),
];

/// Every check that [`crate::evaluate()`] can emit, in the order of the objectives.
#[must_use]
pub fn regles() -> &'static [Regle] {
    REGLES
}

/// The check of that name on that objective: `intervalle-max` on D1.O2.A.
pub(crate) fn nommee(objectif: Objectif, nom: &str) -> Option<&'static str> {
    let celle =
        |regle: &&Regle| regle.objectif == objectif && regle.id.rsplit('/').next() == Some(nom);
    REGLES.iter().find(celle).map(|regle| regle.id)
}

/// The questions of a check.
pub(crate) fn sources(id: &str) -> Sources {
    REGLES
        .iter()
        .find(|regle| regle.id == id)
        .map_or(&[], |regle| regle.sources)
}

/// The check of that id, for constants: one that is not in the table does not compile.
pub(crate) const fn celle(id: &str) -> &'static Regle {
    let mut rang = 0;
    while !meme(REGLES[rang].id.as_bytes(), id.as_bytes()) {
        rang += 1;
    }
    &REGLES[rang]
}

/// Whether two texts are one; `==` is not for constants yet.
const fn meme(un: &[u8], autre: &[u8]) -> bool {
    let mut rang = 0;
    while rang < un.len() && rang < autre.len() && un[rang] == autre[rang] {
        rang += 1;
    }
    rang == un.len() && rang == autre.len()
}
