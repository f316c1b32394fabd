//! The dossier: everything a candidate tells, as it is saved, shared and evaluated.
//!
//! Each block is declared once; its type, its door, its file and its schema come from that declaration.
//! An absent field is `None` or an empty list: the checks that need it then say `incomplet` and name it.

use crate::prelude::*;
mod audits;
mod depense;
mod organisation;
mod relecture;

pub use audits::{Annuaire, AuditAds, AuditExposition, Mode, Outil, Perimetre};
pub use depense::{Depense, Nature, ObjectifDepense, PreuveDebut};
pub use organisation::{
    Autoevaluation, Budget, Convergence, Exemption, Exercice, Moyen, Organisateur, Preuve,
    Trajectoire,
};
pub use relecture::{relire, remplacer};

use crate::champ::{Champ, bloc, choix};
use crate::ecriture::Ecriture;
use crate::json::Json;
use crate::porte::{Faute, Porte};
use crate::schema::Schema;
use crate::unites::{Activite, Euros, Pourcent};
use crate::{coherence, migrations};
use chrono::NaiveDate;

bloc! {
    /// A candidate's dossier, the only input of an evaluation besides the programme and the day.
    pub struct Dossier {
        /// Format of the file.
        version: Version = "Version du format du fichier",
        /// Who applies.
        candidat: Option<Candidat> = "Le candidat",
        /// The operational phase (Q1.6).
        phase: Option<Phase> = "La phase opérationnelle",
        /// Its entities: legal ones for public candidates, geographic ones for private ones (Q3.23).
        entites: Vec<Entite> = "Les entités du candidat : juridiques pour un candidat public, géographiques pour un candidat privé",
        /// Its directories (D1.O1).
        annuaires: Vec<Annuaire> = "Les annuaires techniques (Active Directory)",
        /// Its exposure perimeters (D1.O2).
        perimetres: Vec<Perimetre> = "Les périmètres exposés sur internet",
        /// Its crisis exercises (D1.O3); absent is unknown, empty is none.
        exercices: Option<Vec<Exercice>> = "Les exercices de crise cyber",
        /// Attacked entities that ask to be exempted (Q3.22).
        exemptions: Vec<Exemption> = "Les entités cyberattaquées qui demandent une exemption d’exercice",
        /// The self-assessment (D1.O4).
        autoevaluation: Option<Autoevaluation> = "L’autoévaluation de maturité",
        /// The digital budget (D1.O5).
        budget: Option<Budget> = "Le budget numérique",
        /// The convergence of directories (D1.O6).
        convergence: Option<Convergence> = "La convergence des annuaires du GHT",
        /// What is declared for funding.
        depenses: Vec<Depense> = "Les dépenses à déclarer",
        /// The funding ceiling, known to each candidate (Q2.4).
        plafond_euros: Option<Euros> = "Le plafond de financement, en euros",
        /// The share of activity to cover, as the guide gives it (Q1.3).
        part_activite_min_pourcent: Option<Pourcent> = "La part d’activité combinée à couvrir, en pourcentage, telle que le guide la donne",
    }
}

choix! {
    /// Who applies.
    pub enum TypeCandidat {
        /// A group of public hospitals.
        Ght = "ght",
        /// A public legal entity outside a group.
        EjPublique = "ej_publique",
        /// A private legal entity.
        EjPrivee = "ej_privee",
    }
}

bloc! {
    /// The candidate.
    pub struct Candidat {
        /// Its name.
        nom: Option<String> = "Nom du candidat",
        /// Its kind; D1.O6 is for groups only.
        type_: TypeCandidat = "Nature du candidat",
        /// Its reference on eCaRE (Q1.12).
        numero_ecare: Option<String> = "Numéro eCaRE du dossier",
    }
}

bloc! {
    /// The operational phase: S, the validation by the ARS, E (Q1.6).
    pub struct Phase {
        /// S, the start that the establishment chooses.
        debut: Option<NaiveDate> = "Début de la phase opérationnelle, choisi par l’établissement",
        /// When the ARS validated, or is to validate, the application.
        validation_ars: Option<NaiveDate> = "Validation de la candidature par l’ARS",
        /// E, when the declaration is filed; absent, the last day allowed.
        declaration: Option<NaiveDate> = "Dépôt de la déclaration d’atteinte des objectifs ; absent, le dernier jour permis",
    }
}

choix! {
    /// The status of an entity.
    pub enum Statut {
        /// Public.
        Public = "public",
        /// Private, for profit.
        PriveLucratif = "prive_lucratif",
        /// Private, not for profit.
        PriveNonLucratif = "prive_non_lucratif",
    }
}

bloc! {
    /// An entity of the candidate.
    pub struct Entite {
        /// Its id, unique among entities.
        id: String = "Identifiant, unique parmi les entités",
        /// Its name.
        nom: Option<String> = "Nom de l’entité",
        /// Its FINESS number.
        finess: Option<String> = "Numéro FINESS",
        /// Its status, which decides who signs the accounts (Q2.14).
        statut: Option<Statut> = "Statut de l’entité",
        /// Its combined activity, measured in 2022 (Q1.1).
        activite_combinee: Option<Activite> = "Activité combinée (mesure 2022)",
    }
}

/// The format of the file: always the present one once read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version;

impl Champ for Version {
    const FACULTATIF: bool = true;
    fn lire(_: &Json, _: &mut Porte) -> Self {
        Self // `migrations` has judged it already.
    }
    fn vide() -> Self {
        Self
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.entier(migrations::VERSION);
    }
    fn schema(schema: &mut Schema) {
        schema.entier(1, migrations::VERSION);
    }
}

impl Dossier {
    /// The file: indented, keys in a fixed order, absent fields left out. [`read_dossier`] gives an equal dossier back.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut sortie = Ecriture::indentee();
        self.ecrire(&mut sortie);
        let mut texte = sortie.finir();
        texte.push('\n');
        texte
    }

    /// A dossier that tells nothing yet.
    #[must_use]
    pub fn vide() -> Self {
        Champ::vide()
    }
}

/// Reads a dossier.
///
/// # Errors
/// Every fault of the file at once: not JSON, unknown or repeated key, wrong type, impossible date, value out of
/// bounds, repeated id, unknown entity, two audits on one day. Each has its path, a French sentence and the remedy.
///
/// # Example
/// ```
/// let fautes = calc_core::read_dossier(r#"{"entites":[{"id":"chu","activite_combinee":-1}]}"#).unwrap_err();
/// assert_eq!(fautes[0].chemin, "entites[0].activite_combinee");
/// ```
pub fn read_dossier(json: &str) -> Result<Dossier, Vec<Faute>> {
    lire(json, None)
}

/// Reads a dossier, or a part of one that has these entities.
fn lire(json: &str, entites: Option<&[&str]>) -> Result<Dossier, Vec<Faute>> {
    let mut porte = Porte::default();
    let mut arbre = match crate::json::lire(json) {
        Ok(arbre) => arbre,
        Err(erreur) => {
            porte.noter(erreur.message());
            return Err(porte.fautes);
        }
    };
    if !migrations::migrer(&mut arbre, &mut porte) {
        return Err(porte.fautes);
    }
    let lu = Dossier::lire(&arbre, &mut porte);
    coherence::controler(&arbre, entites, &mut porte);
    if porte.fautes.is_empty() {
        Ok(lu)
    } else {
        Err(porte.fautes)
    }
}
