//! Markdown to a checked text: links understood, headings anchored, French typography set.
//!
//! A text is read once and shown on several pages (its own, the printable one): addresses are made relative then.

mod mots;

use crate::cible::Cible;
use crate::diagnostic::{Diagnostic, Faults};
use crate::html::{self, Moule};
use crate::source::Source;
use crate::typographie::change;
use mots::{Mots, Passages};
use pulldown_cmark::{
    CowStr, Event, HeadingLevel, LinkType, OffsetIter, Options, Parser, Tag, TagEnd,
};
use search::Passage;
use std::cell::Cell;
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

/// A heading of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Titre {
    /// 2 for `##`.
    pub(crate) niveau: u8,
    /// Its anchor, unique in the text.
    pub(crate) ancre: String,
    /// Plain text.
    pub(crate) texte: String,
}

/// A link of a text and its bytes in the file.
#[derive(Debug, Clone)]
pub(crate) struct Lien {
    /// Where it leads.
    pub(crate) cible: Cible,
    /// Where it stands.
    pub(crate) span: Range<usize>,
}

/// A text, read and checked but for what its links lead to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texte {
    /// Its markup, but for what each page sets; typography set.
    pub(crate) moule: Moule,
    /// Its words by heading, for the search.
    pub(crate) passages: Vec<Passage>,
    /// Its headings, in order.
    pub(crate) titres: Vec<Titre>,
    /// Its links, in order.
    pub(crate) liens: Vec<Lien>,
}

impl Texte {
    /// All its words, headings included.
    pub(crate) fn mots(&self) -> String {
        let passages = self.passages.iter();
        let all: Vec<&str> = passages
            .flat_map(|passage| [passage.intertitre.as_str(), passage.texte.as_str()])
            .filter(|words| !words.is_empty())
            .collect();
        all.join(" ")
    }
}

/// The Markdown to read: its text, and where each stretch of it stands in the file.
pub(crate) struct Markdown<'a> {
    /// The file, for diagnostics.
    pub(crate) source: &'a Arc<Source>,
    /// The text, parameters filled in.
    pub(crate) texte: &'a str,
    /// From bytes of the text to bytes of the file.
    pub(crate) place: &'a dyn Fn(&Range<usize>) -> Range<usize>,
}

thread_local! {
    /// Where a thread writes its texts, one after the other: markup, and words.
    static ROOM: Cell<(String, String)> = const { Cell::new((String::new(), String::new())) };
}

/// Reads a text; everything that it may not hold is a fault.
pub(crate) fn read(markdown: &Markdown, faults: &mut Faults) -> Texte {
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let (mut html, mots) = ROOM.take();
    let mut reader = Reader {
        markdown,
        faults,
        parser: Parser::new_ext(markdown.texte, options).into_offset_iter(),
        ahead: None,
        heading: VecDeque::new(),
        texte: Texte::default(),
        passages: Passages::new(mots),
        before: None,
        set: String::new(),
        verbatim: false,
    };
    let moule = Moule::new(&mut reader, markdown.texte, &mut html);
    let (passages, mots) = reader.passages.finish();
    let mut texte = Texte {
        moule,
        passages,
        ..reader.texte
    };
    ROOM.set((html, mots));
    // A site keeps thousands of texts.
    texte.passages.shrink_to_fit();
    texte.titres.shrink_to_fit();
    texte.liens.shrink_to_fit();
    texte
}

/// The events of a text, checked, anchored and set, while its words, headings and links are noted.
struct Reader<'a, 'f> {
    markdown: &'a Markdown<'a>,
    faults: &'f mut Faults,
    parser: OffsetIter<'a>,
    /// What the parser gave after a text.
    ahead: Option<(Event<'a>, Range<usize>)>,
    /// What is left to give of a heading, whose anchor its own words make.
    heading: VecDeque<Event<'a>>,
    texte: Texte,
    passages: Passages,
    /// What stands before, in the same paragraph.
    before: Option<char>,
    /// Where typography is set.
    set: String,
    /// Inside a code block.
    verbatim: bool,
}

impl<'a> Iterator for Reader<'a, '_> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        if let Some(event) = self.heading.pop_front() {
            return Some(event);
        }
        loop {
            let (event, span) = self.pull()?;
            if let Some(event) = self.event(event, &span) {
                self.passages.add(&event);
                return Some(event);
            }
        }
    }
}

impl<'a> Reader<'a, '_> {
    fn fault(&mut self, span: &Range<usize>, fault: Diagnostic) {
        let place = (self.markdown.place)(span);
        self.faults.push(fault.at(self.markdown.source, place));
    }

    /// The next event of the parser.
    fn pull(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        self.ahead.take().or_else(|| self.parser.next())
    }

    /// The event as it is shown, if it is.
    fn event(&mut self, event: Event<'a>, span: &Range<usize>) -> Option<Event<'a>> {
        match event {
            Event::Text(text) => return Some(self.text(text)),
            Event::Code(ref code) => self.before = code.chars().next_back(),
            Event::Html(_) | Event::InlineHtml(_) => {
                let fault = Diagnostic::error("du HTML dans un texte").label("HTML");
                self.fault(
                    span,
                    fault.hint("écrivez en Markdown ; le HTML se tient dans www/templates"),
                );
                return None;
            }
            Event::Start(tag) => return self.start(tag, span),
            Event::End(TagEnd::HtmlBlock | TagEnd::Image) => return None,
            Event::End(tag) => self.verbatim &= tag != TagEnd::CodeBlock,
            _ => self.before = None,
        }
        Some(event)
    }

    /// A text with those that the parser gives right after it, typography set.
    fn text(&mut self, mut text: CowStr<'a>) -> Event<'a> {
        while let Some(next) = self.pull() {
            let (Event::Text(more), _) = next else {
                self.ahead = Some(next);
                break;
            };
            text = (text.into_string() + &more).into();
        }
        if !self.verbatim {
            self.set.clear();
            if change(&text, self.before, &mut self.set) {
                text = CowStr::Boxed(self.set.as_str().into());
            }
            self.before = text.chars().next_back();
        }
        Event::Text(text)
    }

    fn start(&mut self, tag: Tag<'a>, span: &Range<usize>) -> Option<Event<'a>> {
        match &tag {
            Tag::Emphasis | Tag::Strong => {}
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                let inside = self.link(*link_type, dest_url, span);
                self.no_title(title, span);
                if inside.is_some() {
                    return inside;
                }
            }
            Tag::Image { .. } => {
                let fault = Diagnostic::error("une image dans un texte");
                self.fault(
                    span,
                    fault.hint("les textes n'ont pas d'images : décrivez-la, ou donnez un lien"),
                );
                return None;
            }
            Tag::Heading { .. } => return Some(Event::Start(self.heading(tag, span))),
            Tag::CodeBlock(_) => self.verbatim = true,
            _ => self.before = None,
        }
        (!matches!(tag, Tag::HtmlBlock)).then_some(Event::Start(tag))
    }

    fn no_title(&mut self, title: &str, span: &Range<usize>) {
        if !title.is_empty() {
            self.fault(
                span,
                Diagnostic::error("un lien n'a pas de titre entre guillemets"),
            );
        }
    }

    /// Notes a link; one inside the site is shown as its page wants it.
    fn link(&mut self, kind: LinkType, address: &str, span: &Range<usize>) -> Option<Event<'a>> {
        let mail = (kind == LinkType::Email).then(|| format!("mailto:{address}"));
        match Cible::parse(mail.as_deref().unwrap_or(address)) {
            Ok(cible) => {
                let span = (self.markdown.place)(span);
                let inside = html::link(&cible);
                self.texte.liens.push(Lien { cible, span });
                inside
            }
            Err(message) => {
                let fault = Diagnostic::error(message);
                self.fault(span, fault.hint("sont admis : faq:3.9, objectif:D1.O2.A, regle:D1.O2.A/…, page:…, fichier:…, echeance:…, #ancre, https://… et une adresse électronique"));
                None
            }
        }
    }

    /// Reads a heading to its end; what it holds follows its beginning.
    fn heading(&mut self, mut tag: Tag<'a>, span: &Range<usize>) -> Tag<'a> {
        self.before = None;
        self.check_heading(&tag, span);
        let mut end = span.clone();
        while let Some((event, span)) = self.pull() {
            let closed = matches!(event, Event::End(TagEnd::Heading(_)));
            let event = self.event(event, &span);
            self.heading.extend(event);
            if closed {
                end = span;
                break;
            }
        }
        if let Tag::Heading { level, id, .. } = &mut tag {
            let titre = self.titre(*level, id.as_deref(), &end);
            *id = Some(titre.ancre.clone().into());
            self.passages.open(&titre);
            self.texte.titres.push(titre);
        }
        tag
    }

    fn check_heading(&mut self, tag: &Tag, span: &Range<usize>) {
        let Tag::Heading {
            level,
            classes,
            attrs,
            ..
        } = tag
        else {
            return;
        };
        if *level == HeadingLevel::H1 {
            let fault = Diagnostic::error("un titre de premier niveau dans un texte");
            self.fault(
                span,
                fault.hint("le titre de la page est dans l'en-tête : commencez à `##`"),
            );
        }
        if !classes.is_empty() || !attrs.is_empty() {
            self.fault(
                span,
                Diagnostic::error("un titre n'a d'autre attribut que son ancre `{#ancre}`"),
            );
        }
    }

    /// The heading that was read, under the anchor given or that of its words.
    fn titre(&mut self, level: HeadingLevel, id: Option<&str>, span: &Range<usize>) -> Titre {
        let mut mots = Mots::default();
        self.heading.iter().for_each(|event| mots.add(event));
        let texte = mots.take();
        let ancre = match id {
            Some(ancre) => {
                self.check_anchor(ancre, span);
                ancre.to_owned()
            }
            None => self.free_anchor(&slug(&texte)),
        };
        Titre {
            niveau: level as u8,
            ancre,
            texte,
        }
    }

    fn is_taken(&self, ancre: &str) -> bool {
        self.texte.titres.iter().any(|titre| titre.ancre == ancre)
    }

    fn check_anchor(&mut self, ancre: &str, span: &Range<usize>) {
        if self.is_taken(ancre) {
            self.fault(
                span,
                Diagnostic::error(format!("l'ancre « {ancre} » sert deux fois")),
            );
        } else if slug(ancre) != ancre {
            let fault = Diagnostic::error(format!("« {ancre} » ne peut pas être une ancre"));
            self.fault(span, fault.hint(format!("par exemple « {} »", slug(ancre))));
        }
    }

    fn free_anchor(&self, ancre: &str) -> String {
        let base = if ancre.is_empty() { "titre" } else { ancre };
        let numbered = (2..).map(|n| format!("{base}-{n}"));
        let mut candidates = std::iter::once(base.to_owned()).chain(numbered);
        candidates
            .find(|candidate| !self.is_taken(candidate))
            .unwrap_or_default()
    }
}

/// `Couverture des entités` is `couverture-des-entites`.
pub(crate) fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            push_slug(c.to_ascii_lowercase(), &mut out);
        } else {
            c.to_lowercase().for_each(|c| push_slug(c, &mut out));
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

fn push_slug(c: char, out: &mut String) {
    match c {
        'a'..='z' | '0'..='9' => out.push(c),
        'à' | 'â' | 'ä' => out.push('a'),
        'é' | 'è' | 'ê' | 'ë' => out.push('e'),
        'î' | 'ï' => out.push('i'),
        'ô' | 'ö' => out.push('o'),
        'ù' | 'û' | 'ü' => out.push('u'),
        'ç' => out.push('c'),
        'œ' => out.push_str("oe"),
        _ if out.ends_with('-') || out.is_empty() => {}
        _ => out.push('-'),
    }
}

#[cfg(test)]
pub(crate) mod tests;
