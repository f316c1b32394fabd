//! `…/part-activite`: the share of the combined activity whose entities hold; it alone decides D1.O1.B and D1.O2.B (§6).

use crate::cadre::Cadre;
use crate::couverture::Groupe;
use crate::francais::{self, phrase};
use crate::prelude::*;
use crate::regles::Regle;
use crate::unites::Pourcent;
use crate::verdict::{Controle, Information, Lieu, Marge, Objectif, Unite, Valeur, Verdict};

/// What the share comes to on one set of facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// `Atteint` where it holds.
    pub(crate) verdict: Verdict,
    /// Activity of the covered entities.
    couverte: i128,
    /// Activity of the covered and of the possible ones.
    possible: i128,
    /// Activity of all.
    total: i128,
    /// Whether all entities are covered.
    toutes: bool,
    /// Whether none of them is, nor can be: no threshold would hold.
    aucune: bool,
}

/// An entity is covered where all its directories hold, possible where none of them fails for sure.
/// One that belongs to none counts as `Incomplet`.
fn etat(groupe: &Groupe, entite: &str, verdicts: &[Verdict]) -> Verdict {
    let pire = groupe
        .de(entite)
        .filter_map(|rang| verdicts.get(rang))
        .max();
    pire.copied().unwrap_or(Verdict::Incomplet)
}

fn couvre(verdict: Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Atteint | Verdict::Prevu | Verdict::SansObjet
    )
}

/// The share on these verdicts, one for each directory or perimeter.
pub(crate) fn calculer(cadre: &Cadre, groupe: &Groupe, verdicts: &[Verdict]) -> Part {
    let mut part = Part {
        verdict: Verdict::Incomplet,
        couverte: 0,
        possible: 0,
        total: 0,
        toutes: true,
        aucune: true,
    };
    let mut doute = Verdict::AConfirmer;
    let mut inconnue = false;
    for entite in &cadre.dossier.entites {
        let etat = etat(groupe, &entite.id, verdicts);
        let poids = entite
            .activite_combinee
            .map_or(0, |activite| i128::from(activite.0));
        inconnue |= entite.activite_combinee.is_none();
        part.total += poids;
        part.toutes &= couvre(etat);
        part.aucune &= etat > Verdict::Incomplet;
        if couvre(etat) {
            part.couverte += poids;
        } else if etat <= Verdict::Incomplet {
            part.possible += poids;
            doute = doute.max(etat);
        }
    }
    part.possible += part.couverte;
    part.verdict = match cadre.part_min() {
        _ if cadre.dossier.entites.is_empty() => Verdict::Incomplet,
        _ if part.toutes => Verdict::Atteint,
        Some(seuil) if !inconnue && part.total > 0 => part.decider(seuil, doute),
        _ => Verdict::Incomplet,
    };
    part
}

impl Part {
    fn decider(&self, seuil: Pourcent, doute: Verdict) -> Verdict {
        let atteint = |part: i128| part * 10_000 >= self.total * i128::from(seuil.0);
        if atteint(self.couverte) {
            Verdict::Atteint
        } else if atteint(self.possible) {
            doute
        } else {
            Verdict::NonAtteint
        }
    }

    /// A share in hundredths of a percent, rounded down: it never reaches a threshold by rounding.
    fn pourcent(&self, part: i128) -> Option<Pourcent> {
        let centiemes = (part * 10_000).checked_div(self.total)?;
        i64::try_from(centiemes).ok().map(Pourcent)
    }
}

/// The check, from the verdicts on all facts and on the facts up to today, and the checks that feed it.
pub(crate) fn evaluer(
    regle: &'static Regle,
    cadre: &Cadre,
    groupe: &Groupe,
    (complets, a_ce_jour): (&[Verdict], &[Verdict]),
    nourrissent: &[Controle],
) -> Controle {
    let part = calculer(cadre, groupe, complets);
    let verdict = cadre.conclure(part.verdict, calculer(cadre, groupe, a_ce_jour).verdict);
    let manque = if verdict == Verdict::Incomplet {
        manque(cadre, groupe, &part, nourrissent)
    } else {
        Vec::new()
    };
    let explication = dire(cadre, groupe, &part, verdict, &manque);
    let mut controle = Controle::new(regle, None, verdict, explication).manque(manque);
    controle.seuil = cadre.part_min().map(Valeur::Pourcent);
    if let Some(constat) = part.pourcent(part.couverte).filter(|_| connue(cadre)) {
        controle.constat = Some(Valeur::Pourcent(constat));
        controle.marge = cadre.part_min().map(|seuil| Marge {
            centiemes: constat.0 - seuil.0,
            unite: Unite::Pourcent,
        });
    }
    controle
}

/// A threshold under 1 % is a share of 1, or a zero that stands for nothing known: nearly everything holds with it.
pub(crate) fn informer(cadre: &Cadre, informations: &mut Vec<Information>) {
    let Some(seuil) = cadre.part_min().filter(|seuil| seuil.0 < 100) else {
        return;
    };
    for objectif in [Objectif::O1B, Objectif::O2B] {
        informations.push(Information {
            objectif: Some(objectif),
            sujet: None,
            texte: phrase![
                "Part d’activité à couvrir de ",
                seuil,
                " : presque tout la tient. Relevez-la dans le guide ; si c’est 80 %, saisissez 80."
            ],
            sources: &["1.3", "1.4"],
        });
    }
}

fn connue(cadre: &Cadre) -> bool {
    cadre
        .dossier
        .entites
        .iter()
        .all(|entite| entite.activite_combinee.is_some())
}

/// The fields without which the share cannot be told.
fn manque(cadre: &Cadre, groupe: &Groupe, part: &Part, nourrissent: &[Controle]) -> Vec<String> {
    let entites = &cadre.dossier.entites;
    if entites.is_empty() {
        return vec!["entites".into()];
    }
    let lieu = |rang| {
        Lieu {
            liste: "entites",
            rang,
            audit: None,
        }
        .champ("activite_combinee")
    };
    let sans = |(rang, entite): (usize, &crate::dossier::Entite)| {
        (part.total == 0 || entite.activite_combinee.is_none()).then(|| lieu(rang))
    };
    let mut champs: Vec<String> = entites.iter().enumerate().filter_map(sans).collect();
    if cadre.part_min().is_none() {
        champs.push("part_activite_min_pourcent".into());
    }
    let orphelines = entites
        .iter()
        .any(|entite| groupe.de(&entite.id).next().is_none());
    if orphelines {
        champs.extend(groupe.champs_vides());
    }
    let incomplets = nourrissent
        .iter()
        .filter(|controle| controle.verdict == Verdict::Incomplet);
    for champ in incomplets.flat_map(|controle| &controle.manque) {
        if !champs.contains(champ) {
            champs.push(champ.clone());
        }
    }
    champs
}

fn dire(
    cadre: &Cadre,
    groupe: &Groupe,
    part: &Part,
    verdict: Verdict,
    manque: &[String],
) -> String {
    if cadre.dossier.entites.is_empty() {
        return "Aucune entité n’est décrite : ajoutez les entités du candidat.".into();
    }
    if part.toutes {
        return phrase![
            "Toutes les entités sont couvertes : tous leurs ",
            groupe.nom,
            "s tiennent."
        ];
    }
    if verdict == Verdict::Incomplet && part.aucune {
        return "Aucune entité n’est couverte : aucun seuil ne serait tenu en l’état ; corrigez d’abord les contrôles non \
                atteints, et complétez ce qui manque."
            .into();
    }
    let Some(seuil) = cadre.part_min() else {
        return "La part d’activité à couvrir manque : saisissez celle que donne le guide des prérequis et des objectifs, ou \
                faites tenir chaque entité."
            .into();
    };
    if !connue(cadre) || part.total == 0 {
        return "L’activité combinée d’une entité manque ou toutes sont nulles : la base des établissements recensés de l’ANS la donne."
            .into();
    }
    dire_part(part, verdict, seuil, manque)
}

fn dire_part(part: &Part, verdict: Verdict, seuil: Pourcent, manque: &[String]) -> String {
    let pourcent = |valeur| part.pourcent(valeur).unwrap_or_default();
    let couverte = phrase![
        pourcent(part.couverte),
        " de l’activité combinée est couverte"
    ];
    match verdict {
        Verdict::Atteint | Verdict::Prevu => phrase![couverte, " ; il en faut ", seuil, "."],
        Verdict::AConfirmer => phrase![
            couverte,
            ", ",
            pourcent(part.possible),
            " si les points à confirmer le sont ; il en faut ",
            seuil,
            " : voyez les contrôles à confirmer et leurs interlocuteurs."
        ],
        Verdict::Incomplet => phrase![
            couverte,
            ", jusqu’à ",
            pourcent(part.possible),
            " selon les données qui manquent ; il en faut ",
            seuil,
            " : complétez ",
            francais::pluriel(
                i64::try_from(manque.len()).unwrap_or(2),
                "le champ signalé",
                "les champs signalés"
            ),
            "."
        ],
        Verdict::NonAtteint => phrase![
            couverte,
            ", ",
            pourcent(part.possible),
            " au mieux ; il en faut ",
            seuil,
            " : corrigez d’abord les contrôles non atteints des entités de plus forte activité."
        ],
        _ => phrase![
            couverte,
            " ; il en fallait ",
            seuil,
            " : ne peut plus être rattrapé."
        ],
    }
}
