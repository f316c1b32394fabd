//! What no field can tell alone: unique ids, known entities, one audit a day, amounts that fit together.
//!
//! It reads the raw tree rather than the typed dossier, so that these faults come out together with all others.

use crate::dates::lire_date;
use crate::francais::rang_en_chiffres;
use crate::json::Json;
use crate::porte::Porte;
use crate::prelude::*;
use crate::unites::lire_decimal;

/// Notes every inconsistency of the dossier, or of a part of one that has the entities `connues`.
pub(crate) fn controler(arbre: &Json, connues: Option<&[&str]>, porte: &mut Porte) {
    let ici: Vec<&str> = elements(arbre, "entites")
        .iter()
        .filter_map(|entite| entite.get("id")?.texte())
        .collect();
    let entites = connues.unwrap_or(&ici);
    for liste in ["entites", "annuaires", "perimetres", "depenses"] {
        identifiants(arbre, liste, porte);
    }
    for liste in ["annuaires", "perimetres", "exercices"] {
        references(arbre, liste, entites, porte);
    }
    exemptions(arbre, entites, porte);
    for liste in ["annuaires", "perimetres"] {
        audits(arbre, liste, porte);
    }
    budget(arbre, porte);
    depenses(arbre, porte);
}

fn elements<'a, 'b>(arbre: &'b Json<'a>, cle: &str) -> &'b [Json<'a>] {
    arbre.get(cle).map_or(&[], Json::liste)
}

/// Notes a fault under `liste[rang].champ`.
fn noter(porte: &mut Porte, liste: &'static str, rang: usize, champ: &str, message: String) {
    let retour = porte.entrer(liste);
    porte.entrer_rang(rang);
    porte.entrer_nom(champ);
    porte.noter(message);
    porte.revenir(retour);
}

fn identifiants(arbre: &Json, liste: &'static str, porte: &mut Porte) {
    let ids: Vec<Option<&str>> = elements(arbre, liste)
        .iter()
        .map(|element| element.get("id")?.texte())
        .collect();
    for (rang, id) in ids.iter().enumerate() {
        let Some(id) = id else { continue };
        if id.trim().is_empty() {
            noter(
                porte,
                liste,
                rang,
                "id",
                "Le champ « id » est vide : donnez un identifiant.".into(),
            );
        } else if ids.iter().take(rang).any(|autre| *autre == Some(id)) {
            let message = [
                "L’identifiant « ",
                id,
                " » du champ « id » sert deux fois : choisissez-en un autre.",
            ]
            .concat();
            noter(porte, liste, rang, "id", message);
        }
    }
}

fn references(arbre: &Json, liste: &'static str, entites: &[&str], porte: &mut Porte) {
    for (rang, element) in elements(arbre, liste).iter().enumerate() {
        let cites: Vec<Option<&str>> = elements(element, "entites")
            .iter()
            .map(Json::texte)
            .collect();
        for (place, cite) in cites.iter().enumerate() {
            let Some(cite) = cite else { continue };
            let champ = ["entites[", &rang_en_chiffres(place), "]"].concat();
            if !entites.contains(cite) {
                noter(porte, liste, rang, &champ, inconnue("entites", cite));
            } else if cites.iter().take(place).any(|autre| *autre == Some(cite)) {
                let message = [
                    "L’entité « ",
                    cite,
                    " » est citée deux fois dans « entites » : retirez l’une des deux.",
                ]
                .concat();
                noter(porte, liste, rang, &champ, message);
            }
        }
    }
}

fn inconnue(champ: &str, id: &str) -> String {
    [
        "Le champ « ",
        champ,
        " » cite l’entité inconnue « ",
        id,
        " » : ajoutez-la aux entités ou corrigez l’identifiant.",
    ]
    .concat()
}

fn exemptions(arbre: &Json, entites: &[&str], porte: &mut Porte) {
    for (rang, exemption) in elements(arbre, "exemptions").iter().enumerate() {
        if let Some(id) = exemption
            .get("entite")
            .and_then(Json::texte)
            .filter(|id| !entites.contains(id))
        {
            noter(porte, "exemptions", rang, "entite", inconnue("entite", id));
        }
    }
}

/// One audit a day for a directory, or for a perimeter and a tool: verdicts then never depend on the order of a list.
fn audits(arbre: &Json, liste: &'static str, porte: &mut Porte) {
    for (rang, element) in elements(arbre, liste).iter().enumerate() {
        let jours: Vec<_> = elements(element, "audits").iter().map(cle_audit).collect();
        for (place, jour) in jours.iter().enumerate() {
            if jours.iter().take(place).any(|autre| autre == jour) && est_un_jour(jour[0]) {
                let champ = ["audits[", &rang_en_chiffres(place), "].date"].concat();
                let message = "Le champ « date » reprend le jour d’un autre audit : gardez un seul audit par jour \
                               (et par outil), ou corrigez la date.";
                noter(porte, liste, rang, &champ, message.into());
            }
        }
    }
}

/// A day has one writing only: equal texts are equal days.
fn cle_audit<'b>(audit: &'b Json) -> [Option<&'b str>; 2] {
    ["date", "outil"].map(|cle| audit.get(cle).and_then(Json::texte))
}

fn est_un_jour(texte: Option<&str>) -> bool {
    texte.and_then(lire_date).is_some()
}

fn montant(objet: &Json, cle: &str) -> Option<i64> {
    match objet.get(cle)? {
        Json::Nombre(texte) => lire_decimal(texte, 2).ok(),
        Json::Texte(texte) => lire_decimal(texte, 2).ok(),
        _ => None,
    }
}

fn budget(arbre: &Json, porte: &mut Porte) {
    let Some(budget) = arbre.get("budget") else {
        return;
    };
    let retour = porte.entrer("budget");
    let total = montant(budget, "total_sanitaire");
    if total == Some(0) {
        porte.entrer("total_sanitaire");
        porte.noter(
            "Le champ « total_sanitaire » vaut zéro : indiquez le budget sanitaire de l’année."
                .into(),
        );
    } else if montant(budget, "numerique_sanitaire")
        .zip(total)
        .is_some_and(|(numerique, total)| numerique > total)
    {
        porte.entrer("numerique_sanitaire");
        let message = "Le champ « numerique_sanitaire » dépasse « total_sanitaire » : vérifiez les deux montants.";
        porte.noter(message.into());
    }
    porte.revenir(retour);
}

fn depenses(arbre: &Json, porte: &mut Porte) {
    for (rang, depense) in elements(arbre, "depenses").iter().enumerate() {
        let total = montant(depense, "montant_ttc");
        for part in ["part_ars", "part_securite"] {
            if montant(depense, part)
                .zip(total)
                .is_some_and(|(part, total)| part > total)
            {
                let message = [
                    "Le champ « ",
                    part,
                    " » dépasse « montant_ttc » : vérifiez les deux montants.",
                ]
                .concat();
                noter(porte, "depenses", rang, part, message);
            }
        }
        let date = |cle| depense.get(cle).and_then(Json::texte).and_then(lire_date);
        if date("debut")
            .zip(date("fin"))
            .is_some_and(|(debut, fin)| fin < debut)
        {
            let message =
                "Le champ « fin » précède « debut » : vérifiez les dates de l’abonnement.";
            noter(porte, "depenses", rang, "fin", message.into());
        }
    }
}
