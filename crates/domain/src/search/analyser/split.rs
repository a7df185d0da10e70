//! Splits a folded text into words.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation as _;

/// A word of the folded text.
#[derive(Debug)]
pub(super) struct SplitWord {
    /// Without apostrophes.
    pub(super) text: String,
    /// The range in the folded text, including apostrophes.
    pub(super) range: Range<usize>,
    /// The part after its last apostrophe.
    pub(super) tail: Option<Tail>,
    /// The character that joins it to the word before it.
    pub(super) joint: Option<char>,
    /// True for a single character of a script without blanks, and for an emoji.
    pub(super) is_single: bool,
}

/// The part of a word after an apostrophe.
#[derive(Debug)]
pub(super) struct Tail {
    /// Its start in the text of the word.
    pub(super) at: usize,
    /// Its range in the folded text.
    pub(super) range: Range<usize>,
}

/// Consecutive words with only a joining character between them.
pub(super) type WordRun = Vec<SplitWord>;

/// Characters that join words.
const JOINTS: [char; 10] = ['-', '/', '.', ',', '\'', '_', ':', '+', '&', '·'];

/// Combines several emoji into one; invisible elsewhere.
const JOINER: char = '\u{200D}';

/// The words of a text, in runs.
pub(super) fn runs(text: &str) -> Vec<WordRun> {
    let mut splitter = Splitter::default();
    for (start, segment) in text.split_word_bound_indices() {
        splitter.segment(start, segment);
    }
    splitter.end();
    splitter.runs
}

#[derive(Default)]
struct Splitter {
    runs: Vec<WordRun>,
    run: WordRun,
    word: Option<SplitWord>,
    /// The characters between the last word and the current position.
    between: Separator,
}

#[derive(Clone, Copy, Default)]
enum Separator {
    #[default]
    Nothing,
    One(char),
    More,
}

impl Splitter {
    fn segment(&mut self, start: usize, segment: &str) {
        if segment.chars().any(char::is_alphanumeric) {
            self.word_segment(start, segment);
        } else if segment.chars().any(is_emoji) {
            self.emoji_segment(start, segment);
        } else {
            segment.chars().for_each(|c| self.separate(c));
        }
        self.end_word();
    }

    fn word_segment(&mut self, start: usize, segment: &str) {
        let mut before = None;
        for (at, c) in segment.char_indices() {
            let here = start + at;
            let after = segment[at + c.len_utf8()..].chars().next();
            let is_inner_point = c == '.' && is_digit(before) && is_digit(after);
            if is_single(c) {
                self.end_run();
                self.push(here, &segment[at..at + c.len_utf8()]);
                self.end_run();
            } else if c == '"' && self.word.is_some() && after.is_some() {
                // UAX #29 leaves a quotation mark inside a word between Hebrew letters, where it
                // marks an acronym.
            } else if is_inner_point || c != '.' && is_of_word(c) {
                self.push(here, &segment[at..at + c.len_utf8()]);
            } else if c == '\'' && self.word.is_some() && after.is_some() {
                self.apostrophe(here);
            } else if c != JOINER {
                self.end_word();
                self.separate(c);
            }
            before = Some(c);
        }
    }

    /// UAX #29 keeps a blank before a joiner together with the emoji after it.
    fn emoji_segment(&mut self, start: usize, segment: &str) {
        self.end_run();
        for (at, c) in segment.char_indices() {
            let is_joint = c == JOINER && self.word.is_some();
            if is_emoji(c) || is_joint && segment[at + c.len_utf8()..].starts_with(is_emoji) {
                self.push(start + at, &segment[at..at + c.len_utf8()]);
            } else {
                self.end_run();
            }
        }
        self.end_run();
    }

    fn push(&mut self, start: usize, text: &str) {
        let end = start + text.len();
        if let Some(word) = &mut self.word {
            word.text.push_str(text);
            word.range.end = end;
            if let Some(tail) = &mut word.tail {
                tail.range.end = end;
            }
            return;
        }
        let joint = match self.between {
            Separator::One(c) if JOINTS.contains(&c) && !self.run.is_empty() => Some(c),
            Separator::Nothing if !self.run.is_empty() => None,
            _ => {
                self.end_run();
                None
            }
        };
        self.between = Separator::Nothing;
        let first = text.chars().next().unwrap_or_default();
        self.word = Some(SplitWord {
            text: text.to_owned(),
            range: start..end,
            tail: None,
            joint,
            is_single: is_ideograph(first) || is_single(first) || is_emoji(first),
        });
    }

    fn apostrophe(&mut self, at: usize) {
        if let Some(word) = &mut self.word {
            word.tail = Some(Tail {
                at: word.text.len(),
                range: at + 1..at + 1,
            });
        }
    }

    fn separate(&mut self, c: char) {
        self.between = match self.between {
            Separator::Nothing => Separator::One(c),
            Separator::One(_) | Separator::More => Separator::More,
        };
    }

    fn end_word(&mut self) {
        if let Some(word) = self.word.take() {
            self.run.push(word);
        }
    }

    fn end_run(&mut self) {
        self.end_word();
        if !self.run.is_empty() {
            self.runs.push(std::mem::take(&mut self.run));
        }
        self.between = Separator::Nothing;
    }

    fn end(&mut self) {
        self.end_run();
    }
}

/// True if a character belongs to the text of a word; a point does only between digits.
pub(super) fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || c == '.'
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

/// Katakana, which UAX #29 does not split, although it is written without blanks.
fn is_single(c: char) -> bool {
    matches!(c, '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}')
}

/// Approximately the characters that UAX #29 makes a word each: hiragana and ideographs.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Approximately the blocks of symbols that are displayed as pictures.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27BF}' | '\u{2B50}' | '\u{2B55}' | '\u{1F000}'..='\u{1FAFF}')
}
