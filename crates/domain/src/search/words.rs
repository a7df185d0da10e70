//! The words of a query, and how well an entry fits them.

#[cfg(test)]
mod tests;

use super::{
    analyser,
    entry::{self, Tokens},
};

/// So much of a query is looked at, in code points.
const LONGEST: usize = 300;
/// So many words of it are searched for.
const MOST: usize = 16;

/// What a match weighs.
pub mod weights {
    /// A word of the name weighs so much, by itself and when it only begins so.
    pub const NAME: (u32, u32) = (12, 8);
    /// A word of the brand.
    pub const BRAND: (u32, u32) = (6, 4);
    /// A word of the text.
    pub const TEXT: (u32, u32) = (2, 1);
    /// The whole name is what was asked for.
    pub const WHOLE_NAME: u32 = 100;
    /// The name begins with what was asked for.
    pub const NAME_START: u32 = 50;
}

/// A query, analysed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<Word>);

/// A word that is searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Folded, as an index has it.
    pub text: String,
    /// Whether words that only begin so are meant too.
    pub ending: Ending,
}

/// Whether a word is written to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It is.
    Closed,
    /// Somebody may still be typing.
    Open,
}

impl Words {
    /// Reads what somebody typed. The last word may still be growing, unless white space follows
    /// it. Without any word in it, everything matches.
    pub fn parse(text: &str) -> Self {
        let end = text.char_indices().nth(LONGEST);
        let text = &text[..end.map_or(text.len(), |(end, _)| end)];
        let tokens = analyser::tokens(text);
        let mut words: Vec<Word> = tokens
            .into_iter()
            .filter(analyser::Token::is_word)
            .map(|token| Word {
                text: token.text,
                ending: Ending::Closed,
            })
            .collect();
        let is_whole = words.len() <= MOST;
        words.truncate(MOST);
        if is_whole
            && !text.ends_with(char::is_whitespace)
            && let Some(last) = words.last_mut()
        {
            last.ending = Ending::Open;
        }
        Self(words)
    }

    /// The words in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Word> {
        self.0.iter()
    }

    /// Whether everything matches.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a [`name_key`](Tokens::name_key) is when the whole name was typed.
    pub fn name_key(&self) -> String {
        entry::key(self.iter().map(|word| word.text.as_str()))
    }

    /// What a name key starts with when the name starts with these words.
    pub fn name_start(&self) -> String {
        let mut start = self.name_key();
        let is_open = |word: &Word| word.ending == Ending::Open;
        if self.0.last().is_some_and(is_open) && start.ends_with(' ') {
            start.pop();
        }
        start
    }
}

impl Word {
    /// Whether this is the word, and whether it begins so.
    fn weight(&self, tokens: &[String], (whole, start): (u32, u32)) -> u32 {
        if tokens.binary_search(&self.text).is_ok() {
            return whole;
        }
        let next = tokens.partition_point(|token| *token < self.text);
        let begins = tokens
            .get(next)
            .is_some_and(|token| token.starts_with(&self.text));
        if self.ending == Ending::Open && begins {
            return start;
        }
        0
    }
}

/// How well an entry fits; `None` when it does not. This is what the engines' queries say in their
/// own languages: each word weighs what it does in the field where it weighs most.
pub fn score(tokens: &Tokens, words: &Words) -> Option<u32> {
    let mut sum = 0;
    for word in &words.0 {
        let fields = [
            (&tokens.name, weights::NAME),
            (&tokens.brand, weights::BRAND),
            (&tokens.text, weights::TEXT),
        ];
        let weights = fields.map(|(tokens, weights)| word.weight(tokens, weights));
        let best = weights.into_iter().max().filter(|best| *best > 0)?;
        sum += best;
    }
    if words.is_empty() {
        return Some(0);
    }
    let key = &tokens.name_key;
    if *key == words.name_key() {
        sum += weights::WHOLE_NAME;
    }
    if key.starts_with(&words.name_start()) {
        sum += weights::NAME_START;
    }
    Some(sum)
}
