//! Whether a build and a test of the default members share what they compile.
//!
//! Cargo gives a dependency the features that all selected packages ask for. A feature that only tests
//! ask for makes the program and everything between it and the dependency compile twice.

use std::collections::BTreeSet;

use anyhow::Result;

use super::Finding;
use crate::shell;

/// Packages that a build on this kind of machine gives other features than a test does.
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

/// A line for each package: its name, its version and its features.
fn features(host: &str, edges: &str) -> Result<BTreeSet<String>> {
    let mut tree = shell::cargo(["tree", "--locked", "--no-dedupe", "--prefix", "none"]);
    tree.args(["--target", host, "--edges", edges, "--format", "{p} {f}"]);
    Ok(shell::output(&mut tree)?
        .lines()
        .map(str::to_owned)
        .collect())
}
