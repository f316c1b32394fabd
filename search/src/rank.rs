//! Readings to scores: BM25F for each reading, the best reading for each unit, then coverage and proximity.

use crate::index::Index;
use crate::prelude::*;
use crate::query::{MOST_ENDINGS, Query, Reading};
use crate::small::{best_first, narrow, number_of, sort, to_f32};

/// A document and what it scored.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Scored {
    /// Number of the document.
    pub(crate) document: usize,
    /// Its score; 0 where nothing of the query stands in it.
    pub(crate) score: f32,
    /// Share of the query that it answers, 0 to 1.
    pub(crate) coverage: f32,
}

/// A document named by its number stands above any other.
const NAMED: f32 = 1000.0;

/// … and then a page whose title is typed whole.
const TITLED: f32 = 500.0;

/// What an unknown word would have weighed: about a word that stands in one text out of seven.
const UNKNOWN_WEIGHT: f32 = 2.0;

/// Scores every document.
pub(crate) fn score(query: &Query, index: &Index) -> Vec<Scored> {
    let table = Table::new(query, index);
    let mut scored: Vec<Scored> = (0..index.documents.len())
        .map(|document| table.total(document, index))
        .collect();
    let answered = scored.iter().any(|scored| scored.coverage > 0.0);
    for (scored, title) in scored.iter_mut().zip(&index.titles) {
        // « C'est quoi » alone makes no answer to « c'est quoi un GHT ».
        if answered && scored.coverage <= 0.0 {
            scored.score = 0.0;
        }
        if *title == query.slug && !title.is_empty() {
            scored.score += TITLED;
        }
    }
    if let Some(named) = query.named.and_then(|named| scored.get_mut(named)) {
        named.score += NAMED;
        named.coverage = 1.0;
    }
    scored
}

/// By unit: what each document scores, with the importance of the unit.
struct Table {
    rows: Vec<Row>,
}

struct Row {
    /// What the unit's surest reading is worth: the weight of the unit in the coverage.
    importance: f32,
    /// By document: the best reading's score, and its weight.
    cells: Vec<(f32, f32)>,
}

impl Table {
    fn new(query: &Query, index: &Index) -> Self {
        let all_stop = query.units.iter().all(|unit| unit.stop);
        let empty = vec![(0.0, 0.0); index.documents.len()];
        let mut rows: Vec<Row> = query
            .units
            .iter()
            .map(|unit| Row {
                importance: if unit.stop && !all_stop { 0.0 } else { -1.0 },
                cells: empty.clone(),
            })
            .collect();
        for reading in &query.readings {
            add_reading(reading, index, &mut rows);
        }
        for row in &mut rows {
            if row.importance < 0.0 {
                row.importance = UNKNOWN_WEIGHT;
            }
        }
        Self { rows }
    }

    fn total(&self, document: usize, index: &Index) -> Scored {
        let (mut score, mut covered, mut importance) = (0.0, 0.0, 0.0);
        for row in &self.rows {
            let (cell, weight) = row.cells.get(document).copied().unwrap_or_default();
            score += cell;
            covered += weight * row.importance;
            importance += row.importance;
        }
        let coverage = if importance > 0.0 {
            covered / importance
        } else {
            0.0
        };
        let share = index.settings.coverage;
        Scored {
            document,
            score: score * (1.0 - share + share * coverage),
            coverage,
        }
    }
}

fn add_reading(reading: &Reading, index: &Index, rows: &mut [Row]) {
    let merged = merge(reading, index);
    let rarity = index.rarity(&merged);
    for &unit in &reading.units {
        let Some(row) = rows.get_mut(unit) else {
            continue;
        };
        let silent = row.importance == 0.0;
        if silent && reading.units.len() == 1 {
            continue;
        }
        if !silent {
            row.importance = row.importance.max(reading.weight * rarity);
        }
        for &(document, frequency) in &merged {
            let gain = reading.weight * rarity * frequency / (index.settings.k1 + frequency);
            if let Some(cell) = row.cells.get_mut(document as usize) {
                let share = if silent { index.settings.silent } else { 1.0 };
                if gain * share > cell.0 {
                    *cell = (gain * share, reading.weight);
                }
            }
        }
    }
}

/// The documents of a reading with their frequencies, its terms counted as one.
fn merge(reading: &Reading, index: &Index) -> Vec<(u32, f32)> {
    if let [term] = *reading.terms {
        let postings = index.postings(term).iter();
        return postings.map(|p| (p.document, p.frequency)).collect();
    }
    let mut sums = vec![0.0_f32; index.documents.len()];
    for posting in reading.terms.iter().flat_map(|&term| index.postings(term)) {
        if let Some(sum) = sums.get_mut(posting.document as usize) {
            *sum += posting.frequency;
        }
    }
    (0..).zip(sums).filter(|(_, sum)| *sum > 0.0).collect()
}

/// Neighbouring words of the query that stand close in the text speak of the same thing. Only documents that this can
/// bring among the first `wanted` are looked at.
pub(crate) fn add_proximity(query: &Query, index: &Index, wanted: usize, scored: &mut [Scored]) {
    let subjects: Vec<usize> = (0..query.units.len())
        .filter(|&rank| query.units.get(rank).is_some_and(|unit| !unit.stop))
        .collect();
    if index.settings.proximity <= 0.0 || subjects.len() < 2 {
        return;
    }
    let bar = in_order(scored).get(wanted.saturating_sub(1)).copied();
    let bar = bar.unwrap_or_default().score;
    let reaches = |scored: &&mut Scored| scored.score * (1.0 + index.settings.proximity) >= bar;
    for scored in scored.iter_mut().filter(reaches) {
        let document = scored.document;
        let places: Vec<Vec<u64>> = subjects
            .iter()
            .map(|&unit| places(unit, document, query, index))
            .collect();
        let mut credit = 0.0;
        for pair in places.windows(2) {
            if let [first, second] = pair {
                credit += closeness(first, second);
            }
        }
        let share = credit / to_f32(narrow(subjects.len() - 1));
        scored.score *= 1.0 + index.settings.proximity * share;
    }
}

/// Where a unit stands in a document, by any of its surer readings. A beginning of many words stands everywhere.
fn places(unit: usize, document: usize, query: &Query, index: &Index) -> Vec<u64> {
    let sure = |reading: &&Reading| {
        let told = reading.terms.len() <= MOST_ENDINGS;
        told && reading.weight >= 0.4 && reading.units.contains(&unit)
    };
    let mut places: Vec<u64> = Vec::new();
    for &term in query
        .readings
        .iter()
        .filter(sure)
        .flat_map(|reading| &reading.terms)
    {
        places.extend(
            index
                .positions(term, document)
                .iter()
                .map(|&at| u64::from(at)),
        );
    }
    sort(&mut places);
    places
}

/// 1 for neighbours (a word without a subject may stand between), less with distance, 0 from eight words on.
fn closeness(first: &[u64], second: &[u64]) -> f32 {
    let mut nearest = u64::MAX;
    for &place in first {
        let after = second.partition_point(|&other| other <= place);
        let next = second.get(after).map_or(u64::MAX, |&other| other - place);
        let previous = after
            .checked_sub(1)
            .and_then(|at| second.get(at))
            .map_or(u64::MAX, |&other| place - other + 1);
        nearest = nearest.min(next).min(previous);
    }
    match nearest {
        0..=2 => 1.0,
        3..=8 => 2.0 / to_f32(u32::try_from(nearest).unwrap_or(8)),
        _ => 0.0,
    }
}

/// Best first; on equal scores the first given.
pub(crate) fn in_order(scored: &[Scored]) -> Vec<Scored> {
    let rank = |(rank, scored): (usize, &Scored)| best_first(scored.score, narrow(rank));
    let mut keys: Vec<u64> = scored.iter().enumerate().map(rank).collect();
    sort(&mut keys);
    keys.into_iter()
        .filter_map(|key| scored.get(number_of(key) as usize).copied())
        .collect()
}
