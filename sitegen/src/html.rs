//! A text as markup: the one place of the generator that writes any.

use crate::cible::Cible;
use crate::markdown::{Texte, plain};
use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd, html};
use search::Passage;

/// How a page shows a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Vue<'a> {
    /// From the page to the root: `../../`.
    pub(crate) racine: &'a str,
    /// Put before every anchor, where several texts share a page.
    pub(crate) prefixe: &'a str,
    /// How many levels headings sink.
    pub(crate) decalage: u8,
    /// Every question stands on the page: links to them stay on it.
    pub(crate) imprime: bool,
}

impl<'a> Vue<'a> {
    /// A page of its own.
    pub(crate) fn page(racine: &'a str) -> Self {
        Self {
            racine,
            prefixe: "",
            decalage: 0,
            imprime: false,
        }
    }

    fn href(&self, cible: &Cible) -> String {
        match cible {
            Cible::Question(numero, anchor) if self.imprime => {
                let dash = if anchor.is_empty() { "" } else { "-" };
                format!("#q-{}{dash}{anchor}", numero.slug())
            }
            Cible::Ancre(anchor) => format!("#{}{anchor}", self.prefixe),
            Cible::Dehors(address) => address.clone(),
            inside => format!("{}{}", self.racine, inside.adresse()),
        }
    }
}

impl Texte {
    /// The whole text as markup.
    pub(crate) fn html(&self, vue: &Vue) -> String {
        let mut out = String::new();
        let mut tables = Tables::default();
        let events = self.evenements.iter().cloned();
        html::push_html(
            &mut out,
            events.flat_map(|event| tables.event(shown(event, vue))),
        );
        out
    }

    /// A text of one paragraph, without the paragraph.
    pub(crate) fn inline_html(&self, vue: &Vue) -> String {
        let inside = |event: &&Event| {
            !matches!(
                event,
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph)
            )
        };
        let events = self.evenements.iter().filter(inside).cloned();
        let mut out = String::new();
        html::push_html(&mut out, events.map(|event| shown(event, vue)));
        out
    }

    /// Plain text by heading, for the search.
    pub(crate) fn passages(&self) -> Vec<Passage> {
        let is_heading = |event: &Event| matches!(event, Event::Start(Tag::Heading { .. }));
        let mut starts: Vec<usize> = vec![0];
        starts.extend(
            (1..self.evenements.len())
                .filter(|at| self.evenements.get(*at).is_some_and(is_heading)),
        );
        let ends = starts
            .iter()
            .skip(1)
            .copied()
            .chain([self.evenements.len()]);
        let stretches = starts
            .iter()
            .zip(ends)
            .filter_map(|(start, end)| self.evenements.get(*start..end));
        stretches
            .map(passage)
            .filter(|p| !p.texte.is_empty())
            .collect()
    }
}

fn passage(events: &[Event]) -> Passage {
    let close = events
        .iter()
        .position(|event| matches!(event, Event::End(TagEnd::Heading(_))));
    match (events.first(), close) {
        (Some(Event::Start(Tag::Heading { id, .. })), Some(close)) => Passage {
            ancre: id.as_deref().unwrap_or_default().to_owned(),
            intertitre: plain(events.get(..close).unwrap_or_default()),
            texte: plain(events.get(close..).unwrap_or_default()),
        },
        _ => Passage {
            texte: plain(events),
            ..Passage::default()
        },
    }
}

/// The event as this page shows it.
fn shown<'e>(event: Event<'e>, vue: &Vue) -> Event<'e> {
    match event {
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => {
            let mail = link_type == LinkType::Email;
            let cible = if mail {
                None
            } else {
                Cible::parse(&dest_url).ok()
            };
            let dest_url = cible.map_or(dest_url, |cible| CowStr::from(vue.href(&cible)));
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            })
        }
        Event::Start(Tag::Heading {
            level,
            id,
            classes,
            attrs,
        }) => {
            let id = id.map(|id| CowStr::from(format!("{}{id}", vue.prefixe)));
            let level = sink(level, vue.decalage);
            Event::Start(Tag::Heading {
                level,
                id,
                classes,
                attrs,
            })
        }
        Event::End(TagEnd::Heading(level)) => {
            Event::End(TagEnd::Heading(sink(level, vue.decalage)))
        }
        other => other,
    }
}

fn sink(level: HeadingLevel, by: u8) -> HeadingLevel {
    HeadingLevel::try_from(usize::from(level as u8 + by)).unwrap_or(HeadingLevel::H6)
}

/// The renderer aligns cells with a `style` attribute, which the policy of the pages forbids: classes instead.
#[derive(Default)]
struct Tables {
    alignments: Vec<Alignment>,
    column: usize,
    head: bool,
}

impl Tables {
    fn event<'e>(&mut self, event: Event<'e>) -> Vec<Event<'e>> {
        match event {
            Event::Start(Tag::Table(alignments)) => {
                let none = vec![Alignment::None; alignments.len()];
                self.alignments = alignments;
                let open =
                    "<div class=\"tableau\" role=\"region\" aria-label=\"Tableau\" tabindex=\"0\">";
                vec![raw(open), Event::Start(Tag::Table(none))]
            }
            Event::End(TagEnd::Table) => vec![event, raw("</div>")],
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                self.column = 0;
                self.head = matches!(event, Event::Start(Tag::TableHead));
                vec![event]
            }
            Event::Start(Tag::TableCell) => {
                let class = self
                    .alignments
                    .get(self.column)
                    .copied()
                    .map_or("", class_of);
                self.column += 1;
                let open = if self.head {
                    "<th scope=\"col\""
                } else {
                    "<td"
                };
                vec![Event::InlineHtml(format!("{open}{class}>").into())]
            }
            Event::End(TagEnd::TableCell) => vec![Event::InlineHtml(
                if self.head { "</th>" } else { "</td>" }.into(),
            )],
            other => vec![other],
        }
    }
}

fn raw(markup: &'static str) -> Event<'static> {
    Event::Html(markup.into())
}

fn class_of(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::None => "",
        Alignment::Left => " class=\"aligne-gauche\"",
        Alignment::Center => " class=\"aligne-centre\"",
        Alignment::Right => " class=\"aligne-droite\"",
    }
}
