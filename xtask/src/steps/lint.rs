//! What compilers say of the code: clippy, and rustdoc.

use anyhow::Result;

use super::Done;
use crate::compile::{self, Compiled};
use crate::wasm;

/// Everything that is compiled for this machine.
pub(super) fn native() -> Result<Done> {
    let mut compiled = clippy(&["--all-targets"])?;
    // Tests that need a server are no tests to Cargo until they are named.
    compiled += clippy(&["--test", "elasticsearch"])?;
    Ok(compiled.into())
}

fn clippy(targets: &[&str]) -> Result<Compiled> {
    let mut clippy = compile::cargo("clippy");
    clippy.args(targets).args(["--", "-D", "warnings"]);
    compile::run(&mut clippy)
}

/// The program that browsers run.
pub(super) fn wasm() -> Result<Done> {
    wasm::ensure_target()?;
    let mut clippy = compile::cargo("clippy");
    clippy.args([
        "--package",
        wasm::PACKAGE,
        "--target",
        wasm::TARGET,
        "--",
        "-D",
        "warnings",
    ]);
    compile::run(&mut clippy).map(Done::from)
}

/// The documentation, that of private items too.
pub(super) fn documentation() -> Result<Done> {
    let mut doc = compile::cargo("doc");
    doc.args(["--no-deps", "--document-private-items"]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    compile::run(&mut doc).map(Done::from)
}
