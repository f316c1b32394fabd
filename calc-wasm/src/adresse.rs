//! A dossier that an address carries: `#court=<base64url of its JSON, shortened (`abrege`) and deflated>&date=2026-08-20`;
//! `#lien=<base64url of its JSON, deflated>&date=…`, which older links have; `#dossier=<base64url of its JSON>&date=…`, which
//! the site's own examples have.
//!
//! The day stands last and whole, so that a link cut anywhere is known to be cut.

use crate::prelude::*;
use crate::texte::cut;
use calc_core::{ecrire_date, lire_date};
use chrono::NaiveDate;

/// How an address carries a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Forme {
    /// As JSON.
    Clair,
    /// As JSON, deflated.
    Presse,
    /// As JSON, shortened, then deflated.
    Court,
}

/// Each with what begins its fragment.
const FORMES: [(Forme, &str); 3] = [
    (Forme::Clair, "#dossier="),
    (Forme::Presse, "#lien="),
    (Forme::Court, "#court="),
];

/// What an address carries.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Porte {
    /// The dossier, not yet judged.
    pub(crate) octets: Vec<u8>,
    /// How it stands there.
    pub(crate) forme: Forme,
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
    let mut formes = FORMES.iter();
    let trouvee = formes.find_map(|(forme, debut)| Some((*forme, fragment.strip_prefix(debut)?)));
    let Some((forme, reste)) = trouvee else {
        return Ok(None);
    };
    let (texte, jour) = cut(reste, "&date=").ok_or(Coupe)?;
    let octets = decode(texte).ok_or(Coupe)?;
    let jour = lire_date(jour).ok_or(Coupe)?;
    Ok(Some(Porte {
        octets,
        forme,
        jour,
    }))
}

/// The fragment that carries a dossier, `#` included; the inverse of [`read`].
pub(crate) fn write(porte: &Porte) -> String {
    let mut formes = FORMES.iter();
    let debut = formes.find(|(forme, _)| *forme == porte.forme);
    let mut fragment = String::from(debut.map_or("", |(_, debut)| debut));
    for groupe in porte.octets.chunks(3) {
        let mut bits = 0_u32;
        for rang in 0..3 {
            bits = (bits << 8) | u32::from(groupe.get(rang).copied().unwrap_or(0));
        }
        for rang in 0..=groupe.len() {
            let lettre = (bits >> (18 - 6 * rang)) & 63;
            fragment.push(char::from(
                ALPHABET.get(lettre as usize).copied().unwrap_or(b'A'),
            ));
        }
    }
    fragment.push_str("&date=");
    ecrire_date(porte.jour, &mut fragment);
    fragment
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

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
    let rang = ALPHABET.iter().position(|autre| *autre == lettre)?;
    u8::try_from(rang).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIEN: &str = "#dossier=eyJub20iOiLDqcK_w7_Dv34ifQ&date=2026-08-20";

    #[test]
    fn a_dossier_and_its_day_are_read() {
        let porte = read(LIEN).expect("whole").expect("a dossier");
        assert_eq!(porte.octets, "{\"nom\":\"é¿ÿÿ~\"}".as_bytes());
        assert_eq!(porte.forme, Forme::Clair);
        assert_eq!(porte.jour.to_string(), "2026-08-20");
    }

    #[test]
    fn what_is_written_is_read_back() {
        let jour = lire_date("2026-08-20").expect("date");
        for nombre in 0..=255_u8 {
            for (forme, _) in FORMES {
                let octets: Vec<u8> = (0..nombre).map(|rang| rang.wrapping_mul(37)).collect();
                let porte = Porte {
                    octets,
                    forme,
                    jour,
                };
                assert_eq!(read(&write(&porte)), Ok(Some(porte)));
            }
        }
        let porte = read(LIEN).expect("whole").expect("a dossier");
        assert_eq!(write(&porte), LIEN);
    }

    #[test]
    fn other_fragments_are_not_ours() {
        for fragment in [
            "",
            "#",
            "#resultats",
            "#titre-resultats",
            "#dossier",
            "#lien",
            "#court",
            "#liens=e30",
        ] {
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
            "#dossier=eyJ9e&date=2026-08-20",
            "#dossier=%7B%7D&date=2026-08-20",
        ] {
            assert_eq!(read(fragment), Err(Coupe), "{fragment}");
        }
    }
}
