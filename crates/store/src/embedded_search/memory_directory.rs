//! The directory of an index, in memory.

use std::{
    fmt, io,
    path::Path,
    sync::{Arc, Condvar, Mutex, PoisonError},
};

use tantivy::{
    Directory,
    directory::{
        DirectoryLock, FileHandle, FileSlice, Lock, META_LOCK, RamDirectory, WatchCallback,
        WatchHandle, WritePtr,
        error::{DeleteError, LockError, OpenReadError, OpenWriteError},
    },
};

/// The files of an index, in memory. Tantivy's own directory polls the lock of the list of
/// segments every 100 ms, which delayed a commit beside a merge by as much; here a waiting thread
/// is woken.
#[derive(Clone, Default)]
pub(super) struct MemoryDirectory {
    files: RamDirectory,
    segments: Arc<DirectoryLockState>,
}

impl fmt::Debug for MemoryDirectory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryDirectory").finish_non_exhaustive()
    }
}

/// A lock that one thread has at a time.
#[derive(Default)]
struct DirectoryLockState {
    is_taken: Mutex<bool>,
    freed: Condvar,
}

/// The lock, held until this is dropped.
struct DirectoryLockGuard(Arc<DirectoryLockState>);

impl DirectoryLockState {
    fn take(self: &Arc<Self>) -> DirectoryLockGuard {
        let is_taken = self.is_taken.lock().unwrap_or_else(PoisonError::into_inner);
        let free = self.freed.wait_while(is_taken, |is_taken| *is_taken);
        *free.unwrap_or_else(PoisonError::into_inner) = true;
        DirectoryLockGuard(self.clone())
    }
}

impl Drop for DirectoryLockGuard {
    fn drop(&mut self) {
        let is_taken = self.0.is_taken.lock();
        *is_taken.unwrap_or_else(PoisonError::into_inner) = false;
        self.0.freed.notify_one();
    }
}

impl Directory for MemoryDirectory {
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        if lock.filepath != META_LOCK.filepath {
            return self.files.acquire_lock(lock);
        }
        Ok(DirectoryLock::from(Box::new(self.segments.take())))
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn open_read(&self, path: &Path) -> Result<FileSlice, OpenReadError> {
        self.files.open_read(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.files.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, thread};

    use tantivy::directory::INDEX_WRITER_LOCK;

    use super::*;

    #[test]
    fn whoever_waits_for_the_segments_goes_on_once_they_are_free() {
        let memory = MemoryDirectory::default();
        let held = memory.acquire_lock(&META_LOCK).unwrap();
        let (said, hear) = mpsc::channel();
        let other = memory.clone();
        let waiting = thread::spawn(move || {
            said.send("waiting").unwrap();
            let _held = other.acquire_lock(&META_LOCK).unwrap();
            said.send("through").unwrap();
        });
        assert_eq!(hear.recv(), Ok("waiting"));
        assert!(hear.try_recv().is_err());
        drop(held);
        assert_eq!(hear.recv(), Ok("through"));
        waiting.join().unwrap();
    }

    #[test]
    fn there_is_one_writer() {
        let memory = MemoryDirectory::default();
        let _held = memory.acquire_lock(&INDEX_WRITER_LOCK).unwrap();
        assert!(memory.acquire_lock(&INDEX_WRITER_LOCK).is_err());
    }
}
