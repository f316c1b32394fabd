//! What stands beside the verdicts: the picture, the matrix, the variant, the plan. Painted a frame after the verdicts, so
//! that they never make one wait; plans and tolerances are computed only when they are asked for.

use crate::app::App;
use crate::calendrier::{self, Calendrier};
use crate::dom::{Absent, Element, Frame};
use crate::essai::{self, Essai};
use crate::etat::Resultat;
use crate::frise::{self, Frise};
use crate::manettes::Choisi;
use crate::matrice::{self, Matrice};
use crate::peinture::{self, place};
use crate::prelude::*;
use crate::variantes::{self, Difference};
use alloc::rc::Rc;
use alloc::vec;
use calc_core::{Evaluation, Plan, RESERVE_JOURS, marges, plan};
use core::cell::{OnceCell, RefCell};

type Fait = Result<(), Absent>;

/// Said where a variant would be left with fields to mend.
const ATTEND: &str = "Corrigez d’abord les champs signalés\u{a0}: la variante attend.";

/// Said where what was computed no longer answers to the dossier.
const PERIME: &str = "Le dossier a changé depuis\u{a0}: demandez de nouveau.";

/// The views and what they remember.
pub(crate) struct Vues {
    pub(crate) frise: Element,
    matrice: Element,
    pub(crate) essai: Element,
    calendrier: Element,
    tolerances: Element,
    /// Says in the summary that a variant is on trial.
    rappel: Element,
    frame: OnceCell<Frame>,
    pub(crate) etat: RefCell<Etat>,
}

/// What the views remember.
#[derive(Default)]
pub(crate) struct Etat {
    /// The dossier judged last.
    pub(crate) resultat: Option<Rc<Resultat>>,
    /// Whether it was not painted yet.
    a_peindre: bool,
    /// The variants, while there are some.
    pub(crate) essai: Option<Essai>,
    /// The picture shown.
    pub(crate) frise: Option<Frise>,
    matrice: Option<Matrice>,
    differences: Vec<Difference>,
    /// The plan shown, with what it depends on.
    plan: Option<(Plan, String)>,
    calendriers: Vec<Calendrier>,
    /// What the tolerances shown depend on.
    tolere: Option<String>,
    /// The audit chosen on the picture.
    pub(crate) choisi: Option<Choisi>,
}

impl Vues {
    /// Finds its places in the page.
    ///
    /// # Errors
    /// [`Absent`] when one is missing.
    pub(crate) fn new(racine: &Element) -> Result<Self, Absent> {
        Ok(Self {
            frise: racine.need("[data-role=frise]")?,
            matrice: racine.need("[data-role=matrice]")?,
            essai: racine.need("[data-role=essai]")?,
            calendrier: racine.need("[data-role=calendrier]")?,
            tolerances: racine.need("[data-role=tolerances]")?,
            rappel: racine.need("[data-role=variante-en-cours]")?,
            frame: OnceCell::new(),
            etat: RefCell::default(),
        })
    }

    /// Follows the page from now on.
    ///
    /// # Errors
    /// [`Absent`] when the table of the picture is missing.
    pub(crate) fn listen(&self, app: &Rc<App>) -> Fait {
        place(&self.calendrier, "reserve")?.set_value(&RESERVE_JOURS.to_string());
        for (nom, jours) in [
            ("moyen", app.programme.intervalle_moyen_jours),
            ("maximum", app.programme.intervalle_max_exposition_jours),
        ] {
            place(&self.frise, nom)?.set_text(&jours.to_string());
        }
        let moi = Rc::clone(app);
        let _ = self.frame.set(Frame::new(move || moi.vues.paint(&moi)));
        let moi = Rc::clone(app);
        place(&self.frise, "tableau")?.listen("toggle", move |_| {
            report(moi.vues.paint_table());
        });
        crate::manettes::listen(app);
        Ok(())
    }

    /// Takes what the page was judged to be.
    pub(crate) fn receive(&self, resultat: Rc<Resultat>) {
        let mut etat = self.etat.borrow_mut();
        etat.resultat = Some(resultat);
        etat.a_peindre = true;
    }

    /// Paints at the next frame, where something is to be painted.
    pub(crate) fn request(&self) {
        if let (true, Some(frame)) = (self.etat.borrow().a_peindre, self.frame.get()) {
            frame.request();
        }
    }

    /// Lets go of the variant and the choice: another dossier comes in.
    pub(crate) fn forget(&self) {
        let mut etat = self.etat.borrow_mut();
        // A plan and tolerances stay until they are found to answer to another dossier, which is then said.
        etat.essai = None;
        etat.choisi = None;
    }

    fn paint(&self, app: &App) {
        let etat = &mut *self.etat.borrow_mut();
        let Some(resultat) = etat.resultat.clone() else {
            return;
        };
        etat.a_peindre = false;
        report(self.paint_pictures(app, etat, &resultat));
        report(self.paint_trial(app, etat, &resultat));
        report(self.paint_plan(app, etat, &resultat));
        report(self.paint_tolerances(etat, &resultat));
        report(crate::manettes::follow(self, etat));
    }

    fn paint_pictures(&self, app: &App, etat: &mut Etat, resultat: &Resultat) -> Fait {
        let Resultat {
            dossier,
            evaluation,
        } = resultat;
        let frise = frise::frise(dossier, evaluation, &app.programme);
        if etat.frise.as_ref() != Some(&frise) {
            peinture::show_frise(&self.frise, &frise, etat.frise.as_ref())?;
            etat.frise = Some(frise);
            self.show_table(etat)?;
        }
        let matrice = matrice::matrice(dossier, evaluation);
        if etat.matrice.as_ref() != Some(&matrice) {
            peinture::show_matrix(&self.matrice, &matrice)?;
            etat.matrice = Some(matrice);
        }
        Ok(())
    }

    fn paint_table(&self) -> Fait {
        self.show_table(&self.etat.borrow())
    }

    /// The table is written only while it is open.
    fn show_table(&self, etat: &Etat) -> Fait {
        let tableau = place(&self.frise, "tableau")?;
        let frise = etat.frise.as_ref().filter(|_| tableau.has_attr("open"));
        peinture::show_table(&tableau, frise)
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
        if self.essai.has_attr("data-en-attente") {
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
        place(&self.tolerances, "message")?.set_text(if lignes.is_empty() {
            "Aucune date prévue après aujourd’hui."
        } else {
            "Tolérances calculées."
        });
        self.etat.borrow_mut().tolere = Some(whole(&resultat));
        peinture::show_tolerances(&self.tolerances, &lignes)
    }
}

impl Etat {
    /// What the variant changes, in words; nothing where there is no variant.
    pub(crate) fn outcome(&self) -> String {
        let courante = self.essai.as_ref().map(|essai| essai.courante);
        courante.map_or_else(String::new, |rang| variantes::say(&self.differences, rang))
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
fn whole(resultat: &Resultat) -> String {
    let mut texte = resultat.dossier.to_json();
    calc_core::ecrire_date(resultat.evaluation.date, &mut texte);
    texte
}

/// Says on the console what the page lacks.
pub(crate) fn report(fait: Fait) {
    if let Err(absent) = fait {
        absent.report();
    }
}
