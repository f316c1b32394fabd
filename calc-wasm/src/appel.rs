//! The evaluation without a page, as the command line gives it: a test and a bench call it in a real browser, with the
//! very bytes that the site sends.

use crate::prelude::*;
use calc_core::{Programme, evaluate, lire_date, read_dossier};
use wasm_bindgen::prelude::wasm_bindgen;

/// The evaluation of a dossier on a day, as JSON; or its faults, a line each: the path, ` : `, the sentence.
///
/// `programme` is the site's `programme.json`, `jour` is as `2026-11-23`. Empty where one of these two cannot be read.
#[wasm_bindgen]
#[must_use]
pub fn evaluer(dossier: &str, programme: &str, jour: &str) -> String {
    crate::tard::evaluate(dossier, programme, jour)
}

/// The same, in the second part: no page needs it.
pub(crate) fn evaluate_json(dossier: &str, programme: &str, jour: &str) -> String {
    let (Ok(programme), Some(jour)) = (Programme::from_json(programme), lire_date(jour)) else {
        return String::new();
    };
    match read_dossier(dossier) {
        Ok(dossier) => evaluate(&dossier, &programme, jour).to_json(),
        Err(fautes) => {
            let lignes = fautes.iter();
            let lignes = lignes.map(|faute| [&faute.chemin, " : ", &faute.message, "\n"].concat());
            lignes.collect()
        }
    }
}
