//! Older files open: each format is brought to the next one before it is read.

use crate::json::Json;
use crate::porte::Porte;

/// The format that this version writes.
pub(crate) const VERSION: i64 = 1;

/// `MIGRATIONS[n - 1]` brings a file of format n to format n + 1. None yet: the format is the first.
const MIGRATIONS: &[fn(&mut Json)] = &[];

/// Brings the file to the present format; `false` where its format is not known, which is noted.
pub(crate) fn migrer(arbre: &mut Json, porte: &mut Porte) -> bool {
    let rang = match arbre.get("version") {
        None => Some(0),
        Some(Json::Nombre(texte)) => texte
            .parse::<usize>()
            .ok()
            .and_then(|version| version.checked_sub(1)),
        Some(_) => None,
    };
    let Some(suite) = rang.and_then(|rang| MIGRATIONS.get(rang..)) else {
        let retour = porte.entrer("version");
        let lu = arbre.get("version").unwrap_or(&Json::Nul);
        porte.refus(
            lu,
            "indiquez 1, ou ouvrez ce fichier avec une version plus récente du calculateur",
        );
        porte.revenir(retour);
        return false;
    };
    for migration in suite {
        migration(arbre);
    }
    true
}
