//! The search of the public catalogue.

use serde::{Deserialize, Serialize};

use super::{card::Card, paging::Paging, public_kind::PublicKind, text_segment::TextSegment};

/// The search of the public catalogue: its words and its results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPage {
    /// The words as typed, without control characters and cut after 300 characters. Empty without a search.
    pub words: String,
    /// The searched kind; `None` for all kinds.
    pub kind: Option<PublicKind>,
    /// The kinds with hits, in the order of [`PublicKind::ALL`].
    pub groups: Vec<SearchGroup>,
    /// The position in the hits; `None` for a search of all kinds, which returns only the best hits of each.
    pub paging: Option<Paging>,
}

impl SearchPage {
    /// Maximum number of characters of a search that are used and shown again.
    pub const MAX_CHARS: usize = 300;

    /// The words of a typed search. White space at the end is kept: it says that the last word is complete.
    pub fn words_of(typed: &str) -> String {
        let shown = typed.chars().filter(|c| !c.is_control());
        let words: String = shown.take(Self::MAX_CHARS).collect();
        match crate::trimmed(&words) {
            "" => String::new(),
            _ => words,
        }
    }
}

/// The hits of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchGroup {
    /// The kind.
    pub kind: PublicKind,
    /// Number of hits on all pages.
    pub total: u64,
    /// The hits on this page, best first.
    pub hits: Vec<SearchHit>,
}

/// A hit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchHit {
    /// The entity.
    pub card: Card,
    /// The name with its matches.
    pub name: Vec<TextSegment>,
    /// The part of the description with matches.
    pub snippet: Vec<TextSegment>,
}
