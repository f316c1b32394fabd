//! The sentences and readings of D1.O2.B (§7).

use super::o2_vulnerabilites::Vue;
use crate::cadre::{Cadre, Passage};
use crate::dates::{jours_entre, plus_jours};
use crate::francais::{ajouter, jours, phrase};
use crate::prelude::*;
use crate::verdict::{Lecture, Verdict};
use crate::vulnerabilites::Gravite;

impl Vue<'_> {
    pub(super) fn sans_audit(&self, verdict: Verdict, constat: &str) -> String {
        if verdict == Verdict::Perdu {
            return phrase![constat, " : ne peut plus être rattrapé."];
        }
        phrase![
            constat,
            " : il en faut deux ",
            self.cadre.avant_la_fin(),
            ", le dernier moins de ",
            jours(self.cadre.programme.dernier_audit_anciennete_jours),
            " avant la déclaration."
        ]
    }

    pub(super) fn dire_gravite(&self, debut: &str, passage: Passage, verdict: Verdict) -> String {
        let seuil = self.cadre.programme.cvss_critique;
        let Some(score) = self.score(passage) else {
            return phrase![
                debut,
                passage.date,
                " : indiquez son score CVSS le plus élevé (celui visé pour un audit prévu)."
            ];
        };
        match self.gravite(passage) {
            Gravite::NonCritique => phrase![
                debut,
                passage.date,
                " : CVSS ",
                score,
                ", pas de vulnérabilité critique (au-dessus de ",
                seuil,
                ")."
            ],
            Gravite::Doute => phrase![
                debut,
                passage.date,
                " : CVSS ",
                score,
                " exactement ; la question 3.15 écrit « CVSS > 9 », l’échelle CVSS range 9,0 \
                 parmi les critiques : corrigez avant un nouvel audit ou demandez confirmation au support CaRE."
            ],
            Gravite::Critique if verdict == Verdict::Perdu => phrase![
                debut,
                passage.date,
                " : vulnérabilité critique (CVSS ",
                score,
                ") : ne peut plus être rattrapé."
            ],
            Gravite::Critique => phrase![
                debut,
                passage.date,
                " : vulnérabilité critique (CVSS ",
                score,
                ") : corrigez-la, ou faites réévaluer sa cotation avec \
                 l’auditeur (question 3.14), puis refaites un audit industriel ",
                self.cadre.avant_la_fin(),
                "."
            ],
            Gravite::Inconnue(_) => phrase![
                debut,
                passage.date,
                " : indiquez si la réévaluation est justifiée par le RSSI et mentionnée dans le rapport."
            ],
        }
    }

    /// Where the score is exactly at the threshold, both sentences.
    pub(super) fn lectures(&self, passage: Passage, verdict: Verdict) -> Vec<Lecture> {
        if verdict != Verdict::AConfirmer || self.gravite(passage) != Gravite::Doute {
            return Vec::new();
        }
        let seuil = self.cadre.programme.cvss_critique;
        vec![
            Lecture {
                nom: "critique au-dessus de 9",
                verdict: self.cadre.tient_des(passage.date),
                explication: phrase!["CVSS ", seuil, " n’est pas au-dessus du seuil."],
                sources: &["3.15"],
            },
            Lecture {
                nom: "critique à partir de 9,0",
                verdict: Verdict::NonAtteint,
                explication: "L’échelle CVSS range 9,0 parmi les critiques.".into(),
                sources: &["3.15"],
            },
        ]
    }

    pub(super) fn dire_remplacant(
        &self,
        avant: Passage,
        remplacant: Passage,
        verdict: Verdict,
    ) -> String {
        let ecart = self
            .derniers
            .dernier
            .map_or(0, |dernier| jours_entre(remplacant.date, dernier.date));
        let debut = phrase![
            "Avant-dernier audit industriel (",
            avant.date,
            ") remplacé par l’antépénultième, ",
            jours(ecart),
            " avant le dernier ; audit du "
        ];
        let mut dit = self.dire_gravite(&debut, remplacant, verdict);
        if !self.lectures_remplacement(avant, verdict).is_empty() {
            ajouter![
                &mut dit,
                " L’avant-dernier, à ",
                self.cadre.programme.cvss_critique,
                " exactement, suffirait si cette valeur n’est pas critique : demandez aussi confirmation au support CaRE."
            ];
        }
        dit
    }

    /// Why the antepenultimate does not help, where it would have to.
    pub(super) fn dire_non_remplace(&self, avant: Passage, dit: &mut String) {
        if !matches!(self.gravite(avant), Gravite::Critique | Gravite::Doute) {
            return;
        }
        ajouter![
            dit,
            " Aucun antépénultième audit industriel dans les ",
            jours(self.cadre.programme.antepenultieme_fenetre_jours),
            " avant le dernier ne le remplace."
        ];
    }

    /// A penultimate in doubt, replaced by a critical one: read as not critical, it would have held.
    pub(super) fn lectures_remplacement(&self, avant: Passage, verdict: Verdict) -> Vec<Lecture> {
        if self.gravite(avant) != Gravite::Doute || verdict.tient() {
            return Vec::new();
        }
        self.lectures(avant, Verdict::AConfirmer)
    }

    pub(super) fn lectures_outil(&self, silene: Passage) -> Vec<Lecture> {
        vec![
            Lecture {
                nom: "deux derniers audits industriels",
                verdict: self.cadre.tient_des(silene.date),
                explication: "Un audit SILENE peut s’intercaler : les deux derniers audits industriels suffisent.".into(),
                sources: &["3.16"],
            },
            Lecture {
                nom: "deux derniers rapports, tous industriels",
                verdict: Verdict::NonAtteint,
                explication: "Les deux derniers rapports doivent être industriels : aucun audit SILENE après le plus ancien.".into(),
                sources: &["3.9"],
            },
        ]
    }
}

/// What the age of the last audit asks for.
pub(super) fn dire_age(cadre: &Cadre, verdict: Verdict, dit: &mut String) {
    let (max, fin) = (cadre.programme.dernier_audit_anciennete_jours, cadre.fin);
    match verdict {
        Verdict::Atteint | Verdict::Prevu => ajouter![dit, " ; moins de ", max, " demandés."],
        Verdict::NonAtteint if cadre.aujourdhui > fin => ajouter![
            dit,
            " ; il faut moins de ",
            jours(max),
            " : prévoyez-en un autre ",
            cadre.avant_la_fin(),
            "."
        ],
        Verdict::NonAtteint => {
            let debut = plus_jours(fin, 1 - max).max(cadre.aujourdhui);
            ajouter![
                dit,
                " ; il faut moins de ",
                jours(max),
                " : prévoyez-en un "
            ];
            if debut < fin {
                ajouter![dit, "entre le ", debut, " et "];
            }
            ajouter![dit, "le ", fin, "."];
        }
        _ => ajouter![
            dit,
            " ; il fallait moins de ",
            jours(max),
            " : ne peut plus être rattrapé."
        ],
    }
}
