//! The words that readers use for the words of the text: `content/synonymes.toml`, checked.

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
