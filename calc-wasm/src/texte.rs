//! JSON and file names written by hand: lighter in the browser than a library.

use crate::prelude::*;
use alloc::borrow::Cow;
use calc_core::json::Json;

/// A member of an object: its key and its value.
pub(crate) type Membre<'a> = (Cow<'a, str>, Json<'a>);

/// A JSON string.
pub(crate) fn quote(texte: &str) -> String {
    let mut sortie = String::with_capacity(texte.len() + 2);
    sortie.push('"');
    for lettre in texte.chars() {
        match lettre {
            '"' => sortie.push_str("\\\""),
            '\\' => sortie.push_str("\\\\"),
            ' '.. => sortie.push(lettre),
            controle => push_escape(&mut sortie, controle),
        }
    }
    sortie.push('"');
    sortie
}

/// What stands before and after the first `marque`. (The search of the standard library, and each index of a text that
/// could panic, brought the telling of panics along: 4.6 kB of brotli.)
pub(crate) fn cut<'a>(texte: &'a str, marque: &str) -> Option<(&'a str, &'a str)> {
    let mut paires = texte.as_bytes().windows(marque.len());
    let rang = paires.position(|octets| octets == marque.as_bytes())?;
    Some((texte.get(..rang)?, texte.get(rang + marque.len()..)?))
}

/// `\u001f`, for the characters under the space.
fn push_escape(sortie: &mut String, controle: char) {
    let code = controle as u32;
    sortie.push_str(if code < 16 { "\\u000" } else { "\\u001" });
    sortie.push(char::from_digit(code % 16, 16).unwrap_or('0'));
}

/// The members of an object that nothing has taken, as the text of an object; empty where there are none.
pub(crate) fn object_text(membres: &[Membre]) -> String {
    if membres.is_empty() {
        return String::new();
    }
    let mut sortie = String::new();
    write_object(&mut sortie, membres);
    sortie
}

fn write_object(sortie: &mut String, membres: &[Membre]) {
    sortie.push('{');
    for (rang, (cle, valeur)) in membres.iter().enumerate() {
        if rang > 0 {
            sortie.push(',');
        }
        sortie.push_str(&quote(cle));
        sortie.push(':');
        write_json(sortie, valeur);
    }
    sortie.push('}');
}

fn write_json(sortie: &mut String, valeur: &Json) {
    match valeur {
        Json::Nul => sortie.push_str("null"),
        Json::Booleen(vrai) => sortie.push_str(if *vrai { "true" } else { "false" }),
        Json::Nombre(texte) => sortie.push_str(texte),
        Json::Texte(texte) => sortie.push_str(&quote(texte)),
        Json::Objet(membres) => write_object(sortie, membres),
        Json::Liste(elements) => {
            sortie.push('[');
            for (rang, element) in elements.iter().enumerate() {
                if rang > 0 {
                    sortie.push(',');
                }
                write_json(sortie, element);
            }
            sortie.push(']');
        }
    }
}

/// `dossier-care-ght-de-l-aber.json`: a name that every system takes, with the end given.
pub(crate) fn file_name(candidat: &str, fin: &str) -> String {
    let mut nom = String::from("dossier-care");
    let mut coupe = true;
    for lettre in candidat.chars().map(plain) {
        if lettre.is_ascii_alphanumeric() {
            if coupe {
                nom.push('-');
            }
            nom.push(lettre.to_ascii_lowercase());
        }
        coupe = !lettre.is_ascii_alphanumeric();
    }
    nom.push_str(fin);
    nom
}

/// Lower case without accents, to sort by.
pub(crate) fn folded(texte: &str) -> String {
    texte
        .chars()
        .map(|lettre| plain(lettre).to_ascii_lowercase())
        .collect()
}

/// The letter without its accent, for those that French has.
pub(crate) fn plain(lettre: char) -> char {
    match lettre {
        'à' | 'â' | 'ä' | 'À' | 'Â' | 'Ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'e',
        'î' | 'ï' | 'Î' | 'Ï' => 'i',
        'ô' | 'ö' | 'Ô' | 'Ö' => 'o',
        'ù' | 'û' | 'ü' | 'Ù' | 'Û' | 'Ü' => 'u',
        'ç' | 'Ç' => 'c',
        autre => autre,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calc_core::json;

    #[test]
    fn a_string_is_quoted_and_read_back() {
        for texte in [
            "",
            "CHU",
            "L’« AD » \"principal\"",
            "a\\b",
            "deux\nlignes\tet\u{1f}",
            "é\u{a0}€😀",
        ] {
            let ecrit = quote(texte);
            assert_eq!(
                json::lire(&ecrit).expect("json").texte(),
                Some(texte),
                "{ecrit}"
            );
        }
    }

    #[test]
    fn members_are_written_as_they_were_read() {
        let texte = r#"{"a":[1,2.50,{"b":null}],"c":true,"d":"x\"y","e":{},"f":[]}"#;
        let Ok(Json::Objet(membres)) = json::lire(texte) else {
            panic!("json")
        };
        assert_eq!(object_text(&membres), texte);
        assert_eq!(object_text(&[]), "");
    }

    #[test]
    fn a_file_name_keeps_letters_and_digits() {
        assert_eq!(
            file_name("GHT de l’Aber n° 2", ".json"),
            "dossier-care-ght-de-l-aber-n-2.json"
        );
        assert_eq!(
            file_name("  Évêché/../ ", ".json"),
            "dossier-care-eveche.json"
        );
        assert_eq!(file_name("", ".json"), "dossier-care.json");
    }
}
