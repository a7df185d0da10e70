//! `cargo xtask soak`: checks that take too long for a test.

use std::process::Command;

use anyhow::Result;

use crate::build::{self, Profile};
use crate::{bench, elasticsearch, paths, shell};

/// Builds the program and `soak` for release, then runs it; the arguments are those of `soak`.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    build::run(Profile::Release)?;
    let mut soak = Command::new(bench::measuring("soak")?);
    soak.arg("--program").arg(Profile::Release.program()?);
    soak.arg("--out").arg(paths::target()?.join("soak"));
    soak.args(elasticsearch::flags_for_measuring(arguments));
    shell::run(soak.args(arguments))
}
