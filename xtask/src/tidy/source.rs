//! The files that rules check, and their code without comments and strings.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::Finding;

/// Folders with generated, downloaded or foreign files, which are not checked.
const FOREIGN: [&str; 7] = [
    ".git",
    "target",
    "node_modules",
    "data",
    "test-results",
    "playwright-report",
    "blob-report",
];

/// The attribute of test-only items.
const TEST: &str = "#[cfg(test)]";

/// A text file of the repository.
#[derive(Debug)]
pub(crate) struct SourceFile {
    /// Relative to the root, with slashes.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl SourceFile {
    /// True if the name has this extension.
    pub(crate) fn is(&self, extension: &str) -> bool {
        self.path
            .rsplit_once('.')
            .is_some_and(|(_, end)| end == extension)
    }

    /// True if the whole file belongs to a test.
    pub(crate) fn is_test(&self) -> bool {
        let in_folder = |folder: &str| self.path.split('/').any(|part| part == folder);
        in_folder("tests") || in_folder("benches") || self.path.ends_with("/tests.rs")
    }

    /// The lines of Rust without comments and with empty strings.
    pub(crate) fn code(&self) -> impl Iterator<Item = Line<'_>> {
        let mut test_item = None;
        self.text.lines().enumerate().map(move |(index, line)| {
            let code = code_of(line);
            let indentation = line.len() - line.trim_start().len();
            if code.trim_start().starts_with(TEST) {
                test_item.get_or_insert(indentation);
            }
            let in_test = self.is_test() || test_item.is_some();
            if test_item == Some(indentation) && ends_item(&code) {
                test_item = None;
            }
            Line {
                source: self,
                number: index + 1,
                code,
                in_test,
            }
        })
    }

    /// A finding for the whole file.
    pub(crate) fn finding(&self, message: impl Into<String>) -> Finding {
        self.finding_at(0, message)
    }

    /// A finding for a line.
    pub(crate) fn finding_at(&self, line: usize, message: impl Into<String>) -> Finding {
        Finding {
            path: self.path.clone(),
            line,
            message: message.into(),
        }
    }
}

/// A line of Rust without comments and strings.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    source: &'a SourceFile,
    number: usize,
    pub(crate) code: String,
    /// True from `#[cfg(test)]` to the end of the item.
    pub(crate) in_test: bool,
}

impl Line<'_> {
    /// True if the code contains these words as whole words.
    pub(crate) fn mentions(&self, words: &str) -> bool {
        mentions(&self.code, words)
    }

    pub(crate) fn finding(&self, message: impl Into<String>) -> Finding {
        self.source.finding_at(self.number, message)
    }
}

/// True if an item ends with this line, given that it is indented like the first line of the item.
/// An attribute does not end it.
fn ends_item(code: &str) -> bool {
    let code = code.trim();
    let code = code.strip_prefix(TEST).unwrap_or(code).trim_start();
    !code.starts_with("#[") && code.ends_with(['}', ';', ','])
}

/// True if the text contains these words as whole words.
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

/// The line without a comment, and with empty strings.
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

/// Reads all text files of the repository.
pub(crate) fn read_all(top: &Path) -> Result<Vec<SourceFile>> {
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
                    sources.push(SourceFile {
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
pub(crate) fn source(path: &str, text: &str) -> SourceFile {
    SourceFile {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{code_of, mentions, source};

    #[test]
    fn comments_and_strings_are_not_code() {
        assert_eq!(code_of("let a = \"view! {\"; // view! {"), "let a = \"\"; ");
        assert_eq!(code_of(r#"let a = "say \"view!\"";"#), "let a = \"\";");
        assert_eq!(code_of("let a = '\"'; view!"), "let a = '\"'; view!");
    }

    #[test]
    fn only_the_item_behind_cfg_test_is_test_code() {
        let text = "\
fn a() {}
#[cfg(test)]
mod t1;
fn b() {}
#[cfg(test)]
#[path = \"t2.rs\"]
mod t2;
fn c() {
    #[cfg(test)]
    t3();
    d();
}
#[cfg(test)]
pub(crate) fn t4(
    a: u8,
) -> u8 {
    if a == 0 {
        t4a();
    }

    t4b()
}
#[cfg(test)]
use t5::{
    t5a,
};
#[cfg(test)] mod t6;
struct E {
    #[cfg(test)]
    t7: u8,
    e: u8,
}
#[cfg(test)]
mod t8 {
    fn t8a() {}
    #[cfg(test)]
    fn t8b() {}
    fn t8c() {}
}
fn f() {}
";
        let source = source("src/lib.rs", text);
        for line in source.code() {
            let code = line.code.trim();
            let has_word = |words: &[&str]| words.iter().any(|word| line.mentions(word));
            let number = |number: usize| {
                let name = format!("t{number}");
                ["", "a", "b", "c"].map(|end| format!("{name}{end}"))
            };
            let named: Vec<_> = (1..9).flat_map(number).collect();
            let named: Vec<_> = named.iter().map(String::as_str).collect();
            if has_word(&named) {
                assert!(line.in_test, "{code}");
            }
            if has_word(&["fn a", "fn b", "fn c", "d()", "struct E", "e: u8", "fn f"]) {
                assert!(!line.in_test, "{code}");
            }
        }
        let all_test = super::source("tests/a.rs", "fn a() {}\n");
        assert!(all_test.code().all(|line| line.in_test));
    }

    #[test]
    fn a_word_inside_a_longer_one_is_not_the_word() {
        assert!(mentions("a view! { }", "view!"));
        assert!(!mentions("a preview! { }", "view!"));
        assert!(!mentions("env::vars()", "env::var"));
    }
}
