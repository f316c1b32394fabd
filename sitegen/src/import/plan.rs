//! Where each question of the text stands: cover, table of contents, parts, questions.

use super::bruit::bruit;
use super::entetes::{self, Entete};
use super::lignes::{Journal, Ligne};
use crate::cible::Numero;
use crate::diagnostic::Diagnostic;
use crate::mots::{cles, ressemblance};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Titles that share so many words in a hundred are one.
const SEMBLABLE: usize = 60;

/// A question of the text.
#[derive(Debug)]
pub(super) struct Morceau {
    /// Its number.
    pub(super) numero: Numero,
    /// The rank of its first line.
    pub(super) rang: usize,
    /// The ranks of its other lines, title included, noise left out.
    pub(super) lignes: Vec<usize>,
}

/// The text, cut.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Lines before the table of contents.
    pub(super) couverture: Range<usize>,
    /// Lines of the table of contents.
    pub(super) lignes_sommaire: Range<usize>,
    /// Its titles.
    pub(super) sommaire: BTreeMap<Numero, (usize, String)>,
    /// Titles of parts: rank, number, title.
    pub(super) parties: Vec<(usize, u8, String)>,
    /// The questions, in the order of the text.
    pub(super) questions: Vec<Morceau>,
    /// Lines that the page put there.
    pub(super) bruit: Vec<usize>,
    /// Lines of the body that are in no question.
    pub(super) sans_place: Vec<usize>,
}

/// Cuts the text; headings that cannot be are told.
pub(super) fn plan(lignes: &[Ligne], journal: &mut Journal) -> Plan {
    let mut plan = Plan::default();
    let candidates: Vec<(usize, Entete)> = lignes
        .iter()
        .enumerate()
        .filter_map(|(rank, ligne)| Some((rank, entetes::question(ligne.texte)?)))
        .collect();
    let Some((first, head)) = candidates.first() else {
        plan.sans_place = full(lignes, 0..lignes.len());
        return plan;
    };
    let again = candidates
        .iter()
        .skip(1)
        .find(|(_, entete)| entete.numero == head.numero);
    let body = avant_partie(lignes, again.map_or(*first, |(rank, _)| *rank));
    if again.is_some() {
        plan.couverture = 0..avant_partie(lignes, *first).min(body);
        plan.lignes_sommaire = plan.couverture.end..body;
        plan.sommaire = sommaire(lignes, plan.lignes_sommaire.clone());
    } else {
        plan.couverture = 0..body;
    }
    let cover = lignes.get(plan.couverture.clone()).unwrap_or_default();
    let rest = lignes.get(body..).unwrap_or_default();
    plan.bruit = bruit(rest, cover)
        .into_iter()
        .map(|rank| rank + body)
        .collect();
    let candidates: Vec<_> = candidates
        .into_iter()
        .filter(|(rank, _)| *rank >= body)
        .collect();
    corps(&mut plan, lignes, body, &candidates, journal);
    plan
}

/// Ranks of the lines that hold something.
fn full(lignes: &[Ligne], ranks: Range<usize>) -> Vec<usize> {
    ranks
        .filter(|rank| lignes.get(*rank).is_some_and(|ligne| !ligne.est_vide()))
        .collect()
}

/// The rank of the title of the part that stands just before a question, else the question's.
fn avant_partie(lignes: &[Ligne], rank: usize) -> usize {
    let before = full(lignes, 0..rank).pop();
    let title = before.filter(|before| {
        lignes
            .get(*before)
            .is_some_and(|l| entetes::partie(l.texte).is_some())
    });
    title.unwrap_or(rank)
}

/// Titles of the table of contents, page numbers and leaders taken off.
fn sommaire(lignes: &[Ligne], ranks: Range<usize>) -> BTreeMap<Numero, (usize, String)> {
    let mut titles: BTreeMap<Numero, (usize, String)> = BTreeMap::new();
    let mut open: Option<Numero> = None;
    for rank in full(lignes, ranks) {
        let Some(ligne) = lignes.get(rank) else {
            continue;
        };
        let texte = sans_page(ligne.texte);
        if let Some(entete) = entetes::question(ligne.texte) {
            open = Some(entete.numero);
            titles.insert(entete.numero, (rank, sans_page(entete.titre).to_owned()));
        } else if entetes::partie(&texte.replace('*', "")).is_some() {
            open = None;
        } else if let Some((_, title)) = open.and_then(|numero| titles.get_mut(&numero)) {
            title.push(' ');
            title.push_str(texte);
        }
    }
    titles
}

/// `Quelle… ?..... 5` without its page.
fn sans_page(texte: &str) -> &str {
    let bare = texte.trim_end_matches('*').trim_end();
    let digits = bare.len() - bare.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let before = bare.get(..bare.len() - digits).unwrap_or_default();
    let apart = before.ends_with(|c: char| c.is_whitespace() || matches!(c, '?' | '.'))
        || before.is_empty();
    let bare = if (1..=3).contains(&digits) && apart {
        before
    } else {
        bare
    };
    let bare = bare.trim_end();
    let without_leaders = bare.trim_end_matches(['.', '…', '_']);
    if bare.len() - without_leaders.len() >= 3 {
        without_leaders.trim_end()
    } else {
        bare
    }
}

fn corps(
    plan: &mut Plan,
    lignes: &[Ligne],
    body: usize,
    candidates: &[(usize, Entete)],
    journal: &mut Journal,
) {
    let headings = titres(plan, lignes, candidates, journal);
    let noise: BTreeSet<usize> = plan.bruit.iter().copied().collect();
    let mut open: Option<Morceau> = None;
    for rank in body..lignes.len() {
        let Some(ligne) = lignes.get(rank) else {
            continue;
        };
        if let Some(numero) = headings.get(&rank) {
            plan.questions.extend(open.take());
            open = Some(Morceau {
                numero: *numero,
                rang: rank,
                lignes: Vec::new(),
            });
        } else if noise.contains(&rank) {
        } else if let Some((numero, titre)) = partie_ici(lignes, rank, &headings) {
            plan.questions.extend(open.take());
            plan.parties.push((rank, numero, titre.to_owned()));
        } else if let Some(question) = open.as_mut() {
            question.lignes.push(rank);
        } else if !ligne.est_vide() {
            plan.sans_place.push(rank);
        }
    }
    plan.questions.extend(open);
}

/// A part's title stands just before the first question of that part.
fn partie_ici<'a>(
    lignes: &[Ligne<'a>],
    rank: usize,
    headings: &BTreeMap<usize, Numero>,
) -> Option<(u8, &'a str)> {
    let (numero, titre) = entetes::partie(lignes.get(rank)?.texte)?;
    let next = (rank + 1..lignes.len())
        .find(|next| lignes.get(*next).is_some_and(|ligne| !ligne.est_vide()))?;
    let opens = headings
        .get(&next)
        .is_some_and(|question| question.section == numero && question.rang == 1);
    opens.then_some((numero, titre))
}

/// Which candidates open a question: those in their order. The others are told, and stay in the answer.
fn titres(
    plan: &Plan,
    lignes: &[Ligne],
    candidates: &[(usize, Entete)],
    journal: &mut Journal,
) -> BTreeMap<usize, Numero> {
    let mut found = BTreeMap::new();
    let mut last: Option<Numero> = None;
    for (at, (rank, entete)) in candidates.iter().enumerate() {
        let Some(ligne) = lignes.get(*rank) else {
            continue;
        };
        let later = candidates.get(at + 1..).unwrap_or_default();
        if ouvre(plan, last, entete, later) {
            if entete.est_reparee() {
                let fault = Diagnostic::warning(format!("un numéro mal lu : {}", entete.numero));
                journal.dire(ligne, entete.imprime, fault);
            }
            last = Some(entete.numero);
            found.insert(*rank, entete.numero);
        } else if entete.ferme {
            let fault = Diagnostic::warning(format!(
                "« {}. » n'est pas ici le début d'une question",
                entete.imprime
            ));
            let hint = "la ligne est restée dans la réponse qui précède : vérifiez-la";
            journal.dire(ligne, entete.imprime, fault.hint(hint));
        }
    }
    found
}

/// Whether a candidate opens a question, after `last`.
fn ouvre(plan: &Plan, last: Option<Numero>, entete: &Entete, later: &[(usize, Entete)]) -> bool {
    let numero = entete.numero;
    let announced = plan.sommaire.get(&numero).map(|(_, title)| cles(title));
    let likeness = |titre: &str| {
        announced
            .as_ref()
            .map(|title| debut_semblable(title, titre))
    };
    let mine = likeness(entete.titre);
    let next = match last {
        None => true,
        Some(last) => {
            (numero.section == last.section && numero.rang == last.rang + 1)
                || (numero.section == last.section + 1 && numero.rang == 1)
        }
    };
    if next {
        // The true one may come later.
        let better = later.iter().any(|(_, other)| {
            other.numero == numero && likeness(other.titre).unwrap_or_default() >= SEMBLABLE
        });
        let alike = mine.is_none_or(|mine| mine >= SEMBLABLE);
        return (alike || !better) && (entete.ferme || mine.is_some_and(|mine| mine >= SEMBLABLE));
    }
    let further = last.is_none_or(|last| numero > last);
    further && mine.is_some_and(|mine| mine >= SEMBLABLE)
}

/// How much two texts resemble one another, as far as the shorter goes: titles break over lines, answers may follow.
fn debut_semblable(titre: &[String], texte: &str) -> usize {
    let words = cles(texte);
    let length = titre.len().min(words.len());
    let start = |list: &[String]| list.get(..length).unwrap_or_default().to_vec();
    ressemblance(&start(titre), &start(&words))
}
