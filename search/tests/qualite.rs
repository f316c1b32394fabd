//! How well the site's own questions are found, over graded queries: `cargo test -p search --test qualite -- --nocapture`.

mod corpus;

use std::collections::BTreeMap;

use corpus::{Measures, Query, answer, documents, lexique, ndcg, queries};
use search::{Index, build};

#[test]
fn graded_queries_find_their_questions() {
    let index = Index::from_bytes(&build(&documents(), &lexique())).expect("our own bytes are read");
    let mut table: BTreeMap<String, Measures> = BTreeMap::new();
    let mut whole = Measures::default();
    for query in &queries() {
        let results = answer(&index, &query.q);
        tell_poor(query, &results);
        table.entry(query.kind.clone()).or_default().add(query, &results);
        table.entry(["= ", &query.set].concat()).or_default().add(query, &results);
        whole.add(query, &results);
    }
    for (kind, measures) in &table {
        print_row(kind, measures);
    }
    print_row("all", &whole);
    assert!(whole.empty == 0.0, "a query is left without an answer");
    assert!(whole.mean_ndcg() >= 0.93, "nDCG@10 is {:.3}", whole.mean_ndcg());
    assert!(whole.mean_success() >= 0.96, "success@3 is {:.3}", whole.mean_success());
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
        println!("{measure:.2} {} [{}] {:?}\n     -> {results:?}", query.q, query.kind, query.relevant);
    }
}
