//! The rules of CAND, D1.O3, D1.O4, D1.O5 and D1.O6 written a second time, from the text and not from the code. Each
//! drawn dossier is judged by both; fields are drawn at their thresholds, one day and one cent around them.

mod commun;

use calc_core::{
    Convergence, Dossier, Exercice, Moyen, Objectif, Organisateur, Preuve, Trajectoire,
    TypeCandidat, Verdict, evaluate,
};
use chrono::NaiveDate;
use commun::jour;
use std::collections::BTreeSet;

use Verdict::{AConfirmer, Atteint, Incomplet, NonAtteint, Perdu, Prevu, SansObjet};

/// What the rules are judged on.
struct Regard<'a> {
    lu: &'a Dossier,
    le: NaiveDate,
    debut: Option<NaiveDate>,
    fin: NaiveDate,
}

impl Regard<'_> {
    /// What does not hold is lost after the last day to declare.
    fn non(&self) -> Verdict {
        if self.le > jour("2027-03-31") {
            Perdu
        } else {
            NonAtteint
        }
    }

    fn des(&self, date: NaiveDate) -> Verdict {
        if date <= self.le { Atteint } else { Prevu }
    }

    /// Yes holds, no does not, nothing is missing.
    fn oui(&self, reponse: Option<bool>) -> Verdict {
        match reponse {
            Some(true) => Atteint,
            Some(false) => self.non(),
            None => Incomplet,
        }
    }

    fn candidature(&self) -> Verdict {
        let validation = self
            .lu
            .phase
            .as_ref()
            .and_then(|phase| phase.validation_ars);
        let limite = jour("2026-05-07");
        let mut pire = Atteint;
        match (self.debut, validation) {
            (None, _) => pire = pire.max(Incomplet),
            (Some(debut), _) if debut < jour("2026-01-30") => pire = pire.max(self.non()),
            (Some(debut), Some(validation)) if debut > validation => pire = pire.max(self.non()),
            (Some(debut), None) if debut > limite => pire = pire.max(self.non()),
            (Some(debut), _) => pire = pire.max(self.des(debut)),
        }
        match validation {
            None => pire = pire.max(Incomplet),
            Some(validation) if validation > limite && self.le > limite => pire = Perdu,
            Some(validation) if validation > limite => pire = pire.max(NonAtteint),
            Some(validation) => pire = pire.max(self.des(validation)),
        }
        if self.fin > jour("2027-03-31") || self.debut.is_some_and(|debut| debut > self.fin) {
            pire = pire.max(self.non());
        }
        pire
    }

    fn preuve(&self, exercice: &Exercice) -> Verdict {
        match (exercice.preuve, exercice.organisateur) {
            (Some(Preuve::Attestation), _) | (Some(Preuve::Retex), Some(Organisateur::Interne)) => {
                self.des(exercice.date)
            }
            (Some(Preuve::Retex), Some(_)) => AConfirmer,
            (Some(Preuve::Facture), _) => self.non(),
            (None, _) if exercice.date > self.le => Prevu,
            (Some(Preuve::Retex) | None, _) => Incomplet,
        }
    }

    /// The best of its exercises; where none serves, an agreed exemption; unknown ways keep the door open.
    fn crise(&self, id: &str) -> Verdict {
        let dans = |date: NaiveDate| jour("2025-01-01") <= date && date <= self.fin;
        let mut surs = Vec::new();
        let mut inconnu = self.lu.exercices.is_none();
        for exercice in self.lu.exercices.iter().flatten().filter(|e| dans(e.date)) {
            inconnu |= exercice.entites.is_empty();
            if !exercice.entites.iter().any(|cite| cite == id) {
                continue;
            }
            let conditions = [exercice.directions_impliquees, exercice.si_unique];
            if exercice.entites.len() == 1 || conditions == [Some(true); 2] {
                surs.push(self.des(exercice.date).max(self.preuve(exercice)));
            } else if !conditions.contains(&Some(false)) {
                inconnu = true;
            }
        }
        let (mut attaque, mut accords) = (false, Vec::new());
        for exemption in self.lu.exemptions.iter().filter(|e| e.entite == id) {
            match exemption.date_attaque {
                None => inconnu = true,
                Some(date) if !dans(date) => {}
                Some(date) if [exemption.accord_care, exemption.retex] == [Some(true); 2] => {
                    accords.push(self.des(date));
                }
                Some(_) => attaque = true,
            }
        }
        match (surs.into_iter().min(), accords.into_iter().min()) {
            (Some(sur), _) if sur < Incomplet => sur,
            (_, Some(accord)) => accord,
            (Some(Incomplet), _) => Incomplet,
            _ if inconnu => Incomplet,
            (Some(sur), _) => sur,
            _ if attaque => AConfirmer,
            _ => self.non(),
        }
    }

    fn exercices(&self) -> Verdict {
        let crises = self.lu.entites.iter().map(|entite| self.crise(&entite.id));
        crises.max().unwrap_or(Incomplet)
    }

    fn autoevaluation(&self) -> Verdict {
        let Some(autoevaluation) = &self.lu.autoevaluation else {
            return Incomplet;
        };
        let date = match autoevaluation.date {
            None => Incomplet,
            Some(date) if date > self.fin => self.non(),
            Some(date) => self.des(date),
        };
        date.max(match autoevaluation.moyen {
            None => Incomplet,
            Some(Moyen::Osis) => Atteint,
            Some(Moyen::Excel) => AConfirmer,
        })
    }

    fn budget(&self) -> Verdict {
        let Some(budget) = &self.lu.budget else {
            return Incomplet;
        };
        let mut pire = self.oui(budget.annee.map(|annee| annee.0 == 2023));
        pire = pire.max(self.oui(budget.remunerations_exclues));
        pire = pire.max(self.oui(budget.subventions_care_deduites.map(|deduites| !deduites)));
        match (budget.total_sanitaire, budget.numerique_sanitaire) {
            (Some(_), Some(_)) => pire,
            _ => pire.max(Incomplet),
        }
    }

    /// A, then B.
    fn convergence(&self) -> [Verdict; 2] {
        match self.lu.candidat.as_ref().map(|candidat| candidat.type_) {
            None => return [Incomplet; 2],
            Some(TypeCandidat::EjPublique | TypeCandidat::EjPrivee) => return [SansObjet; 2],
            Some(TypeCandidat::Ght) => {}
        }
        let Some(convergence) = &self.lu.convergence else {
            return [Incomplet; 2];
        };
        [
            self.oui(convergence.strategie_formalisee),
            self.trajectoire(convergence),
        ]
    }

    fn trajectoire(&self, convergence: &Convergence) -> Verdict {
        match (convergence.ad_tous_converges, &convergence.trajectoire) {
            (None, _) | (Some(false), None) => Incomplet,
            (Some(true), _) => self.oui(convergence.description_infrastructure),
            (Some(false), Some(trajectoire)) => self.document(trajectoire),
        }
    }

    fn document(&self, trajectoire: &Trajectoire) -> Verdict {
        let parties = [
            trajectoire.planning,
            trajectoire.responsable,
            trajectoire.mutualisation,
            trajectoire.budget_previsionnel,
            trajectoire.tous_les_ad,
        ];
        let contenu = parties.into_iter().map(|partie| self.oui(partie)).max();
        let jalon = trajectoire.premier_jalon;
        let jalon = self.oui(jalon.map(|date| date <= jour("2027-07-30")));
        contenu.unwrap_or(Incomplet).max(jalon)
    }

    /// CAND, D1.O3, D1.O4, D1.O5, D1.O6.A, D1.O6.B.
    fn verdicts(&self) -> [Verdict; 6] {
        let [strategie, trajectoire] = self.convergence();
        [
            self.candidature(),
            self.exercices(),
            self.autoevaluation(),
            self.budget(),
            strategie,
            trajectoire,
        ]
    }
}

#[test]
fn both_readings_of_the_dossier_s_rules_agree() {
    let programme = commun::programme();
    let codes = [
        Objectif::Cand,
        Objectif::O3,
        Objectif::O4,
        Objectif::O5,
        Objectif::O6A,
        Objectif::O6B,
    ];
    let mut vus = BTreeSet::new();
    for (lu, le) in commun::tirage::dossiers(6_000) {
        let phase = lu.phase.as_ref();
        let regard = Regard {
            lu: &lu,
            le,
            debut: phase.and_then(|phase| phase.debut),
            fin: phase
                .and_then(|phase| phase.declaration)
                .unwrap_or(jour("2027-03-31")),
        };
        let evaluation = evaluate(&lu, &programme, le);
        for (code, attendu) in codes.into_iter().zip(regard.verdicts()) {
            let obtenu = evaluation.objectif(code).unwrap().verdict;
            assert_eq!(obtenu, attendu, "{code:?} on {le} {}", lu.to_json());
            vus.insert((code, obtenu));
        }
    }
    let combien = |code| vus.iter().filter(|(vu, _)| *vu == code).count();
    assert_eq!(codes.map(combien), [5, 6, 6, 4, 5, 5], "{vus:?}");
}
