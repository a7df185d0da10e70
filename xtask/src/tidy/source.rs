//! The files that the rules look at, and how they see them.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::Finding;

/// What is made, fetched or kept by others; never looked at.
const FOREIGN: [&str; 7] = [
    ".git",
    "target",
    "node_modules",
    "data",
    "test-results",
    "playwright-report",
    "blob-report",
];

/// A text file of the repository.
#[derive(Debug)]
pub(crate) struct Source {
    /// Relative to the top, with slashes.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// Whether the name ends so: `rs`, `css`.
    pub(crate) fn is(&self, extension: &str) -> bool {
        self.path
            .rsplit_once('.')
            .is_some_and(|(_, end)| end == extension)
    }

    /// Whether the whole file is part of a test.
    pub(crate) fn is_test(&self) -> bool {
        let in_folder = |folder: &str| self.path.split('/').any(|part| part == folder);
        in_folder("tests") || in_folder("benches") || self.path.ends_with("/tests.rs")
    }

    /// Lines of Rust without comments and without the content of strings.
    pub(crate) fn code(&self) -> impl Iterator<Item = Line<'_>> {
        let mut in_test = self.is_test();
        self.text.lines().enumerate().map(move |(index, line)| {
            in_test |= line.trim_start().starts_with("#[cfg(test)]");
            Line {
                source: self,
                number: index + 1,
                code: code_of(line),
                in_test,
            }
        })
    }

    /// A finding about the file as a whole.
    pub(crate) fn finding(&self, message: impl Into<String>) -> Finding {
        self.finding_at(0, message)
    }

    /// A finding about this line.
    pub(crate) fn finding_at(&self, line: usize, message: impl Into<String>) -> Finding {
        Finding {
            path: self.path.clone(),
            line,
            message: message.into(),
        }
    }
}

/// A line of Rust as the rules see it.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    source: &'a Source,
    number: usize,
    pub(crate) code: String,
    /// From `#[cfg(test)]` to the end of the file: tests stand last in ours.
    pub(crate) in_test: bool,
}

impl Line<'_> {
    /// Whether the code has these words, and not as the end or the start of longer ones.
    pub(crate) fn mentions(&self, words: &str) -> bool {
        mentions(&self.code, words)
    }

    pub(crate) fn finding(&self, message: impl Into<String>) -> Finding {
        self.source.finding_at(self.number, message)
    }
}

/// Whether the text has these words, and not as the end or the start of longer ones.
pub(crate) fn mentions(text: &str, words: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let starts_open = !words.starts_with(is_word);
    let ends_open = !words.ends_with(is_word);
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(is_word);
        let after = text[at + words.len()..].chars().next().is_some_and(is_word);
        (starts_open || !before) && (ends_open || !after)
    })
}

/// The line without a comment, and with its strings emptied.
fn code_of(line: &str) -> String {
    let mut code = String::with_capacity(line.len());
    let mut characters = line.chars().peekable();
    let mut in_string = false;
    while let Some(character) = characters.next() {
        if in_string {
            match character {
                '\\' => drop(characters.next()),
                '"' => in_string = false,
                _ => continue,
            }
        } else if character == '/' && characters.peek() == Some(&'/') {
            break;
        } else if character == '"' && !code.ends_with('\'') {
            in_string = true;
        }
        if character != '\\' || !in_string {
            code.push(character);
        }
    }
    code
}

/// All text files below this folder.
pub(crate) fn read_all(top: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    let mut waiting = vec![String::new()];
    while let Some(folder) = waiting.pop() {
        let place = top.join(&folder);
        let entries =
            fs::read_dir(&place).with_context(|| format!("cannot read {}", place.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if FOREIGN.contains(&name.as_str()) {
                continue;
            }
            let kind = entry.file_type()?;
            if kind.is_dir() {
                waiting.push(format!("{folder}{name}/"));
            } else if kind.is_file() {
                let bytes = fs::read(entry.path())?;
                if let Ok(text) = String::from_utf8(bytes) {
                    sources.push(Source {
                        path: format!("{folder}{name}"),
                        text,
                    });
                }
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}

#[cfg(test)]
pub(crate) fn source(path: &str, text: &str) -> Source {
    Source {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{code_of, mentions};

    #[test]
    fn comments_and_strings_are_not_code() {
        assert_eq!(code_of("let a = \"view! {\"; // view! {"), "let a = \"\"; ");
        assert_eq!(code_of(r#"let a = "say \"view!\"";"#), "let a = \"\";");
        assert_eq!(code_of("let a = '\"'; view!"), "let a = '\"'; view!");
    }

    #[test]
    fn a_word_inside_a_longer_one_is_not_the_word() {
        assert!(mentions("a view! { }", "view!"));
        assert!(!mentions("a preview! { }", "view!"));
        assert!(!mentions("env::vars()", "env::var"));
    }
}
