use super::*;

fn champ(place: usize, genre: Genre, texte: &str) -> Noeud {
    Noeud::Champ(Champ::new(place, genre, texte.into(), None))
}

fn requis(place: usize, genre: Genre, texte: &str) -> Noeud {
    Noeud::Champ(Champ::new(
        place,
        genre,
        texte.into(),
        Some("Manque.".into()),
    ))
}

fn groupe(membres: Vec<(&str, Noeud)>) -> Groupe {
    let membres = membres
        .into_iter()
        .map(|(cle, noeud)| (cle.to_owned(), noeud))
        .collect();
    Groupe {
        membres,
        ..Groupe::default()
    }
}

fn audit(place: usize, date: &str, score: &str) -> Groupe {
    groupe(vec![
        ("date", requis(place, Genre::Date, date)),
        ("score", champ(place + 1, Genre::Entier, score)),
    ])
}

fn annuaire(audits: Vec<Groupe>) -> Groupe {
    let mut ligne = groupe(vec![
        ("nom", champ(1, Genre::Texte, "AD")),
        (
            "entites",
            Noeud::Entites {
                place: 2,
                ids: vec!["e1".into(), "e2".into()],
            },
        ),
        ("audits", Noeud::Liste(audits)),
    ]);
    ligne.id = Some("ad1".into());
    ligne
}

fn racine(audits: Vec<Groupe>) -> Groupe {
    let mut racine = groupe(vec![
        (
            "phase",
            Noeud::Groupe(groupe(vec![("debut", champ(0, Genre::Date, "20/03/2026"))])),
        ),
        ("annuaires", Noeud::Liste(vec![annuaire(audits)])),
    ]);
    racine.reste = r#"{"version":1,"budget":{"annee":2023}}"#.into();
    racine
}

#[test]
fn the_tree_becomes_the_json_of_the_dossier() {
    let lecture = read_form(&racine(vec![audit(3, "10 mai 2026", "3")]));
    let attendu = concat!(
        r#"{"phase":{"debut":"2026-03-20"},"annuaires":[{"id":"ad1","nom":"AD","entites":["e1","e2"],"#,
        r#""audits":[{"date":"2026-05-10","score":3}]}],"version":1,"budget":{"annee":2023}}"#
    );
    assert_eq!(lecture.json, attendu);
    assert_eq!(lecture.fautes, []);
}

#[test]
fn an_empty_form_is_an_empty_dossier() {
    let mut vide = groupe(vec![
        (
            "phase",
            Noeud::Groupe(groupe(vec![("debut", requis(0, Genre::Date, ""))])),
        ),
        ("annuaires", Noeud::Liste(vec![])),
    ]);
    vide.reste = "{\"version\":1}".into();
    assert_eq!(read_form(&vide).json, "{\"version\":1}");
    assert_eq!(read_form(&vide).fautes, []);
}

#[test]
fn a_list_said_to_be_empty_stays_so() {
    let racine = groupe(vec![("exercices", Noeud::Aucun)]);
    assert_eq!(read_form(&racine).json, "{\"exercices\":[]}");
}

#[test]
fn a_row_being_begun_is_left_out_and_the_paths_follow() {
    let racine = racine(vec![audit(3, "", ""), audit(5, "10/05/2026", "9")]);
    let lecture = read_form(&racine);
    assert!(
        lecture
            .json
            .contains(r#""audits":[{"date":"2026-05-10","score":9}]"#)
    );
    assert_eq!(racine.place_of("annuaires[0].audits[0].score"), Some(6));
}

#[test]
fn a_field_not_understood_is_a_fault_and_stays_out() {
    let lecture = read_form(&racine(vec![audit(3, "31/04/2026", "trois")]));
    let places: Vec<_> = lecture
        .fautes
        .iter()
        .map(|faute| (faute.place, faute.manquant))
        .collect();
    assert_eq!(places, [(Some(3), false), (Some(4), false)]);
    assert!(lecture.json.contains(r#""audits":[{}]"#));
}

#[test]
fn a_required_field_is_missing_only_where_its_row_is_begun() {
    let lecture = read_form(&racine(vec![audit(3, "", "2"), audit(5, "", "")]));
    assert_eq!(
        lecture.fautes,
        [Faute {
            place: Some(3),
            message: "Manque.".into(),
            manquant: true
        }]
    );
}

#[test]
fn a_path_leads_to_its_field_or_to_the_nearest_one() {
    let racine = racine(vec![
        audit(3, "10/05/2026", "3"),
        audit(5, "10/05/2026", "3"),
    ]);
    for (chemin, place) in [
        ("phase.debut", Some(0)),
        ("annuaires[0].audits[1].date", Some(5)),
        ("annuaires[0].audits[1]", Some(5)),
        ("annuaires[0].entites[1]", Some(2)),
        ("annuaires[0]", Some(1)),
        ("annuaires[0].finess", Some(1)),
        ("exercices[0].entites[0]", None),
        ("annuaires[0].audits[1].outil.x", None),
        ("", None),
    ] {
        assert_eq!(racine.place_of(chemin), place, "{chemin}");
    }
}

#[test]
fn a_field_of_a_block_not_begun_can_be_reached() {
    let phase = groupe(vec![("debut", requis(7, Genre::Date, ""))]);
    let racine = groupe(vec![("phase", Noeud::Groupe(phase))]);
    for (chemin, place) in [("phase.debut", Some(7)), ("phase", Some(7))] {
        assert_eq!(racine.place_of(chemin), place, "{chemin}");
    }
}

#[test]
fn a_field_is_replaced_at_its_place_alone() {
    let mut racine = racine(vec![audit(3, "10/05/2026", "3")]);
    *racine.at(4).expect("the score") = champ(4, Genre::Entier, "5");
    *racine.at(2).expect("the boxes") = Noeud::Entites {
        place: 2,
        ids: vec!["e2".into()],
    };
    let json = read_form(&racine).json;
    assert!(json.contains(r#""score":5"#) && json.contains(r#""entites":["e2"]"#));
    assert_eq!(racine.at(9), None);
}

#[test]
fn a_snapshot_keeps_what_is_not_finished() {
    let racine = groupe(vec![(
        "annuaires",
        Noeud::Liste(vec![annuaire(vec![
            audit(3, "31/02", ""),
            audit(5, "", ""),
        ])]),
    )]);
    let attendu = r#"{"annuaires":[{"id":"ad1","nom":"AD","entites":["e1","e2"],"audits":[{"date":"31/02"},{}]}]}"#;
    assert_eq!(snapshot(&racine), attendu);
}

#[test]
fn a_row_goes_where_its_list_is() {
    let mut racine = racine(vec![audit(3, "10/05/2026", "3")]);
    let annuaire = racine.rows_mut("annuaires").expect("list").first_mut();
    let audits = annuaire.and_then(|ligne| ligne.rows_mut("audits"));
    audits
        .expect("audits")
        .insert(0, audit(7, "10/04/2026", "1"));
    let json = read_form(&racine).json;
    assert!(json.find("2026-04-10") < json.find("2026-05-10"));
    assert_eq!(racine.place_of("annuaires[0].audits[1].date"), Some(3));
}
