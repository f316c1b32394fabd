//! The questions of the site: their titles and addresses, for the links of the verdicts.

use crate::prelude::*;
use calc_core::json::{self, Json};

/// A link to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LienQuestion {
    /// `3.16`.
    pub(crate) numero: String,
    /// The question, restated.
    pub(crate) titre: String,
    /// Relative address.
    pub(crate) href: String,
}

/// Every question of the site.
#[derive(Debug, Default)]
pub(crate) struct Questions(Vec<LienQuestion>);

impl Questions {
    /// Reads `{"3.16": {"titre": "…", "href": "../faq/3-16/"}}`; what is not of that shape is left out.
    pub(crate) fn from_json(texte: &str) -> Self {
        let Ok(Json::Objet(membres)) = json::lire(texte) else {
            return Self::default();
        };
        Self(
            membres
                .into_iter()
                .filter_map(|(numero, valeur)| read_link(&numero, &valeur))
                .collect(),
        )
    }

    /// The links to some questions, in their order; those that the site does not have are left out.
    pub(crate) fn links(&self, numeros: &[&str]) -> Vec<LienQuestion> {
        numeros
            .iter()
            .filter_map(|numero| self.0.iter().find(|lien| lien.numero == *numero).cloned())
            .collect()
    }
}

fn read_link(numero: &str, valeur: &Json) -> Option<LienQuestion> {
    let text = |cle| valeur.get(cle)?.texte().map(String::from);
    Some(LienQuestion {
        numero: numero.into(),
        titre: text("titre")?,
        href: text("href")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_come_in_the_order_asked() {
        let questions = Questions::from_json(
            r#"{"3.9":{"titre":"Outils","href":"../faq/3-9/"},"3.16":{"titre":"Rythme","href":"../faq/3-16/"}}"#,
        );
        let liens = questions.links(&["3.16", "9.9", "3.9"]);
        let vus: Vec<_> = liens
            .iter()
            .map(|lien| {
                (
                    lien.numero.as_str(),
                    lien.titre.as_str(),
                    lien.href.as_str(),
                )
            })
            .collect();
        assert_eq!(
            vus,
            [
                ("3.16", "Rythme", "../faq/3-16/"),
                ("3.9", "Outils", "../faq/3-9/")
            ]
        );
    }

    #[test]
    fn what_is_not_a_list_of_questions_gives_no_link() {
        assert_eq!(Questions::from_json("[]").links(&["3.9"]), []);
        assert_eq!(
            Questions::from_json("{\"3.9\":{\"titre\":\"x\"}}").links(&["3.9"]),
            []
        );
    }
}
