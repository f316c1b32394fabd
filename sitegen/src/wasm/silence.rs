//! What only prepares the words of a panic, taken out: the panic handlers stop their modules without a word.
//!
//! A function that never returns and reaches no import does nothing that anybody sees before the module stops: its body
//! becomes the stop itself. What was passed to it, most often a place in the source, becomes zero, and so does what was
//! passed to another function for this use alone.

use std::collections::{BTreeMap, BTreeSet};
use walrus::ir::{
    Br, BrIf, BrTable, Const, Instr, InstrSeq, InstrSeqId, Load, Return, ReturnCall,
    ReturnCallIndirect, Store, Value, Visitor, VisitorMut, dfs_in_order, dfs_pre_order_mut,
};
use walrus::{FunctionBuilder, FunctionId, FunctionKind, LocalFunction, LocalId, Module};

/// What was silenced.
#[derive(Debug, Default)]
pub(super) struct Silence {
    /// Ranks of the functions that only stop now.
    pub(super) functions: BTreeSet<usize>,
    /// By rank of a function, the numbers that it no longer passes on.
    passed: BTreeMap<usize, BTreeSet<u64>>,
    /// By rank of a function, the numbers that it still holds.
    held: BTreeMap<usize, BTreeSet<u64>>,
}

impl Silence {
    /// Whether a function no longer needs the datum at these addresses, which its links still name.
    pub(super) fn spares(&self, function: usize, datum: &std::ops::Range<u64>) -> bool {
        let passed = self.passed.get(&function);
        let held = self.held.get(&function);
        passed.is_some_and(|numbers| numbers.contains(&datum.start))
            && held.is_none_or(|numbers| numbers.range(datum.clone()).next().is_none())
    }
}

/// Silences a module.
pub(super) fn silence(module: &mut Module) -> Silence {
    let silent = silent_functions(module);
    for id in &silent {
        stop_at_once(module, *id);
    }
    let mut silence = Silence::default();
    let locals: Vec<FunctionId> = module.funcs.iter_local().map(|(id, _)| id).collect();
    let ignored = ignored_arguments(module, &silent);
    for id in locals {
        let FunctionKind::Local(function) = &mut module.funcs.get_mut(id).kind else {
            continue;
        };
        let entry = function.entry_block();
        let mut passing = Passing {
            ignored: &ignored,
            passed: BTreeSet::new(),
        };
        dfs_pre_order_mut(&mut passing, function, entry);
        if passing.passed.is_empty() {
            continue;
        }
        let mut numbers = Numbers(BTreeSet::new());
        dfs_in_order(&mut numbers, function, entry);
        silence.passed.insert(id.index(), passing.passed);
        silence.held.insert(id.index(), numbers.0);
    }
    silence.functions = silent.iter().map(FunctionId::index).collect();
    silence
}

fn silent_functions(module: &Module) -> BTreeSet<FunctionId> {
    let mut callers: BTreeMap<FunctionId, Vec<FunctionId>> = BTreeMap::new();
    let mut endless = BTreeSet::new();
    for (id, function) in module.funcs.iter_local() {
        let mut calls = Calls(Vec::new());
        dfs_in_order(&mut calls, function, function.entry_block());
        for callee in calls.0 {
            callers.entry(callee).or_default().push(id);
        }
        if never_returns(function) {
            endless.insert(id);
        }
    }
    // Whatever reaches an import may do something that is seen.
    let imported = module
        .funcs
        .iter()
        .filter(|f| matches!(f.kind, FunctionKind::Import(_)));
    let mut waiting: Vec<FunctionId> = imported.map(walrus::Function::id).collect();
    while let Some(id) = waiting.pop() {
        for caller in callers.remove(&id).unwrap_or_default() {
            endless.remove(&caller);
            waiting.push(caller);
        }
    }
    endless
}

struct Calls(Vec<FunctionId>);

impl Visitor<'_> for Calls {
    fn visit_function_id(&mut self, function: &FunctionId) {
        self.0.push(*function);
    }
}

/// Whether a function ends in a stop, with no way out before.
fn never_returns(function: &LocalFunction) -> bool {
    let entry = function.entry_block();
    let last = function.block(entry).instrs.last();
    if !matches!(last, Some((Instr::Unreachable(_), _))) {
        return false;
    }
    let mut exits = Exits {
        entry,
        found: false,
    };
    dfs_in_order(&mut exits, function, entry);
    !exits.found
}

struct Exits {
    entry: InstrSeqId,
    found: bool,
}

impl Visitor<'_> for Exits {
    fn visit_br(&mut self, instr: &Br) {
        self.found |= instr.block == self.entry;
    }

    fn visit_br_if(&mut self, instr: &BrIf) {
        self.found |= instr.block == self.entry;
    }

    fn visit_br_table(&mut self, instr: &BrTable) {
        self.found |= instr.default == self.entry || instr.blocks.contains(&self.entry);
    }

    fn visit_return(&mut self, _: &Return) {
        self.found = true;
    }

    fn visit_return_call(&mut self, _: &ReturnCall) {
        self.found = true;
    }

    fn visit_return_call_indirect(&mut self, _: &ReturnCallIndirect) {
        self.found = true;
    }
}

/// Makes a function do nothing but stop the module.
pub(super) fn stop_at_once(module: &mut Module, id: FunctionId) {
    let (params, results) = module.types.params_results(module.funcs.get(id).ty());
    let (params, results) = (params.to_vec(), results.to_vec());
    let arguments = params.iter().map(|p| module.locals.add(*p)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
    builder.func_body().unreachable();
    module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(arguments));
}

/// For each function, whether each of its arguments is of no use to it.
type Ignored = BTreeMap<FunctionId, Vec<bool>>;

/// All arguments of a function that only stops, and those of another that it does nothing with but pass them there.
fn ignored_arguments(module: &Module, silent: &BTreeSet<FunctionId>) -> Ignored {
    let count = |id: FunctionId| module.types.params(module.funcs.get(id).ty()).len();
    let mut ignored: Ignored = silent
        .iter()
        .map(|id| (*id, vec![true; count(*id)]))
        .collect();
    let others = module.funcs.iter_local();
    let others: Ignored = others
        .filter(|(id, _)| !silent.contains(id))
        .map(|(id, function)| {
            let mut uses = Uses {
                silent: &ignored,
                all: BTreeMap::new(),
                spent: BTreeMap::new(),
            };
            dfs_in_order(&mut uses, function, function.entry_block());
            let useless = |argument| uses.all.get(argument) == uses.spent.get(argument);
            (id, function.args.iter().map(useless).collect())
        })
        .collect();
    ignored.extend(others);
    ignored
}

/// The instructions that give the arguments of a call, each with the rank of its argument, from the last on, as far as
/// they plainly do.
fn plain_arguments(count: usize, before: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).rev().zip((0..before).rev())
}

/// How often each local is used, and how often only to be passed to what stops.
struct Uses<'a> {
    silent: &'a Ignored,
    all: BTreeMap<LocalId, usize>,
    spent: BTreeMap<LocalId, usize>,
}

impl<'a> Visitor<'a> for Uses<'_> {
    fn visit_local_id(&mut self, local: &LocalId) {
        *self.all.entry(*local).or_default() += 1;
    }

    fn start_instr_seq(&mut self, sequence: &'a InstrSeq) {
        for (at, (instr, _)) in sequence.instrs.iter().enumerate() {
            let Instr::Call(call) = instr else { continue };
            let count = self.silent.get(&call.func).map_or(0, Vec::len);
            for (_, place) in plain_arguments(count, at) {
                match &sequence.instrs[place].0 {
                    Instr::LocalGet(get) => *self.spent.entry(get.local).or_default() += 1,
                    Instr::Const(_) => {}
                    _ => break,
                }
            }
        }
    }
}

/// Makes zero of the numbers passed where they are of no use.
struct Passing<'a> {
    ignored: &'a Ignored,
    passed: BTreeSet<u64>,
}

impl VisitorMut for Passing<'_> {
    fn start_instr_seq_mut(&mut self, sequence: &mut InstrSeq) {
        for at in 0..sequence.instrs.len() {
            let Some((Instr::Call(call), _)) = sequence.instrs.get(at) else {
                continue;
            };
            let ignored = self.ignored.get(&call.func).map_or(&[][..], Vec::as_slice);
            for (rank, place) in plain_arguments(ignored.len(), at) {
                match &mut sequence.instrs[place].0 {
                    Instr::Const(Const {
                        value: Value::I32(value),
                    }) if ignored[rank] => {
                        self.passed.insert(u64::from(value.cast_unsigned()));
                        *value = 0;
                    }
                    Instr::LocalGet(_) | Instr::Const(_) => {}
                    _ => break,
                }
            }
        }
    }
}

/// Every number that can be an address.
struct Numbers(BTreeSet<u64>);

impl Visitor<'_> for Numbers {
    fn visit_load(&mut self, instr: &Load) {
        self.0.insert(instr.arg.offset);
    }

    fn visit_store(&mut self, instr: &Store) {
        self.0.insert(instr.arg.offset);
    }

    fn visit_const(&mut self, instr: &Const) {
        if let Value::I32(value) = instr.value {
            self.0.insert(u64::from(value.cast_unsigned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use walrus::ValType;

    /// Adds a function of one number that calls others with another number, then stops or returns.
    fn add(module: &mut Module, calls: &[(FunctionId, i32)], stops: bool) -> FunctionId {
        let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[]);
        let argument = module.locals.add(ValType::I32);
        let mut body = builder.func_body();
        for (callee, number) in calls {
            body.i32_const(*number).call(*callee);
        }
        body.local_get(argument).drop();
        if stops {
            body.unreachable();
        }
        builder.finish(vec![argument], &mut module.funcs)
    }

    #[test]
    fn what_only_prepares_the_words_of_a_panic_says_nothing_any_more() {
        let mut module = Module::default();
        let ty = module.types.add(&[ValType::I32], &[]);
        let (shown, _) = module.add_import_func("m", "shown", ty);
        let words = add(&mut module, &[], false);
        let panic = add(&mut module, &[(words, 64)], true);
        let bounds = add(&mut module, &[(panic, 80)], true);
        let seen = add(&mut module, &[(shown, 96)], true);
        let user = add(
            &mut module,
            &[(bounds, 112), (words, 256), (seen, 144)],
            false,
        );
        let twice = add(&mut module, &[(bounds, 112), (words, 112)], false);
        let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[]);
        let argument = module.locals.add(ValType::I32);
        builder.func_body().local_get(argument).call(bounds);
        let checked = builder.finish(vec![argument], &mut module.funcs);
        let borrower = add(&mut module, &[(checked, 160)], false);
        let silence = silence(&mut module);
        let silent: BTreeSet<usize> = [panic, bounds].map(|id| id.index()).into();
        assert_eq!(silence.functions, silent, "`seen` shows something first");
        for (function, start, spared) in [
            (user, 112, true),
            (user, 256, false),
            (user, 144, false),
            (twice, 112, false),
            (bounds, 80, false),
            (borrower, 160, true),
        ] {
            assert_eq!(
                silence.spares(function.index(), &(start..start + 16)),
                spared,
                "{start}"
            );
        }
    }

    #[test]
    fn a_function_that_may_return_is_left_alone() {
        let mut module = Module::default();
        let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[]);
        let argument = module.locals.add(ValType::I32);
        let mut body = builder.func_body();
        let entry = body.id();
        body.local_get(argument).br_if(entry).unreachable();
        builder.finish(vec![argument], &mut module.funcs);
        assert!(silence(&mut module).functions.is_empty());
    }
}
