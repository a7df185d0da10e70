//! Seconds of a video in URLs, and days.

use std::collections::HashSet;

use types::catalogue::{Day, Timecode};

use crate::texts::public_texts;

/// Allocates the ids of elements that times link to: `t-83`. Each id is given once, to the first
/// element that requests it.
#[derive(Debug, Default)]
pub(super) struct TimeAnchors(HashSet<u32>);

impl TimeAnchors {
    /// The id for this time, unless another element has it.
    pub(super) fn take(&mut self, time: Timecode) -> Option<String> {
        let seconds = seconds(time);
        self.0.insert(seconds).then(|| name(seconds))
    }
}

/// The whole seconds of a time.
pub(super) fn seconds(time: Timecode) -> u32 {
    time.millis() / 1000
}

/// The start in seconds that `t` in a query requests: `83`, `83s`, `1:23`, `1m23s`. Anything else,
/// or a second after the end of the video, is 0.
pub(super) fn start_second(text: &str, length: Option<Timecode>) -> u32 {
    let text = text.trim();
    let clock = Timecode::parse(text.strip_suffix('s').unwrap_or(text));
    let clock = clock.ok().flatten().map(seconds);
    let asked = clock.or_else(|| in_units(text)).unwrap_or_default();
    if is_within(asked, length) { asked } else { 0 }
}

/// Whether this second is before the end of the video. The last second may be a fraction.
pub(super) fn is_within(second: u32, length: Option<Timecode>) -> bool {
    length.is_none_or(|length| second.saturating_mul(1000) < length.millis())
}

/// Parses `1h2m3s`; every unit is optional.
fn in_units(text: &str) -> Option<u32> {
    let (mut rest, mut sum) = (text, 0_u32);
    for (unit, length) in [('h', 3600), ('m', 60), ('s', 1)] {
        let Some((number, behind)) = rest.split_once(unit) else {
            continue;
        };
        let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        let number = number.parse::<u32>().ok().filter(|_| is_number)?;
        sum = sum.checked_add(number.checked_mul(length)?)?;
        rest = behind;
    }
    let time = Timecode::from_millis(sum.checked_mul(1000)?).ok()?;
    rest.is_empty().then(|| seconds(time))
}

/// The fragment of a time: `#t-83`.
pub(super) fn fragment(time: Timecode) -> String {
    format!("#{}", name(seconds(time)))
}

fn name(seconds: u32) -> String {
    format!("t-{seconds}")
}

/// A day in the language of the page: `3 November 2026`.
pub(super) fn readable(day: &Day) -> String {
    let mut parts = day.as_str().split('-');
    let year = parts.next().unwrap_or_default();
    let month = parts.next().and_then(|month| month.parse().ok());
    let day = parts.next().unwrap_or_default();
    (public_texts().video.day)(year, month.unwrap_or_default(), day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_in_a_query_is_read_as_people_write_it() {
        let length = Timecode::from_millis(7_200_000).ok();
        for (text, second) in [
            ("83", 83),
            ("83s", 83),
            ("83.9", 83),
            ("1:23", 83),
            ("1m23s", 83),
            ("1h", 3600),
            ("1h1s", 3601),
            (" 83 ", 83),
            ("7199", 7199),
            ("7200", 0),
            ("", 0),
            ("x", 0),
            ("-1", 0),
            ("+1s", 0),
            ("1s1m", 0),
            ("hms", 0),
            ("99999999999", 0),
            ("4294967295h", 0),
        ] {
            assert_eq!(start_second(text, length), second, "{text}");
        }
        assert_eq!(start_second("25h", None), 0);
        // The last second of a video may be a part of one.
        let length = Timecode::from_millis(83_500).ok();
        assert_eq!(start_second("83", length), 83);
        assert_eq!(start_second("84", length), 0);
    }

    #[test]
    fn no_two_elements_have_one_name() {
        let at = |millis| Timecode::from_millis(millis).unwrap();
        let mut anchors = TimeAnchors::default();
        assert_eq!(anchors.take(at(83_000)).as_deref(), Some("t-83"));
        assert_eq!(anchors.take(at(83_500)), None);
        assert_eq!(fragment(at(83_999)), "#t-83");
    }
}
