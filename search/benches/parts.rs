//! What each part of the engine is worth, each switched off in turn, and how fast it answers: `cargo bench -p search`.

#![expect(clippy::float_arithmetic, reason = "measures, not decisions")]
#![expect(clippy::print_stdout, reason = "the table is what the bench is for")]

#[path = "../tests/corpus/mod.rs"]
mod corpus;

use corpus::{Measures, Query, answer, documents, lexique, ndcg, queries};
use search::{Index, Settings, build};

/// A part, and the settings without it.
type Part = (&'static str, fn(&mut Settings));

const PARTS: &[Part] = &[
    ("everything", |_| {}),
    ("− acronyms", |s| s.acronym = 0.0),
    ("− synonyms", |s| s.synonym = 0.0),
    ("− neighbours", |s| s.neighbour = 0.0),
    ("− the whole lexicon", |s| {
        (s.acronym, s.synonym, s.neighbour) = (0.0, 0.0, 0.0);
    }),
    ("− codes and numbers", |s| s.codes = false),
    ("− dates", |s| s.dates = false),
    ("− stemming", |s| s.stemming = false),
    ("− prefix", |s| s.prefix = 0.0),
    ("− edits", |s| s.edits = 0.0),
    ("− coverage", |s| s.coverage = 0.0),
    ("− proximity", |s| s.proximity = 0.0),
    ("− words without a subject", |s| s.stopwords = false),
    ("− nearest", |s| s.nearest = false),
    ("− keywords", |s| s.mots_cles = 0.0),
    ("− the words of readers", |s| s.paroles = 0.0),
];

fn main() {
    let bytes = build(&documents(), &lexique());
    let queries = queries();
    println!("| | nDCG@10 realistic | success@3 | nDCG@10 paraphrases | success@3 | empty |");
    println!("|---|---|---|---|---|---|");
    for (name, without) in PARTS {
        let mut settings = Settings::default();
        without(&mut settings);
        print_part(name, &bytes, settings, &queries);
    }
    print_speed(&bytes, &queries);
}

fn print_part(name: &str, bytes: &[u8], settings: Settings, queries: &[Query]) {
    let Ok(index) = Index::with_settings(bytes, settings) else {
        return;
    };
    let [mut realistic, mut paraphrases] = [Measures::default(); 2];
    for query in queries {
        let into = if query.kind == "paraphrase" {
            &mut paraphrases
        } else {
            &mut realistic
        };
        into.add(query, &answer(&index, &query.q));
    }
    println!(
        "| {name} | {:.3} | {:.3} | {:.3} | {:.3} | {} |",
        realistic.mean_ndcg(),
        realistic.mean_success(),
        paraphrases.mean_ndcg(),
        paraphrases.mean_success(),
        realistic.empty + paraphrases.empty
    );
}

#[expect(clippy::disallowed_types, reason = "a bench has a clock")]
fn print_speed(bytes: &[u8], queries: &[Query]) {
    let start = std::time::Instant::now();
    let Ok(index) = Index::from_bytes(bytes) else {
        return;
    };
    let opened = start.elapsed();
    let start = std::time::Instant::now();
    let (mut asked, mut sum) = (0_u32, 0.0);
    while start.elapsed().as_secs_f64() < 2.0 {
        for query in queries {
            sum += ndcg(query, &answer(&index, &query.q));
            asked += 1;
        }
    }
    let rate = f64::from(asked) / start.elapsed().as_secs_f64();
    println!(
        "\nopened in {opened:?}; {rate:.0} queries a second on one thread (checksum {sum:.0})"
    );
}
