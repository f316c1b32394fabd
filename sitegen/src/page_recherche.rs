//! The page of the search, with the index of subjects.

use crate::cadre::Atelier;
use crate::context::{EntreeIndex, Recherche};
use crate::markdown::slug;
use crate::pages::{Page, page, place};
use crate::site;
use crate::vues::Vues;

/// `recherche/`.
pub(crate) fn search_page(atelier: Atelier) -> Page {
    let description = "Cherchez dans toutes les réponses, ou parcourez l'index des sujets.";
    let vues = Vues::new(atelier, "../");
    page(
        "recherche/",
        "recherche.html",
        &Recherche {
            cadre: atelier.cadre(&place("recherche/", "Recherche", description)),
            sections: vues.sections(Vues::section),
            questions: atelier
                .site
                .questions
                .iter()
                .map(|q| vues.lien_question(q))
                .collect(),
            index: index_of_subjects(atelier.site),
            objectifs: vues.groupes(),
        },
    )
    .long(QUESTION * atelier.site.questions.len())
}

/// About how many bytes a question takes: in the lists, and under each of its keywords.
const QUESTION: usize = 2_800;

/// Keywords in alphabetical order, accents aside.
fn index_of_subjects(site: &site::Site) -> Vec<EntreeIndex> {
    let questions = site.questions.iter().zip(0..);
    let keywords = questions.flat_map(|(question, rang)| {
        let termes = question.mots_cles.iter();
        termes.map(move |terme| (slug(terme), terme, rang))
    });
    let mut keywords: Vec<(String, &String, usize)> = keywords.collect();
    keywords.sort_unstable();
    let entries = keywords.chunk_by(|(_, one, _), (_, other, _)| one == other);
    let entry = |same: &[(String, &String, usize)]| EntreeIndex {
        terme: same
            .first()
            .map_or(String::new(), |(_, terme, _)| (*terme).clone()),
        rangs: same.iter().map(|(_, _, rang)| *rang).collect(),
    };
    entries.map(entry).collect()
}
