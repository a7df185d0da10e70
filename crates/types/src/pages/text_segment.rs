//! Segments of a text with matches.

use serde::{Deserialize, Serialize};

/// A segment of a text in which words were searched; all segments together are the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSegment {
    /// The text of the segment.
    pub text: String,
    /// Whether it matches a word.
    pub is_match: bool,
}
