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

/// Every definition, for pages that stand so deep.
pub(crate) fn definitions(atelier: Atelier, racine: &str) -> Vec<Definition> {
    let vues = Vues::new(atelier, racine);
    let glossaire = atelier.site.glossaire.iter();
    let termes = glossaire.flat_map(|glossaire| &glossaire.termes);
    termes.map(|terme| definition(&vues, terme)).collect()
}

/// A text as markup, its first terms leading to their definitions, and the ranks of those terms.
pub(crate) fn defined(vues: &Vues, texte: &Texte) -> (String, Vec<usize>) {
    let markup = texte.html(&Vue::page(vues.racine));
    match &vues.atelier.site.glossaire {
        Some(glossaire) => termes::mark(glossaire, &markup, vues.racine),
        None => (markup, Vec::new()),
    }
}
