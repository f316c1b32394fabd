//! Planned audits moved on the picture: by keyboard, by pointer, by the buttons below it. A move types the new date into
//! the form, which stays the only home of the dossier.

use crate::app::App;
use crate::deplacement::{free_day, say_move, step, taken};
use crate::dom::{Absent, Element};
use crate::frise::Curseur;
use crate::peinture::place;
use crate::vues::{Etat, Vues, report};
use alloc::rc::Rc;
use calc_core::{Lieu, jours_entre, plus_jours};
use chrono::NaiveDate;
use core::cell::Cell;

const MANETTE: &str = ".frise-prevu[role=slider]";

/// The audit chosen.
#[derive(Debug, Clone)]
pub(crate) struct Choisi {
    lieu: Lieu,
    /// Where it stood when it was chosen.
    origine: NaiveDate,
    /// Where it stands now.
    date: NaiveDate,
    /// Whether a move is still to be announced.
    a_dire: bool,
}

/// A drag: where it began.
#[derive(Debug, Clone, Copy)]
struct Prise {
    x: i32,
    date: NaiveDate,
}

/// Follows keys and pointers on the picture.
pub(crate) fn listen(app: &Rc<App>) {
    let frise = &app.vues.frise;
    let moi = Rc::clone(app);
    frise.listen("focusin", move |cible| choose(&moi, &cible));
    let moi = Rc::clone(app);
    let prise = Cell::new(None);
    frise.listen_gestures(move |cible, geste, x| match geste {
        "pointerdown" => {
            choose(&moi, &cible);
            let date = cible.closest(MANETTE).and_then(|_| date_of(&moi));
            prise.set(date.map(|date| Prise { x, date }));
            date.is_some()
        }
        "pointermove" => {
            if let Some(prise) = prise.get() {
                drag(&moi, prise, x);
            }
            false
        }
        "pointerup" | "pointercancel" => {
            prise.set(None);
            false
        }
        touche => cible.closest(MANETTE).is_some() && press(&moi, touche),
    });
}

/// Whether the key is one of those that move an audit.
fn press(app: &App, touche: &str) -> bool {
    if touche == "Escape" {
        undo(app);
        return true;
    }
    let pas = step(touche);
    if let Some(jours) = pas {
        move_by(app, jours);
    }
    pas.is_some()
}

fn drag(app: &App, prise: Prise, x: i32) {
    let Ok(corps) = place(&app.vues.frise, "corps") else {
        return;
    };
    let axe = app.vues.etat.borrow().frise.as_ref().map(|frise| frise.axe);
    let Some(axe) = axe else { return };
    let jours = axe.days_of(x - prise.x, corps.width());
    move_to(app, plus_jours(prise.date, jours));
}

fn date_of(app: &App) -> Option<NaiveDate> {
    Some(app.vues.etat.borrow().choisi.as_ref()?.date)
}

/// The rank of an element among its siblings.
fn rank(element: &Element) -> usize {
    core::iter::successors(element.previous(), Element::previous).count()
}

/// Chooses the audit of a handle.
fn choose(app: &App, cible: &Element) {
    let Some(manette) = cible.closest(MANETTE) else {
        return;
    };
    let Some(ligne) = manette.closest("li") else {
        return;
    };
    let mut etat = app.vues.etat.borrow_mut();
    let curseur = etat.frise.as_ref().and_then(|frise| {
        let rang = frise.rangs.get(rank(&ligne))?;
        rang.prevus.get(rank(&manette)).cloned()
    });
    let Some(Curseur { lieu, date, .. }) = curseur else {
        return;
    };
    if etat
        .choisi
        .as_ref()
        .is_some_and(|choisi| choisi.lieu == lieu)
    {
        return;
    }
    etat.choisi = Some(Choisi {
        lieu,
        origine: date,
        date,
        a_dire: false,
    });
    report(follow(&app.vues, &mut etat));
}

/// Moves the chosen audit by some days.
pub(crate) fn move_by(app: &App, jours: i64) {
    if let Some(date) = date_of(app) {
        move_to(app, plus_jours(date, jours));
    }
}

/// Puts the chosen audit back where it was chosen.
pub(crate) fn undo(app: &App) {
    let origine = app
        .vues
        .etat
        .borrow()
        .choisi
        .as_ref()
        .map(|choisi| choisi.origine);
    if let Some(origine) = origine {
        move_to(app, origine);
    }
}

/// Moves the chosen audit to a day, or to the next free one.
fn move_to(app: &App, cible: NaiveDate) {
    if app.waits() {
        let annonce = place(&app.vues.frise, "annonce");
        report(annonce.map(|annonce| {
            annonce.set_text("Corrigez d’abord les champs signalés\u{a0}: la frise attend.");
        }));
        return;
    }
    app.vues.begin();
    let Some((champ, date)) = plan_move(app, cible) else {
        return;
    };
    champ.enter(&crate::dates::short_date(date));
    app.vues.request();
}

/// The field to type into and the day to type; none where nothing moves.
fn plan_move(app: &App, cible: NaiveDate) -> Option<(Element, NaiveDate)> {
    let etat = &mut *app.vues.etat.borrow_mut();
    let (frise, resultat) = (etat.frise.as_ref()?, etat.resultat.as_ref()?);
    let choisi = etat.choisi.as_mut()?;
    let bornes = (plus_jours(frise.aujourdhui, 1), frise.axe.fin);
    let sens = jours_entre(choisi.date, cible);
    let prises = taken(&resultat.dossier, choisi.lieu);
    let date = free_day(&prises, cible, sens, bornes)?;
    if date == choisi.date {
        return None;
    }
    let champ = field(app, choisi.lieu)?;
    choisi.date = date;
    choisi.a_dire = true;
    Some((champ, date))
}

/// The field of an audit's day. A row being begun has no day, and no place in the dossier yet.
fn field(app: &App, lieu: Lieu) -> Option<Element> {
    let liste = app
        .dossier
        .find(&["[data-liste=", lieu.liste, "]"].concat())?;
    let ligne = liste.children().into_iter().nth(lieu.rang)?;
    let champs = ligne.find_all("[data-liste=audits] [data-champ=date]");
    champs
        .into_iter()
        .filter(|champ| !champ.value().trim().is_empty())
        .nth(lieu.audit?)
}

/// Says where the chosen audit stands, and what its last move changed.
///
/// # Errors
/// [`Absent`] when the page lacks a place for it.
pub(crate) fn follow(vues: &Vues, etat: &mut Etat) -> Result<(), Absent> {
    let outils = place(&vues.frise, "outils")?;
    let trouve = etat.choisi.as_ref().zip(etat.frise.as_ref());
    let trouve = trouve.and_then(|(choisi, frise)| {
        let mut curseurs = frise.rangs.iter().flat_map(|rang| &rang.prevus);
        curseurs
            .find(|curseur| curseur.lieu == choisi.lieu)
            .cloned()
    });
    outils.set_hidden(trouve.is_none());
    let consequence = etat.outcome();
    let (Some(choisi), Some(curseur)) = (etat.choisi.as_mut(), trouve) else {
        etat.choisi = None;
        return place(&vues.frise, "annonce").map(|annonce| annonce.set_text(""));
    };
    if choisi.a_dire && choisi.date != curseur.date {
        return Ok(()); // The form has heard the move, the verdicts have not come yet.
    }
    choisi.date = curseur.date;
    let ou = say_move(choisi.origine, choisi.date);
    place(&outils, "choisi")?.set_text(&[&curseur.nom, "\u{a0}: ", &ou].concat());
    if core::mem::take(&mut choisi.a_dire) {
        let annonce = [&ou, ". ", &consequence].concat();
        place(&vues.frise, "annonce")?.set_text(&annonce);
    }
    Ok(())
}
