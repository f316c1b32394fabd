//! Tables as text: CSV as a French spreadsheet writes and reads it (semicolon, byte order mark, CRLF), and what a
//! spreadsheet puts on the clipboard (tabs).
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return for a formula: it leaves
//! here behind an apostrophe, which [`read`] takes off again.

use crate::prelude::*;

const SIGNES: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Whether a cell would be taken for a formula, or already looks like one made harmless.
fn is_risky(cellule: &str) -> bool {
    cellule.trim_start_matches('\'').starts_with(SIGNES)
}

/// The table, ready to be kept as a file.
pub(crate) fn write(lignes: &[Vec<String>]) -> String {
    let mut sortie = String::from("\u{feff}");
    for ligne in lignes {
        for (rang, cellule) in ligne.iter().enumerate() {
            if rang > 0 {
                sortie.push(';');
            }
            write_cell(&mut sortie, cellule);
        }
        sortie.push_str("\r\n");
    }
    sortie
}

fn write_cell(sortie: &mut String, cellule: &str) {
    let quoted = cellule.contains([';', '"', '\n', '\r', '\t']) || cellule.trim() != cellule;
    if quoted {
        sortie.push('"');
    }
    if is_risky(cellule) {
        sortie.push('\'');
    }
    for signe in cellule.chars() {
        if signe == '"' {
            sortie.push('"');
        }
        sortie.push(signe);
    }
    if quoted {
        sortie.push('"');
    }
}

/// The rows of a text, those that hold nothing left out. Cells stand apart by tabs where its first line has one, else
/// by semicolons.
pub(crate) fn read(texte: &str) -> Vec<Vec<String>> {
    let texte = texte.strip_prefix('\u{feff}').unwrap_or(texte);
    let premiere = texte.split('\n').next().unwrap_or_default();
    let separateur = if premiere.contains('\t') { '\t' } else { ';' };
    let mut lignes = Vec::new();
    let mut ligne = Vec::new();
    let mut signes = texte.chars().peekable();
    while signes.peek().is_some() {
        let (cellule, fin) = read_cell(&mut signes, separateur);
        ligne.push(cellule);
        if fin != Some(separateur) {
            lignes.push(core::mem::take(&mut ligne));
        } else if signes.peek().is_none() {
            ligne.push(String::new());
            lignes.push(core::mem::take(&mut ligne));
        }
    }
    lignes.retain(|ligne| ligne.iter().any(|cellule| !cellule.trim().is_empty()));
    lignes
}

/// The next cell, and what ended it: the separator, the end of the line, or none at the end of the text.
fn read_cell(
    signes: &mut core::iter::Peekable<core::str::Chars>,
    separateur: char,
) -> (String, Option<char>) {
    let mut cellule = String::new();
    let mut entre_guillemets = signes.next_if_eq(&'"').is_some();
    let fin = loop {
        match signes.next() {
            None => break None,
            Some('"') if entre_guillemets => {
                if signes.next_if_eq(&'"').is_some() {
                    cellule.push('"');
                } else {
                    entre_guillemets = false;
                }
            }
            Some(signe) if entre_guillemets => cellule.push(signe),
            Some('\r') if signes.peek().is_none_or(|suite| *suite == '\n') => {}
            Some(signe) if signe == separateur || signe == '\n' => break Some(signe),
            Some(signe) => cellule.push(signe),
        }
    };
    if cellule.starts_with('\'') && is_risky(&cellule) {
        cellule = cellule.get(1..).unwrap_or_default().into();
    }
    (cellule, fin)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(lignes: &[&[&str]]) -> Vec<Vec<String>> {
        let cells = |ligne: &&[&str]| ligne.iter().map(|cellule| (*cellule).into()).collect();
        lignes.iter().map(cells).collect()
    }

    #[test]
    fn a_table_is_read_back_as_it_was_written() {
        let table = table(&[
            &["Nom", "Activité", "Note"],
            &["CHU; « Nord »", "70 000", "dit \"le grand\""],
            &["deux\nlignes", "", " bords "],
            &["\r\n", "a\r\nb", "\t"],
            &[
                "=SUM(A1)", "+33", "-3", "@x", "\tx", "'=1", "''-1", "'été", "−3",
            ],
            &["", "", "fin"],
        ]);
        assert_eq!(read(&write(&table)), table);
    }

    #[test]
    fn a_cell_that_would_be_a_formula_leaves_as_text() {
        let texte = write(&table(&[&["=1", "+1", "-1", "@a", "'=1", "1-2", "a=b"]]));
        assert_eq!(texte, "\u{feff}'=1;'+1;'-1;'@a;''=1;1-2;a=b\r\n");
    }

    #[test]
    fn what_a_spreadsheet_copies_is_read() {
        for texte in [
            "a\tb;c\r\n\"1\n2\"\t\r\n",
            "a\tb;c\n\"1\n2\"\t",
            "\u{feff}\na\tb;c\n\n\"1\n2\"\t\n\t\n",
        ] {
            let lu = read(texte.trim_start_matches(['\u{feff}', '\n']));
            assert_eq!(lu, table(&[&["a", "b;c"], &["1\n2", ""]]), "{texte:?}");
        }
    }

    #[test]
    fn loose_quotes_lose_nothing() {
        for (texte, attendu) in [
            ("a\"b;c", &["a\"b", "c"][..]),
            ("\"CHU\" Nord;c", &["CHU Nord", "c"]),
            ("\"sans fin;c", &["sans fin;c"]),
            ("a;", &["a", ""]),
        ] {
            assert_eq!(read(texte), table(&[attendu]), "{texte}");
        }
        assert_eq!(read(""), table(&[]));
        assert_eq!(read(" ; \n;"), table(&[]));
    }
}
