//! The parts of a program: code that browsers load only when it is needed.
//!
//! A module is split at functions marked with `#[wasm_split(NAME, …)]`. Code that only the
//! functions of one name use goes into the file of that part, and code that several parts use into
//! files that they share. Everything else stays in the main module.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use wasm_encoder::Module;
use wasm_encoder::reencode::{self, Reencode};
use wasm_split_cli_support::{Options, transform};
use wasmparser::{CustomSectionReader, Parser};

use super::{BINDINGS, LOADER};

/// Makes the linker keep the relocations, which show what each function uses.
pub(super) const LINKER_FLAGS: [&str; 2] = ["-C", "link-arg=--emit-relocs"];

/// The names of the files of each part, by the name of the part.
pub(crate) type Parts = BTreeMap<String, Vec<String>>;

/// A split module.
#[derive(Debug)]
pub(super) struct SplitModule {
    /// The main module, the input of wasm-bindgen.
    pub(super) main: Vec<u8>,
    /// The parts with their files in the folder; empty if no function is marked.
    pub(super) parts: Parts,
}

/// Splits a module; writes the files of its parts, and the script that loads them, into the
/// folder.
///
/// A module without marked functions is processed too, because that removes the relocations, which
/// wasm-bindgen would keep.
pub(super) fn cut(module: &[u8], folder: &Path) -> Result<SplitModule> {
    let main = folder.join("main.wasm");
    let (bindings, loader) = (format!("./{BINDINGS}"), format!("./{LOADER}"));
    let mut options = Options::new(module);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &bindings;
    options.link_name = &loader;
    options.emit_dwarf = false;
    let split = transform(options).map_err(|report| anyhow!("{report:#}"));
    let split = split.context(
        "the module cannot be cut. Are there compiler flags in RUSTFLAGS? They replace those of this \
         build",
    )?;
    let content = fs::read(&main).with_context(|| format!("cannot read {}", main.display()))?;
    fs::remove_file(&main)?;
    if split.prefetch_map.is_empty() {
        fs::remove_file(folder.join(LOADER))?;
    }
    let files = |stems: Vec<String>| stems.iter().map(|stem| format!("{stem}.wasm")).collect();
    let parts = split.prefetch_map.into_iter();
    Ok(SplitModule {
        main: content,
        parts: parts.map(|(name, stems)| (name, files(stems))).collect(),
    })
}

/// Removes sections for debuggers from the files of the parts; wasm-bindgen does so for the main
/// module.
pub(super) fn strip(folder: &Path, parts: &Parts) -> Result<()> {
    let files: BTreeSet<&String> = parts.values().flatten().collect();
    for name in files {
        let path = folder.join(name);
        let module = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let stripped = without_custom_sections(&module)
            .with_context(|| format!("{} is no WebAssembly", path.display()))?;
        fs::write(&path, stripped).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn without_custom_sections(module: &[u8]) -> Result<Vec<u8>> {
    let mut encoded = Module::new();
    let all = Parser::new(0);
    WithoutCustomSections.parse_core_module(&mut encoded, all, module)?;
    Ok(encoded.finish())
}

/// Encodes a module again, which also shortens numbers that the linker has padded.
struct WithoutCustomSections;

impl Reencode for WithoutCustomSections {
    type Error = Infallible;

    fn parse_custom_section(
        &mut self,
        _: &mut Module,
        _: CustomSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
