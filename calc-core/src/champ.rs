//! How one field of the dossier is read, written and described: one trait, so that the door, the saved file
//! and the published schema can never disagree.

use crate::dates::lire_date;
use crate::ecriture::Ecriture;
use crate::json::Json;
use crate::porte::Porte;
use crate::prelude::*;
use crate::schema::Schema;
use crate::unites::{Activite, Cvss, Etp, Euros, Pourcent, Score, decimal, lire_decimal};
use chrono::NaiveDate;

/// A type that stands behind a field.
pub(crate) trait Champ: Sized {
    /// Whether the field may be left out.
    const FACULTATIF: bool = false;
    /// Reads the value; after a fault, which is noted at the door, any value: the file is refused anyway.
    fn lire(json: &Json, porte: &mut Porte) -> Self;
    /// What an absent field means, and what stands for a fault.
    fn vide() -> Self;
    /// Whether the field is left out of a saved file.
    fn est_absent(&self) -> bool {
        false
    }
    /// Writes the value.
    fn ecrire(&self, sortie: &mut Ecriture);
    /// Writes the field, unless it is absent.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn ecrire_membre(&self, cle: &str, sortie: &mut Ecriture) {
        if !self.est_absent() {
            sortie.cle(cle);
            self.ecrire(sortie);
        }
    }
    /// Describes the value.
    fn schema(schema: &mut Schema);
}

impl<T: Champ> Champ for Option<T> {
    const FACULTATIF: bool = true;
    fn lire(json: &Json, porte: &mut Porte) -> Self {
        if matches!(json, Json::Nul) {
            None
        } else {
            Some(T::lire(json, porte))
        }
    }
    fn vide() -> Self {
        None
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
    const FACULTATIF: bool = true;
    fn lire(json: &Json, porte: &mut Porte) -> Self {
        let Json::Liste(elements) = json else {
            porte.refus(json, "indiquez une liste entre crochets");
            return Self::vide();
        };
        let mut lus = Vec::with_capacity(elements.len());
        for (rang, element) in elements.iter().enumerate() {
            let retour = porte.entrer_rang(rang);
            lus.push(T::lire(element, porte));
            porte.revenir(retour);
        }
        lus
    }
    fn vide() -> Self {
        Vec::new()
    }
    fn est_absent(&self) -> bool {
        self.is_empty()
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.ouvrir(b'[');
        for element in self {
            sortie.element();
            element.ecrire(sortie);
        }
        sortie.fermer(b']');
    }
    fn schema(schema: &mut Schema) {
        schema.liste(T::schema);
    }
}

impl Champ for String {
    fn lire(json: &Json, porte: &mut Porte) -> Self {
        match json {
            Json::Texte(texte) => texte.clone().into_owned(),
            _ => porte.refuser(json, "indiquez un texte entre guillemets"),
        }
    }
    fn vide() -> Self {
        String::new()
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.texte(self);
    }
    fn schema(schema: &mut Schema) {
        schema.membre("type", "\"string\"");
    }
}

impl Champ for bool {
    fn lire(json: &Json, porte: &mut Porte) -> Self {
        match json {
            Json::Booleen(valeur) => *valeur,
            _ => porte.refuser(json, "indiquez true ou false, sans guillemets"),
        }
    }
    fn vide() -> Self {
        false
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.brut(if *self { "true" } else { "false" });
    }
    fn schema(schema: &mut Schema) {
        schema.membre("type", "\"boolean\"");
    }
}

impl Champ for NaiveDate {
    fn lire(json: &Json, porte: &mut Porte) -> Self {
        let lu = json.texte().and_then(lire_date);
        lu.unwrap_or_else(|| {
            porte.refuser(
                json,
                "indiquez un jour du calendrier de 1900 à 2199, sous la forme 2026-03-20",
            )
        })
    }
    fn vide() -> Self {
        Self::default()
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.date(*self);
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
    fn lire(json: &Json, porte: &mut Porte) -> Self {
        let bornes = (1900, 2199);
        let lu = porte.entier(
            json,
            bornes,
            "indiquez une année sur quatre chiffres, par exemple 2023",
        );
        Self(u16::try_from(lu).unwrap_or(0))
    }
    fn vide() -> Self {
        Self(0)
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.entier(i64::from(self.0));
    }
    fn schema(schema: &mut Schema) {
        schema.entier(1900, 2199);
    }
}

impl Champ for Score {
    fn lire(json: &Json, porte: &mut Porte) -> Self {
        let lu = porte.entier(json, (1, 5), "indiquez un score ADS entier de 1 à 5");
        Self(u8::try_from(lu).unwrap_or(0))
    }
    fn vide() -> Self {
        Self(0)
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.entier(i64::from(self.0));
    }
    fn schema(schema: &mut Schema) {
        schema.entier(1, 5);
    }
}

impl Champ for Cvss {
    fn lire(json: &Json, porte: &mut Porte) -> Self {
        let remede = "indiquez un score CVSS de 0.0 à 10.0, avec une décimale au plus";
        Self(u8::try_from(porte.decimale(json, 1, 100, remede)).unwrap_or(0))
    }
    fn vide() -> Self {
        Self(0)
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.brut(&decimal(i64::from(self.0), 1));
    }
    fn schema(schema: &mut Schema) {
        schema.nombre(Some("10"));
    }
}

impl Champ for Pourcent {
    fn lire(json: &Json, porte: &mut Porte) -> Self {
        let remede = "indiquez un pourcentage de 0 à 100, avec deux décimales au plus";
        Self(porte.decimale(json, 2, 10_000, remede))
    }
    fn vide() -> Self {
        Self(0)
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
const NOMBRE: &str = "indiquez un nombre de 0 à 999999999999.99, avec deux décimales au plus";

impl Champ for Activite {
    fn lire(json: &Json, porte: &mut Porte) -> Self {
        Self(porte.decimale(json, 2, GRAND, NOMBRE))
    }
    fn vide() -> Self {
        Self(0)
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.brut(&decimal(self.0, 2));
    }
    fn schema(schema: &mut Schema) {
        schema.nombre(None);
    }
}

impl Champ for Etp {
    fn lire(json: &Json, porte: &mut Porte) -> Self {
        Self(porte.decimale(json, 2, GRAND, NOMBRE))
    }
    fn vide() -> Self {
        Self(0)
    }
    fn ecrire(&self, sortie: &mut Ecriture) {
        sortie.brut(&decimal(self.0, 2));
    }
    fn schema(schema: &mut Schema) {
        schema.nombre(None);
    }
}

impl Champ for Euros {
    fn lire(json: &Json, porte: &mut Porte) -> Self {
        let texte = json.nombre().or_else(|| json.texte()).unwrap_or("");
        let remede = "indiquez un montant en euros de 0 à 9999999999999.99, avec un point et deux décimales au plus, par exemple 12000.50";
        lire_decimal(texte, 2).map_or_else(|_| porte.refuser(json, remede), Self)
    }
    fn vide() -> Self {
        Self(0)
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
            fn lire(json: &crate::json::Json, porte: &mut crate::porte::Porte) -> Self {
                let rang = porte.choisir(json, &[$($texte),*]);
                Self::TOUS.get(rang).copied().unwrap_or(Self::vide())
            }
            fn vide() -> Self {
                [$(Self::$variante),*][0]
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
            fn lire(json: &crate::json::Json, porte: &mut crate::porte::Porte) -> Self {
                let membres = porte.objet(json, const { &[$(crate::champ::cle(stringify!($champ))),*] });
                Self { $($champ: porte.champ(membres, const { crate::champ::cle(stringify!($champ)) })),* }
            }
            fn vide() -> Self {
                Self { $($champ: crate::champ::Champ::vide()),* }
            }
            fn ecrire(&self, sortie: &mut crate::ecriture::Ecriture) {
                sortie.ouvrir(b'{');
                $(self.$champ.ecrire_membre(const { crate::champ::cle(stringify!($champ)) }, sortie);)*
                sortie.fermer(b'}');
            }
            fn schema(schema: &mut crate::schema::Schema) {
                schema.objet(&[$(crate::schema::Propriete {
                    cle: crate::champ::cle(stringify!($champ)),
                    description: $texte,
                    requis: !<$type as crate::champ::Champ>::FACULTATIF,
                    schema: <$type as crate::champ::Champ>::schema,
                }),*]);
            }
        }
    };
}

pub(crate) use {bloc, choix};

/// The key of a field in the file.
pub(crate) const fn cle(champ: &'static str) -> &'static str {
    if let [debut @ .., b'_'] = champ.as_bytes()
        && let Ok(cle) = core::str::from_utf8(debut)
    {
        return cle;
    }
    champ
}
