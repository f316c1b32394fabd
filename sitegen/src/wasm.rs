//! The two browser modules: compiled, bound, kept under `target/`, and packed each into one classic script.
//!
//! A module travels inside its script as a string and is instantiated from its bytes: the same loader serves https, a
//! sub-path, `file://` and offline, and no page needs a `connect-src`.

use crate::empreintes::hex;
use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

/// The target of both modules.
const TARGET: &str = "wasm32-unknown-unknown";

/// A compiled and bound module.
#[derive(Debug, Clone, Default)]
pub(crate) struct Module {
    /// The binding code, as a classic script that defines `wasm_bindgen`.
    pub(crate) glue: String,
    /// The module's bytes.
    pub(crate) wasm: Vec<u8>,
}

/// Both modules of the site.
#[derive(Debug, Clone, Default)]
pub(crate) struct Modules {
    /// The calculator.
    pub(crate) calculateur: Module,
    /// The search engine.
    pub(crate) moteur: Module,
}

/// Why the modules could not be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WasmError {
    /// The target is missing and could not be added.
    #[error(
        "the target {TARGET} is missing and `rustup` could not add it\nhint: type `rustup target add {TARGET}`, then the same command again"
    )]
    Target,
    /// A crate does not compile; cargo has said why.
    #[error("the crate `{0}` does not compile for the browser (cargo says why above)")]
    Compile(&'static str),
    /// The binding step failed.
    #[error("`{0}` cannot be bound for the browser: {1}")]
    Bind(&'static str, String),
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The fault.
        source: io::Error,
    },
}

/// A crate to compile, its features, and the name of its files.
struct Recipe {
    package: &'static str,
    features: &'static [&'static str],
    /// Name of the compiled library, also of the ready-made files.
    library: &'static str,
}

const CALCULATEUR: Recipe = Recipe {
    package: "calc-wasm",
    features: &[],
    library: "calc_wasm",
};
const MOTEUR: Recipe = Recipe {
    package: "search",
    features: &["wasm"],
    library: "search",
};

/// The folders whose change asks for a new compilation.
const SOURCES: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "calc-core",
    "calc-wasm",
    "search",
];

/// Ready-made modules of a folder: `calc_wasm.js`, `calc_wasm_bg.wasm`, `search.js`, `search_bg.wasm`.
///
/// # Errors
/// Where one of the four files cannot be read.
pub(crate) fn ready(folder: &Path) -> Result<Modules, WasmError> {
    Ok(Modules {
        calculateur: read_module(folder, &CALCULATEUR)?,
        moteur: read_module(folder, &MOTEUR)?,
    })
}

/// Both modules from the repository's sources: kept ones where nothing changed, else compiled anew.
///
/// # Errors
/// Where the target cannot be added, a crate does not compile, or a file cannot be read or written.
pub(crate) fn compiled(repository: &Path) -> Result<Modules, WasmError> {
    let kept = repository
        .join("target/wasm")
        .join(fingerprint(repository)?);
    if let Ok(modules) = ready(&kept) {
        return Ok(modules);
    }
    ensure_target()?;
    // Another build may look for the same modules meanwhile: they appear whole or not at all.
    let staged = kept.with_extension(std::process::id().to_string());
    for recipe in [&CALCULATEUR, &MOTEUR] {
        compile(repository, recipe)?;
        bind(repository, recipe, &staged)?;
    }
    let modules = ready(&staged);
    if std::fs::rename(&staged, &kept).is_err() {
        // The other build was first, with the same bytes.
        let _ = std::fs::remove_dir_all(&staged);
    }
    modules
}

/// A module and its data as one classic script: `loader` is JavaScript with the places `GLUE`, `WASM` and `DATA`
/// between `/*…*/` marks; the two last are replaced by string literals.
pub(crate) fn pack(loader: &str, module: &Module, data: &str) -> String {
    pack_as(loader, module, data, &literal(&module.wasm, false))
}

/// The same for a script inside a page, where no zero survives and `<` may begin a tag.
pub(crate) fn pack_inside(loader: &str, module: &Module) -> String {
    pack_as(loader, module, "", &literal(&module.wasm, true))
}

fn pack_as(loader: &str, module: &Module, data: &str, wasm: &str) -> String {
    let script = bare(loader).replace("/*GLUE*/", &bare(&module.glue));
    script
        .replace("/*WASM*/", wasm)
        .replace("/*DATA*/", &text_literal(data))
}

/// A text as a template literal, where line ends and tabs stand as they are.
fn text_literal(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\r', "\\r");
    let text = text.replace('`', "\\`").replace("${", "\\${");
    format!("`{text}`")
}

/// A script without its comments and indentation, which are for its authors: every visitor downloads it.
fn bare(script: &str) -> String {
    let lines = script.lines().map(str::trim);
    let said = lines
        .filter(|line| !line.is_empty() && !["//", "/**", "*"].iter().any(|c| line.starts_with(c)));
    said.collect::<Vec<_>>().join("\n")
}

/// Bytes as a template literal, one character each: the code of a character is its byte, or its byte + 256 where the
/// character would not come back as it is. A `Uint8Array` takes the rest of a division by 256 by itself.
///
/// Measured on the engine's script under brotli 11: 1.4 kB over the bytes themselves, where quotes (which take neither
/// line ends nor, by prudence, the zeros that fill a module) cost 2.4 kB, and base64 13.
fn literal(bytes: &[u8], inside: bool) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    text.push('`');
    for (rank, byte) in bytes.iter().enumerate() {
        let opens = *byte == b'$' && bytes.get(rank + 1) == Some(&b'{');
        let taken = inside && matches!(byte, 0 | b'<');
        text.push(if opens || taken || matches!(byte, b'\r' | b'`' | b'\\') {
            char::from_u32(u32::from(*byte) + 256).unwrap_or_default()
        } else {
            char::from(*byte)
        });
    }
    text.push('`');
    text
}

fn read_module(folder: &Path, recipe: &Recipe) -> Result<Module, WasmError> {
    let js = folder.join(format!("{}.js", recipe.library));
    let wasm = folder.join(format!("{}_bg.wasm", recipe.library));
    Ok(Module {
        glue: std::fs::read_to_string(&js).map_err(io_error(&js))?,
        wasm: std::fs::read(&wasm).map_err(io_error(&wasm))?,
    })
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> WasmError {
    let path = path.to_path_buf();
    move |source| WasmError::Io { path, source }
}

/// A name that changes with any source of the modules.
fn fingerprint(repository: &Path) -> Result<String, WasmError> {
    let mut hash = Sha256::new();
    for name in SOURCES {
        for file in source_files(&repository.join(name)) {
            hash.update(file.to_string_lossy().as_bytes());
            hash.update(std::fs::read(&file).map_err(io_error(&file))?);
        }
    }
    Ok(hex(&hash.finalize()[..8]))
}

/// The files of a crate that its compiled form depends on, in order; a file stands for itself.
fn source_files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_path_buf()];
    }
    let mut files: Vec<_> = std::fs::read_dir(path)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .collect();
    files.sort();
    // Tests, benches and examples do not travel.
    files.retain(|f| {
        !["tests", "benches", "examples", "target"]
            .iter()
            .any(|n| f.ends_with(n))
    });
    files
        .iter()
        .flat_map(|f| source_files(f))
        .filter(|f| f.extension().is_some_and(|e| e == "rs" || e == "toml"))
        .collect()
}

/// Adds the target where its standard library is not installed.
fn ensure_target() -> Result<(), WasmError> {
    if target_is_there() {
        return Ok(());
    }
    let _ = Command::new("rustup")
        .args(["target", "add", TARGET])
        .status();
    if target_is_there() {
        Ok(())
    } else {
        Err(WasmError::Target)
    }
}

fn target_is_there() -> bool {
    let asked = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .output();
    let Ok(answer) = asked else { return false };
    let folder = String::from_utf8_lossy(&answer.stdout);
    std::fs::read_dir(folder.trim()).is_ok_and(|mut entries| entries.next().is_some())
}

/// Compiles a crate with its own target folder: the outer cargo may hold the lock of the usual one.
fn compile(repository: &Path, recipe: &Recipe) -> Result<(), WasmError> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(repository).args([
        "build",
        "--quiet",
        "--lib",
        "--no-default-features",
        "--locked",
        "--profile",
        "wasm",
        "--target",
        TARGET,
    ]);
    command
        .args(["--package", recipe.package])
        .arg("--target-dir")
        .arg(build_folder(repository));
    for feature in recipe.features {
        command.args(["--features", feature]);
    }
    // The same bytes wherever the repository and cargo's own folder stand.
    command
        .env("RUSTFLAGS", remap(repository))
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_TARGET_DIR");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        _ => Err(WasmError::Compile(recipe.package)),
    }
}

fn build_folder(repository: &Path) -> PathBuf {
    repository.join("target/wasm-build")
}

fn remap(repository: &Path) -> String {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::var_os("HOME").map(|h| Path::new(&h).join(".cargo")));
    let cargo = home
        .map(|h| format!(" --remap-path-prefix={}=/cargo", h.display()))
        .unwrap_or_default();
    format!("--remap-path-prefix={}=/care{cargo}", repository.display())
}

fn bind(repository: &Path, recipe: &Recipe, out: &Path) -> Result<(), WasmError> {
    let input = build_folder(repository)
        .join(TARGET)
        .join("wasm")
        .join(format!("{}.wasm", recipe.library));
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(input)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true);
    let bound = bindgen.no_modules(true).and_then(|b| b.generate(out));
    bound.map_err(|e| WasmError::Bind(recipe.package, format!("{e:#}")))
}

#[cfg(test)]
mod tests {
    use super::{Module, bare, literal, pack};

    #[test]
    fn every_byte_comes_back() {
        let bytes: Vec<u8> = (0..=255).collect();
        for inside in [false, true] {
            check_literal(&bytes, inside);
        }
    }

    fn check_literal(bytes: &[u8], inside: bool) {
        let text = literal(&[bytes, b"${x}</script>"].concat(), inside);
        assert_eq!(inside, !text.contains(['\0', '<']));
        let quoted = text.trim_matches('`');
        let back: Vec<u8> = quoted
            .chars()
            .map(|c| u8::try_from(u32::from(c) % 256).expect("a byte"))
            .collect();
        assert_eq!(back, [bytes, b"${x}</script>"].concat());
        assert!(!quoted.contains(['\r', '`', '\\']) && !quoted.contains("${"));
    }

    #[test]
    fn comments_of_a_script_stay_behind() {
        let glue = "/**\n * @param a\n */\nlet f = a * 2; // kept\n\n    // gone\n  g();\n";
        assert_eq!(bare(glue), "let f = a * 2; // kept\ng();");
    }

    #[test]
    fn a_module_is_packed_into_its_loader() {
        let module = Module {
            glue: "let wasm_bindgen;\n".into(),
            wasm: b"foo".to_vec(),
        };
        let script = pack(
            "(()=>{/*GLUE*/start(/*WASM*/,/*DATA*/)})()",
            &module,
            "l'été\n`\\${a}`",
        );
        assert_eq!(
            script,
            r"(()=>{let wasm_bindgen;start(`foo`,`l'été
\`\\\${a}\``)})()"
        );
    }
}
