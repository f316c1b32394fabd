//! What the loader does for the module: bytes deflated, the second part fetched, sections watched.

use crate::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// The loader's own: deflates, or inflates; calls back with the bytes, or null where it cannot.
    fn presser(octets: &[u8], sens: bool, rappel: JsValue);

    /// The loader's own: fetches the second part and joins it to this one; calls back with whether it did.
    fn charger(rappel: JsValue);

    /// The loader's own: calls back each time an element marked `data-approche` comes near what is seen.
    fn guetter(rappel: JsValue);
}

/// Deflates, or inflates, and calls back; none where the browser cannot, or where the bytes are not deflated ones.
pub(crate) fn press(octets: &[u8], sens: bool, rappel: impl FnOnce(Option<Vec<u8>>) + 'static) {
    let fini = Closure::once_into_js(move |resultat: JsValue| {
        let octets = resultat.dyn_ref::<js_sys::Uint8Array>();
        rappel(octets.map(js_sys::Uint8Array::to_vec));
    });
    presser(octets, sens, fini);
}

/// Joins the second part of the module to this one, then says whether it is there.
pub(crate) fn load_rest(rappel: impl FnOnce(bool) + 'static) {
    let fini = Closure::once_into_js(move |venue: JsValue| rappel(venue.is_truthy()));
    charger(fini);
}

/// Calls a function each time a section of the second part comes near what is seen.
pub(crate) fn on_approach(rappel: impl FnMut() + 'static) {
    guetter(Closure::<dyn FnMut()>::new(rappel).into_js_value());
}
