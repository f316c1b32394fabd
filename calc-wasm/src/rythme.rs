//! When what is worked out: the verdicts within the event that changed them, the pictures a frame later, all the rest
//! once the reader rests, in slices short enough for a key press not to wait.

use crate::app::App;
use crate::dom::{Absent, Frame, Pause};
use crate::etat::Resultat;
use crate::{bord, garde, rows, tard, view};
use alloc::rc::Rc;
use core::cell::{Cell, OnceCell};

/// How long the reader rests before what is slower than a verdict is worked out, in milliseconds.
const REPOS_MS: i32 = 120;

/// The clockwork of the page.
#[derive(Default)]
pub(crate) struct Rythme {
    frame: OnceCell<Frame>,
    repos: OnceCell<Pause>,
    suite: OnceCell<Pause>,
    /// Whether the verdicts were worked out since the last frame.
    frais: Cell<bool>,
    /// Whether they are to be worked out at the next one.
    du: Cell<bool>,
    /// The slice that comes next.
    tranche: Cell<usize>,
}

impl Rythme {
    /// Follows the page from now on.
    pub(crate) fn listen(&self, app: &Rc<App>) {
        let moi = Rc::clone(app);
        let _ = self.frame.set(Frame::new(move || {
            moi.rythme.frais.set(false);
            if moi.rythme.du.take() {
                moi.refresh();
            }
            moi.vues.request();
        }));
        let moi = Rc::clone(app);
        let repos = Pause::new(REPOS_MS, move || slice(&moi));
        let _ = self.repos.set(repos);
        let moi = Rc::clone(app);
        let _ = self.suite.set(Pause::new(0, move || slice(&moi)));
    }

    /// Before the next painting.
    pub(crate) fn plan(&self) {
        self.du.set(true);
        self.request_frame();
    }

    /// At once, while the browser waits for its next frame anyway; at the next one where this frame has had its turn.
    pub(crate) fn hurry(&self, app: &App) {
        if self.frais.replace(true) {
            return self.plan();
        }
        self.request_frame();
        app.refresh();
    }

    fn request_frame(&self) {
        if let Some(frame) = self.frame.get() {
            frame.request();
        }
    }

    /// What follows waits for the reader's rest, from this slice on.
    pub(crate) fn rest(&self, tranche: usize) {
        self.tranche.set(tranche.min(self.tranche.get()));
        self.request_frame();
        if let (Some(repos), Some(suite)) = (self.repos.get(), self.suite.get()) {
            suite.cancel();
            repos.request();
        }
    }
}

impl App {
    /// One slice of what is shown once the reader rests: the other checks of an objective, the board, a step, what a
    /// reload would find again; the slice that comes next, if any.
    fn refresh_slice(&self, tranche: usize) -> Option<usize> {
        let resultat = self.dernier.borrow().clone();
        let shown = match &resultat {
            Some(resultat) => self.show_slice(tranche, resultat),
            None => self
                .finish(tranche)
                .map(|suite| suite.then_some(tranche + 1)),
        };
        shown.unwrap_or_else(|absent| {
            absent.report();
            None
        })
    }

    fn show_slice(&self, tranche: usize, resultat: &Resultat) -> Result<Option<usize>, Absent> {
        let link = |chemin: &str| self.link(chemin);
        let contexte = self.context(resultat);
        let evaluation = &resultat.evaluation;
        let Some(suite) = tranche.checked_sub(evaluation.objectifs.len()) else {
            let Some(objectif) = evaluation.objectifs.get(tranche) else {
                return Ok(None);
            };
            let detail = view::detail(objectif, &evaluation.informations, &contexte);
            let mut tableau = self.tableau.borrow_mut();
            let fait = tableau.show_detail(tranche, detail, &link)?;
            return Ok(Some(tranche + usize::from(fait)));
        };
        let Some(suite) = suite.checked_sub(1) else {
            self.affichage.borrow_mut().manque = bord::missing(evaluation);
            if self.suite.is_there() {
                tard::show_board(self, resultat)?;
            }
            self.resultats.toggle_attr("data-en-retard", false);
            return Ok(Some(tranche + 1));
        };
        Ok(self.finish(suite)?.then_some(tranche + 1))
    }

    /// The slice of the first step.
    pub(crate) fn first_step(&self) -> usize {
        let dernier = self.dernier.borrow();
        let objectifs = dernier
            .as_ref()
            .map(|dernier| &dernier.evaluation.objectifs);
        objectifs.map_or(0, |objectifs| objectifs.len() + 1)
    }

    /// The last slices: the steps one by one, then the form kept with the tab; whether there is more.
    fn finish(&self, tranche: usize) -> Result<bool, Absent> {
        let affichage = self.affichage.borrow();
        if affichage.show_step(tranche, &self.dossier, &self.marques.borrow())? {
            return Ok(true);
        }
        let mut renommees = self.renommees.take();
        renommees.dedup();
        for champ in &renommees {
            rows::rename_entity(&self.dossier, champ);
        }
        garde::keep_with_tab(self);
        self.voix.speak();
        Ok(false)
    }
}

/// One slice of what follows the verdicts, then a breath.
fn slice(app: &App) {
    let rythme = &app.rythme;
    if let Some(prochaine) = app.refresh_slice(rythme.tranche.get()) {
        rythme.tranche.set(prochaine);
        if let Some(suite) = rythme.suite.get() {
            suite.request();
        }
    }
}
