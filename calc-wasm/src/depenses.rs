//! What each expense comes to, written beside it, and their totals.

use crate::dom::{Absent, Element};
use crate::paint::{self, Liens};
use crate::prelude::*;
use crate::questions::Questions;
use calc_core::{
    BilanDepenses, Euros, Evaluation, Information, LigneDepense, StatutDepense, Verdict,
};

/// What is shown of the expenses, and where.
pub(crate) struct Avis {
    liste: Element,
    bilan: Element,
    montre: Option<(BilanDepenses, Vec<Information>)>,
}

impl Avis {
    /// Finds its places in the form.
    ///
    /// # Errors
    /// [`Absent`] when one is missing.
    pub(crate) fn new(racine: &Element) -> Result<Self, Absent> {
        Ok(Self {
            liste: racine.need("[data-liste=depenses]")?,
            bilan: racine.need("[data-role=bilan]")?,
            montre: None,
        })
    }

    /// Forgets what is shown: the rows are others now.
    pub(crate) fn forget(&mut self) {
        self.montre = None;
    }

    /// Shows what changed.
    ///
    /// # Errors
    /// [`Absent`] when a template or one of its places is missing.
    pub(crate) fn show(
        &mut self,
        evaluation: &Evaluation,
        questions: &Questions,
        liens: Liens,
    ) -> Result<(), Absent> {
        let lignes = &evaluation.depenses.lignes;
        let ancien = self.montre.take();
        let connues = ancien.as_ref().map_or(&[][..], |(bilan, _)| &bilan.lignes);
        for (rang, (element, ligne)) in self.liste.children().iter().zip(lignes).enumerate() {
            if connues.get(rang) != Some(ligne) {
                fill_line(&element.need("[data-avis]")?, ligne, questions, liens)?;
            }
        }
        let pieces: Vec<Information> = evaluation
            .informations
            .iter()
            .filter(|information| information.objectif.is_none())
            .cloned()
            .collect();
        let vu = (evaluation.depenses.clone(), pieces);
        if ancien.as_ref() != Some(&vu) {
            self.show_totals(&vu.0, &vu.1, questions)?;
        }
        self.montre = Some(vu);
        Ok(())
    }

    fn show_totals(
        &self,
        bilan: &BilanDepenses,
        pieces: &[Information],
        questions: &Questions,
    ) -> Result<(), Absent> {
        self.bilan.set_hidden(bilan.lignes.is_empty());
        let mut totaux = alloc::vec![
            ("Déclaré", bilan.total_declare),
            ("Admis", bilan.total_eligible),
        ];
        if bilan.total_possible != bilan.total_eligible {
            totaux.push(("Admis si tout est justifié", bilan.total_possible));
        }
        totaux.extend(bilan.plafond.map(|plafond| ("Plafond", plafond)));
        let totaux: Vec<(&str, String)> = totaux
            .into_iter()
            .map(|(nom, euros)| (nom, euros_text(euros)))
            .collect();
        paint::fill_measures(&self.bilan, "totaux", &totaux)?;
        let notes: Vec<_> = pieces
            .iter()
            .map(|piece| crate::view::note(piece, questions))
            .collect();
        paint::fill_notes(&self.bilan, "pieces", &notes)
    }
}

fn fill_line(
    element: &Element,
    ligne: &LigneDepense,
    questions: &Questions,
    liens: Liens,
) -> Result<(), Absent> {
    element.set_attr("data-verdict", look(ligne.statut).as_str());
    paint::slot(element, "verdict", ligne.statut.libelle())?;
    paint::slot(element, "montant", &amount(ligne))?;
    let mut raisons = ligne.raisons.clone();
    raisons.dedup();
    paint::fill_texts(element, "raisons", "raison", &raisons)?;
    paint::fill_fields(element, &ligne.manque, liens)?;
    paint::fill_sources(element, "sources", &questions.links(&ligne.sources))
}

/// The colour and icon of a status are those of the verdict that says the same of a check.
fn look(statut: StatutDepense) -> Verdict {
    match statut {
        StatutDepense::Eligible => Verdict::Atteint,
        StatutDepense::Partiel => Verdict::Prevu,
        StatutDepense::AConfirmer => Verdict::AConfirmer,
        StatutDepense::AJustifier => Verdict::Incomplet,
        StatutDepense::NonEligible => Verdict::NonAtteint,
    }
}

/// « 3 000 € admis », « 3 000 € admis une fois justifiés », « Rien n’est admis ».
fn amount(ligne: &LigneDepense) -> String {
    if ligne.montant_eligible.0 > 0 {
        [&euros_text(ligne.montant_eligible), " admis"].concat()
    } else if ligne.montant_possible.0 > 0 {
        let suite = if ligne.statut == StatutDepense::AConfirmer {
            " admis si c’est confirmé"
        } else {
            " admis une fois justifiés"
        };
        [&euros_text(ligne.montant_possible), suite].concat()
    } else {
        "Rien d’admis".into()
    }
}

fn euros_text(euros: Euros) -> String {
    calc_core::francais::euros(euros)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(statut: StatutDepense, eligible: i64, possible: i64) -> LigneDepense {
        LigneDepense {
            id: "d1".into(),
            statut,
            montant_eligible: Euros(eligible),
            montant_possible: Euros(possible),
            raisons: Vec::new(),
            manque: Vec::new(),
            sources: Vec::new(),
        }
    }

    #[test]
    fn an_amount_says_on_what_condition_it_is_funded() {
        use StatutDepense::{AConfirmer, AJustifier, NonEligible, Partiel};
        for (statut, eligible, possible, fin) in [
            (Partiel, 150_000, 150_000, "€ admis"),
            (AJustifier, 0, 150_000, "€ admis une fois justifiés"),
            (AConfirmer, 0, 150_000, "€ admis si c’est confirmé"),
            (NonEligible, 0, 0, "Rien d’admis"),
        ] {
            let texte = amount(&line(statut, eligible, possible));
            assert!(texte.ends_with(fin), "{texte}");
        }
    }
}
