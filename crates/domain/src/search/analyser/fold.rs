//! Folding: removes differences of case, marks, width and form of a letter.

mod letters;
mod marks;
mod signs;

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

use self::letters::Umlaut;
pub(crate) use self::signs::without_signs;

/// Maximum number of code points of a grapheme that are analysed. The longest emoji have about
/// twenty; a letter with thousands of marks is an attack.
const GRAPHEME: usize = 64;

/// Joins two words in a folded text, as a hyphen does.
const JOINT: char = '-';

/// A folded text with the origin of each of its parts.
#[derive(Debug, Default)]
pub(super) struct Folded {
    pub(super) text: String,
    /// Number of code points written, including those of a word that was cut off. The time of an
    /// analysis grows with it.
    pub(super) letters: usize,
    /// Number of bytes of the original that were read.
    pub(super) read: usize,
    /// The start of each folded grapheme, and its bytes in the original.
    origins: Vec<(usize, Range<usize>)>,
    /// The bytes of each umlaut, and the two letters that are also written for it.
    umlauts: Vec<(Range<usize>, &'static str)>,
}

impl Folded {
    /// The bytes of the original that these folded bytes were made from.
    pub(super) fn origin(&self, folded: &Range<usize>) -> Range<usize> {
        let index = |at: usize| self.origins.partition_point(|(start, _)| *start <= at) - 1;
        let first = &self.origins[index(folded.start)].1;
        let last = &self.origins[index(folded.end - 1)].1;
        first.start..last.end
    }

    /// These folded bytes with two letters for each umlaut; `None` without an umlaut.
    pub(super) fn with_two_letters(&self, folded: &Range<usize>) -> Option<String> {
        let first = self
            .umlauts
            .partition_point(|(umlaut, _)| umlaut.start < folded.start);
        let umlauts = self.umlauts[first..].iter();
        let mut umlauts = umlauts
            .take_while(|(umlaut, _)| umlaut.end <= folded.end)
            .peekable();
        umlauts.peek()?;
        let (mut text, mut at) = (String::new(), folded.start);
        for (umlaut, two) in umlauts {
            text.push_str(&self.text[at..umlaut.start]);
            text.push_str(two);
            at = umlaut.end;
        }
        text.push_str(&self.text[at..folded.end]);
        Some(text)
    }

    fn push(&mut self, c: char) {
        self.text.push(c);
        self.letters += 1;
    }

    /// Removes an incomplete word from the end.
    fn cut_word(&mut self) {
        let Some(end) = self.text.rfind(|c: char| !c.is_alphanumeric()) else {
            return;
        };
        self.text.truncate(end);
        self.origins.retain(|(start, _)| *start < end);
        self.umlauts.retain(|(umlaut, _)| umlaut.end <= end);
    }
}

/// Folds a text grapheme by grapheme, so that a highlight never cuts one in two, until at least
/// `most` code points are written; an incomplete word at the end is left out.
pub(super) fn fold(text: &str, most: usize) -> Folded {
    let mut folded = Folded::default();
    for (at, grapheme) in text.grapheme_indices(true) {
        if at < folded.read {
            continue;
        }
        if folded.letters >= most {
            folded.cut_word();
            return folded;
        }
        let start = folded.text.len();
        folded.read = at + grapheme.len();
        match grapheme.as_bytes() {
            [byte] => fold_ascii(char::from(*byte), &mut folded),
            _ => match signs::end_of_trademark(text, at) {
                Some(end) => {
                    folded.read = end;
                    fold_trademark(&text[end..], &mut folded);
                }
                None => fold_grapheme(grapheme, &text[folded.read..], &mut folded),
            },
        }
        // A grapheme that folds to nothing has no position in the folded text.
        if folded.text.len() > start {
            folded.origins.push((start, at..folded.read));
        }
    }
    folded.read = text.len();
    folded
}

fn fold_ascii(c: char, folded: &mut Folded) {
    match c {
        '`' => folded.push('\''),
        c => folded.push(c.to_ascii_lowercase()),
    }
}

/// Folds a trademark sign: it separates letters, and is dropped elsewhere.
fn fold_trademark(rest: &str, folded: &mut Folded) {
    if rest.starts_with(char::is_alphanumeric) {
        folded.push(' ');
    }
}

fn fold_grapheme(grapheme: &str, rest: &str, folded: &mut Folded) {
    let chars = || grapheme.chars().take(GRAPHEME);
    // Lower case first: `İ` becomes an `i` and a mark, which is removed with the others.
    let lower: String = chars().map(signs::look_alike).nfkc().collect();
    let lower = lower.to_lowercase();
    let is_kept = |c: &char| !marks::is_mark(*c) && !marks::is_invisible(*c);
    let without_marks: String = lower.nfkd().filter(is_kept).nfc().collect();
    // `8½` is eight, one and two, not eighty-one.
    if signs::stands_apart(grapheme, &without_marks, &folded.text) {
        folded.push(' ');
    }
    let start = folded.text.len();
    for c in without_marks.chars() {
        match letters::letters(c) {
            Some(letters) => letters.chars().for_each(|c| folded.push(c)),
            None => folded.push(c),
        }
    }
    if let Some(Umlaut(two)) = letters::umlaut(&lower) {
        let umlaut = start..folded.text.len();
        folded.umlauts.push((umlaut, two));
    }
    // A sign for a number ends before the next number.
    if signs::is_number(grapheme) && rest.starts_with(char::is_numeric) {
        folded.push(' ');
    }
    // Persian joins parts of a word with this character, a blank, or nothing.
    if chars().any(|c| c == marks::NON_JOINER) && without_marks.chars().any(marks::is_arabic) {
        folded.push(JOINT);
    }
}
