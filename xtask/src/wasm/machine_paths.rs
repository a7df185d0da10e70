//! The paths of this machine, which are nobody's business and are kept out of what is shipped.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::json;

use crate::{environment, paths, shell};

/// A folder of this machine, and what the compiler calls it instead.
struct Folder {
    path: PathBuf,
    name: &'static str,
}

/// The setting that makes the compiler forget this machine; to be given to cargo as `--config`. Cargo
/// adds it to the flags in `.cargo/config.toml`.
pub(super) fn forgetting(target: &str) -> Result<String> {
    let flags: Vec<String> = folders()?.iter().map(flag).collect();
    Ok(format!("target.{target}.rustflags={}", json!(flags)))
}

fn flag(folder: &Folder) -> String {
    format!(
        "--remap-path-prefix={}={}",
        folder.path.display(),
        folder.name
    )
}

/// Where sources are compiled from: the crates, the standard library and this repository.
fn folders() -> Result<[Folder; 3]> {
    let mut rustc = Command::new("rustc");
    rustc.current_dir(paths::top()).args(["--print", "sysroot"]);
    let sysroot = shell::output(&mut rustc)?;
    Ok([
        Folder {
            path: environment::cargo_home().context("there is no folder for cargo's crates")?,
            name: "cargo",
        },
        Folder {
            path: PathBuf::from(sysroot.trim()),
            name: "rust",
        },
        Folder {
            path: paths::top().to_owned(),
            name: "inspired",
        },
    ])
}

/// Fails when something that is to be shipped tells of this machine.
pub(crate) fn refuse(content: &[u8]) -> Result<()> {
    let folders = folders()?.map(|folder| folder.path);
    let all = folders.into_iter().chain(environment::home());
    for folder in all.filter(|folder| folder.parent().is_some()) {
        if is_in(&folder, content) {
            bail!(
                "the WebAssembly names {}, a folder of this machine. Are there compiler flags in \
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
