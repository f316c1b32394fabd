//! A question of the text as a content file.

use super::blocs::Bloc;
use super::codes::objectifs;
use super::ligne_markdown::{fragments, markdown, mots};
use crate::cible::Numero;
use crate::site::Site;
use chrono::NaiveDate;
use std::fmt::Write;

/// A question, read whole.
#[derive(Debug)]
pub(super) struct Lue {
    /// Its number.
    pub(super) numero: Numero,
    /// Its title, words alone.
    pub(super) titre: String,
    /// Its answer.
    pub(super) blocs: Vec<Bloc>,
    /// Codes whose zero was read as the letter O: as read, as meant.
    pub(super) codes: Vec<(String, String)>,
}

/// The version of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Version {
    /// `1.0`.
    pub(super) numero: String,
    /// Its day.
    pub(super) date: NaiveDate,
}

/// The longest short answer, in characters.
const COURTE: usize = 240;

/// The content file of a question. What the text does not say (readers, words to search, related questions) comes
/// from the same question of `site`, where that one restates the same version.
pub(super) fn fichier(lue: &Lue, section: &str, version: &Version, site: &Site) -> String {
    let known = site
        .question(lue.numero)
        .filter(|question| question.source_version.value == version.numero);
    let corps = corps(&lue.blocs);
    let date = version.date.to_string();
    let mut head = String::from("+++\n");
    let mut put = |cle: &str, value: String| {
        let _ = writeln!(head, "{cle} = {value}");
    };
    put("officiel", "true".to_owned());
    put("numero", texte(&lue.numero.to_string()));
    put("slug", texte(&lue.numero.slug()));
    put("section", texte(section));
    put("titre", texte(&lue.titre));
    put("reponse_courte", texte(&courte(lue)));
    put("objectifs", liste(objectifs(&tout(lue))));
    let words = known.map(|question| &question.mots_cles);
    put(
        "candidats",
        liste(
            known
                .map(|q| cles_candidats(&q.candidats))
                .unwrap_or_default(),
        ),
    );
    let readers = known.map(|q| {
        q.publics
            .iter()
            .map(|(key, _)| key.as_str())
            .collect::<Vec<_>>()
    });
    put("publics", liste(readers.unwrap_or_default()));
    put(
        "mots_cles",
        liste(words.into_iter().flatten().map(String::as_str)),
    );
    let related: Vec<String> = known
        .map(|q| q.liees.iter().map(|at| at.value.to_string()).collect())
        .unwrap_or_default();
    put("liees", liste(related.iter().map(String::as_str)));
    put("source_version", texte(&version.numero));
    for cle in ["depuis", "modifie", "verifie_le"] {
        put(cle, texte(&date));
    }
    let corrections = corrections(&lue.codes);
    put("corrections", liste(corrections.iter().map(String::as_str)));
    head + "+++\n" + &corps
}

fn cles_candidats(words: &[String]) -> Vec<&'static str> {
    let known = crate::head::CANDIDATS;
    let key = |word: &String| known.iter().find(|(_, w)| w == word).map(|(key, _)| *key);
    words.iter().filter_map(key).collect()
}

/// A text between quotes, as TOML reads it (JSON writes the same).
fn texte(value: &str) -> String {
    serde_json::Value::from(value).to_string()
}

fn liste<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = values.into_iter().map(texte).collect();
    format!("[{}]", quoted.join(", "))
}

/// Title and answer, words alone.
pub(super) fn tout(lue: &Lue) -> String {
    let blocs = lue.blocs.iter().map(|bloc| mots(&fragments(&bloc.texte)));
    let all: Vec<String> = std::iter::once(lue.titre.clone()).chain(blocs).collect();
    all.join("\n")
}

/// The first sentence of the answer.
fn courte(lue: &Lue) -> String {
    let first = lue.blocs.first().map(|bloc| mots(&fragments(&bloc.texte)));
    let first = first.unwrap_or_else(|| lue.titre.clone());
    let end = first
        .match_indices(['.', '!', '?'])
        .find(|(at, _)| {
            let after = first.get(at + 1..).unwrap_or_default();
            after.is_empty() || after.starts_with(' ')
        })
        .map_or(first.len(), |(at, _)| at + 1);
    let sentence = first.get(..end).unwrap_or(&first);
    if sentence.chars().count() <= COURTE {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(COURTE).collect();
    let whole = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

/// One sentence per form that was read otherwise.
fn corrections(codes: &[(String, String)]) -> Vec<String> {
    let mut seen: Vec<&(String, String)> = Vec::new();
    for code in codes {
        if !seen.contains(&code) {
            seen.push(code);
        }
    }
    seen.iter()
        .map(|(read, meant)| {
            format!("Le texte extrait porte « {read} », avec un zéro ; nous écrivons {meant}, avec la lettre O.")
        })
        .collect()
}

/// Blocks as Markdown: items one under the other, a blank line between the rest.
fn corps(blocs: &[Bloc]) -> String {
    let mut out = String::new();
    let mut before: Option<&Bloc> = None;
    for bloc in blocs {
        let both_items = bloc.niveau.is_some() && before.is_some_and(|b| b.niveau.is_some());
        if before.is_some() && !both_items {
            out.push('\n');
        }
        let line = markdown(&fragments(&bloc.texte));
        let _ = match bloc.niveau {
            Some(depth) => writeln!(out, "{}- {line}", "  ".repeat(depth)),
            None => writeln!(out, "{line}"),
        };
        before = Some(bloc);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bloc(niveau: Option<usize>, texte: &str) -> Bloc {
        let texte = texte.to_owned();
        Bloc {
            niveau,
            texte,
            rang: 0,
        }
    }

    fn lue(blocs: Vec<Bloc>) -> Lue {
        Lue {
            numero: Numero {
                section: 1,
                rang: 2,
            },
            titre: "Quoi ?".to_owned(),
            blocs,
            codes: Vec::new(),
        }
    }

    #[test]
    fn blocks_become_markdown() {
        let blocs = [
            bloc(None, "Ici :"),
            bloc(Some(0), "a ;"),
            bloc(Some(1), "b."),
            bloc(None, "Fin."),
        ];
        assert_eq!(corps(&blocs), "Ici :\n\n- a ;\n  - b.\n\nFin.\n");
    }

    #[test]
    fn the_short_answer_is_the_first_sentence() {
        let long = "mot ".repeat(90);
        for (texte, expected) in [
            ("Oui, à esante.gouv.fr. Non.", "Oui, à esante.gouv.fr."),
            ("Ici :", "Ici :"),
            ("Le **31 mars**.", "Le 31 mars."),
        ] {
            assert_eq!(courte(&lue(vec![bloc(None, texte)])), expected);
        }
        let cut = courte(&lue(vec![bloc(None, &long)]));
        assert!(cut.ends_with("mot…") && cut.chars().count() <= COURTE + 1);
        assert_eq!(courte(&lue(Vec::new())), "Quoi ?");
    }
}
