//! Lists the facts of each official question and what its page does not state: `cargo run -p tests --example faits`.

#![expect(clippy::print_stdout, reason = "a report for a person")]

use tests::officiel::{Faits, by_question, inside, official_text, page_of};

fn main() {
    let Some(official) = official_text() else {
        return;
    };
    for (question, text) in by_question(&official) {
        let faits = Faits::of(&text);
        let absent = faits.missing(inside(&page_of(&question), "article"));
        println!("{question}");
        for (kind, facts) in [
            ("dates", &faits.dates),
            ("figures", &faits.nombres),
            ("codes", &faits.codes),
            ("acronyms", &faits.sigles),
            ("addresses", &faits.adresses),
        ] {
            if !facts.is_empty() {
                let list: Vec<&str> = facts.iter().map(String::as_str).collect();
                println!("  {kind}: {}", list.join(" | "));
            }
        }
        println!("  missing: {}", absent.join(" | "));
    }
}
