//! D1.O2.B: no critical vulnerability, told in sentences (§7).

use super::o2_phrases::dire_age;
use crate::cadre::{Cadre, Passage, Suite, fait};
use crate::couverture::Groupe;
use crate::dates::jours_entre;
use crate::dossier::Perimetre;
use crate::francais::{jours, phrase};
use crate::objectifs::o1_annuaires::SANS_DEBUT;
use crate::objectifs::o2_exposition::{SANS_OUTIL, sans_outil, suite};
use crate::part_activite;
use crate::prelude::*;
use crate::regles::{Regle, celle};
use crate::unites::Cvss;
use crate::verdict::{Controle, Fait, Lieu, Marge, Unite, Valeur, Verdict};
use crate::vulnerabilites::{
    Derniers, Gravite, Quatre, derniers, gravite_de, residuel, silene_apres, verdicts,
};
use chrono::NaiveDate;

const PART: &Regle = celle("D1.O2.B/part-activite");
const DERNIER: &Regle = celle("D1.O2.B/dernier-sans-critique");
const RECENT: &Regle = celle("D1.O2.B/dernier-recent");
const AVANT: &Regle = celle("D1.O2.B/avant-dernier-sans-critique");
const OUTIL: &Regle = celle("D1.O2.B/outil");

/// D1.O2.B: the share first, since it alone decides, then the perimeters.
pub(crate) fn evaluer(cadre: &Cadre) -> Vec<Controle> {
    let Some(debut) = cadre.debut else {
        let controle = Controle::new(PART, None, Verdict::Incomplet, SANS_DEBUT.into());
        return vec![controle.manque(vec!["phase.debut".into()])];
    };
    let perimetres = &cadre.dossier.perimetres;
    let (mut complets, mut a_ce_jour) = (Vec::new(), Vec::new());
    // Four checks each, and the share.
    let mut controles = Vec::with_capacity(1 + perimetres.len() * 4);
    for (rang, perimetre) in perimetres.iter().enumerate() {
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
pub(super) struct Vue<'a> {
    pub(super) cadre: &'a Cadre<'a>,
    pub(super) perimetre: &'a Perimetre,
    pub(super) rang: usize,
    pub(super) suite: Suite,
    pub(super) derniers: Derniers,
    pub(super) complet: Quatre,
    pub(super) a_ce_jour: Quatre,
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
        regle: &'static Regle,
        verdict: Verdict,
        phrase: String,
        faits: &[Option<Passage>],
    ) -> Controle {
        let faits = faits
            .iter()
            .flatten()
            .map(|passage| self.fait(*passage))
            .collect();
        Controle::new(regle, Some(&self.perimetre.id), verdict, phrase).faits(faits)
    }

    fn fait(&self, passage: Passage) -> Fait {
        fait(
            "perimetres",
            self.rang,
            passage,
            self.score(passage).map(Valeur::Cvss),
        )
    }

    pub(super) fn score(&self, passage: Passage) -> Option<Cvss> {
        self.perimetre.audits.get(passage.rang).and_then(residuel)
    }

    pub(super) fn gravite(&self, passage: Passage) -> Gravite {
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
        let mut phrase = phrase![
            "Dernier audit industriel le ",
            dernier.date,
            ", ",
            jours(age),
            " avant la déclaration du ",
            fin
        ];
        dire_age(self.cadre, verdict, &mut phrase);
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
            let mut dit = self.dire_gravite("Avant-dernier audit industriel, le ", avant, verdict);
            self.dire_non_remplace(avant, &mut dit);
            dit
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
}
