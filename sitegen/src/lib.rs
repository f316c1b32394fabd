//! The static site generator and its command line.
//!
//! # Steps
//! [`source`] reads `content/` and `www/`; [`front_matter`] and [`programme`] read their TOML; [`markdown`] reads the
//! texts; [`site`] holds the model; everything that is wrong is gathered as [`diagnostic`]s.

mod assets;
mod base64;
mod build;
mod cadre;
mod check;
mod cible;
pub mod context;
mod diagnostic;
mod documents;
mod evaluate;
mod exports;
mod francais;
mod front_matter;
mod html;
mod liens;
mod markdown;
mod nearest;
mod output;
mod pages;
mod param;
mod programme;
mod read;
mod reglages;
mod render;
mod serve;
mod site;
mod source;
mod synonymes;
mod table;
mod typographie;
mod vues;
mod wasm;
