//! `cargo xtask serve`: builds, then becomes `inspired serve`.

use std::os::unix::process::CommandExt as _;
use std::process::Command;

use anyhow::{Result, bail};

use crate::build::{self, Profile};
use crate::elasticsearch::{Server, Source};
use crate::report::timed;
use crate::{environment, signals};

/// Builds, then runs the program with these arguments; a signal reaches the program itself.
pub(crate) fn run(profile: Profile, arguments: &[String]) -> Result<()> {
    build::run(profile)?;
    Err(program(profile, arguments)?.exec().into())
}

/// The same with an Elasticsearch that starts before it and is stopped after it; its data stays.
pub(crate) fn run_with_elasticsearch(profile: Profile, arguments: &[String]) -> Result<()> {
    if environment::names_elasticsearch() {
        return run(profile, arguments);
    }
    let mut server = Source::find()?.kept()?;
    build::run(profile)?;
    timed("Elasticsearch started", || server.wait_until_ready())?;
    println!("Elasticsearch is at {}", server.url());
    let mut program = program(profile, arguments)?;
    program.env("INSPIRED_ELASTICSEARCH", server.url());
    let status = signals::run(&mut program)?;
    timed("Elasticsearch stopped", || Server::stop(server))?;
    if !status.success() {
        bail!("`inspired serve` failed ({status})");
    }
    Ok(())
}

fn program(profile: Profile, arguments: &[String]) -> Result<Command> {
    let mut command = Command::new(profile.program()?);
    command.arg("serve").args(arguments);
    println!(
        "starting `inspired serve`; without --port it is at http://127.0.0.1:3000 (Ctrl+C stops it)"
    );
    Ok(command)
}
