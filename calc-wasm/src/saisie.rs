//! One field: what was typed becomes a JSON value, and a JSON value what the field shows.

use crate::dates;
use crate::prelude::*;
use crate::texte::quote;
use calc_core::json::Json;

/// What a field holds (`data-type` in the page).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Genre {
    /// Free text.
    Texte,
    /// A day, in any usual French form.
    Date,
    /// A whole number, with or without thousands spaces.
    Entier,
    /// A year: a whole number shown without thousands space.
    Annee,
    /// A number with a decimal comma or point.
    Decimal,
    /// A checkbox.
    Booleen,
    /// One of the values of a list; the empty one means no answer.
    Choix,
    /// Yes, no, or no answer.
    OuiNon,
}

impl Genre {
    /// The kind named by `data-type`.
    pub(crate) fn from_name(nom: &str) -> Option<Self> {
        Some(match nom {
            "texte" => Self::Texte,
            "date" => Self::Date,
            "entier" => Self::Entier,
            "annee" => Self::Annee,
            "decimal" => Self::Decimal,
            "booleen" => Self::Booleen,
            "choix" | "entite" => Self::Choix,
            "ouinon" => Self::OuiNon,
            _ => return None,
        })
    }

    /// Whether nothing was typed or chosen. An unticked box counts as nothing.
    pub(crate) fn is_blank(self, texte: &str) -> bool {
        let texte = texte.trim();
        texte.is_empty() || (self == Self::Booleen && texte == "false")
    }
}

/// The JSON value of a field; none where it is blank (an unticked box is `false`, never none).
///
/// # Errors
/// A French sentence that says what to write instead.
pub(crate) fn read(genre: Genre, texte: &str) -> Result<Option<String>, String> {
    let texte = texte.trim();
    if genre == Genre::Booleen {
        return Ok(Some(if texte == "true" { "true" } else { "false" }.into()));
    }
    if texte.is_empty() {
        return Ok(None);
    }
    match genre {
        Genre::Date => dates::read_date(texte).map(|date| quote(&dates::iso(date))),
        Genre::Entier | Genre::Annee => read_integer(texte),
        Genre::Decimal => read_decimal(texte),
        Genre::Booleen | Genre::OuiNon => Ok(texte.into()),
        Genre::Texte | Genre::Choix => Ok(quote(texte)),
    }
    .map(Some)
}

/// Digits alone, without spaces nor needless zeros in front; none if there is anything else.
fn digits(texte: &str) -> Option<String> {
    let chiffres: String = texte.chars().filter(|c| !c.is_whitespace()).collect();
    if chiffres.is_empty() || !chiffres.bytes().all(|octet| octet.is_ascii_digit()) {
        return None;
    }
    let utiles = chiffres.trim_start_matches('0');
    Some(if utiles.is_empty() { "0" } else { utiles }.into())
}

fn read_integer(texte: &str) -> Result<String, String> {
    digits(texte)
        .ok_or_else(|| "Nombre entier attendu\u{a0}: écrivez-le en chiffres, sans virgule.".into())
}

fn read_decimal(texte: &str) -> Result<String, String> {
    let faute = || "Nombre non compris\u{a0}: écrivez par exemple 7,5.".to_owned();
    let Some((entiers, decimales)) = texte.split_once([',', '.']) else {
        return digits(texte).ok_or_else(faute);
    };
    let entiers = digits(entiers).ok_or_else(faute)?;
    if decimales.is_empty() || !decimales.bytes().all(|octet| octet.is_ascii_digit()) {
        return Err(faute());
    }
    Ok([&entiers, ".", decimales].concat())
}

/// What a field shows for a value of an opened dossier; the inverse of [`read`].
pub(crate) fn show(genre: Genre, valeur: &Json) -> String {
    let texte = match valeur {
        // As it was typed: only dates have one form.
        Json::Texte(texte) if genre != Genre::Date => return texte.as_ref().into(),
        Json::Texte(texte) => texte.as_ref(),
        Json::Nombre(texte) => texte,
        Json::Booleen(true) => "true",
        Json::Booleen(false) => "false",
        Json::Nul | Json::Liste(_) | Json::Objet(_) => "",
    };
    match genre {
        Genre::Date => dates::read_date(texte).map_or_else(|_| texte.into(), dates::short_date),
        Genre::Entier => group_thousands(texte),
        Genre::Decimal => show_decimal(texte),
        Genre::Texte | Genre::Annee | Genre::Choix | Genre::Booleen | Genre::OuiNon => texte.into(),
    }
}

fn show_decimal(texte: &str) -> String {
    match texte.split_once('.') {
        Some((entiers, decimales)) if decimales.bytes().all(|octet| octet == b'0') => {
            group_thousands(entiers)
        }
        Some((entiers, decimales)) => [&group_thousands(entiers), ",", decimales].concat(),
        None => group_thousands(texte),
    }
}

/// `70000` → `70 000`, with narrow no-break spaces.
fn group_thousands(chiffres: &str) -> String {
    let mut groupes = String::new();
    for (rang, chiffre) in chiffres.chars().enumerate() {
        if rang > 0 && (chiffres.len() - rang).is_multiple_of(3) {
            groupes.push('\u{202f}');
        }
        groupes.push(chiffre);
    }
    groupes
}

/// What the page says beside a field that it understood: a date in words, nothing else.
pub(crate) fn understood(genre: Genre, texte: &str) -> Option<String> {
    if genre != Genre::Date {
        return None;
    }
    dates::read_date(texte).ok().map(dates::date_in_words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(genre: Genre, texte: &str, attendu: Option<&str>) {
        assert_eq!(read(genre, texte), Ok(attendu.map(Into::into)), "{texte}");
    }

    #[test]
    fn what_is_typed_becomes_json() {
        check(
            Genre::Texte,
            "  L'« AD » \"principal\" ",
            Some("\"L'« AD » \\\"principal\\\"\""),
        );
        check(Genre::Texte, "   ", None);
        check(Genre::Date, "7 mai 2026", Some("\"2026-05-07\""));
        check(Genre::Entier, "70\u{202f}000", Some("70000"));
        check(Genre::Entier, "70 000", Some("70000"));
        check(Genre::Entier, "007", Some("7"));
        check(Genre::Entier, "0", Some("0"));
        check(Genre::Decimal, "7,5", Some("7.5"));
        check(Genre::Decimal, "7.50", Some("7.50"));
        check(Genre::Decimal, "07", Some("7"));
        check(Genre::Decimal, "1 234,05", Some("1234.05"));
        check(Genre::Booleen, "true", Some("true"));
        check(Genre::Booleen, "", Some("false"));
        check(Genre::OuiNon, "false", Some("false"));
        check(Genre::OuiNon, "", None);
        check(Genre::Choix, "silene", Some("\"silene\""));
        check(Genre::Choix, "", None);
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        for texte in ["sept", "7,", ",5", "7,5,1", "-3", "1e3", "7 , x"] {
            assert!(read(Genre::Decimal, texte).is_err(), "{texte}");
        }
        for texte in ["2,5", "deux", "-1", "3.0"] {
            assert!(read(Genre::Entier, texte).is_err(), "{texte}");
        }
    }

    #[test]
    fn what_is_shown_is_read_back_the_same() {
        let cas = [
            (Genre::Date, "\"2026-05-07\"", "07/05/2026"),
            (Genre::Entier, "70000", "70\u{202f}000"),
            (Genre::Entier, "3", "3"),
            (Genre::Annee, "2026", "2026"),
            (Genre::Decimal, "7.5", "7,5"),
            (Genre::Decimal, "80", "80"),
            (Genre::Decimal, "1234567.25", "1\u{202f}234\u{202f}567,25"),
            (Genre::Texte, "\"CHU\"", "CHU"),
            (Genre::Booleen, "true", "true"),
        ];
        for (genre, json, attendu) in cas {
            let valeur = calc_core::json::lire(json).expect("json");
            let montre = show(genre, &valeur);
            assert_eq!(montre, attendu);
            assert_eq!(read(genre, &montre), Ok(Some(json.into())));
        }
        assert_eq!(show(Genre::Texte, &Json::Nul), "");
        assert_eq!(
            show(Genre::Decimal, &Json::Nombre("70000.00")),
            "70\u{202f}000"
        );
    }

    #[test]
    fn a_blank_field_is_told_from_a_filled_one() {
        assert!(Genre::Booleen.is_blank("false"));
        assert!(Genre::Texte.is_blank(" "));
        assert!(!Genre::Booleen.is_blank("true"));
        assert!(!Genre::OuiNon.is_blank("false"));
        assert!(!Genre::Texte.is_blank("false"));
    }

    #[test]
    fn only_dates_are_said_back() {
        assert_eq!(
            understood(Genre::Date, "7/5/2026").as_deref(),
            Some("jeudi 7\u{a0}mai\u{a0}2026")
        );
        assert_eq!(understood(Genre::Date, "7/5"), None);
        assert_eq!(understood(Genre::Entier, "7"), None);
    }
}
