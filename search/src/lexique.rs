//! The words that readers use for the words of the text: `content/synonymes.toml`, checked.

use crate::document::Document;
use crate::fold::{is_one_word, tokenize};
use crate::index::Index;
use crate::prelude::*;
#[cfg(feature = "construction")]
use crate::survey::Survey;
use alloc::borrow::Cow;

/// An acronym and what it stands for; found both ways.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acronyme {
    /// `HDS`.
    pub sigle: String,
    /// « hébergeur de données de santé »; one or more.
    pub developpements: Vec<String>,
}

/// Everyday words that lead to words of the text, one way only, with less weight than a synonym.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Voisinage {
    /// What readers say: « piraté », « rançongiciel ».
    pub de: Vec<String>,
    /// What the text says: « cyberattaque ».
    pub vers: Vec<String>,
}

/// All the equivalences, as the editors wrote them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lexique {
    /// Acronyms with their expansions.
    pub acronymes: Vec<Acronyme>,
    /// Groups of words or phrases that mean the same: each leads to all the others.
    pub synonymes: Vec<Vec<String>>,
    /// One-way neighbours.
    pub voisins: Vec<Voisinage>,
}

/// What is wrong with an entry of the lexicon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No text uses any of these words: the entry leads nowhere.
    Dead {
        /// The words of the entry.
        entry: Vec<String>,
    },
    /// The same words stand in two entries of a kind: one of them is too many.
    Twice {
        /// The words.
        term: String,
    },
    /// Neighbours that lead back to where they start.
    Loop {
        /// The words where the loop starts and ends.
        term: String,
    },
    /// Fewer than two sides: nothing leads anywhere.
    Alone {
        /// The words of the entry.
        entry: Vec<String>,
    },
}

#[cfg(feature = "construction")]
impl Lexique {
    /// Every fault of the lexicon, given all the documents of the site: `sitegen check` refuses to build with one.
    #[must_use]
    pub fn faults(&self, documents: &[Document]) -> Vec<Fault> {
        Survey::new(documents).faults(self)
    }

    /// The same for documents that are read already; `rest` knows what else they say, and is asked where they are silent.
    pub(crate) fn faults_in(&self, index: &Index, rest: &dyn Fn(&str) -> bool) -> Vec<Fault> {
        let texts = Texts { index, rest };
        let mut faults = Vec::new();
        for acronyme in &self.acronymes {
            let mut entry = vec![acronyme.sigle.clone()];
            entry.extend(acronyme.developpements.iter().cloned());
            check_entry(entry, &texts, &mut faults);
        }
        for group in &self.synonymes {
            check_entry(group.clone(), &texts, &mut faults);
        }
        for voisinage in &self.voisins {
            if voisinage.de.is_empty() || !texts.any(&voisinage.vers) {
                faults.push(Fault::Dead {
                    entry: voisinage.vers.clone(),
                });
            }
        }
        self.add_twice(&mut faults);
        self.add_loops(&mut faults);
        faults
    }

    fn add_twice(&self, faults: &mut Vec<Fault>) {
        let acronyms = self.acronymes.iter().map(|acronyme| &acronyme.sigle);
        for mut terms in [keys(self.synonymes.iter().flatten()), keys(acronyms)] {
            terms.sort_unstable();
            let pairs = terms.windows(2).filter(|pair| pair.first() == pair.last());
            faults.extend(pairs.filter_map(|pair| {
                Some(Fault::Twice {
                    term: pair.first()?.to_string(),
                })
            }));
        }
    }

    /// An entry that leads to itself. Longer chains are none: a neighbour is followed once, never further.
    fn add_loops(&self, faults: &mut Vec<Fault>) {
        for voisinage in &self.voisins {
            let to = keys(&voisinage.vers);
            let loops = keys(&voisinage.de)
                .into_iter()
                .filter(|from| to.contains(from));
            faults.extend(loops.map(|term| Fault::Loop {
                term: term.into_owned(),
            }));
        }
        for acronyme in &self.acronymes {
            if keys(&acronyme.developpements).contains(&key(&acronyme.sigle)) {
                faults.push(Fault::Loop {
                    term: acronyme.sigle.clone(),
                });
            }
        }
    }
}

fn check_entry(entry: Vec<String>, texts: &Texts, faults: &mut Vec<Fault>) {
    if entry.len() < 2 {
        faults.push(Fault::Alone { entry });
    } else if !texts.any(&entry) {
        faults.push(Fault::Dead { entry });
    }
}

/// Two spellings of the same words.
fn key(term: &str) -> Cow<'_, str> {
    if term
        .split(' ')
        .all(|word| is_one_word(word) && !word.is_empty())
    {
        return Cow::Borrowed(term);
    }
    let mut key = String::with_capacity(term.len());
    for token in tokenize(term) {
        key.push_str(if key.is_empty() { "" } else { " " });
        key.push_str(&token.text);
    }
    Cow::Owned(key)
}

fn keys<'a>(terms: impl IntoIterator<Item = &'a String>) -> Vec<Cow<'a, str>> {
    terms.into_iter().map(|term| key(term)).collect()
}

/// What the site says, as the index sees it.
struct Texts<'i> {
    index: &'i Index,
    /// The texts that the index does not hold.
    rest: &'i dyn Fn(&str) -> bool,
}

impl Texts<'_> {
    fn any(&self, terms: &[String]) -> bool {
        // Words first: they are looked up, where phrases are read.
        let word = |term: &&String| is_one_word(term);
        let phrase = |term: &&String| !is_one_word(term);
        terms
            .iter()
            .filter(word)
            .any(|term| self.index.says_word(term))
            || terms
                .iter()
                .filter(phrase)
                .any(|term| self.index.says(term))
            || terms.iter().any(|term| (self.rest)(term))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Passage;

    fn documents() -> Vec<Document> {
        vec![Document {
            id: "3.22".to_owned(),
            groupe: "question".to_owned(),
            titre: "Une cyberattaque dispense-t-elle de l'exercice ?".to_owned(),
            passages: vec![Passage {
                texte: "Non, pas d'office.".to_owned(),
                ..Passage::default()
            }],
            ..Document::default()
        }]
    }

    fn faults(lexique: &Lexique) -> Vec<Fault> {
        lexique.faults(&documents())
    }

    fn group(terms: &[&str]) -> Vec<String> {
        terms.iter().map(|term| (*term).to_owned()).collect()
    }

    #[test]
    fn a_group_that_leads_somewhere_is_sound() {
        let lexique = Lexique {
            synonymes: vec![group(&["piratage", "cyberattaques"])],
            ..Lexique::default()
        };
        assert_eq!(faults(&lexique), []);
    }

    #[test]
    fn a_word_leads_somewhere_where_a_text_says_it_in_any_form() {
        for (word, leads) in [
            ("exercices", true),
            ("office", true),
            ("une", true),
            ("l", true),
            ("y", false),
            ("audit", false),
            ("o", false),
        ] {
            let lexique = Lexique {
                synonymes: vec![group(&[word, "inconnu"])],
                ..Lexique::default()
            };
            assert_eq!(faults(&lexique).is_empty(), leads, "{word}");
        }
    }

    #[test]
    fn what_a_guide_says_beyond_its_first_words_is_no_dead_entry() {
        let passage = |texte: &str| Passage {
            texte: texte.to_owned(),
            ..Passage::default()
        };
        let guide = Document {
            groupe: "guide".to_owned(),
            passages: vec![passage("Le début."), passage("Signatures inversées.")],
            ..Document::default()
        };
        let lexique = |vers: &str| Lexique {
            voisins: vec![Voisinage {
                de: group(&["erreur"]),
                vers: group(&[vers]),
            }],
            ..Lexique::default()
        };
        for (vers, dead) in [("inversé", false), ("renversé", true)] {
            let faults = lexique(vers).faults(std::slice::from_ref(&guide));
            assert_eq!(faults.len(), usize::from(dead), "{vers}");
        }
    }

    #[test]
    fn dead_lonely_and_double_entries_are_told() {
        let (dead, alone) = (group(&["pare-feu", "firewall"]), group(&["exercice"]));
        let twice = group(&["Exercice", "simulation"]);
        let lexique = Lexique {
            synonymes: vec![dead.clone(), alone.clone(), twice],
            ..Lexique::default()
        };
        let term = "exercice".to_owned();
        let expected = [
            Fault::Dead { entry: dead },
            Fault::Alone { entry: alone },
            Fault::Twice { term },
        ];
        assert_eq!(faults(&lexique), expected);
    }

    #[test]
    fn an_entry_that_leads_to_itself_is_a_loop() {
        let lexique = Lexique {
            voisins: vec![Voisinage {
                de: group(&["attaque", "Exercice"]),
                vers: group(&["exercice"]),
            }],
            ..Lexique::default()
        };
        let term = "exercice".to_owned();
        assert_eq!(faults(&lexique), [Fault::Loop { term }]);
    }
}
