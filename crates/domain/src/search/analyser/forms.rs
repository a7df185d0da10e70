//! Other forms of words, by which they are found too.

use std::ops::Range;

use super::{LONGEST, split::Word};

/// A form, and where in the folded text the words stand that it was made from.
pub(super) type Form = (String, Range<usize>);

/// What follows an apostrophe is a word from so many letters on, and an ending before.
const TAIL: usize = 3;
/// Maximum number of parts that a word of digits and letters has; one with more is a code.
const PARTS: usize = 3;

/// The other forms of words that stand together.
pub(super) fn of(run: &[Word]) -> Vec<Form> {
    let joined = joined(run).into_iter();
    let mut forms: Vec<Form> = joined
        .map(|(text, words)| (text, range(run, &words)))
        .collect();
    for word in run {
        forms.extend(tail(word));
        forms.extend(parts(word));
    }
    forms
}

fn range(run: &[Word], words: &Range<usize>) -> Range<usize> {
    run[words.start].range.start..run[words.end - 1].range.end
}

/// Words that the same joint joins, as one, and which of the run they are.
pub(super) fn joined(run: &[Word]) -> Vec<(String, Range<usize>)> {
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

/// What follows the apostrophe of a word.
pub(super) fn tail(word: &Word) -> Option<Form> {
    let tail = word.tail.as_ref()?;
    let text = &word.text[tail.at..];
    (text.chars().count() >= TAIL).then(|| (text.to_owned(), tail.range.clone()))
}

/// The digits and the letters of a word, each by themselves.
pub(super) fn parts(word: &Word) -> Vec<Form> {
    let text = word.text.as_str();
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    // With an apostrophe in it, the places would not be those of the text.
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

/// Two words that a blank or a joint separates, as one.
pub(super) fn pair(one: &Word, next: &Word) -> Option<String> {
    let is_apart = one.is_single || next.is_single;
    let text = [one.text.as_str(), &next.text].concat();
    (!is_apart && text.chars().count() <= LONGEST).then_some(text)
}
