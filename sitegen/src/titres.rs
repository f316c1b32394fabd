//! The pages that the generator makes of what stands elsewhere: where they stand and how they are called, for the
//! search.

use crate::cadre::EXEMPLES;
use crate::page_calendrier::CALENDRIER;
use crate::page_glossaire::GLOSSAIRE;
use crate::page_nouveautes;
use crate::pages::{CALCULATEUR, ECHEANCES, FAQ, HORS_LIGNE, IMPRIMER, OBJECTIFS};
use crate::site::Site;

/// Addresses and titles; the page of the search itself is none that one looks for.
pub(crate) fn titles(site: &Site) -> Vec<(String, String)> {
    let made = [
        ("faq/", FAQ, true),
        ("objectifs/", OBJECTIFS, true),
        ("echeances/", ECHEANCES, true),
        ("calculateur/", CALCULATEUR, true),
        ("hors-ligne/", HORS_LIGNE, true),
        ("imprimer/", IMPRIMER, true),
        (page_nouveautes::ADRESSE, page_nouveautes::TITRE, true),
        ("exemples/", EXEMPLES, !site.exemples.is_empty()),
        ("glossaire/", GLOSSAIRE, site.glossaire.is_some()),
        ("guide/calendrier/", CALENDRIER, !site.taches.is_empty()),
    ];
    let made = made.into_iter().filter(|(_, _, there)| *there);
    let made = made.map(|(adresse, titre, _)| (adresse.to_owned(), titre.to_owned()));
    let sections = site.reglages.sections.iter();
    let sections = sections.map(|section| (format!("faq/{}/", section.cle), section.titre.clone()));
    made.chain(sections).collect()
}
