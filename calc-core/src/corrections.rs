//! The smallest change that turns a `non_atteint` round: one planned event moved by as few days as possible.

use crate::cadre::Cadre;
use crate::couverture::Groupe;
use crate::dates::{jours_entre, plus_jours};
use crate::dossier::{Dossier, Mode};
use crate::evaluate::resultat;
use crate::marges::PORTEE_JOURS;
use crate::prelude::*;
use crate::programme::Programme;
use crate::rapide::{self, Sujet};
use crate::verdict::{Lieu, Objectif, Verdict};
use chrono::NaiveDate;

/// One planned event moved so that an objective holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The objective that it turns round.
    pub objectif: Objectif,
    /// The event: `annuaires[0].audits[1]`, `phase.declaration`, `exercices[0]`, `autoevaluation`.
    pub chemin: String,
    /// Its planned day.
    pub de: NaiveDate,
    /// The nearest day on which the objective holds.
    pub vers: NaiveDate,
}

/// For each objective that is `non_atteint`, the single move of a planned event that makes it hold in the fewest days.
///
/// None where no single move does: a plan then says how many audits to add. The declaration counts as an event.
#[must_use]
pub fn corrections(
    dossier: &Dossier,
    programme: &Programme,
    aujourdhui: NaiveDate,
) -> Vec<Correction> {
    let cadre = Cadre::new(dossier, programme, aujourdhui);
    let objectifs = [
        Objectif::Cand,
        Objectif::O1A,
        Objectif::O1B,
        Objectif::O2A,
        Objectif::O2B,
        Objectif::O3,
        Objectif::O4,
    ];
    let rates = objectifs
        .into_iter()
        .filter(|objectif| resultat(&cadre, *objectif).verdict == Verdict::NonAtteint);
    rates
        .filter_map(|objectif| correction(&cadre, objectif))
        .collect()
}

fn correction(cadre: &Cadre, objectif: Objectif) -> Option<Correction> {
    let mut recherche = Recherche {
        cadre,
        objectif,
        meilleure: None,
    };
    match objectif {
        Objectif::O1A | Objectif::O1B => recherche.annuaires(),
        Objectif::O2A | Objectif::O2B => recherche.perimetres(),
        Objectif::O3 => recherche.exercices(),
        Objectif::O4 => recherche.autoevaluation(),
        _ => {}
    }
    recherche.declaration();
    recherche.meilleure
}

/// The search for one objective; keeps the smallest move so far.
struct Recherche<'a> {
    cadre: &'a Cadre<'a>,
    objectif: Objectif,
    meilleure: Option<Correction>,
}

impl Recherche<'_> {
    /// Whether the objective is the first of its group (A) or the second (B).
    fn rang(&self) -> usize {
        usize::from(matches!(self.objectif, Objectif::O1B | Objectif::O2B))
    }

    /// Tries the days around `date`, nearest first, earlier before later, from today to `fin`.
    fn essayer(
        &mut self,
        chemin: &str,
        date: NaiveDate,
        fin: NaiveDate,
        tient: &mut dyn FnMut(NaiveDate) -> bool,
    ) {
        let bout = jours_entre(self.cadre.aujourdhui, date).max(jours_entre(date, fin));
        let connu = self
            .meilleure
            .as_ref()
            .map_or(i64::MAX, |deja| jours_entre(deja.de, deja.vers).abs());
        for ecart in 1..=bout.min(connu - 1).min(PORTEE_JOURS) {
            for vers in [plus_jours(date, -ecart), plus_jours(date, ecart)] {
                if self.cadre.aujourdhui <= vers && vers <= fin && tient(vers) {
                    self.meilleure = Some(Correction {
                        objectif: self.objectif,
                        chemin: chemin.into(),
                        de: date,
                        vers,
                    });
                    return;
                }
            }
        }
    }

    fn annuaires(&mut self) {
        let (cadre, rang_objectif) = (self.cadre, self.rang());
        let Some(debut) = cadre.debut else { return };
        let annuaires = &cadre.dossier.annuaires;
        let groupe = Groupe::annuaires(cadre);
        let sujets: Vec<Sujet> = annuaires
            .iter()
            .map(|annuaire| rapide::annuaire(cadre, debut, annuaire))
            .collect();
        for (rang, annuaire) in annuaires.iter().enumerate() {
            let audite = matches!(annuaire.mode, Some(Mode::Local | Mode::Hybride));
            for (place, audit) in annuaire.audits.iter().enumerate().filter(|_| audite) {
                if audit.date <= cadre.aujourdhui {
                    continue;
                }
                let (mut essai, mut autres) = (annuaire.clone(), sujets.clone());
                let mut juger = |jour| {
                    deplacer(&mut essai.audits, place, |audit| audit.date = jour);
                    rapide::annuaire(cadre, debut, &essai)
                };
                let lieu = Lieu {
                    liste: "annuaires",
                    rang,
                    audit: Some(place),
                };
                self.sujet(
                    lieu,
                    audit.date,
                    &groupe,
                    &mut autres,
                    rang_objectif,
                    &mut juger,
                );
            }
        }
    }

    fn perimetres(&mut self) {
        let (cadre, rang_objectif) = (self.cadre, self.rang());
        let Some(debut) = cadre.debut else { return };
        let perimetres = &cadre.dossier.perimetres;
        let groupe = Groupe::perimetres(cadre);
        let sujets: Vec<Sujet> = perimetres
            .iter()
            .map(|perimetre| rapide::perimetre(cadre, debut, perimetre))
            .collect();
        for (rang, perimetre) in perimetres.iter().enumerate() {
            for (place, audit) in perimetre.audits.iter().enumerate() {
                if audit.date <= cadre.aujourdhui {
                    continue;
                }
                let (mut essai, mut autres) = (perimetre.clone(), sujets.clone());
                let mut juger = |jour| {
                    deplacer(&mut essai.audits, place, |audit| audit.date = jour);
                    rapide::perimetre(cadre, debut, &essai)
                };
                let lieu = Lieu {
                    liste: "perimetres",
                    rang,
                    audit: Some(place),
                };
                self.sujet(
                    lieu,
                    audit.date,
                    &groupe,
                    &mut autres,
                    rang_objectif,
                    &mut juger,
                );
            }
        }
    }

    /// One audit: its subject must hold first, then the whole objective.
    fn sujet(
        &mut self,
        lieu: Lieu,
        date: NaiveDate,
        groupe: &Groupe,
        sujets: &mut [Sujet],
        rang_objectif: usize,
        juger: &mut dyn FnMut(NaiveDate) -> Sujet,
    ) {
        let cadre = self.cadre;
        let mut tient = |jour| {
            let sujet = juger(jour);
            let seul = if rang_objectif == 0 {
                sujet.regularite.tient()
            } else {
                sujet.complet == Verdict::Atteint
            };
            if !seul {
                return false;
            }
            deplacer(sujets, lieu.rang, |place| *place = sujet);
            rapide::conclure(cadre, groupe, sujets)
                .get(rang_objectif)
                .is_some_and(|verdict| verdict.tient())
        };
        self.essayer(&lieu.chemin(), date, cadre.fin, &mut tient);
    }

    fn exercices(&mut self) {
        let exercices = self.cadre.dossier.exercices.as_deref().unwrap_or(&[]);
        for (rang, exercice) in exercices
            .iter()
            .enumerate()
            .filter(|(_, e)| e.date > self.cadre.aujourdhui)
        {
            let chemin = Lieu {
                liste: "exercices",
                rang,
                audit: None,
            }
            .chemin();
            self.entier(&chemin, exercice.date, &|dossier, jour| {
                deplacer(
                    dossier.exercices.as_deref_mut().unwrap_or_default(),
                    rang,
                    |exercice| exercice.date = jour,
                );
            });
        }
    }

    fn autoevaluation(&mut self) {
        let date = self
            .cadre
            .dossier
            .autoevaluation
            .as_ref()
            .and_then(|autoevaluation| autoevaluation.date);
        if let Some(date) = date.filter(|date| *date > self.cadre.aujourdhui) {
            self.entier("autoevaluation", date, &|dossier, jour| {
                if let Some(autoevaluation) = &mut dossier.autoevaluation {
                    autoevaluation.date = Some(jour);
                }
            });
        }
    }

    /// An event that is cheap to evaluate whole.
    fn entier(&mut self, chemin: &str, date: NaiveDate, placer: &dyn Fn(&mut Dossier, NaiveDate)) {
        let (cadre, objectif) = (self.cadre, self.objectif);
        let mut essai = cadre.dossier.clone();
        let mut tient = |jour| {
            placer(&mut essai, jour);
            resultat(
                &Cadre {
                    dossier: &essai,
                    ..*cadre
                },
                objectif,
            )
            .verdict
            .tient()
        };
        self.essayer(chemin, date, cadre.fin, &mut tient);
    }

    fn declaration(&mut self) {
        let (cadre, objectif) = (self.cadre, self.objectif);
        let date = cadre
            .dossier
            .phase
            .as_ref()
            .and_then(|phase| phase.declaration);
        let Some(date) = date.filter(|date| *date > cadre.aujourdhui) else {
            return;
        };
        let mut tient = |fin| resultat(&Cadre { fin, ..*cadre }, objectif).verdict.tient();
        self.essayer(
            "phase.declaration",
            date,
            cadre.programme.declaration_limite,
            &mut tient,
        );
    }
}

/// Changes the element `rang`, where there is one.
fn deplacer<T>(elements: &mut [T], rang: usize, changer: impl FnOnce(&mut T)) {
    if let Some(element) = elements.get_mut(rang) {
        changer(element);
    }
}
