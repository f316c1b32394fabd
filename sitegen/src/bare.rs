//! Scripts and styles without what is for their authors alone: every visitor downloads them.

/// A script without its comments and its indentation. A comment begins its line, with a space after its mark, or it
/// stays (`/*WASM*/` is a place to fill); no line of a template literal may begin as one does.
pub(crate) fn script(text: &str) -> String {
    let mut inside = false;
    let mut kept = Vec::new();
    for line in text.lines().map(str::trim) {
        let begins = line.starts_with("/* ") || line.starts_with("/**");
        if begins || inside {
            inside = !line.ends_with("*/");
        } else if !line.is_empty() && !line.starts_with("//") {
            kept.push(line);
        }
    }
    kept.join("\n")
}

/// Styles without their comments, and with no more space than they need. Strings stay as they are.
pub(crate) fn styles(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("/*") {
            rest = after.split_once("*/").map_or("", |(_, after)| after);
        } else if matches!(next, '"' | '\'') {
            let end = string_end(rest, next);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if next.is_ascii_whitespace() {
            rest = rest.trim_ascii_start();
            if !out.is_empty() && !out.ends_with([' ', '{', '}', ';', ',']) {
                out.push(' ');
            }
        } else {
            if matches!(next, '{' | '}' | ';' | ',') {
                close(&mut out, next);
            }
            let (plain, after) = rest.split_at(plain_end(rest));
            out.push_str(plain);
            rest = after;
        }
    }
    out.trim_end().to_owned()
}

/// Where the first character ends and all that follow it which mean nothing by themselves.
fn plain_end(text: &str) -> usize {
    let special = |byte: u8| b"/\"'{};,".contains(&byte) || byte.is_ascii_whitespace();
    let first = text.chars().next().map_or(0, char::len_utf8);
    let rest = text.bytes().skip(first);
    first + rest.take_while(|byte| !special(*byte)).count()
}

/// What stands before this mark needs neither a space nor, at the end of a block, a semicolon.
fn close(out: &mut String, mark: char) {
    if out.ends_with(' ') {
        out.pop();
    }
    if mark == '}' && out.ends_with(';') {
        out.pop();
    }
}

/// Where a string that begins here ends, its quotes included.
fn string_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_keep_what_they_say() {
        for (text, left) in [
            ("a {\n  color: red;\n}\n", "a{color: red}"),
            ("a , b > c {}", "a,b > c{}"),
            ("a :hover{}", "a :hover{}"),
            ("/* a */ b{/* c */}", "b{}"),
            (
                "a::after { content: \"  /* } ; \\\" \"; }",
                "a::after{content: \"  /* } ; \\\" \"}",
            ),
            (
                "a { margin: calc(1px + 2px) 3px }",
                "a{margin: calc(1px + 2px) 3px}",
            ),
            (
                "@media (width > 3em) {\n  a { b: c; d: e }\n}",
                "@media (width > 3em){a{b: c;d: e}}",
            ),
            ("a { content: 'x", "a{content: 'x"),
            ("/* without end", ""),
        ] {
            assert_eq!(styles(text), left);
        }
    }

    #[test]
    fn scripts_lose_whole_lines_only() {
        let text =
            "/* a\n   b */\n// c\nlet x = 1; // d\n\n  x /* e */ += 2;\n/* f */\n/*GLUE*/\ny();\n";
        assert_eq!(
            script(text),
            "let x = 1; // d\nx /* e */ += 2;\n/*GLUE*/\ny();"
        );
    }
}
