//! The lines of an answer to paragraphs and lists: broken sentences joined, lost marks put back.

use super::cesure::{Vocabulaire, joindre};
use super::lignes::{Journal, Ligne};
use crate::diagnostic::Diagnostic;

/// A paragraph, or an item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bloc {
    /// Depth of an item, from 0; none for a paragraph.
    pub(super) niveau: Option<usize>,
    /// Its words, on one line.
    pub(super) texte: String,
    /// The rank of its first line.
    pub(super) rang: usize,
}

/// Signs that open an item, as documents print them.
const PUCES: [char; 18] = [
    '-', '–', '—', '•', '◦', '▪', '▫', '●', '○', '■', '□', '➢', '➤', '►', '✓', '→', '*', '\u{f0b7}',
];
/// Signs of items within items.
const PUCES_INTERIEURES: [char; 4] = ['◦', '○', '▫', 'o'];

/// Reads the lines of an answer; what is mended is told. `rangs` are ranks in `lignes`, noise left out.
pub(super) fn blocs(
    lignes: &[Ligne],
    rangs: &[usize],
    connus: &Vocabulaire,
    journal: &mut Journal,
) -> Vec<Bloc> {
    let mut reader = Lecteur {
        connus,
        journal,
        blocs: Vec::new(),
        ouvert: false,
        puce_seule: None,
        retraits: Vec::new(),
    };
    for rang in rangs {
        if let Some(ligne) = lignes.get(*rang) {
            reader.ligne(*rang, ligne);
        }
    }
    let joined = rejoindre(reader.blocs, lignes, connus, journal);
    listes_sans_marque(joined, lignes, journal)
}

struct Lecteur<'a, 'b> {
    connus: &'a Vocabulaire,
    journal: &'a mut Journal<'b>,
    blocs: Vec<Bloc>,
    /// The last block goes on with the next line.
    ouvert: bool,
    /// A mark alone on its line: its depth waits for its words.
    puce_seule: Option<usize>,
    /// Indents of the open items, outermost first.
    retraits: Vec<usize>,
}

impl Lecteur<'_, '_> {
    fn ligne(&mut self, rang: usize, ligne: &Ligne) {
        if ligne.est_vide() {
            self.ouvert = false;
            return;
        }
        if let Some((puce, texte)) = puce(ligne.texte) {
            let niveau = self.niveau(ligne.retrait, puce);
            if texte.is_empty() {
                let fault = Diagnostic::warning("une puce seule sur sa ligne");
                let fault = fault.hint("le texte de la ligne suivante lui a été rendu");
                self.journal.dire(ligne, ligne.texte, fault);
                self.puce_seule = Some(niveau);
            } else {
                self.ouvrir(Some(niveau), texte, rang);
            }
        } else if let Some(niveau) = self.puce_seule.take() {
            self.ouvrir(Some(niveau), ligne.texte, rang);
        } else if self.ouvert && !est_enumere(ligne.texte) {
            self.continuer(ligne);
        } else {
            self.retraits.clear();
            self.ouvrir(None, ligne.texte, rang);
        }
        // A line that announces or closes an item closes its block.
        let ends = [":", ";"].iter().any(|end| ligne.texte.ends_with(end));
        self.ouvert = self.ouvert && !ends;
    }

    fn niveau(&mut self, retrait: usize, puce: char) -> usize {
        if PUCES_INTERIEURES.contains(&puce) {
            return 1;
        }
        while self.retraits.last().is_some_and(|last| *last > retrait) {
            self.retraits.pop();
        }
        if self.retraits.last().is_none_or(|last| *last < retrait) {
            self.retraits.push(retrait);
        }
        self.retraits.len() - 1
    }

    fn ouvrir(&mut self, niveau: Option<usize>, texte: &str, rang: usize) {
        let texte = texte.to_owned();
        self.blocs.push(Bloc {
            niveau,
            texte,
            rang,
        });
        self.ouvert = true;
    }

    fn continuer(&mut self, ligne: &Ligne) {
        let Some(bloc) = self.blocs.last_mut() else {
            return;
        };
        if let Some(mot) = joindre(&mut bloc.texte, ligne.texte, self.connus) {
            self.journal.dire(ligne, "", cesure(&mot));
        }
    }
}

fn cesure(mot: &str) -> Diagnostic {
    Diagnostic::warning(format!("un mot coupé en fin de ligne : lu « {mot} »"))
}

/// The mark of an item and its words. `o` is one only before an indented capital or small word.
fn puce(texte: &str) -> Option<(char, &str)> {
    let mut chars = texte.chars();
    let sign = chars.next()?;
    let rest = chars.as_str();
    let is_sign = PUCES.contains(&sign) || sign == 'o';
    let apart = rest.is_empty() || rest.starts_with(char::is_whitespace);
    (is_sign && apart).then(|| (sign, rest.trim_start()))
}

/// `(i) …`, `a) …`, `2) …`: a line of its own.
fn est_enumere(texte: &str) -> bool {
    let bare = texte.strip_prefix('(').unwrap_or(texte);
    let Some((mark, rest)) = bare.split_once(')') else {
        return false;
    };
    let short = (1..=4).contains(&mark.len());
    let roman = mark.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    let letter = mark.len() == 1 && mark.starts_with(|c: char| c.is_ascii_lowercase());
    let digits = mark.chars().all(|c| c.is_ascii_digit());
    short && (roman || letter || digits) && rest.starts_with(char::is_whitespace)
}

/// A sentence that a page cut in two is one.
fn rejoindre(
    blocs: Vec<Bloc>,
    lignes: &[Ligne],
    connus: &Vocabulaire,
    journal: &mut Journal,
) -> Vec<Bloc> {
    let mut out: Vec<Bloc> = Vec::new();
    for bloc in blocs {
        let open = out.last_mut().filter(|last| continue_dans(last, &bloc));
        let Some(last) = open else {
            out.push(bloc);
            continue;
        };
        let mended = joindre(&mut last.texte, &bloc.texte, connus);
        let fault = match mended {
            Some(mot) => cesure(&mot),
            None => Diagnostic::warning("une phrase coupée en deux paragraphes a été rejointe"),
        };
        if let Some(ligne) = lignes.get(bloc.rang) {
            let first = ligne.texte.split_whitespace().next().unwrap_or_default();
            journal.dire(ligne, first, fault);
        }
    }
    out
}

fn continue_dans(last: &Bloc, next: &Bloc) -> bool {
    let closed = last
        .texte
        .trim_end_matches(['"', '»', ')', '*', '>', '\u{a0}', ' '])
        .ends_with(['.', '!', '?', ':', ';', '…']);
    let goes_on = next
        .texte
        .starts_with(|c: char| c.is_lowercase() || c == '(');
    next.niveau.is_none() && !closed && goes_on && !est_enumere(&next.texte)
}

/// Paragraphs that follow « … : » and end with `;` are the items of a list that lost its marks.
fn listes_sans_marque(mut blocs: Vec<Bloc>, lignes: &[Ligne], journal: &mut Journal) -> Vec<Bloc> {
    let mut at = 1;
    while at < blocs.len() {
        let announced = at
            .checked_sub(1)
            .and_then(|before| blocs.get(before))
            .is_some_and(|bloc| bloc.texte.ends_with(':'));
        let length = if announced { items(&blocs, at) } else { 0 };
        for bloc in blocs.iter_mut().skip(at).take(length) {
            bloc.niveau = Some(0);
            if let Some(ligne) = lignes.get(bloc.rang) {
                let first = ligne.texte.split_whitespace().next().unwrap_or_default();
                let fault = Diagnostic::warning("un élément de liste sans sa puce");
                journal.dire(ligne, first, fault.hint("il a été rendu à sa liste"));
            }
        }
        at += length.max(1);
    }
    blocs
}

/// How many paragraphs from there are items: all but the last end with `;`, and there are two at least.
fn items(blocs: &[Bloc], at: usize) -> usize {
    let rest = || blocs.iter().skip(at);
    let closed = rest()
        .take_while(|bloc| bloc.niveau.is_none() && bloc.texte.ends_with(';'))
        .count();
    let last = rest()
        .nth(closed)
        .is_some_and(|bloc| bloc.niveau.is_none() && !bloc.texte.ends_with(':'));
    if closed == 0 {
        return 0;
    }
    closed + usize::from(last)
}

#[cfg(test)]
mod tests {
    use super::super::cesure::vocabulaire;
    use super::super::lignes::lignes;
    use super::*;
    use crate::diagnostic::Faults;
    use crate::source::Source;

    /// Blocks as `depth text`; what was told, each as `line:column words`.
    #[track_caller]
    fn check(texte: &str, expected: &[&str], told: &[&str]) {
        let source = Source::shared("texte.txt", texte);
        let lines = lignes(&source.text);
        let ranks: Vec<usize> = (0..lines.len()).collect();
        let mut journal = Journal {
            source: &source,
            faults: Faults::default(),
        };
        let known = vocabulaire("opérationnelle");
        let read = blocs(&lines, &ranks, &known, &mut journal);
        let shown: Vec<String> = read
            .iter()
            .map(|bloc| match bloc.niveau {
                Some(depth) => format!("{depth} {}", bloc.texte),
                None => bloc.texte.clone(),
            })
            .collect();
        assert_eq!(shown, expected, "{texte}");
        let said = journal.faults.render(false);
        assert_eq!(said.matches("avertissement").count(), told.len(), "{said}");
        for (place, words) in told.iter().filter_map(|told| told.split_once(' ')) {
            let place = format!("texte.txt:{place}\n");
            assert!(said.contains(&place) && said.contains(words), "{said}");
        }
    }

    #[test]
    fn paragraphs_and_lists() {
        check("Un\ndeux.\n\nTrois.", &["Un deux.", "Trois."], &[]);
        check(
            "Ici :\n\n- a ;\n - b ;\n - c.\n- d.\n\nFin.",
            &["Ici :", "0 a ;", "1 b ;", "1 c.", "0 d.", "Fin."],
            &[],
        );
        check(
            "• un\no deux\n• trois\nsuite",
            &["0 un", "1 deux", "0 trois suite"],
            &[],
        );
        check("(i) le 30\n(ii) le 31", &["(i) le 30", "(ii) le 31"], &[]);
        check(
            "Adresse :\n\nhttps://a.fr/",
            &["Adresse :", "https://a.fr/"],
            &[],
        );
    }

    #[test]
    fn what_the_page_broke_is_mended_and_told() {
        check(
            "La phase opéra-\ntionnelle.",
            &["La phase opérationnelle."],
            &["2:1 lu « opérationnelle. »"],
        );
        check(
            "Pour confirmer une\n\néventuelle fin.",
            &["Pour confirmer une éventuelle fin."],
            &["3:1 rejointe"],
        );
        check(
            "Voir le guide\n\n(https://a.fr).",
            &["Voir le guide (https://a.fr)."],
            &["3:1 rejointe"],
        );
        check(
            "•\nUn\n\n-\n\ndeux",
            &["0 Un", "0 deux"],
            &["1:1 puce seule", "4:1 puce seule"],
        );
        check(
            "Doit contenir :\nla date ;\nle lieu ;\nles noms.\n\nPuis.",
            &[
                "Doit contenir :",
                "0 la date ;",
                "0 le lieu ;",
                "0 les noms.",
                "Puis.",
            ],
            &["2:1 sans sa puce", "3:1 sans sa puce", "4:1 sans sa puce"],
        );
        check(
            "Doit contenir :\n\nla date ;\n\nle lieu.",
            &["Doit contenir :", "0 la date ;", "0 le lieu."],
            &["3:1 sans sa puce", "5:1 sans sa puce"],
        );
    }

    #[test]
    fn what_is_whole_stays() {
        check(
            "Une phrase ;\nune autre.",
            &["Une phrase ;", "une autre."],
            &[],
        );
        check("Avant\n\nAprès.", &["Avant", "Après."], &[]);
        check(
            "Il a dit \"oui.\"\n\net non.",
            &["Il a dit \"oui.\"", "et non."],
            &[],
        );
    }
}
