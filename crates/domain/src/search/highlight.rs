//! Highlights the words of a query in a text.

#[cfg(test)]
mod tests;

use std::ops::Range;

use types::pages::TextSegment;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{
    analyser::{self, Token},
    words::QueryWords,
};

/// Maximum number of folded code points of a text that are searched for matches. Later matches are
/// not highlighted.
const LOOKED_AT: usize = 2048;

/// Splits a text into matches and the text between them; the segments together are the text.
///
/// A word is highlighted entirely even if only its beginning was typed: the end of a beginning is
/// not always defined (half of an `ß` for `s`), and a highlight that grows letter by letter
/// flickers.
pub fn highlight(name: &str, words: &QueryWords) -> Vec<TextSegment> {
    let tokens = analyser::name_beginning(name, LOOKED_AT);
    cut(name, &matches(&tokens, words), 0..name.len())
}

/// A part of a text of at most `most` graphemes around the first match. It is cut between words
/// where possible, and an ellipsis replaces what is left out.
pub fn snippet(text: &str, words: &QueryWords, most: usize) -> Vec<TextSegment> {
    let beginning = analyser::beginning(text, LOOKED_AT);
    let matches = matches(&beginning.tokens, words);
    let graphemes: Vec<(usize, &str)> = text
        .grapheme_indices(true)
        .enumerate()
        .take_while(|(count, (at, _))| *count <= most || *at < beginning.read)
        .map(|(_, grapheme)| grapheme)
        .collect();
    if graphemes.len() <= most {
        return cut(text, &matches, 0..text.len());
    }
    let first = matches.first().map_or(0, |found| {
        graphemes.partition_point(|(start, _)| *start < found.start)
    });
    let Range { start, end } = window(&graphemes, first, most);
    let read = graphemes.last().map_or(0, |(at, one)| at + one.len());
    let byte = |index: usize| graphemes.get(index).map_or(read, |(at, _)| *at);
    let mut segments = cut(text, &matches, byte(start)..byte(end));
    if start > 0 && most > 0 {
        segments.insert(0, ellipsis());
    }
    if byte(end) < text.len() && most > 0 {
        segments.push(ellipsis());
    }
    segments
}

/// The range of graphemes that is shown when not all fit: `first` and its surroundings, with room
/// for an ellipsis at both ends.
fn window(graphemes: &[(usize, &str)], first: usize, most: usize) -> Range<usize> {
    let is_blank = |&index: &usize| graphemes[index].1.chars().all(char::is_whitespace);
    let room = most.saturating_sub(2);
    // The beginning if the match is near it; otherwise a quarter of the room precedes the match.
    let earliest = match first {
        near if near <= room / 2 => 0,
        far => (far - room / 4).min(graphemes.len() - room),
    };
    let start = match earliest {
        0 => 0,
        _ => (earliest..first)
            .find(is_blank)
            .map_or(earliest, |blank| blank + 1),
    };
    let latest = (start + room).min(graphemes.len());
    if latest == graphemes.len() {
        return start..latest;
    }
    let least = (first + 1).max(start + room / 2).min(latest);
    // A blank right after the last word is as good a place to cut as one before it.
    let blank = (least..=latest).rev().find(is_blank);
    start..blank.unwrap_or(latest)
}

fn ellipsis() -> TextSegment {
    TextSegment {
        text: "…".to_owned(),
        is_match: false,
    }
}

/// The byte ranges of the matches, in order, merged where they touch.
fn matches(tokens: &[Token], words: &QueryWords) -> Vec<Range<usize>> {
    let is_found = |token: &&Token| words.iter().any(|word| word.is_found_by(token));
    let found = tokens.iter().filter(is_found);
    let mut found: Vec<Range<usize>> = found.map(|token| token.range.clone()).collect();
    found.sort_unstable_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// A part of the text as segments.
fn cut(text: &str, matches: &[Range<usize>], part: Range<usize>) -> Vec<TextSegment> {
    let mut segments = Vec::new();
    let mut push = |range: Range<usize>, is_match| {
        if !range.is_empty() {
            let text = text[range].to_owned();
            segments.push(TextSegment { text, is_match });
        }
    };
    let mut at = part.start;
    for found in matches {
        let start = found.start.clamp(at, part.end);
        let end = found.end.clamp(start, part.end);
        push(at..start, false);
        push(start..end, true);
        at = end;
    }
    push(at..part.end, false);
    segments
}
