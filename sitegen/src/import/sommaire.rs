//! The body compared with its own table of contents: what is announced, what is there.

use super::fichier::Lue;
use super::lignes::{Journal, Ligne};
use super::plan::Plan;
use crate::diagnostic::Diagnostic;
use crate::mots::cles;
use std::collections::BTreeSet;

/// Tells every question that is announced and absent, absent from the numbering, or announced otherwise.
pub(super) fn comparer(lignes: &[Ligne], plan: &Plan, questions: &[Lue], journal: &mut Journal) {
    let read: BTreeSet<_> = questions.iter().map(|lue| lue.numero).collect();
    for (numero, (rank, _)) in &plan.sommaire {
        if !read.contains(numero)
            && let Some(line) = lignes.get(*rank)
        {
            let message = format!("la question {numero} est au sommaire, pas dans le texte");
            let hint =
                "cherchez son titre dans le texte : il est sans doute resté dans une autre réponse";
            journal.dire(
                line,
                &numero.to_string(),
                Diagnostic::warning(message).hint(hint),
            );
        }
    }
    for (lue, morceau) in questions.iter().zip(&plan.questions) {
        let Some(line) = lignes.get(morceau.rang) else {
            continue;
        };
        let announced = plan.sommaire.get(&lue.numero).map(|(_, title)| title);
        let fault = match announced {
            None if plan.sommaire.is_empty() => continue,
            None => format!("la question {} n'est pas au sommaire", lue.numero),
            Some(title) if cles(title) == cles(&lue.titre) => continue,
            Some(title) => format!("le sommaire l'annonce autrement : « {title} »"),
        };
        let hint = "le titre repris est celui du texte";
        journal.dire(
            line,
            &lue.numero.to_string(),
            Diagnostic::warning(fault).hint(hint),
        );
    }
    numerotation(lignes, plan, questions, journal);
}

/// Numbers that the text skips.
fn numerotation(lignes: &[Ligne], plan: &Plan, questions: &[Lue], journal: &mut Journal) {
    for (pair, morceau) in questions.windows(2).zip(plan.questions.iter().skip(1)) {
        let [before, after] = pair else { continue };
        let (before, after) = (before.numero, after.numero);
        let expected = if after.section == before.section {
            before.rang + 1
        } else {
            1
        };
        if after.rang != expected
            && let Some(line) = lignes.get(morceau.rang)
        {
            let message = format!("après la question {before} vient la question {after}");
            journal.dire(line, &after.to_string(), Diagnostic::warning(message));
        }
    }
}
