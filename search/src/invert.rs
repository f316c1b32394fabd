//! Documents to postings: which term stands in which document, how weightily, and where.

use crate::analysis::{Kind, Piece, Reader};
use crate::document::Document;
use crate::expand::Concepts;
use crate::fold::{Token, tokenize};
use crate::lexique::Lexique;
use crate::prelude::*;
use crate::settings::Settings;
use crate::small::{Names, concat, narrow, sort, to_f32};
use crate::stems::Stems;
use crate::stopwords::stopwords;
use crate::vocabulary::Vocabulary;

/// A term in a document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Posting {
    /// Number of the document.
    pub(crate) document: u32,
    /// Frequency, weighed by field and length (BM25F).
    pub(crate) frequency: f32,
    /// Where its positions are, in [`Inverted::positions`].
    pub(crate) from: u32,
    /// One past the last.
    pub(crate) to: u32,
}

impl Posting {
    /// None yet.
    pub(crate) fn new(document: u32, from: u32) -> Self {
        Self {
            document,
            frequency: 0.0,
            from,
            to: from,
        }
    }
}

/// A passage's place among the positions of its document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Span {
    /// Position of its first token; those of the next passage are far beyond.
    pub(crate) base: u32,
    /// First and past-the-last byte of each token.
    pub(crate) tokens: Vec<(u32, u32)>,
}

/// The inverted documents.
pub(crate) struct Inverted {
    /// Spellings and terms.
    pub(crate) vocabulary: Vocabulary,
    /// The lexicon.
    pub(crate) concepts: Concepts,
    /// By term.
    pub(crate) postings: Vec<Vec<Posting>>,
    /// Positions of every posting.
    pub(crate) positions: Vec<u32>,
    /// Words without a subject.
    pub(crate) stopwords: Names,
    /// By document: its title, then its passages, by their headings where they have no text.
    pub(crate) spans: Vec<Vec<Span>>,
}

/// Fields, in the order of their weights.
const FIELDS: usize = 7;
const TITLE: usize = 0;
const KEYWORDS: usize = 1;
const HEADING: usize = 2;
const SUMMARY: usize = 3;
const BODY: usize = 4;
const TAGS: usize = 5;
const SPOKEN: usize = 6;

/// Words of each field in a usual question: what is longer is held back. Not the mean of what is there: a new page would
/// reorder all answers.
const USUAL: [f32; FIELDS] = [15.0, 17.0, 10.0, 23.0, 85.0, 9.0, 13.0];

/// Between two stretches of text: far enough that words on both sides are no neighbours.
const GAP: u32 = 50;

/// A term met at a position, packed so that sorting is one comparison. A concept or a date of three words is met at
/// each of them, a third each time.
///
/// From the highest bit: document 28, position 28, field 4, share 4.
#[derive(Clone, Copy)]
struct Occurrence {
    document: u32,
    at: u32,
    field: usize,
    share: u32,
}

impl Occurrence {
    fn pack(self) -> u64 {
        let high = (u64::from(self.document) << 36) | (u64::from(self.at) << 8);
        high | (u64::from(narrow(self.field)) << 4) | u64::from(self.share.min(15))
    }

    fn unpack(key: u64) -> Self {
        let part =
            |shift: u32, bits: u32| u32::try_from((key >> shift) & ((1 << bits) - 1)).unwrap_or(0);
        Self {
            document: part(36, 28),
            at: part(8, 28),
            field: part(4, 4) as usize,
            share: part(0, 4),
        }
    }
}

/// Inverts the documents.
pub(crate) fn invert(
    documents: &[Document],
    lexique: &Lexique,
    settings: &Settings,
    stems: Stems,
) -> Inverted {
    let stopwords = stopwords();
    let mut vocabulary = Vocabulary::new(stems);
    let reader = Reader {
        settings,
        stopwords: &stopwords,
        query: false,
    };
    let concepts = Concepts::new(lexique, reader, &mut vocabulary);
    let mut inverter = Inverter {
        vocabulary,
        concepts,
        reader,
        occurrences: Vec::new(),
        lengths: Vec::new(),
        document: 0,
        next: 0,
    };
    let spans = documents
        .iter()
        .map(|document| inverter.document(document))
        .collect();
    let (postings, positions) = inverter.postings();
    Inverted {
        vocabulary: inverter.vocabulary,
        concepts: inverter.concepts,
        postings,
        positions,
        spans,
        stopwords,
    }
}

struct Inverter<'a> {
    vocabulary: Vocabulary,
    concepts: Concepts,
    reader: Reader<'a>,
    /// By term, packed.
    occurrences: Vec<Vec<u64>>,
    /// Words by document and field.
    lengths: Vec<[u32; FIELDS]>,
    document: u32,
    /// First free position in the current document.
    next: u32,
}

impl Inverter<'_> {
    fn document(&mut self, document: &Document) -> Vec<Span> {
        self.document = u32::try_from(self.lengths.len()).unwrap_or(u32::MAX);
        self.next = 0;
        self.lengths.push([0; FIELDS]);
        let mut spans = vec![self.text(&document.titre, TITLE)];
        for keyword in &document.mots_cles {
            self.text(keyword, KEYWORDS);
        }
        for code in &document.objectifs {
            self.text(code, TAGS);
        }
        for (rank, passage) in document.passages.iter().enumerate() {
            let heading = self.text(&passage.intertitre, HEADING);
            let text = self.text(&passage.texte, if rank == 0 { SUMMARY } else { BODY });
            spans.push(if passage.texte.is_empty() {
                heading
            } else {
                text
            });
        }
        for text in &document.paroles {
            self.text(text, SPOKEN);
        }
        spans
    }

    fn text(&mut self, text: &str, field: usize) -> Span {
        let mut tokens = tokenize(text);
        let pieces = self.reader.read_tokens(&mut tokens);
        let base = self.next;
        let mut stream: Vec<(u32, u32)> = Vec::new();
        for piece in &pieces {
            self.piece(piece, field, base, &mut stream);
        }
        self.concepts_of(&stream, field);
        let bytes = |token: &Token| (narrow(token.start), narrow(token.end));
        let tokens: Vec<(u32, u32)> = tokens.iter().map(bytes).collect();
        self.next = base + narrow(tokens.len()) + GAP;
        if let Some(lengths) = self.lengths.last_mut().and_then(|l| l.get_mut(field)) {
            *lengths += narrow(tokens.len());
        }
        Span { base, tokens }
    }

    fn piece(&mut self, piece: &Piece, field: usize, base: u32, stream: &mut Vec<(u32, u32)>) {
        let at = base + piece.at;
        match &piece.kind {
            Kind::Word(word) => {
                let term = self.vocabulary.learn(&word.surface, word.source);
                self.occurs(term, field, at, piece.count);
                if let Some(joined) = &word.joined {
                    let joined = self.vocabulary.learn(joined, joined);
                    self.occurs(joined, field, at, 1);
                }
                if Concepts::keeps(word) {
                    stream.push((term, at));
                }
            }
            Kind::Code(code) => {
                self.special(&code.term(), field, at, piece.count);
                if code.is_part() {
                    self.special(&code.parent(), field, at, piece.count);
                }
            }
            Kind::Date(date) => {
                for term in date.terms() {
                    self.special(&term, field, at, piece.count);
                }
            }
            Kind::Numero(id) => self.special(&concat(&["§", id]), field, at, piece.count),
        }
    }

    fn special(&mut self, term: &str, field: usize, at: u32, count: u32) {
        let term = self.vocabulary.intern(term);
        self.occurs(term, field, at, count);
    }

    fn concepts_of(&mut self, stream: &[(u32, u32)], field: usize) {
        let terms: Vec<u32> = stream.iter().map(|(term, _)| *term).collect();
        for found in self.concepts.in_text(&terms) {
            let taken = stream
                .get(found.first..found.first + found.count)
                .unwrap_or(&[]);
            for &(_, at) in taken {
                self.occurs_at(found.concept, field, at, narrow(found.count));
            }
        }
    }

    fn occurs(&mut self, term: u32, field: usize, at: u32, count: u32) {
        (at..at + count).for_each(|at| self.occurs_at(term, field, at, count));
    }

    fn occurs_at(&mut self, term: u32, field: usize, at: u32, share: u32) {
        let occurrence = Occurrence {
            document: self.document,
            at,
            field,
            share,
        };
        let term = term as usize;
        if term >= self.occurrences.len() {
            self.occurrences.resize_with(term + 1, Vec::new);
        }
        if let Some(occurrences) = self.occurrences.get_mut(term) {
            occurrences.push(occurrence.pack());
        }
    }

    fn postings(&mut self) -> (Vec<Vec<Posting>>, Vec<u32>) {
        let weights = FieldWeights::new(&self.lengths, self.reader.settings);
        let mut positions = Vec::new();
        self.occurrences
            .resize_with(self.vocabulary.len(), Vec::new);
        let postings = self
            .occurrences
            .iter_mut()
            .map(|occurrences| postings_of(occurrences, &weights, &mut positions))
            .collect();
        (postings, positions)
    }
}

/// The documents of one term; its places go to the end of `positions`.
fn postings_of(
    occurrences: &mut Vec<u64>,
    weights: &FieldWeights,
    positions: &mut Vec<u32>,
) -> Vec<Posting> {
    // Texts are read in order: only what is said of several words at once may come out of it.
    if !occurrences.is_sorted() {
        sort(occurrences);
    }
    occurrences.dedup();
    let mut postings: Vec<Posting> = Vec::new();
    for &key in occurrences.iter() {
        let occurrence = Occurrence::unpack(key);
        if postings
            .last()
            .is_none_or(|last| last.document != occurrence.document)
        {
            postings.push(Posting::new(occurrence.document, narrow(positions.len())));
        }
        positions.push(occurrence.at);
        if let Some(last) = postings.last_mut() {
            last.frequency += weights.of(&occurrence);
            last.to += 1;
        }
    }
    postings
}

/// What one occurrence counts for, by document and field.
struct FieldWeights(Vec<[f32; FIELDS]>);

impl FieldWeights {
    fn new(lengths: &[[u32; FIELDS]], settings: &Settings) -> Self {
        let weight = [
            settings.titre,
            settings.mots_cles,
            settings.intertitre,
            settings.resume,
            settings.corps,
            settings.etiquette,
            settings.paroles,
        ];
        let of = |length: &[u32; FIELDS]| {
            let mut out = weight;
            for ((out, &words), usual) in out.iter_mut().zip(length).zip(USUAL) {
                *out /= 1.0 - settings.b + settings.b * to_f32(words) / usual;
            }
            out
        };
        Self(lengths.iter().map(of).collect())
    }

    fn of(&self, occurrence: &Occurrence) -> f32 {
        let weights = self.0.get(occurrence.document as usize);
        let weight = weights.and_then(|weights| weights.get(occurrence.field));
        weight.copied().unwrap_or(0.0) / to_f32(occurrence.share)
    }
}
