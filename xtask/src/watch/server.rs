//! The server of the last successful build.

use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::thread;

use anyhow::{Context as _, Result};
use rustix::process::{Pid, Signal, kill_process};

use super::messages::{Message, Messages};
use super::program_file::ProgramFile;

/// A server that was started. It may have exited by itself; it is stopped all the same. Dropping
/// it stops it: it must not occupy the port and the data folder after this process has ended, even
/// by a panic.
#[derive(Debug)]
pub(super) struct WatchedServer {
    process: Child,
    program: ProgramFile,
}

impl WatchedServer {
    /// Starts the server in its own process group, so that Ctrl+C reaches it once, through this
    /// process. `program` is the file that the command runs.
    pub(super) fn start(command: &mut Command, program: &Path) -> Result<Self> {
        // Before the start: if the file is replaced meanwhile, the next build restarts the server.
        let program = ProgramFile::at(program)?;
        let process = command.process_group(0).spawn();
        let process =
            process.with_context(|| format!("cannot run {}", command.get_program().display()))?;
        Ok(Self { process, program })
    }

    /// True unless the server has exited by itself.
    pub(super) fn is_running(&mut self) -> Result<bool> {
        Ok(self.process.try_wait()?.is_none())
    }

    /// True if the server runs and the program file is unchanged.
    pub(super) fn runs(&mut self, program: &Path) -> Result<bool> {
        Ok(self.program == ProgramFile::at(program)? && self.is_running()?)
    }

    /// Terminates the server, and waits until it has released its port and its data folder.
    pub(super) fn stop(mut self) -> Result<()> {
        self.send(Signal::TERM)?;
        self.process.wait()?;
        Ok(())
    }

    /// Stops the server with the signal that ended this process. Further signals are forwarded,
    /// because a second one means to stop at once.
    pub(super) fn stop_by(mut self, signal: Signal, mut messages: Messages) -> Result<ExitStatus> {
        self.send(signal)?;
        let pid = Pid::from_child(&self.process);
        thread::spawn(move || {
            while let Some(message) = messages.next() {
                if let Message::Signal(signal) = message {
                    let _ = kill_process(pid, signal);
                }
            }
        });
        Ok(self.process.wait()?)
    }

    #[cfg(test)]
    pub(super) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Waits until the server has exited by itself, without reaping it.
    #[cfg(test)]
    pub(super) fn wait_for_exit(&self) {
        use rustix::process::{WaitId, WaitIdOptions, waitid};
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        waitid(WaitId::Pid(Pid::from_child(&self.process)), options).unwrap();
    }

    /// Sends a signal, unless the server has exited: its id could belong to another process.
    fn send(&mut self, signal: Signal) -> Result<()> {
        if self.is_running()? {
            kill_process(Pid::from_child(&self.process), signal)?;
        }
        Ok(())
    }
}

impl Drop for WatchedServer {
    fn drop(&mut self) {
        if self.send(Signal::TERM).is_ok() {
            let _ = self.process.wait();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader};
    use std::process::Stdio;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::*;

    const SHELL: &str = "/bin/sh";

    /// A server that has started, with these traps.
    fn server(traps: &str) -> WatchedServer {
        let (mut reader, writer) = std::io::pipe().unwrap();
        let script = format!("{traps}; echo ready; while :; do sleep 0.01; done");
        let mut shell = Command::new(SHELL);
        shell.args(["-c", &script]).stdout(Stdio::from(writer));
        let server = WatchedServer::start(&mut shell, Path::new(SHELL)).unwrap();
        drop(shell);
        let mut line = String::new();
        BufReader::new(&mut reader).read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n");
        server
    }

    fn is_gone(pid: Pid) -> bool {
        rustix::process::test_kill_process(pid).is_err()
    }

    #[test]
    fn a_server_is_gone_when_it_was_stopped() {
        let mut server = server("trap 'exit 0' TERM");
        let pid = Pid::from_child(&server.process);
        assert!(server.is_running().unwrap());
        server.stop().unwrap();
        assert!(is_gone(pid));
    }

    #[test]
    fn a_server_is_gone_when_this_process_panics() {
        let server = server("trap 'exit 0' TERM");
        let pid = Pid::from_child(&server.process);
        let panicked = thread::spawn(move || {
            let _server = server;
            panic!("as a defect of this program would");
        });
        assert!(panicked.join().is_err());
        assert!(is_gone(pid));
    }

    #[test]
    fn one_that_has_exited_is_stopped_without_an_error() {
        for is_known in [false, true] {
            let mut exits = Command::new("true");
            let mut server = WatchedServer::start(&mut exits, Path::new(SHELL)).unwrap();
            server.wait_for_exit();
            assert!(!is_known || !server.is_running().unwrap());
            server.stop().unwrap();
        }
    }

    #[test]
    fn a_second_signal_is_passed_on() {
        let (sender, receiver) = channel();
        let messages = Messages::new(receiver, Duration::ZERO);
        sender.send(Message::Signal(Signal::USR1)).unwrap();
        // The first signal does not end it. Two of one kind could arrive as one.
        let server = server("trap : TERM; trap 'exit 3' USR1");
        let status = server.stop_by(Signal::TERM, messages).unwrap();
        drop(sender);
        assert_eq!(status.code(), Some(3));
    }
}
