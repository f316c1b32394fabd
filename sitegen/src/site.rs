//! The model: what the site says, read and typed, before any page exists.

use crate::calendrier::Tache;
use crate::cible::{Numero, slug_of_code};
use crate::exemples::Exemple;
use crate::exploitant::Exploitant;
use crate::glossaire::Glossaire;
use crate::markdown::Texte;
use crate::nouveautes::Nouveaute;
use crate::programme::Programme;
use crate::source::Source;
use crate::synonymes::Paroles;
use crate::table::At;
use chrono::NaiveDate;
use search::Lexique;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Everything that the content says.
#[derive(Debug)]
pub(crate) struct Site {
    /// `site.toml`.
    pub(crate) reglages: Reglages,
    /// `programme.toml`.
    pub(crate) programme: Programme,
    /// Questions, in the official order.
    pub(crate) questions: Vec<Question>,
    /// Pages of objectives, in the order of the core.
    pub(crate) objectifs: Vec<Objectif>,
    /// Pages of `pages/` and `guide/`, in the order of their addresses.
    pub(crate) pages: Vec<PageLibre>,
    /// Ranks of the chapters of the guide among the pages, in their order, once they were looked for.
    pub(crate) chapitres: OnceLock<Vec<usize>>,
    /// Worked examples, in the order of their names.
    pub(crate) exemples: Vec<Exemple>,
    /// Terms; none where there is no such file.
    pub(crate) glossaire: Option<Glossaire>,
    /// Tasks of the year planner.
    pub(crate) taches: Vec<Tache>,
    /// What is new, latest first.
    pub(crate) nouveautes: Vec<Nouveaute>,
    /// Names of files of questions and objectives that have no form at all: what refers to them is not at fault.
    pub(crate) illisibles: Vec<String>,
    /// `synonymes.toml`.
    pub(crate) lexique: Lexique,
    /// That file, for the faults of the lexicon.
    pub(crate) synonymes: Arc<Source>,
    /// The same file: how readers speak of each question.
    pub(crate) paroles: Paroles,
}

impl Site {
    /// Lets go of the texts of the questions' files, once nothing is to be told of them any more.
    pub(crate) fn forget_sources(&mut self) {
        for question in &mut self.questions {
            question.source = Arc::new(Source {
                path: question.source.path.clone(),
                text: String::new(),
            });
        }
    }

    /// A question, by its number.
    pub(crate) fn question(&self, numero: Numero) -> Option<&Question> {
        let at = self
            .questions
            .binary_search_by_key(&numero, |q| q.numero)
            .ok()?;
        self.questions.get(at)
    }

    /// Whether a file says that it is that question, readable or not.
    pub(crate) fn announces(&self, numero: Numero) -> bool {
        self.question(numero).is_some() || self.illisibles.contains(&numero.to_string())
    }

    /// Whether there is a file for that objective that cannot be read at all.
    pub(crate) fn is_unreadable(&self, code: &str) -> bool {
        self.illisibles.contains(&slug_of_code(code))
    }

    /// Whether the guide has a page of its own, above its chapters.
    pub(crate) fn has_guide(&self) -> bool {
        self.pages.iter().any(|page| page.adresse == "guide/")
    }

    /// The page of an objective, by its code.
    pub(crate) fn objectif(&self, code: &str) -> Option<&Objectif> {
        self.objectifs.iter().find(|o| o.code == code)
    }
}

/// `site.toml`.
#[derive(Debug, Clone)]
pub(crate) struct Reglages {
    /// The file.
    pub(crate) source: Arc<Source>,
    /// Name of the site.
    pub(crate) nom: String,
    /// Its short name.
    pub(crate) nom_court: String,
    /// One sentence.
    pub(crate) accroche: String,
    /// The official guide, for what the Q&A leaves to it.
    pub(crate) guide_url: String,
    /// Where the official text is published: words and address.
    pub(crate) texte_officiel: (String, String),
    /// Who publishes this copy of the site.
    pub(crate) exploitant: Exploitant,
    /// The sections of the Q&A.
    pub(crate) sections: Vec<Section>,
    /// The six objectives: code and title.
    pub(crate) objectifs: Vec<(String, String)>,
}

/// A section of the Q&A.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    /// `candidature`.
    pub(crate) cle: String,
    /// From 1.
    pub(crate) numero: u8,
    /// How many questions the official text has there.
    pub(crate) questions: u16,
    /// Its title.
    pub(crate) titre: String,
    /// One sentence.
    pub(crate) description: String,
    /// Where it stands in the file.
    pub(crate) span: Range<usize>,
}

/// A question.
#[derive(Debug)]
pub(crate) struct Question {
    /// Its file.
    pub(crate) source: Arc<Source>,
    /// Its number.
    pub(crate) numero: Numero,
    /// Key of its section.
    pub(crate) section: String,
    /// The question, restated.
    pub(crate) titre: String,
    /// The answer in one sentence.
    pub(crate) reponse_courte: String,
    /// Codes of objectives.
    pub(crate) objectifs: Vec<At<String>>,
    /// Candidates, in words.
    pub(crate) candidats: Vec<String>,
    /// Readers: key and words.
    pub(crate) publics: Vec<(String, String)>,
    /// Words that readers type.
    pub(crate) mots_cles: Vec<String>,
    /// Related questions.
    pub(crate) liees: Vec<At<Numero>>,
    /// Version of the official text.
    pub(crate) source_version: At<String>,
    /// First published.
    pub(crate) depuis: NaiveDate,
    /// Last changed.
    pub(crate) modifie: NaiveDate,
    /// Last checked against the official text.
    pub(crate) verifie_le: NaiveDate,
    /// It gives the official wording itself, not our own.
    pub(crate) officiel: bool,
    /// Printed slips that were corrected.
    pub(crate) corrections: Vec<Texte>,
    /// The answer.
    pub(crate) corps: Texte,
}

/// The page of a sub-objective, or of the candidature's own rules.
#[derive(Debug)]
pub(crate) struct Objectif {
    /// Its file.
    pub(crate) source: Arc<Source>,
    /// `D1.O2.A`.
    pub(crate) code: String,
    /// `D1.O2`; `CAND` for the candidature.
    pub(crate) groupe: At<String>,
    /// Its title.
    pub(crate) titre: String,
    /// One sentence.
    pub(crate) resume: String,
    /// Keys of the parameters that its rules use.
    pub(crate) parametres: Vec<At<String>>,
    /// Last changed.
    pub(crate) modifie: NaiveDate,
    /// The text.
    pub(crate) corps: Texte,
}

/// A page of `pages/` or `guide/`.
#[derive(Debug)]
pub(crate) struct PageLibre {
    /// Its file.
    pub(crate) source: Arc<Source>,
    /// Address from the root: `accessibilite/`, `guide/audits/`.
    pub(crate) adresse: String,
    /// Its title.
    pub(crate) titre: String,
    /// Codes of the objectives that it treats as its subject.
    pub(crate) objectifs: Vec<At<String>>,
    /// Whether its quotations are there to be copied.
    pub(crate) copier: bool,
    /// What the footer calls it, where that is not its title; may be empty.
    pub(crate) pied: String,
    /// One sentence under it; may be empty.
    pub(crate) chapeau: String,
    /// Words that readers type.
    pub(crate) mots_cles: Vec<String>,
    /// Last changed.
    pub(crate) modifie: NaiveDate,
    /// The text.
    pub(crate) corps: Texte,
}
