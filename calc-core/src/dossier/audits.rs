//! The directories and the exposure perimeters, with their audits (D1.O1, D1.O2).

use crate::champ::{bloc, choix};
use crate::prelude::*;
use crate::unites::{Cvss, Score};
use chrono::NaiveDate;

choix! {
    /// How a directory is hosted (Q3.5, Q3.6).
    pub enum Mode {
        /// On premises, or at a third party's (Q3.7).
        Local = "local",
        /// Cloud and local: the local copy is audited.
        Hybride = "hybride",
        /// Entra ID only: no tool audits it yet.
        Cloud = "cloud",
        /// No directory at all.
        Aucun = "aucun",
    }
}

bloc! {
    /// A directory.
    pub struct Annuaire {
        /// Its id, unique among directories.
        id: String = "Identifiant, unique parmi les annuaires",
        /// Its name.
        nom: Option<String> = "Nom de l’annuaire",
        /// The entities that it serves.
        entites: Vec<String> = "Identifiants des entités qui l’utilisent",
        /// How it is hosted.
        mode: Option<Mode> = "Hébergement de l’annuaire",
        /// Its ADS audits, done and planned.
        audits: Vec<AuditAds> = "Audits ADS, réalisés et prévus",
    }
}

bloc! {
    /// An ADS audit of a directory; in the future, it is planned.
    pub struct AuditAds {
        /// Its day, one audit a day for each directory.
        date: NaiveDate = "Jour de l’audit",
        /// Its level; for a planned audit, the one that is aimed at.
        score: Option<Score> = "Score ADS, de 1 à 5 ; pour un audit prévu, celui qui est visé",
        /// When its report could be downloaded (Q3.1).
        rapport_disponible_le: Option<NaiveDate> = "Jour de mise à disposition du rapport ORADAD",
    }
}

bloc! {
    /// An exposure perimeter: what one series of audits covers (Q3.17).
    pub struct Perimetre {
        /// Its id, unique among perimeters.
        id: String = "Identifiant, unique parmi les périmètres",
        /// Its name.
        nom: Option<String> = "Nom du périmètre",
        /// The entities whose exposure it covers.
        entites: Vec<String> = "Identifiants des entités couvertes",
        /// Its audits, done and planned.
        audits: Vec<AuditExposition> = "Audits d’exposition, réalisés et prévus",
    }
}

choix! {
    /// What made an exposure audit (Q3.9, Q3.10).
    pub enum Outil {
        /// The ANSSI's service: counts for D1.O2.A only.
        Silene = "silene",
        /// A platform that follows the specification: counts for both.
        Industriel = "industriel",
        /// The ANS's platform: never counts.
        Cybersurveillance = "cybersurveillance",
    }
}

bloc! {
    /// An exposure audit; in the future, it is planned.
    pub struct AuditExposition {
        /// Its day, one audit a day for each perimeter and tool.
        date: NaiveDate = "Jour de l’audit",
        /// What made it.
        outil: Option<Outil> = "Outil de l’audit",
        /// The highest CVSS score found; for a planned audit, the one that is aimed at.
        cvss_max: Option<Cvss> = "Score CVSS le plus élevé ; pour un audit prévu, celui qui est visé",
        /// The highest score after re-rating (Q3.14).
        cvss_reevalue: Option<Cvss> = "Score CVSS le plus élevé après réévaluation",
        /// Whether the re-rating is justified and written in the report (Q3.14).
        reevaluation_justifiee: Option<bool> = "Réévaluation justifiée par le RSSI et mentionnée dans le rapport",
    }
}
