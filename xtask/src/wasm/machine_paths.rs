//! Removes the paths of this machine from shipped files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::{environment, paths, shell};

/// A folder of this machine, and its replacement in compiled files.
struct Folder {
    path: PathBuf,
    name: &'static str,
}

/// The compiler flags that replace the folders.
pub(super) fn flags() -> Result<Vec<String>> {
    Ok(folders()?.iter().map(flag).collect())
}

fn flag(folder: &Folder) -> String {
    format!(
        "--remap-path-prefix={}={}",
        folder.path.display(),
        folder.name
    )
}

/// The folders of compiled sources: the crates, the standard library and this repository. The
/// compiler uses the last one that matches.
fn folders() -> Result<Vec<Folder>> {
    let mut rustc = Command::new("rustc");
    rustc.current_dir(paths::top()).args(["--print", "sysroot"]);
    let sysroot = shell::output(&mut rustc)?;
    let cargo = environment::cargo_home().context("there is no folder for cargo's crates")?;
    let registries = registries(&cargo)?;
    let named = [
        (cargo, "cargo"),
        (PathBuf::from(sysroot.trim()), "rust"),
        (paths::top().to_owned(), "inspired"),
    ];
    let registries = registries.into_iter().map(|path| (path, "crates"));
    let folders = named.into_iter().chain(registries);
    Ok(folders.map(|(path, name)| Folder { path, name }).collect())
}

/// The folders of unpacked crates, one for each registry, whose name must not be shipped either.
fn registries(cargo: &Path) -> Result<Vec<PathBuf>> {
    let unpacked = cargo.join("registry/src");
    if !unpacked.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(&unpacked);
    let entries = entries.with_context(|| format!("cannot read {}", unpacked.display()))?;
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry?.path());
    }
    paths.sort_unstable();
    Ok(paths)
}

/// Fails if a file contains a path of this machine.
pub(crate) fn refuse(content: &[u8]) -> Result<()> {
    let folders = folders()?.into_iter().map(|folder| folder.path);
    let all = folders.chain(environment::home());
    for folder in all.filter(|folder| folder.parent().is_some()) {
        if is_in(&folder, content) {
            bail!(
                "the browser's program names {}, a folder of this machine. Are there compiler flags in \
                 RUSTFLAGS? They replace those of this build",
                folder.display()
            );
        }
    }
    Ok(())
}

fn is_in(folder: &Path, content: &[u8]) -> bool {
    let inside = folder.join("");
    let inside = inside.as_os_str().as_encoded_bytes();
    content.windows(inside.len()).any(|window| window == inside)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::is_in;

    #[test]
    fn a_path_inside_the_folder_is_found() {
        let folder = Path::new("/srv/ada");
        assert!(is_in(folder, b"\0\x1f/srv/ada/.cargo/registry/src\0"));
        assert!(!is_in(folder, b"/srv.rs /srv/adam/x /srv/ada"));
    }
}
