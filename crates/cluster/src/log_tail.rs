//! The end of a log, for an error message.

use std::fs;
use std::path::Path;

const LINES: usize = 20;
const WIDTH: usize = 240;

/// The last lines of this file, or a sentence if it cannot be read.
pub(crate) fn of(log: &Path) -> String {
    match fs::read(log) {
        Ok(bytes) if bytes.is_empty() => "it has logged nothing".to_owned(),
        Ok(bytes) => last_lines(&String::from_utf8_lossy(&bytes)),
        Err(error) => format!("its log {} cannot be read: {error}", log.display()),
    }
}

/// The last lines without stack frames, which would hide the cause; each is truncated, because
/// some of Elasticsearch's have thousands of characters.
fn last_lines(text: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .filter(|line| !line.starts_with("\tat "))
        .map(|line| line.trim_end().chars().take(WIDTH).collect())
        .filter(|line: &String| !line.is_empty())
        .collect();
    lines[lines.len().saturating_sub(LINES)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_lines_are_shown_and_long_ones_are_cut() {
        let many: String = (0..100)
            .map(|number| format!("line {number}\n\n"))
            .collect();
        let shown = last_lines(&many);
        assert_eq!(shown.lines().count(), LINES);
        assert!(shown.starts_with("line 80\n") && shown.ends_with("line 99"));
        assert_eq!(last_lines(&"é".repeat(WIDTH + 1)).chars().count(), WIDTH);
    }

    #[test]
    fn the_cause_stands_above_no_stack() {
        let log = "fatal: unknown setting\n\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)\nended\n";
        assert_eq!(last_lines(log), "fatal: unknown setting\nended");
    }

    #[test]
    fn a_log_that_is_not_there_is_a_sentence_too() {
        let folder = tempfile::tempdir().unwrap();
        assert!(of(&folder.path().join("none")).contains("cannot be read"));
        fs::write(folder.path().join("empty"), "").unwrap();
        assert_eq!(of(&folder.path().join("empty")), "it has logged nothing");
    }
}
