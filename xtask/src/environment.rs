//! The environment variables: the only module that reads them.

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

/// The Cargo that runs this program.
pub(crate) fn cargo() -> OsString {
    variable("CARGO").unwrap_or_else(|| "cargo".into())
}

/// The home folder of Cargo.
pub(crate) fn cargo_home() -> Option<PathBuf> {
    variable("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| home().map(|home| home.join(".cargo")))
}

/// The Chromium that the user names.
pub(crate) fn chrome() -> Option<PathBuf> {
    variable("CHROME").map(PathBuf::from)
}

/// The shared cache folder that the user names.
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

/// The folder of the browsers that Playwright has downloaded.
pub(crate) fn playwright_browsers() -> Option<PathBuf> {
    variable("PLAYWRIGHT_BROWSERS_PATH")
        .map(PathBuf::from)
        .or_else(|| caches().map(|folder| folder.join("ms-playwright")))
}

/// The home folder of the user.
pub(crate) fn home() -> Option<PathBuf> {
    variable("HOME").map(PathBuf::from)
}

/// The Elasticsearch that the user names for `serve` and tests.
pub(crate) fn elasticsearch_url() -> Option<String> {
    variable("ELASTICSEARCH_URL")?.into_string().ok()
}

/// True if the variables of the program `inspired` name its Elasticsearch.
pub(crate) fn names_elasticsearch() -> bool {
    let names = ["INSPIRED_ELASTICSEARCH", "INSPIRED_ELASTICSEARCH_FILE"];
    names.iter().any(|name| variable(name).is_some())
}

/// The Java homes that the user names: for Elasticsearch, and in general.
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
