//! The server of the last build that succeeded.

use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, ExitStatus};
use std::thread;

use anyhow::{Context as _, Result};
use rustix::process::{Pid, Signal, kill_process};

use super::messages::{Message, Messages};

/// A running server. It may have exited by itself; it has said why, and is stopped all the same.
#[derive(Debug)]
pub(super) struct Server(Child);

impl Server {
    /// Starts it in a process group of its own, so that Ctrl+C reaches it once: through this process.
    pub(super) fn start(command: &mut Command) -> Result<Self> {
        let program = command.process_group(0).spawn();
        let program =
            program.with_context(|| format!("cannot run {}", command.get_program().display()))?;
        Ok(Self(program))
    }

    /// Asks it to stop, and waits until it has left its port and its data folder.
    pub(super) fn stop(mut self) -> Result<()> {
        // It has not been waited for, so its id cannot be that of another process.
        kill_process(Pid::from_child(&self.0), Signal::TERM)?;
        self.0.wait()?;
        Ok(())
    }

    /// Stops it by the signal that asked this process to end. Further signals are passed on, because a
    /// second one asks to stop at once.
    pub(super) fn stop_by(mut self, signal: Signal, mut messages: Messages) -> Result<ExitStatus> {
        let pid = Pid::from_child(&self.0);
        kill_process(pid, signal)?;
        thread::spawn(move || {
            while let Some(message) = messages.next() {
                if let Message::Signal(signal) = message {
                    let _ = kill_process(pid, signal);
                }
            }
        });
        Ok(self.0.wait()?)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader};
    use std::process::Stdio;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::*;

    /// A server that has started, with these traps.
    fn server(traps: &str) -> Server {
        let (mut reader, writer) = std::io::pipe().unwrap();
        let script = format!("{traps}; echo ready; while :; do sleep 0.01; done");
        let mut shell = Command::new("sh");
        shell.args(["-c", &script]).stdout(Stdio::from(writer));
        let server = Server::start(&mut shell).unwrap();
        drop(shell);
        let mut line = String::new();
        BufReader::new(&mut reader).read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n");
        server
    }

    #[test]
    fn a_server_is_gone_when_it_was_stopped() {
        let server = server("trap 'exit 0' TERM");
        let pid = Pid::from_child(&server.0);
        server.stop().unwrap();
        assert!(rustix::process::test_kill_process(pid).is_err());
    }

    #[test]
    fn one_that_has_exited_is_stopped_without_an_error() {
        let server = Server::start(&mut Command::new("true")).unwrap();
        // Its exit is waited for without reaping it.
        let pid = rustix::process::WaitId::Pid(Pid::from_child(&server.0));
        let options =
            rustix::process::WaitIdOptions::EXITED | rustix::process::WaitIdOptions::NOWAIT;
        rustix::process::waitid(pid, options).unwrap();
        server.stop().unwrap();
    }

    #[test]
    fn a_second_signal_is_passed_on() {
        let (sender, receiver) = channel();
        let messages = Messages::new(receiver, Duration::ZERO);
        sender.send(Message::Signal(Signal::USR1)).unwrap();
        // The first is not enough for it. Two of one kind could arrive as one.
        let server = server("trap : TERM; trap 'exit 3' USR1");
        let status = server.stop_by(Signal::TERM, messages).unwrap();
        drop(sender);
        assert_eq!(status.code(), Some(3));
    }
}
