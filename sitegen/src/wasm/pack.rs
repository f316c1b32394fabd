//! A module packed into a classic script: its bytes travel as a string.

use super::Module;
use crate::bare;
use memchr::{memchr3, memmem};
use std::borrow::Cow;
use std::mem::take;

/// A script as it is written, one piece after the other: long texts are not copied.
pub(crate) type Script<'m> = Vec<Cow<'m, [u8]>>;

/// A module and its data as one classic script: `loader` is JavaScript with the places `GLUE`, `WASM`, `SUITE` and `DATA`
/// between `/*…*/` marks; the others than the first are replaced by string literals, `SUITE` by `null`.
pub(crate) fn pack<'m>(loader: &str, module: &'m Module, data: &'m str) -> Script<'m> {
    fill(loader, Vec::new(), |place, out| match place {
        "GLUE" => push(out, &module.glue),
        "WASM" => out.push(Cow::Borrowed(&module.wasm)),
        "SUITE" => push(out, "null"),
        "DATA" => push_text(out, data),
        other => push_place(out, other),
    })
}

/// The second part of a module as a classic script of its own.
pub(crate) fn pack_second<'m>(loader: &str, module: &'m Module) -> Script<'m> {
    fill(loader, Vec::new(), |place, out| match place {
        "WASM" => out.push(Cow::Borrowed(&module.suite)),
        other => push_place(out, other),
    })
}

/// The first for a script inside a page; it carries both parts, and comes after these scripts.
pub(crate) fn pack_inside(scripts: [&[u8]; 2], loader: &str, module: &Module) -> Script<'static> {
    let before = scripts.map(|script| [script, b"\n"].concat()).concat();
    let [mut first, mut second] = module.inside();
    fill(loader, before, |place, out| match place {
        "GLUE" => push(out, &module.glue),
        "WASM" => out.push(take(&mut first).into()),
        "SUITE" => out.push(take(&mut second).into()),
        other => push_place(out, other),
    })
}

/// The script with its places filled, after what stands before it.
fn fill<'m>(
    loader: &str,
    before: Vec<u8>,
    mut fill: impl FnMut(&str, &mut Script<'m>),
) -> Script<'m> {
    let mut out: Script = vec![before.into()];
    let script = bare::script(loader);
    let mut rest = script.as_str();
    while let Some((before, (place, after))) = next_place(rest) {
        push(&mut out, before);
        fill(place, &mut out);
        rest = after;
    }
    push(&mut out, rest);
    out
}

/// What stands before the next mark, what is in it, what follows.
fn next_place(script: &str) -> Option<(&str, (&str, &str))> {
    let (before, after) = script.split_once("/*")?;
    Some((before, after.split_once("*/")?))
}

/// Adds code, to the code before it where a piece of it comes last.
fn push(out: &mut Script, code: &str) {
    match out.last_mut() {
        Some(Cow::Owned(last)) if !last.starts_with(b"`") => {
            last.extend_from_slice(code.as_bytes());
        }
        _ => out.push(code.as_bytes().to_vec().into()),
    }
}

/// A comment, not a place to fill.
fn push_place(out: &mut Script, text: &str) {
    push(out, &["/*", text, "*/"].concat());
}

/// A text as a template literal, where line ends and tabs stand as they are.
fn push_text<'m>(out: &mut Script<'m>, text: &'m str) {
    push(out, "`");
    let bytes = text.as_bytes();
    if memchr3(b'\\', b'\r', b'`', bytes).is_none() && memmem::find(bytes, b"${").is_none() {
        out.push(bytes.into());
    } else {
        let escapes = [("\\", "\\\\"), ("\r", "\\r"), ("`", "\\`"), ("${", "\\${")];
        let escape = |text: String, (sign, escaped)| text.replace(sign, escaped);
        let text = escapes.into_iter().fold(text.to_owned(), escape);
        out.push(text.into_bytes().into());
    }
    push(out, "`");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_packed_into_its_loader() {
        let module = Module::of("let wasm_bindgen;\n", b"foo", b"bar");
        for (data, packed) in [
            ("l'été\n", "l'été\n"),
            ("l'été\n`\\${a}\r`", "l'été\n\\`\\\\\\${a}\\r\\`"),
            ("$", "$"),
        ] {
            let loader = "(()=>{/*GLUE*/start(/*WASM*/,/*SUITE*/,/*DATA*/,/*x*/)})()";
            let script = pack(loader, &module, data).concat();
            let expected =
                format!("(()=>{{let wasm_bindgen;start(`foo`,null,`{packed}`,/*x*/)}})()");
            assert_eq!(str::from_utf8(&script), Ok(expected.as_str()));
        }
    }

    #[test]
    fn a_page_carries_both_parts() {
        let module = Module::of("let g;", b"<a", b"\0b");
        let script = pack_inside([b"a", b"b"], "/*GLUE*/(/*WASM*/, /*SUITE*/)", &module);
        let script = String::from_utf8(script.concat()).expect("a text");
        assert_eq!(script, "a\nb\nlet g;(`\u{13c}a`, `\u{100}b`)");
        let second = pack_second("(/*WASM*/)", &module).concat();
        assert_eq!(second, b"(`\0b`)");
    }
}
