//! Inverse answers in closed form: until when, how many, from when to when. Tests check each against brute force.

use crate::cadre::{Cadre, Passage, Suite};
use crate::dates::plus_jours;
use crate::dossier::{Dossier, Mode};
use crate::objectifs::{o1_annuaires, o1_niveau, o2_exposition};
use crate::prelude::*;
use crate::programme::Programme;
use crate::regularite::Rythme;
use crate::verdict::{Objectif, Verdict};
use crate::vulnerabilites;
use chrono::NaiveDate;

/// Until when the next audit of a directory or perimeter may wait, and how many are still needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProchainAudit {
    /// `D1.O1.A` or `D1.O2.A`.
    pub objectif: Objectif,
    /// The id of the directory or perimeter.
    pub sujet: String,
    /// The last audit done, if any.
    pub dernier: Option<NaiveDate>,
    /// The last day of a first audit that surely holds; only while there is none.
    pub premier: Option<NaiveDate>,
    /// The last day that keeps the mean between audits under its threshold, counting the audits done and the next one.
    pub moyen: Option<NaiveDate>,
    /// The last day that keeps the gap under the maximum.
    pub maximum: Option<NaiveDate>,
    /// The fewest audits still to be done until E so that both readings of the mean can hold.
    pub restants: i64,
}

impl ProchainAudit {
    /// The day that binds, and the check that it comes from.
    #[must_use]
    pub fn contrainte(&self) -> Option<(NaiveDate, &'static str)> {
        let jours = [
            (self.premier, "premier-audit"),
            (self.maximum, "intervalle-max"),
            (self.moyen, "intervalle-moyen"),
        ];
        jours
            .into_iter()
            .filter_map(|(jour, controle)| Some((jour?, controle)))
            .min_by_key(|(jour, _)| *jour)
    }
}

/// The next audit of every directory and perimeter; none without S, nor where the mode of a directory or the tool of
/// an audit done is not told.
#[must_use]
pub fn prochains_audits(
    dossier: &Dossier,
    programme: &Programme,
    aujourdhui: NaiveDate,
) -> Vec<ProchainAudit> {
    prochains(&Cadre::new(dossier, programme, aujourdhui))
}

pub(crate) fn prochains(cadre: &Cadre) -> Vec<ProchainAudit> {
    let Some(debut) = cadre.debut else {
        return Vec::new();
    };
    let mut prochains = Vec::new();
    for annuaire in &cadre.dossier.annuaires {
        if matches!(annuaire.mode, Some(Mode::Local | Mode::Hybride)) {
            let suite = o1_annuaires::suite(cadre, debut, annuaire);
            prochains.push(prochain(
                Objectif::O1A,
                &annuaire.id,
                &o1_annuaires::rythme(cadre, debut),
                &suite,
            ));
        }
    }
    for perimetre in &cadre.dossier.perimetres {
        if !o2_exposition::faits_connus(cadre, debut, perimetre) {
            continue;
        }
        let suite = o2_exposition::suite(cadre, debut, perimetre);
        prochains.push(prochain(
            Objectif::O2A,
            &perimetre.id,
            &o2_exposition::rythme(cadre, debut),
            &suite,
        ));
    }
    prochains
}

/// The fewest audits still to be done until E: for the mean, and for the level that D1.O1.B or D1.O2.B asks for.
#[must_use]
pub fn audits_necessaires(
    dossier: &Dossier,
    programme: &Programme,
    aujourdhui: NaiveDate,
    prochain: &ProchainAudit,
) -> i64 {
    let cadre = Cadre::new(dossier, programme, aujourdhui);
    let niveau = if prochain.objectif == Objectif::O1A {
        let mut annuaires = dossier.annuaires.iter();
        let annuaire = annuaires.find(|annuaire| annuaire.id == prochain.sujet);
        annuaire.zip(cadre.debut).map(|(annuaire, debut)| {
            let suite = o1_annuaires::suite(&cadre, debut, annuaire);
            o1_niveau::audits_manquants(&cadre, annuaire, suite.a_ce_jour())
        })
    } else {
        let mut perimetres = dossier.perimetres.iter();
        let perimetre = perimetres.find(|perimetre| perimetre.id == prochain.sujet);
        perimetre.zip(cadre.debut).map(|(perimetre, debut)| {
            let suite = o2_exposition::suite(&cadre, debut, perimetre);
            vulnerabilites::industriels_manquants(&cadre, perimetre, suite.a_ce_jour())
        })
    };
    prochain.restants.max(niveau.unwrap_or(0))
}

fn prochain(objectif: Objectif, sujet: &str, rythme: &Rythme, suite: &Suite) -> ProchainAudit {
    let faits = suite.a_ce_jour();
    let dernier = faits.last().map(|passage| passage.date);
    ProchainAudit {
        objectif,
        sujet: sujet.into(),
        dernier,
        premier: dernier.is_none().then(|| rythme.premier_sur()),
        moyen: faits
            .first()
            .map(|premier| limite_moyenne(rythme, premier.date, faits)),
        maximum: dernier
            .zip(rythme.max)
            .map(|(dernier, max)| plus_jours(dernier, max - 1)),
        restants: rythme.audits_a_ajouter(faits),
    }
}

/// (d − a1)/n < 60, where d is the audit n + 1: d ≤ a1 + 60 n − 1.
fn limite_moyenne(rythme: &Rythme, premier: NaiveDate, faits: &[Passage]) -> NaiveDate {
    let nombre = i64::try_from(faits.len()).unwrap_or(1);
    plus_jours(
        premier,
        rythme.cadre.programme.intervalle_moyen_jours * nombre - 1,
    )
}

/// The first and the last day in `[de, a]` on which a declaration would find `objectif` at `seuil` or better,
/// the dossier being otherwise as it is; with the days in between that would not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FenetreDeclaration {
    /// The objective.
    pub objectif: Objectif,
    /// The intervals of days that pass, in order, both ends included.
    pub intervalles: Vec<(NaiveDate, NaiveDate)>,
}

/// When a declaration would pass, objective by objective: D1.O1 and D1.O2, from today (or S) to the last day allowed.
///
/// A day passes where the objective is `atteint` or `prevu` with that day as E.
#[must_use]
pub fn fenetres_declaration(
    dossier: &Dossier,
    programme: &Programme,
    aujourdhui: NaiveDate,
) -> Vec<FenetreDeclaration> {
    let mut recherche = RechercheFenetres::new(dossier, aujourdhui);
    while recherche.avancer(dossier, programme) {}
    recherche.trouvees()
}

/// How many days of declaration are tried at a time.
const LOT_JOURS: i64 = 6;

/// The same search, a few days at a time: what a page works out between two key presses.
#[derive(Debug, Clone)]
pub struct RechercheFenetres {
    aujourdhui: NaiveDate,
    /// The next day to be tried; none where S is not known.
    jour: Option<NaiveDate>,
    fenetres: Vec<FenetreDeclaration>,
}

impl RechercheFenetres {
    /// A search not begun yet.
    #[must_use]
    pub fn new(dossier: &Dossier, aujourdhui: NaiveDate) -> Self {
        let debut = dossier.phase.as_ref().and_then(|phase| phase.debut);
        let objectifs = [Objectif::O1A, Objectif::O1B, Objectif::O2A, Objectif::O2B];
        let fenetres = objectifs.iter().filter(|_| debut.is_some());
        let fenetres = fenetres.map(|objectif| FenetreDeclaration {
            objectif: *objectif,
            intervalles: Vec::new(),
        });
        Self {
            aujourdhui,
            jour: debut.map(|debut| aujourdhui.max(debut)),
            fenetres: fenetres.collect(),
        }
    }

    /// Goes on, always with the same dossier and programme; whether there is more to do.
    pub fn avancer(&mut self, dossier: &Dossier, programme: &Programme) -> bool {
        let Some(debut) = self.jour else {
            return false;
        };
        let cadre = Cadre::new(dossier, programme, self.aujourdhui);
        for dans in 0..LOT_JOURS {
            let fin = plus_jours(debut, dans);
            if fin > programme.declaration_limite {
                self.jour = None;
                return false;
            }
            let verdicts = crate::rapide::verdicts(&Cadre { fin, ..cadre });
            for (fenetre, verdict) in self.fenetres.iter_mut().zip(verdicts) {
                noter(&mut fenetre.intervalles, fin, verdict);
            }
        }
        self.jour = Some(plus_jours(debut, LOT_JOURS));
        true
    }

    /// What was found.
    #[must_use]
    pub fn trouvees(self) -> Vec<FenetreDeclaration> {
        self.fenetres
    }
}

fn noter(intervalles: &mut Vec<(NaiveDate, NaiveDate)>, jour: NaiveDate, verdict: Verdict) {
    if !verdict.tient() {
        return;
    }
    match intervalles.last_mut() {
        Some((_, fin)) if plus_jours(*fin, 1) == jour => *fin = jour,
        _ => intervalles.push((jour, jour)),
    }
}
