//! When what is worked out: the verdicts within the event that changed them, the pictures a frame later, all the rest
//! once the reader rests, in slices short enough for a key press not to wait.

use crate::app::App;
use crate::dom::{Frame, Pause};
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

    /// What follows from the verdicts waits for the reader's rest; it starts again where they are `nouveaux`.
    pub(crate) fn rest(&self, nouveaux: bool) {
        if nouveaux {
            self.tranche.set(0);
            self.request_frame();
        }
        if let (Some(repos), Some(suite)) = (self.repos.get(), self.suite.get()) {
            suite.cancel();
            repos.request();
        }
    }
}

/// One slice of what follows the verdicts, then a breath.
fn slice(app: &App) {
    let rythme = &app.rythme;
    let tranche = rythme.tranche.get();
    rythme.tranche.set(tranche + 1);
    if app.refresh_slice(tranche)
        && let Some(suite) = rythme.suite.get()
    {
        suite.request();
    }
}
