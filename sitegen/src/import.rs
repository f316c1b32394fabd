//! `sitegen import`: the official text, as extracted from its PDF, to content files. Every word is placed, every
//! fault told at its line, and what the reader could not place is told too.
//!
//! # Steps
//! 1. [`caracteres`] mends single letters, [`mod@lignes`] cuts lines.
//! 2. [`mod@plan`] finds cover, table of contents, parts and questions (`entetes`), and what the page put between ([`bruit`]).
//! 3. [`titre`] and [`blocs`] read each question: broken sentences, cut words (`cesure`), lists without marks.
//! 4. [`codes`] gives objectives their letter O back, [`sommaire`] compares the body with its table of contents.
//! 5. [`fichier`] and `ligne_markdown` write the content files, [`dossier`] the folder around them.

mod blocs;
mod bruit;
mod caracteres;
mod cesure;
mod codes;
mod dossier;
mod entetes;
mod fichier;
mod ligne_markdown;
mod lignes;
mod plan;
mod sommaire;
mod titre;
mod version;

pub(crate) use dossier::{Importe, importer};

use crate::cible::Numero;
use crate::diagnostic::{Diagnostic, Faults};
use crate::source::Source;
use cesure::{Vocabulaire, vocabulaire};
use fichier::{Lue, Version};
use lignes::{Journal, Ligne, lignes};
use plan::{Morceau, Plan, plan};
use std::sync::Arc;

/// The official text, read.
pub(crate) struct Lecture {
    /// Its questions, in order.
    questions: Vec<Lue>,
    /// Its version, where the cover says it.
    version: Option<Version>,
    /// Lines that belong to no question: first, last, what they are.
    bruit: Vec<(usize, usize, &'static str)>,
    /// The text with its letters whole, which the lines belong to.
    source: Arc<Source>,
    /// First line of each question, by its rank.
    debuts: Vec<usize>,
}

impl Lecture {
    /// Every question: number, title and answer as words alone.
    pub(crate) fn textes(&self) -> impl Iterator<Item = (Numero, &str, String)> {
        self.questions.iter().map(|lue| {
            let blocs = lue.blocs.iter();
            let words =
                |bloc: &blocs::Bloc| ligne_markdown::mots(&ligne_markdown::fragments(&bloc.texte));
            let answer: Vec<String> = blocs.map(words).collect();
            (lue.numero, lue.titre.as_str(), answer.join("\n"))
        })
    }

    /// `1.0`, where the cover says it.
    pub(crate) fn numero_de_version(&self) -> Option<&str> {
        self.version.as_ref().map(|version| version.numero.as_str())
    }

    /// The day of that version.
    pub(crate) fn date(&self) -> Option<chrono::NaiveDate> {
        self.version.as_ref().map(|version| version.date)
    }
}

/// Whether a text looks like the official one: a question opens some line of it.
pub(crate) fn lire(source: &Arc<Source>, faults: &mut Faults) -> Lecture {
    let source = letters(source, faults);
    let lines = lignes(&source.text);
    let mut journal = Journal {
        source: &source,
        faults: Faults::default(),
    };
    let plan = plan(&lines, &mut journal);
    let known = vocabulaire(&source.text);
    let questions: Vec<Lue> = plan
        .questions
        .iter()
        .map(|morceau| lue(&lines, morceau, &plan, &known, &mut journal))
        .collect();
    sommaire::comparer(&lines, &plan, &questions, &mut journal);
    sans_place(&lines, &plan, &mut journal);
    let version = version::lire(lines.get(plan.couverture.clone()).unwrap_or_default());
    let bruit = declarer(&lines, &plan);
    let debuts = plan.questions.iter().map(|morceau| morceau.rang).collect();
    faults.extend(journal.faults);
    Lecture {
        questions,
        version,
        bruit,
        source,
        debuts,
    }
}

/// The same text with its letters whole; each line that had to be mended is told.
fn letters(source: &Arc<Source>, faults: &mut Faults) -> Arc<Source> {
    let (text, mended) = caracteres::reparer(&source.text);
    let mut lines: Vec<usize> = Vec::new();
    for at in mended {
        let line = source
            .text
            .get(..at)
            .unwrap_or_default()
            .matches('\n')
            .count();
        if lines.last() != Some(&line) {
            lines.push(line);
            let fault = Diagnostic::warning("des lettres collées ou des accents à part");
            let fault = fault.hint("les lettres entières ont été rétablies sur cette ligne");
            faults.push(fault.at(source, at..at + 1));
        }
    }
    let path = source.path.clone();
    Arc::new(Source { path, text })
}

fn lue(
    lines: &[Ligne],
    morceau: &Morceau,
    plan: &Plan,
    known: &Vocabulaire,
    journal: &mut Journal,
) -> Lue {
    let first = lines.get(morceau.rang).map_or("", |line| line.texte);
    let first = entetes::question(first).map_or("", |entete| entete.titre);
    let announced = plan.sommaire.get(&morceau.numero);
    let announced = announced.map(|(_, words)| words.as_str());
    let read = titre::titre(lines, morceau, first, announced, known, journal);
    let rest = morceau.lignes.get(read.lignes..).unwrap_or_default();
    let mut blocs = blocs::blocs(lines, rest, known, journal);
    if !read.reste.is_empty() {
        let texte = read.reste.to_owned();
        blocs.insert(
            0,
            blocs::Bloc {
                niveau: None,
                texte,
                rang: morceau.rang,
            },
        );
    }
    if blocs.is_empty()
        && let Some(line) = lines.get(morceau.rang)
    {
        let fault = Diagnostic::error(format!("la question {} est sans réponse", morceau.numero));
        journal.dire(line, "", fault);
    }
    lost_links(lines, &blocs, journal);
    let (titre, codes) = codes_of(lines, morceau, &read.texte, &mut blocs, journal);
    Lue {
        numero: morceau.numero,
        titre,
        blocs,
        codes,
    }
}

/// A link whose address the extraction lost.
fn lost_links(lines: &[Ligne], blocs: &[blocs::Bloc], journal: &mut Journal) {
    for bloc in blocs {
        for fragment in ligne_markdown::fragments(&bloc.texte) {
            if let ligne_markdown::Fragment::LienPerdu(words) = fragment
                && let Some(line) = lines.get(bloc.rang)
            {
                let fault =
                    Diagnostic::warning(format!("le lien de « {words} » a perdu son adresse"));
                journal.dire(line, &words, fault.hint("ses mots sont restés, sans lien"));
            }
        }
    }
}

/// Gives the codes of a question their letter back, each told at its line.
fn codes_of(
    lines: &[Ligne],
    morceau: &Morceau,
    titre: &str,
    blocs: &mut [blocs::Bloc],
    journal: &mut Journal,
) -> (String, Vec<codes::Reparation>) {
    let ranks = std::iter::once(morceau.rang).chain(morceau.lignes.iter().copied());
    for line in ranks.filter_map(|rank| lines.get(rank)) {
        let mut passed = 0;
        for (read, meant) in codes::reparer(line.texte).1 {
            let rest = line.texte.get(passed..).unwrap_or_default();
            let at = passed + rest.find(&read).unwrap_or_default();
            passed = at + read.len();
            let fault = Diagnostic::warning(format!("un zéro pour la lettre O : lu {meant}"));
            journal.dire_a(line.debut + at..line.debut + passed, fault);
        }
    }
    let (titre, mut mended) = codes::reparer(titre);
    for bloc in blocs {
        let (texte, more) = codes::reparer(&bloc.texte);
        bloc.texte = texte;
        mended.extend(more);
    }
    let bold = titre.replace("**", "");
    (bold, mended)
}

fn sans_place(lines: &[Ligne], plan: &Plan, journal: &mut Journal) {
    for line in plan.sans_place.iter().filter_map(|rank| lines.get(*rank)) {
        let fault = Diagnostic::warning("cette ligne n'est dans aucune question");
        let hint = "elle n'a pas été reprise : placez-la vous-même";
        journal.dire(line, "", fault.hint(hint));
    }
}

/// What is in no question, by lines.
fn declarer(lines: &[Ligne], plan: &Plan) -> Vec<(usize, usize, &'static str)> {
    let numero = |rank: usize| lines.get(rank).map_or(0, |line| line.numero);
    let range = |range: &std::ops::Range<usize>, what: &'static str| {
        (!range.is_empty()).then(|| (numero(range.start), numero(range.end - 1), what))
    };
    let mut out: Vec<_> = [
        range(&plan.couverture, "page de garde"),
        range(&plan.lignes_sommaire, "sommaire"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let one = |rank: usize, what| (numero(rank), numero(rank), what);
    out.extend(
        plan.parties
            .iter()
            .map(|(rank, ..)| one(*rank, "titre de partie")),
    );
    out.extend(plan.bruit.iter().map(|rank| one(*rank, "bruit de page")));
    out.sort_unstable();
    out
}
