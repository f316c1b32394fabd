//! The programme's dates and thresholds, from the one file that holds them.

use crate::champ::Champ;
use crate::json::{self, Json};
use crate::porte::{Faute, Porte};
use crate::prelude::*;
use crate::unites::{Cvss, Euros, Pourcent, lire_decimal};
use chrono::NaiveDate;

/// Every date and threshold of the programme. `None` where the Q&A gives no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// Version of the Q&A.
    pub version: String,
    /// Day of that version.
    pub version_date: NaiveDate,
    /// Signature of the decree (Q1.6).
    pub arrete_signature: NaiveDate,
    /// Its publication: the first possible start of the phase (Q1.6).
    pub arrete_publication: NaiveDate,
    /// Last day to apply, included (Q1.5).
    pub candidature_limite: NaiveDate,
    /// Last day for the ARS to validate, included (Q3.1).
    pub validation_ars_limite: NaiveDate,
    /// Last day for a first audit, included (Q3.1).
    pub premier_audit_limite: NaiveDate,
    /// Last day to declare, included (Q1.6, Q4.4).
    pub declaration_limite: NaiveDate,
    /// Mean interval between audits, in days (Q3.1, Q3.16).
    pub intervalle_moyen_jours: i64,
    /// Longest interval between exposure audits, in days (Q3.9, Q3.16).
    pub intervalle_max_exposition_jours: i64,
    /// Longest interval between directory audits, in days; the Q&A gives none.
    pub intervalle_max_annuaire_jours: Option<i64>,
    /// Lowest ADS level that holds (Q3.3).
    pub score_ads_min: u8,
    /// How many last audits must have it (Q3.6).
    pub audits_ads_successifs: usize,
    /// Critical strictly above this score (Q3.15).
    pub cvss_critique: Cvss,
    /// High from this score on (Q3.15).
    pub cvss_haute: Cvss,
    /// The last industrial audit is younger than this, strictly, in days (Q3.16).
    pub dernier_audit_anciennete_jours: i64,
    /// The antepenultimate audit is at most this old at the last one, in days (Q3.15, Q3.16).
    pub antepenultieme_fenetre_jours: i64,
    /// Share of the activity to cover; the guide gives it (Q1.3).
    pub part_activite_min_pourcent: Option<Pourcent>,
    /// First day of a crisis exercise, included (Q2.11, Q3.19).
    pub exercice_debut: NaiveDate,
    /// Year of the budget (Q3.27).
    pub budget_annee_reference: u16,
    /// Benchmark of the digital share (Q3.25).
    pub budget_part_reference_pourcent: Pourcent,
    /// Months from the publication to the first step of convergence (Q3.32).
    pub convergence_jalon_mois: u32,
    /// Months during which a report can be downloaded (Q3.1).
    pub rapport_oradad_disponibilite_mois: u32,
    /// Year of the combined activity (Q1.1).
    pub activite_annee: u16,
    /// Legal FINESS categories (Q1.1).
    pub finess_categories_juridiques: Vec<String>,
    /// Geographic FINESS categories (Q1.1).
    pub finess_categories_geographiques: Vec<String>,
    /// The geographic category of the second branch (Q1.1).
    pub finess_categorie_particuliere: String,
    /// Funding ceiling; each candidate has its own (Q2.4).
    pub plafond_euros: Option<Euros>,
}

impl Programme {
    /// Reads `{"version", "version_date", "parametres": {clé: {"valeur", …}}}`; other members are ignored.
    ///
    /// # Errors
    /// Every parameter that is missing or of the wrong kind, with its path.
    pub fn from_json(texte: &str) -> Result<Self, Vec<Faute>> {
        let mut porte = Porte::default();
        match json::lire(texte) {
            Ok(arbre) => {
                let lu = lire(&arbre, &mut porte);
                lu.filter(|_| porte.fautes.is_empty()).ok_or(porte.fautes)
            }
            Err(erreur) => {
                porte.noter(erreur.message());
                Err(porte.fautes)
            }
        }
    }
}

/// How the value of a parameter is read, more freely than a dossier: decimals may be quoted.
trait Parametre: Sized {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self>;
    fn absent() -> Option<Self> {
        None
    }
}

/// Bounded so that a slip of the keyboard cannot lead outside the calendar.
fn entier(json: &Json, porte: &mut Porte) -> Option<i64> {
    let lu = match json {
        Json::Nombre(texte) => lire_decimal(texte, 0).ok(),
        _ => None,
    };
    match lu {
        Some(valeur @ 1..=9999) => Some(valeur),
        _ => refuser(porte, json, "indiquez un nombre entier de 1 à 9999"),
    }
}

/// Notes a refusal; there is then no value.
fn refuser<T>(porte: &mut Porte, json: &Json, remede: &str) -> Option<T> {
    porte.refus(json, remede);
    None
}

fn decimale(json: &Json, porte: &mut Porte, decimales: usize, max: i64) -> Option<i64> {
    let lu = match json {
        Json::Nombre(texte) => lire_decimal(texte, decimales),
        Json::Texte(texte) => lire_decimal(texte, decimales),
        _ => return refuser(porte, json, "indiquez un nombre"),
    };
    match lu {
        Ok(valeur) if valeur <= max => Some(valeur),
        _ => refuser(
            porte,
            json,
            "indiquez un nombre positif dans les bornes de son unité",
        ),
    }
}

macro_rules! parametres_entiers {
    ($($type:ty),*) => {$(
        impl Parametre for $type {
            fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
                match entier(json, porte).map(<$type>::try_from)? {
                    Ok(valeur) => Some(valeur),
                    Err(_) => refuser(porte, json, "indiquez un nombre entier plus petit"),
                }
            }
        }
    )*};
}
parametres_entiers!(i64, u8, u16, u32, usize);

impl Parametre for Cvss {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
        u8::try_from(decimale(json, porte, 1, 100)?).ok().map(Self)
    }
}

impl Parametre for Pourcent {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
        decimale(json, porte, 2, 10_000).map(Self)
    }
}

impl Parametre for NaiveDate {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
        Some(Champ::lire(json, porte))
    }
}

impl Parametre for String {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
        Some(Champ::lire(json, porte))
    }
}

impl Parametre for Vec<String> {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
        Some(Champ::lire(json, porte))
    }
}

impl Parametre for Euros {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
        Some(Champ::lire(json, porte))
    }
}

impl<T: Parametre> Parametre for Option<T> {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
        if matches!(json, Json::Nul) {
            Some(None)
        } else {
            T::lire(json, porte).map(Some)
        }
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
}

fn lire(arbre: &Json, porte: &mut Porte) -> Option<Programme> {
    let Json::Objet(membres) = arbre else {
        return refuser(porte, arbre, "indiquez un objet entre accolades");
    };
    let version: String = porte.champ(Some(membres), "version");
    let version_date: NaiveDate = porte.champ(Some(membres), "version_date");
    let retour = porte.entrer("parametres");
    let lu = assembler(
        arbre.get("parametres").unwrap_or(&Json::Nul),
        porte,
        version,
        version_date,
    );
    porte.revenir(retour);
    lu
}

/// Reads `cle.valeur`.
fn parametre<T: Parametre>(parametres: &Json, porte: &mut Porte, cle: &'static str) -> Option<T> {
    let retour = porte.entrer(cle);
    porte.entrer("valeur");
    let lu = match parametres
        .get(cle)
        .and_then(|parametre| parametre.get("valeur"))
    {
        Some(json) => T::lire(json, porte),
        None => T::absent().or_else(|| {
            porte.noter(["Le paramètre « ", cle, " » n’a pas de valeur : ajoutez-la."].concat());
            None
        }),
    };
    porte.revenir(retour);
    lu
}

macro_rules! assembler {
    ($($champ:ident),* $(,)?) => {
        fn assembler(
            parametres: &Json,
            porte: &mut Porte,
            version: String,
            version_date: NaiveDate,
        ) -> Option<Programme> {
            $(let $champ = parametre(parametres, porte, stringify!($champ));)*
            Some(Programme { version, version_date, $($champ: $champ?),* })
        }
    };
}

assembler!(
    arrete_signature,
    arrete_publication,
    candidature_limite,
    validation_ars_limite,
    premier_audit_limite,
    declaration_limite,
    intervalle_moyen_jours,
    intervalle_max_exposition_jours,
    intervalle_max_annuaire_jours,
    score_ads_min,
    audits_ads_successifs,
    cvss_critique,
    cvss_haute,
    dernier_audit_anciennete_jours,
    antepenultieme_fenetre_jours,
    part_activite_min_pourcent,
    exercice_debut,
    budget_annee_reference,
    budget_part_reference_pourcent,
    convergence_jalon_mois,
    rapport_oradad_disponibilite_mois,
    activite_annee,
    finess_categories_juridiques,
    finess_categories_geographiques,
    finess_categorie_particuliere,
    plafond_euros,
);
