//! The calculator of the page: what happens on each event, and the little that it remembers.

use crate::actions::Action;
use crate::dom::{self, Absent, Element, Frame, Guard};
use crate::etat::{self, Resultat};
use crate::form::{self, Faute, Lecture};
use crate::paint::{Marques, Signalement, Tableau};
use crate::prelude::*;
use crate::questions::Questions;
use crate::rows::{self, Compteur};
use crate::saisie::{self, Genre};
use crate::view::{self, Contexte, LienChamp};
use crate::walk;
use alloc::rc::Rc;
use calc_core::Programme;
use core::cell::{Cell, OnceCell, RefCell};

/// The calculator.
pub(crate) struct App {
    pub(crate) racine: Element,
    /// The form: the element whose fields make the dossier.
    pub(crate) dossier: Element,
    pub(crate) aujourdhui: Element,
    attente: Element,
    programme: Programme,
    questions: Questions,
    garde: Guard,
    modifie: Cell<bool>,
    frame: OnceCell<Frame>,
    pub(crate) compteur: RefCell<Compteur>,
    pub(crate) actions: RefCell<crate::actions::Memoire>,
    tableau: RefCell<Tableau>,
    marques: RefCell<Marques>,
}

/// The page as it is now: what was read, the fields, and what they come to.
pub(crate) struct Lu {
    lecture: Lecture,
    champs: Vec<Element>,
    pub(crate) issue: Result<Resultat, Vec<Faute>>,
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
    rows::name_rows(&app.dossier);
    app.refresh();
    listen(&app);
    app.racine
        .find_all("[data-role=chargement]")
        .iter()
        .for_each(Element::remove);
    app.racine
        .need("[data-role=application]")?
        .set_hidden(false);
    Action::on_start(&app)
}

fn listen(app: &Rc<App>) {
    let frame = Rc::clone(app);
    let _ = app.frame.set(Frame::new(move || frame.refresh()));
    let moi = Rc::clone(app);
    app.racine
        .listen("input", move |cible| moi.on_input(&cible));
    let moi = Rc::clone(app);
    app.racine
        .listen("change", move |cible| Action::on_file(&moi, &cible));
    let moi = Rc::clone(app);
    app.racine.listen("focusout", move |_| moi.plan_refresh());
    let moi = Rc::clone(app);
    app.racine.listen("click", move |cible| {
        if let Err(absent) = Action::on_click(&moi, &cible) {
            absent.report();
        }
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
            programme,
            questions: Questions::from_json(&dom::need("#questions")?.text()),
            garde: Guard::new(),
            modifie: Cell::new(false),
            frame: OnceCell::new(),
            compteur: RefCell::default(),
            actions: RefCell::new(crate::actions::Memoire::new(&racine)?),
            tableau: RefCell::new(Tableau::new(&racine)?),
            marques: RefCell::new(Marques::new(&racine)?),
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

    /// Recomputes before the next painting.
    pub(crate) fn plan_refresh(&self) {
        if let Some(frame) = self.frame.get() {
            frame.request();
        }
    }

    fn on_input(&self, cible: &Element) {
        let Some(champ) = cible.closest("[data-champ],[data-role=aujourdhui]") else {
            return;
        };
        say_understood(&champ);
        rows::name_row_of(&champ);
        if champ.closest("[data-liste=entites]").is_some() {
            self.sync_entities();
        }
        if self.dossier.contains(&champ) {
            self.set_modified(true);
        }
        self.plan_refresh();
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
        self.aujourdhui.set_value(&crate::dates::short_date(jour));
        say_understood(&self.aujourdhui);
    }

    /// Says every date back in words, names every row, unfolds what is in use: after a dossier was opened.
    pub(crate) fn redraw_form(&self) {
        self.dossier
            .find_all("[data-type=date]")
            .iter()
            .for_each(say_understood);
        rows::name_rows(&self.dossier);
        for pli in self.dossier.find_all("[data-pli]") {
            pli.toggle_attr("open", rows::is_used(&pli));
        }
    }

    /// Reads the page and judges it.
    pub(crate) fn read(&self) -> Lu {
        let walk::Page { racine, mut champs } = walk::read_page(&self.dossier);
        let lecture = form::read_form(&racine);
        let place = Some(champs.len());
        champs.push(self.aujourdhui.clone());
        let jour = crate::dates::read_date(&self.aujourdhui.value());
        let jour = jour.map_err(|message| Faute {
            place,
            message,
            manquant: false,
        });
        let issue = etat::judge(&lecture, jour, &self.programme);
        Lu {
            lecture,
            champs,
            issue,
        }
    }

    /// Reads the page and shows its verdicts, or what to mend.
    pub(crate) fn refresh(&self) {
        let lu = self.read();
        let fautes = lu
            .issue
            .as_ref()
            .err()
            .map_or(&[] as &[Faute], Vec::as_slice);
        let shown = self
            .show_faults(&lu, fautes)
            .and_then(|()| match &lu.issue {
                Ok(resultat) => self.show_result(&lu, resultat),
                Err(_) => Ok(()),
            });
        if let Err(absent) = shown {
            absent.report();
        }
    }

    fn show_result(&self, lu: &Lu, resultat: &Resultat) -> Result<(), Absent> {
        let champ = |chemin: &str| self.field_link(lu, chemin);
        let contexte = Contexte {
            dossier: &resultat.dossier,
            questions: &self.questions,
            champ: &champ,
        };
        self.tableau
            .borrow_mut()
            .show(view::view(&resultat.evaluation, &contexte))
    }

    fn show_faults(&self, lu: &Lu, fautes: &[Faute]) -> Result<(), Absent> {
        self.racine
            .toggle_attr("data-en-attente", !fautes.is_empty());
        self.attente.set_hidden(fautes.is_empty());
        if let Some(premiere) = fautes.first() {
            self.attente
                .need("[data-slot=attente]")?
                .set_text(&etat::waiting(fautes.len()));
            let id = premiere
                .place
                .and_then(|place| lu.champs.get(place))
                .map(anchor);
            self.attente
                .need("a")?
                .set_attr("href", &["#", id.as_deref().unwrap_or("fautes")].concat());
        }
        let mut marques = self.marques.borrow_mut();
        let focus = dom::focused();
        let signalements: Vec<Signalement> = fautes
            .iter()
            .map(|faute| (faute, faute.place.and_then(|place| lu.champs.get(place))))
            .filter(|(faute, champ)| {
                !champ.is_some_and(|champ| is_being_typed(faute, champ, focus.as_ref(), &marques))
            })
            .map(|(faute, champ)| Signalement {
                champ,
                message: &faute.message,
            })
            .collect();
        marques.show(&signalements)
    }

    /// Shows every fault, those of the field being typed too, and leads to the first; their number.
    pub(crate) fn show_all_faults(&self, lu: &Lu) -> usize {
        let Err(fautes) = &lu.issue else { return 0 };
        let champs = |faute: &Faute| faute.place.and_then(|place| lu.champs.get(place));
        let signalements: Vec<Signalement> = fautes
            .iter()
            .map(|faute| Signalement {
                champ: champs(faute),
                message: &faute.message,
            })
            .collect();
        if let Err(absent) = self.marques.borrow_mut().show(&signalements) {
            absent.report();
        }
        if let Some(champ) = fautes.iter().find_map(champs) {
            champ.find("input").as_ref().unwrap_or(champ).focus();
        }
        fautes.len()
    }

    /// The link to the field, or to the block of the list, that a path leads to.
    fn field_link(&self, lu: &Lu, chemin: &str) -> Option<LienChamp> {
        let champ = lu
            .lecture
            .place_of(chemin)
            .and_then(|place| lu.champs.get(place));
        let bloc = || {
            self.dossier
                .find(&["[data-liste=", chemin, "]"].concat())?
                .closest("[data-bloc]")
        };
        let (cible, enveloppe) = match champ {
            Some(champ) => (champ.clone(), champ.closest("[data-enveloppe]")?),
            None => bloc().map(|bloc| (bloc.clone(), bloc))?,
        };
        let mut libelle = enveloppe.need("[data-libelle]").ok()?.text();
        if let Some(nom) = champ.and_then(|champ| champ.closest("[data-ligne]")?.find("[data-nom]"))
        {
            libelle = [&libelle, " (", &nom.text(), ")"].concat();
        }
        Some(LienChamp {
            libelle,
            href: ["#", &anchor(&cible)].concat(),
        })
    }
}

/// The id by which a link reaches a field: its own, or that of its first box.
fn anchor(champ: &Element) -> String {
    let id = champ.attr("id");
    if id.is_empty() {
        champ
            .find("[id]")
            .map_or_else(String::new, |case| case.attr("id"))
    } else {
        id
    }
}

/// Whether a fault is only that the reader has not finished: of the field that has the focus, or of a field still to
/// be filled in the same row. Once shown, a fault stays until it is mended.
fn is_being_typed(
    faute: &Faute,
    champ: &Element,
    focus: Option<&Element>,
    marques: &Marques,
) -> bool {
    let Some(focus) = focus else { return false };
    if marques.has(champ) {
        return false;
    }
    let groupe = || champ.closest("[data-ligne],[data-groupe]");
    champ == focus || (faute.manquant && groupe().is_some_and(|groupe| groupe.contains(focus)))
}

/// Writes beside a field what was understood.
fn say_understood(champ: &Element) {
    let Some(genre) = Genre::from_name(&champ.attr("data-type")) else {
        return;
    };
    if genre != Genre::Date {
        return;
    }
    if let Some(place) = champ
        .closest("[data-enveloppe]")
        .and_then(|enveloppe| enveloppe.find("[data-compris]"))
    {
        place.set_text(&saisie::understood(genre, &champ.value()).unwrap_or_default());
    }
}
