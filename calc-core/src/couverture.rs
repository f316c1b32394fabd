//! `…/couverture`: every entity belongs to at least one directory, and to at least one perimeter (Q1.3, Q3.7, Q3.17).

use crate::cadre::Cadre;
use crate::francais::phrase;
use crate::prelude::*;
use crate::regles::Regle;
use crate::verdict::{Controle, Lieu, Verdict};

/// The directories, or the perimeters, of a dossier: which entities each one serves.
pub(crate) struct Groupe<'a> {
    /// `annuaires` or `perimetres`.
    pub(crate) liste: &'static str,
    /// « annuaire » or « périmètre ».
    pub(crate) nom: &'static str,
    /// The entities of each.
    pub(crate) membres: Vec<&'a [String]>,
}

impl<'a> Groupe<'a> {
    pub(crate) fn annuaires(cadre: &Cadre<'a>) -> Self {
        let membres = cadre
            .dossier
            .annuaires
            .iter()
            .map(|annuaire| annuaire.entites.as_slice())
            .collect();
        Self {
            liste: "annuaires",
            nom: "annuaire",
            membres,
        }
    }

    pub(crate) fn perimetres(cadre: &Cadre<'a>) -> Self {
        let membres = cadre
            .dossier
            .perimetres
            .iter()
            .map(|perimetre| perimetre.entites.as_slice())
            .collect();
        Self {
            liste: "perimetres",
            nom: "périmètre",
            membres,
        }
    }

    /// The ranks of those that serve `entite`.
    pub(crate) fn de(&self, entite: &str) -> impl Iterator<Item = usize> {
        let sert = move |(rang, membres): (usize, &&[String])| {
            membres.iter().any(|id| id == entite).then_some(rang)
        };
        self.membres.iter().enumerate().filter_map(sert)
    }

    /// The fields to fill so that an entity which belongs to none does: those that are empty, else the list itself.
    pub(crate) fn champs_vides(&self) -> Vec<String> {
        let vides = self
            .membres
            .iter()
            .enumerate()
            .filter(|(_, membres)| membres.is_empty());
        let champs: Vec<String> = vides
            .map(|(rang, _)| {
                Lieu {
                    liste: self.liste,
                    rang,
                    audit: None,
                }
                .champ("entites")
            })
            .collect();
        if champs.is_empty() {
            vec![self.liste.into()]
        } else {
            champs
        }
    }
}

/// What the check gives, without its sentence.
pub(crate) fn verdict(cadre: &Cadre, groupe: &Groupe) -> Verdict {
    let entites = &cadre.dossier.entites;
    let seule = entites
        .iter()
        .any(|entite| groupe.de(&entite.id).next().is_none());
    let vide = groupe.membres.iter().any(|membres| membres.is_empty());
    if entites.is_empty() || seule || vide {
        Verdict::Incomplet
    } else {
        Verdict::Atteint
    }
}

/// The check. Holds whatever the day: belonging has no date.
pub(crate) fn evaluer(regle: &'static Regle, cadre: &Cadre, groupe: &Groupe) -> Controle {
    let entites = &cadre.dossier.entites;
    let incomplet =
        |phrase, manque| Controle::new(regle, None, Verdict::Incomplet, phrase).manque(manque);
    if entites.is_empty() {
        return incomplet(
            "Aucune entité n’est décrite : ajoutez les entités du candidat.".into(),
            vec!["entites".into()],
        );
    }
    let seules: Vec<&str> = entites
        .iter()
        .filter(|entite| groupe.de(&entite.id).next().is_none())
        .map(|entite| entite.id.as_str())
        .collect();
    if !seules.is_empty() {
        let phrase = phrase![
            "Sans ",
            groupe.nom,
            " : ",
            seules.join(", "),
            " ; rattachez chaque entité à un ",
            groupe.nom,
            " au moins."
        ];
        return incomplet(phrase, groupe.champs_vides());
    }
    if groupe.membres.iter().any(|membres| membres.is_empty()) {
        let phrase = phrase![
            "Un ",
            groupe.nom,
            " ne cite aucune entité : indiquez celles qu’il concerne."
        ];
        return incomplet(phrase, groupe.champs_vides());
    }
    let phrase = phrase![
        "Chaque entité est rattachée à un ",
        groupe.nom,
        " au moins."
    ];
    Controle::new(regle, None, Verdict::Atteint, phrase)
}
