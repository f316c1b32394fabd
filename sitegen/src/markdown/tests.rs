//! What texts become, and what they may not hold.

use super::*;
use crate::html::Vue;

/// Reads a text for a test; its faults, rendered.
pub(crate) fn parse(text: &str) -> (Texte, String) {
    let source = Source::shared("x.md", text);
    let mut faults = Faults::default();
    let place = |span: &Range<usize>| span.clone();
    let markdown = Markdown {
        source: &source,
        texte: text,
        place: &place,
    };
    (read(&markdown, &mut faults), faults.render(false))
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let (texte, faults) = parse(text);
    assert_eq!(faults, "");
    assert_eq!(texte.html(&Vue::page("../../")), expected);
}

#[test]
fn texts_become_markup() {
    check(
        "L'« audit » : **60** jours.\n",
        "<p>L’«\u{a0}audit\u{a0}»\u{a0}: <strong>60</strong>\u{a0}jours.</p>\n",
    );
    check("`l'option  :`", "<p><code>l'option  :</code></p>\n");
    check("```\nl'a : b\n```", "<pre><code>l'a : b\n</code></pre>\n");
    check("[q](faq:3.9)", "<p><a href=\"../../faq/3-9/\">q</a></p>\n");
    check("<a@b.fr>", "<p><a href=\"mailto:a@b.fr\">a@b.fr</a></p>\n");
    check("## Où ?", "<h2 id=\"ou\">Où\u{202f}?</h2>\n");
    check(
        "## Un {#deux}\n## Un\n## Un",
        "<h2 id=\"deux\">Un</h2>\n<h2 id=\"un\">Un</h2>\n<h2 id=\"un-2\">Un</h2>\n",
    );
    check("a & b", "<p>a &amp; b</p>\n");
    // What marks the holes of a text.
    check(
        "a \0L\0 `\0`",
        "<p>a \u{fffd}L\u{fffd} <code>\u{fffd}</code></p>\n",
    );
}

#[test]
fn aligned_tables_use_classes() {
    let expected = "<div class=\"tableau\" role=\"region\" aria-label=\"Tableau\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">A</th><th scope=\"col\" class=\"aligne-droite\">B</th></tr></thead><tbody>\n<tr><td>1</td><td class=\"aligne-droite\">2</td></tr>\n</tbody></table>\n</div>\n";
    check("| A | B |\n|---|--:|\n| 1 | 2 |\n", expected);
}

#[test]
fn what_a_text_may_not_hold_is_refused() {
    for (text, message, place) in [
        ("<b>x</b>", "du HTML", "x.md:1:1"),
        ("a\n\n<script>x</script>\n", "du HTML", "x.md:3:1"),
        ("<!-- x -->", "du HTML", "x.md:1:1"),
        ("a ![x](y.png)", "une image", "x.md:1:3"),
        ("[a](faq:3.9 \"t\")", "titre entre guillemets", "x.md:1:1"),
        ("a [x](javascript:alert(1))", "« javascript: »", "x.md:1:3"),
        ("[x](http://a.fr)", "« http: »", "x.md:1:1"),
        ("# Un", "premier niveau", "x.md:1:1"),
        ("## Un {.classe}", "autre attribut", "x.md:1:1"),
        ("## Un {onclick=x}", "autre attribut", "x.md:1:1"),
        ("## Un {#x}\n\n## Deux {#x}", "deux fois", "x.md:3:1"),
        ("## Un {#É}", "ne peut pas être une ancre", "x.md:1:1"),
    ] {
        let (_, faults) = parse(text);
        assert!(
            faults.contains(message) && faults.contains(place),
            "{text}\n{faults}"
        );
    }
}

#[test]
fn anchors_are_plain_letters() {
    for (text, expected) in [
        ("Couverture des entités", "couverture-des-entites"),
        ("Où ?", "ou"),
        ("L’œuvre — 2", "l-oeuvre-2"),
        ("?", ""),
    ] {
        assert_eq!(slug(text), expected);
    }
}

#[test]
fn passages_follow_the_headings() {
    let (texte, _) = parse("Un [lien](faq:3.9).\n\n- a\n- b\n\n## Titre {#t}\n\nDeux.\n");
    let read: Vec<_> = texte
        .passages
        .iter()
        .map(|p| (p.ancre.as_str(), p.intertitre.as_str(), p.texte.as_str()))
        .collect();
    assert_eq!(read, [("", "", "Un lien. a b"), ("t", "Titre", "Deux.")]);
}

#[test]
fn on_paper_questions_are_anchors_and_headings_sink() {
    let (texte, _) = parse("## Un\n\n[a](faq:3.9) [b](#un) [c](objectif:CAND)\n");
    let vue = Vue {
        racine: "../",
        prefixe: "q-3-1-",
        decalage: 2,
        imprime: true,
    };
    assert_eq!(
        texte.html(&vue),
        "<h4 id=\"q-3-1-un\">Un</h4>\n<p><a href=\"#q-3-9\">a</a> <a href=\"#q-3-1-un\">b</a> <a href=\"../objectifs/cand/\">c</a></p>\n"
    );
}
