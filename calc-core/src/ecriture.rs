//! Writes JSON: indented for the file that a user keeps, on one line for programs.
//!
//! It is written as bytes, and becomes a text once whole: a text checks each piece that it is given.

use crate::dates::octets_de_date;
use crate::prelude::*;
use crate::unites::decimal;
use chrono::NaiveDate;

/// A JSON text under construction. Commas and indentation take care of themselves.
#[derive(Debug)]
pub(crate) struct Ecriture {
    sortie: Vec<u8>,
    niveau: Option<usize>,
    premier: bool,
}

impl Ecriture {
    /// Indented by two spaces.
    pub(crate) fn indentee() -> Self {
        Self {
            sortie: Vec::new(),
            niveau: Some(0),
            premier: true,
        }
    }

    /// On one line, without spaces.
    pub(crate) fn en_ligne(capacite: usize) -> Self {
        Self {
            sortie: Vec::with_capacity(capacite),
            niveau: None,
            premier: true,
        }
    }

    /// The text. Only whole texts and ASCII were written: it is UTF-8.
    pub(crate) fn finir(self) -> String {
        String::from_utf8(self.sortie).unwrap_or_default()
    }

    /// The same as bytes.
    pub(crate) fn octets(self) -> Vec<u8> {
        self.sortie
    }

    pub(crate) fn ouvrir(&mut self, signe: u8) {
        self.sortie.push(signe);
        self.premier = true;
        self.niveau = self.niveau.map(|niveau| niveau + 1);
    }

    pub(crate) fn fermer(&mut self, signe: u8) {
        self.niveau = self.niveau.map(|niveau| niveau.saturating_sub(1));
        if !self.premier {
            self.a_la_ligne();
        }
        self.sortie.push(signe);
        self.premier = false;
    }

    fn a_la_ligne(&mut self) {
        if let Some(niveau) = self.niveau {
            self.sortie.push(b'\n');
            for _ in 0..niveau {
                self.brut("  ");
            }
        }
    }

    /// Announces the next element of a list.
    pub(crate) fn element(&mut self) {
        if !self.premier {
            self.sortie.push(b',');
        }
        self.premier = false;
        self.a_la_ligne();
    }

    /// Announces the next member of an object. `cle` needs no escape.
    pub(crate) fn cle(&mut self, cle: &str) {
        self.element();
        self.mot(cle);
        self.brut(if self.niveau.is_some() { ": " } else { ":" });
    }

    /// What is already JSON, whole or in part.
    pub(crate) fn brut(&mut self, json: &str) {
        self.sortie.extend_from_slice(json.as_bytes());
    }

    /// A string value.
    pub(crate) fn texte(&mut self, texte: &str) {
        self.sortie.push(b'"');
        let mut reste = texte.as_bytes();
        // Nearly every text needs no escape: copy whole runs.
        while let Some((avant, octet, apres)) = avant_echappement(reste) {
            self.sortie.extend_from_slice(avant);
            self.echapper(octet);
            reste = apres;
        }
        self.sortie.extend_from_slice(reste);
        self.sortie.push(b'"');
    }

    fn echapper(&mut self, octet: u8) {
        match octet {
            b'"' => self.brut("\\\""),
            b'\\' => self.brut("\\\\"),
            b'\n' => self.brut("\\n"),
            _ => {
                self.brut("\\u00");
                for chiffre in [octet >> 4, octet & 15] {
                    let chiffre = char::from_digit(u32::from(chiffre), 16);
                    self.sortie
                        .push(chiffre.map_or(b'0', |chiffre| chiffre as u8));
                }
            }
        }
    }

    /// A string value that needs no escape: our own words, ids of checks.
    pub(crate) fn mot(&mut self, mot: &str) {
        self.sortie.push(b'"');
        self.brut(mot);
        self.sortie.push(b'"');
    }

    /// A day, as a string value.
    pub(crate) fn date(&mut self, date: NaiveDate) {
        self.sortie.push(b'"');
        self.sortie.extend_from_slice(&octets_de_date(date));
        self.sortie.push(b'"');
    }

    /// A whole number.
    pub(crate) fn entier(&mut self, valeur: i64) {
        if valeur < 0 {
            self.sortie.push(b'-');
        }
        self.chiffres(valeur.unsigned_abs());
    }

    /// A rank.
    pub(crate) fn rang(&mut self, rang: usize) {
        self.chiffres(u64::try_from(rang).unwrap_or(u64::MAX));
    }

    /// Hundredths without useless zeros: 6000 is `60`, 6050 is `60.50`.
    pub(crate) fn court(&mut self, centiemes: i64) {
        if centiemes % 100 == 0 {
            self.entier(centiemes / 100);
        } else {
            self.brut(&decimal(centiemes, 2));
        }
    }

    fn chiffres(&mut self, absolu: u64) {
        if absolu >= 10 {
            self.chiffres(absolu / 10);
        }
        self.sortie
            .push(b'0' + u8::try_from(absolu % 10).unwrap_or(0));
    }
}

/// What stands before the first byte to escape, that byte, and what follows it.
fn avant_echappement(octets: &[u8]) -> Option<(&[u8], u8, &[u8])> {
    let (huits, _) = octets.as_chunks::<8>();
    let sains = huits
        .iter()
        .position(|huit| a_echapper(u64::from_le_bytes(*huit)));
    let vus = sains.unwrap_or(huits.len()) * 8;
    let suite = octets.get(vus..)?;
    let rang = suite
        .iter()
        .position(|octet| *octet < 0x20 || *octet == b'"' || *octet == b'\\')?;
    let (avant, apres) = octets.split_at_checked(vus + rang)?;
    let (octet, apres) = apres.split_first()?;
    Some((avant, *octet, apres))
}

/// Whether one of eight bytes is a control character, a quote or a backslash: taking one from a byte of zero borrows.
fn a_echapper(huit: u64) -> bool {
    const UNS: u64 = u64::MAX / 255;
    let sous = |octets: u64, borne: u64| octets.wrapping_sub(UNS * borne) & !octets;
    let quote = sous(huit ^ (UNS * 0x22), 1);
    let barre = sous(huit ^ (UNS * 0x5c), 1);
    (sous(huit, 0x20) | quote | barre) & (UNS * 0x80) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ecrit(texte: &str) -> String {
        let mut sortie = Ecriture::en_ligne(0);
        sortie.texte(texte);
        sortie.finir()
    }

    #[test]
    fn each_character_is_escaped_or_not_wherever_it_stands() {
        for code in (0..0x100).chain([0x2019, 0x202f, 0x1_f600]) {
            let Some(signe) = char::from_u32(code) else {
                continue;
            };
            let attendu = match signe {
                '"' => "\\\"".into(),
                '\\' => "\\\\".into(),
                '\n' => "\\n".into(),
                '\0'..' ' => format!("\\u{code:04x}"),
                _ => String::from(signe),
            };
            for avant in 0..18 {
                for apres in [0, 7, 8, 9] {
                    let [avant, apres] = [avant, apres].map(|nombre| "é".repeat(nombre));
                    assert_eq!(
                        ecrit(&format!("{avant}{signe}{apres}{signe}")),
                        format!("\"{avant}{attendu}{apres}{attendu}\"")
                    );
                }
            }
        }
    }

    #[test]
    fn whole_numbers() {
        for nombre in [0, 9, 10, -1, 12_345, i64::MAX, i64::MIN] {
            let mut sortie = Ecriture::en_ligne(0);
            sortie.entier(nombre);
            assert_eq!(sortie.finir(), nombre.to_string());
        }
    }
}
