//! `sitegen plan`: the fewest audits still to come, as one line of JSON or as French for a terminal.

use crate::evaluate::{Format, read, tell};
use calc_core::{Outil, Plan, PlanSujet, Programme, francais, plan, read_dossier};
use chrono::NaiveDate;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Demande {
    /// The day that the plan is made on.
    pub(crate) date: NaiveDate,
    /// The slack to keep on each limit, in days.
    pub(crate) reserve_jours: i64,
    /// How the plan is written.
    pub(crate) format: Format,
}

/// Plans a dossier (`-` is the standard input) on `out`; its faults go to `err`. Says whether it could be read.
///
/// # Errors
/// Where `out` or `err` cannot be written.
pub(crate) fn run(
    path: &Path,
    programme: &Programme,
    demande: Demande,
    (out, err): (&mut impl Write, &mut impl Write),
) -> io::Result<bool> {
    let dossier = match read(path).and_then(|text| read_dossier(&text)) {
        Ok(dossier) => dossier,
        Err(faults) => {
            err.write_all(tell(path, &faults).as_bytes())?;
            return Ok(false);
        }
    };
    let plan = plan(&dossier, programme, demande.date, demande.reserve_jours);
    let text = match demande.format {
        Format::Json => plan.to_json() + "\n",
        Format::Text => describe(&plan, demande.reserve_jours),
    };
    out.write_all(text.as_bytes())?;
    Ok(true)
}

fn describe(plan: &Plan, asked: i64) -> String {
    let mut text = format!("Plan au {}\n", francais::date(plan.date));
    if plan.sujets.is_empty() {
        text += "\nLe dossier n’a ni annuaire ni périmètre : rien à planifier.\n";
    }
    for sujet in &plan.sujets {
        text += &describe_subject(sujet, asked);
    }
    text
}

fn describe_subject(sujet: &PlanSujet, asked: i64) -> String {
    let mut text = format!("\n{} [{}] : ", sujet.objectif.code(), sujet.sujet);
    if let Some(impossible) = &sujet.impossible {
        let (why, id) = (&impossible.explication, impossible.controle);
        let _ = writeln!(text, "aucun plan ne tient. {why} ({id})");
        return text;
    }
    if sujet.audits.is_empty() {
        text += "aucun audit de plus n’est nécessaire.\n";
        return text;
    }
    let count = sujet.audits.len();
    let plural = if count > 1 { "s" } else { "" };
    let days = sujet.reserve_jours;
    let day = francais::pluriel(days, "jour", "jours");
    let less = if sujet.reserve_jours < asked {
        ", faute de place pour plus"
    } else {
        ""
    };
    let _ = writeln!(
        text,
        "{count} audit{plural} à venir, réserve de {days} {day}{less}"
    );
    for audit in &sujet.audits {
        let tool = audit.outil.map_or("ADS", tool_name);
        let _ = writeln!(text, "  {} : {tool}", francais::date(audit.date));
    }
    text
}

fn tool_name(outil: Outil) -> &'static str {
    match outil {
        Outil::Silene => "SILENE",
        Outil::Industriel => "plateforme industrielle",
        Outil::Cybersurveillance => "cybersurveillance de l’ANS",
    }
}
