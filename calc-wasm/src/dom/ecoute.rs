//! What elements hear: events, keys and pointers, pastes; and what the form is made to hear.

use super::Element;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

impl Element {
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
}
