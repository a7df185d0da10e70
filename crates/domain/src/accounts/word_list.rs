//! Sorted lists of words, searched in place, so that neither a list nor what is looked for is copied.

use std::cmp::Ordering;

/// Lower-case passwords of 8 characters or more, one a line, sorted by their bytes. Where they
/// come from is in `data/NOTICE.md`.
pub(super) const PASSWORDS: &str = include_str!("../../data/common_passwords.txt");

/// Words of 4 to 7 letters that passwords are made of, in the same form.
pub(super) const WORDS: &str = include_str!("../../data/common_words.txt");

/// Whether a word is in a list; case makes no difference.
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

/// A line near the middle, and what stands before and after it.
fn middle_line(lines: &str) -> (&str, &str, &str) {
    let (half, _) = lines.split_at(lines.floor_char_boundary(lines.len() / 2));
    let start = half.rfind('\n').map_or(0, |end| end + 1);
    let (before, rest) = lines.split_at(start);
    let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
    (before, line, after)
}

/// UTF-8 sorts by bytes as it does by code points, so the lines' order is the order of this.
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
