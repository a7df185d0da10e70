//! Other forms of words, by which they are also found.

use std::ops::Range;

use super::{LONGEST, split::SplitWord};

/// A form, and the range in the folded text of the words that it was made from.
pub(super) type IndexedForm = (String, Range<usize>);

/// Minimum length of the part after an apostrophe that is a word; a shorter one is an ending.
const TAIL: usize = 3;
/// Maximum number of parts of a word of digits and letters; a word with more is a code.
const PARTS: usize = 3;

/// The other forms of the words of a run.
pub(super) fn of(run: &[SplitWord]) -> Vec<IndexedForm> {
    let joined = joined(run).into_iter();
    let mut forms: Vec<IndexedForm> = joined
        .map(|(text, words)| (text, range(run, &words)))
        .collect();
    for word in run {
        forms.extend(tail(word));
        forms.extend(parts(word));
    }
    forms
}

fn range(run: &[SplitWord], words: &Range<usize>) -> Range<usize> {
    run[words.start].range.start..run[words.end - 1].range.end
}

/// Words that the same character joins, as one, with their positions in the run.
pub(super) fn joined(run: &[SplitWord]) -> Vec<(String, Range<usize>)> {
    let mut forms = Vec::new();
    let mut first = 0;
    while first + 1 < run.len() {
        let joint = run[first + 1].joint;
        let more = run[first + 1..].iter();
        let count = more.take_while(|word| word.joint == joint).count();
        let words = first..first + count + 1;
        let text: String = run[words.clone()]
            .iter()
            .map(|word| word.text.as_str())
            .collect();
        if joint.is_some() && text.chars().count() <= LONGEST {
            forms.push((text, words));
        }
        first += count;
    }
    forms
}

/// The part of a word after its apostrophe.
pub(super) fn tail(word: &SplitWord) -> Option<IndexedForm> {
    let tail = word.tail.as_ref()?;
    let text = &word.text[tail.at..];
    (text.chars().count() >= TAIL).then(|| (text.to_owned(), tail.range.clone()))
}

/// The digits and the letters of a word, separately.
pub(super) fn parts(word: &SplitWord) -> Vec<IndexedForm> {
    let text = word.text.as_str();
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    // The apostrophe is dropped from the text, so positions in it would not be those of the folded
    // text.
    if word.tail.is_some() || !text.contains(is_number) {
        return Vec::new();
    }
    let (mut parts, mut start) = (Vec::new(), 0);
    while start < text.len() {
        let rest = &text[start..];
        let is_first_number = rest.starts_with(is_number);
        let length = rest.find(|c| is_number(c) != is_first_number);
        let end = start + length.unwrap_or(rest.len());
        let range = word.range.start + start..word.range.start + end;
        parts.push((text[start..end].to_owned(), range));
        start = end;
    }
    match parts.len() {
        2..=PARTS => parts,
        _ => Vec::new(),
    }
}

/// Two words separated by a blank or a joining character, as one.
pub(super) fn pair(one: &SplitWord, next: &SplitWord) -> Option<String> {
    let is_apart = one.is_single || next.is_single;
    let text = [one.text.as_str(), &next.text].concat();
    (!is_apart && text.chars().count() <= LONGEST).then_some(text)
}
