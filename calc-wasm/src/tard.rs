//! The entries of the second part: what a page asks for only once a section that needs it comes near, or is used.
//!
//! The generator (`sitegen/src/wasm/split.rs`) takes every function of this file, with all that nothing else reaches, out
//! of the module that a visitor loads first. Calling one before [`crate::suite::Suite::is_there`] says so stops the
//! module. None is inlined: a copy would take its whole part along.

use crate::adresse::Porte;
use crate::app::App;
use crate::dom::{Absent, Element};
use crate::etat::Resultat;
use crate::prelude::*;
use crate::vues::Vues;
use crate::{appel, emporter, fiche, importation, lien, rangs};
use alloc::rc::Rc;
use calc_core::Programme;
use chrono::NaiveDate;

type Fait = Result<(), Absent>;

/// Follows the page, then shows what was judged meanwhile.
///
/// # Errors
/// [`Absent`] when the page lacks a place that these sections need, as for all that follow.
#[inline(never)]
pub(crate) fn arrive(app: &Rc<App>) -> Fait {
    importation::start(app)?;
    fiche::start(app);
    app.vues.listen(app)
}

/// Does what a button of these sections says, or one that the first part leaves to this one.
#[inline(never)]
pub(crate) fn on_click(app: &Rc<App>, bouton: &Element, action: &str) -> Fait {
    if action == "trier" {
        rangs::sort(app, bouton);
        return Ok(());
    }
    if Vues::on_click(app, action, bouton)? {
        return Ok(());
    }
    emporter::on_click(app, bouton, action)
}

/// Opens the dialog of tables with what was pasted: into a list of the form, or on the page.
#[inline(never)]
pub(crate) fn paste(app: &Rc<App>, liste: Option<&Element>, texte: &str) -> Fait {
    importation::paste(app, liste, texte)
}

/// Opens the dossier that an address carries deflated.
#[inline(never)]
pub(crate) fn unpack(app: &Rc<App>, porte: &Porte) {
    lien::unpack(app, porte);
}

/// Works a little more of the board out, or writes it: next dates, what is to be asked, repairs. Whether there is more.
#[inline(never)]
pub(crate) fn advance_board(app: &App, resultat: &Rc<Resultat>) -> Result<bool, Absent> {
    let contexte = app.context(resultat);
    let link = |chemin: &str| app.link(chemin);
    let mut affichage = app.affichage.borrow_mut();
    affichage.advance(resultat, &app.programme, &contexte, &link)
}

/// Paints a little more of the views: the picture, the matrix, the variants, the plan. Whether there is more.
#[inline(never)]
pub(crate) fn advance_views(app: &App) -> Result<bool, Absent> {
    app.vues.advance(app)
}

/// The evaluation without a page.
#[inline(never)]
pub(crate) fn evaluate(dossier: &str, programme: &Programme, jour: NaiveDate) -> Vec<u8> {
    appel::evaluate_json(dossier, programme, jour)
}
