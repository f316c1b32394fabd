//! The only file that names `web_sys`: elements, events, files. No markup is ever written here.

use crate::prelude::*;
use alloc::rc::Rc;
use chrono::NaiveDate;
use core::cell::Cell;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};

/// An element of the page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Element(web_sys::Element);

/// An element that the templates should hold and do not; its selector.
#[derive(Debug)]
pub(crate) struct Absent(String);

impl Absent {
    /// Something that the page lacks.
    pub(crate) fn new(quoi: &str) -> Self {
        Self(quoi.into())
    }

    /// Says on the console which element is missing.
    pub(crate) fn report(&self) {
        let phrase = ["Calculateur : élément absent de la page : ", &self.0].concat();
        web_sys::console::error_1(&phrase.into());
    }
}

fn document() -> Option<web_sys::Document> {
    window()?.document()
}

/// The first element of the page that answers to a selector.
///
/// # Errors
/// [`Absent`] when there is none.
pub(crate) fn need(selecteur: &str) -> Result<Element, Absent> {
    document()
        .and_then(|document| document.query_selector(selecteur).ok().flatten())
        .map(Element)
        .ok_or_else(|| Absent(selecteur.into()))
}

/// The element that has the focus.
pub(crate) fn focused() -> Option<Element> {
    document()?.active_element().map(Element)
}

/// A copy of the only element of `<template id="modele-…">`. Found by its id: a search of the whole page for each of
/// thousands of copies took most of the time that they took.
///
/// # Errors
/// [`Absent`] when there is no such template, or when it is empty.
pub(crate) fn clone_template(modele: &str) -> Result<Element, Absent> {
    let id = ["modele-", modele].concat();
    document()
        .and_then(|document| document.get_element_by_id(&id))
        .and_then(|gabarit| gabarit.dyn_into::<web_sys::HtmlTemplateElement>().ok())
        .and_then(|gabarit| gabarit.content().first_element_child())
        .and_then(|contenu| contenu.clone_node_with_deep(true).ok())
        .and_then(|copie| copie.dyn_into().ok())
        .map(Element)
        .ok_or(Absent(id))
}

impl Element {
    /// The first descendant that answers to a selector.
    pub(crate) fn find(&self, selecteur: &str) -> Option<Self> {
        self.0.query_selector(selecteur).ok().flatten().map(Self)
    }

    /// The same, for an element that the templates must hold.
    ///
    /// # Errors
    /// [`Absent`] when there is none.
    pub(crate) fn need(&self, selecteur: &str) -> Result<Self, Absent> {
        self.find(selecteur).ok_or_else(|| Absent(selecteur.into()))
    }

    /// Every descendant that answers to a selector, in the order of the page.
    pub(crate) fn find_all(&self, selecteur: &str) -> Vec<Self> {
        let Ok(liste) = self.0.query_selector_all(selecteur) else {
            return Vec::new();
        };
        (0..liste.length())
            .filter_map(|rang| liste.item(rang)?.dyn_into().ok())
            .map(Self)
            .collect()
    }

    /// The nearest element upwards, itself included, that answers to a selector.
    pub(crate) fn closest(&self, selecteur: &str) -> Option<Self> {
        self.0.closest(selecteur).ok().flatten().map(Self)
    }

    /// Whether the other element is this one or stands inside it.
    pub(crate) fn contains(&self, autre: &Self) -> bool {
        self.0.contains(Some(&autre.0))
    }

    /// The element just before, among those of the same parent.
    pub(crate) fn previous(&self) -> Option<Self> {
        self.0.previous_element_sibling().map(Self)
    }

    /// The element just after, among those of the same parent.
    pub(crate) fn next(&self) -> Option<Self> {
        self.0.next_element_sibling().map(Self)
    }

    /// How many elements stand before it in the same parent.
    pub(crate) fn rank(&self) -> usize {
        core::iter::successors(self.previous(), Self::previous).count()
    }

    /// The children, in order.
    pub(crate) fn children(&self) -> Vec<Self> {
        core::iter::successors(self.0.first_element_child().map(Self), Self::next).collect()
    }

    /// The value of an attribute; empty where it is absent.
    pub(crate) fn attr(&self, nom: &str) -> String {
        self.0.get_attribute(nom).unwrap_or_default()
    }

    /// Whether an attribute is there.
    pub(crate) fn has_attr(&self, nom: &str) -> bool {
        self.0.has_attribute(nom)
    }

    /// Gives an attribute its value.
    pub(crate) fn set_attr(&self, nom: &str, valeur: &str) {
        let _ = self.0.set_attribute(nom, valeur);
    }

    /// Sets an attribute without value, or takes it away.
    pub(crate) fn toggle_attr(&self, nom: &str, present: bool) {
        let _ = self.0.toggle_attribute_with_force(nom, present);
    }

    /// Shows or hides.
    pub(crate) fn set_hidden(&self, cache: bool) {
        self.toggle_attr("hidden", cache);
    }

    /// Its text, that of its descendants included.
    pub(crate) fn text(&self) -> String {
        self.0.text_content().unwrap_or_default()
    }

    /// Replaces its content by a text; untouched where the text is the same, so that nothing is announced twice.
    pub(crate) fn set_text(&self, texte: &str) {
        if self.text() != texte {
            self.0.set_text_content(Some(texte));
        }
    }

    /// Puts an element at the end of this one.
    pub(crate) fn append(&self, enfant: &Self) {
        let _ = self.0.append_child(&enfant.0);
    }

    /// Puts an element just before one of this one's children, or at the end where that child is none of them.
    pub(crate) fn insert(&self, enfant: &Self, avant: Option<&Self>) {
        let avant = avant.map(|element| AsRef::<web_sys::Node>::as_ref(&element.0));
        if self.0.insert_before(enfant.0.as_ref(), avant).is_err() {
            self.append(enfant);
        }
    }

    /// Takes this element out of the page.
    pub(crate) fn remove(&self) {
        self.0.remove();
    }

    /// Takes out every descendant that answers to a selector.
    pub(crate) fn remove_all(&self, selecteur: &str) {
        self.find_all(selecteur).iter().for_each(Self::remove);
    }

    /// What a text field or a list of choices holds.
    pub(crate) fn value(&self) -> String {
        if let Some(champ) = self.0.dyn_ref::<web_sys::HtmlInputElement>() {
            return champ.value();
        }
        if let Some(champ) = self.0.dyn_ref::<web_sys::HtmlTextAreaElement>() {
            return champ.value();
        }
        self.0
            .dyn_ref::<web_sys::HtmlSelectElement>()
            .map_or_else(String::new, web_sys::HtmlSelectElement::value)
    }

    /// Writes what a text field or a list of choices holds.
    pub(crate) fn set_value(&self, valeur: &str) {
        if let Some(champ) = self.0.dyn_ref::<web_sys::HtmlInputElement>() {
            champ.set_value(valeur);
        } else if let Some(champ) = self.0.dyn_ref::<web_sys::HtmlSelectElement>() {
            champ.set_value(valeur);
        } else if let Some(champ) = self.0.dyn_ref::<web_sys::HtmlTextAreaElement>() {
            champ.set_value(valeur);
        }
    }

    /// Whether a box is ticked.
    pub(crate) fn is_checked(&self) -> bool {
        self.0
            .dyn_ref::<web_sys::HtmlInputElement>()
            .is_some_and(web_sys::HtmlInputElement::checked)
    }

    /// Ticks a box or unticks it.
    pub(crate) fn set_checked(&self, cochee: bool) {
        if let Some(champ) = self.0.dyn_ref::<web_sys::HtmlInputElement>() {
            champ.set_checked(cochee);
        }
    }

    /// Unfolds the part of the form that holds it, or else the one that it holds.
    pub(crate) fn unfold(&self) {
        let pli = self.closest("[data-pli]");
        if let Some(pli) = pli.or_else(|| self.find("[data-pli]")) {
            pli.toggle_attr("open", true);
        }
    }

    /// Has it in sight again once what a link to it passed has been laid out: until then the height of what was never in
    /// sight is a guess.
    pub(crate) fn land(&self) {
        let Some(fenetre) = window() else { return };
        for delai_ms in [50, 150, 350] {
            let element = self.0.clone();
            let rappel = Closure::once_into_js(move || element.scroll_into_view());
            let _ = fenetre.set_timeout_with_callback_and_timeout_and_arguments_0(
                rappel.unchecked_ref(),
                delai_ms,
            );
        }
    }

    /// Gives it the focus, unfolded where it was not in sight.
    pub(crate) fn focus(&self) {
        self.unfold();
        if let Some(element) = self.0.dyn_ref::<web_sys::HtmlElement>() {
            let _ = element.focus();
        }
    }

    /// Clicks it, as the reader would.
    pub(crate) fn click(&self) {
        if let Some(element) = self.0.dyn_ref::<web_sys::HtmlElement>() {
            element.click();
        }
    }

    /// Opens a dialog, its harmless button first; the rest of the page waits. Not by `autofocus`, of which browsers
    /// complain on a page whose address has a fragment.
    pub(crate) fn open_dialog(&self) {
        if let Some(dialogue) = self.0.dyn_ref::<web_sys::HtmlDialogElement>() {
            let _ = dialogue.show_modal();
        }
        if let Some(premier) = self.find("[data-premier]") {
            premier.focus();
        }
    }

    /// Closes a dialog; the focus goes back where it was.
    pub(crate) fn close_dialog(&self) {
        if let Some(dialogue) = self.0.dyn_ref::<web_sys::HtmlDialogElement>() {
            dialogue.close();
        }
    }

    /// Calls a function with the target of every event of that name, for as long as the page lives.
    pub(crate) fn listen(&self, evenement: &str, rappel: impl Fn(Element) + 'static) {
        let rappel = Closure::<dyn Fn(web_sys::Event)>::new(move |evenement: web_sys::Event| {
            if let Some(cible) = evenement.target().and_then(|cible| cible.dyn_into().ok()) {
                rappel(Self(cible));
            }
        });
        let _ = self
            .0
            .add_event_listener_with_callback(evenement, rappel.into_js_value().unchecked_ref());
    }

    /// Types into a field, as the reader would: the form hears it.
    pub(crate) fn enter(&self, valeur: &str) {
        self.set_value(valeur);
        let options = web_sys::EventInit::new();
        options.set_bubbles(true);
        if let Ok(saisie) = web_sys::Event::new_with_event_init_dict("input", &options) {
            let _ = self.0.dispatch_event(&saisie);
        }
    }

    /// How wide it is inside, in pixels.
    pub(crate) fn width(&self) -> i32 {
        self.0.client_width()
    }

    /// Calls a function with the target of every key and pointer event, its name (that of the key for a key) and its
    /// abscissa. Where the function says that it took the event, the browser does nothing more with a key, and all that a
    /// pointer does until it is released happens to that target.
    pub(crate) fn listen_gestures(&self, rappel: impl Fn(Element, &str, i32) -> bool + 'static) {
        let rappel = Closure::<dyn Fn(web_sys::Event)>::new(move |evenement: web_sys::Event| {
            let cible = evenement.target();
            let Some(cible) = cible.and_then(|cible| cible.dyn_into::<web_sys::Element>().ok())
            else {
                return;
            };
            if let Some(touche) = evenement.dyn_ref::<web_sys::KeyboardEvent>() {
                if rappel(Self(cible), &touche.key(), 0) {
                    evenement.prevent_default();
                }
            } else if let Some(pointeur) = evenement.dyn_ref::<web_sys::PointerEvent>()
                && rappel(Self(cible.clone()), &evenement.type_(), pointeur.client_x())
            {
                let _ = cible.set_pointer_capture(pointeur.pointer_id());
            }
        });
        let rappel = rappel.into_js_value();
        for nom in [
            "keydown",
            "pointerdown",
            "pointermove",
            "pointerup",
            "pointercancel",
        ] {
            let rappel = rappel.unchecked_ref();
            let _ = self.0.add_event_listener_with_callback(nom, rappel);
        }
    }

    /// Selects the text of a field of several lines.
    pub(crate) fn select(&self) {
        if let Some(champ) = self.0.dyn_ref::<web_sys::HtmlTextAreaElement>() {
            champ.select();
        }
    }

    /// Calls a function with the field and the text of every paste; where it says that it took the text, the field
    /// does not.
    pub(crate) fn on_paste(&self, rappel: impl Fn(Element, &str) -> bool + 'static) {
        let rappel = Closure::<dyn Fn(web_sys::ClipboardEvent)>::new(
            move |evenement: web_sys::ClipboardEvent| {
                let cible = evenement.target().and_then(|cible| cible.dyn_into().ok());
                let presse = evenement.clipboard_data();
                let texte = presse.and_then(|presse| presse.get_data("text/plain").ok());
                if let (Some(cible), Some(texte)) = (cible, texte)
                    && rappel(Self(cible), &texte)
                {
                    evenement.prevent_default();
                }
            },
        );
        let _ = self
            .0
            .add_event_listener_with_callback("paste", rappel.into_js_value().unchecked_ref());
    }

    /// Gives the text of the table chosen in this file field: in UTF-8, else as an older Excel of France writes it.
    pub(crate) fn read_table(&self, rappel: impl FnOnce(Option<String>) + 'static) {
        let champ = self.0.dyn_ref::<web_sys::HtmlInputElement>();
        let fichier = champ.and_then(|champ| champ.files()?.get(0));
        if let Some(fichier) = fichier {
            self.read_file(move |texte| match texte {
                Some(texte) if texte.chars().any(|signe| signe == '\u{fffd}') => {
                    read_text(&fichier, Some("windows-1252"), rappel);
                }
                texte => rappel(texte),
            });
        }
    }

    /// Gives the text of the file chosen in this file field, none where it cannot be read; the field is emptied so
    /// that the same file can be chosen again.
    pub(crate) fn read_file(&self, rappel: impl FnOnce(Option<String>) + 'static) {
        let Some(champ) = self.0.dyn_ref::<web_sys::HtmlInputElement>() else {
            return;
        };
        if let Some(fichier) = champ.files().and_then(|fichiers| fichiers.get(0)) {
            read_text(&fichier, None, rappel);
        }
        champ.set_value("");
    }
}

/// The rank of each of some elements, found without comparing it with all of them.
#[derive(Default)]
pub(crate) struct Ranks(js_sys::Map);

impl Ranks {
    /// Notes the rank of an element.
    pub(crate) fn set(&self, element: &Element, rang: usize) {
        let rang = u32::try_from(rang).unwrap_or(u32::MAX);
        self.0.set(element.0.as_ref(), &JsValue::from(rang));
    }

    /// The rank of an element; none where it has none.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number written by `set`"
    )]
    pub(crate) fn get(&self, element: &Element) -> Option<usize> {
        let rang = self.0.get(element.0.as_ref()).as_f64()?;
        Some(rang as usize)
    }
}

fn read_text(
    fichier: &web_sys::File,
    codage: Option<&str>,
    rappel: impl FnOnce(Option<String>) + 'static,
) {
    let Ok(lecteur) = web_sys::FileReader::new() else {
        return;
    };
    let source = lecteur.clone();
    let fini = Closure::once_into_js(move || {
        rappel(source.result().ok().and_then(|texte| texte.as_string()));
    });
    lecteur.set_onloadend(Some(fini.unchecked_ref()));
    let _ = lecteur.read_as_text_with_label(fichier, codage.unwrap_or("utf-8"));
}

#[wasm_bindgen]
extern "C" {
    /// The loader's own: deflates, or inflates; calls back with the bytes, or null where it cannot.
    fn presser(octets: &[u8], sens: bool, rappel: JsValue);

    /// The loader's own: the window, without the detours by which `web_sys` finds one in a worker.
    #[wasm_bindgen(js_name = fenetre)]
    fn window() -> Option<web_sys::Window>;

    /// The loader's own: fetches the second part and joins it to this one; calls back with whether it did.
    fn charger(rappel: JsValue);

    /// The loader's own: calls back each time an element marked `data-approche` comes near what is seen.
    fn guetter(rappel: JsValue);
}

/// Deflates, or inflates, and calls back; none where the browser cannot, or where the bytes are not deflated ones.
pub(crate) fn press(octets: &[u8], sens: bool, rappel: impl FnOnce(Option<Vec<u8>>) + 'static) {
    let fini = Closure::once_into_js(move |resultat: JsValue| {
        let octets = resultat.dyn_ref::<js_sys::Uint8Array>();
        rappel(octets.map(js_sys::Uint8Array::to_vec));
    });
    presser(octets, sens, fini);
}

/// Joins the second part of the module to this one, then says whether it is there.
pub(crate) fn load_rest(rappel: impl FnOnce(bool) + 'static) {
    let fini = Closure::once_into_js(move |venue: JsValue| rappel(venue.is_truthy()));
    charger(fini);
}

/// Calls a function each time a section of the second part comes near what is seen.
pub(crate) fn on_approach(rappel: impl FnMut() + 'static) {
    guetter(Closure::<dyn FnMut()>::new(rappel).into_js_value());
}

/// Prints the page.
pub(crate) fn print() {
    if let Some(fenetre) = window() {
        let _ = fenetre.print();
    }
}

/// The address of the page without its fragment.
pub(crate) fn address() -> String {
    let entiere = window().and_then(|fenetre| fenetre.location().href().ok());
    let entiere = entiere.unwrap_or_default();
    entiere.split('#').next().unwrap_or_default().into()
}

/// Calls a function at every event of that name that the window hears, for as long as the page lives.
pub(crate) fn on_window(evenement: &str, rappel: impl FnMut() + 'static) {
    let rappel = Closure::<dyn FnMut()>::new(rappel).into_js_value();
    if let Some(fenetre) = window() {
        let _ = fenetre.add_event_listener_with_callback(evenement, rappel.unchecked_ref());
    }
}

/// The clock, in milliseconds: to tell how long something takes.
#[expect(
    clippy::cast_possible_truncation,
    reason = "whole milliseconds are enough"
)]
pub(crate) fn clock() -> i64 {
    js_sys::Date::now() as i64
}

/// Calls a function once before the next painting, however often it is asked.
pub(crate) struct Frame {
    demandee: Rc<Cell<bool>>,
    rappel: Closure<dyn FnMut()>,
}

impl Frame {
    /// What to call.
    pub(crate) fn new(mut rappel: impl FnMut() + 'static) -> Self {
        let demandee = Rc::new(Cell::new(false));
        let drapeau = Rc::clone(&demandee);
        let rappel = Closure::new(move || {
            drapeau.set(false);
            rappel();
        });
        Self { demandee, rappel }
    }

    /// Asks for it.
    pub(crate) fn request(&self) {
        if self.demandee.replace(true) {
            return;
        }
        if let Some(fenetre) = window() {
            let _ = fenetre.request_animation_frame(self.rappel.as_ref().unchecked_ref());
        }
    }
}

/// Calls a function once nothing was asked for a while.
pub(crate) struct Pause {
    minuterie: Cell<i32>,
    delai_ms: i32,
    rappel: Closure<dyn FnMut()>,
}

impl Pause {
    /// What to call, and after how many milliseconds.
    pub(crate) fn new(delai_ms: i32, rappel: impl FnMut() + 'static) -> Self {
        let minuterie = Cell::new(0);
        let rappel = Closure::new(rappel);
        Self {
            minuterie,
            delai_ms,
            rappel,
        }
    }

    /// Asks for it; what was asked before is put off.
    pub(crate) fn request(&self) {
        let Some(fenetre) = window() else { return };
        fenetre.clear_timeout_with_handle(self.minuterie.get());
        let rappel = self.rappel.as_ref().unchecked_ref();
        let minuterie =
            fenetre.set_timeout_with_callback_and_timeout_and_arguments_0(rappel, self.delai_ms);
        self.minuterie.set(minuterie.unwrap_or_default());
    }

    /// Asks for it no more.
    pub(crate) fn cancel(&self) {
        if let Some(fenetre) = window() {
            fenetre.clear_timeout_with_handle(self.minuterie.get());
        }
    }
}

/// Asks the reader before the page is left, while there is something to lose.
pub(crate) struct Guard(Closure<dyn FnMut(web_sys::Event)>);

impl Guard {
    /// A guard that does not stand yet.
    pub(crate) fn new() -> Self {
        Self(Closure::new(|evenement: web_sys::Event| {
            evenement.prevent_default();
        }))
    }

    /// Stands or withdraws.
    pub(crate) fn set(&self, debout: bool) {
        let Some(fenetre) = window() else { return };
        let rappel = self.0.as_ref().unchecked_ref();
        let _ = if debout {
            fenetre.add_event_listener_with_callback("beforeunload", rappel)
        } else {
            fenetre.remove_event_listener_with_callback("beforeunload", rappel)
        };
    }
}

/// The fragment of the page's address, `#` included.
pub(crate) fn fragment() -> String {
    window()
        .and_then(|fenetre| fenetre.location().hash().ok())
        .unwrap_or_default()
}

/// Keeps a text with this tab's place in its history: it comes back with a reload, or with the way back, and leaves
/// with the tab.
pub(crate) fn keep_in_history(texte: &str) {
    let historique = window().and_then(|fenetre| fenetre.history().ok());
    if let Some(historique) = historique {
        let _ = historique.replace_state(&JsValue::from_str(texte), "");
    }
}

/// The text kept with this place of the history.
pub(crate) fn kept_in_history() -> Option<String> {
    window()?.history().ok()?.state().ok()?.as_string()
}

/// What this browser keeps under a name, once the reader has asked for it.
pub(crate) fn stored(nom: &str) -> Option<String> {
    window()?.local_storage().ok()??.get_item(nom).ok()?
}

/// Keeps a text in this browser; whether it could.
pub(crate) fn store(nom: &str, texte: &str) -> bool {
    let reserve = window().and_then(|fenetre| fenetre.local_storage().ok()?);
    reserve.is_some_and(|reserve| reserve.set_item(nom, texte).is_ok())
}

/// Forgets what this browser keeps under a name.
pub(crate) fn forget(nom: &str) {
    if let Some(reserve) = window().and_then(|fenetre| fenetre.local_storage().ok()?) {
        let _ = reserve.remove_item(nom);
    }
}

/// Copies the text of a field that cannot be written in; whether it could.
pub(crate) fn copy_text(champ: &Element) -> bool {
    let Some(texte) = champ.0.dyn_ref::<web_sys::HtmlTextAreaElement>() else {
        return false;
    };
    texte.select();
    document()
        .and_then(|document| document.dyn_into::<web_sys::HtmlDocument>().ok())
        .is_some_and(|document| document.exec_command("copy").unwrap_or(false))
}

/// The day where the reader is.
pub(crate) fn today() -> Option<NaiveDate> {
    let maintenant = js_sys::Date::new_0();
    NaiveDate::from_ymd_opt(
        i32::try_from(maintenant.get_full_year()).ok()?,
        maintenant.get_month() + 1,
        maintenant.get_date(),
    )
}

/// Hands a text to the reader as a file to keep, through a link of the page.
pub(crate) fn download(lien: &Element, nom: &str, genre: &str, texte: &str) {
    let morceaux = js_sys::Array::of1(&JsValue::from_str(texte));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(genre);
    let Ok(contenu) = web_sys::Blob::new_with_str_sequence_and_options(&morceaux, &options) else {
        return;
    };
    let Ok(adresse) = web_sys::Url::create_object_url_with_blob(&contenu) else {
        return;
    };
    lien.set_attr("href", &adresse);
    lien.set_attr("download", nom);
    lien.click();
    lien.toggle_attr("href", false);
    let liberer = Closure::once_into_js(move || {
        let _ = web_sys::Url::revoke_object_url(&adresse);
    });
    if let Some(fenetre) = window() {
        let _ = fenetre
            .set_timeout_with_callback_and_timeout_and_arguments_0(liberer.unchecked_ref(), 60_000);
    }
}
