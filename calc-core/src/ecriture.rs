//! Writes JSON: indented for the file that a user keeps, on one line for programs.

use crate::prelude::*;
/// A JSON text under construction. Commas and indentation take care of themselves.
#[derive(Debug)]
pub(crate) struct Ecriture {
    sortie: String,
    niveau: Option<usize>,
    premier: bool,
}

impl Ecriture {
    /// Indented by two spaces.
    pub(crate) fn indentee() -> Self {
        Self {
            sortie: String::new(),
            niveau: Some(0),
            premier: true,
        }
    }

    /// On one line, without spaces.
    pub(crate) fn en_ligne(capacite: usize) -> Self {
        Self {
            sortie: String::with_capacity(capacite),
            niveau: None,
            premier: true,
        }
    }

    pub(crate) fn finir(self) -> String {
        self.sortie
    }

    pub(crate) fn ouvrir(&mut self, signe: char) {
        self.sortie.push(signe);
        self.premier = true;
        self.niveau = self.niveau.map(|niveau| niveau + 1);
    }

    pub(crate) fn fermer(&mut self, signe: char) {
        self.niveau = self.niveau.map(|niveau| niveau.saturating_sub(1));
        if !self.premier {
            self.a_la_ligne();
        }
        self.sortie.push(signe);
        self.premier = false;
    }

    fn a_la_ligne(&mut self) {
        if let Some(niveau) = self.niveau {
            self.sortie.push('\n');
            for _ in 0..niveau {
                self.sortie.push_str("  ");
            }
        }
    }

    /// Announces the next element of a list.
    pub(crate) fn element(&mut self) {
        if !self.premier {
            self.sortie.push(',');
        }
        self.premier = false;
        self.a_la_ligne();
    }

    /// Announces the next member of an object. `cle` needs no escape.
    pub(crate) fn cle(&mut self, cle: &str) {
        self.element();
        self.sortie.push('"');
        self.sortie.push_str(cle);
        self.sortie
            .push_str(if self.niveau.is_some() { "\": " } else { "\":" });
    }

    /// A value already in JSON.
    pub(crate) fn brut(&mut self, json: &str) {
        self.sortie.push_str(json);
    }

    /// A string value.
    pub(crate) fn texte(&mut self, texte: &str) {
        self.sortie.push('"');
        let mut reste = texte;
        // Nearly every text needs no escape: copy whole runs.
        while let Some(rang) = reste
            .bytes()
            .position(|octet| octet < 0x20 || octet == b'"' || octet == b'\\')
        {
            let Some((avant, apres)) = reste.split_at_checked(rang) else {
                break; // not reached: those bytes stand alone
            };
            self.sortie.push_str(avant);
            self.echapper(apres.bytes().next().unwrap_or(b' '));
            reste = apres.get(1..).unwrap_or("");
        }
        self.sortie.push_str(reste);
        self.sortie.push('"');
    }

    fn echapper(&mut self, octet: u8) {
        match octet {
            b'"' => self.sortie.push_str("\\\""),
            b'\\' => self.sortie.push_str("\\\\"),
            b'\n' => self.sortie.push_str("\\n"),
            _ => {
                self.sortie.push_str("\\u00");
                for chiffre in [octet >> 4, octet & 15] {
                    self.sortie
                        .push(char::from_digit(u32::from(chiffre), 16).unwrap_or('0'));
                }
            }
        }
    }

    /// A string value that needs no escape: our own words, ids of checks, dates.
    pub(crate) fn mot(&mut self, mot: &str) {
        self.sortie.push('"');
        self.sortie.push_str(mot);
        self.sortie.push('"');
    }

    /// A whole number.
    pub(crate) fn entier(&mut self, valeur: i64) {
        crate::francais::chiffres(valeur, &mut self.sortie);
    }
}
