//! Who may apply (Q1.1): two branches, a reason for each condition. A function of its own, no part of a dossier's verdict.

use crate::champ::{Champ, bloc};
use crate::francais::phrase;
use crate::json;
use crate::porte::{Faute, Porte};
use crate::prelude::*;
use crate::programme::Programme;
use crate::verdict::{Sources, Verdict};

bloc! {
    /// What Q1.1 asks about an establishment. An absent field is not known.
    pub struct Etablissement {
        /// Whether it was eligible under the decree of 18 March 2024.
        eligible_arrete_2024: Option<bool> = "Éligible à la publication de l’arrêté du 18 mars 2024",
        /// Whether its authorisation by the ARS is up to date.
        autorisation_a_jour: Option<bool> = "Autorisation de l’ARS à jour",
        /// Whether it declared hospital stays to the PMSI in 2022.
        activite_pmsi_non_nulle: Option<bool> = "Activité PMSI non nulle en séjours hospitaliers en 2022",
        /// Its legal FINESS category.
        categorie_juridique: Option<String> = "Catégorie FINESS juridique",
        /// The categories of its geographic FINESS numbers.
        categories_geographiques: Vec<String> = "Catégories FINESS géographiques",
        /// Whether it has done work for its establishments of category 146.
        travaux_146: Option<bool> = "Travaux réalisés pour les établissements de catégorie 146",
        /// Whether it applied for them.
        candidature_146: Option<bool> = "Candidature déposée pour les établissements de catégorie 146",
    }
}

impl Etablissement {
    /// Reads an establishment.
    ///
    /// # Errors
    /// Every fault at once, as [`crate::read_dossier`] does.
    pub fn from_json(texte: &str) -> Result<Self, Vec<Faute>> {
        let mut porte = Porte::default();
        match json::lire(texte) {
            Ok(arbre) => {
                let lu = Self::lire(&arbre, &mut porte);
                if porte.fautes.is_empty() {
                    Ok(lu)
                } else {
                    Err(porte.fautes)
                }
            }
            Err(erreur) => {
                porte.noter(erreur.message());
                Err(porte.fautes)
            }
        }
    }
}

/// One condition of Q1.1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The field that it looks at.
    pub champ: &'static str,
    /// `Atteint`, `NonAtteint` or `Incomplet`.
    pub verdict: Verdict,
    /// Why, in one French sentence.
    pub raison: String,
}

/// What Q1.1 comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Eligibilite {
    /// The worst of the conditions: `Atteint`, `NonAtteint` or `Incomplet`.
    pub verdict: Verdict,
    /// The conditions of the branch that applies.
    pub conditions: Vec<Condition>,
    /// Where it comes from.
    pub sources: Sources,
}

/// Whether an establishment may apply: the branch of those that were not eligible in 2024, or of those that were.
#[must_use]
pub fn eligibilite(etablissement: &Etablissement, programme: &Programme) -> Eligibilite {
    let conditions = match etablissement.eligible_arrete_2024 {
        Some(false) => nouveaux(etablissement, programme),
        Some(true) => anciens(etablissement, programme),
        None => vec![inconnue(
            "eligible_arrete_2024",
            "Indiquez si l’établissement était éligible à l’arrêté du 18 mars 2024.",
        )],
    };
    let verdict = conditions
        .iter()
        .map(|condition| condition.verdict)
        .max()
        .unwrap_or(Verdict::Incomplet);
    Eligibilite {
        verdict,
        conditions,
        sources: &["1.1"],
    }
}

fn inconnue(champ: &'static str, raison: &str) -> Condition {
    Condition {
        champ,
        verdict: Verdict::Incomplet,
        raison: raison.into(),
    }
}

fn oui_ou_non(
    champ: &'static str,
    valeur: Option<bool>,
    [oui, non, inconnu]: [&str; 3],
) -> Condition {
    match valeur {
        Some(true) => Condition {
            champ,
            verdict: Verdict::Atteint,
            raison: oui.into(),
        },
        Some(false) => Condition {
            champ,
            verdict: Verdict::NonAtteint,
            raison: non.into(),
        },
        None => inconnue(champ, inconnu),
    }
}

/// Those that were not eligible in 2024: all four conditions.
fn nouveaux(etablissement: &Etablissement, programme: &Programme) -> Vec<Condition> {
    let autorisation = [
        "L’autorisation de l’ARS est à jour.",
        "L’autorisation de l’ARS n’est pas à jour.",
        "Indiquez si l’autorisation de l’ARS est à jour.",
    ];
    let activite = [
        "L’activité PMSI de 2022 n’est pas nulle.",
        "L’activité PMSI de 2022 est nulle en séjours hospitaliers.",
        "Indiquez si l’activité PMSI de 2022 est non nulle.",
    ];
    vec![
        oui_ou_non(
            "autorisation_a_jour",
            etablissement.autorisation_a_jour,
            autorisation,
        ),
        oui_ou_non(
            "activite_pmsi_non_nulle",
            etablissement.activite_pmsi_non_nulle,
            activite,
        ),
        juridique(etablissement, programme),
        geographique(etablissement, &programme.finess_categories_geographiques),
    ]
}

fn juridique(etablissement: &Etablissement, programme: &Programme) -> Condition {
    let champ = "categorie_juridique";
    let Some(categorie) = &etablissement.categorie_juridique else {
        return inconnue(champ, "Indiquez la catégorie FINESS juridique.");
    };
    let dedans = programme.finess_categories_juridiques.contains(categorie);
    let raison = phrase![
        "La catégorie FINESS juridique ",
        categorie,
        if dedans {
            " est éligible."
        } else {
            " n’est pas éligible."
        }
    ];
    Condition {
        champ,
        verdict: if dedans {
            Verdict::Atteint
        } else {
            Verdict::NonAtteint
        },
        raison,
    }
}

fn geographique(etablissement: &Etablissement, permises: &[String]) -> Condition {
    let champ = "categories_geographiques";
    let categories = &etablissement.categories_geographiques;
    if categories.is_empty() {
        return inconnue(champ, "Indiquez les catégories FINESS géographiques.");
    }
    if let Some(categorie) = categories
        .iter()
        .find(|categorie| permises.contains(categorie))
    {
        let raison = phrase![
            "La catégorie FINESS géographique ",
            categorie,
            " est éligible."
        ];
        return Condition {
            champ,
            verdict: Verdict::Atteint,
            raison,
        };
    }
    let raison = phrase![
        "Aucune catégorie FINESS géographique n’est éligible : ",
        permises.join(", "),
        " attendues."
    ];
    Condition {
        champ,
        verdict: Verdict::NonAtteint,
        raison,
    }
}

/// Those that were eligible in 2024: an establishment of category 146, without work or without application for it.
fn anciens(etablissement: &Etablissement, programme: &Programme) -> Vec<Condition> {
    let particuliere = core::slice::from_ref(&programme.finess_categorie_particuliere);
    vec![
        geographique(etablissement, particuliere),
        sans_travaux(etablissement),
    ]
}

fn sans_travaux(etablissement: &Etablissement) -> Condition {
    let (verdict, champ, raison) = match (etablissement.travaux_146, etablissement.candidature_146)
    {
        (Some(false), _) => (
            Verdict::Atteint,
            "travaux_146",
            "Pas de travaux réalisés pour cette catégorie.",
        ),
        (_, Some(false)) => (
            Verdict::Atteint,
            "candidature_146",
            "Pas de candidature pour cette catégorie.",
        ),
        (Some(true), Some(true)) => (
            Verdict::NonAtteint,
            "travaux_146",
            "Candidature déposée et travaux déjà réalisés pour cette catégorie.",
        ),
        (None, _) => (
            Verdict::Incomplet,
            "travaux_146",
            "Indiquez si des travaux ont été réalisés pour cette catégorie.",
        ),
        (_, None) => (
            Verdict::Incomplet,
            "candidature_146",
            "Indiquez si une candidature a été déposée pour cette catégorie.",
        ),
    };
    Condition {
        champ,
        verdict,
        raison: raison.into(),
    }
}
