//! The input of the chapters of a video.
//!
//! People write them as one text, as in the description of a video: `1:23 Title`, one on each line.

mod line;

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{SeqAccess, Visitor, value::SeqAccessDeserializer},
};

use super::ChapterInput;
use crate::catalogue::TimeInput;
use line::ChapterLine;

/// Separators between time and title; a title that begins like one separator needs the other.
const SEPARATORS: [&str; 2] = [" ", " - "];

/// The input of the chapters: JSON has rows, a form has one text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ChaptersInput {
    /// From JSON.
    Rows(Vec<ChapterInput>),
    /// From a form, one chapter on each line.
    Typed(String),
}

impl ChaptersInput {
    /// The chapters as rows.
    pub fn rows(&self) -> Cow<'_, [ChapterInput]> {
        match self {
            Self::Rows(rows) => Cow::Borrowed(rows),
            Self::Typed(text) => Cow::Owned(read_lines(text)),
        }
    }

    /// The chapters as one would type them.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Rows(rows) => Cow::Owned(write_lines(rows)),
            Self::Typed(text) => Cow::Borrowed(text),
        }
    }
}

impl Default for ChaptersInput {
    fn default() -> Self {
        Self::Rows(Vec::new())
    }
}

impl From<Vec<ChapterInput>> for ChaptersInput {
    fn from(rows: Vec<ChapterInput>) -> Self {
        Self::Rows(rows)
    }
}

impl FromIterator<ChapterInput> for ChaptersInput {
    fn from_iter<T: IntoIterator<Item = ChapterInput>>(rows: T) -> Self {
        Self::Rows(rows.into_iter().collect())
    }
}

impl<'de> Deserialize<'de> for ChaptersInput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ChaptersVisitor)
    }
}

struct ChaptersVisitor;

impl<'de> Visitor<'de> for ChaptersVisitor {
    type Value = ChaptersInput;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of chapters, or a text with a line for each")
    }

    fn visit_str<E>(self, text: &str) -> Result<ChaptersInput, E> {
        Ok(ChaptersInput::Typed(text.replace("\r\n", "\n")))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, rows: A) -> Result<ChaptersInput, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(rows)).map(ChaptersInput::Rows)
    }
}

/// Parses all lines that are not blank: a time, optionally its end, and a title, or a title and a time.
///
/// Bullets, line numbers, brackets around a time and separators are dropped. A line without a time is
/// kept, so that its first word is refused as a time.
fn read_lines(text: &str) -> Vec<ChapterInput> {
    let lines = text.lines().map(ChapterLine::of);
    let lines = lines.filter(|line| !line.is_empty());
    lines.map(|line| read_line(&line)).collect()
}

/// Writes chapters so that parsing gives the same ones.
fn write_lines(chapters: &[ChapterInput]) -> String {
    let lines: Vec<_> = chapters.iter().map(write_line).collect();
    lines.join("\n")
}

fn read_line(line: &ChapterLine) -> ChapterInput {
    let (start, title) = line
        .time_and_title()
        .or_else(|| line.title_and_time())
        .unwrap_or_else(|| line.first_word_and_rest());
    ChapterInput {
        start: TimeInput::Typed(start),
        title,
    }
}

fn write_line(chapter: &ChapterInput) -> String {
    let line = |separator: &&str| [&chapter.start.text(), *separator, &chapter.title].concat();
    let reads_back = |text: &String| {
        let read = read_line(&ChapterLine::of(text));
        read.start.text() == chapter.start.text() && read.title == chapter.title
    };
    let written = SEPARATORS.iter().map(line).find(reads_back);
    written.unwrap_or_else(|| line(&SEPARATORS[0]))
}

#[cfg(test)]
mod tests;
