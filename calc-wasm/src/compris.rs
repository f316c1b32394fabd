//! What was understood of a date, said beside its field.

use crate::dom::Element;
use crate::saisie::{self, Genre};

/// Says every date of an element back in words.
pub(crate) fn say_dates(hote: &Element) {
    hote.find_all("[data-type=date]")
        .iter()
        .for_each(say_understood);
}

/// Writes beside a field what was understood.
pub(crate) fn say_understood(champ: &Element) {
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
