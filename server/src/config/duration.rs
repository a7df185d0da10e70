//! Durations on the command line.

use time::Duration;

/// Parses a duration of 1 second to 400 days, such as `90s`, `15m`, `2h`, `30d` or `1h30m`, with the
/// units of [`humantime::parse_duration`].
///
/// # Errors
/// A message with the allowed forms: out of range, not in whole seconds, or with a space, a sign or a
/// decimal point.
pub(super) fn parse(text: &str) -> Result<Duration, String> {
    const ALLOWED: &str =
        "allowed is a number and a unit, from 1s to 400d, such as 90s, 15m, 2h or 30d";
    // `humantime` reads a capital `M` as months.
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_one_word = text.bytes().all(is_plain);
    let span = humantime::parse_duration(text).ok();
    span.filter(|_| is_one_word)
        .and_then(|span| Duration::try_from(span).ok())
        .filter(|span| span.subsec_nanoseconds() == 0)
        .filter(|span| (Duration::SECOND..=Duration::days(400)).contains(span))
        .ok_or_else(|| ALLOWED.to_owned())
}

/// Formats a duration in its largest whole unit, such as `90s`, in the form that [`parse`] accepts.
/// `humantime` would write `30days`, and `1m 30s` for `90s`.
pub(super) fn show(span: Duration) -> String {
    let seconds = span.whole_seconds();
    match seconds {
        _ if seconds % 86_400 == 0 => format!("{}d", seconds / 86_400),
        _ if seconds % 3_600 == 0 => format!("{}h", seconds / 3_600),
        _ if seconds % 60 == 0 => format!("{}m", seconds / 60),
        _ => format!("{seconds}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_have_a_number_and_a_unit() {
        assert_eq!(parse("90s"), Ok(Duration::seconds(90)));
        assert_eq!(parse("15m"), Ok(Duration::minutes(15)));
        assert_eq!(parse("2h"), Ok(Duration::hours(2)));
        assert_eq!(parse("30d"), Ok(Duration::days(30)));
        assert_eq!(parse("400d"), Ok(Duration::days(400)));
        assert_eq!(parse("1h30m"), Ok(Duration::minutes(90)));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "s",
            "2",
            "2 h",
            "-2h",
            "+2h",
            "2.5h",
            "2H",
            "12M",
            "0s",
            "401d",
            "99999999999d",
            "2é",
            "2.5d",
            "1h 30m",
            "1500ms",
            "5µs",
        ] {
            assert!(parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_span_is_shown_as_it_is_read() {
        for text in ["90s", "15m", "2h", "30d"] {
            assert_eq!(parse(text).map(show), Ok(text.to_owned()));
        }
    }
}
