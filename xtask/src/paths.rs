//! The paths of the repository.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The root of the repository.
pub(crate) fn top() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

/// Cargo's target folder: the one that contains this program, so that `CARGO_TARGET_DIR` and
/// `build.target-dir` need not be read.
pub(crate) fn target() -> Result<PathBuf> {
    let program = std::env::current_exe().context("cannot tell where this program is")?;
    let folder = program.ancestors().nth(2);
    Ok(folder.context("this program is in no folder")?.to_owned())
}
