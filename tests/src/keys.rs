//! Keys by name, as the protocol wants them.

use serde_json::{Value, json};

/// What one key press sends: name, code, virtual key code, text.
struct Key {
    name: &'static str,
    code: u32,
    text: &'static str,
}

const NAMED: &[Key] = &[
    Key {
        name: "Tab",
        code: 9,
        text: "",
    },
    Key {
        name: "Enter",
        code: 13,
        text: "\r",
    },
    Key {
        name: "Escape",
        code: 27,
        text: "",
    },
    Key {
        name: "ArrowDown",
        code: 40,
        text: "",
    },
    Key {
        name: "ArrowUp",
        code: 38,
        text: "",
    },
    Key {
        name: "ArrowLeft",
        code: 37,
        text: "",
    },
    Key {
        name: "ArrowRight",
        code: 39,
        text: "",
    },
    Key {
        name: "Home",
        code: 36,
        text: "",
    },
    Key {
        name: "End",
        code: 35,
        text: "",
    },
    Key {
        name: "PageUp",
        code: 33,
        text: "",
    },
    Key {
        name: "PageDown",
        code: 34,
        text: "",
    },
    Key {
        name: "Backspace",
        code: 8,
        text: "",
    },
    Key {
        name: "Delete",
        code: 46,
        text: "",
    },
];

/// The press and the release of a key: a name such as `Tab` or `Shift+Tab`, or one character.
///
/// # Panics
/// On a name that is not known here.
#[must_use]
pub fn press(name: &str) -> [Value; 2] {
    let held = [("Alt+", 1), ("Control+", 2), ("Shift+", 8)];
    let held = held
        .iter()
        .find_map(|(held, bit)| Some((*bit, name.strip_prefix(held)?)));
    let (modifiers, bare) = held.unwrap_or((0, name));
    if let Some(named) = NAMED.iter().find(|k| k.name == bare) {
        return pair(named.name, named.code, named.text, modifiers);
    }
    assert_eq!(bare.chars().count(), 1, "unknown key `{name}`");
    if bare == " " {
        return pair(" ", 32, " ", modifiers);
    }
    // A letter's virtual key code is its capital's; other characters send their text alone.
    let code = bare
        .bytes()
        .next()
        .filter(u8::is_ascii_alphanumeric)
        .map_or(0, |b| u32::from(b.to_ascii_uppercase()));
    pair(
        bare,
        code,
        if modifiers == 2 { "" } else { bare },
        modifiers,
    )
}

fn pair(key: &str, code: u32, text: &str, modifiers: u32) -> [Value; 2] {
    let mut down = json!({ "type": "keyDown", "key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers });
    if text.is_empty() {
        down["type"] = "rawKeyDown".into();
    } else {
        down["text"] = text.into();
    }
    let up = json!({ "type": "keyUp", "key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers });
    [down, up]
}
