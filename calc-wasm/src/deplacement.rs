//! Moving a planned audit: the days that it may take, and the words for it.

use crate::prelude::*;
use calc_core::{Dossier, Lieu, francais, jours_entre, plus_jours};
use chrono::NaiveDate;

/// The days that the other audits of the same directory, or of the same perimeter and tool, hold already.
pub(crate) fn taken(dossier: &Dossier, lieu: Lieu) -> Vec<NaiveDate> {
    let audit = lieu.audit.unwrap_or(usize::MAX);
    if lieu.liste == "annuaires" {
        let annuaire = dossier.annuaires.get(lieu.rang);
        let audits = annuaire.into_iter().flat_map(|annuaire| &annuaire.audits);
        let autres = audits.enumerate().filter(|(rang, _)| *rang != audit);
        return autres.map(|(_, audit)| audit.date).collect();
    }
    let Some(perimetre) = dossier.perimetres.get(lieu.rang) else {
        return Vec::new();
    };
    let outil = perimetre.audits.get(audit).and_then(|audit| audit.outil);
    let audits = perimetre.audits.iter().enumerate();
    audits
        .filter(|(rang, autre)| *rang != audit && autre.outil == outil)
        .map(|(_, autre)| autre.date)
        .collect()
}

/// The free day nearest to `cible` in the direction of the move, within `[min, max]`; none where there is none.
pub(crate) fn free_day(
    prises: &[NaiveDate],
    cible: NaiveDate,
    sens: i64,
    (min, max): (NaiveDate, NaiveDate),
) -> Option<NaiveDate> {
    let mut jour = cible.min(max).max(min);
    while prises.contains(&jour) {
        jour = plus_jours(jour, if sens < 0 { -1 } else { 1 });
    }
    (min <= jour && jour <= max).then_some(jour)
}

/// The days that a key moves by.
pub(crate) fn step(touche: &str) -> Option<i64> {
    Some(match touche {
        "ArrowRight" | "ArrowUp" => 1,
        "ArrowLeft" | "ArrowDown" => -1,
        "PageUp" => 7,
        "PageDown" => -7,
        _ => return None,
    })
}

/// « 14 décembre 2026, 4 jours plus tard ».
pub(crate) fn say_move(origine: NaiveDate, date: NaiveDate) -> String {
    let jours = jours_entre(origine, date);
    let mut phrase = francais::date(date);
    if jours != 0 {
        let sens = if jours > 0 {
            " plus tard"
        } else {
            " plus tôt"
        };
        let nombre = jours.abs();
        let nom = francais::pluriel(nombre, "\u{a0}jour", "\u{a0}jours");
        for morceau in [", ", &francais::nombre(nombre), nom, sens] {
            phrase.push_str(morceau);
        }
    }
    phrase
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::essais::exemple;
    use calc_core::lire_date;

    fn jour(texte: &str) -> NaiveDate {
        lire_date(texte).expect(texte)
    }

    #[test]
    fn a_day_held_by_another_audit_is_stepped_over() {
        let prises = ["2026-12-10", "2026-12-11"].map(jour);
        let bornes = (jour("2026-12-09"), jour("2026-12-31"));
        for (cible, sens, attendu) in [
            ("2026-12-12", 1, Some("2026-12-12")),
            ("2026-12-10", 1, Some("2026-12-12")),
            ("2026-12-11", -1, Some("2026-12-09")),
            ("2026-11-01", -1, Some("2026-12-09")),
            ("2027-11-01", 1, Some("2026-12-31")),
        ] {
            let libre = free_day(&prises, jour(cible), sens, bornes);
            assert_eq!(libre, attendu.map(jour), "{cible} {sens}");
        }
        let serrees = (jour("2026-12-10"), jour("2026-12-11"));
        assert_eq!(free_day(&prises, jour("2026-12-10"), 1, serrees), None);
        assert_eq!(
            free_day(&[], jour("2026-12-10"), 1, (bornes.1, bornes.0)),
            None
        );
    }

    #[test]
    fn only_the_audits_that_would_be_refused_hold_their_day() {
        let dossier = exemple();
        let lieu = |liste, audit| Lieu {
            liste,
            rang: 0,
            audit: Some(audit),
        };
        assert_eq!(taken(&dossier, lieu("annuaires", 4)).len(), 5);
        assert_eq!(taken(&dossier, lieu("perimetres", 4)), [jour("2027-02-11")]);
        assert_eq!(taken(&dossier, lieu("perimetres", 0)).len(), 3);
    }

    #[test]
    fn a_move_is_told_from_where_it_began() {
        let debut = jour("2026-12-10");
        assert_eq!(say_move(debut, debut), "10\u{a0}décembre 2026");
        assert_eq!(
            say_move(debut, jour("2026-12-11")),
            "11\u{a0}décembre 2026, 1\u{a0}jour plus tard"
        );
        assert_eq!(
            say_move(debut, jour("2026-12-03")),
            "3\u{a0}décembre 2026, 7\u{a0}jours plus tôt"
        );
    }

    #[test]
    fn keys_move_by_a_day_or_a_week() {
        let pas: Vec<_> = ["ArrowRight", "ArrowLeft", "PageUp", "PageDown", "Tab"]
            .map(step)
            .into();
        assert_eq!(pas, [Some(1), Some(-1), Some(7), Some(-7), None]);
    }
}
