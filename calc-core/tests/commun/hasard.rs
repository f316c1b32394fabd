//! Random dossiers, biased to the thresholds, from one seed each: the same seed always gives the same dossier.

/// A small generator of numbers (xorshift), enough to vary dossiers.
pub(crate) struct Hasard(u64);

impl Hasard {
    pub(crate) fn new(graine: u64) -> Self {
        Self(graine.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number under `borne`.
    pub(crate) fn sous(&mut self, borne: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) % borne
    }

    pub(crate) fn parmi<'a>(&mut self, choix: &[&'a str]) -> &'a str {
        choix[usize::try_from(self.sous(choix.len() as u64)).unwrap()]
    }

    fn ecart(&mut self) -> i64 {
        let seuils = [1, 30, 45, 55, 58, 59, 60, 61, 70, 99, 100, 101];
        seuils[usize::try_from(self.sous(12)).unwrap()]
    }
}

/// How much of a dossier is drawn.
#[derive(Clone, Copy)]
pub(crate) struct Taille {
    /// At most so many entities, directories and perimeters.
    pub(crate) listes: u64,
    /// At most so many audits each.
    pub(crate) audits: u64,
}

/// A dossier that the door accepts.
pub(crate) fn dossier(hasard: &mut Hasard, taille: Taille) -> String {
    let entites = hasard.sous(taille.listes) + 1;
    let liste = |nombre: u64, element: &mut dyn FnMut(u64) -> String| {
        (0..nombre).map(element).collect::<Vec<_>>().join(",")
    };
    let ids = liste(entites, &mut |rang| {
        format!(
            r#"{{"id":"e{rang}","activite_combinee":{}}}"#,
            hasard.parmi(&["null", "0", "10", "20", "40", "79.99"])
        )
    });
    let annuaires = hasard.sous(taille.listes + 1);
    let annuaires = liste(annuaires, &mut |rang| {
        annuaire(hasard, rang, entites, taille)
    });
    let perimetres = hasard.sous(taille.listes + 1);
    let perimetres = liste(perimetres, &mut |rang| {
        perimetre(hasard, rang, entites, taille)
    });
    format!(
        r#"{{"candidat":{{"type":"{}"}},{},"entites":[{ids}],"annuaires":[{annuaires}],"perimetres":[{perimetres}],"exercices":{},"exemptions":[{}],"part_activite_min_pourcent":{}}}"#,
        hasard.parmi(&["ght", "ej_publique", "ej_privee"]),
        phase(hasard),
        exercices(hasard),
        exemption(hasard),
        hasard.parmi(&["null", "50", "80", "100"]),
    )
}

fn phase(hasard: &mut Hasard) -> String {
    format!(
        r#""phase":{{"debut":{},"validation_ars":{},"declaration":{}}}"#,
        hasard.parmi(&[
            "null",
            "\"2026-01-30\"",
            "\"2026-03-20\"",
            "\"2026-05-07\"",
            "\"2026-03-20\"",
            "\"2026-04-01\""
        ]),
        hasard.parmi(&["null", "\"2026-04-15\"", "\"2026-05-07\"", "\"2026-05-08\""]),
        hasard.parmi(&[
            "null",
            "\"2027-03-31\"",
            "\"2026-12-01\"",
            "\"2027-02-01\"",
            "\"2027-04-02\""
        ]),
    )
}

fn entites_de(hasard: &mut Hasard, entites: u64) -> String {
    let cites: Vec<String> = (0..entites)
        .filter(|_| hasard.sous(3) > 0)
        .map(|rang| format!("\"e{rang}\""))
        .collect();
    cites.join(",")
}

/// Days from a first one, each a threshold-like gap after the one before, in a drawn order.
fn jours(hasard: &mut Hasard, nombre: u64) -> Vec<String> {
    let mut jour = super::jour(hasard.parmi(&[
        "2026-03-19",
        "2026-03-20",
        "2026-05-10",
        "2026-05-19",
        "2026-07-07",
        "2026-07-08",
    ]));
    let mut jours = Vec::new();
    for _ in 0..nombre {
        jours.push(jour.to_string());
        jour = calc_core::plus_jours(jour, hasard.ecart());
    }
    for rang in (1..jours.len()).rev() {
        jours.swap(rang, usize::try_from(hasard.sous(rang as u64 + 1)).unwrap());
    }
    jours
}

fn annuaire(hasard: &mut Hasard, rang: u64, entites: u64, taille: Taille) -> String {
    let nombre = hasard.sous(taille.audits + 1);
    let jours = jours(hasard, nombre);
    let audits: Vec<String> = jours
        .iter()
        .map(|jour| {
            format!(
                r#"{{"date":"{jour}","score":{}}}"#,
                hasard.parmi(&["null", "1", "2", "2", "3", "2"])
            )
        })
        .collect();
    let mode = hasard.parmi(&[
        "\"local\"",
        "\"local\"",
        "\"local\"",
        "\"hybride\"",
        "\"cloud\"",
        "\"aucun\"",
        "null",
    ]);
    let cites = entites_de(hasard, entites);
    format!(
        r#"{{"id":"a{rang}","mode":{mode},"entites":[{cites}],"audits":[{}]}}"#,
        audits.join(",")
    )
}

fn perimetre(hasard: &mut Hasard, rang: u64, entites: u64, taille: Taille) -> String {
    let nombre = hasard.sous(taille.audits + 1);
    let jours = jours(hasard, nombre);
    let tirer = |jour: &String| {
        let outil = outil(hasard);
        audit(hasard, jour, outil)
    };
    let mut audits: Vec<String> = jours.iter().map(tirer).collect();
    // Now and then two audits on one day, by two tools.
    if let Some(jour) = jours.first().filter(|_| hasard.sous(4) == 0) {
        audits[0] = audit(hasard, jour, "\"industriel\"");
        audits.push(audit(hasard, jour, "\"silene\""));
    }
    let cites = entites_de(hasard, entites);
    format!(
        r#"{{"id":"p{rang}","entites":[{cites}],"audits":[{}]}}"#,
        audits.join(",")
    )
}

fn outil(hasard: &mut Hasard) -> &'static str {
    let outils = [
        "\"industriel\"",
        "\"industriel\"",
        "\"industriel\"",
        "\"silene\"",
        "\"cybersurveillance\"",
    ];
    if hasard.sous(40) == 0 {
        "null"
    } else {
        hasard.parmi(&outils)
    }
}

fn audit(hasard: &mut Hasard, jour: &str, outil: &str) -> String {
    let scores = ["null", "0.0", "6.9", "8.9", "9.0", "9.1", "10"];
    format!(
        r#"{{"date":"{jour}","outil":{outil},"cvss_max":{},"cvss_reevalue":{},"reevaluation_justifiee":{}}}"#,
        hasard.parmi(&scores),
        hasard.parmi(&["null", "null", "6.9", "9.0", "9.1"]),
        hasard.parmi(&["null", "true", "false"]),
    )
}

fn exercices(hasard: &mut Hasard) -> String {
    if hasard.sous(4) == 0 {
        return "null".into();
    }
    let nombre = hasard.sous(3);
    let mut exercices = Vec::new();
    for _ in 0..nombre {
        exercices.push(format!(
            r#"{{"date":"{}","entites":["e0"],"organisateur":{},"preuve":{}}}"#,
            hasard.parmi(&["2024-12-31", "2025-01-01", "2026-06-01", "2027-01-10"]),
            hasard.parmi(&["null", "\"interne\"", "\"ars\""]),
            hasard.parmi(&["null", "\"retex\"", "\"attestation\"", "\"facture\""]),
        ));
    }
    format!("[{}]", exercices.join(","))
}

fn exemption(hasard: &mut Hasard) -> String {
    if hasard.sous(3) > 0 {
        return String::new();
    }
    format!(
        r#"{{"entite":"e0","date_attaque":{},"accord_care":{},"retex":true}}"#,
        hasard.parmi(&["null", "\"2025-11-02\"", "\"2024-11-02\""]),
        hasard.parmi(&["null", "true", "false"]),
    )
}

/// A day to evaluate on, often next to a limit.
pub(crate) fn aujourdhui(hasard: &mut Hasard) -> &'static str {
    hasard.parmi(&[
        "2026-03-19",
        "2026-05-07",
        "2026-05-08",
        "2026-07-07",
        "2026-07-08",
        "2026-08-19",
        "2026-09-30",
        "2026-11-23",
        "2027-01-15",
        "2027-03-31",
        "2027-04-01",
    ])
}
