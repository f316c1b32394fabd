//! The evaluation as JSON, one line (§12): the same from the command line and from the browser.
//!
//! Names and commas are sewn into one text before each value: a piece to copy costs more than its length.

use crate::depenses::{BilanDepenses, LigneDepense};
use crate::echeancier::Echeance;
use crate::ecriture::Ecriture;
use crate::prelude::*;
use crate::unites::{Euros, decimal};
use crate::verdict::{
    Controle, Evaluation, Fait, Information, Lecture, Marge, Objectif, Sources, Valeur,
};

impl Evaluation {
    /// One line of JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        ecrire(self).finir()
    }

    /// The same as bytes, for who sends them on: nothing then reads them once more.
    #[must_use]
    pub fn to_json_octets(&self) -> Vec<u8> {
        ecrire(self).octets()
    }
}

fn ecrire(evaluation: &Evaluation) -> Ecriture {
    let mut ecriture = Ecriture::en_ligne(96 * 1024);
    let s = &mut ecriture;
    s.brut(r#"{"date":"#);
    s.date(evaluation.date);
    s.brut(r#","programme":"#);
    s.texte(&evaluation.programme);
    s.brut(r#","verdict":""#);
    s.brut(evaluation.verdict.as_str());
    s.brut(r#"","objectifs":{"#);
    for (rang, resultat) in evaluation.objectifs.iter().enumerate() {
        s.brut(if rang > 0 { ",\"" } else { "\"" });
        s.brut(resultat.code.code());
        s.brut(r#"":{"verdict":""#);
        s.brut(resultat.verdict.as_str());
        s.brut(r#"","controles":"#);
        liste(s, &resultat.controles, controle);
        s.brut("}");
    }
    s.brut(r#"},"depenses":"#);
    depenses(s, &evaluation.depenses);
    s.brut(r#","echeancier":"#);
    liste(s, &evaluation.echeancier, echeance);
    s.brut(r#","informations":"#);
    liste(s, &evaluation.informations, information);
    s.brut("}");
    ecriture
}

fn liste<T>(s: &mut Ecriture, elements: &[T], ecrire: fn(&mut Ecriture, &T)) {
    s.brut("[");
    for (rang, element) in elements.iter().enumerate() {
        if rang > 0 {
            s.brut(",");
        }
        ecrire(s, element);
    }
    s.brut("]");
}

fn texte_ou_nul(s: &mut Ecriture, valeur: Option<&str>) {
    match valeur {
        Some(valeur) => s.texte(valeur),
        None => s.brut("null"),
    }
}

fn valeur_ou_nul(s: &mut Ecriture, valeur: Option<&Valeur>) {
    match valeur {
        Some(valeur) => valeur.ecrire(s),
        None => s.brut("null"),
    }
}

/// Questions: their numbers need no escape.
fn sources(s: &mut Ecriture, sources: Sources) {
    liste(s, sources, |s, source| s.mot(source));
}

fn textes(s: &mut Ecriture, textes: &[String]) {
    liste(s, textes, |s, texte| s.texte(texte));
}

fn controle(s: &mut Ecriture, controle: &Controle) {
    s.brut(r#"{"id":""#);
    s.brut(controle.id);
    s.brut(r#"","sujet":"#);
    texte_ou_nul(s, controle.sujet.as_deref());
    s.brut(r#","verdict":""#);
    s.brut(controle.verdict.as_str());
    s.brut(r#"","constat":"#);
    valeur_ou_nul(s, controle.constat.as_ref());
    s.brut(r#","seuil":"#);
    valeur_ou_nul(s, controle.seuil.as_ref());
    s.brut(r#","marge":"#);
    marge(s, controle.marge);
    s.brut(r#","faits":"#);
    liste(s, &controle.faits, fait);
    s.brut(r#","lectures":"#);
    liste(s, &controle.lectures, lecture);
    s.brut(r#","manque":"#);
    textes(s, &controle.manque);
    s.brut(r#","sources":"#);
    sources(s, controle.sources);
    s.brut(r#","explication":"#);
    s.texte(&controle.explication);
    s.brut("}");
}

fn marge(s: &mut Ecriture, marge: Option<Marge>) {
    let Some(marge) = marge else {
        return s.brut("null");
    };
    s.brut(r#"{"valeur":"#);
    s.court(marge.centiemes);
    s.brut(r#","unite":""#);
    s.brut(marge.unite.as_str());
    s.brut("\"}");
}

fn fait(s: &mut Ecriture, fait: &Fait) {
    s.brut(r#"{"chemin":""#);
    fait.lieu.ecrire(s);
    s.brut(r#"","date":"#);
    s.date(fait.date);
    s.brut(r#","valeur":"#);
    valeur_ou_nul(s, fait.valeur.as_ref());
    s.brut("}");
}

fn lecture(s: &mut Ecriture, lecture: &Lecture) {
    s.brut(r#"{"nom":"#);
    s.texte(lecture.nom);
    s.brut(r#","verdict":""#);
    s.brut(lecture.verdict.as_str());
    s.brut(r#"","explication":"#);
    s.texte(&lecture.explication);
    s.brut(r#","sources":"#);
    sources(s, lecture.sources);
    s.brut("}");
}

/// An amount as a string: `"12000.00"`.
fn euros(s: &mut Ecriture, nom: &str, montant: Euros) {
    s.brut(nom);
    s.mot(&decimal(montant.0, 2));
}

fn depenses(s: &mut Ecriture, bilan: &BilanDepenses) {
    s.brut(r#"{"lignes":"#);
    liste(s, &bilan.lignes, ligne);
    euros(s, r#","total_declare":"#, bilan.total_declare);
    euros(s, r#","total_eligible":"#, bilan.total_eligible);
    euros(s, r#","total_possible":"#, bilan.total_possible);
    if let Some(plafond) = bilan.plafond {
        euros(s, r#","plafond":"#, plafond);
    }
    s.brut("}");
}

fn ligne(s: &mut Ecriture, ligne: &LigneDepense) {
    s.brut(r#"{"id":"#);
    s.texte(&ligne.id);
    s.brut(r#","statut":""#);
    s.brut(ligne.statut.as_str());
    euros(s, r#"","montant_eligible":"#, ligne.montant_eligible);
    euros(s, r#","montant_possible":"#, ligne.montant_possible);
    s.brut(r#","raisons":"#);
    textes(s, &ligne.raisons);
    s.brut(r#","manque":"#);
    textes(s, &ligne.manque);
    s.brut(r#","sources":"#);
    liste(s, &ligne.sources, |s, source| s.mot(source));
    s.brut("}");
}

fn echeance(s: &mut Ecriture, echeance: &Echeance) {
    s.brut(r#"{"date":"#);
    s.date(echeance.date);
    if let Some(debut) = echeance.debut {
        s.brut(r#","debut":"#);
        s.date(debut);
    }
    s.brut(r#","objectif":""#);
    s.brut(echeance.objectif.code());
    s.brut(r#"","sujet":"#);
    texte_ou_nul(s, echeance.sujet.as_deref());
    s.brut(r#","regle":"#);
    texte_ou_nul(s, echeance.regle);
    s.brut(r#","libelle":"#);
    s.texte(echeance.libelle);
    s.brut(r#","jours_restants":"#);
    s.entier(echeance.jours_restants);
    s.brut(r#","sources":"#);
    sources(s, echeance.sources);
    s.brut("}");
}

fn information(s: &mut Ecriture, information: &Information) {
    s.brut(r#"{"objectif":"#);
    texte_ou_nul(s, information.objectif.map(Objectif::code));
    s.brut(r#","sujet":"#);
    texte_ou_nul(s, information.sujet.as_deref());
    s.brut(r#","texte":"#);
    s.texte(&information.texte);
    s.brut(r#","sources":"#);
    sources(s, information.sources);
    s.brut("}");
}
