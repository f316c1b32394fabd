//! The page of the search, with the index of subjects.

use crate::cadre::Atelier;
use crate::context::{EntreeIndex, Recherche};
use crate::markdown::slug;
use crate::pages::{Page, page, place};
use crate::site;
use crate::vues::Vues;
use std::collections::BTreeMap;

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
    let mut entries: BTreeMap<(String, &str), Vec<usize>> = BTreeMap::new();
    for (rang, question) in site.questions.iter().enumerate() {
        for terme in &question.mots_cles {
            let key = (slug(terme), terme.as_str());
            entries.entry(key).or_default().push(rang);
        }
    }
    let entry = |((_, terme), rangs): ((String, &str), _)| EntreeIndex {
        terme: terme.to_owned(),
        rangs,
    };
    entries.into_iter().map(entry).collect()
}
