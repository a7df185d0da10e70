//! The identity of a program file, determined without reading it.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use anyhow::{Context as _, Result};

/// Distinguishes a program file from one that was built later in its place, possibly by Cargo in
/// another terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ProgramFile {
    device: u64,
    inode: u64,
    length: u64,
    /// Seconds and nanoseconds since 1970.
    modified: (i64, i64),
}

impl ProgramFile {
    /// The file at a path as it is now; an error if there is none.
    pub(super) fn at(path: &Path) -> Result<Self> {
        let found =
            fs::metadata(path).with_context(|| format!("cannot look at {}", path.display()))?;
        Ok(Self {
            device: found.dev(),
            inode: found.ino(),
            length: found.len(),
            modified: (found.mtime(), found.mtime_nsec()),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn a_file_that_was_only_read_is_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("program");
        fs::write(&path, "one").unwrap();
        let before = ProgramFile::at(&path).unwrap();
        fs::read(&path).unwrap();
        assert_eq!(ProgramFile::at(&path).unwrap(), before);
    }

    #[test]
    fn one_that_was_replaced_or_written_anew_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let [path, other] = ["program", "other"].map(|name| folder.path().join(name));
        // All with the same time, so that each case differs in one property.
        let write = |path: &Path, text: &str| {
            fs::write(path, text).unwrap();
            let file = File::options().write(true).open(path).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
            file
        };
        let _ = write(&path, "one");
        let first = ProgramFile::at(&path).unwrap();
        let _ = write(&other, "two");
        fs::rename(&other, &path).unwrap();
        let replaced = ProgramFile::at(&path).unwrap();
        assert_ne!(replaced, first);
        let file = write(&path, "three");
        let longer = ProgramFile::at(&path).unwrap();
        assert_ne!(longer, replaced);
        file.set_modified(SystemTime::UNIX_EPOCH + std::time::Duration::from_nanos(100))
            .unwrap();
        assert_ne!(ProgramFile::at(&path).unwrap(), longer);
        fs::remove_file(&path).unwrap();
        assert!(ProgramFile::at(&path).is_err());
    }
}
