//! Rule: a build and a test of the default members share what they compile.
//!
//! Cargo enables the features of a dependency that any selected package asks for. A feature that
//! only tests enable compiles the dependency, and everything up to the program, twice.

use std::collections::BTreeSet;

use anyhow::Result;

use super::Finding;
use crate::shell;

/// Packages that have other features in a build for this target than in a test.
pub(super) fn differences(host: &str) -> Result<Vec<Finding>> {
    let build = features(host, "normal,build")?;
    let test = features(host, "normal,build,dev")?;
    let finding = |line: &String| Finding {
        path: "crates/testbed/Cargo.toml".to_owned(),
        line: 0,
        message: format!(
            "a test selects other features than a build, which has {line}: give `testbed` the \
             features that only tests need"
        ),
    };
    Ok(build.difference(&test).map(finding).collect())
}

/// One line per package: its name, its version and its features.
fn features(host: &str, edges: &str) -> Result<BTreeSet<String>> {
    let mut tree = shell::cargo(["tree", "--locked", "--no-dedupe", "--prefix", "none"]);
    tree.args(["--target", host, "--edges", edges, "--format", "{p} {f}"]);
    Ok(shell::output(&mut tree)?
        .lines()
        .map(str::to_owned)
        .collect())
}
