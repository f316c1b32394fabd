//! The door: every fault of a file at once, each with its place, its name and its remedy.

use crate::champ::Champ;
use crate::francais::{phrase, rang_en_chiffres};
use crate::json::Json;
use crate::prelude::*;
use crate::unites::lire_decimal;
use alloc::borrow::Cow;

/// A member of an object, as it was read.
type Membre<'a> = (Cow<'a, str>, Json<'a>);

/// A fault of a file that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faute {
    /// Where, as `annuaires[0].audits[1].date`; empty for the whole file.
    pub chemin: String,
    /// One French sentence that names the field and says what to do.
    pub message: String,
}

/// As many faults are told at most, the last of which says that others follow.
const FAUTES_MAX: usize = 1_000;
/// The rank of that one.
const RESTE: usize = FAUTES_MAX - 1;

/// A step of a path.
#[derive(Debug)]
enum Pas {
    /// A field that we know.
    Champ(&'static str),
    /// A field that only the file knows.
    Nom(String),
    /// The rank in a list.
    Rang(usize),
}

/// What a door remembers while it reads: where it stands, and the faults so far.
///
/// The path is kept as steps and only written out for a fault: right files pay nothing for it.
#[derive(Debug, Default)]
pub(crate) struct Porte {
    pas: Vec<Pas>,
    pub(crate) fautes: Vec<Faute>,
}

impl Porte {
    /// Steps into `cle`; the result leads back out.
    pub(crate) fn entrer(&mut self, cle: &'static str) -> usize {
        self.avancer(Pas::Champ(cle))
    }

    /// Steps into a field that only the file knows, or a path of several steps.
    pub(crate) fn entrer_nom(&mut self, nom: &str) -> usize {
        self.avancer(Pas::Nom(nom.into()))
    }

    /// Steps into the element `rang` of a list; the result leads back out.
    pub(crate) fn entrer_rang(&mut self, rang: usize) -> usize {
        self.avancer(Pas::Rang(rang))
    }

    fn avancer(&mut self, pas: Pas) -> usize {
        self.pas.push(pas);
        self.pas.len() - 1
    }

    /// Steps back out to where [`Self::entrer`] stood.
    pub(crate) fn revenir(&mut self, retour: usize) {
        self.pas.truncate(retour);
    }

    fn chemin(&self) -> String {
        let mut chemin = String::new();
        for pas in &self.pas {
            let nom = match pas {
                Pas::Champ(cle) => cle,
                Pas::Nom(nom) => nom.as_str(),
                Pas::Rang(rang) => {
                    chemin.push('[');
                    chemin.push_str(&rang_en_chiffres(*rang));
                    chemin.push(']');
                    continue;
                }
            };
            if !chemin.is_empty() {
                chemin.push('.');
            }
            chemin.push_str(nom);
        }
        chemin
    }

    /// Notes a fault here. After [`FAUTES_MAX`] of them one sentence stands for the rest: nobody reads more.
    pub(crate) fn noter(&mut self, message: String) {
        let faute = match self.fautes.len() {
            FAUTES_MAX.. => return,
            RESTE => Faute {
                chemin: String::new(),
                message: "D’autres fautes suivent : corrigez d’abord celles-ci, puis ouvrez le fichier de nouveau.".into(),
            },
            _ => Faute {
                chemin: self.chemin(),
                message,
            },
        };
        self.fautes.push(faute);
    }

    /// Notes that the value here is refused; `remede` is an imperative without a final stop.
    pub(crate) fn refus(&mut self, json: &Json, remede: &str) {
        let mut message = String::from("Le champ « ");
        message.push_str(&self.nom());
        message.push_str(" » ne peut pas valoir ");
        decrire(json, &mut message);
        message.push_str(" : ");
        message.push_str(remede);
        message.push('.');
        self.noter(message);
    }

    /// The same, and a value to stand in for it.
    pub(crate) fn refuser<T: Champ>(&mut self, json: &Json, remede: &str) -> T {
        self.refus(json, remede);
        T::vide()
    }

    /// A whole number within bounds, both included; 0 after a fault.
    pub(crate) fn entier(&mut self, json: &Json, bornes: (i64, i64), remede: &str) -> i64 {
        match json.nombre().map(|texte| lire_decimal(texte, 0)) {
            Some(Ok(valeur)) if bornes.0 <= valeur && valeur <= bornes.1 => valeur,
            _ => {
                self.refus(json, remede);
                0
            }
        }
    }

    /// A number of `decimales` digits, from 0 to `max` in its smallest part; 0 after a fault.
    pub(crate) fn decimale(
        &mut self,
        json: &Json,
        decimales: usize,
        max: i64,
        remede: &str,
    ) -> i64 {
        match json.nombre().map(|texte| lire_decimal(texte, decimales)) {
            Some(Ok(valeur)) if valeur <= max => valeur,
            _ => {
                self.refus(json, remede);
                0
            }
        }
    }

    /// The last name of the path, with its rank in a list.
    fn nom(&self) -> String {
        match self.chemin().rsplit('.').next() {
            Some(nom) if !nom.is_empty() => nom.into(),
            _ => "fichier".into(),
        }
    }

    /// The members of an object, its unknown and repeated keys noted.
    pub(crate) fn objet<'a, 'b>(
        &mut self,
        json: &'b Json<'a>,
        cles: &[&str],
    ) -> Option<&'b [Membre<'a>]> {
        let Json::Objet(membres) = json else {
            self.refus(json, "indiquez un objet entre accolades");
            return None;
        };
        for (rang, (cle, _)) in membres.iter().enumerate() {
            let deja = membres.iter().take(rang).any(|(autre, _)| autre == cle);
            if deja {
                self.faute_cle(cle, " » est écrit deux fois : gardez un seul des deux.");
            } else if !cles.contains(&cle.as_ref()) {
                self.faute_cle(cle, " » n’existe pas : corrigez son nom ou retirez-le.");
            }
        }
        Some(membres)
    }

    fn faute_cle(&mut self, cle: &str, suite: &str) {
        let retour = self.entrer_nom(cle);
        self.noter(["Le champ « ", cle, suite].concat());
        self.revenir(retour);
    }

    /// Reads the field `cle`; absent, it gives what absence means, or a fault where there is an object at all.
    pub(crate) fn champ<T: Champ>(&mut self, membres: Option<&[Membre]>, cle: &'static str) -> T {
        let Some(json) = self.trouver(membres, cle, T::FACULTATIF) else {
            return T::vide();
        };
        let retour = self.entrer(cle);
        let lu = T::lire(json, self);
        self.revenir(retour);
        lu
    }

    fn trouver<'a, 'b>(
        &mut self,
        membres: Option<&'b [Membre<'a>]>,
        cle: &'static str,
        facultatif: bool,
    ) -> Option<&'b Json<'a>> {
        let trouve = membres?.iter().find(|(nom, _)| nom == cle);
        if trouve.is_none() && !facultatif {
            let retour = self.entrer(cle);
            self.noter(phrase![
                "Le champ « ",
                cle,
                " » manque : ajoutez-le, il est obligatoire."
            ]);
            self.revenir(retour);
        }
        Some(&trouve?.1)
    }

    /// The rank of a word among the allowed ones; past them all after a fault.
    pub(crate) fn choisir(&mut self, json: &Json, mots: &[&str]) -> usize {
        let rang = json
            .texte()
            .and_then(|texte| mots.iter().position(|mot| *mot == texte));
        rang.unwrap_or_else(|| {
            self.refus(json, &["choisissez parmi ", &mots.join(", ")].concat());
            mots.len()
        })
    }
}

/// What was read, short enough for a sentence.
fn decrire(json: &Json, sortie: &mut String) {
    match json {
        Json::Nul => sortie.push_str("null"),
        Json::Booleen(true) => sortie.push_str("true"),
        Json::Booleen(false) => sortie.push_str("false"),
        Json::Nombre(texte) => sortie.extend(texte.chars().take(40)),
        Json::Texte(texte) => {
            sortie.push_str("« ");
            sortie.extend(texte.chars().take(40));
            sortie.push_str(" »");
        }
        Json::Liste(_) => sortie.push_str("une liste"),
        Json::Objet(_) => sortie.push_str("un objet"),
    }
}
