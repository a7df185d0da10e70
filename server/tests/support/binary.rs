//! The real program, in a process of its own.

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, ChildStderr, Command, ExitStatus, Output, Stdio},
    thread,
};

use rustix::process::{Pid, Signal, kill_process};
use testbed::TestStore;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::wait::in_time;

/// The program with a clean environment.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inspired"));
    command.env_clear().stdin(Stdio::null());
    command
}

/// Runs the program until it ends.
pub(crate) fn run(args: &[&str]) -> Output {
    command().args(args).output().unwrap()
}

/// A serving program.
#[derive(Debug)]
pub(crate) struct Serving {
    pub(crate) address: SocketAddr,
    child: Child,
    log: String,
    lines: UnboundedReceiver<String>,
}

impl Serving {
    /// Serves this store on a free port.
    pub(crate) async fn over(place: &TestStore, flags: &[&str]) -> Self {
        let mut command = command();
        command.envs(place.variables());
        command.args(["serve", "--port", "0"]).args(flags);
        Self::start(command).await
    }

    /// Serves this folder on a free port, regardless of the store that the run is about.
    pub(crate) async fn over_folder(data: &Path, flags: &[&str]) -> Self {
        let mut command = command();
        command
            .args(["serve", "--port", "0", "--data"])
            .arg(data)
            .args(flags);
        Self::start(command).await
    }

    /// Starts a program and waits until it serves.
    pub(crate) async fn start(mut command: Command) -> Self {
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = lines_of(child.stderr.take().unwrap());
        let mut serving = Self {
            address: SocketAddr::from(([0, 0, 0, 0], 0)),
            child,
            log: String::new(),
            lines,
        };
        serving.wait_for(|log| address_in(log).is_some()).await;
        serving.address = address_in(&serving.log).unwrap();
        serving
    }

    /// Waits until the log fulfils the condition.
    pub(crate) async fn wait_for(&mut self, is_there: impl Fn(&str) -> bool) {
        while !is_there(&self.log) {
            let Some(line) = in_time("the program logs it", self.lines.recv()).await else {
                panic!("the program has ended: {}", self.log);
            };
            self.log.push_str(&line);
            self.log.push('\n');
        }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Waits for the end; returns the status and the whole log.
    pub(crate) async fn end(mut self) -> (ExitStatus, String) {
        while let Some(line) = in_time("the program ends", self.lines.recv()).await {
            self.log.push_str(&line);
            self.log.push('\n');
        }
        (self.child.wait().unwrap(), std::mem::take(&mut self.log))
    }

    /// Sends SIGTERM and waits for the end.
    pub(crate) async fn stop(self) -> (ExitStatus, String) {
        self.signal(Signal::TERM);
        self.end().await
    }
}

/// The channel ends when the program does.
fn lines_of(stderr: ChildStderr) -> UnboundedReceiver<String> {
    let (sender, receiver) = unbounded_channel();
    thread::spawn(move || {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

/// The address in the log line that names it, as text or as JSON.
pub(crate) fn address_in(log: &str) -> Option<SocketAddr> {
    let line = log.lines().find(|line| line.contains("serving"))?;
    let text = line.split("address").nth(1)?;
    let text = text.trim_start_matches(['"', '=', ':']);
    text.split([' ', '"', ',']).next()?.parse().ok()
}

impl Drop for Serving {
    fn drop(&mut self) {
        // The program may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
