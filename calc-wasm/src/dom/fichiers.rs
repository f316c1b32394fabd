//! Files read and handed over, texts copied.

use super::fenetre::window;
use super::{Element, document};
use crate::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};

impl Element {
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
