//! The evaluation without a page, as the command line gives it: a test and a bench call it in a real browser, with the
//! very bytes that the site sends.

use crate::prelude::*;
use calc_core::{Programme, evaluate, lire_date, read_dossier};
use wasm_bindgen::prelude::wasm_bindgen;

/// The evaluation of a dossier on a day, as the bytes of its JSON; or its faults, a line each: the path, ` : `, the
/// sentence. Bytes, for turning them into a text of JavaScript may cost more than the evaluation itself.
///
/// `programme` is the site's `programme.json`, `jour` is as `2026-11-23`. Empty where one of these two cannot be read.
#[wasm_bindgen]
#[must_use]
pub fn evaluer(dossier: &str, programme: &str, jour: &str) -> Vec<u8> {
    crate::tard::evaluate(dossier, programme, jour)
}

/// The same, in the second part: no page needs it.
pub(crate) fn evaluate_json(dossier: &str, programme: &str, jour: &str) -> Vec<u8> {
    let (Ok(programme), Some(jour)) = (Programme::from_json(programme), lire_date(jour)) else {
        return Vec::new();
    };
    match read_dossier(dossier) {
        Ok(dossier) => evaluate(&dossier, &programme, jour).to_json_octets(),
        Err(fautes) => {
            let lignes = fautes.iter();
            let lignes = lignes.map(|faute| [&faute.chemin, " : ", &faute.message, "\n"].concat());
            lignes.collect::<String>().into_bytes()
        }
    }
}
