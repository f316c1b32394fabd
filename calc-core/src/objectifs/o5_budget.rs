//! D1.O5: the digital share of the sanitary budget, computed on complete and consistent data (§9, Q3.25 to Q3.29).

use crate::cadre::Cadre;
use crate::dossier::Budget;
use crate::francais::{Dire, phrase};
use crate::prelude::*;
use crate::regles::{Regle, celle};
use crate::unites::{Etp, Euros, Pourcent};
use crate::verdict::{Controle, Information, Objectif, Valeur, Verdict};

const ANNEE: &Regle = celle("D1.O5/annee");
const REMUNERATIONS: &Regle = celle("D1.O5/remunerations");
const SUBVENTIONS: &Regle = celle("D1.O5/subventions");
const PART: &Regle = celle("D1.O5/part");

/// D1.O5. The benchmark of 1.7 % stands beside the share and is never a verdict.
pub(crate) fn evaluer(cadre: &Cadre) -> Vec<Controle> {
    let Some(budget) = &cadre.dossier.budget else {
        let phrase = "Le budget n’est pas décrit : indiquez ses montants et leur année.";
        return vec![
            Controle::new(PART, None, Verdict::Incomplet, phrase.into())
                .manque(vec!["budget".into()]),
        ];
    };
    vec![
        annee(cadre, budget),
        remunerations(cadre, budget),
        subventions(cadre, budget),
        part(cadre, budget),
    ]
}

fn incomplet(regle: &'static Regle, phrase: &str, manque: &[&str]) -> Controle {
    let manque = manque
        .iter()
        .map(|champ| ["budget.", champ].concat())
        .collect();
    Controle::new(regle, None, Verdict::Incomplet, phrase.into()).manque(manque)
}

/// A datum that is right, or is to be corrected.
fn juger(cadre: &Cadre, regle: &'static Regle, juste: bool, phrases: (&str, &str)) -> Controle {
    if juste {
        return Controle::new(regle, None, Verdict::Atteint, phrases.0.into());
    }
    Controle::new(
        regle,
        None,
        cadre.conclure(Verdict::NonAtteint, Verdict::NonAtteint),
        phrases.1.into(),
    )
}

fn annee(cadre: &Cadre, budget: &Budget) -> Controle {
    let Some(annee) = budget.annee else {
        return incomplet(ANNEE, "L’année du budget manque : indiquez-la.", &["annee"]);
    };
    let (annee, voulue) = (
        i64::from(annee.0),
        i64::from(cadre.programme.budget_annee_reference),
    );
    let oui = phrase![
        "Budget de l’année ",
        voulue,
        ", l’année de référence dans tous les cas."
    ];
    let non = phrase![
        "Budget de l’année ",
        annee,
        " : reprenez celui de ",
        voulue,
        ", l’année de référence dans tous les cas."
    ];
    juger(cadre, ANNEE, annee == voulue, (&oui, &non))
        .constat(Valeur::Nombre(annee))
        .seuil(Valeur::Nombre(voulue))
}

fn remunerations(cadre: &Cadre, budget: &Budget) -> Controle {
    let Some(exclues) = budget.remunerations_exclues else {
        let phrase = "On ne sait pas si les rémunérations sont exclues : indiquez-le.";
        return incomplet(REMUNERATIONS, phrase, &["remunerations_exclues"]);
    };
    let phrases = (
        "Les rémunérations sont exclues du budget numérique.",
        "Les rémunérations sont comprises dans le budget numérique : retirez-les du calcul.",
    );
    juger(cadre, REMUNERATIONS, exclues, phrases)
}

fn subventions(cadre: &Cadre, budget: &Budget) -> Controle {
    let Some(deduites) = budget.subventions_care_deduites else {
        let phrase = "On ne sait pas si les subventions CaRE ont été déduites : indiquez-le.";
        return incomplet(SUBVENTIONS, phrase, &["subventions_care_deduites"]);
    };
    let phrases = (
        "Les subventions CaRE ne sont pas déduites du budget.",
        "Les subventions CaRE ont été déduites du budget : réintégrez-les, comme les autres subventions.",
    );
    juger(cadre, SUBVENTIONS, !deduites, phrases)
}

fn part(cadre: &Cadre, budget: &Budget) -> Controle {
    let champs = [
        ("total_sanitaire", budget.total_sanitaire),
        ("numerique_sanitaire", budget.numerique_sanitaire),
    ];
    let manque: Vec<&str> = champs
        .iter()
        .filter(|(_, montant)| montant.is_none())
        .map(|(champ, _)| *champ)
        .collect();
    let part = budget
        .numerique_sanitaire
        .zip(budget.total_sanitaire)
        .and_then(|(numerique, total)| pourcent(numerique, total));
    let Some(part) = part else {
        return incomplet(
            PART,
            "Un montant du budget sanitaire manque : indiquez le total et la part numérique.",
            &manque,
        );
    };
    let phrase = phrase![
        "Le numérique représente ",
        part,
        " du budget sanitaire ; le repère national est de ",
        cadre.programme.budget_part_reference_pourcent,
        ", pour comparaison seulement."
    ];
    Controle::new(PART, None, Verdict::Atteint, phrase).constat(Valeur::Pourcent(part))
}

/// The share in hundredths of a percent, rounded half up. `None` on a total of zero.
fn pourcent(numerique: Euros, total: Euros) -> Option<Pourcent> {
    let (numerique, total) = (i128::from(numerique.0), i128::from(total.0));
    let centiemes = (numerique * 20_000 + total).checked_div(total * 2)?;
    i64::try_from(centiemes).ok().map(Pourcent)
}

/// Staff under both sentences of the Q&A, which disagree (Q3.26, Q3.29).
pub(crate) fn informer(cadre: &Cadre, informations: &mut Vec<Information>) {
    let Some(internes) = cadre
        .dossier
        .budget
        .as_ref()
        .and_then(|budget| budget.etp_internes)
    else {
        return;
    };
    let prestataires = cadre
        .dossier
        .budget
        .as_ref()
        .and_then(|budget| budget.etp_prestataires);
    let mut texte = phrase![
        "ETP : ",
        internes,
        " en comptant les seules ressources internes (question 3.26)"
    ];
    if let Some(prestataires) = prestataires {
        let total = Etp(internes.0 + prestataires.0);
        phrase![", ", total, " avec les prestataires (question 3.29) ; les deux phrases diffèrent, précisez laquelle vous suivez."]
            .dire(&mut texte);
    } else {
        texte
            .push_str(" ; la question 3.29 ajoute les prestataires, que le dossier n’indique pas.");
    }
    informations.push(Information {
        objectif: Some(Objectif::O5),
        sujet: None,
        texte,
        sources: &["3.26", "3.29"],
    });
}
