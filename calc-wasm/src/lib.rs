//! The calculator in the browser: the form of the page becomes a dossier, its evaluation becomes cards.
//!
//! # Steps
//! 1. `walk` reads the elements of the page into the tree of `form`; its attributes are the schema.
//! 2. `form` and `saisie` turn the tree into the JSON of the dossier, with a French sentence for what was not understood.
//! 3. `etat` has `calc_core` judge it; `relecture` has it read only what a key press changed.
//! 4. `view` says what each card shows; `paint` writes it into copies of the page's templates.
//! 5. Once the reader rests (`rythme`), `bord` works out what takes longer, `affichage` writes it, `garde` keeps the form
//!    with its tab, `voix` says what changed: in slices, so that a key press never waits.
//! 6. `vues` are among these: the picture of the phase (`frise`), who blocks (`matrice`), the variants (`essai`,
//!    `variantes`), the plan (`calendrier`); `chantier` paints them piece by piece, `gestes` does what their buttons say,
//!    `manettes` moves planned audits, `peinture` writes.
//!    This step, the board, pasting and all that is taken away make the second part of the module: `tard` is its door, `suite`
//!    asks for it.
//!
//! # Invariants
//! - `dom` alone names `web_sys`; `abrege`, `adresse`, `bord`, `doutes`, `prochains`, `cellule`, `collage`, `confrontation`, `csv`, `form`, `saisie`, `dates`, `noms`, `tetes`, `texte`, `questions`, `etat`, `relecture`, `view`, `releve`, `signalement`, `decompte`,
//!   `axe`, `frise`, `passages`, `reperes`, `matrice`, `essai`, `variantes`, `calendrier` and `deplacement` are pure.
//! - No markup is written: elements come from the page and its `<template>`s, texts from text nodes.
//! - Nothing is sent, nothing is stored unless asked: the dossier lives in the fields of the page, and in the tab's history.

// Without the standard library, nothing of what tells a panic travels to the browser.
#![no_std]

extern crate alloc;
// Anywhere else, the standard library allocates and tells.
#[cfg(not(target_arch = "wasm32"))]
#[cfg_attr(test, macro_use)]
extern crate std;

mod abrege;
mod actions;
mod adresse;
mod affichage;
mod apercu;
mod app;
mod appel;
mod axe;
mod bord;
mod calendrier;
mod cellule;
mod chantier;
mod collage;
mod compris;
mod conditions;
mod confrontation;
mod csv;
mod dates;
mod decompte;
mod depenses;
mod deplacement;
mod dom;
mod doutes;
mod emporter;
mod essai;
#[cfg(test)]
mod essais;
mod etat;
mod fautes;
mod fiche;
mod fill;
mod form;
mod frise;
mod garde;
mod gestes;
mod importation;
mod inventaire;
mod lien;
mod liens;
mod manettes;
mod marques;
mod matrice;
mod noms;
mod paint;
mod passages;
mod peinture;
mod prelude;
mod prochains;
mod questions;
mod rangs;
mod relecture;
mod releve;
mod reperes;
mod rows;
mod rythme;
mod saisie;
mod signalement;
mod suite;
mod table;
mod tard;
mod tetes;
mod texte;
mod variantes;
mod view;
mod voix;
mod vues;
mod walk;

pub use appel::Juge;
use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the calculator of the page as soon as the module is there.
#[wasm_bindgen(start)]
pub fn start() {
    if let Err(absent) = app::start() {
        absent.report();
    }
}

/// One allocator for one thread: a third of the usual one's size.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A panic stops the module, silently.
#[cfg(all(target_arch = "wasm32", not(test)))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
