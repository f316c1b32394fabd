//! What directories, perimeters and entities are called: their names, else their ranks.

use crate::dossier::Dossier;
use crate::francais::en_chiffres;
use crate::prelude::*;
use crate::verdict::Objectif;

/// The name given to the subject of a check; « Annuaire 2 » where it has none, its id where the dossier has no such one.
#[must_use]
pub fn nom_du_sujet(dossier: &Dossier, objectif: Objectif, id: &str) -> String {
    let propre = match objectif {
        Objectif::O1A | Objectif::O1B => chercher(
            "Annuaire",
            id,
            &mut dossier.annuaires.iter().map(|l| (&l.id, &l.nom)),
        ),
        Objectif::O2A | Objectif::O2B => chercher(
            "Périmètre",
            id,
            &mut dossier.perimetres.iter().map(|l| (&l.id, &l.nom)),
        ),
        _ => None,
    };
    let mut entites = dossier.entites.iter().map(|l| (&l.id, &l.nom));
    propre
        .or_else(|| chercher("Entité", id, &mut entites))
        .unwrap_or_else(|| String::from(id))
}

fn chercher(
    genre: &str,
    id: &str,
    lignes: &mut dyn Iterator<Item = (&String, &Option<String>)>,
) -> Option<String> {
    for (rang, (autre, nom)) in (1..).zip(lignes) {
        if autre == id {
            let sans_nom = || [genre, " ", &en_chiffres(rang)].concat();
            return Some(nom.clone().unwrap_or_else(sans_nom));
        }
    }
    None
}
