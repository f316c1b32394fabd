//! A module as it is kept: its parts are packed already, as no two builds pack them otherwise.
//!
//! Each file ends with a sum of its bytes and of those of the files before it: one that was damaged, or is of another
//! module, is told at once.

use super::{Files, Module, WasmError, io_error};
use flate2::Crc;
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
    let mut sum = Crc::new();
    sum.update(&before.to_le_bytes());
    sum.update(bytes);
    sum.sum()
}
