//! Ends what this process has started, should this process die without doing so itself.
//!
//! A shell reads from a pipe whose other end only this process holds. However this process ends, be it
//! by SIGKILL, the kernel closes that end, and the shell does what it was told. That asks nothing of
//! what is watched, and works where a parent-death signal does not exist or is lost with a change of
//! user.

use std::ffi::OsStr;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result};

/// What happens should this process die; nothing once this is dropped.
#[derive(Debug)]
pub struct Watchdog {
    shell: Child,
}

impl Watchdog {
    /// Runs this script of `sh` should this process die, with the arguments as `$1` and on.
    ///
    /// # Errors
    /// When there is no `sh`.
    pub fn new<S: AsRef<OsStr>>(script: &str, arguments: &[S]) -> Result<Self> {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &format!("read -r _; {script}"), "watchdog"])
            .args(arguments);
        // In a group of its own the Ctrl+C for this process does not reach it.
        shell.process_group(0).stdin(Stdio::piped());
        shell.stdout(Stdio::null()).stderr(Stdio::null());
        let shell = shell.spawn().context("cannot run `sh`")?;
        Ok(Self { shell })
    }

    /// Kills this process group should this process die.
    ///
    /// # Errors
    /// When there is no `sh`.
    pub fn over_group(group: u32) -> Result<Self> {
        Self::new("kill -KILL \"-$1\"", &[group.to_string()])
    }

    /// Removes this folder should this process die, once those who write into it have been killed.
    pub(crate) fn over_folder(folder: &Path) -> Result<Self> {
        Self::new("sleep 2; rm -rf -- \"$1\"", &[folder])
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        // It is killed before its pipe closes, so that it does not bark.
        let _ = self.shell.kill();
        let _ = self.shell.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_acts_when_the_other_end_of_its_pipe_closes() {
        let folder = tempfile::tempdir().unwrap();
        let trace = folder.path().join("trace");
        let mut watchdog = Watchdog::new("echo barked > \"$1\"", &[&trace]).unwrap();
        drop(watchdog.shell.stdin.take());
        watchdog.shell.wait().unwrap();
        assert_eq!(std::fs::read_to_string(&trace).unwrap(), "barked\n");
    }

    #[test]
    fn it_does_nothing_when_it_is_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let trace = folder.path().join("trace");
        drop(Watchdog::new("echo barked > \"$1\"", &[&trace]).unwrap());
        assert!(!trace.exists());
    }

    #[test]
    fn it_kills_a_group() {
        let mut sleeper = Command::new("sleep");
        let mut sleeper = sleeper.arg("600").process_group(0).spawn().unwrap();
        let mut watchdog = Watchdog::over_group(sleeper.id()).unwrap();
        drop(watchdog.shell.stdin.take());
        assert!(!sleeper.wait().unwrap().success());
        watchdog.shell.wait().unwrap();
    }

    #[test]
    fn it_removes_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let mut watchdog = Watchdog::over_folder(folder.path()).unwrap();
        drop(watchdog.shell.stdin.take());
        watchdog.shell.wait().unwrap();
        assert!(!folder.path().exists());
    }
}
