//! Files of `content/` to the model: every fault of every file, then the site or nothing.

use crate::cible::{Numero, slug_of_code};
use crate::diagnostic::{Diagnostic, Faults};
use crate::front_matter::split;
use crate::markdown::{self, Markdown, Texte};
use crate::nearest::suggestion;
use crate::param::{fill_markdown, fill_plain};
use crate::programme::{self, Programme};
use crate::reglages;
use crate::site::{Objectif, PageLibre, Question, Reglages, Site};
use crate::source::{Source, Tree};
use crate::synonymes;
use crate::table::{At, Fields};
use crate::typographie::typographie;
use calc_core::OBJECTIFS;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;

/// Reads the whole content. `None` where a file that all others rest on cannot be read.
pub(crate) fn read_site(content: &Tree, faults: &mut Faults) -> Option<Site> {
    let programme = required(content, "programme.toml", faults)
        .and_then(|source| programme::read(source, faults));
    let reglages =
        required(content, "site.toml", faults).and_then(|source| reglages::read(source, faults));
    let synonymes = required(content, "synonymes.toml", faults);
    let lexique = synonymes.map(|source| synonymes::read(source, faults));
    let (programme, reglages) = (programme?, reglages?);
    let context = Context {
        programme: &programme,
        reglages: &reglages,
    };
    let mut questions = context.read_all(content, "faq/", Context::question, faults);
    let mut objectifs = context.read_all(content, "objectifs/", Context::objectif, faults);
    let mut pages = context.read_all(content, "pages/", |c, s, f| c.page(s, "", f), faults);
    pages.extend(context.read_all(content, "guide/", |c, s, f| c.page(s, "guide/", f), faults));
    questions.sort_by_key(|q| q.numero);
    objectifs.sort_by_key(|o| OBJECTIFS.iter().position(|known| known.code() == o.code));
    pages.sort_by(|a, b| a.adresse.cmp(&b.adresse));
    let synonymes = Arc::clone(synonymes?);
    Some(Site {
        reglages,
        programme,
        questions,
        objectifs,
        pages,
        lexique: lexique?,
        synonymes,
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
struct Context<'a> {
    programme: &'a Programme,
    reglages: &'a Reglages,
}

/// The head of a file, while it is read.
struct Head<'t, 'f> {
    source: &'t Arc<Source>,
    fields: Fields<'t>,
    faults: &'f mut Faults,
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

    fn question(&self, source: &Arc<Source>, faults: &mut Faults) -> Option<Question> {
        let parts = split(source, faults)?;
        let table = parts.head.parse(faults);
        let fields = parts.head.fields(&table, 0..3);
        let corps = self.body(source, parts.body, faults);
        let mut head = Head {
            source,
            fields,
            faults,
        };
        let numero = head.numero();
        head.slug(numero.map(Numero::slug));
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
        head.fields.finish(head.faults);
        Some(Question {
            source: Arc::clone(source),
            numero: numero?,
            section: section?,
            titre: titre?,
            reponse_courte: reponse_courte?,
            objectifs,
            candidats: candidats.into_iter().map(|(_, words)| words).collect(),
            publics,
            mots_cles,
            liees,
            source_version: source_version?,
            depuis: depuis?,
            modifie: modifie?,
            verifie_le: verifie_le?,
            corrections,
            corps,
        })
    }

    fn objectif(&self, source: &Arc<Source>, faults: &mut Faults) -> Option<Objectif> {
        let parts = split(source, faults)?;
        let table = parts.head.parse(faults);
        let fields = parts.head.fields(&table, 0..3);
        let corps = self.body(source, parts.body, faults);
        let mut head = Head {
            source,
            fields,
            faults,
        };
        let code = head.code();
        head.slug(code.as_deref().map(slug_of_code));
        let groupe = head.fields.text("objectif", head.faults);
        let titre = head.plain("titre", self);
        let resume = head.plain("resume", self);
        let parametres = head.texts("parametres");
        let modifie = head.date("modifie");
        let verifie_le = head.date("verifie_le");
        head.fields.finish(head.faults);
        verifie_le?;
        Some(Objectif {
            source: Arc::clone(source),
            code: code?,
            groupe: groupe?,
            titre: titre?,
            resume: resume?,
            parametres,
            modifie: modifie?,
            corps,
        })
    }

    fn page(&self, source: &Arc<Source>, folder: &str, faults: &mut Faults) -> Option<PageLibre> {
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
        let mots_cles = head.optional_keywords("mots_cles");
        let modifie = head.date("modifie");
        head.fields.finish(head.faults);
        let slug = source.stem();
        if markdown::slug(slug) != slug {
            let fault = Diagnostic::error(format!("« {slug} » ne peut pas être une adresse"))
                .at(source, 0..0);
            head.faults.push(fault.hint(format!(
                "renommez le fichier en {}.md",
                markdown::slug(slug)
            )));
        }
        let adresse = match (folder, slug) {
            ("guide/", "index") => folder.to_owned(),
            _ => format!("{folder}{slug}/"),
        };
        Some(PageLibre {
            source: Arc::clone(source),
            adresse,
            titre: titre?,
            chapeau,
            mots_cles,
            modifie: modifie?,
            corps,
        })
    }

    fn body(&self, source: &Arc<Source>, body: Range<usize>, faults: &mut Faults) -> Texte {
        let start = body.start;
        let filled = fill_markdown(
            source,
            body,
            self.programme,
            &self.reglages.guide_url,
            faults,
        );
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
        if texte.evenements.is_empty() {
            faults.push(Diagnostic::error("ce fichier n'a pas de texte").at(source, start..start));
        }
        texte
    }
}

/// Kinds of candidates: key and words.
const CANDIDATS: [(&str, &str); 3] = [
    ("ght", "GHT"),
    ("ej_publique", "EJ publique"),
    ("ej_privee", "EJ privée"),
];

/// Readers: key and words.
const PUBLICS: [(&str, &str); 5] = [
    ("referent", "Référent"),
    ("dsi", "DSI"),
    ("rssi", "RSSI"),
    ("daf", "DAF"),
    ("direction", "Direction"),
];

impl Head<'_, '_> {
    fn fault(&mut self, span: &Range<usize>, fault: Diagnostic) {
        self.faults.push(fault.at(self.source, span.clone()));
    }

    fn date(&mut self, key: &'static str) -> Option<chrono::NaiveDate> {
        self.fields.date(key, self.faults).map(|at| at.value)
    }

    fn texts(&mut self, key: &'static str) -> Vec<At<String>> {
        self.fields
            .texts(key, false, self.faults)
            .unwrap_or_default()
    }

    fn keywords(&mut self, key: &'static str) -> Vec<String> {
        set_all(self.texts(key))
    }

    fn optional_keywords(&mut self, key: &'static str) -> Vec<String> {
        set_all(self.fields.optional_texts(key, self.faults))
    }

    /// A text with its parameters filled in and its typography set.
    fn plain(&mut self, key: &'static str, context: &Context) -> Option<String> {
        let at = self.fields.text(key, self.faults)?;
        Some(self.set(&at, context))
    }

    fn optional_plain(&mut self, key: &'static str, context: &Context) -> String {
        let at = self.fields.optional_text(key, self.faults);
        at.map(|at| self.set(&at, context)).unwrap_or_default()
    }

    fn set(&mut self, at: &At<String>, context: &Context) -> String {
        let filled = fill_plain(
            self.source,
            &at.value,
            &at.span,
            context.programme,
            self.faults,
        );
        typographie(&filled, None)
    }

    /// The number, which is also the file's name.
    fn numero(&mut self) -> Option<Numero> {
        let at = self.fields.text("numero", self.faults)?;
        let numero = Numero::parse(&at.value);
        if numero.is_none() {
            self.fault(
                &at.span,
                Diagnostic::error("numéro de question illisible").hint("par exemple \"3.16\""),
            );
        } else if self.source.stem() != at.value {
            let message = format!(
                "la question {} est dans le fichier {}",
                at.value, self.source.path
            );
            self.fault(
                &at.span,
                Diagnostic::error(message).hint(format!("renommez-le en {}.md", at.value)),
            );
        }
        numero
    }

    fn slug(&mut self, expected: Option<String>) {
        let Some(at) = self.fields.text("slug", self.faults) else {
            return;
        };
        if let Some(expected) = expected.filter(|expected| *expected != at.value) {
            let fault = Diagnostic::error("adresse qui ne correspond pas")
                .hint(format!("slug = \"{expected}\""));
            self.fault(&at.span, fault);
        }
    }

    fn section(&mut self, numero: Option<Numero>, reglages: &Reglages) -> Option<String> {
        let at = self.fields.text("section", self.faults)?;
        let Some(section) = reglages.sections.iter().find(|s| s.cle == at.value) else {
            let hint = suggestion(&at.value, reglages.sections.iter().map(|s| s.cle.as_str()));
            let message = format!("section inconnue « {} »", at.value);
            self.fault(&at.span, Diagnostic::error(message).maybe_hint(hint));
            return None;
        };
        let folder = format!("faq/{}/", section.cle);
        if numero.is_some_and(|n| n.section != section.numero)
            || !self.source.path.contains(&folder)
        {
            let message = format!("cette question n'est pas de la section « {} »", section.cle);
            self.fault(
                &at.span,
                Diagnostic::error(message)
                    .hint("le premier chiffre du numéro, la section et le dossier vont ensemble"),
            );
        }
        Some(at.value)
    }

    /// The code of an objective, which also names the file.
    fn code(&mut self) -> Option<String> {
        let at = self.fields.text("code", self.faults)?;
        let codes = || OBJECTIFS.iter().map(|o| o.code());
        if !codes().any(|code| code == at.value) {
            let message = format!("objectif inconnu « {} »", at.value);
            self.fault(
                &at.span,
                Diagnostic::error(message).maybe_hint(suggestion(&at.value, codes())),
            );
            return None;
        }
        if self.source.stem() != slug_of_code(&at.value) {
            let message = format!(
                "l'objectif {} est dans le fichier {}",
                at.value, self.source.path
            );
            self.fault(
                &at.span,
                Diagnostic::error(message)
                    .hint(format!("renommez-le en {}.md", slug_of_code(&at.value))),
            );
        }
        Some(at.value)
    }

    fn choices(&mut self, key: &'static str, known: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut read = Vec::new();
        for at in self.texts(key) {
            match known.iter().find(|(name, _)| *name == at.value) {
                Some((name, words)) => read.push(((*name).to_owned(), (*words).to_owned())),
                None => {
                    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
                    let fault = Diagnostic::error(format!("valeur inconnue « {} »", at.value));
                    self.fault(
                        &at.span,
                        fault.hint(format!("au choix : {}", names.join(", "))),
                    );
                }
            }
        }
        read
    }

    fn numeros(&mut self, key: &'static str) -> Vec<At<Numero>> {
        let mut read = Vec::new();
        for at in self.texts(key) {
            match Numero::parse(&at.value) {
                Some(value) => read.push(At {
                    value,
                    span: at.span,
                }),
                None => self.fault(
                    &at.span,
                    Diagnostic::error("numéro de question illisible").hint("par exemple \"3.16\""),
                ),
            }
        }
        read
    }

    fn corrections(&mut self, context: &Context) -> Vec<Texte> {
        let mut read = Vec::new();
        for at in self.texts("corrections") {
            let filled = fill_plain(
                self.source,
                &at.value,
                &at.span,
                context.programme,
                self.faults,
            );
            let place = |_: &Range<usize>| at.span.clone();
            read.push(markdown::read(
                &Markdown {
                    source: self.source,
                    texte: &filled,
                    place: &place,
                },
                self.faults,
            ));
        }
        read
    }
}

fn set_all(texts: Vec<At<String>>) -> Vec<String> {
    texts
        .into_iter()
        .map(|at| typographie(&at.value, None))
        .collect()
}
