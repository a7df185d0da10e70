//! The words of a query, and how well an entry fits them.

#[cfg(test)]
mod tests;

use super::{
    analyser::{self, Token},
    entry::{self, Tokens},
};

/// So much of a query is looked at, in code points.
const LONGEST: usize = 300;
/// So many words of it are searched for.
const MOST: usize = 16;
/// Maximum number of words of a query that are also understood loosely: each of these is looked up
/// under a dozen terms.
const LOOSE: usize = 8;

/// What a match weighs.
pub mod weights {
    /// Weight of a word that is there as it was typed, without what its field adds. It is so high
    /// that an entry with one word there only loosely never comes before an entry with all words as
    /// typed.
    const EXACT: u32 = 200;
    /// A word of the name weighs so much, by itself and when it only begins so.
    pub const NAME: (u32, u32) = (EXACT + 12, EXACT + 8);
    /// A word of the brand.
    pub const BRAND: (u32, u32) = (EXACT + 6, EXACT + 4);
    /// A word of the text.
    pub const TEXT: (u32, u32) = (EXACT + 2, EXACT + 1);
    /// A word of the name, loosely.
    pub const LOOSE_NAME: u32 = 8;
    /// A word of the brand, loosely.
    pub const LOOSE_BRAND: u32 = 4;
    /// A word of the text, loosely.
    pub const LOOSE_TEXT: u32 = 1;
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
    /// As one with the words beside it that a hyphen or the like joins to it.
    joined: Option<Term>,
    /// Terms of which all are there in a field in which the word is there loosely.
    loose: Vec<Vec<Term>>,
}

/// A term that is looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Folded, as an index has it.
    pub text: String,
    /// Whether terms that only begin so are meant, instead of itself.
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

/// Which terms of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// [`Tokens::name`].
    Name,
    /// [`Tokens::brand`].
    Brand,
    /// [`Tokens::text`].
    Text,
    /// [`Tokens::loose_name`].
    LooseName,
    /// [`Tokens::loose_brand`].
    LooseBrand,
    /// [`Tokens::loose_text`].
    LooseText,
}

/// One alternative of a query for a word: terms of one field that must all be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Where the terms are looked up.
    pub field: Field,
    /// All of them must be there; one to three.
    pub terms: Vec<Term>,
    /// What it weighs.
    pub weight: u32,
}

/// The fields, with the one that has the loose forms of the same text, and what words of them weigh.
const FIELDS: [(Field, Field, (u32, u32), u32); 3] = [
    (
        Field::Name,
        Field::LooseName,
        weights::NAME,
        weights::LOOSE_NAME,
    ),
    (
        Field::Brand,
        Field::LooseBrand,
        weights::BRAND,
        weights::LOOSE_BRAND,
    ),
    (
        Field::Text,
        Field::LooseText,
        weights::TEXT,
        weights::LOOSE_TEXT,
    ),
];

impl Words {
    /// Reads what somebody typed. The last word may still be growing, unless white space follows
    /// it. Without any word in it, everything matches.
    pub fn parse(text: &str) -> Self {
        let end = text.char_indices().nth(LONGEST);
        let text = &text[..end.map_or(text.len(), |(end, _)| end)];
        let mut readings = analyser::readings(text);
        let is_growing = readings.len() <= MOST && !text.ends_with(char::is_whitespace);
        let last = readings.len().checked_sub(1);
        let growing = last.filter(|_| is_growing);
        readings.truncate(MOST);
        let words = readings.into_iter().enumerate();
        Self(
            words
                .map(|(place, reading)| Word::new(place, reading, growing))
                .collect(),
        )
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
    /// `growing` is the place of the word of the query that may still be growing.
    fn new(place: usize, reading: analyser::Reading, growing: Option<usize>) -> Self {
        let term = |term: analyser::Term| Term {
            ending: ending(growing.is_some() && term.ends_with == growing),
            text: term.text,
        };
        let loose = match place < LOOSE {
            true => reading.loose,
            false => Vec::new(),
        };
        Self {
            text: reading.text,
            ending: ending(growing == Some(place)),
            joined: reading.joined.map(term),
            loose: loose
                .into_iter()
                .map(|terms| terms.into_iter().map(term).collect())
                .collect(),
        }
    }

    /// All clauses by which an entry can have the word. What it weighs is the highest of their weights.
    pub fn clauses(&self) -> Vec<Clause> {
        let mut clauses = Vec::new();
        for (field, loose_field, (whole, start), loose) in FIELDS {
            let mut way = |field, terms, weight| {
                clauses.push(Clause {
                    field,
                    terms,
                    weight,
                });
            };
            for (text, ending) in self.exact() {
                way(field, vec![closed(text)], whole);
                if ending == Ending::Open {
                    way(field, vec![open(text)], start);
                }
            }
            for terms in &self.loose {
                way(field, terms.clone(), loose);
            }
            way(loose_field, vec![closed(&self.text)], loose);
        }
        clauses
    }

    fn exact(&self) -> impl Iterator<Item = (&str, Ending)> {
        let joined = self.joined.iter();
        let joined = joined.map(|term| (term.text.as_str(), term.ending));
        [(self.text.as_str(), self.ending)]
            .into_iter()
            .chain(joined)
    }

    /// Whether a token is what the word, or a part of it, was found by.
    pub(super) fn is_found_by(&self, token: &Token) -> bool {
        if token.form == analyser::Form::Loose {
            return token.text == self.text;
        }
        let loose = self.loose.iter().flatten();
        self.exact()
            .chain(loose.map(|term| (term.text.as_str(), term.ending)))
            .any(|(text, ending)| match ending {
                Ending::Closed => token.text == text,
                Ending::Open => token.text.starts_with(text),
            })
    }
}

impl Term {
    fn is_in(&self, tokens: &[String]) -> bool {
        let next = tokens.partition_point(|token| *token < self.text);
        tokens.get(next).is_some_and(|token| match self.ending {
            Ending::Closed => *token == self.text,
            Ending::Open => token.starts_with(&self.text),
        })
    }
}

fn closed(text: &str) -> Term {
    Term {
        text: text.to_owned(),
        ending: Ending::Closed,
    }
}

fn open(text: &str) -> Term {
    Term {
        text: text.to_owned(),
        ending: Ending::Open,
    }
}

fn ending(is_open: bool) -> Ending {
    match is_open {
        true => Ending::Open,
        false => Ending::Closed,
    }
}

/// How well an entry fits; `None` when it does not. This is what the engines' queries say in their
/// own languages: each word weighs what its heaviest clause does.
pub fn score(tokens: &Tokens, words: &Words) -> Option<u32> {
    let mut sum = 0;
    for word in &words.0 {
        let clauses = word.clauses().into_iter();
        let clauses = clauses.filter(|clause| {
            let field = tokens.of(clause.field);
            clause.terms.iter().all(|term| term.is_in(field))
        });
        sum += clauses.map(|clause| clause.weight).max()?;
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
