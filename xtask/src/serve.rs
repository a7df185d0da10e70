//! `cargo xtask serve`: builds, then runs `inspired serve`.

use std::os::unix::process::CommandExt as _;
use std::process::Command;

use anyhow::{Result, bail};

use crate::build::{self, Profile};
use crate::elasticsearch::{ElasticsearchServer, ServerSource};
use crate::report::timed;
use crate::{environment, signals, watch};

/// Builds, then runs the program with these arguments and passes signals on.
pub(crate) fn run(profile: Profile, arguments: &[String]) -> Result<()> {
    build::run(profile)?;
    Err(program(profile, arguments)?.exec().into())
}

/// Like [`run`], with an Elasticsearch that starts before it and stops after it; its data is kept.
pub(crate) fn run_with_elasticsearch(profile: Profile, arguments: &[String]) -> Result<()> {
    if environment::names_elasticsearch() {
        return run(profile, arguments);
    }
    let mut server = ServerSource::find()?.persistent()?;
    build::run(profile)?;
    wait_until_ready(&mut server)?;
    let status = signals::run(&mut program_on(&server, profile, arguments)?)?;
    timed("Elasticsearch stopped", || {
        ElasticsearchServer::stop(server)
    })?;
    if !status.success() {
        bail!("`inspired serve` failed ({status})");
    }
    Ok(())
}

/// Builds and runs the program, and repeats both when a source is saved.
pub(crate) fn watch(profile: Profile, arguments: &[String]) -> Result<()> {
    watch::run(profile, || program(profile, arguments))
}

/// Like [`watch()`], with an Elasticsearch that runs all the time; its data is kept.
pub(crate) fn watch_with_elasticsearch(profile: Profile, arguments: &[String]) -> Result<()> {
    if environment::names_elasticsearch() {
        return watch(profile, arguments);
    }
    let mut server = ServerSource::find()?.persistent()?;
    wait_until_ready(&mut server)?;
    let watched = watch::run(profile, || program_on(&server, profile, arguments));
    timed("Elasticsearch stopped", || {
        ElasticsearchServer::stop(server)
    })?;
    watched
}

fn wait_until_ready(server: &mut ElasticsearchServer) -> Result<()> {
    timed("Elasticsearch started", || server.wait_until_ready())?;
    println!("Elasticsearch is at {}", server.url());
    Ok(())
}

fn program_on(
    server: &ElasticsearchServer,
    profile: Profile,
    arguments: &[String],
) -> Result<Command> {
    let mut program = program(profile, arguments)?;
    program.env("INSPIRED_ELASTICSEARCH", server.url());
    Ok(program)
}

fn program(profile: Profile, arguments: &[String]) -> Result<Command> {
    let mut command = Command::new(profile.program()?);
    command.arg("serve").args(arguments);
    println!(
        "starting `inspired serve`; without --port it is at http://127.0.0.1:3000 (Ctrl+C stops it)"
    );
    Ok(command)
}
