//! Times within a video, and days.

use std::collections::HashSet;

use types::catalogue::{Day, Timecode};

use crate::texts::texts;

/// Names the elements of a page that times lead to: `t-83`. Each name is given once, to whichever
/// asks first.
#[derive(Debug, Default)]
pub(super) struct Anchors(HashSet<u32>);

impl Anchors {
    /// The name of an element at this time, unless another one has it.
    pub(super) fn take(&mut self, time: Timecode) -> Option<String> {
        let seconds = seconds(time);
        self.0.insert(seconds).then(|| name(seconds))
    }
}

/// The whole seconds of a time.
pub(super) fn seconds(time: Timecode) -> u32 {
    time.millis() / 1000
}

/// The fragment that leads to a time.
pub(super) fn fragment(time: Timecode) -> String {
    format!("#{}", name(seconds(time)))
}

fn name(seconds: u32) -> String {
    format!("t-{seconds}")
}

/// A day as people read it.
pub(super) fn readable(day: &Day) -> String {
    let mut parts = day.as_str().split('-');
    let year = parts.next().unwrap_or_default();
    let month = parts.next().and_then(|month| month.parse().ok());
    let day = parts.next().unwrap_or_default();
    (texts().public.video.day)(year, month.unwrap_or_default(), day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_elements_have_one_name() {
        let at = |millis| Timecode::from_millis(millis).unwrap();
        let mut anchors = Anchors::default();
        assert_eq!(anchors.take(at(83_000)).as_deref(), Some("t-83"));
        assert_eq!(anchors.take(at(83_500)), None);
        assert_eq!(fragment(at(83_999)), "#t-83");
    }
}
