//! The verdicts of D1.O1 and D1.O2 alone, without a sentence: what margins, plans and sweeps try thousands of times.
//!
//! A property test holds it equal to [`crate::evaluate()`].

use crate::cadre::{Cadre, Suite};
use crate::couverture::{self, Groupe};
use crate::dossier::{Annuaire, Dossier, Mode, Perimetre};
use crate::objectifs::{o1_annuaires, o1_niveau, o2_exposition};
use crate::part_activite;
use crate::prelude::*;
use crate::regularite::Rythme;
use crate::verdict::{Objectif, Verdict};
use crate::vulnerabilites;
use chrono::NaiveDate;

/// What one directory or perimeter gives: A, and B on all facts and on the facts up to today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sujet {
    pub(crate) regularite: Verdict,
    pub(crate) complet: Verdict,
    pub(crate) a_ce_jour: Verdict,
}

const INCOMPLET: Sujet = Sujet {
    regularite: Verdict::Incomplet,
    complet: Verdict::Incomplet,
    a_ce_jour: Verdict::Incomplet,
};

fn regularite(rythme: &Rythme, suite: &Suite) -> Verdict {
    let (tous, faits) = (suite.tous(), suite.a_ce_jour());
    let conclure = |complet, a_ce_jour| rythme.cadre.conclure(complet, a_ce_jour);
    let premier = conclure(rythme.premier(tous), rythme.premier(faits));
    let moyen = conclure(rythme.moyen(tous), rythme.moyen(faits));
    let maximum = rythme.max.map_or(Verdict::SansObjet, |max| {
        conclure(rythme.maximum(tous, max).0, rythme.maximum(faits, max).0)
    });
    premier.max(moyen).max(maximum)
}

/// One directory.
pub(crate) fn annuaire(cadre: &Cadre, debut: NaiveDate, annuaire: &Annuaire) -> Sujet {
    match annuaire.mode {
        None => return INCOMPLET,
        Some(Mode::Cloud | Mode::Aucun) => {
            let doute = Verdict::AConfirmer;
            return Sujet {
                regularite: doute,
                complet: doute,
                a_ce_jour: doute,
            };
        }
        Some(Mode::Local | Mode::Hybride) => {}
    }
    let suite = o1_annuaires::suite(cadre, debut, annuaire);
    Sujet {
        // The mode of a local directory holds, so a series never counts for less.
        regularite: regularite(&o1_annuaires::rythme(cadre, debut), &suite).max(Verdict::Atteint),
        complet: o1_niveau::niveau(cadre, annuaire, suite.tous()),
        a_ce_jour: o1_niveau::niveau(cadre, annuaire, suite.a_ce_jour()),
    }
}

/// One perimeter.
pub(crate) fn perimetre(cadre: &Cadre, debut: NaiveDate, perimetre: &Perimetre) -> Sujet {
    if !o2_exposition::outils_connus(cadre, debut, perimetre) {
        return INCOMPLET;
    }
    let suite = o2_exposition::suite(cadre, debut, perimetre);
    Sujet {
        regularite: regularite(&o2_exposition::rythme(cadre, debut), &suite),
        complet: vulnerabilites::verdicts(cadre, perimetre, suite.tous()).pire(),
        a_ce_jour: vulnerabilites::verdicts(cadre, perimetre, suite.a_ce_jour()).pire(),
    }
}

/// The two objectives of a group from what its subjects give.
pub(crate) fn conclure(cadre: &Cadre, groupe: &Groupe, sujets: &[Sujet]) -> [Verdict; 2] {
    let pire = sujets.iter().map(|sujet| sujet.regularite).max();
    let regularite = couverture::verdict(cadre, groupe).max(pire.unwrap_or(Verdict::SansObjet));
    let complets: Vec<Verdict> = sujets.iter().map(|sujet| sujet.complet).collect();
    let a_ce_jour: Vec<Verdict> = sujets.iter().map(|sujet| sujet.a_ce_jour).collect();
    let part = part_activite::calculer(cadre, groupe, &complets).verdict;
    let part = cadre.conclure(
        part,
        part_activite::calculer(cadre, groupe, &a_ce_jour).verdict,
    );
    [regularite, part]
}

/// The best that a directory or perimeter can give.
pub(crate) const MEILLEUR: Sujet = Sujet {
    regularite: Verdict::Atteint,
    complet: Verdict::Atteint,
    a_ce_jour: Verdict::Atteint,
};

impl Sujet {
    /// Whether it holds for that objective of D1.O1 or D1.O2.
    pub(crate) fn tient(self, objectif: Objectif) -> bool {
        match objectif {
            Objectif::O1A | Objectif::O2A => self.regularite.tient(),
            _ => self.complet == Verdict::Atteint,
        }
    }
}

/// The group that an objective of D1.O1 or D1.O2 judges.
pub(crate) fn groupe<'a>(cadre: &Cadre<'a>, objectif: Objectif) -> Groupe<'a> {
    match objectif {
        Objectif::O1A | Objectif::O1B => Groupe::annuaires(cadre),
        _ => Groupe::perimetres(cadre),
    }
}

/// What each subject of that group gives; none before S is known.
pub(crate) fn sujets(cadre: &Cadre, objectif: Objectif) -> Vec<Sujet> {
    let Some(debut) = cadre.debut else {
        return Vec::new();
    };
    let Dossier {
        annuaires,
        perimetres,
        ..
    } = cadre.dossier;
    match objectif {
        Objectif::O1A | Objectif::O1B => annuaires
            .iter()
            .map(|un| annuaire(cadre, debut, un))
            .collect(),
        _ => perimetres
            .iter()
            .map(|un| perimetre(cadre, debut, un))
            .collect(),
    }
}

/// One objective of a group from what its subjects give.
pub(crate) fn conclure_un(
    cadre: &Cadre,
    groupe: &Groupe,
    sujets: &[Sujet],
    objectif: Objectif,
) -> Verdict {
    let [regularite, part] = conclure(cadre, groupe, sujets);
    match objectif {
        Objectif::O1A | Objectif::O2A => regularite,
        _ => part,
    }
}

/// The verdict of an objective of D1.O1 or D1.O2; none for another one.
pub(crate) fn verdict(cadre: &Cadre, objectif: Objectif) -> Option<Verdict> {
    use Objectif::{O1A, O1B, O2A, O2B};
    if !matches!(objectif, O1A | O1B | O2A | O2B) {
        return None;
    }
    if cadre.debut.is_none() {
        return Some(Verdict::Incomplet);
    }
    let groupe = groupe(cadre, objectif);
    let sujets = sujets(cadre, objectif);
    Some(conclure_un(cadre, &groupe, &sujets, objectif))
}

/// D1.O1.A, D1.O1.B, D1.O2.A, D1.O2.B.
pub(crate) fn verdicts(cadre: &Cadre) -> [Verdict; 4] {
    if cadre.debut.is_none() {
        return [Verdict::Incomplet; 4];
    }
    let deux = |objectif| {
        let groupe = groupe(cadre, objectif);
        conclure(cadre, &groupe, &sujets(cadre, objectif))
    };
    let ([o1a, o1b], [o2a, o2b]) = (deux(Objectif::O1A), deux(Objectif::O2A));
    [o1a, o1b, o2a, o2b]
}
