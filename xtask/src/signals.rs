//! Runs a program and forwards signals to it.

use std::os::unix::process::CommandExt as _;
use std::process::{Command, ExitStatus};
use std::thread;

use anyhow::{Context as _, Result};
use rustix::process::{Pid, Signal, kill_process};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// Catches the signals that ask this process to end, instead of ending.
pub(crate) fn catch() -> Result<Signals> {
    Ok(Signals::new([SIGHUP, SIGINT, SIGTERM])?)
}

/// Runs the program until it ends, and forwards the signals that ask this process to end.
///
/// The program is in a process group of its own, so that Ctrl+C does not also reach it from the
/// terminal: the second signal means "stop at once".
pub(crate) fn run(command: &mut Command) -> Result<ExitStatus> {
    let mut signals = catch()?;
    let handle = signals.handle();
    let mut program = command
        .process_group(0)
        .spawn()
        .with_context(|| format!("cannot run {}", command.get_program().display()))?;
    let pid = Pid::from_child(&program);
    thread::spawn(move || {
        for signal in signals.forever().filter_map(Signal::from_named_raw) {
            let _ = kill_process(pid, signal);
        }
    });
    let status = program.wait()?;
    handle.close();
    Ok(status)
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader};
    use std::process::Stdio;

    use super::*;

    /// The handler belongs to the whole process, so no other test may use one.
    #[test]
    fn a_signal_reaches_the_program_and_its_status_comes_back() {
        let (mut reader, writer) = std::io::pipe().unwrap();
        let mut shell = Command::new("sh");
        shell.args([
            "-c",
            "trap 'exit 7' TERM; echo ready; while :; do sleep 0.01; done",
        ]);
        shell.stdout(Stdio::from(writer));
        let running = thread::spawn(move || run(&mut shell).unwrap());
        let mut line = String::new();
        BufReader::new(&mut reader).read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n");
        kill_process(rustix::process::getpid(), Signal::TERM).unwrap();
        assert_eq!(running.join().unwrap().code(), Some(7));
    }
}
