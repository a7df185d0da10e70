//! What people write: on one line, or on several.

use crate::{field::Reason, text::is_hidden};

/// Reads an optional text on one line, of at most `max` code points.
///
/// # Errors
/// [`Reason::TooLong`], [`Reason::HiddenCharacters`].
pub(super) fn line(typed: &str, max: u16) -> Result<String, Reason> {
    check(typed.trim(), max, |_| false)
}

/// Reads a text on one line, of 1 to `max` code points.
///
/// # Errors
/// [`Reason::Required`] when there is nothing to be seen, and those of [`line`].
pub(super) fn required_line(typed: &str, max: u16) -> Result<String, Reason> {
    let text = line(typed, max)?;
    if text.is_empty() {
        return Err(Reason::Required);
    }
    Ok(text)
}

/// Reads an optional text of several lines, which end with a line feed however they were sent.
///
/// # Errors
/// [`Reason::TooLong`], [`Reason::HiddenCharacters`].
pub(super) fn lines(typed: &str, max: u16) -> Result<String, Reason> {
    let text = typed.replace("\r\n", "\n").replace('\r', "\n");
    check(text.trim(), max, |c| matches!(c, '\n' | '\t'))
}

fn check(text: &str, max: u16, is_layout: fn(char) -> bool) -> Result<String, Reason> {
    if text.chars().count() > usize::from(max) {
        return Err(Reason::TooLong(max));
    }
    let is_refused = |c: char| is_hidden(c) && !is_joiner(c) && !is_layout(c);
    if text.chars().any(is_refused) {
        return Err(Reason::HiddenCharacters);
    }
    // Joiners with nothing to join would pass for a text and show nothing.
    if text.chars().all(|c| is_joiner(c) || c.is_whitespace()) {
        return Ok(String::new());
    }
    Ok(text.to_owned())
}

/// Characters that join letters in Persian and Indic words and make emoji what they are.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE0F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What can be seen is text, whatever else it may mean to somebody.
    const VISIBLE: [&str; 7] = [
        "</script><img src=x onerror=alert(1)>",
        "'; DROP TABLE videos; --",
        "{{7*7}} ${7*7}",
        "𠜎𠜱 👩‍👩‍👧 ❤️",
        "علی\u{200C}رضا",
        "न\u{200D}",
        "a\u{A0}b",
    ];

    const HIDDEN: [&str; 9] = [
        "a\u{202E}b",
        "a\u{2066}b",
        "a\u{200B}b",
        "a\u{200F}b",
        "a\u{FEFF}b",
        "a\u{0}b",
        "a\u{1B}[31mb",
        "a\u{E0041}b",
        "a\u{2028}b",
    ];

    #[test]
    fn what_can_be_seen_is_kept() {
        for text in VISIBLE {
            assert_eq!(line(text, 100), Ok(text.to_owned()));
            assert_eq!(lines(text, 100), Ok(text.to_owned()));
        }
    }

    #[test]
    fn what_cannot_be_seen_is_refused() {
        for text in HIDDEN {
            assert_eq!(line(text, 100), Err(Reason::HiddenCharacters), "{text:?}");
            assert_eq!(lines(text, 100), Err(Reason::HiddenCharacters), "{text:?}");
        }
        for text in ["a\nb", "a\tb", "a\rb"] {
            assert_eq!(line(text, 100), Err(Reason::HiddenCharacters), "{text:?}");
        }
    }

    #[test]
    fn lines_end_with_a_line_feed_however_they_were_sent() {
        assert_eq!(
            lines("\r\na\r\nb\rc\n\n\td\r\n", 100),
            Ok("a\nb\nc\n\n\td".to_owned())
        );
        assert_eq!(lines("a\r\nb", 3), Ok("a\nb".to_owned()));
    }

    #[test]
    fn a_length_is_that_of_code_points() {
        assert!(line(&"𠜎".repeat(5), 5).is_ok());
        assert_eq!(line(&"a".repeat(6), 5), Err(Reason::TooLong(5)));
        assert_eq!(lines(&"é".repeat(6), 5), Err(Reason::TooLong(5)));
        assert!(line(&[&" ".repeat(9), "abcde"].concat(), 5).is_ok());
    }

    #[test]
    fn what_shows_nothing_is_nothing() {
        for text in ["", " \t", "\u{200D}", "\u{FE0F} \u{200C}"] {
            assert_eq!(line(text, 5), Ok(String::new()));
            assert_eq!(required_line(text, 5), Err(Reason::Required));
        }
    }
}
