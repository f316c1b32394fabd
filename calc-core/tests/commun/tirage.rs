//! Random blocks of a dossier: organisation, exercises, budget, convergence and expenses, drawn at their thresholds.

use super::hasard::Hasard;
use calc_core::{Dossier, Faute, read_dossier};
use chrono::NaiveDate;

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
const CANDIDATS: &[&str] = &[
    "\"ght\"",
    "\"ght\"",
    "\"ght\"",
    "\"ej_publique\"",
    "\"ej_privee\"",
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

/// A dossier that the door accepts, save where drawn amounts do not fit together.
fn dossier(hasard: &mut Hasard) -> String {
    let entites = 1 + hasard.sous(3);
    let ids = liste(entites, |rang| format!("{{\"id\":\"e{rang}\"}}"));
    let depenses = liste(3, |rang| depense(hasard, rang));
    format!(
        r#"{{{},"entites":[{ids}],"exercices":{exercices},"exemptions":[{exemptions}],"convergence":{convergence},"depenses":[{depenses}]}}"#,
        blocs(hasard).join(","),
        exercices = exercices(hasard, entites),
        exemptions = exemptions(hasard, entites),
        convergence = convergence(hasard),
    )
}

fn exercices(hasard: &mut Hasard, entites: u64) -> String {
    let nombre = hasard.sous(4);
    let exercices = liste(nombre, |_| {
        let cites: Vec<String> = (0..entites)
            .filter(|_| hasard.sous(2) > 0)
            .map(|rang| format!("\"e{rang}\""))
            .collect();
        let reste = membres(
            hasard,
            &[
                ("date", &JOURS[1..]),
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
    if hasard.sous(8) == 0 {
        "null".into()
    } else {
        format!("[{exercices}]")
    }
}

fn exemptions(hasard: &mut Hasard, entites: u64) -> String {
    let nombre = hasard.sous(3);
    liste(nombre, |_| {
        let reste = membres(
            hasard,
            &[
                ("date_attaque", JOURS),
                ("accord_care", PEUT_ETRE),
                ("retex", PEUT_ETRE),
            ],
        );
        format!("{{\"entite\":\"e{}\",{reste}}}", hasard.sous(entites))
    })
}

/// The candidate, the phase, the self-assessment, the budget.
fn blocs(hasard: &mut Hasard) -> [String; 4] {
    [
        bloc(hasard, "candidat", &[("type", CANDIDATS)]),
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
                ("date", JOURS),
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
    ]
}

fn convergence(hasard: &mut Hasard) -> String {
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
    if hasard.sous(8) == 0 {
        "null".into()
    } else {
        format!("{{{convergence},{trajectoire}}}")
    }
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

/// Drawn dossiers that the door accepts, each with the day to judge it on.
pub(crate) fn dossiers(nombre: u64) -> impl Iterator<Item = (Dossier, NaiveDate)> {
    (0..nombre).filter_map(|graine| {
        let mut hasard = Hasard::new(graine);
        let json = dossier(&mut hasard);
        let lu = match read_dossier(&json) {
            Ok(lu) => lu,
            Err(fautes) => {
                let connue = |faute: &Faute| faute.message.contains("dépasse");
                assert!(fautes.iter().all(connue), "{fautes:?} {json}");
                return None;
            }
        };
        let le = hasard.parmi(&JOURS[6..18]);
        Some((lu, super::jour(le.trim_matches('"'))))
    })
}
