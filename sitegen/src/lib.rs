//! The static site generator and its command line.
//!
//! # Steps
//! 1. `source` reads `content/` and `www/` into memory: the one reader.
//! 2. `toml_file`, `table`, `front_matter`, `head`, `programme`, `reglages`, `exploitant`, `synonymes`, `exemples`,
//!    `glossaire`, `calendrier` and `read` make the model of it (`site`); `param`, `markdown` and `typographie` set its texts.
//! 3. `check` says what no file can tell alone. Every fault is a `diagnostic`; all of them are told at once.
//! 4. `cadre`, `vues`, `pages` and the `page_…` give each template its [`context`]; `render` fills the templates, `html` the texts.
//! 5. `wasm` compiles the browser modules, `assets` names the files that pages load, `exports` adds what machines
//!    read, `hosting` the settings for servers; `liens` follows every link (`textes` keeps them), `compress` packs the texts.
//!    `offline` adds what works without a network, `politique` says what pages may do, to pages and servers alike.
//! 6. `output` writes the whole beside the last good site and exchanges both: the one writer.
//!
//! `import` and `diff` read the official text and compare its versions; they, `evaluate`, `planifier`,
//! `agenda`, `query` and `serve` stand behind their own commands of [`run`].

mod agenda;
mod apercu;
mod args;
mod assets;
mod atom;
mod bare;
mod build;
mod cadre;
mod calendrier;
mod champs;
mod check;
mod cible;
mod cli;
mod commun;
mod compress;
pub mod context;
mod diagnostic;
mod diff;
mod documents;
mod empreintes;
mod evaluate;
mod exemples;
mod exploitant;
mod exports;
mod francais;
mod front_matter;
mod glossaire;
mod guide;
mod head;
mod hosting;
mod html;
mod http;
mod import;
mod liens;
mod markdown;
mod mots;
mod nearest;
mod nouveautes;
mod offline;
mod output;
mod page_calculateur;
mod page_calendrier;
mod page_exemples;
mod page_glossaire;
mod page_libre;
mod page_nouveautes;
mod page_recherche;
mod pages;
mod param;
mod planifier;
mod politique;
mod programme;
mod query;
mod read;
mod reglages;
mod render;
mod serve;
mod site;
mod source;
mod staging;
mod synonymes;
mod table;
mod termes;
mod textes;
mod threads;
mod titres;
mod toml_file;
mod typed;
mod typographie;
mod vues;
mod wasm;

pub use args::Cli;
pub use cli::{Failure, run};
