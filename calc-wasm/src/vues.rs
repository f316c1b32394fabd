//! What stands beside the verdicts: the picture, the matrix, the variant, the plan. Painted once the reader rests, so that
//! they never make a verdict wait, and said to be busy until then; `chantier` paints them piece by piece, `gestes` does
//! what their buttons say.

use crate::app::App;
use crate::calendrier::Calendrier;
use crate::chantier::Chantier;
use crate::dom::{Absent, Element, Frame};
use crate::essai::Essai;
use crate::etat::Resultat;
use crate::frise::Frise;
use crate::manettes::Choisi;
use crate::matrice::Matrice;
use crate::peinture::{self, place};
use crate::prelude::*;
use crate::variantes::{self, Difference};
use alloc::rc::Rc;
use calc_core::{Plan, RESERVE_JOURS};
use core::cell::{Cell, OnceCell, RefCell};

type Fait = Result<(), Absent>;

/// The views and what they remember.
pub(crate) struct Vues {
    pub(crate) frise: Element,
    pub(crate) matrice: Element,
    pub(crate) essai: Element,
    pub(crate) calendrier: Element,
    pub(crate) tolerances: Element,
    /// Says in the summary that a variant is on trial.
    pub(crate) rappel: Element,
    frame: OnceCell<Frame>,
    /// Whether they are said to be busy.
    occupees: Cell<bool>,
    pub(crate) etat: RefCell<Etat>,
}

/// What the views remember.
#[derive(Default)]
pub(crate) struct Etat {
    /// The dossier judged last.
    pub(crate) resultat: Option<Rc<Resultat>>,
    /// Whether it was not painted yet.
    pub(crate) a_peindre: bool,
    /// The variants, while there are some.
    pub(crate) essai: Option<Essai>,
    /// The picture shown.
    pub(crate) frise: Option<Frise>,
    pub(crate) matrice: Option<Matrice>,
    pub(crate) differences: Vec<Difference>,
    /// The plan shown, with what it depends on.
    pub(crate) plan: Option<(Plan, String)>,
    pub(crate) calendriers: Vec<Calendrier>,
    /// What the tolerances shown depend on.
    pub(crate) tolere: Option<String>,
    /// What is being painted.
    pub(crate) chantier: Option<Chantier>,
    /// The audit chosen on the picture.
    pub(crate) choisi: Option<Choisi>,
}

impl Vues {
    /// Finds its places in the page.
    ///
    /// # Errors
    /// [`Absent`] when one is missing.
    pub(crate) fn new(racine: &Element) -> Result<Self, Absent> {
        Ok(Self {
            frise: racine.need("[data-role=frise]")?,
            matrice: racine.need("[data-role=matrice]")?,
            essai: racine.need("[data-role=essai]")?,
            calendrier: racine.need("[data-role=calendrier]")?,
            tolerances: racine.need("[data-role=tolerances]")?,
            rappel: racine.need("[data-role=variante-en-cours]")?,
            frame: OnceCell::new(),
            occupees: Cell::default(),
            etat: RefCell::default(),
        })
    }

    /// Follows the page from now on.
    ///
    /// # Errors
    /// [`Absent`] when the table of the picture is missing.
    pub(crate) fn listen(&self, app: &Rc<App>) -> Fait {
        place(&self.calendrier, "reserve")?.set_value(&RESERVE_JOURS.to_string());
        for (nom, jours) in [
            ("moyen", app.programme.intervalle_moyen_jours),
            ("maximum", app.programme.intervalle_max_exposition_jours),
        ] {
            place(&self.frise, nom)?.set_text(&jours.to_string());
        }
        let moi = Rc::clone(app);
        let _ = self.frame.set(Frame::new(move || moi.vues.paint(&moi)));
        let moi = Rc::clone(app);
        place(&self.frise, "tableau")?.listen("toggle", move |_| {
            report(moi.vues.paint_table());
        });
        crate::manettes::listen(app);
        Ok(())
    }

    /// Takes what the page was judged to be, or lets go of it.
    pub(crate) fn keep(&self, resultat: Option<Rc<Resultat>>) {
        self.etat.borrow_mut().resultat = resultat;
    }

    /// Notes that the page was judged anew.
    pub(crate) fn receive(&self) {
        self.etat.borrow_mut().a_peindre = true;
        self.set_busy(true);
    }

    /// Paints at the next frame: for who looks at the picture.
    pub(crate) fn request(&self) {
        if let Some(frame) = self.frame.get() {
            frame.request();
        }
    }

    /// Lets go of the variant and the choice: another dossier comes in.
    pub(crate) fn forget(&self) {
        let mut etat = self.etat.borrow_mut();
        // A plan and tolerances stay until they are found to answer to another dossier, which is then said.
        etat.essai = None;
        etat.choisi = None;
    }

    /// Paints all of it now.
    pub(crate) fn paint(&self, app: &App) {
        self.etat.borrow_mut().a_peindre = true;
        while self.advance(app).unwrap_or_else(|absent| {
            absent.report();
            false
        }) {}
    }

    /// Says of the views whether they still answer to an earlier form. Only what lasts is seen (`frise.css`).
    pub(crate) fn set_busy(&self, occupees: bool) {
        if self.frame.get().is_none() || self.occupees.replace(occupees) == occupees {
            return;
        }
        for vue in [&self.frise, &self.matrice, &self.essai] {
            if occupees {
                vue.set_attr("aria-busy", "true");
            } else {
                vue.toggle_attr("aria-busy", false);
            }
        }
    }

    /// The table is written while it is open, and as it is opened.
    fn paint_table(&self) -> Fait {
        let tableau = place(&self.frise, "tableau")?;
        match &self.etat.borrow().frise {
            Some(frise) if tableau.has_attr("open") => {
                peinture::show_lines(&tableau, frise, 0, usize::MAX).map(|_| ())
            }
            _ => peinture::clear_lines(&tableau),
        }
    }
}

impl Etat {
    /// What the variant changes, in words; nothing where there is no variant.
    pub(crate) fn outcome(&self) -> String {
        let courante = self.essai.as_ref().map(|essai| essai.courante);
        courante.map_or_else(String::new, |rang| variantes::say(&self.differences, rang))
    }
}

/// Says on the console what the page lacks.
pub(crate) fn report(fait: Fait) {
    if let Err(absent) = fait {
        absent.report();
    }
}
