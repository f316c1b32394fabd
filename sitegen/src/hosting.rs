//! The settings for servers, published with the site: `www/hosting/` with its marks filled in.
//!
//! A mark is a name between two `@`. The policies come from where the pages have theirs; `@CHEMIN@` is the path under
//! which the site will stand, `/` or `/care/`.

use crate::diagnostic::{Diagnostic, Faults};
use crate::output::Files;
use crate::politique::{self, FICHIER_UNIQUE, PERMISSIONS, TRAVAILLEUR};
use crate::source::Tree;

/// Where they are published.
const FOLDER: &str = "heberger/";

/// Adds the settings of every server; `chemin` is the path of the site on its server, slashes at both ends.
pub(crate) fn add(files: &mut Files, www: &Tree, chemin: &str, faults: &mut Faults) {
    let header = politique::header();
    let marks = [
        ("@CSP@", header.as_str()),
        ("@CSP_TRAVAILLEUR@", TRAVAILLEUR),
        ("@CSP_FICHIER@", FICHIER_UNIQUE),
        ("@PERMISSIONS@", PERMISSIONS),
        ("@CHEMIN@", chemin),
    ];
    for (name, source) in www.under("hosting/", "") {
        let text = marks
            .iter()
            .fold(source.text.clone(), |text, (mark, value)| {
                text.replace(mark, value)
            });
        if let Some(line) = text.lines().find(|line| is_marked(line)) {
            let message = format!("www/hosting/{name} : une marque n'est pas connue : {line}");
            faults.push(Diagnostic::error(message).hint("sitegen/src/hosting.rs les nomme toutes"));
        }
        files.insert(format!("{FOLDER}{name}"), text.into_bytes());
    }
}

/// Whether a line has a mark: capitals between two `@`.
fn is_marked(line: &str) -> bool {
    let inside = line.split('@').skip(1);
    let capitals = |part: &str| part.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    inside
        .into_iter()
        .any(|part| !part.is_empty() && capitals(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn published(text: &str) -> (String, String) {
        let mut www = Tree::default();
        let source = Source::shared("www/hosting/a.conf", text);
        www.texts.insert("hosting/a.conf".to_owned(), source);
        let (mut files, mut faults) = (Files::new(), Faults::default());
        add(&mut files, &www, "/care/", &mut faults);
        let text = String::from_utf8(files["heberger/a.conf"].clone()).expect("UTF-8");
        (text, faults.render(false))
    }

    #[test]
    fn marks_are_filled_in() {
        let (text, faults) = published("location @CHEMIN@ { a \"@CSP_TRAVAILLEUR@\"; }");
        assert_eq!(text, format!("location /care/ {{ a \"{TRAVAILLEUR}\"; }}"));
        assert_eq!(faults, "");
    }

    #[test]
    fn an_unknown_mark_stops_the_build() {
        assert!(published("a @CSPP@ b").1.contains("@CSPP@"));
        assert_eq!(published("@nomme path *.css; a@b.fr").1, "");
    }
}
