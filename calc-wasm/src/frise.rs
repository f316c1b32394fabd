//! The picture of the phase: what stands where, and the words for it. Whole numbers only; `peinture` draws it.

use crate::axe::Axe;
use crate::passages::{self, Passage};
use crate::prelude::*;
use crate::reperes;
use calc_core::{
    Dossier, Echeance, Evaluation, Lieu, Objectif, ProchainAudit, Programme, Verdict, echeancier,
    francais, jours_entre, plus_jours, prochains_audits,
};
use chrono::NaiveDate;

mod limites;

/// Something drawn: a mark where `largeur` is zero, else a stretch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Piece {
    /// Its place, in hundredths of a percent of the width.
    pub(crate) x: i64,
    /// How wide it is, in the same unit.
    pub(crate) largeur: i64,
    /// What it looks like.
    pub(crate) genre: &'static str,
    /// What is written on it.
    pub(crate) texte: String,
    /// What it is, in words.
    pub(crate) titre: String,
}

/// An audit that can be moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Curseur {
    /// How it looks.
    pub(crate) piece: Piece,
    /// Where it stands in the dossier.
    pub(crate) lieu: Lieu,
    /// Its day.
    pub(crate) date: NaiveDate,
    /// Its row and its tool: « AD du CHU, ADS ».
    pub(crate) nom: String,
    /// Tomorrow, its day and the last day of the axis, in days of the axis.
    pub(crate) jours: [i64; 3],
}

/// A line of the table that says the same as a row of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LigneLue {
    /// The day, or the window.
    pub(crate) quand: String,
    /// What it is.
    pub(crate) quoi: String,
    /// Done, planned, or not counted.
    pub(crate) etat: &'static str,
    /// Days since the audit before.
    pub(crate) ecart: String,
}

/// One directory or perimeter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rang {
    /// Its name.
    pub(crate) nom: String,
    /// The codes of its two objectives, with what it gives for each.
    pub(crate) verdicts: [(&'static str, Verdict); 2],
    /// Windows.
    pub(crate) bandes: Vec<Piece>,
    /// Gaps between two audits that count, and the time left until the longest allowed.
    pub(crate) ecarts: Vec<Piece>,
    /// Last days for the next audit.
    pub(crate) limites: Vec<Piece>,
    /// Audits done.
    pub(crate) faits: Vec<Piece>,
    /// Audits planned.
    pub(crate) prevus: Vec<Curseur>,
    /// The same in words.
    pub(crate) lignes: Vec<LigneLue>,
}

/// The whole picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frise {
    /// The days that it shows.
    pub(crate) axe: Axe,
    /// Today: what is planned comes after.
    pub(crate) aujourdhui: NaiveDate,
    /// The months.
    pub(crate) mois: Vec<Piece>,
    /// Every 60 days from S.
    pub(crate) rythme: Vec<Piece>,
    /// The dates of the whole dossier, each with its letter, and today.
    pub(crate) reperes: Vec<Piece>,
    /// The directories, then the perimeters.
    pub(crate) rangs: Vec<Rang>,
}

/// What the picture is made from.
pub(crate) struct Cadre<'a> {
    pub(crate) dossier: &'a Dossier,
    pub(crate) evaluation: &'a Evaluation,
    pub(crate) programme: &'a Programme,
    pub(crate) echeancier: Vec<Echeance>,
    pub(crate) axe: Axe,
}

impl Frise {
    /// The same without its rows.
    pub(crate) fn ground(&self) -> Self {
        Self {
            mois: self.mois.clone(),
            rythme: self.rythme.clone(),
            reperes: self.reperes.clone(),
            rangs: Vec::new(),
            ..*self
        }
    }
}

/// The picture of a dossier and its evaluation.
pub(crate) fn frise(dossier: &Dossier, evaluation: &Evaluation, programme: &Programme) -> Frise {
    let axe = Axe::new(dossier, programme);
    let cadre = Cadre {
        dossier,
        evaluation,
        programme,
        echeancier: echeancier(dossier, programme, evaluation.date),
        axe,
    };
    Frise {
        axe,
        aujourdhui: evaluation.date,
        mois: reperes::months(axe),
        rythme: reperes::rhythm(&cadre),
        reperes: reperes::landmarks(&cadre),
        rangs: rows(&cadre),
    }
}

impl Cadre<'_> {
    /// S.
    pub(crate) fn start(&self) -> Option<NaiveDate> {
        self.dossier.phase.as_ref()?.debut
    }

    /// E, or the last day allowed.
    pub(crate) fn end(&self) -> NaiveDate {
        let phase = self.dossier.phase.as_ref();
        phase
            .and_then(|phase| phase.declaration)
            .unwrap_or(self.programme.declaration_limite)
    }

    /// A mark.
    pub(crate) fn mark(
        &self,
        date: NaiveDate,
        genre: &'static str,
        texte: &str,
        titre: String,
    ) -> Piece {
        Piece {
            x: self.axe.x(date),
            largeur: 0,
            genre,
            texte: texte.into(),
            titre,
        }
    }

    fn stretch(
        &self,
        (de, a): (NaiveDate, NaiveDate),
        genre: &'static str,
        titre: String,
    ) -> Piece {
        let x = self.axe.x(de);
        Piece {
            x,
            largeur: (self.axe.x(a) - x).max(0),
            genre,
            texte: String::new(),
            titre,
        }
    }
}

/// A directory or a perimeter, before its row is drawn.
struct Sujet<'a> {
    liste: &'static str,
    rang: usize,
    id: &'a str,
    objectifs: [Objectif; 2],
    max: Option<i64>,
    passages: Vec<Passage>,
}

fn rows(cadre: &Cadre) -> Vec<Rang> {
    let dossier = cadre.dossier;
    let prochains = prochains_audits(dossier, cadre.programme, cadre.evaluation.date);
    let mut rangs = Vec::new();
    for (rang, annuaire) in dossier.annuaires.iter().enumerate() {
        let sujet = Sujet {
            liste: "annuaires",
            rang,
            id: &annuaire.id,
            objectifs: [Objectif::O1A, Objectif::O1B],
            max: cadre.programme.intervalle_max_annuaire_jours,
            passages: passages::of_directory(annuaire),
        };
        rangs.push(row(cadre, &sujet, &prochains));
    }
    for (rang, perimetre) in dossier.perimetres.iter().enumerate() {
        let sujet = Sujet {
            liste: "perimetres",
            rang,
            id: &perimetre.id,
            objectifs: [Objectif::O2A, Objectif::O2B],
            max: Some(cadre.programme.intervalle_max_exposition_jours),
            passages: passages::of_perimeter(perimetre),
        };
        rangs.push(row(cadre, &sujet, &prochains));
    }
    rangs
}

/// A whole row.
fn row(cadre: &Cadre, sujet: &Sujet, prochains: &[ProchainAudit]) -> Rang {
    let mut rang = audits(cadre, sujet);
    for prochain in prochains {
        if prochain.sujet == sujet.id && prochain.objectif == sujet.objectifs[0] {
            limites::next_limits(cadre, prochain, &mut rang);
        }
    }
    limites::windows(cadre, sujet, &mut rang);
    rang
}

/// The audits of a row and the gaps between them.
fn audits(cadre: &Cadre, sujet: &Sujet) -> Rang {
    let nom = crate::noms::subject_name(sujet.id, sujet.objectifs[0], cadre.dossier);
    let mut rang = Rang {
        verdicts: sujet.objectifs.map(|objectif| {
            let verdict = crate::matrice::subject_verdict(cadre.evaluation, objectif, sujet.id);
            (objectif.code(), verdict)
        }),
        nom,
        bandes: Vec::new(),
        ecarts: Vec::new(),
        limites: Vec::new(),
        faits: Vec::new(),
        prevus: Vec::new(),
        lignes: Vec::new(),
    };
    let mut avant: Option<NaiveDate> = None;
    for passage in &sujet.passages {
        let compte = passage.compte
            && cadre.start().is_some_and(|debut| debut <= passage.date)
            && passage.date <= cadre.end();
        let ecart = avant
            .filter(|_| compte)
            .map(|avant| gap(cadre, (avant, passage.date), sujet.max, &mut rang.ecarts));
        place(cadre, sujet, passage, compte, &mut rang);
        rang.lignes.push(LigneLue {
            quand: francais::date(passage.date),
            quoi: passage.quoi.clone(),
            etat: state(cadre, passage, compte),
            ecart: ecart.map_or_else(String::new, days),
        });
        if compte {
            avant = Some(passage.date);
        }
    }
    rang
}

fn state(cadre: &Cadre, passage: &Passage, compte: bool) -> &'static str {
    match (passage.date > cadre.evaluation.date, compte) {
        (false, true) => "fait",
        (true, true) => "prévu",
        (false, false) => "fait, ne compte pas",
        (true, false) => "prévu, ne compte pas",
    }
}

/// « 57 jours ».
fn days(jours: i64) -> String {
    let nom = francais::pluriel(jours, "jour", "jours");
    [&francais::nombre(jours), "\u{a0}", nom].concat()
}

fn place(cadre: &Cadre, sujet: &Sujet, passage: &Passage, compte: bool, rang: &mut Rang) {
    if !cadre.axe.contains(passage.date) {
        return;
    }
    let etat = state(cadre, passage, compte);
    let titre = [
        &francais::date(passage.date),
        ", ",
        &passage.quoi,
        ", ",
        etat,
    ]
    .concat();
    let piece = cadre.mark(passage.date, passage.genre, &passage.texte, titre);
    if passage.date <= cadre.evaluation.date {
        rang.faits.push(piece);
        return;
    }
    rang.prevus.push(Curseur {
        piece,
        lieu: Lieu {
            liste: sujet.liste,
            rang: sujet.rang,
            audit: Some(passage.rang),
        },
        date: passage.date,
        nom: [&rang.nom, ", ", &passage.quoi].concat(),
        jours: [
            plus_jours(cadre.evaluation.date, 1),
            passage.date,
            cadre.axe.fin,
        ]
        .map(|jour| jours_entre(cadre.axe.debut, jour)),
    });
}

/// Draws a gap, longer ones stronger and with their days; gives its days.
fn gap(
    cadre: &Cadre,
    bornes: (NaiveDate, NaiveDate),
    max: Option<i64>,
    ecarts: &mut Vec<Piece>,
) -> i64 {
    let jours = jours_entre(bornes.0, bornes.1);
    let genre = match max {
        Some(max) if jours >= max => "trop",
        _ if jours > cadre.programme.intervalle_moyen_jours => "long",
        _ => "court",
    };
    let mut piece = cadre.stretch(bornes, genre, String::new());
    if genre != "court" {
        piece.texte = [&francais::nombre(jours), "\u{a0}j"].concat();
    }
    ecarts.push(piece);
    jours
}

#[cfg(test)]
mod tests;
