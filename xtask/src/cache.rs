//! A cache that clones of the repository share: folders by the key of their inputs, whose content
//! is verified before use.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::process::id;

use anyhow::{Context as _, Result};

use crate::digest::Digest;
use crate::environment;

/// The file in a folder that contains the hash of its content.
const SEAL: &str = ".inspired-seal";

/// The folder of the cache: `INSPIRED_CACHE`, or `inspired` among the user's caches.
pub(crate) fn folder() -> Result<PathBuf> {
    environment::cache()
        .or_else(|| environment::caches().map(|caches| caches.join("inspired")))
        .context("there is no place for a cache: set INSPIRED_CACHE to a folder")
}

/// Returns the cached folder with this name, which is created if it does not exist or was
/// modified.
///
/// It is created beside its place and sealed before it is moved there, so that neither an
/// interrupted run nor a concurrent one leaves an incomplete folder.
pub(crate) fn obtain(
    cache: &Path,
    name: &str,
    make: impl FnOnce(&Path) -> Result<()>,
) -> Result<PathBuf> {
    let folder = cache.join(name);
    if folder.exists() {
        if is_intact(&folder) {
            return Ok(folder);
        }
        println!("{} is damaged: it is made again", folder.display());
    }
    let fresh = cache.join(format!("{name}.new-{}", id()));
    remove(&fresh)?;
    fs::create_dir_all(&fresh).with_context(|| format!("cannot make {}", fresh.display()))?;
    let made = make(&fresh)
        .and_then(|()| seal(&fresh))
        .and_then(|()| put(&fresh, &folder));
    if made.is_err() {
        remove(&fresh)?;
    }
    made.map(|()| folder)
}

/// Like [`obtain`], for a folder that takes so long to create that a concurrent run waits instead
/// of creating it too. Leftovers of a run that was killed are removed.
pub(crate) fn obtain_alone(
    cache: &Path,
    name: &str,
    make: impl FnOnce(&Path) -> Result<()>,
) -> Result<PathBuf> {
    fs::create_dir_all(cache).with_context(|| format!("cannot make {}", cache.display()))?;
    let path = cache.join(format!("{name}.lock"));
    let lock = File::create(&path).with_context(|| format!("cannot make {}", path.display()))?;
    if matches!(lock.try_lock(), Err(TryLockError::WouldBlock)) {
        println!("another run is making {name}: waiting for it");
        lock.lock()?;
    }
    for entry in fs::read_dir(cache)? {
        let entry = entry?;
        let is_cut_off = entry
            .file_name()
            .to_string_lossy()
            .starts_with(&format!("{name}.new-"));
        if is_cut_off {
            remove(&entry.path())?;
        }
    }
    obtain(cache, name, make)
}

fn put(fresh: &Path, folder: &Path) -> Result<()> {
    let stale = folder.with_extension(format!("old-{}", id()));
    if folder.exists() {
        fs::rename(folder, &stale).with_context(|| format!("cannot move {}", folder.display()))?;
    }
    let placed = fs::rename(fresh, folder);
    remove(&stale)?;
    if placed.is_err() && is_intact(folder) {
        return remove(fresh);
    }
    placed.with_context(|| format!("cannot make {}", folder.display()))
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

fn seal(folder: &Path) -> Result<()> {
    fs::write(folder.join(SEAL), content_of(folder)?).context("cannot seal a cached folder")
}

fn is_intact(folder: &Path) -> bool {
    let Ok(seal) = fs::read_to_string(folder.join(SEAL)) else {
        return false;
    };
    content_of(folder).is_ok_and(|content| content == seal)
}

/// A hash over the names and contents of all files in the folder except the seal.
fn content_of(folder: &Path) -> Result<String> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                waiting.push(entry.path());
            } else if entry.file_name() != SEAL {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    let mut digest = Digest::default();
    for file in files {
        digest.add(file.strip_prefix(folder)?.as_os_str().as_encoded_bytes());
        match fs::read_link(&file) {
            Ok(target) => digest.add(target.as_os_str().as_encoded_bytes()),
            Err(_) => digest.add(fs::read(&file)?),
        }
    }
    Ok(digest.full())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::fs;
    use std::path::Path;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use anyhow::{Result, bail};

    use super::{obtain, obtain_alone};

    fn make(folder: &Path) -> Result<()> {
        fs::create_dir(folder.join("inner"))?;
        fs::write(folder.join("inner/tool"), "works")?;
        Ok(())
    }

    #[test]
    fn what_is_there_is_not_made_again() {
        let cache = tempfile::tempdir().unwrap();
        let times = Cell::new(0);
        for _ in 0..2 {
            obtain(cache.path(), "tools", |folder| {
                times.set(times.get() + 1);
                make(folder)
            })
            .unwrap();
        }
        assert_eq!(times.get(), 1);
    }

    #[test]
    fn a_changed_file_is_noticed_and_the_folder_is_made_again() {
        let cache = tempfile::tempdir().unwrap();
        let tool = obtain(cache.path(), "tools", make)
            .unwrap()
            .join("inner/tool");
        fs::write(&tool, "break").unwrap();
        obtain(cache.path(), "tools", make).unwrap();
        assert_eq!(fs::read_to_string(&tool).unwrap(), "works");
    }

    #[test]
    fn a_lost_file_and_an_added_one_are_noticed() {
        let cache = tempfile::tempdir().unwrap();
        let folder = obtain(cache.path(), "tools", make).unwrap();
        fs::remove_file(folder.join("inner/tool")).unwrap();
        obtain(cache.path(), "tools", make).unwrap();
        assert!(folder.join("inner/tool").exists());
        fs::write(folder.join("added"), "").unwrap();
        obtain(cache.path(), "tools", make).unwrap();
        assert!(!folder.join("added").exists());
    }

    #[test]
    fn what_a_killed_run_has_left_is_removed() {
        let cache = tempfile::tempdir().unwrap();
        let left = cache.path().join("tools.new-1");
        fs::create_dir(&left).unwrap();
        obtain_alone(cache.path(), "tools", make).unwrap();
        assert!(!left.exists());
    }

    #[test]
    fn two_at_once_make_it_once() {
        let cache = tempfile::tempdir().unwrap();
        let times = AtomicUsize::new(0);
        let one = || {
            obtain_alone(cache.path(), "tools", |folder| {
                times.fetch_add(1, Ordering::Relaxed);
                make(folder)
            })
            .unwrap()
        };
        std::thread::scope(|scope| {
            scope.spawn(one);
            scope.spawn(one);
        });
        assert_eq!(times.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn a_failure_leaves_nothing_behind() {
        let cache = tempfile::tempdir().unwrap();
        let failed = obtain(cache.path(), "tools", |folder| {
            make(folder)?;
            bail!("the network is gone")
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_dir(cache.path()).unwrap().count(), 0);
    }
}
