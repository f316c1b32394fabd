//! A dossier of which one part is written anew: that part alone is read, by the same door as the whole.

use super::Dossier;
use crate::porte::Faute;
use crate::prelude::*;
use core::mem::swap;

/// Reads one part of a dossier that was written anew, alone in an object: a member of the dossier or, of one of its lists
/// with ids, the one element that changed. [`remplacer`] then puts it in its place.
///
/// The ids being the same, no rule of consistency looks beyond one element and the entities: what is not written anew
/// stays as right as it was.
///
/// # Errors
/// Every fault of that part, as [`super::read_dossier`] would give them, but at the rank 0 of its list.
///
/// # Example
/// ```
/// let mut dossier = calc_core::read_dossier(r#"{"entites":[{"id":"chu"},{"id":"ch"}]}"#).unwrap();
/// let partie = calc_core::relire(&dossier, r#"{"entites":[{"id":"ch","nom":"CH"}]}"#).unwrap();
/// assert!(calc_core::remplacer(&mut dossier, "entites", partie));
/// assert_eq!(dossier.entites[1].nom.as_deref(), Some("CH"));
/// ```
pub fn relire(connu: &Dossier, json: &str) -> Result<Dossier, Vec<Faute>> {
    let entites: Vec<&str> = connu.entites.iter().map(|e| e.id.as_str()).collect();
    super::lire(json, Some(&entites))
}

/// Puts a part that [`relire`] read in its place, the member `cle`. False, and the dossier as it was, where only a whole
/// reading can tell: another list, an element that is not known.
#[must_use]
pub fn remplacer(dossier: &mut Dossier, cle: &str, mut lu: Dossier) -> bool {
    match cle {
        "candidat" => swap(&mut dossier.candidat, &mut lu.candidat),
        "phase" => swap(&mut dossier.phase, &mut lu.phase),
        "autoevaluation" => swap(&mut dossier.autoevaluation, &mut lu.autoevaluation),
        "budget" => swap(&mut dossier.budget, &mut lu.budget),
        "convergence" => swap(&mut dossier.convergence, &mut lu.convergence),
        "part_activite_min_pourcent" => swap(
            &mut dossier.part_activite_min_pourcent,
            &mut lu.part_activite_min_pourcent,
        ),
        "entites" => return echanger(&mut dossier.entites, &mut lu.entites, |e| &e.id),
        "annuaires" => return echanger(&mut dossier.annuaires, &mut lu.annuaires, |a| &a.id),
        "perimetres" => return echanger(&mut dossier.perimetres, &mut lu.perimetres, |p| &p.id),
        _ => return false,
    }
    true
}

/// Puts the one element in the place of the one that has its id; whether there is such a place.
fn echanger<T>(liste: &mut [T], lus: &mut [T], id: impl Fn(&T) -> &String) -> bool {
    let [neuf] = lus else { return false };
    let place = liste.iter_mut().find(|ancien| id(ancien) == id(neuf));
    place.map(|place| swap(place, neuf)).is_some()
}
