//! What the whole picture of the phase has in common: its months, the rhythm of the audits, the dates of the dossier.

use crate::axe::Axe;
use crate::frise::{Cadre, Piece};
use crate::prelude::*;
use calc_core::{Objectif, francais, plus_jours};
use chrono::{Datelike, NaiveDate};

const MOIS: [&str; 12] = [
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
    "déc.",
];

/// The months; January shows its year.
pub(crate) fn months(axe: Axe) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for mois in axe.months() {
        let nom = MOIS.get(mois.month0() as usize).copied();
        pieces.push(Piece {
            x: axe.x(mois),
            texte: match nom.filter(|_| mois.month() > 1) {
                Some(nom) => nom.into(),
                None => mois.year().to_string(),
            },
            ..Piece::default()
        });
    }
    pieces
}

/// The 60-day rhythm: no later than these days, audits spread evenly would hold.
pub(crate) fn rhythm(cadre: &Cadre) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let Some(debut) = cadre.start() else {
        return pieces;
    };
    let pas = cadre.programme.intervalle_moyen_jours;
    let mut jours = pas;
    while cadre.axe.contains(plus_jours(debut, jours)) && plus_jours(debut, jours) <= cadre.end() {
        let texte = ["+", &jours.to_string()].concat();
        let jour = plus_jours(debut, jours);
        pieces.push(cadre.mark(jour, "rythme", &texte, String::new()));
        jours += pas;
    }
    pieces
}

/// The dates of the whole dossier, in order, lettered A, B, C…; today has no letter.
pub(crate) fn landmarks(cadre: &Cadre) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut add = |jour: NaiveDate, genre, libelle: &str| {
        if cadre.axe.contains(jour) {
            let titre = [libelle, "\u{a0}: ", &francais::date(jour)].concat();
            let piece = cadre.mark(jour, genre, "", titre);
            let place = pieces.iter().take_while(|autre| autre.x <= piece.x).count();
            pieces.insert(place, piece);
        }
    };
    for echeance in &cadre.echeancier {
        if echeance.objectif == Objectif::Cand {
            add(echeance.date, "repere", echeance.libelle);
        }
    }
    let premier = cadre.programme.premier_audit_limite;
    add(premier, "repere", "Dernier jour pour un premier audit");
    if let Some(debut) = cadre.start() {
        add(debut, "repere", "Début de la phase");
    }
    add(cadre.evaluation.date, "aujourdhui", "Aujourd’hui");
    let lettrees = pieces.iter_mut().filter(|piece| piece.genre == "repere");
    for (lettre, piece) in (b'A'..).zip(lettrees) {
        piece.texte.push(char::from(lettre));
    }
    pieces
}
