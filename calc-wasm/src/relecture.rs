//! A form judged again and again: from one key press to the next, only the part that changed is read.
//!
//! What is kept is the last dossier without fault, and the one part of the form that changed since. Where more changed, or
//! rows came or went, the whole form is read; a test compares both ways.

use crate::etat::{self, Resultat};
use crate::form::{self, Faute, Groupe, Partie};
use crate::prelude::*;
use alloc::rc::Rc;
use calc_core::{Programme, evaluate_sans_echeancier, read_dossier, relire, remplacer};
use chrono::NaiveDate;

/// What is known of a form.
#[derive(Default)]
pub(crate) struct Relecture {
    /// The last dossier that was judged.
    connu: Option<Rc<Resultat>>,
    /// Whether that is what the form comes to, but for what changed.
    fidele: bool,
    /// What changed since.
    change: Option<Partie>,
}

impl Relecture {
    /// The last dossier that was judged.
    pub(crate) fn last(&self) -> Option<&Rc<Resultat>> {
        self.connu.as_ref()
    }

    /// Notes that a field of that part changed; none where it is of no part, or where anything may have changed.
    pub(crate) fn touch(&mut self, partie: Option<Partie>) {
        self.fidele &= partie.is_some() && self.change.is_none_or(|autre| Some(autre) == partie);
        self.change = partie;
    }

    /// What the form comes to on a day. The last dossier judged is written over where nobody else keeps it.
    ///
    /// # Errors
    /// As [`etat::judge`].
    pub(crate) fn judge(
        &mut self,
        racine: &Groupe,
        jour: Result<NaiveDate, Faute>,
        programme: &Programme,
    ) -> Result<Rc<Resultat>, Vec<Faute>> {
        if let Ok(jour) = jour
            && let Some(lu) = self.judge_change(racine, jour, programme)
        {
            return lu;
        }
        let lecture = form::read_form(racine);
        let lu = read_dossier(&lecture.json);
        self.fidele = false;
        let resultat = Rc::new(etat::judge(lecture.fautes, lu, racine, jour, programme)?);
        self.connu = Some(Rc::clone(&resultat));
        (self.fidele, self.change) = (true, None);
        Ok(resultat)
    }

    /// The same from what is known; none where the whole is to be read.
    fn judge_change(
        &mut self,
        racine: &Groupe,
        jour: NaiveDate,
        programme: &Programme,
    ) -> Option<Result<Rc<Resultat>, Vec<Faute>>> {
        let connu = self.connu.as_mut().filter(|_| self.fidele)?;
        let resultat = Rc::get_mut(connu)?;
        if let Some(change) = self.change {
            let (lecture, cle, rang) = form::read_part(racine, change)?;
            let mut fautes = lecture.fautes;
            match relire(&resultat.dossier, &lecture.json) {
                Ok(partie) if fautes.is_empty() => {
                    remplacer(&mut resultat.dossier, cle, partie).then_some(())?;
                }
                Ok(_) => return Some(Err(fautes)),
                Err(mut refus) => {
                    for faute in &mut refus {
                        place(faute, cle, rang);
                    }
                    etat::add_faults(&mut fautes, refus, racine);
                    return Some(Err(fautes));
                }
            }
        }
        self.change = None;
        resultat.evaluation = evaluate_sans_echeancier(&resultat.dossier, programme, jour);
        Some(Ok(Rc::clone(connu)))
    }
}

/// Gives a fault of a row that was read alone, `cle[0]…`, the rank of that row.
fn place(faute: &mut calc_core::Faute, cle: &str, rang: Option<usize>) {
    if let (Some(rang), Some(suite)) = (rang, faute.chemin.get(cle.len() + 3..)) {
        faute.chemin = [cle, "[", &rang.to_string(), "]", suite].concat();
    }
}

#[cfg(test)]
mod tests;
