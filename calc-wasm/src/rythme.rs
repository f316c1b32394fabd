//! When what is worked out: the verdicts within the event that changed them, all the rest once the reader rests, in slices
//! short enough for a key press not to wait.

use crate::app::App;
use crate::dom::{self, Absent, Frame, Pause};
use crate::etat::Resultat;
use crate::{bord, garde, rows, tard, view};
use alloc::rc::Rc;
use core::cell::{Cell, OnceCell};

/// How long the reader rests before what is slower than a verdict is worked out, in milliseconds.
const REPOS_MS: i32 = 120;

/// How long the hand rests before each verdict is marked as waiting, in milliseconds: longer than from one key of a date
/// to the next, so that verdicts do not flash at each.
const MAIN_MS: i32 = 300;

/// How long a slice lasts before it lets a key press through, in milliseconds; the piece that it is at is finished.
const TRANCHE_MS: i64 = 2;

/// The pieces between the cards and the steps: what is missing, the views, the board.
const ENTRE: usize = 3;

/// The clockwork of the page.
#[derive(Default)]
pub(crate) struct Rythme {
    frame: OnceCell<Frame>,
    repos: OnceCell<Pause>,
    suite: OnceCell<Pause>,
    marque: OnceCell<Pause>,
    /// Whether the verdicts were worked out since the last frame.
    frais: Cell<bool>,
    /// Whether they are to be worked out at the next one.
    du: Cell<bool>,
    /// The piece that comes next.
    piece: Cell<usize>,
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
        }));
        let moi = Rc::clone(app);
        let repos = Pause::new(REPOS_MS, move || slice(&moi));
        let _ = self.repos.set(repos);
        let moi = Rc::clone(app);
        let _ = self.suite.set(Pause::new(0, move || slice(&moi)));
        let moi = Rc::clone(app);
        let marque = Pause::new(MAIN_MS, move || moi.mark_verdicts());
        let _ = self.marque.set(marque);
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

    /// Each verdict is marked as waiting, or no longer, once the hand rests.
    pub(crate) fn mark_later(&self) {
        if let Some(marque) = self.marque.get() {
            marque.request();
        }
    }

    /// What follows waits for the reader's rest, from this piece on.
    pub(crate) fn rest(&self, piece: usize) {
        self.from(piece);
        self.request_frame();
        if let (Some(repos), Some(suite)) = (self.repos.get(), self.suite.get()) {
            suite.cancel();
            repos.request();
        }
    }

    /// The piece that comes next is this one at the latest.
    fn from(&self, piece: usize) {
        self.piece.set(piece.min(self.piece.get()));
    }
}

impl App {
    /// One piece of what is shown once the reader rests: the other checks of an objective, what is missing, the views,
    /// the board, a step, what a reload would find again; the piece that comes next, if any.
    fn show_piece(&self, piece: usize) -> Option<usize> {
        let resultat = self.last();
        let shown = match &resultat {
            Some(resultat) => self.show_judged(piece, resultat),
            None => self.finish(piece).map(|suite| suite.then_some(piece + 1)),
        };
        shown.unwrap_or_else(|absent| {
            absent.report();
            None
        })
    }

    fn show_judged(&self, piece: usize, resultat: &Rc<Resultat>) -> Result<Option<usize>, Absent> {
        let evaluation = &resultat.evaluation;
        let Some(suite) = piece.checked_sub(evaluation.objectifs.len()) else {
            return self.show_card(piece, resultat).map(Some);
        };
        let encore = match suite {
            0 => {
                self.affichage.borrow_mut().manque = bord::missing(evaluation);
                false
            }
            1 => self.suite.is_there() && tard::advance_views(self)?,
            2 => {
                let encore = self.suite.is_there() && tard::advance_board(self, resultat)?;
                self.resultats.toggle_attr("data-en-retard", encore);
                encore
            }
            _ => return Ok(self.finish(suite - ENTRE)?.then_some(piece + 1)),
        };
        Ok(Some(piece + usize::from(!encore)))
    }

    /// A few of the other checks of an objective; the piece that comes next.
    fn show_card(&self, piece: usize, resultat: &Resultat) -> Result<usize, Absent> {
        let evaluation = &resultat.evaluation;
        let Some(objectif) = evaluation.objectifs.get(piece) else {
            return Ok(piece + 1);
        };
        let contexte = self.context(resultat);
        let detail = view::detail(objectif, &evaluation.informations, &contexte);
        let link = |chemin: &str| self.link(chemin);
        let mut tableau = self.tableau.borrow_mut();
        let fait = tableau.show_detail(piece, detail, &link)?;
        Ok(piece + usize::from(fait))
    }

    /// The rank of the first piece after the cards, where there are some.
    fn after_cards(&self) -> usize {
        let dernier = self.last();
        let objectifs = dernier.map(|dernier| dernier.evaluation.objectifs.len());
        objectifs.map_or(0, |objectifs| objectifs + 1)
    }

    /// The piece of the first step.
    pub(crate) fn first_step(&self) -> usize {
        match self.after_cards() {
            0 => 0,
            apres => apres - 1 + ENTRE,
        }
    }

    /// Shows what waited for the second part, without waiting for a rest.
    pub(crate) fn go_on(&self) {
        self.rythme.from(self.after_cards());
        if let Some(suite) = self.rythme.suite.get() {
            suite.request();
        }
    }

    /// Shows all that is late, at once: what is printed is whole.
    pub(crate) fn complete(&self) {
        self.mark_verdicts();
        while self.advance() {}
    }

    /// Shows the piece that comes next; whether there is another one after it.
    fn advance(&self) -> bool {
        let prochaine = self.show_piece(self.rythme.piece.get());
        if let Some(prochaine) = prochaine {
            self.rythme.piece.set(prochaine);
        }
        prochaine.is_some()
    }

    /// The last pieces: the steps one by one, then the form kept with the tab; whether there is more.
    fn finish(&self, piece: usize) -> Result<bool, Absent> {
        let affichage = self.affichage.borrow();
        if affichage.show_step(piece, &self.dossier, &self.marques.borrow())? {
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

/// Some pieces of what follows the verdicts, then a breath.
fn slice(app: &App) {
    let debut = dom::clock();
    while app.advance() {
        if dom::clock() - debut >= TRANCHE_MS {
            if let Some(suite) = app.rythme.suite.get() {
                suite.request();
            }
            return;
        }
    }
}
