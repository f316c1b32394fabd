//! The page of what is new.

use crate::cadre::{Atelier, affichee};
use crate::context::{EntreeNouveaute, JourNouveautes, Lien, LienQuestion, Nouveautes};
use crate::html::Vue;
use crate::nouveautes::{Journee, Nouveaute, compte, journees};
use crate::pages::{Page, page, place};
use crate::typographie::typographie;
use crate::vues::Vues;
use chrono::NaiveDate;

/// Title of the page.
pub(crate) const TITRE: &str = "Nouveautés";
/// Address of the page.
pub(crate) const ADRESSE: &str = "nouveautes/";

/// Every day on which something is new, latest first.
pub(crate) fn news_page(atelier: Atelier) -> Page {
    let description = "Ce qui a changé sur le site et dans le texte officiel, jour par jour.";
    let vues = Vues::new(atelier, "../");
    let days = journees(atelier.site);
    let last = days.first().map(|(date, _)| *date);
    let jours = days.iter().map(|(date, day)| jour(&vues, *date, day));
    let contexte = Nouveautes {
        cadre: atelier.cadre(&place(ADRESSE, TITRE, description)),
        flux_href: vues.href("atom.xml"),
        jours: jours.collect(),
    };
    Page {
        modifie: last,
        ..page(ADRESSE, "nouveautes.html", &contexte)
    }
}

fn jour(vues: &Vues, date: NaiveDate, jour: &Journee) -> JourNouveautes {
    let questions = jour.questions.iter();
    let pages = jour.pages.iter();
    let changed = !jour.questions.is_empty() || !jour.pages.is_empty();
    JourNouveautes {
        date: affichee(date),
        ancre: format!("jour-{date}"),
        entrees: jour.entrees.iter().map(|entry| entree(entry)).collect(),
        compte: changed.then(|| typographie(&compte(jour), None)),
        questions: questions
            .map(|(numero, titre, adresse)| LienQuestion {
                numero: numero.clone(),
                titre: (*titre).to_owned(),
                href: vues.href(adresse),
                reponse_courte: String::new(),
            })
            .collect(),
        pages: pages
            .map(|(titre, adresse)| Lien {
                titre: (*titre).to_owned(),
                href: vues.href(adresse),
            })
            .collect(),
    }
}

fn entree(nouveaute: &Nouveaute) -> EntreeNouveaute {
    let prefixe = format!("{}-", nouveaute.ancre);
    let vue = Vue {
        racine: "../",
        prefixe: &prefixe,
        decalage: 2,
        imprime: false,
    };
    EntreeNouveaute {
        ancre: nouveaute.ancre.clone(),
        titre: nouveaute.titre.clone(),
        corps_html: nouveaute.corps.html(&vue),
    }
}
