//! Files of `content/` to the model: every fault of every file, then the site or nothing.

use crate::calendrier;
use crate::cible::slug_of_code;
use crate::diagnostic::{Diagnostic, Faults};
use crate::exemples;
use crate::front_matter::split;
use crate::glossaire;
use crate::head::{CANDIDATS, Head, PUBLICS};
use crate::markdown::{self, Markdown, Texte};
use crate::nouveautes::Nouveaute;
use crate::param::fill_markdown;
use crate::programme::{self, Programme};
use crate::reglages;
use crate::site::{Objectif, PageLibre, Question, Reglages, Site};
use crate::source::{Source, Tree};
use crate::synonymes;
use crate::table::At;
use calc_core::OBJECTIFS;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Reads the whole content. `None` where a file that all others rest on cannot be read.
pub(crate) fn read_site(content: &Tree, faults: &mut Faults) -> Option<Site> {
    let programme = required(content, "programme.toml", faults)
        .and_then(|source| programme::read(source, faults));
    let reglages =
        required(content, "site.toml", faults).and_then(|source| reglages::read(source, faults));
    let synonymes = required(content, "synonymes.toml", faults);
    let words = synonymes.map(|source| synonymes::read(source, faults));
    let (programme, reglages) = (programme?, reglages?);
    let quoted = Context {
        programme: &programme,
        reglages: &reglages,
    };
    let mut questions = quoted.read_all(content, "faq/", Context::question, faults);
    let mut objectifs = quoted.read_all(content, "objectifs/", Context::objectif, faults);
    let mut pages = quoted.read_all(content, "pages/", |c, s, f| c.page(s, "", f), faults);
    pages.extend(quoted.read_all(content, "guide/", |c, s, f| c.page(s, "guide/", f), faults));
    let mut nouveautes = quoted.read_all(content, "nouveautes/", Context::nouveaute, faults);
    questions.sort_by_key(|q| q.numero);
    objectifs.sort_by_key(|o| OBJECTIFS.iter().position(|known| known.code() == o.code));
    nouveautes.sort_by(|a, b| (b.date, &b.ancre).cmp(&(a.date, &a.ancre)));
    pages.sort_by(|a, b| a.adresse.cmp(&b.adresse));
    let exemples = exemples::read_all(content, &quoted, faults);
    let glossaire = glossaire::read(content.text("glossaire.toml"), &quoted, faults);
    let taches = calendrier::read(content.text("calendrier.toml"), &quoted, faults);
    let (lexique, paroles) = words?;
    let synonymes = Arc::clone(synonymes?);
    let read = questions.iter().map(|q: &Question| q.source.path.as_str());
    let read: BTreeSet<&str> = read
        .chain(objectifs.iter().map(|o: &Objectif| o.source.path.as_str()))
        .collect();
    let files = ["faq/", "objectifs/"].map(|folder| content.under(folder, ".md"));
    let unread = files.into_iter().flatten();
    let unread = unread.filter(|(_, source)| !read.contains(source.path.as_str()));
    let illisibles = unread.map(|(_, source)| source.stem().to_owned()).collect();
    Some(Site {
        reglages,
        programme,
        questions,
        objectifs,
        pages,
        chapitres: OnceLock::new(),
        exemples,
        glossaire,
        taches,
        nouveautes,
        illisibles,
        lexique,
        synonymes,
        paroles,
    })
}

fn required<'a>(content: &'a Tree, path: &str, faults: &mut Faults) -> Option<&'a Arc<Source>> {
    let found = content.text(path);
    if found.is_none() && content.root.is_dir() {
        faults.push(Diagnostic::error(format!(
            "il manque le fichier {}/{path}",
            content.root.display()
        )));
    }
    found
}

/// What every file may quote.
pub(crate) struct Context<'a> {
    /// Its parameters.
    pub(crate) programme: &'a Programme,
    /// Its sections, the guide's address.
    pub(crate) reglages: &'a Reglages,
}

impl Context<'_> {
    /// Every Markdown file of a folder, in parallel; faults stay in the order of the files.
    fn read_all<T: Send>(
        &self,
        content: &Tree,
        folder: &str,
        read: impl Fn(&Self, &Arc<Source>, &mut Faults) -> Option<T> + Sync,
        faults: &mut Faults,
    ) -> Vec<T> {
        let sources: Vec<&Arc<Source>> = content
            .under(folder, ".md")
            .map(|(_, source)| source)
            .collect();
        let read_one = |source: &&Arc<Source>| {
            let mut own = Faults::default();
            (read(self, source, &mut own), own)
        };
        let results: Vec<(Option<T>, Faults)> = sources.par_iter().map(read_one).collect();
        let keep = |(value, own)| {
            faults.extend(own);
            value
        };
        results.into_iter().filter_map(keep).collect()
    }

    /// A file of `faq/`.
    pub(crate) fn question(&self, source: &Arc<Source>, faults: &mut Faults) -> Option<Question> {
        let parts = split(source, faults)?;
        let table = parts.head.parse(faults);
        let fields = parts.head.fields(&table, 0..3);
        let corps = self.body(source, parts.body, faults);
        let mut head = Head {
            source,
            fields,
            faults,
        };
        let numero = head.numero()?;
        head.slug(Some(numero.slug()));
        let section = head.section(numero, self.reglages);
        let titre = head.plain("titre", self);
        let reponse_courte = head.plain("reponse_courte", self);
        let objectifs = head.texts("objectifs");
        let candidats = head.choices("candidats", &CANDIDATS);
        let publics = head.choices("publics", &PUBLICS);
        let mots_cles = head.keywords("mots_cles");
        let liees = head.numeros("liees");
        let source_version = head.fields.text("source_version", head.faults);
        let [depuis, modifie, verifie_le] =
            ["depuis", "modifie", "verifie_le"].map(|key| head.date(key));
        let corrections = head.corrections(self);
        let officiel = head.fields.flag("officiel", head.faults);
        head.fields.finish(head.faults);
        Some(Question {
            source: Arc::clone(source),
            numero,
            section: section.unwrap_or_default(),
            titre: titre.unwrap_or_default(),
            reponse_courte: reponse_courte.unwrap_or_default(),
            objectifs,
            candidats: candidats.into_iter().map(|(_, words)| words).collect(),
            publics,
            mots_cles,
            liees,
            source_version: source_version.unwrap_or_else(|| At {
                value: self.programme.version.clone(),
                span: 0..0,
            }),
            depuis: depuis.unwrap_or_default(),
            modifie: modifie.unwrap_or_default(),
            verifie_le: verifie_le.unwrap_or_default(),
            officiel,
            corrections,
            corps,
        })
    }

    /// A file of `objectifs/`.
    pub(crate) fn objectif(&self, source: &Arc<Source>, faults: &mut Faults) -> Option<Objectif> {
        let parts = split(source, faults)?;
        let table = parts.head.parse(faults);
        let fields = parts.head.fields(&table, 0..3);
        let corps = self.body(source, parts.body, faults);
        let mut head = Head {
            source,
            fields,
            faults,
        };
        let code = head.code()?;
        head.slug(Some(slug_of_code(&code)));
        let groupe = head.fields.text("objectif", head.faults);
        let titre = head.plain("titre", self);
        let resume = head.plain("resume", self);
        let parametres = head.texts("parametres");
        let modifie = head.date("modifie");
        head.date("verifie_le");
        head.fields.finish(head.faults);
        Some(Objectif {
            source: Arc::clone(source),
            groupe: groupe.unwrap_or_else(|| At {
                value: code.clone(),
                span: 0..0,
            }),
            code,
            titre: titre.unwrap_or_default(),
            resume: resume.unwrap_or_default(),
            parametres,
            modifie: modifie.unwrap_or_default(),
            corps,
        })
    }

    /// A file of `pages/`, or of the folder given.
    pub(crate) fn page(
        &self,
        source: &Arc<Source>,
        folder: &str,
        faults: &mut Faults,
    ) -> Option<PageLibre> {
        let parts = split(source, faults)?;
        let table = parts.head.parse(faults);
        let fields = parts.head.fields(&table, 0..3);
        let corps = self.body(source, parts.body, faults);
        let mut head = Head {
            source,
            fields,
            faults,
        };
        let titre = head.plain("titre", self);
        let chapeau = head.optional_plain("chapeau", self);
        let copier = head.fields.flag("copier", head.faults);
        let pied = head.optional_plain("pied", self);
        let objectifs = head.fields.optional_texts("objectifs", head.faults);
        let mots_cles = head.optional_keywords("mots_cles");
        let modifie = head.date("modifie");
        head.fields.finish(head.faults);
        let slug = source.stem();
        check_name(source, head.faults);
        let adresse = match (folder, slug) {
            ("guide/", "index") => folder.to_owned(),
            _ => format!("{folder}{slug}/"),
        };
        Some(PageLibre {
            source: Arc::clone(source),
            adresse,
            titre: titre.unwrap_or_default(),
            copier,
            pied,
            objectifs,
            chapeau,
            mots_cles,
            modifie: modifie.unwrap_or_default(),
            corps,
        })
    }

    fn nouveaute(&self, source: &Arc<Source>, faults: &mut Faults) -> Option<Nouveaute> {
        let parts = split(source, faults)?;
        let table = parts.head.parse(faults);
        let fields = parts.head.fields(&table, 0..3);
        let corps = self.body(source, parts.body, faults);
        let mut head = Head {
            source,
            fields,
            faults,
        };
        let titre = head.plain("titre", self);
        let date = head.date("date");
        head.fields.finish(head.faults);
        let ancre = source.stem().to_owned();
        check_name(source, faults);
        Some(Nouveaute {
            source: Arc::clone(source),
            ancre,
            titre: titre.unwrap_or_default(),
            date: date?,
            corps,
        })
    }

    fn body(&self, source: &Arc<Source>, body: Range<usize>, faults: &mut Faults) -> Texte {
        let start = body.start;
        let filled = fill_markdown(source, body, self, faults);
        let place = |span: &Range<usize>| {
            let original = filled.original(span);
            start + original.start..start + original.end
        };
        let texte = markdown::read(
            &Markdown {
                source,
                texte: &filled.text,
                place: &place,
            },
            faults,
        );
        if texte.moule.is_empty() {
            faults.push(Diagnostic::error("ce fichier n'a pas de texte").at(source, start..start));
        }
        texte
    }
}

/// A file whose name is an address, or an anchor.
fn check_name(source: &Arc<Source>, faults: &mut Faults) {
    let name = source.stem();
    if markdown::slug(name) != name {
        let message = format!("« {name} » ne peut pas être une adresse");
        let hint = format!("renommez le fichier en {}.md", markdown::slug(name));
        faults.push(Diagnostic::error(message).at(source, 0..0).hint(hint));
    }
}
