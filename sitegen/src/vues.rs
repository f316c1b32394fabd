//! Pieces of the model as templates see them, addresses relative to a page.

use crate::cadre::{Atelier, affichee};
use crate::cible::{Numero, slug_of_code};
use crate::context::{
    Echeance, Etiquette, GroupeObjectif, LienQuestion, PageObjectif, Parametre, Question,
    QuestionImprimee, RegleAffichee, Section,
};
use crate::html::Vue;
use crate::programme;
use crate::site;
use crate::table::At;
use crate::typographie::typographie;
use calc_core::regles;

/// The objective of the computed date.
const CONVERGENCE: &str = "D1.O6.B";

/// Pieces for one page.
#[derive(Clone, Copy)]
pub(crate) struct Vues<'a> {
    /// Where they come from.
    pub(crate) atelier: Atelier<'a>,
    /// From that page to the root.
    pub(crate) racine: &'a str,
    /// Questions stand on the page itself.
    pub(crate) imprime: bool,
}

impl<'a> Vues<'a> {
    /// Pieces for a page that stands there.
    pub(crate) fn new(atelier: Atelier<'a>, racine: &'a str) -> Self {
        let imprime = false;
        Self {
            atelier,
            racine,
            imprime,
        }
    }

    fn site(&self) -> &'a site::Site {
        self.atelier.site
    }

    /// An address from the root, as this page gives it.
    pub(crate) fn href(&self, adresse: &str) -> String {
        [self.racine, adresse].concat()
    }

    /// A question in a list.
    pub(crate) fn lien_question(&self, question: &site::Question) -> LienQuestion {
        let href = if self.imprime {
            format!("#q-{}", question.numero.slug())
        } else {
            self.href(&question.numero.adresse())
        };
        LienQuestion {
            numero: question.numero.texte(),
            titre: question.titre.clone(),
            href,
            reponse_courte: String::new(),
        }
    }

    /// The same with its answer in one sentence.
    fn lien_detaille(&self, question: &site::Question) -> LienQuestion {
        LienQuestion {
            reponse_courte: question.reponse_courte.clone(),
            ..self.lien_question(question)
        }
    }

    /// Questions in a list, by their numbers.
    pub(crate) fn sources<'n>(&self, numeros: impl Iterator<Item = &'n str>) -> Vec<LienQuestion> {
        let questions = numeros.filter_map(|numero| self.site().question(Numero::parse(numero)?));
        questions
            .map(|question| self.lien_question(question))
            .collect()
    }

    /// The tag of an objective.
    pub(crate) fn etiquette(&self, objectif: &site::Objectif) -> Etiquette {
        Etiquette {
            code: objectif.code.clone(),
            titre: objectif.titre.clone(),
            href: self.href(&format!("objectifs/{}/", slug_of_code(&objectif.code))),
        }
    }

    fn etiquettes(&self, codes: &[At<String>]) -> Vec<Etiquette> {
        let pages = codes
            .iter()
            .filter_map(|code| self.site().objectif(&code.value));
        pages.map(|page| self.etiquette(page)).collect()
    }

    /// A section with its questions, as a list.
    pub(crate) fn section(&self, section: &site::Section) -> Section {
        let questions = self.questions_of(section);
        Section {
            questions: questions.map(|q| self.lien_question(q)).collect(),
            ..self.partie(section)
        }
    }

    /// A section with its questions, each with its answer in one sentence.
    pub(crate) fn section_detaillee(&self, section: &site::Section) -> Section {
        let questions = self.questions_of(section);
        Section {
            questions: questions.map(|q| self.lien_detaille(q)).collect(),
            ..self.partie(section)
        }
    }

    /// A section without its questions.
    pub(crate) fn partie(&self, section: &site::Section) -> Section {
        Section {
            cle: section.cle.clone(),
            numero: section.numero,
            titre: section.titre.clone(),
            description: section.description.clone(),
            href: self.href(&format!("faq/{}/", section.cle)),
            nombre: self.questions_of(section).count(),
            questions: Vec::new(),
        }
    }

    /// The questions of a section, in order.
    pub(crate) fn questions_of(
        &self,
        section: &site::Section,
    ) -> impl Iterator<Item = &'a site::Question> + use<'a> {
        let numero = section.numero;
        self.site()
            .questions
            .iter()
            .filter(move |question| question.numero.section == numero)
    }

    /// Every section, each as one of the functions above gives it.
    pub(crate) fn sections(
        &self,
        section: impl Fn(&Self, &site::Section) -> Section,
    ) -> Vec<Section> {
        let sections = self.site().reglages.sections.iter();
        sections.map(|known| section(self, known)).collect()
    }

    /// A question, whole, with its text as markup.
    pub(crate) fn question(&self, question: &site::Question, corps_html: String) -> Question {
        let vue = &Vue::page(self.racine);
        let liees = question
            .liees
            .iter()
            .filter_map(|at| self.site().question(at.value));
        Question {
            numero: question.numero.texte(),
            titre: question.titre.clone(),
            reponse_courte: question.reponse_courte.clone(),
            corps_html,
            objectifs: self.etiquettes(&question.objectifs),
            candidats: question.candidats.clone(),
            publics: question
                .publics
                .iter()
                .map(|(_, words)| words.clone())
                .collect(),
            corrections_html: question
                .corrections
                .iter()
                .map(|texte| texte.inline_html(vue))
                .collect(),
            officiel: question.officiel,
            liees: liees.map(|question| self.lien_question(question)).collect(),
            source_version: question.source_version.value.clone(),
            depuis: affichee(question.depuis),
            modifie: affichee(question.modifie),
            verifie_le: affichee(question.verifie_le),
        }
    }

    /// A question of the printable page.
    pub(crate) fn question_imprimee(
        &self,
        question: &site::Question,
        vue: &Vue,
    ) -> QuestionImprimee {
        let corrections = question.corrections.iter();
        let known = question.objectifs.iter();
        let known = known.filter(|code| self.site().objectif(&code.value).is_some());
        QuestionImprimee {
            numero: question.numero.texte(),
            titre: question.titre.clone(),
            reponse_courte: question.reponse_courte.clone(),
            corps_html: question.corps.html(vue),
            objectifs: known.map(|code| code.value.clone()).collect(),
            corrections_html: corrections.map(|texte| texte.inline_html(vue)).collect(),
            officiel: question.officiel,
        }
    }

    /// The six objectives with their pages.
    pub(crate) fn groupes(&self) -> Vec<GroupeObjectif> {
        let groups = self.site().reglages.objectifs.iter();
        let group = |(code, titre): &(String, String)| {
            let pages = self
                .site()
                .objectifs
                .iter()
                .filter(|page| page.groupe.value == *code);
            GroupeObjectif {
                code: code.clone(),
                titre: titre.clone(),
                pages: pages.map(|page| self.etiquette(page)).collect(),
            }
        };
        groups.map(group).collect()
    }

    /// The page of an objective, with its text as markup.
    pub(crate) fn objectif(&self, page: &site::Objectif, corps_html: String) -> PageObjectif {
        let keys = page.parametres.iter();
        let parametres = keys.filter_map(|key| self.site().programme.get(&key.value));
        PageObjectif {
            code: page.code.clone(),
            titre: page.titre.clone(),
            resume: page.resume.clone(),
            corps_html,
            calculable: regles()
                .iter()
                .any(|regle| regle.objectif.code() == page.code),
            calculateur_href: self.href("calculateur/"),
            parametres: parametres
                .map(|parametre| self.parametre(parametre))
                .collect(),
        }
    }

    /// A parameter with its value in French.
    pub(crate) fn parametre(&self, parametre: &programme::Parametre) -> Parametre {
        Parametre {
            cle: parametre.cle.value.clone(),
            libelle: typographie(&parametre.libelle, None),
            valeur: parametre
                .avec_unite()
                .map(|valeur| typographie(&valeur, None)),
            sources: self.sources(parametre.sources.iter().map(|at| at.value.as_str())),
        }
    }

    /// Every parameter that is no deadline.
    pub(crate) fn seuils(&self) -> Vec<Parametre> {
        let parametres = self
            .site()
            .programme
            .parametres
            .iter()
            .filter(|p| !p.echeance);
        parametres
            .map(|parametre| self.parametre(parametre))
            .collect()
    }

    /// Every date, in order, the computed one included.
    pub(crate) fn echeances(&self) -> Vec<Echeance> {
        self.echeances_where(|_| true, true)
    }

    /// The dates that bind an objective, in order.
    pub(crate) fn echeances_on(&self, code: &str) -> Vec<Echeance> {
        let binds = |p: &programme::Parametre| p.objectifs.iter().any(|at| at.value == code);
        self.echeances_where(binds, code == CONVERGENCE)
    }

    fn echeances_where(
        &self,
        wanted: impl Fn(&programme::Parametre) -> bool,
        jalon: bool,
    ) -> Vec<Echeance> {
        let parametres = self.site().programme.parametres.iter();
        let dated = parametres.filter(|p| p.echeance && wanted(p));
        let dated = dated.filter_map(|p| self.echeance(p));
        let jalon = jalon.then(|| self.jalon()).flatten();
        let mut all: Vec<Echeance> = dated.chain(jalon).collect();
        all.sort_by(|a, b| a.date.iso.cmp(&b.date.iso));
        all
    }

    /// The deadlines that a question sets, in the order of the programme.
    pub(crate) fn echeances_of(&self, numero: Numero) -> Vec<Echeance> {
        let parametres = self.site().programme.parametres.iter();
        let its_own = |parametre: &&programme::Parametre| {
            let mut sources = parametre.sources.iter();
            parametre.echeance && sources.any(|at| Numero::parse(&at.value) == Some(numero))
        };
        let its_own = parametres.filter(its_own);
        its_own.filter_map(|p| self.echeance(p)).collect()
    }

    fn echeance(&self, parametre: &programme::Parametre) -> Option<Echeance> {
        Some(Echeance {
            cle: parametre.cle.value.clone(),
            libelle: typographie(&parametre.libelle, None),
            date: affichee(parametre.date()?),
            calcul: None,
            sources: self.sources(parametre.sources.iter().map(|at| at.value.as_str())),
            objectifs: self.etiquettes(&parametre.objectifs),
        })
    }

    /// The first milestone of the convergence: so many months after the publication (Q3.32).
    fn jalon(&self) -> Option<Echeance> {
        let programme = &self.site().programme;
        let publication = programme.date("arrete_publication")?;
        let delay = programme.get("convergence_jalon_mois")?;
        let months = delay.valeur.as_ref()?.affichee();
        let date = programme.date(programme::JALON)?;
        let calcul = format!(
            "{months} mois après la publication de l'arrêté, le {}",
            crate::francais::date(publication)
        );
        let objectif = self.site().objectif(CONVERGENCE);
        Some(Echeance {
            cle: programme::JALON.to_owned(),
            libelle: typographie(programme::JALON_LIBELLE, None),
            date: affichee(date),
            calcul: Some(typographie(&calcul, None)),
            sources: self.sources(delay.sources.iter().map(|at| at.value.as_str())),
            objectifs: objectif
                .map(|page| self.etiquette(page))
                .into_iter()
                .collect(),
        })
    }

    /// Every rule of the core with the address of its paragraph.
    pub(crate) fn regles(&self) -> Vec<RegleAffichee> {
        let shown = |regle: &calc_core::Regle| {
            let code = regle.objectif.code();
            let anchor = regle.id.rsplit('/').next().unwrap_or_default();
            RegleAffichee {
                id: regle.id.to_owned(),
                objectif: code.to_owned(),
                titre: typographie(regle.titre, None),
                href: self.href(&format!("objectifs/{}/#{anchor}", slug_of_code(code))),
                sources: self.sources(regle.sources.iter().copied()),
            }
        };
        regles().iter().map(shown).collect()
    }
}
