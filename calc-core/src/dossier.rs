//! The dossier: everything a candidate tells, as it is saved, shared and evaluated.
//!
//! Each block is declared once; its type, its door, its file and its schema come from that declaration.
//! An absent field is `None` or an empty list: the checks that need it then say `incomplet` and name it.

use crate::champ::{Annee, Champ, bloc, choix};
use crate::ecriture::Ecriture;
use crate::json::Json;
use crate::porte::{Faute, Porte};
use crate::schema::Schema;
use crate::unites::{Activite, Cvss, Etp, Euros, Pourcent, Score};
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
        autoevaluation: Option<Autoevaluation> = "L’auto-évaluation de maturité",
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
        date: Option<NaiveDate> = "Jour de l’auto-évaluation",
        /// How it is handed in.
        moyen: Option<Moyen> = "Moyen de l’auto-évaluation",
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

/// The format of the file: always the present one once read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version;

impl Champ for Version {
    fn lire(_: &Json, _: &mut Porte) -> Option<Self> {
        Some(Self) // `migrations` has judged it already.
    }
    fn absent() -> Option<Self> {
        Some(Self)
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
        Self {
            version: Version,
            candidat: None,
            phase: None,
            entites: Vec::new(),
            annuaires: Vec::new(),
            perimetres: Vec::new(),
            exercices: None,
            exemptions: Vec::new(),
            autoevaluation: None,
            budget: None,
            convergence: None,
            depenses: Vec::new(),
            plafond_euros: None,
            part_activite_min_pourcent: None,
        }
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
    let mut porte = Porte::default();
    let mut arbre = match crate::json::lire(json) {
        Ok(arbre) => arbre,
        Err(erreur) => {
            porte.noter(erreur.to_string());
            return Err(porte.fautes);
        }
    };
    if !migrations::migrer(&mut arbre, &mut porte) {
        return Err(porte.fautes);
    }
    let lu = Dossier::lire(&arbre, &mut porte);
    coherence::controler(&arbre, &mut porte);
    match lu {
        Some(dossier) if porte.fautes.is_empty() => Ok(dossier),
        _ => Err(porte.fautes),
    }
}
