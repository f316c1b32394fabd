//! Dates and amounts at the ends of what the door accepts: nothing overflows, nothing panics, whatever is asked of it.

mod commun;

use calc_core::{
    Dossier, RESERVE_JOURS, agenda, corrections, evaluate, fenetres_declaration, marges, plan,
    prochains_audits, read_dossier,
};
use commun::{jour, programme};

const COMPLET: &str = include_str!("dossier_complet.json");
const BOUTS: [&str; 4] = ["1900-01-01", "2000-02-29", "2028-02-29", "2199-12-31"];

/// Everything that can be asked of a dossier.
fn tout(lu: &Dossier, aujourdhui: &str) {
    let (programme, le) = (programme(), jour(aujourdhui));
    let evaluation = evaluate(lu, &programme, le);
    assert_eq!(evaluation.objectifs.len(), 10);
    assert!(evaluation.to_json().starts_with("{\"date\":"));
    let plan = plan(lu, &programme, le, RESERVE_JOURS);
    let planifie = evaluate(&plan.appliquer(lu, &programme), &programme, le);
    assert_eq!(planifie.objectifs.len(), 10);
    let evenements = marges(lu, &programme, le).len() + corrections(lu, &programme, le).len();
    assert!(evenements < 100);
    assert!(fenetres_declaration(lu, &programme, le).len() <= 4);
    assert!(prochains_audits(lu, &programme, le).len() <= 3);
    assert!(agenda(lu, &programme, le).ends_with("END:VCALENDAR\r\n"));
}

/// The places of the dates of a text.
fn dates(json: &str) -> Vec<usize> {
    let est_une_date = |rang: &usize| {
        let morceau = json.get(*rang..*rang + 12).unwrap_or_default();
        morceau.len() == 12
            && morceau.starts_with('"')
            && morceau.ends_with('"')
            && calc_core::lire_date(&morceau[1..11]).is_some()
    };
    let guillemets = json.match_indices('"').map(|(rang, _)| rang);
    guillemets.filter(est_une_date).collect()
}

#[test]
fn every_date_at_the_ends_of_the_calendar() {
    let places = dates(COMPLET);
    assert!(places.len() > 25, "{}", places.len());
    let mut lus = 0;
    for (rang, place) in places.into_iter().enumerate() {
        let bout = BOUTS[rang % BOUTS.len()];
        for bout in [bout, BOUTS[(rang + 1) % BOUTS.len()]] {
            let mut json = COMPLET.to_string();
            json.replace_range(place + 1..place + 11, bout);
            // An expense that ends before it begins is refused, and so are two audits on one day.
            let Ok(lu) = read_dossier(&json) else {
                continue;
            };
            let jours = ["1900-01-01", "2026-11-23", "2199-12-31"];
            tout(&lu, jours[rang % 3]);
            lus += 1;
        }
    }
    assert!(lus > 40, "{lus}");
}

/// As many elements as a list may have, each of the largest amount: the sums stay exact.
#[test]
fn sums_of_the_largest_amounts() {
    const NOMBRE: usize = 5_000;
    let liste =
        |element: &dyn Fn(usize) -> String| (0..NOMBRE).map(element).collect::<Vec<_>>().join(",");
    let entites =
        liste(&|rang| format!(r#"{{"id":"e{rang}","activite_combinee":999999999999.99}}"#));
    let depenses = liste(&|rang| {
        format!(
            r#"{{"id":"d{rang}","nature":"prestation","montant_ttc":9999999999999.99,"commande":"2026-04-02","facture":"2026-04-02"}}"#
        )
    });
    let json = format!(
        r#"{{{},"entites":[{entites}],"depenses":[{depenses}],"part_activite_min_pourcent":100,
        "budget":{{"annee":2023,"total_sanitaire":9999999999999.99,"numerique_sanitaire":9999999999999.99,
        "etp_internes":999999999999.99,"etp_prestataires":999999999999.99}}}}"#,
        commun::phase("2026-03-20", "2027-03-20")
    );
    let lu = read_dossier(&json).unwrap();
    let bilan = evaluate(&lu, &programme(), jour("2026-11-23")).depenses;
    let total = 999_999_999_999_999 * i64::try_from(NOMBRE).unwrap();
    assert_eq!(
        (bilan.total_declare.0, bilan.total_eligible.0),
        (total, total)
    );
}
