//! What a word is, for both engines and for the queries.
//!
//! 1. Every character that a person sees is folded: NFKC, lower case, without its marks
//!    ([`fold`]). `É` and `e` become one, `ß` becomes `ss`, `ｆ` becomes `f`.
//! 2. The folded text is cut into words by UAX #29. Han, kana and other scripts without blanks give
//!    single characters, and so does katakana; an emoji is a word of its own.
//! 3. Inside of what UAX #29 leaves together, an apostrophe is dropped (`don't` is `dont`), a point
//!    between digits stays (`2.8`), and everything else separates (`www.example` is two words).
//! 4. A word has 40 characters at most; the rest is cut off.
//!
//! So far this is what a query consists of. An entry is found by **other forms** too, which are
//! indexed beside its words and are never part of a query:
//!
//! - words that one and the same hyphen, slash, point, comma or apostrophe joins, as one: `acdc`
//!   for `AC/DC`, `wifi` for `Wi-Fi`, `usa` for `U.S.A.`, `10000` for `10,000`, `f2.8` for `f/2.8`;
//! - what follows an apostrophe, from three letters on: `avventura` for `L'avventura`;
//! - digits and letters that stand together, apart: `70` and `mm` for `70mm`, `f` and `2.8` for
//!   `f2.8`.

mod fold;
mod forms;
mod split;

#[cfg(test)]
mod tests;

use std::ops::Range;

/// The longest word, in characters.
const LONGEST: usize = 40;

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
}

impl Token {
    pub(super) fn is_word(&self) -> bool {
        self.form == Form::Word
    }
}

/// The words of a text in their order, and behind each stretch of them their other forms.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let folded = fold::fold(text);
    let runs = split::runs(&folded.text);
    let mut tokens = Vec::new();
    for run in &runs {
        for word in run {
            tokens.push(token(word.text.clone(), &folded, &word.range, Form::Word));
        }
        for (text, range) in forms::of(run) {
            tokens.push(token(text, &folded, &range, Form::Other));
        }
    }
    tokens
}

fn token(text: String, folded: &fold::Folded, range: &Range<usize>, form: Form) -> Token {
    let text = match text.char_indices().nth(LONGEST) {
        Some((end, _)) => text[..end].to_owned(),
        None => text,
    };
    Token {
        text,
        range: folded.origin(range),
        form,
    }
}
