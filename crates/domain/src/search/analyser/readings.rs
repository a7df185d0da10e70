//! What the words of a query may mean.

use super::{INDEXED, cut, fold, forms, plurals, split, two_letters};

/// Minimum number of code points of words that were put together, from which on more may follow:
/// `a b` does not find all that begins with `ab`.
const GROWING: usize = 4;

/// A word of a query, and what else finds what it means.
#[derive(Debug)]
pub(in super::super) struct Reading {
    /// The word.
    pub(in super::super) text: String,
    /// As one with the words that a joint joins to it: `wifi` for both of `Wi-Fi`. Numbers are not put
    /// together so: `1:2` is not 12.
    pub(in super::super) joined: Option<Term>,
    /// Terms of which all must be there, which weigh less: `ps` and `5` for `ps5`, `mueller` for
    /// `Müller`, `lens` for `lenses`, `wifi` for both of `wi fi`.
    pub(in super::super) loose: Vec<Vec<Term>>,
}

/// A term that stands for a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Term {
    pub(in super::super) text: String,
    /// The place in the query of the word with which it ends; `None` when nothing can follow it.
    pub(in super::super) ends_with: Option<usize>,
}

impl Term {
    fn new(text: String, ends_with: Option<usize>) -> Self {
        Self {
            text: cut(text),
            ends_with,
        }
    }
}

/// The words of a query in their order.
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

/// Words that were put together.
fn together(text: String, last: usize) -> Term {
    let may_grow = text.chars().count() >= GROWING;
    Term::new(text, may_grow.then_some(last))
}

fn loose(word: &split::Word, place: usize, two_letters: Option<String>) -> Vec<Vec<Term>> {
    let mut loose = Vec::new();
    let parts: Vec<_> = forms::parts(word)
        .into_iter()
        .map(|(text, _)| text)
        .collect();
    if let Some((last, before)) = parts.split_last() {
        let mut terms: Vec<_> = before
            .iter()
            .map(|text| Term::new(text.clone(), None))
            .collect();
        // `ps5` is not PS 50.
        let may_grow = !last.ends_with(|c: char| c.is_ascii_digit());
        terms.push(Term::new(last.clone(), may_grow.then_some(place)));
        loose.push(terms);
    }
    let tail = forms::tail(word).map(|(text, _)| text);
    let growing = tail.into_iter().chain(two_letters);
    loose.extend(growing.map(|text| vec![Term::new(text, Some(place))]));
    let others = plurals::other_numbers(&word.text).into_iter();
    loose.extend(others.map(|text| vec![Term::new(text, None)]));
    loose
}
