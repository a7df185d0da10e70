//! The analyser: splits texts and queries into words, for both engines.
//!
//! 1. Every grapheme is folded: NFKC, lower case, without its marks and without the vowel points
//!    of Arabic and Hebrew ([`fold`]). `É` and `e` become one, `ß` becomes `ss`, `ｆ` becomes `f`,
//!    `٣` becomes `3`; forms of an Arabic letter become one. A sign that readers do not take for a
//!    letter (`™`) separates.
//! 2. The folded text is split into words by UAX #29. Han, kana and other scripts without blanks
//!    give single characters, and so does katakana; an emoji is a word of its own.
//! 3. Inside a segment of UAX #29, an apostrophe is dropped (`don't` is `dont`), a point between
//!    digits stays (`2.8`), and everything else separates (`www.example` is two words).
//! 4. A word has at most 40 characters; the rest is cut off.
//!
//! An entry is also found by **other forms**, which are indexed beside its words:
//!
//! - words that one and the same hyphen, slash, point, comma or apostrophe joins, as one: `acdc`
//!   for `AC/DC`, `wifi` for `Wi-Fi`, `usa` for `U.S.A.`, `10000` for `10,000`, `f2.8` for
//!   `f/2.8`;
//! - the part after an apostrophe, from three letters on: `avventura` for `L'avventura`;
//! - adjacent digits and letters, separately: `70` and `mm` for `70mm`, `f` and `2.8` for `f2.8`.
//!
//! And by **loose forms**, which are stored separately and weigh less:
//!
//! - with two letters for an umlaut: `mueller` for `Müller`, `aalborg` for `Ålborg`;
//! - in names, two consecutive words, as one: `wifi` for `Wi Fi`.
//!
//! [`mod@readings`] decides what a query may mean besides its words.

mod fold;
mod forms;
mod plurals;
mod readings;
mod split;

#[cfg(test)]
mod tests;

use std::ops::Range;

pub(crate) use self::fold::without_signs;
pub(super) use self::readings::{Reading, ReadingTerm, readings};

/// Maximum length of a word, in characters.
const LONGEST: usize = 40;

/// Maximum number of code points of a folded text that are indexed. Every text that a form accepts
/// has at most half of that; only letters that expand to many (U+FDFA to eighteen) make it longer.
const INDEXED: usize = 20_000;

/// A word or another form of one, and its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Folded; 1 to 40 characters without white space and control characters.
    pub(super) text: String,
    /// The bytes of the original text that it was made from.
    pub(super) range: Range<usize>,
    pub(super) form: TokenForm,
}

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenForm {
    /// A word of the text.
    Word,
    /// Another form of words of the text.
    Other,
    /// A loose form, which weighs less.
    Loose,
}

impl Token {
    pub(super) fn is_word(&self) -> bool {
        self.form == TokenForm::Word
    }
}

/// The tokens of a text or of its beginning.
#[derive(Debug)]
pub(super) struct Analysis {
    /// The words in their order; after each run of words, their other and loose forms.
    pub(super) tokens: Vec<Token>,
    /// Number of bytes of the text that were analysed.
    pub(super) read: usize,
}

/// The tokens of a description.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    beginning(text, INDEXED).tokens
}

/// The tokens of a name, in which two consecutive words are also found as one.
pub(super) fn name_tokens(name: &str) -> Vec<Token> {
    name_beginning(name, INDEXED)
}

/// The tokens of the first `most` folded code points of a name, approximately.
pub(super) fn name_beginning(name: &str, most: usize) -> Vec<Token> {
    let folded = fold::fold(name, most);
    let runs = split::runs(&folded.text);
    let mut tokens = run_tokens(&runs, &folded);
    let words: Vec<_> = runs.iter().flatten().collect();
    for two in words.windows(2) {
        if let Some(text) = forms::pair(two[0], two[1]) {
            let range = two[0].range.start..two[1].range.end;
            tokens.push(token(text, &folded, &range, TokenForm::Loose));
        }
    }
    tokens
}

/// The tokens of the first `most` folded code points of a text, approximately.
pub(super) fn beginning(text: &str, most: usize) -> Analysis {
    let folded = fold::fold(text, most);
    let runs = split::runs(&folded.text);
    Analysis {
        tokens: run_tokens(&runs, &folded),
        read: folded.read,
    }
}

fn run_tokens(runs: &[split::WordRun], folded: &fold::Folded) -> Vec<Token> {
    let mut tokens = Vec::new();
    for run in runs {
        for word in run {
            tokens.push(token(
                word.text.clone(),
                folded,
                &word.range,
                TokenForm::Word,
            ));
        }
        for (text, range) in forms::of(run) {
            tokens.push(token(text, folded, &range, TokenForm::Other));
        }
        for word in run {
            if let Some(text) = two_letters(word, folded) {
                tokens.push(token(text, folded, &word.range, TokenForm::Loose));
            }
        }
    }
    tokens
}

/// A word with two letters for each umlaut; `None` without an umlaut.
fn two_letters(word: &split::SplitWord, folded: &fold::Folded) -> Option<String> {
    let mut text = folded.with_two_letters(&word.range)?;
    text.retain(split::is_of_word);
    Some(text)
}

fn token(text: String, folded: &fold::Folded, range: &Range<usize>, form: TokenForm) -> Token {
    Token {
        text: cut(text),
        range: folded.origin(range),
        form,
    }
}

fn cut(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => text[..end].to_owned(),
        None => text,
    }
}
