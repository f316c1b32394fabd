//! Calendar files: `sitegen agenda` for a dossier, and the programme's own dates on the deadlines page.

use crate::evaluate::{read, tell};
use crate::programme::{self, Programme};
use crate::table::At;
use crate::typographie::typographie;
use calc_core::{Evenement, OBJECTIFS, agenda, calendrier, read_dossier};
use chrono::NaiveDate;
use std::io::{self, Write};
use std::path::Path;

/// Where the programme's dates stand in the site.
pub(crate) const FICHIER: &str = "echeances/care-domaine-1-bis.ics";

/// Writes the calendar of a dossier (`-` is the standard input) on `out`; its faults go to `err`. Says whether it
/// could be read.
///
/// # Errors
/// Where `out` or `err` cannot be written.
pub(crate) fn run(
    path: &Path,
    programme: &calc_core::Programme,
    date: NaiveDate,
    (out, err): (&mut impl Write, &mut impl Write),
) -> io::Result<bool> {
    match read(path).and_then(|text| read_dossier(&text)) {
        Ok(dossier) => {
            out.write_all(agenda(&dossier, programme, date).as_bytes())?;
            Ok(true)
        }
        Err(faults) => {
            err.write_all(tell(path, &faults).as_bytes())?;
            Ok(false)
        }
    }
}

/// The dates of the programme, dated by the version of the official text: the same bytes until it changes.
pub(crate) fn du_programme(programme: &Programme) -> String {
    let dated = programme.parametres.iter().filter(|p| p.echeance);
    let mut events: Vec<Evenement> = dated
        .filter_map(|p| {
            let codes: Vec<&str> = p.objectifs.iter().map(|at| at.value.as_str()).collect();
            let cle = &p.cle.value;
            let event = event(programme, cle, p.date()?, &p.libelle, (&codes, &p.sources));
            Some(event)
        })
        .collect();
    let delay = programme.get("convergence_jalon_mois");
    if let (Some(date), Some(delay)) = (programme.date(programme::JALON), delay) {
        let about = (&["D1.O6.B"][..], &delay.sources[..]);
        let (cle, libelle) = (programme::JALON, programme::JALON_LIBELLE);
        events.push(event(programme, cle, date, libelle, about));
    }
    events.sort_by_key(|event| event.date);
    calendrier("CaRE Domaine 1 bis", programme.version_date, &events)
}

fn event(
    programme: &Programme,
    cle: &str,
    date: NaiveDate,
    libelle: &str,
    (codes, sources): (&[&str], &[At<String>]),
) -> Evenement {
    let questions: Vec<&str> = sources.iter().map(|at| at.value.as_str()).collect();
    let code = codes.first().copied().unwrap_or("CAND");
    let known = OBJECTIFS.iter().map(|objectif| objectif.code());
    let titles: Vec<String> = OBJECTIFS
        .iter()
        .filter(|objectif| codes.contains(&objectif.code()))
        .map(|objectif| format!("{} ({})", objectif.titre(), objectif.code()))
        .collect();
    Evenement {
        cle: format!("programme\n{cle}"),
        date,
        titre: typographie(libelle, None),
        texte: typographie(
            &format!(
                "Pourquoi : {}.\nSource : questions-réponses officielles, version {}, questions {}.\nSeul le texte officiel fait foi.",
                titles.join(", "),
                programme.version,
                questions.join(", ")
            ),
            None,
        ),
        categorie: known
            .into_iter()
            .find(|known| *known == code)
            .unwrap_or("CAND"),
    }
}
