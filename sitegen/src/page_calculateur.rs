//! The calculator: its page, and the calculator in one file.

use crate::cadre::Atelier;
use crate::context::{Cadre, Calculateur, CalculateurFichier, PartiesCalculateur};
use crate::offline;
use crate::pages::{CALCULATEUR, Page, page, place};
use crate::politique::{self, Politique};
use crate::vues::Vues;
use serde_json::{Map, Value, json};

/// `calculateur/`.
pub(crate) fn calculator(atelier: Atelier) -> Page {
    let contexte = calculator_context(atelier, Politique::Formulaire.csp());
    page("calculateur/", "calculateur.html", &contexte)
}

/// The calculator in one file, allowed to run what it carries and nothing else.
pub(crate) fn calculator_file(atelier: Atelier) -> Page {
    let dedans = &atelier.assets.dedans;
    let csp = politique::single_file(&dedans.script, &dedans.styles);
    let mut calculateur = calculator_context(atelier, csp);
    calculateur.cadre.canonique = None;
    let contexte = CalculateurFichier {
        calculateur,
        styles: dedans.styles.clone(),
        script: offline::SCRIPT.to_owned(),
        icone_data: dedans.icone.clone(),
        site_adresse: atelier.base_url.map(str::to_owned),
    };
    Page {
        fichier: offline::FICHIER.to_owned(),
        racine: "../".to_owned(),
        ..page("", "calculateur-hors-ligne.html", &contexte)
    }
}

fn calculator_context(atelier: Atelier, csp: String) -> Calculateur {
    let description = "Saisissez vos dates et vos audits : le calculateur dit, objectif par objectif, où en est votre dossier.";
    let place = place("calculateur/", CALCULATEUR, description);
    Calculateur {
        cadre: Cadre {
            csp,
            ..atelier.cadre(&place)
        },
        objectifs: Vues::new(atelier, "../").groupes(),
        nombre_exemples: atelier.site.exemples.len(),
    }
}

/// What both forms of the calculator carry alike.
pub(crate) fn calculator_parts(atelier: Atelier, racine: &str) -> PartiesCalculateur {
    let vues = Vues::new(atelier, racine);
    let questions = atelier.site.questions.iter().map(|question| {
        let lien = vues.lien_question(question);
        (lien.numero, json!({"titre": lien.titre, "href": lien.href}))
    });
    let questions: Map<String, Value> = questions.collect();
    PartiesCalculateur {
        programme_json: inside_script(&atelier.site.programme.json()),
        questions_json: inside_script(&Value::Object(questions)),
        regles: vues.regles(),
        parametres: vues.seuils(),
    }
}

/// JSON that no text can close the script element with.
fn inside_script(value: &Value) -> String {
    let escapes = [
        ('<', "\\u003c"),
        ('>', "\\u003e"),
        ('&', "\\u0026"),
        ('\u{2028}', "\\u2028"),
        ('\u{2029}', "\\u2029"),
    ];
    let json = value.to_string();
    let escapes = escapes.iter().filter(|(c, _)| json.contains(*c));
    let escapes: Vec<_> = escapes.collect();
    let escape = |json: String, (c, escape): &(char, &str)| json.replace(*c, escape);
    escapes.into_iter().fold(json, escape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_closes_the_script_element() {
        let json = inside_script(&json!({"a": "</script><!-- & \u{2028}"}));
        assert_eq!(
            json,
            r#"{"a":"\u003c/script\u003e\u003c!-- \u0026 \u2028"}"#
        );
    }
}
