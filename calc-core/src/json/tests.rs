use super::*;

#[test]
fn reads_every_kind_of_value() {
    let valeur = lire(" {\"a\":[1.50,-2e3,true,null,\"\\u00e9\\ud83d\\ude00\\n\"]} ").unwrap();
    let elements = valeur.get("a").unwrap().liste();
    assert_eq!(elements[0], Json::Nombre("1.50"));
    assert_eq!(elements[1], Json::Nombre("-2e3"));
    assert_eq!(elements[4].texte(), Some("é😀\n"));
}

#[test]
fn refuses_what_is_not_json() {
    for texte in [
        "",
        "{",
        "[1,]",
        "{\"a\" 1}",
        "01",
        "1.",
        "NaN",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\x\"",
        "\"a\nb\"",
        "1 2",
        "'a'",
        "-",
        "tru",
        "\"\\u00g0\"",
        "\"\\u+123\"",
    ] {
        assert!(lire(texte).is_err(), "{texte}");
    }
}

#[test]
fn depth_is_bounded() {
    assert!(lire(&"[".repeat(100_000)).is_err());
    assert!(lire(&format!("{}1{}", "[".repeat(64), "]".repeat(64))).is_ok());
    assert!(lire(&format!("{}1{}", "[".repeat(65), "]".repeat(65))).is_err());
}

#[test]
fn length_is_bounded() {
    let liste = |nombre: usize| format!("[{}]", vec!["1"; nombre].join(","));
    assert!(lire(&liste(5_000)).is_ok());
    assert!(lire(&liste(5_001)).is_err());
    let objet = |nombre: usize| format!("{{{}}}", vec!["\"a\":1"; nombre].join(","));
    assert!(lire(&objet(5_000)).is_ok());
    assert!(lire(&objet(5_001)).is_err());
    let texte = |octets: usize| format!("\"{}\"", "x".repeat(octets - 2));
    assert!(lire(&texte(OCTETS_MAX)).is_ok());
    assert!(lire(&texte(OCTETS_MAX + 1)).is_err());
}

#[test]
fn the_place_of_a_fault_is_told_in_characters() {
    let erreur = lire("{\n \"é\" 1}").unwrap_err();
    assert_eq!((erreur.ligne, erreur.colonne), (2, 6));
}
