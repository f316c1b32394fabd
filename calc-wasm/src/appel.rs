//! The evaluation without a page, as the command line gives it: a test and a bench call it in a real browser, with the
//! very bytes that the site sends.

use crate::prelude::*;
use calc_core::{Programme, evaluate, lire_date, read_dossier};
use chrono::NaiveDate;
use wasm_bindgen::prelude::wasm_bindgen;

/// Judges dossiers by one programme, which is read once.
#[wasm_bindgen]
pub struct Juge(Option<Programme>);

#[wasm_bindgen]
impl Juge {
    /// `programme` is the site's `programme.json`.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(programme: &str) -> Self {
        Self(Programme::from_json(programme).ok())
    }

    /// The evaluation of a dossier on a day, as the bytes of its JSON; or its faults, a line each: the path, ` : `, the
    /// sentence. Bytes, for turning them into a text of JavaScript may cost more than the evaluation itself.
    ///
    /// `jour` is as `2026-11-23`. Empty where it, or the programme, could not be read.
    #[must_use]
    pub fn evaluer(&self, dossier: &str, jour: &str) -> Vec<u8> {
        match (&self.0, lire_date(jour)) {
            (Some(programme), Some(jour)) => crate::tard::evaluate(dossier, programme, jour),
            _ => Vec::new(),
        }
    }
}

/// The same, in the second part: no page needs it.
pub(crate) fn evaluate_json(dossier: &str, programme: &Programme, jour: NaiveDate) -> Vec<u8> {
    match read_dossier(dossier) {
        Ok(dossier) => evaluate(&dossier, programme, jour).to_json_octets(),
        Err(fautes) => {
            let lignes = fautes.iter();
            let lignes = lignes.map(|faute| [&faute.chemin, " : ", &faute.message, "\n"].concat());
            lignes.collect::<String>().into_bytes()
        }
    }
}
