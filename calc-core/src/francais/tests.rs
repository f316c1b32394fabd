use super::*;

fn jour(annee: i32, mois: u32, jour: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(annee, mois, jour).unwrap()
}

#[test]
fn dates() {
    assert_eq!(date(jour(2026, 7, 7)), "7\u{a0}juillet 2026");
    assert_eq!(date(jour(2026, 5, 1)), "1er\u{a0}mai 2026");
    assert_eq!(
        phrase![Entre(jour(2026, 5, 3), jour(2026, 8, 15))],
        "le 3\u{a0}mai et le 15\u{a0}août 2026"
    );
    assert_eq!(
        phrase![Entre(jour(2026, 12, 3), jour(2027, 1, 1))],
        "le 3\u{a0}décembre 2026 et le 1er\u{a0}janvier 2027"
    );
}

#[test]
fn numbers() {
    assert_eq!(nombre(0), "0");
    assert_eq!(nombre(9999), "9999");
    assert_eq!(nombre(12_000), "12\u{202f}000");
    assert_eq!(nombre(-1_234_567), "−1\u{202f}234\u{202f}567");
    assert_eq!(decimale(170, 2), "1,7");
    assert_eq!(decimale(107, 2), "1,07");
    assert_eq!(decimale(6000, 2), "60");
    assert_eq!(euros(Euros(1_200_050)), "12\u{202f}000,50\u{a0}€");
    assert_eq!(euros(Euros(1_200_000)), "12\u{202f}000\u{a0}€");
    assert_eq!(phrase![Cvss(90)], "9,0");
    assert_eq!(phrase![Pourcent(170)], "1,7\u{202f}%");
}

#[test]
fn plural_starts_at_two() {
    for (nombre, attendu) in [
        (0, "0\u{a0}jour"),
        (1, "1\u{a0}jour"),
        (2, "2\u{a0}jours"),
        (-1, "-1\u{a0}jour"),
    ] {
        assert_eq!(phrase![jours(nombre)], attendu);
    }
}
