//! French as it is printed: dates, numbers, plurals, with the spaces that typography asks for.

use crate::prelude::*;
use crate::unites::{Activite, Cvss, Etp, Euros, Pourcent};
use chrono::{Datelike, NaiveDate};

/// No-break space: before `:`, inside « », between a day and its month.
pub const INSECABLE: char = '\u{a0}';
/// Narrow no-break space: between thousands.
pub const FINE: char = '\u{202f}';

/// The months, in the order of the calendar.
pub const MOIS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// Something that a sentence can say.
pub trait Dire {
    /// Says it at the end of `sortie`.
    fn dire(&self, sortie: &mut String);
}

/// A sentence from its pieces: `phrase!["Le ", date, ", ", Compte(3, "audit", "audits")]`.
///
/// The texts are sewn into one while it compiles, and cut again by length around each value: a text and its call for
/// each piece weighed half as much again in the browser.
macro_rules! phrase {
    ($($morceaux:tt)*) => {
        $crate::francais::coudre!({$crate::francais::Phrase::new} {} {} {} $($morceaux)* ,)
    };
}

/// Goes on with a sentence: `ajouter![sortie, " ; moins de ", jours(60), "."]`. No text of its own, so nothing to copy.
macro_rules! ajouter {
    ($sortie:expr, $($morceaux:tt)*) => {{
        let sortie: &mut String = $sortie;
        let mut suite = |reste| $crate::francais::Phrase::suite(sortie, reste);
        let fini = $crate::francais::coudre!({suite} {} {} {} $($morceaux)* ,);
        *sortie = fini;
    }};
}

/// Sorts the pieces of [`phrase!`]: how it begins, all texts, each value with the texts just before it, the texts since
/// the last value.
macro_rules! coudre {
    ({$($debut:tt)*} {$($texte:literal)*} {$(($($avant:literal)*) $valeur:expr,)*} {$($depuis:literal)*} $(,)?) => {{
        let phrase = &mut $($debut)*(concat!($($texte),*));
        $($crate::francais::Dire::dire(&$valeur, phrase.apres(concat!($($avant),*).len()));)*
        phrase.finir()
    }};
    ({$($debut:tt)*} {$($texte:literal)*} {$($vus:tt)*} {$($depuis:literal)*} $nouveau:literal, $($reste:tt)*) => {
        $crate::francais::coudre!({$($debut)*} {$($texte)* $nouveau} {$($vus)*} {$($depuis)* $nouveau} $($reste)*)
    };
    ({$($debut:tt)*} {$($texte:literal)*} {$($vus:tt)*} {$($depuis:literal)*} $valeur:expr, $($reste:tt)*) => {
        $crate::francais::coudre!({$($debut)*} {$($texte)*} {$($vus)* ($($depuis)*) $valeur,} {} $($reste)*)
    };
}
pub(crate) use {ajouter, coudre, phrase};

/// A sentence under construction: what is said, and the texts still to say.
pub(crate) struct Phrase {
    sortie: String,
    reste: &'static str,
}

impl Phrase {
    /// All the texts of the sentence, one after the other.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn new(reste: &'static str) -> Self {
        Self {
            sortie: String::with_capacity(192),
            reste,
        }
    }

    /// The same at the end of what has been said.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn suite(dit: &mut String, reste: &'static str) -> Self {
        let sortie = core::mem::take(dit);
        Self { sortie, reste }
    }

    /// Says the next `longueur` bytes of the texts; a value follows them.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn apres(&mut self, longueur: usize) -> &mut String {
        if let Some((texte, reste)) = self.reste.split_at_checked(longueur) {
            self.sortie.push_str(texte);
            self.reste = reste;
        }
        &mut self.sortie
    }

    /// Says the rest, and gives the whole.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn finir(&mut self) -> String {
        self.sortie.push_str(self.reste);
        core::mem::take(&mut self.sortie)
    }
}

/// A number and its noun, the noun in the plural from 2 on.
#[derive(Debug, Clone, Copy)]
pub struct Compte(
    /// How many.
    pub i64,
    /// The noun for 0 and 1.
    pub &'static str,
    /// The noun from 2 on.
    pub &'static str,
);

/// A number of days: « 104 jours ».
#[must_use]
pub fn jours(nombre: i64) -> Compte {
    Compte(nombre, "jour", "jours")
}

/// `7 juillet 2026`, `1er mai 2026`, the day tied to its month.
#[must_use]
pub fn date(date: NaiveDate) -> String {
    let mut sortie = String::with_capacity(20);
    date.dire(&mut sortie);
    sortie
}

/// `7 juillet`, for the first of two dates of one year.
#[must_use]
pub fn jour_et_mois(date: NaiveDate) -> String {
    let mut sortie = String::with_capacity(16);
    dire_jour_et_mois(date, &mut sortie);
    sortie
}

fn dire_jour_et_mois(date: NaiveDate, sortie: &mut String) {
    chiffres(i64::from(date.day()), sortie);
    if date.day() == 1 {
        sortie.push_str("er");
    }
    sortie.push(INSECABLE);
    sortie.push_str(MOIS.get(date.month0() as usize).copied().unwrap_or(""));
}

/// « le 3 mai et le 15 août 2026 »: the year once where it is the same.
#[derive(Debug, Clone, Copy)]
pub struct Entre(
    /// The first day.
    pub NaiveDate,
    /// The second day.
    pub NaiveDate,
);

impl Dire for Entre {
    fn dire(&self, sortie: &mut String) {
        sortie.push_str("le ");
        dire_jour_et_mois(self.0, sortie);
        if self.0.year() != self.1.year() {
            sortie.push(' ');
            chiffres(i64::from(self.0.year()), sortie);
        }
        sortie.push_str(" et le ");
        self.1.dire(sortie);
    }
}

/// The last digit of a number.
fn chiffre(absolu: u64, sortie: &mut String) {
    sortie.push(char::from(b'0' + u8::try_from(absolu % 10).unwrap_or(0)));
}

/// The digits of a whole number, nothing between them.
pub(crate) fn chiffres(valeur: i64, sortie: &mut String) {
    if valeur < 0 {
        sortie.push('-');
    }
    absolus(valeur.unsigned_abs(), sortie);
}

fn absolus(absolu: u64, sortie: &mut String) {
    if absolu >= 10 {
        absolus(absolu / 10, sortie);
    }
    chiffre(absolu, sortie);
}

/// The digits of a whole number as a text: the formatting of the library weighs more in the browser.
pub(crate) fn en_chiffres(valeur: i64) -> String {
    let mut sortie = String::with_capacity(8);
    chiffres(valeur, &mut sortie);
    sortie
}

/// A rank in digits.
pub(crate) fn rang_en_chiffres(rang: usize) -> String {
    en_chiffres(i64::try_from(rang).unwrap_or(i64::MAX))
}

/// A whole number, thousands set apart from five digits on: `9999`, `12 000`.
#[must_use]
pub fn nombre(valeur: i64) -> String {
    let mut sortie = String::new();
    valeur.dire(&mut sortie);
    sortie
}

/// A whole number of `10^-decimales` with a comma; zeros at the end are left out.
#[must_use]
pub fn decimale(valeur: i64, decimales: u32) -> String {
    let mut sortie = String::new();
    dire_decimale(valeur, decimales, false, &mut sortie);
    sortie
}

/// `toujours` keeps every decimal, as amounts and scores do; else those that are zero at the end are left out.
pub(crate) fn dire_decimale(valeur: i64, decimales: u32, toujours: bool, sortie: &mut String) {
    let unite = 10_u64.pow(decimales);
    let absolu = valeur.unsigned_abs();
    if valeur < 0 {
        sortie.push('−');
    }
    i64::try_from(absolu / unite)
        .unwrap_or(i64::MAX)
        .dire(sortie);
    let mut fraction = absolu % unite;
    let mut rang = unite / 10;
    if fraction > 0 || toujours {
        sortie.push(',');
    }
    while rang > 0 && (fraction > 0 || toujours) {
        chiffres(i64::try_from(fraction / rang).unwrap_or(0), sortie);
        fraction %= rang;
        rang /= 10;
    }
}

/// An amount: `12 000,50 €`.
#[must_use]
pub fn euros(montant: Euros) -> String {
    let mut sortie = String::new();
    montant.dire(&mut sortie);
    sortie
}

/// The noun that goes with a number: plural from 2 on, as French wants it.
#[must_use]
pub fn pluriel<'a>(nombre: i64, singulier: &'a str, pluriel: &'a str) -> &'a str {
    if nombre.unsigned_abs() < 2 {
        singulier
    } else {
        pluriel
    }
}

impl Dire for str {
    #[cfg_attr(target_arch = "wasm32", inline(never))] // One call for each piece of each sentence: a third of the code in the browser otherwise.
    fn dire(&self, sortie: &mut String) {
        sortie.push_str(self);
    }
}

impl Dire for String {
    fn dire(&self, sortie: &mut String) {
        sortie.push_str(self);
    }
}

impl<T: Dire + ?Sized> Dire for &T {
    fn dire(&self, sortie: &mut String) {
        (**self).dire(sortie);
    }
}

impl Dire for NaiveDate {
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn dire(&self, sortie: &mut String) {
        dire_jour_et_mois(*self, sortie);
        sortie.push(' ');
        chiffres(i64::from(self.year()), sortie);
    }
}

impl Dire for i64 {
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn dire(&self, sortie: &mut String) {
        let absolu = self.unsigned_abs();
        if absolu < 10_000 {
            return chiffres(*self, sortie);
        }
        if *self < 0 {
            sortie.push('−');
        }
        milliers(absolu, sortie);
    }
}

fn milliers(absolu: u64, sortie: &mut String) {
    if absolu < 1000 {
        return absolus(absolu, sortie);
    }
    milliers(absolu / 1000, sortie);
    sortie.push(FINE);
    for rang in [100, 10, 1] {
        chiffre(absolu / rang, sortie);
    }
}

impl Dire for Compte {
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn dire(&self, sortie: &mut String) {
        self.0.dire(sortie);
        sortie.push(INSECABLE);
        sortie.push_str(pluriel(self.0, self.1, self.2));
    }
}

impl Dire for Cvss {
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn dire(&self, sortie: &mut String) {
        dire_decimale(i64::from(self.0), 1, true, sortie);
    }
}

impl Dire for Pourcent {
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn dire(&self, sortie: &mut String) {
        dire_decimale(self.0, 2, false, sortie);
        sortie.push(FINE);
        sortie.push('%');
    }
}

impl Dire for Activite {
    fn dire(&self, sortie: &mut String) {
        dire_decimale(self.0, 2, false, sortie);
    }
}

impl Dire for Etp {
    fn dire(&self, sortie: &mut String) {
        dire_decimale(self.0, 2, false, sortie);
    }
}

impl Dire for Euros {
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn dire(&self, sortie: &mut String) {
        dire_decimale(self.0, 2, self.0 % 100 != 0, sortie);
        sortie.push(INSECABLE);
        sortie.push('€');
    }
}

#[cfg(test)]
mod tests;
