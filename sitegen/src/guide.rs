//! The chapters of the guide: their order, and what they treat.
//!
//! The order is that of the links of `guide/index.md`, its one home.

use crate::cible::{Cible, Numero};
use crate::context::Lien;
use crate::site::{PageLibre, Site};
use crate::vues::Vues;

/// The chapters, in order.
fn chapters(site: &Site) -> Vec<&PageLibre> {
    let ranks = site.chapitres.get_or_init(|| ranks(site)).iter();
    ranks.filter_map(|rank| site.pages.get(*rank)).collect()
}

/// The ranks of the chapters among the pages.
fn ranks(site: &Site) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let index = site.pages.iter().filter(|page| page.adresse == "guide/");
    for lien in index.flat_map(|page| &page.corps.liens) {
        let Cible::Page(slug, _) = &lien.cible else {
            continue;
        };
        let named = |page: &PageLibre| page.adresse.trim_end_matches('/') == slug;
        let chapter = |page: &PageLibre| named(page) && is_chapter(page);
        if let Some(rank) = site.pages.iter().position(chapter)
            && !found.contains(&rank)
        {
            found.push(rank);
        }
    }
    found
}

fn is_chapter(page: &PageLibre) -> bool {
    page.adresse.starts_with("guide/") && page.adresse != "guide/"
}

/// The chapters before and after the page that stands there.
pub(crate) fn neighbours(vues: &Vues, adresse: &str) -> (Option<Lien>, Option<Lien>) {
    let chapters = chapters(vues.atelier.site);
    let Some(rank) = chapters.iter().position(|page| page.adresse == adresse) else {
        return (None, None);
    };
    let link = |rank: Option<usize>| Some(lien(vues, chapters.get(rank?)?));
    (link(rank.checked_sub(1)), link(rank.checked_add(1)))
}

/// The chapters that treat a question: those that refer to it.
pub(crate) fn on_question(vues: &Vues, numero: Numero) -> Vec<Lien> {
    treating(
        vues,
        |cible| matches!(cible, Cible::Question(number, _) if *number == numero),
    )
}

/// The chapters that treat an objective: those whose head names it.
pub(crate) fn on_objective(vues: &Vues, code: &str) -> Vec<Lien> {
    let chapters = chapters(vues.atelier.site).into_iter();
    let own = chapters.filter(|page| page.objectifs.iter().any(|at| at.value == code));
    own.map(|page| lien(vues, page)).collect()
}

fn treating(vues: &Vues, leads: impl Fn(&Cible) -> bool) -> Vec<Lien> {
    let chapters = chapters(vues.atelier.site).into_iter();
    let treating = chapters.filter(|page| page.corps.liens.iter().any(|lien| leads(&lien.cible)));
    treating.map(|page| lien(vues, page)).collect()
}

fn lien(vues: &Vues, page: &PageLibre) -> Lien {
    Lien {
        titre: page.titre.clone(),
        href: vues.href(&page.adresse),
    }
}
