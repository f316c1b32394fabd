//! The expenses (§10).

use crate::champ::{bloc, choix};
use crate::prelude::*;
use crate::unites::Euros;
use chrono::NaiveDate;

choix! {
    /// What an expense is, as far as the rules tell kinds apart.
    pub enum Nature {
        /// Services (Q2.2).
        Prestation = "prestation",
        /// Perpetual licence (Q2.2).
        LicencePerpetuelle = "licence_perpetuelle",
        /// Hardware (Q2.2).
        Materiel = "materiel",
        /// Own staff (Q2.2).
        Rh = "rh",
        /// Subscription (Q2.13).
        Abonnement = "abonnement",
        /// Merging directories (Q2.6).
        FusionAd = "fusion_ad",
        /// Buying an identity tool (Q2.7).
        IamAchat = "iam_achat",
        /// Changing a process in one (Q2.7).
        IamCorrection = "iam_correction",
        /// A crisis exercise (Q2.11).
        ExerciceCrise = "exercice_crise",
        /// Rebuilding a web site (Q2.9).
        RefonteSite = "refonte_site",
        /// Equipment for the convergence (Q2.12).
        ConvergenceEquipement = "convergence_equipement",
        /// Watching for leaks (Q2.10).
        Osint = "osint",
        /// An application exposed by a supplier (Q2.8).
        Saas = "saas",
        /// A risk analysis (Q2.8).
        AnalyseRisque = "analyse_risque",
        /// Endpoint detection (Q2.8).
        Edr = "edr",
        /// An incident-response subscription (Q2.8).
        Pris = "pris",
        /// A password manager (Q2.8).
        GestionnaireMdp = "gestionnaire_mdp",
        /// Live patching of Linux servers (Q2.8).
        PatchLinuxAChaud = "patch_linux_a_chaud",
    }
}

choix! {
    /// What shows that work began after the publication (Q2.5).
    pub enum PreuveDebut {
        /// The order.
        BonDeCommande = "bon_de_commande",
        /// The invoice.
        Facture = "facture",
        /// A statement, which is refused.
        Attestation = "attestation",
    }
}

choix! {
    /// The objective that an expense serves.
    pub enum ObjectifDepense {
        /// D1.O1.
        O1 = "D1.O1",
        /// D1.O2.
        O2 = "D1.O2",
        /// D1.O3.
        O3 = "D1.O3",
        /// D1.O4.
        O4 = "D1.O4",
        /// D1.O5.
        O5 = "D1.O5",
        /// D1.O6.
        O6 = "D1.O6",
        /// D1.O1.A.
        O1A = "D1.O1.A",
        /// D1.O1.B.
        O1B = "D1.O1.B",
        /// D1.O2.A.
        O2A = "D1.O2.A",
        /// D1.O2.B.
        O2B = "D1.O2.B",
        /// D1.O6.A.
        O6A = "D1.O6.A",
        /// D1.O6.B.
        O6B = "D1.O6.B",
    }
}

bloc! {
    /// An expense.
    pub struct Depense {
        /// Its id, unique among expenses.
        id: String = "Identifiant, unique parmi les dépenses",
        /// What it is, in words.
        libelle: Option<String> = "Libellé",
        /// The objective that it serves.
        objectif: Option<ObjectifDepense> = "Objectif servi",
        /// What it is, for the rules.
        nature: Option<Nature> = "Nature de la dépense",
        /// Its amount, tax included.
        montant_ttc: Option<Euros> = "Montant TTC, en euros",
        /// The day of the order.
        commande: Option<NaiveDate> = "Date du bon de commande",
        /// The day of the invoice.
        facture: Option<NaiveDate> = "Date de la facture",
        /// When work began, for an order before the publication (Q2.5).
        debut_travaux: Option<NaiveDate> = "Début des travaux, pour une commande antérieure à la publication",
        /// What shows it.
        preuve_debut: Option<PreuveDebut> = "Pièce qui montre le début des travaux",
        /// Whether staff costs are justified by the programme's activities (Q2.2).
        justification_rh: Option<bool> = "Coûts RH justifiés au regard des activités du programme",
        /// Whether the staff hold a letter of mission (Q2.2).
        lettre_de_mission: Option<bool> = "Lettre de mission dans le cadre du Domaine 1 bis",
        /// Whether the merge reduces vulnerabilities (Q2.6).
        reduit_vulnerabilites: Option<bool> = "La fusion réduit les vulnérabilités",
        /// Whether ADS reported the anomalies that it corrects (Q2.7).
        anomalies_ads: Option<bool> = "Corrige des anomalies remontées par ADS",
        /// The part that the ARS pays (Q2.11).
        part_ars: Option<Euros> = "Part financée par l’ARS, en euros",
        /// The part that serves security (Q2.9).
        part_securite: Option<Euros> = "Part qui corrige des vulnérabilités critiques, en euros",
        /// First day of a subscription (Q2.13).
        debut: Option<NaiveDate> = "Premier jour de l’abonnement",
        /// Last day of a subscription, included (Q2.13).
        fin: Option<NaiveDate> = "Dernier jour de l’abonnement, compris",
    }
}
