//! Links to the fields of the page, named as the reader sees them.

use crate::dom::Element;
use crate::prelude::*;
use crate::view::LienChamp;

/// The link to a field; without one, to the block of the list that a path leads to.
pub(crate) fn link(dossier: &Element, champ: Option<&Element>, chemin: &str) -> Option<LienChamp> {
    let (cible, enveloppe) = if let Some(champ) = champ {
        (champ.clone(), champ.closest("[data-enveloppe]")?)
    } else {
        let liste = dossier.find(&["[data-liste=", chemin, "]"].concat())?;
        let bloc = liste.closest("[data-bloc]")?;
        (bloc.clone(), bloc)
    };
    let mut libelle = enveloppe.find("[data-libelle]")?.text();
    // Its row, then the row whose list holds that one: « Score ADS, Audit du 7 mai 2026, Annuaire « AD Nord » ».
    let mut ligne = champ.and_then(|champ| champ.closest("[data-ligne]"));
    while let Some(rang) = ligne {
        libelle = [&libelle, ", ", &*rang.find("[data-nom]")?.text()].concat();
        ligne = rang.closest("[data-liste]")?.closest("[data-ligne]");
    }
    Some(LienChamp {
        libelle,
        href: ["#", &anchor(&cible)].concat(),
    })
}

/// The id by which a link reaches a field: its own, or that of its first box.
pub(crate) fn anchor(champ: &Element) -> String {
    let id = champ.attr("id");
    if id.is_empty() {
        champ
            .find("[id]")
            .map_or_else(String::new, |case| case.attr("id"))
    } else {
        id
    }
}
