//! One bound module cut into two that share memory, table and functions: what runs at once, and what a page asks for
//! later.
//!
//! # How
//! The entries of the second part are the functions of one Rust module. Whatever is reached from the exports without
//! going through an entry stays; the rest, code and data, goes. An entry stays behind as a stub that calls through its
//! slot of the table, which the second part fills when it is instantiated. Addresses and slots do not change, so no
//! instruction is rewritten. Called before its part is there, a stub traps: the caller must know.

use super::doors::{self, Doors};
use super::links::Links;
use super::plan::{Plan, Runs};
use super::silence::{Silence, silence};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use walrus::ir::Value;
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId,
    FunctionKind, GlobalKind, ImportId, ImportKind, ImportedFunction, MemoryId, Module,
    ModuleConfig, TableId,
};

/// The module name under which the second part imports from the first.
const FIRST: &str = "m";

/// The two parts.
pub(super) struct Parts {
    pub(super) first: Vec<u8>,
    pub(super) second: Vec<u8>,
    /// What the binding code is to call by another name: the old one, the new one.
    pub(super) renamed: Vec<(String, String)>,
}

/// Cuts `bound`, which keeps its names; `entries` is the path of the entries' Rust module, as `krate::module`.
///
/// # Errors
/// Where there is no entry, or where the module is not built as the linker and wasm-bindgen build one.
pub(super) fn split(bound: &[u8], links: &Links, entries: &str) -> Result<Parts> {
    let (module, silence) = parse(bound)?;
    let plan = Plan::new(&module, links, &silence, entries)?;
    let (again, _) = parse(bound)?;
    let mut second = second_part(again, &plan)?;
    let shared = name_imports(&mut second)?;
    let mut first = first_part(module, &plan, &shared)?;
    let renamed = shorten_imports(&mut first);
    Ok(Parts {
        first: first.emit_wasm(),
        second: second.emit_wasm(),
        renamed,
    })
}

/// A module that stays in one part and has these doors, without the words of its panics and what they alone need.
///
/// # Errors
/// Where the module is not built as the linker and wasm-bindgen build one.
pub(super) fn trim(bound: &[u8], links: &Links, doors: Doors) -> Result<Vec<u8>> {
    let mut module = read(bound)?;
    doors::leave(&mut module, doors)?;
    let silence = silence(&mut module);
    let plan = Plan::whole(&module, links, &silence)?;
    Ok(first_part(module, &plan, &[])?.emit_wasm())
}

fn read(wasm: &[u8]) -> Result<Module> {
    let mut config = ModuleConfig::new();
    config
        .generate_name_section(false)
        .generate_producers_section(false);
    config.parse(wasm)
}

fn parse(wasm: &[u8]) -> Result<(Module, Silence)> {
    let mut module = read(wasm)?;
    let silence = silence(&mut module);
    Ok((module, silence))
}

/// The function of a rank.
fn ids(module: &Module) -> BTreeMap<usize, FunctionId> {
    let ids = module.funcs.iter().map(|f| (f.id().index(), f.id()));
    ids.collect()
}

fn the_table(module: &Module) -> Result<TableId> {
    let table = module.tables.main_function_table()?;
    table.context("no table of functions")
}

fn the_memory(module: &Module) -> Result<MemoryId> {
    let memory = module.memories.iter().next();
    Ok(memory.context("no memory")?.id())
}

/// Puts other functions in the table, and other bytes in the memory.
fn refill(module: &mut Module, slots: &BTreeMap<u64, FunctionId>, data: &Runs) -> Result<()> {
    let (table, memory) = (the_table(module)?, the_memory(module)?);
    let old: Vec<_> = module.elements.iter().map(walrus::Element::id).collect();
    for id in old {
        module.elements.delete(id);
    }
    let old: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    for id in old {
        module.data.delete(id);
    }
    module.tables.get_mut(table).elem_segments.clear();
    module.memories.get_mut(memory).data_segments.clear();
    let mut parts: Vec<(u64, Vec<FunctionId>)> = Vec::new();
    for (slot, function) in slots {
        match parts.last_mut() {
            Some((start, part)) if *start + part.len() as u64 == *slot => part.push(*function),
            _ => parts.push((*slot, vec![*function])),
        }
    }
    for (start, functions) in parts {
        let offset = place(start)?;
        let kind = ElementKind::Active { table, offset };
        let id = module
            .elements
            .add(kind, ElementItems::Functions(functions));
        module.tables.get_mut(table).elem_segments.insert(id);
    }
    for (start, bytes) in data {
        let offset = place(*start)?;
        let kind = DataKind::Active { memory, offset };
        let id = module.data.add(kind, bytes.clone());
        module.memories.get_mut(memory).data_segments.insert(id);
    }
    Ok(())
}

fn place(address: u64) -> Result<ConstExpr> {
    let address = u32::try_from(address)?.cast_signed();
    Ok(ConstExpr::Value(Value::I32(address)))
}

/// Makes room in the table for the entries' own slots.
fn widen(module: &mut Module, plan: &Plan) -> Result<()> {
    let table = the_table(module)?;
    let table = module.tables.get_mut(table);
    let size = plan.entries.values().max().map_or(0, |last| last + 1);
    table.initial = table.initial.max(size);
    table.maximum = table.maximum.map(|most| most.max(size));
    Ok(())
}

/// What the second part takes of the first: the rank of a thing of that kind, under a short name.
struct Shared {
    name: String,
    what: Thing,
}

#[derive(Clone, Copy)]
enum Thing {
    Function(usize),
    Table(usize),
    Memory(usize),
    Global(usize),
}

/// The second part: all that stays is imported, only what goes is left.
fn second_part(mut module: Module, plan: &Plan) -> Result<Module> {
    strip(&mut module);
    widen(&mut module, plan)?;
    let ids = ids(&module);
    let exports: Vec<_> = module.exports.iter().map(walrus::Export::id).collect();
    for id in exports {
        module.exports.delete(id);
    }
    module.start = None;
    for rank in plan.stay.difference(&plan.twice) {
        import_function(&mut module, ids[rank]);
    }
    import_things(&mut module);
    let went = |rank: &usize| plan.go.contains(rank);
    let slots = plan.slots.iter().filter(|(_, rank)| went(rank));
    let mut slots: BTreeMap<u64, FunctionId> =
        slots.map(|(slot, rank)| (*slot, ids[rank])).collect();
    slots.extend(plan.entries.iter().map(|(rank, slot)| (*slot, ids[rank])));
    refill(&mut module, &slots, &plan.data_go)?;
    walrus::passes::gc::run(&mut module);
    Ok(module)
}

fn import_function(module: &mut Module, id: FunctionId) {
    let ty = module.funcs.get(id).ty();
    if matches!(module.funcs.get(id).kind, FunctionKind::Local(_)) {
        let import = module.imports.add(FIRST, "", ImportKind::Function(id));
        module.funcs.get_mut(id).kind = FunctionKind::Import(ImportedFunction { import, ty });
    }
}

/// Memories, tables and globals.
fn import_things(module: &mut Module) {
    let tables: Vec<_> = module.tables.iter().map(walrus::Table::id).collect();
    for id in tables {
        let import = module.imports.add(FIRST, "", ImportKind::Table(id));
        module.tables.get_mut(id).import = Some(import);
    }
    let memories: Vec<_> = module.memories.iter().map(walrus::Memory::id).collect();
    for id in memories {
        let import = module.imports.add(FIRST, "", ImportKind::Memory(id));
        module.memories.get_mut(id).import = Some(import);
    }
    let globals: Vec<_> = module.globals.iter().map(walrus::Global::id).collect();
    for id in globals {
        let import = module.imports.add(FIRST, "", ImportKind::Global(id));
        module.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
}

/// Gives every import of the second part a short name of the first, which exports what it imports itself too.
fn name_imports(module: &mut Module) -> Result<Vec<Shared>> {
    let imports: Vec<(ImportId, Thing)> = module
        .imports
        .iter()
        .map(|import| {
            let what = match &import.kind {
                ImportKind::Function(id) => Thing::Function(id.index()),
                ImportKind::Table(id) => Thing::Table(id.index()),
                ImportKind::Memory(id) => Thing::Memory(id.index()),
                ImportKind::Global(id) => Thing::Global(id.index()),
                ImportKind::Tag(_) => bail!("an imported exception"),
            };
            Ok((import.id(), what))
        })
        .collect::<Result<_>>()?;
    let mut shared = Vec::new();
    for (rank, (id, what)) in imports.into_iter().enumerate() {
        let name = short_name(rank);
        let import = module.imports.get_mut(id);
        FIRST.clone_into(&mut import.module);
        import.name.clone_from(&name);
        shared.push(Shared { name, what });
    }
    Ok(shared)
}

/// `a` to `z`, `aa`, `ba`…
fn short_name(mut rank: usize) -> String {
    let mut name = String::new();
    loop {
        name.push(char::from(b"abcdefghijklmnopqrstuvwxyz"[rank % 26]));
        if rank < 26 {
            return name;
        }
        rank = rank / 26 - 1;
    }
}

/// The first part: what stays, the stubs of the entries, and the names under which the second takes what it needs.
fn first_part(mut module: Module, plan: &Plan, shared: &[Shared]) -> Result<Module> {
    strip(&mut module);
    widen(&mut module, plan)?;
    let ids = ids(&module);
    for (rank, slot) in &plan.entries {
        make_stub(&mut module, ids[rank], *slot)?;
    }
    let kept = |rank: &usize| plan.stay.contains(rank) || plan.entries.contains_key(rank);
    let slots = plan.slots.iter().filter(|(_, rank)| kept(rank));
    let slots = slots.map(|(slot, rank)| (*slot, ids[rank])).collect();
    refill(&mut module, &slots, &plan.data_stay)?;
    for Shared { name, what } in shared {
        let item = export_item(&module, &ids, *what).context("a thing that both parts need")?;
        module.exports.add(name, item);
    }
    walrus::passes::gc::run(&mut module);
    Ok(module)
}

/// Gives the functions of the page a short name: each of theirs ends in a hash, which no compression shortens.
fn shorten_imports(module: &mut Module) -> Vec<(String, String)> {
    let mut renamed = Vec::new();
    for (rank, import) in module.imports.iter_mut().enumerate() {
        let name = short_name(rank);
        renamed.push((std::mem::replace(&mut import.name, name.clone()), name));
    }
    renamed
}

fn export_item(
    module: &Module,
    ids: &BTreeMap<usize, FunctionId>,
    what: Thing,
) -> Option<ExportItem> {
    Some(match what {
        Thing::Function(rank) => ExportItem::Function(*ids.get(&rank)?),
        Thing::Table(rank) => {
            ExportItem::Table(module.tables.iter().find(|t| t.id().index() == rank)?.id())
        }
        Thing::Memory(rank) => ExportItem::Memory(
            module
                .memories
                .iter()
                .find(|m| m.id().index() == rank)?
                .id(),
        ),
        Thing::Global(rank) => {
            ExportItem::Global(module.globals.iter().find(|g| g.id().index() == rank)?.id())
        }
    })
}

/// Makes a function call through a slot of the table what it was itself.
fn make_stub(module: &mut Module, id: FunctionId, slot: u64) -> Result<()> {
    let table = the_table(module)?;
    let ty = module.funcs.get(id).ty();
    let (params, results) = module.types.params_results(ty);
    let (params, results) = (params.to_vec(), results.to_vec());
    let arguments: Vec<_> = params.iter().map(|p| module.locals.add(*p)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut body = builder.func_body();
    for argument in &arguments {
        body.local_get(*argument);
    }
    body.i32_const(u32::try_from(slot)?.cast_signed());
    body.call_indirect(ty, table);
    module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(arguments));
    Ok(())
}

/// Takes out what only tools read.
fn strip(module: &mut Module) {
    let customs: Vec<_> = module.customs.iter().map(|(id, _)| id).collect();
    for id in customs {
        module.customs.delete(id);
    }
}

#[cfg(test)]
mod tests;
