//! The picture of the phase, the matrix, the variant and the plan written into copies of the page's templates. A row that
//! did not change is left alone, so that the focus stays on the audit being moved.

use crate::axe::percent;
use crate::calendrier::Calendrier;
use crate::dom::{Absent, Element};
use crate::essai::{self, Essai};
use crate::frise::{Curseur, Frise, LigneLue, Piece, Rang};
use crate::matrice::Matrice;
use crate::paint::{adjust, slot as write};
use crate::prelude::*;
use crate::variantes::{Difference, Tolerance};
use calc_core::Verdict;

type Fait = Result<(), Absent>;

/// The place of that name.
///
/// # Errors
/// [`Absent`] when there is none.
pub(crate) fn place(hote: &Element, nom: &str) -> Result<Element, Absent> {
    hote.need(&["[data-slot=", nom, "]"].concat())
}

fn copies(hote: &Element, nom: &str, modele: &str, nombre: usize) -> Result<Vec<Element>, Absent> {
    adjust(&place(hote, nom)?, modele, nombre)
}

fn show_verdict(hote: &Element, nom: &str, verdict: Option<Verdict>) -> Fait {
    let badge = place(hote, nom)?;
    badge.set_attr("data-verdict", verdict.map_or("", Verdict::as_str));
    badge.set_text(verdict.map_or("absent", Verdict::libelle));
    Ok(())
}

/// Shows the ground of the picture where it is another one than `avant`, and takes away the rows that it has no more.
///
/// # Errors
/// [`Absent`] when a template or one of its places is missing, as for all that follow.
pub(crate) fn show_ground(hote: &Element, frise: &Frise, avant: Option<&Frise>) -> Fait {
    place(hote, "vide")?.set_hidden(!frise.rangs.is_empty());
    place(hote, "dessin")?.set_hidden(frise.rangs.is_empty());
    let pareil = avant.is_some_and(|avant| {
        avant.axe == frise.axe
            && avant.aujourdhui == frise.aujourdhui
            && avant.reperes == frise.reperes
            && avant.rythme == frise.rythme
    });
    if !pareil {
        show_axis(hote, frise)?;
    }
    let rangs = place(hote, "rangs")?;
    let nombre = rangs.children().len().min(frise.rangs.len());
    adjust(&rangs, "frise-rang", nombre).map(|_| ())
}

fn show_axis(hote: &Element, frise: &Frise) -> Fait {
    for (nom, genre, pieces) in [
        ("fond-mois", "", &frise.mois),
        ("fond-rythme", "rythme", &frise.rythme),
        ("fond-repere", "repere", &frise.reperes),
        ("fond-aujourdhui", "aujourdhui", &frise.reperes),
    ] {
        let traits = lines(pieces, genre, |trace, piece| {
            trace.extend(["M", &piece.x.to_string(), " 0V1"]);
        });
        place(hote, nom)?.set_attr("d", &traits);
    }
    for (nom, modele, pieces) in [
        ("mois", "frise-mois", &frise.mois),
        ("rythme", "frise-rythme", &frise.rythme),
        ("reperes", "frise-repere", &frise.reperes),
        ("dates", "frise-date", &frise.reperes),
    ] {
        show_pieces(hote, nom, modele, pieces)?;
    }
    Ok(())
}

/// The pieces of a kind as one line, in hundredths of a percent of the width: an element for each would make thousands.
fn lines(pieces: &[Piece], genre: &str, draw: impl Fn(&mut String, &Piece)) -> String {
    let mut trace = String::new();
    for piece in pieces.iter().filter(|piece| piece.genre == genre) {
        draw(&mut trace, piece);
    }
    trace
}

/// The gaps of a row: a line for each kind, and what is written on them.
fn show_gaps(element: &Element, ecarts: &[Piece]) -> Fait {
    // What is left until the last day allowed stands under the marks.
    for (genre, y) in [
        ("court", "34"),
        ("long", "34"),
        ("trop", "34"),
        ("delai", "47"),
    ] {
        let traits = lines(ecarts, genre, |trace, piece| {
            let fin = piece.x + piece.largeur;
            trace.extend(["M", &piece.x.to_string(), " ", y, "H", &fin.to_string()]);
        });
        place(element, genre)?.set_attr("d", &traits);
    }
    let dits = ecarts.iter().filter(|piece| !piece.texte.is_empty());
    let dits: Vec<Piece> = dits.cloned().collect();
    show_pieces(element, "ecarts", "frise-ecart", &dits)
}

fn show_pieces(hote: &Element, nom: &str, modele: &str, pieces: &[Piece]) -> Fait {
    let elements = copies(hote, nom, modele, pieces.len())?;
    elements
        .iter()
        .zip(pieces)
        .for_each(|(element, piece)| show_piece(element, piece));
    Ok(())
}

/// Each template has the places that it needs.
fn show_piece(element: &Element, piece: &Piece) {
    element.set_attr("x", &percent(piece.x));
    if piece.largeur > 0 {
        element.set_attr("width", &percent(piece.largeur));
    }
    element.set_attr("data-genre", piece.genre);
    if let Some(forme) = element.find("[data-slot=forme]") {
        forme.set_attr("href", &["#frise-", piece.genre].concat());
    }
    for (nom, texte) in [("texte", &piece.texte), ("titre", &piece.titre)] {
        if let Some(place) = element.find(&["[data-slot=", nom, "]"].concat()) {
            place.set_text(texte);
        }
    }
}

/// Shows a row of the picture, one more where it comes after the last.
pub(crate) fn show_row(hote: &Element, numero: usize, rang: &Rang) -> Fait {
    let hote = place(hote, "rangs")?;
    let nombre = hote.children().len().max(numero + 1);
    let rangs = adjust(&hote, "frise-rang", nombre)?;
    rangs
        .get(numero)
        .map_or(Ok(()), |element| fill_row(element, rang))
}

fn fill_row(element: &Element, rang: &Rang) -> Fait {
    write(element, "nom", &rang.nom)?;
    let verdicts = copies(element, "verdicts", "frise-verdict", 2)?;
    for (copie, (code, verdict)) in verdicts.iter().zip(rang.verdicts) {
        write(copie, "code", code)?;
        show_verdict(copie, "verdict", Some(verdict))?;
    }
    for (nom, modele, pieces) in [
        ("bandes", "frise-bande", &rang.bandes),
        ("limites", "frise-limite", &rang.limites),
        ("faits", "frise-fait", &rang.faits),
    ] {
        show_pieces(element, nom, modele, pieces)?;
    }
    show_gaps(element, &rang.ecarts)?;
    let prevus = copies(element, "prevus", "frise-prevu", rang.prevus.len())?;
    for (copie, curseur) in prevus.iter().zip(&rang.prevus) {
        show_handle(copie, curseur);
    }
    Ok(())
}

/// A handle is a slider whose values are the days of the axis.
fn show_handle(element: &Element, curseur: &Curseur) {
    show_piece(element, &curseur.piece);
    let noms = ["aria-valuemin", "aria-valuenow", "aria-valuemax"];
    for (nom, jour) in noms.iter().zip(curseur.jours) {
        element.set_attr(nom, &jour.to_string());
    }
    element.set_attr("aria-label", &curseur.nom);
    element.set_attr("aria-valuetext", &calc_core::francais::date(curseur.date));
}

/// Shows some lines of the picture's table, from one on; whether there are others after them.
pub(crate) fn show_lines(
    hote: &Element,
    frise: &Frise,
    debut: usize,
    nombre: usize,
) -> Result<bool, Absent> {
    let rangs = frise.rangs.iter();
    let lignes: Vec<(&str, &LigneLue)> = rangs
        .flat_map(|rang| rang.lignes.iter().map(|ligne| (rang.nom.as_str(), ligne)))
        .collect();
    let hote = place(hote, "lignes")?;
    let fin = lignes.len().min(debut + nombre);
    let tenues = hote.children().len().max(fin).min(lignes.len());
    let elements = adjust(&hote, "frise-ligne", tenues)?;
    let montrees = elements.iter().zip(&lignes).take(fin).skip(debut);
    for (element, (nom, ligne)) in montrees {
        write(element, "nom", nom)?;
        write(element, "quand", &ligne.quand)?;
        write(element, "quoi", &ligne.quoi)?;
        write(element, "etat", ligne.etat)?;
        write(element, "ecart", &ligne.ecart)?;
    }
    Ok(fin < lignes.len())
}

/// Empties the picture's table.
pub(crate) fn clear_lines(hote: &Element) -> Fait {
    copies(hote, "lignes", "frise-ligne", 0).map(|_| ())
}

/// Gives a row of a table its cells after its own heading.
fn cells(rangee: &Element, modele: &str, nombre: usize) -> Result<Vec<Element>, Absent> {
    let garde = rangee.children().len().min(1);
    cells_after(rangee, garde, modele, nombre)
}

/// The same after as many cells of its own.
fn cells_after(
    rangee: &Element,
    garde: usize,
    modele: &str,
    nombre: usize,
) -> Result<Vec<Element>, Absent> {
    let mut enfants = rangee.children();
    for surplus in enfants.drain((nombre + garde).min(enfants.len())..) {
        surplus.remove();
    }
    while enfants.len() < nombre + garde {
        let copie = crate::dom::clone_template(modele)?;
        rangee.append(&copie);
        enfants.push(copie);
    }
    Ok(enfants.split_off(garde))
}

/// Shows which variants there are, and which one the form holds.
pub(crate) fn show_choice(hote: &Element, essai: &Essai) -> Fait {
    let boutons = copies(hote, "choix", "variante-bouton", essai.variantes.len())?;
    for (rang, bouton) in boutons.iter().enumerate() {
        bouton.set_text(&essai::name(rang));
        bouton.set_attr("data-rang", &rang.to_string());
        let presse = if rang == essai.courante {
            "true"
        } else {
            "false"
        };
        bouton.set_attr("aria-pressed", presse);
    }
    let autre = hote.need("[data-action=autre-variante]")?;
    autre.set_hidden(essai.variantes.len() >= essai::MAXIMUM);
    Ok(())
}

/// Shows the matrix.
pub(crate) fn show_matrix(hote: &Element, matrice: &Matrice) -> Fait {
    place(hote, "vide")?.set_hidden(!matrice.rangees.is_empty());
    place(hote, "tableau")?.set_hidden(matrice.rangees.is_empty());
    let nombre = matrice.colonnes.len();
    let titres = cells(&place(hote, "colonnes")?, "matrice-colonne", nombre)?;
    let parts = cells(&place(hote, "parts")?, "matrice-part", nombre)?;
    for ((titre, part), colonne) in titres.iter().zip(&parts).zip(&matrice.colonnes) {
        let lien = place(titre, "code")?;
        lien.set_text(colonne.code);
        lien.set_attr(
            "href",
            &["#", &crate::view::card_anchor(colonne.code)].concat(),
        );
        show_verdict(titre, "verdict", Some(colonne.verdict))?;
        part.set_text(&colonne.part);
        part.set_attr("data-titre", colonne.code);
    }
    let rangees = copies(hote, "rangees", "matrice-rangee", matrice.rangees.len())?;
    for (element, rangee) in rangees.iter().zip(&matrice.rangees) {
        write(element, "nom", &rangee.nom)?;
        write(element, "poids", &rangee.poids)?;
        let cases = cells(element, "matrice-case", rangee.cases.len())?;
        let pairs = rangee.cases.iter().zip(&matrice.colonnes);
        for (copie, (case, colonne)) in cases.iter().zip(pairs) {
            copie.set_attr("data-titre", colonne.code);
            show_verdict(copie, "verdict", Some(case.verdict))?;
            write(copie, "qui", &case.qui.join(", "))?;
        }
    }
    Ok(())
}

/// Shows what the variants change.
pub(crate) fn show_differences(hote: &Element, nombre: usize, lignes: &[Difference]) -> Fait {
    place(hote, "tableau")?.set_hidden(lignes.is_empty());
    let titres = cells_after(&place(hote, "colonnes")?, 3, "difference-colonne", nombre)?;
    for (rang, titre) in titres.iter().enumerate() {
        titre.set_text(&essai::name(rang));
    }
    let elements = copies(hote, "lignes", "difference", lignes.len())?;
    for (element, ligne) in elements.iter().zip(lignes) {
        element.toggle_attr("data-pire", ligne.is_worse());
        write(element, "code", ligne.code)?;
        let quoi = if ligne.quoi.is_empty() {
            "l’objectif entier"
        } else {
            &ligne.quoi
        };
        write(element, "quoi", quoi)?;
        show_verdict(element, "avant", ligne.avant)?;
        let cases = cells_after(element, 3, "difference-case", nombre)?;
        for (copie, apres) in cases.iter().zip(&ligne.apres) {
            copie.toggle_attr("data-meme", *apres == ligne.avant);
            show_verdict(copie, "apres", *apres)?;
        }
    }
    Ok(())
}

/// Shows what a plan asks for.
pub(crate) fn show_plan(hote: &Element, calendriers: &[Calendrier]) -> Fait {
    place(hote, "resultat")?.set_hidden(calendriers.is_empty());
    let elements = copies(hote, "sujets", "calendrier-sujet", calendriers.len())?;
    for (element, calendrier) in elements.iter().zip(calendriers) {
        element.toggle_attr("data-impossible", !calendrier.possible);
        write(element, "nom", &calendrier.nom)?;
        write(element, "phrase", &calendrier.phrase)?;
        let nombre = calendrier.gestes.len();
        let gestes = copies(element, "gestes", "calendrier-geste", nombre)?;
        for (copie, geste) in gestes.iter().zip(&calendrier.gestes) {
            write(copie, "quand", &geste.quand)?;
            write(copie, "quoi", &geste.quoi)?;
            write(
                copie,
                "cible",
                &[&calendrier.nom, ", ", &geste.quand].concat(),
            )?;
            copie.need("button")?.set_hidden(geste.fait);
        }
    }
    Ok(())
}

/// Shows how far each planned date can move.
pub(crate) fn show_tolerances(hote: &Element, lignes: &[Tolerance]) -> Fait {
    place(hote, "tableau")?.set_hidden(lignes.is_empty());
    let elements = copies(hote, "lignes", "tolerance", lignes.len())?;
    for (element, ligne) in elements.iter().zip(lignes) {
        element.toggle_attr("data-serree", ligne.serree);
        write(element, "nom", &ligne.nom)?;
        write(element, "plus-tot", &ligne.plus_tot)?;
        write(element, "plus-tard", &ligne.plus_tard)?;
    }
    Ok(())
}
