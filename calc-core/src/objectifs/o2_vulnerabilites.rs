//! D1.O2.B: no critical vulnerability, told in sentences (§7).

use crate::cadre::{Cadre, Passage, Suite, fait};
use crate::couverture::Groupe;
use crate::dates::{jours_entre, plus_jours};
use crate::dossier::Perimetre;
use crate::francais::{jours, phrase};
use crate::objectifs::o1_annuaires::SANS_DEBUT;
use crate::objectifs::o2_exposition::{SANS_OUTIL, sans_outil, suite};
use crate::part_activite;
use crate::unites::Cvss;
use crate::verdict::{Controle, Fait, Lecture, Lieu, Marge, Unite, Valeur, Verdict};
use crate::vulnerabilites::{
    Derniers, Gravite, Quatre, derniers, gravite_de, residuel, silene_apres, verdicts,
};
use chrono::NaiveDate;

const PART: &str = "D1.O2.B/part-activite";
const DERNIER: &str = "D1.O2.B/dernier-sans-critique";
const RECENT: &str = "D1.O2.B/dernier-recent";
const AVANT: &str = "D1.O2.B/avant-dernier-sans-critique";
const OUTIL: &str = "D1.O2.B/outil";

/// D1.O2.B: the share first, since it alone decides, then the perimeters.
pub(crate) fn evaluer(cadre: &Cadre) -> Vec<Controle> {
    let Some(debut) = cadre.debut else {
        let controle = Controle::new(PART, None, Verdict::Incomplet, SANS_DEBUT.into());
        return vec![controle.manque(vec!["phase.debut".into()])];
    };
    let (mut complets, mut a_ce_jour, mut controles) = (Vec::new(), Vec::new(), Vec::new());
    for (rang, perimetre) in cadre.dossier.perimetres.iter().enumerate() {
        let (complet, partiel) = perimetre_b(cadre, debut, rang, perimetre, &mut controles);
        complets.push(complet);
        a_ce_jour.push(partiel);
    }
    let groupe = Groupe::perimetres(cadre);
    let part = part_activite::evaluer(PART, cadre, &groupe, (&complets, &a_ce_jour), &controles);
    controles.insert(0, part);
    controles
}

/// One perimeter in sentences.
struct Vue<'a> {
    cadre: &'a Cadre<'a>,
    perimetre: &'a Perimetre,
    rang: usize,
    suite: Suite,
    derniers: Derniers,
    complet: Quatre,
    a_ce_jour: Quatre,
}

/// Adds the checks of a perimeter; gives its verdict on all facts and on the facts up to today.
fn perimetre_b(
    cadre: &Cadre,
    debut: NaiveDate,
    rang: usize,
    perimetre: &Perimetre,
    controles: &mut Vec<Controle>,
) -> (Verdict, Verdict) {
    let sans_outil = sans_outil(cadre, debut, rang, perimetre);
    if !sans_outil.is_empty() {
        let sujet = Some(perimetre.id.as_str());
        controles.push(
            Controle::new(OUTIL, sujet, Verdict::Incomplet, SANS_OUTIL.into()).manque(sans_outil),
        );
        return (Verdict::Incomplet, Verdict::Incomplet);
    }
    let suite = suite(cadre, debut, perimetre);
    let complet = verdicts(cadre, perimetre, suite.tous());
    let a_ce_jour = verdicts(cadre, perimetre, suite.a_ce_jour());
    let derniers = derniers(cadre, perimetre, suite.tous());
    let vue = Vue {
        cadre,
        perimetre,
        rang,
        suite,
        derniers,
        complet,
        a_ce_jour,
    };
    controles.extend([
        vue.dernier(),
        vue.recent(),
        vue.avant_dernier(),
        vue.outil(),
    ]);
    (complet.pire(), a_ce_jour.pire())
}

impl Vue<'_> {
    fn controle(
        &self,
        id: &'static str,
        verdict: Verdict,
        phrase: String,
        faits: &[Option<Passage>],
    ) -> Controle {
        let faits = faits
            .iter()
            .flatten()
            .map(|passage| self.fait(*passage))
            .collect();
        Controle::new(id, Some(&self.perimetre.id), verdict, phrase).faits(faits)
    }

    fn fait(&self, passage: Passage) -> Fait {
        fait(
            "perimetres",
            self.rang,
            passage,
            self.score(passage).map(Valeur::Cvss),
        )
    }

    fn score(&self, passage: Passage) -> Option<Cvss> {
        self.perimetre.audits.get(passage.rang).and_then(residuel)
    }

    fn gravite(&self, passage: Passage) -> Gravite {
        gravite_de(self.cadre, self.perimetre, passage)
    }

    /// Adds the score, its threshold and its margin.
    fn situer(&self, controle: Controle, passage: Option<Passage>) -> Controle {
        let seuil = self.cadre.programme.cvss_critique;
        let controle = controle.seuil(Valeur::Cvss(seuil));
        let Some(score) = passage.and_then(|passage| self.score(passage)) else {
            return controle;
        };
        let ecart = i64::from(seuil.0) - i64::from(score.0);
        controle.constat(Valeur::Cvss(score)).marge(Marge {
            centiemes: ecart * 10,
            unite: Unite::Points,
        })
    }

    /// The field that is missing on an audit, where its gravity is unknown.
    fn manque(&self, passage: Option<Passage>) -> Vec<String> {
        let champ = passage.and_then(|passage| match self.gravite(passage) {
            Gravite::Inconnue(champ) => Some(
                Lieu {
                    liste: "perimetres",
                    rang: self.rang,
                    audit: Some(passage.rang),
                }
                .champ(champ),
            ),
            _ => None,
        });
        champ.into_iter().collect()
    }

    fn dernier(&self) -> Controle {
        let verdict = self
            .cadre
            .conclure(self.complet.dernier, self.a_ce_jour.dernier);
        let dernier = self.derniers.dernier;
        let phrase = match dernier {
            None => self.sans_audit(
                verdict,
                "Aucun audit par une plateforme industrielle dans la phase",
            ),
            Some(dernier) => self.dire_gravite("Dernier audit industriel, le ", dernier, verdict),
        };
        let lectures = dernier.map_or(Vec::new(), |dernier| self.lectures(dernier, verdict));
        let controle = self
            .controle(DERNIER, verdict, phrase, &[dernier])
            .manque(self.manque(dernier));
        self.situer(controle, dernier).lectures(lectures)
    }

    fn sans_audit(&self, verdict: Verdict, constat: &str) -> String {
        if verdict == Verdict::Perdu {
            return phrase![constat, " : ne peut plus être rattrapé."];
        }
        phrase![
            constat,
            " : il en faut deux avant la déclaration du ",
            self.cadre.fin,
            ", le dernier moins de ",
            jours(self.cadre.programme.dernier_audit_anciennete_jours),
            " avant elle."
        ]
    }

    fn dire_gravite(&self, debut: &str, passage: Passage, verdict: Verdict) -> String {
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
                 l’auditeur (question 3.14), puis refaites un audit industriel avant le ",
                self.cadre.fin,
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
    fn lectures(&self, passage: Passage, verdict: Verdict) -> Vec<Lecture> {
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

    fn recent(&self) -> Controle {
        let verdict = self
            .cadre
            .conclure(self.complet.recent, self.a_ce_jour.recent);
        let max = self.cadre.programme.dernier_audit_anciennete_jours;
        let fin = self.cadre.fin;
        let Some(dernier) = self.derniers.dernier else {
            let phrase = self.sans_audit(
                verdict,
                "Aucun audit par une plateforme industrielle dans la phase",
            );
            return self
                .controle(RECENT, verdict, phrase, &[])
                .seuil(Valeur::Jours(max));
        };
        let age = jours_entre(dernier.date, fin);
        let phrase = phrase![
            "Dernier audit industriel le ",
            dernier.date,
            ", ",
            jours(age),
            " avant la déclaration du ",
            fin,
            dire_age(verdict, max, fin)
        ];
        self.controle(RECENT, verdict, phrase, &[Some(dernier)])
            .constat(Valeur::Jours(age))
            .seuil(Valeur::Jours(max))
            .marge(Marge::jours(max - age))
    }

    fn avant_dernier(&self) -> Controle {
        let verdict = self
            .cadre
            .conclure(self.complet.avant_dernier, self.a_ce_jour.avant_dernier);
        let Some(avant) = self.derniers.avant_dernier else {
            let constat = if self.derniers.dernier.is_some() {
                "Un seul audit industriel dans la phase"
            } else {
                "Aucun audit par une plateforme industrielle dans la phase"
            };
            return self.controle(
                AVANT,
                verdict,
                self.sans_audit(verdict, constat),
                &[self.derniers.dernier],
            );
        };
        let remplacant = self.derniers.remplacant;
        let juge = remplacant.unwrap_or(avant);
        let phrase = if let Some(remplacant) = remplacant {
            self.dire_remplacant(avant, remplacant, verdict)
        } else {
            let dit = self.dire_gravite("Avant-dernier audit industriel, le ", avant, verdict);
            phrase![dit, self.dire_non_remplace(avant)]
        };
        let mut lectures = self.lectures(juge, verdict);
        if lectures.is_empty() {
            lectures = self.lectures_remplacement(avant, verdict);
        }
        let controle = self
            .controle(
                AVANT,
                verdict,
                phrase,
                &[Some(avant), remplacant, self.derniers.dernier],
            )
            .manque(self.manque(Some(juge)));
        self.situer(controle, Some(juge)).lectures(lectures)
    }

    fn dire_remplacant(&self, avant: Passage, remplacant: Passage, verdict: Verdict) -> String {
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
        self.dire_gravite(&debut, remplacant, verdict)
    }

    /// Why the antepenultimate does not help, where it would have to.
    fn dire_non_remplace(&self, avant: Passage) -> String {
        if !matches!(self.gravite(avant), Gravite::Critique | Gravite::Doute) {
            return String::new();
        }
        phrase![
            " Aucun antépénultième audit industriel dans les ",
            jours(self.cadre.programme.antepenultieme_fenetre_jours),
            " avant le dernier ne le remplace."
        ]
    }

    /// A penultimate in doubt, replaced by a critical one: read as not critical, it would have held.
    fn lectures_remplacement(&self, avant: Passage, verdict: Verdict) -> Vec<Lecture> {
        if self.gravite(avant) != Gravite::Doute || verdict.tient() {
            return Vec::new();
        }
        self.lectures(avant, Verdict::AConfirmer)
    }

    fn outil(&self) -> Controle {
        let verdict = self
            .cadre
            .conclure(self.complet.outil, self.a_ce_jour.outil);
        let silene = silene_apres(self.perimetre, self.suite.tous(), self.derniers);
        let phrase = match (silene, verdict) {
            (Some(silene), _) => phrase![
                "Audit SILENE le ",
                silene.date,
                ", après le plus ancien des deux audits industriels retenus : au sens strict de la \
                 question 3.9, les deux derniers rapports ne sont plus tous deux industriels ; demandez confirmation au support CaRE, \
                 ou ajoutez un audit industriel."
            ],
            (None, Verdict::SansObjet) => {
                "Moins de deux audits industriels : rien à vérifier encore.".into()
            }
            (None, _) => {
                "Aucun audit SILENE après le plus ancien des deux audits industriels retenus."
                    .into()
            }
        };
        let retenus = [
            self.derniers.remplacant.or(self.derniers.avant_dernier),
            silene,
            self.derniers.dernier,
        ];
        let controle = self.controle(OUTIL, verdict, phrase, &retenus);
        match silene {
            Some(silene) => controle.lectures(self.lectures_outil(silene)),
            None => controle,
        }
    }

    fn lectures_outil(&self, silene: Passage) -> Vec<Lecture> {
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

fn dire_age(verdict: Verdict, max: i64, fin: NaiveDate) -> String {
    match verdict {
        Verdict::Atteint | Verdict::Prevu => phrase![" ; moins de ", max, " demandés."],
        Verdict::NonAtteint => {
            let debut = plus_jours(fin, 1 - max);
            phrase![
                " ; il faut moins de ",
                jours(max),
                " : prévoyez-en un entre le ",
                debut,
                " et le ",
                fin,
                "."
            ]
        }
        _ => phrase![
            " ; il fallait moins de ",
            jours(max),
            " : ne peut plus être rattrapé."
        ],
    }
}
