//! The door: every fault of a file at once, each with its place, its name and its remedy.

use crate::champ::Champ;
use crate::json::Json;
use std::borrow::Cow;

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
                    chemin.push_str(&rang.to_string());
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

    /// Notes a fault here.
    pub(crate) fn noter(&mut self, message: String) {
        self.fautes.push(Faute {
            chemin: self.chemin(),
            message,
        });
    }

    /// Notes that the value here is refused; `remede` is an imperative without a final stop.
    pub(crate) fn refuser<T>(&mut self, json: &Json, remede: &str) -> Option<T> {
        let mut message = String::from("Le champ « ");
        message.push_str(&self.nom());
        message.push_str(" » ne peut pas valoir ");
        decrire(json, &mut message);
        message.push_str(" : ");
        message.push_str(remede);
        message.push('.');
        self.noter(message);
        None
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
            return self.refuser(json, "indiquez un objet entre accolades");
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

    /// Reads the field `cle`; absent, it gives what absence means or a fault.
    pub(crate) fn champ<T: Champ>(&mut self, membres: &[Membre], cle: &'static str) -> Option<T> {
        let retour = self.entrer(cle);
        let lu = match membres.iter().find(|(nom, _)| nom == cle) {
            Some((_, json)) => T::lire(json, self),
            None => T::absent().or_else(|| self.manquant(cle)),
        };
        self.revenir(retour);
        lu
    }

    fn manquant<T>(&mut self, cle: &str) -> Option<T> {
        self.noter(
            [
                "Le champ « ",
                cle,
                " » manque : ajoutez-le, il est obligatoire.",
            ]
            .concat(),
        );
        None
    }

    /// The rank of a word among the allowed ones.
    pub(crate) fn choisir(&mut self, json: &Json, mots: &[&str]) -> Option<usize> {
        let rang = json
            .texte()
            .and_then(|texte| mots.iter().position(|mot| *mot == texte));
        if rang.is_some() {
            return rang;
        }
        self.refuser(json, &["choisissez parmi ", &mots.join(", ")].concat())
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
