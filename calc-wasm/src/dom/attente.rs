//! What waits: for the next painting, or for a rest.

use super::fenetre::window;
use alloc::rc::Rc;
use core::cell::Cell;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// Calls a function once before the next painting, however often it is asked.
pub(crate) struct Frame {
    demandee: Rc<Cell<bool>>,
    rappel: Closure<dyn FnMut()>,
}

impl Frame {
    /// What to call.
    pub(crate) fn new(mut rappel: impl FnMut() + 'static) -> Self {
        let demandee = Rc::new(Cell::new(false));
        let drapeau = Rc::clone(&demandee);
        let rappel = Closure::new(move || {
            drapeau.set(false);
            rappel();
        });
        Self { demandee, rappel }
    }

    /// Asks for it.
    pub(crate) fn request(&self) {
        if self.demandee.replace(true) {
            return;
        }
        if let Some(fenetre) = window() {
            let _ = fenetre.request_animation_frame(self.rappel.as_ref().unchecked_ref());
        }
    }
}

/// Calls a function once nothing was asked for a while.
pub(crate) struct Pause {
    minuterie: Cell<i32>,
    delai_ms: i32,
    rappel: Closure<dyn FnMut()>,
}

impl Pause {
    /// What to call, and after how many milliseconds.
    pub(crate) fn new(delai_ms: i32, rappel: impl FnMut() + 'static) -> Self {
        let minuterie = Cell::new(0);
        let rappel = Closure::new(rappel);
        Self {
            minuterie,
            delai_ms,
            rappel,
        }
    }

    /// Asks for it; what was asked before is put off.
    pub(crate) fn request(&self) {
        let Some(fenetre) = window() else { return };
        fenetre.clear_timeout_with_handle(self.minuterie.get());
        let rappel = self.rappel.as_ref().unchecked_ref();
        let minuterie =
            fenetre.set_timeout_with_callback_and_timeout_and_arguments_0(rappel, self.delai_ms);
        self.minuterie.set(minuterie.unwrap_or_default());
    }

    /// Asks for it no more.
    pub(crate) fn cancel(&self) {
        if let Some(fenetre) = window() {
            fenetre.clear_timeout_with_handle(self.minuterie.get());
        }
    }
}
