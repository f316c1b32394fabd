//! Puts things in order: a small unstable sort of keys that gives a stable order, since the stable sort weighs 3 kB.

/// The elements by key, in their own order among equals.
pub(crate) fn ranger<T, K: Ord + Copy>(elements: Vec<T>, cle: impl Fn(&T) -> K) -> Vec<T> {
    let mut cles: Vec<(K, usize)> = elements
        .iter()
        .enumerate()
        .map(|(rang, element)| (cle(element), rang))
        .collect();
    cles.sort_unstable();
    let mut restants: Vec<Option<T>> = elements.into_iter().map(Some).collect();
    cles.iter()
        .filter_map(|(_, rang)| restants.get_mut(*rang)?.take())
        .collect()
}
