//! A text as markup: the one place of the generator that writes any.

use crate::cible::Cible;
use crate::markdown::Texte;
use memchr::memchr;
use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Tag, TagEnd, html};

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

    /// Writes what this page sets into a hole.
    fn fill(&self, hole: &str, out: &mut String) {
        match hole.split_at_checked(1) {
            Some(("R", _)) => out.push_str(self.racine),
            Some(("Q", ways)) => {
                let (printed, own) = ways.split_once(OR).unwrap_or_default();
                out.push_str(if self.imprime { printed } else { self.racine });
                out.push_str(if self.imprime { "" } else { own });
            }
            Some(("H", level)) => {
                let level = level.parse().unwrap_or(6) + self.decalage;
                out.extend(['h', char::from(b'0' + level.min(6))]);
            }
            _ => out.push_str(self.prefixe),
        }
    }
}

/// Around what each page sets in its own way. No text holds that character.
const HOLE: char = '\0';

/// Between the two addresses of a question.
const OR: char = '\t';

/// The markup of a text, made once, with holes for what each page sets: the way to the root (`R`), the address of a
/// question (`Q`, where it is printed with the others, and from the root), the rank of a heading (`H` and its digit),
/// what stands before an anchor (`P`).
#[derive(Debug, Clone, Default)]
pub(crate) struct Moule(Box<str>);

impl Moule {
    /// The markup of these events of a text, which is written in the room given first.
    pub(crate) fn new<'e>(
        events: impl Iterator<Item = Event<'e>>,
        texte: &str,
        room: &mut String,
    ) -> Self {
        room.clear();
        let shown = Shown {
            events,
            tables: Tables::default(),
            next: None,
            holes: memchr(HOLE as u8, texte.as_bytes()).is_some(),
        };
        html::push_html(room, shown);
        Self(room.as_str().into())
    }

    /// How long it is, in bytes.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing to show.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn html(&self, vue: &Vue) -> String {
        let mut out = String::with_capacity(self.0.len() + self.0.len() / 4);
        let mut rest: &str = &self.0;
        while let Some(at) = memchr(HOLE as u8, rest.as_bytes()) {
            out.push_str(rest.get(..at).unwrap_or_default());
            rest = rest.get(at + 1..).unwrap_or_default();
            let end = memchr(HOLE as u8, rest.as_bytes()).unwrap_or(rest.len());
            vue.fill(rest.get(..end).unwrap_or_default(), &mut out);
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        out.push_str(rest);
        out
    }
}

impl Texte {
    /// The whole text as markup.
    pub(crate) fn html(&self, vue: &Vue) -> String {
        self.moule.html(vue)
    }

    /// A text of one paragraph, without the paragraph.
    pub(crate) fn inline_html(&self, vue: &Vue) -> String {
        self.html(vue).replace("<p>", "").replace("</p>\n", "")
    }
}

/// The beginning of a link that depends on the page; none where it leads elsewhere.
pub(crate) fn link<'e>(cible: &Cible) -> Option<Event<'e>> {
    let safe = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;");
    let event = match cible {
        Cible::Dehors(_) => return None,
        Cible::Question(numero, anchor) => {
            let dash = if anchor.is_empty() { "" } else { "-" };
            let (slug, own) = (numero.slug(), safe(&cible.adresse()));
            let printed = ["#q-", &slug, dash, &safe(anchor)].concat();
            markup(&["<a href=\"\0Q", &printed, "\t", &own, "\0\">"])
        }
        Cible::Ancre(anchor) => markup(&["<a href=\"#\0P\0", &safe(anchor), "\">"]),
        inside => markup(&["<a href=\"\0R\0", &safe(&inside.adresse()), "\">"]),
    };
    Some(event)
}

/// The event, with holes.
fn holed(event: Event) -> Event {
    match event {
        Event::Start(Tag::Heading { level, id, .. }) => {
            let id = id.as_deref().unwrap_or_default();
            markup(&["<\0H", rank(level), "\0 id=\"\0P\0", id, "\">"])
        }
        Event::End(TagEnd::Heading(level)) => markup(&["</\0H", rank(level), "\0>\n"]),
        other => other,
    }
}

fn markup<'e>(parts: &[&str]) -> Event<'e> {
    Event::InlineHtml(parts.concat().into())
}

fn rank(level: HeadingLevel) -> &'static str {
    let ranks = ["1", "2", "3", "4", "5", "6"];
    ranks.get(level as usize - 1).copied().unwrap_or_default()
}

/// The event without the mark of holes.
fn whole(event: Event) -> Event {
    let whole = |text: CowStr| text.replace(HOLE, "\u{fffd}").into();
    match event {
        Event::Text(text) => Event::Text(whole(text)),
        Event::Code(text) => Event::Code(whole(text)),
        other => other,
    }
}

/// The renderer aligns cells with a `style` attribute, which the policy of the pages forbids: classes instead.
#[derive(Default)]
struct Tables {
    alignments: Vec<Alignment>,
    column: usize,
    head: bool,
}

/// Events as they are rendered.
struct Shown<'e, I> {
    events: I,
    tables: Tables,
    /// What the last one asks for after it.
    next: Option<Event<'e>>,
    /// Whether the text itself has the mark of holes.
    holes: bool,
}

impl<'e, I: Iterator<Item = Event<'e>>> Iterator for Shown<'e, I> {
    type Item = Event<'e>;

    fn next(&mut self) -> Option<Event<'e>> {
        if let Some(next) = self.next.take() {
            return Some(next);
        }
        let mut event = self.events.next()?;
        if self.holes {
            event = whole(event);
        }
        let (event, next) = self.tables.pair(holed(event));
        self.next = next;
        Some(event)
    }
}

impl Tables {
    fn pair<'e>(&mut self, event: Event<'e>) -> (Event<'e>, Option<Event<'e>>) {
        match event {
            Event::Start(Tag::Table(alignments)) => {
                let none = vec![Alignment::None; alignments.len()];
                self.alignments = alignments;
                let open =
                    "<div class=\"tableau\" role=\"region\" aria-label=\"Tableau\" tabindex=\"0\">";
                (raw(open), Some(Event::Start(Tag::Table(none))))
            }
            Event::End(TagEnd::Table) => (event, Some(raw("</div>\n"))),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                self.column = 0;
                self.head = matches!(event, Event::Start(Tag::TableHead));
                (event, None)
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
                (markup(&[open, class, ">"]), None)
            }
            Event::End(TagEnd::TableCell) => {
                let close = if self.head { "</th>" } else { "</td>" };
                (Event::InlineHtml(close.into()), None)
            }
            other => (other, None),
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
