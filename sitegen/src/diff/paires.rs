//! Which question of the one version is which of the other, whatever their numbers.

use super::version::Question;
use crate::mots::{cles, ressemblance};
use std::cmp::Reverse;

/// Two questions that share fewer words in a hundred are two.
const SEMBLABLE: usize = 60;
/// One of title and answer that shares so many words is enough: the other was written again.
const SUR: usize = 90;
/// A question is more likely the one that has its number.
const MEME_NUMERO: usize = 5;

/// A question of the one side, of the other, or of both.
pub(super) type Paire<'a> = (Option<&'a Question>, Option<&'a Question>);

/// Pairs every question with the one that it was; those without one stand alone.
pub(super) fn paires<'a>(anciennes: &'a [Question], nouvelles: &'a [Question]) -> Vec<Paire<'a>> {
    let words = |list: &[Question]| -> Vec<(Vec<String>, Vec<String>)> {
        list.iter()
            .map(|q| (cles(&q.titre), cles(&q.reponse)))
            .collect()
    };
    let (old_words, new_words) = (words(anciennes), words(nouvelles));
    let mut scores = Vec::new();
    for (i, (old, old_words)) in anciennes.iter().zip(&old_words).enumerate() {
        for (j, (new, new_words)) in nouvelles.iter().zip(&new_words).enumerate() {
            let title = ressemblance(&old_words.0, &new_words.0);
            let answer = ressemblance(&old_words.1, &new_words.1);
            let same = if old.numero == new.numero {
                MEME_NUMERO
            } else {
                0
            };
            let sure = if title.max(answer) >= SUR {
                SEMBLABLE
            } else {
                0
            };
            let score = (usize::midpoint(title, answer) + same).max(sure);
            if score >= SEMBLABLE {
                scores.push((Reverse(score), i, j));
            }
        }
    }
    scores.sort_unstable();
    marier(anciennes, nouvelles, &scores)
}

/// The most alike first, each question once.
fn marier<'a>(
    anciennes: &'a [Question],
    nouvelles: &'a [Question],
    scores: &[(Reverse<usize>, usize, usize)],
) -> Vec<Paire<'a>> {
    let mut of_old: Vec<Option<usize>> = vec![None; anciennes.len()];
    let mut taken = vec![false; nouvelles.len()];
    for (_, i, j) in scores {
        if let (Some(place @ None), Some(free @ false)) = (of_old.get_mut(*i), taken.get_mut(*j)) {
            *place = Some(*j);
            *free = true;
        }
    }
    let kept = anciennes
        .iter()
        .zip(&of_old)
        .map(|(old, new)| (Some(old), new.and_then(|new| nouvelles.get(new))));
    let fresh = nouvelles.iter().zip(&taken).filter(|(_, taken)| !**taken);
    kept.chain(fresh.map(|(new, _)| (None, Some(new))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cible::Numero;

    fn question(numero: &str, texte: &str) -> Question {
        let (titre, reponse) = texte.split_once('|').expect("a title and an answer");
        Question {
            numero: Numero::parse(numero).expect("a number"),
            titre: titre.to_owned(),
            reponse: reponse.to_owned(),
        }
    }

    #[track_caller]
    fn check(old: &[(&str, &str)], new: &[(&str, &str)], expected: &str) {
        let read = |list: &[(&str, &str)]| -> Vec<Question> {
            list.iter().map(|(n, t)| question(n, t)).collect()
        };
        let (old, new) = (read(old), read(new));
        let shown: Vec<String> = paires(&old, &new)
            .into_iter()
            .map(|(old, new)| {
                let number =
                    |q: Option<&Question>| q.map_or("-".to_owned(), |q| q.numero.to_string());
                format!("{}>{}", number(old), number(new))
            })
            .collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn a_question_is_known_by_its_words() {
        let a = "quels audits faut il faire|tous les deux mois au moins";
        let b = "qui signe la trame|le directeur et le comptable public";
        let b2 = "qui signe la trame|le directeur ou le comptable public";
        let c = "où trouver la liste|sur le site de l'agence";
        check(
            &[("1.1", a), ("1.2", b)],
            &[("1.1", a), ("1.2", b)],
            "1.1>1.1 1.2>1.2",
        );
        check(
            &[("1.1", a), ("1.2", b)],
            &[("1.1", a), ("1.2", c), ("1.3", b2)],
            "1.1>1.1 1.2>1.3 ->1.2",
        );
        check(&[("1.1", a), ("1.2", b)], &[("1.1", b)], "1.1>- 1.2>1.1");
        check(
            &[("1.1", a), ("1.2", a)],
            &[("1.1", a), ("1.2", a)],
            "1.1>1.1 1.2>1.2",
        );
        let rewritten = "quels audits faut il faire|un seul par an";
        check(&[("1.1", a)], &[("1.1", rewritten)], "1.1>1.1");
        check(&[("1.1", a)], &[("1.1", c)], "1.1>- ->1.1");
    }
}
