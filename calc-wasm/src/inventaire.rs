//! What was typed, read off the page with its labels: a field that the form gains is told too.

use crate::dom::Element;
use crate::prelude::*;
use crate::saisie::Genre;
use crate::walk::{Role, Suite, ticked};

/// Between two fields of a row.
const ENTRE_CHAMPS: &str = " · ";
/// Between two rows of a line.
const ENTRE_LIGNES: &str = "\u{202f}; ";

/// What was typed, part by part: a title and a text each; the parts left blank come last, named only.
pub(crate) fn inputs(hote: &Element) -> Vec<(String, String)> {
    let mut parts = Vec::new();
    let mut vides = Vec::new();
    let mut suite = Suite::of(hote);
    while let Some(element) = suite.next_in(hote) {
        let titre = title(&element);
        let avant = parts.len();
        match Role::of(&element) {
            Some(Role::Champ(_)) => parts.push(field(&element)),
            Some(Role::Groupe(_)) => {
                let texte = labelled(&fields(&mut suite, &element));
                parts.push((titre.clone(), texte));
            }
            Some(Role::Liste(_)) => list(&mut suite, &element, &titre, &mut parts),
            None => {}
        }
        parts.retain(|(_, texte)| !texte.is_empty());
        if parts.len() == avant && !titre.is_empty() {
            vides.push(titre);
        }
    }
    // A part of several pieces, one of them blank, is not blank.
    vides.retain(|vide| parts.iter().all(|(titre, _)| titre != vide));
    if !vides.is_empty() {
        parts.push(("Rien de saisi".into(), vides.join(ENTRE_LIGNES)));
    }
    parts
}

/// The heading of a part: what it is labelled by, or the part around it.
fn title(element: &Element) -> String {
    let nomme = element.closest("[aria-labelledby]");
    let titre = nomme.and_then(|nomme| {
        let id = nomme.attr("aria-labelledby");
        nomme.find(&["#", &id].concat())
    });
    let titre = titre.map_or_else(String::new, |titre| titre.text());
    titre
        .trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace())
        .trim()
        .into()
}

/// A list: one part for each row that holds a list of its own, else one part for all its rows.
fn list(suite: &mut Suite, liste: &Element, titre: &str, parts: &mut Vec<(String, String)>) {
    let mut lignes = Vec::new();
    while let Some(ligne) = suite.next_in(liste) {
        if ligne.find("[data-liste]").is_some() {
            let nom = ligne
                .find("[data-nom]")
                .map_or_else(String::new, |nom| nom.text());
            let mut champs = fields(suite, &ligne);
            // The title names it already.
            if champs
                .first()
                .is_some_and(|(_, texte)| !texte.is_empty() && nom.contains(&**texte))
            {
                champs.remove(0);
            }
            parts.push((nom, labelled(&champs)));
        } else {
            lignes.push(fields(suite, &ligne));
        }
    }
    parts.push((titre.into(), together(&lignes)));
}

/// The fields of a group or a row, with their labels; a list inside it is one of them.
fn fields(suite: &mut Suite, hote: &Element) -> Vec<(String, String)> {
    let mut champs = Vec::new();
    while let Some(element) = suite.next_in(hote) {
        match Role::of(&element) {
            Some(Role::Champ(_)) => champs.push(field(&element)),
            Some(Role::Groupe(_)) => champs.extend(fields(suite, &element)),
            Some(Role::Liste(_)) => {
                let mut dedans = Vec::new();
                list(suite, &element, "", &mut dedans);
                let texte = dedans.pop().map_or_else(String::new, |(_, texte)| texte);
                let titre = element
                    .closest("[data-bloc]")
                    .and_then(|bloc| bloc.find("[data-libelle]"));
                let titre = titre.map_or_else(String::new, |titre| titre.text());
                champs.push((titre, texte));
            }
            None => {}
        }
    }
    champs
}

/// « Hébergement : local · … », what is filled in; a ticked box is its own label.
fn labelled(champs: &[(String, String)]) -> String {
    let morceaux: Vec<String> = champs
        .iter()
        .filter(|(_, texte)| !texte.is_empty())
        .map(|(libelle, texte)| {
            if libelle == texte {
                texte.clone()
            } else {
                [libelle, "\u{a0}: ", &**texte].concat()
            }
        })
        .collect();
    morceaux.join(ENTRE_CHAMPS)
}

/// How many fields of a row are known by their place, without their labels.
const PAR_PLACE: usize = 5;

/// Fields in their order, a dash for a blank one before another.
fn by_place(champs: &[(String, String)]) -> String {
    let pleins = champs.iter().rposition(|(_, texte)| !texte.is_empty());
    let morceaux: Vec<&str> = champs
        .iter()
        .take(pleins.map_or(0, |dernier| dernier + 1))
        .map(|(_, texte)| {
            if texte.is_empty() {
                "–"
            } else {
                texte.as_str()
            }
        })
        .collect();
    morceaux.join(ENTRE_CHAMPS)
}

/// Rows in a line; what all of three rows or more share is said once, at the end.
fn together(lignes: &[Vec<(String, String)>]) -> String {
    let partage = |champ: &&(String, String)| {
        !champ.1.is_empty() && lignes.len() > 2 && lignes.iter().all(|ligne| ligne.contains(champ))
    };
    let communs: Vec<(String, String)> = lignes.first().map_or_else(Vec::new, |ligne| {
        ligne.iter().skip(1).filter(partage).cloned().collect()
    });
    let mut textes: Vec<String> = lignes
        .iter()
        .map(|ligne| {
            let propres = ligne.iter().filter(|champ| !communs.contains(champ));
            let propres: Vec<(String, String)> = propres.cloned().collect();
            match propres.split_first() {
                // Too many to be known by their place.
                Some(((_, nom), autres)) if ligne.len() > PAR_PLACE => {
                    let mut texte = nom.clone();
                    let autres = labelled(autres);
                    if !autres.is_empty() {
                        texte.push_str(ENTRE_CHAMPS);
                        texte.push_str(&autres);
                    }
                    texte
                }
                _ => by_place(&propres),
            }
        })
        .collect();
    textes.retain(|texte| !texte.is_empty());
    let mut texte = textes.join(ENTRE_LIGNES);
    if !communs.is_empty() {
        texte.push_str("\u{202f}; pour tous\u{a0}: ");
        texte.push_str(&labelled(&communs));
    }
    texte
}

/// The label of a field, and what it shows; a ticked box shows its label.
pub(crate) fn field(champ: &Element) -> (String, String) {
    let libelle = label(champ);
    let genre = champ.attr("data-type");
    let texte = match Genre::from_name(&genre) {
        None if genre == "entites" => entities(champ, ", "),
        Some(Genre::Booleen) if champ.is_checked() => libelle.clone(),
        Some(Genre::Booleen) => String::new(),
        Some(Genre::Choix | Genre::OuiNon) if champ.value().is_empty() => String::new(),
        Some(Genre::Choix | Genre::OuiNon) => champ
            .find("option:checked")
            .map_or_else(String::new, |option| option.text()),
        _ => champ.value().trim().into(),
    };
    (libelle, texte)
}

/// The names of the entities ticked in a group of boxes.
pub(crate) fn entities(cases: &Element, entre: &str) -> String {
    let cochees = ticked(cases);
    let noms: Vec<String> = crate::rows::entities()
        .into_iter()
        .filter(|entite| cochees.contains(&entite.id))
        .map(|entite| entite.nom)
        .collect();
    noms.join(entre)
}

/// The label of a field.
pub(crate) fn label(champ: &Element) -> String {
    champ
        .closest("[data-enveloppe]")
        .and_then(|enveloppe| enveloppe.find("[data-libelle]"))
        .map_or_else(String::new, |libelle| libelle.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(champs: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(libelle, texte): &(&str, &str)| ((*libelle).into(), (*texte).into());
        champs.iter().map(owned).collect()
    }

    #[test]
    fn what_all_rows_share_is_said_once_from_three_rows_on() {
        let audit = |date, cvss| {
            row(&[
                ("Date", date),
                ("Outil", "SILENE"),
                ("CVSS", cvss),
                ("Justifiée", ""),
            ])
        };
        let deux = [audit("1er mai", "6,5"), audit("2 juin", "7")];
        assert_eq!(
            together(&deux),
            "1er mai · SILENE · 6,5\u{202f}; 2 juin · SILENE · 7"
        );
        let trois = [deux[0].clone(), deux[1].clone(), audit("3 juillet", "")];
        assert_eq!(
            together(&trois),
            "1er mai · 6,5\u{202f}; 2 juin · 7\u{202f}; 3 juillet\u{202f}; pour tous\u{a0}: Outil\u{a0}: SILENE"
        );
        assert_eq!(together(&[]), "");
    }

    #[test]
    fn a_blank_field_keeps_its_place_and_many_fields_their_labels() {
        let audit = row(&[("Date", "1er mai"), ("Score", ""), ("Rapport", "3 mai")]);
        assert_eq!(together(&[audit]), "1er mai · – · 3 mai");
        let champs = ["Libellé", "Nature", "Montant", "Commande", "Facture", "Fin"];
        let mut depense: Vec<_> = champs.map(|libelle| (libelle, "")).to_vec();
        (depense[0].1, depense[2].1) = ("Audit", "48 000");
        assert_eq!(together(&[row(&depense)]), "Audit · Montant\u{a0}: 48 000");
    }
}
