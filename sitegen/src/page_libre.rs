//! A page of `content/pages/` or a chapter of the guide.

use crate::cadre::Atelier;
use crate::context::{Lien, PageLibre};
use crate::guide;
use crate::page_glossaire::defined;
use crate::pages::{Page, page, place};
use crate::site;
use crate::vues::Vues;

/// The page of a text that stands at its own address.
pub(crate) fn free_page(atelier: Atelier, free: &site::PageLibre) -> Page {
    let mut place = place(&free.adresse, &free.titre, &free.chapeau);
    let chapter = free.adresse.starts_with("guide/") && free.adresse != "guide/";
    if chapter && atelier.site.has_guide() {
        place.fil = vec![("Guide".to_owned(), "guide/".to_owned())];
    }
    let racine = Atelier::racine(&free.adresse);
    let headings = free.corps.titres.iter().filter(|titre| titre.niveau == 2);
    let vues = Vues::new(atelier, &racine);
    let (corps_html, termes) = defined(&vues, &free.corps);
    let (precedent, suivant) = guide::neighbours(&vues, &free.adresse);
    let contexte = PageLibre {
        cadre: atelier.cadre(&place),
        chapeau: free.chapeau.clone(),
        corps_html,
        copier: free.copier,
        precedent,
        suivant,
        sommaire: headings
            .map(|titre| Lien {
                titre: titre.texte.clone(),
                href: format!("#{}", titre.ancre),
            })
            .collect(),
    };
    page(&free.adresse, "page.html", &contexte)
        .modified(free.modifie)
        .defining(termes)
}
