//! Rules for documents: the files and names that they mention are there.

use std::collections::HashSet;

use super::Finding;
use super::source::{SourceFile, mentions};

const GLOSSARY: &str = "docs/GLOSSARY.md";

/// The folders that a path in a document starts with.
const FOLDERS: [&str; 10] = [
    "app/",
    "crates/",
    "docs/",
    "end2end/",
    "frontend/",
    "public/",
    "server/",
    "style/",
    "xtask/",
    ".ci/",
];

/// A path in a document that is no file and no folder of the repository. Decisions keep the paths of
/// their time.
pub(super) fn paths(sources: &[SourceFile]) -> Vec<Finding> {
    let known = known_paths(sources);
    let mut findings = Vec::new();
    for document in sources.iter().filter(|source| is_current(source)) {
        for (line, code) in code_spans(&document.text) {
            let path = code.trim_end_matches('/');
            if is_path(code) && !known.contains(path) {
                let message = format!("`{code}` is neither a file nor a folder");
                findings.push(document.finding_at(line, message));
            }
        }
    }
    findings
}

/// A row of the glossary whose first cell is no name in the file of its second cell.
pub(super) fn glossary(sources: &[SourceFile]) -> Vec<Finding> {
    let Some(glossary) = sources.iter().find(|source| source.path == GLOSSARY) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for (index, row) in glossary.text.lines().enumerate() {
        let mut spans = code_spans(row).map(|(_, code)| code);
        let (Some(name), Some(path)) = (spans.next(), spans.next()) else {
            continue;
        };
        if !row.starts_with("| `") {
            continue;
        }
        let file = sources.iter().find(|source| source.path == path);
        if !file.is_some_and(|file| mentions(&file.text, name)) {
            let message = format!("`{name}` is not in `{path}`");
            findings.push(glossary.finding_at(index + 1, message));
        }
    }
    findings
}

/// Whether a document describes the repository as it is.
fn is_current(source: &SourceFile) -> bool {
    source.is("md") && !source.path.starts_with("docs/decisions/")
}

fn known_paths(sources: &[SourceFile]) -> HashSet<&str> {
    let mut known = HashSet::new();
    for source in sources {
        let mut path = source.path.as_str();
        known.insert(path);
        while let Some((folder, _)) = path.rsplit_once('/') {
            known.insert(folder);
            path = folder;
        }
    }
    known
}

/// Whether a code span is a path without wildcards, from the top of the repository.
fn is_path(code: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    FOLDERS.iter().any(|folder| code.starts_with(folder)) && code.chars().all(is_plain)
}

/// The text between single backticks, with its line number from 1, outside of fenced blocks.
fn code_spans(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut is_fenced = false;
    let lines = text.lines().enumerate().filter(move |(_, line)| {
        let is_fence = line.trim_start().starts_with("```");
        is_fenced ^= is_fence;
        !is_fenced && !is_fence
    });
    lines.flat_map(|(index, line)| {
        let codes = line.split('`').skip(1).step_by(2);
        codes.map(move |code| (index + 1, code))
    })
}

#[cfg(test)]
mod tests {
    use super::super::source::source;
    use super::{glossary, paths};

    #[test]
    fn a_path_that_is_not_there_is_found() {
        let code = || source("app/src/a.rs", "struct Visit;\n");
        let found = |path: &str, text: &str| paths(&[code(), source(path, text)]).len();
        assert_eq!(
            found("docs/A.md", "See `app/src/a.rs` and `app/src/`.\n"),
            0
        );
        assert_eq!(found("README.md", "See `app/src/b.rs`.\n"), 1);
        assert_eq!(found("docs/decisions/0001-a.md", "`app/src/b.rs`\n"), 0);
        assert_eq!(
            found("docs/A.md", "`app/src/{a,b}.rs`, `/app/b`, `serde`\n"),
            0
        );
        assert_eq!(found("docs/A.md", "```\nsee `app/src/b.rs`\n```\n"), 0);
    }

    #[test]
    fn a_row_of_the_glossary_without_its_name_in_its_file_is_found() {
        let code = || source("app/src/a.rs", "struct RequestContext;\n");
        let found = |row: &str| glossary(&[code(), source("docs/GLOSSARY.md", row)]).len();
        assert_eq!(
            found("| `RequestContext` | `app/src/a.rs` | | `Visit` |\n"),
            0
        );
        assert_eq!(found("| `Request` | `app/src/a.rs` | | |\n"), 1);
        assert_eq!(found("| `RequestContext` | `app/src/b.rs` | | |\n"), 1);
        assert_eq!(found("| Name | File |\n|---|---|\n"), 0);
    }
}
