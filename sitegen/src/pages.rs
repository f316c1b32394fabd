//! Every page of the site: its file, its template, and what that template is given.

use crate::cadre::{Atelier, Place};
use crate::cible::slug_of_code;
use crate::context::{
    Accueil, Echeances, Faq, HorsLigne, Imprimer, Introuvable, Objectifs, PageQuestion,
    PageSection, QuestionImprimee, SectionImprimee, Suite, UnObjectif,
};
use crate::guide;
use crate::html::Vue;
use crate::page_calculateur::{calculator, calculator_file};
use crate::page_calendrier::calendar_page;
use crate::page_exemples::{examples_page, links_to_examples};
use crate::page_glossaire::{defined, glossary_page};
use crate::page_libre::free_page;
use crate::page_nouveautes::news_page;
use crate::page_recherche::search_page;
use crate::politique::Politique;
use crate::site;
use crate::vues::Vues;
use rayon::prelude::*;
use serde::Serialize;

/// A page, ready for its template.
pub(crate) struct Page {
    /// File from the root: `faq/3-16/index.html`.
    pub(crate) fichier: String,
    /// Its template: `question.html`.
    pub(crate) gabarit: &'static str,
    /// From the page to the root, for what all pages share.
    pub(crate) racine: String,
    /// What the template is given, or why it cannot be.
    pub(crate) contexte: Result<tera::Context, tera::Error>,
    /// Ranks of the terms of the glossary whose definitions it carries.
    pub(crate) termes: Vec<usize>,
    /// When it last changed, for the map of the site.
    pub(crate) modifie: Option<chrono::NaiveDate>,
    /// About how many bytes it will have, where all questions stand on it: a text of megabytes is not to move as it grows.
    pub(crate) longueur: usize,
}

/// A page at an address, through its template.
pub(crate) fn page(chemin: &str, gabarit: &'static str, contexte: &impl Serialize) -> Page {
    Page {
        fichier: format!("{chemin}index.html"),
        gabarit,
        racine: Atelier::racine(chemin),
        contexte: tera::Context::from_serialize(contexte),
        termes: Vec::new(),
        modifie: None,
        longueur: 0,
    }
}

impl Page {
    /// The page, with the day it last changed.
    pub(crate) fn modified(mut self, date: chrono::NaiveDate) -> Self {
        self.modifie = Some(date);
        self
    }

    /// The page, with the ranks of the terms that it defines.
    pub(crate) fn defining(mut self, termes: Vec<usize>) -> Self {
        self.termes = termes;
        self
    }

    /// The page, with about how many bytes it will have.
    pub(crate) fn long(mut self, longueur: usize) -> Self {
        self.longueur = longueur;
        self
    }
}

/// All the pages, in no order that matters, each finished as soon as it is made: what a template is given never
/// stands in memory for the whole site.
pub(crate) fn pages<R: Send>(atelier: Atelier, finish: impl Fn(Page) -> R + Sync) -> Vec<R> {
    let site = atelier.site;
    let single = [
        home,
        faq,
        objectives,
        deadlines,
        calculator,
        calculator_file,
        offline_page,
        search_page,
        print,
        news_page,
        not_found,
    ];
    let single = single.into_par_iter().map(|make| finish(make(atelier)));
    let sections = site.reglages.sections.par_iter();
    let sections = sections.map(|section| finish(section_page(atelier, section)));
    let questions = site.questions.par_iter().enumerate();
    let questions =
        questions.map(|(rank, question)| finish(question_page(atelier, rank, question)));
    let objectifs = site.objectifs.par_iter();
    let objectifs = objectifs.map(|objectif| finish(objective_page(atelier, objectif)));
    let free = site.pages.par_iter();
    let free = free.map(|free| finish(free_page(atelier, free)));
    let examples = (!site.exemples.is_empty()).then_some(atelier);
    let examples = examples.into_par_iter().map(|a| finish(examples_page(a)));
    let glossary = site.glossaire.as_ref().into_par_iter();
    let glossary = glossary.map(|glossaire| finish(glossary_page(atelier, glossaire)));
    let calendar = (!site.taches.is_empty()).then_some(atelier);
    let calendar = calendar.into_par_iter().map(|a| finish(calendar_page(a)));
    let single = single.chain(glossary).chain(calendar);
    let all = single.chain(examples).chain(sections).chain(questions);
    all.chain(objectifs).chain(free).collect()
}

pub(crate) const OBJECTIFS: &str = "Objectifs";
pub(crate) const ECHEANCES: &str = "Échéances et seuils";
pub(crate) const CALCULATEUR: &str = "Calculateur";
pub(crate) const HORS_LIGNE: &str = "Le site hors ligne";
pub(crate) const IMPRIMER: &str = "Toutes les questions et réponses";

/// Where a page stands, without pages above it.
pub(crate) fn place(chemin: &str, titre: &str, description: &str) -> Place {
    Place {
        chemin: chemin.to_owned(),
        titre: titre.to_owned(),
        description: description.to_owned(),
        ..Place::default()
    }
}

fn home(atelier: Atelier) -> Page {
    let reglages = &atelier.site.reglages;
    let vues = Vues::new(atelier, "./");
    page(
        "",
        "accueil.html",
        &Accueil {
            cadre: atelier.cadre(&place("", &reglages.nom, &reglages.accroche)),
            echeances: vues.echeances(),
            sections: vues.sections(Vues::partie),
            objectifs: vues.groupes(),
            calculateur_href: vues.href("calculateur/"),
            nombre_questions: atelier.site.questions.len(),
        },
    )
}

pub(crate) const FAQ: &str = "Questions et réponses";

fn faq(atelier: Atelier) -> Page {
    let description =
        "Toutes les questions du programme, par partie, chacune avec sa réponse en une phrase.";
    page(
        "faq/",
        "faq.html",
        &Faq {
            cadre: atelier.cadre(&place("faq/", FAQ, description)),
            sections: Vues::new(atelier, "../").sections(Vues::section_detaillee),
        },
    )
}

fn section_page(atelier: Atelier, section: &site::Section) -> Page {
    let chemin = format!("faq/{}/", section.cle);
    let mut place = place(&chemin, &section.titre, &section.description);
    place.fil = vec![(FAQ.to_owned(), "faq/".to_owned())];
    page(
        &chemin,
        "section.html",
        &PageSection {
            cadre: atelier.cadre(&place),
            section: Vues::new(atelier, "../../").section_detaillee(section),
        },
    )
}

/// The page of a question, whose neighbours are those of its rank.
pub(crate) fn question_page(atelier: Atelier, rank: usize, question: &site::Question) -> Page {
    let chemin = question.numero.adresse();
    let mut place = place(&chemin, &question.titre, &question.reponse_courte);
    place.fil = vec![(FAQ.to_owned(), "faq/".to_owned())];
    let sections = &atelier.site.reglages.sections;
    if let Some(section) = sections
        .iter()
        .find(|section| section.cle == question.section)
    {
        place
            .fil
            .push((section.titre.clone(), format!("faq/{}/", section.cle)));
    }
    let vues = Vues::new(atelier, "../../");
    let neighbour = |rank: Option<usize>| {
        rank.and_then(|rank| atelier.site.questions.get(rank))
            .map(|q| vues.lien_question(q))
    };
    let (corps_html, termes) = defined(&vues, &question.corps);
    let contexte = PageQuestion {
        cadre: atelier.cadre(&place),
        question: vues.question(question, corps_html),
        echeances: vues.echeances_of(question.numero),
        chapitres: guide::on_question(&vues, question.numero),
        precedente: neighbour(rank.checked_sub(1)),
        suivante: neighbour(rank.checked_add(1)),
    };
    page(&chemin, "question.html", &contexte)
        .modified(question.modifie)
        .defining(termes)
}

fn objectives(atelier: Atelier) -> Page {
    let description = "Les six objectifs du programme : ce que chacun demande, et les règles que le calculateur contrôle.";
    let vues = Vues::new(atelier, "../");
    let candidature = atelier
        .site
        .objectif("CAND")
        .map(|objectif| vues.etiquette(objectif));
    let Some(candidature) = candidature else {
        // Said by the checks already: the page is not rendered then.
        return page("objectifs/", "objectifs.html", &());
    };
    page(
        "objectifs/",
        "objectifs.html",
        &Objectifs {
            cadre: atelier.cadre(&place("objectifs/", OBJECTIFS, description)),
            objectifs: vues.groupes(),
            candidature,
        },
    )
}

/// The page of an objective.
pub(crate) fn objective_page(atelier: Atelier, objectif: &site::Objectif) -> Page {
    let chemin = format!("objectifs/{}/", slug_of_code(&objectif.code));
    let mut place = place(&chemin, &objectif.titre, &objectif.resume);
    place.fil = vec![("Objectifs".to_owned(), "objectifs/".to_owned())];
    let vues = Vues::new(atelier, "../../");
    let bears = |question: &&site::Question| {
        question
            .objectifs
            .iter()
            .any(|code| code.value == objectif.code)
    };
    let (corps_html, termes) = defined(&vues, &objectif.corps);
    let contexte = UnObjectif {
        cadre: atelier.cadre(&place),
        objectif: vues.objectif(objectif, corps_html),
        chapitres: guide::on_objective(&vues, &objectif.code),
        questions: atelier
            .site
            .questions
            .iter()
            .filter(bears)
            .map(|q| vues.lien_question(q))
            .collect(),
        echeances: vues.echeances_on(&objectif.code),
        exemples: links_to_examples(&vues, &objectif.code),
    };
    page(&chemin, "objectif.html", &contexte)
        .modified(objectif.modifie)
        .defining(termes)
}

fn deadlines(atelier: Atelier) -> Page {
    let description = "Toutes les dates du programme, tous ses seuils, et la question officielle d'où vient chacun.";
    let vues = Vues::new(atelier, "../");
    page(
        "echeances/",
        "echeances.html",
        &Echeances {
            cadre: atelier.cadre(&place("echeances/", ECHEANCES, description)),
            echeances: vues.echeances(),
            parametres: vues.seuils(),
        },
    )
}

fn offline_page(atelier: Atelier) -> Page {
    let description = "Une copie complète du site sur cet appareil, à votre demande, et le calculateur en un seul fichier.";
    let mut place = place("hors-ligne/", HORS_LIGNE, description);
    place.politique = Politique::HorsLigne;
    let cadre = atelier.cadre(&place);
    page("hors-ligne/", "hors-ligne.html", &HorsLigne { cadre })
}

fn print(atelier: Atelier) -> Page {
    let description = "Toutes les questions et leurs réponses sur une seule page, à imprimer ou à enregistrer en PDF.";
    let vues = Vues {
        imprime: true,
        ..Vues::new(atelier, "../")
    };
    let vues = &vues;
    let sections = atelier.site.reglages.sections.iter();
    let sections = sections.map(|section| SectionImprimee {
        section: vues.section(section),
        questions: Suite(move || {
            let questions = vues.questions_of(section);
            questions.map(move |question| printed(vues, question))
        }),
    });
    page(
        "imprimer/",
        "imprimer.html",
        &Imprimer {
            cadre: atelier.cadre(&place("imprimer/", IMPRIMER, description)),
            sections: sections.collect(),
        },
    )
    .long(atelier.site.questions.iter().map(length).sum())
}

/// About how many bytes of markup a question has on the printable page, or a few more.
fn length(question: &site::Question) -> usize {
    let texts = [&question.titre, &question.reponse_courte].map(String::len);
    1_000 + texts.iter().sum::<usize>() + question.corps.moule.len() * 9 / 8
}

fn printed(vues: &Vues, question: &site::Question) -> QuestionImprimee {
    let prefixe = format!("q-{}-", question.numero.slug());
    let vue = Vue {
        racine: "../",
        prefixe: &prefixe,
        decalage: 2,
        imprime: true,
    };
    vues.question_imprimee(question, &vue)
}

fn not_found(atelier: Atelier) -> Page {
    let place = place("", "Page introuvable", "Cette page n'existe pas.");
    let mut cadre = atelier.cadre_anywhere(&place);
    cadre.canonique = None;
    let navigation = atelier.navigation(&atelier.server_root(), None);
    Page {
        fichier: "404.html".to_owned(),
        racine: atelier.server_root(),
        ..page("", "404.html", &Introuvable { cadre, navigation })
    }
}
