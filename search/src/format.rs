//! The index as it travels: UTF-8 lines, one letter for what they are, tabs between fields.
//!
//! ```text
//! CARE4
//! A<sigle>⇥<développement>⇥…                                  acronym
//! S<terme>⇥<terme>⇥…                                          synonyms
//! V<nombre de mots « de »>⇥<de>⇥…⇥<vers>⇥…                    neighbours
//! D<id>⇥<groupe>⇥<url>⇥<titre>⇥<section>⇥<objectifs>⇥<publics>⇥<mots clés>[⇥<paroles>]    document; lists joined by `|`
//! P<ancre>⇥<intertitre>⇥<texte>                               passage of the document above
//! T<terme>                                                    document: a term of the glossary
//! R<coupes>                                                   how each stem is cut, by endings, in the order of reading
//! ```
//!
//! `~` stands for what can be told from the rest: in an address the document's id, as a fragment its heading, both as
//! addresses spell them. What is left behind on purpose: [`crate::carried`].
//!
//! Text compresses better than postings, and can be read when something is wrong.

use crate::document::{Document, Passage};
use crate::fold::slug;
use crate::lexique::{Acronyme, Lexique, Voisinage};
use crate::prelude::*;
use crate::small::{Parts, concat, parts, read_number};
#[cfg(feature = "construction")]
use crate::survey::Survey;

/// First line: what the file is, and the version of its form.
const HEADER: &str = "CARE4";

/// Stands for a slug that can be told from the rest of the line.
const SAME: u8 = b'~';

/// The bytes are not an index of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormatError {
    /// Line at fault, 1 for the first; 0 where the bytes are not UTF-8.
    pub line: usize,
}

impl core::fmt::Display for FormatError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("not a search index of this version, line ")?;
        f.write_str(&self.line.to_string())
    }
}

impl core::error::Error for FormatError {}

#[cfg(feature = "construction")]
/// Packs the documents and the lexicon into the bytes that [`crate::Index::from_bytes`] opens. The same input gives
/// the same bytes.
#[must_use]
pub fn build(documents: &[Document], lexique: &Lexique) -> Vec<u8> {
    Survey::new(documents).build(lexique).into_bytes()
}

#[cfg(feature = "construction")]
/// The first lines: what the file is, and the lexicon.
pub(crate) fn head(lexique: &Lexique) -> String {
    let mut out = String::from(HEADER);
    for acronyme in &lexique.acronymes {
        let words = acronyme.developpements.iter();
        line(&mut out, 'A', [&acronyme.sigle].into_iter().chain(words));
    }
    for group in &lexique.synonymes {
        line(&mut out, 'S', group);
    }
    for voisinage in &lexique.voisins {
        let count = voisinage.de.len().to_string();
        let terms = voisinage.de.iter().chain(&voisinage.vers);
        line(&mut out, 'V', [&count].into_iter().chain(terms));
    }
    out
}

#[cfg(feature = "construction")]
/// The lines of a document.
pub(crate) fn push_lines(out: &mut String, document: &Document) {
    if document.groupe == "glossaire" && *document == term(&document.titre) {
        line(out, 'T', [&document.titre]);
    } else {
        push_document(out, document);
    }
}

#[cfg(feature = "construction")]
/// The last line: how stems are cut.
pub(crate) fn push_record(out: &mut String, record: &String) {
    line(out, 'R', [record]);
}

fn push_document(out: &mut String, document: &Document) {
    let lists =
        [&document.objectifs, &document.publics, &document.mots_cles].map(|list| list.join("|"));
    let own = own_slug(&document.id);
    let url = document.url.replace(&concat(&["/", &own, "/"]), "/~/");
    let fields = [
        &document.id,
        &document.groupe,
        &url,
        &document.titre,
        &document.section,
    ];
    line(
        out,
        'D',
        fields
            .into_iter()
            .chain(&lists)
            .chain(document.paroles.first()),
    );
    for passage in &document.passages {
        let same = !passage.ancre.is_empty() && passage.ancre == slug(&passage.intertitre);
        let ancre = if same {
            String::from(char::from(SAME))
        } else {
            passage.ancre.clone()
        };
        line(out, 'P', [&ancre, &passage.intertitre, &passage.texte]);
    }
}

/// A term of the glossary: its name says the rest.
fn term(titre: &str) -> Document {
    let ancre = slug(titre);
    Document {
        id: concat(&["glossaire:", &ancre]),
        groupe: String::from("glossaire"),
        url: String::from("glossaire/"),
        mots_cles: vec![String::from("glossaire")],
        titre: titre.to_owned(),
        passages: vec![Passage {
            ancre,
            ..Passage::default()
        }],
        ..Document::default()
    }
}

/// The document's id as its address spells it: `3-16`, `d1-o1-a` for `objectif:D1.O1.A`.
fn own_slug(id: &str) -> String {
    slug(parts(id, b':').last().unwrap_or(id))
}

/// Tabs and line ends inside a field would break the line: they become spaces.
fn line<'a>(out: &mut String, letter: char, fields: impl IntoIterator<Item = &'a String>) {
    out.push('\n');
    out.push(letter);
    for (rank, field) in fields.into_iter().enumerate() {
        if rank > 0 {
            out.push('\t');
        }
        let breaks = |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\r');
        // Nearly none has any, which is told of many bytes at once.
        if !field
            .as_bytes()
            .iter()
            .fold(false, |any, byte| any | breaks(byte))
        {
            out.push_str(field);
            continue;
        }
        for (rank, stretch) in field.as_bytes().split(breaks).enumerate() {
            out.push_str(if rank > 0 { " " } else { "" });
            out.push_str(core::str::from_utf8(stretch).unwrap_or_default());
        }
    }
}

/// The text that bytes are.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, FormatError> {
    core::str::from_utf8(bytes).map_err(|_| FormatError { line: 0 })
}

/// Reads a text back.
pub(crate) fn parse(text: &str) -> Result<(Vec<Document>, Lexique, String), FormatError> {
    let mut lines = parts(text, b'\n');
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
    let mut fields = Fields(parts(line.get(1..)?, b'\t'));
    match letter {
        "A" => lexique.acronymes.push(Acronyme {
            sigle: fields.text(),
            developpements: fields.rest(),
        }),
        "S" => lexique.synonymes.push(fields.rest()),
        "V" => {
            let count = read_number(fields.next())?;
            let de = fields.0.by_ref().take(count as usize);
            let de = de.map(str::to_owned).collect();
            let vers = fields.rest();
            lexique.voisins.push(Voisinage { de, vers });
        }
        "D" => documents.push(parse_document(&mut fields)),
        "T" => documents.push(term(fields.next())),
        "P" => {
            let passage = parse_passage(&mut fields);
            documents.last_mut()?.passages.push(passage);
        }
        _ => return None,
    }
    Some(())
}

/// The fields of a line; those that it lacks are empty.
struct Fields<'l>(Parts<'l>);

impl<'l> Fields<'l> {
    fn next(&mut self) -> &'l str {
        self.0.next().unwrap_or("")
    }

    fn text(&mut self) -> String {
        self.next().to_owned()
    }

    fn rest(&mut self) -> Vec<String> {
        self.0.by_ref().map(str::to_owned).collect()
    }

    fn list(&mut self) -> Vec<String> {
        let items = parts(self.next(), b'|').filter(|item| !item.is_empty());
        items.map(str::to_owned).collect()
    }
}

fn parse_passage(fields: &mut Fields) -> Passage {
    let (ancre, intertitre) = (fields.next(), fields.text());
    Passage {
        ancre: match ancre.as_bytes() {
            [SAME] => slug(&intertitre),
            _ => ancre.to_owned(),
        },
        intertitre,
        texte: fields.text(),
    }
}

fn parse_document(fields: &mut Fields) -> Document {
    let (id, groupe) = (fields.text(), fields.text());
    let mut url = String::new();
    for (rank, part) in parts(fields.next(), SAME).enumerate() {
        if rank > 0 {
            url.push_str(&own_slug(&id));
        }
        url.push_str(part);
    }
    Document {
        id,
        groupe,
        url,
        titre: fields.text(),
        section: fields.text(),
        objectifs: fields.list(),
        publics: fields.list(),
        mots_cles: fields.list(),
        paroles: fields.rest(),
        passages: Vec::new(),
    }
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
            passages: vec![
                Passage {
                    texte: "Deux lignes".to_owned(),
                    ..Passage::default()
                },
                Passage {
                    ancre: "a-l-etranger-d1-o2".to_owned(),
                    intertitre: "À l'étranger (D1.O2)".to_owned(),
                    texte: "Suite".to_owned(),
                },
                Passage {
                    ancre: "autre".to_owned(),
                    intertitre: "Titre".to_owned(),
                    texte: "Fin".to_owned(),
                },
            ],
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
                vers: vec!["ligne".to_owned()],
            }],
        };
        (vec![document], lexique)
    }

    fn packed() -> String {
        let (documents, lexique) = sample();
        String::from_utf8(build(&documents, &lexique)).expect("an index is a text")
    }

    #[test]
    fn what_is_packed_is_read_back() {
        let (documents, lexique) = sample();
        let read = parse(&packed()).map(|(documents, lexique, _)| (documents, lexique));
        assert_eq!(read, Ok((documents, lexique)));
    }

    #[test]
    fn what_can_be_told_does_not_travel() {
        let packed = packed();
        assert!(packed.contains("faq/~/") && !packed.contains("faq/3-16/"));
        assert!(packed.contains("\nP~\tÀ l") && packed.contains("\nPautre\t"));
    }

    #[test]
    fn a_term_of_the_glossary_travels_as_its_name() {
        let terms = [term("Conteneur ZED"), term("ADS")];
        let packed = String::from_utf8(build(&terms, &Lexique::default())).unwrap_or_default();
        assert!(packed.contains("\nTConteneur ZED\nTADS\n"), "{packed}");
        let read = parse(&packed).map(|(documents, _, _)| documents);
        assert_eq!(read, Ok(terms.to_vec()));
    }

    #[test]
    fn foreign_bytes_are_refused_with_their_line() {
        assert_eq!(text(b"\xff"), Err(FormatError { line: 0 }));
        assert_eq!(parse("other"), Err(FormatError { line: 1 }));
        assert_eq!(parse("CARE4\nX"), Err(FormatError { line: 2 }));
    }
}
