//! How well the site's own questions are found, over graded queries: `cargo test -p search --test qualite -- --nocapture`.

#![expect(clippy::float_arithmetic, reason = "measures, not decisions")]
#![expect(clippy::print_stdout, reason = "the table is what the test is for")]

mod corpus;

use std::collections::BTreeMap;

use corpus::{Measures, Query, answer, documents, lexique, ndcg, queries};
use search::{Document, Index, build};

#[test]
fn the_lexicon_of_the_site_has_no_fault() {
    let mut documents = documents();
    documents.push(Document {
        titre: "Glossaire".to_owned(),
        ..Document::default()
    });
    let faults = lexique().faults(&documents);
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn graded_queries_find_their_questions() {
    let index =
        Index::from_bytes(&build(&documents(), &lexique())).expect("our own bytes are read");
    let mut table: BTreeMap<String, Measures> = BTreeMap::new();
    let [mut realistic, mut paraphrases] = [Measures::default(); 2];
    for query in &queries() {
        let results = answer(&index, &query.q);
        tell_poor(query, &results);
        table
            .entry(query.kind.clone())
            .or_default()
            .add(query, &results);
        let into = if query.kind == "paraphrase" {
            &mut paraphrases
        } else {
            &mut realistic
        };
        into.add(query, &results);
    }
    for (kind, measures) in &table {
        print_row(kind, measures);
    }
    check("realistic", &realistic, 0.94, 0.97);
    check("paraphrases", &paraphrases, 0.84, 0.84);
}

/// No query is left without an answer, and both measures reach their bars.
#[track_caller]
fn check(name: &str, measures: &Measures, ndcg: f64, success: f64) {
    print_row(name, measures);
    assert!(
        measures.empty == 0.0,
        "{name}: a query is left without an answer"
    );
    assert!(
        measures.mean_ndcg() >= ndcg,
        "{name}: nDCG@10 is {:.3}",
        measures.mean_ndcg()
    );
    assert!(
        measures.mean_success() >= success,
        "{name}: success@3 is {:.3}",
        measures.mean_success()
    );
}

fn print_row(kind: &str, measures: &Measures) {
    println!(
        "{kind:12} {:4} nDCG@10 {:.3}  success@3 {:.3}",
        measures.count,
        measures.mean_ndcg(),
        measures.mean_success()
    );
}

fn tell_poor(query: &Query, results: &[String]) {
    let measure = ndcg(query, results);
    if measure < 0.9 {
        println!(
            "{measure:.2} {} [{}] {:?}\n     -> {results:?}",
            query.q, query.kind, query.relevant
        );
    }
}
