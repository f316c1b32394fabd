//! Entities × objectives: what each entity gives, and the directories or perimeters that hold it back.

use crate::prelude::*;
use calc_core::{
    Dossier, Entite, Evaluation, Objectif, Pourcent, ResultatObjectif, Valeur, Verdict,
};

/// The objectives that depend on entities.
const COLONNES: [Objectif; 5] = [
    Objectif::O1A,
    Objectif::O1B,
    Objectif::O2A,
    Objectif::O2B,
    Objectif::O3,
];

/// The whole matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Matrice {
    /// One column per objective.
    pub(crate) colonnes: Vec<Colonne>,
    /// One row per entity.
    pub(crate) rangees: Vec<Rangee>,
}

/// An objective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Colonne {
    /// `D1.O1.B`.
    pub(crate) code: &'static str,
    /// Its verdict.
    pub(crate) verdict: Verdict,
    /// The share of activity covered, or that all are needed.
    pub(crate) part: String,
}

/// An entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rangee {
    /// Its name.
    pub(crate) nom: String,
    /// Its share of the activity; empty where it is not known.
    pub(crate) poids: String,
    /// One cell per column.
    pub(crate) cases: Vec<Case>,
}

/// What an entity gives for an objective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Case {
    /// Its verdict.
    pub(crate) verdict: Verdict,
    /// What holds it back: names of directories or perimeters.
    pub(crate) qui: Vec<String>,
}

/// The matrix of a dossier and its evaluation.
pub(crate) fn matrice(dossier: &Dossier, evaluation: &Evaluation) -> Matrice {
    let total = total_activity(dossier);
    let mut matrice = Matrice {
        colonnes: Vec::new(),
        rangees: Vec::new(),
    };
    for entite in &dossier.entites {
        let poids = entite.activite_combinee.zip(total);
        matrice.rangees.push(Rangee {
            nom: crate::noms::subject_name(&entite.id, Objectif::O3, dossier),
            poids: poids.map_or_else(String::new, |(activite, total)| share(activite.0, total)),
            cases: Vec::new(),
        });
    }
    for objectif in COLONNES {
        if let Some(resultat) = evaluation.objectif(objectif) {
            matrice.colonnes.push(column(resultat));
            for (rangee, entite) in matrice.rangees.iter_mut().zip(&dossier.entites) {
                rangee.cases.push(cell(resultat, entite, dossier));
            }
        }
    }
    matrice
}

/// What one directory or perimeter gives for an objective: the worst of its checks.
pub(crate) fn subject_verdict(evaluation: &Evaluation, objectif: Objectif, id: &str) -> Verdict {
    evaluation
        .objectif(objectif)
        .map_or(Verdict::Incomplet, |resultat| worst(resultat, id))
}

fn worst(resultat: &ResultatObjectif, id: &str) -> Verdict {
    let mut pire = None;
    for controle in &resultat.controles {
        if controle.sujet.as_deref() == Some(id) {
            pire = pire.max(Some(controle.verdict));
        }
    }
    pire.unwrap_or(Verdict::Incomplet)
}

/// None unless every entity has its activity.
fn total_activity(dossier: &Dossier) -> Option<i64> {
    let mut total = 0;
    for entite in &dossier.entites {
        total += entite.activite_combinee?.0;
    }
    (total > 0).then_some(total)
}

/// « 46,6 % », rounded down.
fn share(activite: i64, total: i64) -> String {
    let milliemes = i128::from(activite) * 1000 / i128::from(total.max(1));
    let milliemes = i64::try_from(milliemes).unwrap_or(0);
    Valeur::Pourcent(Pourcent(milliemes * 10)).texte()
}

fn column(resultat: &ResultatObjectif) -> Colonne {
    let mut controles = resultat.controles.iter();
    let part = controles.find(|controle| controle.id.ends_with("/part-activite"));
    let part = match part.map(|part| (&part.constat, &part.seuil)) {
        None => String::new(),
        Some((Some(constat), Some(seuil))) => {
            [&constat.texte(), " sur\u{a0}", &seuil.texte()].concat()
        }
        Some((Some(constat), None)) => {
            [&constat.texte(), ", part à couvrir\u{a0}: voir le guide"].concat()
        }
        Some(_) => "activité à compléter".into(),
    };
    Colonne {
        code: resultat.code.code(),
        verdict: resultat.verdict,
        part,
    }
}

fn cell(resultat: &ResultatObjectif, entite: &Entite, dossier: &Dossier) -> Case {
    let mut case = Case {
        verdict: Verdict::SansObjet,
        qui: Vec::new(),
    };
    let mut seule = true;
    let mut add = |id: &str, membres: &[String]| {
        if membres.contains(&entite.id) {
            seule = false;
            let verdict = worst(resultat, id);
            case.verdict = case.verdict.max(verdict);
            if verdict > Verdict::Prevu {
                let nom = crate::noms::subject_name(id, resultat.code, dossier);
                case.qui.push(nom);
            }
        }
    };
    match resultat.code {
        Objectif::O1A | Objectif::O1B => {
            for annuaire in &dossier.annuaires {
                add(&annuaire.id, &annuaire.entites);
            }
        }
        Objectif::O2A | Objectif::O2B => {
            for perimetre in &dossier.perimetres {
                add(&perimetre.id, &perimetre.entites);
            }
        }
        _ => {
            case.verdict = worst(resultat, &entite.id);
            return case;
        }
    }
    if seule {
        case.verdict = Verdict::Incomplet;
        let annuaire = matches!(resultat.code, Objectif::O1A | Objectif::O1B);
        let qui = if annuaire {
            "sans annuaire"
        } else {
            "sans périmètre"
        };
        case.qui.push(qui.into());
    }
    case
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::essais::{exemple, programme};
    use calc_core::{evaluate, lire_date, read_dossier};

    fn see(dossier: &Dossier, jour: &str) -> (Matrice, Evaluation) {
        let evaluation = evaluate(dossier, &programme(), lire_date(jour).expect("date"));
        (matrice(dossier, &evaluation), evaluation)
    }

    /// The covered share, counted again from the cells of a column.
    fn covered(matrice: &Matrice, dossier: &Dossier, colonne: usize) -> i64 {
        let tient = |rangee: &Rangee| rangee.cases[colonne].verdict <= Verdict::Prevu;
        let entites = dossier.entites.iter().zip(&matrice.rangees);
        let couverte: i64 = entites
            .filter(|(_, rangee)| tient(rangee))
            .map(|(entite, _)| entite.activite_combinee.expect("activité").0)
            .sum();
        couverte * 10_000 / total_activity(dossier).expect("activités")
    }

    #[test]
    fn the_entities_that_hold_make_the_share_that_decides() {
        for jour in ["2026-08-20", "2026-11-23", "2027-03-21"] {
            let mut dossier = exemple();
            for score in [1, 2] {
                dossier.annuaires[1].audits[5].score = Some(calc_core::Score(score));
                let (matrice, evaluation) = see(&dossier, jour);
                for (colonne, objectif) in [(1, Objectif::O1B), (3, Objectif::O2B)] {
                    let resultat = evaluation.objectif(objectif).expect("objectif");
                    let part = resultat
                        .controles
                        .iter()
                        .find(|c| c.id.ends_with("part-activite"));
                    let constat = part.and_then(|part| part.constat.clone());
                    let couverte = covered(&matrice, &dossier, colonne);
                    assert_eq!(
                        constat,
                        Some(Valeur::Pourcent(Pourcent(couverte))),
                        "{jour} {score}"
                    );
                }
            }
        }
    }

    #[test]
    fn who_blocks_is_named() {
        let mut dossier = exemple();
        dossier.annuaires[1].audits[5].score = Some(calc_core::Score(1));
        let (matrice, _) = see(&dossier, "2026-11-23");
        let [chu, ch2] = &matrice.rangees[..] else {
            panic!("two entities")
        };
        assert_eq!(
            (chu.nom.as_str(), chu.poids.as_str()),
            ("CHU Exemple", "70\u{202f}%")
        );
        assert_eq!(
            chu.cases[1],
            Case {
                verdict: Verdict::Atteint,
                qui: vec![]
            }
        );
        assert_eq!(ch2.cases[1].verdict, Verdict::NonAtteint);
        assert_eq!(ch2.cases[1].qui, ["AD de CH Deux"]);
        assert_eq!(matrice.colonnes[1].code, "D1.O1.B");
        assert!(
            matrice.colonnes[1].part.starts_with("70\u{202f}%"),
            "{}",
            matrice.colonnes[1].part
        );
    }

    #[test]
    fn an_entity_apart_says_what_it_lacks() {
        let json = r#"{"phase":{"debut":"2026-03-20"},"entites":[{"id":"e1"},{"id":"e2"}],
            "perimetres":[{"id":"p","entites":["e1"]}]}"#;
        let (matrice, _) = see(&read_dossier(json).expect("dossier"), "2026-11-23");
        let [un, deux] = &matrice.rangees[..] else {
            panic!("two entities")
        };
        assert_eq!((un.nom.as_str(), un.poids.as_str()), ("Entité 1", ""));
        assert_eq!(un.cases[2].qui, ["Périmètre 1"]);
        assert_eq!(un.cases[0].qui, ["sans annuaire"]);
        assert_eq!(deux.cases[3].qui, ["sans périmètre"]);
        assert_eq!(deux.cases[3].verdict, Verdict::Incomplet);
    }
}
