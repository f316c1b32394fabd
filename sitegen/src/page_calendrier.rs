//! The year planner: a row a month, a column a role.

use crate::cadre::Atelier;
use crate::calendrier::Tache;
use crate::context::{Calendrier, CaseCalendrier, Echeance, MoisCalendrier};
use crate::francais::MOIS;
use crate::head::PUBLICS;
use crate::html::Vue;
use crate::pages::{Page, page, place};
use crate::typographie::typographie;
use crate::vues::Vues;
use chrono::{Datelike, Months, NaiveDate};
use std::collections::BTreeSet;

/// Title of the planner.
pub(crate) const CALENDRIER: &str = "Calendrier : qui fait quoi, avant quand";

/// `guide/calendrier/`.
pub(crate) fn calendar_page(atelier: Atelier) -> Page {
    let chemin = "guide/calendrier/";
    let description = "Mois par mois, ce que font le référent, la DSI, le RSSI, la DAF et la direction, avec les dates du programme : deux pages à imprimer et à afficher.";
    let mut place = place(chemin, CALENDRIER, description);
    if atelier.site.has_guide() {
        place.fil = vec![("Guide".to_owned(), "guide/".to_owned())];
    }
    let vues = Vues::new(atelier, "../../");
    let months = months(atelier);
    let half = months.len().div_ceil(2);
    let echeances = vues.echeances();
    let rows = months.iter().map(|month| row(&vues, &echeances, *month));
    let mut pages: Vec<Vec<MoisCalendrier>> = vec![Vec::new(), Vec::new()];
    for (rank, month) in rows.enumerate() {
        if let Some(sheet) = pages.get_mut(usize::from(rank >= half)) {
            sheet.push(month);
        }
    }
    let roles = PUBLICS.iter().map(|(_, words)| (*words).to_owned());
    let contexte = Calendrier {
        cadre: atelier.cadre(&place),
        roles: roles.collect(),
        feuilles: pages,
    };
    page(chemin, "calendrier.html", &contexte)
}

/// Every month from the publication to the declaration, then those that have a task.
fn months(atelier: Atelier) -> BTreeSet<NaiveDate> {
    let programme = &atelier.site.programme;
    let mut months: BTreeSet<NaiveDate> = atelier.site.taches.iter().map(|t| t.mois).collect();
    let first = |cle| {
        programme
            .date(cle)
            .and_then(|day: NaiveDate| day.with_day(1))
    };
    let bounds = first("arrete_publication").zip(first("declaration_limite"));
    if let Some((from, to)) = bounds {
        let follow = |month: &NaiveDate| month.checked_add_months(Months::new(1));
        let all = std::iter::successors(Some(from), follow);
        months.extend(all.take_while(|month| *month <= to));
    }
    months
}

fn row(vues: &Vues, echeances: &[Echeance], month: NaiveDate) -> MoisCalendrier {
    let key = month.to_string().chars().take(7).collect::<String>();
    let name = MOIS.get(month.month0() as usize).copied().unwrap_or("");
    let falls = |echeance: &&Echeance| echeance.date.iso.starts_with(key.as_str());
    let cell = |role: &(&str, &str)| CaseCalendrier {
        role: role.1.to_owned(),
        taches_html: tasks(vues, month, role.0).collect(),
    };
    MoisCalendrier {
        cle: key.clone(),
        nom: typographie(&format!("{name} {}", month.year()), None),
        echeances: echeances.iter().filter(falls).cloned().collect(),
        cases: PUBLICS.iter().map(cell).collect(),
    }
}

fn tasks<'v>(vues: &'v Vues, month: NaiveDate, role: &'v str) -> impl Iterator<Item = String> {
    let vue = Vue::page(vues.racine);
    let own = vues.atelier.site.taches.iter();
    let own = own.filter(move |tache: &&Tache| tache.mois == month && tache.role == role);
    own.map(move |tache| tache.texte.inline_html(&vue))
}
