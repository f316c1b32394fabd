//! What the linker knew and a bound module no longer tells: which function and which datum holds the address of which.
//!
//! Read off the relocations that `--emit-relocs` leaves. A function goes by its name, which binding keeps.

use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::ops::Range;
use wasmparser::{
    Data, DataKind, KnownCustom, Linking, Name, Operator, Parser, Payload, RelocationEntry,
    RelocationType, SymbolInfo,
};

/// What an address leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// A function, by its name.
    Function(String),
    /// A datum, by its rank in [`Links::data`].
    Datum(usize),
}

/// The addresses that a linked module holds.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// Where each datum stands in the memory.
    pub(super) data: Vec<Range<u64>>,
    /// What each function holds the address of. Functions of one name share what they hold. A function without an
    /// address is there too.
    pub(super) of_functions: BTreeMap<String, Vec<Target>>,
    /// The same of each datum.
    pub(super) of_data: Vec<Vec<Target>>,
}

/// Reads the links of a module linked with its relocations.
///
/// # Errors
/// Where the module has no relocations, or is no module.
pub(super) fn read(linked: &[u8]) -> Result<Links> {
    let layout = Layout::read(linked)?;
    let mut links = Links {
        of_data: vec![Vec::new(); layout.data.len()],
        of_functions: layout
            .names
            .values()
            .map(|n| (n.clone(), Vec::new()))
            .collect(),
        data: layout.data.clone(),
    };
    if layout.relocations.is_empty() {
        bail!("the module was linked without its relocations");
    }
    for (section, entry) in &layout.relocations {
        let Some(target) = layout.target(entry) else {
            continue;
        };
        let at = layout.sections[*section] + entry.offset as usize;
        if Some(*section) == layout.code {
            let function = layout.function_at(at).context("a relocation of no code")?;
            let name = layout
                .names
                .get(&function)
                .context("a function without a name")?;
            links
                .of_functions
                .entry(name.clone())
                .or_default()
                .push(target);
        } else {
            let address = layout
                .address_of(at)
                .context("a relocation of no segment")?;
            for rank in layout.data_at(address) {
                links.of_data[rank].push(target.clone());
            }
        }
    }
    Ok(links)
}

/// Where things stand in the file.
#[derive(Default)]
struct Layout {
    /// Where the contents of each section begin.
    sections: Vec<usize>,
    code: Option<usize>,
    imported: u32,
    bodies: Vec<Range<usize>>,
    /// Address and place in the file of each segment.
    segments: Vec<(u64, Range<usize>)>,
    names: BTreeMap<u32, String>,
    /// Function of each symbol that is one.
    functions: BTreeMap<usize, u32>,
    data: Vec<Range<u64>>,
    /// Rank in `data` of each symbol that is one.
    ranks: BTreeMap<usize, usize>,
    relocations: Vec<(usize, RelocationEntry)>,
}

impl Layout {
    fn read(linked: &[u8]) -> Result<Self> {
        let mut layout = Self::default();
        let mut symbols = Vec::new();
        for payload in Parser::new(0).parse_all(linked) {
            let payload = payload?;
            if let Some((_, range)) = payload.as_section() {
                layout.sections.push(range.start);
            }
            layout.take(payload, &mut symbols)?;
        }
        for (symbol, info) in symbols.into_iter().enumerate() {
            layout.take_symbol(symbol, &info)?;
        }
        Ok(layout)
    }

    fn take<'a>(&mut self, payload: Payload<'a>, symbols: &mut Vec<SymbolInfo<'a>>) -> Result<()> {
        match payload {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    if matches!(import?.ty, wasmparser::TypeRef::Func(_)) {
                        self.imported += 1;
                    }
                }
            }
            Payload::CodeSectionStart { .. } => self.code = Some(self.sections.len() - 1),
            Payload::CodeSectionEntry(body) => self.bodies.push(body.range()),
            Payload::DataSection(segments) => {
                for segment in segments {
                    self.segments.push(place_of(&segment?)?);
                }
            }
            Payload::CustomSection(custom) => match custom.as_known() {
                KnownCustom::Linking(reader) => {
                    for part in reader.subsections() {
                        if let Linking::SymbolTable(table) = part? {
                            for symbol in table {
                                symbols.push(symbol?);
                            }
                        }
                    }
                }
                KnownCustom::Reloc(reader) => {
                    let section = reader.section_index() as usize;
                    for entry in reader.entries() {
                        self.relocations.push((section, entry?));
                    }
                }
                KnownCustom::Name(reader) => {
                    for part in reader {
                        if let Name::Function(names) = part? {
                            for naming in names {
                                let naming = naming?;
                                self.names.insert(naming.index, naming.name.to_owned());
                            }
                        }
                    }
                }
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    fn take_symbol(&mut self, symbol: usize, info: &SymbolInfo) -> Result<()> {
        match info {
            SymbolInfo::Func { index, .. } => {
                self.functions.insert(symbol, *index);
            }
            SymbolInfo::Data {
                symbol: Some(datum),
                ..
            } => {
                let segment = self.segments.get(datum.index as usize);
                let (address, _) = segment.context("a datum of no segment")?;
                let start = address + u64::from(datum.offset);
                self.ranks.insert(symbol, self.data.len());
                self.data.push(start..start + u64::from(datum.size));
            }
            _ => {}
        }
        Ok(())
    }

    /// What a relocation leads to, where it takes an address; a plain call does not.
    fn target(&self, entry: &RelocationEntry) -> Option<Target> {
        let symbol = entry.index as usize;
        match entry.ty {
            RelocationType::TableIndexSleb
            | RelocationType::TableIndexI32
            | RelocationType::FunctionIndexI32 => {
                let name = self.names.get(self.functions.get(&symbol)?)?;
                Some(Target::Function(name.clone()))
            }
            RelocationType::MemoryAddrLeb
            | RelocationType::MemoryAddrSleb
            | RelocationType::MemoryAddrI32 => Some(Target::Datum(*self.ranks.get(&symbol)?)),
            _ => None,
        }
    }

    /// Index of the function whose body holds a place of the file.
    fn function_at(&self, at: usize) -> Option<u32> {
        let rank = self.bodies.partition_point(|body| body.end <= at);
        let body = self.bodies.get(rank)?;
        body.contains(&at)
            .then_some(self.imported + u32::try_from(rank).ok()?)
    }

    /// Address in the memory of a place of the file.
    fn address_of(&self, at: usize) -> Option<u64> {
        let found = self
            .segments
            .iter()
            .find(|(_, place)| place.contains(&at))?;
        Some(found.0 + (at - found.1.start) as u64)
    }

    fn data_at(&self, address: u64) -> impl Iterator<Item = usize> {
        let data = self.data.iter().enumerate();
        data.filter(move |(_, place)| place.contains(&address))
            .map(|(rank, _)| rank)
    }
}

/// Address of an active segment, and where its bytes stand in the file.
fn place_of(segment: &Data) -> Result<(u64, Range<usize>)> {
    let DataKind::Active { offset_expr, .. } = &segment.kind else {
        bail!("a passive segment");
    };
    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
        bail!("a segment whose address is computed");
    };
    let place = segment.range.end - segment.data.len()..segment.range.end;
    Ok((u64::from(value.cast_unsigned()), place))
}
