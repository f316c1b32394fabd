//! Exercises, self-assessment, budget and convergence (D1.O3 to D1.O6).

use crate::champ::{Annee, bloc, choix};
use crate::prelude::*;
use crate::unites::{Etp, Euros};
use chrono::NaiveDate;

choix! {
    /// Who ran an exercise.
    pub enum Organisateur {
        /// The establishments themselves (Q3.20).
        Interne = "interne",
        /// A contractor (Q3.21).
        Prestataire = "prestataire",
        /// The regional health agency.
        Ars = "ars",
        /// The regional e-health body.
        Grades = "grades",
    }
}

choix! {
    /// What proves an exercise.
    pub enum Preuve {
        /// A lessons-learned report.
        Retex = "retex",
        /// A certificate with the day and the establishments.
        Attestation = "attestation",
        /// An invoice, which proves nothing here (Q3.21).
        Facture = "facture",
    }
}

bloc! {
    /// A crisis exercise; in the future, it is planned.
    pub struct Exercice {
        /// Its day.
        date: NaiveDate = "Jour de l’exercice",
        /// The entities that took part.
        entites: Vec<String> = "Identifiants des entités participantes",
        /// Whether the management of each took part (Q3.23).
        directions_impliquees: Option<bool> = "Les directions de toutes ces entités ont été impliquées",
        /// Whether they share one information system (Q3.23).
        si_unique: Option<bool> = "Ces entités partagent un système d’information unique",
        /// Who ran it.
        organisateur: Option<Organisateur> = "Organisateur de l’exercice",
        /// What proves it; absent, nothing yet.
        preuve: Option<Preuve> = "Preuve de l’exercice ; absente, aucune pour l’instant",
    }
}

bloc! {
    /// A request of exemption after an attack (Q3.22).
    pub struct Exemption {
        /// The entity that was attacked.
        entite: String = "Identifiant de l’entité attaquée",
        /// The day of the attack.
        date_attaque: Option<NaiveDate> = "Jour de la cyberattaque",
        /// Whether the programme agreed.
        accord_care: Option<bool> = "Accord de l’équipe CaRE",
        /// Whether the lessons-learned report of the attack exists.
        retex: Option<bool> = "RETEX de la cyberattaque et des remédiations",
    }
}

choix! {
    /// How the self-assessment is handed in.
    pub enum Moyen {
        /// On oSIS V3.
        Osis = "osis",
        /// By spreadsheet, while oSIS V3 is unavailable (Q3.30).
        Excel = "excel",
    }
}

bloc! {
    /// The self-assessment (D1.O4).
    pub struct Autoevaluation {
        /// Its day.
        date: Option<NaiveDate> = "Jour de l’autoévaluation",
        /// How it is handed in.
        moyen: Option<Moyen> = "Moyen de l’autoévaluation",
    }
}

bloc! {
    /// The digital budget (D1.O5).
    pub struct Budget {
        /// Its year, 2023 in every case (Q3.27).
        annee: Option<Annee> = "Année du budget",
        /// The whole sanitary budget (Q3.28).
        total_sanitaire: Option<Euros> = "Budget sanitaire total, en euros",
        /// The digital part of it.
        numerique_sanitaire: Option<Euros> = "Budget numérique sanitaire, en euros",
        /// Whether pay is left out, as it must be (Q3.25).
        remunerations_exclues: Option<bool> = "Les rémunérations sont exclues",
        /// Whether CaRE grants were deducted, as they must not be (Q3.25).
        subventions_care_deduites: Option<bool> = "Les subventions CaRE ont été déduites",
        /// Own staff (Q3.26).
        etp_internes: Option<Etp> = "ETP internes",
        /// Contractors' staff (Q3.29).
        etp_prestataires: Option<Etp> = "ETP des prestataires",
    }
}

bloc! {
    /// The convergence of the group's directories (D1.O6).
    pub struct Convergence {
        /// Whether the strategy is written down.
        strategie_formalisee: Option<bool> = "La stratégie de convergence est formalisée",
        /// Whether all directories of the group have converged already (Q3.31).
        ad_tous_converges: Option<bool> = "Tous les AD du GHT sont convergés",
        /// Whether the converged infrastructure is described (Q3.31).
        description_infrastructure: Option<bool> = "La description de l’infrastructure convergée est fournie",
        /// The trajectory, where they have not converged yet (Q3.32).
        trajectoire: Option<Trajectoire> = "La trajectoire de convergence",
    }
}

bloc! {
    /// The document of the trajectory (Q3.32).
    pub struct Trajectoire {
        /// Whether it has a project schedule.
        planning: Option<bool> = "Un planning projet",
        /// When its first concrete step is done (Q3.33).
        premier_jalon: Option<NaiveDate> = "Jour du premier jalon",
        /// Whether it names a responsible person.
        responsable: Option<bool> = "Un responsable",
        /// Whether it pools the teams.
        mutualisation: Option<bool> = "La mutualisation des équipes",
        /// Whether it has a forecast budget.
        budget_previsionnel: Option<bool> = "Un budget prévisionnel",
        /// Whether it covers every directory of the group.
        tous_les_ad: Option<bool> = "Tous les AD du GHT",
    }
}
