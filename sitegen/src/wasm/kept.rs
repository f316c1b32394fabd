//! A module as it is kept: its parts are packed already, as no two builds pack them otherwise.
//!
//! Each file ends with a sum of its bytes and of those of the files before it: one that was damaged, or is of another
//! module, is told at once.

use super::{Files, Module, WasmError, io_error};
use crc32fast::Hasher;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Where the parts for a script inside a page are kept.
#[derive(Debug, Clone)]
pub(super) struct Inside {
    files: [PathBuf; 2],
    /// The sum of what goes before them.
    sum: u32,
}

/// Reads a module that [`keep`] wrote.
///
/// # Errors
/// Where a file cannot be read, or is not what was written there.
pub(super) fn read(files: &Files) -> Result<Module, WasmError> {
    let glue = match &files.script {
        Some(script) => fs::read_to_string(script).map_err(io_error(script))?,
        None => String::new(),
    };
    let mut sum = sum_of(0, glue.as_bytes());
    let mut part = |file: &Path| {
        let literal = packed(file, "literal");
        read_part(&literal, &mut sum).map_err(io_error(&literal))
    };
    let wasm = part(&files.first)?;
    let suite = files.second.as_deref().map_or(Ok(Vec::new()), part)?;
    let inside = files.second.as_ref().map(|second| Inside {
        files: [&files.first, second].map(|file| packed(file, "inside")),
        sum,
    });
    Ok(Module {
        glue,
        wasm,
        suite,
        inside,
    })
}

impl Inside {
    /// Both parts; none where they are not what was written there.
    pub(super) fn read(&self) -> Option<[Vec<u8>; 2]> {
        let mut sum = self.sum;
        let [first, second] = &self.files;
        Some([
            read_part(first, &mut sum).ok()?,
            read_part(second, &mut sum).ok()?,
        ])
    }
}

/// Packs the modules of these files, in the place of the files of their parts.
///
/// # Errors
/// Where a file cannot be read, written or removed.
pub(super) fn keep(files: &Files, module: &Module) -> Result<(), WasmError> {
    let mut sum = sum_of(0, module.glue.as_bytes());
    if let Some(script) = &files.script {
        fs::write(script, &module.glue).map_err(io_error(script))?;
    }
    let parts = || {
        [Some(&files.first), files.second.as_ref()]
            .into_iter()
            .flatten()
    };
    let mut write = |file: PathBuf, literal: &[u8]| {
        sum = sum_of(sum, literal);
        let written = [literal, &sum.to_le_bytes()].concat();
        fs::write(&file, written).map_err(io_error(&file))
    };
    for (file, literal) in parts().zip([&module.wasm, &module.suite]) {
        write(packed(file, "literal"), literal)?;
    }
    if files.second.is_some() {
        for (file, literal) in parts().zip(module.inside()) {
            write(packed(file, "inside"), &literal)?;
        }
    }
    parts().try_for_each(|file| fs::remove_file(file).map_err(io_error(file)))
}

fn packed(file: &Path, ending: &str) -> PathBuf {
    file.with_extension(ending)
}

/// A part without its sum, which becomes that of what goes before the next one.
fn read_part(file: &Path, sum: &mut u32) -> io::Result<Vec<u8>> {
    let mut bytes = fs::read(file)?;
    let damaged = || io::Error::new(ErrorKind::InvalidData, "damaged, or of another module");
    let (literal, told) = bytes.split_last_chunk().ok_or_else(damaged)?;
    *sum = sum_of(*sum, literal);
    if *told != sum.to_le_bytes() {
        return Err(damaged());
    }
    bytes.truncate(literal.len());
    Ok(bytes)
}

/// A sum that damage changes; nobody is kept from forging one.
fn sum_of(before: u32, bytes: &[u8]) -> u32 {
    let mut sum = Hasher::new();
    sum.update(&before.to_le_bytes());
    sum.update(bytes);
    sum.finalize()
}

#[cfg(test)]
mod tests {
    use super::super::{CALCULATEUR, MOTEUR, Modules, ready};
    use super::*;

    const CALCULATEUR_READY: [&str; 3] =
        ["calc_wasm.js", "calc_wasm_bg.wasm", "calc_wasm_suite.wasm"];

    fn folder(name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/tmp");
        let folder = folder.join(format!("modules-{name}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("folder");
        for file in CALCULATEUR_READY.into_iter().chain(["search_bg.wasm"]) {
            fs::write(folder.join(file), format!("let {name}; // {file} <\0")).expect("written");
        }
        folder
    }

    fn keep_both(folder: &Path) -> Modules {
        let modules = ready(folder).expect("bytes");
        for (recipe, module) in [
            (&CALCULATEUR, &modules.calculateur),
            (&MOTEUR, &modules.moteur),
        ] {
            keep(&Files::of(folder, recipe), module).expect("kept");
        }
        modules
    }

    fn texts(module: &Module) -> Vec<Vec<u8>> {
        let glue = module.glue.clone().into_bytes();
        let [first, second] = module.inside();
        vec![
            glue,
            module.wasm.clone(),
            module.suite.clone(),
            first,
            second,
        ]
    }

    #[test]
    fn what_is_kept_is_what_would_be_packed() {
        let folder = folder("kept");
        let (made, kept) = (keep_both(&folder), ready(&folder).expect("kept"));
        assert!(!folder.join("calc_wasm_bg.wasm").exists());
        assert_eq!(texts(&made.calculateur), texts(&kept.calculateur));
        assert_eq!(made.moteur.wasm, kept.moteur.wasm);
    }

    #[test]
    fn damaged_or_foreign_parts_are_not_taken() {
        let [folder, other] = ["own", "other"].map(folder);
        let made = keep_both(&folder);
        keep_both(&other);
        let files = [
            "calc_wasm.js",
            "calc_wasm_bg.literal",
            "calc_wasm_suite.literal",
            "search_bg.literal",
        ];
        for file in files {
            let path = folder.join(file);
            let own = fs::read(&path).expect("read");
            let damaged = [&own[..7], b"!", &own[8..]].concat();
            let foreign = fs::read(other.join(file)).expect("read");
            for bytes in [&damaged[..], &foreign, b"", &own[..own.len() - 1]] {
                // The engine's is alone: nothing tells that it is another's.
                let whole = file == "search_bg.literal" && bytes == foreign;
                fs::write(&path, bytes).expect("written");
                assert_eq!(ready(&folder).is_ok(), whole, "{file}");
            }
            fs::write(&path, own).expect("written");
        }
        for file in ["calc_wasm_bg.inside", "calc_wasm_suite.inside"] {
            fs::copy(other.join(file), folder.join(file)).expect("copied");
            let kept = ready(&folder).expect("kept");
            assert_eq!(texts(&made.calculateur), texts(&kept.calculateur), "{file}");
        }
    }
}
