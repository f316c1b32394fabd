//! A dossier that an address carries: `#dossier=<base64url of its JSON>&date=2026-08-20`.
//!
//! The day stands last and whole, so that a link cut anywhere is known to be cut.

use crate::prelude::*;
use crate::texte::cut;
use calc_core::lire_date;
use chrono::NaiveDate;

/// What an address carries.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Porte {
    /// The dossier as JSON, not yet judged.
    pub(crate) json: String,
    /// The day to see it on.
    pub(crate) jour: NaiveDate,
}

/// The link was cut, or never was one of ours.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Coupe;

impl Coupe {
    /// What the reader is told.
    pub(crate) const MESSAGE: &str = "Le lien suivi est incomplet\u{a0}: son dossier n’a pas été ouvert. Revenez à la page d’où il vient, ou remplissez le formulaire.";
}

/// Reads a fragment, `#` included; `None` where it carries no dossier.
///
/// # Errors
/// [`Coupe`] where it should carry one, and does not.
pub(crate) fn read(fragment: &str) -> Result<Option<Porte>, Coupe> {
    let Some(reste) = fragment.strip_prefix("#dossier=") else {
        return Ok(None);
    };
    let (texte, jour) = cut(reste, "&date=").ok_or(Coupe)?;
    let json = decode(texte).and_then(|octets| String::from_utf8(octets).ok());
    let json = json.ok_or(Coupe)?;
    let jour = lire_date(jour).ok_or(Coupe)?;
    Ok(Some(Porte { json, jour }))
}

/// Base64 of addresses, without padding.
fn decode(texte: &str) -> Option<Vec<u8>> {
    let mut octets = Vec::with_capacity(texte.len() / 4 * 3 + 2);
    let (mut reserve, mut bits) = (0_u32, 0_u32);
    for lettre in texte.bytes() {
        reserve = ((reserve << 6) | u32::from(value(lettre)?)) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            octets.push(u8::try_from((reserve >> bits) & 0xff).ok()?);
        }
    }
    // Six bits left are a letter without the next one: something was cut.
    (bits < 6).then_some(octets)
}

fn value(lettre: u8) -> Option<u8> {
    match lettre {
        b'A'..=b'Z' => Some(lettre - b'A'),
        b'a'..=b'z' => Some(lettre - b'a' + 26),
        b'0'..=b'9' => Some(lettre - b'0' + 52),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIEN: &str = "#dossier=eyJub20iOiLDqcK_w7_Dv34ifQ&date=2026-08-20";

    #[test]
    fn a_dossier_and_its_day_are_read() {
        let porte = read(LIEN).expect("whole").expect("a dossier");
        assert_eq!(porte.json, "{\"nom\":\"é¿ÿÿ~\"}");
        assert_eq!(porte.jour.to_string(), "2026-08-20");
    }

    #[test]
    fn other_fragments_are_not_ours() {
        for fragment in ["", "#", "#resultats", "#titre-resultats", "#dossier"] {
            assert_eq!(read(fragment), Ok(None), "{fragment}");
        }
    }

    #[test]
    fn a_link_cut_anywhere_is_known_to_be() {
        for fin in "#dossier=".len()..LIEN.len() {
            assert_eq!(read(&LIEN[..fin]), Err(Coupe), "{}", &LIEN[..fin]);
        }
    }

    #[test]
    fn a_forged_link_is_refused() {
        for fragment in [
            "#dossier=e+J9&date=2026-08-20",
            "#dossier=e30=&date=2026-08-20",
            "#dossier=e30&date=2026-02-31",
            "#dossier=e30&date=2026-08-20&x=1",
            "#dossier=_w&date=2026-08-20",
            "#dossier=eyJ9e&date=2026-08-20",
            "#dossier=%7B%7D&date=2026-08-20",
        ] {
            assert_eq!(read(fragment), Err(Coupe), "{fragment}");
        }
    }
}
