//! The policies of the site, in one place: the `<meta>` of each kind of page and the headers that servers send.
//!
//! Everything comes from the site itself, nothing is inline, nothing is sent. Every page has the search box, whose
//! engine is WebAssembly. A header holds for many pages at once, so it is as wide as the widest of them; the `<meta>`
//! of each page narrows it, as a browser applies both.

use crate::offline::hash;
use crate::wasm::Script;

/// What a page needs beyond the usual.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Politique {
    /// A page to read.
    #[default]
    Lecture,
    /// The native controls of its form need pictures of their own (`data:`); it loads the calculator's second part.
    Formulaire,
    /// It starts and removes the offline copy.
    HorsLigne,
}

/// Names of the Trusted Types policies that scripts create: the search box, the calculator's second part, the offline
/// copy.
const RECHERCHE: &str = "care-recherche";
const CALCULATEUR: &str = "care-calculateur";
const COPIE: &str = "care-hors-ligne";

impl Politique {
    /// The Content-Security-Policy of the page's `<meta>`.
    pub(crate) fn csp(self) -> String {
        let images = match self {
            Self::Formulaire => "'self' data:",
            Self::Lecture | Self::HorsLigne => "'self'",
        };
        match self {
            Self::HorsLigne => csp(images, "'self'", &[RECHERCHE, COPIE]),
            Self::Formulaire => csp(images, "'none'", &[RECHERCHE, CALCULATEUR]),
            Self::Lecture => csp(images, "'none'", &[RECHERCHE]),
        }
    }
}

/// Workers on every page: Chromium looks for the next version of an offline copy under the policy of the page that is
/// open. Only the page of the copy can start one, as it alone may name a trusted address.
fn csp(images: &str, manifest: &str, trusted: &[&str]) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src {images}; \
         manifest-src {manifest}; worker-src 'self'; connect-src 'none'; form-action 'none'; base-uri 'none'; \
         require-trusted-types-for 'script'; trusted-types {}",
        trusted.join(" ")
    )
}

/// The policy of the calculator in one file: what it carries may run, by its hash, and nothing comes in or goes out.
pub(crate) fn single_file(script: &Script, styles: &str) -> String {
    let (script, styles) = (hash(script), hash(&[styles]));
    format!(
        "default-src 'none'; script-src {script} 'wasm-unsafe-eval'; style-src {styles}; img-src data:; \
         connect-src 'none'; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; \
         trusted-types 'none'"
    )
}

/// The header of every page: the widest policy of all, and what a `<meta>` cannot say.
pub(crate) fn header() -> String {
    csp("'self' data:", "'self'", &[RECHERCHE, CALCULATEUR, COPIE]) + "; frame-ancestors 'none'"
}

/// The header of the service worker's file: it alone connects, to the site.
pub(crate) const TRAVAILLEUR: &str =
    "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";

/// The header of the calculator in one file, whose `<meta>` allows its own scripts by their hashes: a header with
/// those would change at each build.
pub(crate) const FICHIER_UNIQUE: &str = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; \
     style-src 'unsafe-inline'; img-src data:; connect-src 'none'; form-action 'none'; base-uri 'none'; \
     require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors 'none'";

/// What no page of the site ever asks for. Copying a link needs the clipboard, printing needs nothing.
pub(crate) const PERMISSIONS: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), \
     display-capture=(), encrypted-media=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), \
     local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), \
     publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), usb=(), \
     xr-spatial-tracking=()";

#[cfg(test)]
mod tests {
    use super::*;

    /// The directives of a policy with their values.
    fn directives(policy: &str) -> Vec<(&str, Vec<&str>)> {
        let parts = policy.split("; ").map(|part| {
            let mut words = part.split_whitespace();
            (words.next().unwrap_or_default(), words.collect())
        });
        parts.collect()
    }

    #[test]
    fn no_page_connects_posts_or_moves_its_base() {
        for politique in [
            Politique::Lecture,
            Politique::Formulaire,
            Politique::HorsLigne,
        ] {
            let csp = politique.csp();
            let directives = directives(&csp);
            for name in ["default-src", "connect-src", "form-action", "base-uri"] {
                assert!(directives.contains(&(name, vec!["'none'"])), "{csp}");
            }
            for loose in ["unsafe-inline", "unsafe-eval'", "*", "http"] {
                assert!(
                    !csp.replace("wasm-unsafe-eval", "").contains(loose),
                    "{csp}"
                );
            }
        }
    }

    #[test]
    fn the_header_is_as_wide_as_the_widest_page() {
        let header = header();
        let header = directives(&header);
        for politique in [
            Politique::Lecture,
            Politique::Formulaire,
            Politique::HorsLigne,
        ] {
            let csp = politique.csp();
            for (name, values) in directives(&csp) {
                let (_, wide) = header.iter().find(|(n, _)| *n == name).expect(name);
                let inside = |value: &&str| *value == "'none'" || wide.contains(value);
                assert!(values.iter().all(inside), "{name} {values:?}");
            }
        }
    }
}
