//! Variants on trial: the dossier that they started from, and which of them the form holds. Pure.

use crate::etat::Resultat;
use crate::prelude::*;
use crate::texte::{Membre, object_text};
use alloc::rc::Rc;
use alloc::vec;
use calc_core::json::Json;
use calc_core::{Programme, evaluate_sans_echeancier, read_dossier};
use chrono::NaiveDate;

/// More columns than that, nobody compares.
pub(crate) const MAXIMUM: usize = 5;

/// What is tried, beside the dossier that it started from.
#[derive(Debug, Clone)]
pub(crate) struct Essai {
    /// The dossier of before.
    pub(crate) depart: Rc<Resultat>,
    /// The variants; that of the form as it was last noted.
    pub(crate) variantes: Vec<Rc<Resultat>>,
    /// The one that the form holds.
    pub(crate) courante: usize,
}

impl Essai {
    /// A first variant, the same as the dossier still.
    pub(crate) fn new(depart: Rc<Resultat>) -> Self {
        Self {
            variantes: vec![Rc::clone(&depart)],
            depart,
            courante: 0,
        }
    }

    /// Notes what the form holds now.
    pub(crate) fn note(&mut self, resultat: &Rc<Resultat>) {
        if let Some(variante) = self.variantes.get_mut(self.courante) {
            *variante = Rc::clone(resultat);
        }
    }

    /// Another variant, which starts from the dossier of before; whether there was room for it.
    pub(crate) fn add(&mut self) -> bool {
        if self.variantes.len() >= MAXIMUM {
            return false;
        }
        self.courante = self.variantes.len();
        self.variantes.push(Rc::clone(&self.depart));
        true
    }

    /// Goes to a variant; none where there is no such one.
    pub(crate) fn go(&mut self, rang: usize) -> Option<Rc<Resultat>> {
        let variante = self.variantes.get(rang).cloned();
        if variante.is_some() {
            self.courante = rang;
        }
        variante
    }

    /// As it is kept with the tab.
    pub(crate) fn to_json(&self) -> String {
        let dossiers: Vec<String> = core::iter::once(&self.depart)
            .chain(&self.variantes)
            .map(|resultat| resultat.dossier.to_json())
            .collect();
        let courante = self.courante.to_string();
        [
            "{\"courante\":",
            &courante,
            ",\"dossiers\":[",
            &dossiers.join(","),
            "]}",
        ]
        .concat()
    }

    /// The same, read back; none where it cannot be.
    pub(crate) fn from_json(
        membres: Vec<Membre>,
        jour: NaiveDate,
        programme: &Programme,
    ) -> Option<Self> {
        let (mut courante, mut resultats) = (0, Vec::new());
        for (cle, valeur) in membres {
            match (cle.as_ref(), valeur) {
                ("courante", Json::Nombre(texte)) => courante = texte.parse().ok()?,
                ("dossiers", Json::Liste(dossiers)) => {
                    for dossier in dossiers {
                        let Json::Objet(membres) = dossier else {
                            return None;
                        };
                        let dossier = read_dossier(&object_text(&membres)).ok()?;
                        let evaluation = evaluate_sans_echeancier(&dossier, programme, jour);
                        resultats.push(Rc::new(Resultat {
                            dossier,
                            evaluation,
                        }));
                    }
                }
                _ => {}
            }
        }
        let mut resultats = resultats.into_iter();
        let depart = resultats.next()?;
        let variantes: Vec<Rc<Resultat>> = resultats.take(MAXIMUM).collect();
        (courante < variantes.len()).then_some(Self {
            depart,
            variantes,
            courante,
        })
    }

    /// Judges again what was judged on another day.
    pub(crate) fn bring_to(&mut self, jour: NaiveDate, programme: &Programme) {
        for autre in self.variantes.iter_mut().chain([&mut self.depart]) {
            if autre.evaluation.date != jour {
                let dossier = autre.dossier.clone();
                let evaluation = evaluate_sans_echeancier(&dossier, programme, jour);
                *autre = Rc::new(Resultat {
                    dossier,
                    evaluation,
                });
            }
        }
    }
}

/// « Variante B ».
pub(crate) fn name(rang: usize) -> String {
    const LETTRES: [&str; MAXIMUM] = ["A", "B", "C", "D", "E"];
    ["Variante ", LETTRES.get(rang).copied().unwrap_or_default()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::essais::{exemple, programme};
    use calc_core::lire_date;

    fn judged(jour: &str) -> Rc<Resultat> {
        let dossier = exemple();
        let evaluation =
            evaluate_sans_echeancier(&dossier, &programme(), lire_date(jour).expect("date"));
        Rc::new(Resultat {
            dossier,
            evaluation,
        })
    }

    #[test]
    fn variants_start_from_the_dossier_and_keep_what_is_noted() {
        let mut essai = Essai::new(judged("2026-11-23"));
        let changee = judged("2026-11-23");
        essai.note(&changee);
        assert!(essai.add());
        assert!(Rc::ptr_eq(&essai.variantes[1], &essai.depart));
        assert!(Rc::ptr_eq(&essai.go(0).expect("the first"), &changee));
        assert_eq!(essai.courante, 0);
        assert!(essai.go(7).is_none());
        assert_eq!(essai.courante, 0);
        while essai.add() {}
        assert_eq!(essai.variantes.len(), MAXIMUM);
        assert_eq!(name(essai.courante), "Variante E");
    }

    #[test]
    fn what_is_kept_with_the_tab_is_read_back() {
        let mut essai = Essai::new(judged("2026-11-23"));
        essai.add();
        let texte = essai.to_json();
        let Ok(Json::Objet(membres)) = calc_core::json::lire(&texte) else {
            panic!("{texte}");
        };
        let jour = lire_date("2026-11-23").expect("date");
        let lu = Essai::from_json(membres, jour, &programme()).expect("read");
        assert_eq!(lu.to_json(), texte);
        assert_eq!((lu.variantes.len(), lu.courante), (2, 1));
        for faux in [
            r#"{"courante":0}"#,
            r#"{"courante":3,"dossiers":[{},{}]}"#,
            r#"{"dossiers":[{},4]}"#,
        ] {
            let Ok(Json::Objet(membres)) = calc_core::json::lire(faux) else {
                panic!("{faux}");
            };
            assert!(
                Essai::from_json(membres, jour, &programme()).is_none(),
                "{faux}"
            );
        }
    }

    #[test]
    fn all_are_judged_on_the_day_of_the_page() {
        let mut essai = Essai::new(judged("2026-11-23"));
        essai.add();
        let jour = lire_date("2027-01-04").expect("date");
        essai.bring_to(jour, &programme());
        let dates = essai
            .variantes
            .iter()
            .map(|variante| variante.evaluation.date);
        assert!(
            dates
                .chain([essai.depart.evaluation.date])
                .all(|date| date == jour)
        );
    }
}
