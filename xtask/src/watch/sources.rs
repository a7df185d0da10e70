//! The sources of the program and its pages.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use anyhow::{Context as _, Result};
use notify::event::ModifyKind;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::messages::Message;

/// Source folders in the root of the repository. `xtask` is not among them, because it is running.
const FOLDERS: [&str; 7] = [
    ".cargo", "app", "crates", "frontend", "public", "server", "style",
];

/// Source files in the root of the repository.
const FILES: [&str; 3] = ["Cargo.lock", "Cargo.toml", "rust-toolchain.toml"];

/// The location of the sources.
#[derive(Debug)]
pub(super) struct WatchedSources {
    top: PathBuf,
    target: PathBuf,
}

impl WatchedSources {
    /// The sources of the repository at `top`, which is built into the folder `target`.
    pub(super) fn new(top: &Path, target: PathBuf) -> Self {
        Self {
            top: top.to_owned(),
            target,
        }
    }

    /// Sends a message for each change, until the watcher is dropped.
    pub(super) fn watch(self, changes: Sender<Message>) -> Result<RecommendedWatcher> {
        let top = self.top.clone();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| self.is_change(&event)) {
                // The receiver is gone only while this process ends.
                let _ = changes.send(Message::Changed);
            }
        })?;
        let mut watch = |path: &Path, mode| {
            let watched = watcher.watch(path, mode);
            watched.with_context(|| format!("cannot watch {}", path.display()))
        };
        watch(&top, RecursiveMode::NonRecursive)?;
        for folder in FOLDERS {
            watch(&top.join(folder), RecursiveMode::Recursive)?;
        }
        Ok(watcher)
    }

    /// True if an event can change the result of a build: a read and a change of times or
    /// permissions cannot. An event that reports lost events counts.
    fn is_change(&self, event: &Event) -> bool {
        match event.kind {
            EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => false,
            _ => event.need_rescan() || event.paths.iter().any(|path| self.has(path)),
        }
    }

    fn has(&self, path: &Path) -> bool {
        let Ok(relative) = path.strip_prefix(&self.top) else {
            return false;
        };
        if path.starts_with(&self.target) {
            return false;
        }
        let mut names = relative.iter();
        let first = names.next().and_then(OsStr::to_str).unwrap_or_default();
        let mut below = names.peekable();
        if below.peek().is_none() {
            return FILES.contains(&first);
        }
        FOLDERS.contains(&first) && !below.any(is_ignored)
    }
}

/// True for the name of a build folder, or of a temporary file of an editor. An unknown one only
/// causes a build that compiles nothing.
fn is_ignored(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    // Vim creates a file with such a name to test whether it may write to a folder.
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        || ["target", "node_modules"].contains(&&*name)
        || name.starts_with(['.', '#'])
        || [".bak", ".swp", ".tmp", "~"]
            .iter()
            .any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use notify::event::{AccessKind, CreateKind, DataChange, Flag, MetadataKind, RenameMode};

    use super::*;
    use crate::paths;

    fn has(path: &str) -> bool {
        let sources = WatchedSources::new(Path::new("/top"), PathBuf::from("/top/app/out"));
        sources.has(Path::new(path))
    }

    #[test]
    fn what_is_built_from_counts() {
        for path in [
            "/top/Cargo.lock",
            "/top/.cargo/config.toml",
            "/top/app/src/app.rs",
            "/top/crates/domain/data/common_words.txt",
            "/top/frontend/start.js",
            "/top/public/icon.svg",
            "/top/server/build.rs",
            "/top/style/main.css",
        ] {
            assert!(has(path), "{path}");
        }
    }

    #[test]
    fn what_is_built_stored_or_only_read_does_not_count() {
        for path in [
            "/top",
            "/top/app",
            "/top/README.md",
            "/top/data/inspired.db",
            "/top/target/debug/inspired",
            "/top/app/out/debug/inspired",
            "/top/crates/domain/target/debug/a.rs",
            "/top/end2end/tests/a.spec.ts",
            "/top/.git/index",
            "/top/xtask/src/main.rs",
            "/elsewhere/app/src/app.rs",
        ] {
            assert!(!has(path), "{path}");
        }
    }

    #[test]
    fn what_editors_write_beside_a_file_does_not_count() {
        for name in [
            ".app.rs.swp",
            "4913",
            "app.rs~",
            "#app.rs#",
            ".#app.rs",
            ".goutputstream-X1Y2",
            "app.rs.bak",
            "app.rs.tmp",
            ".idea/workspace.xml",
        ] {
            assert!(!has(&format!("/top/app/src/{name}")), "{name}");
        }
    }

    fn is_change(kind: EventKind) -> bool {
        let sources = WatchedSources::new(Path::new("/top"), PathBuf::from("/top/target"));
        let path = PathBuf::from("/top/style/main.css");
        sources.is_change(&Event::new(kind).add_path(path))
    }

    #[test]
    fn a_file_that_is_read_has_not_changed() {
        for kind in [
            EventKind::Access(AccessKind::Any),
            EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any)),
        ] {
            assert!(!is_change(kind), "{kind:?}");
        }
        for kind in [
            EventKind::Create(CreateKind::File),
            EventKind::Modify(ModifyKind::Data(DataChange::Any)),
            EventKind::Modify(ModifyKind::Name(RenameMode::To)),
        ] {
            assert!(is_change(kind), "{kind:?}");
        }
    }

    #[test]
    fn lost_events_are_a_change() {
        let sources = WatchedSources::new(Path::new("/top"), PathBuf::from("/top/target"));
        let event = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert!(sources.is_change(&event));
    }

    #[test]
    fn every_member_of_the_workspace_that_is_built_is_watched() {
        let manifest = std::fs::read_to_string(paths::top().join("Cargo.toml")).unwrap();
        let manifest: toml::Table = manifest.parse().unwrap();
        let members = manifest["workspace"]["members"].as_array().unwrap();
        for member in members.iter().filter_map(toml::Value::as_str) {
            let folder = member.split('/').next().unwrap();
            let is_watched = FOLDERS.contains(&folder) && paths::top().join(folder).is_dir();
            assert!(is_watched || folder == "xtask", "{member}");
        }
    }
}
