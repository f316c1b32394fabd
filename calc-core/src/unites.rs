//! Quantities as whole numbers of their smallest part: no float anywhere, so no rounding in a verdict.

use crate::francais::en_chiffres;
use crate::prelude::*;

/// Why a text is not the decimal number that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DefautNombre {
    /// Not digits with at most one point.
    PasUnNombre,
    /// Below zero.
    Negatif,
    /// More digits after the point than the unit has.
    TropDeDecimales,
    /// Above what the unit allows.
    TropGrand,
}

/// Reads `texte` as a whole number of `10^-decimales`.
///
/// `"7.5"` with one decimal is 75. An exponent is refused: no program writes one below 10^21.
///
/// # Errors
/// The first of [`DefautNombre`] that applies, `TropGrand` above 15 digits.
pub fn lire_decimal(texte: &str, decimales: usize) -> Result<i64, DefautNombre> {
    if texte.starts_with('-') {
        return Err(DefautNombre::Negatif);
    }
    let (entier, fraction) = texte.split_once('.').unwrap_or((texte, "0"));
    let chiffres =
        |partie: &str| !partie.is_empty() && partie.bytes().all(|octet| octet.is_ascii_digit());
    if !chiffres(entier) || !chiffres(fraction) {
        return Err(DefautNombre::PasUnNombre);
    }
    if texte.contains('.') && fraction.len() > decimales {
        return Err(DefautNombre::TropDeDecimales);
    }
    let fraction = if texte.contains('.') { fraction } else { "" };
    assemble(entier, fraction, decimales)
}

fn assemble(entier: &str, fraction: &str, decimales: usize) -> Result<i64, DefautNombre> {
    let entier = entier.trim_start_matches('0');
    if entier.len() + decimales > 15 {
        return Err(DefautNombre::TropGrand);
    }
    let zeros = core::iter::repeat_n(b'0', decimales.saturating_sub(fraction.len()));
    let chiffres = entier.bytes().chain(fraction.bytes()).chain(zeros);
    Ok(chiffres.fold(0, |total, chiffre| total * 10 + i64::from(chiffre - b'0')))
}

/// An amount, tax included, in euro cents. Never negative when read from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Euros(pub i64);

/// A percentage in hundredths: 1.7 % is 170. From 0 to 100, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Pourcent(pub i64);

/// A combined activity (Q1.1), in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Activite(pub i64);

/// Full-time equivalents, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Etp(pub i64);

/// A CVSS score in tenths: 9.0 is 90. From 0 to 100, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Cvss(pub u8);

/// An ADS level, a whole number from 1 to 5 (Q3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(pub u8);

/// A whole number of `10^-decimales` as text, with a point: `decimal(1250, 2)` is `12.50`.
#[must_use]
pub fn decimal(valeur: i64, decimales: usize) -> String {
    let mut chiffres = en_chiffres(valeur.saturating_abs());
    while chiffres.len() <= decimales {
        chiffres.insert(0, '0');
    }
    if decimales > 0 {
        chiffres.insert(chiffres.len() - decimales, '.');
    }
    if valeur < 0 {
        chiffres.insert(0, '-');
    }
    chiffres
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_exactly() {
        assert_eq!(lire_decimal("12000", 2), Ok(1_200_000));
        assert_eq!(lire_decimal("12000.0", 2), Ok(1_200_000));
        assert_eq!(lire_decimal("0.07", 2), Ok(7));
        assert_eq!(lire_decimal("9.0", 1), Ok(90));
        assert_eq!(lire_decimal("9999999999999.99", 2), Ok(999_999_999_999_999));
    }

    #[test]
    fn each_defect_is_told_apart() {
        assert_eq!(lire_decimal("-1", 2), Err(DefautNombre::Negatif));
        assert_eq!(lire_decimal("7.25", 1), Err(DefautNombre::TropDeDecimales));
        assert_eq!(
            lire_decimal("10000000000000", 2),
            Err(DefautNombre::TropGrand)
        );
        for texte in ["", ".", "1.", ".5", "1e3", "1,5", "NaN", " 1"] {
            assert_eq!(
                lire_decimal(texte, 2),
                Err(DefautNombre::PasUnNombre),
                "{texte}"
            );
        }
    }

    #[test]
    fn decimals_are_written_back() {
        assert_eq!(decimal(1250, 2), "12.50");
        assert_eq!(decimal(7, 2), "0.07");
        assert_eq!(decimal(-7, 2), "-0.07");
        assert_eq!(decimal(12, 0), "12");
    }
}
