//! Folding: what differs in case, marks and width only becomes the same.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// A folded text that knows where each part of it comes from.
pub(super) struct Folded {
    pub(super) text: String,
    /// Where each folded grapheme begins, and which bytes of the original it was.
    origins: Vec<(usize, Range<usize>)>,
}

impl Folded {
    /// The bytes of the original that these folded bytes were made from.
    pub(super) fn origin(&self, folded: &Range<usize>) -> Range<usize> {
        let index = |at: usize| self.origins.partition_point(|(start, _)| *start <= at) - 1;
        let first = &self.origins[index(folded.start)].1;
        let last = &self.origins[index(folded.end - 1)].1;
        first.start..last.end
    }
}

/// Folds grapheme by grapheme, so that what becomes of a character does not depend on its
/// neighbours, and a highlight never cuts one in two.
pub(super) fn fold(text: &str) -> Folded {
    let mut folded = Folded {
        text: String::with_capacity(text.len()),
        origins: Vec::with_capacity(text.len()),
    };
    for (at, grapheme) in text.grapheme_indices(true) {
        let start = folded.text.len();
        match grapheme.as_bytes() {
            [byte] => folded.text.push(char::from(byte.to_ascii_lowercase())),
            _ => fold_grapheme(grapheme, &mut folded.text),
        }
        // What vanishes has no place of its own.
        if folded.text.len() > start {
            folded.origins.push((start, at..at + grapheme.len()));
        }
    }
    folded
}

fn fold_grapheme(grapheme: &str, folded: &mut String) {
    // Lower case first: `İ` becomes an `i` and a mark, which goes with the others.
    let lower = grapheme.nfkc().collect::<String>().to_lowercase();
    let is_kept = |c: &char| !is_mark(*c) && !is_invisible(*c);
    let without_marks: String = lower.nfkd().filter(is_kept).nfc().collect();
    // `8½` is eight, one and two, not eighty-one.
    if without_marks.contains('\u{2044}') {
        folded.push(' ');
    }
    for c in without_marks.chars() {
        match letters(c) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(c),
        }
    }
}

/// The marks of Latin, Greek and Cyrillic. Those of other scripts make another letter of it: a
/// vowel in Devanagari, another consonant in kana.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}')
}

/// What only says how something is shown or where a line may end. The joiner inside of an emoji is
/// none of these.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200C}' | '\u{200E}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Letters that are no letter with a mark to Unicode, but to those who have no key for them.
fn letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ł' => "l",
        'ŋ' => "n",
        'ŧ' => "t",
        'ƒ' => "f",
        'ς' => "σ",
        '\u{2018}' | '\u{2019}' | '\u{2BC}' | '`' => "'",
        '\u{2010}' | '\u{2011}' => "-",
        '\u{2044}' => "/",
        _ => return None,
    })
}
