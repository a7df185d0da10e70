//! Reads folders as lists of files.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

/// The files in a folder and its subfolders, by their relative paths with slashes, in order. Names
/// with a leading dot are left out.
pub(crate) fn read(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut found = Vec::new();
    let mut waiting = vec![(String::new(), folder.to_owned())];
    while let Some((prefix, folder)) = waiting.pop() {
        let entries =
            fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else {
                bail!("the name of {} is not text", entry.path().display());
            };
            if name.starts_with('.') {
                continue;
            }
            let name = format!("{prefix}{name}");
            if entry.file_type()?.is_dir() {
                waiting.push((format!("{name}/"), entry.path()));
            } else {
                let content = fs::read(entry.path())
                    .with_context(|| format!("cannot read {}", entry.path().display()))?;
                found.push((name, content));
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::read;

    #[test]
    fn files_below_are_named_by_their_path_and_hidden_ones_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("b/c")).unwrap();
        for name in ["b/c/d.txt", "a.txt", ".hidden"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let found = read(folder.path()).unwrap();
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a.txt", "b/c/d.txt"]);
        assert_eq!(found[1].1, b"b/c/d.txt");
    }
}
