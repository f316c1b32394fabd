//! A small JSON reader that loses nothing.
//!
//! Numbers keep their text (an amount never goes through a float), repeated keys stay visible (the door
//! refuses them), and no input whatever makes it panic: depth is bounded, every byte is checked.
//! Written here rather than taken from a crate because it weighs a quarter as much in the browser.

use crate::francais::{phrase, rang_en_chiffres};
use crate::prelude::*;
use alloc::borrow::Cow;
use core::fmt;

/// Nesting beyond which a file is refused: a dossier needs six levels.
const PROFONDEUR_MAX: usize = 64;

/// Elements of a list, or members of an object, beyond which a file is refused: what checks them against each other
/// must stay quick. A group of fifteen establishments has some six hundred audits.
const ELEMENTS_MAX: usize = 5_000;

/// Bytes beyond which a file is refused; the largest dossier that was made weighs a fiftieth of that.
pub const OCTETS_MAX: usize = 4 << 20;

/// A JSON value, borrowed from its text where possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json<'a> {
    /// `null`
    Nul,
    /// `true` or `false`
    Booleen(bool),
    /// A number, as it is written.
    Nombre(&'a str),
    /// A string, escapes resolved.
    Texte(Cow<'a, str>),
    /// A list.
    Liste(Vec<Json<'a>>),
    /// An object in the order of the file, repeated keys included.
    Objet(Vec<(Cow<'a, str>, Json<'a>)>),
}

impl<'a> Json<'a> {
    /// The first value under `cle`, where this is an object that has one.
    #[must_use]
    pub fn get(&self, cle: &str) -> Option<&Json<'a>> {
        match self {
            Json::Objet(membres) => membres
                .iter()
                .find(|(nom, _)| nom == cle)
                .map(|(_, valeur)| valeur),
            _ => None,
        }
    }

    /// The text, where this is a string.
    #[must_use]
    pub fn texte(&self) -> Option<&str> {
        match self {
            Json::Texte(texte) => Some(texte),
            _ => None,
        }
    }

    /// The text of a number, as it is written, where this is one.
    #[must_use]
    pub fn nombre(&self) -> Option<&'a str> {
        match self {
            Json::Nombre(texte) => Some(texte),
            _ => None,
        }
    }

    /// The elements, where this is a list; none otherwise.
    #[must_use]
    pub fn liste(&self) -> &[Json<'a>] {
        match self {
            Json::Liste(elements) => elements,
            _ => &[],
        }
    }
}

/// Where and why a text is not JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErreurJson {
    /// Line of the fault, from 1.
    pub ligne: usize,
    /// Character of the fault in its line, from 1.
    pub colonne: usize,
    /// What was expected, in French.
    pub attendu: &'static str,
}

impl ErreurJson {
    /// The fault in one French sentence, with its remedy.
    #[must_use]
    pub fn message(&self) -> String {
        phrase![
            "Le fichier n’est pas un JSON valable : ligne ",
            rang_en_chiffres(self.ligne),
            ", colonne ",
            rang_en_chiffres(self.colonne),
            ", ",
            self.attendu,
            " ; enregistrez-le de nouveau depuis le calculateur ou corrigez cet endroit."
        ]
    }
}

impl fmt::Display for ErreurJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

/// Reads one JSON value and nothing after it.
///
/// A byte-order mark at the start (as Windows editors write) is skipped.
///
/// # Errors
/// The first place where the text is not JSON, nests deeper than 64 levels or lists more than 5,000 things; a text of
/// more than [`OCTETS_MAX`] bytes is not read at all.
pub fn lire(texte: &str) -> Result<Json<'_>, ErreurJson> {
    let texte = texte.strip_prefix('\u{feff}').unwrap_or(texte);
    let mut lecteur = Lecteur { texte, position: 0 };
    if texte.len() > OCTETS_MAX {
        return Err(lecteur.erreur("4 Mo au plus étaient attendus"));
    }
    let valeur = lecteur.valeur(0).and_then(|valeur| {
        if lecteur.suivant().is_none() {
            Ok(valeur)
        } else {
            Err("la fin du fichier était attendue")
        }
    });
    valeur.map_err(|attendu| lecteur.erreur(attendu))
}

/// Whether one more may follow `lus`.
fn encore(lus: usize) -> Lu<()> {
    if lus < ELEMENTS_MAX {
        Ok(())
    } else {
        Err("5 000 éléments au plus étaient attendus")
    }
}

struct Lecteur<'a> {
    texte: &'a str,
    position: usize,
}

type Lu<T> = Result<T, &'static str>;

impl<'a> Lecteur<'a> {
    fn erreur(&self, attendu: &'static str) -> ErreurJson {
        let avant = self.texte.get(..self.position).unwrap_or(self.texte);
        let ligne = avant.bytes().filter(|octet| *octet == b'\n').count() + 1;
        let colonne = avant.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        ErreurJson {
            ligne,
            colonne,
            attendu,
        }
    }

    #[expect(
        clippy::inline_always,
        reason = "compiled for size, it would be a call for each byte: a tenth of the reading"
    )]
    #[inline(always)]
    fn octet(&self) -> Option<u8> {
        self.texte.as_bytes().get(self.position).copied()
    }

    /// Steps over the bytes that `passent`, as far as they go.
    fn avancer(&mut self, passent: impl Fn(u8) -> bool) {
        let reste = self.texte.as_bytes().get(self.position..).unwrap_or(&[]);
        let arret = reste.iter().position(|octet| !passent(*octet));
        self.position += arret.unwrap_or(reste.len());
    }

    /// Steps over the white space, and tells what comes next.
    fn suivant(&mut self) -> Option<u8> {
        loop {
            match self.octet() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.position += 1,
                suivant => return suivant,
            }
        }
    }

    /// Steps over `octet` where it comes next.
    fn passe(&mut self, octet: u8) -> bool {
        let present = self.octet() == Some(octet);
        self.position += usize::from(present);
        present
    }

    fn valeur(&mut self, profondeur: usize) -> Lu<Json<'a>> {
        if profondeur > PROFONDEUR_MAX {
            return Err("moins de niveaux imbriqués étaient attendus");
        }
        match self.suivant() {
            Some(b'{') => self.objet(profondeur),
            Some(b'[') => self.liste(profondeur),
            Some(b'"') => self.chaine().map(Json::Texte),
            Some(b'-' | b'0'..=b'9') => self.nombre().map(Json::Nombre),
            _ => self.mot(),
        }
    }

    fn mot(&mut self) -> Lu<Json<'a>> {
        let reste = self.texte.get(self.position..).unwrap_or("");
        for (mot, valeur) in [
            ("null", Json::Nul),
            ("true", Json::Booleen(true)),
            ("false", Json::Booleen(false)),
        ] {
            if reste.starts_with(mot) {
                self.position += mot.len();
                return Ok(valeur);
            }
        }
        Err("une valeur était attendue")
    }

    fn liste(&mut self, profondeur: usize) -> Lu<Json<'a>> {
        self.position += 1;
        let mut elements = Vec::new();
        if self.suivant() == Some(b']') {
            self.position += 1;
            return Ok(Json::Liste(elements));
        }
        loop {
            elements.push(self.valeur(profondeur + 1)?);
            if self.dernier(b']', "« , » ou « ] » était attendu")? {
                return Ok(Json::Liste(elements));
            }
            encore(elements.len())?;
        }
    }

    fn objet(&mut self, profondeur: usize) -> Lu<Json<'a>> {
        self.position += 1;
        let mut membres = Vec::new();
        if self.suivant() == Some(b'}') {
            self.position += 1;
            return Ok(Json::Objet(membres));
        }
        loop {
            membres.push(self.membre(profondeur)?);
            if self.dernier(b'}', "« , » ou « } » était attendu")? {
                return Ok(Json::Objet(membres));
            }
            encore(membres.len())?;
        }
    }

    /// Steps over what follows an element: whether it closes the list, or a comma announces another one.
    fn dernier(&mut self, fin: u8, attendu: &'static str) -> Lu<bool> {
        let suivant = self.suivant().ok_or(attendu)?;
        if suivant != fin && suivant != b',' {
            return Err(attendu);
        }
        self.position += 1;
        Ok(suivant == fin)
    }

    fn membre(&mut self, profondeur: usize) -> Lu<(Cow<'a, str>, Json<'a>)> {
        if self.suivant() != Some(b'"') {
            return Err("un nom de champ entre guillemets était attendu");
        }
        let cle = self.chaine()?;
        if self.suivant() != Some(b':') {
            return Err("« : » était attendu");
        }
        self.position += 1;
        Ok((cle, self.valeur(profondeur + 1)?))
    }

    fn chiffres(&mut self) -> Lu<()> {
        let debut = self.position;
        self.avancer(|octet| octet.is_ascii_digit());
        if self.position > debut {
            Ok(())
        } else {
            Err("un chiffre était attendu")
        }
    }

    fn nombre(&mut self) -> Lu<&'a str> {
        let debut = self.position;
        self.passe(b'-');
        if self.passe(b'0') {
            if matches!(self.octet(), Some(b'0'..=b'9')) {
                return Err("un nombre sans zéro au début était attendu");
            }
        } else {
            self.chiffres()?;
        }
        if self.passe(b'.') {
            self.chiffres()?;
        }
        if self.passe(b'e') || self.passe(b'E') {
            let _signe = self.passe(b'+') || self.passe(b'-');
            self.chiffres()?;
        }
        Ok(self.texte.get(debut..self.position).unwrap_or(""))
    }

    /// A string; borrowed where it has no escape, as nearly all have.
    fn chaine(&mut self) -> Lu<Cow<'a, str>> {
        self.position += 1;
        let morceau = self.morceau();
        if self.passe(b'"') {
            return Ok(Cow::Borrowed(morceau));
        }
        let mut sortie = String::from(morceau);
        loop {
            match self.octet() {
                Some(b'"') => {
                    self.position += 1;
                    return Ok(Cow::Owned(sortie));
                }
                Some(b'\\') => sortie.push(self.echappement()?),
                Some(_) => return Err("un caractère de commande est interdit dans un texte"),
                None => return Err("un guillemet fermant était attendu"),
            }
            sortie.push_str(self.morceau());
        }
    }

    /// The text up to a quote, an escape or a control character.
    fn morceau(&mut self) -> &'a str {
        let debut = self.position;
        self.avancer(|octet| !matches!(octet, b'"' | b'\\' | 0..=0x1f));
        self.texte.get(debut..self.position).unwrap_or("")
    }

    fn echappement(&mut self) -> Lu<char> {
        self.position += 1;
        let lettre = self.octet().ok_or("un guillemet fermant était attendu")?;
        let caractere = match lettre {
            b'"' | b'\\' | b'/' => char::from(lettre),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return Err("cette barre oblique inverse n’est pas permise"),
        };
        self.position += 1;
        Ok(caractere)
    }

    /// `\uXXXX`, or the two of a surrogate pair; stands on the `u`.
    fn unicode(&mut self) -> Lu<char> {
        let haut = self.quatre_chiffres()?;
        let code = if (0xd800..0xdc00).contains(&haut) {
            if !(self.passe(b'\\') && self.octet() == Some(b'u')) {
                return Err("la seconde moitié d’un caractère était attendue");
            }
            let bas = self.quatre_chiffres()?;
            if !(0xdc00..0xe000).contains(&bas) {
                return Err("la seconde moitié d’un caractère était attendue");
            }
            0x10000 + ((haut - 0xd800) << 10) + (bas - 0xdc00)
        } else {
            haut
        };
        char::from_u32(code).ok_or("un caractère entier était attendu")
    }

    fn quatre_chiffres(&mut self) -> Lu<u32> {
        let debut = self.position + 1;
        let texte = self.texte.get(debut..debut + 4).unwrap_or("");
        if texte.len() != 4 || !texte.bytes().all(|octet| octet.is_ascii_hexdigit()) {
            return Err("quatre chiffres hexadécimaux étaient attendus");
        }
        self.position = debut + 4;
        u32::from_str_radix(texte, 16).map_err(|_| "quatre chiffres hexadécimaux étaient attendus")
    }
}

#[cfg(test)]
mod tests;
