//! Which exposure audits D1.O2.B uses, and what their scores give: numbers only (§7).

use crate::cadre::{Cadre, Passage};
use crate::dates::{jours_entre, plus_jours};
use crate::dossier::{AuditExposition, Outil, Perimetre};
use crate::unites::Cvss;
use crate::verdict::Verdict;

/// What the highest residual score of an audit says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gravite {
    /// At most the critical threshold, strictly under it.
    NonCritique,
    /// Exactly the threshold: "over 9" (Q3.15), yet CVSS calls 9.0 critical.
    Doute,
    /// Above the threshold.
    Critique,
    /// The field that is missing.
    Inconnue(&'static str),
}

fn gravite_du_score(cadre: &Cadre, score: Cvss) -> Gravite {
    match score.cmp(&cadre.programme.cvss_critique) {
        core::cmp::Ordering::Less => Gravite::NonCritique,
        core::cmp::Ordering::Equal => Gravite::Doute,
        core::cmp::Ordering::Greater => Gravite::Critique,
    }
}

/// The residual score: the re-rated one where it is justified (Q3.14), else the one found.
pub(crate) fn residuel(audit: &AuditExposition) -> Option<Cvss> {
    match (audit.cvss_reevalue, audit.reevaluation_justifiee) {
        (Some(reevalue), Some(true)) => Some(reevalue),
        _ => audit.cvss_max,
    }
}

/// What an audit gives. Where a re-rating says neither yes nor no to its justification and that matters, it is unknown.
pub(crate) fn gravite(cadre: &Cadre, audit: &AuditExposition) -> Gravite {
    let Some(score) = residuel(audit) else {
        return Gravite::Inconnue("cvss_max");
    };
    let gravite = gravite_du_score(cadre, score);
    match (audit.cvss_reevalue, audit.reevaluation_justifiee) {
        (Some(reevalue), None) if gravite_du_score(cadre, reevalue) != gravite => {
            Gravite::Inconnue("reevaluation_justifiee")
        }
        _ => gravite,
    }
}

/// The industrial audits of a perimeter that D1.O2.B looks at, and the decisions on each.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Derniers {
    pub(crate) dernier: Option<Passage>,
    pub(crate) avant_dernier: Option<Passage>,
    /// The antepenultimate, where it replaces the one before the last.
    pub(crate) remplacant: Option<Passage>,
}

fn est_industriel(perimetre: &Perimetre, passage: &Passage) -> bool {
    perimetre
        .audits
        .get(passage.rang)
        .is_some_and(|audit| audit.outil == Some(Outil::Industriel))
}

/// The gravity of the audit behind a passage.
pub(crate) fn gravite_de(cadre: &Cadre, perimetre: &Perimetre, passage: Passage) -> Gravite {
    perimetre
        .audits
        .get(passage.rang)
        .map_or(Gravite::Inconnue("cvss_max"), |audit| gravite(cadre, audit))
}

/// Finds the audits that are used, among `passages` in order.
pub(crate) fn derniers(cadre: &Cadre, perimetre: &Perimetre, passages: &[Passage]) -> Derniers {
    let mut industriels = passages
        .iter()
        .rev()
        .filter(|passage| est_industriel(perimetre, passage));
    let dernier = industriels.next().copied();
    let avant_dernier = industriels.next().copied();
    let candidat = industriels.next().copied();
    let a_remplacer = avant_dernier.is_some_and(|avant| {
        matches!(
            gravite_de(cadre, perimetre, avant),
            Gravite::Critique | Gravite::Doute
        )
    });
    let remplacant = dernier.zip(candidat).filter(|(dernier, candidat)| {
        a_remplacer
            && jours_entre(candidat.date, dernier.date)
                <= cadre.programme.antepenultieme_fenetre_jours
    });
    Derniers {
        dernier,
        avant_dernier,
        remplacant: remplacant.map(|(_, candidat)| candidat),
    }
}

/// The verdicts of the four checks of a perimeter on one set of facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quatre {
    pub(crate) dernier: Verdict,
    pub(crate) recent: Verdict,
    pub(crate) avant_dernier: Verdict,
    pub(crate) outil: Verdict,
}

impl Quatre {
    /// The perimeter takes the worst.
    pub(crate) fn pire(self) -> Verdict {
        self.dernier
            .max(self.recent)
            .max(self.avant_dernier)
            .max(self.outil)
    }
}

fn verdict_de(gravite: Gravite) -> Verdict {
    match gravite {
        Gravite::NonCritique => Verdict::Atteint,
        Gravite::Doute => Verdict::AConfirmer,
        Gravite::Critique => Verdict::NonAtteint,
        Gravite::Inconnue(_) => Verdict::Incomplet,
    }
}

/// The four checks on `passages`, all those of the perimeter that count for D1.O2.A.
pub(crate) fn verdicts(cadre: &Cadre, perimetre: &Perimetre, passages: &[Passage]) -> Quatre {
    let derniers = derniers(cadre, perimetre, passages);
    let juger = |passage: Option<Passage>| {
        passage.map_or(Verdict::NonAtteint, |passage| {
            verdict_de(gravite_de(cadre, perimetre, passage))
        })
    };
    Quatre {
        dernier: juger(derniers.dernier),
        recent: recent(cadre, derniers.dernier),
        avant_dernier: juger(derniers.remplacant.or(derniers.avant_dernier)),
        outil: outil(perimetre, passages, derniers),
    }
}

/// The fewest industrial audits to come, clean and on the first day that is recent enough, with which all four checks
/// hold; none where only data is missing.
pub(crate) fn industriels_manquants(
    cadre: &Cadre,
    perimetre: &Perimetre,
    passages: &[Passage],
) -> i64 {
    let pire = verdicts(cadre, perimetre, passages).pire();
    if matches!(pire, Verdict::Atteint | Verdict::Incomplet) {
        return 0;
    }
    let Derniers {
        dernier,
        avant_dernier,
        ..
    } = derniers(cadre, perimetre, passages);
    let ancien = 1 - cadre.programme.dernier_audit_anciennete_jours;
    let jour = plus_jours(cadre.fin, ancien).max(plus_jours(cadre.aujourdhui, 1));
    let gravite = |passage: Passage| gravite_de(cadre, perimetre, passage);
    // The last one becomes the one before the last, replaced where it has to be.
    let retenu = match dernier.map(gravite) {
        Some(Gravite::Critique | Gravite::Doute) => avant_dernier.filter(|avant| {
            let fenetre = cadre.programme.antepenultieme_fenetre_jours;
            gravite(*avant) == Gravite::NonCritique && jours_entre(avant.date, jour) <= fenetre
        }),
        _ => dernier,
    };
    let suffit = retenu.is_some_and(|retenu| {
        let derniers = Derniers {
            dernier: None,
            avant_dernier: Some(retenu),
            remplacant: None,
        };
        silene_apres(perimetre, passages, derniers).is_none()
    });
    if suffit { 1 } else { 2 }
}

/// Under 60 days old at the declaration, strictly (Q3.16).
fn recent(cadre: &Cadre, dernier: Option<Passage>) -> Verdict {
    let age = dernier.map(|dernier| jours_entre(dernier.date, cadre.fin));
    match age {
        Some(age) if age < cadre.programme.dernier_audit_anciennete_jours => Verdict::Atteint,
        _ => Verdict::NonAtteint,
    }
}

/// The first SILENE audit after the older of the two that are used.
pub(crate) fn silene_apres(
    perimetre: &Perimetre,
    passages: &[Passage],
    derniers: Derniers,
) -> Option<Passage> {
    let plus_ancien = derniers.remplacant.or(derniers.avant_dernier)?.date;
    let silene = |passage: &&Passage| {
        passage.date > plus_ancien
            && perimetre
                .audits
                .get(passage.rang)
                .is_some_and(|audit| audit.outil == Some(Outil::Silene))
    };
    passages.iter().find(silene).copied()
}

fn outil(perimetre: &Perimetre, passages: &[Passage], derniers: Derniers) -> Verdict {
    if derniers.avant_dernier.is_none() {
        Verdict::SansObjet
    } else if silene_apres(perimetre, passages, derniers).is_some() {
        Verdict::AConfirmer
    } else {
        Verdict::Atteint
    }
}
