//! The calculator of the page: what happens on each event, and the little that it remembers.

use crate::actions::Action;
use crate::affichage::Affichage;
use crate::compris::{say_dates, say_understood};
use crate::conditions;
use crate::depenses::Avis;
use crate::dom::{self, Absent, Element, Guard, Pause};
use crate::etat::Resultat;
use crate::form::{self, Faute};
use crate::liens;
use crate::marques::Marques;
use crate::paint::Tableau;
use crate::prelude::*;
use crate::questions::Questions;
use crate::relecture::Relecture;
use crate::rows::{self, Compteur};
use crate::rythme::Rythme;
use crate::suite;
use crate::view::{self, Contexte};
use crate::voix::Voix;
use crate::vues::Vues;
use crate::walk::{self, Page};
use alloc::rc::Rc;
use calc_core::Programme;
use core::cell::{Cell, RefCell};

/// The rank of the field that holds the day, which is not one of the dossier.
const JOUR: usize = usize::MAX;

/// How long after a field is left its fault may wait, in milliseconds: longer than a click holds.
const CLIC_MS: i32 = 250;

/// The calculator.
pub(crate) struct App {
    pub(crate) racine: Element,
    /// The form: the element whose fields make the dossier.
    pub(crate) dossier: Element,
    pub(crate) aujourdhui: Element,
    pub(crate) attente: Element,
    /// What shows verdicts: marked while they answer to an earlier form. Not the whole page, whose thousands of
    /// elements would have to be styled again.
    pub(crate) verdicts: Vec<Element>,
    /// The cards and the board: marked while they are late.
    pub(crate) resultats: Element,
    pub(crate) programme: Programme,
    pub(crate) questions: Questions,
    pub(crate) vues: Vues,
    garde: Guard,
    modifie: Cell<bool>,
    /// Whether the form, as it was last read, has faults.
    pub(crate) en_faute: Cell<bool>,
    pub(crate) rythme: Rythme,
    pub(crate) voix: Voix,
    /// One line per objective, before the form.
    essentiel: Element,
    /// The form as it was last read; none once something else than a field changed.
    page: RefCell<Option<Page>>,
    /// The last dossier that was judged, and how the form changed since.
    relecture: RefCell<Relecture>,
    pub(crate) compteur: RefCell<Compteur>,
    pub(crate) actions: RefCell<crate::actions::Memoire>,
    pub(crate) tableau: RefCell<Tableau>,
    pub(crate) marques: RefCell<Marques>,
    avis: RefCell<Avis>,
    /// The names of entities typed since the boxes that they stand beside were last written.
    pub(crate) renommees: RefCell<Vec<Element>>,
    pub(crate) affichage: RefCell<Affichage>,
    pub(crate) suite: suite::Suite,
}

/// What the page comes to as it is now.
pub(crate) struct Lu {
    pub(crate) issue: Result<Rc<Resultat>, Vec<Faute>>,
}

/// Takes over the page.
///
/// # Errors
/// [`Absent`] when the templates do not hold what the calculator needs.
pub(crate) fn start() -> Result<(), Absent> {
    let racine = dom::need("[data-module=calculateur]")?;
    if racine.has_attr("data-demarre") {
        return Ok(());
    }
    racine.toggle_attr("data-demarre", true);
    let app = Rc::new(App::new(racine)?);
    app.reset_day();
    app.rythme.listen(&app);
    app.redraw_form();
    app.refresh_all();
    app.voix.note();
    listen(&app);
    app.racine
        .find_all("[data-role=chargement]")
        .iter()
        .for_each(Element::remove);
    app.racine
        .need("[data-role=application]")?
        .set_hidden(false);
    Action::on_start(&app)?;
    suite::watch(&app);
    Ok(())
}

fn listen(app: &Rc<App>) {
    // Each place of the history holds the form as it is now, and so does the one that is left, however soon after a key
    // press: a reload there loses nothing.
    for evenement in ["popstate", "beforeunload", "pagehide", "visibilitychange"] {
        let moi = Rc::clone(app);
        dom::on_window(evenement, move || crate::garde::keep_with_tab(&moi));
    }
    let moi = Rc::clone(app);
    dom::on_window("beforeprint", move || moi.complete());
    let moi = Rc::clone(app);
    app.racine
        .listen("input", move |cible| moi.on_input(&cible));
    let moi = Rc::clone(app);
    app.racine
        .listen("change", move |cible| Action::on_file(&moi, &cible));
    // A fault that appears moves what stands below: not between the press and the release of the click that left it.
    let moi = Rc::clone(app);
    let sortie = Pause::new(CLIC_MS, move || moi.show_left_faults());
    app.racine.listen("focusout", move |_| sortie.request());
    // Where no field has the focus, the body hears it.
    if let Some(corps) = app.racine.closest("body") {
        let moi = Rc::clone(app);
        corps.on_paste(move |cible, texte| Action::on_paste(&moi, &cible, texte));
    }
    let moi = Rc::clone(app);
    app.racine.listen("click", move |cible| {
        if let Err(absent) = Action::on_click(&moi, &cible) {
            absent.report();
        }
        moi.rythme.rest(usize::MAX);
    });
}

impl App {
    fn new(racine: Element) -> Result<Self, Absent> {
        let programme = dom::need("#programme")?;
        let programme = Programme::from_json(&programme.text()).map_err(|fautes| {
            Absent::new(fautes.first().map_or("#programme", |faute| &faute.chemin))
        })?;
        Ok(Self {
            dossier: racine.need("[data-role=dossier]")?,
            aujourdhui: racine.need("[data-role=aujourdhui]")?,
            attente: racine.need("[data-role=attente]")?,
            verdicts: racine.find_all("[data-verdicts]"),
            resultats: racine.need("[data-role=resultats]")?,
            programme,
            vues: Vues::new(&racine)?,
            questions: Questions::from_json(&dom::need("#questions")?.text()),
            garde: Guard::new(),
            modifie: Cell::new(false),
            en_faute: Cell::new(false),
            rythme: Rythme::default(),
            voix: Voix::new(&racine)?,
            essentiel: racine.need("[data-role=essentiel]")?,
            page: RefCell::default(),
            relecture: RefCell::default(),
            compteur: RefCell::default(),
            actions: RefCell::new(crate::actions::Memoire::new(&racine)?),
            tableau: RefCell::new(Tableau::new(&racine)?),
            marques: RefCell::new(Marques::new(&racine)?),
            avis: RefCell::new(Avis::new(&racine)?),
            renommees: RefCell::default(),
            affichage: RefCell::new(Affichage::new(&racine)?),
            suite: suite::Suite::default(),
            racine,
        })
    }

    /// Whether something was typed since the dossier was last opened, saved or emptied.
    pub(crate) fn is_modified(&self) -> bool {
        self.modifie.get()
    }

    /// Notes that there is something to lose, or nothing any more.
    pub(crate) fn set_modified(&self, modifie: bool) {
        if self.modifie.replace(modifie) != modifie {
            self.garde.set(modifie);
        }
    }

    /// Whether the verdicts shown wait for fields to be mended.
    pub(crate) fn waits(&self) -> bool {
        self.en_faute.get()
    }

    /// Reads the whole form again before the next painting: whatever changed in it.
    pub(crate) fn plan_refresh(&self) {
        self.page.replace(None);
        self.rythme.plan();
    }

    /// Notes which rows came or went in the form as it is known, then recomputes before the next painting.
    pub(crate) fn plan_change(&self, note: &dyn Fn(&mut Page) -> bool) {
        self.relecture.borrow_mut().touch(None);
        let mut page = self.page.borrow_mut();
        if !page.as_mut().is_some_and(note) {
            *page = None;
        }
        self.rythme.plan();
    }

    /// Notes what a field holds now in the form as it is known.
    pub(crate) fn note_field(&self, champ: &Element) {
        let mut page = self.page.borrow_mut();
        let relecture = &mut self.relecture.borrow_mut();
        let known = page.as_mut();
        if !known.is_some_and(|page| page.read_again(champ, relecture)) {
            *page = None;
        }
    }

    /// The form as it is known, or else as it stands in the page.
    fn known<'a>(&self, page: &'a mut Option<Page>) -> &'a mut Page {
        page.get_or_insert_with(|| {
            self.relecture.borrow_mut().touch(None);
            walk::read_page(&self.dossier)
        })
    }

    /// Notes that a row is about to leave the form; false where it was not known.
    pub(crate) fn forget_row(&self, ligne: &Element) -> bool {
        self.relecture.borrow_mut().touch(None);
        let mut page = self.page.borrow_mut();
        page.as_mut().is_some_and(|page| page.remove_row(ligne))
    }

    fn on_input(&self, cible: &Element) {
        if conditions::note_none(cible, &self.dossier) {
            self.set_modified(true);
            return self.plan_refresh();
        }
        let Some(champ) = cible.closest("[data-champ],[data-role=aujourdhui]") else {
            return;
        };
        say_understood(&champ);
        if self.dossier.contains(&champ) {
            self.set_modified(true);
            if rows::name_row_of(&champ) && champ.closest("[data-liste=entites]").is_some() {
                self.renommees.borrow_mut().push(champ.clone());
            }
            if matches!(champ.attr("data-type").as_str(), "choix" | "ouinon") {
                conditions::after_answer(&champ, &self.dossier);
            }
            self.note_field(&champ);
        }
        self.rythme.hurry(self);
    }

    /// Keeps the boxes and the choices of every row in step with the entities.
    pub(crate) fn sync_entities(&self) {
        if let Err(absent) = rows::sync_entities(&self.dossier, &mut self.compteur.borrow_mut()) {
            absent.report();
        }
    }

    /// Puts the real day back.
    pub(crate) fn reset_day(&self) {
        if let Some(jour) = dom::today() {
            self.set_day(jour);
        }
    }

    /// Looks at the dossier on a day.
    pub(crate) fn set_day(&self, jour: chrono::NaiveDate) {
        self.write_day(&crate::dates::short_date(jour));
    }

    /// The same, as it was typed.
    pub(crate) fn write_day(&self, jour: &str) {
        self.aujourdhui.set_value(jour);
        say_understood(&self.aujourdhui);
    }

    /// The form as it is typed now.
    pub(crate) fn snapshot(&self) -> String {
        let mut page = self.page.borrow_mut();
        let page = self.known(&mut page);
        form::snapshot(&page.racine)
    }

    /// Notes that rows came, went or changed places.
    pub(crate) fn rows_moved(&self) {
        self.avis.borrow_mut().forget();
    }

    /// Shows a form that was just filled as a whole.
    pub(crate) fn after_filled(&self, message: &str) {
        self.vues.forget();
        self.rows_moved();
        self.redraw_form();
        self.set_modified(false);
        self.refresh_all();
        let mut memoire = self.actions.borrow_mut();
        memoire.retour = None;
        memoire.say(message);
    }

    /// Says every date back in words, names every row, unfolds what is in use: after a dossier was opened.
    pub(crate) fn redraw_form(&self) {
        say_dates(&self.dossier);
        rows::name_rows(&self.dossier);
        conditions::apply(&self.dossier, &self.dossier);
        conditions::show_none(&self.dossier);
        for pli in self.dossier.find_all("[data-pli]") {
            pli.toggle_attr("open", rows::is_used(&pli));
        }
        // The answer first, once there is a dossier to answer to.
        self.essentiel
            .toggle_attr("open", rows::is_used(&self.dossier));
    }

    /// Reads the page and judges it.
    pub(crate) fn read(&self) -> Lu {
        let mut page = self.page.borrow_mut();
        let page = self.known(&mut page);
        let jour = crate::dates::read_date(&self.aujourdhui.value());
        let jour = jour.map_err(|message| Faute {
            place: Some(JOUR),
            message,
            manquant: false,
        });
        // Only who keeps none lets the last one be written over.
        self.vues.keep(None);
        let mut relecture = self.relecture.borrow_mut();
        let issue = relecture.judge(&page.racine, jour, &self.programme);
        self.vues.keep(relecture.last().cloned());
        Lu { issue }
    }

    /// The last dossier that was judged.
    pub(crate) fn last(&self) -> Option<Rc<Resultat>> {
        self.relecture.borrow().last().cloned()
    }

    /// The field of a rank.
    pub(crate) fn field(&self, place: usize) -> Option<Element> {
        if place == JOUR {
            return Some(self.aujourdhui.clone());
        }
        let page = self.page.borrow();
        page.as_ref()?.champs.get(place).cloned()
    }

    /// Reads the whole form again and shows its verdicts, or what to mend.
    pub(crate) fn refresh_all(&self) {
        self.page.replace(None);
        self.refresh();
    }

    /// Shows the verdicts of the form as it is known, or what to mend.
    pub(crate) fn refresh(&self) {
        let lu = self.read();
        let fautes = lu
            .issue
            .as_ref()
            .err()
            .map_or(&[] as &[Faute], Vec::as_slice);
        let shown = self.show_faults(fautes).and_then(|()| match &lu.issue {
            Ok(resultat) => self.show_result(resultat),
            Err(_) => Ok(()),
        });
        if let Err(absent) = shown {
            absent.report();
        }
        self.rythme.rest(match &lu.issue {
            Ok(_) => 0,
            Err(_) => self.first_step(),
        });
    }

    /// Shows the fault of a field that was left; where there is none, nothing is to be judged anew.
    fn show_left_faults(&self) {
        if self.waits() {
            self.refresh();
        }
    }

    /// The verdicts now; what takes longer once the reader rests, marked as late until then.
    fn show_result(&self, resultat: &Rc<Resultat>) -> Result<(), Absent> {
        let link = |chemin: &str| self.link(chemin);
        let evaluation = &resultat.evaluation;
        let mut avis = self.avis.borrow_mut();
        avis.show(evaluation, &self.questions, &link)?;
        let vue = view::view(evaluation, &self.context(resultat));
        self.vues.receive();
        self.resultats.toggle_attr("data-en-retard", true);
        self.tableau.borrow_mut().show(vue, &link)
    }

    pub(crate) fn context<'a>(&'a self, resultat: &'a Resultat) -> Contexte<'a> {
        Contexte {
            dossier: &resultat.dossier,
            questions: &self.questions,
        }
    }

    /// The link to the field, or to the block of the list, that a path leads to.
    pub(crate) fn link(&self, chemin: &str) -> Option<view::LienChamp> {
        let page = self.page.borrow();
        let page = page.as_ref()?;
        let place = page.racine.place_of(chemin);
        let champ = place.and_then(|place| page.champs.get(place));
        liens::link(&self.dossier, champ, chemin)
    }
}
