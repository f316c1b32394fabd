//! Words that carry no subject: articles, pronouns, question words, the verbs of every sentence.
//!
//! They stay in the index (a query made of them alone must still answer) but weigh nothing beside a real word.

/// Sorted: looked up by halves.
const STOPWORDS: &[&str] = &[
    "a", "afin", "ai", "aient", "ainsi", "alors", "apres", "as", "assez", "au", "aucun", "aucune", "aujourd",
    "auquel", "aura", "aurait", "auront", "aussi", "autre", "autres", "aux", "avait", "avant", "avec", "avez",
    "avoir", "avons", "ayant", "beaucoup", "bien", "bon", "bonjour", "c", "ca", "car", "cas", "ce", "ceci",
    "cela", "celle", "celles", "celui", "cependant", "ces", "cest", "cet", "cette", "ceux", "chez", "chose",
    "choses", "ci", "combien", "comme", "comment", "concernant", "d", "dans", "de", "deja", "demander",
    "depuis", "des", "dessus", "deux", "devez", "devoir", "devons", "devra", "devrait", "devrons", "dire",
    "dit", "dois", "doit", "doivent", "donc", "donne", "donnent", "donner", "dont", "du", "duquel", "e",
    "elle", "elles", "en", "encore", "entre", "est", "et", "etaient", "etait", "etant", "etc", "etes", "etre",
    "eu", "eux", "faire", "fais", "faisant", "faisons", "fait", "faites", "falloir", "faudra", "faudrait",
    "faut", "fois", "font", "fut", "gens", "grace", "hein", "hui", "ici", "il", "ils", "j", "je", "jusqu",
    "jusque", "l", "la", "laquelle", "le", "lequel", "les", "lesquelles", "lesquels", "leur", "leurs", "lors",
    "lorsqu", "lorsque", "lui", "m", "ma", "mais", "me", "meme", "memes", "merci", "mes", "mettre", "mis",
    "moi", "moins", "mon", "n", "ne", "ni", "non", "nos", "notre", "nous", "o", "on", "ont", "or", "ou",
    "oui", "par", "parce", "part", "pas", "pendant", "peu", "peut", "peuvent", "peux", "plait", "plus",
    "plutot", "pour", "pourquoi", "pourra", "pourrait", "pouvez", "pouvoir", "pouvons", "presque", "pu",
    "puis", "puisqu", "puisque", "q", "qu", "quand", "que", "quel", "quelle", "quelles", "quelque",
    "quelques", "quels", "qui", "quoi", "quoique", "rien", "s", "sa", "sans", "savoir", "se", "sera",
    "serait", "seront", "ses", "si", "sinon", "soit", "sommes", "son", "sont", "souhaite", "sous", "suis",
    "sur", "svp", "t", "ta", "te", "tel", "telle", "tes", "toi", "ton", "toujours", "tous", "tout", "toute",
    "toutes", "tres", "truc", "trucs", "tu", "un", "une", "va", "vais", "vas", "vers", "veulent", "veut",
    "veux", "voir", "vont", "vos", "votre", "voudrais", "voudrait", "vouloir", "voulons", "vous", "y",
];

/// Whether a folded word carries no subject.
pub(crate) fn is_stopword(word: &str) -> bool {
    STOPWORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_folded() {
        assert!(STOPWORDS.is_sorted());
        assert!(STOPWORDS.iter().all(|word| word.is_ascii()));
    }

    #[test]
    fn subjects_are_not_stopwords() {
        assert!(is_stopword("comment"));
        assert!(!is_stopword("exercice"));
    }
}
