//! What is new: the entries of `content/nouveautes/`, and the pages by the day of their last change.

use crate::markdown::Texte;
use crate::site::Site;
use crate::source::Source;
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An entry of `content/nouveautes/`.
#[derive(Debug)]
pub(crate) struct Nouveaute {
    /// Its file.
    pub(crate) source: Arc<Source>,
    /// Its anchor on the page: the name of its file.
    pub(crate) ancre: String,
    /// Its title.
    pub(crate) titre: String,
    /// Its day.
    pub(crate) date: NaiveDate,
    /// Its text.
    pub(crate) corps: Texte,
}

/// A page that changed last on some day: title and address from the root.
pub(crate) type PageModifiee<'a> = (&'a str, String);

/// A day on which something is new.
#[derive(Debug, Default)]
pub(crate) struct Journee<'a> {
    /// What the editors said of it.
    pub(crate) entrees: Vec<&'a Nouveaute>,
    /// Questions that changed last on that day: number, title, address.
    pub(crate) questions: Vec<(String, &'a str, String)>,
    /// Pages of objectives, guide and others, likewise.
    pub(crate) pages: Vec<PageModifiee<'a>>,
}

/// The days, latest first.
pub(crate) fn journees(site: &Site) -> Vec<(NaiveDate, Journee<'_>)> {
    let mut days: BTreeMap<Reverse<NaiveDate>, Journee> = BTreeMap::new();
    for entry in &site.nouveautes {
        days.entry(Reverse(entry.date))
            .or_default()
            .entrees
            .push(entry);
    }
    for question in &site.questions {
        let line = (
            question.numero.to_string(),
            question.titre.as_str(),
            question.numero.adresse(),
        );
        days.entry(Reverse(question.modifie))
            .or_default()
            .questions
            .push(line);
    }
    for objectif in &site.objectifs {
        let address = format!("objectifs/{}/", crate::cible::slug_of_code(&objectif.code));
        let day = days.entry(Reverse(objectif.modifie)).or_default();
        day.pages.push((&objectif.titre, address));
    }
    for page in &site.pages {
        let day = days.entry(Reverse(page.modifie)).or_default();
        day.pages.push((&page.titre, page.adresse.clone()));
    }
    days.into_iter()
        .map(|(Reverse(date), day)| (date, day))
        .collect()
}

/// `3 réponses et 1 autre page modifiées`
pub(crate) fn compte(jour: &Journee) -> String {
    let several = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    let answers = several(jour.questions.len(), "réponse", "réponses");
    let pages = if answers.is_some() {
        several(jour.pages.len(), "autre page", "autres pages")
    } else {
        several(jour.pages.len(), "page", "pages")
    };
    let total = jour.questions.len() + jour.pages.len();
    let said: Vec<String> = [answers, pages].into_iter().flatten().collect();
    let ending = if total > 1 { "modifiées" } else { "modifiée" };
    format!("{} {ending}", said.join(" et "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_counted_in_french() {
        for (answers, pages, expected) in [
            (1, 0, "1 réponse modifiée"),
            (0, 1, "1 page modifiée"),
            (67, 26, "67 réponses et 26 autres pages modifiées"),
            (1, 1, "1 réponse et 1 autre page modifiées"),
        ] {
            let day = Journee {
                entrees: Vec::new(),
                questions: vec![(String::new(), "", String::new()); answers],
                pages: vec![("", String::new()); pages],
            };
            assert_eq!(compte(&day), expected);
        }
    }
}
