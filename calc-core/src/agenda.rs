//! The calendar of a dossier: its deadlines still to come, its audits and exercises still planned, each with why, by
//! which rule, from which questions. It reads the evaluation, and computes nothing of its own.

use crate::calendrier::{Evenement, calendrier};
use crate::dossier::{Dossier, Outil};
use crate::echeancier::Echeance;
use crate::evaluate::evaluate;
use crate::francais::{self, Compte, Dire};
use crate::noms::nom_du_sujet;
use crate::prelude::*;
use crate::programme::Programme;
use crate::regles::{self, regles};
use crate::verdict::{Controle, Evaluation, Objectif, Sources, Verdict};
use chrono::NaiveDate;

/// The calendar file of a dossier, seen on a day: nothing that is past by then.
#[must_use]
pub fn agenda(dossier: &Dossier, programme: &Programme, aujourdhui: NaiveDate) -> String {
    let evaluation = evaluate(dossier, programme, aujourdhui);
    let mut cahier = Cahier {
        dossier,
        evaluation: &evaluation,
        evenements: Vec::new(),
    };
    cahier.echeances();
    cahier.audits();
    cahier.exercices();
    let mut nom = String::from("CaRE Domaine 1 bis");
    if let Some(candidat) = cahier.candidat() {
        nom.push_str("\u{a0}: ");
        nom.push_str(candidat);
    }
    calendrier(&nom, evaluation.date, &cahier.evenements)
}

/// The name of a tool as a sentence says it.
fn outil(outil: Option<Outil>) -> &'static str {
    match outil {
        Some(Outil::Silene) => " (SILENE)",
        Some(Outil::Industriel) => " (plateforme industrielle)",
        Some(Outil::Cybersurveillance) => " (cybersurveillance)",
        None => "",
    }
}

/// The events of a dossier, as they are written down.
struct Cahier<'a> {
    dossier: &'a Dossier,
    evaluation: &'a Evaluation,
    evenements: Vec<Evenement>,
}

/// One event before its sentences are put together.
struct Entree<'a> {
    date: NaiveDate,
    objectif: Objectif,
    /// What it is, without the subject's name.
    libelle: &'a str,
    /// What tells it from the others of its kind.
    rang: usize,
    sujet: Option<&'a str>,
    /// How many more subjects it has.
    autres: usize,
    regle: Option<&'static str>,
    fenetre: Option<NaiveDate>,
    sources: Sources,
}

impl Cahier<'_> {
    /// The candidate's own reference, else its name.
    fn candidat(&self) -> Option<&str> {
        self.dossier.candidat.as_ref()?.nom.as_deref()
    }

    fn echeances(&mut self) {
        let evaluation = self.evaluation;
        let echeances = &evaluation.echeancier;
        for (place, echeance) in echeances.iter().enumerate() {
            let meme = |autre: &&Echeance| {
                autre.libelle == echeance.libelle && autre.sujet == echeance.sujet
            };
            if self.est_faite(echeance) {
                continue;
            }
            self.ajouter(&Entree {
                date: echeance.date,
                objectif: echeance.objectif,
                libelle: echeance.libelle,
                // Counted from the first one, past or not: it never changes as days go by.
                rang: echeances.iter().take(place).filter(meme).count(),
                sujet: echeance.sujet.as_deref(),
                autres: 0,
                regle: echeance.regle,
                fenetre: echeance.debut,
                sources: echeance.sources,
            });
        }
    }

    /// Whether a deadline of the whole dossier has nothing left to ask for, or the next audit of a subject is not needed.
    fn est_faite(&self, echeance: &Echeance) -> bool {
        let fait = |verdict| matches!(verdict, Verdict::Atteint | Verdict::SansObjet);
        if let Some(sujet) = echeance.sujet.as_deref() {
            let controles = self.evaluation.objectifs.iter().flat_map(|o| &o.controles);
            let mut siens = controles.filter(|controle| controle.sujet.as_deref() == Some(sujet));
            return echeance.libelle.starts_with("Prochain audit")
                && siens.all(|controle| fait(controle.verdict));
        }
        echeance.objectif != Objectif::Cand
            && self
                .evaluation
                .objectif(echeance.objectif)
                .is_some_and(|resultat| fait(resultat.verdict))
    }

    fn audits(&mut self) {
        let dossier = self.dossier;
        for annuaire in &dossier.annuaires {
            for audit in &annuaire.audits {
                let rang = avant(audit.date, annuaire.audits.iter().map(|autre| autre.date));
                self.audit(
                    Objectif::O1A,
                    &annuaire.id,
                    audit.date,
                    rang,
                    "Audit ADS prévu",
                );
            }
        }
        for perimetre in &dossier.perimetres {
            for audit in &perimetre.audits {
                let meme = perimetre
                    .audits
                    .iter()
                    .filter(|autre| autre.outil == audit.outil);
                let rang = avant(audit.date, meme.map(|autre| autre.date));
                let libelle = ["Audit d’exposition prévu", outil(audit.outil)].concat();
                self.audit(Objectif::O2A, &perimetre.id, audit.date, rang, &libelle);
            }
        }
    }

    fn audit(
        &mut self,
        objectif: Objectif,
        sujet: &str,
        date: NaiveDate,
        rang: usize,
        libelle: &str,
    ) {
        let regle = regles::nommee(objectif, "intervalle-moyen");
        self.prevu(&Entree {
            date,
            objectif,
            libelle,
            rang,
            sujet: Some(sujet),
            autres: 0,
            regle,
            fenetre: None,
            sources: regle.map_or(&[], regles::sources),
        });
    }

    fn exercices(&mut self) {
        let exercices = self.dossier.exercices.as_deref().unwrap_or_default();
        for exercice in exercices {
            let regle = "D1.O3/exercice";
            self.prevu(&Entree {
                date: exercice.date,
                objectif: Objectif::O3,
                libelle: "Exercice de crise prévu",
                rang: avant(exercice.date, exercices.iter().map(|autre| autre.date)),
                sujet: exercice.entites.first().map(String::as_str),
                autres: exercice.entites.len().saturating_sub(1),
                regle: Some(regle),
                fenetre: None,
                sources: regles::sources(regle),
            });
        }
    }

    /// What is dated up to today is done.
    fn prevu(&mut self, entree: &Entree) {
        if entree.date > self.evaluation.date {
            self.ajouter(entree);
        }
    }

    fn ajouter(&mut self, entree: &Entree) {
        if entree.date < self.evaluation.date {
            return;
        }
        let code = entree.objectif.code();
        let rang = francais::rang_en_chiffres(entree.rang);
        let mut titre = String::from(entree.libelle);
        if let Some(sujet) = entree.sujet {
            titre.push_str("\u{a0}: ");
            titre.push_str(&nom_du_sujet(self.dossier, entree.objectif, sujet));
        }
        if entree.autres > 0 {
            let autres = i64::try_from(entree.autres).unwrap_or(i64::MAX);
            titre.push_str(" et ");
            Compte(autres, "autre", "autres").dire(&mut titre);
        }
        let candidat = self.dossier.candidat.as_ref();
        let candidat = candidat
            .and_then(|candidat| candidat.numero_ecare.as_deref())
            .or_else(|| self.candidat());
        let cle = [
            candidat.unwrap_or_default(),
            code,
            entree.libelle,
            entree.sujet.unwrap_or_default(),
            &rang,
        ];
        self.evenements.push(Evenement {
            cle: cle.join("\n"),
            date: entree.date,
            titre,
            texte: self.texte(entree),
            categorie: code,
        });
    }

    /// Why, the window, the rule, the source.
    fn texte(&self, entree: &Entree) -> String {
        let mut texte = String::from("Pourquoi\u{a0}: ");
        let mut raisons = self.controles(entree).map(|controle| &controle.explication);
        match raisons.next() {
            Some(raison) => texte.push_str(raison),
            None => texte.push_str("passé ce jour, ce ne sera plus possible."),
        }
        for raison in raisons {
            texte.push(' ');
            texte.push_str(raison);
        }
        if let Some(debut) = entree.fenetre {
            let (debut, fin) = (francais::date(debut), francais::date(entree.date));
            texte.push_str(&["\nFenêtre\u{a0}: du ", &debut, " au ", &fin, "."].concat());
        }
        if let Some(regle) = regles().iter().find(|regle| Some(regle.id) == entree.regle) {
            texte.push_str(&["\nRègle\u{a0}: ", regle.titre, " (", regle.id, ")."].concat());
        }
        let questions = if entree.sources.len() > 1 {
            "questions "
        } else {
            "question "
        };
        let sources = entree.sources.join(", ");
        let version = &self.evaluation.programme;
        texte.push_str(
            &[
                "\nSource\u{a0}: questions-réponses officielles, version ",
                version,
                ", ",
                questions,
                &sources,
                ".",
            ]
            .concat(),
        );
        let jour = francais::date(self.evaluation.date);
        texte.push_str(&["\nCalculé le ", &jour, ". Seul le texte officiel fait foi."].concat());
        texte
    }

    /// The checks that say why: those of the rule for the subject, else for the dossier; for an audit, both intervals.
    fn controles<'b>(&'b self, entree: &'b Entree) -> impl Iterator<Item = &'b Controle> {
        let resultat = self.evaluation.objectif(entree.objectif);
        let controles = resultat.map_or(&[][..], |resultat| &resultat.controles);
        let maximum = entree
            .regle
            .filter(|_| entree.fenetre.is_none() && entree.libelle.starts_with("Audit"))
            .and_then(|_| regles::nommee(entree.objectif, "intervalle-max"));
        controles.iter().filter(move |controle| {
            (Some(controle.id) == entree.regle || Some(controle.id) == maximum)
                && (controle.sujet.as_deref() == entree.sujet)
        })
    }
}

/// How many of these days come before that one.
fn avant(date: NaiveDate, dates: impl Iterator<Item = NaiveDate>) -> usize {
    dates.filter(|autre| *autre < date).count()
}
