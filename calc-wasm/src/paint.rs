//! A view written into the page: copies of templates, texts, attributes. A card that did not change is left alone, so
//! that an open detail stays open and the focus stays where it is.

use crate::dom::{self, Absent, Element};
use crate::prelude::*;
use crate::questions::LienQuestion;
use crate::view::{Carte, Detail, LectureVue, LienChamp, Ligne, MARGE, Note, View};
use calc_core::Verdict;

type Fait = Result<(), Absent>;

/// How many checks are written at a time.
const LIGNES: usize = 3;

/// The field that a path of the dossier leads to.
pub(crate) type Liens<'a> = &'a dyn Fn(&str) -> Option<LienChamp>;

/// The part of the page that shows results, and what it shows.
pub(crate) struct Tableau {
    resume: Element,
    essentiel: Element,
    cartes: Element,
    montre: Option<View>,
    /// What each card holds besides its verdict.
    details: Vec<Option<Detail>>,
}

impl Tableau {
    /// Finds its places in the page.
    ///
    /// # Errors
    /// [`Absent`] when one is missing.
    pub(crate) fn new(racine: &Element) -> Result<Self, Absent> {
        Ok(Self {
            resume: racine.need("[data-role=resume]")?,
            essentiel: racine.need("[data-role=essentiel] > [data-slot=lignes]")?,
            cartes: racine.need("[data-role=cartes]")?,
            montre: None,
            details: Vec::new(),
        })
    }

    /// Shows the verdicts of a view, and what decides each.
    ///
    /// # Errors
    /// [`Absent`] when a template or one of its places is missing.
    pub(crate) fn show(&mut self, vue: View, liens: Liens) -> Fait {
        let anciennes = self.montre.take();
        if anciennes.as_ref() == Some(&vue) {
            self.montre = anciennes;
            return Ok(());
        }
        self.show_summary(&vue)?;
        let elements = adjust(&self.cartes, "carte", vue.cartes.len())?;
        let lignes = adjust(&self.essentiel, "essentiel-ligne", vue.cartes.len())?;
        for (rang, carte) in vue.cartes.iter().enumerate() {
            let ancienne = anciennes.as_ref().and_then(|vue| vue.cartes.get(rang));
            let places = elements.get(rang).zip(lignes.get(rang));
            if let (true, Some((element, ligne))) = (ancienne != Some(carte), places) {
                fill_card(element, carte, liens)?;
                fill_line(ligne, carte)?;
            }
        }
        self.montre = Some(vue);
        Ok(())
    }

    /// Shows what a card holds besides: the other checks of its objective, and what is worth knowing. A few checks at a
    /// time; whether it is done.
    ///
    /// # Errors
    /// [`Absent`] when a template or one of its places is missing.
    pub(crate) fn show_detail(
        &mut self,
        rang: usize,
        detail: Detail,
        liens: Liens,
    ) -> Result<bool, Absent> {
        let nombre = self.montre.as_ref().map_or(0, |vue| vue.cartes.len());
        self.details.resize(nombre, None);
        let cartes = self.cartes.children();
        let (Some(tenu), Some(element)) = (self.details.get_mut(rang), cartes.get(rang)) else {
            return Ok(true);
        };
        if tenu.as_ref() == Some(&detail) {
            return Ok(true);
        }
        let fait = fill_detail(element, &detail, tenu.get_or_insert_default(), liens)?;
        if fait {
            *tenu = Some(detail);
        }
        Ok(fait)
    }

    fn show_summary(&self, vue: &View) -> Fait {
        self.resume.set_attr("data-verdict", vue.verdict.as_str());
        slot(&self.resume, "verdict", vue.verdict.libelle())?;
        slot(&self.resume, "decompte", &vue.resume)?;
        slot(&self.resume, "principal", &vue.principal)?;
        let elements = adjust(
            &self.resume.need("[data-slot=lignes]")?,
            "ligne-de-resume",
            vue.cartes.len(),
        )?;
        for (element, carte) in elements.iter().zip(&vue.cartes) {
            if element.attr("data-verdict") == carte.verdict.as_str() {
                continue;
            }
            element.set_attr("data-verdict", carte.verdict.as_str());
            element
                .need("a")?
                .set_attr("href", &["#", &carte.ancre].concat());
            slot(element, "surtitre", carte.surtitre)?;
            slot(element, "titre", carte.titre)?;
            slot(element, "verdict", carte.verdict.libelle())?;
        }
        Ok(())
    }
}

/// Gives a place as many copies of a template as there are things to show.
///
/// # Errors
/// [`Absent`] when the template is missing.
pub(crate) fn adjust(hote: &Element, modele: &str, nombre: usize) -> Result<Vec<Element>, Absent> {
    let mut enfants = hote.children();
    for surplus in enfants.drain(nombre.min(enfants.len())..) {
        surplus.remove();
    }
    while enfants.len() < nombre {
        let copie = dom::clone_template(modele)?;
        hote.append(&copie);
        enfants.push(copie);
    }
    Ok(enfants)
}

/// Fills a list with one copy of a template per thing, and hides its block when there is none.
pub(crate) fn fill_list<T>(
    hote: &Element,
    bloc: &str,
    modele: &str,
    choses: &[T],
    fill: impl Fn(&Element, &T) -> Fait,
) -> Fait {
    let bloc = hote.need(&["[data-slot=", bloc, "]"].concat())?;
    bloc.set_hidden(choses.is_empty());
    let liste = bloc.find("[data-slot=liste]").unwrap_or(bloc);
    let copies = adjust(&liste, modele, choses.len())?;
    copies
        .iter()
        .zip(choses)
        .try_for_each(|(copie, chose)| fill(copie, chose))
}

/// Writes a text in a place of a template.
///
/// # Errors
/// [`Absent`] when there is no such place.
pub(crate) fn slot(hote: &Element, nom: &str, texte: &str) -> Fait {
    hote.need(&["[data-slot=", nom, "]"].concat())?
        .set_text(texte);
    Ok(())
}

fn show_verdict(element: &Element, verdict: Verdict) -> Fait {
    element.set_attr("data-verdict", verdict.as_str());
    slot(element, "verdict", verdict.libelle())
}

fn fill_card(element: &Element, carte: &Carte, liens: Liens) -> Fait {
    element.set_attr("data-objectif", carte.code);
    element.set_attr("id", &carte.ancre);
    show_verdict(element, carte.verdict)?;
    slot(element, "surtitre", carte.surtitre)?;
    let titre = element.need("[data-slot=titre]")?;
    titre.set_text(carte.titre);
    titre.set_attr("href", &carte.href);
    let decisif: Vec<&Ligne> = carte.decisif.iter().collect();
    fill_list(element, "decisif", "controle", &decisif, |copie, ligne| {
        fill_check(copie, ligne, liens)
    })?;
    slot(element, "resume-autres", &carte.resume_autres)
}

/// The line of an objective: its verdict, what decides, the margin, the source.
fn fill_line(element: &Element, carte: &Carte) -> Fait {
    show_verdict(element, carte.verdict)?;
    let lien = element.need("[data-slot=surtitre]")?;
    lien.set_text(carte.surtitre);
    lien.set_attr("href", &["#", &carte.ancre].concat());
    slot(element, "titre", carte.titre)?;
    slot(element, "raison", &carte.reason())?;
    let decisif = carte.decisif.as_ref();
    let marges: Vec<(&str, String)> = decisif
        .map_or(&[][..], |ligne| &ligne.mesures)
        .iter()
        .filter(|(nom, _)| *nom == MARGE)
        .cloned()
        .collect();
    fill_measures(element, "mesures", &marges)?;
    fill_sources(
        element,
        "sources",
        decisif.map_or(&[], |ligne| &ligne.sources),
    )
}

/// Fills again the checks that changed, alone, and notes in `tenu` those that are; whether that was all.
fn fill_detail(
    element: &Element,
    detail: &Detail,
    tenu: &mut Detail,
    liens: Liens,
) -> Result<bool, Absent> {
    let bloc = element.need("[data-slot=autres]")?;
    bloc.set_hidden(detail.autres.is_empty());
    let liste = bloc.need("[data-slot=liste]")?;
    let mut copies = liste.children();
    let mut remplies = 0;
    tenu.autres.truncate(copies.len());
    for (rang, ligne) in detail.autres.iter().enumerate() {
        if tenu.autres.get(rang) == Some(ligne) {
            continue;
        }
        if remplies == LIGNES {
            return Ok(false);
        }
        remplies += 1;
        if rang >= copies.len() {
            copies = adjust(&liste, "controle", rang + 1)?;
        }
        if let Some(copie) = copies.get(rang) {
            fill_check(copie, ligne, liens)?;
        }
        match tenu.autres.get_mut(rang) {
            Some(tenue) => tenue.clone_from(ligne),
            None => tenu.autres.push(ligne.clone()),
        }
    }
    adjust(&liste, "controle", detail.autres.len())?;
    fill_notes(element, "informations", &detail.informations)?;
    Ok(true)
}

/// What is worth knowing, one item each.
pub(crate) fn fill_notes(element: &Element, bloc: &str, notes: &[Note]) -> Fait {
    fill_list(element, bloc, "information", notes, fill_note)
}

/// Names and values.
pub(crate) fn fill_measures<T: AsRef<str>>(
    element: &Element,
    bloc: &str,
    mesures: &[(T, String)],
) -> Fait {
    fill_list(element, bloc, "mesure", mesures, |copie, (nom, valeur)| {
        slot(copie, "nom", nom.as_ref())?;
        slot(copie, "valeur", valeur)
    })
}

/// Sentences, each the whole text of its copy.
pub(crate) fn fill_texts(element: &Element, bloc: &str, modele: &str, textes: &[String]) -> Fait {
    fill_list(element, bloc, modele, textes, |copie, texte| {
        copie.set_text(texte);
        Ok(())
    })
}

/// Links to the fields that are to be filled in.
pub(crate) fn fill_fields(element: &Element, chemins: &[String], liens: Liens) -> Fait {
    let manque = fields(chemins, liens);
    fill_list(element, "manque", "champ-manquant", &manque, fill_missing)
}

/// Links to questions.
pub(crate) fn fill_sources(element: &Element, bloc: &str, sources: &[LienQuestion]) -> Fait {
    fill_list(element, bloc, "source", sources, fill_source)
}

/// Writes a check into its copy of a template.
pub(crate) fn fill_check(element: &Element, ligne: &Ligne, liens: Liens) -> Fait {
    element.set_attr("data-controle", ligne.id);
    show_verdict(element, ligne.verdict)?;
    let titre = element.need("[data-slot=titre]")?;
    titre.set_text(ligne.titre);
    titre.set_attr("href", &ligne.href);
    let sujet = element.need("[data-slot=sujet]")?;
    sujet.set_text(ligne.sujet.as_deref().unwrap_or_default());
    sujet.set_hidden(ligne.sujet.is_none());
    slot(element, "phrase", &ligne.phrase)?;
    fill_measures(element, "mesures", &ligne.mesures)?;
    fill_list(
        element,
        "lectures",
        "lecture",
        &ligne.lectures,
        fill_reading,
    )?;
    fill_fields(element, &ligne.manque, liens)?;
    fill_sources(element, "sources", &ligne.sources)
}

/// The fields to fill in, each once.
fn fields(chemins: &[String], liens: Liens) -> Vec<LienChamp> {
    let mut champs: Vec<LienChamp> = Vec::new();
    for champ in chemins.iter().filter_map(|chemin| liens(chemin)) {
        if !champs.contains(&champ) {
            champs.push(champ);
        }
    }
    champs
}

fn fill_reading(element: &Element, lecture: &LectureVue) -> Fait {
    show_verdict(element, lecture.verdict)?;
    slot(element, "nom", lecture.nom)?;
    slot(element, "phrase", &lecture.phrase)?;
    fill_sources(element, "appuis", &lecture.sources)
}

fn fill_note(element: &Element, note: &Note) -> Fait {
    slot(element, "phrase", &note.texte)?;
    fill_sources(element, "sources", &note.sources)
}

fn fill_missing(element: &Element, champ: &LienChamp) -> Fait {
    let lien = element.need("a")?;
    lien.set_attr("href", &champ.href);
    lien.set_text(&champ.libelle);
    Ok(())
}

fn fill_source(element: &Element, source: &LienQuestion) -> Fait {
    let lien = element.need("a")?;
    lien.set_attr("href", &source.href);
    lien.set_attr("title", &source.titre);
    slot(element, "numero", &source.numero)
}
