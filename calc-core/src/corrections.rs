//! The smallest change that turns a `non_atteint` round: one planned event moved by as few days as possible.

use crate::cadre::Cadre;
use crate::dates::{jours_entre, plus_jours};
use crate::dossier::{Dossier, Mode};
use crate::evaluate::resultat;
use crate::marges::PORTEE_JOURS;
use crate::objectif::OBJECTIFS_DATES;
use crate::prelude::*;
use crate::programme::Programme;
use crate::rapide::{self, Sujet};
use crate::verdict::{Evaluation, Lieu, Objectif, Verdict};
use alloc::boxed::Box;
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
    let rate = |objectif: &Objectif| resultat(&cadre, *objectif).verdict == Verdict::NonAtteint;
    let rates = OBJECTIFS_DATES.into_iter().filter(rate).collect();
    let mut recherche = RechercheCorrections::de(aujourdhui, rates);
    while recherche.avancer(dossier, programme) {}
    recherche.trouvees
}

/// How many days, before and after, are tried at a time where each takes one directory or perimeter.
const LOT_SUJET: i64 = 16;
/// The same where each takes an objective.
const LOT_OBJECTIF: i64 = 3;

/// The same search, a few days at a time: what a page works out between two key presses.
#[derive(Debug, Clone)]
pub struct RechercheCorrections {
    aujourdhui: NaiveDate,
    /// What is still to be turned round, the present one first.
    rates: Vec<Objectif>,
    /// Once the present one is begun.
    en_cours: Option<EnCours>,
    trouvees: Vec<Correction>,
}

/// The search for one objective; keeps the smallest move so far.
#[derive(Debug, Clone)]
struct EnCours {
    objectif: Objectif,
    /// What each directory or perimeter gives as it is.
    sujets: Vec<Sujet>,
    evenements: Vec<Evenement>,
    /// The event that is being moved.
    rang: usize,
    /// The days by which it was moved already.
    ecart: i64,
    meilleure: Option<Correction>,
}

/// A planned event, its day, and the last one it can be moved to.
#[derive(Debug, Clone, Copy)]
struct Evenement {
    quoi: Quoi,
    date: NaiveDate,
    fin: NaiveDate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoi {
    /// Of a directory or a perimeter: its rank, and that of the audit.
    Audit(usize, usize),
    Exercice(usize),
    Autoevaluation,
    Declaration,
}

/// Whether the objective holds with the event on that day.
type Juge<'a> = Box<dyn FnMut(NaiveDate) -> bool + 'a>;

impl RechercheCorrections {
    /// A search not begun yet, for what an evaluation finds `non_atteint`.
    #[must_use]
    pub fn new(evaluation: &Evaluation) -> Self {
        let rate = |objectif: &Objectif| {
            let resultat = evaluation.objectif(*objectif);
            resultat.is_some_and(|resultat| resultat.verdict == Verdict::NonAtteint)
        };
        let rates = OBJECTIFS_DATES.into_iter().filter(rate).collect();
        Self::de(evaluation.date, rates)
    }

    fn de(aujourdhui: NaiveDate, rates: Vec<Objectif>) -> Self {
        Self {
            aujourdhui,
            rates,
            en_cours: None,
            trouvees: Vec::new(),
        }
    }

    /// Goes on, always with the same dossier and programme; whether there is more to do.
    pub fn avancer(&mut self, dossier: &Dossier, programme: &Programme) -> bool {
        let cadre = Cadre::new(dossier, programme, self.aujourdhui);
        let Some(objectif) = self.rates.first() else {
            return false;
        };
        let en_cours = self
            .en_cours
            .get_or_insert_with(|| EnCours::new(&cadre, *objectif));
        if !en_cours.avancer(&cadre) {
            self.trouvees.extend(en_cours.meilleure.take());
            self.en_cours = None;
            self.rates.remove(0);
        }
        !self.rates.is_empty()
    }

    /// What was found.
    #[must_use]
    pub fn trouvees(self) -> Vec<Correction> {
        self.trouvees
    }
}

impl EnCours {
    fn new(cadre: &Cadre, objectif: Objectif) -> Self {
        let mut en_cours = Self {
            objectif,
            sujets: Vec::new(),
            evenements: Vec::new(),
            rang: 0,
            ecart: 0,
            meilleure: None,
        };
        match objectif {
            Objectif::O1A | Objectif::O1B | Objectif::O2A | Objectif::O2B => {
                en_cours.sujets = rapide::sujets(cadre, objectif);
                en_cours.audits(cadre);
            }
            Objectif::O3 => en_cours.exercices(cadre),
            Objectif::O4 => en_cours.autoevaluation(cadre),
            _ => {}
        }
        en_cours.declaration(cadre);
        en_cours
    }

    /// Notes an event, where it is planned.
    fn noter(&mut self, cadre: &Cadre, quoi: Quoi, date: NaiveDate, fin: NaiveDate) {
        if date > cadre.aujourdhui {
            self.evenements.push(Evenement { quoi, date, fin });
        }
    }

    /// The audits of the subjects that alone keep the objective from holding: it cannot hold with another one moved.
    fn audits(&mut self, cadre: &Cadre) {
        let groupe = rapide::groupe(cadre, self.objectif);
        for rang in 0..self.sujets.len() {
            let mut mieux = self.sujets.clone();
            placer(&mut mieux, rang, |sujet| *sujet = rapide::MEILLEUR);
            if !rapide::conclure_un(cadre, &groupe, &mieux, self.objectif).tient() {
                continue;
            }
            for (place, date) in dates(cadre, self.objectif, rang).into_iter().enumerate() {
                self.noter(cadre, Quoi::Audit(rang, place), date, cadre.fin);
            }
        }
    }

    fn exercices(&mut self, cadre: &Cadre) {
        let exercices = cadre.dossier.exercices.iter().flatten();
        for (rang, exercice) in exercices.enumerate() {
            self.noter(cadre, Quoi::Exercice(rang), exercice.date, cadre.fin);
        }
    }

    fn autoevaluation(&mut self, cadre: &Cadre) {
        let autoevaluation = cadre.dossier.autoevaluation.as_ref();
        if let Some(date) = autoevaluation.and_then(|autoevaluation| autoevaluation.date) {
            self.noter(cadre, Quoi::Autoevaluation, date, cadre.fin);
        }
    }

    fn declaration(&mut self, cadre: &Cadre) {
        let phase = cadre.dossier.phase.as_ref();
        if let Some(date) = phase.and_then(|phase| phase.declaration) {
            let limite = cadre.programme.declaration_limite;
            self.noter(cadre, Quoi::Declaration, date, limite);
        }
    }

    /// Tries a few days around an event, nearest first, earlier before later, from today to its end; whether there is more.
    fn avancer(&mut self, cadre: &Cadre) -> bool {
        let Some(Evenement { quoi, date, fin }) = self.evenements.get(self.rang).copied() else {
            return false;
        };
        let bout = jours_entre(cadre.aujourdhui, date).max(jours_entre(date, fin));
        let connue = self.meilleure.as_ref();
        let connu = connue.map_or(i64::MAX, |deja| jours_entre(deja.de, deja.vers).abs());
        let bout = bout.min(connu - 1).min(PORTEE_JOURS);
        let lot = if matches!(quoi, Quoi::Audit(..)) {
            LOT_SUJET
        } else {
            LOT_OBJECTIF
        };
        let mut tient = self.juge(cadre, quoi);
        let jours = (self.ecart + 1..=bout.min(self.ecart + lot))
            .flat_map(|ecart| [plus_jours(date, -ecart), plus_jours(date, ecart)])
            .filter(|vers| cadre.aujourdhui <= *vers && *vers <= fin);
        let vers = jours.into_iter().find(|vers| tient(*vers));
        drop(tient);
        if let Some(vers) = vers {
            self.meilleure = Some(Correction {
                objectif: self.objectif,
                chemin: self.chemin(quoi),
                de: date,
                vers,
            });
        }
        self.ecart += lot;
        if vers.is_some() || self.ecart >= bout {
            self.rang += 1;
            self.ecart = 0;
        }
        true
    }

    fn chemin(&self, quoi: Quoi) -> String {
        let (liste, rang, audit) = match quoi {
            Quoi::Audit(rang, place) => (liste(self.objectif), rang, Some(place)),
            Quoi::Exercice(rang) => ("exercices", rang, None),
            Quoi::Autoevaluation => return "autoevaluation".into(),
            Quoi::Declaration => return "phase.declaration".into(),
        };
        Lieu { liste, rang, audit }.chemin()
    }

    fn juge<'a>(&self, cadre: &'a Cadre, quoi: Quoi) -> Juge<'a> {
        let objectif = self.objectif;
        match quoi {
            Quoi::Audit(rang, place) => self.juge_audit(cadre, rang, place),
            Quoi::Declaration => Box::new(move |fin| {
                rapide::verdict(&Cadre { fin, ..*cadre }, objectif)
                    .unwrap_or_else(|| resultat(&Cadre { fin, ..*cadre }, objectif).verdict)
                    .tient()
            }),
            Quoi::Exercice(rang) => juge_entier(cadre, objectif, move |dossier, jour| {
                let exercices = dossier.exercices.as_deref_mut().unwrap_or_default();
                placer(exercices, rang, |exercice| exercice.date = jour);
            }),
            Quoi::Autoevaluation => juge_entier(cadre, objectif, |dossier, jour| {
                if let Some(autoevaluation) = &mut dossier.autoevaluation {
                    autoevaluation.date = Some(jour);
                }
            }),
        }
    }

    /// One audit: its subject must hold first, then the whole objective.
    fn juge_audit<'a>(&self, cadre: &'a Cadre, rang: usize, place: usize) -> Juge<'a> {
        let objectif = self.objectif;
        let groupe = rapide::groupe(cadre, objectif);
        let mut sujets = self.sujets.clone();
        let mut juger = juge_sujet(cadre, objectif, rang, place);
        Box::new(move |jour| {
            let Some(sujet) = juger(jour).filter(|sujet| sujet.tient(objectif)) else {
                return false;
            };
            placer(&mut sujets, rang, |place| *place = sujet);
            rapide::conclure_un(cadre, &groupe, &sujets, objectif).tient()
        })
    }
}

/// What a directory or perimeter gives with one of its audits moved.
fn juge_sujet<'a>(
    cadre: &'a Cadre,
    objectif: Objectif,
    rang: usize,
    place: usize,
) -> Box<dyn FnMut(NaiveDate) -> Option<Sujet> + 'a> {
    if liste(objectif) == "annuaires" {
        let mut essai = cadre.dossier.annuaires.get(rang).cloned();
        return Box::new(move |jour| {
            let essai = essai.as_mut()?;
            placer(&mut essai.audits, place, |audit| audit.date = jour);
            Some(rapide::annuaire(cadre, cadre.debut?, essai))
        });
    }
    let mut essai = cadre.dossier.perimetres.get(rang).cloned();
    Box::new(move |jour| {
        let essai = essai.as_mut()?;
        placer(&mut essai.audits, place, |audit| audit.date = jour);
        Some(rapide::perimetre(cadre, cadre.debut?, essai))
    })
}

/// An event that is cheap to evaluate whole.
fn juge_entier<'a>(
    cadre: &'a Cadre,
    objectif: Objectif,
    placer: impl Fn(&mut Dossier, NaiveDate) + 'a,
) -> Juge<'a> {
    let mut essai = cadre.dossier.clone();
    Box::new(move |jour| {
        placer(&mut essai, jour);
        let dossier = &essai;
        let essaye = Cadre { dossier, ..*cadre };
        resultat(&essaye, objectif).verdict.tient()
    })
}

/// The list that an objective of D1.O1 or D1.O2 judges.
fn liste(objectif: Objectif) -> &'static str {
    if matches!(objectif, Objectif::O1A | Objectif::O1B) {
        "annuaires"
    } else {
        "perimetres"
    }
}

/// The days of the audits of a directory that is audited, or of a perimeter.
fn dates(cadre: &Cadre, objectif: Objectif, rang: usize) -> Vec<NaiveDate> {
    if liste(objectif) == "perimetres" {
        let perimetre = cadre.dossier.perimetres.get(rang);
        let audits = perimetre.into_iter().flat_map(|sujet| &sujet.audits);
        return audits.map(|audit| audit.date).collect();
    }
    let annuaire = cadre.dossier.annuaires.get(rang);
    let annuaire = annuaire.filter(|sujet| matches!(sujet.mode, Some(Mode::Local | Mode::Hybride)));
    let audits = annuaire.into_iter().flat_map(|sujet| &sujet.audits);
    audits.map(|audit| audit.date).collect()
}

/// Changes the element `rang`, where there is one.
fn placer<T>(elements: &mut [T], rang: usize, changer: impl FnOnce(&mut T)) {
    if let Some(element) = elements.get_mut(rang) {
        changer(element);
    }
}
