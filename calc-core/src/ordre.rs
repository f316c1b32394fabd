//! Puts things in order. One merge sort over plain numbers, written out: each type that the library sorts weighs 8 kB.

use crate::prelude::*;

/// What is sorted: the key of an element, and its rank.
type Place = (i64, usize);

/// The places by key, equal keys in their own order.
fn trier(mut places: Vec<Place>) -> Vec<Place> {
    let mut tampon = places.clone();
    let mut largeur = 1;
    while largeur < places.len() {
        let blocs = places.chunks(largeur * 2);
        for (bloc, sortie) in blocs.zip(tampon.chunks_mut(largeur * 2)) {
            let (gauche, droite) = bloc.split_at(largeur.min(bloc.len()));
            fusionner(gauche, droite, sortie);
        }
        core::mem::swap(&mut places, &mut tampon);
        largeur *= 2;
    }
    places
}

fn fusionner<'a>(mut gauche: &'a [Place], mut droite: &'a [Place], sortie: &mut [Place]) {
    for place in sortie {
        let source = match (gauche.first(), droite.first()) {
            (Some(un), Some(autre)) if autre.0 < un.0 => &mut droite,
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
pub(crate) fn ranger<T>(mut elements: Vec<T>, cle: impl Fn(&T) -> i64) -> Vec<T> {
    if elements.is_sorted_by_key(&cle) {
        return elements; // nearly every list of audits is
    }
    let cles = elements.iter().map(cle);
    let places = cles.enumerate().map(|(rang, cle)| (cle, rang)).collect();
    let mut places = trier(places);
    // Each element is swapped once into its place; those swapped before are followed to where they went.
    for place in 0..places.len() {
        let suivre = |rang: usize| places.get(rang).map_or(0, |place| place.1);
        let mut source = suivre(place);
        while source < place {
            source = suivre(source);
        }
        if let Some(vue) = places.get_mut(place) {
            vue.1 = source;
        }
        elements.swap(place, source);
    }
    elements
}

#[cfg(test)]
mod tests {
    use super::*;

    fn triees(cles: &[i64]) -> Vec<(i64, usize)> {
        let elements = cles.iter().enumerate().map(|(rang, cle)| (*cle, rang));
        ranger(elements.collect(), |element| element.0)
    }

    #[test]
    fn every_order_of_few_keys_comes_out_sorted_and_stable() {
        for nombre in 0..7_usize {
            for code in 0..3_usize.pow(u32::try_from(nombre).unwrap()) {
                let cles: Vec<i64> = (0..nombre)
                    .map(|rang| {
                        i64::try_from(code / 3_usize.pow(u32::try_from(rang).unwrap()) % 3).unwrap()
                    })
                    .collect();
                let mut attendu: Vec<(i64, usize)> = cles.iter().copied().zip(0..).collect();
                attendu.sort_by_key(|element| element.0);
                assert_eq!(triees(&cles), attendu, "{cles:?}");
            }
        }
    }

    #[test]
    fn many_keys() {
        let cles: Vec<i64> = (0..1000).map(|rang| rang * 7919 % 1009).collect();
        let triees = triees(&cles);
        assert!(
            triees.is_sorted(),
            "stable: equal keys keep their ranks in order"
        );
        assert!(triees.iter().all(|(cle, rang)| cles[*rang] == *cle));
    }
}
