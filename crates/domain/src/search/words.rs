//! The words of a query, and the score of an entry for them.

#[cfg(test)]
mod tests;

use super::{
    analyser::{self, Token},
    entry::{self, Tokens},
};

/// Maximum number of code points of a query that are analysed.
const MAX_QUERY_CHARS: usize = 300;
/// Maximum number of words of a query that are searched for.
const MAX_WORDS: usize = 16;
/// Maximum number of words of a query with loose alternatives, each of which is looked up under a
/// dozen terms.
const LOOSE: usize = 8;

/// The weights of matches.
pub mod weights {
    /// Weight of an exact match, without the addition of its field. It is so high that an entry
    /// with one word that matches only loosely never precedes an entry in which all words match
    /// exactly.
    const EXACT: u32 = 200;
    /// A word of the name: whole, and as a prefix.
    pub const NAME: (u32, u32) = (EXACT + 12, EXACT + 8);
    /// A word of the brand: whole, and as a prefix.
    pub const BRAND: (u32, u32) = (EXACT + 6, EXACT + 4);
    /// A word of the text: whole, and as a prefix.
    pub const TEXT: (u32, u32) = (EXACT + 2, EXACT + 1);
    /// A loose match in the name.
    pub const LOOSE_NAME: u32 = 8;
    /// A loose match in the brand.
    pub const LOOSE_BRAND: u32 = 4;
    /// A loose match in the text.
    pub const LOOSE_TEXT: u32 = 1;
    /// The query is the whole name.
    pub const WHOLE_NAME: u32 = 100;
    /// The name begins with the query.
    pub const NAME_START: u32 = 50;
}

/// An analysed query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryWords(Vec<QueryWord>);

/// A word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryWord {
    /// The folded text.
    pub text: String,
    /// Whether the word also matches as a prefix.
    pub ending: WordEnding,
    /// The word joined with the adjacent words that a hyphen or the like connects to it.
    joined: Option<QueryTerm>,
    /// Loose alternatives, each a list of terms that must all occur in a field.
    loose: Vec<Vec<QueryTerm>>,
}

/// A term that is looked up in the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryTerm {
    /// The folded text.
    pub text: String,
    /// Whether the term matches as a prefix instead of itself.
    pub ending: WordEnding,
}

/// Whether a word is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordEnding {
    /// The word is complete and matches exactly.
    Closed,
    /// The user may still be typing, so the word also matches as a prefix.
    Open,
}

/// A field of an entry's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexField {
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

/// One alternative for a word: terms that must all occur in one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The field in which the terms are looked up.
    pub field: IndexField,
    /// One to three terms; all must occur.
    pub terms: Vec<QueryTerm>,
    /// The weight of a match.
    pub weight: u32,
}

/// Each field with the field of its loose forms, the weights of its words and those of loose
/// matches.
const FIELDS: [(IndexField, IndexField, (u32, u32), u32); 3] = [
    (
        IndexField::Name,
        IndexField::LooseName,
        weights::NAME,
        weights::LOOSE_NAME,
    ),
    (
        IndexField::Brand,
        IndexField::LooseBrand,
        weights::BRAND,
        weights::LOOSE_BRAND,
    ),
    (
        IndexField::Text,
        IndexField::LooseText,
        weights::TEXT,
        weights::LOOSE_TEXT,
    ),
];

impl QueryWords {
    /// Parses a query. The last word may be incomplete, unless white space follows it. A query
    /// without a word matches everything.
    pub fn parse(text: &str) -> Self {
        let end = text.char_indices().nth(MAX_QUERY_CHARS);
        let text = &text[..end.map_or(text.len(), |(end, _)| end)];
        let mut readings = analyser::readings(text);
        let is_growing = readings.len() <= MAX_WORDS && !text.ends_with(char::is_whitespace);
        let last = readings.len().checked_sub(1);
        let growing = last.filter(|_| is_growing);
        readings.truncate(MAX_WORDS);
        let words = readings.into_iter().enumerate();
        Self(
            words
                .map(|(place, reading)| QueryWord::new(place, reading, growing))
                .collect(),
        )
    }

    /// The words in their order.
    pub fn iter(&self) -> impl Iterator<Item = &QueryWord> {
        self.0.iter()
    }

    /// True if the query matches everything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The [`name_key`](Tokens::name_key) of an entry whose whole name is the query.
    pub fn name_key(&self) -> String {
        entry::key(self.iter().map(|word| word.text.as_str()))
    }

    /// The beginning of the name key of an entry whose name begins with the query.
    pub fn name_start(&self) -> String {
        let mut start = self.name_key();
        let is_open = |word: &QueryWord| word.ending == WordEnding::Open;
        if self.0.last().is_some_and(is_open) && start.ends_with(' ') {
            start.pop();
        }
        start
    }
}

impl QueryWord {
    /// `growing` is the position of the word of the query that may be incomplete.
    fn new(place: usize, reading: analyser::Reading, growing: Option<usize>) -> Self {
        let term = |term: analyser::ReadingTerm| QueryTerm {
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

    /// All alternatives for the word. Its weight in an entry is the highest weight of those that
    /// match.
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
                if ending == WordEnding::Open {
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

    fn exact(&self) -> impl Iterator<Item = (&str, WordEnding)> {
        let joined = self.joined.iter();
        let joined = joined.map(|term| (term.text.as_str(), term.ending));
        [(self.text.as_str(), self.ending)]
            .into_iter()
            .chain(joined)
    }

    /// True if the word, or a part of it, matches this token.
    pub(super) fn is_found_by(&self, token: &Token) -> bool {
        if token.form == analyser::TokenForm::Loose {
            return token.text == self.text;
        }
        let loose = self.loose.iter().flatten();
        self.exact()
            .chain(loose.map(|term| (term.text.as_str(), term.ending)))
            .any(|(text, ending)| match ending {
                WordEnding::Closed => token.text == text,
                WordEnding::Open => token.text.starts_with(text),
            })
    }
}

impl QueryTerm {
    fn is_in(&self, tokens: &[String]) -> bool {
        let next = tokens.partition_point(|token| *token < self.text);
        tokens.get(next).is_some_and(|token| match self.ending {
            WordEnding::Closed => *token == self.text,
            WordEnding::Open => token.starts_with(&self.text),
        })
    }
}

fn closed(text: &str) -> QueryTerm {
    QueryTerm {
        text: text.to_owned(),
        ending: WordEnding::Closed,
    }
}

fn open(text: &str) -> QueryTerm {
    QueryTerm {
        text: text.to_owned(),
        ending: WordEnding::Open,
    }
}

fn ending(is_open: bool) -> WordEnding {
    match is_open {
        true => WordEnding::Open,
        false => WordEnding::Closed,
    }
}

/// The score of an entry; `None` if it does not match. Every engine must implement the same: the
/// sum over all words of the weight of the heaviest matching clause.
pub fn score(tokens: &Tokens, words: &QueryWords) -> Option<u32> {
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
