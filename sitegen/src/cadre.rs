//! What every page has: title, breadcrumb, navigation, policy, files.

use crate::assets::{Assets, Fichier};
use crate::context::{Actif, Actifs, Cadre, Commun, DateAffichee, Lien, LienNavigation};
use crate::francais;
use crate::page_glossaire::GLOSSAIRE;
use crate::page_nouveautes;
use crate::politique::Politique;
use crate::site::{PageLibre, Site};
use crate::typographie::typographie;
use chrono::NaiveDate;

/// What pages are made from.
#[derive(Clone, Copy)]
pub(crate) struct Atelier<'a> {
    /// The content.
    pub(crate) site: &'a Site,
    /// The published files.
    pub(crate) assets: &'a Assets,
    /// Where the site will stand, with a final slash.
    pub(crate) base_url: Option<&'a str>,
}

/// A page, before its content: where it stands and what it is called.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    /// From the root: `faq/3-16/`.
    pub(crate) chemin: String,
    /// Title.
    pub(crate) titre: String,
    /// Description for search engines.
    pub(crate) description: String,
    /// Pages above it, home not included: title and address from the root.
    pub(crate) fil: Vec<(String, String)>,
    /// What the page needs beyond the usual.
    pub(crate) politique: Politique,
}

/// Title of the page of worked examples.
pub(crate) const EXEMPLES: &str = "Exemples résolus";

/// Main navigation: title and address from the root.
const NAVIGATION: [(&str, &str); 4] = [
    ("Questions", "faq/"),
    ("Objectifs", "objectifs/"),
    ("Échéances", "echeances/"),
    ("Calculateur", "calculateur/"),
];

impl Atelier<'_> {
    /// From a page to the root: `../../`, `./` at the root.
    pub(crate) fn racine(chemin: &str) -> String {
        match chemin.matches('/').count() {
            0 => "./".to_owned(),
            depth => "../".repeat(depth),
        }
    }

    /// The frame of a page, addresses relative to it.
    pub(crate) fn cadre(&self, place: &Place) -> Cadre {
        self.cadre_from(place, &Self::racine(&place.chemin))
    }

    /// The frame of a page that is served anywhere: addresses from the root of the server.
    pub(crate) fn cadre_anywhere(&self, place: &Place) -> Cadre {
        self.cadre_from(place, &self.server_root())
    }

    /// `/`, or the folder of the base address: `/care/`.
    pub(crate) fn server_root(&self) -> String {
        let after_scheme = self
            .base_url
            .and_then(|url| url.split_once("://"))
            .map(|(_, rest)| rest);
        let path = after_scheme.and_then(|rest| rest.find('/').and_then(|at| rest.get(at..)));
        path.unwrap_or("/").to_owned()
    }

    fn cadre_from(&self, place: &Place, racine: &str) -> Cadre {
        let lien = |(titre, adresse): &(String, String)| Lien {
            titre: titre.clone(),
            href: format!("{racine}{adresse}"),
        };
        let mut fil: Vec<Lien> = place.fil.iter().map(lien).collect();
        if !place.chemin.is_empty() {
            fil.insert(0, lien(&("Accueil".to_owned(), String::new())));
        }
        Cadre {
            titre: typographie(&place.titre, None),
            description: typographie(&place.description, None),
            racine: racine.to_owned(),
            chemin: place.chemin.clone(),
            canonique: self.base_url.map(|base| format!("{base}{}", place.chemin)),
            integrite: self.base_url.is_some(),
            csp: place.politique.csp(),
            fil,
        }
    }

    /// What every page is given that stands so deep.
    pub(crate) fn commun(&self, racine: &str) -> Commun {
        Commun {
            site: self.site_context(),
            pied: self.pied(racine),
            actifs: actifs(self.assets, racine),
        }
    }

    /// The entries of the main navigation: title and address from the root.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let guide = self.site.has_guide().then_some(("Guide", "guide/"));
        NAVIGATION.into_iter().chain(guide)
    }

    /// The main navigation of a page that stands so deep, in the entry of this rank.
    pub(crate) fn navigation(&self, racine: &str, here: Option<usize>) -> Vec<LienNavigation> {
        // The page of an entry stands one folder deep.
        let current = if racine == "../" { "page" } else { "true" };
        let entry = |(rank, (titre, adresse)): (usize, (&str, &str))| LienNavigation {
            titre: titre.to_owned(),
            href: format!("{racine}{adresse}"),
            courant: (here == Some(rank)).then_some(current),
        };
        self.entries().enumerate().map(entry).collect()
    }

    fn pied(&self, racine: &str) -> Vec<Lien> {
        let examples = !self.site.exemples.is_empty();
        let examples = examples.then(|| (EXEMPLES.to_owned(), "exemples/".to_owned()));
        let fixed = [
            ("Index et recherche", "recherche/"),
            ("Toutes les réponses à imprimer", "imprimer/"),
            (page_nouveautes::TITRE, page_nouveautes::ADRESSE),
            ("Garder le site hors ligne", "hors-ligne/"),
            ("Questions (JSON)", "faq.json"),
            ("Programme (JSON)", "programme.json"),
        ];
        let fixed = fixed.map(|(titre, adresse)| (titre.to_owned(), adresse.to_owned()));
        let free = self
            .site
            .pages
            .iter()
            .filter(|page| !page.adresse.starts_with("guide/"));
        let name = |page: &PageLibre| match page.pied.as_str() {
            "" => page.titre.clone(),
            short => short.to_owned(),
        };
        let pages = free.map(|page| (name(page), page.adresse.clone()));
        let glossary = self.site.glossaire.is_some();
        let glossary = glossary.then(|| (GLOSSAIRE.to_owned(), "glossaire/".to_owned()));
        let links = pages
            .chain(glossary)
            .chain(examples)
            .chain(fixed)
            .map(|(titre, adresse)| Lien {
                titre,
                href: format!("{racine}{adresse}"),
            });
        links.collect()
    }

    fn site_context(&self) -> crate::context::Site {
        let reglages = &self.site.reglages;
        let (titre, href) = reglages.texte_officiel.clone();
        crate::context::Site {
            nom: reglages.nom.clone(),
            nom_court: reglages.nom_court.clone(),
            accroche: reglages.accroche.clone(),
            texte_officiel: Lien { titre, href },
            guide_url: reglages.guide_url.clone(),
            officiel: self.site.questions.iter().all(|q| q.officiel),
            version: self.site.programme.version.clone(),
            version_date: affichee(self.site.programme.version_date),
        }
    }
}

/// A day in both forms.
pub(crate) fn affichee(date: NaiveDate) -> DateAffichee {
    DateAffichee {
        iso: date.to_string(),
        texte: typographie(&francais::date(date), None),
    }
}

fn actifs(assets: &Assets, racine: &str) -> Actifs {
    let actif = |fichier: &Fichier| Actif {
        chemin: format!("{racine}{}", fichier.chemin),
        integrite: fichier.integrite.clone(),
    };
    Actifs {
        styles: actif(&assets.styles),
        styles_calculateur: actif(&assets.styles_calculateur),
        site: actif(&assets.site),
        recherche: actif(&assets.recherche),
        moteur: actif(&assets.moteur),
        calculateur: actif(&assets.calculateur),
        suite: actif(&assets.suite),
        hors_ligne: actif(&assets.hors_ligne),
        icone: actif(&assets.icone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_the_root() {
        for (chemin, racine) in [("", "./"), ("faq/", "../"), ("faq/3-16/", "../../")] {
            assert_eq!(Atelier::racine(chemin), racine);
        }
    }
}
