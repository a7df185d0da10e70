//! The search of the public catalogue.

use serde::{Deserialize, Serialize};

use super::{card::Card, paging::Paging, public_kind::PublicKind, text_segment::TextSegment};

/// The search of the public catalogue: what is searched for, and what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPage {
    /// The words, as typed, but for control characters and what is behind the 300th character. Empty
    /// if nothing is searched for.
    pub words: String,
    /// The kind that is searched; `None` for all of them.
    pub kind: Option<PublicKind>,
    /// The kinds of which something was found, in the order of [`PublicKind::ALL`].
    pub groups: Vec<SearchGroup>,
    /// The page of the hits; `None` for a search of all kinds, which has only the best hits of each.
    pub paging: Option<Paging>,
}

impl SearchPage {
    /// Maximum number of characters of a search that are looked at, and shown again.
    pub const LONGEST: usize = 300;

    /// What is searched for when this was typed. White space behind a word says that it is written to
    /// its end, so it is kept.
    pub fn words_of(typed: &str) -> String {
        let shown = typed.chars().filter(|c| !c.is_control());
        let words: String = shown.take(Self::LONGEST).collect();
        match crate::trimmed(&words) {
            "" => String::new(),
            _ => words,
        }
    }
}

/// What a search has found of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchGroup {
    /// The kind.
    pub kind: PublicKind,
    /// Number of hits on all pages.
    pub total: u64,
    /// The hits on this page, the best first.
    pub hits: Vec<SearchHit>,
}

/// An entity that a search has found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchHit {
    /// The entity.
    pub card: Card,
    /// Its name, in segments.
    pub name: Vec<TextSegment>,
    /// The part of its description in which words were found, in segments.
    pub snippet: Vec<TextSegment>,
}
