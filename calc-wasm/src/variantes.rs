//! A variant beside the dossier that it started from: what differs alone, the worst first; and how far each planned
//! date can move.

use crate::noms::subject_name;
use crate::prelude::*;
use alloc::vec;
use calc_core::{
    Dossier, Evaluation, Glissement, LigneComparee, MargeEvenement, Objectif, Verdict, compare,
    francais, regles,
};

/// A check or an objective that the variant changes.
#[derive(Debug)]
pub(crate) struct Difference {
    /// `D1.O2.A`, or « Candidature ».
    pub(crate) code: &'static str,
    /// The check and its subject; empty for a whole objective.
    pub(crate) quoi: String,
    /// Before; none where the check did not exist.
    pub(crate) avant: Option<Verdict>,
    /// In each variant; none where the check no longer exists.
    pub(crate) apres: Vec<Option<Verdict>>,
}

impl Difference {
    /// Whether a variant is worse here.
    pub(crate) fn is_worse(&self) -> bool {
        self.worst() > self.avant
    }

    fn worst(&self) -> Option<Verdict> {
        self.apres.iter().copied().max().flatten()
    }
}

/// What differs, what worsens first, the worst verdict first, each objective before its checks.
pub(crate) fn differences(
    depart: &Evaluation,
    variantes: &[&Evaluation],
    dossier: &Dossier,
) -> Vec<Difference> {
    let mut colonnes = vec![depart];
    colonnes.extend(variantes);
    let lignes = compare(&colonnes);
    let mut rangees = Vec::new();
    for pire in [true, false] {
        // Each verdict from the worst to the best, then what no longer exists.
        for rang in (0..=Verdict::TOUS.len()).rev() {
            let apres = rang.checked_sub(1).and_then(|rang| Verdict::TOUS.get(rang));
            for ligne in lignes.iter().filter(|ligne| ligne.differe()) {
                let ligne = difference(ligne, dossier);
                if ligne.is_worse() == pire && ligne.worst().as_ref() == apres {
                    rangees.push(ligne);
                }
            }
        }
    }
    rangees
}

fn difference(ligne: &LigneComparee, dossier: &Dossier) -> Difference {
    let mut verdicts = ligne.verdicts.iter().copied();
    Difference {
        code: code(ligne.objectif),
        quoi: ligne.controle.map_or_else(String::new, |controle| {
            name(controle, ligne.sujet.as_deref(), ligne.objectif, dossier)
        }),
        avant: verdicts.next().flatten(),
        apres: verdicts.collect(),
    }
}

fn code(objectif: Objectif) -> &'static str {
    if objectif == Objectif::Cand {
        "Candidature"
    } else {
        objectif.code()
    }
}

/// « Intervalle maximal, Exposition du GHT ».
fn name(controle: &str, sujet: Option<&str>, objectif: Objectif, dossier: &Dossier) -> String {
    let regle = regles().iter().find(|regle| regle.id == controle);
    let titre = regle.map_or(controle, |regle| regle.titre);
    match sujet {
        None => titre.into(),
        Some(sujet) => [titre, ", ", &subject_name(sujet, objectif, dossier)].concat(),
    }
}

/// « D1.O1.A : de prévu à à confirmer ; D1.O1.B : … » of a variant, objectives alone; or that no verdict changes.
pub(crate) fn say(differences: &[Difference], rang: usize) -> String {
    let mut phrase = String::new();
    let mut change = false;
    for ligne in differences {
        let apres = ligne.apres.get(rang).copied().flatten();
        change |= apres != ligne.avant;
        if apres == ligne.avant || !ligne.quoi.is_empty() {
            continue;
        }
        let libelle = |verdict: Option<Verdict>| verdict.map_or("absent", Verdict::libelle);
        phrase.push_str(if phrase.is_empty() { "" } else { "\u{a0}; " });
        for morceau in [
            ligne.code,
            "\u{a0}: de ",
            libelle(ligne.avant),
            " à ",
            libelle(apres),
        ] {
            phrase.push_str(morceau);
        }
    }
    match (phrase.is_empty(), change) {
        (false, _) => phrase.push('.'),
        (true, true) => phrase.push_str("Aucun objectif ne change de verdict."),
        (true, false) => phrase.push_str("Aucun verdict ne change."),
    }
    phrase
}

/// How far one planned date can move.
#[derive(Debug)]
pub(crate) struct Tolerance {
    /// « AD du CHU, audit du 10 décembre 2026 ».
    pub(crate) nom: String,
    /// Earlier, and what breaks first.
    pub(crate) plus_tot: String,
    /// Later, and what breaks first.
    pub(crate) plus_tard: String,
    /// Whether one day more in some direction worsens a verdict.
    pub(crate) serree: bool,
}

/// The margins in words, in the order of the dossier.
pub(crate) fn tolerances(marges: &[MargeEvenement], dossier: &Dossier) -> Vec<Tolerance> {
    let bloque = |glissement: &Glissement| glissement.jours == 0 && glissement.rupture.is_some();
    let mut lignes = Vec::new();
    for marge in marges {
        lignes.push(Tolerance {
            nom: event_name(marge, dossier),
            plus_tot: slip(&marge.plus_tot, "plus tôt", dossier),
            plus_tard: slip(&marge.plus_tard, "plus tard", dossier),
            serree: bloque(&marge.plus_tot) || bloque(&marge.plus_tard),
        });
    }
    lignes
}

/// What no date of an audit can make worse, since it does not hold already: dates look freer than they are; nothing where
/// all of D1.O1 and D1.O2 hold.
pub(crate) fn already_lost(evaluation: &Evaluation) -> String {
    let mut phrase = String::new();
    for objectif in &evaluation.objectifs {
        let audite =
            ["D1.O1", "D1.O2"].contains(&objectif.code.code().get(..5).unwrap_or_default());
        if !audite || objectif.verdict.tient() || objectif.verdict == Verdict::SansObjet {
            continue;
        }
        phrase.push_str(if phrase.is_empty() {
            " Mais une date paraît plus libre qu’elle ne l’est tant que ne tiennent pas\u{a0}: "
        } else {
            ", "
        });
        let dit = [code(objectif.code), " (", objectif.verdict.libelle(), ")"];
        phrase.push_str(&dit.concat());
    }
    if !phrase.is_empty() {
        phrase.push('.');
    }
    phrase
}

/// « 12 jours plus tard ; au-delà, D1.O2.A devient à confirmer : intervalle maximal, Exposition du GHT ».
fn slip(glissement: &Glissement, sens: &str, dossier: &Dossier) -> String {
    let mut phrase = if glissement.jours == 0 {
        ["aucun jour ", sens].concat()
    } else {
        let nom = francais::pluriel(glissement.jours, "\u{a0}jour ", "\u{a0}jours ");
        [&francais::nombre(glissement.jours), nom, sens].concat()
    };
    if let Some(rupture) = &glissement.rupture {
        let sujet = rupture.sujet.as_deref();
        for morceau in [
            "\u{a0}; au-delà, ",
            code(rupture.objectif),
            " devient ",
            rupture.verdict.libelle(),
            "\u{a0}: ",
            &name(rupture.controle, sujet, rupture.objectif, dossier),
        ] {
            phrase.push_str(morceau);
        }
    } else {
        phrase.push_str(", sans qu’un objectif empire");
    }
    phrase
}

fn event_name(marge: &MargeEvenement, dossier: &Dossier) -> String {
    let chemin = marge.chemin.as_str();
    let rang = || chemin.split(['[', ']']).nth(1)?.parse::<usize>().ok();
    let quoi = if chemin.starts_with("annuaires") {
        let annuaire = rang().and_then(|rang| dossier.annuaires.get(rang));
        annuaire.map(|annuaire| subject_name(&annuaire.id, Objectif::O1A, dossier))
    } else {
        let perimetre = rang().and_then(|rang| dossier.perimetres.get(rang));
        let perimetre = perimetre.filter(|_| chemin.starts_with("perimetres"));
        perimetre.map(|perimetre| subject_name(&perimetre.id, Objectif::O2A, dossier))
    };
    let suite = match chemin {
        _ if quoi.is_some() => ", audit du ",
        "autoevaluation" => "Auto-évaluation du ",
        "phase.declaration" => "Déclaration du ",
        _ => "Exercice du ",
    };
    let mut nom = quoi.unwrap_or_default();
    nom.push_str(suite);
    nom.push_str(&francais::date(marge.date));
    nom
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::essais::{exemple, programme};
    use calc_core::{evaluate, lire_date, marges};

    fn judged(dossier: &Dossier) -> Evaluation {
        evaluate(
            dossier,
            &programme(),
            lire_date("2026-11-23").expect("date"),
        )
    }

    /// The example with its last exposure audit on another day.
    fn moved_to(date: &str) -> Dossier {
        let mut dossier = exemple();
        dossier.part_activite_min_pourcent = Some(calc_core::Pourcent(8000));
        dossier.perimetres[0].audits[5].date = lire_date(date).expect(date);
        dossier
    }

    fn compared(date: &str) -> Vec<Difference> {
        let variante = moved_to(date);
        differences(
            &judged(&moved_to("2027-02-11")),
            &[&judged(&variante)],
            &variante,
        )
    }

    #[test]
    fn nothing_differs_from_itself() {
        assert!(compared("2027-02-11").is_empty());
        assert_eq!(say(&[], 0), "Aucun verdict ne change.");
    }

    #[test]
    fn only_what_differs_is_shown_the_worst_first() {
        // Fifty-nine days before the declaration holds, sixty does not (Q3.16).
        assert!(
            compared("2027-01-20")
                .iter()
                .all(|ligne| ligne.code != "D1.O2.B")
        );
        let lignes = compared("2027-01-19");
        assert_eq!((lignes[0].code, lignes[0].quoi.as_str()), ("D1.O2.B", ""));
        let rangs: Vec<_> = lignes
            .iter()
            .map(|ligne| (ligne.is_worse(), ligne.apres[0]))
            .collect();
        assert!(
            rangs.is_sorted_by(|avant, apres| avant >= apres),
            "{rangs:?}"
        );
        assert!(lignes.iter().all(|ligne| ligne.avant != ligne.apres[0]));
        let dernier = lignes
            .iter()
            .find(|ligne| ligne.quoi.ends_with(", Exposition du GHT"));
        assert!(dernier.is_some(), "{lignes:?}");
        assert_eq!(say(&lignes, 0), "D1.O2.B\u{a0}: de prévu à non atteint.");
    }

    #[test]
    fn three_variants_stand_side_by_side() {
        let depart = judged(&moved_to("2027-02-11"));
        let dossier = moved_to("2027-01-19");
        let (a, c) = (judged(&dossier), judged(&moved_to("2027-02-12")));
        let lignes = differences(&depart, &[&a, &depart, &c], &dossier);
        assert_eq!(lignes[0].apres.len(), 3);
        assert!(lignes[0].is_worse(), "the worst of the three comes first");
        assert_eq!(say(&lignes, 0), "D1.O2.B\u{a0}: de prévu à non atteint.");
        assert_eq!(say(&lignes, 1), "Aucun verdict ne change.");
        assert_eq!(lignes[0].apres[1], lignes[0].avant);
        // What is lost already is told before any tolerance.
        assert_eq!(already_lost(&depart), "");
        assert!(already_lost(&a).ends_with("\u{a0}: D1.O2.B (non atteint)."));
    }

    #[test]
    fn tolerances_name_the_event_and_what_breaks_first() {
        let dossier = exemple();
        let marges = marges(
            &dossier,
            &programme(),
            lire_date("2026-11-23").expect("date"),
        );
        let lignes = tolerances(&marges, &dossier);
        let noms: Vec<_> = lignes.iter().map(|ligne| ligne.nom.as_str()).collect();
        assert_eq!(noms.len(), 7);
        assert_eq!(noms[0], "AD du CHU, audit du 10\u{a0}décembre 2026");
        assert_eq!(noms[5], "Exposition du GHT, audit du 11\u{a0}février 2027");
        assert_eq!(noms[6], "Déclaration du 20\u{a0}mars 2027");
        let phrase = &lignes[5].plus_tot;
        assert!(phrase.contains("au-delà, D1.O2"), "{phrase}");
    }

    #[test]
    fn a_directory_past_the_ninth_is_not_taken_for_the_first() {
        let mut dossier = exemple();
        for rang in 0..12 {
            let mut annuaire = dossier.annuaires[0].clone();
            annuaire.id = format!("autre{rang}");
            annuaire.nom = Some(format!("AD {rang}"));
            dossier.annuaires.push(annuaire);
        }
        let marges = marges(
            &dossier,
            &programme(),
            lire_date("2026-11-23").expect("date"),
        );
        let lignes = tolerances(&marges, &dossier);
        assert!(lignes[22].nom.starts_with("AD 9, "), "{}", lignes[22].nom);
    }
}
