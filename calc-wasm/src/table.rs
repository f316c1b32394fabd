//! A table of the form as a spreadsheet has it: its columns, and where its rows go.

use crate::app::App;
use crate::cellule::{Colonne, Sorte, key};
use crate::collage::Cible;
use crate::dom::{self, Absent, Element};
use crate::prelude::*;
use crate::saisie::Genre;
use crate::texte::cut;
use crate::{inventaire, rows};
use alloc::vec;

/// What the dialog is set to: the target, its columns.
pub(crate) struct Table {
    /// Key of its list, or of the list that holds it.
    pub(crate) liste: String,
    /// Key of the list within each row, where rows go there.
    pub(crate) enfant: String,
    cle: String,
    identifiee: bool,
    /// The rank of the row that holds the list, where no column says it.
    pub(crate) parent: usize,
    /// Its columns.
    pub(crate) colonnes: Vec<Colonne>,
    /// Every list that rows go to: one, or one for each parent.
    pub(crate) listes: Vec<Element>,
}

impl Table {
    /// Where its rows go.
    pub(crate) fn cible(&self) -> Cible<'_> {
        Cible {
            liste: &self.liste,
            enfant: Some(self.enfant.as_str()).filter(|enfant| !enfant.is_empty()),
            cle: &self.cle,
            identifiee: self.identifiee,
            parent: self.parent,
        }
    }
}

/// The table that the dialog is set to.
///
/// # Errors
/// [`Absent`] when the page lacks a part of the dialog, or the table.
pub(crate) fn table_of(app: &App, dialogue: &Element) -> Result<Table, Absent> {
    let choix = dialogue.need("[data-role=table]")?;
    table_at(app, dialogue, &choix.value())
}

/// The tables of the dialog, by their paths.
///
/// # Errors
/// As [`table_of`].
pub(crate) fn paths(dialogue: &Element) -> Result<Vec<String>, Absent> {
    let options = dialogue.need("[data-role=table]")?.find_all("option");
    Ok(options.iter().map(|option| option.attr("value")).collect())
}

/// One of the tables of the dialog.
///
/// # Errors
/// As [`table_of`].
pub(crate) fn table_at(app: &App, dialogue: &Element, chemin: &str) -> Result<Table, Absent> {
    let parmi = dialogue.need("[data-role=parmi]")?;
    let (liste, enfant) = cut(chemin, "/").unwrap_or((chemin, ""));
    let hote = app.dossier.need(&["[data-liste=", liste, "]"].concat())?;
    let mut listes = vec![hote.clone()];
    let mut modele = dom::clone_template(&hote.attr("data-modele-de-ligne"))?;
    let mut colonnes = Vec::new();
    if !enfant.is_empty() {
        let dedans = ["[data-liste=", enfant, "]"].concat();
        let parents = hote.children();
        listes = parents
            .iter()
            .filter_map(|ligne| ligne.find(&dedans))
            .collect();
        if parmi.has_attr("hidden") {
            colonnes.push(parent_column(&modele, &parents));
        }
        modele = dom::clone_template(&modele.need(&dedans)?.attr("data-modele-de-ligne"))?;
    }
    colonnes.extend(columns(&modele));
    let option = dialogue.need(&["option[value=\"", chemin, "\"]"].concat())?;
    add_titles(&mut colonnes, &option.attr("data-titres"));
    Ok(Table {
        identifiee: enfant.is_empty() && !hote.attr("data-prefixe").is_empty(),
        cle: modele.attr("data-nommee-par"),
        parent: parmi.attr("data-rang").parse().unwrap_or(0),
        liste: liste.into(),
        enfant: enfant.into(),
        colonnes,
        listes,
    })
}

/// Gives the columns the names that spreadsheets have for them: `nom: établissement | structure; finess: …`, where the
/// column of the parent has no key.
fn add_titles(colonnes: &mut [Colonne], titres: &str) {
    for (cle, noms) in titres.split(';').filter_map(|partie| cut(partie, ":")) {
        let colonne = colonnes
            .iter_mut()
            .find(|colonne| colonne.cle == cle.trim());
        if let Some(colonne) = colonne {
            colonne.titres = noms.split('|').map(key).collect();
        }
    }
}

/// The column that says which directory, or which perimeter.
fn parent_column(modele: &Element, parents: &[Element]) -> Colonne {
    let libelle = modele
        .find("[data-nom]")
        .map_or_else(String::new, |nom| nom.attr("data-nom"));
    let cle = modele.attr("data-nommee-par");
    let named = |(rang, ligne): (usize, &Element)| {
        let nom = ligne.find(&["[data-champ=", &cle, "]"].concat());
        (
            rang.to_string(),
            nom.map_or_else(String::new, |nom| nom.value().trim().into()),
        )
    };
    Colonne {
        cle: String::new(),
        requis: Some(["Indiquez ", "le nom\u{a0}: ", &*libelle, "."].concat()),
        libelle,
        genre: Genre::Choix,
        sorte: Sorte::Parent,
        choix: parents.iter().enumerate().map(named).collect(),
        titres: Vec::new(),
    }
}

/// The fields of a row, those of the lists that it holds left out.
fn columns(modele: &Element) -> Vec<Colonne> {
    let mut colonnes = Vec::new();
    for champ in modele.find_all("[data-champ]") {
        if champ.closest("[data-liste]").is_some() {
            continue;
        }
        let genre = champ.attr("data-type");
        let (sorte, choix) = choices(&champ, &genre);
        colonnes.push(Colonne {
            cle: champ.attr("data-champ"),
            libelle: inventaire::label(&champ),
            genre: Genre::from_name(&genre).unwrap_or(Genre::Choix),
            sorte,
            choix,
            titres: Vec::new(),
            requis: Some(champ.attr("data-requis")).filter(|message| !message.is_empty()),
        });
    }
    colonnes
}

fn choices(champ: &Element, genre: &str) -> (Sorte, Vec<(String, String)>) {
    let owned = |paires: &[(&str, &str)]| {
        paires
            .iter()
            .map(|(valeur, libelle)| ((*valeur).into(), (*libelle).into()))
            .collect()
    };
    match genre {
        "booleen" | "ouinon" => {
            let paires = [
                ("true", "Oui"),
                ("false", "Non"),
                ("true", "Vrai"),
                ("false", "Faux"),
                ("true", "X"),
                ("true", "1"),
                ("false", "0"),
            ];
            (Sorte::UnParmi, owned(&paires))
        }
        "entites" | "entite" => {
            let entites = rows::entities();
            let paires = entites
                .into_iter()
                .map(|entite| (entite.id, entite.nom))
                .collect();
            (
                if genre == "entites" {
                    Sorte::Plusieurs
                } else {
                    Sorte::UnParmi
                },
                paires,
            )
        }
        "choix" => {
            let options = champ.find_all("option");
            let paires = options
                .iter()
                .map(|option| (option.attr("value"), option.text()));
            (
                Sorte::UnParmi,
                paires.filter(|(valeur, _)| !valeur.is_empty()).collect(),
            )
        }
        _ => (Sorte::Libre, Vec::new()),
    }
}
