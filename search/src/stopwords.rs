//! Words that carry no subject: articles, pronouns, question words, the verbs of every sentence.
//!
//! They stay in the index (a query made of them alone must still answer) but weigh nothing beside a real word.

use crate::fold::Token;
use crate::small::{Names, parts};

/// Folded, in alphabetical order. One string: a table of addresses would weigh more than the words.
const STOPWORDS: &str = "\
a actuellement afin ai aient ainsi aller allez allons alors apres as assez au aucun aucune aujourd \
auquel aura aurait auront aussi autre autres aux avait avant avec avez avoir avons ayant beaucoup \
besoin bien bientot bon bonjour c ca car cas ce ceci cela celle celles celui cependant ces cest cet \
cette ceux cherche chercher chez chose choses ci cinq combien comme comment concernant consulter \
croire crois d dans de deja demander depuis des dessus deux deuxieme devenir devez devient devoir \
devons devra devrait devrons dire dis dit dites dix dois doit doivent donc donne donnent donner dont \
du duquel e egalement elle elles en encore enfin ensuite entre envie est et etaient etait etant etc \
etes etre eu eux existe exister face facon faire fais faisant faisons fait faites falloir faudra \
faudrait faut finalement fois font fut gens grace grand grande hein hui huit ici il ils impossible \
indiquer j jamais je jusqu jusque juste l la laquelle le lequel les lesquelles lesquels leur leurs \
lors lorsqu lorsque lui m ma mais maniere me meme memes merci mes mettre mieux mis moi moins mon \
moyen n ne neuf ni non normalement nos notamment notre nous o obtenir occupe occuper on ont or ou \
oui par parait parce pareil parfois part pas passent passer passera passez passons pendant pense \
penser permet permettent permettre personnes petit petite petites petits peu peur peut peuvent peux \
pire plait plus plutot possibilite possible pour pourquoi pourra pourrait pouvez pouvoir pouvons \
prend prendre prends prenons presque pu puis puisqu puisque q qu quand quatre que quel quelle \
quelles quelqu quelque quelques quels qui quoi quoique recherchons reste rester rien s sa sans \
savoir se semble sembler sept sera serait seront ses seulement si simplement sinon six soit sommes \
son sont souhaite sous souvent suis sur surtout svp t ta tant te tel telle tellement tes toi ton \
toujours tous tout toute toutes tres trois troisieme trouve trouvent trouver truc trucs tu un une va \
vais vas vers veulent veut veux vient voila voir vont vos votre voudrais voudrait vouloir voulons \
vous vraiment y";

/// Turns of phrase that say nothing, each word of which may say something elsewhere: « que se passe-t-il » is about no
/// password.
const EMPTY_PHRASES: &str = "\
se passe t il|se passera t il|se passe|prendre en compte|pris en compte|en cours de route|tous les jours|dans le cadre|\
a la place|entre t elle|entre t il|au niveau|par rapport|a propos|domaine 1 bis|programme care";

/// The words without a subject, ready to be looked up.
pub(crate) fn stopwords() -> Names {
    let mut names = Names::default();
    for word in parts(STOPWORDS, b' ') {
        names.add(word);
    }
    names
}

/// How many of the next tokens make an empty turn of phrase; 0 if none.
pub(crate) fn empty_phrase(tokens: &[Token]) -> usize {
    if tokens.len() < 2 {
        return 0;
    }
    for phrase in parts(EMPTY_PHRASES, b'|') {
        let (mut words, mut count) = (parts(phrase, b' '), 0);
        let stands = words.all(|word| {
            count += 1;
            tokens
                .get(count - 1)
                .is_some_and(|token| token.text == word)
        });
        if stands {
            return count;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::tokenize;
    use crate::prelude::*;

    #[test]
    fn every_turn_of_phrase_is_found_by_its_words() {
        for phrase in parts(EMPTY_PHRASES, b'|') {
            let words = phrase.split(' ').count();
            assert_eq!(empty_phrase(&tokenize(phrase)), words, "{phrase}");
        }
    }

    #[test]
    fn the_list_is_sorted_and_folded() {
        let words: Vec<&str> = STOPWORDS.split(' ').collect();
        assert!(words.is_sorted());
        assert!(
            words
                .iter()
                .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()))
        );
    }

    #[test]
    fn subjects_are_not_stopwords() {
        let stopwords = stopwords();
        assert!(stopwords.find("comment").is_some());
        assert!(stopwords.find("exercice").is_none());
    }
}
