//! The rules of D1.O1, D1.O2 and D1.O3 written a second time, from the text and not from the code, as plainly as possible:
//! whole numbers, one audit after the other, no sharing. Drawn dossiers must be judged alike by both.

mod commun;

use calc_core::{
    AuditExposition, Dossier, Exercice, Mode, Objectif, Organisateur, Outil, Preuve, Programme,
    Verdict, evaluate, jours_entre, plus_jours, read_dossier,
};
use chrono::NaiveDate;
use commun::hasard::{Hasard, Taille, aujourdhui, dossier};
use commun::{jour, programme};
use std::collections::BTreeSet;

use Verdict::{AConfirmer, Atteint, Incomplet, NonAtteint, Perdu, Prevu};

/// What a rule is judged on: S, E, the day, the programme.
struct Jour<'a> {
    debut: NaiveDate,
    fin: NaiveDate,
    le: NaiveDate,
    programme: &'a Programme,
}

/// Holds on every fact; already on those of today; lost after the last day (§3).
fn conclure(jour: &Jour, tout: Verdict, fait: Verdict) -> Verdict {
    match (tout, fait) {
        (Atteint, Atteint) => Atteint,
        (Atteint, _) => Prevu,
        (NonAtteint, _) if jour.le > jour.programme.declaration_limite => Perdu,
        _ => tout,
    }
}

fn premier(jour: &Jour, dates: &[NaiveDate]) -> Verdict {
    let limite = jour.programme.premier_audit_limite;
    match dates.first() {
        Some(date) if *date <= limite && jours_entre(jour.debut, *date) <= 60 => Atteint,
        Some(date) if *date <= limite => AConfirmer,
        _ if jour.le > limite => Perdu,
        _ => NonAtteint,
    }
}

/// Under, at or above 60 days a gap.
fn moyenne(total: i64, ecarts: usize) -> Verdict {
    let ecarts = i64::try_from(ecarts).unwrap();
    match total - 60 * ecarts {
        ..0 => Atteint,
        0 => AConfirmer,
        _ => NonAtteint,
    }
}

fn moyen(jour: &Jour, dates: &[NaiveDate]) -> Verdict {
    let bornes = moyenne(jours_entre(jour.debut, jour.fin), dates.len() + 1);
    if dates.len() < 2 {
        return bornes;
    }
    let etendue = jours_entre(dates[0], dates[dates.len() - 1]);
    let entre = moyenne(etendue, dates.len() - 1);
    if entre == bornes { entre } else { AConfirmer }
}

fn maximum(jour: &Jour, dates: &[NaiveDate]) -> Verdict {
    let mut pire = Atteint;
    for paire in dates.windows(2) {
        let trop_tard = jour.le > plus_jours(paire[0], 100);
        pire = pire.max(match jours_entre(paire[0], paire[1]) {
            ..100 => Atteint,
            100 => AConfirmer,
            _ if trop_tard => Perdu,
            _ => NonAtteint,
        });
    }
    match dates.last() {
        Some(dernier) if dates.len() > 1 => {
            let passe = plus_jours(*dernier, 100) < jour.le && jour.le <= jour.fin;
            let encore = jours_entre(*dernier, jour.fin) >= 60;
            if passe && encore { Perdu } else { pire }
        }
        _ => pire,
    }
}

/// The worst of the rules of one series, the maximum for the exposure alone.
fn regularite(jour: &Jour, dates: &[NaiveDate], exposition: bool) -> Verdict {
    let faits: Vec<NaiveDate> = dates.iter().copied().filter(|d| *d <= jour.le).collect();
    let un = conclure(jour, premier(jour, dates), premier(jour, &faits));
    let deux = conclure(jour, moyen(jour, dates), moyen(jour, &faits));
    let trois = conclure(jour, maximum(jour, dates), maximum(jour, &faits));
    if exposition {
        un.max(deux).max(trois)
    } else {
        un.max(deux)
    }
}

/// What a directory or perimeter gives: A, then B on every fact, then B on those of today.
type Trois = [Verdict; 3];

fn annuaire(jour: &Jour, annuaire: &calc_core::Annuaire) -> Trois {
    match annuaire.mode {
        None => return [Incomplet; 3],
        Some(Mode::Cloud | Mode::Aucun) => return [AConfirmer; 3],
        _ => {}
    }
    let mut audits = annuaire.audits.clone();
    audits.retain(|audit| jour.debut <= audit.date && audit.date <= jour.fin);
    audits.sort_by_key(|audit| audit.date);
    let niveau = |audits: &[calc_core::AuditAds]| {
        let Some([un, deux]) = audits.last_chunk::<2>() else {
            return NonAtteint;
        };
        match [un, deux].map(|audit| audit.score.map(|score| score.0)) {
            [Some(0..2), _] | [_, Some(0..2)] => NonAtteint,
            [Some(_), Some(_)] => Atteint,
            _ => Incomplet,
        }
    };
    let dates: Vec<NaiveDate> = audits.iter().map(|audit| audit.date).collect();
    let tout = niveau(&audits);
    audits.retain(|audit| audit.date <= jour.le);
    [regularite(jour, &dates, false), tout, niveau(&audits)]
}

fn gravite(score: u8) -> Verdict {
    match score {
        ..90 => Atteint,
        90 => AConfirmer,
        _ => NonAtteint,
    }
}

/// What an audit gives: re-rated where that is justified; unknown where it is not told and would change something.
fn audit(audit: &AuditExposition) -> Verdict {
    let (trouve, reevalue) = (audit.cvss_max, audit.cvss_reevalue);
    match (trouve, reevalue, audit.reevaluation_justifiee) {
        (_, Some(reevalue), Some(true)) => gravite(reevalue.0),
        (None, ..) => Incomplet,
        (Some(trouve), Some(reevalue), None) if gravite(trouve.0) != gravite(reevalue.0) => {
            Incomplet
        }
        (Some(trouve), ..) => gravite(trouve.0),
    }
}

fn vulnerabilites(jour: &Jour, audits: &[AuditExposition]) -> Verdict {
    let industriel = |audit: &&AuditExposition| audit.outil == Some(Outil::Industriel);
    let industriels: Vec<&AuditExposition> = audits.iter().filter(industriel).collect();
    let [.., avant, dernier] = industriels[..] else {
        return NonAtteint;
    };
    let mut retenu = avant;
    if matches!(audit(avant), AConfirmer | NonAtteint)
        && let [.., ante, _, _] = industriels[..]
        && jours_entre(ante.date, dernier.date) <= 60
    {
        retenu = ante;
    }
    let silene = audits
        .iter()
        .any(|audit| audit.outil == Some(Outil::Silene) && audit.date > retenu.date);
    let outil = if silene { AConfirmer } else { Atteint };
    let age = if jours_entre(dernier.date, jour.fin) < 60 {
        Atteint
    } else {
        NonAtteint
    };
    audit(dernier).max(age).max(audit(retenu)).max(outil)
}

fn perimetre(jour: &Jour, perimetre: &calc_core::Perimetre) -> Trois {
    let mut audits = perimetre.audits.clone();
    audits.retain(|audit| jour.debut <= audit.date && audit.date <= jour.fin);
    if audits.iter().any(|audit| audit.outil.is_none()) {
        return [Incomplet; 3];
    }
    audits.retain(|audit| audit.outil != Some(Outil::Cybersurveillance));
    audits.sort_by_key(|audit| audit.date);
    let dates: Vec<NaiveDate> = audits.iter().map(|audit| audit.date).collect();
    let tout = vulnerabilites(jour, &audits);
    audits.retain(|audit| audit.date <= jour.le);
    [
        regularite(jour, &dates, true),
        tout,
        vulnerabilites(jour, &audits),
    ]
}

/// The share of the activity, from what each directory or perimeter gives to the entities that it lists.
fn part(lu: &Dossier, membres: &[&[String]], donnes: &[Verdict]) -> Verdict {
    let (mut total, mut couvert, mut possible, mut inconnue) = (0, 0, 0, false);
    let (mut toutes, mut doute) = (true, AConfirmer);
    for entite in &lu.entites {
        let siens = membres.iter().zip(donnes);
        let siens = siens.filter(|(membres, _)| membres.contains(&entite.id));
        let pire = siens.map(|(_, donne)| *donne).max().unwrap_or(Incomplet);
        let poids = entite.activite_combinee.map_or(0, |activite| activite.0);
        inconnue |= entite.activite_combinee.is_none();
        total += poids;
        toutes &= pire == Atteint;
        couvert += if pire == Atteint { poids } else { 0 };
        possible += if pire <= Incomplet { poids } else { 0 };
        if pire == Incomplet {
            doute = Incomplet;
        }
    }
    match lu.part_activite_min_pourcent {
        _ if lu.entites.is_empty() => Incomplet,
        _ if toutes => Atteint,
        Some(seuil) if !inconnue && total > 0 => match (couvert, possible) {
            (couvert, _) if couvert * 10_000 >= total * seuil.0 => Atteint,
            (_, possible) if possible * 10_000 >= total * seuil.0 => doute,
            _ => NonAtteint,
        },
        _ => Incomplet,
    }
}

/// A and B of one group.
fn groupe(jour: &Jour, lu: &Dossier, membres: &[&[String]], donnes: &[Trois]) -> [Verdict; 2] {
    let seule = lu
        .entites
        .iter()
        .any(|entite| !membres.iter().any(|liste| liste.contains(&entite.id)));
    let vide = membres.iter().any(|liste| liste.is_empty());
    let couverture = if lu.entites.is_empty() || seule || vide {
        Incomplet
    } else {
        Atteint
    };
    let colonne = |rang: usize| donnes.iter().map(|trois| trois[rang]).collect::<Vec<_>>();
    let regularite = colonne(0).into_iter().max().unwrap_or(Atteint);
    let (tout, fait) = (
        part(lu, membres, &colonne(1)),
        part(lu, membres, &colonne(2)),
    );
    [couverture.max(regularite), conclure(jour, tout, fait)]
}

/// Held, and proven.
fn exercice(jour: &Jour, exercice: &Exercice) -> Verdict {
    let tenu = if exercice.date <= jour.le {
        Atteint
    } else {
        Prevu
    };
    let preuve = match (exercice.preuve, exercice.organisateur) {
        (Some(Preuve::Attestation), _) | (Some(Preuve::Retex), Some(Organisateur::Interne)) => tenu,
        (Some(Preuve::Retex), Some(_)) => AConfirmer,
        (Some(Preuve::Facture), _) => conclure(jour, NonAtteint, NonAtteint),
        (None, _) if tenu == Prevu => Prevu,
        (Some(Preuve::Retex), None) | (None, _) => Incomplet,
    };
    tenu.max(preuve)
}

/// One entity; every drawn exercise lists one entity alone.
fn crise(jour: &Jour, lu: &Dossier, id: &String) -> Verdict {
    let dans = |date: NaiveDate| jour.programme.exercice_debut <= date && date <= jour.fin;
    let exercices = lu.exercices.iter().flatten();
    let siens = exercices.filter(|e| dans(e.date) && e.entites.contains(id));
    let meilleur = siens.map(|e| exercice(jour, e)).min();
    let exemptions = lu.exemptions.iter().filter(|e| e.entite == *id);
    let exemptions: Vec<_> = exemptions.collect();
    let attaques = || {
        exemptions
            .iter()
            .filter(|e| e.date_attaque.is_some_and(dans))
    };
    let accord = attaques().any(|e| e.accord_care == Some(true) && e.retex == Some(true));
    let inconnu = lu.exercices.is_none() || exemptions.iter().any(|e| e.date_attaque.is_none());
    match meilleur {
        Some(verdict) if verdict < Incomplet => verdict,
        _ if accord => Atteint, // drawn attacks are all past
        Some(Incomplet) => Incomplet,
        _ if inconnu => Incomplet,
        Some(verdict) => verdict,
        None if attaques().next().is_some() => AConfirmer,
        None => conclure(jour, NonAtteint, NonAtteint),
    }
}

/// D1.O1.A, D1.O1.B, D1.O2.A, D1.O2.B, D1.O3 by the second reading.
fn relire(lu: &Dossier, programme: &Programme, le: NaiveDate) -> [Verdict; 5] {
    let phase = lu.phase.as_ref().unwrap();
    let jour = Jour {
        debut: phase.debut.unwrap_or_default(),
        fin: phase.declaration.unwrap_or(programme.declaration_limite),
        le,
        programme,
    };
    let crises = lu.entites.iter().map(|entite| crise(&jour, lu, &entite.id));
    let o3 = crises.max().unwrap_or(Incomplet);
    if phase.debut.is_none() {
        return [Incomplet, Incomplet, Incomplet, Incomplet, o3];
    }
    let listes: Vec<&[String]> = lu.annuaires.iter().map(|a| &a.entites[..]).collect();
    let donnes: Vec<Trois> = lu.annuaires.iter().map(|a| annuaire(&jour, a)).collect();
    let [o1a, o1b] = groupe(&jour, lu, &listes, &donnes);
    let listes: Vec<&[String]> = lu.perimetres.iter().map(|p| &p.entites[..]).collect();
    let donnes: Vec<Trois> = lu.perimetres.iter().map(|p| perimetre(&jour, p)).collect();
    let [o2a, o2b] = groupe(&jour, lu, &listes, &donnes);
    [o1a, o1b, o2a, o2b, o3]
}

#[test]
fn both_readings_of_the_rules_agree() {
    let programme = programme();
    let codes = [
        Objectif::O1A,
        Objectif::O1B,
        Objectif::O2A,
        Objectif::O2B,
        Objectif::O3,
    ];
    let mut vus = BTreeSet::new();
    for graine in 0..6_000 {
        let mut hasard = Hasard::new(graine);
        let taille = Taille {
            listes: 1 + graine % 3,
            audits: 8,
        };
        let lu = read_dossier(&dossier(&mut hasard, taille)).unwrap();
        // Half of the days stand around the maximum after an audit.
        let dates = lu.perimetres.iter().flat_map(|p| &p.audits);
        let le = match dates.map(|audit| audit.date).max() {
            Some(date) if graine % 2 == 0 => plus_jours(date, 98 + (graine / 2 % 4).cast_signed()),
            _ => jour(aujourdhui(&mut hasard)),
        };
        let evaluation = evaluate(&lu, &programme, le);
        for (code, attendu) in codes.into_iter().zip(relire(&lu, &programme, le)) {
            let obtenu = evaluation.objectif(code).unwrap().verdict;
            assert_eq!(obtenu, attendu, "{code:?} on {le} {}", lu.to_json());
            vus.insert((code, obtenu));
        }
    }
    // Every verdict of each, `sans_objet` apart, which none of the five can come to.
    for code in codes {
        let siens = vus.iter().filter(|(vu, _)| *vu == code).count();
        assert_eq!(siens, 6, "{code:?}: {vus:?}");
    }
}
