//! The official text and its versions: what `import` reads, what `diff` tells, on a made-up text with every fault
//! that an extraction makes, and on the real one where it is at hand.

use serde_json::Value;
use std::path::Path;
use std::process::Output;
use tests::officiel::official_text;
use tests::projet::Projet;

/// A made-up official text: its questions are in the site's numbers, its words are nobody's.
const V1_0: &str = "\
QUESTIONS & RÉPONSES\n\nDomaine d'essai\n\nVersion : 1.0\nDu 7 avril 2026\n\n\
- 1.1. Qui peut jouer ?..... 2\n- 1.2. Que se passe-t-il si une équipe\n  se retire avant la fin ?\t2\n\
2. RÈGLES 3\n2.1. [D1.02 - Marquer] Combien de points faut-il ? 3\n2.2. Où trouver la liste ? 3\n\n\
1. JOUEURS\n\n1.1. Qui peut jouer ?\n\nToute équipe qui a moins de 100 jours d'ancienneté, et :\n\n\
- un capi-\ntaine ;\n•\nun arbitre.\n\n\
1.2. Que se passe-t-il si une équipe\nse retire avant la fin ?\nLe match s'arrête pour une\n\n\
2\n\u{c}Domaine d'essai\n\nseule journée. Il faut donner :\n\nla date ;\n\nle lieu.\n\n\
2. RÈGLES\n\n2.1. [D1.02 - Marquer] Combien de points faut-il ?\n\nIl faut 60 points, dont 1.2. fois le double en \u{fb01}n de match.\n\n\
3\n\u{c}Domaine d'essai\n\n2.2. Où trouver la liste complète ?\n\n1.2. La liste est sur [le site](#) : https://exemple.fr/liste.\n\n\
4\n\u{c}Domaine d'essai\n";

/// What is wrong with it, at its line and column.
const FAULTS: [(&str, &str); 10] = [
    ("22:1", "lu « capitaine »"),
    ("23:1", "une puce seule sur sa ligne"),
    ("33:1", "une phrase coupée en deux paragraphes"),
    ("35:1", "un élément de liste sans sa puce"),
    ("37:1", "un élément de liste sans sa puce"),
    ("41:7", "un zéro pour la lettre O : lu D1.O2"),
    ("43:48", "des lettres collées"),
    ("48:1", "le sommaire l'annonce autrement"),
    ("50:1", "n'est pas ici le début d'une question"),
    ("50:24", "a perdu son adresse"),
];

/// Its lines that are in no question.
const NOISE: [&str; 7] = [
    "1-7: page de garde",
    "8-14: sommaire",
    "15-15: titre de partie",
    "30-30: bruit de page",
    "31-31: bruit de page",
    "39-39: titre de partie",
    "53-53: bruit de page",
];

/// The same, changed: 2.1 says another number, 2.2 moved behind a new question, 1.2 is gone.
fn v1_1() -> String {
    let gone = V1_0
        .find("1.2. Que se passe-t-il si une équipe\nse")
        .expect("1.2");
    let next = V1_0.find("2. RÈGLES\n\n2.1").expect("2.1");
    let text = format!("{}{}", &V1_0[..gone], &V1_0[next..]);
    let text = text.replace(
        "- 1.2. Que se passe-t-il si une équipe\n  se retire avant la fin ?\t2\n",
        "",
    );
    let new = "2.2. Quand finit la saison ?\n\nLe dernier samedi de juin.\n\n2.3. Où trouver";
    text.replace(
        "Version : 1.0\nDu 7 avril 2026",
        "Version : 1.1\nDu 12 novembre 2026",
    )
    .replace("60 points", "45 points")
    .replace(
        "2.2. Où trouver la liste ? 3",
        "2.2. Quand finit la saison ? 3\n2.3. Où trouver la liste ? 3",
    )
    .replace("2.2. Où trouver", new)
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// The words of a text; the codes of objectives with their letter O.
fn words(text: &str) -> Vec<String> {
    let text = text.replace("D1.0", "D1.O").replace("D1-0", "D1-O");
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Every question of an imported folder, in order: number, title, text.
fn imported(content: &Path) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for file in tests::site::files(&content.join("faq")) {
        let text = std::fs::read_to_string(content.join("faq").join(&file)).expect("UTF-8");
        let (head, body) = text
            .trim_start_matches("+++\n")
            .split_once("\n+++\n")
            .expect("a head");
        let title = head
            .lines()
            .find_map(|line| line.strip_prefix("titre = "))
            .expect("a title");
        let title: String = serde_json::from_str(title).expect("a quoted title");
        let number = file
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        all.push((number, title, body.replace('\\', "")));
    }
    let key = |number: &str| -> Vec<u32> {
        number
            .split('.')
            .map(|n| n.parse().expect("a number"))
            .collect()
    };
    all.sort_by_key(|(number, ..)| key(number));
    all
}

#[test]
fn every_fault_of_an_extraction_is_mended_and_told_at_its_line() {
    let projet = Projet::copy().with_file("v1.txt", V1_0);
    let done = projet.sitegen(&["import", "v1.txt", "--out", "officiel"]);
    let told = stderr(&done);
    assert!(done.status.success(), "{told}");
    for (place, words) in FAULTS {
        let place = format!("v1.txt:{place}\n");
        let mut faults = told.split("avertissement\u{a0}: ");
        let found = faults.any(|fault| fault.contains(&place) && fault.contains(words));
        assert!(found, "{place}: {words}\n{told}");
    }
    assert_eq!(told.matches("-->").count(), 10, "{told}");
    let noise = stdout(&done);
    for lines in NOISE {
        assert!(noise.contains(lines), "{lines}\n{noise}");
    }
    let read = imported(&projet.path("officiel"));
    let expected = [
        (
            "1.1",
            "Qui peut jouer ?",
            "Toute équipe qui a moins de 100 jours d'ancienneté, et :\n\n- un capitaine ;\n- un arbitre.\n",
        ),
        (
            "1.2",
            "Que se passe-t-il si une équipe se retire avant la fin ?",
            "Le match s'arrête pour une seule journée. Il faut donner :\n\n- la date ;\n- le lieu.\n",
        ),
        (
            "2.1",
            "[D1.O2 - Marquer] Combien de points faut-il ?",
            "Il faut 60 points, dont 1.2. fois le double en fin de match.\n",
        ),
        (
            "2.2",
            "Où trouver la liste complète ?",
            "1.2. La liste est sur le site : <https://exemple.fr/liste>.\n",
        ),
    ];
    let expected = expected.map(|(n, t, b)| (n.to_owned(), t.to_owned(), b.to_owned()));
    assert_eq!(read, expected);
}

#[test]
fn a_comparison_lists_what_changed_and_nothing_else() {
    let projet = Projet::copy()
        .with_file("v1.txt", V1_0)
        .with_file("v2.txt", &v1_1());
    let arguments = [
        "diff",
        "v1.txt",
        "v2.txt",
        "--json",
        "--nouveaute",
        "brouillon.md",
    ];
    let done = projet.sitegen(&arguments);
    assert!(done.status.success(), "{}", stderr(&done));
    let said: Value = serde_json::from_str(&stdout(&done)).expect("JSON");
    assert_eq!(said["inchangees"], 1);
    assert_eq!(said["nouveau"]["date"], "2026-11-12");
    let seen: Vec<String> = said["questions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(change)
        .collect();
    let expected = [
        "1.2 > - supprimee | ",
        "2.1 > 2.1 modifiee | 60 > 45",
        "- > 2.2 nouvelle | ",
        "2.2 > 2.3 deplacee | ",
    ];
    assert_eq!(seen, expected);
    let draft = std::fs::read_to_string(projet.path("brouillon.md")).expect("a draft");
    for line in [
        "date = \"2026-11-12\"",
        "« 60 » devient « 45 »",
        "La question 2.2 devient la [question 2.3](faq:2.3)",
        "Nouvelle [question 2.2](faq:2.2)",
    ] {
        assert!(draft.contains(line), "{draft}");
    }
    let again = projet.sitegen(&arguments);
    assert_eq!(
        again.status.code(),
        Some(1),
        "an editor's file is never replaced"
    );
    let text = stdout(&projet.sitegen(&["diff", "v1.txt", "v2.txt"]));
    assert!(text.contains("Il faut [-60-] {+45+} points"), "{text}");
}

/// `old > new states | removed > added`
fn change(question: &Value) -> String {
    let number = |key: &str| question[key].as_str().unwrap_or("-").to_owned();
    let states: Vec<&str> = question["etats"]
        .as_array()
        .expect("states")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let words =
        ["mots_du_titre", "mots_de_la_reponse"].map(|key| question[key].as_array().expect("words"));
    let words: Vec<&str> = words
        .into_iter()
        .flatten()
        .filter_map(|piece| piece["retire"].as_str().or(piece["ajoute"].as_str()))
        .collect();
    let (old, new) = (number("ancien"), number("nouveau"));
    format!("{old} > {new} {} | {}", states.join("+"), words.join(" > "))
}

#[test]
fn what_rests_on_a_changed_question_is_named() {
    // Our own content, one answer changed: the interval of question 3.9.
    let from = "{{ param(\"intervalle_max_exposition_jours\") }}";
    let projet = Projet::copy();
    let old = projet.path("ancien");
    std::fs::create_dir_all(old.join("faq")).expect("a folder");
    for number in ["3.9", "3.10"] {
        let file = projet.path(&format!("content/faq/objectifs/{number}.md"));
        std::fs::copy(file, old.join(format!("faq/{number}.md"))).expect("copied");
    }
    let changed = std::fs::read_to_string(old.join("faq/3.9.md"))
        .expect("UTF-8")
        .replace(from, "90");
    let projet = projet.with_file("3.9.md", &changed);
    std::fs::create_dir_all(projet.path("neuf")).expect("a folder");
    std::fs::rename(projet.path("3.9.md"), projet.path("neuf/3.9.md")).expect("moved");
    std::fs::copy(old.join("faq/3.10.md"), projet.path("neuf/3.10.md")).expect("copied");
    let done = projet.sitegen(&["diff", "ancien", "neuf", "--json"]);
    assert!(done.status.success(), "{}", stderr(&done));
    let said: Value = serde_json::from_str(&stdout(&done)).expect("JSON");
    assert_eq!(
        said["questions"].as_array().map(Vec::len),
        Some(1),
        "{said}"
    );
    let review = &said["questions"][0]["a_revoir"];
    for (list, key, name) in [
        ("parametres", "cle", "intervalle_max_exposition_jours"),
        ("regles", "id", "D1.O2.A/intervalle-max"),
        ("exemples", "nom", "ecart-de-100-jours"),
        ("passages", "ancre", "cent-jours"),
        ("passages", "fichier", "content/guide/exposition.md"),
    ] {
        let all = review[list].as_array().expect("a list");
        assert!(
            all.iter().any(|item| item[key] == name),
            "{name}\n{review:#}"
        );
    }
}

#[test]
fn the_official_text_comes_through_word_for_word() {
    let Some(text) = official_text() else {
        return;
    };
    let projet = Projet::copy().with_file("texte.txt", &text);
    let done = projet.sitegen(&["import", "texte.txt", "--out", "officiel"]);
    assert!(done.status.success(), "{}", stderr(&done));
    let read = imported(&projet.path("officiel"));
    assert_eq!(read.len(), 67);
    // What is no noise, heading numbers aside, in the order of the text: nothing lost, nothing twice.
    let noise = stdout(&done);
    let kept = text
        .lines()
        .enumerate()
        .filter(|(rank, _)| !is_noise(&noise, rank + 1));
    let expected: Vec<String> = kept
        .flat_map(|(_, line)| words(without_number(line)))
        .collect();
    let ours = read
        .iter()
        .flat_map(|(_, title, body)| [words(title), words(body)].concat());
    let ours: Vec<String> = ours.collect();
    let first = ours.iter().zip(&expected).position(|(a, b)| a != b);
    let near = |list: &[String]| {
        list.iter()
            .skip(first.unwrap_or_default())
            .take(12)
            .cloned()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(near(&ours), near(&expected));
    assert_eq!(ours.len(), expected.len());
    let built = projet.sitegen(&["check", "officiel"]);
    assert!(built.status.success(), "{}", stderr(&built));
    let same = projet.sitegen(&["diff", "texte.txt", "officiel", "--json"]);
    let said: Value = serde_json::from_str(&stdout(&same)).expect("JSON");
    assert_eq!(
        (&said["inchangees"], &said["questions"]),
        (&67.into(), &Value::Array(Vec::new()))
    );
}

/// Whether `import` said that a line is in no question: `lines 20-102: sommaire`.
fn is_noise(said: &str, line: usize) -> bool {
    said.lines()
        .filter_map(|said| said.strip_prefix("lines "))
        .any(|said| {
            let (range, _) = said.split_once(':').expect("what they are");
            let (first, last) = range.split_once('-').expect("a range");
            (first.parse().expect("a line")..=last.parse().expect("a line")).contains(&line)
        })
}

/// A line without the number of the question that it opens.
fn without_number(line: &str) -> &str {
    let Some((number, rest)) = line.split_once(". ") else {
        return line;
    };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    match number.split_once('.') {
        Some((section, rank)) if digits(section) && digits(rank) => rest,
        _ => line,
    }
}

#[test]
fn altered_copies_of_the_official_text_are_told_exactly() {
    let Some(text) = official_text() else {
        return;
    };
    let body = text.find("\n1. CANDIDATURE").expect("the body");
    let (front, body) = text.split_at(body);
    let mut altered = body
        .replace("d'au plus 100 jours", "d'au plus 90 jours")
        .replace("fixée au **31 mars 2027**", "fixée au **30 avril 2027**");
    let gone = altered.find("\n3.10. ").expect("3.10");
    let next = altered.find("\n3.11. ").expect("3.11");
    altered.replace_range(gone..next, "");
    // 3.11 to 3.33 move up by one.
    for rank in 11..=33 {
        altered = altered.replace(&format!("\n3.{rank}. "), &format!("\n3.{}. ", rank - 1));
    }
    altered.push_str("\n\n4.8. Quelle couleur choisir ?\n\nLe vert convient.\n");
    let projet = Projet::copy().with_file("v1.txt", &text);
    let projet = projet.with_file("v2.txt", &format!("{front}{altered}"));
    let done = projet.sitegen(&["diff", "v1.txt", "v2.txt", "--json"]);
    assert!(done.status.success(), "{}", stderr(&done));
    let said: Value = serde_json::from_str(&stdout(&done)).expect("JSON");
    let seen: Vec<String> = said["questions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(change)
        .collect();
    let mut expected = vec![
        "3.9 > 3.9 modifiee | 100 > 90".to_owned(),
        "3.10 > - supprimee | ".to_owned(),
        "4.4 > 4.4 modifiee | 31 mars > 30 avril".to_owned(),
        "- > 4.8 nouvelle | ".to_owned(),
    ];
    let moved = (11..=33).map(|rank| format!("3.{rank} > 3.{} deplacee | ", rank - 1));
    expected.extend(moved);
    let sort = |mut list: Vec<String>| {
        list.sort();
        list
    };
    assert_eq!(sort(seen), sort(expected));
}
