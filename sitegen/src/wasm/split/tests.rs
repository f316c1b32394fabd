//! A small module cut in two.

use super::super::links::Target;
use super::*;
use walrus::{RefType, ValType};

const ENTRY: &str = "_ZN9calc_wasm4tard5paste17h0123456789abcdefE";

/// `start` calls `shared`, `large` and the entry; the entry calls `shared`, `large` and `big`, and holds a datum that holds `pointed`.
fn bound() -> Vec<u8> {
    let mut module = Module::default();
    let memory = module.memories.add_local(false, false, 1, None, None);
    let table = module.tables.add_local(false, 3, Some(3), RefType::FUNCREF);
    let mut add = |name: &str, calls: &[FunctionId]| {
        let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[]);
        builder.name(name.to_owned());
        let argument = module.locals.add(ValType::I32);
        let mut body = builder.func_body();
        for call in calls {
            body.local_get(argument).call(*call);
        }
        builder.finish(vec![argument], &mut module.funcs)
    };
    let shared = add("shared", &[]);
    let big = add("big", &[]);
    let pointed = add("pointed", &[]);
    let large = add("large", &[shared; 50]);
    let entry = add(ENTRY, &[shared, large, big]);
    let start = add("start", &[shared, large, entry]);
    module.exports.add("start", start);
    module.exports.add("memory", memory);
    let kind = |at| ElementKind::Active {
        table,
        offset: ConstExpr::Value(Value::I32(at)),
    };
    let items = ElementItems::Functions(vec![shared, pointed]);
    let element = module.elements.add(kind(1), items);
    module.tables.get_mut(table).elem_segments.insert(element);
    let offset = ConstExpr::Value(Value::I32(64));
    let kind = DataKind::Active { memory, offset };
    let data = module.data.add(kind, (1..65).collect());
    module.memories.get_mut(memory).data_segments.insert(data);
    module.emit_wasm()
}

fn links() -> Links {
    let held = |targets: &[Target]| targets.to_vec();
    Links {
        data: vec![64..80, 96..112, 112..116, 120..128],
        of_functions: [
            (
                "start",
                held(&[Target::Datum(0), Target::Function("shared".into())]),
            ),
            (ENTRY, held(&[Target::Datum(1), Target::Datum(3)])),
        ]
        .map(|(name, held)| (name.to_owned(), held))
        .into(),
        // The third datum is nobody's.
        of_data: vec![
            Vec::new(),
            vec![Target::Function("pointed".into())],
            Vec::new(),
            Vec::new(),
        ],
    }
}

fn segments(module: &Module) -> Vec<(i32, Vec<u8>)> {
    let place = |offset: &ConstExpr| match offset {
        ConstExpr::Value(Value::I32(at)) => *at,
        other => panic!("{other:?}"),
    };
    let segments = module.data.iter().map(|data| match &data.kind {
        DataKind::Active { offset, .. } => (place(offset), data.value.clone()),
        DataKind::Passive => panic!("passive"),
    });
    segments.collect()
}

fn local_functions(module: &Module) -> usize {
    module.funcs.iter_local().count()
}

#[test]
fn what_only_an_entry_reaches_goes() {
    let parts = split(&bound(), &links(), "calc_wasm::tard").expect("two parts");
    let first = Module::from_buffer(&parts.first).expect("a module");
    let second = Module::from_buffer(&parts.second).expect("a module");
    // `start`, `shared`, `large` and the stub; the entry, `big`, `pointed` and a copy of `shared`.
    assert_eq!((local_functions(&first), local_functions(&second)), (4, 4));
    let imported = second.funcs.iter().count() - local_functions(&second);
    assert_eq!(imported, 1, "what is large is called where it is");
    // 80 to 96 and 116 to 120 belong to no datum, and stay, with zeros between.
    let whole: Vec<u8> = (1..65).collect();
    let first_data = [&whole[..32], &[0; 20], &whole[52..56]].concat();
    assert_eq!(segments(&first), [(64, first_data)]);
    // The second writes its own bytes alone.
    let second_data = [(96, whole[32..48].to_vec()), (120, whole[56..].to_vec())];
    assert_eq!(segments(&second), second_data);
    let slots = |module: &Module| -> usize { module.elements.iter().count() };
    assert_eq!(
        (slots(&first), slots(&second)),
        (1, 1),
        "slots 2 and 3 of the second are one run"
    );
    let size = first
        .tables
        .iter()
        .next()
        .map(|table| (table.initial, table.maximum));
    assert_eq!(size, Some((4, Some(4))), "a slot for the entry");
    let named: Vec<_> = second
        .imports
        .iter()
        .map(|i| (i.module.as_str(), i.name.as_str()))
        .collect();
    assert!(
        named.iter().all(|(module, _)| *module == FIRST),
        "{named:?}"
    );
    let exported = |name: &str| first.exports.iter().any(|export| export.name == name);
    assert!(named.iter().all(|(_, name)| exported(name)), "{named:?}");
    assert!(exported("start") && second.exports.iter().count() == 0);
}

#[test]
fn without_an_entry_there_is_nothing_to_cut() {
    let fault = split(&bound(), &links(), "calc_wasm::ailleurs").err();
    assert!(fault.is_some_and(|f| f.to_string().contains("calc_wasm::ailleurs")));
}

#[test]
fn short_names_are_all_different() {
    let names: std::collections::BTreeSet<_> = (0..800).map(short_name).collect();
    assert_eq!(
        (names.len(), short_name(0), short_name(26)),
        (800, "a".into(), "aa".into())
    );
}
