//! A reference to an artist.

use serde::{Deserialize, Serialize};

/// A reference to an artist: the text and the target of a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArtistRef {
    /// The name.
    pub name: String,
    /// The slug in the path.
    pub slug: String,
}
