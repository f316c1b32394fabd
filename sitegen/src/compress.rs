//! `.br` and `.gz` beside every text file, for servers that send what lies ready.
//!
//! The best level of both, as this is paid once a build and gained at each visit; pure functions of the bytes: no
//! time, no name, no system in their heads, and a `gzip` whose output does not depend on the processor.

use crate::output::Files;
use flate2::{Compression, GzBuilder};
use rayon::prelude::*;
use std::io::{self, Write};

/// Adds the two compressed forms of every text among the files, worked on in parallel.
///
/// # Errors
/// Where a compressor fails, which memory alone can make it do.
pub(crate) fn add(files: &mut Files) -> io::Result<()> {
    let texts = files
        .par_iter()
        .filter(|(_, bytes)| std::str::from_utf8(bytes).is_ok());
    let forms: Vec<(String, Vec<u8>)> = texts
        .flat_map_iter(|(name, bytes)| {
            let brotli = brotli(bytes).map(|packed| (format!("{name}.br"), packed));
            let gzip = gzip(bytes).map(|packed| (format!("{name}.gz"), packed));
            [brotli, gzip]
        })
        .collect::<io::Result<_>>()?;
    files.extend(forms);
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
    use std::io::Read;

    fn files() -> Files {
        let page = "<p>Deux audits, soixante jours.</p>\n".repeat(40);
        [
            ("a/index.html", page.as_bytes()),
            ("vide.txt", b""),
            ("icone.png", &[0x89, b'P', b'N', b'G', 0xff]),
        ]
        .map(|(name, bytes)| (name.to_owned(), bytes.to_vec()))
        .into()
    }

    #[test]
    fn what_is_unpacked_is_what_was_packed() {
        let mut packed = files();
        add(&mut packed).expect("packed");
        for name in ["a/index.html", "vide.txt"] {
            let mut text = Vec::new();
            let mut form = &packed[&format!("{name}.br")][..];
            brotli::BrotliDecompress(&mut form, &mut text).expect("brotli");
            assert_eq!(text, packed[name], "{name}");
            let mut text = Vec::new();
            let form = &packed[&format!("{name}.gz")][..];
            flate2::read::GzDecoder::new(form)
                .read_to_end(&mut text)
                .expect("gzip");
            assert_eq!(text, packed[name], "{name}");
        }
        assert!(packed["a/index.html.br"].len() < packed["a/index.html"].len() / 10);
        assert_eq!(packed.len(), 7, "what is no text has no compressed form");
    }

    #[test]
    fn the_same_bytes_twice() {
        let (mut first, mut second) = (files(), files());
        add(&mut first).expect("packed");
        add(&mut second).expect("packed");
        assert_eq!(first, second);
        assert_eq!(
            first["vide.txt.gz"][..10],
            [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]
        );
    }
}
