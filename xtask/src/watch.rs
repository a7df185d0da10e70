//! `cargo xtask serve --watch`: builds again when a source is saved, and restarts the server when the
//! build succeeded.

mod messages;
mod server;
mod sources;

use std::process::Command;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};
use rustix::process::Signal;

use self::messages::{Message, Messages};
use self::server::Server;
use self::sources::Sources;
use crate::build::{self, Profile};
use crate::compile::Compiled;
use crate::{paths, signals};

/// Time without a change after which a burst of changes is over. An editor that saves all files, or
/// Git that changes the branch, writes the next file within it.
const QUIET: Duration = Duration::from_millis(150);

/// Builds and serves until a signal asks this process to end. The server is stopped before this
/// returns; it is an error if its last run failed.
pub(crate) fn run(profile: Profile, mut command: impl FnMut() -> Result<Command>) -> Result<()> {
    let (sender, receiver) = channel();
    send_signals(sender.clone())?;
    let sources = Sources::new(paths::top(), paths::target()?);
    // Dropping it ends the watch.
    let _watcher = sources.watch(sender)?;
    let mut messages = Messages::new(receiver, QUIET);
    let mut server = None;
    loop {
        let built = build::run(profile);
        // Ctrl+C ends a build as well, which is then no error to tell of.
        if let Some(signal) = messages.signal() {
            return stop(server, signal, messages);
        }
        server = restart(server, built, &mut command)?;
        match messages.next() {
            Some(Message::Changed) => {}
            Some(Message::Signal(signal)) => return stop(server, signal, messages),
            None => bail!("the sources are not watched any more"),
        }
    }
}

/// The server after a build. A build that failed leaves it as it is: the compiler has said why, and the
/// next change is another attempt.
fn restart(
    old: Option<Server>,
    built: Result<Compiled>,
    command: &mut impl FnMut() -> Result<Command>,
) -> Result<Option<Server>> {
    match (built, old) {
        (Ok(compiled), Some(server)) if compiled.targets == 0 => {
            println!("nothing was compiled, so the server goes on");
            Ok(Some(server))
        }
        (Ok(_), old) => {
            old.map_or(Ok(()), Server::stop)?;
            Server::start(&mut command()?).map(Some)
        }
        (Err(error), old) => {
            let state = match old {
                Some(_) => "the server of the last build that succeeded goes on",
                None => "there is no server yet",
            };
            eprintln!("error: {error:#}\n{state}; waiting for a change");
            Ok(old)
        }
    }
}

fn stop(server: Option<Server>, signal: Signal, messages: Messages) -> Result<()> {
    let Some(server) = server else {
        return Ok(());
    };
    let status = server.stop_by(signal, messages)?;
    if !status.success() {
        bail!("`inspired serve` failed ({status})");
    }
    Ok(())
}

fn send_signals(sender: Sender<Message>) -> Result<()> {
    let mut signals = signals::catch()?;
    thread::spawn(move || {
        for signal in signals.forever().filter_map(Signal::from_named_raw) {
            if sender.send(Message::Signal(signal)).is_err() {
                break;
            }
        }
    });
    Ok(())
}
