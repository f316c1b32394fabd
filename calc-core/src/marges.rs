//! Margins (§11): how far each planned event can move before the verdict of an objective worsens, and what breaks first.
//!
//! Days are tried one by one, outwards: verdicts are not always monotone, and "one more day loses it" must be exact.

use crate::cadre::Cadre;
use crate::couverture::Groupe;
use crate::dates::{jours_entre, plus_jours};
use crate::dossier::{Dossier, Mode};
use crate::evaluate::resultat;
use crate::objectif::OBJECTIFS_DATES;
use crate::prelude::*;
use crate::programme::Programme;
use crate::rapide::{self, Sujet};
use crate::verdict::{Lieu, Objectif, ResultatObjectif, Verdict};
use chrono::NaiveDate;

/// What stops an event from moving one day further.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rupture {
    /// The objective that worsens.
    pub objectif: Objectif,
    /// The check that worsens first.
    pub controle: &'static str,
    /// Its subject.
    pub sujet: Option<String>,
    /// What the objective becomes.
    pub verdict: Verdict,
}

/// How far one planned event can move in one direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glissement {
    /// Days that it can move, at least zero.
    pub jours: i64,
    /// What the next day breaks; `None` where nothing does: earlier up to today, later past E, or 800 days away.
    pub rupture: Option<Rupture>,
}

/// The margins of one planned event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MargeEvenement {
    /// Where it stands: `annuaires[0].audits[1]`, `exercices[0]`, `autoevaluation`.
    pub chemin: String,
    /// Its planned day.
    pub date: NaiveDate,
    /// How much later it can be.
    pub plus_tard: Glissement,
    /// How much earlier it can be, not before today.
    pub plus_tot: Glissement,
}

/// The margins of every event planned after today: audits, exercises, self-assessment.
#[must_use]
pub fn marges(
    dossier: &Dossier,
    programme: &Programme,
    aujourdhui: NaiveDate,
) -> Vec<MargeEvenement> {
    let cadre = Cadre::new(dossier, programme, aujourdhui);
    let mut marges = Vec::new();
    if let Some(debut) = cadre.debut {
        audits_annuaires(&cadre, debut, &mut marges);
        audits_perimetres(&cadre, debut, &mut marges);
    }
    exercices(&cadre, &mut marges);
    marges.extend(autoevaluation(&cadre));
    marges.extend(declaration(&cadre));
    marges
}

fn exercices(cadre: &Cadre, marges: &mut Vec<MargeEvenement>) {
    for (rang, exercice) in cadre.dossier.exercices.iter().flatten().enumerate() {
        if exercice.date <= cadre.aujourdhui {
            continue;
        }
        let lieu = Lieu {
            liste: "exercices",
            rang,
            audit: None,
        };
        let deplacer = |dossier: &mut Dossier, date| {
            if let Some(exercice) = dossier
                .exercices
                .as_mut()
                .and_then(|exercices| exercices.get_mut(rang))
            {
                exercice.date = date;
            }
        };
        marges.push(entier(
            cadre,
            lieu.chemin(),
            exercice.date,
            &[Objectif::O3],
            &deplacer,
        ));
    }
}

fn autoevaluation(cadre: &Cadre) -> Option<MargeEvenement> {
    let date = cadre
        .dossier
        .autoevaluation
        .as_ref()?
        .date
        .filter(|date| *date > cadre.aujourdhui)?;
    let deplacer = |dossier: &mut Dossier, date| {
        if let Some(autoevaluation) = &mut dossier.autoevaluation {
            autoevaluation.date = Some(date);
        }
    };
    Some(entier(
        cadre,
        "autoevaluation".into(),
        date,
        &[Objectif::O4],
        &deplacer,
    ))
}

/// The declaration moves everything that counts back from it.
fn declaration(cadre: &Cadre) -> Option<MargeEvenement> {
    let date = cadre
        .dossier
        .phase
        .as_ref()?
        .declaration
        .filter(|date| *date > cadre.aujourdhui)?;
    let deplacer = |dossier: &mut Dossier, date| {
        if let Some(phase) = &mut dossier.phase {
            phase.declaration = Some(date);
        }
    };
    Some(entier(
        cadre,
        "phase.declaration".into(),
        date,
        &OBJECTIFS_DATES,
        &deplacer,
    ))
}

/// The last day worth trying: nothing changes past E, nor past the last day of the programme.
fn bout(cadre: &Cadre, date: NaiveDate) -> NaiveDate {
    plus_jours(
        cadre.fin.max(cadre.programme.declaration_limite).max(date),
        1,
    )
}

/// No event moves further than this, in days: twice the programme. A year typed wrong must not take a minute.
pub(crate) const PORTEE_JOURS: i64 = 800;

/// Tries the days one by one: `casse` says what a day breaks.
fn glisser(
    cadre: &Cadre,
    date: NaiveDate,
    sens: i64,
    casse: &mut impl FnMut(NaiveDate) -> Option<Rupture>,
) -> Glissement {
    // Before today an event is no longer planned.
    let bout = if sens > 0 {
        jours_entre(date, bout(cadre, date))
    } else {
        jours_entre(cadre.aujourdhui, date)
    };
    for jours in 1..=bout.min(PORTEE_JOURS) {
        let rupture = casse(plus_jours(date, sens * jours));
        if rupture.is_some() {
            return Glissement {
                jours: jours - 1,
                rupture,
            };
        }
    }
    Glissement {
        jours: bout.min(PORTEE_JOURS),
        rupture: None,
    }
}

/// The first check that is worse in `apres` than in `avant`, the worst ones first.
fn rupture(avant: &ResultatObjectif, apres: &ResultatObjectif) -> Rupture {
    let pire = apres.controles.iter().find(|controle| {
        let ancien = avant
            .controles
            .iter()
            .find(|ancien| ancien.id == controle.id && ancien.sujet == controle.sujet);
        // The share only sums up: what it rests on says more.
        !controle.id.ends_with("/part-activite")
            && ancien.is_none_or(|ancien| controle.verdict > ancien.verdict)
    });
    let controle = pire.or(apres.controles.first());
    Rupture {
        objectif: apres.code,
        controle: controle.map_or("", |controle| controle.id),
        sujet: controle.and_then(|controle| controle.sujet.clone()),
        verdict: apres.verdict,
    }
}

/// An event that few objectives depend on, evaluated whole.
fn entier(
    cadre: &Cadre,
    chemin: String,
    date: NaiveDate,
    objectifs: &[Objectif],
    deplacer: &dyn Fn(&mut Dossier, NaiveDate),
) -> MargeEvenement {
    let avant: Vec<ResultatObjectif> = objectifs
        .iter()
        .map(|objectif| resultat(cadre, *objectif))
        .collect();
    let mut dossier = cadre.dossier.clone();
    let mut casse = |jour| {
        deplacer(&mut dossier, jour);
        let deplace = Cadre::new(&dossier, cadre.programme, cadre.aujourdhui);
        avant.iter().find_map(|avant| {
            let apres = resultat(&deplace, avant.code);
            (apres.verdict > avant.verdict).then(|| rupture(avant, &apres))
        })
    };
    let plus_tard = glisser(cadre, date, 1, &mut casse);
    let plus_tot = glisser(cadre, date, -1, &mut casse);
    MargeEvenement {
        chemin,
        date,
        plus_tard,
        plus_tot,
    }
}

/// The audits of one group, and what its subjects give as they are.
struct Etat<'a> {
    cadre: &'a Cadre<'a>,
    groupe: Groupe<'a>,
    sujets: Vec<Sujet>,
    objectifs: [Objectif; 2],
    verdicts: [Verdict; 2],
}

impl<'a> Etat<'a> {
    fn new(
        cadre: &'a Cadre<'a>,
        groupe: Groupe<'a>,
        sujets: Vec<Sujet>,
        objectifs: [Objectif; 2],
    ) -> Self {
        let verdicts = rapide::conclure(cadre, &groupe, &sujets);
        Self {
            cadre,
            groupe,
            sujets,
            objectifs,
            verdicts,
        }
    }

    /// The objective that worsens where the subject `rang` gives `sujet`.
    fn casse(&self, rang: usize, sujet: Sujet) -> Option<Objectif> {
        let avant = *self.sujets.get(rang)?;
        // Objectives never worsen while no part does: most days stop here.
        if sujet.regularite <= avant.regularite
            && sujet.complet <= avant.complet
            && sujet.a_ce_jour <= avant.a_ce_jour
        {
            return None;
        }
        let mut sujets = self.sujets.clone();
        *sujets.get_mut(rang)? = sujet;
        let apres = rapide::conclure(self.cadre, &self.groupe, &sujets);
        let pires = apres
            .iter()
            .zip(&self.verdicts)
            .map(|(apres, avant)| apres > avant);
        self.objectifs
            .iter()
            .zip(pires)
            .find(|(_, pire)| *pire)
            .map(|(objectif, _)| *objectif)
    }

    fn rupture(&self, objectif: Objectif, deplace: &Dossier) -> Rupture {
        rupture(
            &resultat(self.cadre, objectif),
            &resultat(
                &Cadre {
                    dossier: deplace,
                    ..*self.cadre
                },
                objectif,
            ),
        )
    }
}

fn audits_annuaires(cadre: &Cadre, debut: NaiveDate, marges: &mut Vec<MargeEvenement>) {
    let annuaires = &cadre.dossier.annuaires;
    let sujets = annuaires
        .iter()
        .map(|annuaire| rapide::annuaire(cadre, debut, annuaire))
        .collect();
    let etat = Etat::new(
        cadre,
        Groupe::annuaires(cadre),
        sujets,
        [Objectif::O1A, Objectif::O1B],
    );
    for (rang, annuaire) in annuaires.iter().enumerate() {
        if !matches!(annuaire.mode, Some(Mode::Local | Mode::Hybride)) {
            continue;
        }
        for (place, audit) in annuaire
            .audits
            .iter()
            .enumerate()
            .filter(|(_, audit)| audit.date > cadre.aujourdhui)
        {
            let mut essai = annuaire.clone();
            let mut casse = |jour: NaiveDate| {
                essai.audits.get_mut(place)?.date = jour;
                let objectif = etat.casse(rang, rapide::annuaire(cadre, debut, &essai))?;
                let mut dossier = cadre.dossier.clone();
                dossier.annuaires.get_mut(rang)?.audits.get_mut(place)?.date = jour;
                Some(etat.rupture(objectif, &dossier))
            };
            let lieu = Lieu {
                liste: "annuaires",
                rang,
                audit: Some(place),
            };
            marges.push(marge(cadre, lieu, audit.date, &mut casse));
        }
    }
}

fn audits_perimetres(cadre: &Cadre, debut: NaiveDate, marges: &mut Vec<MargeEvenement>) {
    let perimetres = &cadre.dossier.perimetres;
    let sujets = perimetres
        .iter()
        .map(|perimetre| rapide::perimetre(cadre, debut, perimetre))
        .collect();
    let etat = Etat::new(
        cadre,
        Groupe::perimetres(cadre),
        sujets,
        [Objectif::O2A, Objectif::O2B],
    );
    for (rang, perimetre) in perimetres.iter().enumerate() {
        for (place, audit) in perimetre
            .audits
            .iter()
            .enumerate()
            .filter(|(_, audit)| audit.date > cadre.aujourdhui)
        {
            let mut essai = perimetre.clone();
            let mut casse = |jour: NaiveDate| {
                essai.audits.get_mut(place)?.date = jour;
                let objectif = etat.casse(rang, rapide::perimetre(cadre, debut, &essai))?;
                let mut dossier = cadre.dossier.clone();
                dossier
                    .perimetres
                    .get_mut(rang)?
                    .audits
                    .get_mut(place)?
                    .date = jour;
                Some(etat.rupture(objectif, &dossier))
            };
            let lieu = Lieu {
                liste: "perimetres",
                rang,
                audit: Some(place),
            };
            marges.push(marge(cadre, lieu, audit.date, &mut casse));
        }
    }
}

fn marge(
    cadre: &Cadre,
    lieu: Lieu,
    date: NaiveDate,
    casse: &mut impl FnMut(NaiveDate) -> Option<Rupture>,
) -> MargeEvenement {
    MargeEvenement {
        chemin: lieu.chemin(),
        date,
        plus_tard: glisser(cadre, date, 1, casse),
        plus_tot: glisser(cadre, date, -1, casse),
    }
}
