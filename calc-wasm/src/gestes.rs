//! What the buttons of the views do: variants, the plan accepted, the tolerances. Plans and tolerances are computed only
//! when they are asked for.

use crate::app::App;
use crate::calendrier;
use crate::chantier::whole;
use crate::dom::{Absent, Element};
use crate::essai::{self, Essai};
use crate::peinture::{self, place};
use crate::prelude::*;
use crate::variantes;
use crate::vues::Vues;
use calc_core::{marges, plan};

type Fait = Result<(), Absent>;

/// Said where a variant would be left with fields to mend.
const ATTEND: &str = "Corrigez d’abord les champs signalés\u{a0}: la variante attend.";

impl Vues {
    /// Does what the button clicked says, where it is one of these, and says whether it was.
    ///
    /// # Errors
    /// [`Absent`] when the page lacks an element that the action needs.
    pub(crate) fn on_click(app: &App, action: &str, bouton: &Element) -> Result<bool, Absent> {
        let vues = &app.vues;
        match action {
            "deplacer" => {
                let jours = bouton.attr("data-jours").parse().unwrap_or(0);
                crate::manettes::move_by(app, jours);
            }
            "annuler-deplacement" => crate::manettes::undo(app),
            "variante" => {
                vues.begin();
                vues.paint(app);
                place(&vues.essai, "cours")?.focus();
            }
            "autre-variante" => vues.go(app, None)?,
            "voir-variante" => vues.go(app, bouton.attr("data-rang").parse().ok())?,
            "garder-variante" => {
                vues.etat.borrow_mut().essai = None;
                vues.paint(app);
                vues.essai.need("[data-action=variante]")?.focus();
            }
            "quitter-variante" => vues.leave(app)?,
            "calendrier" => vues.plan(app)?,
            "accepter" => vues.accept(app, Some(bouton))?,
            "tout-accepter" => vues.accept(app, None)?,
            "tolerances" => vues.tolerate(app)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Starts a variant, unless there is one.
    pub(crate) fn begin(&self) {
        let mut etat = self.etat.borrow_mut();
        if etat.essai.is_none() {
            etat.essai = etat.resultat.clone().map(Essai::new);
        }
    }

    /// Writes a variant into the form, or a new one; what the form held stays a variant too.
    fn go(&self, app: &App, rang: Option<usize>) -> Fait {
        if app.waits() {
            crate::actions::say(app, ATTEND);
            return Ok(());
        }
        app.refresh();
        let etat = self.etat.borrow();
        let (Some(mut essai), Some(resultat)) = (etat.essai.clone(), etat.resultat.clone()) else {
            return Ok(());
        };
        drop(etat);
        essai.note(&resultat);
        let rang = match rang {
            Some(rang) => rang,
            None if essai.add() => essai.courante,
            None => return Ok(()),
        };
        let Some(variante) = essai.go(rang) else {
            return Ok(());
        };
        let message = [&essai::name(rang), "\u{a0}: le formulaire la montre."].concat();
        crate::actions::rewrite(app, &variante.dossier, &message)?;
        self.etat.borrow_mut().essai = Some(essai);
        self.paint(app);
        let bouton = [
            "[data-action=voir-variante][data-rang=\"",
            &rang.to_string(),
            "\"]",
        ];
        self.essai.need(&bouton.concat())?.focus();
        Ok(())
    }

    fn leave(&self, app: &App) -> Fait {
        let essai = self.etat.borrow_mut().essai.take();
        if let Some(essai) = essai {
            crate::actions::rewrite(app, &essai.depart.dossier, "Dossier de départ rétabli.")?;
        }
        self.paint(app);
        self.essai.need("[data-action=variante]")?.focus();
        Ok(())
    }

    fn plan(&self, app: &App) -> Fait {
        let reserve = place(&self.calendrier, "reserve")?.value();
        let reserve: Option<i64> = reserve.trim().parse().ok();
        let message = place(&self.calendrier, "message")?;
        let Some(reserve) = reserve.filter(|jours| (0..=60).contains(jours)) else {
            message.set_text("Réserve non comprise\u{a0}: écrivez un nombre entier de 0 à 60.");
            return Ok(());
        };
        let resultat = self.etat.borrow().resultat.clone();
        let Some(resultat) = resultat else {
            return Ok(());
        };
        let date = resultat.evaluation.date;
        let plan = plan(&resultat.dossier, &app.programme, date, reserve);
        let fond = calendrier::ground(&resultat.dossier, date);
        message.set_text(calendrier::summary(&plan));
        self.etat.borrow_mut().plan = Some((plan, fond));
        self.paint(app);
        Ok(())
    }

    /// Writes one audit of the plan into the form, or all of them; the dossier of before stays the start of a variant.
    fn accept(&self, app: &App, bouton: Option<&Element>) -> Fait {
        let boutons = self.calendrier.find_all("[data-action=accepter]");
        let rang = bouton.and_then(|bouton| boutons.iter().position(|autre| autre == bouton));
        self.begin();
        let (dossier, plan, essai) = {
            let etat = self.etat.borrow();
            let (Some(resultat), Some((plan, fond))) = (&etat.resultat, &etat.plan) else {
                return Ok(());
            };
            let mut gestes = etat.calendriers.iter().flat_map(|c| &c.gestes);
            let dossier = match rang.and_then(|rang| gestes.nth(rang)) {
                Some(geste) => calendrier::accept(plan, geste, &resultat.dossier, &app.programme),
                None => calendrier::accept_all(plan, &resultat.dossier, &app.programme),
            };
            (dossier, (plan.clone(), fond.clone()), etat.essai.clone())
        };
        let message = if rang.is_some() {
            "Audit accepté\u{a0}: il est prévu dans le dossier."
        } else {
            "Calendrier accepté\u{a0}: ses audits sont prévus dans le dossier."
        };
        crate::actions::rewrite(app, &dossier, message)?;
        let mut etat = self.etat.borrow_mut();
        (etat.essai, etat.plan) = (essai, Some(plan));
        drop(etat);
        self.paint(app);
        place(&self.calendrier, "message")?.set_text(message);
        let suivant = boutons.iter().skip(rang.unwrap_or(boutons.len()));
        let suivant = suivant
            .chain(&boutons)
            .find(|bouton| !bouton.has_attr("hidden"));
        let demande = || self.calendrier.find("[data-action=calendrier]");
        if let Some(bouton) = suivant.cloned().or_else(demande) {
            bouton.focus();
        }
        Ok(())
    }

    fn tolerate(&self, app: &App) -> Fait {
        let resultat = self.etat.borrow().resultat.clone();
        let Some(resultat) = resultat else {
            return Ok(());
        };
        let marges = marges(&resultat.dossier, &app.programme, resultat.evaluation.date);
        let lignes = variantes::tolerances(&marges, &resultat.dossier);
        let message = if lignes.is_empty() {
            "Aucune date prévue après aujourd’hui.".into()
        } else {
            let perdus = variantes::already_lost(&resultat.evaluation);
            ["Tolérances calculées.", &*perdus].concat()
        };
        place(&self.tolerances, "message")?.set_text(&message);
        self.etat.borrow_mut().tolere = Some(whole(&resultat));
        peinture::show_tolerances(&self.tolerances, &lignes)
    }
}
