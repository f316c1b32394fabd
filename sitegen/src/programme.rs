//! `content/programme.toml`: every date and threshold of the programme, with the questions they come from.

use crate::diagnostic::{Diagnostic, Faults};
use crate::francais;
use crate::source::Source;
use crate::table::{At, Fields, read_date};
use crate::toml_file::Toml;
use calc_core::Faute;
use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use std::ops::Range;
use std::sync::Arc;
use toml::de::DeValue;

/// What a parameter is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Valeur {
    /// A day.
    Date(NaiveDate),
    /// A whole number.
    Entier(i64),
    /// A decimal number, as written (`1.7`), or a code.
    Texte(String),
    /// A list of codes.
    Liste(Vec<String>),
}

impl Valeur {
    /// As the reader sees it, without its unit.
    pub(crate) fn affichee(&self) -> String {
        match self {
            Self::Date(date) => francais::date(*date),
            Self::Entier(number) => number.to_string(),
            Self::Texte(text) => francais::decimal(text),
            Self::Liste(codes) => codes.join(", "),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Date(date) => json!(date.to_string()),
            Self::Entier(number) => json!(number),
            Self::Texte(text) => json!(text),
            Self::Liste(codes) => json!(codes),
        }
    }
}

/// A parameter.
#[derive(Debug, Clone)]
pub(crate) struct Parametre {
    /// Its key, and where it stands.
    pub(crate) cle: At<String>,
    /// None where the Q&A leaves it to the guide.
    pub(crate) valeur: Option<Valeur>,
    /// Where its value stands, or its key.
    pub(crate) span: Range<usize>,
    /// The questions it comes from.
    pub(crate) sources: Vec<At<String>>,
    /// French name.
    pub(crate) libelle: String,
    /// Unit of a number.
    pub(crate) unite: Option<String>,
    /// Whether it stands on the deadlines page.
    pub(crate) echeance: bool,
    /// The objectives it binds.
    pub(crate) objectifs: Vec<At<String>>,
}

impl Parametre {
    /// Value and unit, `60 jours`; none where the Q&A is silent.
    pub(crate) fn avec_unite(&self) -> Option<String> {
        let valeur = self.valeur.as_ref()?.affichee();
        Some(match self.unite.as_deref() {
            Some("CVSS") => format!("CVSS {valeur}"),
            Some("niveau ADS") => format!("niveau {valeur}"),
            Some(unite) => format!("{valeur} {unite}"),
            None => valeur,
        })
    }

    /// The day, where it is one.
    pub(crate) fn date(&self) -> Option<NaiveDate> {
        match self.valeur {
            Some(Valeur::Date(date)) => Some(date),
            _ => None,
        }
    }

    fn json(&self) -> Value {
        let texts = |list: &[At<String>]| -> Vec<String> {
            list.iter().map(|at| at.value.clone()).collect()
        };
        json!({
            "valeur": self.valeur.as_ref().map(Valeur::json),
            "libelle": self.libelle,
            "unite": self.unite,
            "sources": texts(&self.sources),
            "echeance": self.echeance,
            "objectifs": texts(&self.objectifs),
        })
    }
}

/// Key of the one date that is computed, not written: the convergence's first milestone.
pub(crate) const JALON: &str = "convergence_jalon";
/// What falls on it.
pub(crate) const JALON_LIBELLE: &str =
    "Premier jalon de la trajectoire de convergence, au plus tard";

/// The programme, in the order of its file.
#[derive(Debug, Clone)]
pub(crate) struct Programme {
    /// The file.
    pub(crate) source: Arc<Source>,
    /// Version of the official Q&A.
    pub(crate) version: String,
    /// Its date.
    pub(crate) version_date: NaiveDate,
    /// The parameters.
    pub(crate) parametres: Vec<Parametre>,
    /// The programme of the core, or what it refuses of this one.
    core: Result<calc_core::Programme, Vec<Faute>>,
}

impl Programme {
    /// A parameter, by its key.
    pub(crate) fn get(&self, cle: &str) -> Option<&Parametre> {
        self.parametres.iter().find(|p| p.cle.value == cle)
    }

    /// A day, by its key: of a parameter, or [`JALON`].
    pub(crate) fn date(&self, cle: &str) -> Option<NaiveDate> {
        if cle == JALON {
            return self.jalon();
        }
        self.get(cle)?.date()
    }

    /// The last day of the first milestone of the convergence: so many months after the publication (Q3.32).
    fn jalon(&self) -> Option<NaiveDate> {
        let publication = self.get("arrete_publication")?.date()?;
        let Some(Valeur::Entier(months)) = self.get("convergence_jalon_mois")?.valeur else {
            return None;
        };
        let months = u32::try_from(months).ok()?;
        Some(calc_core::plus_mois(publication, months))
    }

    /// Every key.
    pub(crate) fn cles(&self) -> impl Iterator<Item = &str> {
        self.parametres.iter().map(|p| p.cle.value.as_str())
    }

    /// The whole as `calc_core::Programme::from_json` reads it and as `programme.json` publishes it.
    pub(crate) fn json(&self) -> Value {
        let parametres: Map<String, Value> = self
            .parametres
            .iter()
            .map(|p| (p.cle.value.clone(), p.json()))
            .collect();
        json!({
            "version": self.version,
            "version_date": self.version_date.to_string(),
            "parametres": parametres,
        })
    }

    /// The programme of the core; what it refuses is told at the lines of the file.
    pub(crate) fn to_core(&self, faults: &mut Faults) -> Option<&calc_core::Programme> {
        let tell = |fautes: &Vec<Faute>| {
            for Faute { chemin, message } in fautes {
                let fault = Diagnostic::error(message).at(&self.source, self.locate(chemin));
                faults.push(fault.label(chemin));
            }
        };
        self.core.as_ref().map_err(tell).ok()
    }

    /// The place of a path of that JSON (`parametres.score_ads_min.valeur`) in the file.
    pub(crate) fn locate(&self, chemin: &str) -> Range<usize> {
        let mut parts = chemin.split(['.', '/', '[']);
        let named = parts.find_map(|part| self.get(part));
        named.map_or(0..0, |p| {
            if chemin.contains("valeur") {
                p.span.clone()
            } else {
                p.cle.span.clone()
            }
        })
    }
}

/// Reads the file; what it says of questions and objectives is checked later, with everything else.
pub(crate) fn read(source: &Arc<Source>, faults: &mut Faults) -> Option<Programme> {
    let toml = Toml::whole(source);
    let table = toml.parse(faults);
    let mut fields = toml.fields(&table, 0..0);
    let version = fields.text("version", faults);
    let version_date = fields.date("version_date", faults);
    let entries = fields.others(faults);
    let parametres = entries
        .into_iter()
        .filter_map(|(cle, fields)| parametre(cle, fields, faults))
        .collect();
    let mut programme = Programme {
        source: Arc::clone(source),
        version: version?.value,
        version_date: version_date?.value,
        parametres,
        core: Err(Vec::new()),
    };
    programme.core = calc_core::Programme::from_json(&programme.json().to_string());
    Some(programme)
}

fn parametre(cle: At<String>, mut fields: Fields, faults: &mut Faults) -> Option<Parametre> {
    let source = fields.source;
    let raw = fields.any("valeur");
    let span = raw
        .as_ref()
        .map_or_else(|| cle.span.clone(), |at| at.span.clone());
    let valeur = raw.as_ref().map(|at| read_value(at.value));
    let silent = fields.flag("voir_guide", faults);
    let sources = fields.texts("source", true, faults).unwrap_or_default();
    let libelle = fields.text("libelle", faults);
    let unite = fields.optional_text("unite", faults).map(|at| at.value);
    let echeance = fields.flag("echeance", faults);
    let objectifs = fields.optional_texts("objectifs", faults);
    fields.finish(faults);
    if let Some(message) = contradiction(valeur.as_ref(), silent, echeance) {
        faults.push(Diagnostic::error(message).at(source, span.clone()));
    }
    if sources.is_empty() && !silent {
        let fault = Diagnostic::error(format!("`{}` ne cite aucune question", cle.value));
        faults.push(
            fault
                .at(source, cle.span.clone())
                .hint("indiquez d'où vient la valeur : source = \"3.16\""),
        );
    }
    Some(Parametre {
        cle,
        valeur: valeur.flatten(),
        span,
        sources,
        libelle: libelle?.value,
        unite,
        echeance,
        objectifs,
    })
}

/// What is wrong between `valeur`, `voir_guide` and `echeance`.
fn contradiction(
    valeur: Option<&Option<Valeur>>,
    silent: bool,
    echeance: bool,
) -> Option<&'static str> {
    match valeur {
        Some(None) => {
            Some("valeur inattendue : un jour, un nombre entier, un texte ou une liste de textes")
        }
        Some(Some(_)) if silent => Some("`voir_guide` et `valeur` ne vont pas ensemble"),
        None if !silent => {
            Some("il manque `valeur`, ou `voir_guide = true` si le texte officiel n'en donne pas")
        }
        Some(Some(valeur)) if echeance && !matches!(valeur, Valeur::Date(_)) => {
            Some("une échéance doit être un jour")
        }
        _ => None,
    }
}

fn read_value(value: &DeValue) -> Option<Valeur> {
    if let Some(date) = read_date(value) {
        return Some(Valeur::Date(date));
    }
    match value {
        DeValue::Integer(number) => number.as_str().parse().ok().map(Valeur::Entier),
        DeValue::String(text) => Some(Valeur::Texte(text.to_string())),
        DeValue::Array(items) => {
            let texts: Option<Vec<String>> = items
                .iter()
                .map(|item| item.get_ref().as_str().map(str::to_owned))
                .collect();
            texts.map(Valeur::Liste)
        }
        _ => None,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A small programme for the tests of other modules.
    pub(crate) fn sample() -> Programme {
        let text = "version = \"1.0\"\nversion_date = 2026-04-07\n\
            [declaration_limite]\nvaleur = 2027-03-31\nsource = \"4.4\"\nlibelle = \"Déclaration\"\necheance = true\n\
            [intervalle_moyen_jours]\nvaleur = 60\nunite = \"jours\"\nsource = \"3.1\"\nlibelle = \"Moyenne\"\n\
            [cvss_critique]\nvaleur = \"9.0\"\nunite = \"CVSS\"\nsource = \"3.15\"\nlibelle = \"Critique\"\n\
            [part_activite_min_pourcent]\nvoir_guide = true\nunite = \"%\"\nsource = []\nlibelle = \"Part\"\n\
            [codes]\nvaleur = [\"101\", \"355\"]\nsource = \"1.1\"\nlibelle = \"Codes\"\n";
        let mut faults = Faults::default();
        let read = read(&Source::shared("programme.toml", text), &mut faults);
        assert_eq!(faults.render(false), "");
        read.expect("a programme")
    }

    #[test]
    fn parameters_keep_their_order_and_their_kind() {
        let programme = sample();
        let shown: Vec<_> = programme
            .parametres
            .iter()
            .map(|p| p.avec_unite().unwrap_or_default())
            .collect();
        assert_eq!(
            shown,
            ["31 mars 2027", "60 jours", "CVSS 9", "", "101, 355"]
        );
        let json = programme.json();
        assert_eq!(json["parametres"]["cvss_critique"]["valeur"], "9.0");
        assert_eq!(
            json["parametres"]["declaration_limite"]["valeur"],
            "2027-03-31"
        );
        assert_eq!(
            json["parametres"]["part_activite_min_pourcent"]["valeur"],
            Value::Null
        );
    }

    #[test]
    fn a_fault_of_the_core_finds_its_line() {
        let programme = sample();
        let text = |span: Range<usize>| &programme.source.text[span];
        assert_eq!(
            text(programme.locate("parametres.cvss_critique.valeur")),
            "\"9.0\""
        );
        assert_eq!(text(programme.locate("parametres.codes.unite")), "codes");
        assert_eq!(text(programme.locate("version")), "");
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        for (fields, message) in [
            ("voir_guide = true\nvaleur = 1", "ne vont pas ensemble"),
            ("unite = \"jours\"", "il manque `valeur`"),
            ("valeur = true", "valeur inattendue"),
            ("valeur = 3\necheance = true", "doit être un jour"),
            ("valeur = 3\nsources = \"1.1\"", "clé inconnue `sources`"),
        ] {
            let text = format!(
                "version = \"1\"\nversion_date = 2026-04-07\n[x]\nlibelle = \"X\"\nsource = \"1.1\"\n{fields}\n"
            );
            let mut faults = Faults::default();
            read(&Source::shared("programme.toml", &text), &mut faults);
            assert!(
                faults.render(false).contains(message),
                "{}",
                faults.render(false)
            );
        }
    }
}
