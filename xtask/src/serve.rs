//! `cargo xtask serve`: builds, then becomes `inspired serve`.

use std::process::Command;

use anyhow::Result;

use crate::build::{self, Profile};

/// Builds, then runs the program with these arguments; a signal reaches the program itself.
pub(crate) fn run(profile: Profile, arguments: &[String]) -> Result<()> {
    build::run(profile)?;
    let mut command = Command::new(profile.program()?);
    command.arg("serve").args(arguments);
    println!(
        "starting `inspired serve`; without --port it is at http://127.0.0.1:3000 (Ctrl+C stops it)"
    );
    become_program(command)
}

#[cfg(unix)]
fn become_program(mut command: Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    Err(command.exec().into())
}

#[cfg(not(unix))]
fn become_program(mut command: Command) -> Result<()> {
    crate::shell::run(&mut command)
}
