//! The only files that name `web_sys`: elements here; below, what they hear (`ecoute`), files (`fichiers`), the window
//! (`fenetre`), what waits (`attente`), what the loader does (`chargeur`). No markup is ever written here.

mod attente;
mod chargeur;
mod ecoute;
mod fenetre;
mod fichiers;

pub(crate) use attente::{Frame, Pause};
pub(crate) use chargeur::{load_rest, on_approach, press};
pub(crate) use fenetre::{
    Guard, address, clock, forget, fragment, keep_in_history, kept_in_history, on_window, print,
    store, stored, today,
};
pub(crate) use fichiers::{copy_text, download};

use crate::prelude::*;
use fenetre::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};

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

    /// How wide it is inside, in pixels.
    pub(crate) fn width(&self) -> i32 {
        self.0.client_width()
    }

    /// Selects the text of a field of several lines.
    pub(crate) fn select(&self) {
        if let Some(champ) = self.0.dyn_ref::<web_sys::HtmlTextAreaElement>() {
            champ.select();
        }
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
