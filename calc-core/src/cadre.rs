//! What every check needs: the dossier, the programme, the day, and the phase.

use crate::dates::numero;
use crate::dossier::Dossier;
use crate::francais::phrase;
use crate::ordre::ranger;
use crate::prelude::*;
use crate::programme::Programme;
use crate::verdict::{Fait, Lieu, Valeur, Verdict};
use chrono::NaiveDate;

/// The frame of an evaluation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cadre<'a> {
    pub(crate) dossier: &'a Dossier,
    pub(crate) programme: &'a Programme,
    pub(crate) aujourdhui: NaiveDate,
    /// S, the start of the phase.
    pub(crate) debut: Option<NaiveDate>,
    /// E, the declaration, or the last day allowed.
    pub(crate) fin: NaiveDate,
}

impl<'a> Cadre<'a> {
    pub(crate) fn new(
        dossier: &'a Dossier,
        programme: &'a Programme,
        aujourdhui: NaiveDate,
    ) -> Self {
        let phase = dossier.phase.as_ref();
        Self {
            dossier,
            programme,
            aujourdhui,
            debut: phase.and_then(|phase| phase.debut),
            fin: phase
                .and_then(|phase| phase.declaration)
                .unwrap_or(programme.declaration_limite),
        }
    }

    /// Turns what a check gives on all facts, and on the facts up to today alone, into its verdict (§3).
    /// `Atteint` stands for "holds" in both.
    pub(crate) fn conclure(&self, complet: Verdict, a_ce_jour: Verdict) -> Verdict {
        match complet {
            Verdict::Atteint if a_ce_jour != Verdict::Atteint => Verdict::Prevu,
            Verdict::NonAtteint if self.aujourdhui > self.programme.declaration_limite => {
                Verdict::Perdu
            }
            verdict => verdict,
        }
    }

    /// By when a remedy must come: « avant le 20 mars 2027 », or how to win time where that day is past.
    pub(crate) fn avant_la_fin(&self) -> String {
        if self.aujourdhui <= self.fin {
            return phrase!["avant le ", self.fin];
        }
        let limite = self.programme.declaration_limite;
        phrase!["en reportant la déclaration (", limite, " au plus tard)"]
    }

    /// The verdict of something that happens on `date` and then holds.
    pub(crate) fn tient_des(&self, date: NaiveDate) -> Verdict {
        if date <= self.aujourdhui {
            Verdict::Atteint
        } else {
            Verdict::Prevu
        }
    }

    /// `NonAtteint`, or `Perdu` once `limite` is past.
    pub(crate) fn manque_a(&self, limite: NaiveDate) -> Verdict {
        if self.aujourdhui > limite {
            Verdict::Perdu
        } else {
            Verdict::NonAtteint
        }
    }

    /// The share of activity to cover: the dossier's, else the programme's.
    pub(crate) fn part_min(&self) -> Option<crate::unites::Pourcent> {
        self.dossier
            .part_activite_min_pourcent
            .or(self.programme.part_activite_min_pourcent)
    }
}

/// An audit that counts: its day, and its rank in the list of the dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Passage {
    pub(crate) date: NaiveDate,
    pub(crate) rang: usize,
}

/// The audits that count for a rule, in the phase, earliest first.
#[derive(Debug, Clone)]
pub(crate) struct Suite {
    passages: Vec<Passage>,
    passes: usize,
}

impl Suite {
    /// Keeps the passages of [S, E] and puts them in order.
    pub(crate) fn new(
        cadre: &Cadre,
        debut: NaiveDate,
        passages: impl Iterator<Item = Passage>,
    ) -> Self {
        let mut retenus = Vec::with_capacity(passages.size_hint().1.unwrap_or(0));
        retenus
            .extend(passages.filter(|passage| debut <= passage.date && passage.date <= cadre.fin));
        let passages = retenus;
        let en_ordre = passages.is_sorted_by_key(|passage| passage.date);
        let passages = if en_ordre {
            passages
        } else {
            ranger(passages, |passage| numero(passage.date))
        };
        let passes = passages.partition_point(|passage| passage.date <= cadre.aujourdhui);
        Self { passages, passes }
    }

    /// All of them.
    pub(crate) fn tous(&self) -> &[Passage] {
        &self.passages
    }

    /// Those dated up to today.
    pub(crate) fn a_ce_jour(&self) -> &[Passage] {
        self.passages.get(..self.passes).unwrap_or(&[])
    }
}

/// An audit as a fact of a check.
pub(crate) fn fait(
    liste: &'static str,
    rang: usize,
    passage: Passage,
    valeur: Option<Valeur>,
) -> Fait {
    Fait {
        lieu: Lieu {
            liste,
            rang,
            audit: Some(passage.rang),
        },
        date: passage.date,
        valeur,
    }
}
