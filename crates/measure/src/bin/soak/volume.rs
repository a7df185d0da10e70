//! A small disk.

use std::{
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use rustix::mount::{MountFlags, UnmountFlags, mount, unmount};

/// A file system in memory with a fixed size; unmounted when it is dropped.
#[derive(Debug)]
pub(crate) struct Volume {
    path: PathBuf,
}

impl Volume {
    /// Mounts one, which requires root.
    pub(crate) fn mount(path: &Path, mebibytes: u32) -> Result<Self> {
        fs::create_dir_all(path)?;
        let options = std::ffi::CString::new(format!("size={mebibytes}m,mode=0700"))?;
        mount(
            "tmpfs",
            path,
            "tmpfs",
            MountFlags::empty(),
            options.as_c_str(),
        )
        .context("a small disk cannot be mounted")?;
        Ok(Self {
            path: path.to_owned(),
        })
    }

    /// Fills all free space.
    pub(crate) fn fill(&self) -> Result<()> {
        let mut filler = File::options()
            .create(true)
            .append(true)
            .open(self.filler())?;
        for size in [64 * 1024, 4096, 1] {
            let block = vec![0; size];
            while filler.write_all(&block).is_ok() {}
        }
        Ok(())
    }

    /// Frees the space.
    pub(crate) fn clear(&self) -> Result<()> {
        fs::remove_file(self.filler()).context("the filler cannot be removed")
    }

    fn filler(&self) -> PathBuf {
        self.path.join("filler")
    }
}

impl Drop for Volume {
    fn drop(&mut self) {
        // A server may still have files open; the mount point is gone in any case.
        let _ = unmount(&self.path, UnmountFlags::DETACH);
    }
}
