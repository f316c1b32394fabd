//! The window: its address, its history, its store, its clock.

use crate::prelude::*;
use chrono::NaiveDate;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// The loader's own: the window, without the detours by which `web_sys` finds one in a worker.
    #[wasm_bindgen(js_name = fenetre)]
    pub(super) fn window() -> Option<web_sys::Window>;
}

/// Prints the page.
pub(crate) fn print() {
    if let Some(fenetre) = window() {
        let _ = fenetre.print();
    }
}

/// The address of the page without its fragment.
pub(crate) fn address() -> String {
    let entiere = window().and_then(|fenetre| fenetre.location().href().ok());
    let entiere = entiere.unwrap_or_default();
    entiere.split('#').next().unwrap_or_default().into()
}

/// Calls a function at every event of that name that the window hears, for as long as the page lives.
pub(crate) fn on_window(evenement: &str, rappel: impl FnMut() + 'static) {
    let rappel = Closure::<dyn FnMut()>::new(rappel).into_js_value();
    if let Some(fenetre) = window() {
        let _ = fenetre.add_event_listener_with_callback(evenement, rappel.unchecked_ref());
    }
}

/// The clock, in milliseconds: to tell how long something takes.
#[expect(
    clippy::cast_possible_truncation,
    reason = "whole milliseconds are enough"
)]
pub(crate) fn clock() -> i64 {
    js_sys::Date::now() as i64
}

/// Asks the reader before the page is left, while there is something to lose.
pub(crate) struct Guard(Closure<dyn FnMut(web_sys::Event)>);

impl Guard {
    /// A guard that does not stand yet.
    pub(crate) fn new() -> Self {
        Self(Closure::new(|evenement: web_sys::Event| {
            evenement.prevent_default();
        }))
    }

    /// Stands or withdraws.
    pub(crate) fn set(&self, debout: bool) {
        let Some(fenetre) = window() else { return };
        let rappel = self.0.as_ref().unchecked_ref();
        let _ = if debout {
            fenetre.add_event_listener_with_callback("beforeunload", rappel)
        } else {
            fenetre.remove_event_listener_with_callback("beforeunload", rappel)
        };
    }
}

/// The fragment of the page's address, `#` included.
pub(crate) fn fragment() -> String {
    window()
        .and_then(|fenetre| fenetre.location().hash().ok())
        .unwrap_or_default()
}

/// Keeps a text with this tab's place in its history: it comes back with a reload, or with the way back, and leaves
/// with the tab.
pub(crate) fn keep_in_history(texte: &str) {
    let historique = window().and_then(|fenetre| fenetre.history().ok());
    if let Some(historique) = historique {
        let _ = historique.replace_state(&JsValue::from_str(texte), "");
    }
}

/// The text kept with this place of the history.
pub(crate) fn kept_in_history() -> Option<String> {
    window()?.history().ok()?.state().ok()?.as_string()
}

/// What this browser keeps under a name, once the reader has asked for it.
pub(crate) fn stored(nom: &str) -> Option<String> {
    window()?.local_storage().ok()??.get_item(nom).ok()?
}

/// Keeps a text in this browser; whether it could.
pub(crate) fn store(nom: &str, texte: &str) -> bool {
    let reserve = window().and_then(|fenetre| fenetre.local_storage().ok()?);
    reserve.is_some_and(|reserve| reserve.set_item(nom, texte).is_ok())
}

/// Forgets what this browser keeps under a name.
pub(crate) fn forget(nom: &str) {
    if let Some(reserve) = window().and_then(|fenetre| fenetre.local_storage().ok()?) {
        let _ = reserve.remove_item(nom);
    }
}

/// The day where the reader is.
pub(crate) fn today() -> Option<NaiveDate> {
    let maintenant = js_sys::Date::new_0();
    NaiveDate::from_ymd_opt(
        i32::try_from(maintenant.get_full_year()).ok()?,
        maintenant.get_month() + 1,
        maintenant.get_date(),
    )
}
