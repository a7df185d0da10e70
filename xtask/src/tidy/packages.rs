//! Rules for `Cargo.toml`: all packages share one set of versions and lints, and each depends only
//! on those that it may.

use toml::{Table, Value};

use super::Finding;
use super::source::SourceFile;

const SHARED: [&str; 5] = ["version", "edition", "rust-version", "license", "publish"];

/// Forbidden dependencies of a package, by its folder.
const FORBIDDEN_DEPENDENCIES: [(&str, &[&str]); 7] = [
    (
        "crates/types",
        &[
            "app", "cluster", "domain", "store", "server", "testbed", "leptos", "axum", "tokio",
            "http", "hyper", "reqwest",
        ],
    ),
    (
        "crates/domain",
        &[
            "app",
            "cluster",
            "store",
            "server",
            "testbed",
            "leptos",
            "leptos_axum",
            "axum",
            "http",
            "hyper",
            "reqwest",
        ],
    ),
    (
        "crates/store",
        &[
            "app",
            "cluster",
            "server",
            "testbed",
            "leptos",
            "leptos_axum",
            "axum",
        ],
    ),
    (
        "crates/cluster",
        &["app", "domain", "frontend", "server", "store", "types"],
    ),
    ("app", &["cluster", "store", "server", "testbed"]),
    // A test crate may panic; shipped code may not.
    ("server", &["cluster", "testbed"]),
    (
        "xtask",
        &[
            "app", "domain", "frontend", "server", "store", "testbed", "types",
        ],
    ),
];

/// The only dependencies of `frontend`: the pages and what starts them.
const FRONTEND: [&str; 5] = [
    "app",
    "console_error_panic_hook",
    "leptos",
    "wasm-bindgen",
    "wasm-bindgen-futures",
];

/// Requires versions, lints and dependencies from the workspace.
pub(super) fn shape(source: &SourceFile) -> Vec<Finding> {
    let Some((folder, manifest)) = member(source) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    if !is_shared(manifest.get("lints")) {
        findings.push(source.finding(format!("{folder} needs `[lints] workspace = true`")));
    }
    let package = manifest.get("package").and_then(Value::as_table);
    for key in SHARED {
        if !is_shared(package.and_then(|package| package.get(key))) {
            findings.push(source.finding(format!("`{key}.workspace = true` is missing")));
        }
    }
    for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
        for (name, dependency) in table(&manifest, kind) {
            if !is_shared(Some(dependency)) {
                let message =
                    format!("the version of {name} belongs into the workspace's Cargo.toml");
                findings.push(source.finding(message));
            }
        }
    }
    findings
}

/// Forbids dependencies that a package must not have.
pub(super) fn allowed_dependencies(source: &SourceFile) -> Vec<Finding> {
    let Some((folder, manifest)) = member(source) else {
        return Vec::new();
    };
    let is_closed = |name: &str| match folder {
        "frontend" => !FRONTEND.contains(&name),
        _ => FORBIDDEN_DEPENDENCIES
            .iter()
            .any(|(room, doors)| *room == folder && doors.contains(&name)),
    };
    table(&manifest, "dependencies")
        .filter(|(name, _)| is_closed(name))
        .map(|(name, _)| source.finding(format!("{folder} must not know {name}")))
        .collect()
}

fn member(source: &SourceFile) -> Option<(&str, Table)> {
    let folder = source.path.strip_suffix("/Cargo.toml")?;
    Some((folder, source.text.parse().unwrap_or_default()))
}

fn is_shared(value: Option<&Value>) -> bool {
    value
        .and_then(|value| value.get("workspace"))
        .and_then(Value::as_bool)
        == Some(true)
}

fn table<'a>(manifest: &'a Table, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    manifest
        .get(key)
        .and_then(Value::as_table)
        .into_iter()
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::super::source::source;
    use super::{SHARED, allowed_dependencies, shape};

    fn manifest(rest: &str) -> String {
        let package: Vec<_> = SHARED
            .iter()
            .map(|key| format!("{key}.workspace = true\n"))
            .collect();
        format!("[package]\n{}{rest}", package.concat())
    }

    #[test]
    fn a_package_that_leaves_the_common_set_is_found() {
        let findings = |rest: &str| shape(&source("app/Cargo.toml", &manifest(rest))).len();
        assert_eq!(findings("[lints]\nworkspace = true\n"), 0);
        assert_eq!(findings(""), 1);
        assert_eq!(
            findings("[lints]\nworkspace = true\n[dependencies]\na = \"1\"\n"),
            1
        );
        assert_eq!(
            findings("[lints]\nworkspace = true\n[dev-dependencies]\na.version = \"1\"\n"),
            1
        );
        assert_eq!(
            shape(&source("app/Cargo.toml", "[lints]\nworkspace = true\n")).len(),
            SHARED.len()
        );
    }

    #[test]
    fn a_package_that_knows_too_much_is_found() {
        let findings = |path: &str, name: &str| {
            let text = manifest(&format!("[dependencies]\n{name}.workspace = true\n"));
            allowed_dependencies(&source(path, &text)).len()
        };
        assert_eq!(findings("crates/domain/Cargo.toml", "axum"), 1);
        assert_eq!(findings("crates/domain/Cargo.toml", "types"), 0);
        for room in ["app", "crates/domain", "crates/store", "crates/types"] {
            assert_eq!(findings(&format!("{room}/Cargo.toml"), "testbed"), 1);
        }
        for room in ["frontend", "server", "xtask"] {
            assert_eq!(findings(&format!("{room}/Cargo.toml"), "testbed"), 1);
        }
        assert_eq!(findings("app/Cargo.toml", "store"), 1);
        assert_eq!(findings("frontend/Cargo.toml", "types"), 1);
        assert_eq!(findings("xtask/Cargo.toml", "server"), 1);
    }
}
