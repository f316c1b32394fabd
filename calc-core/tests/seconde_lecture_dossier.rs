//! The rules of CAND, D1.O3, D1.O4, D1.O5, D1.O6 and of the expenses written a second time, from the text and not from
//! the code. Each drawn dossier is judged by both; fields are drawn at their thresholds, one day and one cent around them.

mod commun;

use calc_core::{
    Convergence, Depense, Dossier, Exercice, Moyen, Nature, Objectif, Organisateur, Preuve,
    PreuveDebut, StatutDepense, Trajectoire, TypeCandidat, Verdict, evaluate, jours_entre,
    read_dossier,
};
use chrono::NaiveDate;
use commun::hasard::Hasard;
use commun::{jour, programme};
use std::collections::BTreeSet;

use Verdict::{AConfirmer, Atteint, Incomplet, NonAtteint, Perdu, Prevu, SansObjet};

const JOURS: &[&str] = &[
    "null",
    "\"2024-12-31\"",
    "\"2025-01-01\"",
    "\"2026-01-29\"",
    "\"2026-01-30\"",
    "\"2026-01-31\"",
    "\"2026-03-19\"",
    "\"2026-03-20\"",
    "\"2026-03-21\"",
    "\"2026-05-07\"",
    "\"2026-05-08\"",
    "\"2026-11-22\"",
    "\"2026-11-23\"",
    "\"2026-11-24\"",
    "\"2027-03-20\"",
    "\"2027-03-21\"",
    "\"2027-03-31\"",
    "\"2027-04-01\"",
    "\"2027-07-30\"",
    "\"2027-07-31\"",
];
const PEUT_ETRE: &[&str] = &["null", "true", "true", "false"];

/// `"cle":valeur` members, each value drawn from its choices.
fn membres(hasard: &mut Hasard, champs: &[(&str, &[&str])]) -> String {
    let mut membre = |(cle, choix): &(&str, &[&str])| format!("\"{cle}\":{}", hasard.parmi(choix));
    champs.iter().map(&mut membre).collect::<Vec<_>>().join(",")
}

fn liste(nombre: u64, mut element: impl FnMut(u64) -> String) -> String {
    (0..nombre).map(&mut element).collect::<Vec<_>>().join(",")
}

/// A block, or nothing of it.
fn bloc(hasard: &mut Hasard, cle: &str, champs: &[(&str, &[&str])]) -> String {
    if hasard.sous(8) == 0 {
        return format!("\"{cle}\":null");
    }
    format!("\"{cle}\":{{{}}}", membres(hasard, champs))
}

fn tirer(hasard: &mut Hasard) -> String {
    let jours: &[&str] = JOURS;
    let date_vraie = &JOURS[1..];
    let entites = 1 + hasard.sous(3);
    let ids = liste(entites, |rang| format!("{{\"id\":\"e{rang}\"}}"));
    let nombre = hasard.sous(4);
    let exercices = liste(nombre, |_| {
        let cites: Vec<String> = (0..entites)
            .filter(|_| hasard.sous(2) > 0)
            .map(|rang| format!("\"e{rang}\""))
            .collect();
        let reste = membres(
            hasard,
            &[
                ("date", date_vraie),
                ("directions_impliquees", PEUT_ETRE),
                ("si_unique", PEUT_ETRE),
                (
                    "organisateur",
                    &[
                        "null",
                        "\"interne\"",
                        "\"prestataire\"",
                        "\"ars\"",
                        "\"grades\"",
                    ],
                ),
                (
                    "preuve",
                    &["null", "\"retex\"", "\"attestation\"", "\"facture\""],
                ),
            ],
        );
        format!("{{\"entites\":[{}],{reste}}}", cites.join(","))
    });
    let exercices = if hasard.sous(8) == 0 {
        "null".into()
    } else {
        format!("[{exercices}]")
    };
    let nombre = hasard.sous(3);
    let exemptions = liste(nombre, |_| {
        let reste = membres(
            hasard,
            &[
                ("date_attaque", jours),
                ("accord_care", PEUT_ETRE),
                ("retex", PEUT_ETRE),
            ],
        );
        format!("{{\"entite\":\"e{}\",{reste}}}", hasard.sous(entites))
    });
    let blocs = [
        bloc(
            hasard,
            "candidat",
            &[(
                "type",
                &[
                    "\"ght\"",
                    "\"ght\"",
                    "\"ght\"",
                    "\"ej_publique\"",
                    "\"ej_privee\"",
                ],
            )],
        ),
        bloc(
            hasard,
            "phase",
            &[
                ("debut", &JOURS[..12]),
                ("validation_ars", &JOURS[..14]),
                (
                    "declaration",
                    &[
                        JOURS[0], JOURS[11], JOURS[14], JOURS[15], JOURS[16], JOURS[17],
                    ],
                ),
            ],
        ),
        bloc(
            hasard,
            "autoevaluation",
            &[
                ("date", jours),
                ("moyen", &["null", "\"osis\"", "\"excel\""]),
            ],
        ),
        bloc(
            hasard,
            "budget",
            &[
                ("annee", &["null", "2022", "2023", "2023", "2024"]),
                (
                    "total_sanitaire",
                    &["null", "100", "\"100.00\"", "9999999999999.99"],
                ),
                ("numerique_sanitaire", &["null", "0", "1.7", "1.69", "100"]),
                ("remunerations_exclues", PEUT_ETRE),
                ("subventions_care_deduites", PEUT_ETRE),
            ],
        ),
    ];
    let trajectoire = bloc(
        hasard,
        "trajectoire",
        &[
            ("planning", PEUT_ETRE),
            (
                "premier_jalon",
                &["null", "\"2027-07-29\"", "\"2027-07-30\"", "\"2027-07-31\""],
            ),
            ("responsable", PEUT_ETRE),
            ("mutualisation", PEUT_ETRE),
            ("budget_previsionnel", PEUT_ETRE),
            ("tous_les_ad", PEUT_ETRE),
        ],
    );
    let convergence = membres(
        hasard,
        &[
            ("strategie_formalisee", PEUT_ETRE),
            ("ad_tous_converges", PEUT_ETRE),
            ("description_infrastructure", PEUT_ETRE),
        ],
    );
    let convergence = if hasard.sous(8) == 0 {
        "null".into()
    } else {
        format!("{{{convergence},{trajectoire}}}")
    };
    let depenses = liste(3, |rang| depense(hasard, rang));
    format!(
        r#"{{{},"entites":[{ids}],"exercices":{exercices},"exemptions":[{exemptions}],"convergence":{convergence},"depenses":[{depenses}]}}"#,
        blocs.join(",")
    )
}

const NATURES: &[&str] = &[
    "null",
    "\"prestation\"",
    "\"licence_perpetuelle\"",
    "\"materiel\"",
    "\"rh\"",
    "\"rh\"",
    "\"abonnement\"",
    "\"abonnement\"",
    "\"abonnement\"",
    "\"fusion_ad\"",
    "\"iam_achat\"",
    "\"iam_correction\"",
    "\"exercice_crise\"",
    "\"exercice_crise\"",
    "\"refonte_site\"",
    "\"convergence_equipement\"",
    "\"osint\"",
    "\"saas\"",
    "\"analyse_risque\"",
    "\"edr\"",
    "\"pris\"",
    "\"gestionnaire_mdp\"",
    "\"patch_linux_a_chaud\"",
];

fn depense(hasard: &mut Hasard, rang: u64) -> String {
    let dans = &JOURS[6..15];
    let souvent: &[&str] = if hasard.sous(2) == 0 { dans } else { JOURS };
    let reste = membres(
        hasard,
        &[
            ("nature", NATURES),
            (
                "montant_ttc",
                &["null", "1000", "\"999.99\"", "9999999999999.99"],
            ),
            ("commande", souvent),
            ("facture", souvent),
            ("debut_travaux", &JOURS[..9]),
            (
                "preuve_debut",
                &[
                    "null",
                    "\"bon_de_commande\"",
                    "\"facture\"",
                    "\"attestation\"",
                ],
            ),
            ("justification_rh", PEUT_ETRE),
            ("reduit_vulnerabilites", PEUT_ETRE),
            ("anomalies_ads", PEUT_ETRE),
            ("part_ars", &["null", "0", "0.01", "999.98", "999.99"]),
            ("part_securite", &["null", "0", "0.01", "999.99"]),
        ],
    );
    // First day, then last day: never the other way round, which is refused.
    let debut = hasard.parmi(JOURS);
    let fin = hasard.parmi(&JOURS[14..]);
    let fin = if hasard.sous(5) == 0 { "null" } else { fin };
    let fin = if fin < debut && fin != "null" {
        debut
    } else {
        fin
    };
    format!("{{\"id\":\"d{rang}\",{reste},\"debut\":{debut},\"fin\":{fin}}}")
}

/// What the rules are judged on.
struct Regard<'a> {
    lu: &'a Dossier,
    le: NaiveDate,
    debut: Option<NaiveDate>,
    fin: NaiveDate,
}

impl Regard<'_> {
    /// What does not hold is lost after the last day to declare.
    fn non(&self) -> Verdict {
        if self.le > jour("2027-03-31") {
            Perdu
        } else {
            NonAtteint
        }
    }

    fn des(&self, date: NaiveDate) -> Verdict {
        if date <= self.le { Atteint } else { Prevu }
    }

    /// Yes holds, no does not, nothing is missing.
    fn oui(&self, reponse: Option<bool>) -> Verdict {
        match reponse {
            Some(true) => Atteint,
            Some(false) => self.non(),
            None => Incomplet,
        }
    }

    fn candidature(&self) -> Verdict {
        let validation = self
            .lu
            .phase
            .as_ref()
            .and_then(|phase| phase.validation_ars);
        let limite = jour("2026-05-07");
        let mut pire = Atteint;
        match (self.debut, validation) {
            (None, _) => pire = pire.max(Incomplet),
            (Some(debut), _) if debut < jour("2026-01-30") => pire = pire.max(self.non()),
            (Some(debut), Some(validation)) if debut > validation => pire = pire.max(self.non()),
            (Some(debut), None) if debut > limite => pire = pire.max(self.non()),
            (Some(debut), _) => pire = pire.max(self.des(debut)),
        }
        match validation {
            None => pire = pire.max(Incomplet),
            Some(validation) if validation > limite && self.le > limite => pire = Perdu,
            Some(validation) if validation > limite => pire = pire.max(NonAtteint),
            Some(validation) => pire = pire.max(self.des(validation)),
        }
        if self.fin > jour("2027-03-31") || self.debut.is_some_and(|debut| debut > self.fin) {
            pire = pire.max(self.non());
        }
        pire
    }

    fn preuve(&self, exercice: &Exercice) -> Verdict {
        match (exercice.preuve, exercice.organisateur) {
            (Some(Preuve::Attestation), _) => self.des(exercice.date),
            (Some(Preuve::Retex), Some(Organisateur::Interne)) => self.des(exercice.date),
            (Some(Preuve::Retex), Some(_)) => AConfirmer,
            (Some(Preuve::Retex), None) => Incomplet,
            (Some(Preuve::Facture), _) => self.non(),
            (None, _) if exercice.date > self.le => Prevu,
            (None, _) => Incomplet,
        }
    }

    /// Every way that an entity has, the best one: its exercises, its attack; unknown ones keep the door open.
    fn crise(&self, id: &str) -> Verdict {
        let dans = |date: NaiveDate| jour("2025-01-01") <= date && date <= self.fin;
        let mut surs = Vec::new();
        let mut inconnu = self.lu.exercices.is_none();
        for exercice in self.lu.exercices.iter().flatten().filter(|e| dans(e.date)) {
            inconnu |= exercice.entites.is_empty();
            if !exercice.entites.iter().any(|cite| cite == id) {
                continue;
            }
            let conditions = [exercice.directions_impliquees, exercice.si_unique];
            if exercice.entites.len() == 1 || conditions == [Some(true); 2] {
                surs.push(self.des(exercice.date).max(self.preuve(exercice)));
            } else if !conditions.contains(&Some(false)) {
                inconnu = true;
            }
        }
        let mut attaque = false;
        for exemption in self.lu.exemptions.iter().filter(|e| e.entite == id) {
            match exemption.date_attaque {
                None => inconnu = true,
                Some(date) if !dans(date) => {}
                Some(date) if [exemption.accord_care, exemption.retex] == [Some(true); 2] => {
                    surs.push(self.des(date));
                }
                Some(_) => attaque = true,
            }
        }
        match surs.into_iter().min() {
            Some(sur) if sur <= Incomplet => sur,
            _ if inconnu => Incomplet,
            Some(sur) => sur,
            None if attaque => AConfirmer,
            None => self.non(),
        }
    }

    fn exercices(&self) -> Verdict {
        let crises = self.lu.entites.iter().map(|entite| self.crise(&entite.id));
        crises.max().unwrap_or(Incomplet)
    }

    fn autoevaluation(&self) -> Verdict {
        let Some(autoevaluation) = &self.lu.autoevaluation else {
            return Incomplet;
        };
        let date = match autoevaluation.date {
            None => Incomplet,
            Some(date) if date > self.fin => self.non(),
            Some(date) => self.des(date),
        };
        date.max(match autoevaluation.moyen {
            None => Incomplet,
            Some(Moyen::Osis) => Atteint,
            Some(Moyen::Excel) => AConfirmer,
        })
    }

    fn budget(&self) -> Verdict {
        let Some(budget) = &self.lu.budget else {
            return Incomplet;
        };
        let mut pire = self.oui(budget.annee.map(|annee| annee.0 == 2023));
        pire = pire.max(self.oui(budget.remunerations_exclues));
        pire = pire.max(self.oui(budget.subventions_care_deduites.map(|deduites| !deduites)));
        match (budget.total_sanitaire, budget.numerique_sanitaire) {
            (Some(_), Some(_)) => pire,
            _ => pire.max(Incomplet),
        }
    }

    /// A, then B.
    fn convergence(&self) -> [Verdict; 2] {
        match self.lu.candidat.as_ref().map(|candidat| candidat.type_) {
            None => return [Incomplet; 2],
            Some(TypeCandidat::EjPublique | TypeCandidat::EjPrivee) => return [SansObjet; 2],
            Some(TypeCandidat::Ght) => {}
        }
        let Some(convergence) = &self.lu.convergence else {
            return [Incomplet; 2];
        };
        [
            self.oui(convergence.strategie_formalisee),
            self.trajectoire(convergence),
        ]
    }

    fn trajectoire(&self, convergence: &Convergence) -> Verdict {
        match (convergence.ad_tous_converges, &convergence.trajectoire) {
            (None, _) | (Some(false), None) => Incomplet,
            (Some(true), _) => self.oui(convergence.description_infrastructure),
            (Some(false), Some(trajectoire)) => self.document(trajectoire),
        }
    }

    fn document(&self, trajectoire: &Trajectoire) -> Verdict {
        let parties = [
            trajectoire.planning,
            trajectoire.responsable,
            trajectoire.mutualisation,
            trajectoire.budget_previsionnel,
            trajectoire.tous_les_ad,
        ];
        let contenu = parties.into_iter().map(|partie| self.oui(partie)).max();
        let jalon = trajectoire.premier_jalon;
        let jalon = self.oui(jalon.map(|date| date <= jour("2027-07-30")));
        contenu.unwrap_or(Incomplet).max(jalon)
    }

    /// CAND, D1.O3, D1.O4, D1.O5, D1.O6.A, D1.O6.B.
    fn verdicts(&self) -> [Verdict; 6] {
        let [strategie, trajectoire] = self.convergence();
        [
            self.candidature(),
            self.exercices(),
            self.autoevaluation(),
            self.budget(),
            strategie,
            trajectoire,
        ]
    }

    /// The status of an expense, and its eligible cents.
    fn depense(&self, depense: &Depense) -> (StatutDepense, i64) {
        let montant = depense.montant_ttc.map(|montant| montant.0);
        let (nature, part) = self.nature(depense, montant.unwrap_or(0));
        let mut pire = nature.max(self.dates(depense));
        if montant.is_none() {
            pire = pire.max(StatutDepense::AJustifier);
        }
        match pire {
            StatutDepense::Eligible | StatutDepense::Partiel => (pire, part),
            _ => (pire, 0),
        }
    }

    fn dates(&self, depense: &Depense) -> StatutDepense {
        use StatutDepense::{AConfirmer, AJustifier, Eligible, NonEligible};
        let publication = jour("2026-01-30");
        // Whatever day is typed, the declaration is on 31 March 2027 at the latest (Q2.5).
        let fin = self.fin.min(jour("2027-03-31"));
        let mut pire = Eligible;
        let rh = depense.nature == Some(Nature::Rh);
        if !rh && (depense.commande.is_none() || depense.facture.is_none()) {
            pire = pire.max(AJustifier);
        }
        if depense
            .facture
            .is_some_and(|date| date < publication || date > fin)
            || depense.commande.is_some_and(|date| date > fin)
        {
            pire = NonEligible;
        }
        let anterieure = depense.commande.is_some_and(|date| date < publication);
        if anterieure {
            pire = pire.max(match (depense.debut_travaux, depense.preuve_debut) {
                (Some(date), _) if date <= publication => NonEligible,
                (Some(_), Some(PreuveDebut::Attestation)) => NonEligible,
                (Some(_), Some(_)) => Eligible,
                _ => AJustifier,
            });
        }
        // Orders, invoices and works after the publication, yet before S.
        let travaux = depense.debut_travaux.filter(|_| anterieure);
        for date in [depense.commande, depense.facture, travaux]
            .into_iter()
            .flatten()
        {
            if date < publication {
                continue;
            }
            match self.debut {
                Some(debut) if date < debut => pire = pire.max(AConfirmer),
                None if date <= jour("2026-05-07") => pire = pire.max(AJustifier),
                _ => {}
            }
        }
        pire
    }

    fn nature(&self, depense: &Depense, montant: i64) -> (StatutDepense, i64) {
        use StatutDepense::{AJustifier, Eligible, NonEligible, Partiel};
        let condition = |tenue| match tenue {
            Some(true) => (Eligible, montant),
            Some(false) => (NonEligible, 0),
            None => (AJustifier, 0),
        };
        match depense.nature {
            None => (AJustifier, 0),
            Some(Nature::Prestation | Nature::LicencePerpetuelle | Nature::Materiel) => {
                (Eligible, montant)
            }
            Some(Nature::Rh) if depense.justification_rh == Some(true) => (Eligible, montant),
            Some(Nature::Rh) => (AJustifier, 0),
            Some(Nature::FusionAd) => condition(depense.reduit_vulnerabilites),
            Some(Nature::IamCorrection) => condition(depense.anomalies_ads),
            Some(Nature::Abonnement) => self.abonnement(depense, montant),
            Some(Nature::ExerciceCrise) => self.exercice_paye(depense, montant),
            Some(Nature::RefonteSite) => match depense.part_securite.map(|part| part.0) {
                None => (AJustifier, 0),
                Some(0) => (NonEligible, 0),
                Some(part) if part == montant => (Eligible, montant),
                Some(part) => (Partiel, part),
            },
            Some(_) => (NonEligible, 0),
        }
    }

    fn abonnement(&self, depense: &Depense, montant: i64) -> (StatutDepense, i64) {
        use StatutDepense::{AJustifier, Eligible, NonEligible, Partiel};
        let Some(phase) = self.debut else {
            return (AJustifier, 0);
        };
        if depense.commande.is_some_and(|commande| commande <= phase) {
            return (NonEligible, 0);
        }
        let (Some(debut), Some(fin)) = (depense.debut, depense.fin) else {
            return (AJustifier, 0);
        };
        let jours = i128::from(jours_entre(debut, fin) + 1);
        let declaration = self.fin.min(jour("2027-03-31"));
        let dedans = jours_entre(debut.max(phase), fin.min(declaration)) + 1;
        if dedans <= 0 {
            return (NonEligible, 0);
        }
        // Half up: floor(x + 1/2), where x = amount × days inside / days.
        let part = (2 * i128::from(montant) * i128::from(dedans) + jours).div_euclid(2 * jours);
        let statut = if i128::from(dedans) == jours {
            Eligible
        } else {
            Partiel
        };
        (statut, i64::try_from(part).unwrap())
    }

    /// An exercise paid: inside [S, E], its day being the invoice's where nothing else is told.
    fn exercice_paye(&self, depense: &Depense, montant: i64) -> (StatutDepense, i64) {
        use StatutDepense::{AJustifier, Eligible, NonEligible, Partiel};
        let Some(debut) = self.debut else {
            return (AJustifier, 0);
        };
        let fin = self.fin.min(jour("2027-03-31"));
        let dehors = |date: NaiveDate| date < debut || date > fin;
        if depense.debut.is_some_and(dehors) {
            return (NonEligible, 0);
        }
        let ars = depense.part_ars.map_or(0, |part| part.0);
        let (statut, part) = match montant - ars {
            reste if ars == 0 || depense.montant_ttc.is_none() => (Eligible, reste),
            ..=0 => (NonEligible, 0),
            reste => (Partiel, reste),
        };
        // Invoiced before the phase, held on a day that is not told: it may have been held in it.
        let avant = depense.debut.is_none() && depense.facture.is_some_and(|date| date < debut);
        (
            if avant {
                statut.max(AJustifier)
            } else {
                statut
            },
            part,
        )
    }
}

#[test]
fn both_readings_of_the_dossier_s_rules_agree() {
    let programme = programme();
    let codes = [
        Objectif::Cand,
        Objectif::O3,
        Objectif::O4,
        Objectif::O5,
        Objectif::O6A,
        Objectif::O6B,
    ];
    let (mut vus, mut statuts) = (BTreeSet::new(), BTreeSet::new());
    for graine in 0..6_000 {
        let mut hasard = Hasard::new(graine);
        let lu = tirer(&mut hasard);
        let lu = match read_dossier(&lu) {
            Ok(lu) => lu,
            Err(fautes) => {
                // Drawn amounts do not always fit together.
                assert!(
                    fautes.iter().all(|f| f.message.contains("dépasse")),
                    "{fautes:?} {lu}"
                );
                continue;
            }
        };
        let le = hasard.parmi(&JOURS[6..18]);
        let le = jour(le.trim_matches('"'));
        let phase = lu.phase.as_ref();
        let regard = Regard {
            lu: &lu,
            le,
            debut: phase.and_then(|phase| phase.debut),
            fin: phase
                .and_then(|phase| phase.declaration)
                .unwrap_or(programme.declaration_limite),
        };
        let evaluation = evaluate(&lu, &programme, le);
        for (code, attendu) in codes.into_iter().zip(regard.verdicts()) {
            let obtenu = evaluation.objectif(code).unwrap().verdict;
            assert_eq!(obtenu, attendu, "{code:?} on {le} {}", lu.to_json());
            vus.insert((code, obtenu));
        }
        let mut total = 0;
        for (depense, ligne) in lu.depenses.iter().zip(&evaluation.depenses.lignes) {
            let attendu = regard.depense(depense);
            let obtenu = (ligne.statut, ligne.montant_eligible.0);
            assert_eq!(obtenu, attendu, "{depense:?} {:?} {ligne:?}", lu.phase);
            statuts.insert((depense.nature.map(|nature| nature.as_str()), ligne.statut));
            total += attendu.1;
        }
        assert_eq!(evaluation.depenses.total_eligible.0, total);
    }
    let combien = |code| vus.iter().filter(|(vu, _)| *vu == code).count();
    assert_eq!(codes.map(combien), [5, 6, 6, 4, 5, 5], "{vus:?}");
    // Every status of every kind that can come to it.
    assert_eq!(statuts.len(), 50, "{statuts:?}");
}
