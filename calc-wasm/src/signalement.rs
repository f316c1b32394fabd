//! A result that a reader finds wrong, as a worked example: the file that `content/exemples/` holds, ready to be
//! dropped there.

use crate::prelude::*;
use calc_core::{Dossier, Evaluation, ecrire_date};

/// What the reader says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signalement<'a> {
    /// The objective: `D1.O2.A`.
    pub(crate) objectif: &'a str,
    /// The verdict expected: `atteint`.
    pub(crate) attendu: &'a str,
    /// Why, in the reader's words.
    pub(crate) pourquoi: &'a str,
}

/// The file of an example.
pub(crate) fn example(
    signalement: &Signalement,
    dossier: &Dossier,
    evaluation: &Evaluation,
) -> String {
    let mut jour = String::new();
    ecrire_date(evaluation.date, &mut jour);
    let resultat = evaluation
        .objectifs
        .iter()
        .find(|resultat| resultat.code.code() == signalement.objectif);
    let sources = resultat
        .and_then(|resultat| resultat.controles.first())
        .map_or(&[][..], |controle| controle.sources);
    let calcule = resultat.map_or("", |resultat| resultat.verdict.as_str());
    let pourquoi = match signalement.pourquoi.trim() {
        "" => "À compléter\u{a0}: ce qui est attendu, et pourquoi.",
        pourquoi => pourquoi,
    };
    let lignes = [
        "titre = ",
        &quote(&["Résultat signalé sur ", signalement.objectif].concat()),
        "\npourquoi = ",
        &quote(pourquoi),
        "\ndate = ",
        &jour,
        "\nquestions = [",
        &sources
            .iter()
            .map(|source| quote(source))
            .collect::<Vec<_>>()
            .join(", "),
        "]\ndossier = '''\n",
        &literal(&dossier.to_json()),
        "\n'''\n\n# Le calculateur donne aujourd'hui \"",
        calcule,
        "\" (règles de la version ",
        &evaluation.programme,
        ").\n[attendu]\n",
        &quote(signalement.objectif),
        " = ",
        &quote(signalement.attendu),
        "\n",
    ];
    lignes.concat()
}

/// `signalement-d1-o2-a.toml`: its name is its anchor on the page of the examples.
pub(crate) fn name(objectif: &str) -> String {
    [
        "signalement-",
        &objectif.to_ascii_lowercase().replace('.', "-"),
        ".toml",
    ]
    .concat()
}

/// Takes out what names people and places: the rules read none of it.
pub(crate) fn without_names(dossier: &mut Dossier) {
    if let Some(candidat) = &mut dossier.candidat {
        candidat.nom = None;
        candidat.numero_ecare = None;
    }
    for entite in &mut dossier.entites {
        entite.nom = None;
        entite.finess = None;
    }
    dossier
        .annuaires
        .iter_mut()
        .for_each(|ligne| ligne.nom = None);
    dossier
        .perimetres
        .iter_mut()
        .for_each(|ligne| ligne.nom = None);
    dossier
        .depenses
        .iter_mut()
        .for_each(|ligne| ligne.libelle = None);
}

/// A TOML string on one line.
fn quote(texte: &str) -> String {
    let mut sortie = String::from("\"");
    for signe in texte.chars() {
        match signe {
            '"' | '\\' => {
                sortie.push('\\');
                sortie.push(signe);
            }
            // The site fills in `{{ … }}`: words of a reader stay words.
            '{' => sortie.push('('),
            _ if signe.is_control() => sortie.push(' '),
            _ => sortie.push(signe),
        }
    }
    sortie.push('"');
    sortie
}

/// JSON that a TOML literal string can hold: what would end it, or may not stand in it, is written as JSON escapes it.
fn literal(json: &str) -> String {
    let mut sortie = String::with_capacity(json.len());
    let mut apostrophe = false;
    for signe in json.chars() {
        let suite = apostrophe && signe == '\'';
        apostrophe = signe == '\'' && !suite;
        match signe {
            '\'' if suite => sortie.push_str("\\u0027"),
            '\u{7f}' => sortie.push_str("\\u007f"),
            _ => sortie.push(signe),
        }
    }
    sortie
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::essais::programme;
    use calc_core::{Verdict, evaluate, lire_date, read_dossier};

    const PIRE: &str = "l'''AD \\ \"x\" \u{7f} \t\n é";

    fn dossier() -> Dossier {
        let json = [
            r#"{"phase":{"debut":"2026-03-20"},"candidat":{"nom":"GHT","type":"ght"},"entites":[{"id":"e1","nom":"CHU"}],"annuaires":[{"id":"ad1","nom":"#,
            &crate::texte::quote(PIRE),
            r#","entites":["e1"],"mode":"local"}]}"#,
        ];
        read_dossier(&json.concat()).expect("dossier")
    }

    fn written(pourquoi: &str, dossier: &Dossier) -> toml::Table {
        let jour = lire_date("2026-08-20").expect("date");
        let evaluation = evaluate(dossier, &programme(), jour);
        let signalement = Signalement {
            objectif: "D1.O1.A",
            attendu: "prevu",
            pourquoi,
        };
        example(&signalement, dossier, &evaluation)
            .parse()
            .expect("TOML")
    }

    #[test]
    fn the_file_holds_the_dossier_and_what_is_expected() {
        let dossier = dossier();
        let lu = written("Q3.1 dit \"60\" \\ \n jours", &dossier);
        assert_eq!(lu["pourquoi"].as_str(), Some("Q3.1 dit \"60\" \\   jours"));
        assert_eq!(lu["attendu"]["D1.O1.A"].as_str(), Some("prevu"));
        assert_eq!(lu["date"].to_string(), "2026-08-20");
        assert!(
            lu["questions"]
                .as_array()
                .is_some_and(|liste| !liste.is_empty())
        );
        let relu = read_dossier(lu["dossier"].as_str().expect("text")).expect("dossier");
        assert_eq!(relu, dossier);
        assert_eq!(name("D1.O1.A"), "signalement-d1-o1-a.toml");
    }

    #[test]
    fn names_can_stay_at_home_and_the_verdicts_are_the_same() {
        let (complet, mut anonyme) = (dossier(), dossier());
        without_names(&mut anonyme);
        let texte = anonyme.to_json();
        assert!(!texte.contains("nom"), "{texte}");
        let jour = lire_date("2026-08-20").expect("date");
        let verdicts = |dossier: &Dossier| -> Vec<Verdict> {
            let evaluation = evaluate(dossier, &programme(), jour);
            evaluation
                .objectifs
                .iter()
                .map(|resultat| resultat.verdict)
                .collect()
        };
        assert_eq!(verdicts(&complet), verdicts(&anonyme));
        assert!(
            written("", &anonyme)["pourquoi"]
                .as_str()
                .is_some_and(|p| p.starts_with("À compléter"))
        );
    }
}
