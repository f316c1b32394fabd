//! A module packed into a classic script: its bytes travel as a string.

use super::Module;
use crate::bare;
use memchr::memmem;

/// A module and its data as one classic script: `loader` is JavaScript with the places `GLUE`, `WASM`, `SUITE` and `DATA`
/// between `/*…*/` marks; the others than the first are replaced by string literals, `SUITE` by `null`.
pub(crate) fn pack(loader: &str, module: &Module, data: &str) -> Vec<u8> {
    let room = room_of(&module.wasm) + data.len() + data.len() / 64;
    fill(loader, Vec::with_capacity(room), |place, out| match place {
        "SUITE" => out.extend_from_slice(b"null"),
        "DATA" => push_text(out, data),
        other => push_part(out, other, module, false),
    })
}

/// The second part of a module as a classic script of its own.
pub(crate) fn pack_second(loader: &str, module: &Module) -> Vec<u8> {
    let out = Vec::with_capacity(room_of(&module.suite));
    fill(loader, out, |place, out| match place {
        "WASM" => push_bytes(out, &module.suite, false),
        other => push_place(out, other),
    })
}

/// The first for a script inside a page, where no zero survives and `<` may begin a tag; it carries both parts, and comes
/// after these scripts.
pub(crate) fn pack_inside(scripts: [&[u8]; 2], loader: &str, module: &Module) -> Vec<u8> {
    let room = room_of(&module.wasm) + room_of(&module.suite);
    let mut out = Vec::with_capacity(room + scripts.map(<[u8]>::len).iter().sum::<usize>());
    for script in scripts {
        out.extend_from_slice(script);
        out.push(b'\n');
    }
    fill(loader, out, |place, out| match place {
        "SUITE" => push_bytes(out, &module.suite, true),
        other => push_part(out, other, module, true),
    })
}

/// Room for a loader and the literal of a module: long texts are not to move as they grow.
fn room_of(module: &[u8]) -> usize {
    (1 << 14) + module.len() + module.len() / 2
}

/// Adds the script with its places filled, in one pass: modules are long.
fn fill(loader: &str, mut out: Vec<u8>, push: impl Fn(&str, &mut Vec<u8>)) -> Vec<u8> {
    let script = bare::script(loader);
    let mut rest = script.as_str();
    while let Some((before, (place, after))) = next_place(rest) {
        out.extend_from_slice(before.as_bytes());
        push(place, &mut out);
        rest = after;
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

/// What stands before the next mark, what is in it, what follows.
fn next_place(script: &str) -> Option<(&str, (&str, &str))> {
    let (before, after) = script.split_once("/*")?;
    Some((before, after.split_once("*/")?))
}

fn push_part(out: &mut Vec<u8>, place: &str, module: &Module, inside: bool) {
    match place {
        "GLUE" => out.extend_from_slice(bare::script(&module.glue).as_bytes()),
        "WASM" => push_bytes(out, &module.wasm, inside),
        other => push_place(out, other),
    }
}

/// A comment, not a place to fill.
fn push_place(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(["/*", text, "*/"].concat().as_bytes());
}

/// A text as a template literal, where line ends and tabs stand as they are.
fn push_text(out: &mut Vec<u8>, text: &str) {
    out.push(b'`');
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '\r', '`', '$']) {
        let (plain, special) = rest.split_at(at);
        let (first, after) = special.split_at(1);
        out.extend_from_slice(plain.as_bytes());
        out.extend_from_slice(match first {
            "\\" => b"\\\\",
            "\r" => b"\\r",
            "`" => b"\\`",
            _ if after.starts_with('{') => b"\\$",
            _ => b"$",
        });
        rest = after;
    }
    out.extend_from_slice(rest.as_bytes());
    out.push(b'`');
}

/// Bytes as a template literal, one character each: the code of a character is its byte, or its byte + 256 where the
/// character would not come back as it is. A `Uint8Array` takes the rest of a division by 256 by itself.
///
/// Measured on the engine's script under brotli 11: 1.4 kB over the bytes themselves, where quotes (which take neither
/// line ends nor, by prudence, the zeros that fill a module) cost 2.4 kB, and base64 13.
fn push_bytes(out: &mut Vec<u8>, bytes: &[u8], inside: bool) {
    let signs: [Sign; 256] = std::array::from_fn(|byte| {
        let byte = u8::try_from(byte).unwrap_or_default();
        let taken = inside && matches!(byte, 0 | b'<');
        Sign::of(byte, taken || matches!(byte, b'\r' | b'`' | b'\\'))
    });
    out.push(b'`');
    let mut rest = bytes;
    while let Some(at) = memmem::find(rest, b"${") {
        let (before, from) = rest.split_at(at);
        push_signs(out, before, &signs);
        let dollar = Sign::of(b'$', true);
        out.extend_from_slice(&dollar.bytes);
        rest = from.get(1..).unwrap_or_default();
    }
    push_signs(out, rest, &signs);
    out.push(b'`');
}

fn push_signs(out: &mut Vec<u8>, bytes: &[u8], signs: &[Sign; 256]) {
    let mut written = [0; 2 * CHUNK];
    for some in bytes.chunks(CHUNK) {
        let mut length = 0;
        for byte in some {
            let sign = signs[usize::from(*byte)];
            // Two bytes always: the second is written over where the character has one.
            written[length..length + 2].copy_from_slice(&sign.bytes);
            length += usize::from(sign.length);
        }
        out.extend_from_slice(&written[..length]);
    }
}

/// How many bytes are written at once.
const CHUNK: usize = 512;

/// A character as it is written.
#[derive(Clone, Copy)]
struct Sign {
    bytes: [u8; 2],
    /// 1 or 2.
    length: u16,
}

impl Sign {
    /// The character of a byte, or of the byte + 256.
    fn of(byte: u8, far: bool) -> Self {
        let code = u32::from(byte) + if far { 256 } else { 0 };
        let mut bytes = [0; 2];
        let c = char::from_u32(code).unwrap_or_default();
        c.encode_utf8(&mut bytes);
        let length = if c.is_ascii() { 1 } else { 2 };
        Self { bytes, length }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_comes_back() {
        let mut bytes: Vec<u8> = (0..=255).collect();
        // The place where the bytes written at once end.
        bytes.extend([b'$'; 3 * CHUNK - 257]);
        for inside in [false, true] {
            check_literal(&bytes, inside);
        }
    }

    fn check_literal(bytes: &[u8], inside: bool) {
        let mut text = Vec::new();
        push_bytes(&mut text, &[bytes, b"${x}</script>"].concat(), inside);
        let text = String::from_utf8(text).expect("a text");
        assert_eq!(inside, !text.contains(['\0', '<']));
        let quoted = text.trim_matches('`');
        let back: Vec<u8> = quoted
            .chars()
            .map(|c| u8::try_from(u32::from(c) % 256).expect("a byte"))
            .collect();
        assert_eq!(back, [bytes, b"${x}</script>"].concat());
        assert!(!quoted.contains(['\r', '`', '\\']) && !quoted.contains("${"));
    }

    #[test]
    fn a_module_is_packed_into_its_loader() {
        let module = Module {
            glue: "let wasm_bindgen;\n".into(),
            wasm: b"foo".to_vec(),
            suite: Vec::new(),
        };
        let script = pack(
            "(()=>{/*GLUE*/start(/*WASM*/,/*DATA*/)})()",
            &module,
            "l'été\n`\\${a}`",
        );
        assert_eq!(
            str::from_utf8(&script),
            Ok(r"(()=>{let wasm_bindgen;start(`foo`,`l'été
\`\\\${a}\``)})()")
        );
    }
}
