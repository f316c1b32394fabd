//! The door never panics whatever the bytes, and what it lets in can be evaluated, planned and saved again.
//!
//! From the root: `cargo +nightly fuzz run porte -- -max_total_time=600`. The corpus is kept; copy a finding into
//! `calc-core/tests/porte.rs` as a row before mending it. `programme.json` is a frozen copy: its values do not matter here.
#![no_main]

use calc_core::{Programme, evaluate, lire_date, marges, plan, read_dossier};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

fn programme() -> &'static Programme {
    static PROGRAMME: OnceLock<Programme> = OnceLock::new();
    PROGRAMME.get_or_init(|| {
        Programme::from_json(include_str!("../programme.json")).expect("the programme reads")
    })
}

fuzz_target!(|octets: &[u8]| {
    let Ok(texte) = std::str::from_utf8(octets) else {
        return;
    };
    match read_dossier(texte) {
        Err(fautes) => assert!(fautes.iter().all(|faute| faute.message.ends_with('.'))),
        Ok(dossier) => {
            assert_eq!(read_dossier(&dossier.to_json()).as_ref(), Ok(&dossier));
            for jour in ["2026-06-01", "2027-01-15", "2027-04-01"]
                .into_iter()
                .filter_map(lire_date)
            {
                let evaluation = evaluate(&dossier, programme(), jour);
                assert!(calc_core::json::lire(&evaluation.to_json()).is_ok());
                let _ = marges(&dossier, programme(), jour);
                let _ = plan(&dossier, programme(), jour, 7);
            }
        }
    }
});
