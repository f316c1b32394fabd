//! The file that an address of the served site leads to.

use super::HTML;
use std::path::{Component, Path, PathBuf};

/// What an address leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// This file.
    File(PathBuf),
    /// A folder asked for without its last slash: relative links would go astray.
    Folder,
}

/// The file of an address, never outside `dist`.
pub(super) fn file_of(dist: &Path, address: &str) -> Option<Found> {
    let decoded = percent_decode(address.trim_start_matches('/'))?;
    let relative = Path::new(&decoded);
    if !relative
        .components()
        .all(|c| matches!(c, Component::Normal(_)))
    {
        return None;
    }
    let path = dist.join(relative);
    if path.is_dir() {
        let whole = decoded.is_empty() || decoded.ends_with('/');
        let index = path.join("index.html");
        return if whole {
            index.is_file().then_some(Found::File(index))
        } else {
            Some(Found::Folder)
        };
    }
    path.is_file().then_some(Found::File(path))
}

fn percent_decode(address: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        if *first == b'%' {
            let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

/// What a file is, by its ending.
pub(super) fn content_type(file: &Path) -> &'static str {
    match file
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default()
    {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "svg" => "image/svg+xml",
        "xml" => "application/xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "png" => "image/png",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_never_leaves_the_site() {
        let site = std::env::temp_dir().join(format!("care-serve-{}", std::process::id()));
        std::fs::create_dir_all(site.join("faq/3-16")).expect("a folder");
        std::fs::write(site.join("faq/3-16/index.html"), "x").expect("a page");
        let page = Some(Found::File(site.join("faq/3-16/index.html")));
        for (address, expected) in [
            ("/faq/3-16/", page),
            ("/faq/3-16", Some(Found::Folder)),
            ("/faq/", None),
            ("/../etc/passwd", None),
            ("/%2e%2e/etc/passwd", None),
            ("//etc/passwd", None),
            ("/faq/%zz", None),
            ("/absent", None),
        ] {
            assert_eq!(file_of(&site, address), expected, "{address}");
        }
        std::fs::remove_dir_all(site).expect("gone");
    }

    #[test]
    fn percent_signs_are_read() {
        assert_eq!(percent_decode("a%20b%C3%A9").as_deref(), Some("a bé"));
        assert_eq!(percent_decode("%"), None);
    }
}
