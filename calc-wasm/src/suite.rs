//! The second part of the module: asked for when a section that needs it comes near or is used; what waits for it.

use crate::actions::say;
use crate::app::App;
use crate::prelude::*;
use crate::{dom, tard, vues};
use alloc::boxed::Box;
use alloc::rc::Rc;
use core::cell::{Cell, RefCell};

/// Said where it does not come: the page was opened, then the network lost, or the site replaced by a newer one.
const ABSENTE: &str = "Cette partie du calculateur n’a pas pu être chargée. Vérifiez le réseau et réessayez, ou rechargez la page\u{a0}: votre saisie y revient.";

/// Said while it comes.
const ATTENTE: &str = "Un instant\u{a0}: cette partie du calculateur se charge.";

type Demande = Box<dyn FnOnce(&Rc<App>)>;

/// Whether the second part is there, and what is done once it is.
#[derive(Default)]
pub(crate) struct Suite {
    la: Cell<bool>,
    demandee: Cell<bool>,
    attente: RefCell<Vec<Demande>>,
}

impl Suite {
    /// Whether its functions may be called.
    pub(crate) fn is_there(&self) -> bool {
        self.la.get()
    }
}

/// Asks for the second part as soon as one of its sections comes near.
pub(crate) fn watch(app: &Rc<App>) {
    let moi = Rc::clone(app);
    dom::on_approach(move || with(&moi, |_| {}));
}

/// Does something with the second part: at once where it is there, else once it has come.
pub(crate) fn with(app: &Rc<App>, faire: impl FnOnce(&Rc<App>) + 'static) {
    let suite = &app.suite;
    if suite.is_there() {
        return faire(app);
    }
    suite.attente.borrow_mut().push(Box::new(faire));
    if !suite.demandee.replace(true) {
        let moi = Rc::clone(app);
        dom::load_rest(move |venue| receive(&moi, venue));
    }
}

/// The same for the reader's own demand, who is told to wait.
pub(crate) fn with_words(app: &Rc<App>, faire: impl FnOnce(&Rc<App>) + 'static) {
    if app.suite.is_there() {
        return faire(app);
    }
    say(app, ATTENTE);
    with(app, move |app| {
        say(app, "");
        faire(app);
    });
}

fn receive(app: &Rc<App>, venue: bool) {
    let suite = &app.suite;
    suite.demandee.set(false);
    let attente = suite.attente.take();
    if !venue {
        return say(app, ABSENTE);
    }
    suite.la.set(true);
    app.racine.toggle_attr("data-entier", true);
    vues::report(tard::arrive(app));
    app.go_on();
    for faire in attente {
        faire(app);
    }
}
