//! `cargo xtask serve --watch`: builds when a source is saved, and restarts the server if the
//! build succeeded and produced another program.

mod messages;
mod program_file;
mod server;
mod sources;

use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};
use rustix::process::Signal;

use self::messages::{Message, Messages};
use self::server::WatchedServer;
use self::sources::WatchedSources;
use crate::build::{self, Profile};
use crate::{paths, signals};

/// Time without a change that ends a burst of changes. An editor that saves all files, or Git that
/// switches the branch, writes the next file within it.
const QUIET: Duration = Duration::from_millis(150);

/// Builds and serves until a signal ends this process. The server is stopped before this returns;
/// an error if its last run failed.
pub(crate) fn run(profile: Profile, mut command: impl FnMut() -> Result<Command>) -> Result<()> {
    let (sender, receiver) = channel();
    send_signals(sender.clone())?;
    let sources = WatchedSources::new(paths::top(), paths::target()?);
    // Dropping it ends the watch.
    let _watcher = sources.watch(sender)?;
    let mut messages = Messages::new(receiver, QUIET);
    let program = profile.program()?;
    let mut server = None;
    loop {
        let built = build::run(profile).map(drop);
        // Ctrl+C ends a build as well, which is then not reported as an error.
        if let Some(signal) = messages.signal() {
            return stop(server, signal, messages);
        }
        server = restart(server, built, &program, &mut command)?;
        match messages.next() {
            Some(Message::Changed) => {}
            Some(Message::Signal(signal)) => return stop(server, signal, messages),
            None => bail!("the sources are not watched any more"),
        }
    }
}

/// The server after a build. A failed build leaves it running: the compiler has printed the
/// reason, and the next change is another attempt.
///
/// Whether the build compiled anything does not matter: another run of Cargo may have compiled the
/// program first, and the server may have exited.
fn restart(
    mut old: Option<WatchedServer>,
    built: Result<()>,
    program: &Path,
    command: &mut impl FnMut() -> Result<Command>,
) -> Result<Option<WatchedServer>> {
    if let Err(error) = built {
        let state = match old.as_mut().map(WatchedServer::is_running).transpose()? {
            Some(true) => "the server goes on as it was started",
            Some(false) => "the server has exited",
            None => "there is no server yet",
        };
        eprintln!("error: {error:#}\n{state}; waiting for a change");
        return Ok(old);
    }
    if let Some(mut server) = old {
        if server.runs(program)? {
            println!("the program is the same, so the server goes on");
            return Ok(Some(server));
        }
        server.stop()?;
    }
    WatchedServer::start(&mut command()?, program).map(Some)
}

fn stop(server: Option<WatchedServer>, signal: Signal, messages: Messages) -> Result<()> {
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use anyhow::anyhow;
    use tempfile::TempDir;

    use super::*;

    /// A file in place of the program, and the server that was started with it.
    fn started() -> (TempDir, PathBuf, Option<WatchedServer>) {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("inspired");
        fs::write(&program, "one").unwrap();
        let server = restart(None, Ok(()), &program, &mut serve).unwrap();
        (folder, program, server)
    }

    fn serve() -> Result<Command> {
        let mut command = Command::new("sleep");
        command.arg("3600");
        Ok(command)
    }

    fn id(server: &Option<WatchedServer>) -> u32 {
        server.as_ref().unwrap().id()
    }

    #[test]
    fn the_server_of_the_same_program_goes_on() {
        let (_folder, program, server) = started();
        let before = id(&server);
        let after = restart(server, Ok(()), &program, &mut serve).unwrap();
        assert_eq!(id(&after), before);
    }

    /// The build compiled nothing, because `cargo test` in another terminal came first.
    #[test]
    fn a_program_that_somebody_else_has_built_is_started() {
        let (_folder, program, server) = started();
        let before = id(&server);
        fs::write(&program, "another").unwrap();
        let after = restart(server, Ok(()), &program, &mut serve).unwrap();
        assert_ne!(id(&after), before);
        let same = restart(after, Ok(()), &program, &mut serve).unwrap();
        assert!(same.unwrap().is_running().unwrap());
    }

    #[test]
    fn a_server_that_has_exited_is_started_again_by_the_same_program() {
        let (_folder, program, server) = started();
        server.unwrap().stop().unwrap();
        let exits = || Ok(Command::new("true"));
        let server = restart(None, Ok(()), &program, &mut { exits })
            .unwrap()
            .unwrap();
        server.wait_for_exit();
        let failed = restart(Some(server), Err(anyhow!("no")), &program, &mut serve).unwrap();
        let before = id(&failed);
        let after = restart(failed, Ok(()), &program, &mut serve).unwrap();
        assert_ne!(id(&after), before);
        assert!(after.unwrap().is_running().unwrap());
    }

    #[test]
    fn a_build_that_failed_leaves_the_server_as_it_is() {
        let (_folder, program, server) = started();
        let before = id(&server);
        fs::write(&program, "half of it").unwrap();
        let failed = Err(anyhow!("it does not compile"));
        let after = restart(server, failed, &program, &mut serve).unwrap();
        assert_eq!(id(&after), before);
        assert!(after.unwrap().is_running().unwrap());
    }
}
