//! What several tests share.

use crate::prelude::*;
use calc_core::Programme;
use toml::Value;

/// The programme of the site, from the only file that holds it.
pub(crate) fn programme() -> Programme {
    let table: toml::Table = include_str!("../../content/programme.toml")
        .parse()
        .expect("programme.toml");
    let mut parametres = serde_json::Map::new();
    for (cle, valeur) in &table {
        if let Some(valeur) = valeur.get("valeur") {
            parametres.insert(cle.clone(), serde_json::json!({ "valeur": json(valeur) }));
        }
    }
    let version = table.get("version").map_or(serde_json::Value::Null, json);
    let version_date = table
        .get("version_date")
        .map_or(serde_json::Value::Null, json);
    let texte = serde_json::json!({ "version": version, "version_date": version_date, "parametres": parametres });
    Programme::from_json(&texte.to_string()).expect("programme")
}

fn json(valeur: &Value) -> serde_json::Value {
    match valeur {
        Value::Datetime(date) => date.to_string().into(),
        autre => serde_json::to_value(autre).expect("json"),
    }
}

/// The example of the page.
pub(crate) fn exemple() -> calc_core::Dossier {
    let page = include_str!("../../www/templates/partials/calculateur-exemple.html");
    let (_, suite) = page.split_once('>').expect("script");
    let (json, _) = suite.rsplit_once("</script>").expect("script");
    calc_core::read_dossier(json).expect("example")
}
