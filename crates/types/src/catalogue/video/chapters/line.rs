//! Parsing of one line of a list of chapters.

use crate::{
    ascii::{DECIMAL_SEPARATOR, GROUP_SEPARATOR, fold},
    catalogue::Timecode,
    text::{is_blank, trimmed_words},
};

/// Characters between a time and a title, or between the two times of a range.
const MARKS: &str = "-|:=>~/·•‣→►▶»→…_@";
/// Characters that separate only if they follow directly.
const ATTACHED_MARKS: &str = ".,;)]";
/// Characters between the two times of a range, besides spaces.
const RANGE: &str = "->~→〜";
/// Brackets after folding.
const BRACKETS: [(char, char); 7] = [
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('<', '>'),
    ('【', '】'),
    ('「', '」'),
    ('〔', '〕'),
];
/// Maximum number of digits in a line number.
const NUMBERING: usize = 3;

/// A line, as typed and folded to ASCII; both have the same number of characters.
#[derive(Debug)]
pub(super) struct ChapterLine {
    typed: Vec<char>,
    folded: Vec<char>,
}

/// A time in a line: its text, and the position after it.
struct TimeSpan {
    text: String,
    behind: usize,
}

impl ChapterLine {
    pub(super) fn of(text: &str) -> Self {
        let typed: Vec<char> = trimmed_words(text).chars().collect();
        // In a time every point is a decimal point.
        let folded = typed.iter().map(|c| match fold(*c) {
            DECIMAL_SEPARATOR => '.',
            c => c,
        });
        let folded = folded.collect();
        Self { typed, folded }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.typed.is_empty()
    }

    /// Parses `0:00 Title`, after optional bullets and a line number.
    pub(super) fn time_and_title(&self) -> Option<(String, String)> {
        let start = self.behind_bullets(0);
        let time = self
            .time(start)
            .or_else(|| self.time(self.behind_number(start)?))?;
        Some((
            time.text,
            self.title(self.behind_mark(time.behind), self.typed.len()),
        ))
    }

    /// Parses `Title 0:00`, with the time at the end.
    pub(super) fn title_and_time(&self) -> Option<(String, String)> {
        let time_to_the_end = |at: usize| {
            let time = self.can_begin(at).then(|| self.time(at)).flatten()?;
            let is_last = self.behind_spaces(time.behind) == self.folded.len();
            let is_time = Timecode::parse(&time.text).is_ok();
            (is_last && is_time).then_some((at, time.text))
        };
        let (at, start) = (1..self.folded.len()).find_map(time_to_the_end)?;
        let title = self.title(0, self.before_mark(at));
        (!title.is_empty()).then_some((start, title))
    }

    pub(super) fn first_word_and_rest(&self) -> (String, String) {
        let end = self.find(0, |c| c.is_whitespace());
        (
            self.title(0, end),
            self.title(self.behind_mark(end), self.typed.len()),
        )
    }

    fn at(&self, at: usize) -> Option<char> {
        self.folded.get(at).copied()
    }

    /// The first position from `at` on whose character matches, or the end.
    fn find(&self, at: usize, is_it: impl Fn(char) -> bool) -> usize {
        let rest = self.folded.iter().skip(at);
        at + rest.take_while(|c| !is_it(**c)).count()
    }

    fn behind_spaces(&self, at: usize) -> usize {
        self.find(at, |c| !is_blank(c))
    }

    fn title(&self, start: usize, end: usize) -> String {
        let text: String = self.typed.iter().take(end).skip(start).collect();
        trimmed_words(&text).to_owned()
    }

    /// The position after everything that is neither letter, digit nor bracket. A dash or plus that is no
    /// bullet would change the number that follows.
    fn behind_bullets(&self, at: usize) -> usize {
        let is_bullet = |at: usize, c: char| match c {
            '-' | '+' | '.' | ',' | ':' | GROUP_SEPARATOR => self.at(at + 1).is_some_and(is_blank),
            _ => !c.is_alphanumeric() && closing(c).is_none(),
        };
        let mut end = at;
        while self.at(end).is_some_and(|c| is_bullet(end, c)) {
            end += 1;
        }
        end
    }

    /// The position after a line number: `1.`, `(2)`, `03 -`.
    fn behind_number(&self, at: usize) -> Option<usize> {
        let from = at + usize::from(self.at(at).is_some_and(|c| closing(c).is_some()));
        let end = self.find(from, |c| !c.is_ascii_digit());
        let behind = self.find(end, |c| !is_blank(c) && !".):]-}#\u{20E3}".contains(c));
        ((1..=NUMBERING).contains(&(end - from)) && behind > end).then_some(behind)
    }

    /// A time at this position, optionally in brackets or with an end, which is dropped.
    fn time(&self, at: usize) -> Option<TimeSpan> {
        let bracket = closing(self.at(at)?);
        let start = match bracket {
            Some(_) => self.behind_spaces(at + 1),
            None => at,
        };
        let end = self.clock(start)?;
        let behind = self.behind_range(start, end).unwrap_or(end);
        let behind = match bracket {
            None => behind,
            Some(bracket) => {
                let at = self.behind_spaces(behind);
                (self.at(at) == Some(bracket)).then_some(at + 1)?
            }
        };
        Some(TimeSpan {
            text: self.text(start, end),
            behind,
        })
    }

    /// The position after a time with a colon: `1:23`, `1:02:03.5`.
    fn clock(&self, at: usize) -> Option<usize> {
        let number = |at| self.find(at, |c| !c.is_ascii_digit());
        let mut end = number(at);
        let mut colons = 0;
        while end > at && self.at(end) == Some(':') && number(end + 1) > end + 1 {
            end = number(end + 1);
            colons += 1;
        }
        if colons > 0 && matches!(self.at(end), Some('.' | ',')) {
            let decimals = number(end + 1);
            end = if decimals > end + 1 { decimals } else { end };
        }
        let is_of_number = |c: char| c.is_ascii_alphanumeric() || c == GROUP_SEPARATOR;
        let goes_on = self.at(end).is_some_and(is_of_number);
        (colons > 0 && !goes_on).then_some(end)
    }

    /// The position after the second time of a range. A second time that is not later belongs to the title:
    /// `2:00 - 16:9 explained`, `10:00 - 9:41 on the clock`.
    fn behind_range(&self, first: usize, end: usize) -> Option<usize> {
        let start = self.behind_spaces(end);
        let mark = self.find(start, |c| !RANGE.contains(c));
        let is_word = self.folded[start..].starts_with(&['t', 'o', ' ']);
        let mark = if is_word { start + 2 } else { mark };
        let second = self.behind_spaces(mark);
        let behind = self.clock(second).filter(|_| mark > start)?;
        let from = self.timecode(first, end)?;
        let to = self.timecode(second, behind)?;
        (from < to).then_some(behind)
    }

    fn text(&self, start: usize, end: usize) -> String {
        self.folded[start..end].iter().collect()
    }

    fn timecode(&self, start: usize, end: usize) -> Option<Timecode> {
        Timecode::parse(&self.text(start, end)).ok().flatten()
    }

    /// Whether a time can begin at this position: not within a number or word.
    fn can_begin(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.at(at));
        let is_of_number = |c| matches!(c, ':' | '.' | ',' | '+' | GROUP_SEPARATOR);
        before.is_none_or(|c| !c.is_ascii_alphanumeric() && !is_of_number(c))
    }

    /// The position after the spaces and separators behind a time. A separator directly before a word
    /// belongs to the word, unless it follows the time directly.
    fn behind_mark(&self, at: usize) -> usize {
        let start = self.behind_spaces(at);
        let is_attached = start == at;
        let is_mark = |c: char| MARKS.contains(c) || (is_attached && ATTACHED_MARKS.contains(c));
        let end = self.find(start, |c| !is_mark(c));
        let is_alone = self.at(end).is_none_or(is_blank);
        match end > start && (is_alone || is_attached) {
            true => self.behind_spaces(end),
            false => start,
        }
    }

    /// The position before the spaces and separators in front of a time. A separator directly after the
    /// title belongs to it, except a single one at its end.
    fn before_mark(&self, at: usize) -> usize {
        let before = |at: usize, is_it: fn(char) -> bool| {
            let rest = self.folded.iter().take(at).rev();
            at - rest.take_while(|c| is_it(**c)).count()
        };
        let is_mark = |c: char| MARKS.contains(c) || c == '.' || c == ',';
        let end = before(at, is_blank);
        let start = before(end, is_mark);
        let is_alone = start == 0 || self.at(start - 1).is_some_and(is_blank);
        let ends_title = end == start + 1 && self.at(start) != Some('.');
        if is_alone || ends_title { start } else { end }
    }
}

/// The bracket that closes this one.
fn closing(open: char) -> Option<char> {
    let pair = BRACKETS.iter().find(|(known, _)| *known == open);
    pair.map(|(_, closing)| *closing)
}
