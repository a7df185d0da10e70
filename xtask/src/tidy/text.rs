//! Rules for every text file.

use super::Finding;
use super::source::SourceFile;

/// Forbids trailing white space, and requires a line feed at the end of a file.
pub(super) fn line_ends(source: &SourceFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in source.text.split('\n').enumerate() {
        if line.ends_with([' ', '\t', '\r']) {
            findings.push(source.finding_at(index + 1, "white space at the end of the line"));
        }
    }
    if !source.text.is_empty() && !source.text.ends_with('\n') {
        findings.push(source.finding("no line feed at the end of the file"));
    }
    findings
}

/// Forbids paths that exist on one machine only.
pub(super) fn private_paths(source: &SourceFile) -> Vec<Finding> {
    const FOLDERS: [&str; 4] = ["root", "home", "work", "Users"];
    let is_private = |line: &str| {
        FOLDERS.iter().any(|folder| {
            let path = format!("/{folder}/");
            line.match_indices(&path).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                !before.is_some_and(|c| c.is_alphanumeric() || "._-~/}".contains(c))
            })
        })
    };
    let lines = source
        .text
        .lines()
        .enumerate()
        .filter(|(_, line)| is_private(line));
    lines
        .map(|(index, _)| source.finding_at(index + 1, "a path that exists on one machine only"))
        .collect()
}

/// Requires public registries in lock files, so that every clone can build.
pub(super) fn lock_files(source: &SourceFile) -> Vec<Finding> {
    let (key, registry) = match source.path.rsplit('/').next() {
        Some("package-lock.json") => ("\"resolved\": \"", "https://registry.npmjs.org/"),
        Some("Cargo.lock") => (
            "source = \"",
            "registry+https://github.com/rust-lang/crates.io-index\"",
        ),
        _ => return Vec::new(),
    };
    let is_foreign = |line: &str| {
        let line = line.trim_start();
        line.strip_prefix(key)
            .is_some_and(|origin| !origin.starts_with(registry))
    };
    let lines = source
        .text
        .lines()
        .enumerate()
        .filter(|(_, line)| is_foreign(line));
    lines
        .map(|(index, _)| source.finding_at(index + 1, "does not come from the public registry"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::source::source;
    use super::{line_ends, lock_files, private_paths};

    #[test]
    fn white_space_at_the_end_of_a_line_is_found() {
        for text in ["a \n", "a\t\n", "a\r\n", "a"] {
            assert_eq!(line_ends(&source("README.md", text)).len(), 1, "{text:?}");
        }
        assert!(line_ends(&source("README.md", "a\n\nb\n")).is_empty());
    }

    #[test]
    fn a_path_of_one_machine_is_found() {
        for folder in ["root", "home", "work", "Users"] {
            let text = format!("see \"/{folder}/me/notes\"\n");
            assert_eq!(
                private_paths(&source("README.md", &text)).len(),
                1,
                "{folder}"
            );
        }
        assert!(private_paths(&source("README.md", "see app/src/home/page.rs\n")).is_empty());
    }

    #[test]
    fn a_lock_file_that_names_another_registry_is_found() {
        let npm = "      \"resolved\": \"https://mirror.example/a.tgz\",\n";
        assert_eq!(
            lock_files(&source("end2end/package-lock.json", npm)).len(),
            1
        );
        let cargo = "source = \"git+https://example.org/a\"\n";
        assert_eq!(lock_files(&source("Cargo.lock", cargo)).len(), 1);
        let public = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
        assert!(lock_files(&source("Cargo.lock", public)).is_empty());
    }
}
