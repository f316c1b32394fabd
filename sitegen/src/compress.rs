//! `.br` and `.gz` beside every text file, for servers that send what lies ready.
//!
//! The best level of both, as this is paid once a build and gained at each visit; pure functions of the bytes: no
//! time, no name, no system in their heads, and a `gzip` whose output does not depend on the processor.

use flate2::{Compression, GzBuilder};
use std::io::{self, Write};

/// Makes the two compressed forms of a text, both at once; other files have none.
///
/// # Errors
/// Where a compressor fails, which memory alone can make it do.
pub(crate) fn forms(name: &str, bytes: &[u8], put: impl Fn(&str, &[u8])) -> io::Result<()> {
    if std::str::from_utf8(bytes).is_err() {
        return Ok(());
    }
    let (brotli, gzip) = rayon::join(|| brotli(bytes), || gzip(bytes));
    put(&format!("{name}.br"), &brotli?);
    put(&format!("{name}.gz"), &gzip?);
    Ok(())
}

fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &params)?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    // 255: an unknown system; the time stays zero.
    let head = GzBuilder::new().operating_system(255);
    let mut encoder = head.write(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::collections::BTreeMap;
    use std::io::Read;

    fn packed(name: &str, bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
        let made = RefCell::new(BTreeMap::new());
        forms(name, bytes, |form, packed| {
            made.borrow_mut().insert(form.to_owned(), packed.to_vec());
        })
        .expect("packed");
        made.into_inner()
    }

    fn page() -> String {
        "<p>Deux audits, soixante jours.</p>\n".repeat(40)
    }

    #[test]
    fn what_is_unpacked_is_what_was_packed() {
        for (name, text) in [("a/index.html", page()), ("vide.txt", String::new())] {
            let packed = packed(name, text.as_bytes());
            let mut unpacked = Vec::new();
            let mut form = &packed[&format!("{name}.br")][..];
            brotli::BrotliDecompress(&mut form, &mut unpacked).expect("brotli");
            assert_eq!(unpacked, text.as_bytes(), "{name}");
            let mut unpacked = Vec::new();
            let form = &packed[&format!("{name}.gz")][..];
            flate2::read::GzDecoder::new(form)
                .read_to_end(&mut unpacked)
                .expect("gzip");
            assert_eq!(unpacked, text.as_bytes(), "{name}");
        }
        let page = page();
        assert!(packed("a", page.as_bytes())["a.br"].len() < page.len() / 10);
    }

    #[test]
    fn what_is_no_text_has_no_compressed_form() {
        assert!(packed("icone.png", &[0x89, b'P', b'N', b'G', 0xff]).is_empty());
    }

    #[test]
    fn the_same_bytes_twice() {
        let page = page();
        assert_eq!(packed("a", page.as_bytes()), packed("a", page.as_bytes()));
        assert_eq!(
            packed("vide.txt", b"")["vide.txt.gz"][..10],
            [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]
        );
    }
}
