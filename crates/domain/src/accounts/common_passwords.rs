//! Passwords that many people have.
//!
//! The list is on the server only: it is far larger than the page that would carry it.

use std::cmp::Ordering;

use types::Password;

/// Lower-case passwords of 8 characters or more, one a line, sorted by their bytes. Where they
/// come from is in `data/NOTICE.md`.
const COMMON: &str = include_str!("../../data/common_passwords.txt");

/// Whether the password is among the common ones, whatever its case.
///
/// Searched in place, so that neither the list nor the password is copied.
pub(crate) fn is_common(password: &Password) -> bool {
    let mut rest = COMMON;
    while !rest.is_empty() {
        let (before, line, after) = middle_line(rest);
        match compare(line, password.expose()) {
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
fn compare(line: &str, password: &str) -> Ordering {
    line.chars()
        .cmp(password.chars().flat_map(char::to_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn common(password: &str) -> bool {
        is_common(&Password::new(password.to_owned()))
    }

    #[test]
    fn famous_ones_are_common() {
        for password in [
            "123456789012",
            "qwertyuiop123",
            "1q2w3e4r5t6y",
            "passwordpassword",
            "password1234",
            "manchesterunited",
            "12345678",
            "iloveyou",
            "sunshine",
        ] {
            assert!(common(password), "{password}");
        }
    }

    #[test]
    fn case_makes_no_difference() {
        assert!(common("QwertyUIOP123"));
        assert!(common("ManchesterUnited"));
    }

    #[test]
    fn phrases_of_ones_own_are_not_common() {
        for password in [
            "",
            "\n",
            "correct horse battery staple",
            "teapot under the blue stairs",
            "zzzzzzzzzzzzzzz~",
            "пароль для сада",
            "123456789012\n",
            "sunshine\nsunshine",
            "k7#Qm2vX9!pLw4",
        ] {
            assert!(!common(password), "{password:?}");
        }
    }

    #[test]
    fn every_line_is_found() {
        let mut lines = 0;
        for line in COMMON.lines() {
            assert!(common(line), "{line}");
            lines += 1;
        }
        assert!(lines > 90_000, "only {lines}");
    }

    #[test]
    fn the_list_is_sorted_lower_case_and_long_enough() {
        assert!(COMMON.lines().is_sorted_by(|a, b| a < b));
        assert!(
            COMMON
                .lines()
                .all(|line| line.len() >= 8 && line.to_lowercase() == line)
        );
    }
}
