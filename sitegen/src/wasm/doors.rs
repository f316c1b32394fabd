//! A module that the page calls by itself: it has a few doors, and asks nothing of the page. Binding code would weigh
//! as much as a twentieth of the search engine.

use anyhow::{Context, Result, ensure};
use walrus::{FunctionId, FunctionKind, Module};

/// What a page calls, by the name that wasm-bindgen exports it under and the one that its loader knows.
pub(super) type Doors = &'static [(&'static str, &'static str)];

/// Leaves the doors alone of what a bound module exports, and of what it imports nothing.
///
/// # Errors
/// Where one of the doors is missing.
pub(super) fn leave(module: &mut Module, doors: Doors) -> Result<()> {
    let known = |name: &str| doors.iter().find(|(bound, _)| *bound == name);
    let others = module.exports.iter();
    let others: Vec<_> = others
        .filter(|export| known(&export.name).is_none())
        .collect();
    let others: Vec<_> = others.into_iter().map(walrus::Export::id).collect();
    for id in others {
        module.exports.delete(id);
    }
    for export in module.exports.iter_mut() {
        let (_, own) = known(&export.name).context("an export that is no door")?;
        (*own).clone_into(&mut export.name);
    }
    let found = module.exports.iter().count();
    ensure!(found == doors.len(), "{found} of the doors are there");
    close_imports(module);
    Ok(())
}

/// What the binding code would give is for a fault to be told, and for values of the page, which never come: a stop does.
fn close_imports(module: &mut Module) {
    let imported = |(id, import): (FunctionId, &FunctionKind)| match import {
        FunctionKind::Import(import) => Some((id, import.import)),
        _ => None,
    };
    let kinds = module.funcs.iter().map(|f| (f.id(), &f.kind));
    let imports: Vec<_> = kinds.filter_map(imported).collect();
    for (function, import) in imports {
        super::silence::stop_at_once(module, function);
        module.imports.delete(import);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use walrus::FunctionBuilder;

    fn module() -> Module {
        let mut module = Module::default();
        let ty = module.types.add(&[], &[]);
        let (thrown, _) = module.add_import_func("./x.js", "throw", ty);
        let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
        builder.func_body().call(thrown);
        let function = builder.finish(Vec::new(), &mut module.funcs);
        module.exports.add("moteur_new", function);
        module.exports.add("__wbindgen_start", function);
        module
    }

    #[test]
    fn only_the_doors_are_left() {
        let mut module = module();
        leave(&mut module, &[("moteur_new", "open")]).expect("a door");
        let names: Vec<&str> = module.exports.iter().map(|e| e.name.as_str()).collect();
        assert_eq!(names, ["open"]);
        assert_eq!(module.imports.iter().count(), 0);
        assert!(Module::from_buffer(&module.emit_wasm()).is_ok());
    }

    #[test]
    fn a_door_that_is_missing_is_a_fault() {
        let doors: Doors = &[("moteur_new", "open"), ("moteur_chercher", "search")];
        assert!(leave(&mut module(), doors).is_err());
    }
}
