//! The views painted a piece at a time, each short enough for a key press not to wait: the picture row by row, its table,
//! the matrix, then the variants and what the plan and the tolerances rest on.

use crate::app::App;
use crate::calendrier;
use crate::dom::Absent;
use crate::essai::{self, Essai};
use crate::etat::Resultat;
use crate::frise::{self, Frise};
use crate::matrice;
use crate::peinture::{self, place};
use crate::prelude::*;
use crate::variantes::{self, Difference};
use crate::vues::{Etat, Vues};
use alloc::rc::Rc;
use alloc::vec;
use calc_core::{Evaluation, Plan};

type Fait = Result<(), Absent>;

/// Said where what was computed no longer answers to the dossier.
const PERIME: &str = "Le dossier a changé depuis\u{a0}: demandez de nouveau.";

/// How many lines of the table are written at a time.
const LIGNES: usize = 24;

/// What is being painted, of one result.
pub(crate) struct Chantier {
    resultat: Rc<Resultat>,
    frise: Frise,
    etape: Etape,
}

/// What comes next.
#[derive(Clone, Copy)]
enum Etape {
    Fond,
    /// The rows from this one on.
    Rangs(usize),
    /// The lines of the table from this one on.
    Lignes(usize),
    Matrice,
    Reste,
}

impl Vues {
    /// Paints one piece; whether there is more to paint.
    ///
    /// # Errors
    /// [`Absent`] when the page lacks a place for it.
    pub(crate) fn advance(&self, app: &App) -> Result<bool, Absent> {
        let etat = &mut *self.etat.borrow_mut();
        if core::mem::take(&mut etat.a_peindre) {
            etat.chantier = etat.resultat.clone().map(|resultat| Chantier {
                frise: frise::frise(&resultat.dossier, &resultat.evaluation, &app.programme),
                resultat,
                etape: Etape::Fond,
            });
            return Ok(true);
        }
        let Some(mut chantier) = etat.chantier.take() else {
            return Ok(false);
        };
        let suite = self.paint_piece(app, etat, &chantier)?;
        if let Some(suite) = suite {
            chantier.etape = suite;
            etat.chantier = Some(chantier);
        } else {
            self.set_busy(false);
        }
        Ok(suite.is_some())
    }

    fn paint_piece(
        &self,
        app: &App,
        etat: &mut Etat,
        chantier: &Chantier,
    ) -> Result<Option<Etape>, Absent> {
        let (frise, resultat) = (&chantier.frise, &chantier.resultat);
        let suite = match chantier.etape {
            Etape::Fond => self.paint_ground(etat, frise)?,
            Etape::Rangs(debut) => self.paint_row(etat, frise, debut)?,
            Etape::Lignes(debut) => self.paint_lines(frise, debut)?,
            Etape::Matrice => self.paint_matrix(etat, resultat)?,
            Etape::Reste => {
                self.paint_trial(app, etat, resultat)?;
                self.paint_plan(app, etat, resultat)?;
                self.paint_tolerances(etat, resultat)?;
                crate::manettes::follow(self, etat)?;
                return Ok(None);
            }
        };
        Ok(Some(suite))
    }

    /// `etat` keeps what is shown, row by row: a handle grasped meanwhile is the one that is seen.
    fn paint_ground(&self, etat: &mut Etat, frise: &Frise) -> Result<Etape, Absent> {
        peinture::show_ground(&self.frise, frise, etat.frise.as_ref())?;
        let montree = etat.frise.take();
        let mut rangs = montree.map_or_else(Vec::new, |montree| montree.rangs);
        rangs.truncate(frise.rangs.len());
        etat.frise = Some(Frise {
            rangs,
            ..frise.ground()
        });
        Ok(Etape::Rangs(0))
    }

    /// The next row that changed.
    fn paint_row(&self, etat: &mut Etat, frise: &Frise, debut: usize) -> Result<Etape, Absent> {
        let Some(montree) = &mut etat.frise else {
            return Ok(Etape::Lignes(0));
        };
        let mut suivants = frise.rangs.iter().enumerate().skip(debut);
        let change = suivants.find(|(numero, rang)| montree.rangs.get(*numero) != Some(rang));
        let Some((numero, rang)) = change else {
            return Ok(Etape::Lignes(0));
        };
        peinture::show_row(&self.frise, numero, rang)?;
        match montree.rangs.get_mut(numero) {
            Some(montre) => montre.clone_from(rang),
            None => montree.rangs.push(rang.clone()),
        }
        Ok(Etape::Rangs(numero + 1))
    }

    fn paint_lines(&self, frise: &Frise, debut: usize) -> Result<Etape, Absent> {
        let tableau = place(&self.frise, "tableau")?;
        let encore = if tableau.has_attr("open") {
            peinture::show_lines(&tableau, frise, debut, LIGNES)?
        } else {
            peinture::clear_lines(&tableau)?;
            false
        };
        Ok(if encore {
            Etape::Lignes(debut + LIGNES)
        } else {
            Etape::Matrice
        })
    }

    fn paint_matrix(&self, etat: &mut Etat, resultat: &Resultat) -> Result<Etape, Absent> {
        let matrice = matrice::matrice(&resultat.dossier, &resultat.evaluation);
        if etat.matrice.as_ref() != Some(&matrice) {
            peinture::show_matrix(&self.matrice, &matrice)?;
            etat.matrice = Some(matrice);
        }
        Ok(Etape::Reste)
    }

    fn paint_trial(&self, app: &App, etat: &mut Etat, resultat: &Rc<Resultat>) -> Fait {
        let en_cours = etat.essai.is_some();
        place(&self.essai, "repos")?.set_hidden(en_cours);
        place(&self.essai, "cours")?.set_hidden(!en_cours);
        self.rappel.set_hidden(!en_cours);
        let Some(essai) = etat.essai.as_mut() else {
            etat.differences.clear();
            return Ok(());
        };
        essai.note(resultat);
        essai.bring_to(resultat.evaluation.date, &app.programme);
        let variantes = essai.variantes.iter();
        let variantes: Vec<&Evaluation> = variantes.map(|variante| &variante.evaluation).collect();
        etat.differences =
            variantes::differences(&essai.depart.evaluation, &variantes, &resultat.dossier);
        peinture::show_choice(&self.essai, essai)?;
        place(&self.essai, "bilan")?.set_text(&summary(essai, &etat.differences));
        peinture::show_differences(&self.essai, essai.variantes.len(), &etat.differences)
    }

    fn paint_plan(&self, app: &App, etat: &mut Etat, resultat: &Resultat) -> Fait {
        let dossier = &resultat.dossier;
        let date = resultat.evaluation.date;
        let perime = |(plan, fond): &(Plan, String)| {
            plan.date != date || *fond != calendrier::ground(dossier, date)
        };
        if etat.plan.as_ref().is_some_and(perime) {
            etat.plan = None;
            place(&self.calendrier, "message")?.set_text(PERIME);
        }
        let calendriers = match &etat.plan {
            Some((plan, _)) => calendrier::calendriers(plan, dossier, &app.programme),
            None => Vec::new(),
        };
        if calendriers.is_empty() && etat.calendriers.is_empty() {
            return Ok(());
        }
        peinture::show_plan(&self.calendrier, &calendriers)?;
        etat.calendriers = calendriers;
        Ok(())
    }

    fn paint_tolerances(&self, etat: &mut Etat, resultat: &Resultat) -> Fait {
        if etat
            .tolere
            .as_ref()
            .is_some_and(|autre| *autre != whole(resultat))
        {
            etat.tolere = None;
            place(&self.tolerances, "message")?.set_text(PERIME);
            peinture::show_tolerances(&self.tolerances, &[])?;
        }
        Ok(())
    }
}

/// What the variants change: that of the form, then the others by their names.
fn summary(essai: &Essai, differences: &[Difference]) -> String {
    let mut phrases = vec![variantes::say(differences, essai.courante)];
    for rang in 0..essai.variantes.len() {
        if rang != essai.courante {
            let dit = variantes::say(differences, rang);
            phrases.push([&essai::name(rang), "\u{a0}: ", &*dit].concat());
        }
    }
    if let (true, Some(premiere)) = (phrases.len() > 1, phrases.first_mut()) {
        let nom = essai::name(essai.courante);
        *premiere = [&nom, ", à l’écran\u{a0}: ", &**premiere].concat();
    }
    phrases.join(" ")
}

/// A dossier and its day, as text.
pub(crate) fn whole(resultat: &Resultat) -> String {
    let mut texte = resultat.dossier.to_json();
    calc_core::ecrire_date(resultat.evaluation.date, &mut texte);
    texte
}
