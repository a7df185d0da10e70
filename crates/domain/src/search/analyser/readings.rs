//! The possible meanings of the words of a query.

use super::{INDEXED, cut, fold, forms, plurals, split, two_letters};

/// Minimum number of code points of a joined term that may match as a prefix: `a b` must not find
/// everything that begins with `ab`.
const GROWING: usize = 4;

/// A word of a query, and the terms that it may also mean.
#[derive(Debug)]
pub(in super::super) struct Reading {
    /// The word.
    pub(in super::super) text: String,
    /// The word joined with the words that a hyphen or the like connects to it: `wifi` for both of
    /// `Wi-Fi`. Numbers are not joined here: `1:2` is not 12.
    pub(in super::super) joined: Option<ReadingTerm>,
    /// Alternatives, each a list of terms that must all match, which weigh less: `ps` and `5` for
    /// `ps5`, `mueller` for `Müller`, `lens` for `lenses`, `wifi` for both of `wi fi`.
    pub(in super::super) loose: Vec<Vec<ReadingTerm>>,
}

/// A term that stands for a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct ReadingTerm {
    pub(in super::super) text: String,
    /// The position in the query of the last word that the term covers; `None` if the term cannot
    /// be a prefix.
    pub(in super::super) ends_with: Option<usize>,
}

impl ReadingTerm {
    fn new(text: String, ends_with: Option<usize>) -> Self {
        Self {
            text: cut(text),
            ends_with,
        }
    }
}

/// The words of a query, in order, with their meanings.
pub(in super::super) fn readings(query: &str) -> Vec<Reading> {
    let folded = fold::fold(query, INDEXED);
    let runs = split::runs(&folded.text);
    let words: Vec<_> = runs.iter().flatten().collect();
    let mut readings: Vec<Reading> = words
        .iter()
        .enumerate()
        .map(|(place, word)| Reading {
            text: cut(word.text.clone()),
            joined: None,
            loose: loose(word, place, two_letters(word, &folded)),
        })
        .collect();
    let mut first = 0;
    for run in &runs {
        for (text, words) in forms::joined(run) {
            let words = first + words.start..first + words.end;
            let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
            let joined = together(text, words.end - 1);
            for reading in &mut readings[words] {
                match is_number {
                    true => reading.loose.push(vec![joined.clone()]),
                    false => reading.joined = Some(joined.clone()),
                }
            }
        }
        first += run.len();
    }
    for (place, two) in words.windows(2).enumerate() {
        let Some(text) = forms::pair(two[0], two[1]) else {
            continue;
        };
        let pair = together(text, place + 1);
        for reading in &mut readings[place..=place + 1] {
            let is_known = reading.joined.as_ref() == Some(&pair)
                || reading
                    .loose
                    .iter()
                    .any(|terms| terms[..] == [pair.clone()]);
            if !is_known {
                reading.loose.push(vec![pair.clone()]);
            }
        }
    }
    readings
}

/// The term of joined words.
fn together(text: String, last: usize) -> ReadingTerm {
    let may_grow = text.chars().count() >= GROWING;
    ReadingTerm::new(text, may_grow.then_some(last))
}

fn loose(
    word: &split::SplitWord,
    place: usize,
    two_letters: Option<String>,
) -> Vec<Vec<ReadingTerm>> {
    let mut loose = Vec::new();
    let parts: Vec<_> = forms::parts(word)
        .into_iter()
        .map(|(text, _)| text)
        .collect();
    if let Some((last, before)) = parts.split_last() {
        let mut terms: Vec<_> = before
            .iter()
            .map(|text| ReadingTerm::new(text.clone(), None))
            .collect();
        // A prefix match would find `PS 50` for `ps5`.
        let may_grow = !last.ends_with(|c: char| c.is_ascii_digit());
        terms.push(ReadingTerm::new(last.clone(), may_grow.then_some(place)));
        loose.push(terms);
    }
    let tail = forms::tail(word).map(|(text, _)| text);
    let growing = tail.into_iter().chain(two_letters);
    loose.extend(growing.map(|text| vec![ReadingTerm::new(text, Some(place))]));
    let others = plurals::other_numbers(&word.text).into_iter();
    loose.extend(others.map(|text| vec![ReadingTerm::new(text, None)]));
    loose
}
