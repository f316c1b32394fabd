//! The words of a text, noted while its events go by.

use super::Titre;
use pulldown_cmark::{Event, Tag, TagEnd};
use search::Passage;

/// The words of some events.
#[derive(Debug, Default)]
pub(super) struct Mots(String);

impl Mots {
    /// Adds those of the next event.
    pub(super) fn add(&mut self, event: &Event) {
        match event {
            Event::Text(text) | Event::Code(text) => self.0.push_str(text),
            // An item inside an item follows its words without a paragraph between.
            Event::Start(Tag::Item) if self.0.ends_with(|c: char| !c.is_whitespace()) => {
                self.0.push(' ');
            }
            Event::SoftBreak
            | Event::HardBreak
            | Event::End(TagEnd::Item | TagEnd::Paragraph | TagEnd::TableCell) => self.0.push(' '),
            _ => {}
        }
    }

    /// All of them; none are left.
    pub(super) fn take(&mut self) -> String {
        let words = self.0.trim().to_owned();
        self.0.clear();
        words
    }
}

/// Plain text by heading, for the search.
pub(super) struct Passages {
    read: Vec<Passage>,
    /// The last of them, but for its text.
    open: Passage,
    mots: Mots,
}

impl Passages {
    /// None yet; words are noted in the room given.
    pub(super) fn new(mut room: String) -> Self {
        room.clear();
        Self {
            read: Vec::new(),
            open: Passage::default(),
            mots: Mots(room),
        }
    }

    /// Adds the words of an event under the heading that was opened last.
    pub(super) fn add(&mut self, event: &Event) {
        self.mots.add(event);
    }

    /// What follows stands under that heading.
    pub(super) fn open(&mut self, titre: &Titre) {
        self.close();
        self.open = Passage {
            ancre: titre.ancre.clone(),
            intertitre: titre.texte.clone(),
            texte: String::new(),
        };
    }

    /// A heading without a text is none.
    fn close(&mut self) {
        let mut passage = std::mem::take(&mut self.open);
        passage.texte = self.mots.take();
        if !passage.texte.is_empty() {
            self.read.push(passage);
        }
    }

    /// All of them, and the room.
    pub(super) fn finish(mut self) -> (Vec<Passage>, String) {
        self.close();
        (self.read, self.mots.0)
    }
}
