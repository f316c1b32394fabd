//! Times the core on a large dossier: 10 entities, 10 directories and 10 perimeters with 8 audits each.
//!
//! `cargo bench -p calc-core`; prints the median and the best of many runs. No harness crate: a clock and a sort are enough.
//! `cargo bench -p calc-core -- evaluate` times that line alone, for `perf`.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(
    clippy::disallowed_types,
    reason = "a bench needs a clock; the core has none"
)]

#[path = "../tests/commun/mod.rs"]
mod commun;

use std::fmt::Write;
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let json = grand_dossier();
    let programme = commun::programme();
    let dossier = commun::dossier(&json);
    let jour = commun::jour("2026-10-01");
    let evaluation = calc_core::evaluate(&dossier, &programme, jour);
    println!(
        "dossier of {} bytes, evaluation of {} bytes",
        json.len(),
        evaluation.to_json().len()
    );
    mesurer("read_dossier", 2_000, || {
        calc_core::read_dossier(&json).is_ok()
    });
    mesurer("evaluate", 5_000, || {
        calc_core::evaluate(&dossier, &programme, jour).verdict
    });
    mesurer("to_json", 2_000, || evaluation.to_json().len());
    mesurer("read + evaluate + write", 2_000, || {
        let lu = commun::dossier(&json);
        calc_core::evaluate(&lu, &programme, jour).to_json().len()
    });
    mesurer("marges", 100, || {
        calc_core::marges(&dossier, &programme, jour).len()
    });
    mesurer("plan", 100, || {
        calc_core::plan(&dossier, &programme, jour, 7).sujets.len()
    });
    mesurer("365 declaration dates, D1.O1 and D1.O2", 50, || {
        calc_core::fenetres_declaration(&dossier, &programme, commun::jour("2026-03-31")).len()
    });
}

/// Prints the median and the best time of `essai`: the best tells the cost, the median the machine's load.
fn mesurer<T>(nom: &str, nombre: usize, mut essai: impl FnMut() -> T) {
    let voulu = std::env::args().skip(1).find(|mot| !mot.starts_with('-'));
    if voulu.is_some_and(|voulu| voulu != nom) {
        return;
    }
    let mut temps: Vec<u128> = Vec::with_capacity(nombre);
    for _ in 0..nombre {
        let debut = Instant::now();
        black_box(essai());
        temps.push(debut.elapsed().as_nanos());
    }
    temps.sort_unstable();
    let [mediane, meilleur] =
        [temps[nombre / 2], temps[0]].map(|temps| format!("{}.{:03}", temps / 1000, temps % 1000));
    println!("{nom:<40} {mediane:>10} µs (best {meilleur})");
}

fn grand_dossier() -> String {
    let mut json = String::from(
        r#"{"candidat":{"type":"ght"},"phase":{"debut":"2026-03-20","validation_ars":"2026-04-15","declaration":"2027-03-20"},"part_activite_min_pourcent":80,"#,
    );
    let liste =
        |element: &dyn Fn(i64) -> String| (0..10).map(element).collect::<Vec<_>>().join(",");
    let entites = liste(&|rang| {
        format!(
            r#"{{"id":"entite-{rang}","nom":"Établissement {rang}","activite_combinee":1000{rang}}}"#
        )
    });
    let annuaires = liste(&|rang| {
        sujet("ad", rang, |date| {
            format!(r#"{{"date":"{date}","score":2}}"#)
        })
    });
    let perimetres = liste(&|rang| {
        sujet("ext", rang, |date| {
            format!(r#"{{"date":"{date}","outil":"industriel","cvss_max":5.5}}"#)
        })
    });
    write!(
        json,
        r#""entites":[{entites}],"annuaires":[{}],"perimetres":[{perimetres}]}}"#,
        annuaires.replace("\"audits\"", "\"mode\":\"local\",\"audits\"")
    )
    .unwrap();
    json
}

/// Eight audits 42 days apart.
fn sujet(nom: &str, rang: i64, audit: impl Fn(&str) -> String) -> String {
    let ecarts: Vec<i64> = (0..8).map(|place| place * 42 + rang % 5).collect();
    let audits: Vec<String> = commun::jours("2026-05-04", &ecarts)
        .iter()
        .map(|date| audit(date))
        .collect();
    format!(
        r#"{{"id":"{nom}-{rang}","entites":["entite-{rang}"],"audits":[{}]}}"#,
        audits.join(",")
    )
}
