//! The index as it travels: UTF-8 lines, one letter for what they are, tabs between fields.
//!
//! ```text
//! CARE1
//! A<sigle>⇥<développement>⇥…                                  acronym
//! S<terme>⇥<terme>⇥…                                          synonyms
//! V<nombre de mots « de »>⇥<de>⇥…⇥<vers>⇥…                    neighbours
//! D<id>⇥<groupe>⇥<url>⇥<titre>⇥<section>⇥<objectifs>⇥<publics>⇥<mots clés>    document; lists joined by `|`
//! P<ancre>⇥<intertitre>⇥<texte>                               passage of the document above
//! R<coupes>                                                   how each stem is cut, in the order of reading
//! ```
//!
//! Text compresses better than postings, and can be read when something is wrong.

use crate::document::{Document, Passage};
use crate::invert::invert;
use crate::lexique::{Acronyme, Lexique, Voisinage};
use crate::settings::Settings;
use crate::small::read_number;
use crate::stems::Stems;

/// First line: what the file is, and the version of its form.
const HEADER: &str = "CARE1";

/// The bytes are not an index of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormatError {
    /// Line at fault, 1 for the first; 0 where the bytes are not UTF-8.
    pub line: usize,
}

impl std::fmt::Display for FormatError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a search index of this version, line ")?;
        f.write_str(&self.line.to_string())
    }
}

impl std::error::Error for FormatError {}

/// Packs the documents and the lexicon into the bytes that [`crate::Index::from_bytes`] opens. The same input gives
/// the same bytes.
#[must_use]
pub fn build(documents: &[Document], lexique: &Lexique) -> Vec<u8> {
    let mut out = String::from(HEADER);
    for acronyme in &lexique.acronymes {
        let fields = [&acronyme.sigle]
            .into_iter()
            .chain(&acronyme.developpements);
        line(&mut out, 'A', fields);
    }
    for group in &lexique.synonymes {
        line(&mut out, 'S', group);
    }
    for voisinage in &lexique.voisins {
        let count = voisinage.de.len().to_string();
        line(
            &mut out,
            'V',
            [&count]
                .into_iter()
                .chain(&voisinage.de)
                .chain(&voisinage.vers),
        );
    }
    for document in documents {
        push_document(&mut out, document);
    }
    let record = record(out.as_bytes());
    line(&mut out, 'R', [&record]);
    out.into_bytes()
}

/// How the stems of these texts are cut, read as the browser will read them.
fn record(bytes: &[u8]) -> String {
    let Ok((documents, lexique, _)) = parse(bytes) else {
        return String::new();
    };
    let inverted = invert(
        &documents,
        &lexique,
        &Settings::default(),
        Stems::computed(true),
    );
    inverted.vocabulary.into_record()
}

fn push_document(out: &mut String, document: &Document) {
    let lists =
        [&document.objectifs, &document.publics, &document.mots_cles].map(|list| list.join("|"));
    let fields = [
        &document.id,
        &document.groupe,
        &document.url,
        &document.titre,
        &document.section,
    ];
    line(out, 'D', fields.into_iter().chain(&lists));
    for passage in &document.passages {
        let texte = carried(document, &passage.texte);
        line(out, 'P', [&passage.ancre, &passage.intertitre, &texte]);
    }
}

/// What travels of a passage. Answers travel whole: people search in them. Of the other pages, which are found by their
/// titles and headings, the beginning of each passage is enough to tell what it is about.
fn carried(document: &Document, texte: &str) -> String {
    let mut end = texte.len();
    if document.groupe != "question" && end > CARRIED {
        end = texte
            .char_indices()
            .map(|(at, _)| at)
            .find(|&at| at >= CARRIED)
            .unwrap_or(end);
        end = texte
            .get(..end)
            .and_then(|kept| kept.rfind(' '))
            .unwrap_or(end);
    }
    let kept = texte.get(..end).unwrap_or(texte);
    if end < texte.len() {
        [kept, " …"].concat()
    } else {
        kept.to_owned()
    }
}

/// Bytes of a passage that travel where it is not an answer.
const CARRIED: usize = 160;

/// Tabs and line ends inside a field would break the line: they become spaces.
fn line<'a>(out: &mut String, letter: char, fields: impl IntoIterator<Item = &'a String>) {
    out.push('\n');
    out.push(letter);
    for (rank, field) in fields.into_iter().enumerate() {
        if rank > 0 {
            out.push('\t');
        }
        out.extend(field.chars().map(|c| {
            if matches!(c, '\t' | '\n' | '\r') {
                ' '
            } else {
                c
            }
        }));
    }
}

/// Reads the bytes back.
pub(crate) fn parse(bytes: &[u8]) -> Result<(Vec<Document>, Lexique, String), FormatError> {
    let text = std::str::from_utf8(bytes).map_err(|_| FormatError { line: 0 })?;
    let mut lines = text.split('\n');
    if lines.next() != Some(HEADER) {
        return Err(FormatError { line: 1 });
    }
    let mut documents = Vec::new();
    let mut lexique = Lexique::default();
    let mut record = String::new();
    for (rank, line) in lines.enumerate() {
        if let Some(cuts) = line.strip_prefix('R') {
            cuts.clone_into(&mut record);
        } else {
            parse_line(line, &mut documents, &mut lexique).ok_or(FormatError { line: rank + 2 })?;
        }
    }
    Ok((documents, lexique, record))
}

fn parse_line(line: &str, documents: &mut Vec<Document>, lexique: &mut Lexique) -> Option<()> {
    let letter = line.get(..1)?;
    let mut fields = line.get(1..)?.split('\t').map(str::to_owned);
    match letter {
        "A" => lexique.acronymes.push(Acronyme {
            sigle: fields.next()?,
            developpements: fields.collect(),
        }),
        "S" => lexique.synonymes.push(fields.collect()),
        "V" => {
            let count = read_number(&fields.next()?)?;
            let de = fields.by_ref().take(count as usize).collect();
            let vers = fields.collect();
            lexique.voisins.push(Voisinage { de, vers });
        }
        "D" => documents.push(parse_document(fields)?),
        "P" => documents.last_mut()?.passages.push(Passage {
            ancre: fields.next()?,
            intertitre: fields.next()?,
            texte: fields.next()?,
        }),
        _ => return None,
    }
    Some(())
}

fn parse_document(mut fields: impl Iterator<Item = String>) -> Option<Document> {
    Some(Document {
        id: fields.next()?,
        groupe: fields.next()?,
        url: fields.next()?,
        titre: fields.next()?,
        section: fields.next()?,
        objectifs: list(&fields.next()?),
        publics: list(&fields.next()?),
        mots_cles: list(&fields.next()?),
        passages: Vec::new(),
    })
}

fn list(field: &str) -> Vec<String> {
    let items = field.split('|').filter(|item| !item.is_empty());
    items.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> (Vec<Document>, Lexique) {
        let document = Document {
            id: "3.16".to_owned(),
            groupe: "question".to_owned(),
            url: "faq/3-16/".to_owned(),
            titre: "Comment ?".to_owned(),
            mots_cles: vec!["silene".to_owned(), "scan".to_owned()],
            passages: vec![Passage {
                texte: "Deux lignes".to_owned(),
                ..Passage::default()
            }],
            ..Document::default()
        };
        let lexique = Lexique {
            acronymes: vec![Acronyme {
                sigle: "AD".to_owned(),
                developpements: vec!["annuaire".to_owned()],
            }],
            synonymes: vec![vec!["mail".to_owned(), "courriel".to_owned()]],
            voisins: vec![Voisinage {
                de: vec!["piraté".to_owned()],
                vers: vec!["cyberattaque".to_owned()],
            }],
        };
        (vec![document], lexique)
    }

    #[test]
    fn what_is_packed_is_read_back() {
        let (documents, lexique) = sample();
        let read =
            parse(&build(&documents, &lexique)).map(|(documents, lexique, _)| (documents, lexique));
        assert_eq!(read, Ok((documents, lexique)));
    }

    #[test]
    fn answers_travel_whole_and_other_pages_begin() {
        let (mut documents, _) = sample();
        let long = "mot ".repeat(100);
        assert_eq!(carried(&documents.remove(0), &long), long);
        let cut = carried(&Document::default(), &long);
        assert!(
            cut.len() <= CARRIED + " …".len() && cut.ends_with("mot …"),
            "{cut}"
        );
        assert_eq!(carried(&Document::default(), "court"), "court");
    }

    #[test]
    fn foreign_bytes_are_refused_with_their_line() {
        assert_eq!(parse(b"\xff"), Err(FormatError { line: 0 }));
        assert_eq!(parse(b"other"), Err(FormatError { line: 1 }));
        assert_eq!(parse(b"CARE1\nX"), Err(FormatError { line: 2 }));
    }
}
