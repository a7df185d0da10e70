//! A segment of a text in which words were searched for.

use serde::{Deserialize, Serialize};

/// A segment of a text in which words were searched for; together the segments are the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSegment {
    /// The segment, as it stands in the text.
    pub text: String,
    /// Whether it matches one of the words.
    pub is_match: bool,
}
