//! The page of one edited text, made without the rest of the site: what `serve` shows until the whole is built anew.
//!
//! Anything doubtful makes no page: the whole build tells what is wrong, and the last good site stays.

use crate::build::Kept;
use crate::check;
use crate::diagnostic::Faults;
use crate::page_libre::free_page;
use crate::pages::{Page, objective_page, question_page};
use crate::read::Context;
use crate::source::Source;
use std::sync::Arc;

/// File and markup of the page of a text of the content, which stands at `inside` there; the page must exist already.
pub(crate) fn preview(kept: &Kept, source: &Arc<Source>, inside: &str) -> Option<(String, String)> {
    let mut faults = Faults::default();
    let page = page_of(kept, source, inside, &mut faults)?;
    if faults.has_errors() {
        return None;
    }
    let mut made = None;
    kept.templates.render(page, &kept.communs, |file, html| {
        made = Some((file.to_owned(), String::from_utf8_lossy(html).into_owned()));
    });
    made
}

fn page_of(kept: &Kept, source: &Arc<Source>, inside: &str, faults: &mut Faults) -> Option<Page> {
    let (site, atelier) = (&kept.site, kept.atelier());
    let context = Context {
        programme: &site.programme,
        reglages: &site.reglages,
    };
    let (folder, _) = inside.split_once('/')?;
    match folder {
        "faq" => {
            let question = context.question(source, faults)?;
            let same = |known: &crate::site::Question| known.source.path == source.path;
            let rank = site.questions.iter().position(same)?;
            check::question(site, &question, faults);
            let known = site.questions.get(rank)?;
            (known.numero == question.numero).then(|| question_page(atelier, rank, &question))
        }
        "objectifs" => {
            let objectif = context.objectif(source, faults)?;
            check::objective(site, &objectif, faults);
            let known = site.objectif(&objectif.code)?;
            (known.source.path == source.path).then(|| objective_page(atelier, &objectif))
        }
        "pages" | "guide" => {
            let folder = if folder == "guide" { "guide/" } else { "" };
            let page = context.page(source, folder, faults)?;
            check::page(site, &page, faults);
            let same = |known: &crate::site::PageLibre| known.source.path == source.path;
            site.pages.iter().find(|known| same(known))?;
            Some(free_page(atelier, &page))
        }
        _ => None,
    }
}
