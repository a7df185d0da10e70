//! Lints: clippy and rustdoc.

use anyhow::Result;

use super::StepResult;
use crate::compile::{self, Compiled};
use crate::wasm;

/// Checks everything that is compiled for this machine.
pub(super) fn native() -> Result<StepResult> {
    let mut compiled = clippy(&["--all-targets"])?;
    // Cargo skips tests that need a server unless they are named.
    compiled += clippy(&["--test", "elasticsearch"])?;
    Ok(compiled.into())
}

fn clippy(targets: &[&str]) -> Result<Compiled> {
    let mut clippy = compile::cargo("clippy");
    clippy.args(targets).args(["--", "-D", "warnings"]);
    compile::run(&mut clippy)
}

/// Checks the program that browsers run.
pub(super) fn wasm() -> Result<StepResult> {
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
    compile::run(&mut clippy).map(StepResult::from)
}

/// Checks the documentation, including that of private items.
pub(super) fn documentation() -> Result<StepResult> {
    let mut doc = compile::cargo("doc");
    doc.args(["--no-deps", "--document-private-items"]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    compile::run(&mut doc).map(StepResult::from)
}
