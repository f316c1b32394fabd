//! Every check as a table, for a spreadsheet.

use crate::prelude::*;
use alloc::vec;
use calc_core::{Controle, Dossier, Evaluation, Objectif, Verdict, nom_du_sujet, regles};

/// The heads of the columns, then a row for each check, in the order of the page.
pub(crate) fn checks(dossier: &Dossier, evaluation: &Evaluation) -> Vec<Vec<String>> {
    let heads = [
        "Objectif",
        "Règle",
        "Identifiant",
        "Sujet",
        "Verdict",
        "Constaté",
        "Attendu",
        "Marge",
        "Explication",
        "Lectures",
        "À renseigner",
        "Questions",
        "Évalué le",
        "Version des règles",
    ];
    let mut lignes = vec![heads.map(String::from).to_vec()];
    let mut jour = String::new();
    calc_core::ecrire_date(evaluation.date, &mut jour);
    for resultat in &evaluation.objectifs {
        for controle in &resultat.controles {
            let mut ligne = row(controle, resultat.code, dossier);
            ligne.push(jour.clone());
            ligne.push(evaluation.programme.clone());
            lignes.push(ligne);
        }
    }
    lignes
}

fn row(controle: &Controle, objectif: Objectif, dossier: &Dossier) -> Vec<String> {
    let regle = regles().iter().find(|regle| regle.id == controle.id);
    let sujet = controle.sujet.as_deref();
    let valeur = |valeur: &Option<calc_core::Valeur>| {
        valeur
            .as_ref()
            .map_or_else(String::new, calc_core::Valeur::texte)
    };
    vec![
        objectif.code().into(),
        regle.map_or(controle.id, |regle| regle.titre).into(),
        controle.id.into(),
        sujet.map_or_else(String::new, |id| nom_du_sujet(dossier, objectif, id)),
        controle.verdict.libelle().into(),
        valeur(&controle.constat),
        valeur(&controle.seuil),
        controle
            .marge
            .map_or_else(String::new, calc_core::Marge::texte),
        controle.explication.clone(),
        readings(controle),
        controle.manque.join(", "),
        controle.sources.join(", "),
    ]
}

/// « entre audits : prévu ; bornes comprises : à confirmer »; empty where the text has one reading.
pub(crate) fn readings(controle: &Controle) -> String {
    let mut phrase = String::new();
    for lecture in &controle.lectures {
        phrase.push_str(if phrase.is_empty() { "" } else { "\u{202f}; " });
        phrase.push_str(lecture.nom);
        phrase.push_str("\u{a0}: ");
        phrase.push_str(Verdict::libelle(lecture.verdict));
    }
    phrase
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::essais::programme;
    use calc_core::{evaluate, lire_date, read_dossier};

    #[test]
    fn a_row_for_each_check_under_its_heads() {
        let json = r#"{"phase":{"debut":"2026-03-20","declaration":"2027-03-20"},"entites":[{"id":"e1","nom":"CHU"}],
            "perimetres":[{"id":"p1","nom":"Exposition","entites":["e1"],"audits":[
            {"date":"2026-05-06","outil":"silene"},{"date":"2026-08-14","outil":"silene"}]}]}"#;
        let dossier = read_dossier(json).expect("dossier");
        let jour = lire_date("2026-08-20").expect("date");
        let evaluation = evaluate(&dossier, &programme(), jour);
        let lignes = checks(&dossier, &evaluation);
        let nombre: usize = evaluation.objectifs.iter().map(|o| o.controles.len()).sum();
        assert_eq!(lignes.len(), nombre + 1);
        assert!(lignes.iter().all(|ligne| ligne.len() == lignes[0].len()));
        let ecart = lignes
            .iter()
            .find(|ligne| ligne[2] == "D1.O2.A/intervalle-max")
            .expect("row");
        assert_eq!(ecart[3..5], ["Exposition", "à confirmer"]);
        assert_eq!(ecart[12..], ["2026-08-20", "1.0"]);
        assert!(
            ecart[9].contains("\u{202f}; "),
            "both readings: {}",
            ecart[9]
        );
    }
}
