//! Sorted word lists, searched in place so that neither the list nor the word is copied.

use std::cmp::Ordering;

/// Lower-case passwords of 8 characters or more, one per line, sorted by bytes. `data/NOTICE.md`
/// names the sources.
pub(super) const PASSWORDS: &str = include_str!("../../data/common_passwords.txt");

/// Lower-case words of 4 to 7 letters that occur in passwords, in the same form.
pub(super) const WORDS: &str = include_str!("../../data/common_words.txt");

/// True if a list contains a word, regardless of case. Binary search over the lines.
pub(super) fn contains(list: &str, word: &str) -> bool {
    let mut rest = list;
    while !rest.is_empty() {
        let (before, line, after) = middle_line(rest);
        match compare(line, word) {
            Ordering::Equal => return true,
            Ordering::Less => rest = after,
            Ordering::Greater => rest = before,
        }
    }
    false
}

/// A line near the middle, with the text before and after it.
fn middle_line(lines: &str) -> (&str, &str, &str) {
    let (half, _) = lines.split_at(lines.floor_char_boundary(lines.len() / 2));
    let start = half.rfind('\n').map_or(0, |end| end + 1);
    let (before, rest) = lines.split_at(start);
    let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
    (before, line, after)
}

/// Compares a line with a lower-cased word. UTF-8 sorts by bytes as by code points, so this is the
/// order of the lines.
fn compare(line: &str, word: &str) -> Ordering {
    line.chars().cmp(word.chars().flat_map(char::to_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_and_nothing_else() {
        for (list, shortest, most) in [(PASSWORDS, 8, 200_000), (WORDS, 4, 50_000)] {
            let mut lines = 0;
            for line in list.lines() {
                assert!(contains(list, line), "{line}");
                assert!(contains(list, &line.to_uppercase()), "{line}");
                assert!(
                    line.len() >= shortest && line.to_lowercase() == line,
                    "{line}"
                );
                lines += 1;
            }
            assert!(list.lines().is_sorted_by(|a, b| a < b));
            assert!(lines > 10_000 && lines < most, "{lines}");
            for word in [
                "",
                "\n",
                "a",
                "teapot under the blue stairs",
                "123456789012\n",
                "~~~~",
            ] {
                assert!(!contains(list, word), "{word:?}");
            }
        }
    }
}
