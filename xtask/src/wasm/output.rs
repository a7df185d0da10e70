//! The output of wasm-bindgen, and of the splitter before it, for a compiled module.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use wasm_bindgen_cli_support::Bindgen;

use super::parts::{self, Parts};
use crate::build::Profile;
use crate::digest::Digest;
use crate::folder;

/// The base name of the files of wasm-bindgen.
const NAME: &str = "program";

/// The bindings between JavaScript and WebAssembly.
pub(crate) const BINDINGS: &str = "program.js";

/// The WebAssembly.
pub(crate) const MODULE: &str = "program_bg.wasm";

/// The script that loads parts; it exists only with parts.
pub(crate) const LOADER: &str = "split_loader.js";

/// The files of one program, as the tools wrote them.
#[derive(Debug)]
pub(crate) struct Output {
    /// The files, by name.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// The files of each part of the program.
    pub(crate) parts: Parts,
}

impl Output {
    /// Runs the tools on a module, or returns their cached output for the same module.
    pub(super) fn of(profile: Profile, package: &str, module: &[u8]) -> Result<Self> {
        let kept = CachedOutput::of(profile, package, module)?;
        let parts = match kept.parts() {
            Some(parts) => parts,
            None => kept.write(profile, module)?,
        };
        Ok(Self {
            files: folder::read(&kept.folder)?,
            parts,
        })
    }
}

/// The cached output of a package, with the key of its input.
struct CachedOutput {
    folder: PathBuf,
    /// The file with the key and the parts.
    record: PathBuf,
    key: String,
}

impl CachedOutput {
    /// The cache of a package. Its key includes this program, because the tools and their settings
    /// are part of it.
    fn of(profile: Profile, package: &str, module: &[u8]) -> Result<Self> {
        let program = std::env::current_exe().context("cannot tell where this program is")?;
        let mut digest = Digest::default();
        digest.add(module);
        digest.add(fs::read(&program).context("cannot read this program")?);
        let all = profile.folder()?.join("bindings");
        Ok(Self {
            folder: all.join(package),
            record: all.join(package).with_extension("json"),
            key: digest.full(),
        })
    }

    /// The parts of the cached output, if it belongs to this input.
    fn parts(&self) -> Option<Parts> {
        let record = fs::read(&self.record).ok()?;
        let mut record: Value = serde_json::from_slice(&record).ok()?;
        if record["key"] != self.key {
            return None;
        }
        serde_json::from_value(record["parts"].take()).ok()
    }

    /// Runs the tools. The record is removed first and written last, so that an interrupted run
    /// leaves none.
    fn write(&self, profile: Profile, module: &[u8]) -> Result<Parts> {
        if self.record.exists() {
            fs::remove_file(&self.record)?;
        }
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)?;
        }
        let cut = parts::cut(module, &self.folder)?;
        if profile == Profile::Release {
            parts::strip(&self.folder, &cut.parts)?;
        }
        self.bind(profile, cut.main)?;
        self.remember(&cut.parts)?;
        Ok(cut.parts)
    }

    fn remember(&self, parts: &Parts) -> Result<()> {
        let record = json!({ "key": self.key, "parts": parts });
        fs::write(&self.record, record.to_string())
            .with_context(|| format!("cannot write {}", self.record.display()))
    }

    /// Runs wasm-bindgen. It keeps the linker's exports, because the parts import them.
    fn bind(&self, profile: Profile, module: Vec<u8>) -> Result<()> {
        let is_release = profile == Profile::Release;
        Bindgen::new()
            .input_bytes(NAME, module)
            .web(true)?
            .typescript(false)
            .omit_default_module_path(true)
            .keep_lld_exports(true)
            .demangle(!is_release)
            .remove_name_section(is_release)
            .remove_producers_section(is_release)
            .generate(&self.folder)
            .context("wasm-bindgen")
    }
}

#[cfg(test)]
impl Output {
    /// A program without parts.
    pub(crate) fn whole(module: &[u8]) -> Self {
        Self {
            files: vec![
                (BINDINGS.to_owned(), b"// generated".to_vec()),
                (MODULE.to_owned(), module.to_vec()),
            ],
            parts: Parts::new(),
        }
    }

    /// A program with a part `a` of two files.
    pub(crate) fn with_part(module: &[u8]) -> Self {
        let mut output = Self::whole(module);
        output.files.push((LOADER.to_owned(), b"// loads".to_vec()));
        let files = ["chunk_1.wasm", "split_a.wasm"].map(str::to_owned);
        for name in &files {
            output.files.push((name.clone(), b"part".to_vec()));
        }
        output.parts.insert("a".to_owned(), files.to_vec());
        output
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{CachedOutput, Output};

    fn kept(folder: &Path, key: &str) -> CachedOutput {
        CachedOutput {
            folder: folder.join("program"),
            record: folder.join("program.json"),
            key: key.to_owned(),
        }
    }

    #[test]
    fn the_parts_are_known_again_for_the_same_input_only() {
        let folder = tempfile::tempdir().unwrap();
        let first = kept(folder.path(), "first");
        assert!(first.parts().is_none());
        let parts = Output::with_part(b"module").parts;
        first.remember(&parts).unwrap();
        assert_eq!(first.parts(), Some(parts));
        assert!(kept(folder.path(), "second").parts().is_none());
    }
}
