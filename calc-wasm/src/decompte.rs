//! Verdicts in a few words: how many of each, the worst first.

use crate::prelude::*;
use calc_core::{Controle, Verdict};

/// « 4 autres contrôles : 1 perdu, 3 atteints »; empty where there are none.
pub(crate) fn others(autres: &[Controle]) -> String {
    let nombre = match autres.len() {
        0 => return String::new(),
        1 => return ["1\u{a0}autre contrôle\u{a0}: ", autres[0].verdict.libelle()].concat(),
        nombre => nombre,
    };
    let verdicts: Vec<Verdict> = autres.iter().map(|controle| controle.verdict).collect();
    [
        &nombre.to_string(),
        "\u{a0}autres contrôles\u{a0}: ",
        &count_verdicts(&verdicts, ""),
    ]
    .concat()
}

/// « 1 objectif perdu, 2 incomplets, 1 à confirmer »: the worst first, the noun once.
pub(crate) fn count_verdicts(verdicts: &[Verdict], nom: &str) -> String {
    let mut phrase = String::new();
    let mut premier = true;
    for verdict in Verdict::TOUS.iter().rev() {
        let nombre = verdicts.iter().filter(|autre| *autre == verdict).count();
        if nombre == 0 {
            continue;
        }
        phrase.push_str(if premier { "" } else { ", " });
        phrase.push_str(&nombre.to_string());
        phrase.push('\u{a0}');
        if !nom.is_empty() && premier {
            phrase.push_str(nom);
            phrase.push_str(if nombre > 1 { "s " } else { " " });
        }
        phrase.push_str(verdict.libelle());
        let variable = matches!(
            verdict,
            Verdict::Perdu
                | Verdict::NonAtteint
                | Verdict::Incomplet
                | Verdict::Prevu
                | Verdict::Atteint
        );
        phrase.push_str(if variable && nombre > 1 { "s" } else { "" });
        premier = false;
    }
    phrase
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_counted_the_worst_first() {
        use Verdict::{AConfirmer, Atteint, Incomplet, Perdu, Prevu};
        let phrase = count_verdicts(
            &[Atteint, Perdu, Incomplet, Incomplet, AConfirmer],
            "objectif",
        );
        assert_eq!(
            phrase,
            "1\u{a0}objectif perdu, 2\u{a0}incomplets, 1\u{a0}à confirmer, 1\u{a0}atteint"
        );
        assert_eq!(
            count_verdicts(&[Prevu, Prevu], "objectif"),
            "2\u{a0}objectifs prévus"
        );
        assert_eq!(
            count_verdicts(&[AConfirmer, AConfirmer], ""),
            "2\u{a0}à confirmer"
        );
    }
}
