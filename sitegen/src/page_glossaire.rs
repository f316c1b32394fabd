//! The glossary's page, and the definitions that other pages carry.

use crate::cadre::Atelier;
use crate::context::{Definition, LettreGlossaire, Lien, PageGlossaire, TermeGlossaire};
use crate::glossaire::{Glossaire, Terme};
use crate::html::Vue;
use crate::markdown::Texte;
use crate::pages::{Page, page, place};
use crate::termes;
use crate::typographie::typographie;
use crate::vues::Vues;

/// Title of the glossary.
pub(crate) const GLOSSAIRE: &str = "Glossaire";

/// `glossaire/`.
pub(crate) fn glossary_page(atelier: Atelier, glossaire: &Glossaire) -> Page {
    let description =
        "Chaque sigle et chaque terme du programme en deux phrases, avec les questions où il sert.";
    let vues = Vues::new(atelier, "../");
    let mut lettres: Vec<LettreGlossaire> = Vec::new();
    for terme in &glossaire.termes {
        let letter = terme.ancre.chars().next().unwrap_or('#');
        let lettre = letter.to_uppercase().to_string();
        if lettres.last().is_none_or(|last| last.lettre != lettre) {
            let termes = Vec::new();
            lettres.push(LettreGlossaire { lettre, termes });
        }
        if let Some(last) = lettres.last_mut() {
            last.termes.push(whole(&vues, glossaire, terme));
        }
    }
    page(
        "glossaire/",
        "glossaire.html",
        &PageGlossaire {
            cadre: atelier.cadre(&place("glossaire/", GLOSSAIRE, description)),
            lettres,
            nombre: glossaire.termes.len(),
        },
    )
}

fn whole(vues: &Vues, glossaire: &Glossaire, terme: &Terme) -> TermeGlossaire {
    let others = terme.voir.iter();
    let others = others.filter_map(|at| glossaire.get(&at.value));
    TermeGlossaire {
        definition: definition(vues, terme),
        questions: vues.sources(terme.questions.iter().map(|at| at.value.as_str())),
        voir: others
            .map(|other| Lien {
                titre: typographie(&other.nom.value, None),
                href: format!("#{}", other.ancre),
            })
            .collect(),
    }
}

fn definition(vues: &Vues, terme: &Terme) -> Definition {
    Definition {
        terme: typographie(&terme.nom.value, None),
        ancre: terme.ancre.clone(),
        developpement: terme.developpement.clone(),
        texte: terme.definition.clone(),
        href: vues.href(&format!("glossaire/#{}", terme.ancre)),
    }
}

/// A text as markup, its first terms leading to their definitions, and those definitions.
pub(crate) fn defined(vues: &Vues, texte: &Texte) -> (String, Vec<Definition>) {
    let markup = texte.html(&Vue::page(vues.racine));
    let Some(glossaire) = &vues.atelier.site.glossaire else {
        return (markup, Vec::new());
    };
    let (marked, termes) = termes::mark(glossaire, &markup, vues.racine);
    let definitions = termes.into_iter().map(|terme| definition(vues, terme));
    (marked, definitions.collect())
}
