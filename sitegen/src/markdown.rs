//! Markdown to a checked text: links understood, headings anchored, French typography set.
//!
//! A text is read once and shown on several pages (its own, the printable one): addresses are made relative then.

use crate::cible::Cible;
use crate::diagnostic::{Diagnostic, Faults};
use crate::html::{Moule, passages};
use crate::source::Source;
use crate::typographie::typographie;
use pulldown_cmark::{
    CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};
use search::Passage;
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

/// Reads a text; everything that it may not hold is a fault.
pub(crate) fn read(markdown: &Markdown, faults: &mut Faults) -> Texte {
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let parser = Parser::new_ext(markdown.texte, options).into_offset_iter();
    let mut reader = Reader {
        markdown,
        faults,
        texte: Texte::default(),
        events: Vec::with_capacity(markdown.texte.len() / BYTES),
        before: None,
        verbatim: false,
        heading: None,
    };
    for (event, span) in TextMergeWithOffset::new(parser) {
        reader.event(event, &span);
    }
    let mut texte = Texte {
        passages: passages(&reader.events),
        moule: Moule::new(reader.events),
        ..reader.texte
    };
    // A site keeps thousands of texts.
    texte.passages.shrink_to_fit();
    texte.titres.shrink_to_fit();
    texte.liens.shrink_to_fit();
    texte
}

/// Few texts have an event in fewer bytes.
const BYTES: usize = 24;

struct Reader<'a, 'f> {
    markdown: &'a Markdown<'a>,
    faults: &'f mut Faults,
    texte: Texte,
    /// Events of the parser, typography set.
    events: Vec<Event<'a>>,
    /// What stands before, in the same paragraph.
    before: Option<char>,
    /// Inside a code block.
    verbatim: bool,
    /// The heading being read: place of its start among the events.
    heading: Option<usize>,
}

impl<'a> Reader<'a, '_> {
    fn fault(&mut self, span: &Range<usize>, fault: Diagnostic) {
        let place = (self.markdown.place)(span);
        self.faults.push(fault.at(self.markdown.source, place));
    }

    fn push(&mut self, event: Event<'a>) {
        self.events.push(event);
    }

    fn event(&mut self, event: Event<'a>, span: &Range<usize>) {
        match event {
            Event::Text(_) if self.verbatim => self.push(event),
            Event::Text(text) => {
                let set = typographie(&text, self.before);
                self.before = set.chars().next_back();
                self.push(Event::Text(set.into()));
            }
            Event::Code(code) => {
                self.before = code.chars().next_back();
                self.push(Event::Code(code));
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                let fault = Diagnostic::error("du HTML dans un texte").label("HTML");
                self.fault(
                    span,
                    fault.hint("écrivez en Markdown ; le HTML se tient dans www/templates"),
                );
            }
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            other => {
                self.before = None;
                self.push(other);
            }
        }
    }

    fn start(&mut self, tag: Tag<'a>, span: &Range<usize>) {
        match &tag {
            Tag::Emphasis | Tag::Strong => {}
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                self.link(*link_type, dest_url, span);
                self.no_title(title, span);
            }
            Tag::Image { .. } => {
                let fault = Diagnostic::error("une image dans un texte");
                self.fault(
                    span,
                    fault.hint("les textes n'ont pas d'images : décrivez-la, ou donnez un lien"),
                );
            }
            Tag::Heading {
                level,
                classes,
                attrs,
                ..
            } => {
                self.before = None;
                self.heading = Some(self.events.len());
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
            Tag::CodeBlock(_) => self.verbatim = true,
            _ => self.before = None,
        }
        if !matches!(tag, Tag::HtmlBlock | Tag::Image { .. }) {
            self.push(Event::Start(tag));
        }
    }

    fn no_title(&mut self, title: &str, span: &Range<usize>) {
        if !title.is_empty() {
            self.fault(
                span,
                Diagnostic::error("un lien n'a pas de titre entre guillemets"),
            );
        }
    }

    fn link(&mut self, kind: LinkType, address: &str, span: &Range<usize>) {
        let mail = (kind == LinkType::Email).then(|| format!("mailto:{address}"));
        match Cible::parse(mail.as_deref().unwrap_or(address)) {
            Ok(cible) => {
                let span = (self.markdown.place)(span);
                self.texte.liens.push(Lien { cible, span });
            }
            Err(message) => {
                let fault = Diagnostic::error(message);
                self.fault(span, fault.hint("sont admis : faq:3.9, objectif:D1.O2.A, regle:D1.O2.A/…, page:…, fichier:…, echeance:…, #ancre, https://… et une adresse électronique"));
            }
        }
    }

    fn end(&mut self, tag: TagEnd, span: &Range<usize>) {
        match tag {
            TagEnd::Heading(level) => self.close_heading(level, span),
            TagEnd::CodeBlock => self.verbatim = false,
            _ => {}
        }
        if !matches!(tag, TagEnd::HtmlBlock | TagEnd::Image) {
            self.push(Event::End(tag));
        }
    }

    fn close_heading(&mut self, level: HeadingLevel, span: &Range<usize>) {
        let Some(start) = self.heading.take() else {
            return;
        };
        let texte = plain(self.events.get(start..).unwrap_or_default());
        let given = match self.events.get(start) {
            Some(Event::Start(Tag::Heading { id, .. })) => id.as_ref().map(ToString::to_string),
            _ => None,
        };
        let ancre = match given {
            Some(ancre) => {
                self.check_anchor(&ancre, span);
                ancre
            }
            None => self.free_anchor(&slug(&texte)),
        };
        if let Some(Event::Start(Tag::Heading { id, .. })) = self.events.get_mut(start) {
            *id = Some(CowStr::from(ancre.clone()));
        }
        self.texte.titres.push(Titre {
            niveau: level as u8,
            ancre,
            texte,
        });
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

/// The words of some events.
pub(crate) fn plain(events: &[Event]) -> String {
    let mut out = String::new();
    for event in events {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(text),
            // An item inside an item follows its words without a paragraph between.
            Event::Start(Tag::Item) if out.ends_with(|c: char| !c.is_whitespace()) => out.push(' '),
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(TagEnd::Item | TagEnd::Paragraph | TagEnd::TableCell) => out.push(' '),
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// `Couverture des entités` is `couverture-des-entites`.
pub(crate) fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
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
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
pub(crate) mod tests;
