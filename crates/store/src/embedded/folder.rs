//! The data folder, which one process uses at a time.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    process,
};

use super::{
    open_error::OpenError,
    schema::{DATABASE, LEFTOVERS, LOG},
};

/// Locked while a process uses the folder; contains its process id, for the message of a second
/// process.
const LOCK: &str = "lock";

/// The data folder, locked by this process until it is dropped.
pub(super) struct DataFolder {
    path: PathBuf,
    lock: File,
    /// What `claim` has created, and is removed again if the store is not opened.
    made: CreatedFiles,
}

struct CreatedFiles {
    folder: bool,
    lock: bool,
}

impl DataFolder {
    /// Creates the folder if it does not exist, and locks it. The lock ends with the process,
    /// however it ends.
    pub(super) fn claim(path: &Path) -> Result<Self, OpenError> {
        let made_folder = make(path)?;
        let lock_path = path.join(LOCK);
        let made = CreatedFiles {
            folder: made_folder,
            lock: !exists(&lock_path)?,
        };
        let lock = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&lock_path)
            .map_err(unusable(&lock_path))?;
        take(&lock, path)?;
        let mut folder = Self {
            path: path.to_owned(),
            lock,
            made,
        };
        folder.sign().map_err(unusable(&lock_path))?;
        Ok(folder)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// True if there is no store yet. A log without its database is an error: the database was
    /// lost, and a new one would hide that.
    pub(super) fn is_fresh(&self) -> Result<bool, OpenError> {
        let database = self.path.join(DATABASE);
        if exists(&database)? {
            return Ok(false);
        }
        if exists(&self.path.join(LOG))? {
            return Err(OpenError::Damaged {
                path: database,
                reason: "it is missing, and its write-ahead log is there".to_owned(),
            });
        }
        Ok(true)
    }

    /// Restricts the folder and the database to the user of the process.
    pub(super) fn make_private(&self, database: &Path) -> Result<(), OpenError> {
        for (path, mode) in [(self.path(), 0o700), (database, 0o600)] {
            fs::set_permissions(path, Permissions::from_mode(mode)).map_err(unusable(path))?;
        }
        Ok(())
    }

    /// Removes what `claim` has created, if the store was not opened.
    pub(super) fn remove_created(&self) {
        self.remove_leftovers();
        // A lock that cannot be removed is harmless: the next `claim` takes it.
        if self.made.lock {
            let _ = fs::remove_file(self.path.join(LOCK));
        }
        if self.made.folder {
            let _ = fs::remove_dir(&self.path);
        }
    }

    /// Removes leftovers of a start that was killed while it created a database.
    pub(super) fn remove_leftovers(&self) {
        for name in LEFTOVERS {
            // Most do not exist; one that cannot be removed fails the creation of the database.
            let _ = fs::remove_file(self.path.join(name));
        }
    }

    fn sign(&mut self) -> io::Result<()> {
        self.lock.set_len(0)?;
        write!(self.lock, "{}", process::id())
    }
}

impl Drop for DataFolder {
    /// Closing the file is not enough: a child process that is just being started has a copy of
    /// the descriptor for a moment, which would keep the folder locked.
    fn drop(&mut self) {
        let _ = self.lock.unlock();
    }
}

/// Creates the folder if it does not exist; returns true if it did not.
fn make(path: &Path) -> Result<bool, OpenError> {
    match fs::metadata(path) {
        Ok(found) if !found.is_dir() => Err(OpenError::NotAFolder(path.to_owned())),
        Ok(found) => refuse_shared(path, found.mode()).map(|()| false),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map(|()| true)
            .map_err(unusable(path)),
        Err(cause) => Err(unusable(path)(cause)),
    }
}

/// Rejects a folder that other users share, such as `/tmp`: restricting it would lock them out.
fn refuse_shared(path: &Path, mode: u32) -> Result<(), OpenError> {
    let is_private = mode & 0o077 == 0;
    if is_private || exists(&path.join(DATABASE))? {
        return Ok(());
    }
    let mut names = fs::read_dir(path).map_err(unusable(path))?;
    let is_ours = names.all(|entry| {
        entry.is_ok_and(|entry| {
            let name = entry.file_name();
            name == LOCK || name == LOG || LEFTOVERS.iter().any(|&left| name == left)
        })
    });
    if is_ours {
        Ok(())
    } else {
        Err(OpenError::NotOurs(path.to_owned()))
    }
}

fn take(lock: &File, folder: &Path) -> Result<(), OpenError> {
    let path = folder.join(LOCK);
    match lock.try_lock() {
        Ok(()) if is_still(lock, &path) => Ok(()),
        // The process that held the lock has removed the file, so this lock is useless.
        Ok(()) => Err(in_use(folder, String::new())),
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let mut lock = lock;
            let _ = lock.read_to_string(&mut holder);
            Err(in_use(folder, holder))
        }
        Err(TryLockError::Error(cause)) => Err(unusable(&path)(cause)),
    }
}

fn is_still(lock: &File, path: &Path) -> bool {
    let (Ok(held), Ok(there)) = (lock.metadata(), fs::metadata(path)) else {
        return false;
    };
    (held.dev(), held.ino()) == (there.dev(), there.ino())
}

fn in_use(folder: &Path, holder: String) -> OpenError {
    OpenError::InUse {
        folder: folder.to_owned(),
        holder: match holder.parse::<u32>() {
            Ok(process) => format!("process {process}"),
            Err(_) => "another process".to_owned(),
        },
    }
}

fn exists(path: &Path) -> Result<bool, OpenError> {
    path.try_exists().map_err(unusable(path))
}

pub(super) fn unusable(path: &Path) -> impl Fn(io::Error) -> OpenError {
    move |cause| OpenError::Unusable {
        path: path.to_owned(),
        cause,
    }
}
