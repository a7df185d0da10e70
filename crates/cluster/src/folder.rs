//! The folder of a node: its settings, its data, its logs.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use tempfile::TempDir;

use crate::certificates::Certificates;
use crate::installation::Installation;
use crate::watchdog::Watchdog;
use crate::{settings, user};

/// The folder of a node.
#[derive(Debug)]
pub(crate) struct NodeFolder {
    path: PathBuf,
    _hold: FolderLifetime,
}

/// The ownership of a folder by this process.
#[derive(Debug)]
enum FolderLifetime {
    /// A persistent folder, locked because another process could use it too.
    Kept { _lock: File },
    /// A temporary folder, removed with this value or, by the watchdog, with this process.
    Temporary {
        _watchdog: Watchdog,
        _folder: TempDir,
    },
}

impl NodeFolder {
    /// A persistent folder; created if it does not exist.
    pub(crate) fn kept(path: &Path) -> Result<Self> {
        fs::create_dir_all(path).with_context(|| format!("cannot make {}", path.display()))?;
        let path = path.canonicalize()?;
        user::check_reach(&path)?;
        let lock = File::create(path.join("lock"))?;
        if matches!(lock.try_lock(), Err(TryLockError::WouldBlock)) {
            bail!(
                "another process runs the Elasticsearch of {}",
                path.display()
            );
        }
        Ok(Self {
            path,
            _hold: FolderLifetime::Kept { _lock: lock },
        })
    }

    /// A temporary folder, removed with this value.
    pub(crate) fn fresh() -> Result<Self> {
        let mut builder = tempfile::Builder::new();
        let folder = builder.prefix("inspired-elasticsearch-").tempdir()?;
        let path = folder.path().canonicalize()?;
        user::check_reach(&path)?;
        Ok(Self {
            path,
            _hold: FolderLifetime::Temporary {
                _watchdog: Watchdog::over_folder(folder.path())?,
                _folder: folder,
            },
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn config(&self) -> PathBuf {
        self.path.join("config")
    }

    pub(crate) fn certificates(&self) -> PathBuf {
        self.config().join("certificates")
    }

    pub(crate) fn temporary(&self) -> PathBuf {
        self.path.join("tmp")
    }

    pub(crate) fn pid_file(&self) -> PathBuf {
        self.path.join("node.pid")
    }

    /// The file with the output of the server.
    pub(crate) fn console(&self) -> PathBuf {
        self.path.join("console.log")
    }

    /// Opens that file, emptied.
    pub(crate) fn open_console(&self) -> Result<File> {
        let path = self.console();
        File::create(&path).with_context(|| format!("cannot write {}", path.display()))
    }

    /// Writes the settings; existing data stays.
    pub(crate) fn prepare(
        &self,
        home: &Installation,
        settings: &str,
        java: &str,
        certificates: Option<&Certificates>,
    ) -> Result<()> {
        let config = self.config();
        if config.exists() {
            fs::remove_dir_all(&config)?;
        }
        for name in ["config/jvm.options.d", "data", "logs", "snapshots", "tmp"] {
            fs::create_dir_all(self.path.join(name))?;
        }
        copy_files(&home.server().join("config"), &config)?;
        let jvm_options = config.join("jvm.options");
        fs::write(
            &jvm_options,
            settings::quiet(&fs::read_to_string(&jvm_options)?),
        )?;
        fs::write(config.join("jvm.options.d/node.options"), java)?;
        fs::write(config.join("elasticsearch.yml"), settings)?;
        if let Some(certificates) = certificates {
            fs::create_dir_all(self.certificates())?;
            certificates.write(&self.certificates())?;
        }
        user::give(&self.path)
    }
}

fn copy_files(from: &Path, to: &Path) -> Result<()> {
    let entries = fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))?;
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{
        os::unix::fs::PermissionsExt as _,
        thread,
        time::{Duration, Instant},
    };

    use super::*;

    #[test]
    fn a_kept_folder_belongs_to_one_at_a_time() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("kept");
        // As root, the server runs as another user, who must be able to enter this folder.
        fs::set_permissions(place.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let one = NodeFolder::kept(&folder).unwrap();
        let refused = NodeFolder::kept(&folder).unwrap_err().to_string();
        assert!(refused.contains("another process"), "{refused}");
        drop(one);
        // A child process that another test starts has a copy of the lock until its `exec`.
        let began = Instant::now();
        while let Err(refused) = NodeFolder::kept(&folder) {
            assert!(began.elapsed() < Duration::from_secs(10), "{refused}");
            thread::yield_now();
        }
    }

    #[test]
    fn a_temporary_folder_goes_with_its_value() {
        let temporary = NodeFolder::fresh().unwrap();
        let path = temporary.path().to_owned();
        assert!(path.is_dir());
        drop(temporary);
        assert!(!path.exists());
    }
}
