//! What wasm-bindgen writes for a compiled module.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::build::Profile;
use crate::digest::Digest;
use crate::folder;

/// The name that wasm-bindgen gives to the files of a program.
const NAME: &str = "program";

/// The script that wasm-bindgen writes: the bindings between JavaScript and WebAssembly.
pub(crate) const BINDINGS: &str = "program.js";

/// The WebAssembly.
pub(crate) const MODULE: &str = "program_bg.wasm";

/// The files that wasm-bindgen writes for one program, by name, as it wrote them.
#[derive(Debug)]
pub(crate) struct Output(pub(crate) Vec<(String, Vec<u8>)>);

impl Output {
    /// Runs wasm-bindgen over a module, or reads what it wrote for the same module before.
    pub(super) fn of(profile: Profile, package: &str, module: Vec<u8>) -> Result<Self> {
        let kept = Kept::of(profile, package, &module)?;
        if !kept.is_current() {
            kept.write(profile, module)?;
        }
        Ok(Self(folder::read(&kept.folder)?))
    }
}

/// The last output for a package, and the key of its input.
struct Kept {
    folder: PathBuf,
    key_file: PathBuf,
    key: String,
}

impl Kept {
    /// The key holds this program too, because wasm-bindgen and its settings are part of it.
    fn of(profile: Profile, package: &str, module: &[u8]) -> Result<Self> {
        let program = std::env::current_exe().context("cannot tell where this program is")?;
        let mut digest = Digest::default();
        digest.add(module);
        digest.add(fs::read(&program).context("cannot read this program")?);
        let all = profile.folder()?.join("bindings");
        Ok(Self {
            folder: all.join(package),
            key_file: all.join(package).with_extension("key"),
            key: digest.full(),
        })
    }

    fn is_current(&self) -> bool {
        fs::read_to_string(&self.key_file).is_ok_and(|key| key == self.key)
    }

    /// The key is removed first and written last, so that a run that is cut off leaves none.
    fn write(&self, profile: Profile, module: Vec<u8>) -> Result<()> {
        if self.key_file.exists() {
            fs::remove_file(&self.key_file)?;
        }
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)?;
        }
        let is_release = profile == Profile::Release;
        Bindgen::new()
            .input_bytes(NAME, module)
            .web(true)?
            .typescript(false)
            .omit_default_module_path(true)
            .demangle(!is_release)
            .remove_name_section(is_release)
            .remove_producers_section(is_release)
            .generate(&self.folder)
            .context("wasm-bindgen")?;
        fs::write(&self.key_file, &self.key)
            .with_context(|| format!("cannot write {}", self.key_file.display()))
    }
}
