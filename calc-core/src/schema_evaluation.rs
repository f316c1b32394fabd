//! The JSON Schema of the evaluation. Tests hold every evaluation against it, so it cannot drift from `sortie`.

use crate::ecriture::Ecriture;
use crate::prelude::*;
use crate::verdict::{OBJECTIFS, Verdict};

const DATE: &str = r#"{"type":"string","format":"date"}"#;
const TEXTE: &str = r#"{"type":"string"}"#;
const TEXTES: &str = r#"{"type":"array","items":{"type":"string"}}"#;
const TEXTE_OU_NUL: &str = r#"{"type":["string","null"]}"#;
const VALEUR: &str = r#"{"type":["string","number","null"]}"#;
const ENTIER: &str = r#"{"type":"integer"}"#;
const NOMBRE: &str = r#"{"type":"number"}"#;
const EUROS: &str = r#"{"type":"string","pattern":"^[0-9]+[.][0-9]{2}$"}"#;
const STATUT: &str =
    r#"{"enum":["eligible","partiel","a_justifier","a_confirmer","non_eligible"]}"#;

/// A member of an object: its key, its schema, whether it is always there.
type Membre<'a> = (&'a str, &'a str, bool);

/// The JSON Schema (draft 2020-12) of [`crate::Evaluation::to_json`], on one line.
#[must_use]
pub fn schema_evaluation() -> String {
    let verdict = verdicts();
    let controle = controle(&verdict);
    let resultat = objet(&[
        ("verdict", &verdict, true),
        ("controles", &liste(&controle), true),
    ]);
    let objectifs: Vec<Membre> = OBJECTIFS
        .iter()
        .map(|objectif| (objectif.code(), resultat.as_str(), true))
        .collect();
    let corps = objet(&[
        ("date", DATE, true),
        ("programme", TEXTE, true),
        ("verdict", &verdict, true),
        ("objectifs", &objet(&objectifs), true),
        ("depenses", &depenses(), true),
        ("echeancier", &liste(&echeance()), true),
        ("informations", &liste(&information()), true),
    ]);
    let tete = r#"{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"Évaluation CaRE Domaine 1 bis","#;
    [tete, corps.get(1..).unwrap_or("")].concat()
}

fn verdicts() -> String {
    let mut sortie = Ecriture::en_ligne(128);
    sortie.ouvrir(b'{');
    sortie.cle("enum");
    sortie.ouvrir(b'[');
    for verdict in Verdict::TOUS {
        sortie.element();
        sortie.texte(verdict.as_str());
    }
    sortie.fermer(b']');
    sortie.fermer(b'}');
    sortie.finir()
}

fn liste(element: &str) -> String {
    [r#"{"type":"array","items":"#, element, "}"].concat()
}

/// An object of exactly these members.
fn objet(membres: &[Membre]) -> String {
    let mut sortie = Ecriture::en_ligne(1024);
    sortie.ouvrir(b'{');
    sortie.cle("type");
    sortie.brut("\"object\"");
    sortie.cle("additionalProperties");
    sortie.brut("false");
    sortie.cle("required");
    sortie.ouvrir(b'[');
    for (cle, _, _) in membres.iter().filter(|membre| membre.2) {
        sortie.element();
        sortie.texte(cle);
    }
    sortie.fermer(b']');
    sortie.cle("properties");
    sortie.ouvrir(b'{');
    for (cle, schema, _) in membres {
        sortie.cle(cle);
        sortie.brut(schema);
    }
    sortie.fermer(b'}');
    sortie.fermer(b'}');
    sortie.finir()
}

fn controle(verdict: &str) -> String {
    let marge = objet(&[
        ("valeur", NOMBRE, true),
        ("unite", r#"{"enum":["jours","points","%"]}"#, true),
    ]);
    let marge = [r#"{"anyOf":[{"type":"null"},"#, &marge, "]}"].concat();
    let fait = objet(&[
        ("chemin", TEXTE, true),
        ("date", DATE, true),
        ("valeur", VALEUR, true),
    ]);
    let lecture = objet(&[
        ("nom", TEXTE, true),
        ("verdict", verdict, true),
        ("explication", TEXTE, true),
        ("sources", TEXTES, true),
    ]);
    objet(&[
        ("id", TEXTE, true),
        ("sujet", TEXTE_OU_NUL, true),
        ("verdict", verdict, true),
        ("constat", VALEUR, true),
        ("seuil", VALEUR, true),
        ("marge", &marge, true),
        ("faits", &liste(&fait), true),
        ("lectures", &liste(&lecture), true),
        ("manque", TEXTES, true),
        ("sources", TEXTES, true),
        ("explication", TEXTE, true),
    ])
}

fn depenses() -> String {
    let ligne = objet(&[
        ("id", TEXTE, true),
        ("statut", STATUT, true),
        ("montant_eligible", EUROS, true),
        ("montant_possible", EUROS, true),
        ("raisons", TEXTES, true),
        ("manque", TEXTES, true),
        ("sources", TEXTES, true),
    ]);
    objet(&[
        ("lignes", &liste(&ligne), true),
        ("total_declare", EUROS, true),
        ("total_eligible", EUROS, true),
        ("total_possible", EUROS, true),
        ("plafond", EUROS, false),
    ])
}

fn echeance() -> String {
    objet(&[
        ("date", DATE, true),
        ("debut", DATE, false),
        ("objectif", TEXTE, true),
        ("sujet", TEXTE_OU_NUL, true),
        ("regle", TEXTE_OU_NUL, true),
        ("libelle", TEXTE, true),
        ("jours_restants", ENTIER, true),
        ("sources", TEXTES, true),
    ])
}

fn information() -> String {
    objet(&[
        ("objectif", TEXTE_OU_NUL, true),
        ("sujet", TEXTE_OU_NUL, true),
        ("texte", TEXTE, true),
        ("sources", TEXTES, true),
    ])
}
