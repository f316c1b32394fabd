//! Links and anchors of a built page, by a real HTML tokenizer.

use html5gum::{Token, Tokenizer};
use std::collections::BTreeSet;

/// What a page refers to and what can be referred to in it.
#[derive(Debug, Default)]
pub struct Outline {
    /// `href` and `src` values, as written.
    pub links: Vec<String>,
    /// `id` values.
    pub ids: BTreeSet<String>,
    /// Ids that stand twice.
    pub twice: Vec<String>,
    /// `data-question` values.
    pub questions: Vec<String>,
    /// Attributes that the policy would refuse: `style`, `on…`.
    pub inline: Vec<String>,
}

/// Reads a page.
#[must_use]
pub fn outline(page: &str) -> Outline {
    let mut outline = Outline::default();
    for Ok(token) in Tokenizer::new(page) {
        if let Token::StartTag(tag) = token {
            for (name, value) in &tag.attributes {
                let (name, value) = (
                    String::from_utf8_lossy(name),
                    String::from_utf8_lossy(value),
                );
                outline.take(&name, &value);
            }
        }
    }
    outline
}

impl Outline {
    fn take(&mut self, name: &str, value: &str) {
        match name {
            "href" | "src" => self.links.push(value.to_owned()),
            "id" if !self.ids.insert(value.to_owned()) => self.twice.push(value.to_owned()),
            "data-question" => self.questions.push(value.to_owned()),
            "style" => self.inline.push(format!("style={value}")),
            on if on.starts_with("on") => self.inline.push(format!("{on}={value}")),
            _ => {}
        }
    }
}
