//! Puts things in order. One merge sort over plain numbers, written out: each type that the library sorts weighs 8 kB.

use crate::prelude::*;
/// The ranks of `cles` in order, equal keys in their own order.
pub(crate) fn rangs(cles: &[i64]) -> Vec<usize> {
    let mut rangs: Vec<usize> = (0..cles.len()).collect();
    let mut tampon = rangs.clone();
    let cle = |rang: usize| cles.get(rang).copied().unwrap_or(i64::MAX);
    let mut largeur = 1;
    while largeur < rangs.len() {
        for (bloc, sortie) in rangs
            .chunks(largeur * 2)
            .zip(tampon.chunks_mut(largeur * 2))
        {
            let (gauche, droite) = bloc.split_at(largeur.min(bloc.len()));
            fusionner(gauche, droite, sortie, cle);
        }
        core::mem::swap(&mut rangs, &mut tampon);
        largeur *= 2;
    }
    rangs
}

fn fusionner<'a>(
    mut gauche: &'a [usize],
    mut droite: &'a [usize],
    sortie: &mut [usize],
    cle: impl Fn(usize) -> i64,
) {
    for place in sortie {
        let source = match (gauche.first(), droite.first()) {
            (Some(un), Some(autre)) if cle(*autre) < cle(*un) => &mut droite,
            (None, _) => &mut droite,
            _ => &mut gauche,
        };
        if let Some((premier, reste)) = source.split_first() {
            *place = *premier;
            *source = reste;
        }
    }
}

/// The elements by key, in their own order among equals.
pub(crate) fn ranger<T>(elements: Vec<T>, cle: impl Fn(&T) -> i64) -> Vec<T> {
    let cles: Vec<i64> = elements.iter().map(cle).collect();
    if cles.is_sorted() {
        return elements; // nearly every list of audits is
    }
    let rangs = rangs(&cles);
    let mut restants: Vec<Option<T>> = elements.into_iter().map(Some).collect();
    rangs
        .iter()
        .filter_map(|rang| restants.get_mut(*rang)?.take())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_of_few_keys_comes_out_sorted_and_stable() {
        for nombre in 0..7_usize {
            for code in 0..3_usize.pow(u32::try_from(nombre).unwrap()) {
                let cles: Vec<i64> = (0..nombre)
                    .map(|rang| {
                        i64::try_from(code / 3_usize.pow(u32::try_from(rang).unwrap()) % 3).unwrap()
                    })
                    .collect();
                let mut attendu: Vec<usize> = (0..nombre).collect();
                attendu.sort_by_key(|rang| cles[*rang]);
                assert_eq!(rangs(&cles), attendu, "{cles:?}");
            }
        }
    }

    #[test]
    fn many_keys() {
        let cles: Vec<i64> = (0..1000).map(|rang| rang * 7919 % 1009).collect();
        assert!(
            rangs(&cles)
                .windows(2)
                .all(|paire| cles[paire[0]] <= cles[paire[1]])
        );
    }
}
