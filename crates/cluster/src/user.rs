//! The user of the server: Elasticsearch refuses to run as root.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// The user and the group `nobody` of Unix.
const NOBODY: u32 = 65_534;

/// True if this process is root, so that the server runs as another user.
pub fn is_other_user() -> bool {
    rustix::process::geteuid().is_root()
}

/// Checks that the user of the server can access this folder or program.
///
/// # Errors
/// With the folder that is inaccessible.
pub fn check_reach(path: &Path) -> Result<()> {
    if !is_other_user() {
        return Ok(());
    }
    let path = path
        .canonicalize()
        .with_context(|| format!("{} is not there", path.display()))?;
    for folder in path.ancestors().skip(1) {
        if fs::metadata(folder)?.mode() & 0o001 == 0 {
            bail!(
                "as root, Elasticsearch runs as another user, to whom {} is closed",
                folder.display()
            );
        }
    }
    Ok(())
}

/// Makes the command run as the user of the server, without the supplementary groups of this
/// process.
pub(crate) fn switch(command: &mut Command) {
    if is_other_user() {
        command.uid(NOBODY).gid(NOBODY);
    }
}

/// Makes the user of the server the owner of the folder and of everything in it.
pub(crate) fn give(folder: &Path) -> Result<()> {
    if !is_other_user() {
        return Ok(());
    }
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        give_one(&folder)?;
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            match entry.file_type()? {
                kind if kind.is_dir() => waiting.push(entry.path()),
                kind if kind.is_file() => give_one(&entry.path())?,
                _ => {}
            }
        }
    }
    Ok(())
}

fn give_one(path: &Path) -> Result<()> {
    chown(path, Some(NOBODY), Some(NOBODY))
        .with_context(|| format!("cannot give {} to another user", path.display()))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_folder_behind_a_closed_one_is_out_of_reach_for_root_only() {
        let outer = tempfile::tempdir().unwrap();
        let inner = outer.path().join("inner");
        fs::create_dir(&inner).unwrap();
        fs::set_permissions(outer.path(), fs::Permissions::from_mode(0o700)).unwrap();
        assert_eq!(check_reach(&inner).is_err(), is_other_user());
    }
}
