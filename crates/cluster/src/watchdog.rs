//! Ends the child processes of this process if it dies without doing so itself.
//!
//! A shell reads from a pipe whose other end only this process holds. However this process ends,
//! even by SIGKILL, the kernel closes that end, and the shell runs its script. The watched
//! processes need not cooperate, and it works where a parent-death signal does not exist or is
//! lost with a change of user.

use std::ffi::OsStr;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result};

/// A script that runs if this process dies; dropping it cancels the script.
#[derive(Debug)]
pub struct Watchdog {
    shell: Child,
}

impl Watchdog {
    /// Runs this script of `sh` if this process dies, with the arguments as `$1` and so on.
    ///
    /// # Errors
    /// If there is no `sh`.
    pub fn new<S: AsRef<OsStr>>(script: &str, arguments: &[S]) -> Result<Self> {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &format!("read -r _; {script}"), "watchdog"])
            .args(arguments);
        // In its own group, it does not receive the Ctrl+C for this process.
        shell.process_group(0).stdin(Stdio::piped());
        shell.stdout(Stdio::null()).stderr(Stdio::null());
        let shell = shell.spawn().context("cannot run `sh`")?;
        Ok(Self { shell })
    }

    /// Kills this process group if this process dies.
    ///
    /// # Errors
    /// If there is no `sh`.
    pub fn over_group(group: u32) -> Result<Self> {
        Self::new("kill -KILL \"-$1\"", &[group.to_string()])
    }

    /// Removes this folder if this process dies, after the processes that write into it were
    /// killed.
    pub(crate) fn over_folder(folder: &Path) -> Result<Self> {
        Self::new("sleep 2; rm -rf -- \"$1\"", &[folder])
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        // It is killed before its pipe closes, so that the script does not run.
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
