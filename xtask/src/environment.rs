//! The environment variables that are read, and the only place that reads them.

use std::env::{split_paths, var_os, vars_os};
use std::ffi::OsString;
use std::path::PathBuf;

#[expect(
    clippy::disallowed_methods,
    reason = "these tools have no server/src/config; this is their only door to the environment"
)]
fn variable(name: &str) -> Option<OsString> {
    var_os(name).filter(|value| !value.is_empty())
}

/// The names of the variables in which `cargo run` describes this package.
pub(crate) fn set_by_cargo_run() -> impl Iterator<Item = OsString> {
    vars_os().map(|(name, _)| name).filter(|name| {
        let name = name.to_string_lossy();
        name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
    })
}

/// The cargo that runs this program.
pub(crate) fn cargo() -> OsString {
    variable("CARGO").unwrap_or_else(|| "cargo".into())
}

/// The folder in which cargo keeps the crates.
pub(crate) fn cargo_home() -> Option<PathBuf> {
    variable("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| home().map(|home| home.join(".cargo")))
}

/// A Chromium that the user wants to have used.
pub(crate) fn chrome() -> Option<PathBuf> {
    variable("CHROME").map(PathBuf::from)
}

/// The folder of what clones share, when the user has given one.
pub(crate) fn cache() -> Option<PathBuf> {
    variable("INSPIRED_CACHE").map(PathBuf::from)
}

/// The folder for caches of all programs.
pub(crate) fn caches() -> Option<PathBuf> {
    variable("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|folder| folder.is_absolute())
        .or_else(|| home().map(|home| home.join(".cache")))
}

/// Where Playwright keeps the browsers that it has downloaded.
pub(crate) fn playwright_browsers() -> Option<PathBuf> {
    variable("PLAYWRIGHT_BROWSERS_PATH")
        .map(PathBuf::from)
        .or_else(|| caches().map(|folder| folder.join("ms-playwright")))
}

/// The user's own folder.
pub(crate) fn home() -> Option<PathBuf> {
    variable("HOME").map(PathBuf::from)
}

/// An Elasticsearch that the user wants to have used, by `serve` and by tests.
pub(crate) fn elasticsearch_url() -> Option<String> {
    variable("ELASTICSEARCH_URL")?.into_string().ok()
}

/// Whether the program `inspired` is told by its own variables which Elasticsearch to use.
pub(crate) fn names_elasticsearch() -> bool {
    let names = ["INSPIRED_ELASTICSEARCH", "INSPIRED_ELASTICSEARCH_FILE"];
    names.iter().any(|name| variable(name).is_some())
}

/// The Java that the user wants Elasticsearch to be run with, by its own name for it and by everybody's.
pub(crate) fn java_homes() -> [Option<PathBuf>; 2] {
    ["ES_JAVA_HOME", "JAVA_HOME"].map(|name| variable(name).map(PathBuf::from))
}

/// The first program of this name on `PATH`.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let path = variable("PATH")?;
    split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|candidate| candidate.is_file())
}
