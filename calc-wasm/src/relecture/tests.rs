use super::*;
use crate::essais::programme;
use crate::form::{Champ, Noeud};
use crate::saisie::Genre;

/// A form in the making: every field, with what may be typed in it.
#[derive(Default)]
struct Atelier {
    champs: Vec<(Genre, Option<&'static str>)>,
}

const DATES: &[&str] = &[
    "20/03/2026",
    "2",
    "31/02/2026",
    "",
    "7 mai 2026",
    "2026-07-07",
    "20/08/2026",
    "15/01/2027",
    "31/03/2027",
];
const NOMBRES: &[&str] = &["", "1", "3", "9", "9,0", "9,1", "70 000", "x", "-2", "2023"];
const TEXTES: &[&str] = &["", "CHU", "L’« AD » \"un\"", "\\"];
const BOITES: &[&str] = &["true", "false"];
const CHOIX: &[&str] = &[
    "",
    "local",
    "cloud",
    "industriel",
    "silene",
    "ght",
    "ej_privee",
    "prestation",
    "excel",
];
const ENTITES: &[&str] = &["e0", "e1", "e2"];

impl Atelier {
    fn champ(&mut self, genre: Genre, texte: &str) -> Noeud {
        self.requis(genre, texte, None)
    }

    fn requis(&mut self, genre: Genre, texte: &str, requis: Option<&'static str>) -> Noeud {
        self.champs.push((genre, requis));
        let place = self.champs.len() - 1;
        Noeud::Champ(Champ::new(
            place,
            genre,
            texte.into(),
            requis.map(Into::into),
        ))
    }

    fn entites(&mut self, ids: &[&str]) -> Noeud {
        self.champs.push((Genre::Choix, None));
        Noeud::Entites {
            place: self.champs.len() - 1,
            ids: ids.iter().map(|id| (*id).into()).collect(),
        }
    }

    fn audits(&mut self, dates: &[&str], suite: &[(&str, Genre, &str)]) -> Noeud {
        let lignes = dates.iter().map(|date| {
            let mut membres = vec![(
                "date",
                self.requis(Genre::Date, date, Some("Indiquez la date.")),
            )];
            for (cle, genre, texte) in suite {
                membres.push((cle, self.champ(*genre, texte)));
            }
            groupe(None, membres)
        });
        Noeud::Liste(lignes.collect())
    }
}

fn groupe(id: Option<&str>, membres: Vec<(&str, Noeud)>) -> Groupe {
    Groupe {
        id: id.map(Into::into),
        membres: membres
            .into_iter()
            .map(|(cle, noeud)| (cle.into(), noeud))
            .collect(),
        ..Groupe::default()
    }
}

/// Every kind of part: blocks, values, lists with ids and without, a list that refers to others.
fn form(a: &mut Atelier) -> Groupe {
    let mut membres = blocks(a);
    membres.extend(lists(a));
    groupe(None, membres)
}

fn blocks(a: &mut Atelier) -> Vec<(&'static str, Noeud)> {
    let candidat = vec![("type", a.champ(Genre::Choix, "ght"))];
    let phase = vec![
        ("debut", a.champ(Genre::Date, "20/03/2026")),
        ("declaration", a.champ(Genre::Date, "")),
    ];
    let budget = vec![
        ("annee", a.champ(Genre::Annee, "2023")),
        ("total_sanitaire", a.champ(Genre::Decimal, "70 000")),
        ("numerique_sanitaire", a.champ(Genre::Decimal, "9,1")),
    ];
    let part = a.champ(Genre::Decimal, "9,1");
    vec![
        ("candidat", Noeud::Groupe(groupe(None, candidat))),
        ("phase", Noeud::Groupe(groupe(None, phase))),
        ("budget", Noeud::Groupe(groupe(None, budget))),
        ("part_activite_min_pourcent", part),
    ]
}

fn lists(a: &mut Atelier) -> Vec<(&'static str, Noeud)> {
    let entites = ENTITES.iter().map(|id| {
        let nom = a.champ(Genre::Texte, id);
        let activite = a.champ(Genre::Decimal, "70 000");
        let membres = vec![("nom", nom), ("activite_combinee", activite)];
        groupe(Some(id), membres)
    });
    let entites = entites.collect();
    let annuaires = ["ad0", "ad1"].iter().map(|id| {
        let (dates, suite) = (["07/05/2026", "20/08/2026"], ("score", Genre::Entier, "3"));
        let membres = vec![
            ("mode", a.champ(Genre::Choix, "local")),
            ("entites", a.entites(&["e0", "e1"])),
            ("audits", a.audits(&dates, &[suite])),
        ];
        groupe(Some(id), membres)
    });
    let annuaires = annuaires.collect();
    let suite = [
        ("outil", Genre::Choix, "industriel"),
        ("cvss_max", Genre::Decimal, "7"),
        ("reevaluation_justifiee", Genre::Booleen, "false"),
    ];
    let perimetre = vec![
        ("entites", a.entites(ENTITES)),
        ("audits", a.audits(&["20/08/2026", "15/01/2027"], &suite)),
    ];
    let exercice = vec![
        ("date", a.champ(Genre::Date, "07/05/2026")),
        ("entites", a.entites(&["e2"])),
    ];
    let depense = vec![
        ("nature", a.champ(Genre::Choix, "prestation")),
        ("montant_ttc", a.champ(Genre::Decimal, "70 000")),
        ("part_ars", a.champ(Genre::Decimal, "")),
        ("debut", a.champ(Genre::Date, "")),
        ("fin", a.champ(Genre::Date, "")),
    ];
    let listes: [(_, Vec<Groupe>); 5] = [
        ("entites", entites),
        ("annuaires", annuaires),
        ("perimetres", vec![groupe(Some("ext0"), perimetre)]),
        ("exercices", vec![groupe(None, exercice)]),
        ("depenses", vec![groupe(Some("d0"), depense)]),
    ];
    let listes = listes.into_iter();
    listes.map(|(cle, l)| (cle, Noeud::Liste(l))).collect()
}

/// Numbers that look drawn, the same each time.
struct Tirage(u64);

impl Tirage {
    fn below(&mut self, borne: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(borne).expect("small")).expect("small")
    }

    fn among<'a>(&mut self, choses: &[&'a str]) -> &'a str {
        choses[self.below(choses.len())]
    }
}

/// Types something in a field, as a press does.
fn edit(
    racine: &mut Groupe,
    relecture: &mut Relecture,
    place: usize,
    (genre, requis): (Genre, Option<&'static str>),
    tirage: &mut Tirage,
) {
    let (noeud, partie) = racine.at_place(place).expect("a field");
    if let Noeud::Entites { ids, .. } = noeud {
        ids.clear();
        for id in ["e0", "e1", "e2", "e9"] {
            if tirage.below(5) > 1 {
                ids.push(id.into());
            }
        }
    } else {
        let texte = tirage.among(match genre {
            Genre::Date => DATES,
            Genre::Texte => TEXTES,
            Genre::Booleen | Genre::OuiNon => BOITES,
            Genre::Choix => CHOIX,
            Genre::Entier | Genre::Annee | Genre::Decimal => NOMBRES,
        });
        *noeud = Noeud::Champ(Champ::new(
            place,
            genre,
            texte.into(),
            requis.map(Into::into),
        ));
    }
    relecture.touch(partie);
}

/// Puts a field back as it was at first.
fn mend(racine: &mut Groupe, relecture: &mut Relecture, place: usize, saine: &mut Groupe) {
    let (noeud, partie) = racine.at_place(place).expect("a field");
    let (sain, _) = saine.at_place(place).expect("the same field");
    *noeud = sain.clone();
    relecture.touch(partie);
}

/// Whether the part read again comes to what the whole does: to a dossier; none where both refuse alike.
#[track_caller]
fn compare(relecture: &mut Relecture, racine: &Groupe, jour: NaiveDate, p: &Programme) -> bool {
    let lu = relecture.judge(racine, Ok(jour), p);
    let attendu = Relecture::default().judge(racine, Ok(jour), p);
    match (lu, attendu) {
        (Ok(lu), Ok(attendu)) => {
            assert_eq!(lu.dossier, attendu.dossier);
            assert_eq!(lu.evaluation, attendu.evaluation);
            true
        }
        (lu, attendu) => {
            assert_eq!(lu.err(), attendu.err());
            false
        }
    }
}

#[test]
fn whatever_is_typed_the_part_read_again_comes_to_what_the_whole_does() {
    let programme = programme();
    let jours = ["2026-07-07", "2026-11-23"].map(|jour| calc_core::lire_date(jour).expect("day"));
    let (mut en_partie, mut juges, mut refuses) = (0, 0, 0);
    for graine in 1..=40 {
        let mut atelier = Atelier::default();
        let mut racine = form(&mut atelier);
        let mut saine = racine.clone();
        let mut tirage = Tirage(0x9e37_79b9 * graine);
        let mut relecture = Relecture::default();
        let mut place = 0;
        for _ in 0..120 {
            if tirage.below(3) == 0 {
                // What was typed wrong is mostly put right before the next field, not always.
                if tirage.below(8) > 0 {
                    mend(&mut racine, &mut relecture, place, &mut saine);
                }
                place = tirage.below(atelier.champs.len());
            } else {
                let champ = atelier.champs[place];
                edit(&mut racine, &mut relecture, place, champ, &mut tirage);
            }
            en_partie += usize::from(relecture.fidele);
            let jour = jours[tirage.below(2)];
            if compare(&mut relecture, &racine, jour, &programme) {
                juges += 1;
            } else {
                refuses += 1;
            }
        }
    }
    let assez = en_partie > 1000 && juges > 1000 && refuses > 1000;
    assert!(assez, "{en_partie} {juges} {refuses}");
}

#[test]
fn a_dossier_that_someone_keeps_is_not_written_over() {
    let (mut atelier, jour) = (Atelier::default(), calc_core::lire_date("2026-07-07"));
    let mut racine = form(&mut atelier);
    let (jour, programme) = (jour.expect("day"), programme());
    let mut relecture = Relecture::default();
    let garde = relecture.judge(&racine, Ok(jour), &programme).expect("ok");
    let avant = garde.dossier.clone();
    let nom = Champ::new(7, Genre::Texte, "Autre".into(), None);
    let (noeud, partie) = racine.at_place(7).expect("the name of an entity");
    *noeud = Noeud::Champ(nom);
    relecture.touch(partie);
    assert!(compare(&mut relecture, &racine, jour, &programme));
    assert_eq!(garde.dossier, avant);
    assert_ne!(relecture.last().expect("judged").dossier, avant);
}
