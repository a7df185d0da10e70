//! The packages that any of our builds compiles.
//!
//! `Cargo.lock`, and so `cargo metadata`, also lists packages of optional features that no build
//! enables.

use std::collections::HashSet;

use anyhow::Result;

use crate::{shell, wasm};

/// The names and versions of compiled packages, including those of tests and build scripts, for
/// this machine and for the browser.
#[derive(Debug)]
pub(super) struct CompiledPackages(HashSet<(String, String)>);

impl CompiledPackages {
    /// Reads them from Cargo for this target.
    pub(super) fn on(host: &str) -> Result<Self> {
        let mut tree = shell::cargo(["tree", "--locked", "--workspace"]);
        tree.args(["--target", host, "--target", wasm::TARGET]);
        tree.args(["--prefix", "none", "--format", "{p}"]);
        Ok(Self::parse(&shell::output(&mut tree)?))
    }

    fn parse(tree: &str) -> Self {
        let package = |line: &str| {
            let (name, rest) = line.split_once(" v")?;
            let version = rest.split_whitespace().next()?;
            Some((name.to_owned(), version.to_owned()))
        };
        Self(tree.lines().filter_map(package).collect())
    }

    pub(super) fn has(&self, name: &str, version: &str) -> bool {
        self.0.contains(&(name.to_owned(), version.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::CompiledPackages;

    #[test]
    fn a_package_is_known_by_its_name_and_version() {
        let tree = "app v0.1.0 (/a/app)\nserde v1.0.2 (*)\nsyn v2.0.1+b\n\nvalue-bag v1.1.0\n";
        let built = CompiledPackages::parse(tree);
        for (name, version) in [
            ("app", "0.1.0"),
            ("serde", "1.0.2"),
            ("syn", "2.0.1+b"),
            ("value-bag", "1.1.0"),
        ] {
            assert!(built.has(name, version), "{name}");
        }
        assert!(!built.has("serde", "1.0.3"));
    }
}
