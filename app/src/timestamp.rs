//! Timestamps for people.

use crate::texts::{TimestampParts, texts};

/// An RFC 3339 timestamp in UTC for people: `3 November 2026, 17:48 UTC`; any other text unchanged.
pub(crate) fn format_timestamp(moment: &str) -> String {
    parts(moment).map_or_else(|| moment.to_owned(), texts().moment)
}

/// Slices by position, because a date library would outweigh the whole page.
fn parts(moment: &str) -> Option<TimestampParts<'_>> {
    let is_utc = moment.ends_with('Z') || moment.ends_with("+00:00");
    if !is_utc || moment.as_bytes().get(10) != Some(&b'T') {
        return None;
    }
    Some(TimestampParts {
        year: moment.get(..4)?,
        month: moment.get(5..7)?.parse().ok()?,
        day: moment.get(8..10)?,
        time: moment.get(11..16)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_by_its_parts() {
        assert_eq!(
            format_timestamp("2026-11-03T17:48:03.25Z"),
            "3 November 2026, 17:48 UTC"
        );
        assert_eq!(
            format_timestamp("2026-01-31T00:05:00+00:00"),
            "31 January 2026, 00:05 UTC"
        );
    }

    #[test]
    fn what_is_no_moment_in_utc_is_shown_as_it_came() {
        for text in [
            "",
            "yesterday",
            "2026-11-03T17:48:03+02:00",
            "2026-11-03",
            "ééééééZ",
        ] {
            assert_eq!(format_timestamp(text), text);
        }
    }
}
