//! What a search of the public catalogue has found.

use serde::{Deserialize, Serialize};

use super::{card::Card, text_segment::TextSegment};
use crate::catalogue::EntityKind;

/// What a search has found, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPage {
    /// The kinds of which something was found, in the order in which they were asked for.
    pub groups: Vec<SearchGroup>,
}

/// What a search has found of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchGroup {
    /// The kind.
    pub kind: EntityKind,
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
