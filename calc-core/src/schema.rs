//! The JSON Schema of the dossier, from the same declarations as its types.

use crate::champ::Champ;
use crate::dossier::Dossier;
use crate::ecriture::Ecriture;
use crate::prelude::*;

/// A property of an object.
pub(crate) struct Propriete {
    pub(crate) cle: &'static str,
    pub(crate) description: &'static str,
    pub(crate) requis: bool,
    pub(crate) schema: fn(&mut Schema),
}

/// A schema under construction: the members of the object that is open.
pub(crate) struct Schema {
    sortie: Ecriture,
    /// Whether `null` is a value too.
    nul: bool,
}

impl Schema {
    /// A member whose value is already JSON.
    pub(crate) fn membre(&mut self, cle: &str, json: &str) {
        self.sortie.cle(cle);
        if cle == "type" && self.nul {
            self.sortie.brut(&["[", json, ", \"null\"]"].concat());
        } else {
            self.sortie.brut(json);
        }
    }

    /// The same, or `null`.
    pub(crate) fn ou_nul(&mut self, schema: fn(&mut Schema)) {
        self.nul = true;
        schema(self);
        self.nul = false;
    }

    /// A whole number, bounds included.
    pub(crate) fn entier(&mut self, min: i64, max: i64) {
        self.membre("type", "\"integer\"");
        self.membre("minimum", &min.to_string());
        self.membre("maximum", &max.to_string());
    }

    /// A number from zero. Its decimals are not described: validators test `multipleOf` on floats, and fail on 0.07.
    pub(crate) fn nombre(&mut self, max: Option<&str>) {
        self.membre("type", "\"number\"");
        self.membre("minimum", "0");
        if let Some(max) = max {
            self.membre("maximum", max);
        }
    }

    /// An amount: a number or a string, at most two decimals.
    pub(crate) fn montant(&mut self) {
        self.membre(
            "type",
            if self.nul {
                "\"number\", \"string\""
            } else {
                "[\"number\", \"string\"]"
            },
        );
        self.membre("minimum", "0");
        self.membre("pattern", "\"^[0-9]{1,13}([.][0-9]{1,2})?$\"");
    }

    /// One of `mots`.
    pub(crate) fn choix(&mut self, mots: &[&str]) {
        self.sortie.cle("enum");
        self.sortie.ouvrir(b'[');
        for mot in mots {
            self.sortie.element();
            self.sortie.texte(mot);
        }
        if self.nul {
            self.sortie.element();
            self.sortie.brut("null");
        }
        self.sortie.fermer(b']');
    }

    /// A list of `element`.
    pub(crate) fn liste(&mut self, element: fn(&mut Schema)) {
        self.membre("type", "\"array\"");
        self.nul = false;
        self.sortie.cle("items");
        self.sortie.ouvrir(b'{');
        element(self);
        self.sortie.fermer(b'}');
    }

    /// An object of exactly these properties.
    pub(crate) fn objet(&mut self, proprietes: &[Propriete]) {
        self.membre("type", "\"object\"");
        self.nul = false;
        self.membre("additionalProperties", "false");
        self.sortie.cle("required");
        self.sortie.ouvrir(b'[');
        for propriete in proprietes.iter().filter(|propriete| propriete.requis) {
            self.sortie.element();
            self.sortie.texte(propriete.cle);
        }
        self.sortie.fermer(b']');
        self.sortie.cle("properties");
        self.sortie.ouvrir(b'{');
        for propriete in proprietes {
            self.sortie.cle(propriete.cle);
            self.sortie.ouvrir(b'{');
            self.sortie.cle("description");
            self.sortie.texte(propriete.description);
            (propriete.schema)(self);
            self.sortie.fermer(b'}');
        }
        self.sortie.fermer(b'}');
    }
}

/// The JSON Schema (draft 2020-12) of a dossier, indented.
///
/// It describes each field alone; what spans several (unique ids, known entities, two audits on one day)
/// is checked by [`crate::read_dossier`] only.
#[must_use]
pub fn schema_dossier() -> String {
    let mut schema = Schema {
        sortie: Ecriture::indentee(),
        nul: false,
    };
    schema.sortie.ouvrir(b'{');
    schema.membre(
        "$schema",
        "\"https://json-schema.org/draft/2020-12/schema\"",
    );
    schema.membre("title", "\"Dossier CaRE Domaine 1 bis\"");
    Dossier::schema(&mut schema);
    schema.sortie.fermer(b'}');
    schema.sortie.finir()
}
