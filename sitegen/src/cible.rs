//! Where a link of the content leads: `faq:3.9`, `objectif:D1.O2.A`, `regle:D1.O2.A/intervalle-max`, `page:slug`, `fichier:heberger/nginx.conf`…

use std::fmt;

/// The number of a question, `3.16`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Numero {
    /// Section of the official text, from 1.
    pub(crate) section: u8,
    /// Rank in its section, from 1.
    pub(crate) rang: u16,
}

impl Numero {
    /// Reads `3.16`; no sign, no leading zero.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (section, rang) = text.split_once('.')?;
        let plain = |part: &str| part.starts_with(|c: char| matches!(c, '1'..='9'));
        (plain(section) && plain(rang)).then_some(())?;
        Some(Self {
            section: section.parse().ok()?,
            rang: rang.parse().ok()?,
        })
    }

    /// `3-16`.
    pub(crate) fn slug(self) -> String {
        self.written("", '-', "")
    }

    /// `3.16`; every page has dozens.
    pub(crate) fn texte(self) -> String {
        self.written("", '.', "")
    }

    fn written(self, before: &str, between: char, after: &str) -> String {
        let mut out = String::with_capacity(before.len() + after.len() + 9);
        out.push_str(before);
        push_number(&mut out, self.section.into());
        out.push(between);
        push_number(&mut out, self.rang);
        out.push_str(after);
        out
    }

    /// Its address from the root: `faq/3-16/`.
    pub(crate) fn adresse(self) -> String {
        self.written("faq/", '-', "/")
    }
}

fn push_number(out: &mut String, number: u16) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    if let Some(digit) = char::from_digit(u32::from(number % 10), 10) {
        out.push(digit);
    }
}

impl fmt::Display for Numero {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.texte())
    }
}

/// `D1.O2.A` is `d1-o2-a`.
pub(crate) fn slug_of_code(code: &str) -> String {
    code.to_ascii_lowercase().replace('.', "-")
}

/// A link, understood. Addresses are not yet relative to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cible {
    /// `faq:3.16`, `faq:3.16#ancre`.
    Question(Numero, String),
    /// `objectif:D1.O2.A`.
    Objectif(String),
    /// `regle:D1.O2.A/intervalle-max`: objective and anchor.
    Regle(String, String),
    /// `page:calculateur`, `page:guide/audits#ancre`.
    Page(String, String),
    /// `echeance:declaration_limite`.
    Echeance(String),
    /// `fichier:heberger/nginx.conf`: a published file that is no page.
    Fichier(String),
    /// `#ancre` of the same page.
    Ancre(String),
    /// Elsewhere: `https:` or `mailto:`.
    Dehors(String),
}

impl Cible {
    /// Reads the address of a Markdown link.
    ///
    /// # Errors
    /// A French sentence on what is wrong with it.
    pub(crate) fn parse(address: &str) -> Result<Self, String> {
        if let Some(anchor) = address.strip_prefix('#') {
            return Ok(Self::Ancre(anchor.to_owned()));
        }
        let Some((scheme, rest)) = address.split_once(':') else {
            return Err(format!("adresse sans schéma « {address} »"));
        };
        let (place, anchor) = rest.split_once('#').unwrap_or((rest, ""));
        let anchor = anchor.to_owned();
        match scheme {
            "faq" => Numero::parse(place)
                .map(|numero| Self::Question(numero, anchor))
                .ok_or_else(|| format!("« {place} » n'est pas un numéro de question")),
            "objectif" => Ok(Self::Objectif(place.to_owned())),
            "regle" => place
                .split_once('/')
                .map(|(code, rule)| Self::Regle(code.to_owned(), rule.to_owned()))
                .ok_or_else(|| format!("« {place} » n'est pas une règle")),
            "page" => Ok(Self::Page(place.trim_matches('/').to_owned(), anchor)),
            "echeance" => Ok(Self::Echeance(place.to_owned())),
            "fichier" => Ok(Self::Fichier(place.to_owned())),
            "mailto" => Ok(Self::Dehors(address.to_owned())),
            "https" if rest.starts_with("//") && rest.len() > 2 => {
                Ok(Self::Dehors(address.to_owned()))
            }
            _ => Err(format!(
                "le schéma « {scheme}: » n'est pas admis dans un lien"
            )),
        }
    }

    /// Its address from the root of the site, anchor included; as it stands where it leads elsewhere.
    pub(crate) fn adresse(&self) -> String {
        let with_anchor = |page: String, anchor: &str| match anchor {
            "" => page,
            _ => format!("{page}#{anchor}"),
        };
        match self {
            Self::Question(numero, anchor) => with_anchor(numero.adresse(), anchor),
            Self::Objectif(code) => format!("objectifs/{}/", slug_of_code(code)),
            Self::Regle(code, anchor) => format!("objectifs/{}/#{anchor}", slug_of_code(code)),
            Self::Page(slug, anchor) if slug.is_empty() => with_anchor(String::new(), anchor),
            Self::Page(slug, anchor) => with_anchor(format!("{slug}/"), anchor),
            Self::Echeance(cle) => format!("echeances/#{cle}"),
            Self::Fichier(place) => place.clone(),
            Self::Ancre(anchor) => format!("#{anchor}"),
            Self::Dehors(address) => address.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (text, expected) in [
            ("3.16", Some("3-16")),
            ("1.1", Some("1-1")),
            ("3.016", None),
            ("0.1", None),
            ("3", None),
            ("3.", None),
            ("+3.1", None),
            ("3.1.2", None),
            ("3.99999", None),
        ] {
            assert_eq!(
                Numero::parse(text).map(Numero::slug).as_deref(),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn addresses() {
        for (link, expected) in [
            ("faq:3.9", Ok("faq/3-9/")),
            ("faq:3.9#outil", Ok("faq/3-9/#outil")),
            ("objectif:D1.O2.A", Ok("objectifs/d1-o2-a/")),
            (
                "regle:D1.O2.A/intervalle-max",
                Ok("objectifs/d1-o2-a/#intervalle-max"),
            ),
            ("page:calculateur", Ok("calculateur/")),
            ("fichier:faq.json", Ok("faq.json")),
            ("page:guide/audits#ici", Ok("guide/audits/#ici")),
            (
                "echeance:declaration_limite",
                Ok("echeances/#declaration_limite"),
            ),
            ("#ici", Ok("#ici")),
            ("https://esante.gouv.fr/", Ok("https://esante.gouv.fr/")),
            ("mailto:a@b.fr", Ok("mailto:a@b.fr")),
            ("http://esante.gouv.fr/", Err("« http: »")),
            ("javascript:alert(1)", Err("« javascript: »")),
            ("JavaScript:alert(1)", Err("n'est pas admis")),
            ("data:text/html,x", Err("n'est pas admis")),
            ("//ailleurs.fr", Err("sans schéma")),
            ("../../etc", Err("sans schéma")),
            ("faq:3.x", Err("numéro de question")),
            ("regle:D1.O2.A", Err("n'est pas une règle")),
        ] {
            match (Cible::parse(link), expected) {
                (Ok(cible), Ok(address)) => assert_eq!(cible.adresse(), address),
                (Err(message), Err(part)) => assert!(message.contains(part), "{message}"),
                (read, _) => panic!("{link}: {read:?}"),
            }
        }
    }
}
