//! The two browser modules: compiled, bound, kept under `target/`, and packed into classic scripts. The calculator's is
//! cut into two parts, each with its own script.
//!
//! A module travels inside its script as a string and is instantiated from its bytes: the same loader serves https, a
//! sub-path, `file://` and offline, and no page needs a `connect-src`.

mod doors;
mod empreinte;
mod kept;
mod links;
mod literal;
mod pack;
mod plan;
mod silence;
mod split;

pub(crate) use pack::{Script, pack, pack_inside, pack_second};

use crate::bare;
use doors::Doors;
use empreinte::fingerprint;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

/// The target of both modules.
const TARGET: &str = "wasm32-unknown-unknown";

/// A compiled and bound module, its bytes as JavaScript strings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Module {
    /// The binding code, as a classic script that defines `wasm_bindgen`, bare.
    glue: String,
    /// The first part, for a script of its own.
    wasm: Vec<u8>,
    /// The second part, likewise; none of it where the module has one part only.
    suite: Vec<u8>,
    /// Both for a script inside a page, where they are kept.
    inside: Option<kept::Inside>,
}

impl Module {
    /// The module of this binding code and these bytes.
    fn of(glue: &str, wasm: &[u8], suite: &[u8]) -> Self {
        Self {
            glue: bare::script(glue),
            wasm: literal::of(wasm, false),
            suite: literal::of(suite, false),
            inside: None,
        }
    }

    /// Both parts for a script inside a page.
    fn inside(&self) -> [Vec<u8>; 2] {
        let kept = self.inside.as_ref().and_then(kept::Inside::read);
        let made = |part: &Vec<u8>| literal::of(&literal::bytes(part), true);
        kept.unwrap_or_else(|| [&self.wasm, &self.suite].map(made))
    }
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
    /// The module could not be cut into its two parts.
    #[error("`{0}` cannot be cut into two parts: {1}")]
    Cut(&'static str, String),
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
    shape: Shape,
}

/// How a module meets its page.
enum Shape {
    /// By binding code, and in two parts: the Rust module whose functions are the entries of the second.
    Bound(&'static str),
    /// In one part that the loader calls by itself.
    Bare(Doors),
}

const CALCULATEUR: Recipe = Recipe {
    package: "calc-wasm",
    features: &[],
    library: "calc_wasm",
    shape: Shape::Bound("calc_wasm::tard"),
};
const MOTEUR: Recipe = Recipe {
    package: "search",
    features: &["wasm"],
    library: "search",
    // Memory for a text is asked for, then the text passed by its place and length; an answer comes back so, and is given back.
    shape: Shape::Bare(&[
        ("memory", "memory"),
        ("__wbindgen_malloc", "take"),
        ("__wbindgen_free", "give"),
        ("moteur_new", "open"),
        ("moteur_chercher", "search"),
    ]),
};

/// Ready-made modules of a folder: `calc_wasm.js`, `calc_wasm_bg.wasm`, `calc_wasm_suite.wasm`, `search_bg.wasm`, or kept
/// ones, which have their strings in the place of their bytes.
///
/// # Errors
/// Where one of these files cannot be read.
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
    let mut name = fingerprint(repository)?;
    let folder = repository.join("target/wasm");
    if let Ok(modules) = ready(&folder.join(&name)) {
        return Ok(modules);
    }
    ensure_target()?;
    loop {
        let modules = compile_both(repository, &folder.join(&name))?;
        // A source that was saved meanwhile may be in them, or not: modules are kept under the name of all they are
        // made from, or made again.
        let now = fingerprint(repository)?;
        if now == name {
            return keep(&folder.join(name)).map(|()| modules);
        }
        let _ = std::fs::remove_dir_all(staged(&folder.join(name)));
        name = now;
    }
}

/// Another build may look for the same modules meanwhile: they appear whole or not at all.
fn staged(kept: &Path) -> PathBuf {
    kept.with_extension(std::process::id().to_string())
}

fn compile_both(repository: &Path, kept: &Path) -> Result<Modules, WasmError> {
    let staged = staged(kept);
    let sources = empreinte::make_fresh(repository, &build_folder(repository))?;
    for recipe in [&CALCULATEUR, &MOTEUR] {
        compile(repository, recipe)?;
        bind(repository, recipe, &staged)?;
        kept::keep(&Files::of(&staged, recipe), &read_module(&staged, recipe)?)?;
    }
    sources.compiled()?;
    ready(&staged)
}

fn keep(kept: &Path) -> Result<(), WasmError> {
    let staged = staged(kept);
    // What cannot be read there, nobody keeps.
    if ready(kept).is_err() {
        let _ = std::fs::remove_dir_all(kept);
    }
    if std::fs::rename(&staged, kept).is_err() {
        // Another build was first, with the same bytes.
        std::fs::remove_dir_all(&staged).map_err(io_error(&staged))?;
    }
    Ok(())
}

fn read_module(folder: &Path, recipe: &Recipe) -> Result<Module, WasmError> {
    let files = Files::of(folder, recipe);
    match std::fs::read(&files.first) {
        Ok(wasm) => read_bytes(&files, &wasm),
        Err(_) => kept::read(&files),
    }
}

/// A module whose parts are there as bytes.
fn read_bytes(files: &Files, wasm: &[u8]) -> Result<Module, WasmError> {
    let (Some(script), Some(second)) = (&files.script, &files.second) else {
        return Ok(Module::of("", wasm, &[]));
    };
    let glue = std::fs::read_to_string(script).map_err(io_error(script))?;
    let suite = std::fs::read(second).map_err(io_error(second))?;
    Ok(Module::of(&glue, wasm, &suite))
}

/// The files of a module.
struct Files {
    /// The binding code, where there is any.
    script: Option<PathBuf>,
    first: PathBuf,
    /// The second part, where there is one.
    second: Option<PathBuf>,
}

impl Files {
    fn of(folder: &Path, recipe: &Recipe) -> Self {
        let bound = matches!(recipe.shape, Shape::Bound(_));
        Self {
            script: bound.then(|| script_file(folder, recipe)),
            first: first_file(folder, recipe),
            second: bound.then(|| second_file(folder, recipe)),
        }
    }
}

fn script_file(folder: &Path, recipe: &Recipe) -> PathBuf {
    folder.join(format!("{}.js", recipe.library))
}

fn first_file(folder: &Path, recipe: &Recipe) -> PathBuf {
    folder.join(format!("{}_bg.wasm", recipe.library))
}

fn second_file(folder: &Path, recipe: &Recipe) -> PathBuf {
    folder.join(format!("{}_suite.wasm", recipe.library))
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> WasmError {
    let path = path.to_path_buf();
    move |source| WasmError::Io { path, source }
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
        "rustc",
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
    command.args(["--", "-Clink-arg=--emit-relocs"]);
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
    let linked = std::fs::read(&input).map_err(io_error(&input))?;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes(recipe.library, linked.clone())
        .typescript(false)
        .demangle(false)
        .remove_name_section(false)
        .remove_producers_section(true);
    let bound = bindgen.no_modules(true).and_then(|b| b.generate(out));
    bound.map_err(|e| WasmError::Bind(recipe.package, format!("{e:#}")))?;
    cut(recipe, &linked, out)
}

/// Puts a bound module's two parts, or what is needed of its one, in its place.
fn cut(recipe: &Recipe, linked: &[u8], out: &Path) -> Result<(), WasmError> {
    let (first, second) = (first_file(out, recipe), second_file(out, recipe));
    let script = script_file(out, recipe);
    let bound = std::fs::read(&first).map_err(io_error(&first))?;
    let fault = |e: anyhow::Error| WasmError::Cut(recipe.package, format!("{e:#}"));
    let links = links::read(linked).map_err(fault)?;
    let entries = match recipe.shape {
        Shape::Bound(entries) => entries,
        Shape::Bare(doors) => {
            let whole = split::trim(&bound, &links, doors).map_err(fault)?;
            std::fs::remove_file(&script).map_err(io_error(&script))?;
            return std::fs::write(&first, whole).map_err(io_error(&first));
        }
    };
    let parts = split::split(&bound, &links, entries).map_err(fault)?;
    let glue = std::fs::read_to_string(&script).map_err(io_error(&script))?;
    let glue = rename(glue, &parts.renamed)
        .map_err(|name| WasmError::Cut(recipe.package, format!("`{name}` is not bound once")))?;
    std::fs::write(&script, glue).map_err(io_error(&script))?;
    std::fs::write(&first, parts.first).map_err(io_error(&first))?;
    std::fs::write(&second, parts.second).map_err(io_error(&second))
}

/// Gives the functions that the binding code hands to the module their new names.
///
/// # Errors
/// The name that does not stand there once, as the key of a function.
fn rename(mut glue: String, names: &[(String, String)]) -> Result<String, String> {
    for (old, new) in names {
        let key = format!(" {old}: function");
        if glue.matches(&key).count() != 1 || glue.matches(old.as_str()).count() != 1 {
            return Err(old.clone());
        }
        glue = glue.replace(&key, &format!(" {new}: function"));
    }
    Ok(glue)
}

#[cfg(test)]
mod tests {
    use super::rename;

    #[test]
    fn a_function_of_the_page_has_one_name() {
        let names = [("__wbg_a_00".to_owned(), "do".to_owned())];
        let renamed = rename("{\n  __wbg_a_00: function(arg0) {}\n}".to_owned(), &names);
        assert_eq!(renamed.as_deref(), Ok("{\n  do: function(arg0) {}\n}"));
        for other in [
            "",
            "{ __wbg_a_00: function(){}, b: __wbg_a_00 }",
            "{ __wbg_a_00: 3 }",
        ] {
            assert!(rename(other.to_owned(), &names).is_err(), "{other}");
        }
    }
}
