use super::*;
use crate::essais::{exemple, programme};
use calc_core::{evaluate, lire_date, plus_jours, read_dossier};

fn jour(texte: &str) -> NaiveDate {
    lire_date(texte).expect(texte)
}

fn see(dossier: &Dossier, aujourdhui: &str) -> Frise {
    let programme = programme();
    let evaluation = evaluate(dossier, &programme, jour(aujourdhui));
    frise(dossier, &evaluation, &programme)
}

#[test]
fn every_audit_is_drawn_once_done_up_to_today_and_planned_after() {
    for (aujourdhui, faits) in [("2026-12-09", 4), ("2026-12-10", 5), ("2026-12-11", 5)] {
        let frise = see(&exemple(), aujourdhui);
        let rang = &frise.rangs[0];
        assert_eq!(
            (rang.faits.len(), rang.prevus.len()),
            (faits, 6 - faits),
            "{aujourdhui}"
        );
        assert_eq!(rang.ecarts.iter().filter(|e| e.genre == "court").count(), 5);
    }
}

#[test]
fn a_planned_audit_knows_its_place_in_the_dossier() {
    let frise = see(&exemple(), "2026-11-23");
    let curseur = &frise.rangs[2].prevus[1];
    let lieu = curseur.lieu;
    assert_eq!(
        (lieu.liste, lieu.rang, lieu.audit),
        ("perimetres", 0, Some(5))
    );
    assert_eq!(curseur.date, jour("2027-02-11"));
    assert_eq!(curseur.piece.genre, "industriel");
    assert_eq!(
        curseur.nom,
        "Exposition du GHT, plateforme industrielle, CVSS\u{a0}6,5"
    );
    assert_eq!(curseur.piece.x, frise.axe.x(curseur.date));
}

/// Two exposure audits, the second so many days after the first.
fn gap_of(jours: i64) -> Rang {
    let second = plus_jours(jour("2026-05-01"), jours);
    let json = format!(
        r#"{{"phase":{{"debut":"2026-03-20"}},"perimetres":[{{"id":"p","audits":[
        {{"date":"2026-05-01","outil":"silene"}},{{"date":"{second}","outil":"silene"}}]}}]}}"#
    );
    see(&read_dossier(&json).expect("dossier"), "2026-11-23")
        .rangs
        .remove(0)
}

#[test]
fn gaps_are_told_apart_at_their_thresholds() {
    for (jours, genre, texte) in [
        (59, "court", ""),
        (60, "court", ""),
        (61, "long", "61\u{a0}j"),
        (99, "long", "99\u{a0}j"),
        (100, "trop", "100\u{a0}j"),
        (101, "trop", "101\u{a0}j"),
    ] {
        let rang = gap_of(jours);
        let ecart = &rang.ecarts[0];
        assert_eq!(
            (ecart.genre, ecart.texte.as_str()),
            (genre, texte),
            "{jours}"
        );
        assert_eq!(rang.lignes[1].ecart, days(jours));
    }
}

#[test]
fn windows_and_limits_are_those_of_the_evaluation() {
    let frise = see(&exemple(), "2026-11-23");
    let rang = &frise.rangs[2];
    let genres: Vec<_> = rang.bandes.iter().map(|bande| bande.genre).collect();
    assert_eq!(genres, ["antepenultieme", "dernier"]);
    assert!(
        rang.bandes[1]
            .titre
            .contains("du 20\u{a0}janvier 2027 au 20\u{a0}mars 2027"),
        "{}",
        rang.bandes[1].titre
    );
    assert!(
        rang.bandes[0]
            .titre
            .contains("du 13\u{a0}décembre 2026 au 10\u{a0}février 2027"),
        "{}",
        rang.bandes[0].titre
    );
    // The last audit of 23 October + 99 days.
    let maximum = rang
        .limites
        .iter()
        .find(|limite| limite.genre == "maximum")
        .expect("maximum");
    assert_eq!(maximum.x, frise.axe.x(jour("2027-01-30")));
    assert!(frise.rangs[0].bandes.is_empty());
    assert!(
        frise.rangs[0]
            .limites
            .iter()
            .all(|limite| limite.genre != "maximum")
    );
}

#[test]
fn dates_of_the_dossier_are_lettered_in_order() {
    let frise = see(&exemple(), "2026-11-23");
    let lettres: Vec<_> = frise
        .reperes
        .iter()
        .map(|repere| repere.texte.as_str())
        .collect();
    assert_eq!(lettres, ["A", "B", "C", "D", "", "E", "F"]);
    assert_eq!(frise.reperes[4].genre, "aujourdhui");
    assert!(frise.reperes.is_sorted_by_key(|repere| repere.x));
    assert_eq!(
        frise.reperes[1].titre,
        "Début de la phase\u{a0}: 20\u{a0}mars 2026"
    );
    assert_eq!(
        (frise.rythme.len(), frise.rythme[5].texte.as_str()),
        (6, "+360")
    );
}

#[test]
fn what_does_not_count_makes_no_gap() {
    let json = r#"{"phase":{"debut":"2026-03-20"},"perimetres":[{"id":"p","audits":[
        {"date":"2026-03-19","outil":"silene"},{"date":"2026-05-01","outil":"cybersurveillance"},
        {"date":"2026-05-02","outil":"silene"},{"date":"2027-05-02","outil":"silene"}]}]}"#;
    let frise = see(&read_dossier(json).expect("dossier"), "2026-11-23");
    let rang = &frise.rangs[0];
    assert!(rang.ecarts.iter().all(|ecart| ecart.genre == "delai"));
    let etats: Vec<_> = rang.lignes.iter().take(4).map(|ligne| ligne.etat).collect();
    assert_eq!(
        etats,
        [
            "fait, ne compte pas",
            "fait, ne compte pas",
            "fait",
            "prévu, ne compte pas"
        ]
    );
    assert_eq!(
        (rang.faits.len(), rang.prevus.len()),
        (3, 0),
        "drawn inside the axis alone"
    );
}

#[test]
fn nothing_typed_still_makes_a_picture() {
    let frise = see(&read_dossier("{}").expect("dossier"), "2026-11-23");
    assert!(frise.rangs.is_empty() && frise.rythme.is_empty());
    assert_eq!(frise.mois.len(), 15);
}
