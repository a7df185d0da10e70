//! `cargo xtask bench`: measures the speed of the release build.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::build::{self, Profile};
use crate::report::timed;
use crate::{elasticsearch, paths, shell};

/// Builds the program and the benchmarks for release, then measures; the arguments are those of
/// `bench`.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    build::run(Profile::Release)?;
    let mut bench = Command::new(measuring("bench")?);
    bench.arg("--program").arg(Profile::Release.program()?);
    bench.arg("--out").arg(paths::target()?.join("bench"));
    bench.args(elasticsearch::flags_for_measuring(arguments));
    shell::run(bench.args(arguments))
}

/// Builds a program of the package `measure`; returns its path.
pub(crate) fn measuring(name: &str) -> Result<PathBuf> {
    let mut build = shell::cargo(["build", "--locked", "--release", "--package", "measure"]);
    build.args(["--bin", name]);
    timed(&format!("{name} compiled"), || shell::run(&mut build))?;
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    Ok(Profile::Release.folder()?.join(name))
}
