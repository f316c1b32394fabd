//! The static site generator and its command line.
//!
//! # Steps
//! [`source`] reads `content/` and `www/`; [`front_matter`] and [`programme`] read their TOML; [`markdown`] reads the
//! texts; [`site`] holds the model; everything that is wrong is gathered as [`diagnostic`]s.

mod cible;
pub mod context;
mod diagnostic;
mod francais;
mod front_matter;
mod html;
mod markdown;
mod nearest;
mod param;
mod programme;
mod read;
mod reglages;
mod site;
mod source;
mod synonymes;
mod table;
mod typographie;
