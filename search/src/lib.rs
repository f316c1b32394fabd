//! The search engine of the site: French text in, ranked questions out.
//!
//! # Steps
//! 1. *Build* ([`build`]): the generator hands over every [`Document`] and the [`Lexique`]; they become one compact
//!    UTF-8 text, the same bytes for the same input. That text is what travels to the browser.
//! 2. *Open* ([`Index::from_bytes`]): the text is read back and inverted, a matter of milliseconds. Inverting on
//!    arrival is what keeps the download small: postings never travel.
//! 3. *Search* ([`Index::search`]): a query is cut into words, codes and dates, each gets its readings (the word, its
//!    acronym, its synonyms, a corrected spelling), every document is scored, the best passage is marked.
//!
//! The crate is pure: no clock, no files, no hash order. Scores use only `+ - * /` on `f32`, which every platform
//! rounds alike, so the browser and the command line answer the same, in the same order.

// The standard library's telling of panics would be a tenth of the module that browsers download.
#![no_std]
#![expect(
    clippy::float_arithmetic,
    reason = "ranking weighs evidence; nothing here decides anything, and only exactly rounded operations are used"
)]
#![cfg_attr(
    not(feature = "construction"),
    expect(
        dead_code,
        unused_imports,
        reason = "the browser builds no index: the linker leaves that half out"
    )
)]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod analysis;
mod answer;
#[cfg(feature = "construction")]
mod carried;
mod codes;
mod dates;
mod document;
mod edits;
mod excerpt;
mod expand;
mod fold;
mod format;
mod index;
mod invert;
mod lexique;
mod nearest;
mod prelude;
mod query;
mod rank;
mod settings;
mod small;
mod stems;
mod stopwords;
#[cfg(feature = "construction")]
mod survey;
#[cfg(feature = "construction")]
mod surveyor;
mod vocabulary;
#[cfg(feature = "wasm")]
mod wasm;

pub use answer::{Options, Resultats, Segment, Touche};
pub use document::{Document, Passage};
pub use format::FormatError;
#[cfg(feature = "construction")]
pub use format::build;
pub use index::Index;
pub use lexique::{Acronyme, Fault, Lexique, Voisinage};
pub use settings::Settings;
#[cfg(feature = "construction")]
pub use survey::Survey;
