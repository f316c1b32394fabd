//! The board written into the page: next dates, what is missing, what is to be asked, repairs, the state of each step.

use crate::bord::{Bord, Ouvrage, Remede};
use crate::dom::{Absent, Element};
use crate::doutes::Doute;
use crate::etat::Resultat;
use crate::marques::Marques;
use crate::paint::{self, Liens};
use crate::prelude::*;
use crate::prochains::Prochain;
use crate::rows;
use crate::texte::cut;
use crate::view::Contexte;
use alloc::rc::Rc;
use calc_core::Programme;

type Fait = Result<(), Absent>;

/// Where the board stands, and what it shows.
pub(crate) struct Affichage {
    reponse: Element,
    cartes: Element,
    etapes: Vec<Element>,
    /// Paths of everything that is missing.
    pub(crate) manque: Vec<String>,
    montre: Bord,
    /// The board that is being worked out or written.
    chantier: Option<Chantier>,
}

/// A board on its way, of this result alone.
struct Chantier {
    resultat: Rc<Resultat>,
    etape: Etape,
}

enum Etape {
    Calcul(Ouvrage),
    /// The part that comes next.
    Ecriture(Bord, usize),
}

impl Affichage {
    /// Finds its places in the page.
    ///
    /// # Errors
    /// [`Absent`] when one is missing.
    pub(crate) fn new(racine: &Element) -> Result<Self, Absent> {
        Ok(Self {
            reponse: racine.need("[data-role=reponse]")?,
            cartes: racine.need("[data-role=cartes]")?,
            etapes: racine.need("[data-role=etapes]")?.find_all("a"),
            manque: Vec::new(),
            montre: Bord::default(),
            chantier: None,
        })
    }

    /// Works a little more of the board out, or writes a little more of it; whether there is more to do.
    ///
    /// # Errors
    /// [`Absent`] when a template or one of its places is missing.
    pub(crate) fn advance(
        &mut self,
        resultat: &Rc<Resultat>,
        programme: &Programme,
        contexte: &Contexte,
        liens: Liens,
    ) -> Result<bool, Absent> {
        let evaluation = &resultat.evaluation;
        let chantier = self.chantier.take();
        let chantier = chantier.filter(|chantier| Rc::ptr_eq(&chantier.resultat, resultat));
        let etape = match chantier.map(|chantier| chantier.etape) {
            None => Etape::Calcul(Ouvrage::new(evaluation, contexte)),
            Some(Etape::Calcul(mut ouvrage)) => {
                if ouvrage.advance(programme, contexte) {
                    Etape::Calcul(ouvrage)
                } else {
                    Etape::Ecriture(ouvrage.board(evaluation, programme, contexte), 0)
                }
            }
            Some(Etape::Ecriture(bord, part)) => {
                if !self.show_part(part, &bord, liens)? {
                    self.montre = bord;
                    return Ok(false);
                }
                Etape::Ecriture(bord, part + 1)
            }
        };
        self.chantier = Some(Chantier {
            resultat: Rc::clone(resultat),
            etape,
        });
        Ok(true)
    }

    /// Shows what changed in a part of the board; whether there are others after it.
    fn show_part(&self, part: usize, bord: &Bord, liens: Liens) -> Result<bool, Absent> {
        let (hote, montre) = (&self.reponse, &self.montre);
        match part {
            0 if bord.prochains.is_empty() || bord.prochains != montre.prochains => {
                paint::fill_list(hote, "prochains", "prochain", &bord.prochains, fill_next)?;
            }
            1 => {
                paint::fill_measures(hote, "dates", &bord.dates)?;
                paint::fill_measures(hote, "fenetres", &bord.fenetres)?;
            }
            2 => {
                paint::fill_fields(hote, &bord.manque, liens)?;
                let mut manque = bord.manque.iter();
                let audit = manque.any(|chemin| cut(chemin, ".audits[").is_some());
                hote.need("[data-slot=vise]")?.set_hidden(!audit);
            }
            3 if bord.doutes.is_empty() || bord.doutes != montre.doutes => {
                paint::fill_list(hote, "doutes", "doute", &bord.doutes, fill_doubt)?;
            }
            4 => self.show_repairs(&bord.remedes, liens)?,
            _ => {}
        }
        Ok(part < 4)
    }

    fn show_repairs(&self, remedes: &[Remede], liens: Liens) -> Fait {
        for carte in self.cartes.children() {
            let bloc = carte.need("[data-slot=remede]")?;
            let code = carte.attr("data-objectif");
            let remede = remedes.iter().find(|remede| remede.code == code);
            let lien = remede.and_then(|remede| liens(&remede.chemin));
            bloc.set_hidden(lien.is_none());
            if let (Some(remede), Some(champ)) = (remede, lien) {
                let lien = bloc.need("a")?;
                lien.set_attr("href", &champ.href);
                lien.set_text(&champ.libelle);
                paint::slot(&bloc, "phrase", &remede.phrase)?;
            }
        }
        Ok(())
    }

    /// Says of a step whether something is to be mended, is missing, or is there; false past the last one.
    ///
    /// # Errors
    /// [`Absent`] when a step has no place for it.
    pub(crate) fn show_step(
        &self,
        rang: usize,
        dossier: &Element,
        marques: &Marques,
    ) -> Result<bool, Absent> {
        let Some(lien) = self.etapes.get(rang) else {
            return Ok(false);
        };
        let Some(section) = dossier.find(&lien.attr("href")) else {
            return Ok(true);
        };
        let fautes = marques.inside(&section);
        let manque = self.missing_of(&lien.attr("data-cles"));
        let (etat, texte) = if fautes > 0 {
            ("faute", [&fautes.to_string(), " à corriger"].concat())
        } else if manque > 0 {
            ("manque", [&manque.to_string(), " à remplir"].concat())
        } else if rows::is_used(&section) {
            ("rempli", "rempli".into())
        } else {
            ("vide", "vide".into())
        };
        lien.set_attr("data-etat", etat);
        paint::slot(lien, "etat", &texte)?;
        if let Some(ligne) = lien.closest("li") {
            ligne.set_hidden(section.has_attr("hidden"));
        }
        Ok(true)
    }

    /// How many missing fields stand under these keys of the dossier.
    fn missing_of(&self, cles: &str) -> usize {
        let est_de = |chemin: &&String| {
            let fin = chemin.find(['.', '[']).unwrap_or(chemin.len());
            cles.split(' ').any(|cle| chemin.get(..fin) == Some(cle))
        };
        self.manque.iter().filter(est_de).count()
    }
}

fn fill_next(element: &Element, prochain: &Prochain) -> Fait {
    paint::slot(element, "sujet", &prochain.sujet)?;
    paint::slot(element, "dernier", &prochain.dernier)?;
    paint::slot(element, "limite", &prochain.limite)?;
    let regle = element.need("a")?;
    regle.set_text(prochain.regle.0);
    regle.set_attr("href", &prochain.regle.1);
    regle.set_hidden(prochain.regle.0.is_empty());
    paint::slot(element, "prevu", &prochain.prevu)?;
    paint::slot(element, "restants", &prochain.restants)
}

fn fill_doubt(element: &Element, doute: &Doute) -> Fait {
    paint::fill_check(element, &doute.ligne, &|_| None)?;
    let sujet = element.need("[data-slot=sujet]")?;
    sujet.set_text(&doute.sujets);
    sujet.set_hidden(doute.sujets.is_empty());
    element.need("textarea")?.set_text(&doute.question);
    Ok(())
}
