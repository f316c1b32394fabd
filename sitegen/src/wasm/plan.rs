//! What goes to which part: who needs whom, from the exports on.

use super::links::{Links, Target};
use super::silence::Silence;
use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use walrus::ir::{Value, Visitor, dfs_in_order};
use walrus::{ConstExpr, DataKind, ElementItems, ElementKind, ExportItem, FunctionId, Module};

/// Bytes that the first part fills with zeros rather than begin another segment. The second never does: what stands
/// between its own may have changed since.
const GAP: u64 = 128;

/// Instructions of a function that is worth copying into the second part. Measured on the evaluation in Chromium.
const SMALL: u64 = 40;

/// Bytes by address.
pub(super) type Runs = Vec<(u64, Vec<u8>)>;

/// What goes where. Functions go by their rank, which is the same each time the module is parsed.
pub(super) struct Plan {
    /// Functions that stay, imported ones included.
    pub(super) stay: BTreeSet<usize>,
    /// Those of them that the second part has a copy of, where it needs them: a call from part to part costs more than
    /// their few instructions.
    pub(super) twice: BTreeSet<usize>,
    /// Entries, each with its own slot of the table.
    pub(super) entries: BTreeMap<usize, u64>,
    /// Other functions that go.
    pub(super) go: BTreeSet<usize>,
    /// Functions of the table by slot.
    pub(super) slots: BTreeMap<u64, usize>,
    /// Data that stay.
    pub(super) data_stay: Runs,
    /// Data that go.
    pub(super) data_go: Runs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Function(usize),
    Datum(usize),
}

impl Plan {
    /// What goes to which part, where the functions of the Rust module at `path` are the entries of the second.
    pub(super) fn new(
        module: &Module,
        links: &Links,
        silence: &Silence,
        path: &str,
    ) -> Result<Self> {
        let entries: BTreeSet<usize> = module
            .funcs
            .iter()
            .filter(|f| f.name.as_deref().is_some_and(|n| is_entry(n, path)))
            .map(|f| f.id().index())
            .collect();
        if entries.is_empty() {
            bail!("no function of `{path}` is left to be the entry of a second part");
        }
        Self::with(entries, module, links, silence)
    }

    /// Everything stays that is needed.
    pub(super) fn whole(module: &Module, links: &Links, silence: &Silence) -> Result<Self> {
        Self::with(BTreeSet::new(), module, links, silence)
    }

    fn with(
        entries: BTreeSet<usize>,
        module: &Module,
        links: &Links,
        silence: &Silence,
    ) -> Result<Self> {
        let graph = Graph::new(module, links, silence);
        let slots = slots(module)?;
        let roots = graph.roots(module, &slots);
        let stay = graph.reach(&roots, &entries);
        let all = graph.reach(&roots, &BTreeSet::new());
        let functions = |nodes: &BTreeSet<Node>| -> BTreeSet<usize> {
            let ranks = nodes.iter().filter_map(|node| match node {
                Node::Function(rank) => Some(*rank),
                Node::Datum(_) => None,
            });
            ranks.collect()
        };
        let (data_stay, data_go) = share_data(module, links, &stay, &all)?;
        let (stay, all) = (functions(&stay), functions(&all));
        let first_slot = slots.keys().next_back().map_or(1, |last| last + 1);
        Ok(Self {
            go: all
                .difference(&stay)
                .copied()
                .filter(|rank| !entries.contains(rank))
                .collect(),
            entries: entries.into_iter().zip(first_slot..).collect(),
            twice: small(module, &stay),
            stay,
            slots,
            data_stay,
            data_go,
        })
    }
}

/// The functions among these of few instructions.
fn small(module: &Module, ranks: &BTreeSet<usize>) -> BTreeSet<usize> {
    let all = module.funcs.iter_local();
    let small = all.filter(|(_, function)| function.size() <= SMALL);
    small
        .map(|(id, _)| id.index())
        .filter(|rank| ranks.contains(rank))
        .collect()
}

/// Whether a mangled name is that of a function that stands right in the module of that path: `krate::module`.
fn is_entry(name: &str, path: &str) -> bool {
    let parts: Vec<_> = path
        .split("::")
        .map(|part| format!("{}{part}", part.len()))
        .collect();
    let path = parts.concat();
    let Some((before, after)) = name.split_once(&path) else {
        return false;
    };
    let length: String = after.chars().take_while(char::is_ascii_digit).collect();
    let Ok(size) = length.parse::<usize>() else {
        return false;
    };
    let Some(rest) = after.get(length.len() + size..) else {
        return false;
    };
    // Either way to mangle: `_ZN…17h<hash>E`, `_RNvNtCs<hash>_…`.
    (before == "_ZN" && rest.starts_with("17h") && rest.len() == 20)
        || (before.starts_with("_RNvNtC") && before.ends_with('_') && rest.is_empty())
}

/// Who needs whom.
struct Graph {
    edges: BTreeMap<Node, Vec<Node>>,
    /// Functions whose address is taken somewhere that is known.
    addressed: BTreeSet<usize>,
}

struct Calls(Vec<usize>);

impl Visitor<'_> for Calls {
    fn visit_function_id(&mut self, function: &FunctionId) {
        self.0.push(function.index());
    }
}

impl Graph {
    fn new(module: &Module, links: &Links, silence: &Silence) -> Self {
        let mut named: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for function in module.funcs.iter() {
            if let Some(name) = &function.name {
                named.entry(name).or_default().push(function.id().index());
            }
        }
        let mut graph = Self {
            edges: BTreeMap::new(),
            addressed: BTreeSet::new(),
        };
        for (id, function) in module.funcs.iter_local() {
            let mut calls = Calls(Vec::new());
            dfs_in_order(&mut calls, function, function.entry_block());
            let held = module.funcs.get(id).name.as_ref();
            let held = held.and_then(|name| links.of_functions.get(name));
            let node = Node::Function(id.index());
            let edges = graph.edges.entry(node).or_default();
            edges.extend(calls.0.into_iter().map(Node::Function));
            let silent = silence.functions.contains(&id.index());
            let needed = |target: &Target| match target {
                _ if silent => false,
                Target::Datum(rank) => !silence.spares(id.index(), &links.data[*rank]),
                Target::Function(_) => true,
            };
            graph.hold(node, held.map_or(&[], Vec::as_slice), &named, needed);
        }
        for (rank, held) in links.of_data.iter().enumerate() {
            graph.hold(Node::Datum(rank), held, &named, |_| true);
        }
        graph
    }

    fn hold(
        &mut self,
        node: Node,
        targets: &[Target],
        named: &BTreeMap<&str, Vec<usize>>,
        needed: impl Fn(&Target) -> bool,
    ) {
        let edges = self.edges.entry(node).or_default();
        for target in targets {
            match target {
                Target::Datum(rank) => edges.extend(needed(target).then_some(Node::Datum(*rank))),
                Target::Function(name) => {
                    let same = named.get(name.as_str()).map_or(&[][..], Vec::as_slice);
                    self.addressed.extend(same);
                    if needed(target) {
                        edges.extend(same.iter().copied().map(Node::Function));
                    }
                }
            }
        }
    }

    /// Where everything begins: exports, and functions of the table that nobody is known to hold.
    fn roots(&self, module: &Module, slots: &BTreeMap<u64, usize>) -> Vec<Node> {
        let exported = module
            .exports
            .iter()
            .filter_map(|export| match export.item {
                ExportItem::Function(id) => Some(id.index()),
                _ => None,
            });
        let unknown = slots
            .values()
            .copied()
            .filter(|rank| !self.addressed.contains(rank));
        let started = module.start.map(|id| id.index());
        exported
            .chain(unknown)
            .chain(started)
            .map(Node::Function)
            .collect()
    }

    fn reach(&self, roots: &[Node], cut: &BTreeSet<usize>) -> BTreeSet<Node> {
        let mut seen: BTreeSet<Node> = roots.iter().copied().collect();
        let mut waiting = roots.to_vec();
        while let Some(node) = waiting.pop() {
            for next in self.edges.get(&node).into_iter().flatten() {
                let stops = matches!(next, Node::Function(rank) if cut.contains(rank));
                if !stops && seen.insert(*next) {
                    waiting.push(*next);
                }
            }
        }
        seen
    }
}

/// The functions of the table, by slot.
fn slots(module: &Module) -> Result<BTreeMap<u64, usize>> {
    let mut slots = BTreeMap::new();
    for element in module.elements.iter() {
        let ElementKind::Active { offset, .. } = &element.kind else {
            continue;
        };
        let ElementItems::Functions(functions) = &element.items else {
            bail!("a table filled by expressions");
        };
        let start = address(offset)?;
        slots.extend((start..).zip(functions.iter().map(FunctionId::index)));
    }
    Ok(slots)
}

fn address(offset: &ConstExpr) -> Result<u64> {
    match offset {
        ConstExpr::Value(Value::I32(value)) => Ok(u64::from(value.cast_unsigned())),
        _ => bail!("a segment whose place is computed"),
    }
}

/// Who keeps which bytes: what no datum covers stays, what nobody reaches goes nowhere.
fn share_data(
    module: &Module,
    links: &Links,
    stay: &BTreeSet<Node>,
    all: &BTreeSet<Node>,
) -> Result<(Runs, Runs)> {
    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    enum Of {
        Nobody,
        Second,
        First,
    }
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for data in module.data.iter() {
        let DataKind::Active { offset, .. } = &data.kind else {
            bail!("a passive segment");
        };
        let start = address(offset)?;
        let end = start + data.value.len() as u64;
        let mut owners = vec![None; data.value.len()];
        for (rank, place) in links.data.iter().enumerate() {
            let of = match Node::Datum(rank) {
                node if stay.contains(&node) => Of::First,
                node if all.contains(&node) => Of::Second,
                _ => Of::Nobody,
            };
            for at in place.start.max(start)..place.end.min(end) {
                let owner = &mut owners[usize::try_from(at - start)?];
                *owner = (*owner).max(Some(of));
            }
        }
        let owner = |at: u64| owners[usize::try_from(at - start).unwrap_or_default()];
        let kept = |of: Of| (start..end).filter(move |at| owner(*at).unwrap_or(Of::First) == of);
        // The memory is all zeros before the first part fills it.
        let written = |at: &u64| {
            let byte = usize::try_from(*at - start).map(|at| data.value.get(at));
            byte.is_ok_and(|byte| byte != Some(&0))
        };
        let stays = kept(Of::First).filter(written);
        first.extend(runs(stays, start, &data.value, GAP)?);
        second.extend(runs(kept(Of::Second), start, &data.value, 0)?);
    }
    Ok((first, second))
}

/// The bytes at these addresses, in runs; a gap of at most so many bytes is filled with zeros.
fn runs(kept: impl Iterator<Item = u64>, start: u64, bytes: &[u8], gap: u64) -> Result<Runs> {
    let mut runs: Runs = Vec::new();
    for at in kept {
        let byte = bytes.get(usize::try_from(at - start)?);
        let byte = *byte.context("a byte of the data")?;
        match runs.last_mut() {
            Some((from, run)) if at - *from - run.len() as u64 <= gap => {
                run.resize(usize::try_from(at - *from)?, 0);
                run.push(byte);
            }
            _ => runs.push((at, vec![byte])),
        }
    }
    Ok(runs)
}

#[cfg(test)]
mod tests {
    use super::is_entry;

    #[test]
    fn an_entry_stands_right_in_its_module() {
        let path = "calc_wasm::tard";
        for (name, expected) in [
            ("_ZN9calc_wasm4tard5paste17h0123456789abcdefE", true),
            ("_RNvNtCs8fa_9calc_wasm4tard5paste", true),
            (
                "_ZN9calc_wasm4tard5paste28_$u7b$$u7b$closure$u7d$$u7d$17h0123456789abcdefE",
                false,
            ),
            ("_RNCNvNtCs8fa_9calc_wasm4tard5paste0B5_", false),
            ("_ZN9calc_wasm5tarde5paste17h0123456789abcdefE", false),
            ("_ZN9calc_wasm4vues5paste17h0123456789abcdefE", false),
            (
                "_ZN4core3ptr9calc_wasm4tard5paste17h0123456789abcdefE",
                false,
            ),
            ("_ZN9calc_wasm4tard", false),
        ] {
            assert_eq!(is_entry(name, path), expected, "{name}");
        }
    }
}
