//! What is worked out once the reader rests: the next dates, what is missing, what is to be asked, the smallest repairs.
//! Pure.

use crate::dates::long_date;
use crate::noms::subject_name;
use crate::prelude::*;
use crate::view::{self, Contexte, Ligne};
use calc_core::{
    Correction, Echeance, Evaluation, FenetreDeclaration, Objectif, Outil, ProchainAudit,
    Programme, RechercheCorrections, RechercheFenetres, Verdict, audits_necessaires, echeancier,
    francais, prochains_audits, regles,
};
use chrono::NaiveDate;

/// All of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Bord {
    /// The next audit of each directory and perimeter.
    pub(crate) prochains: Vec<Prochain>,
    /// The other dates to come: what, when.
    pub(crate) dates: Vec<(String, String)>,
    /// When a declaration would pass: objective, days.
    pub(crate) fenetres: Vec<(&'static str, String)>,
    /// Paths of everything that is missing, each once.
    pub(crate) manque: Vec<String>,
    /// What the text leaves open.
    pub(crate) doutes: Vec<Doute>,
    /// The smallest change that repairs an objective.
    pub(crate) remedes: Vec<Remede>,
}

/// The next audit of a directory or perimeter.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Prochain {
    /// Its name.
    pub(crate) sujet: String,
    /// The last one done.
    pub(crate) dernier: String,
    /// The last day for the next one, and how far it is.
    pub(crate) limite: String,
    /// The rule that sets it, and its address.
    pub(crate) regle: (&'static str, String),
    /// The next one planned.
    pub(crate) prevu: String,
    /// How many are still needed.
    pub(crate) restants: String,
}

/// A check that the text does not settle, once for all that it concerns.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Doute {
    /// The check of the first that it concerns.
    pub(crate) ligne: Ligne,
    /// The names of all.
    pub(crate) sujets: String,
    /// What to ask, ready to be sent.
    pub(crate) question: String,
}

/// One planned event to move.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Remede {
    /// The objective that it repairs.
    pub(crate) code: &'static str,
    /// Path of its date.
    pub(crate) chemin: String,
    /// From which day to which.
    pub(crate) phrase: String,
}

/// What takes long of it, worked out little by little.
#[derive(Debug)]
pub(crate) struct Ouvrage {
    fenetres: RechercheFenetres,
    corrections: RechercheCorrections,
}

impl Ouvrage {
    /// Not begun yet.
    pub(crate) fn new(evaluation: &Evaluation, contexte: &Contexte) -> Self {
        Self {
            fenetres: RechercheFenetres::new(contexte.dossier, evaluation.date),
            corrections: RechercheCorrections::new(evaluation),
        }
    }

    /// Goes on; whether there is more to do.
    pub(crate) fn advance(&mut self, programme: &Programme, contexte: &Contexte) -> bool {
        let dossier = contexte.dossier;
        self.fenetres.avancer(dossier, programme) || self.corrections.avancer(dossier, programme)
    }

    /// The board, once there is no more to do.
    pub(crate) fn board(
        self,
        evaluation: &Evaluation,
        programme: &Programme,
        contexte: &Contexte,
    ) -> Bord {
        let (dossier, jour) = (contexte.dossier, evaluation.date);
        let prochains = soonest_first(prochains_audits(dossier, programme, jour));
        let corrections = self.corrections.trouvees();
        Bord {
            prochains: prochains
                .iter()
                .map(|prochain| next_audit(prochain, jour, programme, contexte))
                .collect(),
            dates: other_dates(&echeancier(dossier, programme, jour), jour, contexte),
            fenetres: self.fenetres.trouvees().iter().map(window).collect(),
            manque: missing(evaluation),
            doutes: doubts(evaluation, contexte),
            remedes: corrections.into_iter().map(repair).collect(),
        }
    }
}

fn repair(correction: Correction) -> Remede {
    let (de, vers) = (long_date(correction.de), long_date(correction.vers));
    Remede {
        code: correction.objectif.code(),
        phrase: ["du ", &de, " au ", &vers].concat(),
        chemin: if correction.chemin.ends_with("declaration") {
            correction.chemin
        } else {
            [&correction.chemin, ".date"].concat()
        },
    }
}

/// By the day that binds; last those that none binds.
fn soonest_first(prochains: Vec<ProchainAudit>) -> Vec<ProchainAudit> {
    let mut ranges: Vec<ProchainAudit> = Vec::with_capacity(prochains.len());
    for prochain in prochains {
        let jour = prochain.contrainte().map(|(jour, _)| jour);
        let apres = |autre: &ProchainAudit| {
            let autre = autre.contrainte().map(|(autre, _)| autre);
            jour.is_some_and(|jour| autre.is_none_or(|autre| jour < autre))
        };
        let place = ranges.iter().position(apres).unwrap_or(ranges.len());
        ranges.insert(place, prochain);
    }
    ranges
}

fn next_audit(
    prochain: &ProchainAudit,
    jour: NaiveDate,
    programme: &Programme,
    contexte: &Contexte,
) -> Prochain {
    let prevus = planned(prochain, jour, programme, contexte);
    let code = prochain.objectif.code();
    let restants = audits_necessaires(contexte.dossier, programme, jour, prochain);
    // Those that the level needs are industrial ones.
    let pour_le_niveau = restants > prochain.restants;
    let comptent = prevus
        .iter()
        .filter(|(_, niveau)| *niveau || !pour_le_niveau);
    let fin = declaration(programme, contexte);
    // No day binds an audit that is not needed, and no rule binds past E.
    let contrainte = prochain
        .contrainte()
        .filter(|(date, _)| restants > 0 && *date <= fin);
    let id = contrainte.map_or_else(String::new, |(_, suite)| [code, "/", suite].concat());
    let regle = regles().iter().find(|regle| regle.id == id);
    Prochain {
        sujet: subject_name(&prochain.sujet, prochain.objectif, contexte.dossier),
        dernier: prochain.dernier.map_or_else(|| "aucun".into(), long_date),
        limite: match contrainte {
            Some((date, _)) => [&long_date(date), ", ", &distance(date, jour)].concat(),
            None if restants > 0 => [&long_date(fin), ", à la déclaration"].concat(),
            None => "aucun n’est nécessaire".into(),
        },
        regle: regle.map_or(("", String::new()), |regle| {
            (regle.titre, view::rule_href(regle.id))
        }),
        prevu: prevus
            .iter()
            .map(|(date, _)| *date)
            .min()
            .map_or_else(|| "aucun".into(), long_date),
        restants: still_needed(restants, comptent.count()),
    }
}

/// How many audits are still to be done, and whether they are planned.
fn still_needed(restants: i64, prevus: usize) -> String {
    let nombre = restants.to_string();
    let dits = match i64::try_from(prevus).unwrap_or(i64::MAX) {
        _ if restants <= 0 => return nombre,
        0 if restants == 1 => ", pas prévu".into(),
        0 => ", aucun prévu".into(),
        _ if restants == 1 => ", prévu".into(),
        prevus if prevus >= restants => ", tous prévus".into(),
        1 => ", dont 1\u{a0}prévu".into(),
        prevus => [", dont ", &prevus.to_string(), "\u{a0}prévus"].concat(),
    };
    [nombre, dits].concat()
}

/// The audits of the same subject that count, after today and within the phase; whether each may serve the level.
fn planned(
    prochain: &ProchainAudit,
    jour: NaiveDate,
    programme: &Programme,
    contexte: &Contexte,
) -> Vec<(NaiveDate, bool)> {
    let dossier = contexte.dossier;
    let mut dates: Vec<(NaiveDate, bool)> = Vec::new();
    if prochain.objectif == Objectif::O1A {
        let mut annuaires = dossier.annuaires.iter();
        let sujet = annuaires.find(|sujet| sujet.id == prochain.sujet);
        let audits = sujet.iter().flat_map(|sujet| &sujet.audits);
        dates.extend(audits.map(|audit| (audit.date, true)));
    } else {
        let mut perimetres = dossier.perimetres.iter();
        let sujet = perimetres.find(|sujet| sujet.id == prochain.sujet);
        let audits = sujet.iter().flat_map(|sujet| &sujet.audits);
        let comptent = audits.filter(|audit| audit.outil != Some(Outil::Cybersurveillance));
        dates.extend(comptent.map(|audit| (audit.date, audit.outil == Some(Outil::Industriel))));
    }
    let fin = declaration(programme, contexte);
    dates.retain(|(date, _)| *date > jour && *date <= fin);
    dates
}

/// E.
fn declaration(programme: &Programme, contexte: &Contexte) -> NaiveDate {
    let phase = contexte.dossier.phase.as_ref();
    let fin = phase.and_then(|phase| phase.declaration);
    fin.unwrap_or(programme.declaration_limite)
}

/// « dans 12 jours », « aujourd’hui », « dépassé de 3 jours ».
fn distance(date: NaiveDate, jour: NaiveDate) -> String {
    match calc_core::jours_entre(jour, date) {
        0 => "aujourd’hui".into(),
        reste if reste > 0 => ["dans\u{a0}", &days(reste)].concat(),
        reste => ["dépassé de ", &days(-reste)].concat(),
    }
}

fn days(nombre: i64) -> String {
    let jours = if nombre == 1 {
        "\u{a0}jour"
    } else {
        "\u{a0}jours"
    };
    [&nombre.to_string(), jours].concat()
}

/// The dates to come that are not those of the next audits: one line for those of one subject that share their name,
/// then one for the subjects that share the line.
fn other_dates(
    echeancier: &[Echeance],
    jour: NaiveDate,
    contexte: &Contexte,
) -> Vec<(String, String)> {
    let mut series: Vec<(&Echeance, String)> = Vec::new();
    for echeance in echeancier {
        let audit = ["Prochain audit", "Premier audit"];
        if echeance.jours_restants < 0 || audit.iter().any(|a| echeance.libelle.starts_with(a)) {
            continue;
        }
        let mut meme = series.iter_mut().filter(|(autre, _)| {
            (autre.libelle, &autre.sujet) == (echeance.libelle, &echeance.sujet)
        });
        match meme.next() {
            Some((_, quand)) => quand.extend([", puis le ", &*long_date(echeance.date)]),
            None => series.push((echeance, when(echeance, jour))),
        }
    }
    let mut lignes: Vec<(&str, Vec<String>, String)> = Vec::new();
    for (echeance, quand) in series {
        let nom = echeance.sujet.as_deref();
        let nom = nom.map(|id| subject_name(id, echeance.objectif, contexte.dossier));
        let mut meme = lignes.iter_mut();
        match meme.find(|(libelle, _, autre)| *libelle == echeance.libelle && *autre == quand) {
            Some((_, noms, _)) => noms.extend(nom),
            None => lignes.push((echeance.libelle, nom.into_iter().collect(), quand)),
        }
    }
    lignes
        .into_iter()
        .map(|(libelle, noms, quand)| (with_names(libelle, &noms), quand))
        .collect()
}

fn with_names(libelle: &str, noms: &[String]) -> String {
    if noms.is_empty() {
        return libelle.into();
    }
    [libelle, " (", &noms.join(", "), ")"].concat()
}

/// « jusqu’au 4 décembre 2026, dans 8 jours », « du 15 janvier 2027, dans 50 jours, au 15 mars 2027 », « 31 mars 2027,
/// dans 125 jours ».
fn when(echeance: &Echeance, jour: NaiveDate) -> String {
    let (date, reste) = (long_date(echeance.date), distance(echeance.date, jour));
    match echeance.debut {
        Some(debut) if debut > jour => {
            let attente = distance(debut, jour);
            ["du ", &long_date(debut), ", ", &attente, ", au ", &date].concat()
        }
        Some(_) => ["jusqu’au ", &date, ", ", &reste].concat(),
        None => [&date, ", ", &*reste].concat(),
    }
}

fn window(fenetre: &FenetreDeclaration) -> (&'static str, String) {
    let jours: Vec<String> = fenetre
        .intervalles
        .iter()
        .map(|(debut, fin)| {
            if debut == fin {
                ["le ", &long_date(*debut)].concat()
            } else {
                ["du ", &long_date(*debut), " au ", &long_date(*fin)].concat()
            }
        })
        .collect();
    let texte = if jours.is_empty() {
        "aucun jour, avec ce qui est saisi".into()
    } else {
        jours.join("\u{a0}; ")
    };
    (fenetre.objectif.code(), texte)
}

/// Paths of everything that is missing, each once.
pub(crate) fn missing(evaluation: &Evaluation) -> Vec<String> {
    let mut chemins: Vec<String> = Vec::new();
    for resultat in &evaluation.objectifs {
        for controle in &resultat.controles {
            for chemin in &controle.manque {
                if !chemins.contains(chemin) {
                    chemins.push(chemin.clone());
                }
            }
        }
    }
    chemins
}

fn doubts(evaluation: &Evaluation, contexte: &Contexte) -> Vec<Doute> {
    let mut doutes: Vec<(Ligne, Vec<String>, Objectif)> = Vec::new();
    for resultat in &evaluation.objectifs {
        for controle in &resultat.controles {
            if controle.verdict != Verdict::AConfirmer || controle.id.ends_with("part-activite") {
                continue;
            }
            let ligne = view::line(controle, resultat.code, contexte);
            let nom = ligne.sujet.clone();
            match doutes.iter_mut().find(|(autre, ..)| autre.id == ligne.id) {
                Some((_, noms, _)) => noms.extend(nom),
                None => doutes.push((ligne, nom.into_iter().collect(), resultat.code)),
            }
        }
    }
    doutes
        .into_iter()
        .map(|(ligne, noms, objectif)| {
            let sujets = noms.join(", ");
            let question = question(&ligne, &sujets, objectif, evaluation, contexte);
            Doute {
                ligne,
                sujets,
                question,
            }
        })
        .collect()
}

/// A message to the support, with nothing left to fill in.
fn question(
    ligne: &Ligne,
    sujets: &str,
    objectif: Objectif,
    evaluation: &Evaluation,
    contexte: &Contexte,
) -> String {
    let candidat = contexte.dossier.candidat.as_ref();
    let nom = candidat.and_then(|candidat| candidat.nom.as_deref());
    let mut texte = String::from("Bonjour,\n\nProgramme CaRE, Domaine 1 bis, objectif ");
    texte.push_str(objectif.code());
    if let Some(nom) = nom {
        texte.push_str(", candidat\u{a0}: ");
        texte.push_str(nom);
    }
    texte.push_str(".\nRègle\u{a0}: ");
    texte.push_str(ligne.titre);
    if !sujets.is_empty() {
        texte.push_str(" (");
        texte.push_str(sujets);
        texte.push(')');
    }
    texte.push_str(".\n\n");
    texte.push_str(&ligne.phrase);
    texte.push_str("\n\n");
    for lecture in &ligne.lectures {
        texte.push_str("– ");
        texte.push_str(lecture.nom);
        texte.push_str("\u{a0}: ");
        texte.push_str(&lecture.phrase);
        cite(&mut texte, &lecture.sources);
        texte.push('\n');
    }
    texte.push_str(if ligne.lectures.is_empty() {
        "Que faut-il retenir dans ce cas"
    } else {
        "\nLaquelle de ces lectures faut-il retenir"
    });
    texte.push_str("\u{202f}? Questions-réponses officielles, version ");
    texte.push_str(&evaluation.programme);
    cite(&mut texte, &ligne.sources);
    texte.push_str(".\n\nSituation au ");
    texte.push_str(&francais::date(evaluation.date));
    texte.push_str(".\n");
    texte
}

fn cite(texte: &mut String, sources: &[crate::questions::LienQuestion]) {
    for (rang, source) in sources.iter().enumerate() {
        texte.push_str(if rang == 0 { " (question\u{a0}" } else { ", " });
        texte.push_str(&source.numero);
    }
    if !sources.is_empty() {
        texte.push(')');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::essais::programme;
    use crate::questions::Questions;
    use calc_core::{evaluate, lire_date, read_dossier};

    fn see(json: &str, jour: &str) -> Bord {
        let dossier = read_dossier(json).expect("dossier");
        let questions = Questions::from_json(r#"{"3.9":{"titre":"Outils","href":"../faq/3-9/"}}"#);
        let evaluation = evaluate(&dossier, &programme(), lire_date(jour).expect("date"));
        let contexte = Contexte {
            dossier: &dossier,
            questions: &questions,
        };
        let mut ouvrage = Ouvrage::new(&evaluation, &contexte);
        while ouvrage.advance(&programme(), &contexte) {}
        ouvrage.board(&evaluation, &programme(), &contexte)
    }

    const CENT_JOURS: &str = r#"{"candidat":{"type":"ght","nom":"GHT"},"phase":{"debut":"2026-03-20"},"entites":[{"id":"e1"}],
        "perimetres":[{"id":"p1","nom":"Nord","entites":["e1"],"audits":[{"date":"2026-05-06","outil":"silene"},{"date":"2026-08-14","outil":"silene"},{"date":"2026-10-01","outil":"silene"}]},
        {"id":"p2","nom":"Sud","entites":["e1"],"audits":[{"date":"2026-05-06","outil":"silene"},{"date":"2026-08-14","outil":"silene"}]}]}"#;

    #[test]
    fn the_next_audit_says_when_and_by_which_rule() {
        let bord = see(CENT_JOURS, "2026-08-20");
        let prochain = &bord.prochains[0];
        assert_eq!(
            (prochain.sujet.as_str(), prochain.dernier.as_str()),
            ("Nord", "14\u{a0}août\u{a0}2026")
        );
        assert_eq!(prochain.prevu, "1er\u{a0}octobre\u{a0}2026");
        // a1 + 60 × 2 − 1 is before the last + 99.
        assert_eq!(
            prochain.limite,
            "2\u{a0}septembre\u{a0}2026, dans\u{a0}13\u{a0}jours"
        );
        assert!(
            prochain.regle.1.ends_with("d1-o2-a/#intervalle-moyen"),
            "{:?}",
            prochain.regle
        );
        assert_eq!(bord.prochains[1].prevu, "aucun");
    }

    /// Six audits by SILENE keep the mean: D1.O2.B still needs two industrial ones, then none.
    #[test]
    fn what_the_level_needs_counts_too() {
        let audits = |industriels: &str| {
            format!(
                r#"{{"phase":{{"debut":"2026-03-20","declaration":"2027-03-20"}},"entites":[{{"id":"e1"}}],
                "perimetres":[{{"id":"p1","entites":["e1"],"audits":[{{"date":"2026-05-06","outil":"silene"}},
                {{"date":"2026-06-20","outil":"silene"}},{{"date":"2026-08-14","outil":"silene"}},{{"date":"2026-10-01","outil":"silene"}},
                {{"date":"2026-11-20","outil":"silene"}},{{"date":"2027-01-05","outil":"silene"}}{industriels}]}}]}}"#
            )
        };
        let un = r#",{"date":"2027-01-22","outil":"industriel","cvss_max":5.0}"#;
        let deux = r#",{"date":"2027-01-22","outil":"industriel","cvss_max":5.0},{"date":"2027-02-01","outil":"industriel","cvss_max":5.0}"#;
        // A SILENE audit planned is not one of those that the level needs.
        let silene = r#",{"date":"2027-03-01","outil":"silene"}"#;
        let fin = "20\u{a0}mars\u{a0}2027, à la déclaration";
        for (industriels, restants, limite, regle) in [
            ("", "2, aucun prévu", fin, ""),
            (silene, "2, aucun prévu", fin, ""),
            (un, "1, pas prévu", fin, ""),
            (deux, "0", "aucun n’est nécessaire", ""),
        ] {
            let prochain = see(&audits(industriels), "2027-02-02").prochains.remove(0);
            assert_eq!(prochain.restants, restants, "{industriels}");
            assert_eq!(prochain.limite, limite, "{industriels}");
            assert_eq!(prochain.regle.0, regle, "{industriels}");
        }
    }

    #[test]
    fn one_question_for_all_that_it_concerns() {
        let bord = see(CENT_JOURS, "2026-08-20");
        let doute = bord
            .doutes
            .iter()
            .find(|doute| doute.ligne.id == "D1.O2.A/intervalle-max")
            .expect("doubt");
        assert_eq!(doute.sujets, "Nord, Sud");
        for morceau in [
            "candidat\u{a0}: GHT",
            "D1.O2.A",
            "(Nord, Sud)",
            "question\u{a0}3.9",
            "20\u{a0}août 2026",
        ] {
            assert!(
                doute.question.contains(morceau),
                "{morceau}: {}",
                doute.question
            );
        }
    }

    #[test]
    fn what_is_still_to_be_done_says_what_is_planned() {
        for (restants, prevus, attendu) in [
            (0, 0, "0"),
            (1, 0, "1, pas prévu"),
            (1, 2, "1, prévu"),
            (1, 1, "1, prévu"),
            (2, 0, "2, aucun prévu"),
            (3, 1, "3, dont 1\u{a0}prévu"),
            (3, 2, "3, dont 2\u{a0}prévus"),
            (3, 3, "3, tous prévus"),
        ] {
            assert_eq!(still_needed(restants, prevus), attendu);
        }
    }

    #[test]
    fn the_soonest_audit_comes_first() {
        let bord = see(CENT_JOURS, "2026-08-20");
        let limites: Vec<_> = bord.prochains.iter().map(|p| p.sujet.as_str()).collect();
        assert_eq!(limites, ["Nord", "Sud"]);
        let plus_tot = CENT_JOURS.replacen("2026-08-14", "2026-08-18", 1).replacen(
            "2026-05-06",
            "2026-05-10",
            1,
        );
        let bord = see(&plus_tot, "2026-08-20");
        assert_eq!(bord.prochains[0].sujet, "Sud");
    }

    #[test]
    fn a_date_is_near_or_past() {
        let jour = lire_date("2026-08-20").expect("date");
        for (date, attendu) in [
            ("2026-08-19", "dépassé de 1\u{a0}jour"),
            ("2026-08-20", "aujourd’hui"),
            ("2026-08-22", "dans\u{a0}2\u{a0}jours"),
        ] {
            assert_eq!(distance(lire_date(date).expect("date"), jour), attendu);
        }
    }

    #[test]
    fn windows_of_all_perimeters_make_one_line() {
        let bord = see(CENT_JOURS, "2026-08-20");
        let lignes: Vec<_> = bord
            .dates
            .iter()
            .filter(|(nom, _)| nom.starts_with("Dernier audit industriel"))
            .collect();
        assert_eq!(lignes.len(), 1);
        assert!(lignes[0].0.ends_with("(Nord, Sud)"));
        assert!(lignes[0].1.starts_with("du "));
    }

    #[test]
    fn the_smallest_repair_names_its_event() {
        let json = r#"{"phase":{"debut":"2026-03-20","declaration":"2027-03-20"},"autoevaluation":{"date":"2027-03-25","moyen":"osis"}}"#;
        let bord = see(json, "2026-11-23");
        let remede = bord
            .remedes
            .iter()
            .find(|remede| remede.code == "D1.O4")
            .expect("repair");
        assert!(["phase.declaration", "autoevaluation.date"].contains(&remede.chemin.as_str()));
        assert!(remede.phrase.contains("2027"));
    }
}
