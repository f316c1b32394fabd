//! The links of the texts, before any page exists: where each leads, and what was perhaps meant.

use super::range;
use crate::cible::Cible;
use crate::diagnostic::{Diagnostic, Faults};
use crate::markdown::Texte;
use crate::nearest::suggestion;
use crate::site::{Objectif, Site};
use crate::source::Source;
use std::sync::Arc;

/// Addresses of the pages that templates make, links of the content may lead there.
const PAGES: [&str; 12] = [
    "",
    "faq",
    "objectifs",
    "echeances",
    "calculateur",
    "recherche",
    "imprimer",
    "exemples",
    "glossaire",
    "guide/calendrier",
    "nouveautes",
    "hors-ligne",
];

/// Whether a text has that anchor.
pub(super) fn has_anchor(texte: &Texte, anchor: &str) -> bool {
    texte.titres.iter().any(|titre| titre.ancre == anchor)
}

/// Says every link of a text that leads nowhere.
pub(super) fn check_links(site: &Site, source: &Arc<Source>, texte: &Texte, faults: &mut Faults) {
    for lien in &texte.liens {
        if let Err((message, hint)) = follow(site, texte, &lien.cible) {
            faults.push(
                Diagnostic::error(message)
                    .at(source, lien.span.clone())
                    .maybe_hint(hint),
            );
        }
    }
}

/// Whether a link leads somewhere; otherwise why not, and what was perhaps meant.
fn follow(site: &Site, texte: &Texte, cible: &Cible) -> Result<(), (String, Option<String>)> {
    match cible {
        Cible::Question(numero, anchor) => {
            let missing = || {
                let message = format!("la question {numero} n'existe pas");
                (message, range(site, *numero))
            };
            match site.question(*numero) {
                Some(question) => anchor_in(&question.corps, anchor),
                None if site.announces(*numero) => Ok(()),
                None => Err(missing()),
            }
        }
        Cible::Objectif(code) | Cible::Regle(code, _) if site.is_unreadable(code) => Ok(()),
        Cible::Objectif(code) => known_objective(site, code).map(|_| ()),
        Cible::Regle(code, anchor) => anchor_in(&known_objective(site, code)?.corps, anchor),
        Cible::Ancre(anchor) => anchor_in(texte, anchor),
        Cible::Echeance(cle) => match site.programme.get(cle) {
            Some(parametre) if parametre.echeance => Ok(()),
            _ => Err((
                format!("« {cle} » n'est pas une échéance"),
                suggestion(cle, site.programme.cles()),
            )),
        },
        Cible::Page(slug, anchor) => free_page(site, slug, anchor),
        // Published files are known once the site is made: `liens` follows these.
        Cible::Dehors(_) | Cible::Fichier(_) => Ok(()),
    }
}

fn known_objective<'a>(
    site: &'a Site,
    code: &str,
) -> Result<&'a Objectif, (String, Option<String>)> {
    let codes = site.objectifs.iter().map(|o| o.code.as_str());
    site.objectif(code).ok_or_else(|| {
        (
            format!("objectif inconnu « {code} »"),
            suggestion(code, codes),
        )
    })
}

fn anchor_in(texte: &Texte, anchor: &str) -> Result<(), (String, Option<String>)> {
    if anchor.is_empty() || has_anchor(texte, anchor) {
        return Ok(());
    }
    let anchors = texte.titres.iter().map(|titre| titre.ancre.as_str());
    Err((
        format!("la page n'a pas d'ancre « {anchor} »"),
        suggestion(anchor, anchors),
    ))
}

fn free_page(site: &Site, slug: &str, anchor: &str) -> Result<(), (String, Option<String>)> {
    if let Some(page) = site
        .pages
        .iter()
        .find(|page| page.adresse.trim_end_matches('/') == slug)
    {
        return anchor_in(&page.corps, anchor);
    }
    let sections = site
        .reglages
        .sections
        .iter()
        .any(|s| slug.strip_prefix("faq/") == Some(&s.cle));
    if sections || PAGES.contains(&slug) {
        return Ok(());
    }
    let written = site
        .pages
        .iter()
        .map(|page| page.adresse.trim_end_matches('/'));
    Err((
        format!("la page « {slug} » n'existe pas"),
        suggestion(slug, written.chain(PAGES)),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::Vue;

    #[test]
    fn a_rule_is_an_anchor_of_its_page() {
        let (texte, _) = crate::markdown::tests::parse("## Un {#intervalle-max}\n\na\n");
        assert!(has_anchor(&texte, "intervalle-max"));
        assert!(
            texte
                .html(&Vue::page("./"))
                .contains("id=\"intervalle-max\"")
        );
        let missing = anchor_in(&texte, "intervalle-mx").expect_err("missing");
        assert_eq!(
            missing.1.as_deref(),
            Some("vouliez-vous écrire « intervalle-max » ?")
        );
    }
}
