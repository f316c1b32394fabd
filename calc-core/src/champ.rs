//! How one field of the dossier is read, written and described: one trait, so that the door, the saved file
//! and the published schema can never disagree.

use crate::dates::{ecrire_date, lire_date};
use crate::ecriture::Ecriture;
use crate::json::Json;
use crate::porte::Porte;
use crate::schema::Schema;
use crate::unites::{
    Activite, Cvss, DefautNombre, Etp, Euros, Pourcent, Score, decimal, lire_decimal,
};
use chrono::NaiveDate;

/// A type that stands behind a field.
pub(crate) trait Champ: Sized {
    /// Reads the value; `None` once a fault has been noted at the door.
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self>;
    /// What an absent field means: a value, or `None` where the field is required.
    fn absent() -> Option<Self> {
        None
    }
    /// Whether the field is left out of a saved file.
    fn est_absent(&self) -> bool {
        false
    }
    /// Writes the value.
    fn ecrire(&self, sortie: &mut Ecriture);
    /// Describes the value.
    fn schema(schema: &mut Schema);
}

impl<T: Champ> Champ for Option<T> {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
        if *json == Json::Nul {
            Some(None)
        } else {
            T::lire(json, porte).map(Some)
        }
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
    fn est_absent(&self) -> bool {
        self.is_none()
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        if let Some(valeur) = self {
            valeur.ecrire(sortie);
        }
    }
    fn schema(schema: &mut Schema) {
        schema.ou_nul(T::schema);
    }
}

impl<T: Champ> Champ for Vec<T> {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
        let Json::Liste(elements) = json else {
            return porte.refuser(json, "indiquez une liste entre crochets");
        };
        let mut lus = Vec::with_capacity(elements.len());
        for (rang, element) in elements.iter().enumerate() {
            let retour = porte.entrer_rang(rang);
            lus.extend(T::lire(element, porte));
            porte.revenir(retour);
        }
        (lus.len() == elements.len()).then_some(lus)
    }
    fn absent() -> Option<Self> {
        Some(Vec::new())
    }
    fn est_absent(&self) -> bool {
        self.is_empty()
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.ouvrir('[');
        for element in self {
            sortie.element();
            element.ecrire(sortie);
        }
        sortie.fermer(']');
    }
    fn schema(schema: &mut Schema) {
        schema.liste(T::schema);
    }
}

impl Champ for String {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
        match json {
            Json::Texte(texte) => Some(texte.clone().into_owned()),
            _ => porte.refuser(json, "indiquez un texte entre guillemets"),
        }
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.texte(self);
    }
    fn schema(schema: &mut Schema) {
        schema.membre("type", "\"string\"");
    }
}

impl Champ for bool {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
        match json {
            Json::Booleen(valeur) => Some(*valeur),
            _ => porte.refuser(json, "indiquez true ou false, sans guillemets"),
        }
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.brut(if *self { "true" } else { "false" });
    }
    fn schema(schema: &mut Schema) {
        schema.membre("type", "\"boolean\"");
    }
}

impl Champ for NaiveDate {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
        match json.texte().and_then(lire_date) {
            Some(date) => Some(date),
            None => porte.refuser(
                json,
                "indiquez un jour du calendrier sous la forme 2026-03-20",
            ),
        }
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        let mut texte = String::with_capacity(10);
        ecrire_date(*self, &mut texte);
        sortie.texte(&texte);
    }
    fn schema(schema: &mut Schema) {
        schema.membre("type", "\"string\"");
        schema.membre("format", "\"date\"");
        schema.membre("pattern", "\"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\"");
    }
}

/// A calendar year, from 1900 to 2199.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Annee(pub u16);

impl Champ for Annee {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
        let annee = nombre(json)
            .and_then(|texte| texte.parse().ok())
            .filter(|annee| (1900..2200).contains(annee));
        match annee {
            Some(annee) => Some(Self(annee)),
            None => porte.refuser(
                json,
                "indiquez une année sur quatre chiffres, par exemple 2023",
            ),
        }
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.brut(&self.0.to_string());
    }
    fn schema(schema: &mut Schema) {
        schema.entier(1900, 2199);
    }
}

impl Champ for Score {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
        match nombre(json).and_then(|texte| texte.parse().ok()) {
            Some(score @ 1..=5) => Some(Self(score)),
            _ => porte.refuser(json, "indiquez un score ADS entier de 1 à 5"),
        }
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.brut(&self.0.to_string());
    }
    fn schema(schema: &mut Schema) {
        schema.entier(1, 5);
    }
}

/// The text of a number that is not quoted.
fn nombre<'a>(json: &Json<'a>) -> Option<&'a str> {
    match json {
        Json::Nombre(texte) => Some(texte),
        _ => None,
    }
}

/// Reads a number of `decimales` digits, at most `max`; the remedy fits the defect.
fn lire_borne(
    json: &Json,
    porte: &mut Porte,
    decimales: usize,
    max: i64,
    bornes: &str,
) -> Option<i64> {
    let lu = match json {
        Json::Nombre(texte) => lire_decimal(texte, decimales),
        _ => Err(DefautNombre::PasUnNombre),
    };
    conclure(
        lu.and_then(|valeur| {
            if valeur > max {
                Err(DefautNombre::TropGrand)
            } else {
                Ok(valeur)
            }
        }),
        json,
        porte,
        bornes,
    )
}

fn conclure(
    lu: Result<i64, DefautNombre>,
    json: &Json,
    porte: &mut Porte,
    bornes: &str,
) -> Option<i64> {
    match lu {
        Ok(valeur) => Some(valeur),
        Err(_) => porte.refuser(json, bornes),
    }
}

impl Champ for Cvss {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
        let lu = lire_borne(
            json,
            porte,
            1,
            100,
            "indiquez un score CVSS de 0.0 à 10.0, avec une décimale au plus",
        )?;
        u8::try_from(lu).ok().map(Self)
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.brut(&decimal(i64::from(self.0), 1));
    }
    fn schema(schema: &mut Schema) {
        schema.nombre(Some("10"));
    }
}

impl Champ for Pourcent {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
        lire_borne(
            json,
            porte,
            2,
            10_000,
            "indiquez un pourcentage de 0 à 100, avec deux décimales au plus",
        )
        .map(Self)
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.brut(&decimal(self.0, 2));
    }
    fn schema(schema: &mut Schema) {
        schema.nombre(Some("100"));
    }
}

/// Above what any hospital reports, and far below what the sums could overflow on.
const GRAND: i64 = 99_999_999_999_999;

impl Champ for Activite {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
        lire_borne(
            json,
            porte,
            2,
            GRAND,
            "indiquez un nombre positif ou nul, avec deux décimales au plus",
        )
        .map(Self)
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.brut(&decimal(self.0, 2));
    }
    fn schema(schema: &mut Schema) {
        schema.nombre(None);
    }
}

impl Champ for Etp {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
        lire_borne(
            json,
            porte,
            2,
            GRAND,
            "indiquez un nombre d’ETP positif ou nul, avec deux décimales au plus",
        )
        .map(Self)
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.brut(&decimal(self.0, 2));
    }
    fn schema(schema: &mut Schema) {
        schema.nombre(None);
    }
}

impl Champ for Euros {
    fn lire(json: &Json, porte: &mut Porte) -> Option<Self> {
        let texte = nombre(json).or_else(|| json.texte());
        let lu = texte.map_or(Err(DefautNombre::PasUnNombre), |texte| {
            lire_decimal(texte, 2)
        });
        let remede = "indiquez un montant en euros positif ou nul, avec un point et deux décimales au plus, par exemple 12000.50";
        conclure(lu, json, porte, remede).map(Self)
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.brut(&decimal(self.0, 2));
    }
    fn schema(schema: &mut Schema) {
        schema.montant();
    }
}

/// A list of named choices: the type, its door and its schema from one declaration.
macro_rules! choix {
    ($(#[$meta:meta])* pub enum $nom:ident { $($(#[$vmeta:meta])* $variante:ident = $texte:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $nom { $($(#[$vmeta])* $variante),* }

        impl $nom {
            /// Every choice, in the order of the form.
            pub const TOUS: &'static [Self] = &[$(Self::$variante),*];

            /// The word of the file.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variante => $texte),* }
            }
        }

        impl crate::champ::Champ for $nom {
            fn lire(json: &crate::json::Json, porte: &mut crate::porte::Porte) -> Option<Self> {
                let rang = porte.choisir(json, &[$($texte),*])?;
                Self::TOUS.get(rang).copied()
            }
            fn ecrire(&self, sortie: &mut crate::ecriture::Ecriture) {
                sortie.texte(self.as_str());
            }
            fn schema(schema: &mut crate::schema::Schema) {
                schema.choix(&[$($texte),*]);
            }
        }
    };
}

/// A block of named fields: the type, its door, its file and its schema from one declaration.
/// A field named with a final `_` loses it in the file (`type_` is `type`).
macro_rules! bloc {
    ($(#[$meta:meta])* pub struct $nom:ident {
        $($(#[$cmeta:meta])* $champ:ident : $type:ty = $texte:literal),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $nom { $($(#[$cmeta])* pub $champ: $type),* }

        impl crate::champ::Champ for $nom {
            fn lire(json: &crate::json::Json, porte: &mut crate::porte::Porte) -> Option<Self> {
                let cles = [$(crate::champ::cle(stringify!($champ))),*];
                let membres = porte.objet(json, &cles)?;
                $(let $champ = porte.champ(membres, crate::champ::cle(stringify!($champ)));)*
                Some(Self { $($champ: $champ?),* })
            }
            fn ecrire(&self, sortie: &mut crate::ecriture::Ecriture) {
                sortie.ouvrir('{');
                $(if !self.$champ.est_absent() {
                    sortie.cle(crate::champ::cle(stringify!($champ)));
                    self.$champ.ecrire(sortie);
                })*
                sortie.fermer('}');
            }
            fn schema(schema: &mut crate::schema::Schema) {
                schema.objet(&[$(crate::schema::Propriete {
                    cle: crate::champ::cle(stringify!($champ)),
                    description: $texte,
                    requis: <$type as crate::champ::Champ>::absent().is_none(),
                    schema: <$type as crate::champ::Champ>::schema,
                }),*]);
            }
        }
    };
}

pub(crate) use {bloc, choix};

/// The key of a field in the file.
pub(crate) fn cle(champ: &'static str) -> &'static str {
    champ.strip_suffix('_').unwrap_or(champ)
}
