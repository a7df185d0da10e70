//! Other forms of words, by which they are found too.

use std::ops::Range;

use super::{LONGEST, split::Word};

/// A form, and where in the folded text the words stand that it was made from.
type Form = (String, Range<usize>);

/// What follows an apostrophe is a word from so many letters on, and an ending before.
const TAIL: usize = 3;

/// The other forms of words that stand together.
pub(super) fn of(run: &[Word]) -> Vec<Form> {
    let mut forms = joined(run);
    for word in run {
        forms.extend(tail(word));
        forms.extend(parts(word));
    }
    forms
}

/// Words that the same joint joins, as one.
fn joined(run: &[Word]) -> Vec<Form> {
    let mut forms = Vec::new();
    let mut first = 0;
    while first + 1 < run.len() {
        let joint = run[first + 1].joint;
        let more = run[first + 1..].iter();
        let count = more.take_while(|word| word.joint == joint).count();
        let words = &run[first..=first + count];
        let text: String = words.iter().map(|word| word.text.as_str()).collect();
        if joint.is_some() && text.chars().count() <= LONGEST {
            forms.push((text, words[0].range.start..words[count].range.end));
        }
        first += count;
    }
    forms
}

fn tail(word: &Word) -> Option<Form> {
    let tail = word.tail.as_ref()?;
    let text = &word.text[tail.at..];
    (text.chars().count() >= TAIL).then(|| (text.to_owned(), tail.range.clone()))
}

/// Digits before letters, or letters before digits, each by themselves.
fn parts(word: &Word) -> Vec<Form> {
    let text = word.text.as_str();
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let begins_with_number = text.starts_with(|c: char| c.is_ascii_digit());
    let Some(border) = text.find(|c: char| is_number(c) != begins_with_number) else {
        return Vec::new();
    };
    let (head, rest) = text.split_at(border);
    let is_one_border = rest.chars().all(|c| is_number(c) != begins_with_number);
    // With an apostrophe in it, the places would not be those of the text.
    if !is_one_border || word.tail.is_some() {
        return Vec::new();
    }
    let middle = word.range.start + border;
    vec![
        (head.to_owned(), word.range.start..middle),
        (rest.to_owned(), middle..word.range.end),
    ]
}
