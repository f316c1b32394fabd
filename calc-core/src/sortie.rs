//! The evaluation as JSON, one line (§12): the same from the command line and from the browser.

use crate::dates::ecrire_date;
use crate::depenses::{BilanDepenses, LigneDepense};
use crate::echeancier::Echeance;
use crate::ecriture::Ecriture;
use crate::prelude::*;
use crate::unites::{Euros, decimal};
use crate::verdict::{Controle, Evaluation, Fait, Information, Lecture, Marge, Valeur};
use chrono::NaiveDate;

impl Evaluation {
    /// One line of JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut s = Ecriture::en_ligne(32 * 1024);
        s.ouvrir('{');
        membre_date(&mut s, "date", self.date);
        membre(&mut s, "programme", &self.programme);
        membre_mot(&mut s, "verdict", self.verdict.as_str());
        s.cle("objectifs");
        s.ouvrir('{');
        for resultat in &self.objectifs {
            s.cle(resultat.code.code());
            s.ouvrir('{');
            membre_mot(&mut s, "verdict", resultat.verdict.as_str());
            liste(&mut s, "controles", &resultat.controles, controle);
            s.fermer('}');
        }
        s.fermer('}');
        s.cle("depenses");
        depenses(&mut s, &self.depenses);
        liste(&mut s, "echeancier", &self.echeancier, echeance);
        liste(&mut s, "informations", &self.informations, information);
        s.fermer('}');
        s.finir()
    }
}

fn membre(s: &mut Ecriture, cle: &str, valeur: &str) {
    s.cle(cle);
    s.texte(valeur);
}

/// A member whose value needs no escape.
fn membre_mot(s: &mut Ecriture, cle: &str, mot: &str) {
    s.cle(cle);
    s.mot(mot);
}

fn membre_date(s: &mut Ecriture, cle: &str, date: NaiveDate) {
    let mut texte = String::with_capacity(10);
    ecrire_date(date, &mut texte);
    membre_mot(s, cle, &texte);
}

fn membre_ou_nul(s: &mut Ecriture, cle: &str, valeur: Option<&str>) {
    s.cle(cle);
    match valeur {
        Some(valeur) => s.texte(valeur),
        None => s.brut("null"),
    }
}

fn valeur_ou_nul(s: &mut Ecriture, cle: &str, valeur: Option<&Valeur>) {
    s.cle(cle);
    match valeur {
        Some(valeur) => s.brut(&valeur.json()),
        None => s.brut("null"),
    }
}

/// An amount as a string: `"12000.00"`.
fn membre_euros(s: &mut Ecriture, cle: &str, montant: Euros) {
    membre_mot(s, cle, &decimal(montant.0, 2));
}

fn textes(s: &mut Ecriture, cle: &str, elements: &[String]) {
    s.cle(cle);
    s.ouvrir('[');
    for element in elements {
        s.element();
        s.texte(element);
    }
    s.fermer(']');
}

fn liste<T>(s: &mut Ecriture, cle: &str, elements: &[T], ecrire: fn(&mut Ecriture, &T)) {
    s.cle(cle);
    s.ouvrir('[');
    for element in elements {
        s.element();
        ecrire(s, element);
    }
    s.fermer(']');
}

fn mot(s: &mut Ecriture, mot: &&str) {
    s.mot(mot);
}

fn controle(s: &mut Ecriture, controle: &Controle) {
    s.ouvrir('{');
    membre_mot(s, "id", controle.id);
    membre_ou_nul(s, "sujet", controle.sujet.as_deref());
    membre_mot(s, "verdict", controle.verdict.as_str());
    valeur_ou_nul(s, "constat", controle.constat.as_ref());
    valeur_ou_nul(s, "seuil", controle.seuil.as_ref());
    marge(s, controle.marge);
    liste(s, "faits", &controle.faits, fait);
    liste(s, "lectures", &controle.lectures, lecture);
    textes(s, "manque", &controle.manque);
    liste(s, "sources", controle.sources, mot);
    membre(s, "explication", &controle.explication);
    s.fermer('}');
}

fn marge(s: &mut Ecriture, marge: Option<Marge>) {
    s.cle("marge");
    let Some(marge) = marge else {
        return s.brut("null");
    };
    s.ouvrir('{');
    s.cle("valeur");
    s.brut(&marge.valeur_json());
    membre(s, "unite", marge.unite.as_str());
    s.fermer('}');
}

fn fait(s: &mut Ecriture, fait: &Fait) {
    s.ouvrir('{');
    membre_mot(s, "chemin", &fait.lieu.chemin());
    membre_date(s, "date", fait.date);
    valeur_ou_nul(s, "valeur", fait.valeur.as_ref());
    s.fermer('}');
}

fn lecture(s: &mut Ecriture, lecture: &Lecture) {
    s.ouvrir('{');
    membre(s, "nom", lecture.nom);
    membre_mot(s, "verdict", lecture.verdict.as_str());
    membre(s, "explication", &lecture.explication);
    liste(s, "sources", lecture.sources, mot);
    s.fermer('}');
}

fn depenses(s: &mut Ecriture, bilan: &BilanDepenses) {
    s.ouvrir('{');
    liste(s, "lignes", &bilan.lignes, ligne);
    membre_euros(s, "total_declare", bilan.total_declare);
    membre_euros(s, "total_eligible", bilan.total_eligible);
    membre_euros(s, "total_possible", bilan.total_possible);
    if let Some(plafond) = bilan.plafond {
        membre_euros(s, "plafond", plafond);
    }
    s.fermer('}');
}

fn ligne(s: &mut Ecriture, ligne: &LigneDepense) {
    s.ouvrir('{');
    membre(s, "id", &ligne.id);
    membre(s, "statut", ligne.statut.as_str());
    membre_euros(s, "montant_eligible", ligne.montant_eligible);
    membre_euros(s, "montant_possible", ligne.montant_possible);
    textes(s, "raisons", &ligne.raisons);
    textes(s, "manque", &ligne.manque);
    liste(s, "sources", &ligne.sources, mot);
    s.fermer('}');
}

fn echeance(s: &mut Ecriture, echeance: &Echeance) {
    s.ouvrir('{');
    membre_date(s, "date", echeance.date);
    if let Some(debut) = echeance.debut {
        membre_date(s, "debut", debut);
    }
    membre(s, "objectif", echeance.objectif.code());
    membre_ou_nul(s, "sujet", echeance.sujet.as_deref());
    membre_ou_nul(s, "regle", echeance.regle);
    membre(s, "libelle", echeance.libelle);
    s.cle("jours_restants");
    s.entier(echeance.jours_restants);
    liste(s, "sources", echeance.sources, mot);
    s.fermer('}');
}

fn information(s: &mut Ecriture, information: &Information) {
    s.ouvrir('{');
    membre_ou_nul(
        s,
        "objectif",
        information.objectif.map(crate::verdict::Objectif::code),
    );
    membre_ou_nul(s, "sujet", information.sujet.as_deref());
    membre(s, "texte", &information.texte);
    liste(s, "sources", information.sources, mot);
    s.fermer('}');
}
