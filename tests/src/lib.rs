//! What the end-to-end tests stand on: the built site, throw-away contents, a real nginx, a real Chromium.
//!
//! [`site`] builds the real content once per test process; [`projet`] makes throw-away contents;
//! [`nginx`] serves a folder on the loopback; [`serveur`] does so with the settings that the site publishes for nginx,
//! Apache and Caddy, and [`http`] asks them; [`browser`] and [`page`] drive Chromium as a person would;
//! [`outils`] has programs of others read what the site writes; [`html`] reads links and ids out of a built page.
//! [`scene`] opens the calculator. Nothing here is mocked.

pub mod browser;
pub mod calculateur;
pub mod cdp;
pub mod html;
pub mod http;
pub mod keys;
pub mod nginx;
pub mod officiel;
pub mod outils;
pub mod page;
pub mod projet;
pub mod scene;
pub mod serveur;
pub mod site;

pub use browser::Browser;
pub use nginx::Nginx;
pub use page::{Page, PageOptions};
pub use projet::Projet;
pub use serveur::{Logiciel, Serveur};
