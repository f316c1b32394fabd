//! What one directory or perimeter still needs, and the first spread of audits that gives it.

use super::placement::Fenetre;
use super::{AuditPlanifie, Impossible, PlanSujet, audit_ads, audit_exposition};
use crate::cadre::{Cadre, Suite};
use crate::dates::{jours_entre, plus_jours};
use crate::dossier::{Annuaire, Mode, Outil, Perimetre};
use crate::francais::{Entre, jours, phrase};
use crate::objectifs::{o1_annuaires, o1_niveau, o2_exposition};
use crate::prelude::*;
use crate::rapide;
use crate::regularite::{Ecart, Rythme};
use crate::verdict::{Objectif, Verdict};
use crate::vulnerabilites;
use chrono::NaiveDate;

/// No directory or perimeter needs more: 60-day intervals over the whole programme make eight.
const AUDITS_MAX: usize = 24;

/// What differs between a directory and a perimeter.
struct Projet<'a> {
    rythme: Rythme<'a>,
    objectif: Objectif,
    sujet: &'a str,
    faits: Suite,
    /// Further audits that the level (B) needs at least.
    pour_le_niveau: i64,
    ids: Ids,
}

struct Ids {
    premier: &'static str,
    moyen: &'static str,
    maximum: &'static str,
    niveau: &'static str,
}

const IDS_ANNUAIRE: Ids = Ids {
    premier: "D1.O1.A/premier-audit",
    moyen: "D1.O1.A/intervalle-moyen",
    maximum: "D1.O1.A/intervalle-max",
    niveau: "D1.O1.B/deux-derniers-scores",
};

const IDS_PERIMETRE: Ids = Ids {
    premier: "D1.O2.A/premier-audit",
    moyen: "D1.O2.A/intervalle-moyen",
    maximum: "D1.O2.A/intervalle-max",
    niveau: "D1.O2.B/dernier-recent",
};

fn impossible(
    objectif: Objectif,
    sujet: &str,
    controle: &'static str,
    explication: String,
) -> PlanSujet {
    let impossible = Some(Impossible {
        controle,
        explication,
    });
    PlanSujet {
        objectif,
        sujet: sujet.into(),
        audits: Vec::new(),
        reserve_jours: 0,
        impossible,
    }
}

fn sans_debut(objectif: Objectif, sujet: &str) -> PlanSujet {
    impossible(
        objectif,
        sujet,
        "CAND/phase",
        o1_annuaires::SANS_DEBUT.into(),
    )
}

/// The plan of a directory.
pub(super) fn annuaire(cadre: &Cadre, annuaire: &Annuaire, reserve: i64) -> PlanSujet {
    let Some(debut) = cadre.debut else {
        return sans_debut(Objectif::O1A, &annuaire.id);
    };
    if !matches!(annuaire.mode, Some(Mode::Local | Mode::Hybride)) {
        let phrase =
            "Cet annuaire ne peut pas être audité par le service ADS, ou son hébergement manque.";
        return impossible(Objectif::O1A, &annuaire.id, "D1.O1.A/mode", phrase.into());
    }
    let mut essai = annuaire.clone();
    essai.audits.retain(|audit| audit.date <= cadre.aujourdhui);
    let faits = o1_annuaires::suite(cadre, debut, &essai);
    let restent = essai.audits.len();
    let projet = Projet {
        rythme: o1_annuaires::rythme(cadre, debut),
        objectif: Objectif::O1A,
        sujet: &annuaire.id,
        pour_le_niveau: o1_niveau::audits_manquants(cadre, &essai, faits.tous()),
        faits,
        ids: IDS_ANNUAIRE,
    };
    let mut tient = |jours: &[NaiveDate]| {
        essai.audits.truncate(restent);
        essai
            .audits
            .extend(jours.iter().map(|jour| audit_ads(*jour, cadre.programme)));
        let sujet = rapide::annuaire(cadre, debut, &essai);
        (sujet.regularite.tient() && sujet.complet == Verdict::Atteint)
            .then(|| vec![None; jours.len()])
    };
    chercher(&projet, reserve, &mut tient)
}

/// The plan of a perimeter: SILENE first, industrial at the end, or industrial throughout where that alone holds.
pub(super) fn perimetre(cadre: &Cadre, perimetre: &Perimetre, reserve: i64) -> PlanSujet {
    let Some(debut) = cadre.debut else {
        return sans_debut(Objectif::O2A, &perimetre.id);
    };
    let mut essai = perimetre.clone();
    essai.audits.retain(|audit| audit.date <= cadre.aujourdhui);
    if !o2_exposition::outils_connus(cadre, debut, &essai) {
        return impossible(
            Objectif::O2A,
            &perimetre.id,
            "D1.O2.B/outil",
            o2_exposition::SANS_OUTIL.into(),
        );
    }
    let faits = o2_exposition::suite(cadre, debut, &essai);
    let restent = essai.audits.len();
    let projet = Projet {
        rythme: o2_exposition::rythme(cadre, debut),
        objectif: Objectif::O2A,
        sujet: &perimetre.id,
        pour_le_niveau: i64::from(
            vulnerabilites::verdicts(cadre, &essai, faits.tous()).pire() != Verdict::Atteint,
        ),
        faits,
        ids: IDS_PERIMETRE,
    };
    let mut tient = |jours: &[NaiveDate]| {
        [2, 1, jours.len()].into_iter().find_map(|industriels| {
            let outils = outils(jours.len(), industriels);
            essai.audits.truncate(restent);
            let planifies = jours
                .iter()
                .zip(&outils)
                .map(|(date, outil)| AuditPlanifie {
                    date: *date,
                    outil: *outil,
                });
            essai
                .audits
                .extend(planifies.map(|audit| audit_exposition(audit, cadre.programme)));
            let sujet = rapide::perimetre(cadre, debut, &essai);
            (sujet.regularite.tient() && sujet.complet == Verdict::Atteint).then_some(outils)
        })
    };
    chercher(&projet, reserve, &mut tient)
}

/// The last `industriels` by an industrial platform, the others by SILENE.
fn outils(nombre: usize, industriels: usize) -> Vec<Option<Outil>> {
    let premier = nombre.saturating_sub(industriels);
    (0..nombre)
        .map(|rang| {
            Some(if rang < premier {
                Outil::Silene
            } else {
                Outil::Industriel
            })
        })
        .collect()
}

/// The tools of a spread that holds, or `None`.
type Essai<'a> = &'a mut dyn FnMut(&[NaiveDate]) -> Option<Vec<Option<Outil>>>;

/// The fewest audits that hold with the reserve asked, else with the largest one that fits.
fn chercher(projet: &Projet, reserve: i64, tient: Essai) -> PlanSujet {
    if let Some(obstacle) = obstacle(projet) {
        return obstacle;
    }
    for reserve in (0..=reserve).rev() {
        for nombre in projet.au_moins()..=AUDITS_MAX {
            let trouve = projet.essais(nombre, reserve).find_map(|jours| {
                let outils = projet
                    .garde(&jours, reserve)
                    .then(|| tient(&jours))
                    .flatten()?;
                Some(
                    jours
                        .iter()
                        .zip(outils)
                        .map(|(date, outil)| AuditPlanifie { date: *date, outil })
                        .collect(),
                )
            });
            if let Some(audits) = trouve {
                let sujet = projet.sujet.into();
                return PlanSujet {
                    objectif: projet.objectif,
                    sujet,
                    audits,
                    reserve_jours: reserve,
                    impossible: None,
                };
            }
        }
    }
    projet.echec()
}

impl Projet<'_> {
    fn cadre(&self) -> &crate::cadre::Cadre<'_> {
        self.rythme.cadre
    }

    /// The fewest that the mean over the phase and the level allow.
    fn au_moins(&self) -> usize {
        let phase = jours_entre(self.rythme.debut, self.cadre().fin).max(0);
        let faits = i64::try_from(self.faits.tous().len()).unwrap_or(0);
        let moyenne = phase / self.cadre().programme.intervalle_moyen_jours - faits;
        usize::try_from(moyenne.max(self.pour_le_niveau).max(i64::from(faits == 0))).unwrap_or(0)
    }

    fn dernier(&self) -> Option<NaiveDate> {
        self.faits.tous().last().map(|passage| passage.date)
    }

    /// The spreads worth trying: one empty one for zero audits.
    fn essais(&self, nombre: usize, reserve: i64) -> Box<dyn Iterator<Item = Vec<NaiveDate>>> {
        if nombre == 0 {
            return Box::new(core::iter::once(Vec::new()));
        }
        let demain = plus_jours(self.cadre().aujourdhui, 1).max(self.rythme.debut);
        let fin = self.cadre().fin;
        let recent = plus_jours(
            fin,
            1 - self.cadre().programme.dernier_audit_anciennete_jours + reserve,
        );
        let fenetre = Fenetre {
            debut: demain,
            commence: self.dernier().is_some(),
            premier_au_plus_tard: self.premier_au_plus_tard(reserve),
            fin_au_plus_tot: if self.rythme.exposition {
                recent.max(demain)
            } else {
                demain
            },
            fin: plus_jours(fin, -reserve),
        };
        Box::new(fenetre.essais(nombre))
    }

    /// The last day for the next audit: S + 60 for the first, else under the maximum after the last one.
    fn premier_au_plus_tard(&self, reserve: i64) -> NaiveDate {
        match (self.dernier(), self.rythme.max) {
            (None, _) => plus_jours(self.rythme.premier_sur(), -reserve),
            (Some(dernier), Some(max)) => plus_jours(dernier, max - 1 - reserve),
            (Some(_), None) => self.cadre().fin,
        }
    }

    /// Whether every limit keeps its reserve when each audit slips alone by that much.
    fn garde(&self, jours: &[NaiveDate], reserve: i64) -> bool {
        let (Some(premier), Some(dernier)) = (jours.first(), jours.last()) else {
            return true;
        };
        let a_temps =
            self.dernier().is_some() || plus_jours(*premier, reserve) <= self.rythme.premier_sur();
        let debut = self
            .faits
            .tous()
            .first()
            .map_or(*premier, |passage| passage.date);
        let intervalles = i64::try_from(self.faits.tous().len() + jours.len()).unwrap_or(0) - 1;
        let moyenne = jours_entre(debut, *dernier) + reserve
            < self.cadre().programme.intervalle_moyen_jours * intervalles
            || intervalles == 0;
        let suite: Vec<NaiveDate> = self
            .dernier()
            .into_iter()
            .chain(jours.iter().copied())
            .collect();
        let maximum = self.rythme.max.is_none_or(|max| {
            suite.windows(2).all(|paire| matches!(paire, [avant, apres] if jours_entre(*avant, *apres) + reserve < max))
        });
        a_temps && moyenne && maximum
    }

    /// Why nothing held.
    fn echec(&self) -> PlanSujet {
        let (controle, suite) = match self.rythme.max {
            _ if self.cadre().fin <= self.cadre().aujourdhui => {
                (self.ids.niveau, "la déclaration n’est plus à venir.")
            }
            Some(_) => (
                self.ids.maximum,
                "aucune suite d’audits ne respecte toutes les limites.",
            ),
            None => (
                self.ids.moyen,
                "aucune suite d’audits ne respecte toutes les limites.",
            ),
        };
        let phrase = phrase!["Pas de plan avant le ", self.cadre().fin, " : ", suite];
        impossible(self.objectif, self.sujet, controle, phrase)
    }
}

/// What no audit to come can repair.
fn obstacle(projet: &Projet) -> Option<PlanSujet> {
    let (controle, explication) = obstacle_phase(projet)
        .or_else(|| obstacle_premier(projet))
        .or_else(|| obstacle_ecart(projet))?;
    Some(impossible(
        projet.objectif,
        projet.sujet,
        controle,
        explication,
    ))
}

type Obstacle = (&'static str, String);

fn obstacle_phase(projet: &Projet) -> Option<Obstacle> {
    let (debut, fin) = (projet.rythme.debut, projet.cadre().fin);
    let limite = projet.cadre().programme.declaration_limite;
    if debut > fin {
        let phrase = "La déclaration précède le début de la phase : corrigez l’une des deux dates.";
        return Some(("CAND/phase", phrase.into()));
    }
    (fin > limite).then(|| {
        (
            "CAND/phase",
            phrase![
                "Déclaration le ",
                fin,
                ", après la date limite du ",
                limite,
                "."
            ],
        )
    })
}

fn obstacle_premier(projet: &Projet) -> Option<Obstacle> {
    let sur = projet.rythme.premier_sur();
    let phrase = match projet.faits.tous().first() {
        Some(premier) if premier.date > sur => {
            phrase![
                "Premier audit le ",
                premier.date,
                ", après le ",
                sur,
                " : plus rien ne le rattrape au sens strict."
            ]
        }
        None if sur <= projet.cadre().aujourdhui => {
            phrase![
                "Aucun audit, et le premier devait avoir lieu au plus tard le ",
                sur,
                "."
            ]
        }
        _ => return None,
    };
    Some((projet.ids.premier, phrase))
}

fn obstacle_ecart(projet: &Projet) -> Option<Obstacle> {
    let max = projet.rythme.max?;
    if let (verdict, Ecart::Entre(avant, apres)) = projet.rythme.maximum(projet.faits.tous(), max)
        && verdict != Verdict::Atteint
    {
        let ecart = jours(jours_entre(avant, apres));
        let phrase = phrase![
            ecart,
            " entre ",
            Entre(avant, apres),
            " : plus rien ne le rattrape au sens strict."
        ];
        return Some((projet.ids.maximum, phrase));
    }
    let dernier = projet.dernier()?;
    (projet.au_moins() > 0 && jours_entre(dernier, projet.cadre().aujourdhui) + 1 >= max).then(
        || {
            let phrase = phrase![
                "Dernier audit le ",
                dernier,
                " : tout audit à venir en serait à ",
                jours(max),
                " ou plus."
            ];
            (projet.ids.maximum, phrase)
        },
    )
}
