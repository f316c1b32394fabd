//! What is wrong with the content, said where it is wrong: file, line, caret, message and remedy, in French.

use crate::source::Source;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

/// As many are told: nobody reads more, and a head of a hundred thousand wrong fields must end too.
const MOST_TOLD: usize = 500;

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gravite {
    /// Nothing is published.
    Erreur,
    /// Published all the same.
    Avertissement,
}

/// One fault of the content.
#[derive(Debug, Clone)]
pub(crate) struct Diagnostic {
    gravite: Gravite,
    message: String,
    place: Option<(Arc<Source>, Range<usize>)>,
    label: Option<String>,
    hint: Option<String>,
}

impl Diagnostic {
    /// A fault that stops the build.
    pub(crate) fn error(message: impl Into<String>) -> Self {
        Self {
            gravite: Gravite::Erreur,
            message: message.into(),
            place: None,
            label: None,
            hint: None,
        }
    }

    /// A fault that is only told.
    pub(crate) fn warning(message: impl Into<String>) -> Self {
        Self {
            gravite: Gravite::Avertissement,
            ..Self::error(message)
        }
    }

    /// Points at bytes of a file.
    pub(crate) fn at(mut self, source: &Arc<Source>, span: Range<usize>) -> Self {
        self.place = Some((Arc::clone(source), clamp(&source.text, span)));
        self
    }

    /// Says beside the caret what is seen there.
    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Says how to repair.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same, where there is something to propose.
    pub(crate) fn maybe_hint(self, hint: Option<String>) -> Self {
        match hint {
            Some(hint) => self.hint(hint),
            None => self,
        }
    }

    fn order(&self) -> (Gravite, &str, usize) {
        let place = self.place.as_ref();
        place.map_or((self.gravite, "", 0), |(source, span)| {
            (self.gravite, source.path.as_str(), span.start)
        })
    }

    fn render(&self, renderer: &Renderer) -> String {
        let level = match self.gravite {
            Gravite::Erreur => Level::ERROR.with_name("erreur\u{a0}"),
            Gravite::Avertissement => Level::WARNING.with_name("avertissement\u{a0}"),
        };
        let title = level.primary_title(self.message.as_str());
        let mut group = match &self.place {
            Some((source, span)) => title.element(self.snippet(source, span)),
            None => Group::with_title(title),
        };
        if let Some(hint) = &self.hint {
            group = group.element(Level::HELP.with_name("aide\u{a0}").message(hint.as_str()));
        }
        renderer.render(&[group])
    }

    fn snippet<'a>(
        &'a self,
        source: &'a Source,
        span: &Range<usize>,
    ) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        // The lines of the fault alone: a long text is not gone through once more for each of its faults.
        let text = source.text.as_str();
        let begin = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[span.end..].find('\n');
        let lines = &text[begin..end.map_or(text.len(), |at| span.end + at)];
        let primary = AnnotationKind::Primary
            .span(span.start - begin..span.end - begin)
            .label(self.label.as_deref());
        Snippet::source(lines)
            .line_start(1 + text[..begin].matches('\n').count())
            .path(source.path.as_str())
            .annotation(primary)
    }
}

/// Keeps a span inside its text and on character borders: a diagnostic never fails.
fn clamp(text: &str, span: Range<usize>) -> Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start);
    start..floor(span.end).max(start)
}

/// All the faults of a run, gathered before anything stops.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults(Vec<Diagnostic>);

impl Faults {
    /// Adds one.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds those of another step.
    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether something forbids publishing.
    pub(crate) fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.gravite == Gravite::Erreur)
    }

    /// How many errors there are.
    pub(crate) fn errors(&self) -> usize {
        let errors = self.0.iter().filter(|d| d.gravite == Gravite::Erreur);
        errors.count()
    }

    /// How many warnings there are.
    pub(crate) fn warnings(&self) -> usize {
        self.0.len() - self.errors()
    }

    /// Everything, errors first, in the order of files and lines.
    pub(crate) fn render(&self, colour: bool) -> String {
        let renderer = if colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let mut sorted: Vec<&Diagnostic> = self.0.iter().collect();
        sorted.sort_by(|a, b| a.order().cmp(&b.order()));
        let mut out = String::new();
        for diagnostic in sorted.iter().take(MOST_TOLD) {
            out.push_str(&diagnostic.render(&renderer));
            out.push_str("\n\n");
        }
        if let Some(others @ 1..) = sorted.len().checked_sub(MOST_TOLD) {
            let _ = writeln!(out, "… et {others} de plus : corrigez d'abord ceux-ci\n");
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_shows_its_line_its_caret_and_its_remedy() {
        let source = Source::shared("content/x.md", "un\ndeux é trois\n");
        let mut faults = Faults::default();
        faults.push(
            Diagnostic::error("mot de trop")
                .at(&source, 11..16)
                .label("ici")
                .hint("retirez-le"),
        );
        let expected = "\
erreur\u{a0}: mot de trop
 --> content/x.md:2:8
  |
2 | deux é trois
  |        ^^^^^ ici
  |
  = aide\u{a0}: retirez-le

";
        assert_eq!(faults.render(false), expected);
    }

    #[test]
    fn a_span_beyond_the_text_is_brought_back() {
        assert_eq!(clamp("é", 1..9), 0..2);
        assert_eq!(clamp("", 3..9), 0..0);
    }

    #[test]
    fn only_the_lines_of_the_fault_are_shown_and_their_number_is_right() {
        let source = Source::shared("x.md", "a\nb\nc fin\nd");
        let told = |span| {
            let mut faults = Faults::default();
            faults.push(Diagnostic::error("faute").at(&source, span));
            faults.render(false)
        };
        for (span, place, shown) in [
            (0..1, "x.md:1:1", "1 | a"),
            (6..9, "x.md:3:3", "3 | c fin"),
            (10..11, "x.md:4:1", "4 | d"),
            (11..11, "x.md:4:2", "4 | d"),
        ] {
            let told = told(span);
            assert!(told.contains(place) && told.contains(shown), "{told}");
        }
        assert!(told(2..7).contains("x.md:2:1"), "{}", told(2..7));
    }

    #[test]
    fn faults_without_end_are_counted() {
        for (count, told, others) in [(500, 500, false), (501, 500, true)] {
            let mut faults = Faults::default();
            (0..count).for_each(|rank| faults.push(Diagnostic::error(format!("faute {rank}"))));
            let text = faults.render(false);
            assert_eq!(text.matches("faute ").count(), told);
            assert_eq!(text.contains("1 de plus"), others);
        }
    }
}
