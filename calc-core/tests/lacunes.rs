//! No silent gap: every field of a complete dossier, removed alone, changes nothing or is asked for by its own path.

mod commun;

use calc_core::json::{Json, lire};
use calc_core::{Controle, Evaluation, Verdict, evaluate, read_dossier};
use commun::{jour, programme};
use std::collections::BTreeMap;

const COMPLET: &str = include_str!("dossier_complet.json");

/// Absent, these say something by themselves: no E of one's own, no audit, no re-rating, no agreement asked for.
const DISENT_SANS_ETRE_LA: [&str; 5] = [
    "phase.declaration",
    "annuaires",
    "perimetres",
    ".audits",
    ".cvss_reevalue",
];

/// A tree as a text again, without the member that stands at `sans`.
fn ecrire(json: &Json, ici: &str, sans: &str) -> String {
    match json {
        Json::Nul => "null".into(),
        Json::Booleen(valeur) => valeur.to_string(),
        Json::Nombre(texte) => (*texte).into(),
        Json::Texte(texte) => format!("{texte:?}"),
        Json::Liste(elements) => {
            let elements = elements.iter().enumerate();
            let ecrits: Vec<String> = elements
                .map(|(rang, element)| ecrire(element, &format!("{ici}[{rang}]"), sans))
                .collect();
            format!("[{}]", ecrits.join(","))
        }
        Json::Objet(membres) => {
            let restants = membres
                .iter()
                .map(|(cle, json)| (cle, join(ici, cle), json));
            let restants = restants.filter(|(_, chemin, _)| chemin != sans);
            let ecrits: Vec<String> = restants
                .map(|(cle, chemin, json)| format!("{cle:?}:{}", ecrire(json, &chemin, sans)))
                .collect();
            format!("{{{}}}", ecrits.join(","))
        }
    }
}

fn join(ici: &str, cle: &str) -> String {
    if ici.is_empty() {
        cle.into()
    } else {
        format!("{ici}.{cle}")
    }
}

/// The path of every member of every object.
fn chemins(json: &Json, ici: &str, trouves: &mut Vec<String>) {
    match json {
        Json::Objet(membres) => {
            for (cle, json) in membres {
                let chemin = join(ici, cle);
                chemins(json, &chemin, trouves);
                trouves.push(chemin);
            }
        }
        Json::Liste(elements) => {
            for (rang, element) in elements.iter().enumerate() {
                chemins(element, &format!("{ici}[{rang}]"), trouves);
            }
        }
        _ => {}
    }
}

fn par_controle(evaluation: &Evaluation) -> BTreeMap<(&str, Option<&str>), &Controle> {
    let controles = evaluation.objectifs.iter().flat_map(|o| &o.controles);
    controles
        .map(|controle| ((controle.id, controle.sujet.as_deref()), controle))
        .collect()
}

#[test]
fn a_field_removed_alone_is_asked_for_by_its_path() {
    let arbre = lire(COMPLET).unwrap();
    let mut champs = Vec::new();
    chemins(&arbre, "", &mut champs);
    let (programme, jour) = (programme(), jour("2027-03-20"));
    let entier = evaluate(&read_dossier(COMPLET).unwrap(), &programme, jour);
    let entier = par_controle(&entier);
    let (mut demandes, mut refuses, mut muets) = (0, 0, Vec::new());
    for champ in &champs {
        let Ok(lu) = read_dossier(&ecrire(&arbre, "", champ)) else {
            refuses += 1; // required, or cited elsewhere: the door says so
            continue;
        };
        if DISENT_SANS_ETRE_LA.iter().any(|dit| champ.ends_with(dit)) {
            continue;
        }
        let sans = evaluate(&lu, &programme, jour);
        for (cle, controle) in par_controle(&sans) {
            let avant = entier.get(&cle).map(|avant| avant.verdict);
            if avant == Some(controle.verdict) || controle.verdict == Verdict::SansObjet {
                continue;
            }
            // A block is asked for by the fields that it should hold.
            let demande = |manque: &String| {
                let suite = manque.strip_prefix(champ.as_str());
                suite.is_some_and(|suite| suite.is_empty() || suite.starts_with('.'))
            };
            let nomme = !controle.manque.is_empty() && controle.manque.iter().all(demande);
            if controle.verdict != Verdict::Incomplet || !nomme {
                muets.push(format!("{champ}: {controle:?}"));
            }
            demandes += 1;
        }
    }
    assert!(muets.is_empty(), "{muets:#?}");
    assert!(champs.len() > 100, "{}", champs.len());
    assert!(demandes >= 25 && refuses >= 15, "{demandes} {refuses}");
}
