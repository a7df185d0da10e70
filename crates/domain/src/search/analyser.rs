//! What a word is, for both engines and for the queries.
//!
//! 1. Every character that a person sees is folded: NFKC, lower case, without its marks and without
//!    the points of Arabic and Hebrew ([`fold`]). `É` and `e` become one, `ß` becomes `ss`, `ｆ`
//!    becomes `f`, `٣` becomes `3`; forms of an Arabic letter become one. A sign that is no letter to
//!    people (`™`) separates.
//! 2. The folded text is cut into words by UAX #29. Han, kana and other scripts without blanks give
//!    single characters, and so does katakana; an emoji is a word of its own.
//! 3. Inside of what UAX #29 leaves together, an apostrophe is dropped (`don't` is `dont`), a point
//!    between digits stays (`2.8`), and everything else separates (`www.example` is two words).
//! 4. A word has 40 characters at most; the rest is cut off.
//!
//! An entry is also found by **other forms**, which are indexed beside its words:
//!
//! - words that one and the same hyphen, slash, point, comma or apostrophe joins, as one: `acdc`
//!   for `AC/DC`, `wifi` for `Wi-Fi`, `usa` for `U.S.A.`, `10000` for `10,000`, `f2.8` for `f/2.8`;
//! - what follows an apostrophe, from three letters on: `avventura` for `L'avventura`;
//! - digits and letters that stand together, apart: `70` and `mm` for `70mm`, `f` and `2.8` for
//!   `f2.8`.
//!
//! And by **loose forms**, which are kept apart from these and weigh less:
//!
//! - with two letters for an umlaut: `mueller` for `Müller`, `aalborg` for `Ålborg`;
//! - in names, two words that follow each other, as one: `wifi` for `Wi Fi`.
//!
//! What a query may mean besides its words is decided in [`mod@readings`].

mod fold;
mod forms;
mod plurals;
mod readings;
mod split;

#[cfg(test)]
mod tests;

use std::ops::Range;

pub(crate) use self::fold::without_signs;
pub(super) use self::readings::{Reading, Term, readings};

/// The longest word, in characters.
const LONGEST: usize = 40;

/// Maximum number of code points of a folded text that are indexed. Every text that a form takes has
/// half of that at most, and only letters that stand for many (U+FDFA for eighteen) make it longer.
const INDEXED: usize = 20_000;

/// A word, or another form of one, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Folded; one to 40 characters, none of which is white space or a control character.
    pub(super) text: String,
    /// The bytes of the original text that it was made from.
    pub(super) range: Range<usize>,
    pub(super) form: Form,
}

/// How a token came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// It stands in the text.
    Word,
    /// It is another form of words that stand there.
    Other,
    /// It is a form that weighs less.
    Loose,
}

impl Token {
    pub(super) fn is_word(&self) -> bool {
        self.form == Form::Word
    }
}

/// A text, or its beginning, in tokens.
#[derive(Debug)]
pub(super) struct Analysis {
    /// The words in their order, and behind each stretch of them their other and loose forms.
    pub(super) tokens: Vec<Token>,
    /// The bytes of the text that were read.
    pub(super) read: usize,
}

/// The tokens of a description.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    beginning(text, INDEXED).tokens
}

/// The tokens of a name: two words that follow each other are also found as one.
pub(super) fn name_tokens(name: &str) -> Vec<Token> {
    name_beginning(name, INDEXED)
}

/// The tokens of the beginning of a name, of about `most` folded code points.
pub(super) fn name_beginning(name: &str, most: usize) -> Vec<Token> {
    let folded = fold::fold(name, most);
    let runs = split::runs(&folded.text);
    let mut tokens = run_tokens(&runs, &folded);
    let words: Vec<_> = runs.iter().flatten().collect();
    for two in words.windows(2) {
        if let Some(text) = forms::pair(two[0], two[1]) {
            let range = two[0].range.start..two[1].range.end;
            tokens.push(token(text, &folded, &range, Form::Loose));
        }
    }
    tokens
}

/// The tokens of the beginning of a text, of about `most` folded code points.
pub(super) fn beginning(text: &str, most: usize) -> Analysis {
    let folded = fold::fold(text, most);
    let runs = split::runs(&folded.text);
    Analysis {
        tokens: run_tokens(&runs, &folded),
        read: folded.read,
    }
}

fn run_tokens(runs: &[split::Run], folded: &fold::Folded) -> Vec<Token> {
    let mut tokens = Vec::new();
    for run in runs {
        for word in run {
            tokens.push(token(word.text.clone(), folded, &word.range, Form::Word));
        }
        for (text, range) in forms::of(run) {
            tokens.push(token(text, folded, &range, Form::Other));
        }
        for word in run {
            if let Some(text) = two_letters(word, folded) {
                tokens.push(token(text, folded, &word.range, Form::Loose));
            }
        }
    }
    tokens
}

/// A word with two letters for each umlaut.
fn two_letters(word: &split::Word, folded: &fold::Folded) -> Option<String> {
    let mut text = folded.with_two_letters(&word.range)?;
    text.retain(split::is_of_word);
    Some(text)
}

fn token(text: String, folded: &fold::Folded, range: &Range<usize>, form: Form) -> Token {
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
